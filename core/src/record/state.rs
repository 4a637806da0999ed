//! State: what one decision leaves for the next. A value in and a value out.

use serde::{Deserialize, Serialize};

use super::{Crm, LeadField, Object, RecordRef};
use crate::contract::{ActionKind, Method, Pool, Reviewer, StageKind};
use crate::decision::Decision;
use crate::gate::Judged;
use crate::id::{CalendarId, EventId, FieldName, OwnerId, PoolId, RuleId};
use crate::json::Decode;
use crate::lifecycle;
use crate::map::Map;
use crate::plan::Plan;
use crate::time::Timestamp;

/// What one decision leaves for the next.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct State {
    /// The rotation of each pool.
    pub pools: Map<PoolId, PoolState>,
    /// How many open leads each owner has, where a pool looks at it: set by the host or [`State::count_open`], one more with
    /// each assignment, one less with [`State::close`].
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub open: Map<OwnerId, u64>,
    /// Response times that run, by record. Filled by deciding where an assignment is automatic, and by [`State::promise`].
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub promises: Map<String, Promise>,
    /// How many actions each sampling review rule has counted, by the rule's address.
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub samples: Map<String, u64>,
    /// What waits for a person, by record: `lead/123`. Filled by [`State::wait`], emptied by [`State::settle`].
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub pending: Map<String, Vec<Pending>>,
    /// What was rejected or taken back and is not to be repeated, by record. Filled by [`State::refuse`].
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub refused: Map<String, Vec<Refused>>,
    /// When something was let go to whom, by e-mail address, or record id where none is known: for contracts that read
    /// `touches.…`. The last 30 days. Filled by deciding and by [`State::touch`].
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub touches: Map<String, Vec<Timestamp>>,
}

/// How far back touches are counted, in days.
const TOUCHES_KEPT: i64 = 30;

/// Something that waits for a person. What depends on it is held meanwhile.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Pending {
    /// What is to be done.
    pub action: ActionKind,
    /// The field, for writes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<FieldName>,
    /// The event that led to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event: Option<EventId>,
    /// Who looks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reviewer: Option<Reviewer>,
}

/// Something that was done, or offered, and is not wanted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Refused {
    /// What was done or offered.
    pub action: ActionKind,
    /// The field, for writes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<FieldName>,
    /// The value, owner, target or text.
    pub value: String,
    /// What became of it.
    pub because: Because,
}

/// Why something is not repeated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Because {
    /// A person rejected it.
    Rejected,
    /// It was taken back.
    RolledBack,
}

/// What waits and what was refused, by record, while something is decided.
#[derive(Debug, Default)]
pub(crate) struct Kept {
    pending: Map<String, Vec<Pending>>,
    refused: Map<String, Vec<Refused>>,
}

impl State {
    /// Keeps what a decision sends to a person, so that what depends on it is held until [`State::settle`]. Deciding does
    /// not keep it by itself: a preview has no person who would settle it.
    pub fn wait(&mut self, decision: &Decision) {
        for judged in decision.judged.iter().filter(|judged| judged.waits()) {
            let list = self.pending.get_or_insert(key(&judged.record), Vec::new);
            list.push(Pending {
                action: judged.action,
                field: judged.field.clone(),
                event: Some(decision.event.clone()),
                reviewer: judged.reviewer.clone(),
            });
        }
    }

    /// A person has decided: what waited does not wait any more. Gives whether anything did.
    pub fn settle(&mut self, record: &RecordRef, action: ActionKind, field: Option<&FieldName>) -> bool {
        let key = key(record);
        let Some(list) = self.pending.get_mut(&*key) else { return false };
        let before = list.len();
        list.retain(|pending| pending.action != action || pending.field.as_ref() != field);
        let settled = list.len() < before;
        if list.is_empty() {
            self.pending.remove(&*key);
        }
        settled
    }

    /// What was rejected or taken back is not done or offered again.
    pub fn refuse(&mut self, judged: &Judged, because: Because) {
        let refused =
            Refused { action: judged.action, field: judged.field.clone(), value: judged.new.clone(), because };
        self.keep_refused(&judged.record, refused);
    }

    /// The same, where the action is known by its parts: from an entry of the audit log.
    pub fn keep_refused(&mut self, record: &RecordRef, refused: Refused) {
        let list = self.refused.get_or_insert(key(record), Vec::new);
        if !list.contains(&refused) {
            list.push(refused);
        }
    }

    /// What was taken back may be done again: its rollback was taken back itself. Gives whether it was on the list.
    pub fn allow_again(&mut self, record: &RecordRef, refused: &Refused) -> bool {
        let key = key(record);
        let Some(list) = self.refused.get_mut(&*key) else { return false };
        let before = list.len();
        list.retain(|one| one != refused);
        let allowed = list.len() < before;
        if list.is_empty() {
            self.refused.remove(&*key);
        }
        allowed
    }

    /// Something goes to somebody at a time. Deciding keeps what is automatic; a host keeps what a person approved, until a
    /// snapshot has it.
    pub fn touch(&mut self, who: &str, at: Timestamp) {
        let times = self.touches.get_or_insert(who.to_owned(), Vec::new);
        times.retain(|earlier| *earlier > at.plus_days(-TOUCHES_KEPT));
        times.push(at);
    }

    /// When something went to a person known by these addresses and ids.
    pub(crate) fn touched(&self, names: &[&str]) -> Vec<Timestamp> {
        let new = |place: usize, name: &&&str| !names[..place].contains(name);
        let each = names.iter().enumerate().filter(|(place, name)| new(*place, name));
        each.filter_map(|(_, name)| self.touches.get(*name)).flatten().copied().collect()
    }

    /// A lead that a pool gave comes back: its member gets the turns again that the pool says, the caps do not count it, and it is
    /// not open with them any more. `at` is when it was given.
    pub fn give_back(&mut self, pool: &Pool, owner: &OwnerId, at: Timestamp) {
        self.close(owner);
        let Some(kept) = self.pools.get_mut(&pool.id) else { return };
        if pool.return_credit > 0 && pool.method != Method::Quota {
            let credits = kept.credits.get_or_insert(owner.clone(), || 0);
            *credits = credits.saturating_add(pool.return_credit.into());
        }
        if let Some(given) = kept.given.get_mut(owner) {
            for count in [&mut given.day, &mut given.week, &mut given.month] {
                // What was given in an earlier period is counted no more.
                if count.since <= at {
                    count.count = count.count.saturating_sub(1);
                }
            }
        }
    }

    /// Nobody has a person or a company any more, by the e-mail address or domain that a sticky pool remembers it by: where a
    /// lead came back, the next one need not go the same way.
    pub fn forget(&mut self, pool: &PoolId, name: &str) {
        if let Some(kept) = self.pools.get_mut(pool) {
            kept.last.remove(name);
        }
    }

    /// An owner has one open lead less.
    pub fn close(&mut self, owner: &OwnerId) {
        if let Some(open) = self.open.get_mut(owner) {
            *open = open.saturating_sub(1);
        }
    }

    /// Counts the open leads of every owner in a snapshot: those that no stage has taken out of the running. Does nothing for a
    /// contract whose pools do not look at them.
    pub fn count_open(&mut self, plan: &Plan, crm: &Crm) {
        if !plan.routing.counts_open {
            return;
        }
        self.open = Map::new();
        for lead in crm.records(Object::Lead) {
            let Some(owner) = lead.text(LeadField::Owner.slot()) else { continue };
            let stage = lead.text(LeadField::LifecycleStage.slot());
            let open = |stage| matches!(lifecycle::kind(plan, stage), StageKind::Open | StageKind::Opportunity);
            if stage.is_none_or(open) {
                *self.open.get_or_insert(crm.owner_id(owner), || 0) += 1;
            }
        }
    }

    /// Lends what is kept to a decision, which reads it and gives it back; none where nothing is.
    pub(crate) fn lend(&mut self) -> Option<Kept> {
        (!self.pending.is_empty() || !self.refused.is_empty())
            .then(|| Kept { pending: std::mem::take(&mut self.pending), refused: std::mem::take(&mut self.refused) })
    }

    /// Takes back what was lent.
    pub(crate) fn take_back(&mut self, lent: Option<Kept>) {
        if let Some(Kept { pending, refused }) = lent {
            (self.pending, self.refused) = (pending, refused);
        }
    }
}

impl Kept {
    /// What became of the same action on a record before.
    pub(crate) fn refused(
        &self,
        record: &RecordRef,
        action: ActionKind,
        field: Option<&FieldName>,
        value: &str,
    ) -> Option<Because> {
        let same = |one: &&Refused| one.action == action && one.field.as_ref() == field && one.value == value;
        self.refused.get(&*key(record))?.iter().find(same).map(|one| one.because)
    }

    /// What waits for a person on a record: the first of it.
    pub(crate) fn waits(&self, record: &RecordRef) -> Option<&Pending> {
        self.pending.get(&*key(record))?.first()
    }
}

pub(crate) fn key(record: &RecordRef) -> String {
    format!("{}/{}", record.object.word(), record.id)
}

/// The rotation of one pool.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct PoolState {
    /// How many turns each member had: leads given, and turns that passed while they could take none.
    pub turns: Map<OwnerId, u64>,
    /// Turns given back, which come before others.
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub credits: Map<OwnerId, u64>,
    /// What members with caps were given of late.
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub given: Map<OwnerId, Given>,
    /// Who had a person or a company last, by e-mail address and by domain, where the pool is sticky.
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub last: Map<String, OwnerId>,
}

/// What somebody was given in the day, the week and the month of the last lead.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Given {
    /// In the day.
    pub day: Count,
    /// In the week, from Monday on.
    pub week: Count,
    /// In the month.
    pub month: Count,
}

/// How many leads since a period began.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Count {
    /// When the period began.
    pub since: Timestamp,
    /// How many.
    pub count: u64,
}

/// The response times of a record that run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Promise {
    /// Who has the record.
    pub owner: OwnerId,
    /// The rule of the contract's `sla`.
    pub rule: RuleId,
    /// The working hours that count, where they alone do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calendar: Option<CalendarId>,
    /// By when it must be accepted; none once it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accept_by: Option<Timestamp>,
    /// By when the buyer must have heard from somebody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub respond_by: Option<Timestamp>,
    /// Since when the clocks stand still.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paused: Option<Timestamp>,
    /// How often it was given to somebody else since nobody responded.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub reassigned: u32,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
const fn is_zero(count: &u32) -> bool {
    *count == 0
}
