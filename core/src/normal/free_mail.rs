//! Domains whose addresses say nothing about an employer.
//!
//! *Input*: a domain in the normal form of [`domain`](super::domain). *Output*: whether it is shared by people who have
//! nothing to do with each other: free-mail and access providers, throw-away addresses, and the names that standards
//! reserve for examples. A company is never found or made by such a domain. *Invariant*: a subdomain of a shared domain
//! is shared.
//!
//! *Source*: a kept list of providers by country, checked against the npm packages `email-providers` (ISC) and
//! `free-email-domains-list` (MIT); reserved names from RFC 2606 and RFC 6761. It is short on purpose: a provider that
//! is missing costs a suggestion that a person rejects, a company that is wrongly listed loses its matches.
use crate::tables::{DISPOSABLE, FREE_MAIL};

/// Why a domain names no company.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Shared {
    /// Anyone can have an address there: `gmail.com`, `web.de`, `comcast.net`.
    FreeMail,
    /// Addresses there are thrown away after use: `mailinator.com`.
    Disposable,
    /// Reserved for documentation and tests: `example.com`, `acme.test`.
    Reserved,
}

/// Whether, and why, addresses at `domain` say nothing about an employer.
#[must_use]
pub fn shared(domain: &str) -> Option<Shared> {
    let mut rest = domain;
    while let Some(dot) = rest.bytes().position(|b| b == b'.') {
        if FREE_MAIL.contains(rest) {
            return Some(Shared::FreeMail);
        }
        if DISPOSABLE.contains(rest) {
            return Some(Shared::Disposable);
        }
        if RESERVED.contains(&rest) {
            return Some(Shared::Reserved);
        }
        rest = &rest[dot + 1..];
    }
    RESERVED.contains(&rest).then_some(Shared::Reserved)
}

/// Whether strangers have addresses at `domain`, so that it says nothing about a company: free mail, throw-away
/// addresses, and the three domains that documentation uses for everybody. Names under `.example` and `.test` may well
/// stand for companies.
#[must_use]
pub fn is_shared(domain: &str) -> bool {
    shared(domain).is_some_and(|shared| shared.by_strangers(domain))
}

impl Shared {
    /// [`is_shared`], where it is known already what [`shared`] says of the domain.
    pub(crate) fn by_strangers(self, domain: &str) -> bool {
        let at_or_below =
            |base: &str| domain.strip_suffix(base).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
        self != Self::Reserved || ["example.com", "example.net", "example.org"].into_iter().any(at_or_below)
    }
}

/// Whether `domain` belongs to a free-mail or access provider.
#[must_use]
pub fn is_free_mail(domain: &str) -> bool {
    shared(domain) == Some(Shared::FreeMail)
}

const RESERVED: &[&str] =
    &["example.com", "example.net", "example.org", "example", "invalid", "local", "localhost", "test"];

#[cfg(test)]
mod tests {
    use super::super::domain::Domain;
    use super::*;

    #[test]
    fn lists_are_sorted_disjoint_and_in_normal_form() {
        for list in [&FREE_MAIL, &DISPOSABLE] {
            list.check();
            for (domain, _) in list.iter() {
                let read = Domain::from_host(domain).unwrap();
                assert_eq!(read.host(), domain);
                // No entry is a public suffix: all that is registered below it would be shared.
                assert!(read.registrable().is_some(), "{domain}");
            }
        }
        assert!(FREE_MAIL.iter().all(|(domain, _)| !DISPOSABLE.contains(domain)));
    }

    #[test]
    fn shared_domains_are_told_apart() {
        for (domain, want) in [
            ("gmail.com", Some(Shared::FreeMail)),
            ("googlemail.com", Some(Shared::FreeMail)),
            ("yahoo.co.uk", Some(Shared::FreeMail)),
            ("outlook.de", Some(Shared::FreeMail)),
            ("hotmail.fr", Some(Shared::FreeMail)),
            ("web.de", Some(Shared::FreeMail)),
            ("qq.com", Some(Shared::FreeMail)),
            ("vip.qq.com", Some(Shared::FreeMail)),
            ("mail.ru", Some(Shared::FreeMail)),
            ("x.mailinator.com", Some(Shared::Disposable)),
            ("example.org", Some(Shared::Reserved)),
            ("crm.acme.test", Some(Shared::Reserved)),
            ("acme.com", None),
            ("mygmail.com", None),
            ("gmail.com.acme.de", None),
            ("com", None),
            ("", None),
        ] {
            assert_eq!(shared(domain), want, "{domain}");
        }
    }
}
