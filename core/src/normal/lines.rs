//! Tables as text: one entry a line, sorted by bytes, `key` or `key=value`.
//!
//! *Input*: a key in normal form. *Output*: whether it is there, and its value. *Invariant*: the lines are sorted and each key is
//! there once; [`Lines::check`] says so in the tests of each table.
//!
//! A text compresses better than a list of string slices, which costs eight bytes an entry in wasm, and its changes can be
//! read.

pub(super) struct Lines(pub(super) &'static str);

impl Lines {
    /// The value of `key`, `""` where the line has none.
    pub(super) fn get(&self, key: &str) -> Option<&'static str> {
        let bytes = self.0.as_bytes();
        let (mut low, mut high) = (0, bytes.len());
        while low < high {
            let middle = usize::midpoint(low, high);
            let start = bytes[low..middle].iter().rposition(|&b| b == b'\n').map_or(low, |at| low + at + 1);
            let end = bytes[middle..high].iter().position(|&b| b == b'\n').map_or(high, |at| middle + at);
            let line = &bytes[start..end];
            let equals = line.iter().position(|&b| b == b'=').unwrap_or(line.len());
            match line[..equals].cmp(key.as_bytes()) {
                std::cmp::Ordering::Less => low = end + 1,
                std::cmp::Ordering::Greater => high = start,
                std::cmp::Ordering::Equal => return self.0.get((start + equals + 1).min(end)..end),
            }
        }
        None
    }

    pub(super) fn contains(&self, key: &str) -> bool {
        self.get(key).is_some()
    }

    /// Keys and values, in order.
    #[cfg(test)]
    pub(super) fn iter(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        self.0.lines().map(|line| line.split_once('=').unwrap_or((line, "")))
    }

    /// Panics unless the lines are sorted, each key there once, and every key found.
    #[cfg(test)]
    pub(super) fn check(&self) {
        let keys: Vec<&str> = self.iter().map(|(key, _)| key).collect();
        assert!(keys.windows(2).all(|pair| pair[0] < pair[1]), "{:?}", keys.windows(2).find(|pair| pair[0] >= pair[1]));
        for (key, value) in self.iter() {
            assert_eq!(self.get(key), Some(value), "{key}");
            assert_eq!(self.get(&format!("{key} ")), None, "{key}");
            let shorter = key.char_indices().last().map_or("", |(at, _)| &key[..at]);
            assert_eq!(self.contains(shorter), keys.contains(&shorter), "{key}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_found_wherever_they_stand() {
        for text in ["a\n", "a", "a=1\nb\nbb=2\nc=\n", "a=1\nb\nbb=2\nc="] {
            let lines = Lines(text);
            assert_eq!(lines.get("a"), Some(if text.contains('=') { "1" } else { "" }));
            assert_eq!(lines.get("bb").is_some(), text.len() > 2);
            assert_eq!(lines.get(""), None);
            assert_eq!(lines.get("d"), None);
            assert_eq!(lines.get("ba"), None);
        }
        assert_eq!(Lines("").get("a"), None);
    }
}
