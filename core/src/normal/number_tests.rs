use super::DecimalMark::{Comma, Point};
use super::NumberProblem as P;
use super::*;

#[test]
fn integers() {
    for (raw, mark, want) in [
        ("1234", None, Ok(1234)),
        (" 1,234 ", None, Ok(1234)),
        ("1.234", None, Ok(1234)),
        ("1.234", Some(Comma), Ok(1234)),
        ("1.234", Some(Point), Err(P::Fraction)),
        ("1.234.567", None, Ok(1_234_567)),
        ("1.234.567", Some(Point), Ok(1_234_567)),
        ("12,34,567", None, Ok(1_234_567)),
        ("1 234\u{a0}567", None, Ok(1_234_567)),
        ("1'234'567", None, Ok(1_234_567)),
        ("9395.0", None, Ok(9395)),
        ("9395.5", None, Err(P::Fraction)),
        ("0.125", None, Err(P::Fraction)),
        ("-12", None, Ok(-12)),
        ("\u{2212}12", None, Ok(-12)),
        ("(12)", None, Ok(-12)),
        ("", None, Err(P::Blank)),
        ("-", None, Err(P::Blank)),
        (".", None, Err(P::Character('.'))),
        ("12a", None, Err(P::Character('a'))),
        ("1,23,4", None, Err(P::Marks)),
        ("1.234,567.8", None, Err(P::Marks)),
        ("1.5", Some(Comma), Err(P::Marks)),
        ("200-499", None, Err(P::Band)),
        ("10k", None, Err(P::Band)),
        ("2000+", None, Err(P::Band)),
        ("9007199254740991", None, Ok(LARGEST)),
        ("9007199254740992", None, Err(P::TooLarge)),
        ("99999999999999999999999", None, Err(P::TooLarge)),
    ] {
        assert_eq!(integer(raw, mark), want, "{raw} {mark:?}");
    }
}

#[test]
fn bands() {
    let band = |raw| band(raw, None).map(|band| (band.low, band.high));
    for (raw, low, high) in [
        ("200-499", 200, Some(499)),
        ("1,000 – 4,999", 1000, Some(4999)),
        ("$1M-$10M", 1_000_000, Some(10_000_000)),
        ("$200M+", 200_000_000, None),
        ("2000+", 2000, None),
        ("10k", 10_000, Some(10_000)),
        ("1.5M", 1_500_000, Some(1_500_000)),
        ("2,5 Mio.", 2_500_000, Some(2_500_000)),
        ("<50", 0, Some(49)),
        ("≤ 50", 0, Some(50)),
        ("> 1,000", 1001, None),
        (">=1000", 1000, None),
        ("10 to 20", 10, Some(20)),
        ("42", 42, Some(42)),
    ] {
        assert_eq!(band(raw), Ok((low, high)), "{raw}");
    }
    assert_eq!(band("499-200"), Err(P::Backwards));
    assert_eq!(band("1.2345k"), Err(P::Fraction));
    assert_eq!(band("many"), Err(P::Character('m')));
    assert_eq!(band("-"), Err(P::Blank));
    assert_eq!(band("10 people"), Err(P::Character('p')));
}

#[test]
fn the_mark_of_a_column() {
    assert_eq!(detect_decimal_mark(["1,234", "1,234.5"]), Some(Point));
    assert_eq!(detect_decimal_mark(["€ 1.234,50", "", "12"]), Some(Comma));
    assert_eq!(detect_decimal_mark(["1.234.567"]), Some(Comma));
    assert_eq!(detect_decimal_mark(["873607.15"]), Some(Point));
    assert_eq!(detect_decimal_mark(["1,234", "1.234"]), None);
    assert_eq!(detect_decimal_mark(["1,5", "1.5"]), None);
}
