//! Names that one person goes by: `William`, `Bill`, `Liam`.
//!
//! *Input*: given names as `key` writes them. *Output*: whether one list has both. *Invariant*: symmetric; a name is
//! in a list with itself, known or not; being in lists with a third name does not put two together (`Al` is `Albert` and
//! `Alice`). *Source*: `core/src/tables/nicknames.txt`, kept by hand: common short forms and spellings in English, German, French,
//! Spanish, Italian, Portuguese, Dutch, Slavic and Greek use, a line each.

use std::sync::OnceLock;

use super::lines::hash;
use crate::order;
use crate::tables::NICKNAMES;

/// A name and the line it is in.
type Entry = (&'static str, u16);

/// The entries, sorted, and a hash table of where those of a name begin, one more than that; 0 is nowhere. Its size is
/// a power of two: every pair of people asks.
struct Index {
    entries: Vec<Entry>,
    slots: Vec<u16>,
}

impl Index {
    fn new(table: &'static str) -> Self {
        let lines = table.lines().zip(0..);
        let mut entries: Vec<Entry> =
            lines.flat_map(|(names, line)| names.split(' ').map(move |name| (name, line))).collect();
        order::sort_all(&mut entries);
        let mut slots = vec![0; (entries.len() * 2 + 1).next_power_of_two()];
        let last = slots.len() - 1;
        let mut before = "";
        for ((name, _), next) in entries.iter().zip(1..) {
            if *name != before {
                let mut slot = hash(0, name.as_bytes()) & last;
                while slots[slot] != 0 {
                    slot = (slot + 1) & last;
                }
                slots[slot] = next;
            }
            before = name;
        }
        Self { entries, slots }
    }

    fn of(&self, name: &str) -> &[Entry] {
        let mut slot = hash(0, name.as_bytes());
        loop {
            let place = self.slots.get(slot & (self.slots.len() - 1)).copied().unwrap_or_default();
            let found = usize::from(place).checked_sub(1).and_then(|place| self.entries.get(place..));
            match found {
                Some(found @ [(known, _), ..]) if *known == name => {
                    let count = found.iter().take_while(|(known, _)| *known == name).count();
                    return &found[..count];
                }
                Some(_) => slot += 1,
                None => return &[],
            }
        }
    }
}

/// The lists that `name` is in, with their numbers.
fn lists(name: &str) -> &'static [Entry] {
    static INDEX: OnceLock<Index> = OnceLock::new();
    INDEX.get_or_init(|| Index::new(NICKNAMES.text())).of(name)
}

/// Whether one person may go by both names.
///
/// ```
/// use interlock_core::normal::nickname::same_group;
/// assert!(same_group("bill", "william") && !same_group("bill", "robert"));
/// ```
#[must_use]
pub fn same_group(a: &str, b: &str) -> bool {
    if a == b {
        return true;
    }
    let (a, b) = (lists(a), lists(b));
    a.iter().any(|(_, group)| b.iter().any(|(_, other)| other == group))
}

#[cfg(test)]
mod tests {
    use super::super::fold::key;
    use super::*;

    #[test]
    fn the_table_is_in_normal_form() {
        let lines: Vec<&str> = NICKNAMES.text().lines().collect();
        assert!(lines.len() > 500 && lines.is_sorted());
        let every = || lines.iter().zip(0..).flat_map(|(line, place)| line.split(' ').map(move |name| (name, place)));
        // A place in the index is 16 bits.
        assert!(
            every().count() < 60_000 && every().all(|(name, place)| lists(name).iter().any(|(_, line)| *line == place))
        );
        let alone = Index::new("");
        assert!(alone.of("al").is_empty() && lists("").is_empty());
        for line in &lines {
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
