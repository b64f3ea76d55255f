//! What an example tells whoever runs it.

use std::error::Error;
use std::path::Path;
use std::process::{Command, Output};

use super::built;

/// The exit code, what is printed, and what is said beside it.
pub type Told = (Option<i32>, String, String);

/// Runs an example in a folder.
pub fn told(example: &str, dir: &Path, arguments: &[&str]) -> Result<Told, Box<dyn Error>> {
    let Output {
        status,
        stdout,
        stderr,
    } = Command::new(built::example(example))
        .current_dir(dir)
        .args(arguments)
        .output()?;
    Ok((
        status.code(),
        String::from_utf8(stdout)?,
        String::from_utf8(stderr)?,
    ))
}
