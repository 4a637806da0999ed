//! `proposals.jsonl`: what providers and AI would like to write.
//!
//! A line is a [`interlock_core::record::Proposal`] with the id of its lead as `record`.

use serde_json::json;

use crate::World;
use crate::companies::Company;
use crate::company_tables::INDUSTRIES;
use crate::identity::is_free_mail;
use crate::leads::Lead;
use crate::messages::{Message, Topic};
use crate::random::Random;
use crate::text::Moment;

/// A provider of company data.
const FIRMOGRAPHICS: &str = "firmographics";
/// A model that reads web sites.
const WEB_RESEARCH: &str = "web-research";
/// A model that reads what buyers write.
const CONVERSATION: &str = "conversation";

struct Proposals<'a> {
    random: Random,
    at: Moment,
    lines: String,
    lead: &'a Lead,
}

impl Proposals<'_> {
    fn add(&mut self, field: &str, value: &str, source: &str, confidence: u32, reason: &str) {
        let line = json!({
            "record": self.lead.id,
            "field": field,
            "value": value,
            "source": source,
            "confidence": confidence,
            "reason": reason,
            "at": self.at.rfc3339(),
        });
        self.lines.push_str(&line.to_string());
        self.lines.push('\n');
    }

    /// Whether a field is worth a proposal: more often where it is blank.
    fn wanted(&mut self, present: &str) -> bool {
        let share = if present.is_empty() { 82 } else { 22 };
        self.random.percent(share)
    }

    /// Who delivers company data, and how sure it is.
    fn provider(&mut self) -> (&'static str, u32, &'static str) {
        if self.random.percent(74) {
            (FIRMOGRAPHICS, self.random.between(700, 990), "company register entry")
        } else {
            (WEB_RESEARCH, self.random.between(350, 900), "said on the company's web site")
        }
    }

    fn company(&mut self, company: &Company) {
        if self.wanted(&self.lead.industry) {
            let (source, confidence, reason) = self.provider();
            // What is wrong is seldom said with confidence.
            let industry = if confidence < 800 && self.random.percent(25) {
                self.random.index(INDUSTRIES.len())
            } else {
                company.industry
            };
            self.add("lead.industry", INDUSTRIES[industry].name, source, confidence, reason);
        }
        if self.wanted(&self.lead.employees) {
            let (source, confidence, reason) = self.provider();
            let off = if confidence < 800 { self.random.between(60, 150) } else { 100 };
            let employees = (company.employees * off / 100).max(1);
            self.add("lead.employees", &employees.to_string(), source, confidence, reason);
        }
        if self.lead.country.is_empty() && self.random.percent(55) {
            let confidence = self.random.between(600, 980);
            self.add("lead.country", company.country.code, FIRMOGRAPHICS, confidence, "registered office");
        }
        if is_free_mail(&self.lead.who.email) && self.random.percent(60) {
            let confidence = self.random.between(420, 930);
            self.add(
                "lead.website",
                &format!("https://{}", company.domain),
                WEB_RESEARCH,
                confidence,
                "first result for the company's name",
            );
        }
        if self.random.percent(12) {
            let confidence = self.random.between(500, 960);
            let revenue = format!("{} USD", company.revenue);
            self.add("lead.revenue", &revenue, FIRMOGRAPHICS, confidence, "last annual report");
        }
    }

    fn message(&mut self, message: &Message) {
        let interest = message.interest();
        if !interest.is_empty() && self.random.percent(80) {
            let confidence = self.random.between(720, 985);
            self.add("lead.product_interest", interest, CONVERSATION, confidence, "named in the message");
        }
        if !message.timeline.is_empty() {
            let confidence = self.random.between(640, 970);
            self.add("lead.timeline", message.timeline, CONVERSATION, confidence, "the buyer says when");
        }
        if self.random.percent(65) {
            let (urgency, reason) = match message.timeline {
                "Immediately" | "This quarter" => ("high", "wants to decide soon"),
                _ if message.topics.contains(&Topic::Pricing) => ("medium", "asks for prices"),
                _ => ("low", "no date given"),
            };
            let confidence = self.random.between(500, 960);
            self.add("lead.urgency", urgency, CONVERSATION, confidence, reason);
        }
        if message.topics.contains(&Topic::Vendor) {
            // No confidence is enough for this one.
            self.add("lead.opted_out", "true", CONVERSATION, 960, "not a buyer, no mail needed");
        }
    }
}

/// `proposals.jsonl`, for three leads of five, in their order.
pub(crate) fn file(world: &World) -> Vec<u8> {
    let mut out = String::new();
    for (index, lead) in world.leads.iter().enumerate() {
        let mut random = Random::of("proposal", index);
        if random.percent(35) {
            continue;
        }
        let at = lead.created;
        let mut proposals = Proposals { random, at, lines: String::new(), lead };
        if let Some(company) = lead.who.company {
            proposals.company(&world.companies[company]);
        }
        if let Some(message) = &lead.message {
            proposals.message(message);
        }
        out.push_str(&proposals.lines);
    }
    out.into_bytes()
}
