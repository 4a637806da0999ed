//! The rules that a message answers: G09, G10 and G12 to G14.
//!
//! Input: a [`Message`], and what is known of whom it goes to. Output: an [`Answer`]. Invariant: pure; header names are
//! compared without regard to case. Sources: RFC 5322 (form), RFC 2369 and RFC 8058 (one-click unsubscription), Google's
//! e-mail sender guidelines for the rest. A missing Message-ID is no fault here, since the submitting server adds it
//! (RFC 6409, section 8.3); a malformed one is.

use super::Answer::{self, Fail, Pass, Warn};
use super::is_gmail;
use crate::normal::email::Email;
use crate::normal::fold;
use crate::record::{Message, MessageCategory};

/// The value of a header.
fn header<'m>(message: &'m Message, name: &str) -> Option<&'m str> {
    message.headers.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim())
}

/// The addresses in angle brackets of a `List-Unsubscribe` header.
fn links(value: &str) -> impl Iterator<Item = &str> {
    value.split('<').skip(1).filter_map(|part| Some(part.split_once('>')?.0.trim()))
}

fn is_https(link: &str) -> bool {
    link.get(..8).is_some_and(|start| start.eq_ignore_ascii_case("https://")) && link.len() > 8
}

/// G09: one-click unsubscription. A `mailto:` or a link in the text alone does not count.
pub(super) fn one_click(message: &Message) -> Answer {
    if message.category == MessageCategory::Transactional {
        return Pass;
    }
    let link = header(message, "List-Unsubscribe").is_some_and(|value| links(value).any(is_https));
    let post = header(message, "List-Unsubscribe-Post");
    match (link, post) {
        (true, Some("List-Unsubscribe=One-Click")) => Pass,
        (false, _) => Fail("there is no `List-Unsubscribe` header with an https address in angle brackets"),
        (true, _) => Fail("there is no `List-Unsubscribe-Post` header with the value `List-Unsubscribe=One-Click`"),
    }
}

/// Words by which texts in several languages name the way out.
const WAY_OUT: [&str; 10] = [
    "unsubscribe",
    "opt out",
    "opt-out",
    "abmelden",
    "abbestellen",
    "desabonner",
    "desinscrire",
    "darse de baja",
    "disiscri",
    "afmelden",
];

/// G10: a link in the text by which to unsubscribe.
pub(super) fn visible_link(message: &Message) -> Answer {
    if message.category == MessageCategory::Transactional {
        return Pass;
    }
    let linked = header(message, "List-Unsubscribe")
        .is_some_and(|value| links(value).any(|link| is_https(link) && message.body.contains(link)));
    let body = fold::fold(&message.body);
    let said = body.contains("http") && WAY_OUT.iter().any(|word| body.contains(word));
    if linked || said { Pass } else { Fail("the text has no link by which to unsubscribe") }
}

/// G12: the form of the message.
pub(super) fn form(message: &Message) -> Answer {
    if Email::parse(&message.from).is_err() {
        return Fail("`from` is not one address");
    }
    let broken = |text: &str| text.contains(['\r', '\n', '\0']);
    if broken(&message.from) || broken(&message.subject) || message.headers.iter().any(|(_, value)| broken(value)) {
        return Fail("a header has a line break in it");
    }
    for (place, name) in message.headers.keys().enumerate() {
        if name.is_empty() || name.bytes().any(|b| !b.is_ascii_graphic() || b == b':') {
            return Fail("a header's name is malformed");
        }
        let said_already = ["From", "Subject"].iter().any(|other| name.eq_ignore_ascii_case(other));
        if said_already || message.headers.keys().take(place).any(|other| name.eq_ignore_ascii_case(other)) {
            return Fail("a header that may stand once stands twice");
        }
    }
    let id = header(message, "Message-ID").is_none_or(|id| {
        id.strip_prefix('<').and_then(|id| id.strip_suffix('>')).and_then(|id| id.split_once('@')).is_some_and(
            |(left, right)| !(left.is_empty() || right.is_empty() || left.contains(is_odd) || right.contains(is_odd)),
        )
    });
    if id { Pass } else { Fail("the `Message-ID` is malformed; it looks like `<id@domain>`") }
}

fn is_odd(c: char) -> bool {
    c.is_whitespace() || matches!(c, '<' | '>' | '@')
}

/// G13: nobody but Gmail sends as Gmail.
pub(super) fn not_gmail(message: &Message) -> Answer {
    match Email::parse(&message.from) {
        Ok(from) if is_gmail(from.domain()) => Fail("it is sent as an address at Gmail, which only Gmail may do"),
        _ => Pass,
    }
}

/// G14: subject, display name and text say what is so. `receiver` is the receiver's first and last name, where known.
pub(super) fn honest(message: &Message, receiver: [Option<&str>; 2]) -> Answer {
    let subject = fold::fold(&message.subject);
    let answers = header(message, "In-Reply-To").or_else(|| header(message, "References")).is_some();
    let mark = ["re:", "fwd:", "fw:", "aw:", "wg:", "tr:", "rv:", "sv:"].iter().any(|mark| subject.starts_with(mark));
    if mark && !answers {
        return Warn("the subject says that it answers or forwards, but it does neither");
    }
    let name = message.from.split_once('<').map_or("", |(name, _)| name);
    if name.chars().any(is_picture) {
        return Warn("the display name has pictures in it");
    }
    let name = fold::fold(name.trim_matches(['"', ' ']));
    let words = || name.split(' ').filter(|word| !word.is_empty());
    let named =
        receiver.into_iter().flatten().map(fold::fold).any(|part| part.len() > 1 && words().any(|word| *word == *part));
    if named {
        return Warn("the display name has the receiver's name in it");
    }
    if !name.is_empty() && subject.len() > 3 && name.contains(&*subject) {
        return Warn("the display name has the subject in it");
    }
    let body: String = message.body.chars().filter(|c| !c.is_whitespace()).map(|c| c.to_ascii_lowercase()).collect();
    if ["display:none", "visibility:hidden", "font-size:0"].iter().any(|style| body.contains(style)) {
        return Warn("the text has hidden parts");
    }
    Pass
}

/// Emoji and the badges made of them.
const fn is_picture(c: char) -> bool {
    matches!(c, '\u{2190}'..='\u{21ff}' | '\u{2300}'..='\u{27bf}' | '\u{2b00}'..='\u{2bff}' | '\u{fe0f}' | '\u{1f000}'..='\u{1faff}')
}
