//! A first study file for a folder of files.
//!
//! `cargo run --release --example init -- DIR` looks at the files of a folder and writes `study.toml` into
//! it: which file holds the streets, the sites, the cells, by what that is known, and what is not.

mod args;
#[path = "../common/mod.rs"]
mod common;

use std::io::{self, ErrorKind};
use std::process::ExitCode;

use clap::Parser;
use walkshed::model::Language;
use walkshed::read::{self, FirstStudy};
use walkshed::report::ReportError;
use walkshed::text::plain;

use args::Args;
use common::args::Spoken;
use common::failure::Failure;
use common::meter::Meter;
use common::run;
use common::said::Said;

/// Bad data: something is missing without which there is no study.
const MISSING: u8 = 3;

fn main() -> ExitCode {
    let args = Args::parse();
    run::run(&args.shared, |meter| work(&args, meter))
}

fn work(args: &Args, meter: &Meter) -> Result<u8, Failure> {
    let folder = args.shared.study();
    // Before the work: it may take minutes.
    if !args.overwrite && folder.join("study.toml").symlink_metadata().is_ok() {
        return Err(in_the_way());
    }
    let language = args.shared.language.map(|which| match which {
        Spoken::Zh => Language::Chinese,
        Spoken::En => Language::English,
    });
    let first = read::first_study(&folder, language, meter)?;
    meter.stop();
    let is_whole = first.missing.is_empty();
    if is_whole {
        first
            .write(args.overwrite)
            .map_err(|error| not_written(&first, error))?;
    }
    let done = Said::new("study.toml is written", "study.toml 已写好");
    let text = if args.shared.json {
        first.to_json()
    } else {
        first.said()
    };
    run::print(&text, done)?;
    Ok(if is_whole { 0 } else { MISSING })
}

fn in_the_way() -> Failure {
    Failure::Usage(Said::new(
        "study.toml is there already – say --overwrite to replace it, or move it away",
        "study.toml 已经存在——要替换请加 --overwrite，否则请先移走",
    ))
}

fn not_written(first: &FirstStudy, error: io::Error) -> Failure {
    if error.kind() == ErrorKind::AlreadyExists {
        return in_the_way();
    }
    let path = plain(&first.path().display().to_string()).into();
    ReportError::Io {
        path,
        source: error,
    }
    .into()
}
