//! Why a command could not run: exit code 2.

use std::fmt;

use interlock_core::crm::ReadError;

/// What went wrong, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// What is so, in lower case, user input in backticks.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
}

impl Failure {
    /// A failure with a remedy.
    pub fn new(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { message: message.into(), help: Some(help.into()) }
    }

    /// A fault of Interlock's own, which no input should be able to cause: what it says and where it happened.
    pub fn fault(words: &str, place: &str) -> Self {
        Self::new(
            format!("interlock itself is at fault: {words} ({place})"),
            "nothing more was written; please report this line with the version and what was asked",
        )
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        self.help.as_ref().map_or(Ok(()), |help| write!(f, "\nhelp: {help}"))
    }
}

impl std::error::Error for Failure {}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Self { message: format!("cannot write the output: {error}"), help: None }
    }
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Self {
        Self { message: format!("cannot write JSON: {error}"), help: None }
    }
}

impl From<&ReadError> for Failure {
    fn from(error: &ReadError) -> Self {
        Self::new(error.to_string(), &*error.help)
    }
}
