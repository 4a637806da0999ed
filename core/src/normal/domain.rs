//! Domains: the host in a cell, and the domain its owner registered.
//!
//! *Input*: a host or a URL as people write them (`https://www.Foo.co.uk/x`, `foo.de.`, `//shop.foo.com:8080`).
//! *Output*: the host in lower case with labels in ASCII (`www.foo.co.uk`), its public suffix (`co.uk`) and its
//! registrable domain (`foo.co.uk`). *Invariant*: the host of a host is itself. *Source*: RFC 1123 for hosts, the
//! public-suffix list for the rest; see [`public_suffix`](super::public_suffix).
//!
//! International labels are lowered, their marks put to the letters, and put in Punycode; the full mapping of UTS 46 is not applied, Punycode is left as
//! it is found.

use std::borrow::Cow;
use std::fmt;

use super::case::lower_text;
use super::compose::compose;
use super::fold::trim;
use super::{public_suffix, punycode};
use crate::text;

/// A host and the parts of it that matter.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Domain<'a> {
    host: Cow<'a, str>,
    registrable: Option<usize>,
    suffix: usize,
}

/// Why a text is no host.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DomainProblem {
    /// There is nothing to read.
    Blank,
    /// One label alone.
    NoDot,
    /// Two dots in a row, or one at the beginning.
    EmptyLabel,
    /// A label above 63 octets, or a host above 253.
    TooLong,
    /// A character that no host has.
    Character(char),
    /// A label that begins or ends with a hyphen.
    Hyphen,
    /// An IP address: it has no registrable domain.
    IpAddress,
}

impl<'a> Domain<'a> {
    /// Reads a host.
    ///
    /// # Errors
    /// What makes `raw` no host name.
    pub fn from_host(raw: &'a str) -> Result<Self, DomainProblem> {
        let host = host(trim(raw))?;
        let suffix = public_suffix::suffix_start(&host);
        // Where the suffix is the whole host, nobody registered it.
        let registrable = suffix.checked_sub(1).map(|dot| label_start(&host, dot));
        Ok(Domain { host, registrable, suffix })
    }

    /// Reads a host, or takes it from a URL with or without scheme; a `user@` before it is passed over, so that an
    /// e-mail address in a website column gives its domain.
    ///
    /// # Errors
    /// What makes the host no host name.
    pub fn from_host_or_url(raw: &'a str) -> Result<Self, DomainProblem> {
        let text = trim(raw);
        let text = match text.split_once("//") {
            Some((scheme, rest)) if scheme.is_empty() || scheme.ends_with(':') => rest,
            _ => text,
        };
        let text = text.split(['/', '?', '#', '\\']).next().unwrap_or(text);
        let text = text.rsplit_once('@').map_or(text, |(_, host)| host);
        if text.starts_with('[') {
            return Err(DomainProblem::IpAddress);
        }
        let text = match text.rsplit_once(':') {
            Some((host, port)) if port.bytes().all(|b| b.is_ascii_digit()) => host,
            _ => text,
        };
        Domain::from_host(text)
    }

    /// The whole host: `www.foo.co.uk`.
    #[must_use]
    pub fn host(&self) -> &str {
        &self.host
    }

    /// The domain its owner registered: `foo.co.uk`. A host that is itself a public suffix (`co.uk`, `github.io`) has none.
    #[must_use]
    pub fn registrable(&self) -> Option<&str> {
        self.registrable.map(|at| &self.host[at..])
    }

    /// The public suffix: `co.uk`.
    #[must_use]
    pub fn suffix(&self) -> &str {
        &self.host[self.suffix..]
    }

    /// The registrable domain, taken out; the whole host where there is none.
    #[must_use]
    pub fn into_registrable(self) -> Cow<'a, str> {
        let at = self.registrable.unwrap_or(0);
        match self.host {
            Cow::Borrowed(host) => Cow::Borrowed(&host[at..]),
            Cow::Owned(mut host) => {
                host.drain(..at);
                Cow::Owned(host)
            }
        }
    }
}

/// The registrable domain of a host or URL, or the host itself where it has none.
///
/// # Errors
/// What makes the host no host name.
pub fn registrable(raw: &str) -> Result<Cow<'_, str>, DomainProblem> {
    Domain::from_host_or_url(raw).map(Domain::into_registrable)
}

/// [`registrable`] of a host that is in normal form already, so that nothing is left to check.
pub(crate) fn registrable_of_normal(host: &str) -> &str {
    let suffix = public_suffix::suffix_start(host);
    &host[suffix.checked_sub(1).map_or(0, |dot| label_start(host, dot))..]
}

/// Where the label begins that ends at `end`.
fn label_start(host: &str, end: usize) -> usize {
    host.as_bytes()[..end].iter().rposition(|&b| b == b'.').map_or(0, |dot| dot + 1)
}

/// The normal form of a trimmed host.
pub(super) fn host(raw: &str) -> Result<Cow<'_, str>, DomainProblem> {
    let raw = raw.strip_suffix('.').unwrap_or(raw);
    let host = if raw.is_ascii() {
        if raw.bytes().any(|b| b.is_ascii_uppercase()) {
            Cow::Owned(raw.to_ascii_lowercase())
        } else {
            Cow::Borrowed(raw)
        }
    } else {
        Cow::Owned(international(raw)?)
    };
    check(&host)?;
    Ok(host)
}

fn international(raw: &str) -> Result<String, DomainProblem> {
    let mut out = String::with_capacity(raw.len() + 8);
    // The full stops of IDNA (RFC 3490, section 3.1).
    for label in raw.split(['.', '\u{3002}', '\u{ff0e}', '\u{ff61}']) {
        let label = compose(&lower_text(label));
        if let Some(c) = label.chars().find(|c| c.is_whitespace() || c.is_control()) {
            return Err(DomainProblem::Character(c));
        }
        if !out.is_empty() {
            out.push('.');
        }
        out.push_str(&punycode::to_ascii(&label).ok_or(DomainProblem::TooLong)?);
    }
    Ok(out)
}

fn check(host: &str) -> Result<(), DomainProblem> {
    if host.is_empty() {
        return Err(DomainProblem::Blank);
    }
    if !host.bytes().all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_'))
        && let Some(c) = host.chars().find(|&c| !matches!(c, 'a'..='z' | '0'..='9' | '-' | '.' | '_'))
    {
        return Err(DomainProblem::Character(c));
    }
    if host.len() > 253 {
        return Err(DomainProblem::TooLong);
    }
    let mut last = &b""[..];
    for label in host.as_bytes().split(|b| *b == b'.') {
        match label {
            [] => return Err(DomainProblem::EmptyLabel),
            [b'-', ..] | [.., b'-'] => return Err(DomainProblem::Hyphen),
            bytes if bytes.len() > 63 => return Err(DomainProblem::TooLong),
            _ => last = label,
        }
    }
    if last.len() == host.len() {
        return Err(DomainProblem::NoDot);
    }
    // No top-level domain is a number, so what ends in one is an address.
    if last.iter().all(u8::is_ascii_digit) {
        return Err(DomainProblem::IpAddress);
    }
    Ok(())
}

impl DomainProblem {
    /// What to do about it.
    #[must_use]
    pub fn help(self) -> &'static str {
        match self {
            DomainProblem::Blank => "leave the cell empty or give a domain such as `acme.com`",
            DomainProblem::NoDot => "give the full name with its ending, such as `acme.com`",
            DomainProblem::IpAddress => "give the name of the site, such as `acme.com`",
            _ => "give a host such as `acme.com` or a URL such as `https://acme.com/about`",
        }
    }
}

impl fmt::Display for DomainProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            DomainProblem::Blank => f.write_str("no domain given"),
            DomainProblem::NoDot => f.write_str("a domain needs a dot"),
            DomainProblem::EmptyLabel => f.write_str("a domain has no two dots in a row"),
            DomainProblem::TooLong => {
                f.write_str("longer than a domain can be (63 characters between dots, 253 in all)")
            }
            DomainProblem::Character(c) => write!(f, "a domain has no `{}`", text::shown(*c)),
            DomainProblem::Hyphen => f.write_str("no part of a domain begins or ends with a hyphen"),
            DomainProblem::IpAddress => f.write_str("an IP address is not a domain"),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn hosts_and_urls() {
        for (raw, host, registrable) in [
            ("https://www.Foo.co.uk/x", "www.foo.co.uk", Some("foo.co.uk")),
            ("  HTTP://foo.com:8080?x=//y ", "foo.com", Some("foo.com")),
            ("//shop.foo.com", "shop.foo.com", Some("foo.com")),
            ("foo.de.", "foo.de", Some("foo.de")),
            ("user:pass@foo.de/", "foo.de", Some("foo.de")),
            ("info@foo.de", "foo.de", Some("foo.de")),
            ("acme.github.io", "acme.github.io", Some("acme.github.io")),
            ("github.io", "github.io", None),
            ("co.uk", "co.uk", None),
            ("www.München.DE", "www.xn--mnchen-3ya.de", Some("xn--mnchen-3ya.de")),
            ("Mu\u{308}nchen.de", "xn--mnchen-3ya.de", Some("xn--mnchen-3ya.de")),
            ("食狮。公司。cn", "xn--85x722f.xn--55qx5d.cn", Some("xn--85x722f.xn--55qx5d.cn")),
            ("holmes-navarro.biz", "holmes-navarro.biz", Some("holmes-navarro.biz")),
        ] {
            let domain = Domain::from_host_or_url(raw).unwrap();
            assert_eq!((domain.host(), domain.registrable()), (host, registrable), "{raw}");
            assert_eq!(Domain::from_host(domain.host()).unwrap(), domain, "{raw}");
        }
        let domain = Domain::from_host("www.foo.co.uk").unwrap();
        assert!(matches!(&domain.host, Cow::Borrowed(_)));
        assert_eq!(domain.suffix(), "co.uk");
        assert_eq!(registrable("WWW.foo.co.uk").unwrap(), "foo.co.uk");
        assert_eq!(registrable("co.uk").unwrap(), "co.uk");
    }

    #[test]
    fn what_is_no_domain_says_why() {
        use DomainProblem as P;
        for (raw, want) in [
            ("", P::Blank),
            (" https:// ", P::Blank),
            ("n/a", P::NoDot),
            ("localhost:3000", P::NoDot),
            ("foo..com", P::EmptyLabel),
            (".com", P::EmptyLabel),
            ("foo bar.com", P::Character(' ')),
            ("fü\u{a0}r.com", P::Character('\u{a0}')),
            ("-foo.com", P::Hyphen),
            ("192.168.0.1", P::IpAddress),
            ("http://[::1]/", P::IpAddress),
        ] {
            assert_eq!(Domain::from_host_or_url(raw), Err(want), "{raw}");
        }
        assert_eq!(Domain::from_host(&format!("{}.com", "a".repeat(64))), Err(P::TooLong));
        assert_eq!(Domain::from_host(&format!("{}com", "ab.".repeat(90))), Err(P::TooLong));
        assert_eq!(P::Character('\n').to_string(), "a domain has no `\\n`");
    }
}
