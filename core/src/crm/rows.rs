//! From text to rows of cells.
//!
//! Input: a text and its separator. Output: [`Records`], one after the other, each with the line it starts on and its
//! own text. `csv-core` reads the cells; this adds what a damaged export needs: the separator found by trying, and
//! a quote that is opened and never closed does not swallow the rows after it. Source: RFC 4180, with the separators
//! that spreadsheets of other languages write.

use super::error::{ReadError, shown};
use crate::record::TableNote;

/// The header line must end within this many bytes.
const MAX_HEADER: usize = 1 << 20;

/// What a new start costs beside the bytes that are read again: about what the reader's buffer holds.
const PER_RESTART: usize = 16 * 1024;

const SEPARATORS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// One row of a file.
pub(super) struct Record<'t> {
    /// The line it starts on, from 1.
    pub(super) line: u64,
    /// Its text, without the line break at its end.
    pub(super) raw: &'t str,
    pub(super) cells: Cells,
    /// Whether every quote is closed, and closed at the end of its cell.
    pub(super) well_quoted: bool,
    start: usize,
}

impl Record<'_> {
    /// Whether it goes over several lines although its quotes are broken: then the line break was most likely meant to
    /// end it.
    pub(super) fn torn(&self) -> bool {
        !self.well_quoted && self.raw.contains(['\n', '\r'])
    }

    /// The first line of it.
    pub(super) fn first_line(&self) -> &str {
        self.raw.lines().next().unwrap_or_default()
    }
}

/// The cells of one row, one after the other.
#[derive(Default)]
pub(super) struct Cells {
    text: Vec<u8>,
    /// Where each ends.
    ends: Vec<usize>,
}

impl Cells {
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &str> {
        // Cells of a text are texts: they are parted at ASCII signs.
        let text = std::str::from_utf8(&self.text).unwrap_or_default();
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(start, end)| text.get(start..*end).unwrap_or_default())
    }
}

/// The rows of a text.
pub(super) struct Records<'t> {
    text: &'t str,
    separator: u8,
    reader: csv_core::Reader,
    /// Up to where in the text it has read.
    at: usize,
    /// Up to where lines are counted, and the line there.
    counted: (usize, u64),
    /// How many bytes may be read once more after torn rows, so that no file takes quadratic time.
    patience: usize,
}

fn reader(separator: u8) -> csv_core::Reader {
    csv_core::ReaderBuilder::new().delimiter(separator).build()
}

/// The next row of a text, of which what was read before is left out; none at its end. Gives how much it takes.
fn read(reader: &mut csv_core::Reader, text: &[u8]) -> Option<(Cells, usize)> {
    use csv_core::ReadRecordResult as Read;
    let mut cells = Cells { text: vec![0; 256], ends: vec![0; 32] };
    let (mut at, mut long, mut many) = (0, 0, 0);
    loop {
        let (rest, room, ends) = (text.get(at..)?, cells.text.get_mut(long..)?, cells.ends.get_mut(many..)?);
        let (result, taken, written, ended) = reader.read_record(rest, room, ends);
        (at, long, many) = (at + taken, long + written, many + ended);
        match result {
            // Asked once more without any, it knows that there is none.
            Read::InputEmpty => {}
            Read::OutputFull => cells.text.resize(cells.text.len() * 2, 0),
            Read::OutputEndsFull => cells.ends.resize(cells.ends.len() * 2, 0),
            Read::Record => break,
            Read::End => return None,
        }
    }
    cells.text.truncate(long);
    cells.ends.truncate(many);
    Some((cells, at))
}

impl<'t> Records<'t> {
    /// The rows of `text` from byte `start` on.
    pub(super) fn new(text: &'t str, start: usize, separator: u8) -> Self {
        Self {
            text,
            separator,
            reader: reader(separator),
            at: start,
            counted: (0, 1),
            patience: text.len().saturating_mul(4) + PER_RESTART * 4096,
        }
    }

    /// Takes a torn row for what stands on its first line and goes on with the next line. `false` when the file is so
    /// broken that this was done too often; then the row stays whole.
    pub(super) fn go_on_after_first_line(&mut self, torn: &Record<'t>) -> bool {
        let Some(patience) = self.patience.checked_sub(torn.raw.len() + PER_RESTART) else {
            return false;
        };
        self.patience = patience;
        self.at = torn.start + torn.first_line().len();
        self.reader = reader(self.separator);
        true
    }

    fn line_at(&mut self, at: usize) -> u64 {
        let (from, line) = self.counted;
        let between = self.text.as_bytes().get(from..at).unwrap_or_default();
        // `\r\n` counts by its `\n`; a `\r` alone is a line break of its own. Rows never begin between the two.
        let mut breaks = 0;
        for (place, byte) in between.iter().enumerate() {
            breaks += match byte {
                b'\n' => 1,
                b'\r' => u64::from(between.get(place + 1) != Some(&b'\n')),
                _ => 0,
            };
        }
        self.counted = (at, line + breaks);
        line + breaks
    }
}

impl<'t> Iterator for Records<'t> {
    type Item = Record<'t>;

    fn next(&mut self) -> Option<Record<'t>> {
        let from = self.at;
        let (cells, taken) = read(&mut self.reader, self.text.as_bytes().get(from..)?)?;
        self.at = from + taken;
        let raw = self.text.get(from..self.at)?;
        let body = raw.trim_start_matches(['\n', '\r']);
        let start = from + raw.len() - body.len();
        // Only the line break that ends the row: one within quotes that were never closed is the row's own.
        let body = body.strip_suffix('\n').unwrap_or(body);
        let body = body.strip_suffix('\r').unwrap_or(body);
        Some(Record {
            line: self.line_at(start),
            raw: body,
            well_quoted: !body.contains('"') || well_quoted(body, self.separator),
            cells,
            start,
        })
    }
}

/// Whether every quote that opens a cell is closed, and closed at its end.
fn well_quoted(raw: &str, separator: u8) -> bool {
    let mut bytes = raw.bytes().peekable();
    loop {
        if bytes.next_if_eq(&b'"').is_some() {
            loop {
                match bytes.next() {
                    None => return false,
                    Some(b'"') if bytes.next_if_eq(&b'"').is_none() => break,
                    Some(_) => {}
                }
            }
            match bytes.next() {
                None => return true,
                Some(byte) if byte == separator => continue,
                Some(_) => return false,
            }
        }
        if bytes.by_ref().all(|byte| byte != separator) {
            return true;
        }
    }
}

/// How a file separates its cells, and where its rows begin.
pub(super) struct Shape {
    pub(super) separator: u8,
    pub(super) start: usize,
    pub(super) note: Option<TableNote>,
}

/// Finds the separator: what a first line `sep=;` says, or the one that makes the most known headers.
pub(super) fn shape(file: &str, text: &str, known: impl Fn(&str) -> bool) -> Result<Shape, ReadError> {
    let head = &text[..text.floor_char_boundary(MAX_HEADER)];
    if head.len() < text.len() && !head.contains(['\n', '\r']) {
        return Err(ReadError::new(
            file,
            "a header line and a line for each record",
            format!("{} bytes without a line break", text.len()),
            "the line breaks are lost: export the file again",
        )
        .at(1));
    }
    let first = head.lines().next().unwrap_or_default();
    let said = first.trim().trim_matches('"').to_ascii_lowercase();
    if let Some(&[separator]) = said.strip_prefix("sep=").map(str::as_bytes)
        && separator.is_ascii_punctuation() | (separator == b'\t')
        && separator != b'"'
    {
        return Ok(Shape { separator, start: first.len(), note: Some(note(separator, "as its first line says")) });
    }
    let mut best = (0, 0, b',');
    for separator in SEPARATORS {
        if let Some((cells, _)) = read(&mut reader(separator), head.as_bytes()) {
            let found = (cells.iter().filter(|cell| known(cell)).count(), cells.len());
            if found > (best.0, best.1) {
                best = (found.0, found.1, separator);
            }
        }
    }
    Ok(Shape { separator: best.2, start: 0, note: (best.2 != b',').then(|| note(best.2, "as its headers show")) })
}

fn note(separator: u8, why: &str) -> TableNote {
    TableNote {
        code: "separator",
        message: format!("cells are separated by {}, {why}", shown(&char::from(separator).to_string())),
        help: None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn rows(text: &str) -> Vec<(u64, &str, Vec<String>)> {
        Records::new(text, 0, b',').map(|r| (r.line, r.raw, r.cells.iter().map(str::to_owned).collect())).collect()
    }

    #[test]
    fn lines_are_counted_through_breaks_of_every_kind() {
        for (name, eol) in [("unix", "\n"), ("windows", "\r\n"), ("old mac", "\r")] {
            let text = format!("a,b{eol}1,\"x{eol}y\"{eol}{eol}{eol}2,z{eol}3,w");
            let lines: Vec<_> = rows(&text).iter().map(|(line, ..)| *line).collect();
            assert_eq!(lines, [1, 2, 6, 7], "{name}");
            let raw: Vec<_> = rows(&text).iter().map(|(_, raw, _)| raw.replace(eol, "⏎")).collect();
            assert_eq!(raw, ["a,b", "1,\"x⏎y\"", "2,z", "3,w"], "{name}");
        }
    }

    #[test]
    fn quotes_are_judged() {
        for (raw, good) in [
            ("a,b", true),
            ("\"a\",b", true),
            ("\"a\"\"b\",\"\"", true),
            ("a\"b,5\" pipe", true),
            ("", true),
            ("\"a\nb\",c", true),
            ("\"a\" b,c", false),
            ("\"a,b", false),
            ("x,\"", false),
        ] {
            assert_eq!(well_quoted(raw, b','), good, "{raw:?}");
        }
    }

    #[test]
    fn a_torn_row_gives_way() {
        let text = "a,b\n1,\"x\n2,y\n3,z";
        let mut records = Records::new(text, 0, b',');
        assert_eq!(records.next().unwrap().raw, "a,b");
        let torn = records.next().unwrap();
        assert!(torn.torn());
        assert_eq!((torn.line, torn.first_line()), (2, "1,\"x"));
        assert!(records.go_on_after_first_line(&torn));
        let rest: Vec<_> = records.map(|r| (r.line, r.raw)).collect();
        assert_eq!(rest, [(3, "2,y"), (4, "3,z")]);
    }

    #[test]
    fn separators_are_found() {
        let known = |header: &str| matches!(header, "Email" | "Name" | "City; Town");
        for (text, separator, start) in [
            ("Email,Name\n", b',', 0),
            ("Email;Name;x,y,z,u\n", b';', 0),
            ("Email\tName", b'\t', 0),
            ("Email|Name", b'|', 0),
            ("\"City; Town\",Email", b',', 0),
            ("sep=|\r\nx|y", b'|', 5),
            ("\"sep=;\"\nx", b';', 7),
            ("Email", b',', 0),
            ("x;y", b';', 0),
        ] {
            let shape = shape("f", text, known).unwrap();
            assert_eq!((shape.separator, shape.start), (separator, start), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn cells_are_what_the_csv_crate_reads(text in "[a\"\"\"é,;\n\r ]{0,40}|(é,){200}", separator in "[,;]") {
            let separator = separator.as_bytes()[0];
            let mut reader = csv::ReaderBuilder::new();
            let mut theirs = reader.has_headers(false).flexible(true).delimiter(separator).from_reader(text.as_bytes());
            let theirs: Vec<Vec<String>> = theirs.deserialize().map(Result::unwrap).collect();
            let cells = |record: Record<'_>| record.cells.iter().map(str::to_owned).collect();
            let ours: Vec<Vec<String>> = Records::new(&text, 0, separator).map(cells).collect();
            prop_assert_eq!(ours, theirs);
        }
    }

    #[test]
    fn a_file_without_line_breaks_is_refused_at_once() {
        let text = "a,b,c,".repeat(2 << 20);
        let error = shape("f", &text, |_| false).err().unwrap();
        assert_eq!(
            error.to_string(),
            "f, line 1: expected a header line and a line for each record, found 12582912 bytes without a line break"
        );
    }
}
