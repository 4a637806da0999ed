//! The records identity looks among, column by column.
//!
//! Input: the forms of each record in order. Output: a [`Store`]: for each attribute a dictionary and one number a
//! record, and how often each word of the companies' names occurs. Invariant: a record is known by its place in the
//! order it was added; an attribute that no record has takes no room.

use super::dictionary::Dictionary;
use super::forms::{COUNT, Forms, Values};
use crate::contract::Attribute;

/// One attribute of every record.
#[derive(Clone, Debug, Default)]
struct Column {
    dictionary: Dictionary,
    numbers: Vec<u32>,
}

/// Records in columns.
#[derive(Clone, Debug, Default)]
pub(crate) struct Store {
    columns: [Column; COUNT],
    /// The words of the companies' names, and in how many names each occurs.
    words: Dictionary,
    len: u32,
}

impl Store {
    /// Adds a record.
    pub(crate) fn add(&mut self, forms: &Forms) {
        for (column, text) in self.columns.iter_mut().zip(forms.values()) {
            if text.is_empty() {
                continue;
            }
            column.numbers.resize(self.len as usize, 0);
            column.numbers.push(column.dictionary.add(text));
        }
        let company = forms.get(Attribute::Company);
        if !company.is_empty() {
            for (place, word) in company.split(' ').enumerate() {
                // A word that a name has twice is counted once.
                if company.split(' ').take(place).all(|earlier| earlier != word) {
                    self.words.add(word);
                }
            }
        }
        self.len += 1;
    }

    /// No more records will come.
    pub(crate) fn complete(&mut self) {
        for column in &mut self.columns {
            column.dictionary.complete();
            column.numbers.shrink_to_fit();
        }
        self.words.complete();
    }

    /// How many records there are.
    pub(crate) const fn len(&self) -> u32 {
        self.len
    }

    /// The attribute of a record; empty where it is not known.
    pub(crate) fn text(&self, attribute: Attribute, record: u32) -> &str {
        let column = &self.columns[attribute as usize];
        column.numbers.get(record as usize).map_or("", |number| column.dictionary.text(*number))
    }

    /// The number of a record's text among all texts of the attribute; 0 where it is not known.
    pub(crate) fn number(&self, attribute: Attribute, record: u32) -> u32 {
        self.columns[attribute as usize].numbers.get(record as usize).copied().unwrap_or(0)
    }

    /// The number of a text among all texts of the attribute; 0 where no record has it.
    pub(crate) fn find(&self, attribute: Attribute, text: &str) -> u32 {
        self.columns[attribute as usize].dictionary.number(text)
    }

    /// How many records have the text of this number.
    pub(crate) fn count(&self, attribute: Attribute, number: u32) -> u32 {
        self.columns[attribute as usize].dictionary.count(number)
    }

    /// All attributes of a record.
    pub(crate) fn values(&self, record: u32) -> Values<'_> {
        std::array::from_fn(|place| {
            let column = &self.columns[place];
            column.numbers.get(record as usize).map_or("", |number| column.dictionary.text(*number))
        })
    }

    /// How often a value of an attribute occurs, how many values there are, and the sum of the squares of how often each
    /// does.
    pub(crate) fn frequency(&self, attribute: Attribute, text: &str) -> Frequency {
        let dictionary = &self.columns[attribute as usize].dictionary;
        Frequency {
            count: dictionary.count(dictionary.number(text)),
            total: dictionary.total(),
            squares: dictionary.squares(),
        }
    }

    /// In how many companies' names a word occurs.
    pub(crate) fn word(&self, word: &str) -> u32 {
        self.words.count(self.words.number(word))
    }

    /// What it takes in memory, in bytes.
    pub(crate) fn bytes(&self) -> usize {
        let columns = self.columns.iter().map(|column| column.dictionary.bytes() + 4 * column.numbers.capacity());
        columns.sum::<usize>() + self.words.bytes()
    }
}

/// How frequent a value is in its column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Frequency {
    /// How often it occurs.
    pub(crate) count: u32,
    /// How many values there are in the column.
    pub(crate) total: u32,
    /// The sum over all values of the square of how often each occurs.
    pub(crate) squares: u64,
}
