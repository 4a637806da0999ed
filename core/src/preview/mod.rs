//! Many leads under two plans: what moves, and why.

pub mod view;
