//! Writes the table of calling codes of the engine from libphonenumber's metadata.
//!
//! ```text
//! cargo run -p interlock-core --example refresh_phone_codes -- metadata.min.json > core/src/normal/phone_codes.rs
//! ```
//!
//! The metadata is Google's libphonenumber's (Apache-2.0) as the npm package `libphonenumber-js` (MIT) carries it.
#![allow(clippy::print_stdout)]

use std::collections::BTreeMap;
use std::error::Error;

use serde_json::Value;

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("expected the path of metadata.min.json")?;
    let text = std::fs::read_to_string(&path).map_err(|e| format!("cannot read `{path}`: {e}"))?;
    let metadata: Value = serde_json::from_str(&text)?;
    let section = |name: &str| metadata[name].as_object().ok_or(format!("no object `{name}` in the metadata"));
    // The country a shared code is named after comes first, as libphonenumber orders them.
    let mut main = BTreeMap::new();
    for (code, countries) in section("country_calling_codes")? {
        main.insert(code.clone(), countries[0].as_str().unwrap_or_default().to_owned());
    }
    println!("//! Calling codes: written by `core/examples/refresh_phone_codes.rs` from libphonenumber's metadata");
    println!("//! (Apache-2.0), edit it there.");
    println!();
    println!("use super::phone::Plan;");
    println!("use super::phone::Trunk::{{Eight, None, One, Zero, ZeroSix}};");
    println!();
    println!("/// By country, sorted.");
    println!("#[rustfmt::skip]");
    println!("pub(super) static PLANS: &[Plan] = &[");
    let mut plans = BTreeMap::new();
    for (country, row) in section("countries")? {
        let code = row[0].as_str().ok_or("a country without calling code")?;
        let named = main.get(code).ok_or("a calling code without countries")?;
        // An E.164 number does not say which of the countries of a shared code it is from, so it must be possible in the
        // one that is asked.
        let possible = lengths(row)? & lengths(&metadata["countries"][named])?;
        plans.insert(country.clone(), plan(country, row, possible)?);
    }
    // Codes of no country.
    for (code, row) in section("nonGeographic")? {
        plans.insert(format!("{code:0>3}"), plan("", row, lengths(row)?)?);
    }
    print_packed(plans.values().cloned());
    println!("];");
    println!();
    println!("/// The plan that a calling code is named after, by code.");
    println!("#[rustfmt::skip]");
    println!("pub(super) static MAIN: &[(u16, u8)] = &[");
    let mut codes = BTreeMap::new();
    for (at, key) in plans.keys().enumerate() {
        let code = main.iter().find(|(_, country)| *country == key).map_or(key, |(code, _)| code);
        if let Ok(code) = code.parse::<u16>() {
            codes.insert(code, at);
        }
    }
    print_packed(codes.iter().map(|(code, at)| format!("({code}, {at}),")));
    println!("];");
    Ok(())
}

fn plan(country: &str, row: &Value, lengths: u64) -> Result<String, Box<dyn Error>> {
    let code = row[0].as_str().ok_or("no calling code")?;
    let trunk = match row[5].as_str() {
        None => "None",
        Some("0") => "Zero",
        Some("1") => "One",
        Some("8") => "Eight",
        Some("06") => "ZeroSix",
        Some(other) => {
            return Err(format!("{country} has the trunk prefix `{other}`, which `Trunk` does not have yet").into());
        }
    };
    let country = if country.is_empty() { "[0, 0]".to_owned() } else { format!("*b{country:?}") };
    Ok(format!("Plan::new({country}, {code}, {trunk}, {lengths:#06x}),"))
}

/// Bit n: numbers of n digits are possible. E.164 has at most 15 digits with the calling code.
fn lengths(row: &Value) -> Result<u64, Box<dyn Error>> {
    let longest = 15 - row[0].as_str().ok_or("no calling code")?.len() as u64;
    let lengths = row[3].as_array().ok_or("no lengths")?;
    Ok(lengths.iter().filter_map(Value::as_u64).filter(|&n| n <= longest).fold(0, |bits, n| bits | 1 << n))
}

/// Prints items, as many a line as fit.
fn print_packed(items: impl Iterator<Item = String>) {
    let mut line = String::from("   ");
    for item in items {
        if line.len() + item.len() > 118 {
            println!("{line}");
            line.truncate(3);
        }
        line.push(' ');
        line.push_str(&item);
    }
    println!("{line}");
}
