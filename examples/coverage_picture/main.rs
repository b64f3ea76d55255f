//! The picture in the README: a study's cells on their streets, coloured by verdict.
//!
//! `cargo run --release --example coverage_picture` writes `fixtures/hukou/coverage.svg`;
//! `cargo run --release --example coverage_picture -- path/to/study.toml map.svg` draws any other study.

mod args;
#[path = "../common/mod.rs"]
mod common;
mod lines;
mod picture;

use std::fs;
use std::process::ExitCode;

use clap::Parser;
use walkshed::Options;
use walkshed::report::ReportError;

use args::Args;
use common::failure::Failure;
use common::load::load;
use common::meter::Meter;
use common::run;

fn main() -> ExitCode {
    let args = Args::parse();
    run::run(&args.shared, |meter| work(&args, meter))
}

fn work(args: &Args, meter: &Meter) -> Result<u8, Failure> {
    let path = args.picture()?;
    let study = load(&args.shared, meter)?;
    let options = Options {
        progress: meter,
        breakdown: false,
        ..Options::default()
    };
    let results = walkshed::run(&study, &options)?;
    let drawn = picture::svg(&results.coverage);
    meter.stop();
    fs::write(&path, drawn).map_err(|source| ReportError::Io { path, source })?;
    Ok(0)
}
