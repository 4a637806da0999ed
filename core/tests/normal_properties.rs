//! What holds of every normal form, whatever the input: no panic, and the form of a form is itself.
#![allow(clippy::unwrap_used)]

use interlock_core::normal::country::CountryCode;
use interlock_core::normal::date::{DayOrder, When};
use interlock_core::normal::domain::Domain;
use interlock_core::normal::email::{self, Email};
use interlock_core::normal::fold::{eq_folded, fold, is_blank, key, trim};
use interlock_core::normal::money::{Currency, Money};
use interlock_core::normal::name::PersonName;
use interlock_core::normal::number::{DecimalMark, band, detect_decimal_mark, integer};
use interlock_core::normal::phone::Phone;
use interlock_core::normal::{boolean, company, date, duration, free_mail, state};
use proptest::prelude::*;

/// Any text; text of the letters and marks that names are made of; and text near to what each form reads.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[ a-zA-ZäÖßéİıſΣς東가आ\u{300}\u{301}\u{200b}\u{a0}.,&'’()/-]{0,24}",
        "(Dr\\. |Prof |Herr )?[A-Z][a-z]{0,5},? ?(van der )?[A-Z][a-z]{0,5}(, (Jr\\.|PhD|MA|Dr\\.))?",
        "[A-Z][a-z& ]{0,8}(,? (GmbH|& Co\\. KG|S\\.A\\.|Inc|Ltd\\.?|Pty|z o\\.o\\.)){0,3}",
        "(Ann <)?[a-zA-ZÄ.+]{0,6}@[a-zA-Zü.-]{0,12}>?",
        "(https?://)?[a-zA-Zü.-]{0,20}(:[0-9]{0,3})?(/x)?",
        "(\\+|00|011)?[0-9 ()./-]{0,20}(x|ext\\. ?|#)?[0-9]{0,5}",
        "[-+(]?[$€kr]{0,2} ?[0-9]{0,4}([., '][0-9]{2,3}){0,3}([.,][0-9]{0,4})?[-)+kM]?( ?(USD|CAD|KWD))?",
        "[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{1,4}([T ][0-9]{1,2}:[0-9]{2}(:[0-9]{2})?( ?[AP]M)?(Z|[+-][0-9:]{2,5})?)?",
        "P[0-9WDT]{0,8}[DHMS]?",
    ]
}

fn letters(text: &str) -> Vec<char> {
    let mut letters: Vec<char> = text.chars().filter(|c| c.is_alphanumeric()).collect();
    letters.sort_unstable();
    letters
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(4096) })]

    #[test]
    fn plain_addresses_are_read_as_others_are(raw in "[ab1._+-]{0,3}[a.]?@?[ab1._-]{0,3}[a@]?[.]?[-_c0-9]{0,2}[a-z]{0,1}") {
        // White space around an address is taken off, and keeps it from being read in one look.
        let spaced = format!(" {raw}");
        prop_assert_eq!(Email::parse(&raw), Email::parse(&spaced));
    }

    #[test]
    fn folding(raw in text(), other in text()) {
        let folded = fold(&raw).into_owned();
        prop_assert_eq!(fold(&folded), &*folded);
        prop_assert!(eq_folded(&raw, &folded));
        prop_assert_eq!(eq_folded(&raw, &other), fold(&raw) == fold(&other));
        let words = key(&raw).into_owned();
        prop_assert_eq!(key(&words), &*words);
        prop_assert_eq!(key(&folded), &*words);
        prop_assert_eq!(trim(trim(&raw)), trim(&raw));
        prop_assert!(!is_blank(&raw) || fold(&raw).is_empty());
    }

    #[test]
    fn companies(raw in text()) {
        let name = company::normal(&raw).into_owned();
        prop_assert_eq!(company::normal(&name), &*name);
        let split = company::split(&raw);
        prop_assert_eq!(&split.name, &name);
        prop_assert_eq!(name.is_empty(), key(&raw).is_empty());
        // Nothing is lost between name and form.
        let words = key(&raw);
        prop_assert_eq!(letters(&words), letters(&format!("{}{}", split.name, split.form)));
        let _ = company::is_placeholder(&raw);
    }

    #[test]
    fn names(raw in text(), last in text()) {
        for name in [PersonName::parse(&raw), PersonName::from_parts(&raw, &last)] {
            let normal = name.normal();
            prop_assert_eq!(key(&normal), &*normal);
        }
        let name = PersonName::parse(&raw);
        let parts = [&name.titles[..], &[name.given, name.family], &name.suffixes].concat().concat();
        prop_assert_eq!(letters(&raw), letters(&parts));
        let name = PersonName::from_parts(&raw, &last);
        let parts = [&name.titles[..], &[name.given, name.family], &name.suffixes].concat().concat();
        prop_assert_eq!(letters(&(raw + &last)), letters(&parts));
    }

    #[test]
    fn domains(raw in text()) {
        if let Ok(domain) = Domain::from_host_or_url(&raw) {
            prop_assert_eq!(Domain::from_host_or_url(domain.host()).unwrap(), domain.clone());
            prop_assert!(domain.host().ends_with(domain.suffix()));
            if let Some(registrable) = domain.registrable() {
                let again = Domain::from_host(registrable).unwrap();
                prop_assert_eq!(again.registrable(), Some(registrable));
                prop_assert_eq!(again.host(), registrable);
            }
            let _ = free_mail::shared(domain.host());
        }
    }

    #[test]
    fn emails(raw in text()) {
        if let Ok(address) = Email::parse(&raw) {
            let again = Email::parse(address.address()).unwrap();
            prop_assert_eq!(&again, &address);
            let provider = Email::parse(&address.provider_form()).map(|email| email.provider_form().into_owned());
            prop_assert_eq!(provider, Ok(address.provider_form().into_owned()));
            let _ = address.is_role();
        }
        prop_assert!(email::split(&raw).all(|part| !is_blank(part)));
    }

    #[test]
    fn phones(raw in text(), country in prop::sample::select(CountryCode::all().collect::<Vec<_>>())) {
        for default in [None, Some(country)] {
            if let Ok(phone) = Phone::parse(&raw, default) {
                let text = phone.to_string();
                prop_assert_eq!(Phone::parse(&text, default), Ok(phone));
                prop_assert!((3..=15).contains(&phone.e164.digits().to_string().len()));
            }
        }
    }

    #[test]
    fn countries(raw in text()) {
        if let Ok(country) = CountryCode::parse(&raw) {
            prop_assert_eq!(CountryCode::parse(country.as_str()), Ok(country));
        }
        for country in ["US", "CA", "AU", "DE"] {
            let country = CountryCode::from_alpha2(country).unwrap();
            if let Some(code) = state::parse(country, &raw) {
                prop_assert_eq!(state::parse(country, code), Some(code));
            }
        }
    }

    #[test]
    fn numbers(raw in text()) {
        for mark in [None, Some(DecimalMark::Point), Some(DecimalMark::Comma)] {
            if let Ok(number) = integer(&raw, mark) {
                prop_assert_eq!(integer(&number.to_string(), mark), Ok(number));
            }
            if let Ok(band) = band(&raw, mark) {
                prop_assert!(band.high.is_none_or(|high| band.low <= high));
            }
            for currency in ["USD", "JPY", "KWD", "SEK"] {
                let currency = Currency::from_code(currency).unwrap();
                if let Ok(money) = Money::parse(&raw, currency, mark) {
                    let point = Some(DecimalMark::Point);
                    prop_assert_eq!(Money::parse(&money.to_string(), currency, point), Ok(money));
                    prop_assert_eq!(Money::parse(&money.to_string(), currency, None), Ok(money));
                }
            }
        }
        detect_decimal_mark([&*raw]);
    }

    #[test]
    fn dates(raw in text()) {
        for order in [None, Some(DayOrder::DayFirst), Some(DayOrder::MonthFirst)] {
            if let Ok(when) = When::parse(&raw, order) {
                let again = When::parse(&when.to_string(), order).unwrap();
                prop_assert_eq!(again.seconds, when.seconds);
                prop_assert_eq!(again.to_string(), when.to_string());
            }
        }
        date::detect_day_order([&*raw]);
        if let Ok(seconds) = duration::parse(&raw) {
            prop_assert_eq!(duration::parse(&duration::format(seconds)), Ok(seconds));
        }
    }

    #[test]
    fn choices(raw in text()) {
        if let Ok(Some(choice)) = boolean::parse(&raw) {
            prop_assert_eq!(boolean::parse(&choice.to_string()), Ok(Some(choice)));
        }
    }
}
