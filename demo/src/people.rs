//! People: names of many languages, their e-mail addresses and titles. Every combination is invented.

use crate::random::Random;
use crate::text::plain;

/// Which names a country mostly has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tongue {
    English,
    German,
    French,
    Spanish,
    Italian,
    Dutch,
    Nordic,
    Polish,
    Czech,
    Portuguese,
    Indian,
    Japanese,
    Korean,
    Ukrainian,
    Greek,
}

impl Tongue {
    const ALL: [Self; 15] = [
        Self::English,
        Self::German,
        Self::French,
        Self::Spanish,
        Self::Italian,
        Self::Dutch,
        Self::Nordic,
        Self::Polish,
        Self::Czech,
        Self::Portuguese,
        Self::Indian,
        Self::Japanese,
        Self::Korean,
        Self::Ukrainian,
        Self::Greek,
    ];

    /// First and last names. Where a name has another script, the Latin form follows a stroke.
    const fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::English => (
                "Ann Grace Megan Tom Oliver Jack Ruth Hazel Dylan Owen Claire Nora Ben Aisha Marcus Tara Zoe Neil",
                "Lee Walker Hughes Bennett O'Hara Ward Price Barlow Finch Sutton Hale Doyle MacRae Okafor Reed Carver",
            ),
            Self::German => (
                "Jürgen Lea Katrin Björn Sabine Jonas Anke Götz Miriam Uwe Svenja Tobias Käthe Lukas Heike",
                "Müller Brandt Schäfer Köhler Weiß Vogt Großmann Lindner Böttcher Kranz Hübner Roth Seidel Jäger",
            ),
            Self::French => (
                "Élodie Hervé Camille Benoît Inès Jérôme Amélie Luc Zoé Rémi Noémie Gaëlle",
                "Lefèvre Moreau Béranger Chevalier Garnier Després Royer Fontaine Thévenot Carré Noël",
            ),
            Self::Spanish => (
                "Iñigo Lucía Álvaro Marta Joaquín Rocío Nuria Andrés Belén Mateo Inés",
                "Muñoz Ibáñez Herrero Peña Castaño Vidal Ríos Núñez Calvo Soler",
            ),
            Self::Italian => (
                "Giulia Matteo Chiara Nicolò Elena Davide Marta Paolo Irene Luca",
                "Bianchi Ferri Colombo Rinaldi Marchetti Testa Longo Fabbri Serra Pagani",
            ),
            Self::Dutch => (
                "Sanne Joost Femke Bram Lotte Daan Maaike Ruben Anouk Thijs",
                "Bakker de_Vries van_Dijk Visser Hoekstra Mulder van_den_Berg Kuiper Smit Postma",
            ),
            Self::Nordic => (
                "Åsa Søren Liv Magnus Kaisa Jens Ingrid Øystein Frøydis Lars Maja Eero",
                "Lindqvist Ødegård Nyström Berg Sørensen Åkesson Halvorsen Virtanen Dahl Holm Bjørnstad",
            ),
            Self::Polish => (
                "Małgorzata Paweł Agnieszka Łukasz Zofia Michał Żaneta Piotr",
                "Wójcik Kamiński Zięba Dąbrowska Krawczyk Górski Ostrowska Bąk",
            ),
            Self::Czech => (
                "Jiří Tereza Ondřej Klára Matěj Zdeňka Luboš Eliška",
                "Dvořák Černá Růžička Havlíček Šimek Bartoš Němcová Říha",
            ),
            Self::Portuguese => (
                "João Beatriz Luís Inês Tomás Conceição Rui Thaís",
                "Gonçalves Araújo Simões Magalhães Teixeira Leitão Falcão Brandão",
            ),
            Self::Indian => (
                "Priya Arjun Meera Rohan Ananya Vikram Kavya Nikhil Divya Sanjay",
                "Iyer Kulkarni Menon Chatterjee Rao Deshpande Pillai Banerjee Nair Joshi",
            ),
            Self::Japanese => (
                "陽子|Yoko 健太|Kenta 美咲|Misaki 大輔|Daisuke 結衣|Yui Haruto Naoki Emi",
                "田村|Tamura 小川|Ogawa 森下|Morishita 石井|Ishii 西野|Nishino Hayama Kuroda",
            ),
            Self::Korean => {
                ("지은|Jieun 민수|Minsu 서연|Seoyeon Hyun Dahye Joon", "박|Park 최|Choi 윤|Yoon 강|Kang Han Seo")
            }
            Self::Ukrainian => (
                "Олена|Olena Тарас|Taras Ірина|Iryna Богдан|Bohdan Oksana Andrii",
                "Шевчук|Shevchuk Бондаренко|Bondarenko Мельник|Melnyk Ткач|Tkach Lysenko",
            ),
            Self::Greek => (
                "Ελένη|Eleni Νίκος|Nikos Δήμητρα|Dimitra Γιώργος|Giorgos Katerina",
                "Παπαδάκη|Papadaki Βασιλείου|Vasileiou Καραγιάννης|Karagiannis Manos",
            ),
        }
    }
}

/// A person's name as written and in Latin letters.
#[derive(Clone, Debug)]
pub(crate) struct Person {
    pub(crate) first: String,
    pub(crate) last: String,
    latin_first: String,
    latin_last: String,
}

fn name(list: &str, random: &mut Random) -> (String, String) {
    let names: Vec<&str> = list.split(' ').collect();
    let picked = random.pick(&names).replace('_', " ");
    match picked.split_once('|') {
        Some((own, latin)) if random.percent(60) => (own.to_owned(), latin.to_owned()),
        Some((_, latin)) => (latin.to_owned(), latin.to_owned()),
        None => (picked.clone(), picked),
    }
}

/// All first and last names in Latin letters, each once: what larger crowds can be made of.
#[must_use]
pub fn latin_names() -> (Vec<&'static str>, Vec<&'static str>) {
    let (mut firsts, mut lasts) = (Vec::new(), Vec::new());
    for tongue in Tongue::ALL {
        let (first, last) = tongue.names();
        for (list, names) in [(first, &mut firsts), (last, &mut lasts)] {
            let latin = list.split(' ').map(|name| name.split_once('|').map_or(name, |(_, latin)| latin));
            names.extend(latin.filter(|name| !name.contains('_')));
        }
    }
    for names in [&mut firsts, &mut lasts] {
        names.sort_unstable();
        names.dedup();
    }
    (firsts, lasts)
}

impl Person {
    /// Somebody, in four cases of five with a name the country mostly has.
    pub(crate) fn new(tongue: Tongue, random: &mut Random) -> Self {
        let tongue = if random.percent(82) { tongue } else { random.pick(&Tongue::ALL) };
        let (firsts, lasts) = tongue.names();
        let (first, latin_first) = name(firsts, random);
        let (last, latin_last) = name(lasts, random);
        Self { first, last, latin_first, latin_last }
    }

    pub(crate) fn has_other_script(&self) -> bool {
        let other = |name: &str| name.chars().any(|letter| u32::from(letter) > 0x2FF);
        other(&self.first) || other(&self.last)
    }

    pub(crate) fn has_diacritics(&self) -> bool {
        let marked = |name: &str| name.chars().any(|letter| ('\u{c0}'..'\u{2ff}').contains(&letter));
        marked(&self.first) || marked(&self.last)
    }

    /// The local part of the address, in one of the manners companies have.
    pub(crate) fn mailbox(&self, manner: Manner) -> String {
        let (first, last) = (plain(&self.latin_first), plain(&self.latin_last));
        let initial = first.get(..1).unwrap_or("x");
        match manner {
            Manner::FirstDotLast => format!("{first}.{last}"),
            Manner::InitialDotLast => format!("{initial}.{last}"),
            Manner::InitialLast => format!("{initial}{last}"),
            Manner::First => first,
            Manner::FirstUnderscoreLast => format!("{first}_{last}"),
        }
    }
}

/// How a company makes addresses of names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Manner {
    FirstDotLast,
    InitialDotLast,
    InitialLast,
    First,
    FirstUnderscoreLast,
}

impl Manner {
    pub(crate) const ALL: [Self; 5] =
        [Self::FirstDotLast, Self::InitialDotLast, Self::InitialLast, Self::First, Self::FirstUnderscoreLast];

    /// The manner most unlike this one, in which the same person may have a second address.
    pub(crate) const fn other(self) -> Self {
        match self {
            Self::InitialDotLast | Self::InitialLast | Self::First => Self::FirstDotLast,
            Self::FirstDotLast | Self::FirstUnderscoreLast => Self::InitialDotLast,
        }
    }
}

/// Titles of people who buy or use what Lanternfold sells, by how senior they are.
pub(crate) const SENIOR: [&str; 12] = [
    "VP Sales",
    "Vice President, Revenue Operations",
    "Chief Revenue Officer",
    "CRO",
    "Head of Sales Operations",
    "Director of Demand Generation",
    "Geschäftsführer",
    "Leiterin Vertrieb",
    "Directeur commercial",
    "Head of RevOps",
    "CMO",
    "Director, Marketing Operations",
];

/// Titles of people who know the work and have no budget.
pub(crate) const WORKING: [&str; 13] = [
    "Sales Operations Manager",
    "RevOps Analyst",
    "CRM Administrator",
    "Marketing Manager",
    "Account Executive",
    "Growth Manager",
    "SDR",
    "Demand Gen Specialist",
    "Vertriebsmitarbeiter",
    "IT Manager",
    "Business Analyst",
    "sales mgr.",
    "Procurement Specialist",
];

/// Titles of people who will not buy.
pub(crate) const OUTSIDE: [&str; 5] = ["Student", "Intern", "Consultant", "Freelancer", "Werkstudent"];
