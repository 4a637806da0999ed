//! Writes the public-suffix table of the engine from the list.
//!
//! ```text
//! cargo run -p interlock-core --example refresh_public_suffix -- public_suffix_list.dat > core/src/tables/public_suffix.txt
//! ```
//!
//! The list is that of <https://publicsuffix.org/list/public_suffix_list.dat>; Debian's `publicsuffix` and PyPI's
//! `publicsuffixlist` carry copies of it. What the list says about itself (licence, version, commit) goes along.
//!
//! The form: one top-level domain a line, labels below it in parentheses, parted by commas where no parenthesis parts
//! them; `!` after a label is an exception, `?` marks a label that is only on the way to a rule. Labels are in
//! Punycode.
#![allow(clippy::print_stdout)]

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write as _;

use interlock_core::normal::punycode;

#[derive(Default)]
struct Node {
    /// `""` for a rule, `"!"` for an exception.
    rule: Option<&'static str>,
    below: BTreeMap<String, Node>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("expected the path of public_suffix_list.dat")?;
    let list = std::fs::read_to_string(&path).map_err(|e| format!("cannot read `{path}`: {e}"))?;
    let mut root = Node::default();
    for line in list.lines().filter(|line| !line.starts_with("//")) {
        if let Some(rule) = line.split_whitespace().next() {
            add(&mut root, rule)?;
        }
    }
    print!("{}", notice(&list));
    for (label, node) in root.below {
        let mut line = String::new();
        write_node(&label, &node, &mut line)?;
        println!("{line}");
    }
    Ok(())
}

/// The licence, the version and the commit, as the list states them.
fn notice(list: &str) -> String {
    let mut out = String::new();
    let stated = list.lines().take_while(|line| !line.contains("===BEGIN"));
    for line in stated.filter(|line| {
        ["Source Code", "License", "file, You", "VERSION:", "COMMIT:"].iter().any(|part| line.contains(part))
    }) {
        let _ = writeln!(out, "{line}");
    }
    let _ = writeln!(out, "// The Public Suffix List, https://publicsuffix.org/list/, in the form that");
    let _ = writeln!(out, "// core/examples/refresh_public_suffix.rs gives it: edit neither by hand.");
    out
}

fn add(root: &mut Node, rule: &str) -> Result<(), Box<dyn Error>> {
    let (name, kind) = match rule.strip_prefix('!') {
        Some(name) => (name, "!"),
        None => (rule, ""),
    };
    let mut node = root;
    for (at, label) in name.rsplit('.').enumerate() {
        if label == "*" && at != name.matches('.').count() {
            return Err(format!("`{rule}`: the engine reads `*` as the first label only").into());
        }
        let label = punycode::to_ascii(label).ok_or("a label is too long")?;
        node = node.below.entry(label.into_owned()).or_default();
    }
    node.rule = Some(kind);
    Ok(())
}

fn write_node(label: &str, node: &Node, out: &mut String) -> Result<(), std::fmt::Error> {
    write!(out, "{label}{}", node.rule.unwrap_or("?"))?;
    if !node.below.is_empty() {
        out.push('(');
        for (label, node) in &node.below {
            if !out.ends_with(['(', ')']) {
                out.push(',');
            }
            write_node(label, node, out)?;
        }
        out.push(')');
    }
    Ok(())
}
