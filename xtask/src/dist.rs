//! What is served and what is packed, put together from the built modules and the files that need no building.
//!
//! `dist/`: index.html, web/public/ as it is, web/style/ as panel.css and web/style/audit/ as audit.css, the modules of the
//! page and of the audit pages, the workers' engines with their word lists, demo/.
//! `pkg/dist/`: the same engines with pkg/js/. Invariant: a file is written only if it changed, and strangers are removed.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::files;
use crate::place::Place;
use crate::run;
use crate::wasm::Modules;

/// Kept in `dist/` so that the folder is there in every checkout: the command's build script watches it.
const KEPT: &str = ".gitignore";

/// Sheets that others build on, in this order; the rest follows by name.
const FIRST_SHEETS: [&str; 2] = ["tokens.css", "base.css"];

type Tree = BTreeMap<PathBuf, Vec<u8>>;

/// Writes `dist/` and `pkg/dist/`.
pub(crate) fn assemble(modules: &Modules, place: &Place) -> Result<()> {
    let mut served = Tree::new();
    served.insert("index.html".into(), files::read(&place.root.join("index.html"))?);
    served.insert("panel.css".into(), sheets(&place.root.join("web/style"))?);
    add(&mut served, &place.root.join("web/public"), "", |_| true)?;
    add(&mut served, &modules.panel, "", runs)?;
    add(&mut served, &modules.engine, "", runs)?;
    served.insert("audit.css".into(), sheets(&place.root.join("web/style/audit"))?);
    add(&mut served, &modules.audit_panel, "", runs)?;
    add(&mut served, &modules.audit, "", runs)?;
    served.insert("tables.js".into(), tables(place)?);
    add(&mut served, &demo(place)?, "demo", |_| true)?;
    put(&served, &place.dist())?;

    let mut packed = Tree::new();
    add(&mut packed, &place.root.join("pkg/js"), "", |_| true)?;
    packed.insert("tables.js".into(), tables(place)?);
    add(&mut packed, &modules.engine, "", |_| true)?;
    add(&mut packed, &modules.audit, "", |_| true)?;
    put(&packed, &place.npm_dist())
}

/// The engine's word lists as a module of JavaScript: bundlers, workers and Node import it alike. The form of the pack
/// is that of `interlock_core::tables`.
fn tables(place: &Place) -> Result<Vec<u8>> {
    let folder = place.root.join("core/src/tables");
    let mut pack = String::new();
    for name in files::below(&folder)? {
        let text = String::from_utf8(files::read(&folder.join(&name))?)
            .with_context(|| format!("`{}` is not UTF-8", name.display()))?;
        pack.push('\u{c}');
        pack.push_str(&name.with_extension("").to_string_lossy());
        pack.push('\n');
        pack.push_str(&text);
    }
    let mut script = String::from("// Word lists of the engine; see core/src/tables.\nexport default `");
    for letter in pack.chars() {
        match letter {
            '\u{c}' => script.push_str("\\f"),
            '`' | '\\' | '$' => script.extend(['\\', letter]),
            letter => script.push(letter),
        }
    }
    script.push_str("`;\n");
    Ok(script.into_bytes())
}

/// Whether a bound module's file runs, as opposed to its types.
fn runs(path: &Path) -> bool {
    !path.to_string_lossy().ends_with(".d.ts")
}

/// All style sheets of a folder, without those below it, as one.
fn sheets(folder: &Path) -> Result<Vec<u8>> {
    let mut names = files::below(folder)?;
    names.retain(|name| name.extension().is_some_and(|ending| ending == "css") && name.components().count() == 1);
    names.sort_by_key(|name| {
        let place = FIRST_SHEETS.iter().position(|first| name == Path::new(first));
        (place.unwrap_or(FIRST_SHEETS.len()), name.clone())
    });
    let mut all = Vec::new();
    for name in names {
        all.extend(files::read(&folder.join(name))?);
        all.push(b'\n');
    }
    Ok(all)
}

/// The demo workspace's files, fresh from its generator. A checkout whose generator is not a program has none.
fn demo(place: &Place) -> Result<PathBuf> {
    let folder = place.scratch().join("demo");
    files::empty_folder(&folder)?;
    if place.root.join("demo/src/main.rs").exists() {
        run::say("generating the demo workspace");
        let mut cargo = run::cargo(place);
        cargo.args(["run", "--quiet", "--release", "--package", "interlock-demo", "--"]).arg(&folder);
        run::finish(&mut cargo)?;
    }
    Ok(folder)
}

fn add(tree: &mut Tree, folder: &Path, prefix: &str, keep: impl Fn(&Path) -> bool) -> Result<()> {
    for name in files::below(folder)? {
        if keep(&name) {
            tree.insert(Path::new(prefix).join(&name), files::read(&folder.join(&name))?);
        }
    }
    Ok(())
}

/// Makes `folder` hold exactly `tree`.
fn put(tree: &Tree, folder: &Path) -> Result<()> {
    for name in files::below(folder)? {
        if !tree.contains_key(&name) && name != Path::new(KEPT) {
            let path = folder.join(&name);
            fs::remove_file(&path).with_context(|| format!("cannot remove `{}`", path.display()))?;
        }
    }
    for (name, bytes) in tree {
        files::write(&folder.join(name), bytes)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::fs;
    use std::path::{Path, PathBuf};

    use super::{Tree, put, sheets};
    use crate::files;

    fn folder(name: &str) -> PathBuf {
        let path = std::env::temp_dir().join(format!("xtask-{name}-{}", std::process::id()));
        files::empty_folder(&path).unwrap();
        path
    }

    #[test]
    fn a_folder_holds_what_was_put_there_and_its_kept_file() {
        let place = folder("put");
        for name in [".gitignore", "old.js", "same.js"] {
            fs::write(place.join(name), name).unwrap();
        }
        let before = fs::metadata(place.join("same.js")).unwrap().modified().unwrap();
        let tree = Tree::from([("same.js".into(), b"same.js".to_vec()), ("demo/leads.csv".into(), b"a,b".to_vec())]);
        put(&tree, &place).unwrap();
        let names = files::below(&place).unwrap();
        assert_eq!(names, [".gitignore", "demo/leads.csv", "same.js"].map(PathBuf::from));
        let after = fs::metadata(place.join("same.js")).unwrap().modified().unwrap();
        assert_eq!(before, after, "an unchanged file was written again");
        fs::remove_dir_all(place).unwrap();
    }

    #[test]
    fn sheets_follow_the_ones_they_build_on() {
        let place = folder("sheets");
        for name in ["table.css", "base.css", "a.css", "tokens.css", "notes.txt"] {
            fs::write(place.join(name), name).unwrap();
        }
        assert_eq!(sheets(&place).unwrap(), b"tokens.css\nbase.css\na.css\ntable.css\n");
        assert!(sheets(Path::new("missing")).unwrap().is_empty());
        fs::remove_dir_all(place).unwrap();
    }
}
