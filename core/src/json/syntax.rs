//! Slips in words: what was expected, what was found, how to mend it.

use super::place::{line_of, place_at};
use super::scan::{Found, Slip};
use crate::check::{Finding, Severity};

/// A finding for a slip.
pub(super) fn of_slip(text: &str, (slip, bytes): &Found) -> Finding {
    let found = match text.get(bytes.clone()) {
        None | Some("") => "the end of the text".to_owned(),
        Some(token) => shown(token),
    };
    let token = text.get(bytes.clone()).unwrap_or_default();
    let (message, help) = match slip {
        Slip::Empty => ("the text is empty".to_owned(), "a contract is a JSON object: start with `{`".to_owned()),
        Slip::Comment => ("JSON has no comments".to_owned(), "remove it, or write it as a `description`".to_owned()),
        Slip::TrailingComma => ("nothing follows this comma".to_owned(), "remove the comma".to_owned()),
        Slip::MissingComma(close) => (
            format!("expected `,` or `{close}`; found {found}"),
            match token {
                "}" | "]" | ":" => format!("is a `{close}` missing?"),
                _ => "put a comma before it".to_owned(),
            },
        ),
        Slip::MissingColon => {
            (format!("expected `:` after the key; found {found}"), "write `\"key\": value`".to_owned())
        }
        Slip::MissingValue => (
            format!("expected a value; found {found}"),
            match token {
                "," => "write a value, or remove the comma".to_owned(),
                _ => "write a text, a number, `true`, `false`, `null`, `{…}` or `[…]`".to_owned(),
            },
        ),
        Slip::MissingKey => (
            format!("expected a key in double quotes; found {found}"),
            match token {
                "," => "remove the extra comma".to_owned(),
                _ => "write `\"key\": value`".to_owned(),
            },
        ),
        Slip::OtherQuotes => {
            (format!("expected `\"`; found {found}"), "write texts and keys in straight double quotes".to_owned())
        }
        Slip::BareKey => (format!("expected a key in double quotes; found {found}"), format!("write \"{token}\"")),
        Slip::BareWord => (
            format!("expected a value; found {found}"),
            match token.to_ascii_lowercase().as_str() {
                "true" | "yes" | "on" => "write true".to_owned(),
                "false" | "no" | "off" => "write false".to_owned(),
                "null" | "none" | "nil" | "undefined" | "nan" => "write null, or leave the key out".to_owned(),
                _ => format!("write texts in double quotes: \"{token}\""),
            },
        ),
        Slip::OpenText => (
            "this text does not end on its line".to_owned(),
            "close it with `\"`; a line break within a text is written `\\n`".to_owned(),
        ),
        Slip::Control(c) => (
            format!("a text holds the control character {}", c.escape_unicode()),
            match c {
                '\t' => "write a tab as `\\t`".to_owned(),
                c => format!("write it as `\\u{:04x}`, or remove it", u32::from(*c)),
            },
        ),
        Slip::Unicode => (
            format!("{found} is no character"),
            "write four hexadecimal digits after `\\u`, and characters beyond U+FFFF as they are".to_owned(),
        ),
        Slip::Escape => (format!("{found} stands for nothing"), "write a backslash as `\\\\`".to_owned()),
        Slip::Number => (
            format!("{found} is not a number as JSON writes it"),
            "write digits with at most one decimal point: 0.5, -3, 1000".to_owned(),
        ),
        Slip::Unclosed(close) => (format!("the text ends before this {found} is closed"), format!("add `{close}`")),
        Slip::Mismatch(close, at) => (
            format!("expected `{close}` for the bracket opened on line {}; found {found}", line_of(text, *at)),
            format!("close that one first with `{close}`"),
        ),
        Slip::Rest => (
            format!("expected the end of the text; found {found}"),
            "a contract is one object; remove what follows it".to_owned(),
        ),
        Slip::Deep => (
            format!("nested deeper than {} levels", super::MAX_DEPTH),
            "name parts of it, for example as territories or lists".to_owned(),
        ),
    };
    Finding {
        code: match slip {
            Slip::Deep => "too-deep",
            _ => "not-json",
        }
        .to_owned(),
        severity: Severity::Error,
        address: String::new(),
        message,
        help: Some(help),
        place: Some(place_at(text, bytes.start, bytes.len())),
    }
}

fn shown(token: &str) -> String {
    match token.char_indices().nth(40) {
        Some((end, _)) => format!("`{}…`", &token[..end]),
        None => format!("`{token}`"),
    }
}

#[cfg(test)]
mod tests {

    #[track_caller]
    fn check(text: &str, expect: &str) {
        let mut findings = Vec::new();
        assert_eq!(super::super::read(text, &mut findings), None);
        let finding = findings.remove(0);
        let place = finding.place.unwrap();
        let marked = &text[place.offset as usize..(place.offset + place.length) as usize];
        let said = format!(
            "{}:{} [{marked}] {} ({})",
            place.line,
            place.column,
            finding.message,
            finding.help.unwrap_or_default()
        );
        assert_eq!(said, expect);
    }

    #[test]
    fn common_slips_are_recognised() {
        check("", "1:1 [] the text is empty (a contract is a JSON object: start with `{`)");
        check(" \n ", "2:2 [] the text is empty (a contract is a JSON object: start with `{`)");
        check("{\n  \"é\": 1,\n}", "2:9 [,] nothing follows this comma (remove the comma)");
        check("[1, 2 , ]", "1:7 [,] nothing follows this comma (remove the comma)");
        check("{'id': 1}", "1:2 ['] expected `\"`; found `'` (write texts and keys in straight double quotes)");
        check("{\"id\": “x”}", "1:8 [“] expected `\"`; found `“` (write texts and keys in straight double quotes)");
        check("{\"é\": 1, // why\n}", "1:10 [// why] JSON has no comments (remove it, or write it as a `description`)");
        check("/* a */ {}", "1:1 [/* a */] JSON has no comments (remove it, or write it as a `description`)");
        check("{\"a\": 1\n \"b\": 2}", "2:2 [\"b\"] expected `,` or `}`; found `\"b\"` (put a comma before it)");
        check("[1 2]", "1:4 [2] expected `,` or `]`; found `2` (put a comma before it)");
        check("{id: 1}", "1:2 [id] expected a key in double quotes; found `id` (write \"id\")");
        check("{\"a\": low}", "1:7 [low] expected a value; found `low` (write texts in double quotes: \"low\")");
        check("{\"a\": True}", "1:7 [True] expected a value; found `True` (write true)");
        check(
            "{\"a\": \"x\n}",
            "1:7 [\"x] this text does not end on its line (close it with `\"`; a line break within a text is written `\\n`)",
        );
    }

    #[test]
    fn rarer_slips_are_too() {
        check("{\"a\" 1}", "1:6 [1] expected `:` after the key; found `1` (write `\"key\": value`)");
        check(
            "{\"a\": }",
            "1:7 [}] expected a value; found `}` (write a text, a number, `true`, `false`, `null`, `{…}` or `[…]`)",
        );
        check("[1,,2]", "1:4 [,] expected a value; found `,` (write a value, or remove the comma)");
        check("{\"a\":", "1:1 [{] the text ends before this `{` is closed (add `}`)");
        check(
            "{\n\"a\": [1}",
            "2:8 [}] expected `]` for the bracket opened on line 2; found `}` (close that one first with `]`)",
        );
        check(
            "{} {}",
            "1:4 [{] expected the end of the text; found `{` (a contract is one object; remove what follows it)",
        );
        check(
            "[01]",
            "1:2 [01] `01` is not a number as JSON writes it (write digits with at most one decimal point: 0.5, -3, 1000)",
        );
        check("[\"a\tb\"]", "1:4 [\t] a text holds the control character \\u{9} (write a tab as `\\t`)");
        check("[\"C:\\Users\"]", "1:5 [\\U] `\\U` stands for nothing (write a backslash as `\\\\`)");
        check(
            "[\"\\ud800\"]",
            "1:3 [\\ud800] `\\ud800` is no character (write four hexadecimal digits after `\\u`, and characters beyond U+FFFF as they are)",
        );
        check(
            "]",
            "1:1 []] expected a value; found `]` (write a text, a number, `true`, `false`, `null`, `{…}` or `[…]`)",
        );
        let deep = "[".repeat(200);
        check(&deep, "1:65 [[] nested deeper than 64 levels (name parts of it, for example as territories or lists)");
    }

    proptest::proptest! {
        #[test]
        fn every_refusal_has_a_place_in_the_text(text in "[\\[\\]{}:,\"'a-f0-2.\\\\ \n\u{e9}/]{0,24}|\\PC{0,40}") {
            let mut findings = Vec::new();
            if super::super::read(&text, &mut findings).is_none() {
                let place = findings[0].place.unwrap();
                proptest::prop_assert!(text.get(place.offset as usize..(place.offset + place.length) as usize).is_some());
            }
        }
    }
}
