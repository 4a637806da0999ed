//! `interlock match`: which records of one file are in another, or twice in the same, and why.

mod clusters;
mod labels;
mod source;
mod written;

use std::fs;
use std::io::Write;
use std::path::Path;

use interlock_core::contract::{Attribute, Contract, Identity, MatchModel};
use interlock_core::identity::Outcome;
use interlock_core::identity::estimate::{Estimate, estimate, from_labels};
use interlock_core::identity::forms::Reading;
use interlock_core::identity::index::Index;
use interlock_core::identity::outcome::SameEmail;
use interlock_core::identity::pairs::{Pair as Found, Question, matches};
use interlock_core::identity::waterfall::Step;
use interlock_core::normal::country::CountryCode;
use interlock_core::normal::date::DayOrder;
use interlock_core::scale::{Confidence, MatchWeight};
use schemars::JsonSchema;
use serde::Serialize;

pub use self::clusters::Clusters;
use self::source::{Said, Source};
pub use self::source::{SourceReport, Used};
use crate::Ended;
use crate::arguments::{Lines, Match, Of, stated};
use crate::failure::Failure;
use crate::input::{Disk, shown};
use crate::progress::Progress;

/// The shipped models.
const SHIPPED: &str = include_str!("../../../contracts/identity.json");

/// What breaks ties among random pairs when weights are estimated: any number does.
const SEED: u64 = 1;

/// Two records and what follows.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Pair<'a> {
    /// The id of the record that was looked for; of duplicates the one that comes first.
    pub lead: &'a str,
    /// The id of the record it could be.
    pub candidate: &'a str,
    /// What follows.
    pub outcome: Outcome,
    /// What both weigh together, in thousandths of a bit: `prior`, `exchanged` and the weights of `evidence` added up.
    pub weight: MatchWeight,
    /// How probable it is by weight that both are the same, in per mille.
    pub probability: Confidence,
    /// Whether both have one e-mail address: `own`, a person's that no other record holds, which is exact whatever the
    /// weight; or `held`, by several records or by a role, which a person decides.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub same_email: Option<&'static str>,
    /// What a pair weighs before anything is compared.
    pub prior: MatchWeight,
    /// What it adds that given name and surname agree only exchanged.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exchanged: Option<MatchWeight>,
    /// What each comparison adds.
    pub evidence: Vec<Step>,
}

/// What was read, compared and found.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Report {
    /// The files: the leads, then the CRM's where there is one.
    pub files: Vec<SourceReport>,
    /// What each blocking rule gives in the file that is looked among.
    pub blocking: Vec<Rule>,
    /// How many pairs were compared.
    pub compared: u64,
    /// How many pairs came to which outcome.
    pub pairs: Outcomes,
    /// How many of the records that were looked for came to which outcome, each by its surest pair.
    pub leads: Outcomes,
    /// How the weights were found: `shipped`, `contract`, `estimated` or `labels`.
    pub weights: &'static str,
    /// How many pairs are expected to be the same, where weights were estimated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expected: Option<u64>,
    /// What the records searched take in memory, in bytes.
    pub memory: usize,
}

/// What one blocking rule gives.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Rule {
    /// The rule.
    pub id: String,
    /// Distinct keys.
    pub keys: usize,
    /// Records that have a key.
    pub records: usize,
    /// Pairs of records that share a key.
    pub pairs: u64,
    /// The records of the key that most share.
    pub largest: usize,
    /// Keys that so many records share that only the nearest in alphabetical order are compared.
    pub oversize: usize,
}

/// How many came to which outcome.
#[derive(Clone, Copy, Debug, Default, Serialize, JsonSchema)]
pub struct Outcomes {
    /// The same personal e-mail address.
    pub exact: u64,
    /// Probably the same.
    pub probable: u64,
    /// For a person to decide.
    pub ambiguous: u64,
    /// Compared, and not the same; of records: nobody is known.
    pub none: u64,
}

/// The files, the weights and what was found.
struct Matched {
    left: Source,
    right: Option<Source>,
    left_index: Option<Index>,
    index: Index,
    pairs: Vec<Found>,
}

/// Matches files.
///
/// # Errors
/// When a file or the contract cannot be used.
pub fn run(arguments: &Match, disk: &mut Disk, out: &mut dyn Write) -> Result<Ended, Failure> {
    let contract = arguments.contract.as_deref().map(|path| disk.contract(path)).transpose()?;
    let contract = contract.as_ref().map(|usable| &**usable.plan.contract());
    let (model, origin) = model(arguments.model, contract)?;
    let reading = reading(arguments, contract)?;
    let empty = Identity::default();
    let identity = contract.and_then(|contract| contract.identity.as_ref()).unwrap_or(&empty);
    let (columns, kept) = (stated(&arguments.map_leads), &identity.columns);
    let said = Said { columns: &columns, kept, id: arguments.id_leads.as_deref(), flag: "--map-leads" };
    let left = Source::read(disk, &arguments.leads, said, &model, reading.clone())?;
    let right = match &arguments.crm {
        Some(path) => {
            let columns = stated(&arguments.map_crm);
            let said = Said { columns: &columns, kept, id: arguments.id_crm.as_deref(), flag: "--map-crm" };
            Some(Source::read(disk, path, said, &model, reading)?)
        }
        None => None,
    };
    let mut index = right.as_ref().unwrap_or(&left).index(&model);
    let left_index = right.is_some().then(|| left.index(&model));
    let mut labelled = None;
    let estimated = match &arguments.labels {
        Some(path) => {
            let labels = labels::read(disk, path, &left, right.as_ref().unwrap_or(&left))?;
            labelled = Some((labels.labels.len(), labels.unknown));
            Some(from_labels(&index, left_index.as_ref(), &labels.labels, SEED))
        }
        None => arguments.estimate.then(|| estimate(&index, left_index.as_ref(), SEED)),
    };
    if let Some(Estimate { model, .. }) = &estimated {
        index = index.with_model(model);
    }
    if let Some(path) = &arguments.write_model {
        write_file(path, &(serde_json::to_string_pretty(index.model())? + "\n"))?;
    }

    let mut compared = 0;
    let question = Question {
        every: arguments.all_candidates,
        roles: &identity.role_mailboxes,
        never_exact: !identity.exact_email,
    };
    let (mut progress, many) = (Progress::start(), left.ids.len());
    let pairs = matches(&index, left_index.as_ref(), question, &mut |done, candidates| {
        compared += candidates as u64;
        progress.tell(done as usize, many, "records");
    });
    progress.end();

    let by_record = of_records(&pairs, many, left_index.is_none());
    let sizes = index.model().blocking.iter().zip(index.sizes());
    let report = Report {
        files: std::iter::once(&left).chain(&right).map(Source::report).collect(),
        blocking: sizes
            .map(|(rule, size)| Rule {
                id: rule.id.to_string(),
                keys: size.keys,
                records: size.records,
                pairs: size.pairs,
                largest: size.largest,
                oversize: size.oversize,
            })
            .collect(),
        compared,
        pairs: Outcomes::of(pairs.iter().map(|pair| pair.outcome), compared),
        leads: Outcomes::of(by_record, many as u64),
        weights: if arguments.labels.is_some() {
            "labels"
        } else if arguments.estimate {
            "estimated"
        } else {
            origin
        },
        expected: estimated.map(|estimate| estimate.matches),
        memory: index.bytes() + left_index.as_ref().map_or(0, Index::bytes),
    };
    let matched = Matched { left, right, left_index, index, pairs };
    if let Some(path) = &arguments.report {
        write_file(path, &(serde_json::to_string_pretty(&report)? + "\n"))?;
    }
    if let Some(path) = &arguments.out {
        matched.write_out(path)?;
    }
    let clusters = arguments.clusters.as_ref().map(|path| clusters::write(&matched, path)).transpose()?;
    let told = written::Told { report: &report, matched: &matched, arguments, labelled, clusters };
    match arguments.format {
        Lines::Human => told.write(out, arguments.limit)?,
        Lines::Jsonl => {
            matched.write_jsonl(out)?;
            told.write(&mut anstream::stderr(), 0)?;
        }
        Lines::Csv => {
            out.write_all(matched.csv().as_bytes())?;
            told.write(&mut anstream::stderr(), 0)?;
        }
    }
    Ok(Ended::Well)
}

fn model(of: Of, contract: Option<&Contract>) -> Result<(MatchModel, &'static str), Failure> {
    let pick = |identity: Identity| match of {
        Of::People => identity.people,
        Of::Companies => identity.companies,
    };
    let own = contract.and_then(|contract| contract.identity.clone()).and_then(pick);
    match own {
        Some(model) => Ok((model, "contract")),
        None => match pick(serde_json::from_str(SHIPPED)?) {
            Some(model) => Ok((model, "shipped")),
            None => Err(Failure::fault("no shipped model", "contracts/identity.json")),
        },
    }
}

fn reading(arguments: &Match, contract: Option<&Contract>) -> Result<Reading, Failure> {
    let settings = contract.map(|contract| &contract.settings);
    let country = arguments.country.as_deref().or(settings.and_then(|settings| settings.default_country.as_deref()));
    let country = country
        .map(|word| {
            CountryCode::parse(word)
                .map_err(|_| Failure::new(format!("`{word}` is no country"), "write its two letters, such as `DE`"))
        })
        .transpose()?;
    let day_order = settings.and_then(|settings| settings.date_order).map(|order| match order {
        interlock_core::contract::DateOrder::DayFirst => DayOrder::DayFirst,
        interlock_core::contract::DateOrder::MonthFirst => DayOrder::MonthFirst,
    });
    let identity = contract.and_then(|contract| contract.identity.as_ref());
    let domains = identity.map_or(&[][..], |identity| &identity.ignore_domains);
    let ignored =
        domains.iter().filter_map(|raw| Some(interlock_core::normal::domain::registrable(raw).ok()?.into())).collect();
    Ok(Reading { country, day_order, ignored })
}

/// The surest outcome of each record that has one.
fn of_records(pairs: &[Found], many: usize, own: bool) -> impl Iterator<Item = Outcome> {
    let mut of = vec![Outcome::None; many];
    for pair in pairs {
        for record in [Some(pair.a), own.then_some(pair.b)].into_iter().flatten() {
            if let Some(outcome) = of.get_mut(record as usize) {
                *outcome = pair.outcome.min(*outcome);
            }
        }
    }
    of.into_iter()
}

impl Outcomes {
    /// Counts outcomes of `all`; those that are not given came to none.
    fn of(outcomes: impl Iterator<Item = Outcome>, all: u64) -> Self {
        let mut counted = Self::default();
        for outcome in outcomes {
            match outcome {
                Outcome::Exact => counted.exact += 1,
                Outcome::Probable => counted.probable += 1,
                Outcome::Ambiguous => counted.ambiguous += 1,
                Outcome::None => {}
            }
        }
        counted.none = all.saturating_sub(counted.exact + counted.probable + counted.ambiguous);
        counted
    }
}

impl Matched {
    fn right(&self) -> &Source {
        self.right.as_ref().unwrap_or(&self.left)
    }

    /// A pair with its evidence.
    fn pair(&self, found: &Found) -> Pair<'_> {
        let waterfall = self.index.waterfall(self.left_index.as_ref(), found.a, found.b);
        Pair {
            lead: self.left.id(found.a),
            candidate: self.right().id(found.b),
            outcome: found.outcome,
            weight: waterfall.total,
            probability: waterfall.probability,
            same_email: match found.email {
                SameEmail::No => None,
                SameEmail::Held => Some("held"),
                SameEmail::Own => Some("own"),
            },
            prior: waterfall.prior,
            exchanged: waterfall.exchanged,
            evidence: waterfall.steps,
        }
    }

    /// A record's name, or its company's.
    fn name(&self, index: &Index, record: u32) -> String {
        let names = [Attribute::GivenName, Attribute::Surname].map(|attribute| index.text(attribute, record));
        let name = names.join(" ").trim().to_owned();
        if name.is_empty() { index.text(Attribute::Company, record).to_owned() } else { name }
    }

    fn write_jsonl(&self, to: &mut dyn Write) -> Result<(), Failure> {
        for found in &self.pairs {
            writeln!(to, "{}", serde_json::to_string(&self.pair(found))?)?;
        }
        Ok(())
    }

    fn write_out(&self, path: &Path) -> Result<(), Failure> {
        let text = match path.extension().and_then(|ending| ending.to_str()) {
            Some("csv") => self.csv(),
            Some("jsonl") => {
                let mut bytes = Vec::new();
                self.write_jsonl(&mut bytes)?;
                String::from_utf8(bytes).unwrap_or_default()
            }
            _ => {
                let message = format!("`{}` ends neither in `.csv` nor in `.jsonl`", shown(path));
                return Err(Failure::new(message, "name the file so that it says what to write"));
            }
        };
        write_file(path, &text)
    }
}

fn write_file(path: &Path, text: &str) -> Result<(), Failure> {
    fs::write(path, text).map_err(|error| {
        Failure::new(format!("cannot write `{}`: {error}", shown(path)), "name a file you may write to")
    })
}
