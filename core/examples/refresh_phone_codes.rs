//! Writes the list of calling codes of the engine from libphonenumber's metadata.
//!
//! ```text
//! cargo run -p interlock-core --example refresh_phone_codes -- metadata.min.json > core/src/tables/calling_codes.txt
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
    for (key, plan) in &plans {
        // Where a code is shared, one country gives it its name.
        let named = key.parse::<u16>().is_ok() || main.values().any(|country| country == key);
        println!("{plan}{}", if named { " *" } else { "" });
    }
    Ok(())
}

fn plan(country: &str, row: &Value, lengths: u64) -> Result<String, Box<dyn Error>> {
    let code = row[0].as_str().ok_or("no calling code")?;
    let trunk = match row[5].as_str() {
        None => "-",
        Some(known @ ("0" | "1" | "8" | "06")) => known,
        Some(other) => {
            return Err(format!("{country} has the trunk prefix `{other}`, which `Trunk` does not have yet").into());
        }
    };
    let country = if country.is_empty() { "--" } else { country };
    Ok(format!("{country} {code} {trunk} {lengths:x}"))
}

/// Bit n: numbers of n digits are possible. E.164 has at most 15 digits with the calling code.
fn lengths(row: &Value) -> Result<u64, Box<dyn Error>> {
    let longest = 15 - row[0].as_str().ok_or("no calling code")?.len() as u64;
    let lengths = row[3].as_array().ok_or("no lengths")?;
    Ok(lengths.iter().filter_map(Value::as_u64).filter(|&n| n <= longest).fold(0, |bits, n| bits | 1 << n))
}
