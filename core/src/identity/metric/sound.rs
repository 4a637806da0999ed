//! Codes of how a name sounds.
//!
//! *Input*: a name in normal form. *Output*: a code that names which sound alike share, or nothing for a name without
//! letters of the basic Latin alphabet: the rules know no others. Signs, spaces, digits and other letters are passed
//! over.

/// What no code exceeds; longer ones are cut.
const LENGTH: usize = 12;

/// A code: a few capital letters and digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code([u8; LENGTH]);

impl Code {
    /// The code as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        let end = self.0.iter().position(|b| *b == 0).unwrap_or(LENGTH);
        std::str::from_utf8(&self.0[..end]).unwrap_or_default()
    }

    /// The code of what is written, if anything is.
    fn of(written: &[u8]) -> Option<Self> {
        let mut code = [0; LENGTH];
        written.iter().zip(&mut code).for_each(|(b, place)| *place = *b);
        (!written.is_empty()).then_some(Self(code))
    }
}

/// The letters of a name, capital, as many as there is room.
fn letters(name: &str, room: &mut [u8; 32]) -> usize {
    let mut count = 0;
    // A megabyte without letters must not be gone through.
    let letters = name.bytes().take(4 * super::LONGEST).filter(u8::is_ascii_alphabetic);
    for (place, b) in room.iter_mut().zip(letters) {
        *place = b.to_ascii_uppercase();
        count += 1;
    }
    count
}

/// The Soundex code: the first letter and three digits, for English names.
///
/// *Source*: the rules of the United States' National Archives, by which letters of one digit are one also across an H or
/// a W.
#[must_use]
pub fn soundex(name: &str) -> Option<Code> {
    let mut room = [0; 32];
    let count = letters(name, &mut room);
    let first = *room[..count].first()?;
    let mut code = [first, b'0', b'0', b'0'];
    let mut places = code[1..].iter_mut();
    let mut last = digit(first);
    for letter in &room[1..count] {
        let digit = digit(*letter);
        if digit != b'0' && digit != last {
            match places.next() {
                Some(place) => *place = digit,
                None => break,
            }
        }
        if !matches!(letter, b'H' | b'W') {
            last = digit;
        }
    }
    Code::of(&code)
}

/// The digit of a capital letter; `0` of a vowel and of H, W and Y.
fn digit(letter: u8) -> u8 {
    let place = usize::from(letter.wrapping_sub(b'A'));
    b"01230120022455012623010202".get(place).copied().unwrap_or(b'0')
}

/// The NYSIIS code, for names of many origins: it keeps where vowels stand, and knows German, Slavic and Spanish
/// spellings that Soundex does not.
///
/// *Source*: Taft, *Name search techniques* (New York State Identification and Intelligence System, 1970), without its
/// cut at six letters; the reading of the rules is jellyfish's.
///
/// ```
/// use interlock_core::identity::metric::nysiis;
/// assert_eq!(nysiis("catherine"), nysiis("katerina"));
/// ```
#[must_use]
pub fn nysiis(name: &str) -> Option<Code> {
    let mut room = [0; 32];
    let mut count = letters(name, &mut room);
    let begin = [("MAC", "MCC"), ("KN", "NN"), ("K", "C"), ("PH", "FF"), ("PF", "FF"), ("SCH", "SSS")];
    if let Some((_, then)) = begin.iter().find(|(from, _)| room[..count].starts_with(from.as_bytes())) {
        room[..then.len()].copy_from_slice(then.as_bytes());
    }
    if let Some(at) = count.checked_sub(2) {
        let end = match &room[at..count] {
            b"IE" | b"EE" => b'Y',
            b"DT" | b"RT" | b"RD" | b"NT" | b"ND" => b'D',
            _ => 0,
        };
        if end != 0 {
            room[at] = end;
            count -= 1;
        }
    }
    let name = &room[..count];
    let mut code = Vec::with_capacity(LENGTH);
    code.push(*name.first()?);
    let mut at = 1;
    while let Some(letter) = name.get(at) {
        let after_vowel = is_vowel(name[at - 1]);
        let (then, taken): (&[u8], _) = match &name[at..] {
            [b'E', b'V', ..] => (b"AF", 2),
            [b'S', b'C', b'H', ..] => (b"SS", 3),
            [b'P', b'H', ..] => (b"F", 2),
            [b'K', b'N', ..] | [b'M', ..] => (b"N", 1),
            [b'Q', ..] => (b"G", 1),
            [b'Z', ..] => (b"S", 1),
            [b'K', ..] => (b"C", 1),
            // Heard between vowels alone; else it is as the letter before, as a W after a vowel is.
            [b'H', next @ ..] if !(after_vowel && next.first().is_some_and(|b| is_vowel(*b))) => (b"", 1),
            [b'W', ..] if after_vowel => (b"", 1),
            _ if is_vowel(*letter) => (b"A", 1),
            _ => (std::slice::from_ref(letter), 1),
        };
        if then.last() != code.last() {
            code.extend_from_slice(then);
        }
        at += taken;
    }
    if code.len() > 1 && code.last() == Some(&b'S') {
        code.pop();
    }
    if code.ends_with(b"AY") {
        code.truncate(code.len() - 2);
        code.push(b'Y');
    }
    if code.len() > 1 && code.last() == Some(&b'A') {
        code.pop();
    }
    Code::of(&code)
}

fn is_vowel(letter: u8) -> bool {
    matches!(letter, b'A' | b'E' | b'I' | b'O' | b'U')
}
