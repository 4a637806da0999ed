//! Countries: how people spell them, their cities, phone numbers, legal forms and usual names.

use crate::people::Tongue;
use crate::random::Random;

/// The sales regions of the demo company.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Region {
    Emea,
    Amer,
    Apac,
}

/// A country leads come from.
pub(crate) struct Country {
    /// ISO 3166 alpha-2.
    pub(crate) code: &'static str,
    /// As written in CRM fields; the first is the usual one.
    pub(crate) spellings: &'static [&'static str],
    pub(crate) region: Region,
    /// The share of leads and companies.
    pub(crate) weight: u32,
    /// Country code, trunk prefix, national number with `#` for digits that vary.
    pub(crate) phone: (&'static str, &'static str, &'static str),
    pub(crate) tongue: Tongue,
    /// Legal forms of its companies, as alternatives of one form between strokes.
    pub(crate) forms: &'static [&'static str],
    /// `city;state;postal code;street`, the state as alternatives between strokes.
    pub(crate) places: &'static [&'static str],
}

/// An address within a country.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    pub(crate) city: String,
    pub(crate) state: String,
    pub(crate) postal_code: String,
    pub(crate) street: String,
}

impl Country {
    /// A country, by its share.
    pub(crate) fn any(random: &mut Random) -> &'static Self {
        random.weighted(COUNTRIES, |country| country.weight)
    }

    /// The country of a code; the first one where there is no such code.
    pub(crate) fn of(code: &str) -> &'static Self {
        COUNTRIES.iter().find(|country| country.code == code).unwrap_or(&COUNTRIES[0])
    }

    /// Germany, Austria and Switzerland.
    pub(crate) fn is_dach(&self) -> bool {
        matches!(self.code, "DE" | "AT" | "CH")
    }

    /// The name as somebody wrote it, and whether that is not the usual one.
    pub(crate) fn written(&self, random: &mut Random) -> (&'static str, bool) {
        let spelling = if random.percent(62) { self.spellings[0] } else { random.pick(self.spellings) };
        (spelling, spelling != self.spellings[0])
    }

    pub(crate) fn place(&self, random: &mut Random) -> Place {
        let mut parts = random.pick(self.places).split(';');
        let mut part = || parts.next().unwrap_or_default().to_owned();
        let (city, states, postal_code, street) = (part(), part(), part(), part());
        let states: Vec<&str> = states.split('|').collect();
        let state = if random.percent(75) { states[0] } else { random.pick(&states) };
        let number = random.between(1, 180);
        let street = match self.tongue {
            Tongue::English | Tongue::French | Tongue::Indian => format!("{number} {street}"),
            _ => format!("{street} {number}"),
        };
        Place { city, state: state.to_owned(), postal_code, street }
    }

    /// A phone number in one of the ways people write them. The numbers are of ranges kept for fiction where a country
    /// has such.
    pub(crate) fn phone(&self, random: &mut Random) -> String {
        let (code, trunk, shape) = self.phone;
        let national: String = shape
            .chars()
            .map(|c| match c {
                '#' => char::from_digit(random.below(10), 10).unwrap_or('0'),
                c => c,
            })
            .collect();
        let digits: String = national.chars().filter(char::is_ascii_digit).collect();
        let (area, rest) = national.split_once(' ').unwrap_or(("", &national));
        match random.below(9) {
            0 | 1 => format!("+{code} {national}"),
            2 => format!("+{code}{digits}"),
            3 => format!("00{code} {national}"),
            4 => format!("+{code} ({area}) {}", rest.replace(' ', "-")),
            5 if code == "1" => format!("{area}.{}", rest.replace([' ', '-'], ".")),
            5 => format!("{trunk}{area}/{}", rest.replace(' ', "")),
            6 => format!("({trunk}{area}) {rest}"),
            7 => format!("+{code} {national} ext. {}", random.between(10, 399)),
            _ => format!("{trunk}{digits}"),
        }
    }
}

macro_rules! countries {
    ($($code:literal $region:ident $weight:literal $tongue:ident $phone:expr, $spellings:expr, $forms:expr, $places:expr;)*) => {
        /// Where leads come from.
        pub(crate) static COUNTRIES: &[Country] = &[$(Country {
            code: $code,
            spellings: &$spellings,
            region: Region::$region,
            weight: $weight,
            phone: $phone,
            tongue: Tongue::$tongue,
            forms: &$forms,
            places: &$places,
        },)*];
    };
}

countries! {
    "US" Amer 300 English ("1", "", "415 555-01##"),
        ["United States", "USA", "US", "U.S.", "U.S.A.", "United States of America", "usa", "Unted States"],
        ["Inc.|Inc|, Inc.|Incorporated", "LLC|L.L.C.", "Corp.|Corporation|Corp"],
        ["San Francisco;CA|California|Calif.;94105;Harbor Road", "Seattle;WA|Washington;98101;Pine Hollow Avenue",
         "Portland;OR|Oregon;97205;Mill Street", "Phoenix;AZ|Arizona;85004;Camelback Way",
         "New York;NY|New York|N.Y.;10011;Juniper Street", "Boston;MA|Massachusetts;02110;Old Wharf Street",
         "Atlanta;GA|Georgia;30303;Peach Orchard Road", "Chicago;IL|Illinois;60606;Prairie Avenue",
         "Austin;TX|Texas|Tex.;78701;Live Oak Drive", "Raleigh;NC|North Carolina;27601;Depot Street"];
    "DE" Emea 140 German ("49", "0", "30 5550 ###"),
        ["Germany", "Deutschland", "DE", "BRD", "germany", "D"],
        ["GmbH|Gesellschaft mit beschränkter Haftung|gmbh", "AG", "GmbH & Co. KG", "SE"],
        ["Berlin;;10115;Lindenstraße", "München;Bayern|BY;80331;Am Alten Hof", "Hamburg;;20095;Speicherstr.",
         "Köln;NRW|Nordrhein-Westfalen;50667;Domgasse", "Stuttgart;BW;70173;Gerberstraße"];
    "GB" Emea 115 English ("44", "0", "20 7946 0###"),
        ["United Kingdom", "UK", "U.K.", "GB", "Great Britain", "England", "Scotland", "United Kindom"],
        ["Ltd|Limited|Ltd.", "plc|PLC"],
        ["London;;EC2A 4BX;Tanner Row", "Manchester;;M1 2JQ;Spindle Street", "Edinburgh;Scotland;EH1 1YZ;Castle Wynd",
         "Bristol;;BS1 4DJ;Quay Lane"];
    "FR" Emea 62 French ("33", "0", "1 99 00 ####"),
        ["France", "FR", "france", "République française"],
        ["SAS|S.A.S.", "SARL", "SA|S.A."],
        ["Paris;;75011;rue des Tanneurs", "Lyon;;69002;quai du Halage", "Nantes;;44000;allée des Érables"];
    "NL" Emea 45 Dutch ("31", "0", "20 555 0###"),
        ["Netherlands", "The Netherlands", "NL", "Nederland", "Holland"],
        ["B.V.|BV|b.v.", "N.V.|NV"],
        ["Amsterdam;;1012 AB;Zeilmakersgracht", "Utrecht;;3511 LX;Molenpad"];
    "SE" Emea 38 Nordic ("46", "0", "8 465 004 ##"),
        ["Sweden", "Sverige", "SE", "sweden"],
        ["AB|Aktiebolag"],
        ["Stockholm;;111 29;Ångbåtskajen", "Göteborg;;411 09;Västra Hamngränd"];
    "CH" Emea 34 German ("41", "0", "44 555 0###"),
        ["Switzerland", "Schweiz", "CH", "Suisse"],
        ["AG", "GmbH", "Sàrl"],
        ["Zürich;ZH;8001;Seilergraben", "Genève;GE;1204;Quai des Forges"];
    "IT" Emea 32 Italian ("39", "", "06 555 0###"),
        ["Italy", "Italia", "IT"],
        ["S.r.l.|Srl|SRL", "S.p.A.|SpA"],
        ["Milano;MI;20121;Via dei Fabbri", "Bologna;BO;40121;Via del Mulino"];
    "ES" Emea 32 Spanish ("34", "", "910 555 0##"),
        ["Spain", "España", "ES", "Espana"],
        ["S.L.|SL", "S.A.|SA"],
        ["Madrid;;28013;Calle del Olmo", "Barcelona;;08002;Carrer dels Teixidors"];
    "DK" Emea 28 Nordic ("45", "", "32 55 50 ##"),
        ["Denmark", "Danmark", "DK"],
        ["A/S", "ApS"],
        ["København;;1050;Rebslagergade", "Aarhus;;8000;Møllestien"];
    "AT" Emea 26 German ("43", "0", "1 5550 ###"),
        ["Austria", "Österreich", "AT", "Oesterreich"],
        ["GmbH", "AG"],
        ["Wien;;1010;Schmiedgasse", "Graz;;8010;Murgasse"];
    "NO" Emea 22 Nordic ("47", "", "22 55 50 ##"),
        ["Norway", "Norge", "NO"],
        ["AS|A/S", "ASA"],
        ["Oslo;;0150;Tårnveien", "Bergen;;5003;Sjøboden"];
    "FI" Emea 20 Nordic ("358", "0", "9 555 0###"),
        ["Finland", "Suomi", "FI"],
        ["Oy|OY", "Oyj"],
        ["Helsinki;;00100;Myllykatu"];
    "IE" Emea 20 English ("353", "0", "1 555 0###"),
        ["Ireland", "IE", "Republic of Ireland", "Éire"],
        ["Ltd|Limited", "DAC"],
        ["Dublin;;D02 X285;Cooper's Lane"];
    "PL" Emea 18 Polish ("48", "", "22 555 00 ##"),
        ["Poland", "Polska", "PL"],
        ["Sp. z o.o.|sp. z o. o.", "S.A."],
        ["Kraków;;31-042;ul. Garncarska"];
    "BE" Emea 14 Dutch ("32", "0", "2 555 00 ##"),
        ["Belgium", "België", "Belgique", "BE"],
        ["BV|B.V.", "NV|N.V."],
        ["Antwerpen;;2000;Zilversmidstraat"];
    "CZ" Emea 10 Czech ("420", "", "222 555 0##"),
        ["Czechia", "Czech Republic", "CZ", "Česko"],
        ["s.r.o.", "a.s."],
        ["Praha;;110 00;Pekařská"];
    "GR" Emea 6 Greek ("30", "", "210 555 0###"),
        ["Greece", "GR", "Ελλάδα"],
        ["A.E."],
        ["Athina;;105 57;Odos Keramikou"];
    "UA" Emea 6 Ukrainian ("380", "0", "44 555 0###"),
        ["Ukraine", "UA", "Україна"],
        ["LLC", "TOV"],
        ["Kyiv;;01001;vul. Honchara"];
    "CA" Amer 44 English ("1", "", "416 555-01##"),
        ["Canada", "CA", "canada", "CAN"],
        ["Inc.|Inc", "Ltd.|Limited"],
        ["Toronto;ON|Ontario;M5V 2T6;Cedar Street", "Montréal;QC|Québec;H2Y 1C6;rue du Port"];
    "BR" Amer 22 Portuguese ("55", "0", "11 5555 0###"),
        ["Brazil", "Brasil", "BR"],
        ["Ltda.|Ltda", "S.A."],
        ["São Paulo;SP;01310-100;Rua dos Oleiros"];
    "MX" Amer 14 Spanish ("52", "", "55 5555 0###"),
        ["Mexico", "México", "MX"],
        ["S.A. de C.V.|SA de CV"],
        ["Ciudad de México;CDMX;06600;Calle del Telar"];
    "AU" Apac 34 English ("61", "0", "2 5550 ####"),
        ["Australia", "AU", "australia"],
        ["Pty Ltd|Pty. Ltd."],
        ["Sydney;NSW|New South Wales;2000;Wattle Lane", "Melbourne;VIC|Victoria;3000;Foundry Street"];
    "IN" Apac 32 Indian ("91", "0", "22 5550 ####"),
        ["India", "IN", "Bharat"],
        ["Pvt. Ltd.|Private Limited|Pvt Ltd", "Ltd."],
        ["Bengaluru;KA|Karnataka;560001;Temple Tank Road", "Pune;MH;411001;Weaver Lane"];
    "SG" Apac 20 Indian ("65", "", "6555 0###"),
        ["Singapore", "SG", "singapore"],
        ["Pte. Ltd.|Pte Ltd"],
        ["Singapore;;049315;Boat Builder Quay"];
    "JP" Apac 22 Japanese ("81", "0", "3 5550 0###"),
        ["Japan", "JP", "日本"],
        ["K.K.|株式会社", "Co., Ltd."],
        ["Tokyo;;100-0005;Kajicho"];
    "KR" Apac 12 Korean ("82", "0", "2 555 0###"),
        ["South Korea", "Korea, Republic of", "KR", "대한민국"],
        ["Co., Ltd."],
        ["Seoul;;04524;Eulji-ro"];
    "NZ" Apac 10 English ("64", "0", "9 555 0###"),
        ["New Zealand", "NZ"],
        ["Ltd|Limited"],
        ["Auckland;;1010;Ropewalk Lane"];
}
