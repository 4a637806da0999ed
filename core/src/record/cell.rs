//! One value of one record.
//!
//! Input: a text and the kind of its field. Output: a [`Cell`]. Invariant: the texts of a lead are borrowed from its event
//! where they stand there in normal form; a snapshot owns those of its records.

use std::borrow::Cow;
use std::fmt;

use super::{Object, field::Kind};
use crate::scale::Money;
use crate::time::Timestamp;

/// What stands in one field of one record.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Cell<'a> {
    /// The file or event has no such column: nothing is known, not even that it is blank.
    #[default]
    Absent,
    /// The column is there and this record has nothing in it.
    Blank,
    /// Something stands there that cannot be read as the field's kind; counts as unknown. It has its own text, since that
    /// is rare: a cell stays as small as a text.
    Invalid(Box<str>),
    /// A value in normal form.
    Known(Value<'a>),
}

/// A value in normal form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value<'a> {
    /// Text, trimmed; compared folded.
    Text(Cow<'a, str>),
    /// A whole number.
    Int(i64),
    /// An amount.
    Money(Money),
    /// Yes or no.
    Bool(bool),
    /// A date or a time.
    Time(Timestamp),
}

impl<'a> Cell<'a> {
    /// The value, where one is known.
    #[must_use]
    pub const fn known(&self) -> Option<&Value<'a>> {
        match self {
            Self::Known(value) => Some(value),
            _ => None,
        }
    }

    /// The text, where the value is a text.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Known(Value::Text(text)) => Some(text),
            _ => None,
        }
    }

    /// The truth value, where it is one.
    #[must_use]
    pub const fn bool(&self) -> Option<bool> {
        match self {
            Self::Known(Value::Bool(value)) => Some(*value),
            _ => None,
        }
    }

    /// The whole number, where it is one.
    #[must_use]
    pub const fn int(&self) -> Option<i64> {
        match self {
            Self::Known(Value::Int(value)) => Some(*value),
            _ => None,
        }
    }

    /// A text cell; blank when there is nothing but white space.
    #[must_use]
    pub fn of_text(text: &'a str) -> Self {
        match text.trim() {
            "" => Self::Blank,
            text => Self::Known(Value::Text(text.into())),
        }
    }

    /// The same, with its own text.
    #[must_use]
    pub fn into_owned(self) -> Cell<'static> {
        let own = |text: Cow<'_, str>| Cow::Owned(text.into_owned());
        match self {
            Self::Absent => Cell::Absent,
            Self::Blank => Cell::Blank,
            Self::Invalid(text) => Cell::Invalid(text),
            Self::Known(Value::Text(text)) => Cell::Known(Value::Text(own(text))),
            Self::Known(Value::Int(value)) => Cell::Known(Value::Int(value)),
            Self::Known(Value::Money(value)) => Cell::Known(Value::Money(value)),
            Self::Known(Value::Bool(value)) => Cell::Known(Value::Bool(value)),
            Self::Known(Value::Time(value)) => Cell::Known(Value::Time(value)),
        }
    }
}

impl Value<'_> {
    /// Whether it is this whole number, or a text that says so.
    pub(crate) fn is_int(&self, number: i64) -> bool {
        match self {
            Self::Int(value) => *value == number,
            Self::Text(text) => **text == *number.to_string(),
            Self::Money(_) | Self::Bool(_) | Self::Time(_) => false,
        }
    }
}

impl fmt::Display for Value<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::Int(value) => write!(f, "{value}"),
            Self::Money(value) => write!(f, "{value}"),
            Self::Bool(value) => write!(f, "{value}"),
            Self::Time(value) => write!(f, "{value}"),
        }
    }
}

/// One record: a cell for each field of its object, by slot, and one for each custom field of the contract.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record<'a> {
    /// What kind of record.
    pub object: Object,
    /// The object's fields, then the contract's custom fields.
    cells: Vec<Cell<'a>>,
}

impl<'a> Record<'a> {
    /// A record of which nothing is known, under a contract with so many custom fields.
    #[must_use]
    pub fn new(object: Object, custom: usize) -> Self {
        Self { object, cells: vec![Cell::Absent; object.fields().len() + custom] }
    }

    /// The slot of a custom field by its place in the contract; those of other objects stay absent.
    pub(crate) const fn custom_slot(&self, place: usize) -> usize {
        self.object.fields().len() + place
    }

    /// The same, with its own texts.
    pub(crate) fn into_owned(self) -> Record<'static> {
        Record { object: self.object, cells: self.cells.into_iter().map(Cell::into_owned).collect() }
    }

    /// The cell of a slot; absent where there is no such slot.
    #[must_use]
    pub fn cell(&self, slot: usize) -> &Cell<'a> {
        self.cells.get(slot).unwrap_or(&Cell::Absent)
    }

    /// The text in a slot, where a text is known.
    #[must_use]
    pub fn text(&self, slot: usize) -> Option<&str> {
        self.cell(slot).text()
    }

    /// Sets the cell of a slot.
    #[inline]
    pub fn set(&mut self, slot: usize, cell: Cell<'a>) {
        if let Some(place) = self.cells.get_mut(slot) {
            *place = cell;
        }
    }

    /// The known cells with their field names and kinds, in the order of the object's table.
    pub fn known(&self) -> impl Iterator<Item = (&'static str, Kind, &Value<'a>)> {
        let fields = self.object.fields();
        self.cells.iter().zip(fields).filter_map(|(cell, field)| Some((field.name, field.kind, cell.known()?)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_no_larger_than_a_text() {
        assert_eq!(size_of::<Cell<'_>>(), size_of::<String>());
    }
}
