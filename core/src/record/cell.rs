//! One value of one record.

use std::fmt;

use super::{Object, field::Kind};
use crate::scale::Money;
use crate::time::Timestamp;

/// What stands in one field of one record.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Cell {
    /// The file or event has no such column: nothing is known, not even that it is blank.
    #[default]
    Absent,
    /// The column is there and this record has nothing in it.
    Blank,
    /// Something stands there that cannot be read as the field's kind; counts as unknown.
    Invalid(Box<str>),
    /// A value in normal form.
    Known(Value),
}

/// A value in normal form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Text, trimmed; compared folded.
    Text(Box<str>),
    /// A whole number.
    Int(i64),
    /// An amount.
    Money(Money),
    /// Yes or no.
    Bool(bool),
    /// A date or a time.
    Time(Timestamp),
}

impl Cell {
    /// The value, where one is known.
    #[must_use]
    pub const fn known(&self) -> Option<&Value> {
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
    pub fn of_text(text: &str) -> Self {
        match text.trim() {
            "" => Self::Blank,
            text => Self::Known(Value::Text(text.into())),
        }
    }
}

impl fmt::Display for Value {
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
pub struct Record {
    /// What kind of record.
    pub object: Object,
    cells: Box<[Cell]>,
    /// The contract's custom fields, by their place there; absent for those of other objects.
    pub custom: Vec<Cell>,
}

impl Record {
    /// A record of which nothing is known.
    #[must_use]
    pub fn new(object: Object) -> Self {
        Self { object, cells: vec![Cell::Absent; object.fields().len()].into(), custom: Vec::new() }
    }

    /// The cell of a slot; absent where there is no such slot.
    #[must_use]
    pub fn cell(&self, slot: usize) -> &Cell {
        self.cells.get(slot).unwrap_or(&Cell::Absent)
    }

    /// The text in a slot, where a text is known.
    #[must_use]
    pub fn text(&self, slot: usize) -> Option<&str> {
        self.cell(slot).text()
    }

    /// Sets the cell of a slot.
    pub fn set(&mut self, slot: usize, cell: Cell) {
        if let Some(place) = self.cells.get_mut(slot) {
            *place = cell;
        }
    }

    /// The known cells with their field names and kinds, in the order of the object's table.
    pub fn known(&self) -> impl Iterator<Item = (&'static str, Kind, &Value)> {
        let fields = self.object.fields();
        self.cells.iter().zip(fields).filter_map(|(cell, field)| Some((field.name, field.kind, cell.known()?)))
    }
}
