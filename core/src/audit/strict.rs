//! Whether a line is its own canonical JSON, without building it.
//!
//! Input: the bytes of a line, which should be an object. Output: where its members stand, or the first byte that canonical
//! JSON would not have there. Invariant: what passes is exactly what RFC 8785 writes for the value it means, as far as a log
//! goes: keys in the order of their UTF-16 units and none twice, no white space, texts with the shortest escapes, whole numbers
//! up to 2^53 in magnitude. A test compares it with reading and writing on changed lines.

use std::cmp::Ordering;
use std::ops::Range;

/// Deeper objects and lists are refused.
const DEEPEST: usize = 32;

/// Integers beyond this are not read alike everywhere.
const GREATEST: u64 = 9_007_199_254_740_992;

/// Where a line is not canonical, and what should stand there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Slip {
    /// The byte, from 0.
    pub(super) at: usize,
    /// What canonical JSON has there.
    pub(super) expected: &'static str,
}

/// A member of the outermost object: its key and the bytes of its value.
pub(super) type Member = (Range<usize>, Range<usize>);

/// The members of the object that a line is, in order; keys without their quotes.
pub(super) fn members(line: &[u8], into: &mut Vec<Member>) -> Result<(), Slip> {
    into.clear();
    if let Err(error) = std::str::from_utf8(line) {
        return Err(Slip { at: error.valid_up_to(), expected: "UTF-8" });
    }
    let mut scan = Scan { line, at: 0 };
    if line.first() != Some(&b'{') {
        return Err(scan.slip("an object"));
    }
    scan.object(0, Some(into))?;
    if scan.at < line.len() { Err(scan.slip("the end of the line")) } else { Ok(()) }
}

struct Scan<'l> {
    line: &'l [u8],
    at: usize,
}

impl Scan<'_> {
    const fn slip(&self, expected: &'static str) -> Slip {
        Slip { at: self.at, expected }
    }

    fn peek(&self) -> Option<u8> {
        self.line.get(self.at).copied()
    }

    fn take(&mut self, byte: u8, expected: &'static str) -> Result<(), Slip> {
        if self.peek() == Some(byte) {
            self.at += 1;
            Ok(())
        } else {
            Err(self.slip(expected))
        }
    }

    fn value(&mut self, depth: usize) -> Result<(), Slip> {
        match self.peek() {
            Some(b'"') => self.text().map(|_| ()),
            Some(b'{') => self.object(depth, None),
            Some(b'[') => self.list(depth),
            Some(b't') => self.word(b"true"),
            Some(b'f') => self.word(b"false"),
            Some(b'n') => self.word(b"null"),
            Some(b'-' | b'0'..=b'9') => self.number(),
            _ => Err(self.slip("a value")),
        }
    }

    fn object(&mut self, depth: usize, mut into: Option<&mut Vec<Member>>) -> Result<(), Slip> {
        if depth >= DEEPEST {
            return Err(self.slip("less depth"));
        }
        self.at += 1;
        if self.peek() == Some(b'}') {
            self.at += 1;
            return Ok(());
        }
        let mut before: Option<Range<usize>> = None;
        loop {
            if self.peek() != Some(b'"') {
                return Err(self.slip("a key"));
            }
            let start = self.at;
            let key = self.text()?;
            if let Some(before) = &before
                && order(&self.line[before.clone()], &self.line[key.clone()]) != Ordering::Less
            {
                return Err(Slip { at: start, expected: "a key that comes after the one before it" });
            }
            self.take(b':', "`:`")?;
            let value = self.at;
            self.value(depth + 1)?;
            if let Some(into) = into.as_deref_mut() {
                into.push((key.clone(), value..self.at));
            }
            before = Some(key);
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(b'}') => {
                    self.at += 1;
                    return Ok(());
                }
                _ => return Err(self.slip("`,` or `}`")),
            }
        }
    }

    fn list(&mut self, depth: usize) -> Result<(), Slip> {
        if depth >= DEEPEST {
            return Err(self.slip("less depth"));
        }
        self.at += 1;
        if self.peek() == Some(b']') {
            self.at += 1;
            return Ok(());
        }
        loop {
            self.value(depth + 1)?;
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(b']') => {
                    self.at += 1;
                    return Ok(());
                }
                _ => return Err(self.slip("`,` or `]`")),
            }
        }
    }

    fn word(&mut self, word: &'static [u8]) -> Result<(), Slip> {
        if self.line[self.at..].starts_with(word) {
            self.at += word.len();
            Ok(())
        } else {
            Err(self.slip("`true`, `false` or `null`"))
        }
    }

    fn number(&mut self) -> Result<(), Slip> {
        let start = self.at;
        let negative = self.peek() == Some(b'-');
        self.at += usize::from(negative);
        let first = self.at;
        let mut number = 0_u64;
        while let Some(digit @ b'0'..=b'9') = self.peek() {
            number = number.saturating_mul(10).saturating_add(u64::from(digit - b'0'));
            self.at += 1;
        }
        let whole = Err(Slip { at: start, expected: "a whole number up to 2^53, as short as can be" });
        match self.line[first..self.at] {
            [] | [b'0', _, ..] => whole,
            [b'0'] if negative => whole,
            _ if number > GREATEST || matches!(self.peek(), Some(b'.' | b'e' | b'E' | b'+' | b'-')) => whole,
            _ => Ok(()),
        }
    }

    /// The bytes between the quotes.
    fn text(&mut self) -> Result<Range<usize>, Slip> {
        self.at += 1;
        let start = self.at;
        loop {
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(start..self.at - 1);
                }
                Some(b'\\') => self.escape()?,
                Some(b' '..) => self.at += 1,
                _ => return Err(self.slip("`\"`")),
            }
        }
    }

    fn escape(&mut self) -> Result<(), Slip> {
        let rest = &self.line[self.at..];
        let shortest = Err(self.slip("the shortest escape, or the letter itself"));
        match rest {
            [_, b'"' | b'\\' | b'b' | b't' | b'n' | b'f' | b'r', ..] => self.at += 2,
            // Control characters that have no short escape.
            [_, b'u', b'0', b'0', tens @ b'0'..=b'1', ones @ (b'0'..=b'9' | b'a'..=b'f'), ..] => {
                let short = *tens == b'0' && matches!(ones, b'8' | b'9' | b'a' | b'c' | b'd');
                if short {
                    return shortest;
                }
                self.at += 6;
            }
            _ => return shortest,
        }
        Ok(())
    }
}

/// The order of keys: by UTF-16 units, which for most is that of their bytes.
fn order(a: &[u8], b: &[u8]) -> Ordering {
    let plain = |key: &[u8]| key.iter().all(|byte| *byte < 0x80 && *byte != b'\\');
    if plain(a) && plain(b) {
        return a.cmp(b);
    }
    let units = |key: &[u8]| -> Option<Vec<u16>> {
        let quoted = ["\"", std::str::from_utf8(key).ok()?, "\""].concat();
        Some(serde_json::from_str::<String>(&quoted).ok()?.encode_utf16().collect())
    };
    units(a).cmp(&units(b))
}
