//! `interlock serve`: the panel on this machine.

use std::io::Write;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use crate::Ended;
use crate::arguments::Serve;
use crate::failure::Failure;
use crate::input::shown;
use crate::panel;
use crate::serve::{FrameAncestors, Listener};

/// Serves until the process ends.
///
/// # Errors
/// When it cannot listen, or there is no panel.
pub fn run(arguments: &Serve, out: &mut dyn Write) -> Result<Ended, Failure> {
    let ancestors = match &arguments.frame_ancestors {
        None => FrameAncestors::default(),
        Some(list) => FrameAncestors::parse(list.split(',')).map_err(|item| {
            Failure::new(format!("`{item}` is not an origin"), "write one such as `https://app.example.com`")
        })?,
    };
    if arguments.panel.is_none() && !panel::is_built_in() {
        return Err(Failure::new("the panel is not built into this program", "run `cargo xtask build`"));
    }
    let address = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), arguments.port);
    let listener = Listener::bind(address, &ancestors).map_err(|error| {
        Failure::new(format!("cannot listen on `{address}`: {error}"), "choose another port with `--port`")
    })?;
    // Whoever started this in the background may not read it.
    writeln!(out, "http://{}/", listener.address().unwrap_or(address))?;
    out.flush()?;
    let ended = match &arguments.panel {
        Some(folder) => {
            let files = panel::in_folder(folder).map_err(|error| {
                Failure::new(
                    format!("no panel in `{}`: {error}", shown(folder)),
                    "name the folder that `cargo xtask build` fills",
                )
            })?;
            listener.run(files)
        }
        None => listener.run(panel::built_in),
    };
    ended.map_err(|error| Failure { message: format!("cannot go on serving: {error}"), help: None })?;
    Ok(Ended::Well)
}
