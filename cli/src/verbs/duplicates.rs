//! `interlock duplicates`: records of a CRM that are one and the same, which should survive, and what a merge would keep.

use std::io::{self, Write};

use interlock_core::identity::duplicates::{Duplicates, Group};
use interlock_core::identity::{Waterfall, duplicates};
use interlock_core::record::{Crm, Object};
use interlock_core::text::{count, thousands};
use interlock_core::workspace::{FileReport, Reading};
use serde::Serialize;

use super::report::write_files;
use crate::Ended;
use crate::arguments::{self, Format, Of};
use crate::failure::Failure;
use crate::input::Disk;
use crate::output::{Grid, PALE, STRONG, cut, tame};

/// The duplicates of files: what `duplicates --format json` prints.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub struct Found {
    /// What became of each file.
    pub files: Vec<FileReport>,
    /// The groups, with master record, evidence and what a merge would keep.
    pub duplicates: Duplicates,
}

/// Lists duplicates. Nothing is merged.
///
/// # Errors
/// When the contract cannot be used or has no match model, or a file cannot be read.
pub fn run(arguments: &arguments::Duplicates, disk: &mut Disk, out: &mut dyn Write) -> Result<Ended, Failure> {
    let contract = disk.contract(&arguments.contract)?;
    let data = disk.data(&arguments.files, contract.plan.contract(), Reading::default())?;
    let crm = Crm::build(&data.tables, &contract.plan);
    let (of, key) = match arguments.of {
        Of::People => (Object::Lead, "people"),
        Of::Companies => (Object::Account, "companies"),
    };
    let found = duplicates(&contract.plan, &crm, of).ok_or_else(|| {
        Failure::new(
            format!("`{}` does not say how {key} are weighed, or no file holds any", contract.file),
            format!(
                "add a match model at `identity.{key}`: the starting contract has one, and `interlock match \
                 --write-model` writes one"
            ),
        )
    })?;
    let found = Found { files: data.reports, duplicates: found };
    match arguments.format {
        Format::Json => writeln!(out, "{}", serde_json::to_string_pretty(&found)?)?,
        Format::Human => write(out, &found, arguments.limit)?,
    }
    Ok(Ended::Well)
}

fn write(out: &mut dyn Write, found: &Found, limit: usize) -> io::Result<()> {
    write_files(out, &found.files)?;
    let duplicates = &found.duplicates;
    writeln!(out, "{STRONG}Blocking{STRONG:#} {} weighed", count(duplicates.pairs, "pair", "pairs"))?;
    let mut grid = Grid::new(&["rule", ">keys", ">records", ">pairs", ">largest", ">oversize"]);
    for rule in duplicates.blocking.iter().filter(|rule| rule.keys > 0) {
        let numbers = [rule.keys, rule.records, rule.pairs, rule.largest, rule.oversize].map(thousands);
        grid.row(std::iter::once(rule.rule.clone()).chain(numbers));
    }
    grid.write(out, "  ")?;
    writeln!(
        out,
        "\n{STRONG}Duplicates{STRONG:#} {} of {} in {}",
        count(u64::from(duplicates.surplus), "record too many", "records too many"),
        thousands(u64::from(duplicates.records)),
        count(u64::from(duplicates.found), "group", "groups")
    )?;
    for group in duplicates.groups.iter().take(limit) {
        write_group(out, group)?;
    }
    match (duplicates.found as usize).saturating_sub(limit) {
        0 => Ok(()),
        more => writeln!(
            out,
            "  {PALE}and {}; `--format json` has up to 2,000, with the evidence of each pair{PALE:#}",
            count(more as u64, "more group", "more groups")
        ),
    }
}

fn write_group(out: &mut dyn Write, group: &Group) -> io::Result<()> {
    let how = if group.automatic { "one e-mail address of their own" } else { "by weight: for a person" };
    let names: Vec<String> = group
        .members
        .iter()
        .map(|member| {
            format!("{} {} {}", member.object, cut(&tame(member.id.as_str()), 24), cut(&tame(&member.name), 32))
        })
        .collect();
    writeln!(out, "  {STRONG}{}{STRONG:#}  {PALE}({how}){PALE:#}", names.first().map_or("", String::as_str))?;
    for name in names.iter().skip(1) {
        writeln!(out, "    = {name}")?;
    }
    if let Some(pair) = group.evidence.first() {
        writeln!(out, "    {PALE}{}{PALE:#}", because(&pair.waterfall))?;
    }
    for survivor in group.merge.iter().filter(|survivor| survivor.conflict) {
        let now: Vec<String> = survivor.now.iter().map(|value| cut(&tame(value), 24).into_owned()).collect();
        writeln!(out, "    {}: keeps {} of {}", survivor.field, cut(&tame(&survivor.value), 40), now.join(" | "))?;
    }
    Ok(())
}

/// What speaks most for a pair.
fn because(waterfall: &Waterfall) -> String {
    let mut steps: Vec<_> = waterfall.steps.iter().filter(|step| step.weight.0 > 0).collect();
    steps.sort_by_key(|step| std::cmp::Reverse(step.weight.0));
    let words =
        steps.iter().take(4).map(|step| format!("{} {}", step.of.word().replace('_', " "), step.is.replace('_', " ")));
    let words: Vec<String> = words.collect();
    format!("{} bits: {}", waterfall.total.0 / 1000, words.join(", "))
}
