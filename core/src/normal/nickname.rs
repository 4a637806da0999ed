//! temporary
#![allow(missing_docs)]
pub fn same_group(_a: &str, _b: &str) -> bool {
    false
}
