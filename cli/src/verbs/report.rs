//! What became of each file, for people: every row accounted for.

use std::io::{self, Write};

use interlock_core::record::SetAside;
use interlock_core::text::{count, thousands};
use interlock_core::workspace::{FileReport, Holds};

use crate::output::{BAD, Grid, NOTICE, PALE, STRONG, cut, tame};

/// How many of the rows set aside are shown a file.
const SHOWN: usize = 5;

/// Writes what became of each file.
pub(super) fn write_files(out: &mut dyn Write, reports: &[FileReport]) -> io::Result<()> {
    writeln!(out, "{STRONG}Data read{STRONG:#}")?;
    let mut grid = Grid::new(&["file", "holds", ">rows", ">read", ">set aside", ">columns", ">as fields"]);
    for report in reports {
        let aside = report.set_aside.len() as u64;
        let (columns, fields) = match report.columns.len() {
            0 => (String::new(), String::new()),
            all => {
                let fields = report.columns.iter().filter(|column| column.field.is_some()).count();
                (all.to_string(), fields.to_string())
            }
        };
        grid.row([
            report.file.clone(),
            report.holds.map_or("?", plural).to_owned(),
            thousands(u64::from(report.rows) + aside),
            thousands(u64::from(report.rows)),
            thousands(aside),
            columns,
            fields,
        ]);
    }
    grid.write(out, "  ")?;
    for report in reports {
        for aside in report.set_aside.iter().take(SHOWN) {
            write_aside(out, report, aside)?;
        }
        if let Some(more) = report.set_aside.len().checked_sub(SHOWN).filter(|more| *more > 0) {
            let rows = count(more as u64, "row", "rows");
            writeln!(out, "  {}: {rows} more set aside; `--format json` lists them all", report.file)?;
        }
        for note in &report.notes {
            writeln!(out, "  {}: {}", report.file, tame(&note.message))?;
            if let Some(help) = &note.help {
                writeln!(out, "    {PALE}help: {}{PALE:#}", tame(help))?;
            }
        }
        let kept = report.columns.iter().filter(|column| column.field.is_none());
        let kept: Vec<String> = kept.map(|column| format!("`{}`", cut(&tame(&column.header), 40))).collect();
        if !kept.is_empty() && matches!(report.holds, Some(Holds::Lead)) {
            writeln!(out, "  {}: kept under their header: {}", report.file, kept.join(", "))?;
        }
    }
    writeln!(out)
}

fn write_aside(out: &mut dyn Write, report: &FileReport, aside: &SetAside) -> io::Result<()> {
    let column = aside.column.as_ref().map_or_else(String::new, |column| format!(", column `{}`", tame(column)));
    writeln!(
        out,
        "  {NOTICE}set aside{NOTICE:#} {}, line {}{column}: expected {}, found {}",
        report.file,
        aside.line,
        tame(&aside.expected),
        cut(&tame(&aside.found), 80)
    )?;
    writeln!(out, "    {PALE}help: {}{PALE:#}", tame(&aside.help))
}

/// The word for several.
const fn plural(holds: Holds) -> &'static str {
    match holds {
        Holds::Lead => "leads",
        Holds::Contact => "contacts",
        Holds::Account => "accounts",
        Holds::Opportunity => "opportunities",
        Holds::Activity => "activities",
        Holds::Owner => "owners",
        Holds::Proposals => "proposals",
        Holds::Events => "events",
        Holds::Contract => "a contract",
    }
}

/// Holds or not, as a coloured word.
pub(super) fn holds(holds: bool) -> String {
    match holds {
        true => "holds ".to_owned(),
        false => format!("{BAD}broken{BAD:#}"),
    }
}
