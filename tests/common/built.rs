//! The examples as the programs that a user runs.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// The program of an example, of the sources as they are now, for test files of one example.
///
/// `cargo test --test NAME` builds no examples, and an old one would be tested in silence. So cargo is
/// asked to build it, in the profile and with the features of this test: well under a second when
/// nothing has changed. The tests run after the lock on the target folder is given back.
pub fn example(name: &str) -> &'static Path {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    PROGRAM.get_or_init(|| built(name))
}

/// The program of an example; each example is built once a test file.
pub fn built(name: &str) -> PathBuf {
    let test = std::env::current_exe().expect("a running test has a path");
    let folder = test
        .ancestors()
        .nth(2)
        .expect("tests lie in target/<profile>/deps");
    let profile = match folder.file_name().and_then(|name| name.to_str()) {
        Some("debug") => "dev",
        Some(profile) => profile,
        None => panic!("{} has no name", folder.display()),
    };
    let mut cargo = Command::new(env!("CARGO"));
    cargo
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(["build", "--quiet", "--locked", "--example", name])
        .args(["--profile", profile]);
    if cfg!(feature = "proj") {
        cargo.args(["--features", "proj"]);
    }
    if let Some(target) = folder.parent() {
        cargo.arg("--target-dir").arg(target);
    }
    let status = cargo.status().expect("cargo runs, as it runs this test");
    assert!(status.success(), "cargo builds the example {name}");
    let program = format!("{name}{}", std::env::consts::EXE_SUFFIX);
    let program = folder.join("examples").join(program);
    assert!(program.exists(), "{} was built", program.display());
    program
}
