//! `cargo xtask serve`: build, then let the command serve the panel that is inside it.

use anyhow::Result;

use crate::place::Place;
use crate::run;
use crate::verbs::build;

/// Serves on localhost until interrupted. `arguments` are those of `interlock serve`.
pub(crate) fn serve(place: &Place, arguments: &[String]) -> Result<()> {
    build(place)?;
    let mut command = run::command(place.interlock(), place);
    command.arg("serve").args(arguments);
    run::finish(&mut command)
}
