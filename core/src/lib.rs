//! The Interlock engine: contract, gate, matching, scoring, routing, preview, audit.
//!
//! Pure: no input or output, clock, randomness or JavaScript. Everything a decision depends on is an argument, so that
//! the same input gives the same bytes in a browser, in Node and natively.
//!
//! ```
//! use interlock_core::{check, decide, record};
//!
//! // 1. A contract becomes a plan only through `check`, which says everything it finds at once.
//! let checked = check::check_text(r#"{"interlock": 1, "id": "growth", "version": "1.0.0", "fields": [
//!     {"field": "lead.industy", "ai": "auto", "risk": "low"}]}"#);
//! assert!(checked.plan.is_none());
//! let finding = checked.findings.iter().find(|finding| finding.code == "unknown-field");
//! assert_eq!(finding.map(|finding| finding.address.as_str()), Some("/fields/lead.industy/field"));
//!
//! // 2. A plan decides events, one after the other, and hands the state on.
//! # fn decides(plan: &interlock_core::plan::Plan, event: &record::Event, crm: &record::Crm) {
//! let as_of = interlock_core::time::Timestamp::parse("2026-11-23T09:00:00Z").unwrap_or_default();
//! let (decision, state) = decide::decide(plan, event, crm, record::State::default(), as_of, 1);
//! let bytes = decision.canonical();
//! # let _ = (bytes, state); }
//! ```
//!
//! In reading order:
//!
//! | module | what |
//! |---|---|
//! | [`id`], [`scale`], [`time`], [`map`] | the small types everything is made of |
//! | [`contract`] | the file RevOps edits, one file a section |
//! | [`record`] | what stands in the CRM and what arrives; the snapshot |
//! | [`json`], [`check`] | a contract's text to findings and a [`plan::Plan`] |
//! | [`plan`] | the compiled contract, conditions, facts |
//! | [`decide`] | the pipeline, to be read aloud; then one stage each: [`intake`], [`identity`], [`suppression`], [`gate`], [`classify`], [`route`], [`handoff`], [`audit`] |
//! | [`decision`] | what was decided and why |
//! | [`diff`], [`preview`] | what an edit is, and what it moves |
//! | [`workflow_table`] | the workflows in plain words, to be looked over |
//! | [`crm`], [`normal`] | exports of CRMs; normal forms of values |
//! | [`workspace`], [`session`] | files read together; what the panel talks to |

// What `#[derive(Decode)]` writes names this crate.
extern crate self as interlock_core;

pub mod audit;
pub mod check;
pub mod classify;
pub mod contract;
pub mod crm;
pub mod decide;
pub mod decision;
pub mod diff;
pub mod gate;
pub mod handoff;
pub mod id;
pub mod identity;
pub mod intake;
pub mod json;
mod lifecycle;
pub mod map;
pub mod normal;
mod order;
pub mod plan;
pub mod preview;
pub mod protected;
pub mod record;
pub mod route;
pub mod scale;
#[cfg(feature = "scorecard")]
pub mod scorecard;
mod sender;
pub mod session;
pub mod suppression;
pub mod tables;
pub mod terms;
pub mod text;
pub mod time;
pub mod workflow_table;
pub mod workspace;
