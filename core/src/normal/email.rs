//! E-mail addresses.
//!
//! *Input*: a cell with one address: `a@b.com`, `Name <a@b.com>`, `mailto:a@b.com?subject=…`. *Output*: the address in
//! lower case, its local part and its domain, the domain's labels in ASCII. *Invariant*: the address of an address is
//! itself; equal addresses are what DESIGN calls an exact e-mail match.
//!
//! *Source*: the dot-atom form of RFC 5321 addresses (section 4.1.2) with its limits of length (4.5.3.1), and letters
//! beyond ASCII as RFC 6531 allows. Quoted local parts, comments and address literals are legal there and are refused
//! here: in a CRM they are slips. RFC 5321 lets a host tell `Bob` from `bob`; no provider does, so case is folded.

use std::borrow::Cow;
use std::fmt;

use super::case::lower_text;
use super::compose::compose;
use super::country::CountryCode;
use super::domain::{self, DomainProblem};
use super::fold::{is_blank, trim};
use crate::tables::ROLES;
use crate::text;

/// One address in normal form.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Email<'a> {
    address: Cow<'a, str>,
    at: usize,
}

/// Why a text is no address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EmailProblem {
    /// There is nothing to read.
    Blank,
    /// No `@`.
    NoAt,
    /// More than one address, or more than one `@`.
    Several,
    /// Nothing before the `@`.
    NoLocal,
    /// More than 64 octets before the `@`, or more than 254 in all.
    TooLong,
    /// A dot at either end of the local part, or two in a row.
    Dots,
    /// A character that the local part has only in quotes, or never.
    Character(char),
    /// What follows the `@` is no domain.
    Domain(DomainProblem),
}

impl<'a> Email<'a> {
    /// Reads the address in `raw`.
    ///
    /// # Errors
    /// What makes `raw` no address, or not just one.
    pub fn parse(raw: &'a str) -> Result<Self, EmailProblem> {
        if let Some(at) = at_of_plain(raw) {
            return Ok(Email { address: Cow::Borrowed(raw), at });
        }
        let bare = bare(raw);
        if bare.is_empty() {
            return Err(EmailProblem::Blank);
        }
        let (local, host) = bare.split_at(at(bare).ok_or(EmailProblem::NoAt)?);
        let host = &host[1..];
        if host.contains('@') {
            return Err(EmailProblem::Several);
        }
        check_local(local)?;
        let domain = match domain::host(host) {
            Err(DomainProblem::Character(',' | ';')) => return Err(EmailProblem::Several),
            other => other.map_err(EmailProblem::Domain)?,
        };
        let at = local.len();
        let kept = matches!(domain, Cow::Borrowed(domain) if domain.len() == host.len());
        let email = if kept && local.is_ascii() && !local.bytes().any(|b| b.is_ascii_uppercase()) {
            Email { address: Cow::Borrowed(bare), at }
        } else {
            let mut address = String::with_capacity(bare.len() + 8);
            if local.is_ascii() {
                address.push_str(local);
                address.make_ascii_lowercase();
            } else {
                address.push_str(&compose(&lower_text(local)));
            }
            let at = address.len();
            address.push('@');
            address.push_str(&domain);
            Email { address: Cow::Owned(address), at }
        };
        // Lower case can be longer than upper case.
        if email.at > 64 || email.address.len() > 254 {
            return Err(EmailProblem::TooLong);
        }
        Ok(email)
    }

    /// An address that is in normal form already, so that nothing is left to check.
    pub(crate) fn of_normal(address: &'a str) -> Self {
        Email { address: Cow::Borrowed(address), at: at(address).unwrap_or(0) }
    }

    /// The whole address.
    #[must_use]
    pub fn address(&self) -> &str {
        &self.address
    }

    /// What stands before the `@`.
    #[must_use]
    pub fn local(&self) -> &str {
        &self.address[..self.at]
    }

    /// The host that stands after the `@`.
    #[must_use]
    pub fn domain(&self) -> &str {
        &self.address[self.at + 1..]
    }

    /// The address, taken out.
    #[must_use]
    pub fn into_address(self) -> Cow<'a, str> {
        self.address
    }

    /// The local part before a plus tag.
    fn mailbox(&self) -> &str {
        match self.local().split_once('+') {
            Some((mailbox, _)) if !mailbox.is_empty() && !mailbox.ends_with('.') => mailbox,
            _ => self.local(),
        }
    }

    /// Whether the address is a function's, not a person's: `info@`, `sales-emea@`, `no.reply@`. Such an address is
    /// read by several people and by their successors, so it proves nobody's identity.
    #[must_use]
    pub fn is_role(&self) -> bool {
        let mailbox = self.mailbox();
        is_role(mailbox)
            || mailbox.split_once(['-', '.', '_']).is_some_and(|(role, region)| is_region(region) && is_role(role))
    }

    /// The address its provider delivers to, where that is known to differ: a plus tag dropped (any provider), dots
    /// dropped and `googlemail.com` read as `gmail.com` (Google), and the alias domains of Apple, Proton and Yandex. Two
    /// addresses of one provider form are probably one person's, never certainly.
    #[must_use]
    pub fn provider_form(&self) -> Cow<'_, str> {
        let mailbox = self.mailbox();
        let (domain, ignored): (&str, &[char]) = match self.domain() {
            "gmail.com" | "googlemail.com" => ("gmail.com", &['.']),
            "proton.me" | "protonmail.com" | "protonmail.ch" | "pm.me" => ("proton.me", &['.', '-', '_']),
            "yandex.ru" | "yandex.com" | "yandex.by" | "yandex.kz" | "yandex.ua" | "yandex.com.tr" | "ya.ru"
            | "narod.ru" => ("yandex.ru", &[]),
            "icloud.com" | "me.com" | "mac.com" => ("icloud.com", &[]),
            domain => (domain, &[]),
        };
        if mailbox == self.local() && domain == self.domain() && !mailbox.contains(ignored) {
            return Cow::Borrowed(&self.address);
        }
        let mut out: String = mailbox.chars().filter(|c| !ignored.contains(c)).collect();
        if out.is_empty() {
            out.push_str(mailbox);
        }
        if domain == "yandex.ru" {
            out = out.replace('.', "-");
        }
        out.push('@');
        out.push_str(domain);
        Cow::Owned(out)
    }
}

/// The parts of a cell that holds several addresses, as exports write them: parted by `;`, `,` or white space outside
/// of a display name.
pub fn split(cell: &str) -> impl Iterator<Item = &str> {
    let spaces = !cell.contains(['<', '"']);
    cell.split(move |c: char| matches!(c, ';' | ',') || (spaces && c.is_whitespace()))
        .map(trim)
        .filter(|s| !s.is_empty())
}

/// The address without display name, `mailto:` and white space.
fn bare(raw: &str) -> &str {
    let mut text = trim(raw);
    if let Some(head) = text.strip_suffix('>')
        && let Some((_, inner)) = head.rsplit_once('<')
        && head.matches('<').count() == 1
    {
        text = trim(inner);
    }
    if let Some(head) = text.get(..7)
        && head.eq_ignore_ascii_case("mailto:")
    {
        text = text[7..].split('?').next().unwrap_or_default();
        text = trim(text);
    }
    text
}

fn check_local(local: &str) -> Result<(), EmailProblem> {
    if is_blank(local) {
        return Err(EmailProblem::NoLocal);
    }
    let is_atext = |c: char| match c {
        '\0'..='\x7f' => c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c),
        _ => !c.is_whitespace() && !c.is_control() && !is_blank(c.encode_utf8(&mut [0; 4])),
    };
    let is_plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_' | b'+');
    let strange = if local.bytes().all(is_plain) { None } else { local.chars().find(|&c| !is_atext(c)) };
    match strange {
        Some(',' | ';') => return Err(EmailProblem::Several),
        Some(c) => return Err(EmailProblem::Character(c)),
        None => {}
    }
    if local.starts_with('.') || local.ends_with('.') || local.as_bytes().windows(2).any(|pair| pair == b"..") {
        return Err(EmailProblem::Dots);
    }
    Ok(())
}

/// Where the `@` of an address stands that is in normal form and as plain as most are: small letters and digits, with
/// one sign between them, and not long. None of what is not, which may be an address all the same.
fn at_of_plain(text: &str) -> Option<usize> {
    let (mut word, mut at, mut dot) = (false, None, false);
    for (place, b) in text.bytes().enumerate() {
        match b {
            b'a'..=b'z' | b'0'..=b'9' => {
                word = true;
                continue;
            }
            b'.' | b'-' if word => dot = b == b'.' && at.is_some() || dot,
            b'_' | b'+' if word && at.is_none() => {}
            b'@' if word && at.is_none() => at = Some(place),
            _ => return None,
        }
        word = false;
    }
    // A host that ends in a letter ends in no number.
    let ends = text.len() <= 63 && text.as_bytes().last().is_some_and(u8::is_ascii_lowercase);
    at.filter(|_| ends && dot)
}

/// Where the first `@` stands.
fn at(text: &str) -> Option<usize> {
    text.bytes().position(|b| b == b'@')
}

fn is_role(name: &str) -> bool {
    if ROLES.contains(name) {
        return true;
    }
    if !name.contains(['-', '.', '_']) || name.len() > 32 {
        return false;
    }
    let (mut joined, mut len) = ([0; 32], 0);
    for (place, b) in joined.iter_mut().zip(name.bytes().filter(|b| !matches!(b, b'-' | b'.' | b'_'))) {
        *place = b;
        len += 1;
    }
    std::str::from_utf8(&joined[..len]).is_ok_and(|name| ROLES.contains(name))
}

fn is_region(name: &str) -> bool {
    const REGIONS: &[&str] = &[
        "amer",
        "americas",
        "anz",
        "apac",
        "apj",
        "asia",
        "benelux",
        "dach",
        "emea",
        "eu",
        "europe",
        "global",
        "intl",
        "latam",
        "mena",
        "na",
        "nordics",
        "northamerica",
        "uk",
        "usa",
    ];
    REGIONS.binary_search(&name).is_ok() || (name.len() == 2 && CountryCode::from_alpha2(name).is_some())
}

impl EmailProblem {
    /// What to do about it.
    #[must_use]
    pub fn help(self) -> &'static str {
        match self {
            EmailProblem::Blank => "leave the cell empty or give an address such as `ann@acme.com`",
            EmailProblem::Several => {
                "give one address a cell; the first one that can be read is not taken, it may be the wrong one"
            }
            EmailProblem::Domain(problem) => problem.help(),
            _ => "give an address such as `ann@acme.com`",
        }
    }
}

impl fmt::Display for EmailProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            EmailProblem::Blank => f.write_str("no e-mail address given"),
            EmailProblem::NoAt => f.write_str("an e-mail address needs an `@`"),
            EmailProblem::Several => f.write_str("more than one e-mail address"),
            EmailProblem::NoLocal => f.write_str("nothing before the `@`"),
            EmailProblem::TooLong => {
                f.write_str("longer than an e-mail address can be (64 characters before the `@`, 254 in all)")
            }
            EmailProblem::Dots => f.write_str("a dot at the end of a name or two dots in a row before the `@`"),
            EmailProblem::Character(c) => write!(f, "an e-mail address has no `{}` before the `@`", text::shown(*c)),
            EmailProblem::Domain(problem) => write!(f, "after the `@`: {problem}"),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn addresses_in_their_disguises() {
        for (raw, want) in [
            ("anna72@example.net", "anna72@example.net"),
            (" Ann.Lee+x@Acme.COM\u{a0}", "ann.lee+x@acme.com"),
            ("Ann Lee <ann@acme.com>", "ann@acme.com"),
            ("\"Lee, Ann\" < Ann@acme.com >", "ann@acme.com"),
            ("MAILTO:ann@acme.com?subject=hi", "ann@acme.com"),
            ("ann@acme.com.", "ann@acme.com"),
            ("ÄNN@Müller.de", "änn@xn--mller-kva.de"),
            ("A\u{308}nn@Mu\u{308}ller.de", "änn@xn--mller-kva.de"),
            ("o'brien@acme.com", "o'brien@acme.com"),
        ] {
            let email = Email::parse(raw).unwrap();
            assert_eq!(email.address(), want, "{raw}");
            assert_eq!(format!("{}@{}", email.local(), email.domain()), want);
            assert_eq!(Email::parse(want).unwrap(), email);
        }
        assert!(matches!(Email::parse("ann@acme.com").unwrap().into_address(), Cow::Borrowed("ann@acme.com")));
        assert_eq!(split("a@b.com; c@d.com,e@f.com g@h.com").count(), 4);
        assert_eq!(split("Ann Lee <a@b.com>; c@d.com").count(), 2);
    }

    #[test]
    fn what_is_no_address_says_why() {
        use EmailProblem as P;
        for (raw, want) in [
            (" ", P::Blank),
            ("<>", P::Blank),
            ("ann", P::NoAt),
            ("n/a", P::NoAt),
            ("@acme.com", P::NoLocal),
            ("ann@@acme.com", P::Several),
            ("ann@acme.com, bob@acme.com", P::Several),
            ("ann@acme.com;", P::Several),
            ("ann@acme", P::Domain(DomainProblem::NoDot)),
            ("ann@", P::Domain(DomainProblem::Blank)),
            ("ann@[10.0.0.1]", P::Domain(DomainProblem::Character('['))),
            ("ann lee@acme.com", P::Character(' ')),
            ("\"ann\"@acme.com", P::Character('"')),
            (".ann@acme.com", P::Dots),
            ("an..n@acme.com", P::Dots),
            ("an\u{200b}n@acme.com", P::Character('\u{200b}')),
        ] {
            assert_eq!(Email::parse(raw).map(Email::into_address), Err(want), "{raw}");
        }
        assert_eq!(Email::parse(&format!("{}@acme.com", "a".repeat(65))), Err(P::TooLong));
        assert_eq!(P::Domain(DomainProblem::NoDot).to_string(), "after the `@`: a domain needs a dot");
    }

    #[test]
    fn roles_are_not_people() {
        ROLES.check();
        for role in
            ["info", "no-reply", "Sales", "sales-emea", "support.de", "customer_service", "info+crm", "vertrieb"]
        {
            assert!(Email::parse(&format!("{role}@acme.com")).unwrap().is_role(), "{role}");
        }
        for person in ["ann", "sales.lee", "informer", "hr.lee", "postma", "adm", "+info", "anna72"] {
            assert!(!Email::parse(&format!("{person}@acme.com")).unwrap().is_role(), "{person}");
        }
    }

    #[test]
    fn provider_forms() {
        for (raw, want) in [
            ("a.n.n+crm@googlemail.com", "ann@gmail.com"),
            ("ann@gmail.com", "ann@gmail.com"),
            ("ann.lee+x@acme.com", "ann.lee@acme.com"),
            ("ann.lee@acme.com", "ann.lee@acme.com"),
            ("an-n@pm.me", "ann@proton.me"),
            ("an.n@ya.ru", "an-n@yandex.ru"),
            ("an.n@yandex.com.tr", "an-n@yandex.ru"),
            ("ann.lee+x@me.com", "ann.lee@icloud.com"),
            ("ann@mac.com", "ann@icloud.com"),
            ("+x@gmail.com", "+x@gmail.com"),
        ] {
            let email = Email::parse(raw).unwrap();
            assert_eq!(email.provider_form(), want, "{raw}");
            let again = Email::parse(want).unwrap();
            assert_eq!(again.provider_form(), want, "{raw}");
        }
    }
}
