//! What was matched, for people, and as rows.

use std::io::{self, Write};

use interlock_core::crm::write_csv;
use interlock_core::identity::Outcome;
use interlock_core::identity::waterfall::Step;
use interlock_core::text::{count, thousands};

use super::clusters::Written;
use super::{Matched, Pair, Report, SourceReport};
use crate::arguments::{Match, Of};
use crate::input::shown;
use crate::output::{Grid, NOTICE, PALE, STRONG, cut, tame};

/// How many of the rows set aside are shown a file.
const ASIDE: usize = 5;
/// How many reasons of a pair stand in its row.
const REASONS: usize = 4;
/// How much of a name stands in a row.
const NAME: usize = 28;

/// Everything there is to tell.
pub(super) struct Told<'a> {
    pub(super) report: &'a Report,
    pub(super) matched: &'a Matched,
    pub(super) arguments: &'a Match,
    /// Labelled pairs that were used, and that name no record.
    pub(super) labelled: Option<(usize, usize)>,
    pub(super) clusters: Option<Written>,
}

impl Told<'_> {
    /// Writes the report, and the first pairs where `limit` is not 0.
    pub(super) fn write(&self, out: &mut dyn Write, limit: usize) -> io::Result<()> {
        self.write_files(out)?;
        self.write_weights(out)?;
        self.write_blocking(out)?;
        self.write_outcomes(out)?;
        if limit > 0 {
            self.write_pairs(out, limit)?;
        }
        self.write_end(out, limit)
    }

    fn write_files(&self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "{STRONG}Data read{STRONG:#}")?;
        let mut grid = Grid::new(&["file", ">rows", ">read", ">set aside", "id"]);
        for file in &self.report.files {
            let aside = file.set_aside.len() as u64;
            grid.row([
                file.file.clone(),
                thousands(file.rows as u64 + aside),
                thousands(file.rows as u64),
                thousands(aside),
                file.id.clone().unwrap_or_else(|| "the line".to_owned()),
            ]);
        }
        grid.write(out, "  ")?;
        self.report.files.iter().try_for_each(|file| write_file(out, file))?;
        writeln!(out)
    }

    fn write_weights(&self, out: &mut dyn Write) -> io::Result<()> {
        let model = self.matched.index.model();
        let of = match self.arguments.model {
            Of::People => "people",
            Of::Companies => "companies",
        };
        let from = match self.report.weights {
            "contract" => "weights of the contract",
            "estimated" => "weights estimated from these files",
            "labels" => "weights estimated from labelled pairs",
            _ => "shipped weights",
        };
        writeln!(
            out,
            "{STRONG}Model{STRONG:#} {of}, {from}: probable from {} %, for a person from {} %",
            per_cent(model.probable_at.get()),
            per_cent(model.review_at.get())
        )?;
        if let Some((used, unknown)) = self.labelled {
            let unknown = match unknown {
                0 => String::new(),
                many => format!("; {} left out, whose ids or judgement are not known", thousands(many as u64)),
            };
            writeln!(out, "  {} used{unknown}", count(used as u64, "labelled pair", "labelled pairs"))?;
        }
        if let Some(expected) = self.report.expected {
            writeln!(out, "  about {} expected to be the same", count(expected, "pair is", "pairs are"))?;
        }
        if let Some(path) = &self.arguments.write_model {
            writeln!(out, "  written to `{}`; it can stand under `identity.{of}` of a contract", shown(path))?;
        }
        writeln!(out)
    }

    fn write_blocking(&self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "{STRONG}Blocking{STRONG:#} {} compared", pairs(self.report.compared))?;
        let mut grid = Grid::new(&["rule", ">keys", ">records", ">pairs", ">largest", ">oversize"]);
        let mut unused = Vec::new();
        for rule in &self.report.blocking {
            if rule.keys == 0 {
                unused.push(rule.id.as_str());
                continue;
            }
            let numbers =
                [rule.keys as u64, rule.records as u64, rule.pairs, rule.largest as u64, rule.oversize as u64];
            grid.row(std::iter::once(rule.id.clone()).chain(numbers.map(thousands)));
        }
        grid.write(out, "  ")?;
        if !unused.is_empty() {
            writeln!(out, "  {PALE}without a key in this file: {}{PALE:#}", unused.join(", "))?;
        }
        let oversize: usize = self.report.blocking.iter().map(|rule| rule.oversize).sum();
        if oversize > 0 {
            let keys = count(oversize as u64, "key is", "keys are");
            let most = self.matched.index.model().max_block;
            writeln!(
                out,
                "  {NOTICE}{keys} shared by more than {most} records{NOTICE:#}: there only the {most} nearest in alphabetical \
                 order are compared"
            )?;
        }
        writeln!(out)
    }

    fn write_outcomes(&self, out: &mut dyn Write) -> io::Result<()> {
        let (pairs, leads) = (&self.report.pairs, &self.report.leads);
        writeln!(out, "{STRONG}Outcomes{STRONG:#}")?;
        let own = "one personal e-mail address that no other record holds: linked";
        let rows = [
            ("exact", leads.exact, pairs.exact, own),
            ("probable", leads.probable, pairs.probable, "suggested"),
            ("ambiguous", leads.ambiguous, pairs.ambiguous, "a person decides"),
            ("none", leads.none, pairs.none, "not there yet, as far as the files say"),
        ];
        let mut grid = Grid::new(&["outcome", ">records", ">pairs", "what follows"]);
        for (word, leads, pairs, what) in rows {
            grid.row([word.to_owned(), thousands(leads), thousands(pairs), what.to_owned()]);
        }
        grid.write(out, "  ")?;
        if let Some(written) = self.clusters {
            writeln!(
                out,
                "  {} of {} are one and the same",
                count(written.clusters as u64, "group", "groups"),
                count(written.records as u64, "record", "records")
            )?;
        }
        writeln!(out)
    }

    fn write_pairs(&self, out: &mut dyn Write, limit: usize) -> io::Result<()> {
        let (one, other) = if self.matched.right.is_some() { ("lead", "candidate") } else { ("record", "and") };
        let mut grid = Grid::new(&[one, "name", other, "name", "outcome", ">%", ">bits", "because"]);
        for found in self.matched.pairs.iter().take(limit) {
            let pair = self.matched.pair(found);
            let left = self.matched.left_index.as_ref().unwrap_or(&self.matched.index);
            grid.row([
                cut(pair.lead, NAME).into_owned(),
                cut(&self.matched.name(left, found.a), NAME).into_owned(),
                cut(pair.candidate, NAME).into_owned(),
                cut(&self.matched.name(&self.matched.index, found.b), NAME).into_owned(),
                pair.outcome.word().to_owned(),
                per_cent(pair.probability.get()),
                bits(pair.weight.0),
                because(&pair),
            ]);
        }
        if !grid.is_empty() {
            writeln!(out, "{STRONG}Pairs{STRONG:#}")?;
            grid.write(out, "  ")?;
        }
        let more = self.matched.pairs.len().saturating_sub(limit);
        if more > 0 {
            writeln!(out, "  {PALE}and {}{PALE:#}", count(more as u64, "more pair", "more pairs"))?;
        }
        Ok(())
    }

    fn write_end(&self, out: &mut dyn Write, limit: usize) -> io::Result<()> {
        let files = [&self.arguments.out, &self.arguments.report, &self.arguments.clusters];
        for path in files.into_iter().flatten() {
            writeln!(out, "written to `{}`", shown(path))?;
        }
        if limit > 0 && self.arguments.out.is_none() && !self.matched.pairs.is_empty() {
            writeln!(
                out,
                "{PALE}`--out FILE.csv` writes all pairs to a file; `--format jsonl` has what each comparison adds{PALE:#}"
            )?;
        }
        Ok(())
    }
}

fn write_file(out: &mut dyn Write, file: &SourceReport) -> io::Result<()> {
    let columns: Vec<String> = file
        .columns
        .iter()
        .map(|used| {
            let headers: Vec<String> = used.columns.iter().map(|header| quoted(header)).collect();
            format!("{} from {}", used.of, headers.join(" and "))
        })
        .collect();
    writeln!(out, "  {}: {}", file.file, columns.join(", "))?;
    if !file.unused.is_empty() {
        let unused: Vec<String> = file.unused.iter().map(|header| quoted(header)).collect();
        writeln!(out, "    {PALE}not used: {}{PALE:#}", unused.join(", "))?;
    }
    for note in &file.notes {
        writeln!(out, "    {}", tame(&note.message))?;
        if let Some(help) = &note.help {
            writeln!(out, "      {PALE}help: {}{PALE:#}", tame(help))?;
        }
    }
    for aside in file.set_aside.iter().take(ASIDE) {
        let column = aside.column.as_ref().map_or_else(String::new, |column| format!(", column {}", quoted(column)));
        writeln!(
            out,
            "    {NOTICE}set aside{NOTICE:#} line {}{column}: expected {}, found {}",
            aside.line,
            tame(&aside.expected),
            cut(&tame(&aside.found), 80)
        )?;
        writeln!(out, "      {PALE}help: {}{PALE:#}", tame(&aside.help))?;
    }
    if let Some(more) = file.set_aside.len().checked_sub(ASIDE).filter(|more| *more > 0) {
        writeln!(out, "    {} more set aside; `--report FILE` has them all", count(more as u64, "row", "rows"))?;
    }
    Ok(())
}

fn quoted(header: &str) -> String {
    format!("`{}`", cut(&tame(header), 40))
}

fn pairs(number: u64) -> String {
    count(number, "pair", "pairs")
}

/// Per mille as per cent.
fn per_cent(per_mille: u16) -> String {
    match per_mille % 10 {
        0 => (per_mille / 10).to_string(),
        tenth => format!("{}.{tenth}", per_mille / 10),
    }
}

/// Thousandths of a bit as bits.
fn bits(weight: i32) -> String {
    let sign = if weight < 0 { "−" } else { "" };
    let tenths = (weight.unsigned_abs() + 50) / 100;
    format!("{sign}{}.{}", tenths / 10, tenths % 10)
}

/// What weighs most, in words.
fn because(pair: &Pair<'_>) -> String {
    let mut steps: Vec<&Step> = pair.evidence.iter().filter(|step| step.weight.0 != 0).collect();
    steps.sort_by_key(|step| std::cmp::Reverse(step.weight.0.unsigned_abs()));
    let mut reasons: Vec<String> = match pair.same_email {
        Some("held") => vec!["their e-mail address is held by several or by a role".to_owned()],
        Some(_) => vec!["their own e-mail address is the same".to_owned()],
        None => Vec::new(),
    };
    let more = steps.len() > REASONS;
    reasons.extend(steps.into_iter().take(REASONS).map(|step| {
        let sign = if step.weight.0 < 0 { "" } else { "+" };
        format!("{} {} {sign}{}", step.of.word().replace('_', " "), step_word(step), bits(step.weight.0))
    }));
    if more {
        reasons.push("…".to_owned());
    }
    reasons.join(", ")
}

fn step_word(step: &Step) -> String {
    match step.is.as_str() {
        "otherwise" => "differs".to_owned(),
        word => word.replace('_', " "),
    }
}

impl Matched {
    /// The pairs as CSV.
    pub(super) fn csv(&self) -> String {
        let headers = ["lead", "candidate", "outcome", "probability", "weight", "same_email", "evidence"];
        let rows = self.pairs.iter().map(|found| {
            let pair = self.pair(found);
            let steps = pair.evidence.iter().filter(|step| step.is != "missing");
            let mut evidence: Vec<String> = vec![format!("prior {}", pair.prior.0)];
            evidence.extend(pair.exchanged.map(|weight| format!("names exchanged {}", weight.0)));
            evidence.extend(steps.map(|step| {
                format!("{} {} {} ({} / {})", step.of.word(), step.is, step.weight.0, step.ours, step.theirs)
            }));
            [
                pair.lead.to_owned(),
                pair.candidate.to_owned(),
                outcome(pair.outcome),
                pair.probability.get().to_string(),
                pair.weight.0.to_string(),
                pair.same_email.unwrap_or_default().to_owned(),
                evidence.join("; "),
            ]
        });
        write_csv(&headers, rows)
    }
}

fn outcome(outcome: Outcome) -> String {
    outcome.word().to_owned()
}
