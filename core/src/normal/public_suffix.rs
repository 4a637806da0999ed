//! The public-suffix list: under which suffixes names can be registered.
//!
//! *Input*: a host in lower case, its labels in ASCII. *Output*: where its public suffix begins. *Invariant*: the answer
//! is that of the list's own algorithm, the longest matching rule, exceptions first, `*` if none matches.
//!
//! *Source*: the Public Suffix List (<https://publicsuffix.org/list/>), ICANN and private sections, MPL-2.0; version and
//! notice are in `core/src/tables/public_suffix.txt`, which `cargo run -p interlock-core --example refresh_public_suffix` writes.
//! The table is text, a tree with the top-level domain outermost, because text compresses best (34 KB gzipped; the list
//! itself 46 KB) and its changes can be read. It is indexed once, at the first question, in well under a millisecond.

use std::sync::OnceLock;

use super::lines;
use crate::tables::PUBLIC_SUFFIX;

/// A rule ends at this node.
const RULE: u8 = 1;
/// An exception (`!`) ends at this node.
const EXCEPTION: u8 = 2;
/// Every label below this node is a rule (`*`).
const ANY_BELOW: u8 = 4;

const SLOTS: usize = 1 << 15;
const ROOT: u16 = 0;

/// Where the public suffix of `host` begins.
#[must_use]
pub fn suffix_start(host: &str) -> usize {
    static INDEX: OnceLock<Index> = OnceLock::new();
    INDEX.get_or_init(|| Index::new(PUBLIC_SUFFIX.text())).suffix_start(host)
}

struct Node {
    label: &'static str,
    parent: u16,
    kind: u8,
}

/// The tree as a hash table over (parent, label).
struct Index {
    nodes: Vec<Node>,
    slots: Vec<u16>,
}

impl Index {
    fn new(table: &'static str) -> Self {
        let root = Node { label: "", parent: ROOT, kind: 0 };
        let mut index = Index { nodes: vec![root], slots: vec![ROOT; SLOTS] };
        for line in table.lines().filter(|line| !line.starts_with("//")) {
            index.add_line(line);
        }
        index
    }

    /// Adds one top-level domain and all below it. The table is our own; what does not fit its grammar is passed over,
    /// and the tests compare the whole with the list.
    fn add_line(&mut self, line: &'static str) {
        let mut parents = vec![ROOT];
        let mut last = ROOT;
        let mut start = 0;
        for (at, byte) in line.bytes().chain([b',']).enumerate() {
            let kind = match byte {
                b'!' => EXCEPTION,
                b'?' => 0,
                b'(' | b')' | b',' => RULE,
                _ => continue,
            };
            let parent = parents.last().copied().unwrap_or(ROOT);
            match line.get(start..at) {
                None | Some("") => {}
                Some("*") => self.nodes[usize::from(parent)].kind |= ANY_BELOW,
                Some(label) => last = self.add(Node { label, parent, kind }),
            }
            start = at + 1;
            match byte {
                b'(' => parents.push(last),
                b')' => drop(parents.pop()),
                _ => {}
            }
        }
    }

    fn add(&mut self, node: Node) -> u16 {
        let Ok(id) = u16::try_from(self.nodes.len()) else { return ROOT };
        let mut slot = hash(node.parent, node.label.as_bytes());
        while self.slots[slot] != ROOT {
            slot = (slot + 1) % SLOTS;
        }
        self.slots[slot] = id;
        self.nodes.push(node);
        id
    }

    fn child(&self, parent: u16, label: &str) -> Option<u16> {
        let mut slot = hash(parent, label.as_bytes());
        loop {
            let id = self.slots[slot];
            if id == ROOT {
                return None;
            }
            let node = &self.nodes[usize::from(id)];
            if node.parent == parent && node.label == label {
                return Some(id);
            }
            slot = (slot + 1) % SLOTS;
        }
    }

    fn suffix_start(&self, host: &str) -> usize {
        let bytes = host.as_bytes();
        let mut node = ROOT;
        let mut end = bytes.len();
        let mut best = None;
        loop {
            let start = bytes[..end].iter().rposition(|&b| b == b'.').map_or(0, |dot| dot + 1);
            let child = self.child(node, &host[start..end]);
            let kind = child.map_or(0, |id| self.nodes[usize::from(id)].kind);
            if kind & EXCEPTION != 0 {
                // The suffix is what the exception's rule has without its first label.
                return (end + 1).min(bytes.len());
            }
            let any = self.nodes[usize::from(node)].kind & ANY_BELOW != 0;
            if kind & RULE != 0 || any || best.is_none() {
                best = Some(start);
            }
            match child {
                Some(id) if start > 0 => (node, end) = (id, start - 1),
                _ => return best.unwrap_or(start),
            }
        }
    }
}

/// Where a label below a parent is looked for first.
fn hash(parent: u16, label: &[u8]) -> usize {
    lines::hash(u32::from(parent).wrapping_mul(0x9e37_79b1), label) % SLOTS
}

#[cfg(test)]
mod tests {
    use super::*;

    fn suffix(host: &str) -> &str {
        &host[suffix_start(host)..]
    }

    #[test]
    fn rules_wildcards_and_exceptions() {
        for (host, want) in [
            ("com", "com"),
            ("foo.com", "com"),
            ("www.foo.co.uk", "co.uk"),
            ("foo.github.io", "github.io"),
            ("github.io", "github.io"),
            ("a.b.ck", "b.ck"),
            ("b.ck", "b.ck"),
            ("www.ck", "ck"),
            ("x.www.ck", "ck"),
            ("city.kobe.jp", "kobe.jp"),
            ("x.y.kobe.jp", "y.kobe.jp"),
            // The interior of a rule is not a rule.
            ("amazonaws.com", "com"),
            ("x.unlisted-top", "unlisted-top"),
            ("xn--85x722f.xn--55qx5d.cn", "xn--55qx5d.cn"),
        ] {
            assert_eq!(suffix(host), want, "{host}");
        }
    }

    #[test]
    fn the_index_has_room() {
        let index = Index::new(PUBLIC_SUFFIX.text());
        assert!(index.nodes.len() > 10_000 && index.nodes.len() < SLOTS / 2);
    }
}
