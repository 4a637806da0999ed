//! Templates: the note in the words of the contract.
//!
//! Input: a template and what is stated. Output: the note. Invariant: every placeholder is one that `check` knows; outside
//! its own words a template says nothing but what is stated, `not known` or `none`. In Markdown what is stated is
//! escaped (`CommonMark` 0.31, §2.4), so that it can make no link, heading, list or HTML.
//!
//! The form: `{name}` is replaced; `{Name}` begins with a capital; `{?name} … {/name}` is left out where `name` says
//! nothing. A brace is nothing else.

use super::statement::Stated;
use crate::contract::{Format, Template};
use crate::text;

/// A piece of a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Piece<'t> {
    Words(&'t str),
    /// A placeholder.
    Value(&'t str),
    /// Here begins what is left out where the name says nothing.
    Open(&'t str),
    Close,
}

/// What is wrong with the form of a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault<'t> {
    /// `{` without `}`, or `}` without `{`; with the words that follow it.
    Brace(&'t str),
    /// A section within another.
    Nested(&'t str),
    /// A section that does not end.
    Unclosed(&'t str),
    /// An end without its section.
    Stray(&'t str),
}

/// Takes a template apart.
pub(crate) fn pieces(text: &str) -> Result<Vec<Piece<'_>>, Fault<'_>> {
    let mut pieces = Vec::new();
    let mut open = None;
    let mut rest = text;
    while let Some(at) = rest.find(['{', '}']) {
        let (words, from) = rest.split_at(at);
        if !words.is_empty() {
            pieces.push(Piece::Words(words));
        }
        let inner = from.strip_prefix('{').and_then(|from| from.split_once('}'));
        let Some((inner, after)) = inner.filter(|(inner, _)| !inner.contains(['{', '\n'])) else {
            return Err(Fault::Brace(start_of(from)));
        };
        rest = after;
        if let Some(name) = inner.strip_prefix('?').map(str::trim) {
            if open.is_some() {
                return Err(Fault::Nested(name));
            }
            open = Some(name);
            pieces.push(Piece::Open(name));
        } else if let Some(name) = inner.strip_prefix('/').map(str::trim) {
            if open.take() != Some(name) {
                return Err(Fault::Stray(name));
            }
            pieces.push(Piece::Close);
        } else {
            pieces.push(Piece::Value(inner.trim()));
        }
    }
    if !rest.is_empty() {
        pieces.push(Piece::Words(rest));
    }
    open.map_or(Ok(pieces), |name| Err(Fault::Unclosed(name)))
}

/// The first words of a text.
fn start_of(text: &str) -> &str {
    let end = text.char_indices().nth(24).map_or(text.len(), |(end, _)| end);
    text.get(..end).unwrap_or(text)
}

/// The placeholders that every contract has, besides fields of lead, contact and account, and scores.
pub(crate) const NAMES: [&str; 35] = [
    "accept_by",
    "company",
    "company.industry",
    "company.size",
    "conflicts",
    "conflicts.owner",
    "conflicts.rule",
    "facts",
    "fit",
    "fit.against",
    "fit.band",
    "fit.points",
    "fit.why",
    "history",
    "missing",
    "missing.points",
    "motion",
    "next_step",
    "notes",
    "objections",
    "owner",
    "pain",
    "queue",
    "respond_by",
    "review",
    "review.reason",
    "reviewer",
    "route.rule",
    "source",
    "trace",
    "urgency",
    "urgency.against",
    "urgency.band",
    "urgency.points",
    "urgency.why",
];

/// The name of a placeholder, and whether it begins with a capital.
pub(crate) fn plain_name(written: &str) -> (String, bool) {
    let mut name = written.to_owned();
    let large = written.starts_with(|c: char| c.is_ascii_uppercase());
    if let Some(first) = name.get_mut(..1) {
        first.make_ascii_lowercase();
    }
    (name, large)
}

/// Writes the note.
pub(super) fn write(template: &Template, stated: &mut Stated<'_, '_>) -> String {
    // A plan has no other.
    let Ok(pieces) = pieces(&template.text) else { return String::new() };
    for piece in &pieces {
        if let Piece::Value(name) | Piece::Open(name) = piece {
            stated.fact(&plain_name(name).0);
        }
    }
    let (mut out, mut hidden) = (String::new(), false);
    for piece in pieces {
        match piece {
            Piece::Close => hidden = false,
            Piece::Open(name) => {
                hidden = value(stated, &plain_name(name).0, template.format).is_none();
                if hidden {
                    out.push(LEFT_OUT);
                }
            }
            _ if hidden => {}
            Piece::Words(words) => out.push_str(words),
            Piece::Value(name) => {
                let (name, large) = plain_name(name);
                let said = value(stated, &name, template.format);
                if said.is_some() && is_list(&name) && !out.is_empty() && !out.ends_with('\n') {
                    out.push('\n');
                }
                let said = said.unwrap_or_else(|| nothing(&name).to_owned());
                out.push_str(&if large { capital(said) } else { said });
            }
        }
    }
    tidy(&out)
}

/// Whether a placeholder is written as a list, a line an entry.
fn is_list(name: &str) -> bool {
    matches!(name, "facts" | "history" | "notes" | "pain" | "objections")
}

/// What stands where nothing is stated.
fn nothing(name: &str) -> &'static str {
    let known = ["company", "fit", "urgency", "score.", "source", "motion"].iter().any(|start| name.starts_with(start));
    let field = ["lead.", "contact.", "account."].iter().any(|start| name.starts_with(start));
    if known || field { "not known" } else { "none" }
}

/// What is stated under a placeholder's name.
fn value(stated: &Stated<'_, '_>, name: &str, format: Format) -> Option<String> {
    let of = |text: &str| if format == Format::Markdown { escaped(text) } else { text.to_owned() };
    if is_list(name) {
        let lines: Vec<String> = stated.lines(name).iter().map(|line| format!("- {}", of(line))).collect();
        return (!lines.is_empty()).then(|| lines.join("\n"));
    }
    let (first, rest) = name.split_once('.').unwrap_or((name, ""));
    let score = match first {
        "fit" => stated.fit.as_ref(),
        "urgency" => stated.urgency.as_ref(),
        _ => None,
    };
    let texts = match (score, rest) {
        (None, _) => stated.texts(name),
        (Some(score), "points") => stated.texts(&format!("score.{score}")),
        (Some(score), "") => {
            let band = stated.texts(&format!("score.{score}.band"));
            if band.is_empty() { stated.texts(&format!("score.{score}")) } else { band }
        }
        (Some(score), rest) => stated.texts(&format!("score.{score}.{rest}")),
    };
    if texts.is_empty() {
        return None;
    }
    let texts: Vec<String> = texts.into_iter().map(of).collect();
    Some(match name {
        "conflicts" | "review" => texts.join(" "),
        "review.reason" => texts.join("; "),
        _ => text::list(&texts, ""),
    })
}

/// The first letter large, where it is ASCII.
pub(super) fn capital(mut text: String) -> String {
    if let Some(first) = text.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    text
}

/// Stands where a section was left out, until the text is tidy. Nothing that is stated has controls.
const LEFT_OUT: char = '\u{1}';

/// No white space at the end of a line, no two spaces within one, no two empty lines, and no line of which nothing is left.
fn tidy(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.lines() {
        let whole = line.replace(LEFT_OUT, "");
        if whole.len() < line.len() && whole.trim().is_empty() {
            continue;
        }
        let line = whole.as_str();
        let words = line.trim_start();
        let line_start = out.len();
        if !words.is_empty() {
            out.push_str(line.get(..line.len() - words.len()).unwrap_or_default());
        }
        for word in words.split(' ').filter(|word| !word.is_empty()) {
            if out.len() > line_start && !out.ends_with(' ') {
                out.push(' ');
            }
            out.push_str(word);
        }
        if !words.is_empty() || !out.ends_with("\n\n") {
            out.push('\n');
        }
    }
    out.trim_matches(['\n', ' ']).to_owned()
}

/// A text as Markdown that shows it and nothing else.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for (at, c) in text.char_indices() {
        let (before, after) = (text.get(..at).unwrap_or_default(), text.get(at + c.len_utf8()..).unwrap_or_default());
        let special = match c {
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '(' | ')' | '<' | '>' | '#' | '!' | '|' | '~' | '&'
            | '$' => true,
            // What begins a list, a line or a heading at the start, and a number that does.
            '-' | '+' | '=' => before.is_empty(),
            '.' => before.bytes().all(|b| b.is_ascii_digit()) || ends_with_www(before),
            // Extensions make a link of a bare address.
            ':' => after.starts_with("//"),
            _ => false,
        };
        if special {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

fn ends_with_www(text: &str) -> bool {
    text.len().checked_sub(3).and_then(|from| text.get(from..)).is_some_and(|end| end.eq_ignore_ascii_case("www"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expect: &str) {
        assert_eq!(escaped(text), expect, "{text}");
    }

    #[test]
    fn what_is_stated_makes_no_markdown() {
        check("[click](javascript:alert)", "\\[click\\]\\(javascript:alert\\)");
        check("<img src=x onerror=y>", "\\<img src=x onerror=y\\>");
        check("# big", "\\# big");
        check("- one", "\\- one");
        check("1. one", "1\\. one");
        check("1) one", "1\\) one");
        check("see https://evil.example or www.evil.example.", "see https\\://evil.example or www\\.evil.example.");
        check("`code` *b* _i_ ~s~ | &amp; \\", "\\`code\\` \\*b\\* \\_i\\_ \\~s\\~ \\| \\&amp; \\\\");
        check("pre-sales, 3.5 a=b.", "pre-sales, 3.5 a=b.");
        check("", "");
    }

    #[test]
    fn a_template_comes_apart() {
        let of = |text| pieces(text);
        assert_eq!(
            of("a {b}{?c}d{/c}"),
            Ok(vec![Piece::Words("a "), Piece::Value("b"), Piece::Open("c"), Piece::Words("d"), Piece::Close])
        );
        assert_eq!(of("x {b"), Err(Fault::Brace("{b")));
        assert_eq!(of("x } y"), Err(Fault::Brace("} y")));
        assert_eq!(of("{{lead.name}}"), Err(Fault::Brace("{{lead.name}}")));
        assert_eq!(of("{?a}{?b}{/b}{/a}"), Err(Fault::Nested("b")));
        assert_eq!(of("{?a} x"), Err(Fault::Unclosed("a")));
        assert_eq!(of("{?a} x{/b}"), Err(Fault::Stray("b")));
        assert_eq!(of("{/b}"), Err(Fault::Stray("b")));
    }

    #[test]
    fn a_note_is_tidy() {
        assert_eq!(tidy("a  b \n\n\n\n  - c  d\n \n"), "a b\n\n  - c d");
        assert_eq!(tidy(" \n"), "");
        assert_eq!(tidy("a\n \u{1}\u{1}\n\nb \u{1} c"), "a\n\nb c");
    }
}
