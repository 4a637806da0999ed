//! Tables of companies: industries, the accounts people watch, and the parts of invented names.

/// An industry.
pub(crate) struct Industry {
    /// The usual name.
    pub(crate) name: &'static str,
    /// How else people write it.
    pub(crate) others: &'static [&'static str],
    /// What the names of its companies end in.
    pub(crate) words: &'static [&'static str],
    /// Its share of the companies.
    pub(crate) weight: u32,
}

const fn industry(
    name: &'static str,
    weight: u32,
    others: &'static [&'static str],
    words: &'static [&'static str],
) -> Industry {
    Industry { name, others, words, weight }
}

/// All industries.
pub(crate) static INDUSTRIES: &[Industry] = &[
    industry(
        "Software",
        26,
        &["SaaS", "software", "IT / Software", "Software & Internet"],
        &["Software", "Systems", "Cloud", "Labs", "Analytics"],
    ),
    industry(
        "Financial Services",
        12,
        &["Fin. Services", "FinTech", "Finance"],
        &["Capital", "Payments", "Ledger", "Finance"],
    ),
    industry("Insurance", 5, &["Insurance / Reinsurance", "Versicherung"], &["Assurance", "Mutual", "Underwriting"]),
    industry(
        "Manufacturing",
        16,
        &["manufacturing", "Industrial", "Maschinenbau"],
        &["Works", "Industrial", "Tooling", "Robotics"],
    ),
    industry(
        "Logistics",
        9,
        &["Transportation", "Logistics & Supply Chain", "Spedition"],
        &["Logistics", "Freight", "Cargo"],
    ),
    industry(
        "Healthcare",
        8,
        &["Health Care", "Gesundheitswesen", "MedTech"],
        &["Health", "Clinics", "Medical", "Bio"],
    ),
    industry("Retail", 8, &["E-Commerce", "retail", "Retail / eCom"], &["Retail", "Outfitters", "Market"]),
    industry("Energy", 6, &["Utilities", "Renewables", "energy"], &["Energy", "Solar", "Grid"]),
    industry(
        "Professional Services",
        10,
        &["Consulting", "Agency", "Prof. Services"],
        &["Partners", "Advisory", "Consulting"],
    ),
    industry("Media", 5, &["Media & Entertainment", "Publishing"], &["Media", "Studios", "Press"]),
    industry("Education", 4, &["Higher Education", "EdTech"], &["Academy", "Learning", "University"]),
    industry("Government", 2, &["Public Sector", "Öffentlicher Dienst"], &["Agency", "Authority"]),
];

/// How many of the watched accounts are strategic: the first ones.
pub(crate) const STRATEGIC_COUNT: usize = 6;

/// The accounts people watch: `name;forms;domain;country;industry;employees;type`. The contracts name the same domains,
/// the strategic ones in a list of their own and all of them in the list of named ones.
pub(crate) static WATCHED: [&str; 25] = [
    "Tarnvale Robotics;Inc.|Inc;tarnvale.example;US;3;8200;Customer",
    "Brennmoor Versicherung;AG;brennmoor.example;DE;2;14500;Prospect",
    "Oskarine Payments;Inc.|Inc;oskarine.example;US;1;3900;Prospect",
    "Wexcombe Health;plc|PLC;wexcombe.example;GB;5;11800;Customer",
    "Hallinge Energi;AB|Aktiebolag;hallinge.example;SE;7;6400;Prospect",
    "Mirador del Sur Logistics;S.A.|SA;miradordelsur.example;ES;4;5100;Customer",
    "Pellworth Systems;Inc.|Inc;pellworth.example;US;0;2600;Prospect",
    "Quillander Cloud;Corp.|Corporation;quillander.example;US;0;4700;Customer",
    "Saltmarsh Freight;LLC|L.L.C.;saltmarsh-freight.example;US;4;1900;Prospect",
    "Ostrava Iron Tooling;a.s.;ostrava-tooling.example;CZ;3;1300;Prospect",
    "Grünhager Maschinen;GmbH & Co. KG;gruenhager.example;DE;3;2300;Customer",
    "Höpfling Software;SE;hoepfling.example;DE;0;1750;Prospect",
    "Süßmoor Energie;GmbH|gmbh;suessmoor.example;DE;7;980;Prospect",
    "Évrandel Assurance;SA|S.A.;evrandel.example;FR;2;7100;Prospect",
    "Castrelle Media;SAS|S.A.S.;castrelle.example;FR;9;640;Customer",
    "Lindemark Retail;B.V.|BV;lindemark.example;NL;6;3300;Prospect",
    "Fjordhavn Shipping;ASA;fjordhavn.example;NO;4;2750;Prospect",
    "Ballymoor Analytics;Ltd|Limited;ballymoor.example;IE;0;720;Customer",
    "Thornquay Capital;plc|PLC;thornquay.example;GB;1;5600;Prospect",
    "Aldersgrave Learning;Ltd|Limited;aldersgrave.test;GB;10;870;Prospect",
    "Maplecourt Mutual;Inc.|Inc;maplecourt.example;CA;2;2050;Prospect",
    "Coralpoint Solar;Pty Ltd|Pty. Ltd.;coralpoint.example;AU;7;1150;Prospect",
    "Hoshikawa Works;K.K.|株式会社;hoshikawa.example;JP;3;9300;Prospect",
    "Ananta Ledger;Pvt. Ltd.|Private Limited;ananta-ledger.example;IN;1;3100;Customer",
    "Zürisee Medical;AG;zuerisee-medical.test;CH;5;1480;Prospect",
];

/// What invented names begin with.
pub(crate) const STARTS: [&str; 22] = [
    "Bral", "Tond", "Velm", "Quist", "Harg", "Ostr", "Nym", "Perl", "Drav", "Lunk", "Skell", "Gren", "Miro", "Tarn",
    "Wolm", "Yll", "Zant", "Kord", "Eln", "Fenn", "Jarv", "Ulm",
];
/// What follows.
pub(crate) const ENDS: [&str; 11] =
    ["ora", "wick", "eby", "ison", "efeld", "anto", "ivik", "une", "adel", "arra", "ingham"];
/// Invented names with diacritics.
pub(crate) const MARKED: [&str; 12] = [
    "Ållund",
    "Bjørkvik",
    "Žitava",
    "Größling",
    "Müritzer",
    "Érable",
    "Nuñora",
    "Łęgowo",
    "Čapkov",
    "Åkerholt",
    "Søndergrav",
    "Österfeld",
];
