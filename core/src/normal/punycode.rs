//! Punycode of one domain label, so that `münchen.de` and `xn--mnchen-3ya.de` are one domain.
//!
//! *Input*: a label in lower case. *Output*: the label itself if it is ASCII, else `xn--` and its Punycode.
//! *Invariant*: idempotent. *Source*: RFC 3492, section 6.3, with the parameters of section 5.

use std::borrow::Cow;

const BASE: u32 = 36;
const T_MIN: u32 = 1;
const T_MAX: u32 = 26;
const SKEW: u32 = 38;
const DAMP: u32 = 700;
const FIRST_BIAS: u32 = 72;
const FIRST_CODE: u32 = 0x80;

/// The longest label, in characters, that is worth encoding: DNS allows 63 octets, and each character takes at least
/// one. The bound also keeps every sum below within 32 bits.
const LONGEST: usize = 63;

/// The ASCII form of `label`; nothing if it is too long for DNS whatever its encoding.
#[must_use]
pub fn to_ascii(label: &str) -> Option<Cow<'_, str>> {
    if label.is_ascii() {
        return Some(Cow::Borrowed(label));
    }
    let codes: Vec<u32> = label.chars().take(LONGEST + 1).map(u32::from).collect();
    if codes.len() > LONGEST {
        return None;
    }
    let mut out = String::from("xn--");
    out.extend(label.chars().filter(char::is_ascii));
    let basic: u32 = codes.iter().filter(|&&code| code < FIRST_CODE).map(|_| 1).sum();
    if basic > 0 {
        out.push('-');
    }
    let mut n = FIRST_CODE;
    let mut delta = 0;
    let mut bias = FIRST_BIAS;
    let mut handled = basic;
    while let Some(next) = codes.iter().copied().filter(|&code| code >= n).min() {
        delta += (next - n) * (handled + 1);
        n = next;
        for &code in &codes {
            if code < n {
                delta += 1;
            } else if code == n {
                push_number(delta, bias, &mut out);
                bias = adapt(delta, handled + 1, handled == basic);
                delta = 0;
                handled += 1;
            }
        }
        delta += 1;
        n += 1;
    }
    Some(Cow::Owned(out))
}

fn push_number(mut q: u32, bias: u32, out: &mut String) {
    let mut k = BASE;
    loop {
        let t = k.saturating_sub(bias).clamp(T_MIN, T_MAX);
        if q < t {
            break out.push(digit(q));
        }
        out.push(digit(t + (q - t) % (BASE - t)));
        q = (q - t) / (BASE - t);
        k += BASE;
    }
}

fn digit(value: u32) -> char {
    char::from(b"abcdefghijklmnopqrstuvwxyz0123456789"[value as usize])
}

fn adapt(delta: u32, points: u32, first: bool) -> u32 {
    let mut delta = if first { delta / DAMP } else { delta / 2 };
    delta += delta / points;
    let mut k = 0;
    while delta > ((BASE - T_MIN) * T_MAX) / 2 {
        delta /= BASE - T_MIN;
        k += BASE;
    }
    k + (BASE - T_MIN + 1) * delta / (delta + SKEW)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_examples_of_the_rfc_and_of_registries() {
        // RFC 3492, section 7.1 (A, B, D, L in lower case), and names in the root zone.
        for (label, want) in [
            ("ليهمابتكلموشعربي؟", "xn--egbpdaj6bu4bxfgehfvwxn"),
            ("他们为什么不说中文", "xn--ihqwcrb4cv8a8dqg056pqjye"),
            ("pročprostěnemluvíčesky", "xn--proprostnemluvesky-uyb24dma41a"),
            ("3年b組金八先生", "xn--3b-ww4c5e180e575a65lsy2b"),
            ("münchen", "xn--mnchen-3ya"),
            ("straße", "xn--strae-oqa"),
            ("рф", "xn--p1ai"),
            ("公司", "xn--55qx5d"),
            ("plain-1", "plain-1"),
            ("xn--p1ai", "xn--p1ai"),
        ] {
            assert_eq!(to_ascii(label).as_deref(), Some(want), "{label}");
        }
        assert_eq!(to_ascii(&"ü".repeat(64)), None);
        // The largest sums there can be.
        assert!(to_ascii(&"\u{10ffff}".repeat(63)).is_some());
    }
}
