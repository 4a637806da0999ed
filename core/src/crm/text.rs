//! From bytes to text.
//!
//! Input: the bytes of a file. Output: its text without byte order mark, and notes on how it was read. Read are UTF-8,
//! UTF-16 (with a mark, or told by its zero bytes), and Windows-1252 byte by byte where UTF-8 is broken, because a
//! single pasted `é` is the commonest damage in an export. Invariant: each byte that is not what its encoding asks for
//! is counted, and the first is named by line and character.
//! Source: the Windows-1252 index of the WHATWG Encoding Standard.

use std::borrow::Cow;

use super::error::ReadError;
use crate::record::TableNote;

/// The largest file that is read.
pub const MAX_BYTES: usize = 50 * 1024 * 1024;

/// What bytes 0x80–0x9F are in Windows-1252; the others are the code points of the same number.
const WINDOWS_1252: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘', '’',
    '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// Beginnings by which files that are no text give themselves away.
const FOREIGN: [(&[u8], &str); 7] = [
    (b"PK\x03\x04", "an Excel workbook or another zip file"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook"),
    (b"%PDF", "a PDF document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\xff\xfe\x00\x00", "UTF-32"),
    (b"\x00\x00\xfe\xff", "UTF-32"),
    (b"\x00\x00\x00", "a binary file"),
];

const AS_UTF_8: &str = "save the file as CSV in UTF-8, then load it again";

/// A file's text and how it was read.
pub(super) struct Text<'b> {
    pub(super) text: Cow<'b, str>,
    pub(super) notes: Vec<TableNote>,
}

/// Reads the bytes of a file as text.
pub(super) fn decode<'b>(file: &str, bytes: &'b [u8]) -> Result<Text<'b>, ReadError> {
    if bytes.len() > MAX_BYTES {
        return Err(ReadError::new(
            file,
            format!("at most {} MiB", MAX_BYTES >> 20),
            format!("{} MiB", bytes.len().div_ceil(1 << 20)),
            "export fewer records or fewer columns, or split the file",
        ));
    }
    if let Some((_, what)) = FOREIGN.iter().find(|(start, _)| bytes.starts_with(start)) {
        return Err(ReadError::new(file, "text", *what, AS_UTF_8));
    }
    let text = match bytes {
        [0xef, 0xbb, 0xbf, rest @ ..] => utf_8(file, rest),
        [0xff, 0xfe, rest @ ..] => Ok(utf_16(rest, u16::from_le_bytes, "UTF-16 (little-endian)")),
        [0xfe, 0xff, rest @ ..] => Ok(utf_16(rest, u16::from_be_bytes, "UTF-16 (big-endian)")),
        _ => match zeros(bytes) {
            (0..=5, 40..) => Ok(utf_16(bytes, u16::from_le_bytes, "UTF-16 (little-endian, without a mark)")),
            (40.., 0..=5) => Ok(utf_16(bytes, u16::from_be_bytes, "UTF-16 (big-endian, without a mark)")),
            _ => utf_8(file, bytes),
        },
    }?;
    if text.text.trim().is_empty() {
        return Err(ReadError::new(
            file,
            "a header line and rows",
            if bytes.is_empty() { "an empty file" } else { "nothing but white space" },
            "export the records again, with the column names in the first line",
        ));
    }
    Ok(text)
}

/// How many of a hundred bytes are zero at even and at odd places, over the first 4 KiB.
fn zeros(bytes: &[u8]) -> (usize, usize) {
    let start = bytes.get(..4096).unwrap_or(bytes);
    let of = |place: usize| {
        let zero = start.iter().skip(place).step_by(2).filter(|b| **b == 0);
        zero.count() * 100 / (start.len() / 2).max(1)
    };
    (of(0), of(1))
}

fn utf_16<'b>(bytes: &[u8], unit: fn([u8; 2]) -> u16, name: &str) -> Text<'b> {
    let units = bytes.chunks_exact(2).filter_map(|two| Some(unit(two.try_into().ok()?)));
    let mut text = String::with_capacity(bytes.len() / 2 + bytes.len() / 8);
    let mut bad = Bad::default();
    for c in char::decode_utf16(units) {
        text.push(c.unwrap_or_else(|_| {
            bad.add(&text);
            char::REPLACEMENT_CHARACTER
        }));
    }
    let mut notes = vec![note(format!("the file is {name}"))];
    if let Some(place) = bad.place() {
        notes.push(TableNote {
            code: "encoding",
            message: format!("half a UTF-16 character {place}; read as `\u{fffd}`"),
            help: Some(AS_UTF_8.to_owned()),
        });
    }
    if bytes.len() % 2 == 1 {
        notes.push(TableNote {
            code: "encoding",
            message: "the last byte is half a UTF-16 character and was left out".to_owned(),
            help: Some("the file may be cut off: export it again".to_owned()),
        });
    }
    Text { text: text.into(), notes }
}

fn utf_8<'b>(file: &str, bytes: &'b [u8]) -> Result<Text<'b>, ReadError> {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(Text { text: text.into(), notes: Vec::new() });
    }
    let mut text = String::with_capacity(bytes.len() + bytes.len() / 16);
    let mut bad = Bad::default();
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        for byte in chunk.invalid() {
            bad.add(&text);
            text.push(match byte {
                0x80..=0x9f => WINDOWS_1252[usize::from(byte - 0x80)],
                _ => char::from(*byte),
            });
        }
    }
    let place = bad.place().unwrap_or_default();
    // Western European text has a few per cent of accented letters; above that it is some other encoding.
    if bad.count > bytes.len() / 5 {
        return Err(ReadError {
            line: bad.first.map(|(line, _)| line),
            ..ReadError::new(
                file,
                "text in UTF-8, UTF-16 or Windows-1252",
                format!("bytes that are none of these {place}"),
                AS_UTF_8,
            )
        });
    }
    Ok(Text {
        text: text.into(),
        notes: vec![TableNote {
            code: "encoding",
            message: format!("bytes that are not UTF-8 {place}; read as Windows-1252"),
            help: Some(format!("if letters look wrong, {AS_UTF_8}")),
        }],
    })
}

/// What could not be read: how much, and where first.
#[derive(Default)]
struct Bad {
    count: usize,
    first: Option<(u64, usize)>,
}

impl Bad {
    fn add(&mut self, before: &str) {
        self.count += 1;
        self.first.get_or_insert_with(|| {
            let line = before.bytes().filter(|b| *b == b'\n').count() as u64 + 1;
            let start = before.rfind('\n').map_or(0, |at| at + 1);
            (line, before[start..].chars().count() + 1)
        });
    }

    /// `in 3 places, first at line 7, character 12`.
    fn place(&self) -> Option<String> {
        let (line, character) = self.first?;
        Some(match self.count {
            1 => format!("at line {line}, character {character}"),
            count => format!("in {count} places, first at line {line}, character {character}"),
        })
    }
}

fn note(message: String) -> TableNote {
    TableNote { code: "encoding", message, help: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAMPLE: &str = "Company;City\r\nMüller & Söhne „A“;Köln\r\n😀;–\r\n";

    fn utf_16_bytes(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn every_form_of_unicode_gives_the_same_text() {
        let plain = SAMPLE.as_bytes().to_vec();
        let marked = [b"\xef\xbb\xbf".as_slice(), &plain].concat();
        let little = utf_16_bytes(SAMPLE, u16::to_le_bytes);
        let big = utf_16_bytes(SAMPLE, u16::to_be_bytes);
        let little_marked = [b"\xff\xfe".as_slice(), &little].concat();
        let big_marked = [b"\xfe\xff".as_slice(), &big].concat();
        for bytes in [plain, marked, little, big, little_marked, big_marked] {
            assert_eq!(decode("f", &bytes).unwrap().text, SAMPLE, "{bytes:?}");
        }
    }

    #[test]
    fn windows_1252_is_read_and_said() {
        let mut bytes = b"Name,City\nA,K\xf6ln\nB,caf\xe9 \x80\n".to_vec();
        bytes.extend("C,Zürich\n".as_bytes());
        let read = decode("f", &bytes).unwrap();
        assert_eq!(read.text, "Name,City\nA,Köln\nB,café €\nC,Zürich\n");
        assert_eq!(read.notes.len(), 1);
        assert_eq!(
            read.notes[0].message,
            "bytes that are not UTF-8 in 3 places, first at line 2, character 4; read as Windows-1252"
        );
    }

    #[test]
    fn what_is_no_text_is_named() {
        for (bytes, found) in [
            (b"PK\x03\x04rest".as_slice(), "an Excel workbook or another zip file"),
            (b"", "an empty file"),
            (b"\xef\xbb\xbf \r\n", "nothing but white space"),
            (b"a\n\xcf\xf0\xe8\xe2\xe5\xf2", "bytes that are none of these in 6 places, first at line 2, character 1"),
        ] {
            assert_eq!(&*decode("f", bytes).err().unwrap().found, found);
        }
        let large = vec![b'a'; MAX_BYTES + 1];
        assert_eq!(&*decode("f", &large).err().unwrap().found, "51 MiB");
        assert!(decode("f", &large[1..]).is_ok());
    }

    #[test]
    fn damaged_utf_16_is_said() {
        let mut bytes = b"\xff\xfe".to_vec();
        bytes.extend(utf_16_bytes("a\nb", u16::to_le_bytes));
        bytes.extend([0x00, 0xd8, b'c', 0, b'd']);
        let read = decode("f", &bytes).unwrap();
        assert_eq!(read.text, "a\nb\u{fffd}c");
        let said: Vec<_> = read.notes.iter().map(|n| n.message.as_str()).collect();
        assert_eq!(
            said[1..],
            [
                "half a UTF-16 character at line 2, character 2; read as `\u{fffd}`",
                "the last byte is half a UTF-16 character and was left out"
            ]
        );
    }
}
