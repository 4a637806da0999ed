//! What the address bar says: the open section, the place in it and the chosen lead, `#section=routing&lead=42`.
//!
//! Input: hash and query of the page's address. Output: a [`Route`], and its hash. The query is what a host page
//! gives; the hash wins.

/// What is open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Route {
    /// The open section of the contract.
    pub(crate) section: Option<String>,
    /// The place in the contract to look at.
    pub(crate) at: Option<String>,
    /// The chosen lead, by its id in the CRM.
    pub(crate) lead: Option<String>,
    /// Whose duplicates are shown instead of what follows for the leads: `people` or `companies`.
    pub(crate) duplicates: Option<String>,
    /// Which page on audit logs covers the rest; what stands here is theirs.
    pub(crate) audit: Option<String>,
}

impl Route {
    /// Reads `#section=…&lead=…` over `?lead=…`.
    pub(crate) fn read(hash: &str, query: &str) -> Self {
        let mut route = Self::default();
        for text in [query.trim_start_matches('?'), hash.trim_start_matches('#')] {
            for (key, value) in text.split('&').filter_map(|pair| pair.split_once('=')) {
                let place = match key {
                    "section" => &mut route.section,
                    "at" => &mut route.at,
                    "lead" => &mut route.lead,
                    "duplicates" => &mut route.duplicates,
                    "audit" => &mut route.audit,
                    _ => continue,
                };
                let value = decode(value);
                *place = (!value.is_empty()).then_some(value);
            }
        }
        route
    }

    /// The hash that says this.
    pub(crate) fn hash(&self) -> String {
        let keys = [
            ("section", &self.section),
            ("at", &self.at),
            ("lead", &self.lead),
            ("duplicates", &self.duplicates),
            ("audit", &self.audit),
        ];
        let parts: Vec<String> =
            keys.into_iter().filter_map(|(key, value)| Some(format!("{key}={}", encode(value.as_deref()?)))).collect();
        format!("#{}", parts.join("&"))
    }
}

fn encode(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b'/' | b'@' => {
                out.push(char::from(byte));
            }
            other => out.push_str(&format!("%{other:02X}")),
        }
    }
    out
}

/// Percent-decoding; what is not valid stays as it is.
fn decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut index = 0;
    while let Some(&byte) = bytes.get(index) {
        let pair = text.get(index + 1..index + 3);
        match (byte, pair.and_then(|pair| u8::from_str_radix(pair, 16).ok())) {
            (b'%', Some(value)) => {
                out.push(value);
                index += 3;
            }
            (b'+', _) => {
                out.push(b' ');
                index += 1;
            }
            _ => {
                out.push(byte);
                index += 1;
            }
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::Route;

    #[test]
    fn a_route_survives_its_hash() {
        let route = Route {
            section: Some("routing".into()),
            at: Some("/routing/rules/emea-enterprise".into()),
            lead: Some("Åsa & 100%+1".into()),
            duplicates: Some("companies".into()),
            audit: Some("review".into()),
        };
        assert_eq!(Route::read(&route.hash(), ""), route);
        assert_eq!(Route::read("#", ""), Route::default());
    }

    #[test]
    fn the_hash_wins_over_the_query() {
        let route = Route::read("#lead=2", "?lead=1&section=json&other=x");
        assert_eq!(route.lead.as_deref(), Some("2"));
        assert_eq!(route.section.as_deref(), Some("json"));
        assert_eq!(Route::read("#lead=%zz", "").lead.as_deref(), Some("%zz"));
    }
}
