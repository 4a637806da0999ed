//! What holds of matching whatever the records are.
#![allow(clippy::unwrap_used, clippy::panic)]

use interlock_core::contract::{Attribute, MatchModel};
use interlock_core::identity::Outcome;
use interlock_core::identity::forms::{Forms, Reading};
use interlock_core::identity::index::Index;
use interlock_core::identity::pairs::{Question, groups, matches};
use interlock_tests::identity::{contact, misspelled, shipped};
use proptest::prelude::*;

const CASES: u32 = 2000;

/// A record as typed, a cell an attribute; blank cells are not known.
type Record = Vec<(Attribute, String)>;

fn index(model: &MatchModel, records: &[Record]) -> Index {
    let mut rows = records.iter();
    Index::build(model, |forms| match rows.next() {
        Some(row) => {
            row.iter().for_each(|(attribute, text)| forms.set(*attribute, text, &Reading::default()));
            true
        }
        None => false,
    })
}

/// What is compared of a record.
fn forms(record: &Record) -> Vec<String> {
    let mut forms = Forms::default();
    let (first, then): (Vec<_>, Vec<_>) = record.iter().partition(|(attribute, _)| *attribute == Attribute::Country);
    first.into_iter().chain(then).for_each(|(attribute, text)| forms.set(*attribute, text, &Reading::default()));
    Attribute::ALL.iter().map(|attribute| forms.get(*attribute).to_owned()).collect()
}

/// A cell of an attribute: mostly one of a few, so that records agree often enough, sometimes anything.
fn cell(attribute: Attribute) -> BoxedStrategy<String> {
    let few: &'static [&'static str] = match attribute {
        Attribute::GivenName => {
            &["Ana", "Anna", "Bob", "Robert", "R.", "Anna Maria", "Łukasz", "Lukasz", "李", "Jean-Luc", "O"]
        }
        Attribute::Surname => {
            &["Smith", "Smyth", "Schmidt", "O'Hara", "Ohara", "Ana", "Robert", "王", "García Lorca", "Lorca"]
        }
        Attribute::Email => {
            &["ana@lima.pt", "Ana.Lima+x@gmail.com", "analima@gmail.com", "info@acme.com", "bob@acme.com", "no"]
        }
        Attribute::Phone | Attribute::Mobile => &["+49 30 1234567", "030/1234567", "+351 21 555 0199", "12", "1234568"],
        Attribute::Company => &[
            "Acme GmbH",
            "ACME",
            "Acme Labs & Co. KG",
            "International Services Ltd",
            "Services International",
            "阿里巴巴",
            "A.B.C.",
        ],
        Attribute::Domain => &["acme.com", "https://www.acme.com/x", "labs.acme.co.uk", "gmail.com"],
        Attribute::HouseNumber => &["1", "12", "12a", "112"],
        Attribute::Street => &["Main St 12", "12 Main Street", "Hauptstraße 5", "Hauptstr. 5", "mian street"],
        Attribute::AddressLine => &["Building 4", "building four", "c/o Lima"],
        Attribute::City => &["Köln", "Koeln", "Cologne", "St. Gallen", "Saint Gallen"],
        Attribute::PostalCode => &["50667", "D-50667", "50668", "SW1A 1AA", "sw1a1aa"],
        Attribute::State => &["NRW", "California", "CA"],
        Attribute::Country => &["DE", "Germany", "Deutschland", "US", "Atlantis"],
        Attribute::BirthDate => &["1980-02-03", "19800203", "03.02.1980", "1980-03-02", "1981-02-03", "3 Feb 1980"],
        Attribute::Identifier => &["12-34-56", "123456", "123457", "X9"],
    };
    prop_oneof![8 => proptest::sample::select(few).prop_map(str::to_owned), 1 => ".{0,12}", 1 => Just(String::new())]
        .boxed()
}

fn record() -> impl Strategy<Value = Record> {
    let cells: Vec<_> = Attribute::ALL.iter().map(|attribute| (Just(*attribute), cell(*attribute))).collect();
    (cells, any::<u16>()).prop_map(|(cells, known)| {
        let is_known = |place: usize| known >> place & 1 == 1;
        cells.into_iter().enumerate().filter(|(place, _)| is_known(*place)).map(|(_, cell)| cell).collect()
    })
}

fn records(most: usize) -> impl Strategy<Value = Vec<Record>> {
    proptest::collection::vec(record(), 2..most)
}

fn models() -> [MatchModel; 2] {
    let (people, companies) = shipped().unwrap();
    [people, companies]
}

/// Pairs by the names of their records, without regard to which comes first.
fn named(index: &Index, names: &[usize]) -> Vec<(usize, usize, i32, Outcome)> {
    let question = Question { every: true, ..Question::default() };
    let pairs = matches(index, None, question, &mut |_, _| {});
    let mut named: Vec<_> = pairs
        .iter()
        .map(|pair| {
            let (a, b) = (names[pair.a as usize], names[pair.b as usize]);
            (a.min(b), a.max(b), pair.weight, pair.outcome)
        })
        .collect();
    named.sort_unstable();
    named
}

#[test]
fn a_form_that_says_nothing_is_none() {
    for (attribute, text) in [
        (Attribute::Identifier, "X\0x"),
        (Attribute::Identifier, "n-a"),
        (Attribute::BirthDate, "t-b-d"),
        (Attribute::Company, "Unknown GmbH"),
    ] {
        assert!(forms(&vec![(attribute, text.to_owned())]).iter().all(String::is_empty), "{attribute:?} {text:?}");
    }
    let kept = forms(&vec![(Attribute::Company, "Testo GmbH".to_owned()), (Attribute::Identifier, "AX-1".to_owned())]);
    assert!(kept.contains(&"testo".to_owned()) && kept.contains(&"ax1".to_owned()), "{kept:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(CASES))]

    #[test]
    fn weights_are_symmetric(records in records(6)) {
        for model in models() {
            let index = index(&model, &records);
            for a in 0..index.len() {
                for b in 0..a {
                    prop_assert_eq!(index.weight(a, b), index.weight(b, a));
                    let (one, other) = (index.waterfall(None, a, b), index.waterfall(None, b, a));
                    prop_assert_eq!(one.total, other.total);
                    let steps: i32 = one.steps.iter().map(|step| step.weight.0).sum();
                    let exchanged = one.exchanged.map_or(0, |weight| weight.0);
                    prop_assert_eq!(one.prior.0 + steps + exchanged, one.total.0, "{:?}", one);
                }
            }
        }
    }

    #[test]
    fn the_order_of_the_rows_does_not_matter(
        (rows, order) in records(9).prop_flat_map(|rows| {
            let order = Just((0..rows.len()).collect::<Vec<_>>()).prop_shuffle();
            (Just(rows), order)
        }),
        most in prop_oneof![Just(2_u32), Just(200)],
    ) {
        let shuffled: Vec<Record> = order.iter().map(|at| rows[*at].clone()).collect();
        // Rows alike in everything that is compared have one name: which of them is nearer to a third is nothing.
        let plain: Vec<usize> = rows.iter().map(|row| rows.iter().position(|other| forms(other) == forms(row)).unwrap()).collect();
        let order: Vec<usize> = order.iter().map(|at| plain[*at]).collect();
        for mut model in models() {
            // So small that most blocks are oversize.
            model.max_block = most;
            let (one, other) = (index(&model, &rows), index(&model, &shuffled));
            prop_assert_eq!(named(&one, &plain), named(&other, &order));
        }
    }

    #[test]
    fn an_address_of_ones_own_always_links(
        leads in records(5),
        crm in records(8),
        (at, with) in (any::<prop::sample::Index>(), any::<prop::sample::Index>()),
        blocking in any::<bool>(),
    ) {
        let own = |records: &[Record], at: usize| {
            let mut records = records.to_vec();
            records[at].retain(|(attribute, _)| *attribute != Attribute::Email);
            records[at].push((Attribute::Email, "Zoe.Own@only.example".to_owned()));
            records
        };
        let (lead, candidate) = (at.index(leads.len()), with.index(crm.len()));
        let (leads, crm) = (own(&leads, lead), own(&crm, candidate));
        for mut model in models() {
            if blocking {
                model.blocking.retain(|rule| rule.id.as_str() == "phone");
            }
            let (left, right) = (index(&model, &leads), index(&model, &crm));
            let pairs = matches(&right, Some(&left), Question::default(), &mut |_, _| {});
            let exact: Vec<_> = pairs.iter().filter(|pair| pair.outcome == Outcome::Exact && pair.a as usize == lead).collect();
            prop_assert!(matches!(exact.as_slice(), [pair] if pair.b as usize == candidate), "{:?}", pairs);
            // Within one file they are duplicates of each other, and stand in one group.
            let both = index(&model, &[leads[lead].clone(), crm[candidate].clone()]);
            let pairs = matches(&both, None, Question::default(), &mut |_, _| {});
            prop_assert_eq!(pairs[0].outcome, Outcome::Exact);
            prop_assert_eq!(groups(&both, &pairs), [[0, 1]]);
        }
    }

    #[test]
    fn an_unrelated_record_changes_weights_through_frequencies_alone(rows in records(6)) {
        let unrelated: Record = vec![
            (Attribute::GivenName, "Qwxz".to_owned()),
            (Attribute::Surname, "Vjkq".to_owned()),
            (Attribute::Company, "Zyqxw Gmk".to_owned()),
            (Attribute::City, "Xyzzy".to_owned()),
            (Attribute::Email, "q@xq.example".to_owned()),
        ];
        let more: Vec<Record> = rows.iter().cloned().chain([unrelated]).collect();
        for model in models() {
            let (one, other) = (index(&model, &rows), index(&model, &more));
            let mut plain = model.clone();
            plain.comparisons.iter_mut().flat_map(|one| &mut one.levels).for_each(|level| level.term_frequency = false);
            let (one_plain, other_plain) = (index(&plain, &rows), index(&plain, &more));
            for a in 0..one.len() {
                for b in 0..a {
                    prop_assert_eq!(one_plain.weight(a, b), other_plain.weight(a, b));
                    let (before, after) = (one.waterfall(None, a, b), other.waterfall(None, a, b));
                    if before.exchanged == after.exchanged {
                        for (before, after) in before.steps.iter().zip(&after.steps) {
                            let rarity = |step: &interlock_core::identity::waterfall::Step| step.rarity.map_or(0, |rarity| rarity.0);
                            prop_assert_eq!(&before.is, &after.is);
                            prop_assert_eq!(before.weight.0 - rarity(before), after.weight.0 - rarity(after));
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn forms_of_forms_are_themselves(record in record(), wild in ".{0,40}") {
        let wild: Record = Attribute::ALL.iter().map(|attribute| (*attribute, wild.clone())).collect();
        let read = |forms: &[String]| -> Record { Attribute::ALL.iter().copied().zip(forms.iter().cloned()).collect() };
        for one in wild.iter().map(|cell| vec![cell.clone()]).chain([record, wild.clone()]) {
            // The country and the house number stand first, as in every mapping: others are read by them.
            let once = forms(&one);
            prop_assert_eq!(&forms(&read(&once)), &once, "{:?}", one);
        }
    }

    #[test]
    fn a_slip_is_found(number in 0_u64..1_000_000, seed in any::<u64>()) {
        // Somebody whose name, company and address are known is found again under a slip in any one of them.
        let someone = contact(number);
        let known = someone.cells.iter().any(|(attribute, _)| *attribute == Attribute::Email);
        prop_assume!(known);
        let crowd: Vec<Record> = [someone.clone()].into_iter().chain((1..20).map(|n| contact(number + n))).map(|one| one.cells).collect();
        let [people, _] = models();
        let index = index(&people, &crowd);
        let mut forms = Forms::default();
        misspelled(&someone, seed).fill(&mut forms);
        let found = index.look_for(&forms, 0);
        prop_assert_eq!(found.first().map(|(record, _)| *record), Some(0));
    }
}
