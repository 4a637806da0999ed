//! Calling codes.
//!
//! *Source*: `core/src/tables/calling_codes.txt`, which `core/examples/refresh_phone_codes.rs` writes from libphonenumber's
//! metadata (Apache-2.0). A line is a country (`--` for the codes of none), its calling code, what is dialled before a
//! number within it (`-` for nothing), in hexadecimal the lengths that are possible (bit n: n digits), and `*` where the
//! code is named after the country. It is read once.

use std::sync::OnceLock;

use super::phone::{Plan, Trunk};
use crate::tables::CALLING_CODES;

/// How countries number their telephones.
pub(super) struct Plans {
    /// By country, sorted; the codes of no country first.
    pub(super) all: Vec<Plan>,
    /// By calling code, sorted: the place of the plan that it is named after.
    pub(super) main: Vec<(u16, usize)>,
}

/// The table.
pub(super) fn plans() -> &'static Plans {
    static PLANS: OnceLock<Plans> = OnceLock::new();
    PLANS.get_or_init(|| {
        let mut plans = Plans { all: Vec::new(), main: Vec::new() };
        for line in CALLING_CODES.text().lines() {
            let mut words = line.split(' ');
            let Some(plan) = plan(&mut words) else { continue };
            if words.next() == Some("*") {
                plans.main.push((plan.code(), plans.all.len()));
            }
            plans.all.push(plan);
        }
        crate::order::sort_all(&mut plans.main);
        plans
    })
}

fn plan<'t>(words: &mut impl Iterator<Item = &'t str>) -> Option<Plan> {
    let country = match words.next()?.as_bytes() {
        b"--" => [0, 0],
        country => country.try_into().ok()?,
    };
    let code = words.next()?.parse().ok()?;
    let trunk = match words.next()? {
        "0" => Trunk::Zero,
        "1" => Trunk::One,
        "8" => Trunk::Eight,
        "06" => Trunk::ZeroSix,
        _ => Trunk::None,
    };
    Some(Plan::new(country, code, trunk, u16::from_str_radix(words.next()?, 16).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_read() {
        let plans = plans();
        assert_eq!((plans.all.len(), plans.main.len()), (254, 215));
        assert_eq!(CALLING_CODES.text().lines().count(), plans.all.len());
        assert!(plans.main.is_sorted_by(|a, b| a.0 < b.0));
    }
}
