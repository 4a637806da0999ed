//! Names that one person goes by: `William`, `Bill`, `Liam`.
//!
//! *Input*: given names as `key` writes them. *Output*: whether one list has both. *Invariant*: symmetric; a name is
//! in a list with itself, known or not; being in lists with a third name does not put two together (`Al` is `Albert` and
//! `Alice`). *Source*: `core/src/tables/nicknames.txt`, kept by hand: common short forms and spellings in English, German, French,
//! Spanish, Italian, Portuguese, Dutch, Slavic and Greek use, a line each.

use std::sync::OnceLock;

use crate::order;
use crate::tables::NICKNAMES;

/// A name and the line it is in; sorted.
type Entry = (&'static str, u16);

fn entries() -> &'static [Entry] {
    static ENTRIES: OnceLock<Vec<Entry>> = OnceLock::new();
    ENTRIES.get_or_init(|| {
        let lines = NICKNAMES.text().lines().zip(0..);
        let mut entries: Vec<Entry> =
            lines.flat_map(|(names, line)| names.split(' ').map(move |name| (name, line))).collect();
        order::sort_all(&mut entries);
        entries
    })
}

/// The lists that `name` is in, as numbers.
pub fn groups(name: &str) -> impl Iterator<Item = u16> {
    let entries = entries();
    let start = entries.partition_point(|(known, _)| *known < name);
    entries[start..].iter().take_while(move |(known, _)| *known == name).map(|(_, line)| *line)
}

/// Whether one person may go by both names.
///
/// ```
/// use interlock_core::normal::nickname::same_group;
/// assert!(same_group("bill", "william") && !same_group("bill", "robert"));
/// ```
#[must_use]
pub fn same_group(a: &str, b: &str) -> bool {
    a == b || groups(a).any(|group| groups(b).any(|other| other == group))
}

#[cfg(test)]
mod tests {
    use super::super::fold::key;
    use super::*;

    #[test]
    fn the_table_is_in_normal_form() {
        let lines: Vec<&str> = NICKNAMES.text().lines().collect();
        assert!(lines.len() > 500 && lines.is_sorted());
        for line in lines {
            let names: Vec<&str> = line.split(' ').collect();
            assert!(names.len() > 1, "{line}");
            for (at, name) in names.iter().enumerate() {
                assert!(key(name) == *name && !names[..at].contains(name), "{line}: {name}");
            }
        }
    }

    #[test]
    fn short_forms_of_many_languages() {
        for (a, b) in [
            ("bill", "william"),
            ("liz", "beth"),
            ("hans", "johannes"),
            ("sepp", "josef"),
            ("pepe", "jose"),
            ("beppe", "giuseppe"),
            ("kees", "cornelis"),
            ("kasia", "katarzyna"),
            ("sasha", "aleksandr"),
            ("саша", "александр"),
            ("γιωργοσ", "γεωργιοσ"),
            ("太郎", "太郎"),
        ] {
            assert!(same_group(a, b) && same_group(b, a), "{a} {b}");
        }
        for (a, b) in [("albert", "alice"), ("john", "mary"), ("", "al"), ("太郎", "花子"), ("bll", "bill")] {
            assert!(!same_group(a, b), "{a} {b}");
        }
    }
}
