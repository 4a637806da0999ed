//! Invented contacts, as many as one likes, from the demo's names.
//!
//! Output: contact number n, the same everywhere. Invariant: as in life a few names are frequent and most are rare; one
//! contact in ten has no e-mail address, four have no phone, half have no address.

use std::sync::OnceLock;

use interlock_core::contract::Attribute;
use interlock_core::identity::forms::{Forms, Reading};

use crate::random::Random;

/// Beginnings and endings that make many surnames of few.
const ENDINGS: [&str; 24] = [
    "", "s", "son", "mann", "er", "feld", "berg", "dorf", "ova", "ez", "well", "ton", "by", "stein", "hoff", "ini",
    "ard", "kamp", "ley", "wood", "ski", "sen", "ovic", "ides",
];
const BEGINNINGS: [&str; 12] = ["", "Mac", "Van ", "Al", "Ober", "Nieder", "Le ", "Da ", "Neu", "San", "Alt", "Fitz"];

/// A contact; what is not known is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contact {
    /// Its attributes as typed.
    pub cells: Vec<(Attribute, String)>,
}

fn names() -> &'static (Vec<&'static str>, Vec<&'static str>) {
    static NAMES: OnceLock<(Vec<&str>, Vec<&str>)> = OnceLock::new();
    NAMES.get_or_init(interlock_demo::latin_names)
}

fn surname(random: &mut Random) -> String {
    let (_, lasts) = names();
    let number = random.skewed(lasts.len() * ENDINGS.len() * BEGINNINGS.len());
    let (last, rest) = (number % lasts.len(), number / lasts.len());
    [BEGINNINGS[rest / ENDINGS.len()], lasts[last], ENDINGS[rest % ENDINGS.len()]].concat()
}

/// Contact number `number`.
#[must_use]
pub fn contact(number: u64) -> Contact {
    let mut random = Random::new(number.wrapping_mul(0xA076_1D64_78BD_642F) ^ 0x1A2E_7F01);
    let (firsts, lasts) = names();
    let given = firsts[random.skewed(firsts.len())].to_owned();
    let surname = surname(&mut random);
    let employer = random.skewed(60_000);
    let company = format!(
        "{} {}{}",
        lasts[employer % lasts.len()],
        ["Systems", "Logistik", "Labs", "Werke", "Partners", "Foods"][employer / lasts.len() % 6],
        match employer / lasts.len() / 6 {
            0 => String::new(),
            number => format!(" {number}"),
        }
    );
    let domain = format!("{}.example", company.to_lowercase().replace(' ', "-"));
    let plain: String = surname.chars().filter(char::is_ascii_alphabetic).collect();
    let mut cells = vec![(Attribute::GivenName, given.clone()), (Attribute::Surname, surname)];
    if random.below(10) > 0 {
        let more = if random.below(3) == 0 { String::new() } else { random.below(900).to_string() };
        let email = format!("{}.{plain}{more}@{domain}", given.replace(|c: char| !c.is_ascii_alphabetic(), ""));
        cells.push((Attribute::Email, email));
    }
    if random.below(10) > 3 {
        cells.push((Attribute::Phone, format!("+49 {} {:07}", 30 + random.below(900), random.below(10_000_000))));
    }
    cells.push((Attribute::Company, company));
    cells.push((Attribute::Domain, domain));
    if random.below(2) == 0 {
        let town = random.skewed(4000);
        cells.push((Attribute::Street, format!("{}weg {}", lasts[random.below(lasts.len())], random.below(200) + 1)));
        let city =
            format!("{}{}", lasts[town % lasts.len()], ["hausen", "stadt", "au", "bach"][town / lasts.len() % 4]);
        cells.push((Attribute::City, city));
        cells.push((Attribute::PostalCode, format!("{:05}", 1000 + town * 20 + random.below(20))));
    }
    Contact { cells }
}

/// A contact with a slip in one of its cells, chosen by `seed`: two letters exchanged, one lost or one doubled.
#[must_use]
pub fn misspelled(contact: &Contact, seed: u64) -> Contact {
    let mut random = Random::new(seed ^ 0x5171_F00D);
    let mut contact = contact.clone();
    let place = random.below(contact.cells.len());
    if let Some((_, text)) = contact.cells.get_mut(place) {
        let mut letters: Vec<char> = text.chars().collect();
        if letters.len() > 3 {
            let at = random.below(letters.len() - 2) + 1;
            match random.below(3) {
                0 => letters.swap(at, at - 1),
                1 => drop(letters.remove(at)),
                _ => letters.insert(at, letters[at]),
            }
        }
        *text = letters.into_iter().collect();
    }
    contact
}

impl Contact {
    /// Writes its forms.
    pub fn fill(&self, forms: &mut Forms) {
        for (attribute, text) in &self.cells {
            forms.set(*attribute, text, &Reading::default());
        }
    }
}
