use super::*;

fn read(raw: &str, country: &str) -> Result<String, PhoneProblem> {
    Phone::parse(raw, CountryCode::from_alpha2(country)).map(|phone| phone.to_string())
}

#[test]
fn numbers_as_they_are_typed() {
    for (raw, country, want) in [
        ("416-810-9897x752", "US", "+14168109897;ext=752"),
        ("(376)694-9481x10051", "US", "+13766949481;ext=10051"),
        ("913.249.5790", "US", "+19132495790"),
        ("+1-588-734-6947x37438", "", "+15887346947;ext=37438"),
        ("001-308-928-7399x427", "US", "+13089287399;ext=427"),
        ("1 (781) 948-6348 ext. 12", "US", "+17819486348;ext=12"),
        ("+14168109897;ext=752", "", "+14168109897;ext=752"),
        ("tel:+1-416-810-9897", "", "+14168109897"),
        ("030 / 123 45-67", "DE", "+49301234567"),
        ("+49 (0)30 1234567", "", "+49301234567"),
        ("0049 30 1234567", "DE", "+49301234567"),
        ("011 49 30 1234567", "US", "+49301234567"),
        ("(+49) 30 1234567", "", "+49301234567"),
        ("020 7946 0958", "GB", "+442079460958"),
        ("+44 020 7946 0958", "", "+442079460958"),
        ("06 698 83145", "IT", "+390669883145"),
        ("01 42 68 53 00", "FR", "+33142685300"),
        ("8 (495) 123-45-67", "RU", "+74951234567"),
        ("8 800 555 35 35", "RU", "+78005553535"),
        ("06 1 234 5678", "HU", "+3612345678"),
        ("+52 1 55 1234 5678", "", "+525512345678"),
        ("８０－１２３４－５６７８", "JP", "+818012345678"),
        ("090-1234-5678 内線 12", "JP", "+819012345678;ext=12"),
        ("2345 6789", "HK", "+85223456789"),
        ("41 44 668 18 00", "CH", "+41446681800"),
    ] {
        assert_eq!(read(raw, country).as_deref(), Ok(want), "{raw} {country}");
        assert_eq!(read(want, "").as_deref(), Ok(want));
        assert_eq!(read(want, "DE").as_deref(), Ok(want));
    }
}

#[test]
fn what_is_no_number_says_why() {
    use PhoneProblem as P;
    for (raw, country, want) in [
        ("", "US", P::Blank),
        ("-", "US", P::Blank),
        ("n/a", "US", P::Character('n')),
        ("1-800-FLOWERS", "US", P::Character('F')),
        ("030 123456", "", P::NoCountry),
        ("+999 123456", "", P::CallingCode),
        ("12345", "US", P::Length { digits: 5, code: 1 }),
        ("131-555-0100", "US", P::AreaCode),
        ("+33 1 42 68 53 00, +33 1 42 68 53 01", "", P::Several),
        ("0142685300 / 0142685301 x", "FR", P::Extension),
        ("01 42 68 53 00 / 01 42 68 53 01", "FR", P::Length { digits: 20, code: 33 }),
        ("416-810-9897x", "US", P::Extension),
        ("416-810-9897 x12 home", "US", P::Extension),
    ] {
        assert_eq!(read(raw, country), Err(want), "{raw} {country}");
    }
    let problem = P::Length { digits: 5, code: 1 };
    assert_eq!(problem.to_string(), "no number with calling code +1 has 5 digits after it");
}

#[test]
fn the_table_is_whole() {
    let all = &plans().all;
    assert!(all.windows(2).all(|pair| pair[0].country <= pair[1].country), "sorted");
    for plan in all {
        assert!(Plan::of_code(plan.code).is_some(), "{}", plan.code);
        let country = std::str::from_utf8(&plan.country).unwrap();
        let is_known = CountryCode::from_alpha2(country).is_some() || ["\0\0", "AC", "TA"].contains(&country);
        assert!(is_known, "{country}");
        // No code begins with another one.
        let digits = plan.code.to_string();
        assert!((1..digits.len()).all(|n| digits[..n].parse().ok().and_then(Plan::of_code).is_none()));
    }
    assert_eq!(read("+49 30 1234567", "").unwrap(), "+49301234567");
    let country = |raw| Phone::parse(raw, None).unwrap().e164.country().map(|code| code.to_string());
    assert_eq!(country("+49301234567").as_deref(), Some("DE"));
    assert_eq!(country("+14168109897"), None);
}
