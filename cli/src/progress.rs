//! Progress of long work: on standard error, after a second, and only where somebody watches.

use std::io::{IsTerminal, Write};
use std::time::{Duration, Instant};

use interlock_core::text::thousands;

/// How long work may take before it is worth a word.
const PATIENCE: Duration = Duration::from_secs(1);
/// How often the word changes.
const PACE: Duration = Duration::from_millis(200);

/// The progress of one piece of work.
#[derive(Debug)]
pub struct Progress {
    watched: bool,
    started: Instant,
    said: Option<Instant>,
}

impl Progress {
    /// Starts to count the time.
    #[must_use]
    pub fn start() -> Self {
        Self { watched: std::io::stderr().is_terminal(), started: Instant::now(), said: None }
    }

    /// Says how many of how many are done, if it is time to.
    pub fn tell(&mut self, done: usize, of: usize, what: &str) {
        let now = Instant::now();
        let due = self.said.is_none_or(|said| now.duration_since(said) >= PACE);
        if self.watched && due && now.duration_since(self.started) >= PATIENCE {
            self.said = Some(now);
            // Nothing depends on whether it is seen.
            let _ = write!(std::io::stderr(), "\r\x1b[K{} of {} {what}", thousands(done as u64), thousands(of as u64));
        }
    }

    /// Takes the word away again.
    pub fn end(self) {
        if self.said.is_some() {
            let _ = write!(std::io::stderr(), "\r\x1b[K");
        }
    }
}
