//! The CRM snapshot.

/// Placeholder until the snapshot is built.
#[derive(Clone, Debug, Default)]
pub struct Crm;
