//! Text for people: colours where they are wanted, tables, and nothing from a file that could steer a terminal.

use std::borrow::Cow;
use std::io::{self, BufWriter, Write};

use anstyle::{AnsiColor, Style};
use interlock_core::check::Severity;
use interlock_core::contract::Verdict;

/// Strong.
pub const STRONG: Style = Style::new().bold();
/// Of less importance.
pub const PALE: Style = Style::new().dimmed();
/// What grew or came.
pub const GOOD: Style = AnsiColor::Green.on_default();
/// What went or failed.
pub const BAD: Style = AnsiColor::Red.on_default();
/// What to look at.
pub const NOTICE: Style = AnsiColor::Yellow.on_default();

/// Standard output. A reader that goes away early (`interlock … | head`) ends nothing: what is left is dropped, and the
/// exit code stays what it is.
pub struct Out {
    inner: Box<dyn Write>,
    closed: bool,
}

impl Out {
    /// Standard output, with colours where it is a terminal and `NO_COLOR` is not set.
    #[must_use]
    pub fn stdout() -> Self {
        Self { inner: Box::new(BufWriter::new(anstream::stdout())), closed: false }
    }

    fn unless_closed<T>(&mut self, result: io::Result<T>, otherwise: T) -> io::Result<T> {
        match result {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                self.closed = true;
                Ok(otherwise)
            }
            other => other,
        }
    }
}

impl Write for Out {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.closed {
            return Ok(bytes.len());
        }
        let result = self.inner.write(bytes);
        self.unless_closed(result, bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.closed {
            return Ok(());
        }
        let result = self.inner.flush();
        self.unless_closed(result, ())
    }
}

/// The colour of a severity.
#[must_use]
pub const fn of_severity(severity: Severity) -> Style {
    match severity {
        Severity::Error => BAD.bold(),
        Severity::Warning => NOTICE.bold(),
        Severity::Info => STRONG,
    }
}

/// The colour of a verdict.
#[must_use]
pub const fn of_verdict(verdict: Verdict) -> Style {
    match verdict {
        Verdict::Auto => GOOD,
        Verdict::Suggest => AnsiColor::Cyan.on_default(),
        Verdict::Review => NOTICE,
        Verdict::Block => BAD,
    }
}

/// Text of a file as it may stand on a terminal: one line, control characters written out.
#[must_use]
pub fn tame(text: &str) -> Cow<'_, str> {
    if !text.chars().any(char::is_control) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\r' | '\t' => out.push(' '),
            c if c.is_control() => out.extend(c.escape_default()),
            c => out.push(c),
        }
    }
    Cow::Owned(out)
}

/// The text, cut to so many characters.
#[must_use]
pub fn cut(text: &str, most: usize) -> Cow<'_, str> {
    match text.char_indices().nth(most) {
        None => Cow::Borrowed(text),
        Some(_) => {
            let mut short: String = text.chars().take(most.saturating_sub(1)).collect();
            short.push('…');
            Cow::Owned(short)
        }
    }
}

/// A table: numbers to the right, words to the left.
#[derive(Clone, Debug, Default)]
pub struct Grid {
    rows: Vec<Vec<String>>,
    right: Vec<bool>,
}

impl Grid {
    /// With these headers; those that begin with `>` head a column of numbers.
    #[must_use]
    pub fn new(headers: &[&str]) -> Self {
        let right = headers.iter().map(|header| header.starts_with('>')).collect();
        let headers = headers.iter().map(|header| header.trim_start_matches('>').to_owned()).collect();
        Self { rows: vec![headers], right }
    }

    /// Adds a row.
    pub fn row<S: Into<String>>(&mut self, cells: impl IntoIterator<Item = S>) {
        self.rows.push(cells.into_iter().map(|cell| tame(&cell.into()).into_owned()).collect());
    }

    /// Whether there is no row.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.len() < 2
    }

    /// Writes it, indented.
    ///
    /// # Errors
    /// When the output cannot be written.
    pub fn write(&self, to: &mut dyn Write, indent: &str) -> io::Result<()> {
        let width = |column: usize| {
            let cells = self.rows.iter().filter_map(|row| row.get(column));
            cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
        };
        let widths: Vec<usize> = (0..self.right.len()).map(width).collect();
        for (place, row) in self.rows.iter().enumerate() {
            let mut line = String::from(indent);
            for (column, cell) in row.iter().enumerate() {
                let width = widths.get(column).copied().unwrap_or(0);
                match self.right.get(column) {
                    Some(true) => line.push_str(&format!("{cell:>width$}  ")),
                    _ => line.push_str(&format!("{cell:<width$}  ")),
                }
            }
            let line = line.trim_end();
            match place {
                0 => writeln!(to, "{PALE}{line}{PALE:#}")?,
                _ => writeln!(to, "{line}")?,
            }
        }
        Ok(())
    }
}

/// The lines of a text that is broken at spaces to fit a width; a word that is longer is cut.
#[must_use]
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut length = 0;
    for word in text.split(' ') {
        let mut word: Vec<char> = word.chars().collect();
        if length > 0 && length + 1 + word.len() > width {
            lines.push(std::mem::take(&mut line));
            length = 0;
        } else if length > 0 {
            line.push(' ');
            length += 1;
        }
        while word.len() > width {
            lines.push(word.drain(..width).collect());
        }
        length += word.len();
        line.extend(word);
    }
    lines.push(line);
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_from_a_file_steers_the_terminal() {
        assert_eq!(tame("a\u{1b}[31mb\nc\u{7}"), "a\\u{1b}[31mb c\\u{7}");
    }

    #[test]
    fn breaks_lines_at_spaces() {
        assert_eq!(wrap("goes to pool emea", 9), ["goes to", "pool emea"]);
        assert_eq!(wrap("abcdefgh ij", 3), ["abc", "def", "gh", "ij"]);
        assert_eq!(wrap("", 3), [""]);
    }

    #[test]
    fn a_reader_that_goes_away_ends_nothing() {
        struct Gone;
        impl Write for Gone {
            fn write(&mut self, _: &[u8]) -> io::Result<usize> {
                Err(io::ErrorKind::BrokenPipe.into())
            }
            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        let mut out = Out { inner: Box::new(Gone), closed: false };
        assert!(out.write_all(b"text").is_ok() && out.closed);
    }
}
