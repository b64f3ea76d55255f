//! The picture in the README: a study's cells on their streets, coloured by verdict.
//!
//! `cargo run --release --example coverage_picture` writes `fixtures/hukou/coverage.svg`;
//! `cargo run --release --example coverage_picture -- path/to/study.toml map.svg` draws any other study.

mod lines;
mod picture;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use walkshed::{Error, Options, read};

fn main() -> ExitCode {
    let hukou = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fixtures")
        .join("hukou");
    let mut given = std::env::args_os().skip(1).map(PathBuf::from);
    let (study, svg) = match (given.next(), given.next(), given.next()) {
        (None, ..) => (hukou.join("study.toml"), hukou.join("coverage.svg")),
        (Some(study), Some(svg), None) => (study, svg),
        _ => {
            eprintln!("usage: coverage_picture [STUDY.toml PICTURE.svg]");
            return ExitCode::from(2);
        }
    };
    let drawn = match draw(&study) {
        Ok(drawn) => drawn,
        Err(error) => {
            eprintln!("error: {error}");
            return ExitCode::from(3);
        }
    };
    if let Err(error) = std::fs::write(&svg, drawn) {
        eprintln!("error: {}: {error}", read::plain(&svg.to_string_lossy()));
        return ExitCode::from(4);
    }
    ExitCode::SUCCESS
}

fn draw(path: &Path) -> Result<String, Error> {
    let (study, _) = read::study(path)?;
    let results = walkshed::run(&study, &Options::default())?;
    Ok(picture::svg(&results.coverage))
}
