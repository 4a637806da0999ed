//! The forms that identity compares, on text that nobody should have typed: the form of a form is itself, composed and
//! decomposed letters are alike, marks that cannot be seen change nothing, and a megabyte is read in a moment.
#![allow(clippy::unwrap_used)]

use std::time::{Duration, Instant};

use interlock_core::identity::metric;
use interlock_core::normal::address::{self, Address};
use interlock_core::normal::country::CountryCode;
use interlock_core::normal::domain::Domain;
use interlock_core::normal::email::Email;
use interlock_core::normal::fold::key;
use interlock_core::normal::name;
use interlock_core::normal::{company, nickname, postal, state};
use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;

type Form = (&'static str, fn(&str) -> String);

/// Every form that is a text for every text.
const FORMS: [Form; 9] = [
    ("key", |raw| key(raw).into_owned()),
    ("name", name::normal),
    ("company", |raw| company::normal(raw).into_owned()),
    ("company tokens", company::tokens),
    ("address", |raw| Address::parse(raw).normal()),
    ("city", address::city),
    ("postal code", |raw| postal::normal(raw, None)),
    ("postal code, US", |raw| postal::normal(raw, CountryCode::from_alpha2("US"))),
    ("state", |raw| state::normal(None, raw).into_owned()),
];

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[ a-cA-CäÖßéİıſΣςж東가आשنਾ\u{300}\u{301}\u{327}\u{200b}\u{200d}\u{200f}\u{202e}\u{2066}\u{feff}\u{ad}.,&'’()/#-]{0,24}",
        "(株式会社|㈱|OOO |ООО |The |주식회사 ?)?[A-Z][a-z& ]{0,8}([A-Z] ){0,3}(,? (GmbH|& Co\\. KG|S\\.A\\.|Inc|Intl\\.?|Tech|y|N\\. V\\.|z o\\.o\\.|有限公司)){0,3}",
        "((apt|unit|#|p\\.?o\\.? box|suite no|pf|bldg|twr) ?)?[0-9]{0,3}[a-f]?[-/ ]?[0-9]{0,2} ?[a-z]{0,6}(str|strasse| st\\.?| dr| ave| r)? ?(nw|s)?[, ]{0,2}((apt|unit|#|fl|box|ste) ?)?[0-9]{0,5}[a-c]?( bis| b)?",
        "(Dr\\. |Prof |Herr )?[A-Z][a-z]{0,5},? ?(van der |Mr )?[A-Z][a-z]{0,5}(,? (Jr\\.|PhD|MA|Dr\\.|II)){0,2}",
        "(D-|NL-|〒)?[0-9]{0,7}[- ]?[0-9A-Z]{0,4}(\\.0)?",
        "(\\+|00|011)?[0-9 ()./-]{0,20}(x|ext\\. ?|#)?[0-9]{0,5}",
    ]
}

/// Marks that are not seen, between the letters.
fn with_marks(text: &str, mark: char) -> String {
    text.chars().flat_map(|c| [mark, c]).chain([mark]).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(4096) })]

    #[test]
    fn the_form_of_a_form_is_itself(raw in text()) {
        for (name, form) in FORMS {
            let once = form(&raw);
            prop_assert_eq!(form(&once), &*once, "{}", name);
            prop_assert_eq!(key(&once).to_lowercase().is_empty(), once.is_empty(), "{}: {:?}", name, once);
        }
        let empty = key(&raw).is_empty();
        prop_assert_eq!(company::tokens(&raw).is_empty(), empty);
        prop_assert_eq!(address::city(&raw).is_empty(), empty);
        let address = Address::parse(&raw);
        prop_assert_eq!(Address::parse(&address.normal()), address);
    }

    #[test]
    fn composed_and_decomposed_letters_are_alike(raw in text()) {
        // Folding knows the Basic Multilingual Plane without CJK compatibility ideographs.
        let raw: String = raw.chars().filter(|c| *c < '\u{10000}' && !('\u{f900}'..='\u{faff}').contains(c)).collect();
        let (composed, decomposed) = (raw.nfc().collect::<String>(), raw.nfd().collect::<String>());
        for (name, form) in FORMS {
            prop_assert_eq!(form(&composed), form(&decomposed), "{}", name);
        }
    }

    #[test]
    fn hosts_and_addresses_of_european_letters_are_alike(raw in "[a-zàâçéèêëïîôùûüÿœæñáíóúäößåøčďěňřšťůžąęłńśźżőűğşășțйё]{1,12}") {
        let decomposed: String = raw.nfd().collect();
        let host = |label: &str| Domain::from_host(&format!("{label}.de")).map(|domain| domain.host().to_owned());
        prop_assert_eq!(host(&raw), host(&decomposed));
        let mail = |label: &str| Email::parse(&format!("{label}@acme.de")).map(|email| email.address().to_owned());
        prop_assert_eq!(mail(&raw), mail(&decomposed));
    }

    #[test]
    fn names_agree_both_ways(a in "[a-c]{0,3}( [a-c]{1,3}){0,2}", b in "[a-c]{0,3}( [a-c]{1,3}){0,2}") {
        prop_assert_eq!(nickname::same_group(&a, &b), nickname::same_group(&b, &a));
        prop_assert!(nickname::same_group(&a, &a));
    }
}

#[test]
fn marks_that_are_not_seen_change_nothing() {
    for mark in ['\u{200b}', '\u{200d}', '\u{200f}', '\u{202e}', '\u{2066}', '\u{feff}', '\u{ad}', '\u{fe0f}'] {
        for raw in [
            "Müller",
            "Acme Tech GmbH",
            "12 High St Apt 4",
            "Иванова",
            "株式会社トヨタ",
            "שרה לוי",
            "80331",
            "+49 30 1234567",
        ] {
            let marked = with_marks(raw, mark);
            for (name, form) in FORMS {
                assert_eq!(form(&marked), form(raw), "{name}: {raw} with {mark:?}");
            }
        }
    }
}

#[test]
fn no_script_is_lost() {
    for raw in [
        "山田太郎",
        "김민수",
        "Иван Петров",
        "Γεώργιος Παπαδόπουλος",
        "محمد علي",
        "שרה לוי",
        "अमित शर्मा",
        "สมชาย ใจดี",
        "Nguyễn Văn An",
    ] {
        for (name, form) in FORMS.iter().filter(|(name, _)| !name.contains("phone") && !name.contains("postal")) {
            let letters = form(raw).chars().filter(|c| *c != ' ').count();
            assert!(letters >= raw.nfd().filter(|c| c.is_alphabetic()).count() / 2, "{name}: {raw}: {}", form(raw));
        }
    }
}

#[test]
fn a_megabyte_is_read_in_a_moment() {
    let pieces = [
        "a",
        "a ",
        "ä",
        "e\u{301}",
        "\u{301}",
        "\u{200f}",
        "ltd ",
        "ltd, ",
        "株式会社",
        "a.",
        "12 ",
        "3/",
        "#",
        "dr. ",
        ", jr",
        "str",
        "p.o. box ",
        "가",
        "&",
        "unit 3 ",
        "\u{202e}x",
    ];
    for piece in pieces {
        let long = piece.repeat(1_000_000 / piece.len());
        let start = Instant::now();
        for (name, form) in FORMS {
            let once = form(&long);
            assert!(once.len() <= long.len() * 4 + 64, "{name}: {piece:?}");
        }
        let _ = (
            metric::jaro_winkler(&long, &long[..long.len() / 2 / piece.len() * piece.len()]),
            nickname::same_group(&long, "al"),
        );
        let _ = (Email::parse(&long).is_ok(), Domain::from_host_or_url(&long).is_ok(), company::is_placeholder(&long));
        // Each is some milliseconds; a form that is quadratic would take hours.
        assert!(start.elapsed() < Duration::from_secs(20), "{piece:?}: {:?}", start.elapsed());
    }
}
