//! temporary
#![allow(missing_docs)]
pub fn normal(raw: &str) -> String {
    super::fold::key(raw).replace(' ', "")
}
