// Generated from docs/schemas by `node tests/data/types.mjs`: what crosses the boundary as JSON text.

/**
 * A contract, across its versions.
 */
export type ContractId = string;
/**
 * Which of day and month comes first in a date written with numbers.
 */
export type DateOrder = "day_first" | "month_first";
/**
 * Who looks.
 */
export type Reviewer =
  | {
      role: string;
    }
  | {
      owner: string;
    }
  | {
      queue: QueueId;
    }
  | "account_owner";
/**
 * A queue: a place where leads wait for a person.
 */
export type QueueId = string;
/**
 * A principal that acts by AI, for example `alim`.
 */
export type AgentId = string;
/**
 * Whether a lead came to us or we went to it.
 */
export type Motion = "inbound" | "outbound";
/**
 * What an automation can do to a record or a person. Kept apart where the risk differs.
 */
export type ActionKind =
  | "update_field"
  | "create"
  | "link"
  | "merge"
  | "assign"
  | "change_stage"
  | "create_task"
  | "add_to_campaign"
  | "enrol"
  | "draft_message"
  | "send_message"
  | "ask_question"
  | "book_meeting"
  | "research_note";
/**
 * One of the contract's workflows.
 */
export type WorkflowId = string;
/**
 * Whether a workflow may act by itself, or a routing rule assign.
 */
export type Mode = "suggest" | "automatic";
/**
 * What can happen. The last five are derived: raised by a decision, or by a sweep over the records for the clock.
 */
export type EventKind =
  | "lead_captured"
  | "form_submitted"
  | "chat_message"
  | "email_reply"
  | "social_activity"
  | "prospect_sourced"
  | "enrichment_received"
  | "calendar_event"
  | "call_noted"
  | "product_signal"
  | "record_updated"
  | "scored"
  | "stage_indicated"
  | "similar_found"
  | "no_reply"
  | "dormant"
  | "sla_breached";
/**
 * What a condition reads: a field of a record or something a stage makes, `score.fit`.
 */
export type FactName = string;
/**
 * A value to compare with. No floats: amounts with decimals are written as text, `"49.50 EUR"`.
 */
export type Scalar = boolean | number | string;
/**
 * One text or several.
 */
export type Texts = string | string[];
/**
 * A look-up list, for example `named-accounts`.
 */
export type ListId = string;
/**
 * A rule of any section: routing, score, suppression, review, lifecycle.
 */
export type RuleId = string;
/**
 * What follows where a restricting condition cannot be decided.
 */
export type WhenUnknown = "ignore" | "review" | "block";
/**
 * A field of a record, written `object.field`: `lead.industry`.
 */
export type FieldName = string;
/**
 * The most AI may do with a field.
 */
export type MaxVerdict = "auto" | "suggest" | "never";
/**
 * How sure a source or a match is, in per mille (0–1000).
 *
 * Reads `870`, `0.87` and `"87 %"`; writes `870`. A whole number is always per mille, a number with a decimal point
 * always a fraction of one.
 */
export type Confidence = number | string;
/**
 * What sort of review trigger.
 */
export type ReviewTrigger =
  | "low_confidence"
  | "high_value"
  | "strategic_account"
  | "ambiguous_identity"
  | "stage_change"
  | "sensitive_question"
  | "brand_sensitive"
  | "conflicting_data"
  | "suppression"
  | "sampling"
  | "custom";
/**
 * The figures Interlock measures. None counts raw AI activity.
 */
export type Metric =
  | "field_completion"
  | "duplicate_rate"
  | "suggestion_acceptance"
  | "routing_correction"
  | "task_completion"
  | "suppression_block_rate"
  | "rollback_count"
  | "handoff_quality";
/**
 * A source of leads or of values, for example `demo-form`.
 */
export type SourceId = string;
/**
 * What sort of source.
 */
export type SourceKind =
  | "demo_request"
  | "form"
  | "chat"
  | "email_reply"
  | "linkedin"
  | "outbound_list"
  | "enrichment"
  | "calendar"
  | "call_notes"
  | "import"
  | "product_signal"
  | "crm"
  | "scoring"
  | "other";
/**
 * How far a source is trusted, lowest first.
 */
export type Trust = "none" | "low" | "medium" | "high";
/**
 * The gate's answer. Ordered from laxest to strictest; the strictest that applies wins.
 */
export type Verdict = "auto" | "suggest" | "review" | "block";
/**
 * Which object a custom field belongs to.
 */
export type CustomObject = "lead" | "account" | "contact" | "opportunity";
/**
 * What the values of a custom field are.
 */
export type CustomKind = "text" | "number" | "money" | "bool" | "date";
/**
 * Where a lead goes.
 */
export type Target =
  | {
      owner: string;
    }
  | {
      pool: PoolId;
    }
  | {
      queue: QueueId;
    }
  | {
      list_owner: ListId;
    }
  | "account_owner"
  | "record_owner"
  | "escalate";
/**
 * A pool of owners.
 */
export type PoolId = string;
/**
 * A territory.
 */
export type TerritoryId = string;
/**
 * One way in which a lead finds its account.
 */
export type AccountMatch = "domain" | "company";
/**
 * Evidence for or against two records being the same thing: log2 of the Bayes factor, in thousandths of a bit.
 *
 * Source: Fellegi and Sunter, *A Theory for Record Linkage* (1969); the word is Splink's.
 */
export type MatchWeight = number;
/**
 * What a blocking rule asks to be equal.
 */
export type BlockingKey =
  | "name"
  | "surname"
  | "surname_sound"
  | "given_name"
  | "given_initial"
  | "email"
  | "mailbox"
  | "phone"
  | "company"
  | "company_word"
  | "company_start"
  | "domain"
  | "house_number"
  | "street"
  | "address_line"
  | "city"
  | "postal_code"
  | "birth_date"
  | "birth_year"
  | "identifier";
/**
 * What of a record is compared. Each has a normal form; what was typed stays in the record.
 */
export type Attribute =
  | "given_name"
  | "surname"
  | "email"
  | "phone"
  | "mobile"
  | "company"
  | "domain"
  | "house_number"
  | "street"
  | "address_line"
  | "city"
  | "postal_code"
  | "state"
  | "country"
  | "birth_date"
  | "identifier";
/**
 * How two values agree.
 */
export type Likeness =
  | "same"
  | "same_mailbox"
  | "same_user"
  | "same_words"
  | "nickname"
  | "initial"
  | "begins"
  | "similar"
  | "close"
  | "sounds"
  | "two_of_three"
  | "words"
  | "within";
/**
 * What decides between several records: those that have most of it stay.
 */
export type TieBreaker =
  | "same_domain"
  | "same_country"
  | "same_state"
  | "owner_active"
  | "customer"
  | "open_opportunities"
  | "contacts"
  | "parent"
  | "contact"
  | "most_complete"
  | "recent_activity"
  | "newest"
  | "oldest";
/**
 * Which value survives when records are merged. An opt-out, a do-not-call and a bounce survive whatever this says.
 */
export type Survivorship = "master" | "newest" | "most_frequent";
/**
 * What it costs to get a field wrong.
 */
export type Risk = "low" | "medium" | "high";
/**
 * Who is right when sources disagree.
 */
export type SourceOfTruth =
  | "verified_email"
  | "enrichment"
  | "human"
  | "scoring_model"
  | "conversation"
  | "routing_table"
  | "consent_system"
  | "crm"
  | "form";
/**
 * What happens to a proposal between `block_below` and `auto_at`.
 */
export type Between = "suggest" | "review";
/**
 * When an existing value may be replaced.
 */
export type Overwrite = "never" | "if_empty" | "if_higher_confidence" | "always";
/**
 * What happens when the overwrite rule forbids the replacement.
 */
export type Otherwise = "suggest" | "review" | "block";
/**
 * A score, for example `fit`.
 */
export type ScoreId = string;
/**
 * Points of a score.
 */
export type Points = number;
/**
 * What sort of suppression.
 */
export type SuppressionKind =
  | "opt_out"
  | "do_not_call"
  | "customer"
  | "open_opportunity"
  | "strategic_account"
  | "competitor"
  | "partner"
  | "investor"
  | "regulated_account"
  | "duplicate_pending"
  | "bounced"
  | "frequency_cap"
  | "quiet_hours"
  | "custom";
/**
 * The policy of a DMARC record.
 */
export type Dmarc = "missing" | "none" | "quarantine" | "reject";
/**
 * With which authentication the From domain is aligned.
 */
export type Alignment = "neither" | "spf" | "dkim" | "both";
/**
 * How the addresses of a list were come by.
 */
export type ListSource = "confirmed" | "opt_in" | "researched" | "pre_ticked" | "purchased";
/**
 * What happens when several rules hold (the words are DMN's, OMG *Decision Model and Notation* 1.5, §8.2.8).
 */
export type HitPolicy = "unique" | "first";
/**
 * The precedence ladder: the first tier with a rule that holds decides.
 */
export type Tier =
  | "legal"
  | "named_account"
  | "open_opportunity"
  | "account_owner"
  | "territory"
  | "skill"
  | "capacity"
  | "fair_distribution"
  | "catch_all";
/**
 * How a pool shares its work.
 */
export type Method = "round_robin" | "strict_round_robin" | "least_loaded" | "priority" | "quota";
/**
 * Who is asked before anybody's turn.
 */
export type Sticky = "account_owner" | "person" | "company";
/**
 * Working hours, for example `berlin-office`.
 */
export type CalendarId = string;
/**
 * What happens when no member of a pool can take a lead.
 */
export type OnNobody =
  | {
      pool: PoolId;
    }
  | {
      queue: QueueId;
    }
  | {
      owner: string;
    }
  | {
      hold: QueueId;
    }
  | "route_anyway"
  | "fail";
/**
 * A day of the week.
 */
export type Weekday = "mon" | "tue" | "wed" | "thu" | "fri" | "sat" | "sun";
/**
 * Days on which nobody works, for example `germany`.
 */
export type HolidaysId = string;
/**
 * Which time counts.
 */
export type Clock = "calendar" | "business";
/**
 * A lifecycle stage, for example `mql`.
 */
export type StageId = string;
/**
 * What a stage means.
 */
export type StageKind = "open" | "opportunity" | "customer" | "recycled" | "disqualified";
/**
 * A part of a handoff note.
 */
export type HandoffPart =
  | "source"
  | "company"
  | "fit"
  | "urgency"
  | "missing"
  | "conflicts"
  | "next_step"
  | "review"
  | "facts"
  | "history"
  | "notes"
  | "pain"
  | "objections";
/**
 * Who reads a note.
 */
export type Audience = "sdr" | "manager" | "owner";
/**
 * What a note is written in.
 */
export type Format = "text" | "markdown";
/**
 * Something an audit entry keeps.
 */
export type AuditKeep = "source" | "old_value" | "new_value" | "version" | "confidence" | "reason";
/**
 * What a rollback restores.
 */
export type Restore = "previous_value";
/**
 * What a budget counts.
 */
export type Measure = "rerouted" | "rescored" | "verdict_changed" | "newly_suppressed" | "newly_for_review";
/**
 * An event: what happened to which record.
 */
export type EventId = string;
/**
 * The kinds of record Interlock reads.
 */
export type Object = "lead" | "contact" | "account" | "opportunity" | "activity" | "owner";
/**
 * A record of the CRM.
 */
export type RecordId = string;
export type Timestamp = string;
/**
 * Where a lead ends up.
 */
export type Destination =
  | {
      owner: OwnerId;
    }
  | {
      queue: QueueId;
    }
  | {
      escalated: QueueId | null;
    }
  | "unrouted"
  | "blocked";
/**
 * A person who can own records: the directory's id where there is one, otherwise the name as written, folded.
 */
export type OwnerId = string;
/**
 * How sure a match is.
 */
export type Outcome2 = "exact" | "probable" | "ambiguous" | "none";
/**
 * By what a record was found.
 */
export type Evidence =
  "email" | "role_address" | "mailbox" | "name_and_domain" | "link" | "domain" | "company_name" | "family" | "weight";
/**
 * Whether a workflow started, and if not, why.
 */
export type Started =
  | "yes"
  | {
      doubtful: RuleId;
    }
  | {
      not_triggered: Truth;
    }
  | {
      not_eligible: Truth;
    }
  | {
      excluded: RuleId;
    };
/**
 * Kleene's strong three-valued logic: `and` is the least, `or` the greatest, in the order no < unknown < yes.
 */
export type Truth = "no" | "unknown" | "yes";
/**
 * Who acts.
 */
export type Principal =
  | {
      agent: AgentId;
    }
  | {
      person: string;
    }
  | {
      system: string;
    }
  | {
      provider: string;
    };
/**
 * What a contribution comes from.
 */
export type Part = "rule" | "cap" | "limit";
/**
 * What became of a rule.
 */
export type Fate = "decides" | "agrees" | "disagrees" | "yields" | "fails" | "unknown" | "not_asked";
/**
 * Why a member was passed over.
 */
export type SkipReason =
  | "inactive"
  | "left_the_company"
  | "out_of_office"
  | "outside_working_hours"
  | "at_cap"
  | "not_eligible"
  | "excluded"
  | "previous_owner"
  | "conflict"
  | "not_their_turn";
/**
 * What sort of entry.
 */
export type EntryKind = "change" | "suggestion" | "review" | "block" | "observed" | "correction" | "rollback";
/**
 * Who acted.
 */
export type Actor = "ai" | "human_approved_ai" | "human";
/**
 * What a person can say to an entry.
 */
export type Says =
  | "accepted"
  | "edited"
  | "rejected"
  | "rolled_back"
  | "false_duplicate"
  | "wrong_route"
  | "missing_data"
  | "handoff_useful"
  | "handoff_useless"
  | "task_done";
/**
 * What happened at an address.
 */
export type DifferenceKind = "added" | "removed" | "changed" | "moved";
/**
 * A kind of action other than writing a field, which is proposed under `proposals`, with the value's evidence.
 */
export type Deed =
  | "create"
  | "link"
  | "merge"
  | "assign"
  | "change_stage"
  | "create_task"
  | "add_to_campaign"
  | "enrol"
  | "draft_message"
  | "send_message"
  | "ask_question"
  | "book_meeting"
  | "research_note";
/**
 * What sort of message.
 */
export type MessageCategory = "marketing" | "transactional";
/**
 * The stages of a decision, in the order in which they run.
 */
export type FactInfoStage =
  "intake" | "identity" | "suppression" | "enrichment" | "classification" | "routing" | "handoff" | "audit";
/**
 * What a file holds.
 */
export type Holds =
  ("lead" | "contact" | "account" | "opportunity" | "activity" | "owner") | "proposals" | "events" | "contract";
/**
 * How grave a finding is, least first.
 */
export type Severity = "info" | "warning" | "error";
/**
 * What sort of place a lead ends up in.
 */
export type PlaceKind = "owner" | "queue" | "escalated" | "unrouted" | "blocked" | "not_eligible";
/**
 * A way in which a lead can change.
 */
export type MoveChange =
  | "rerouted"
  | "rerouted_by_rule"
  | "rerouted_by_rotation"
  | "rescored"
  | "rebanded"
  | "verdict_changed"
  | "newly_suppressed"
  | "released"
  | "newly_for_review"
  | "no_longer_for_review"
  | "newly_escalated";
/**
 * What sort of line.
 */
export type Mark = "yes" | "no" | "unknown" | "verdict" | "info";
/**
 * Why something is not repeated.
 */
export type Because = "rejected" | "rolled_back";

export interface Answers {
  ContractFormat?: ContractFormat;
  Decision?: Decision;
  Difference?: Difference;
  CrmEvent?: CrmEvent;
  FactInfo?: FactInfo;
  FileReport?: FileReport;
  Finding?: Finding;
  SideBySide?: SideBySide;
  Move?: Move;
  Proposal?: Proposal;
  State?: State;
  Summary?: Summary;
}
/**
 * A contract: the rules by which an AI may touch a CRM.
 */
export interface ContractFormat {
  /**
   * Where editors find the JSON Schema; not read by the engine.
   */
  $schema?: string | null;
  /**
   * The format of this file: 1.
   */
  interlock: 1;
  /**
   * What this contract is called in logs; stays the same across versions.
   */
  id: ContractId;
  /**
   * What people call it.
   */
  name?: string | null;
  /**
   * The version of this contract, `2.4.0`; changes whenever its behaviour does.
   */
  version: string;
  /**
   * `sha256:` and the SHA-256 of the canonical JSON without this key. Written by an export, checked when read.
   */
  digest?: string | null;
  /**
   * Free text for people.
   */
  description?: string | null;
  /**
   * What holds for the whole contract: country, currency, order of day and month.
   */
  settings?: Settings;
  /**
   * The AI agents that act, and what they may do.
   */
  agents?: Agent[];
  /**
   * Which event starts what, for which records, by which agent.
   */
  workflows?: Workflow[];
  /**
   * Where leads and values come from, and how far each is trusted.
   */
  sources?: Source[];
  /**
   * What each level of trust allows.
   */
  trust?: TrustLevels;
  /**
   * Fields of your own, read from columns of your own.
   */
  custom_fields?: CustomField[];
  /**
   * Look-up lists, for example named accounts by domain. Each makes the fact `list.<id>`.
   */
  lists?: List[];
  /**
   * Territories. Each makes the fact `territory.<id>`.
   */
  territories?: Territory[];
  /**
   * How people and companies are recognised.
   */
  identity?: Identity | null;
  /**
   * Which fields AI may update, suggest, or never touch.
   */
  fields?: FieldPolicy[];
  /**
   * Fields that a person must always approve, besides those that Interlock protects whatever stands here.
   */
  protected?: FieldName[];
  /**
   * Words and phrases that classify free text. Each rule makes the fact `term.<id>`.
   */
  terms?: Terms | null;
  /**
   * Scores: points with reasons, and bands.
   */
  scores?: Score[];
  /**
   * Grades: what two scores come to together. Each makes the fact `grade.<id>`.
   */
  grades?: Grade[];
  /**
   * What must be suppressed before any write.
   */
  suppression?: Suppression[];
  /**
   * The domains that mail is sent from, and what is known of them. Without it nothing is sent.
   */
  sender?: Sender | null;
  /**
   * Who gets which lead.
   */
  routing?: Routing | null;
  /**
   * The stages of a lead's life and who may move it.
   */
  lifecycle?: Lifecycle | null;
  /**
   * When a person must look, and who.
   */
  review?: ReviewRule[];
  /**
   * What sales is told.
   */
  handoff?: Handoff | null;
  /**
   * What is kept of each change.
   */
  audit?: Audit | null;
  /**
   * How bad updates are taken back.
   */
  rollback?: Rollback | null;
  /**
   * What evidence it takes to automate what is suggested, and to take it back.
   */
  promotion?: Promotion | null;
  /**
   * Leads that must go where you say; a preview fails when they do not.
   */
  expectations?: Expectation[];
  /**
   * How much a change may move; a preview fails when it moves more.
   */
  budgets?: Budget[];
}
/**
 * What holds for the whole contract.
 */
export interface Settings {
  /**
   * The country phone numbers without a country code belong to (ISO 3166 alpha-2).
   */
  default_country?: string | null;
  /**
   * The currency of amounts without one (ISO 4217).
   */
  currency?: string | null;
  /**
   * What `03/04/2025` means: `day_first` or `month_first`. Without it, such dates are read by what the whole column
   * allows.
   */
  date_order?: DateOrder | null;
  /**
   * The time zone of `event.hour` and `event.weekday` (IANA, `Europe/Berlin`).
   */
  time_zone?: string | null;
  /**
   * Who looks where neither a review rule nor a field policy names anybody; by default the escalation queue.
   */
  reviewer?: Reviewer | null;
}
/**
 * An AI that acts under the contract.
 */
export interface Agent {
  /**
   * How the contract refers to it.
   */
  id: AgentId;
  /**
   * What people call it.
   */
  name?: string | null;
  /**
   * The motion it works in; an action outside it is blocked.
   */
  motion: Motion;
  /**
   * The actions it may propose; any other is blocked.
   */
  capabilities: ActionKind[];
}
/**
 * One automation: trigger, eligible records, exclusions, what it does, how it is judged.
 *
 * The shared sections (field policies, suppression, review …) hold for every workflow; a workflow may only tighten.
 */
export interface Workflow {
  /**
   * How the contract and its logs refer to it.
   */
  id: WorkflowId;
  /**
   * What people call it.
   */
  name?: string | null;
  /**
   * The version of this workflow, kept with every change it makes.
   */
  version: string;
  /**
   * The agent that acts; without one, only the system's own steps run.
   */
  agent?: AgentId | null;
  /**
   * `suggest` (the default) or `automatic`. Caps what is automatic; never changes where a lead goes.
   */
  mode?: Mode;
  /**
   * What it may do. An action no triggered workflow lists is blocked.
   */
  actions?: ActionKind[];
  /**
   * Which event starts it.
   */
  trigger?: Trigger | null;
  /**
   * Which records it may touch; unknown counts as no.
   */
  eligible?: Condition | null;
  /**
   * Which records it must leave alone.
   */
  exclusions?: Exclusion[] | null;
  /**
   * Field policies that are stricter here than in the shared section.
   */
  fields?: Tightening[];
  /**
   * Review rules that hold for this workflow only, besides the shared ones.
   */
  review?: ReviewRule[];
  /**
   * What improves if it works.
   */
  success_metric?: SuccessMetric | null;
}
/**
 * Which event starts a workflow.
 */
export interface Trigger {
  /**
   * Any of these events.
   */
  on: EventKind[];
  /**
   * And only when this holds; unknown counts as no.
   */
  when?: Condition | null;
  /**
   * For `dormant` and `no_reply`: after how many days; 90 and 5 when not said. Where several workflows wait for the
   * same event, the fewest days count.
   */
  after_days?: number | null;
}
/**
 * Either one of `all`, `any`, `not`, or `fact` with at least one test.
 */
export interface Condition {
  /**
   * Every one of these holds.
   */
  all?: Condition[] | null;
  /**
   * At least one of these holds.
   */
  any?: Condition[] | null;
  /**
   * This does not hold.
   */
  not?: Condition | null;
  /**
   * What is read, for example `lead.country` or `score.fit`.
   */
  fact?: FactName | null;
  /**
   * Equals this value.
   */
  is?: Scalar | null;
  /**
   * Equals one of these values.
   */
  in?: Scalar[] | null;
  /**
   * Is this or more; money is written `"50000 EUR"`.
   */
  at_least?: Scalar | null;
  /**
   * Is this or less.
   */
  at_most?: Scalar | null;
  /**
   * Is more than this.
   */
  above?: Scalar | null;
  /**
   * Is less than this.
   */
  below?: Scalar | null;
  /**
   * Has a value (true) or is blank (false).
   */
  exists?: boolean | null;
  /**
   * Contains one of these texts.
   */
  contains?: Texts | null;
  /**
   * Starts with one of these texts.
   */
  starts_with?: Texts | null;
  /**
   * Ends with one of these texts.
   */
  ends_with?: Texts | null;
  /**
   * Lies in one of these ranges of codes, `80000-89999`.
   */
  in_range?: Texts | null;
  /**
   * Is one of these domains, or below one of them.
   */
  domain_is?: Texts | null;
  /**
   * Lies before this date or time (RFC 3339).
   */
  before?: string | null;
  /**
   * Lies after this date or time (RFC 3339).
   */
  after?: string | null;
  /**
   * Lies within so many days before the time of the decision.
   */
  within_days?: number | null;
  /**
   * Stands in this look-up list of the contract.
   */
  in_list?: ListId | null;
}
/**
 * Records a workflow must leave alone.
 */
export interface Exclusion {
  /**
   * How reasons refer to it.
   */
  id: RuleId;
  /**
   * Which records.
   */
  when: Condition;
  /**
   * What happens where the condition cannot be decided; by default a person looks.
   */
  when_unknown?: WhenUnknown;
}
/**
 * A field policy made stricter for one workflow. What it does not name stays as shared.
 */
export interface Tightening {
  /**
   * The field.
   */
  field: FieldName;
  /**
   * The most AI may do here; not more than the shared policy allows.
   */
  ai?: MaxVerdict | null;
  /**
   * The confidence an automatic update needs here; not less than in the shared policy.
   */
  auto_at?: Confidence | null;
  /**
   * The confidence under which a proposal is blocked here; not less than in the shared policy.
   */
  block_below?: Confidence | null;
}
/**
 * When a person must look.
 */
export interface ReviewRule {
  /**
   * How reasons refer to it.
   */
  id: RuleId;
  /**
   * What sort of trigger it is.
   */
  trigger: ReviewTrigger;
  /**
   * When it holds.
   */
  when: Condition;
  /**
   * What happens where that cannot be decided; by default a person looks.
   */
  when_unknown?: WhenUnknown;
  /**
   * The actions it holds; empty means every action.
   */
  actions?: ActionKind[];
  /**
   * Look at a sample only: of the actions it speaks of, the first so many and then one in so many.
   */
  sample?: Sample | null;
  /**
   * Who looks.
   */
  reviewer: Reviewer;
  /**
   * Why, in words.
   */
  reason?: string | null;
}
/**
 * Which of the actions a person looks at. What somebody must look at or what is blocked anyway is not counted.
 */
export interface Sample {
  /**
   * So many first ones.
   */
  first: number;
  /**
   * After these, one in so many; none where it is not said.
   */
  then_one_in?: number | null;
}
/**
 * What improves if a workflow works.
 */
export interface SuccessMetric {
  /**
   * Which figure.
   */
  metric: Metric;
  /**
   * Where it should be, as a share.
   */
  target: Confidence;
}
/**
 * Where a lead or a value comes from.
 */
export interface Source {
  /**
   * How conditions and reasons refer to it.
   */
  id: SourceId;
  /**
   * What people call it.
   */
  name?: string | null;
  /**
   * What sort of source it is.
   */
  kind: SourceKind;
  /**
   * How far it is trusted.
   */
  trust: Trust;
  /**
   * Whether leads from here came to us or we went to them; by default inbound, for outbound lists outbound.
   */
  motion?: Motion | null;
  /**
   * What the CRM writes for it in its lead source column; compared without regard to case.
   */
  names?: string[];
}
/**
 * What each level of trust allows.
 */
export interface TrustLevels {
  /**
   * For sources relied on.
   */
  high?: TrustRule;
  /**
   * For sources used with care.
   */
  medium?: TrustRule;
  /**
   * For doubtful sources.
   */
  low?: TrustRule;
  /**
   * For sources the contract does not name.
   */
  none?: TrustRule;
}
/**
 * What a proposal from a source of one level of trust may do at most.
 */
export interface TrustRule {
  /**
   * A stated confidence above this counts as this.
   */
  confidence_cap: Confidence;
  /**
   * The laxest verdict such a proposal can get.
   */
  at_most: Verdict;
}
/**
 * A field of your own, read from a column of your own. Makes the fact `<object>.<id>`.
 */
export interface CustomField {
  /**
   * Its name in conditions, without the object.
   */
  id: FactName;
  /**
   * The object it belongs to.
   */
  object: CustomObject;
  /**
   * What its values are.
   */
  kind: CustomKind;
  /**
   * The column headers it is read from; compared without regard to case.
   */
  columns: string[];
}
/**
 * A look-up list. Makes the fact `list.<id>`: whether the key's value stands in it.
 */
export interface List {
  /**
   * How conditions refer to it.
   */
  id: ListId;
  /**
   * What people call it.
   */
  name?: string | null;
  /**
   * The fact that is looked up, for example `lead.domain`.
   */
  key: FactName;
  /**
   * What stands in it.
   */
  values?: string[];
  /**
   * What stands in it with where such a lead goes, for rules that say `to: {"list_owner": …}`: an owner, a pool or a
   * queue.
   */
  entries?: {
    [k: string]: Target | undefined;
  };
}
/**
 * A territory. Makes the fact `territory.<id>`.
 */
export interface Territory {
  /**
   * How conditions refer to it.
   */
  id: TerritoryId;
  /**
   * What people call it.
   */
  name?: string | null;
  /**
   * The territory it is part of: whoever belongs to this one belongs to that one too, and of two routing rules of a
   * tier the one about the part outranks the one about the whole.
   */
  parent?: TerritoryId | null;
  /**
   * Which leads belong to it.
   */
  when: Condition;
}
/**
 * How people and companies are recognised before anything else is done.
 */
export interface Identity {
  /**
   * Whether equal e-mail addresses (after case folding) mean the same person. Role addresses and addresses that
   * several records hold are ambiguous whatever this says.
   */
  exact_email?: boolean;
  /**
   * How a lead finds its account.
   */
  account_by?: AccountMatch[];
  /**
   * Domains that say nothing about the company, besides the kept list of free-mail providers.
   */
  ignore_domains?: string[];
  /**
   * Mailboxes that belong to a role and not to a person, besides the kept list (`info`, `sales` …).
   */
  role_mailboxes?: string[];
  /**
   * How people are weighed against each other where no address is equal.
   */
  people?: MatchModel | null;
  /**
   * How companies are weighed against each other where neither domain nor name is equal.
   */
  companies?: MatchModel | null;
  /**
   * What decides between several accounts, in order, whether they have one domain or name or weigh about the same; without
   * it a person does. A parent and its subsidiary always go to a person.
   */
  tie_breakers?: TieBreaker[];
  /**
   * Which of several duplicates is the master record, in order of importance.
   */
  master?: TieBreaker[];
  /**
   * Which value survives when duplicates are merged.
   */
  survivorship?: Survivorship | null;
  /**
   * The same for fields of which another rule holds, by the field's name without its object: `{"phone": "newest"}`.
   */
  survivorship_of?: {
    [k: string]: Survivorship | undefined;
  };
  /**
   * Which columns of files of one's own hold what is compared, by attribute, or `name` for a full name:
   * `{"surname": ["Family name", "Nachname"]}`. The first of them that a file has counts; what is not named here is
   * recognised as ever. For `interlock match`.
   */
  columns?: {
    [k: string]: string[] | undefined;
  };
}
/**
 * How two records are weighed against each other.
 */
export interface MatchModel {
  /**
   * What a pair weighs before anything is compared: log2 of the odds that two records taken at random are the same,
   * in thousandths of a bit. Always negative.
   */
  prior: MatchWeight;
  /**
   * Which pairs are looked at: those that agree on all keys of at least one rule.
   */
  blocking: BlockingRule[];
  /**
   * What is compared.
   */
  comparisons: Comparison[];
  /**
   * From which probability on a pair is probably the same.
   */
  probable_at?: Confidence;
  /**
   * From which probability on a person looks.
   */
  review_at?: Confidence;
  /**
   * How much heavier the best candidate must be than the next, in thousandths of a bit; otherwise a person chooses.
   */
  margin?: MatchWeight;
  /**
   * What it adds when given name and surname agree only exchanged; without it they are not exchanged.
   */
  exchanged?: MatchWeight | null;
  /**
   * How many records may share a blocking key before only the nearest of them in alphabetical order are compared.
   */
  max_block?: number;
}
/**
 * Which pairs are looked at.
 */
export interface BlockingRule {
  /**
   * How the report refers to it.
   */
  id: RuleId;
  /**
   * The keys that must all be equal, and none of them missing.
   */
  on: BlockingKey[];
}
/**
 * One thing that is compared.
 */
export interface Comparison {
  /**
   * What is compared; each attribute once.
   */
  of: Attribute;
  /**
   * The levels of agreement, the strictest first; the first that holds counts.
   */
  levels: Level[];
  /**
   * What it weighs when no level holds.
   */
  otherwise: MatchWeight;
  /**
   * What it weighs when one side or both have no value: the null level.
   */
  missing?: MatchWeight;
}
/**
 * One level of agreement.
 */
export interface Level {
  /**
   * How the two values must agree.
   */
  is: Likeness;
  /**
   * From which likeness on, for `similar`, `words` and `within`, in per mille; the largest number of differences for
   * `close`.
   */
  at?: number | null;
  /**
   * What it weighs, in thousandths of a bit.
   */
  weight: MatchWeight;
  /**
   * Whether a rare value weighs more and a frequent one less: log2 of how often two values agree by chance over how
   * often this one does.
   */
  term_frequency?: boolean;
}
/**
 * The policy of one field.
 */
export interface FieldPolicy {
  /**
   * The field, `lead.industry`.
   */
  field: FieldName;
  /**
   * The most AI may do here.
   */
  ai: MaxVerdict;
  /**
   * `low` may be automatic, `medium` is at most suggested, `high` is always reviewed.
   */
  risk: Risk;
  /**
   * Who is right when sources disagree.
   */
  source_of_truth?: SourceOfTruth | null;
  /**
   * Of several proposals, whose goes first; sources that are not listed come after these. By default the source of truth.
   */
  precedence?: SourceId[];
  /**
   * The only sources that may write it; empty means any.
   */
  updaters?: SourceId[];
  /**
   * The confidence an automatic update needs.
   */
  auto_at?: Confidence | null;
  /**
   * Proposals under this confidence are blocked.
   */
  block_below?: Confidence | null;
  /**
   * What happens to a proposal between the two.
   */
  between?: Between;
  /**
   * When an existing value may be replaced.
   */
  overwrite?: Overwrite;
  /**
   * What happens when the overwrite rule forbids the replacement.
   */
  otherwise?: Otherwise;
  /**
   * After how many days a value counts as weaker: the confidence of a present one counts half, under `if_empty` its
   * replacement may be suggested, and a proposal that was found longer ago is suggested at most.
   */
  stale_after_days?: number | null;
  /**
   * When a person must look, whatever the confidence.
   */
  review_when?: Condition | null;
  /**
   * What follows when that cannot be decided.
   */
  review_when_unknown?: WhenUnknown;
  /**
   * Who looks; by default the rule that asks for the review names them.
   */
  reviewer?: Reviewer | null;
  /**
   * Whether a rollback may restore this field's previous value.
   */
  rollback?: boolean;
}
/**
 * What classifies free text.
 */
export interface Terms {
  /**
   * What negates a term, where the rule does not say so itself.
   */
  negation?: Negation | null;
  /**
   * The rules.
   */
  rules: Term[];
}
/**
 * What negates a term, within one sentence.
 */
export interface Negation {
  /**
   * Words that negate: "not", "no", "kein*".
   */
  words: string[];
  /**
   * How many words may stand between one of them and the term after it.
   */
  before?: number;
  /**
   * How many words may stand between the term and one of them after it; by default what follows negates nothing.
   */
  after?: number | null;
  /**
   * Words that end the reach of a negation: "but".
   */
  ends?: string[];
  /**
   * Phrases whose words negate nothing: "not only".
   */
  except?: string[];
}
/**
 * Words that mean one thing, and where to look for them. Makes the facts `term.<id>`, true where one of them is found
 * and not negated, and `term.<id>.negated`, true where they are found negated only. Both are unknown without a text.
 */
export interface Term {
  /**
   * How conditions refer to it: `term.<id>`.
   */
  id: RuleId;
  /**
   * What people call it.
   */
  name?: string | null;
  /**
   * The text fields to look in, `lead.message`.
   */
  reads?: FactName[];
  /**
   * Also the subjects and notes of these activities with the person.
   */
  activities?: Activities | null;
  /**
   * Words and phrases, whole unless a `*` at an end stands for the rest of a word. Case, diacritics and repeated spaces
   * do not matter.
   */
  words: string[];
  /**
   * What negates it; without words, nothing does.
   */
  negation?: Negation | null;
}
/**
 * Activities with the person, up to now.
 */
export interface Activities {
  /**
   * Their types contain one of these: "mail", "meeting"; none means any type.
   */
  types?: string[];
  /**
   * From the person (`inbound`) or from us (`outbound`).
   */
  direction?: Motion | null;
  /**
   * Of the last so many days.
   */
  within_days?: number | null;
  /**
   * Subject or notes contain one of these.
   */
  contains?: string[];
}
/**
 * A score: the sum of the points of the rules that hold, within limits. Makes the facts `score.<id>` and
 * `score.<id>.band`.
 */
export interface Score {
  /**
   * How conditions refer to it, for example `fit`.
   */
  id: ScoreId;
  /**
   * What people call it.
   */
  name?: string | null;
  /**
   * The least it can be.
   */
  min?: Points;
  /**
   * The most it can be.
   */
  max?: Points;
  /**
   * What adds or takes points; unknown adds nothing, and what was missing is said.
   */
  rules: ScoreRule[];
  /**
   * What rules of one group may come to together.
   */
  caps?: Cap[];
  /**
   * Named ranges, for example `hot` from 70 on.
   */
  bands?: Band[];
  /**
   * The CRM field this score is written to, through the gate.
   */
  writes?: FieldName | null;
}
/**
 * What adds or takes points.
 */
export interface ScoreRule {
  /**
   * How reasons refer to it.
   */
  id: RuleId;
  /**
   * When it holds. It may read the scores that stand before this one.
   */
  when: Condition;
  /**
   * What it adds, or takes when negative: once, for each of its activities, or for a hundred points of another score.
   */
  points: Points;
  /**
   * The points are for a hundred points of this score, which stands before this one; for fewer, as many fewer.
   */
  per_hundred_of?: ScoreId | null;
  /**
   * The points are for each of these activities.
   */
  activities?: Activities | null;
  /**
   * The most that its activities may add together, or take.
   */
  most?: Points | null;
  /**
   * How its points fade with time.
   */
  decay?: Decay | null;
  /**
   * The group it counts in, one of the score's `caps`.
   */
  group?: RuleId | null;
  /**
   * Why, as sales should read it: "asked for pricing".
   */
  reason?: string | null;
}
/**
 * How points fade with time: by halves, or in steps.
 */
export interface Decay {
  /**
   * The date from which time counts, such as `lead.last_activity_at`; activities count from their own.
   */
  since?: FactName | null;
  /**
   * After so many days half of the points are left, after twice as many a quarter.
   */
  half_life_days?: number | null;
  /**
   * What is left from which day on; before the first step all of it.
   */
  steps?: DecayStep[];
}
/**
 * What is left of points from a day on.
 */
export interface DecayStep {
  /**
   * After how many days.
   */
  after_days: number;
  /**
   * How much is left: `"50 %"`.
   */
  keeps: Confidence;
}
/**
 * What rules of one group may come to together.
 */
export interface Cap {
  /**
   * How rules refer to it, in `group`.
   */
  id: RuleId;
  /**
   * The most they may add together.
   */
  at_most?: Points | null;
  /**
   * The least they may come to together.
   */
  at_least?: Points | null;
}
/**
 * A named range of a score: from `at_least` up to the next band.
 */
export interface Band {
  /**
   * Its name: `hot`, `warm`, `cold`, `A` … `F`.
   */
  id: RuleId;
  /**
   * Where it starts.
   */
  at_least: Points;
}
/**
 * A grade: what the bands of two scores come to together. Makes the fact `grade.<id>`.
 */
export interface Grade {
  /**
   * How conditions refer to it: `grade.<id>`.
   */
  id: RuleId;
  /**
   * What people call it.
   */
  name?: string | null;
  /**
   * The score whose bands are the rows.
   */
  rows: ScoreId;
  /**
   * The score whose bands are the columns.
   */
  columns: ScoreId;
  /**
   * For each row and column the grade: `{"high": {"hot": "A", "cold": "C"}}`. Without any cell it is both bands, `a1`.
   */
  cells?: {
    [k: string]:
      | {
          [k: string]: RuleId | undefined;
        }
      | undefined;
  };
  /**
   * The CRM field it is written to, through the gate.
   */
  writes?: FieldName | null;
}
/**
 * One reason to leave somebody alone. Runs once identity has said who this is.
 */
export interface Suppression {
  /**
   * How reasons refer to it.
   */
  id: RuleId;
  /**
   * What sort of suppression it is.
   */
  kind: SuppressionKind;
  /**
   * Whom it protects.
   */
  when: Condition;
  /**
   * What happens where that cannot be decided. An unknown opt-out restricts sending and enrolment only.
   */
  when_unknown?: WhenUnknown;
  /**
   * The actions it blocks.
   */
  blocks?: ActionKind[];
  /**
   * The actions it sends to a person.
   */
  reviews?: ActionKind[];
  /**
   * Who looks at what it sends to a person; by default whom a review rule or a field policy names.
   */
  reviewer?: Reviewer | null;
  /**
   * From when on it no longer holds (RFC 3339).
   */
  expires?: string | null;
}
/**
 * What is known of the domains that mail is sent from. Without it nothing is sent.
 */
export interface Sender {
  /**
   * One profile for each domain that stands behind the `@` of a From address.
   */
  domains: SenderDomain[];
}
/**
 * What is known of one sending domain.
 */
export interface SenderDomain {
  /**
   * The domain behind the `@` of the From address: `mail.acme.com`.
   */
  domain: string;
  /**
   * Whether an SPF record covers the servers that send.
   */
  spf?: boolean | null;
  /**
   * The length of the DKIM key in bits; 0 where messages are not signed.
   */
  dkim?: number | null;
  /**
   * The policy of the DMARC record.
   */
  dmarc?: Dmarc | null;
  /**
   * With which of SPF and DKIM the From domain is aligned.
   */
  aligned?: Alignment | null;
  /**
   * Whether forward and reverse DNS of the sending addresses match.
   */
  ptr?: boolean | null;
  /**
   * Whether messages are sent over TLS.
   */
  tls?: boolean | null;
  /**
   * Messages of 100,000 that users report as spam, a day, as Postmaster Tools shows it: 0.10 % is `100`.
   */
  spam_rate?: number | null;
  /**
   * For how many days in a row the spam rate has been under 0.30 %.
   */
  days_below?: number | null;
  /**
   * Within how many hours an unsubscription is honoured.
   */
  unsubscribe_hours?: number | null;
  /**
   * How the addresses that are written to were come by.
   */
  list_source?: ListSource | null;
  /**
   * Messages to personal Gmail accounts in the last 24 hours.
   */
  daily_volume?: number | null;
  /**
   * The same for the days before, oldest first; empty where nothing was sent before.
   */
  recent_volumes?: number[] | null;
  /**
   * Messages of 100,000 that bounced or were deferred in the last 24 hours, as the sending system counts them.
   */
  bounce_rate?: number | null;
  /**
   * The same over the days before, on average.
   */
  recent_bounce_rate?: number | null;
  /**
   * Whether the domain has ever sent 5,000 messages to personal Gmail accounts within 24 hours: once a bulk sender,
   * always one.
   */
  bulk?: boolean;
  /**
   * Whether advertising is sent from another address than what customers need.
   */
  separates_transactional?: boolean | null;
}
/**
 * Who gets which lead.
 */
export interface Routing {
  /**
   * What happens when several rules of one tier hold: `unique` (they must agree, or it escalates) or `first`.
   */
  hit_policy?: HitPolicy;
  /**
   * The tiers that have a hit policy of their own.
   */
  tiers?: TierPolicy[];
  /**
   * The rules. Tiers are asked in the order of the precedence ladder; within a tier, in this order.
   */
  rules?: RoutingRule[];
  /**
   * Groups of owners that share work.
   */
  pools?: Pool[];
  /**
   * Working hours, by time zone, that pools, their members and response times refer to.
   */
  calendars?: Calendar[];
  /**
   * Days on which nobody works, that calendars refer to.
   */
  holidays?: Holidays[];
  /**
   * How soon somebody must accept a lead and respond to it: the first that holds.
   */
  sla?: Sla[];
  /**
   * Places where leads wait for a person.
   */
  queues?: Queue[];
  /**
   * Where a lead goes when no rule holds.
   */
  fallback?: Target | null;
  /**
   * Where a lead waits when rules disagree.
   */
  escalation?: QueueId | null;
}
/**
 * The hit policy of one tier, where it is not that of the routing table.
 */
export interface TierPolicy {
  /**
   * The tier.
   */
  tier: Tier;
  /**
   * What happens when several of its rules hold.
   */
  hit_policy: HitPolicy;
}
/**
 * One routing rule.
 */
export interface RoutingRule {
  /**
   * How reasons refer to it.
   */
  id: RuleId;
  /**
   * What people call it.
   */
  name?: string | null;
  /**
   * Its rung on the precedence ladder; `territory` when not said.
   */
  tier?: Tier;
  /**
   * `automatic` (the default) or `suggest`: what it assigns is at most suggested. Never changes where a lead goes.
   */
  mode?: Mode;
  /**
   * When it holds; unknown counts as no, and is listed.
   */
  when: Condition;
  /**
   * Where the lead goes.
   */
  to: Target;
}
/**
 * Owners that share work.
 */
export interface Pool {
  /**
   * How rules refer to it.
   */
  id: PoolId;
  /**
   * What people call it.
   */
  name?: string | null;
  /**
   * How the work is shared; `round_robin` when not said.
   */
  method?: Method;
  /**
   * Who is asked before anybody's turn, in this order: whoever had this person or company before.
   */
  sticky?: Sticky[];
  /**
   * Whether a lead never goes back to the member who has it already.
   */
  skip_previous_owner?: boolean;
  /**
   * The working hours of members who have none of their own.
   */
  calendar?: CalendarId | null;
  /**
   * Who is in it.
   */
  members: Member[];
  /**
   * What happens when no member can take a lead; by default it waits in the escalation queue.
   */
  on_nobody?: OnNobody | null;
  /**
   * How many turns a returned lead gives back to its member; 1 when not said.
   */
  return_credit?: number;
}
/**
 * A member of a pool.
 */
export interface Member {
  /**
   * Who: e-mail address, name or CRM id.
   */
  owner: string;
  /**
   * The share of work relative to the others; 1 when not said.
   */
  weight?: number;
  /**
   * Whether new leads go to this member.
   */
  active?: boolean;
  /**
   * The level under the method `priority`; 1 is asked first.
   */
  priority?: number;
  /**
   * Their working hours; those of the pool when not said.
   */
  calendar?: CalendarId | null;
  /**
   * When they are away.
   */
  out_of_office?: Absence[];
  /**
   * The most they take.
   */
  caps?: Caps;
  /**
   * Which leads they can take: skills, languages, regions. Unknown counts as no.
   */
  when?: Condition | null;
  /**
   * Which leads they must not get: conflicts of interest. Unknown counts as yes.
   */
  unless?: Condition | null;
}
/**
 * A time in which a member is away.
 */
export interface Absence {
  /**
   * The first day, `2026-12-21`, by the member's clocks; or a time, `2026-12-21T12:00:00Z`.
   */
  from: string;
  /**
   * The last day, or the time at which they are back.
   */
  to: string;
  /**
   * Who takes their leads meanwhile, in their turn; without one their turns pass.
   */
  backup?: string | null;
}
/**
 * The most a member takes. Days, weeks (from Monday) and months are those of the member's clocks.
 */
export interface Caps {
  /**
   * Leads from this pool in a day.
   */
  per_day?: number | null;
  /**
   * Leads from this pool in a week.
   */
  per_week?: number | null;
  /**
   * Leads from this pool in a month.
   */
  per_month?: number | null;
  /**
   * Open leads at a time, from wherever they came.
   */
  open?: number | null;
}
/**
 * When people work.
 */
export interface Calendar {
  /**
   * How pools, members and response times refer to it.
   */
  id: CalendarId;
  /**
   * What people call it.
   */
  name?: string | null;
  /**
   * Whose clocks: a name of the IANA database, `Europe/Berlin`. The contract's when not said.
   */
  time_zone?: string | null;
  /**
   * The working hours; every hour when none are said.
   */
  hours?: Hours[];
  /**
   * The holidays that are free.
   */
  holidays?: HolidaysId[];
}
/**
 * The working hours of some days of the week.
 */
export interface Hours {
  /**
   * The days.
   */
  on: Weekday[];
  /**
   * The blocks of each, `09:00-12:30`. What runs over midnight counts on, as in timetables: `22:00-30:00`.
   */
  blocks: string[];
}
/**
 * Days on which nobody works.
 */
export interface Holidays {
  /**
   * How calendars refer to them.
   */
  id: HolidaysId;
  /**
   * What people call them.
   */
  name?: string | null;
  /**
   * The days, `2026-12-25`.
   */
  dates: string[];
}
/**
 * How soon somebody must accept a lead and respond to it. Both clocks start when the lead is assigned.
 */
export interface Sla {
  /**
   * How reasons refer to it.
   */
  id: RuleId;
  /**
   * What people call it.
   */
  name?: string | null;
  /**
   * For which leads; unknown counts as no.
   */
  when: Condition;
  /**
   * How soon the owner must accept it: an ISO 8601 duration, `PT15M`.
   */
  accept_within?: string | null;
  /**
   * How soon the buyer must hear from somebody: `PT4H`.
   */
  respond_within?: string | null;
  /**
   * Which time counts; `calendar` when not said.
   */
  clock?: Clock;
  /**
   * The working hours that count under `business`; those of whoever gets the lead when not said.
   */
  calendar?: CalendarId | null;
  /**
   * What happens when it is breached.
   */
  on_breach?: OnBreach | null;
}
/**
 * What happens when a response time is breached.
 */
export interface OnBreach {
  /**
   * How long after the due time: `PT0S` when not said. By the same clock.
   */
  after?: string | null;
  /**
   * Who gets it then.
   */
  to: Target;
  /**
   * How often at most one lead is given to somebody else; 1 when not said.
   */
  at_most?: number;
}
/**
 * A place where leads wait for a person.
 */
export interface Queue {
  /**
   * How rules refer to it.
   */
  id: QueueId;
  /**
   * What people call it.
   */
  name?: string | null;
}
/**
 * The stages of a lead's life and who may move it.
 */
export interface Lifecycle {
  /**
   * The stages, first to last.
   */
  stages: Stage[];
  /**
   * When another stage is recommended; the first that holds and moves forward decides, or
   * out of the running with a `reason`.
   */
  recommend?: Recommendation[];
  /**
   * Whether a record may be moved back to an earlier stage.
   */
  allow_backward?: boolean;
}
/**
 * One stage.
 */
export interface Stage {
  /**
   * How recommendations refer to it, for example `mql`.
   */
  id: StageId;
  /**
   * What the CRM writes for it; compared without regard to case.
   */
  names?: string[];
  /**
   * What it means; by default what its id and names say. A stage called opportunity or customer is one, whatever stands
   * here.
   */
  kind?: StageKind | null;
}
/**
 * When another stage is recommended.
 */
export interface Recommendation {
  /**
   * How reasons refer to it.
   */
  id: RuleId;
  /**
   * The stage.
   */
  to: StageId;
  /**
   * When; unknown counts as no.
   */
  when: Condition;
  /**
   * Why, as sales should read it.
   */
  reason?: string | null;
}
/**
 * What sales is told when a lead changes hands.
 */
export interface Handoff {
  /**
   * What every note must have; what cannot be said is named as missing.
   */
  parts: HandoffPart[];
  /**
   * What to do next: the first that holds.
   */
  next_steps?: NextStep[];
  /**
   * The note in words of one's own, for whoever reads it.
   */
  templates?: Template[];
  /**
   * What is gathered before a meeting.
   */
  meeting?: Meeting | null;
}
/**
 * What to do next, when it holds.
 */
export interface NextStep {
  /**
   * How reasons refer to it.
   */
  id: RuleId;
  /**
   * When it holds; unknown counts as no.
   */
  when: Condition;
  /**
   * What to do, as sales should read it.
   */
  text: string;
}
/**
 * A note in words of one's own. A `{placeholder}` is replaced by what the records say; with a capital, as in
 * `{Missing}`, it begins with one. `{?missing} … {/missing}` is left out where there is nothing to say.
 */
export interface Template {
  /**
   * How it is referred to.
   */
  id: RuleId;
  /**
   * What people call it.
   */
  name?: string | null;
  /**
   * Who reads it.
   */
  audience: Audience;
  /**
   * What it is written in; `text` when not said.
   */
  format?: Format;
  /**
   * The words, with placeholders.
   */
  text: string;
}
/**
 * What is gathered before a meeting, as it was recorded.
 */
export interface Meeting {
  /**
   * How many entries are listed before the rest is counted; 5 when not said.
   */
  at_most?: number;
  /**
   * Where pain is recorded.
   */
  pain?: Recorded;
  /**
   * Where objections are recorded.
   */
  objections?: Recorded;
}
/**
 * Where something is recorded.
 */
export interface Recorded {
  /**
   * Fields of the lead, the contact or the account that hold it.
   */
  fields?: FieldName[];
  /**
   * Words with which a line of a note begins, before a colon: `Pain: leads wait for days`.
   */
  labels?: string[];
}
/**
 * What is kept of each change. The previous value, the rule and the contract's digest are always kept.
 */
export interface Audit {
  /**
   * What is kept; a contract that keeps less than old value, new value, source and version cannot be rolled back.
   */
  keep: AuditKeep[];
  /**
   * How long, as an ISO 8601 duration such as `P400D`.
   */
  retention?: string | null;
}
/**
 * How bad updates are taken back.
 */
export interface Rollback {
  /**
   * What a rollback restores.
   */
  restore: Restore;
  /**
   * How long a change can be taken back, as an ISO 8601 duration such as `P30D`.
   */
  window: string;
  /**
   * Who is told.
   */
  notify?: Reviewer[];
}
/**
 * What evidence it takes. Nothing is ever automated by itself: a person makes the edit that is advised.
 */
export interface Promotion {
  /**
   * How many suggestions people must have answered; 50 when not said.
   */
  min_resolved?: number;
  /**
   * In how many days before; 90 when not said.
   */
  within_days?: number;
  /**
   * The share of them accepted unchanged: the lower end of its interval must reach this; 90 % when not said.
   */
  at_least?: Confidence;
  /**
   * The share of automatic changes that people correct or take back: once the lower end of its interval is above this,
   * it is advised to suggest again; 5 % when not said.
   */
  take_back_above?: Confidence;
}
/**
 * A lead that must be decided as you say.
 */
export interface Expectation {
  /**
   * How findings refer to it.
   */
  id: RuleId;
  /**
   * The lead, field by field: `{"lead.email": "ann@example.com"}`.
   */
  lead: {
    [k: string]: string | undefined;
  };
  /**
   * What must come out.
   */
  expect: Expected;
}
/**
 * What must come out for a lead. Everything stated must hold.
 */
export interface Expected {
  /**
   * The owner, pool or queue it is routed to, as the rules name it.
   */
  to?: Target | null;
  /**
   * The routing rule that decides.
   */
  rule?: RuleId | null;
  /**
   * The bands of its scores.
   */
  bands?: {
    [k: string]: RuleId | undefined;
  };
  /**
   * The verdict on its assignment.
   */
  assignment?: Verdict | null;
}
/**
 * How much a change may move.
 */
export interface Budget {
  /**
   * How findings refer to it.
   */
  id: RuleId;
  /**
   * What is counted.
   */
  measure: Measure;
  /**
   * The share of the leads it may reach.
   */
  at_most: Confidence;
  /**
   * Only these leads are counted; unknown counts as one of them.
   */
  among?: Condition | null;
}
/**
 * What was decided, and why.
 */
export interface Decision {
  /**
   * The event.
   */
  event: EventId;
  /**
   * What happened.
   */
  kind: EventKind;
  /**
   * The record it happened to.
   */
  record: RecordRef;
  /**
   * The time the decision was made for.
   */
  as_of: Timestamp;
  /**
   * The contract that decided.
   */
  contract: Authority;
  /**
   * The engine that decided.
   */
  engine: string;
  /**
   * The result in short.
   */
  outcome: Outcome;
  /**
   * Where the lead came from.
   */
  source: SourceSeen;
  /**
   * What could not be read.
   */
  unread?: Unread[];
  /**
   * Who it is.
   */
  match: Match;
  /**
   * The workflows that were asked, and whether they started.
   */
  workflows: WorkflowSeen[];
  /**
   * What must not be done.
   */
  suppressed?: Suppressed[];
  /**
   * Everything that was asked of the gate, in the order of the stages.
   */
  judged: Judged[];
  /**
   * What the term rules found in the lead's texts.
   */
  terms?: TermSeen[];
  /**
   * The scores.
   */
  scores: Scored[];
  /**
   * The grades.
   */
  grades?: Graded[];
  /**
   * The lifecycle stage that is recommended.
   */
  lifecycle?: Recommended | null;
  /**
   * Who gets it; none where no started workflow assigns.
   */
  route?: Route | null;
  /**
   * What sales is told.
   */
  handoff?: Note | null;
  /**
   * What is kept.
   */
  audit?: Entry[];
}
/**
 * Which record.
 */
export interface RecordRef {
  /**
   * What kind of record.
   */
  object: Object;
  /**
   * Its id in the CRM.
   */
  id: RecordId;
}
/**
 * The contract that decided.
 */
export interface Authority {
  /**
   * Its id.
   */
  id: string;
  /**
   * Its version.
   */
  version: string;
  /**
   * The digest of its canonical JSON.
   */
  digest: string;
}
/**
 * The result in short.
 */
export interface Outcome {
  /**
   * Where the lead ends up; none where no started workflow assigns.
   */
  place?: Destination | null;
  /**
   * The strictest verdict on anything that was asked.
   */
  strictest?: Verdict | null;
  /**
   * Whether a suppression holds.
   */
  suppressed: boolean;
  /**
   * Whether anything waits for a reviewer.
   */
  for_review: boolean;
}
/**
 * Where a lead came from.
 */
export interface SourceSeen {
  /**
   * The contract's source; none where it names no such source.
   */
  id?: SourceId | null;
  /**
   * What sort of source.
   */
  kind?: SourceKind | null;
  /**
   * What the event or the CRM calls it.
   */
  text?: string | null;
  /**
   * How far it is trusted.
   */
  trust: Trust;
  /**
   * Inbound or outbound.
   */
  motion: Motion;
}
/**
 * A value that could not be read as what its field holds.
 */
export interface Unread {
  /**
   * The field.
   */
  field: string;
  /**
   * What stands there.
   */
  found: string;
  /**
   * What was expected.
   */
  expected: string;
}
/**
 * What identity found.
 */
export interface Match {
  /**
   * The person.
   */
  person: Side;
  /**
   * The company.
   */
  account: Side;
  /**
   * Whether the lead's domain and its company name point to different accounts.
   */
  conflict: boolean;
}
/**
 * What was found of the person or of the company.
 */
export interface Side {
  /**
   * How sure it is.
   */
  outcome: Outcome2;
  /**
   * The record, where there is exactly one.
   */
  record?: Candidate | null;
  /**
   * By what it was found.
   */
  by?: Evidence | null;
  /**
   * Every record that came into question, when there are several.
   */
  candidates?: Candidate[];
  /**
   * What decided between several, where a tie-breaker did.
   */
  tie_breaker?: TieBreaker | null;
}
/**
 * A record that came into question.
 */
export interface Candidate {
  /**
   * What kind of record.
   */
  object: Object;
  /**
   * Its id in the CRM.
   */
  id: RecordId;
  /**
   * Its name.
   */
  name: string;
  /**
   * What speaks for it and against it, where the contract has a match model.
   */
  waterfall?: Waterfall | null;
}
/**
 * Why a pair weighs what it weighs.
 */
export interface Waterfall {
  /**
   * What a pair weighs before anything is compared, in thousandths of a bit.
   */
  prior: MatchWeight;
  /**
   * What each comparison adds, in the model's order.
   */
  steps: Step[];
  /**
   * What it adds that given name and surname agree only exchanged; none where they are not.
   */
  exchanged?: MatchWeight | null;
  /**
   * The sum.
   */
  total: MatchWeight;
  /**
   * How probable it is that both are the same, in per mille.
   */
  probability: Confidence;
}
/**
 * What one comparison adds.
 */
export interface Step {
  /**
   * What was compared.
   */
  of: Attribute;
  /**
   * How the values agree: a level's word, `otherwise` where none holds, `missing` where a value is.
   */
  is: string;
  /**
   * The level's `at`, where it has one.
   */
  at?: number | null;
  /**
   * What it adds in all, in thousandths of a bit.
   */
  weight: MatchWeight;
  /**
   * Of that, what is for the value being rare, or against it for being frequent.
   */
  rarity?: MatchWeight | null;
  /**
   * The value of the record that is looked for, in normal form; empty where it has none.
   */
  ours: string;
  /**
   * The candidate's.
   */
  theirs: string;
}
/**
 * A workflow that listens to what happened.
 */
export interface WorkflowSeen {
  /**
   * Which.
   */
  workflow: WorkflowId;
  /**
   * Its version.
   */
  version: string;
  /**
   * Whether it acts by itself.
   */
  mode: Mode;
  /**
   * The event it was asked about: the event itself, or `scored`.
   */
  on: EventKind;
  /**
   * What came of it.
   */
  started: Started;
  /**
   * What was missing, where something could not be decided.
   */
  missing?: string[];
}
/**
 * A suppression that holds, or that cannot be decided.
 */
export interface Suppressed {
  /**
   * Which.
   */
  rule: RuleId;
  /**
   * What sort.
   */
  kind: SuppressionKind;
  /**
   * Whether it holds (`yes`) or cannot be decided (`unknown`).
   */
  holds: Truth;
  /**
   * What is missing, where it cannot be decided.
   */
  missing?: string[];
}
/**
 * The gate's answer.
 */
export interface Judged {
  /**
   * What was asked for.
   */
  action: ActionKind;
  /**
   * The field, for writes.
   */
  field?: FieldName | null;
  /**
   * The record it is about.
   */
  record: RecordRef;
  /**
   * What stood there: none when blank or unknown.
   */
  old?: string | null;
  /**
   * What should stand there.
   */
  new?: string;
  /**
   * Where to, for actions that are proposed: the campaign, the sequence, the time.
   */
  to?: string;
  /**
   * Who acts, where the event or the proposal says so.
   */
  by?: Principal | null;
  /**
   * Who says so.
   */
  source?: SourceId | null;
  /**
   * How sure the source is, as far as its trust lets it count.
   */
  confidence?: Confidence | null;
  /**
   * The workflow it was asked under.
   */
  workflow?: WorkflowId | null;
  /**
   * The answer.
   */
  verdict: Verdict;
  /**
   * The answer before the mode of its workflow, or of the routing rule that chose, capped it. Later stages go by this one.
   */
  uncapped: Verdict;
  /**
   * Every reason, strictest first.
   */
  reasons?: Reason[];
  /**
   * Who must look, where the verdict is `review`.
   */
  reviewer?: Reviewer | null;
  /**
   * Whether the value stands there already, so that nothing is to be done.
   */
  no_op?: boolean;
  /**
   * By when it is to be done, for tasks about a lead whose response time runs.
   */
  due?: Timestamp | null;
  /**
   * What may be written, where the verdict is `auto`.
   */
  change?: Change | null;
}
/**
 * One reason for a verdict.
 */
export interface Reason {
  /**
   * The verdict this reason alone asks for.
   */
  verdict: Verdict;
  /**
   * A stable code, `below-threshold`.
   */
  code: string;
  /**
   * The rule, where one is to name.
   */
  rule?: RuleId | null;
  /**
   * Where it stands in the contract.
   */
  address?: string | null;
  /**
   * In words.
   */
  message: string;
}
/**
 * A write that the gate has let through, bound to the value it replaces.
 *
 * It can be made by the gate alone: there is no constructor, and no way to read one from a file.
 */
export interface Change {
  action: ActionKind;
  record: RecordRef;
  field?: FieldName | null;
  to?: string;
  old?: string | null;
  new: string;
  /**
   * The person who approved it or took it back.
   */
  by?: string | null;
}
/**
 * What a term rule found.
 */
export interface TermSeen {
  /**
   * The rule.
   */
  term: RuleId;
  /**
   * Whether its words stand there and are not negated; unknown without a text.
   */
  holds: Truth;
  /**
   * Where; at most the first 20 places.
   */
  hits?: Hit[];
}
/**
 * A place in a text where a term stands.
 */
export interface Hit {
  /**
   * The field, or `activity` and its id.
   */
  at: string;
  /**
   * The word or phrase, as it stands there.
   */
  word: string;
  /**
   * The words around it.
   */
  quote: string;
  /**
   * The word that negates it.
   */
  negated_by?: string | null;
}
/**
 * One score of one lead.
 */
export interface Scored {
  /**
   * Which score.
   */
  score: ScoreId;
  /**
   * Its points, within the score's limits.
   */
  points: Points;
  /**
   * Its band, where it reaches one.
   */
  band?: RuleId | null;
  /**
   * What added or took points; sums to `points`.
   */
  contributions?: Contribution[];
  /**
   * What could have added or taken points, had more been known.
   */
  missing?: MissingEvidence[];
}
/**
 * What added or took points.
 */
export interface Contribution {
  /**
   * The rule; the group, where its cap was reached; `limit` where the score's least or most was.
   */
  rule: RuleId;
  /**
   * What it added or took.
   */
  points: Points;
  /**
   * Which of these it is.
   */
  part?: Part;
  /**
   * The group the rule counts in.
   */
  group?: RuleId | null;
  /**
   * Why, as sales should read it.
   */
  reason?: string | null;
  /**
   * How the points come about: "+20, of which 10 left after 30 days".
   */
  note?: string | null;
  /**
   * The words of the lead that the rule's terms found.
   */
  quotes?: string[];
}
/**
 * A score rule that could not be decided.
 */
export interface MissingEvidence {
  /**
   * The rule.
   */
  rule: RuleId;
  /**
   * What it would have added or taken.
   */
  points: Points;
  /**
   * What was missing.
   */
  facts: string[];
  /**
   * In words: "+15 if employees were known to be 200 or more".
   */
  text: string;
}
/**
 * What two scores come to together.
 */
export interface Graded {
  /**
   * Which grade.
   */
  grade: RuleId;
  /**
   * What it is; none where a score has no band, or the grade no cell for both.
   */
  is?: RuleId | null;
  /**
   * The band of the score whose bands are the rows.
   */
  row?: RuleId | null;
  /**
   * The band of the score whose bands are the columns.
   */
  column?: RuleId | null;
}
/**
 * A lifecycle stage that is recommended.
 */
export interface Recommended {
  /**
   * The rule.
   */
  rule: RuleId;
  /**
   * The stage.
   */
  to: StageId;
  /**
   * Why, as sales should read it.
   */
  reason?: string | null;
}
/**
 * Who gets the lead, and why not the others.
 */
export interface Route {
  /**
   * Where the lead ends up.
   */
  place: Destination;
  /**
   * What the rules chose; none where none held and there is no fallback, or where they disagree.
   */
  target?: Target | null;
  /**
   * The rule that decided.
   */
  rule?: RuleId | null;
  /**
   * Its rung on the precedence ladder.
   */
  tier?: Tier | null;
  /**
   * The rules that hold on the deciding tier; more than one where they agree or disagree.
   */
  held?: RuleId[];
  /**
   * Whether a rule above the deciding one could not be decided: more data could send the lead elsewhere.
   */
  fragile: boolean;
  /**
   * Rules that could not be decided, with what they lacked.
   */
  undecided?: Undecided[];
  /**
   * Every rule as it was asked, in order of precedence; only where a trace is wanted.
   */
  asked?: RuleTrace[];
  /**
   * The pool that chose the owner, with every member as it stood; only where a trace is wanted.
   */
  pool?: PoolTrace | null;
  /**
   * Until when the lead is held in its queue: it is to be routed again then.
   */
  held_until?: Timestamp | null;
  /**
   * How soon whoever gets it must accept it and respond.
   */
  sla?: Due | null;
}
/**
 * A routing rule that could not be decided.
 */
export interface Undecided {
  /**
   * The rule.
   */
  rule: RuleId;
  /**
   * What it lacked.
   */
  missing: string[];
}
/**
 * One rule as it was asked.
 */
export interface RuleTrace {
  /**
   * The rule.
   */
  rule: RuleId;
  /**
   * Its rung.
   */
  tier: Tier;
  /**
   * Whether it holds.
   */
  holds: Truth;
  /**
   * What became of it.
   */
  fate: Fate;
  /**
   * What it read.
   */
  operands: OperandTrace[];
}
/**
 * One value that a rule read.
 */
export interface OperandTrace {
  /**
   * The fact.
   */
  fact: FactName;
  /**
   * What it is: `DE`, `blank`.
   */
  value: string;
  /**
   * What is wanted of it: `one of US, CA`.
   */
  wanted: string;
  /**
   * Whether it is as wanted.
   */
  holds: Truth;
}
/**
 * How a pool chose.
 */
export interface PoolTrace {
  /**
   * The pool that chose; another than the rule's when that one had nobody.
   */
  pool: PoolId;
  /**
   * How it shares its work.
   */
  method: Method;
  /**
   * Whether the owner was asked before anybody's turn: they have the person, the company or the account.
   */
  sticky?: boolean;
  /**
   * Every member, in order of owners, of this pool and of those that had nobody before it.
   */
  members: MemberTrace[];
}
/**
 * A member of a pool as it stood when the pool chose.
 */
export interface MemberTrace {
  /**
   * The pool.
   */
  pool: PoolId;
  /**
   * Who.
   */
  owner: OwnerId;
  /**
   * Their share relative to the others.
   */
  weight: number;
  /**
   * How many turns they had before this lead.
   */
  turns: number;
  /**
   * How many leads they have open, where the pool looks at it.
   */
  open?: number | null;
  /**
   * Why they were passed over; none for whose turn it was.
   */
  skip?: SkipReason | null;
  /**
   * Until when that is so, where it is known.
   */
  until?: Timestamp | null;
  /**
   * Who takes the lead in their place while they are away.
   */
  backup?: OwnerId | null;
}
/**
 * How soon somebody must accept a lead and respond to it.
 */
export interface Due {
  /**
   * The rule of the contract's `sla`.
   */
  rule: RuleId;
  /**
   * Which time counts.
   */
  clock: Clock;
  /**
   * The working hours that count, under `business`.
   */
  calendar?: CalendarId | null;
  /**
   * When the clocks started.
   */
  from: Timestamp;
  /**
   * When the owner must have accepted it.
   */
  accept_by?: Timestamp | null;
  /**
   * When the buyer must have heard from somebody.
   */
  respond_by?: Timestamp | null;
}
/**
 * A handoff note.
 */
export interface Note {
  /**
   * Whom it is for: the owner where one is assigned by name, the manager where it waits for a person, else whoever takes
   * it from the pool or queue.
   */
  audience: Audience;
  /**
   * The parts the contract asks for, in its order, each with its sentence; those without one are in `missing`.
   */
  parts: Part2[];
  /**
   * What the contract asks for and no record says.
   */
  missing?: string[];
  /**
   * What contradicts what.
   */
  conflicts?: string[];
  /**
   * What to do next.
   */
  next_step?: Step2 | null;
  /**
   * The note as sales reads it.
   */
  text: string;
  /**
   * The note in the words of each template, in the contract's order.
   */
  written?: Written[];
  /**
   * Everything that is stated, with what it stands on.
   */
  statements: Statement[];
  /**
   * Where to look further.
   */
  trace: Trace;
}
/**
 * A part of a note.
 */
export interface Part2 {
  /**
   * Which part.
   */
  part: HandoffPart;
  /**
   * Its sentence.
   */
  text: string;
}
/**
 * What to do next.
 */
export interface Step2 {
  /**
   * The rule that says so.
   */
  rule: RuleId;
  /**
   * In words.
   */
  text: string;
}
/**
 * A note in the words of a template.
 */
export interface Written {
  /**
   * The template.
   */
  template: RuleId;
  /**
   * Who reads it.
   */
  audience: Audience;
  /**
   * What it is written in.
   */
  format: Format;
  /**
   * The note.
   */
  text: string;
}
/**
 * Something a note states.
 */
export interface Statement {
  /**
   * The placeholder that says it: `company.size`, `score.fit.why`, `missing`.
   */
  says: string;
  /**
   * In words, on one line.
   */
  text: string;
  /**
   * What it stands on; never empty.
   */
  evidence: Evidence2[];
}
/**
 * What a statement stands on: a record, with the field there, or a rule of the contract, or both.
 */
export interface Evidence2 {
  /**
   * The record.
   */
  record?: RecordRef | null;
  /**
   * The field there.
   */
  field?: string | null;
  /**
   * Where the rule stands in the contract.
   */
  address?: string | null;
  /**
   * Who says so.
   */
  source?: string | null;
  /**
   * How sure that is.
   */
  confidence?: Confidence | null;
}
/**
 * Where to look further: the decision that the note comes from, and the rules that it speaks of.
 */
export interface Trace {
  /**
   * The event that was decided.
   */
  event: EventId;
  /**
   * The record it happened to.
   */
  record: RecordRef;
  /**
   * Where the rules stand in the contract.
   */
  addresses: string[];
}
/**
 * One entry of the audit log.
 */
export interface Entry {
  /**
   * What sort of entry.
   */
  kind: EntryKind;
  /**
   * The kind of record.
   */
  object: Object;
  /**
   * The record.
   */
  record: RecordId;
  /**
   * The workflow; none where no workflow allowed it.
   */
  workflow?: WorkflowId | null;
  /**
   * The workflow's version.
   */
  workflow_version?: string | null;
  /**
   * The agent that acted or asked; none where the workflow names none.
   */
  agent?: AgentId | null;
  /**
   * The event that led to it.
   */
  event: EventId;
  /**
   * What sort of event.
   */
  trigger: EventKind;
  /**
   * What was to be done.
   */
  action: ActionKind;
  /**
   * The field, for writes.
   */
  field?: FieldName | null;
  /**
   * Where to, for actions that were proposed with a target.
   */
  to?: string;
  /**
   * The value before; null when blank or not known.
   */
  old: string | null;
  /**
   * The value after.
   */
  new: string;
  /**
   * Where the new value comes from.
   */
  source?: SourceId | null;
  /**
   * How sure that source is.
   */
  confidence?: Confidence | null;
  /**
   * When it was decided.
   */
  at: Timestamp;
  /**
   * Who acted; none where another system did.
   */
  actor?: Actor | null;
  /**
   * The gate's answer; none where it was not asked.
   */
  verdict?: Verdict | null;
  /**
   * Why, strictest first.
   */
  reasons: string[];
  /**
   * The codes of these reasons, `below-threshold`, each once.
   */
  codes?: string[];
  /**
   * The contract's rules behind it: those that the reasons name, and the routing rules that chose.
   */
  rules?: RuleId[];
  /**
   * Whose the record is once this is done: the person who gets the lead, otherwise the owner it has.
   */
  owner?: OwnerId | null;
  /**
   * By when it is to be done, for tasks.
   */
  due?: Timestamp | null;
  /**
   * Who must look, where somebody must.
   */
  reviewer?: Reviewer | null;
  /**
   * Whether a person has confirmed the new value.
   */
  human_verified: boolean;
  /**
   * What a person said to an earlier entry, where this is that.
   */
  answer?: Answer | null;
  /**
   * The digest of the contract that decided.
   */
  contract: string;
  /**
   * The version of the engine that decided.
   */
  engine: string;
}
/**
 * What a person said to an earlier entry.
 */
export interface Answer {
  /**
   * The [`Entry::digest`] of that entry: it stays the same when logs are merged.
   */
  to: string;
  /**
   * What they said.
   */
  says: Says;
  /**
   * Who: name, e-mail address or id.
   */
  by: string;
  /**
   * Why, in their words.
   */
  note?: string;
}
/**
 * One addressed difference.
 */
export interface Difference {
  /**
   * Where: `/routing/rules/emea-enterprise/when`. Items of lists are named by id.
   */
  address: string;
  /**
   * What happened there.
   */
  kind: DifferenceKind;
  /**
   * The value before; none where something was added.
   */
  before?: unknown;
  /**
   * The value after; none where something was removed.
   */
  after?: unknown;
  /**
   * The position, from 0, of an item that was added to a list (there) or removed from one (where it was).
   */
  position?: number | null;
  /**
   * In words: "`at_least` 1000 → 500".
   */
  summary: string;
}
/**
 * Something that happened to a record, as it arrives: raw. A row of an export becomes a `lead_captured` event.
 */
export interface CrmEvent {
  /**
   * Its own id; the record's when it has none.
   */
  id: EventId;
  /**
   * What happened.
   */
  kind: EventKind;
  /**
   * When.
   */
  at: Timestamp;
  /**
   * The record it happened to.
   */
  record: RecordRef;
  /**
   * Where it came from: a source of the contract by id, or what the CRM writes for one.
   */
  source?: string | null;
  /**
   * Whether the lead came to us or we went to it; by default what the source says.
   */
  motion?: Motion | null;
  /**
   * Who acts; by default the agent of the workflow.
   */
  principal?: Principal | null;
  /**
   * The raw fields: `lead.email` for standard fields, the column's header for others. Blank means the column is
   * there and has nothing in it.
   */
  fields?: {
    [k: string]: string | undefined;
  };
  /**
   * Where the values that stand in the CRM come from, as far as that is known, by field: `account.industry`.
   */
  present?: {
    [k: string]: Provenance | undefined;
  };
  /**
   * What AI and providers propose to write.
   */
  proposals?: Proposal[];
  /**
   * What an agent, or a person, proposes to do besides writing fields.
   */
  actions?: ActionProposal[];
}
/**
 * Where a present value comes from, when that is known.
 */
export interface Provenance {
  /**
   * Who delivered it.
   */
  provider?: SourceId | null;
  /**
   * How sure it was.
   */
  confidence?: Confidence | null;
  /**
   * When.
   */
  at?: Timestamp | null;
  /**
   * What stood there before it.
   */
  previous?: string | null;
  /**
   * Whether a person has confirmed it.
   */
  human_verified?: boolean;
}
/**
 * What AI or a provider proposes to write.
 */
export interface Proposal {
  /**
   * The field: `lead.industry`.
   */
  field: FieldName;
  /**
   * The proposed value, as text; empty clears the field.
   */
  value: string;
  /**
   * Where it comes from: a source of the contract.
   */
  source: SourceId;
  /**
   * How sure the source is.
   */
  confidence: Confidence;
  /**
   * Why.
   */
  reason?: string | null;
  /**
   * When it was found.
   */
  at?: Timestamp | null;
  /**
   * The workflow that asks; by default the first that is triggered and may.
   */
  workflow?: WorkflowId | null;
}
/**
 * What an agent, or a person, proposes to do, other than writing a field.
 */
export interface ActionProposal {
  /**
   * What is to be done.
   */
  action: Deed;
  /**
   * The record it is done to; by default the event's.
   */
  record?: RecordRef | null;
  /**
   * Where to: the campaign, sequence, owner, stage, record that is linked or stays after a merge, or the time of a
   * meeting.
   */
  to?: string;
  /**
   * The words of it: the task, the draft, the question, the note.
   */
  text?: string;
  /**
   * What it states as fact, each with its evidence.
   */
  statements?: CrmEventStatement[];
  /**
   * The message, for `send_message`.
   */
  message?: Message | null;
  /**
   * Where it comes from: a source of the contract.
   */
  source?: SourceId | null;
  /**
   * How sure whoever proposes it is.
   */
  confidence?: Confidence | null;
  /**
   * Why.
   */
  reason?: string | null;
  /**
   * When it was proposed.
   */
  at?: Timestamp | null;
  /**
   * The workflow that asks; by default the first that is triggered and may.
   */
  workflow?: WorkflowId | null;
  /**
   * The agent that acts; by default the event's principal, else the workflow's agent.
   */
  agent?: AgentId | null;
}
/**
 * Something that is stated as fact.
 */
export interface CrmEventStatement {
  /**
   * The statement.
   */
  text: string;
  /**
   * What supports it: record ids, addresses of pages, calls. A statement without any is unsupported.
   */
  evidence?: string[];
}
/**
 * A message as it would be sent.
 */
export interface Message {
  /**
   * The address it is sent from.
   */
  from: string;
  /**
   * The subject line.
   */
  subject?: string;
  /**
   * The text.
   */
  body: string;
  /**
   * Its other headers: `List-Unsubscribe` and the like.
   */
  headers?: {
    [k: string]: string | undefined;
  };
  /**
   * Whether it is advertising.
   */
  category: MessageCategory;
}
/**
 * A fact, for completions and documentation.
 */
export interface FactInfo {
  /**
   * Its name: `lead.country`.
   */
  name: string;
  /**
   * What its values are, in a word.
   */
  kind: string;
  /**
   * The words it can be, where there are only certain ones.
   */
  words?: string[];
  /**
   * The stage that makes it.
   */
  stage: FactInfoStage;
  /**
   * What it is, in words.
   */
  about: string;
}
/**
 * What became of one file.
 */
export interface FileReport {
  /**
   * Its name.
   */
  file: string;
  /**
   * What it holds; none where that is not known.
   */
  object?: Holds | null;
  /**
   * Rows that were read.
   */
  rows: number;
  /**
   * Rows that could not be read.
   */
  set_aside?: SetAside[];
  /**
   * What else there is to say.
   */
  notes?: TableNote[];
  /**
   * Its columns.
   */
  columns?: Column[];
  /**
   * Why it could not be read at all.
   */
  error?: ReadError | null;
}
/**
 * A row that could not be read.
 */
export interface SetAside {
  /**
   * The line of the file it starts on, from 1.
   */
  line: number;
  /**
   * The column, where one is to blame.
   */
  column?: string | null;
  /**
   * What was expected.
   */
  expected: string;
  /**
   * What was found.
   */
  found: string;
  /**
   * What to do.
   */
  help: string;
  /**
   * The row as far as it could be read, so that nothing is lost.
   */
  raw: string;
}
/**
 * Something to know about a file that stops nothing.
 */
export interface TableNote {
  /**
   * A stable code: `duplicate-column`, `unknown-column`, `missing-column`, `encoding`, `separator` …
   */
  code: string;
  /**
   * What is so.
   */
  message: string;
  /**
   * What to do, where something can be done.
   */
  help?: string | null;
}
/**
 * A column of a table.
 */
export interface Column {
  /**
   * The header as the file has it.
   */
  header: string;
  /**
   * The field it is, `lead.email`; none for a column nobody asked for, which is kept under its header.
   */
  field: FieldName | null;
}
/**
 * Why a file could not be read: where, what was expected, what was found, what to do.
 */
export interface ReadError {
  /**
   * The file's name.
   */
  file: string;
  /**
   * The line, from 1, where one is to blame.
   */
  line?: number | null;
  /**
   * The column, where one is to blame.
   */
  column?: string | null;
  /**
   * What was expected.
   */
  expected: string;
  /**
   * What was found.
   */
  found: string;
  /**
   * What to do.
   */
  help: string;
}
/**
 * A fact about a contract. Not an error: checking always succeeds, and what it finds is its result.
 */
export interface Finding {
  /**
   * A stable code, `unknown-key`; documented in docs/findings.md.
   */
  code: string;
  /**
   * How grave it is.
   */
  severity: Severity;
  /**
   * Where: `/routing/rules/emea-enterprise/when`; empty for the whole file. Items of lists are named by id.
   */
  address: string;
  /**
   * What is so.
   */
  message: string;
  /**
   * What to do.
   */
  help?: string | null;
  /**
   * Where in the text, when the contract was read from text.
   */
  place?: TextPlace | null;
}
/**
 * A place in a text.
 */
export interface TextPlace {
  /**
   * Line, from 1.
   */
  line: number;
  /**
   * Column in characters, from 1.
   */
  column: number;
  /**
   * Offset in bytes, from 0.
   */
  offset: number;
  /**
   * Length in bytes of what is meant; 0 when only the place is known.
   */
  length: number;
}
/**
 * Both decisions of one lead, to be read side by side.
 */
export interface SideBySide {
  /**
   * What changed.
   */
  lead: Move;
  /**
   * What arrived, field by field, with what could not be read.
   */
  facts: FactLine[];
  /**
   * Stage by stage. Both sides have the same stages in the same order.
   */
  stages: StagePair[];
  /**
   * Whom the lead could be, and which company's it is, with what speaks for it.
   */
  matches?: MatchPair[];
}
/**
 * One lead's change.
 */
export interface Move {
  /**
   * Its place in the order of arrival, from 0; how it is asked for.
   */
  index: number;
  /**
   * Its id in the CRM.
   */
  lead: RecordId;
  /**
   * The person; the e-mail address where there is no name.
   */
  name: string;
  /**
   * The company, or empty.
   */
  company: string;
  /**
   * Where it goes before.
   */
  from: Place;
  /**
   * Where it goes after.
   */
  to: Place;
  /**
   * The routing rule that decides before.
   */
  rule_before?: RuleId | null;
  /**
   * The routing rule that decides after.
   */
  rule_after?: RuleId | null;
  /**
   * Its scores, those that both contracts have.
   */
  scores: ScoreMove[];
  /**
   * The ways in which it changed, in the order of [`Change`].
   */
  changes: MoveChange[];
  /**
   * Verdicts that changed: action, before, after.
   */
  verdicts: VerdictMove[];
}
/**
 * An owner, pool, queue or the want of one.
 */
export interface Place {
  /**
   * What it is.
   */
  kind: PlaceKind;
  /**
   * Its id; empty for `unrouted` and `not_eligible`.
   */
  id: string;
  /**
   * What people call it.
   */
  label: string;
}
/**
 * One score of one lead.
 */
export interface ScoreMove {
  /**
   * Which score.
   */
  score: ScoreId;
  /**
   * Before.
   */
  before: number;
  /**
   * After.
   */
  after: number;
  /**
   * The band before, or empty.
   */
  band_before: string;
  /**
   * The band after, or empty.
   */
  band_after: string;
}
/**
 * One verdict of one lead that changed.
 */
export interface VerdictMove {
  /**
   * The action.
   */
  action: ActionKind;
  /**
   * The field, for field updates.
   */
  field?: FieldName | null;
  /**
   * Before; none where the baseline asked for no such action.
   */
  before?: Verdict | null;
  /**
   * After; none where the candidate asks for no such action.
   */
  after?: Verdict | null;
}
/**
 * One field of a lead as it arrived and as it is read.
 */
export interface FactLine {
  /**
   * Its name, `lead.country`; the header for columns without a field.
   */
  name: string;
  /**
   * As it arrived; empty when it was blank, or when Interlock worked the value out.
   */
  raw: string;
  /**
   * In normal form; none where it is blank or cannot be read.
   */
  value?: string | null;
  /**
   * Whether it could not be read.
   */
  invalid?: boolean;
}
/**
 * One stage under both contracts.
 */
export interface StagePair {
  /**
   * Which stage: `intake`, `identity`, `suppression`, `enrichment`, `classification`, `routing`, `handoff`, `audit`.
   */
  stage: string;
  /**
   * Whether the two sides differ.
   */
  differs: boolean;
  /**
   * Under the baseline.
   */
  before: StageText;
  /**
   * Under the candidate.
   */
  after: StageText;
}
/**
 * What one stage decided, in words.
 */
export interface StageText {
  /**
   * The result in one line: "goes to Dana Fischer by rule emea-enterprise".
   */
  headline: string;
  /**
   * Why, line by line.
   */
  lines: Line[];
}
/**
 * One reason, rule or fact.
 */
export interface Line {
  /**
   * What sort of line it is.
   */
  mark: Mark;
  /**
   * In words.
   */
  text: string;
  /**
   * The verdict, where the line is one.
   */
  verdict?: Verdict | null;
  /**
   * The points, where the line is a contribution to a score.
   */
  points?: number | null;
  /**
   * Where the rule stands in the contract: `/routing/rules/emea-enterprise`.
   */
  address?: string | null;
  /**
   * What was read: "lead.country is DE (wanted: one of US, CA)".
   */
  operands?: string[];
}
/**
 * Whom identity found under both contracts.
 */
export interface MatchPair {
  /**
   * `person` or `account`.
   */
  of: string;
  /**
   * Under the baseline; none where it is as after.
   */
  before?: MatchSeen | null;
  /**
   * Under the candidate.
   */
  after: MatchSeen;
}
/**
 * Whom identity found.
 */
export interface MatchSeen {
  /**
   * `exact`, `probable`, `ambiguous` or `none`.
   */
  outcome: string;
  /**
   * By what, in words after "by"; empty where nobody was found.
   */
  by: string;
  /**
   * The record that was chosen first, then the others that came into question.
   */
  candidates: CandidateSeen[];
}
/**
 * A record that came into question.
 */
export interface CandidateSeen {
  /**
   * `lead`, `contact` or `account`.
   */
  object: string;
  /**
   * Its id in the CRM.
   */
  id: RecordId;
  /**
   * Its name.
   */
  name: string;
  /**
   * Whether it was chosen.
   */
  chosen: boolean;
  /**
   * What speaks for it and against it, where the contract has a match model.
   */
  waterfall?: Waterfall | null;
}
/**
 * What one decision leaves for the next.
 */
export interface State {
  /**
   * The rotation of each pool.
   */
  pools?: {
    [k: string]: PoolState | undefined;
  };
  /**
   * How many open leads each owner has, where a pool looks at it: set by the host or [`State::count_open`], one more with
   * each assignment, one less with [`State::close`].
   */
  open?: {
    [k: string]: number | undefined;
  };
  /**
   * Response times that run, by record. Filled by deciding where an assignment is automatic, and by [`State::promise`].
   */
  promises?: {
    [k: string]: Promise | undefined;
  };
  /**
   * How many actions each sampling review rule has counted, by the rule's address.
   */
  samples?: {
    [k: string]: number | undefined;
  };
  /**
   * What waits for a person, by record: `lead/123`. Filled by [`State::wait`], emptied by [`State::settle`].
   */
  pending?: {
    [k: string]: Pending[] | undefined;
  };
  /**
   * What was rejected or taken back and is not to be repeated, by record. Filled by [`State::refuse`].
   */
  refused?: {
    [k: string]: Refused[] | undefined;
  };
  /**
   * When something was let go to whom, by e-mail address, or record id where none is known: for contracts that read
   * `touches.…`. The last 30 days. Filled by deciding and by [`State::touch`].
   */
  touches?: {
    [k: string]: Timestamp[] | undefined;
  };
}
/**
 * The rotation of one pool.
 */
export interface PoolState {
  /**
   * How many turns each member had: leads given, and turns that passed while they could take none.
   */
  turns?: {
    [k: string]: number | undefined;
  };
  /**
   * Turns given back, which come before others.
   */
  credits?: {
    [k: string]: number | undefined;
  };
  /**
   * What members with caps were given of late.
   */
  given?: {
    [k: string]: Given | undefined;
  };
  /**
   * Who had a person or a company last, by e-mail address and by domain, where the pool is sticky.
   */
  last?: {
    [k: string]: OwnerId | undefined;
  };
}
/**
 * What somebody was given in the day, the week and the month of the last lead.
 */
export interface Given {
  /**
   * In the day.
   */
  day?: Count;
  /**
   * In the week, from Monday on.
   */
  week?: Count;
  /**
   * In the month.
   */
  month?: Count;
}
/**
 * How many leads since a period began.
 */
export interface Count {
  /**
   * When the period began.
   */
  since?: Timestamp;
  /**
   * How many.
   */
  count?: number;
}
/**
 * The response times of a record that run.
 */
export interface Promise {
  /**
   * Who has the record.
   */
  owner: OwnerId;
  /**
   * The rule of the contract's `sla`.
   */
  rule: RuleId;
  /**
   * The working hours that count, where they alone do.
   */
  calendar?: CalendarId | null;
  /**
   * By when it must be accepted; none once it is.
   */
  accept_by?: Timestamp | null;
  /**
   * By when the buyer must have heard from somebody.
   */
  respond_by?: Timestamp | null;
  /**
   * Since when the clocks stand still.
   */
  paused?: Timestamp | null;
  /**
   * How often it was given to somebody else since nobody responded.
   */
  reassigned?: number;
}
/**
 * Something that waits for a person. What depends on it is held meanwhile.
 */
export interface Pending {
  /**
   * What is to be done.
   */
  action: ActionKind;
  /**
   * The field, for writes.
   */
  field?: FieldName | null;
  /**
   * The event that led to it.
   */
  event?: EventId | null;
  /**
   * Who looks.
   */
  reviewer?: Reviewer | null;
}
/**
 * Something that was done, or offered, and is not wanted.
 */
export interface Refused {
  /**
   * What was done or offered.
   */
  action: ActionKind;
  /**
   * The field, for writes.
   */
  field?: FieldName | null;
  /**
   * The value, owner, target or text.
   */
  value: string;
  /**
   * What became of it.
   */
  because: Because;
}
/**
 * The whole preview but for the list of moved leads, which is asked for in pages.
 */
export interface Summary {
  /**
   * Leads decided under both contracts.
   */
  leads: number;
  /**
   * Rows of the lead files that could not be read; they are listed with their files.
   */
  set_aside: number;
  /**
   * How many leads changed, and how.
   */
  counts: Counts;
  /**
   * Who leads went from and to, largest first; leads that stay are in it too (`from` equals `to`).
   */
  flows: Flow[];
  /**
   * The distribution of each score.
   */
  scores: Distribution[];
  /**
   * The verdicts of each kind of action.
   */
  verdicts: VerdictRow[];
  /**
   * How many leads each owner, pool or queue ends up with.
   */
  loads: Load[];
  /**
   * The candidate's expectations and whether they hold.
   */
  expectations: SummaryPromise[];
  /**
   * The candidate's budgets and whether they hold.
   */
  budgets: SummaryPromise[];
  /**
   * What there is to know about the data: columns that rules ask for and no file has.
   */
  notes: string[];
}
/**
 * How many leads changed, and how. A lead can count in several.
 */
export interface Counts {
  /**
   * Leads for which anything at all changed.
   */
  changed: number;
  /**
   * Leads with another owner, pool or queue.
   */
  rerouted: number;
  /**
   * Of these, leads that the rules send elsewhere.
   */
  rerouted_by_rule: number;
  /**
   * Of these, leads that the rules send to the same pool but another member's turn came.
   */
  rerouted_by_rotation: number;
  /**
   * Leads with another score.
   */
  rescored: number;
  /**
   * Leads with another band in any score.
   */
  rebanded: number;
  /**
   * Leads with another verdict on any action.
   */
  verdict_changed: number;
  /**
   * Leads suppressed that were not.
   */
  newly_suppressed: number;
  /**
   * Leads no longer suppressed.
   */
  released: number;
  /**
   * Leads held for a person that were not.
   */
  newly_for_review: number;
  /**
   * Leads no longer held for a person.
   */
  no_longer_for_review: number;
  /**
   * Leads whose routing rules disagree, before.
   */
  escalated_before: number;
  /**
   * Leads whose routing rules disagree, after.
   */
  escalated_after: number;
}
/**
 * Leads that went from one place to another.
 */
export interface Flow {
  /**
   * Where they are under the baseline.
   */
  from: Place;
  /**
   * Where they are under the candidate.
   */
  to: Place;
  /**
   * How many.
   */
  leads: number;
  /**
   * Of these, how many move by rotation alone.
   */
  by_rotation: number;
}
/**
 * The distribution of one score.
 */
export interface Distribution {
  /**
   * Which score.
   */
  score: ScoreId;
  /**
   * What people call it.
   */
  name: string;
  /**
   * Equal-width ranges from the least to the most.
   */
  buckets: Bucket[];
  /**
   * Leads in each band, lowest band first.
   */
  bands: BandCount[];
}
/**
 * A range of a score, both ends included.
 */
export interface Bucket {
  /**
   * First value.
   */
  from: number;
  /**
   * Last value.
   */
  to: number;
  /**
   * Leads in it before.
   */
  before: number;
  /**
   * Leads in it after.
   */
  after: number;
}
/**
 * Leads in one band.
 */
export interface BandCount {
  /**
   * The band; empty for leads under every band.
   */
  band: string;
  /**
   * Leads in it before.
   */
  before: number;
  /**
   * Leads in it after.
   */
  after: number;
  /**
   * Where it starts before, where the baseline has it.
   */
  at_least_before?: number | null;
  /**
   * Where it starts after, where the candidate has it.
   */
  at_least_after?: number | null;
}
/**
 * The verdicts of one kind of action.
 */
export interface VerdictRow {
  /**
   * The action.
   */
  action: ActionKind;
  /**
   * The field, for field updates.
   */
  field?: FieldName | null;
  /**
   * Before.
   */
  before: VerdictCounts;
  /**
   * After.
   */
  after: VerdictCounts;
  /**
   * Leads for which it changed.
   */
  changed: number;
}
/**
 * How often each verdict was given.
 */
export interface VerdictCounts {
  auto: number;
  suggest: number;
  review: number;
  block: number;
}
/**
 * How many leads one place ends up with.
 */
export interface Load {
  /**
   * Which.
   */
  place: Place;
  /**
   * Before.
   */
  before: number;
  /**
   * After.
   */
  after: number;
}
/**
 * An expectation or a budget, and whether it holds.
 */
export interface SummaryPromise {
  /**
   * Which.
   */
  id: RuleId;
  /**
   * Whether it holds.
   */
  holds: boolean;
  /**
   * What was found, in words: "62 of 2,000 leads rerouted (3.1 %), at most 5 % allowed".
   */
  found: string;
}
