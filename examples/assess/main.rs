//! What a supervision office wants to know of a study: phases met or missed, indicators, units and
//! departments compared, the gravest cells and items, what a change would bring, how it went since.
//!
//! `cargo run --release --example assess` assesses the fixture study;
//! `cargo run --release --example assess -- path/to/study.toml --out DIR --against EARLIER` any other, beside
//! the results of an earlier run, or of several.

mod args;
#[path = "../common/mod.rs"]
mod common;
mod what_if;

use std::process::ExitCode;

use clap::Parser;
use walkshed::report::ReportOptions;
use walkshed::{Options, read};

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
    let shared = &args.shared;
    args.spare_the_earlier_runs()?;
    // Read first, so that a wrong folder is told before the long work.
    let against = args.against.iter();
    let earlier: Vec<_> = against.map(read::earlier_run).collect::<Result<_, _>>()?;
    let report = ReportOptions {
        page: !args.no_report,
        workbook: args.xlsx,
        overwrite: args.output.overwrite,
        ..ReportOptions::default()
    };
    let study = begin(shared, &args.output.out, &report, meter)?;
    let options = Options {
        progress: meter,
        assessment: true,
        changed: what_if::changed_study(&study)?,
        earlier: &earlier,
        ..Options::default()
    };
    let results = walkshed::run(&study, &options)?;
    finish(shared, &results, meter)?;
    Ok(args.code(&results))
}
