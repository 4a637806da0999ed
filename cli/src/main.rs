//! The `interlock` command.

use std::io::Write;
use std::process::ExitCode;

use clap::Parser;
use interlock::Ended;
use interlock::arguments::{Arguments, Verb};
use interlock::failure::Failure;
use interlock::input::{Disk, tell};
use interlock::output::Out;
use interlock::verbs;

/// Deciding asks for memory in small pieces.
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    std::panic::set_hook(Box::new(say_fault));
    let arguments = Arguments::parse();
    match run(&arguments.verb) {
        Ok(Ended::Well) => ExitCode::SUCCESS,
        Ok(Ended::WithFindings) => ExitCode::from(1),
        Err(failure) => {
            tell(&failure);
            ExitCode::from(2)
        }
    }
}

/// A panic is a fault of Interlock, never of its input: it is said as one, and the exit code is that of a command that could
/// not run.
fn say_fault(panic: &std::panic::PanicHookInfo<'_>) {
    let payload = panic.payload();
    let words = payload.downcast_ref::<&str>().copied().or(payload.downcast_ref::<String>().map(String::as_str));
    let place = panic.location().map(ToString::to_string).unwrap_or_default();
    tell(&Failure::fault(words.unwrap_or("no words"), &place));
    std::process::exit(2);
}

fn run(verb: &Verb) -> Result<Ended, Failure> {
    let (mut disk, mut out) = (Disk::default(), Out::stdout());
    let ended = match verb {
        Verb::Check(arguments) => verbs::check::run(arguments, &mut disk, &mut out),
        Verb::Decide(arguments) => verbs::decide::run(arguments, &mut disk, &mut out),
        Verb::Preview(arguments) => verbs::preview::run(arguments, &mut disk, &mut out),
        Verb::Diff(arguments) => verbs::diff::run(arguments, &mut disk, &mut out),
        Verb::Match(arguments) => verbs::matching::run(arguments, &mut disk, &mut out),
        Verb::Duplicates(arguments) => verbs::duplicates::run(arguments, &mut disk, &mut out),
        Verb::Audit(arguments) => verbs::audit::run(arguments, &mut disk, &mut out),
        Verb::Review(arguments) => verbs::review::run(arguments, &mut disk, &mut out),
        Verb::Scorecard(arguments) => verbs::scorecard::run(arguments, &mut disk, &mut out),
        Verb::Schema(arguments) => verbs::schema::run(arguments, &mut disk, &mut out),
        Verb::Start(arguments) => verbs::start::run(arguments, &mut out),
        Verb::Demo(arguments) => verbs::demo::run(arguments, &mut out),
        Verb::Serve(arguments) => verbs::serve::run(arguments, &mut out),
    };
    out.flush()?;
    ended
}
