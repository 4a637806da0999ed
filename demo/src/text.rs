//! Turning values into the text a CRM export has: rows of CSV, dates, amounts, ids, addresses without diacritics.

use crate::random::Random;

/// A CSV file in the making. Every cell is quoted, as Salesforce does.
pub(crate) struct Csv(String);

impl Csv {
    pub(crate) fn new(headers: &[&str]) -> Self {
        let mut csv = Self(String::new());
        csv.row(headers);
        csv
    }

    pub(crate) fn row<T: AsRef<str>>(&mut self, cells: &[T]) {
        for (place, cell) in cells.iter().enumerate() {
            if place > 0 {
                self.0.push(',');
            }
            self.0.push('"');
            self.0.push_str(&cell.as_ref().replace('"', "\"\""));
            self.0.push('"');
        }
        self.0.push('\n');
    }

    pub(crate) fn bytes(self) -> Vec<u8> {
        self.0.into_bytes()
    }
}

/// A Salesforce id of 18 characters: the three characters of the object, an instance, a number and the check
/// characters that say which letters are capitals.
pub(crate) fn crm_id(object: &str, number: usize) -> String {
    const DIGITS: &[u8; 36] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    const CHECK: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";
    let mut tail = [b'0'; 7];
    let mut rest = number;
    for place in tail.iter_mut().rev() {
        *place = DIGITS[rest % 36];
        rest /= 36;
    }
    let mut id = format!("{object}Lf000");
    id.extend(tail.iter().map(|&digit| char::from(digit)));
    let check: Vec<char> = id
        .as_bytes()
        .chunks(5)
        .map(|five| {
            let capitals = five
                .iter()
                .enumerate()
                .filter(|(_, letter)| letter.is_ascii_uppercase())
                .fold(0, |bits, (place, _)| bits | 1 << place);
            char::from(CHECK[capitals])
        })
        .collect();
    id.extend(check);
    id
}

/// The day that follows 1970-01-01 by `days`, as year, month, day (H. Hinnant, *chrono-Compatible Low-Level Date
/// Algorithms*, `civil_from_days`).
fn civil(days: u32) -> (u32, u32, u32) {
    let shifted = days + 719_468;
    let era = shifted / 146_097;
    let of_era = shifted % 146_097;
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (year + era * 400 + u32::from(month <= 2), month, day)
}

/// A minute of the demo's time, counted back from [`crate::AS_OF`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Moment(u32);

impl Moment {
    /// Minutes from 1970-01-01T00:00Z to 2026-11-23T09:00Z.
    const AS_OF: u32 = 20_780 * 1440 + 9 * 60;

    pub(crate) fn minutes_ago(minutes: u32) -> Self {
        Self(Self::AS_OF - minutes)
    }

    pub(crate) fn days_ago(days: u32) -> Self {
        Self::minutes_ago(days * 1440)
    }

    /// The same time some days later, but never later than `AS_OF`.
    pub(crate) fn days_later(self, days: u32) -> Self {
        Self((self.0 + days * 1440).min(Self::AS_OF))
    }

    /// The same time some days later, be it in the future.
    pub(crate) fn ahead(self, days: u32) -> Self {
        Self(self.0 + days * 1440)
    }

    pub(crate) fn age_in_days(self) -> u32 {
        (Self::AS_OF.saturating_sub(self.0)) / 1440
    }

    /// `2026-11-23`
    pub(crate) fn date(self) -> String {
        let (year, month, day) = civil(self.0 / 1440);
        format!("{year:04}-{month:02}-{day:02}")
    }

    /// `2026-11-23T09:00:00.000Z`, as the API writes it.
    pub(crate) fn api(self) -> String {
        let minute = self.0 % 1440;
        format!("{}T{:02}:{:02}:00.000Z", self.date(), minute / 60, minute % 60)
    }

    /// `2026-11-23T09:00:00Z`
    pub(crate) fn rfc3339(self) -> String {
        let minute = self.0 % 1440;
        format!("{}T{:02}:{:02}:00Z", self.date(), minute / 60, minute % 60)
    }

    /// `23/11/2026`, as a report under a British locale writes it.
    pub(crate) fn report_date(self) -> String {
        let (year, month, day) = civil(self.0 / 1440);
        format!("{day:02}/{month:02}/{year:04}")
    }

    /// `23/11/2026 09:00`
    pub(crate) fn report(self) -> String {
        let minute = self.0 % 1440;
        format!("{} {:02}:{:02}", self.report_date(), minute / 60, minute % 60)
    }
}

/// `1234567` as `1,234,567`.
pub(crate) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// Lower-case ASCII letters and digits; what cannot be said in them falls away.
pub(crate) fn plain(text: &str) -> String {
    let mut out = String::new();
    for letter in text.chars().flat_map(char::to_lowercase) {
        match letter {
            'a'..='z' | '0'..='9' => out.push(letter),
            'ä' | 'æ' => out.push_str("ae"),
            'ö' | 'ø' | 'œ' => out.push_str("oe"),
            'ü' => out.push_str("ue"),
            'ß' => out.push_str("ss"),
            'å' | 'á' | 'à' | 'â' | 'ã' | 'ą' => out.push('a'),
            'č' | 'ç' | 'ć' => out.push('c'),
            'ď' => out.push('d'),
            'é' | 'è' | 'ê' | 'ë' | 'ě' | 'ę' => out.push('e'),
            'í' | 'î' | 'ï' => out.push('i'),
            'ł' => out.push('l'),
            'ñ' | 'ň' | 'ń' => out.push('n'),
            'ó' | 'ô' | 'õ' => out.push('o'),
            'ř' => out.push('r'),
            'š' | 'ś' | 'ş' => out.push('s'),
            'ť' => out.push('t'),
            'ú' | 'ů' | 'û' => out.push('u'),
            'ý' => out.push('y'),
            'ž' | 'ź' | 'ż' => out.push('z'),
            _ => {}
        }
    }
    out
}

/// The text with one slip of the keyboard: two letters swapped, one doubled or one left out.
pub(crate) fn typo(text: &str, random: &mut Random) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    if letters.len() < 5 {
        return text.to_owned();
    }
    // The first letter is nearly always right.
    let place = 1 + random.index(letters.len().min(10) - 3);
    match random.below(3) {
        0 if letters[place] != letters[place + 1] => letters.swap(place, place + 1),
        1 => letters.insert(place, letters[place]),
        _ => {
            letters.remove(place);
        }
    }
    letters.into_iter().collect()
}
