//! Everything for a person to look at: `report.html`, `report.xlsx` and `map.svg`, beside the tables of `assess`.
//!
//! `cargo run --release --example report` makes them of the fixture study;
//! `cargo run --release --example report -- path/to/study.toml --out DIR` of any other. With
//! `--features png,pdf` there are `map.png` and `map.pdf` too. Of a study with what-if changes the map shows
//! the county before and after them.

mod args;
#[path = "../common/mod.rs"]
mod common;
#[path = "../assess/what_if.rs"]
mod what_if;

use std::process::ExitCode;

use clap::Parser;
use walkshed::Options;
use walkshed::report::ReportOptions;

use args::Args;
use common::failure::Failure;
use common::meter::Meter;
use common::outcome::{begin, finish};
use common::run;

fn main() -> ExitCode {
    let args = Args::parse();
    run::run(&args.shared, |meter| work(&args, meter))
}

fn work(args: &Args, meter: &Meter) -> Result<u8, Failure> {
    let report = ReportOptions {
        workbook: true,
        map: true,
        paper: args.paper.into(),
        isochrones: args.isochrones,
        overwrite: args.output.overwrite,
        ..ReportOptions::default()
    };
    let study = begin(&args.shared, &args.output.out, &report, meter)?;
    let options = Options {
        progress: meter,
        assessment: true,
        changed: what_if::changed_study(&study)?,
        ..Options::default()
    };
    let results = walkshed::run(&study, &options)?;
    finish(&args.shared, &results, meter)?;
    Ok(0)
}
