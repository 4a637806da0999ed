//! What buyers write.

use crate::random::Random;

/// What a message is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Topic {
    Pipeline,
    Integration,
    Pricing,
    Security,
    Forecasting,
    Enrichment,
    General,
    Support,
    Student,
    JobSeeker,
    Press,
    Vendor,
}

/// A message and what it is about.
pub(crate) struct Message {
    pub(crate) text: String,
    pub(crate) topics: Vec<Topic>,
    /// When the writer wants to buy, where they say so.
    pub(crate) timeline: &'static str,
}

const TOPICS: [(Topic, u32); 12] = [
    (Topic::Pipeline, 22),
    (Topic::Integration, 18),
    (Topic::Pricing, 14),
    (Topic::Security, 7),
    (Topic::Forecasting, 9),
    (Topic::Enrichment, 9),
    (Topic::General, 12),
    (Topic::Support, 3),
    (Topic::Student, 3),
    (Topic::JobSeeker, 3),
    (Topic::Press, 1),
    (Topic::Vendor, 3),
];

const fn sentences(topic: Topic) -> (&'static [&'static str], &'static [&'static str]) {
    match topic {
        Topic::Pipeline => (
            &[
                "We need more qualified pipeline generation for a team of {n} reps.",
                "Looking at tools for pipeline generation; outbound alone no longer fills the quarter.",
                "Can you show how \"intent signals\" turn into pipeline generation for B2B?",
                "Our pipeline is thin 😬 and pipeline generation is my top goal.",
            ],
            &[
                "Wir suchen eine Lösung für Pipeline Generation im Mittelstand.",
                "Nous cherchons à améliorer notre pipeline generation (équipe de {n}).",
            ],
        ),
        Topic::Integration => (
            &[
                "Does it have a CRM integration that works both ways? We have {n} users.",
                "Key requirement: CRM integration without a middleware; field mapping must be ours.",
                "How long does the CRM integration take? Last vendor needed 5 months :(",
                "We want one CRM integration for three regions; sandbox first.",
            ],
            &[
                "Wie funktioniert die CRM-Integration bei mehreren Mandanten?",
                "¿La CRM integration soporta varios equipos?",
            ],
        ),
        Topic::Pricing => (
            &[
                "What is the pricing for {n} seats? List price is fine.",
                "Please send pricing; budget is set.",
                "Is pricing per user or per account; any discount for annual?",
            ],
            &["Bitte um ein Angebot mit Pricing für {n} Nutzer.", "Quel est le pricing pour {n} utilisateurs ?"],
        ),
        Topic::Security => (
            &[
                "Our security team asks for ISO 27001, SOC 2 and the DPA before a demo.",
                "Where is the data hosted? GDPR and security review are mandatory.",
            ],
            &["Wir brauchen vorab Unterlagen zu Security, AVV und Hosting in der EU."],
        ),
        Topic::Forecasting => (
            &[
                "Forecasting is a weekly spreadsheet fight here. 📈",
                "Interested in the forecasting module; {n} managers would use it.",
            ],
            &["Uns interessiert vor allem Forecasting."],
        ),
        Topic::Enrichment => (
            &[
                "Half of our records lack industry and size, so data enrichment first.",
                "Can data enrichment fill blanks without overwriting what reps typed?",
            ],
            &["Data Enrichment für DACH: welche Quellen?"],
        ),
        Topic::General => (
            &[
                "Please call me.",
                "Saw your talk, would like a demo",
                "demo pls",
                "=demo next week?",
                "General info, thanks!",
                "Following up on our chat at the trade fair; badge scan {n}.",
            ],
            &["Bitte um Rückruf.", "Merci de me rappeler.", "デモをお願いします。"],
        ),
        Topic::Support => (
            &["We are already a customer: export has been failing since Monday, ticket {n}."],
            &["Bestandskunde: der Export bricht ab (Ticket {n})."],
        ),
        Topic::Student => (
            &[
                "I am a student writing my thesis on sales software; could I have free access?",
                "University project: student licence for {n} people?",
            ],
            &["Ich bin Student und schreibe meine Masterarbeit über Lead Scoring."],
        ),
        Topic::JobSeeker => (
            &[
                "Attached my CV; are you hiring? I am looking for a job in customer success.",
                "Do you have an internship or job opening for SDRs?",
            ],
            &["Bewerbung: ich suche einen Job im Vertrieb, Lebenslauf anbei."],
        ),
        Topic::Press => (
            &["I am a journalist and write about AI in sales; whom can I interview?"],
            &["Presseanfrage: wer kann etwas zu KI im Vertrieb sagen?"],
        ),
        Topic::Vendor => (
            &["We offer SEO; first page guaranteed!!! Reply \"YES\"", "+1 list of {n} verified decision makers, cheap"],
            &["Wir bieten Ihnen Büroreinigung zum Festpreis an."],
        ),
    }
}

/// When people say they want to buy.
pub(crate) const TIMELINES: [&str; 5] = ["Immediately", "This quarter", "3-6 months", "6-12 months", "No plans"];

const TIMELINE_SENTENCES: [(&str, &str); 5] = [
    ("Immediately", "We want to start immediately."),
    ("Immediately", "Urgent: our contract ends this month."),
    ("This quarter", "Decision this quarter."),
    ("3-6 months", "Go-live planned in about 4 months."),
    ("6-12 months", "This is for next year's budget."),
];

impl Message {
    /// A message; in half of the countries where people write in their own language, in that.
    pub(crate) fn new(own_language: bool, random: &mut Random) -> Self {
        let first = random.weighted(&TOPICS, |&(_, weight)| weight).0;
        let mut topics = vec![first];
        let buyer = !matches!(first, Topic::Student | Topic::JobSeeker | Topic::Press | Topic::Vendor | Topic::Support);
        if buyer && random.percent(38) {
            let second = random.weighted(&TOPICS[..6], |&(_, weight)| weight).0;
            if second != first {
                topics.push(second);
            }
        }
        let size = random.between(3, 240).to_string();
        let break_line = if random.percent(30) { "\n" } else { " " };
        let mut parts = Vec::new();
        for &topic in &topics {
            let (english, other) = sentences(topic);
            let list = if own_language && random.percent(50) { other } else { english };
            parts.push(random.pick(list).replace("{n}", &size));
        }
        let mut timeline = "";
        if buyer && random.percent(26) {
            let (when, sentence) = random.pick(&TIMELINE_SENTENCES);
            timeline = when;
            parts.push(sentence.to_owned());
        }
        if random.percent(10) {
            parts.push(
                (random.pick(&["Thanks!", "Best regards", "Viele Grüße", "🙏", "Sent from my phone"])).to_owned(),
            );
        }
        Self { text: parts.join(break_line), topics, timeline }
    }

    /// What product the message asks about, as a form's list calls it.
    pub(crate) fn interest(&self) -> &'static str {
        self.topics
            .iter()
            .find_map(|topic| match topic {
                Topic::Pipeline => Some("Pipeline Generation"),
                Topic::Integration => Some("CRM Integration"),
                Topic::Forecasting => Some("Forecasting"),
                Topic::Enrichment => Some("Data Enrichment"),
                _ => None,
            })
            .unwrap_or_default()
    }
}
