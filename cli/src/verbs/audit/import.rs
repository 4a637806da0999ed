//! `interlock audit import`: what a CRM remembers of its fields is added to a log.

use std::io::Write;

use interlock_core::audit::history::history;
use interlock_core::crm;
use interlock_core::text::count;

use super::append::add;
use crate::Ended;
use crate::arguments::{Import, Records};
use crate::failure::Failure;
use crate::input::{Disk, shown};
use crate::output::{NOTICE, tame};

/// More rows than these are counted and not named.
const MOST_NAMED: usize = 20;

/// Reads the histories and adds them.
pub(super) fn run(arguments: &Import, disk: &mut Disk, out: &mut dyn Write) -> Result<Ended, Failure> {
    let mut entries = Vec::new();
    for path in &arguments.histories {
        let options = crm::Options { any: true, ..crm::Options::default() };
        let table = crm::read(&shown(path), &disk.read(path)?, &options).map_err(|error| Failure::from(&error))?;
        let of = arguments.of.map(Records::object);
        let read = history(&table, of, &arguments.systems).map_err(|error| Failure::from(&error))?;
        let aside = table.set_aside.iter().chain(&read.set_aside);
        let many = table.set_aside.len() + read.set_aside.len();
        for one in aside.take(MOST_NAMED) {
            let column =
                one.column.as_deref().map_or_else(String::new, |column| format!(", column `{}`", tame(column)));
            let what = format!("expected {}, found {}", tame(&one.expected), tame(&one.found));
            writeln!(out, "{NOTICE}!{NOTICE:#} {}, line {}{column}: set aside: {what}", shown(path), one.line)?;
        }
        if many > MOST_NAMED {
            writeln!(out, "{NOTICE}!{NOTICE:#} {} more rows set aside", many - MOST_NAMED)?;
        }
        if read.entries.is_empty() {
            let help = "export the history again: each of its rows needs a record, a field, a value and a time";
            return Err(Failure::new(format!("`{}` has no change that can be read", shown(path)), help));
        }
        let shown = shown(path);
        let changes = count(read.entries.len() as u64, "change", "changes");
        writeln!(out, "{shown}: {changes} read, {} set aside", count(many as u64, "row", "rows"))?;
        entries.extend(read.entries);
    }
    // Several files are one history.
    entries.sort_by_key(|entry| entry.at);
    add(&arguments.log, arguments.id.as_deref(), None, &entries, out)?;
    Ok(Ended::Well)
}
