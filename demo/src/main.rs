//! Writes the demo workspace's files, and a manifest of them, into the folder named as the argument.

use std::path::Path;
use std::process::ExitCode;
use std::{env, fs, io};

fn main() -> ExitCode {
    let Some(folder) = env::args_os().nth(1) else {
        eprintln!("usage: interlock-demo FOLDER");
        return ExitCode::from(2);
    };
    match write(Path::new(&folder)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: cannot write into `{}`: {error}", Path::new(&folder).display());
            ExitCode::from(2)
        }
    }
}

fn write(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let demo = interlock_demo::workspace();
    for file in demo.files.iter().chain(&interlock_demo::trail(&demo)) {
        fs::write(folder.join(file.name), &file.bytes)?;
    }
    fs::write(folder.join("manifest.json"), demo.manifest())
}
