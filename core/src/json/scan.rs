//! A pass over JSON text that knows where everything stands, and what is wrong where it stops.
//!
//! Input: any text. Output: an event for each key, value and bracket, up to the first slip. Invariants: it never
//! panics, keeps nothing but the open brackets, and stops where these are more than [`super::MAX_DEPTH`].
//! Source: RFC 8259.

use std::ops::Range;

use super::MAX_DEPTH;
use super::tree::{is_high_surrogate, is_low_surrogate};

/// The mark some editors put before UTF-8.
pub(super) const BOM: char = '\u{feff}';

/// Something that stands in the text, with its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Event {
    /// A key, with its quotes.
    Key(Range<usize>),
    /// A text, number, `true`, `false` or `null`.
    Scalar(Range<usize>),
    /// The bracket that opens an object.
    Object(usize),
    /// The bracket that opens a list.
    List(usize),
    /// The end of the innermost object or list, behind its bracket.
    Close(usize),
}

/// Why the text is not JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Slip {
    /// Nothing but blanks.
    Empty,
    /// A comment.
    Comment,
    /// A comma with nothing behind it.
    TrailingComma,
    /// Two values with nothing between them; what closes what they stand in.
    MissingComma(char),
    /// A key without a colon behind it.
    MissingColon,
    /// A value where none stands.
    MissingValue,
    /// A key where none stands.
    MissingKey,
    /// `'text'` or `“text”`.
    OtherQuotes,
    /// A key without quotes.
    BareKey,
    /// A word without quotes.
    BareWord,
    /// A text that does not end on its line.
    OpenText,
    /// A tab or the like inside a text.
    Control(char),
    /// `\x`, which stands for nothing.
    Escape,
    /// `\u12`, half a surrogate pair: no character.
    Unicode,
    /// `01`, `.5`, `+1`, `1_000`.
    Number,
    /// An object or list that is never closed, with what would.
    Unclosed(char),
    /// The wrong closing bracket: the right one, and where the open one stands.
    Mismatch(char, usize),
    /// Text behind the end.
    Rest,
    /// Nested too deep.
    Deep,
}

/// A slip and its bytes.
pub(super) type Found = (Slip, Range<usize>);

/// Reads `text` up to its end or its first slip.
pub(super) fn scan(text: &str, event: &mut dyn FnMut(Event)) -> Result<(), Found> {
    let at = if text.starts_with(BOM) { BOM.len_utf8() } else { 0 };
    let mut scanner = Scanner { text, at };
    scanner.document(event)
}

struct Scanner<'t> {
    text: &'t str,
    at: usize,
}

/// What may come next.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Next {
    Value,
    /// A value, or the end of the list that was just opened.
    FirstItem,
    /// A key, or the end of the object that was just opened.
    FirstKey,
    Key,
    Comma,
}

impl Scanner<'_> {
    fn document(&mut self, event: &mut dyn FnMut(Event)) -> Result<(), Found> {
        // The open brackets: which would close each, and where it stands.
        let mut open: Vec<(char, usize)> = Vec::new();
        let mut next = Next::Value;
        let mut comma = 0;
        self.blanks()?;
        if self.peek().is_none() {
            return Err((Slip::Empty, self.at..self.at));
        }
        loop {
            self.blanks()?;
            let start = self.at;
            let Some(c) = self.peek() else {
                return match open.last() {
                    Some(&(close, at)) => Err((Slip::Unclosed(close), at..at + 1)),
                    None if next == Next::Comma => Ok(()),
                    None => Err((Slip::MissingValue, start..start)),
                };
            };
            if next == Next::Comma && open.is_empty() {
                return Err((Slip::Rest, self.token()));
            }
            if let ('}' | ']', Some(&(close, at))) = (c, open.last()) {
                match next {
                    _ if c != close => {
                        return Err((Slip::Mismatch(close, at), start..start + 1));
                    }
                    Next::FirstItem | Next::FirstKey | Next::Comma => {}
                    Next::Value | Next::Key if self.text[..start].trim_end().ends_with(',') => {
                        return Err((Slip::TrailingComma, comma..comma + 1));
                    }
                    Next::Value | Next::Key => return Err((Slip::MissingValue, start..start + 1)),
                }
                self.at += 1;
                open.pop();
                event(Event::Close(self.at));
                next = Next::Comma;
                continue;
            }
            match next {
                Next::Comma => {
                    let close = open.last().map_or('}', |(close, _)| *close);
                    if c != ',' {
                        return Err((Slip::MissingComma(close), self.token()));
                    }
                    comma = start;
                    self.at += 1;
                    next = if close == '}' { Next::Key } else { Next::Value };
                }
                Next::Key | Next::FirstKey => {
                    self.key(c, event)?;
                    next = Next::Value;
                }
                Next::Value | Next::FirstItem => {
                    next = self.value(c, &mut open, event)?;
                }
            }
        }
    }

    fn key(&mut self, c: char, event: &mut dyn FnMut(Event)) -> Result<(), Found> {
        match c {
            '"' => {}
            '\'' | '“' | '”' | '„' | '‘' | '’' | '«' => {
                return Err((Slip::OtherQuotes, self.token()));
            }
            c if c.is_alphanumeric() || c == '_' || c == '$' => {
                return Err((Slip::BareKey, self.token()));
            }
            _ => return Err((Slip::MissingKey, self.token())),
        }
        let key = self.quoted()?;
        event(Event::Key(key));
        self.blanks()?;
        match self.peek() {
            Some(':') => {
                self.at += 1;
                Ok(())
            }
            _ => Err((Slip::MissingColon, self.token())),
        }
    }

    fn value(&mut self, c: char, open: &mut Vec<(char, usize)>, event: &mut dyn FnMut(Event)) -> Result<Next, Found> {
        let start = self.at;
        let (close, opened, next) = match c {
            '{' => ('}', Event::Object(start), Next::FirstKey),
            '[' => (']', Event::List(start), Next::FirstItem),
            _ => {
                let scalar = self.scalar(c)?;
                event(Event::Scalar(scalar));
                return Ok(Next::Comma);
            }
        };
        if open.len() >= MAX_DEPTH {
            return Err((Slip::Deep, start..start + 1));
        }
        self.at += 1;
        open.push((close, start));
        event(opened);
        Ok(next)
    }

    fn scalar(&mut self, c: char) -> Result<Range<usize>, Found> {
        if c == '"' {
            return self.quoted();
        }
        let token = self.token();
        let word = &self.text[token.clone()];
        match c {
            '\'' | '“' | '”' | '„' | '‘' | '’' | '«' => {
                return Err((Slip::OtherQuotes, token));
            }
            '0'..='9' | '-' | '+' | '.' => {
                if !is_number(word) {
                    return Err((Slip::Number, token));
                }
            }
            c if c.is_alphabetic() || c == '_' => {
                if !matches!(word, "true" | "false" | "null") {
                    return Err((Slip::BareWord, token));
                }
            }
            _ => return Err((Slip::MissingValue, token)),
        }
        self.at = token.end;
        Ok(token)
    }

    /// A text in double quotes.
    fn quoted(&mut self) -> Result<Range<usize>, Found> {
        let start = self.at;
        let bytes = self.text.as_bytes();
        let mut at = start + 1;
        loop {
            match bytes.get(at) {
                None | Some(b'\n' | b'\r') => return Err((Slip::OpenText, start..at)),
                Some(b'"') => break,
                Some(b'\\') => match bytes.get(at + 1) {
                    Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => at += 2,
                    Some(b'u') => at = self.unicode(at)?,
                    None | Some(b'\n' | b'\r') => return Err((Slip::OpenText, start..at + 1)),
                    Some(_) => {
                        let length = self.text[at + 1..].chars().next().map_or(0, char::len_utf8);
                        return Err((Slip::Escape, at..at + 1 + length));
                    }
                },
                Some(&control @ 0..=0x1f) => {
                    return Err((Slip::Control(char::from(control)), at..at + 1));
                }
                Some(_) => at += 1,
            }
        }
        self.at = at + 1;
        Ok(start..self.at)
    }

    /// Where `\uXXXX` ends, or the two of a character beyond U+FFFF.
    fn unicode(&self, at: usize) -> Result<usize, Found> {
        let unit = |at: usize| {
            let digits = self.text.get(at..at + 6)?.strip_prefix("\\u")?;
            let hexadecimal = digits.bytes().all(|b| b.is_ascii_hexdigit());
            hexadecimal.then(|| u16::from_str_radix(digits, 16).ok()).flatten()
        };
        let end = match unit(at) {
            Some(high) if is_high_surrogate(high) => unit(at + 6).filter(|low| is_low_surrogate(*low)).map(|_| at + 12),
            Some(low) if is_low_surrogate(low) => None,
            read => read.map(|_| at + 6),
        };
        end.ok_or_else(|| {
            let digits = self.text[at + 2..].bytes().take(4).take_while(u8::is_ascii_hexdigit).count();
            (Slip::Unicode, at..at + 2 + digits)
        })
    }

    /// What stands here as one piece: a word or number, a text up to its quote, or one character.
    fn token(&self) -> Range<usize> {
        let rest = &self.text[self.at..];
        let inner = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '+' | '.' | '$' | '%');
        let length = match rest.chars().next() {
            None => 0,
            Some('"') => rest[1..]
                .find(['"', '\n'])
                .map_or(rest.len(), |end| end + 1 + usize::from(rest[1 + end..].starts_with('"'))),
            Some(c) if inner(c) => rest.find(|c| !inner(c)).unwrap_or(rest.len()),
            Some(c) => c.len_utf8(),
        };
        self.at..self.at + length
    }

    fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    fn blanks(&mut self) -> Result<(), Found> {
        let rest = &self.text[self.at..];
        let blank = |c: char| matches!(c, ' ' | '\t' | '\n' | '\r');
        self.at += rest.find(|c| !blank(c)).unwrap_or(rest.len());
        let rest = &self.text[self.at..];
        if rest.starts_with("//") || rest.starts_with('#') {
            let end = rest.find('\n').unwrap_or(rest.len());
            return Err((Slip::Comment, self.at..self.at + end));
        }
        if rest.starts_with("/*") {
            let end = rest.find("*/").map_or(rest.len(), |end| end + 2);
            return Err((Slip::Comment, self.at..self.at + end));
        }
        Ok(())
    }
}

/// RFC 8259, §6.
fn is_number(word: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let rest = word.strip_prefix('-').unwrap_or(word);
    let (rest, exponent) = match rest.split_once(['e', 'E']) {
        Some((rest, exponent)) => (rest, Some(exponent)),
        None => (rest, None),
    };
    let (whole, fraction) = match rest.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (rest, None),
    };
    digits(whole)
        && (whole == "0" || !whole.starts_with('0'))
        && fraction.is_none_or(digits)
        && exponent.is_none_or(|e| digits(e.strip_prefix(['+', '-']).unwrap_or(e)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::Value;

    use super::*;

    fn slip(text: &str) -> Option<Slip> {
        scan(text, &mut |_| ()).err().map(|(slip, _)| slip)
    }

    proptest! {
        #[test]
        fn takes_what_serde_takes(text in "[\\[\\]{}:,\"'a-f0-2.\\\\ \n#/eE+-]{0,24}|\\PC{0,40}") {
            let taken = serde_json::from_str::<Value>(&text);
            prop_assert_eq!(slip(&text).is_none(), taken.is_ok(), "{:?}", taken);
        }

        #[test]
        fn takes_every_value_however_it_is_laid_out(value in super::super::arbitrary::value()) {
            prop_assert_eq!(slip(&value.to_string()), None);
            prop_assert_eq!(slip(&format!("{BOM} {value:#} ")), None);
        }

        #[test]
        fn a_cut_text_is_refused(value in super::super::arbitrary::value(), cut in 0.0..1.0) {
            let text = serde_json::json!({"a": value}).to_string();
            #[expect(clippy::float_arithmetic, clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss, reason = "a share of a length")]
            let mut end = (text.len() as f64 * cut) as usize;
            while !text.is_char_boundary(end) {
                end -= 1;
            }
            prop_assert!(slip(&text[..end]).is_some());
        }
    }
}
