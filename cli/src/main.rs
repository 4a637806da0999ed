//! The `interlock` command.

use std::io::Write;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::Path;
use std::process::ExitCode;

use interlock::panel;
use interlock::serve::{FrameAncestors, Listener};

const USAGE: &str = "usage: interlock serve [--port N] [--frame-ancestors ORIGIN,...] [--panel FOLDER]";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match serve(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}

fn serve(arguments: &[String]) -> Result<(), String> {
    let mut arguments = arguments.iter();
    if arguments.next().map(String::as_str) != Some("serve") {
        return Err(USAGE.to_owned());
    }
    let mut port = 8080;
    let mut ancestors = FrameAncestors::default();
    let mut folder = None;
    while let Some(option) = arguments.next() {
        let value = arguments.next().ok_or(USAGE)?;
        match option.as_str() {
            "--port" => {
                port = value.parse().map_err(|_| format!("`{value}` is not a port"))?;
            }
            "--frame-ancestors" => {
                ancestors = FrameAncestors::parse(value.split(','))
                    .map_err(|item| format!("`{item}` is not an origin such as `https://app.example.com`"))?;
            }
            "--panel" => folder = Some(value),
            _ => return Err(USAGE.to_owned()),
        }
    }
    if folder.is_none() && !panel::is_built_in() {
        return Err("the panel is not built into this program\nhelp: run `cargo xtask build`".to_owned());
    }
    let address = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), port);
    let listener = Listener::bind(address, &ancestors)
        .map_err(|error| format!("cannot listen on `{address}`: {error}\nhelp: choose another port with `--port`"))?;
    // Whoever started this in the background may not read it.
    let _ = writeln!(std::io::stdout(), "http://{}/", listener.address().unwrap_or(address));
    let ended = match folder {
        Some(folder) => {
            let files =
                panel::in_folder(Path::new(folder)).map_err(|error| format!("no panel in `{folder}`: {error}"))?;
            listener.run(files)
        }
        None => listener.run(panel::built_in),
    };
    ended.map_err(|error| format!("cannot go on serving: {error}"))
}
