//! The metrics against strsim, against their definitions, and on hostile input.
#![allow(clippy::float_arithmetic, clippy::cast_precision_loss, clippy::unwrap_used)]

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;

/// A metric in strsim's numbers: within half a per mille of it, and a little for what floats lose.
fn near(ours: u16, theirs: f64) -> bool {
    (f64::from(ours) - theirs * 1000.0).abs() < 0.5 + 1e-6
}

/// Jaro says 0.7 to the letter: strsim's floats fall on either side of Winkler's threshold.
fn on_the_threshold(a: &str, b: &str) -> bool {
    (strsim::jaro(a, b) - 0.7).abs() < 1e-9
}

fn agrees(a: &str, b: &str) {
    let (a_head, b_head) = (head(a), head(b));
    // They differ, but not in what is compared.
    let cut = a != b && a_head == b_head;
    let winkler = strsim::jaro_winkler(a_head, b_head);
    if cut {
        assert_eq!([jaro(a, b), jaro_winkler(a, b)], [SAME - 1; 2]);
    } else {
        assert!(near(jaro(a, b), strsim::jaro(a_head, b_head)), "jaro {a:?} {b:?}");
        let either = on_the_threshold(a_head, b_head);
        assert!(near(jaro_winkler(a, b), winkler) || either, "jaro_winkler {a:?} {b:?} {winkler}");
    }
    let (changes, with_swaps) = (strsim::levenshtein(a_head, b_head), strsim::osa_distance(a_head, b_head));
    assert_eq!(usize::from(levenshtein(a, b)), changes.max(usize::from(cut)), "levenshtein {a:?} {b:?}");
    assert_eq!(usize::from(osa(a, b)), with_swaps.max(usize::from(cut)), "osa {a:?} {b:?}");
    for most in 0..6 {
        assert_eq!(osa_within(a, b, most), osa(a, b) <= most, "osa_within {a:?} {b:?} {most}");
    }
    assert!(cut || near(levenshtein_ratio(a, b), strsim::normalized_levenshtein(a_head, b_head)), "{a:?} {b:?}");
    assert_eq!(token_set(a, b), token_set_by_definition(a_head, b_head), "token_set {a:?} {b:?}");
    for metric in [jaro, jaro_winkler, levenshtein, levenshtein_ratio, osa, token_set] {
        assert_eq!(metric(a, b), metric(b, a), "{a:?} {b:?}");
    }
    for metric in [jaro, jaro_winkler, levenshtein_ratio] {
        assert_eq!(metric(a, b) == SAME, a == b, "{a:?} {b:?}");
    }
}

/// rapidfuzz's `fuzz.token_set_ratio`, by the letter of it.
fn token_set_by_definition(a: &str, b: &str) -> u16 {
    let words = |text: &'static str| -> BTreeSet<&'static str> { text.split_whitespace().collect() };
    let (a, b) = (words(a.to_owned().leak()), words(b.to_owned().leak()));
    if a.is_empty() || b.is_empty() {
        return 0;
    }
    let join = |words: Vec<&str>| words.join(" ");
    let both = join(a.intersection(&b).copied().collect());
    let with = |rest: String| if both.is_empty() { rest } else { format!("{both} {rest}").trim().to_owned() };
    let with_a = with(join(a.difference(&b).copied().collect()));
    let with_b = with(join(b.difference(&a).copied().collect()));
    let ratio = |a: &str, b: &str| {
        let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
        let mut table = vec![vec![0_usize; b.len() + 1]; a.len() + 1];
        for (i, x) in a.iter().enumerate() {
            for (j, y) in b.iter().enumerate() {
                table[i + 1][j + 1] = if x == y { table[i][j] + 1 } else { table[i][j + 1].max(table[i + 1][j]) };
            }
        }
        per_mille(2 * table[a.len()][b.len()] as u64, (a.len() + b.len()) as u64)
    };
    let against = |all: &str| if both.is_empty() { 0 } else { ratio(&both, all) };
    ratio(&with_a, &with_b).max(against(&with_a)).max(against(&with_b))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    #[test]
    fn names_agree(a in "[a-d]{0,8}( [a-d]{1,5}){0,3}", b in "[a-d]{0,8}( [a-d]{1,5}){0,3}") {
        agrees(&a, &b);
    }

    #[test]
    fn long_and_foreign_texts_agree(a in "[abж ]{0,140}", b in "[abж ]{0,140}") {
        agrees(&a, &b);
    }

    #[test]
    fn texts_near_the_bounds_agree(a in "[ab ]{60,68}", b in "[ab ]{60,68}", c in "[ab]{125,131}") {
        agrees(&a, &b);
        agrees(&a, &c);
    }

    #[test]
    fn slips_agree(a in "[a-z]{1,10} [a-z]{1,12}", at in 0..20_usize, c in "[a-zé]") {
        let mut b: Vec<char> = a.chars().collect();
        let at = at % b.len();
        b.insert(at, c.chars().next().unwrap());
        agrees(&a, &b.iter().collect::<String>());
        b.swap(at, 0);
        agrees(&a, &b.iter().collect::<String>());
    }

    #[test]
    fn any_text_agrees(a in ".{0,40}", b in ".{0,40}") {
        agrees(&a, &b);
        for code in [soundex(&a), nysiis(&a)].into_iter().flatten() {
            prop_assert!(code.as_str().bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit()));
        }
    }
}

/// Every pair of short texts, so that symmetry does not hang on chance.
#[test]
fn every_short_pair_agrees() {
    let mut texts = vec![String::new()];
    let mut last = texts.clone();
    for _ in 0..5 {
        last = last.iter().flat_map(|text| ["a", "b"].map(|c| format!("{text}{c}"))).collect();
        texts.extend(last.clone());
    }
    for a in &texts {
        for b in &texts {
            agrees(a, b);
        }
    }
}

#[test]
fn published_examples() {
    for (a, b, plain, winkler) in [
        ("martha", "marhta", 944, 961),
        ("dixon", "dicksonx", 767, 813),
        ("dwayne", "duane", 822, 840),
        ("", "", 1000, 1000),
        ("", "a", 0, 0),
        ("ромашка", "ромашко", 905, 943),
        // 0.7 to the letter: the prefix counts.
        ("a", "abcdefghij", 700, 730),
    ] {
        assert_eq!((jaro(a, b), jaro_winkler(a, b)), (plain, winkler), "{a} {b}");
    }
    assert_eq!((levenshtein("kitten", "sitting"), levenshtein_ratio("kitten", "sitting")), (3, 571));
    assert_eq!((osa("ca", "abc"), osa("jellyifhs", "jellyfish")), (3, 2));
    // fuzzywuzzy's README.
    assert_eq!(token_set("fuzzy was a bear", "fuzzy fuzzy was a bear"), 1000);
    assert_eq!(token_set("", ""), 0);
    assert_eq!(token_set("abc", "xyz"), 0);
}

#[test]
fn codes_of_names() {
    let code = |code: Option<Code>| code.map_or(String::new(), |code| code.as_str().to_owned());
    for (name, want) in [
        ("washington", "W252"),
        ("lee", "L000"),
        ("gutierrez", "G362"),
        ("pfister", "P236"),
        ("tymczak", "T522"),
        ("ashcroft", "A261"),
        ("o neil", "O540"),
        ("ромашка", ""),
        ("", ""),
    ] {
        assert_eq!(code(soundex(name)), want, "{name}");
    }
    for (name, want) in [
        ("worthy", "WARTY"),
        ("martincevic", "MARTANCAFAC"),
        ("schmittie", "SNATY"),
        ("bosch", "BAS"),
        ("macaw", "MC"),
        ("ahmed", "ANAD"),
        ("lewis", "L"),
        ("山田", ""),
    ] {
        assert_eq!(code(nysiis(name)), want, "{name}");
    }
}

#[test]
fn a_megabyte_costs_no_more_than_a_line() {
    for piece in ["a", "ab ", "ж", "e\u{301}", "\u{200f}", "\u{10ffff} "] {
        let long = piece.repeat(1_000_000 / piece.len());
        let longer = format!("{long}x");
        assert_eq!((jaro(&long, &longer), jaro_winkler(&long, &longer)), (999, 999));
        assert_eq!((levenshtein(&long, &longer), levenshtein_ratio(&long, &longer)), (1, 992));
        assert!(osa_within(&long, &longer, 1) && !osa_within(&long, &longer, 0));
        assert!(token_set(&long, "zz") < 1000);
        assert_eq!((soundex(&long), nysiis(&long)), (soundex(head(&long)), nysiis(head(&long))));
    }
}
