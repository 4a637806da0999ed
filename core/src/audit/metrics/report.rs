//! The weekly review.
