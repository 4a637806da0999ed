//! One function a verb: arguments in, [`crate::Ended`] out.

pub mod audit;
pub mod check;
pub mod decide;
pub mod demo;
pub mod diff;
pub mod duplicates;
mod figures;
pub mod matching;
pub mod preview;
mod report;
pub mod review;
pub mod schema;
pub mod scorecard;
pub mod serve;
mod side_by_side;
pub mod start;
