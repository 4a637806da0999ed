//! temporary
#![allow(missing_docs)]
use super::fold::key;
pub fn city(raw: &str) -> String {
    key(raw).into_owned()
}
pub fn split(raw: &str) -> (String, String) {
    let words = key(raw).into_owned();
    match words.split_once(' ') {
        Some((number, rest)) if number.starts_with(|c: char| c.is_ascii_digit()) => {
            (number.to_owned(), rest.to_owned())
        }
        _ => match words.rsplit_once(' ') {
            Some((rest, number)) if number.starts_with(|c: char| c.is_ascii_digit()) => {
                (number.to_owned(), rest.to_owned())
            }
            _ => (String::new(), words),
        },
    }
}
