//! The files of the panel: those that were built into this program, or those of a folder.
//!
//! Input: a name relative to the panel's root, as [`crate::serve`] hands it over. Output: the bytes, or nothing.

use std::borrow::Cow;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Name and bytes of every file of the panel that was in `dist/` when this program was built.
static BUILT_IN: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/panel.rs"));

/// Whether the panel was built into this program. If not, `cargo xtask build` makes one with it.
#[must_use]
pub fn is_built_in() -> bool {
    built_in("index.html").is_some()
}

/// A file of the built-in panel.
#[must_use]
pub fn built_in(name: &str) -> Option<Cow<'static, [u8]>> {
    let place = BUILT_IN.binary_search_by(|(known, _)| (*known).cmp(name)).ok()?;
    BUILT_IN.get(place).map(|(_, bytes)| Cow::Borrowed(*bytes))
}

/// The panel in a folder of the disk. What a link leads to outside of the folder is not part of it.
///
/// # Errors
/// If the folder cannot be found.
pub fn in_folder(folder: &Path) -> io::Result<impl Fn(&str) -> Option<Cow<'static, [u8]>> + use<>> {
    let root: PathBuf = fs::canonicalize(folder)?;
    Ok(move |name: &str| {
        let path = fs::canonicalize(root.join(name)).ok()?;
        if !path.starts_with(&root) || !path.is_file() {
            return None;
        }
        fs::read(path).ok().map(Cow::Owned)
    })
}
