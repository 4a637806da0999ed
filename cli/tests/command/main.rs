//! The command as it is built, run on the demo workspace and on small files of its own.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod audit;
mod audit_metrics;
mod bad_input;
mod findings;
mod matching;
mod review;
mod schemas;
mod scorecard;
mod verbs;

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

/// What a run came to.
struct Run {
    code: i32,
    out: String,
    err: String,
}

/// Runs the command in a folder.
fn interlock(folder: &Path, arguments: &[&str]) -> Run {
    with_input(folder, arguments, b"")
}

/// Runs the command in a folder with something on standard input.
fn with_input(folder: &Path, arguments: &[&str], input: &[u8]) -> Run {
    let mut child = Command::new(env!("CARGO_BIN_EXE_interlock"))
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    // A command that does not read its input closes it.
    let _ = stdin.write_all(input);
    drop(stdin);
    let output = child.wait_with_output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("output is UTF-8");
    let run =
        Run { code: output.status.code().expect("no signal"), out: text(output.stdout), err: text(output.stderr) };
    assert!(!run.err.contains("panicked"), "{}", run.err);
    run
}

/// The demo workspace as files.
fn demo() -> &'static Path {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    FOLDER.get_or_init(|| {
        let folder = own_folder("demo");
        for file in interlock_demo::workspace().files {
            fs::write(folder.join(file.name), file.bytes).unwrap();
        }
        folder
    })
}

/// An empty folder for one test.
fn own_folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-{}", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// The files of the demo as arguments.
fn demo_files() -> Vec<&'static str> {
    let as_of = ["--as-of", interlock_demo::AS_OF];
    let files = [
        ("--leads", "leads.csv"),
        ("--accounts", "accounts.csv"),
        ("--contacts", "contacts.csv"),
        ("--opportunities", "opportunities.csv"),
        ("--activities", "activities.csv"),
        ("--owners", "owners.csv"),
        ("--proposals", "proposals.jsonl"),
    ];
    files.into_iter().flat_map(|(kind, file)| [kind, file]).chain(as_of).collect()
}

/// Compares a text with the kept one; `UPDATE=1` keeps it.
#[track_caller]
fn snapshot(name: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/command/snapshots").join(name);
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, text).unwrap();
    }
    let kept = fs::read_to_string(&path).unwrap_or_default();
    assert!(kept == text, "`{name}` is not as kept; `UPDATE=1 cargo test -p interlock` keeps this:\n{text}");
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}
