//! `interlock audit merge`: several logs become one, in order of time.
//!
//! Each log is verified first. Then one line of each is held at a time: logs of any size are merged in the same memory. An entry
//! keeps its log, number and hash as its origin; the order within a log stays.

use std::fs::{self, File};
use std::io::{BufRead, BufReader, BufWriter, Write};

use interlock_core::audit::Entry;
use interlock_core::audit::log::{Line, Origin, Writer};
use interlock_core::text::count;
use interlock_core::time::Timestamp;

use super::append::{name_of, no_form};
use super::{head_of, open, read, unreadable, unwritable};
use crate::Ended;
use crate::arguments::Merge;
use crate::failure::Failure;
use crate::input::shown;
use crate::output::STRONG;

/// A log and the entry that comes next of it.
struct Source {
    file: BufReader<File>,
    log: String,
    next: Option<(Entry, Origin)>,
}

/// Merges.
pub(super) fn run(arguments: &Merge, out: &mut dyn Write) -> Result<Ended, Failure> {
    let to = &arguments.out;
    if fs::exists(to).map_err(|error| unreadable(to, &error))? {
        let message = format!("there is a `{}` already", shown(to));
        return Err(Failure::new(message, "name a new file: a log is never written over"));
    }
    let mut sources: Vec<Source> = Vec::new();
    for path in &arguments.logs {
        let head = head_of(path, read(path, None, &mut |_| {})?.end())?;
        if sources.iter().any(|source| source.log == head.log) {
            let message = format!("`{}` is log `{}`, which was named before", shown(path), head.log);
            return Err(Failure::new(
                message,
                "name each log once: the longer one, if one is the beginning of the other",
            ));
        }
        let mut source = Source { file: BufReader::new(open(path)?), log: head.log, next: None };
        source.advance().map_err(|error| unreadable(path, &error))?;
        sources.push(source);
    }
    let id = arguments.id.clone().unwrap_or_else(|| name_of(to));
    let begun = sources.iter().filter_map(Source::at).min().unwrap_or_default();
    let (mut writer, first) = Writer::begin(&id, begun).map_err(|error| no_form(&error))?;
    let file = File::create_new(to).map_err(|error| unwritable(to, &error))?;
    let mut file = BufWriter::new(file);
    let mut write = |lines: &str| file.write_all(lines.as_bytes()).map_err(|error| unwritable(to, &error));
    write(&first)?;
    let mut many = 0;
    // Of equal times the log that was named first.
    while let Some((place, _)) =
        sources.iter().enumerate().filter_map(|(place, source)| Some((place, source.at()?))).min_by_key(|(_, at)| *at)
    {
        let Some(source) = sources.get_mut(place) else { break };
        if let Some((entry, origin)) = source.next.take() {
            write(&writer.append(&entry, Some(origin)).map_err(|error| no_form(&error))?)?;
            many += 1;
        }
        let path = arguments.logs.get(place).unwrap_or(to);
        source.advance().map_err(|error| unreadable(path, &error))?;
    }
    let flushed = file.flush().and_then(|()| file.get_ref().sync_all());
    flushed.map_err(|error| unwritable(to, &error))?;
    let logs = count(sources.len() as u64, "log", "logs");
    let entries = count(many, "entry", "entries");
    writeln!(out, "{STRONG}{}{STRONG:#}: {entries} of {logs}, in order of time", shown(to))?;
    Ok(Ended::Well)
}

impl Source {
    fn at(&self) -> Option<Timestamp> {
        self.next.as_ref().map(|(entry, _)| entry.at)
    }

    /// Reads on to the next entry. The log was verified: what cannot be read as a line is none of it.
    fn advance(&mut self) -> std::io::Result<()> {
        let mut text = String::new();
        loop {
            text.clear();
            if self.file.read_line(&mut text)? == 0 {
                return Ok(());
            }
            let line: Line<'_> = serde_json::from_str(&text)?;
            if let Some(entry) = line.entry {
                // What came from another log already still says so.
                let origin = line.origin.unwrap_or(Origin { log: self.log.clone(), seq: line.seq, hash: line.hash });
                self.next = Some((entry.into_owned(), origin));
                return Ok(());
            }
        }
    }
}
