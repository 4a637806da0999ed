//! The parts of the page, one file each, and where each part of a contract is edited.

pub(crate) mod audit;
pub(crate) mod bar;
pub(crate) mod changed;
pub(crate) mod data;
mod duplicates;
pub(crate) mod editor;
pub(crate) mod export;
pub(crate) mod follows;
mod lead;
mod lead_cells;
pub(crate) mod leads;
mod matched;
mod no_leads;
pub(crate) mod notices;
mod proposals;
pub(crate) mod scores;
pub(crate) mod tiles;
pub(crate) mod verdicts;
pub(crate) mod why;

pub(crate) use duplicates::add_shipped as add_shipped_models;

/// A section of the contract as the page knows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Section {
    /// How the address bar refers to it.
    pub(crate) id: &'static str,
    /// What people call it.
    pub(crate) title: &'static str,
    /// What it decides.
    pub(crate) about: &'static str,
    /// The keys of the contract it holds.
    pub(crate) keys: &'static [&'static str],
}

const fn section(id: &'static str, title: &'static str, about: &'static str, keys: &'static [&'static str]) -> Section {
    Section { id, title, about, keys }
}

/// All sections, in the order of the page.
pub(crate) const SECTIONS: [Section; 15] = [
    section("thresholds", "Thresholds", "Which fields AI may write, and from which confidence on", &["fields"]),
    section("scores", "Scores", "Points with reasons, and bands", &["scores", "grades"]),
    section("routing", "Routing", "Who gets which lead", &["routing"]),
    section("suppression", "Suppression", "Whom automation must leave alone", &["suppression"]),
    section("review", "Review", "When a person must look, and who", &["review"]),
    section("workflows", "Workflows", "Which event starts what, for which records", &["workflows", "agents"]),
    section(
        "sources",
        "Sources and trust",
        "Where leads come from, and how far each is believed",
        &["sources", "trust"],
    ),
    section("identity", "Identity", "How people and companies are recognised", &["identity"]),
    section(
        "facts",
        "Lists, territories and terms",
        "Tables that make facts for the rules",
        &["lists", "territories", "terms", "custom_fields"],
    ),
    section("lifecycle", "Lifecycle", "Stages, and who may move a lead between them", &["lifecycle"]),
    section("handoff", "Handoff", "What sales is told", &["handoff"]),
    section(
        "audit",
        "Audit and rollback",
        "What is kept of each change, how it is taken back, and what evidence automation takes",
        &["audit", "rollback", "promotion"],
    ),
    section(
        "promises",
        "Expectations and budgets",
        "What a preview must show before this is deployed",
        &["expectations", "budgets"],
    ),
    section(
        "general",
        "General",
        "Name, version and what holds for the whole contract",
        &["id", "name", "version", "description", "settings"],
    ),
    section("json", "JSON", "The whole contract as text", &[]),
];

/// The section of an id.
pub(crate) fn by_id(id: &str) -> Option<&'static Section> {
    SECTIONS.iter().find(|section| section.id == id)
}

/// The section in which an address is edited.
pub(crate) fn section_of(address: &str) -> &'static str {
    let key = address.split('/').nth(1).unwrap_or_default();
    SECTIONS.iter().find(|section| section.keys.contains(&key)).map_or("json", |section| section.id)
}

#[cfg(test)]
mod tests {
    use super::section_of;

    #[test]
    fn every_address_has_an_editor() {
        for (address, section) in [
            ("/routing/rules/emea/when", "routing"),
            ("/fields/lead.industry/auto_at", "thresholds"),
            ("/settings/currency", "general"),
            ("/digest", "json"),
            ("", "json"),
        ] {
            assert_eq!(section_of(address), section, "{address}");
        }
    }
}
