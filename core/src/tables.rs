//! What the engine knows by heart: public suffixes, countries, free-mail providers, the columns of CRMs and the like.
//!
//! Input: natively nothing, they are compiled in (feature `tables`); elsewhere the pack that the host hands over once.
//! Output: their texts. Invariant: a pack is taken only if every list in it is, byte for byte, the one this engine was
//! built with, so that the same input gives the same bytes everywhere.
//!
//! In the browser the lists are a file beside the module: they are half of what it would be, compress better as text
//! and stay cached when the engine changes.

use crate::normal::lines::Lines;

/// Before the name of each list in a pack.
const BEGIN: char = '\u{c}';

macro_rules! tables {
    ($($(#[$doc:meta])* $table:ident = $place:literal $file:literal;)*) => {
        $($(#[$doc])* pub(crate) static $table: Lines = Lines::new(Table {
            place: $place,
            #[cfg(feature = "tables")]
            text: include_str!(concat!("tables/", $file, ".txt")),
        });)*

        /// Every list: its name, and the hash of its text. The texts themselves do not become part of the program.
        const LISTS: &[(&str, u64)] =
            &[$(($file, hash(include_bytes!(concat!("tables/", $file, ".txt")))),)*];
    };
}

tables! {
    /// Calling codes; see [`crate::normal::phone`].
    CALLING_CODES = 0 "calling_codes";
    /// Columns of HubSpot; see [`crate::crm`].
    COLUMNS_HUBSPOT = 1 "columns_hubspot";
    COLUMNS_PIPEDRIVE = 2 "columns_pipedrive";
    COLUMNS_SALESFORCE = 3 "columns_salesforce";
    COLUMNS_ZOHO = 4 "columns_zoho";
    /// Legal forms after a name, sorted.
    COMPANY_FORMS = 5 "company_forms";
    /// Alpha-2 code = alpha-3 code and display name.
    COUNTRIES = 6 "countries";
    /// Spellings as `key` writes them, without a leading `the` = alpha-2 code.
    COUNTRY_NAMES = 7 "country_names";
    DISPOSABLE = 8 "disposable";
    /// Letters with marks and what they are without; see [`crate::normal::fold`].
    FOLD = 9 "fold";
    FREE_MAIL = 10 "free_mail";
    /// What is typed where nothing is known, as `key` writes it, sorted.
    PLACEHOLDERS = 11 "placeholders";
    PUBLIC_SUFFIX = 12 "public_suffix";
    /// Mailboxes of functions, sorted, without separators. Source: RFC 2142 and the names that sites publish, in the
    /// languages of the countries most CRMs sell to.
    ROLES = 13 "roles";
    AUSTRALIA = 14 "states_au";
    CANADA = 15 "states_ca";
    UNITED_STATES = 16 "states_us";
    /// Time zones, and countries with one time; see [`crate::normal::zone`].
    TIME_ZONES = 17 "time_zones";
    /// What each fact is, in words, for people who write conditions.
    FACTS = 18 "facts";
    /// Steps from upper to lower case; see [`crate::normal::case`].
    LOWER_CASE = 19 "lower_case";
    /// Abbreviations in addresses = the word; two words where it ends the name of a street, and elsewhere.
    ADDRESS_WORDS = 20 "address_words";
    /// Abbreviations and spellings in companies' names = the word; nothing for words that tell none apart.
    COMPANY_WORDS = 21 "company_words";
    /// Given names that one person goes by, a line each, the full name first; see [`crate::normal::nickname`].
    NICKNAMES = 22 "nicknames";
    /// Words of companies' names that say what a company does or where, and not which it is; see [`crate::identity`].
    COMPANY_COMMON = 23 "company_common";
}

/// Where a list's text is to be had.
pub(crate) struct Table {
    #[cfg_attr(feature = "tables", allow(dead_code, reason = "the text is here"))]
    place: usize,
    #[cfg(feature = "tables")]
    text: &'static str,
}

impl Table {
    #[cfg(test)]
    pub(crate) const fn of(text: &'static str) -> Self {
        Self { place: 0, text }
    }

    #[cfg(feature = "tables")]
    pub(crate) const fn text(&self) -> &'static str {
        self.text
    }

    #[cfg(not(feature = "tables"))]
    pub(crate) fn text(&self) -> &'static str {
        installed::PACK.get().and_then(|texts| texts.get(self.place)).map_or("", String::as_str)
    }
}

/// Takes the lists of a pack: for each, a form feed, its name, a line break and its text.
///
/// Where they are compiled in, the pack is only compared with them. A second pack is compared and not taken.
///
/// # Errors
/// When a list is missing or is not the one this engine was built with, with its name.
pub fn install(pack: &str) -> Result<(), String> {
    let mut texts = vec![String::new(); LISTS.len()];
    for (text, (name, expected)) in texts.iter_mut().zip(LISTS) {
        let list = pack.split(BEGIN).find_map(|list| list.strip_prefix(name)?.strip_prefix('\n'));
        match list {
            Some(list) if hash(list.as_bytes()) == *expected => list.clone_into(text),
            Some(_) => return Err(format!("the list `{name}` is not the one this engine was built with")),
            None => return Err(format!("the list `{name}` is missing")),
        }
    }
    #[cfg(not(feature = "tables"))]
    // Every pack that gets here is the same.
    let _ = installed::PACK.set(texts);
    Ok(())
}

/// Whether the lists are there. Nothing must be read before they are.
#[must_use]
pub fn ready() -> bool {
    #[cfg(feature = "tables")]
    return true;
    #[cfg(not(feature = "tables"))]
    return installed::PACK.get().is_some();
}

#[cfg(not(feature = "tables"))]
mod installed {
    use std::sync::OnceLock;

    pub(super) static PACK: OnceLock<Vec<String>> = OnceLock::new();
}

/// FNV-1a (Fowler, Noll and Vo; 64 bit).
const fn hash(bytes: &[u8]) -> u64 {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    let mut at = 0;
    while at < bytes.len() {
        hash = (hash ^ bytes[at] as u64).wrapping_mul(0x0100_0000_01b3);
        at += 1;
    }
    hash
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn pack(change: impl Fn(&str, &str) -> Option<String>) -> String {
        let columns =
            [&CALLING_CODES, &COLUMNS_HUBSPOT, &COLUMNS_PIPEDRIVE, &COLUMNS_SALESFORCE, &COLUMNS_ZOHO].map(Lines::text);
        let lists = [COMPANY_FORMS.text(), COUNTRIES.text(), COUNTRY_NAMES.text(), DISPOSABLE.text(), FOLD.text()];
        let others = [
            FREE_MAIL.text(),
            PLACEHOLDERS.text(),
            PUBLIC_SUFFIX.text(),
            ROLES.text(),
            AUSTRALIA.text(),
            CANADA.text(),
        ];
        let texts = columns.into_iter().chain(lists).chain(others).chain([
            UNITED_STATES.text(),
            TIME_ZONES.text(),
            FACTS.text(),
            LOWER_CASE.text(),
            ADDRESS_WORDS.text(),
            COMPANY_WORDS.text(),
            NICKNAMES.text(),
            COMPANY_COMMON.text(),
        ]);
        let lists = LISTS.iter().zip(texts).filter_map(|((name, _), text)| Some((name, change(name, text)?)));
        lists.map(|(name, text)| format!("{BEGIN}{name}\n{text}")).collect()
    }

    #[test]
    fn only_the_lists_of_the_build_are_taken() {
        assert_eq!(install(&pack(|_, text| Some(text.to_owned()))), Ok(()));
        let gone = install(&pack(|name, text| (name != "roles").then(|| text.to_owned())));
        assert_eq!(gone.unwrap_err(), "the list `roles` is missing");
        let other = install(&pack(|name, text| {
            Some(if name == "countries" { text.replacen("DE", "DD", 1) } else { text.to_owned() })
        }));
        assert_eq!(other.unwrap_err(), "the list `countries` is not the one this engine was built with");
        assert!(install("").is_err());
    }

    #[test]
    fn the_hash_is_the_published_one() {
        // http://www.isthe.com/chongo/tech/comp/fnv/
        assert_eq!(hash(b""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(hash(b"a"), 0xaf63_dc4c_8601_ec8c);
        assert_eq!(hash(b"foobar"), 0x8594_4171_f739_67e8);
    }
}
