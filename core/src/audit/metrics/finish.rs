//! From what was read to figures: joins, slices, targets.
//!
//! Input: a [`Tally`], and what else is [`Given`]. Output: [`Metrics`]. Invariant: what lacks its input says so and has no value;
//! of two answers to one entry the later counts.

use super::board::{Belongs, Cell};
use super::tally::{Done, Resolved};
use super::{
    By, CORRECTED_WITHIN_DAYS, Corrected, Count, Counted, Figure, Indicator, Metrics, Notes, Reached, Share, Slice,
    Standing, Tally, Target, Week,
};
use crate::audit::{Hash, Says};
use crate::contract::{Contract, Tier};
use crate::map::Map;
use crate::order;
use crate::record::Crm;
use crate::time::Timestamp;

/// What there is besides the log.
#[derive(Clone, Copy, Debug, Default)]
pub struct Given<'a> {
    /// The contract: targets, pools, which rules are catch-alls, what advice is about.
    pub contract: Option<&'a Contract>,
    /// The snapshot: how else the owners that a contract names are called.
    pub crm: Option<&'a Crm>,
    /// What the snapshot says of completeness and duplicates.
    pub standing: Option<&'a Standing>,
}

/// An assignment or automatic change, and what became of it.
pub(super) struct Fate<'t> {
    pub(super) done: &'t Done,
    pub(super) corrected: bool,
}

impl Tally {
    /// The time by which tasks are due and corrections are over.
    #[must_use]
    pub fn as_of(&self) -> Timestamp {
        self.until.or_else(|| self.last.map(|last| last.plus(1))).unwrap_or_default()
    }

    /// What it all comes to.
    #[must_use]
    pub fn finish(mut self, given: Given<'_>) -> Metrics {
        let as_of = self.as_of();
        self.keep_said();
        let resolved = latest(std::mem::take(&mut self.resolved));
        for one in &resolved {
            let accepted = one.says == Says::Accepted;
            if one.review {
                self.board.see(&one.belongs, Indicator::ReviewAcceptance, accepted);
                continue;
            }
            self.board.see(&one.belongs, Indicator::SuggestionAcceptance, accepted);
            self.board.see(&one.belongs, Indicator::SuggestionEdited, one.says == Says::Edited);
            if one.says == Says::Rejected {
                self.board.count(&one.belongs, Counted::Rejected);
            }
        }
        self.ratings();
        self.tasks(as_of);
        self.orders();
        let done = std::mem::take(&mut self.done);
        let fates = self.fates(&done, as_of, given.contract);
        let pools = given.contract.map_or_else(Vec::new, |contract| self.pools(&fates, contract, given.crm));
        if let Some(standing) = given.standing {
            let fields = standing.completion();
            self.board.all.add(Indicator::FieldCompletion, fields.hits, fields.of);
            if let Some(share) = standing.duplicates {
                self.board.all.add(Indicator::DuplicateRate, share.hits, share.of);
            }
        }
        let lacking = self.lacking(given);
        let overall = Indicator::ALL.map(|metric| {
            let needs = lacking.iter().find(|(of, _)| *of == metric).map(|(_, needs)| *needs);
            let mut figure = Figure::of(metric, self.board.all.share(metric));
            if figure.share.of == 0 || needs.is_some() {
                figure.needs = Some(needs.unwrap_or(nothing(metric)).to_owned());
                figure.value = None;
            }
            figure
        });
        Metrics {
            from: self.from,
            until: self.until,
            as_of,
            entries: self.entries,
            slices: self.slices(),
            targets: given.contract.map_or_else(Vec::new, |contract| self.targets(contract, &overall)),
            overall: overall.to_vec(),
            counts: counts(&self.board.all, true),
            pools,
            fields: given.standing.map_or_else(Vec::new, |standing| standing.fields.clone()),
            advice: given.contract.map_or_else(Vec::new, |contract| {
                super::advice::advise(contract, &resolved, &fates, &self.names, as_of)
            }),
            calibration: super::calibration::calibrate(&resolved, &self.names, self.from),
            notes: self.notes_of(&resolved),
        }
    }

    /// What is missing for what, in words.
    fn lacking(&self, given: Given<'_>) -> Vec<(Indicator, &'static str)> {
        let mut lacking = Vec::new();
        if given.standing.is_none() {
            let needs = "a contract and a CRM snapshot: the exports that `decide` and `preview` read";
            lacking.extend([(Indicator::FieldCompletion, needs), (Indicator::DuplicateRate, needs)]);
        } else if given.standing.is_some_and(|standing| standing.duplicates.is_none()) {
            lacking.push((Indicator::DuplicateRate, "leads, contacts or accounts, and a match model in `identity`"));
        }
        if given.contract.is_none() {
            let needs = "the contract: the log alone does not say which rules are catch-alls and who is in a pool";
            lacking.extend([(Indicator::DefaultOwner, needs), (Indicator::DistributionParity, needs)]);
        }
        if !self.notes {
            lacking
                .push((Indicator::HandoffParts, "the contract, and decisions as `decide --format json` writes them"));
        }
        if self.breached.is_empty() {
            let needs = "an entry of an `sla_breached` event: nobody was late, or nobody looked \
                         (`decide --sweep`, `routing.sla`)";
            lacking.push((Indicator::SlaBreach, needs));
        }
        lacking
    }

    /// The latest word on each handoff.
    fn ratings(&mut self) {
        let mut rated = std::mem::take(&mut self.rated);
        order::sort_by(&mut rated, |a, b| (a.0, a.1, a.2).cmp(&(b.0, b.1, b.2)));
        for (place, (to, _, useful, belongs)) in rated.iter().enumerate() {
            if rated.get(place + 1).is_none_or(|next| next.0 != *to) {
                self.board.see(belongs, Indicator::HandoffUseful, *useful);
            }
        }
    }

    fn tasks(&mut self, as_of: Timestamp) {
        // The first time that anybody called it done.
        let mut finished = std::mem::take(&mut self.finished);
        order::sort_all(&mut finished);
        let tasks = std::mem::take(&mut self.tasks);
        for task in &tasks {
            let due = task.belongs.at;
            let done = task.names.iter().filter_map(|name| first(&finished, name)).min();
            if due >= as_of {
                self.board.count(&task.belongs, Counted::TasksOpen);
                continue;
            }
            self.board.see(&task.belongs, Indicator::TaskCompletion, done.is_some_and(|at| at <= due));
            if done.is_some_and(|at| at > due) {
                self.board.count(&task.belongs, Counted::TasksLate);
            }
        }
    }

    /// One rollback takes many entries back.
    fn orders(&mut self) {
        let mut seen: Vec<(u64, Option<By>, i64)> = Vec::new();
        for (order, belongs) in std::mem::take(&mut self.orders) {
            if self.from.is_some_and(|from| belongs.at < from) {
                continue;
            }
            seen.push((order, None, 0));
            seen.push((order, Some(By::Week), Week::of(belongs.at).number()));
            for by in By::ALL {
                seen.extend(belongs.keys(by).iter().map(|key| (order, Some(by), i64::from(*key))));
            }
        }
        order::sort_all(&mut seen);
        seen.dedup();
        for (_, by, key) in seen {
            let cell = match by {
                None => &mut self.board.all,
                Some(By::Week) => self.board.weeks.get_or_insert(Week::numbered(key), Cell::default),
                Some(by) => self.board.cell_mut(by, u32::try_from(key).unwrap_or(0)),
            };
            cell.count(Counted::RollbackOrders, 1);
        }
    }

    /// What became of assignments and of automatic changes: whether a person changed them in time, before another took
    /// their place.
    fn fates<'t>(&mut self, done: &'t [Done], as_of: Timestamp, contract: Option<&Contract>) -> Vec<Fate<'t>> {
        order::sort_by(&mut self.touched, |a, b| (a.key, a.at, a.value).cmp(&(b.key, b.at, b.value)));
        order::sort_all(&mut self.wrong);
        order::sort_all(&mut self.breached);
        let mut sorted: Vec<&Done> = done.iter().collect();
        order::sort_by(&mut sorted, |a, b| (a.key, a.belongs.at, a.value).cmp(&(b.key, b.belongs.at, b.value)));
        let defaults = contract.map(|contract| Defaults::of(contract, &self.names));
        let mut fates = Vec::with_capacity(sorted.len());
        for (place, one) in sorted.iter().enumerate() {
            let at = one.belongs.at;
            let rest = sorted.get(place + 1..).unwrap_or_default().iter();
            let next = rest.take_while(|next| next.key == one.key).map(|next| next.belongs.at).find(|next| *next > at);
            let over = at.plus_days(CORRECTED_WITHIN_DAYS);
            let until = next.map_or(over, |next| over.min(next));
            let from = self.touched.partition_point(|touch| (touch.key, touch.at) <= (one.key, at));
            let after = self.touched.get(from..).unwrap_or_default().iter();
            let mut touches = after.take_while(|touch| touch.key == one.key && touch.at <= until);
            let wrong = || one.names.iter().filter_map(|name| first(&self.wrong, name)).any(|at| at <= over);
            let corrected = one.edited || touches.any(|touch| touch.value != one.value) || wrong();
            if one.automatic {
                self.board.see(&one.belongs, Indicator::AutomaticCorrection, corrected);
            }
            if one.assign {
                self.board.see(&one.belongs, Indicator::RoutingCorrection, corrected);
                if over > as_of {
                    self.board.count(&one.belongs, Counted::AssignmentsOpen);
                }
                if let Some(defaults) = defaults.as_ref().filter(|_| one.routed) {
                    self.board.see(&one.belongs, Indicator::DefaultOwner, defaults.decided(&one.belongs));
                }
                if !self.breached.is_empty() {
                    let from = self.breached.partition_point(|breach| *breach <= (one.key, at));
                    let first = self.breached.get(from).filter(|breach| breach.0 == one.key);
                    // The assignment that a breach leads to is made at its time.
                    let breached = first.is_some_and(|(_, at)| next.is_none_or(|next| *at <= next));
                    self.board.see(&one.belongs, Indicator::SlaBreach, breached);
                }
            }
            fates.push(Fate { done: one, corrected });
        }
        fates
    }

    fn slices(&self) -> Vec<Slice> {
        let mut slices: Vec<Slice> =
            self.board.weeks.iter().map(|(week, cell)| slice(By::Week, week.to_string(), cell)).collect();
        for by in By::ALL {
            let mut some: Vec<Slice> =
                self.board.by(by).map(|(key, cell)| slice(by, self.names.name(key).to_owned(), cell)).collect();
            order::sort_by(&mut some, |a, b| a.key.cmp(&b.key));
            slices.extend(some);
        }
        slices.retain(|slice| !slice.figures.is_empty() || !slice.counts.is_empty());
        slices
    }

    fn targets(&self, contract: &Contract, overall: &[Figure]) -> Vec<Target> {
        let mut targets = Vec::new();
        for workflow in &contract.workflows {
            let Some(success) = &workflow.success_metric else { continue };
            let metric = Indicator::of(success.metric);
            let figure = match metric {
                // Of the snapshot as a whole: no record belongs to a workflow.
                Indicator::FieldCompletion | Indicator::DuplicateRate => {
                    overall.iter().find(|figure| figure.metric == metric).cloned()
                }
                _ => None,
            };
            let figure = figure.unwrap_or_else(|| {
                let id = self.names.find(workflow.id.as_str());
                let cell = id.and_then(|id| self.board.by(By::Workflow).find(|(key, _)| *key == id));
                let mut figure = Figure::of(metric, cell.map_or_else(Share::default, |(_, cell)| cell.share(metric)));
                if figure.share.of == 0 {
                    figure.needs = Some(nothing(metric).to_owned());
                }
                figure
            });
            let reached = reached(&figure, u32::from(success.target.get()) * 10);
            let (metric, target) = (success.metric, success.target);
            targets.push(Target { workflow: workflow.id.clone(), metric, target, figure, reached });
        }
        targets
    }

    /// What was corrected, the most frequent first.
    fn notes_of(&mut self, resolved: &[Resolved]) -> Notes {
        let mut by: Map<(u32, u32), (u64, u64)> = Map::new();
        for one in resolved.iter().filter(|one| self.from.is_none_or(|from| one.belongs.at >= from)) {
            let (edited, rejected) = by.get_or_insert((one.belongs.workflow(), one.what), || (0, 0));
            *edited += u64::from(one.says == Says::Edited);
            *rejected += u64::from(one.says == Says::Rejected);
        }
        let mut corrected: Vec<Corrected> = std::mem::take(&mut self.corrections)
            .into_iter()
            .map(|one| {
                let (edited, rejected) = by.get(&(one.workflow, one.what)).copied().unwrap_or_default();
                Corrected {
                    workflow: self.names.name(one.workflow).to_owned(),
                    what: self.names.name(one.what).to_owned(),
                    edited,
                    rejected,
                    rolled_back: one.rolled_back,
                    from: one.last.1,
                    to: one.last.2,
                }
            })
            .collect();
        let many = |one: &Corrected| std::cmp::Reverse(one.edited + one.rejected + one.rolled_back);
        order::sort_by(&mut corrected, |a, b| {
            many(a).cmp(&many(b)).then_with(|| (&a.workflow, &a.what).cmp(&(&b.workflow, &b.what)))
        });
        corrected.truncate(100);
        Notes { corrected, said: std::mem::take(&mut self.said) }
    }
}

/// Whether the target, in ten-thousandths, is reached.
fn reached(figure: &Figure, target: u32) -> Reached {
    let Some(value) = figure.value else { return Reached::TooFew };
    // What is counted whole has no interval.
    let (low, high) = figure.interval.map_or((value, value), |interval| (interval.low, interval.high));
    let more = figure.metric.more_is_better() != Some(false);
    match more {
        _ if figure.few => Reached::TooFew,
        true if low >= target => Reached::Met,
        true if high < target => Reached::Missed,
        false if high <= target => Reached::Met,
        false if low > target => Reached::Missed,
        _ => Reached::TooFew,
    }
}

/// Which rules did not choose, or only where no other did.
struct Defaults {
    rules: Vec<u32>,
}

impl Defaults {
    fn of(contract: &Contract, names: &super::board::Names) -> Self {
        let reviews = contract.review.iter().chain(contract.workflows.iter().flat_map(|workflow| &workflow.review));
        let exclusions = contract.workflows.iter().flat_map(|workflow| workflow.exclusions.iter().flatten());
        let routing = contract.routing.iter().flat_map(|routing| &routing.rules);
        let catch_alls = routing.filter(|rule| rule.tier == Tier::CatchAll).map(|rule| &rule.id);
        let ids = contract.suppression.iter().map(|one| &one.id).chain(reviews.map(|one| &one.id));
        let ids = ids.chain(exclusions.map(|one| &one.id)).chain(catch_alls);
        Self { rules: ids.filter_map(|id| names.find(id.as_str())).collect() }
    }

    /// Whether no rule but these decided. A rule that the contract no longer has is taken for one that chose.
    fn decided(&self, belongs: &Belongs) -> bool {
        belongs.rules.iter().all(|rule| self.rules.contains(rule))
    }
}

/// What a figure stands on where there was something to look at, but nothing in it.
const fn nothing(metric: Indicator) -> &'static str {
    match metric {
        Indicator::SuggestionAcceptance | Indicator::SuggestionEdited => "a suggestion that a person answered",
        Indicator::ReviewAcceptance => "something that waited for a reviewer and was answered",
        Indicator::RoutingCorrection | Indicator::DefaultOwner | Indicator::SlaBreach => "an assignment",
        Indicator::TaskCompletion => "a task with a due time that is over, and `task_done` answers",
        Indicator::SuppressionBlockRate => "an action that the gate judged",
        Indicator::Rollbacks => "a change",
        Indicator::HandoffUseful => "a handoff that somebody rated: `handoff_useful` or `handoff_useless`",
        Indicator::HandoffParts => "a handoff note, and parts that the contract requires",
        Indicator::DistributionParity => {
            "assignments by rules that lead to a pool of several, whose members the log names"
        }
        Indicator::Unrouted => "an assignment that routing was asked for",
        Indicator::AutomaticCorrection => "something that was done automatically",
        Indicator::FieldCompletion => "records with fields that the contract has policies for",
        Indicator::DuplicateRate => "records to compare",
    }
}

/// When an entry was first named.
fn first(sorted: &[(Hash, Timestamp)], name: &Hash) -> Option<Timestamp> {
    let place = sorted.partition_point(|one| one.0 < *name);
    sorted.get(place).filter(|one| one.0 == *name).map(|one| one.1)
}

/// Of several answers to one entry the latest.
fn latest(mut resolved: Vec<Resolved>) -> Vec<Resolved> {
    order::sort_by(&mut resolved, |a, b| (a.to, a.belongs.at, a.says).cmp(&(b.to, b.belongs.at, b.says)));
    let last: Vec<bool> = (0..resolved.len())
        .map(|place| resolved.get(place + 1).map(|one| one.to) != resolved.get(place).map(|one| one.to))
        .collect();
    let mut last = last.into_iter();
    resolved.retain(|_| last.next() == Some(true));
    order::sort_by(&mut resolved, |a, b| (a.belongs.at, a.to).cmp(&(b.belongs.at, b.to)));
    resolved
}

fn slice(by: By, key: String, cell: &Cell) -> Slice {
    let figures = Indicator::ALL.into_iter().map(|metric| Figure::of(metric, cell.share(metric)));
    let figures = figures.filter(|figure| figure.share.of > 0 || figure.share.hits > 0).collect();
    Slice { by, key, figures, counts: counts(cell, false) }
}

fn counts(cell: &Cell, all: bool) -> Vec<Count> {
    let each = Counted::ALL.into_iter().zip(&cell.counts);
    each.filter(|(_, count)| all || **count > 0).map(|(what, count)| Count { what, count: *count }).collect()
}
