//! Walking coverage of a study: who reaches the services in time, who does not, and why.
//!
//! `cargo run --release --example coverage` runs the fixture study;
//! `cargo run --release --example coverage -- path/to/study.toml --out DIR` runs any other.

mod args;
#[path = "../common/mod.rs"]
mod common;

use std::process::ExitCode;

use clap::Parser;
use walkshed::Options;
use walkshed::report::ReportOptions;
use walkshed::score::Coverage;

use args::Args;
use common::failure::Failure;
use common::meter::Meter;
use common::outcome::{begin, finish};
use common::run::{self, tell};

/// Done, but fewer people are covered than `--fail-under` asks.
const MISSED: u8 = 1;

fn main() -> ExitCode {
    let args = Args::parse();
    run::run(&args.shared, |meter| work(&args, meter))
}

fn work(args: &Args, meter: &Meter) -> Result<u8, Failure> {
    let shared = &args.shared;
    let report = ReportOptions {
        items: args.items,
        overwrite: args.output.overwrite,
        ..ReportOptions::default()
    };
    let study = begin(shared, &args.output.out, &report, meter)?;
    let options = Options {
        progress: meter,
        ..Options::default()
    };
    let results = walkshed::run(&study, &options)?;
    finish(shared, &results, meter)?;
    Ok(verdict(args, &results.coverage))
}

fn verdict(args: &Args, now: &Coverage) -> u8 {
    let Some(percent) = args.fail_under else {
        return 0;
    };
    // A thousand-millionth of a percent of slack, so that 33.3 asks for 333 of 1,000.
    if now
        .share()
        .value()
        .is_some_and(|share| share + 1e-11 >= percent / 100.0)
    {
        return 0;
    }
    if !args.shared.quiet {
        tell(&format!(
            "the target is missed: {} of the people are covered, asked are {percent} %",
            now.share()
        ));
    }
    MISSED
}
