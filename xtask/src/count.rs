//! Running a test runner: its output goes through, and what it says of passed and failed tests is added up.

use std::io::{BufRead, BufReader, IsTerminal, Read, Write};
use std::ops::AddAssign;
use std::process::{Command, Stdio};
use std::thread;

use anyhow::{Context, Result};

use crate::run;

/// Tests that passed and tests that failed.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub(crate) struct Count {
    pub(crate) passed: u32,
    pub(crate) failed: u32,
}

impl AddAssign for Count {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

/// Runs a test runner to the end. One that fails without a failed test (it did not compile, say) counts one failure.
pub(crate) fn tests(command: &mut Command) -> Result<Count> {
    let shown = run::shown(command);
    if std::io::stderr().is_terminal() {
        command.env("CARGO_TERM_COLOR", "always").env("FORCE_COLOR", "1");
    }
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .with_context(|| format!("cannot start `{shown}`"))?;
    let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
    let (mut count, status) = thread::scope(|scope| {
        let errors = scope.spawn(move || stderr.map(|pipe| pass_on(pipe, std::io::stderr())));
        let mut count = stdout.map(|pipe| pass_on(pipe, std::io::stdout())).unwrap_or_default();
        count += errors.join().ok().flatten().unwrap_or_default();
        (count, child.wait())
    });
    let status = status.with_context(|| format!("lost `{shown}`"))?;
    if !status.success() && count.failed == 0 {
        eprintln!("`{shown}` failed: {status}");
        count.failed = 1;
    }
    Ok(count)
}

/// Copies a pipe line by line and counts. A line that is not UTF-8 is shown with replacements.
fn pass_on(pipe: impl Read, mut out: impl Write) -> Count {
    let mut pipe = BufReader::new(pipe);
    let mut count = Count::default();
    let mut line = Vec::new();
    while let Ok(1..) = pipe.read_until(b'\n', &mut line) {
        // A closed terminal is no reason to stop testing.
        let _ = out.write_all(&line);
        count += told(&plain(&String::from_utf8_lossy(&line)));
        line.clear();
    }
    let _ = out.flush();
    count
}

/// The line without colours.
fn plain(line: &str) -> String {
    let mut text = String::new();
    let mut rest = line;
    while let Some((before, after)) = rest.split_once("\u{1b}[") {
        text.push_str(before);
        rest = after.split_once(|end: char| end.is_ascii_alphabetic()).map_or("", |(_, rest)| rest);
    }
    text + rest
}

/// What one line says: nextest's summary, cargo test's result, or node's closing lines. An indented result is what
/// nextest shows of a single failed test, which its summary counts.
fn told(line: &str) -> Count {
    let is_cargo = line.starts_with("test result: ");
    let line = line.trim();
    if is_cargo || line.starts_with("Summary [") {
        let number = |word: &str| {
            let before = &line[..line.find(word)?];
            before.rsplit(' ').next()?.parse().ok()
        };
        return Count {
            passed: number(" passed").unwrap_or(0),
            failed: number(" failed").unwrap_or(0) + number(" timed out").unwrap_or(0),
        };
    }
    let Some(node) = line.strip_prefix("ℹ ").or_else(|| line.strip_prefix("# ")) else {
        return Count::default();
    };
    let number = |word: &str| node.strip_prefix(word).and_then(|number| number.parse().ok());
    Count {
        passed: number("pass ").unwrap_or(0),
        failed: number("fail ").unwrap_or(0) + number("cancelled ").unwrap_or(0),
    }
}

#[cfg(test)]
mod tests {
    use super::{Count, plain, told};

    #[track_caller]
    fn check(line: &str, passed: u32, failed: u32) {
        assert_eq!(told(&plain(line)), Count { passed, failed }, "{line}");
    }

    #[test]
    fn reads_what_the_runners_say() {
        check("test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out", 12, 0);
        check("test result: FAILED. 11 passed; 1 failed; 0 ignored", 11, 1);
        check("     Summary [   0.012s] 5 tests run: 4 passed (1 slow), 1 failed, 2 skipped", 4, 1);
        check(
            "\u{1b}[32;1m     Summary\u{1b}[0m [   0.003s] \u{1b}[1m2\u{1b}[0m tests run: \u{1b}[1m2\u{1b}[0m passed, 0 skipped",
            2,
            0,
        );
        check("ℹ pass 7", 7, 0);
        check("ℹ fail 2", 0, 2);
        check("# pass 3", 3, 0);
        check("test intake::keeps_3 passed ... ok", 0, 0);
        check("    test result: FAILED. 0 passed; 1 failed; 0 ignored", 0, 0);
        check("", 0, 0);
    }
}
