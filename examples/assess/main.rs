//! What a supervision office wants to know of a study: phases met or missed, indicators, units and
//! departments compared, the gravest cells and items, what a change would bring, how it went since.
//!
//! `cargo run --release --example assess` assesses the fixture study;
//! `cargo run --release --example assess -- path/to/study.toml --out DIR --against EARLIER` any other, beside
//! the results of an earlier run.

mod args;
#[path = "../common/mod.rs"]
mod common;
mod what_if;

use std::process::ExitCode;

use clap::Parser;
use walkshed::assess::{self, Snapshot, difference};
use walkshed::report::{ReportOptions, Results};
use walkshed::{read, score, search};

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
    args.spare_the_earlier_run()?;
    // Read first, so that a wrong folder is told before the long work.
    let earlier = args.against.as_ref().map(read::earlier).transpose()?;
    let options = ReportOptions {
        overwrite: args.output.overwrite,
        ..ReportOptions::default()
    };
    let study = begin(shared, &args.output.out, &options, meter)?;
    let walks = search::try_walks(&study, study.target().search, meter)?;
    meter.judge();
    let now = score::coverage(&study, &walks);
    let told = score::breakdown(&walks, &now);
    let assessment = assess::assess(&now);
    let change = what_if::difference_made(&study, &now, meter)?;
    let trend = earlier.map(|earlier| difference(&earlier, &Snapshot::of(&now)));
    let results = Results {
        assessment: Some(&assessment),
        change: change.as_ref(),
        trend: trend.as_ref(),
        ..Results::of(&now, &told)
    };
    finish(shared, &results, meter)?;
    Ok(args.code(&assessment))
}
