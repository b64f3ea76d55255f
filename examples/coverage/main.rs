//! Walking coverage of a study: who reaches the services in time, who does not, and why.
//!
//! `cargo run --release --example coverage` runs the fixture study;
//! `cargo run --release --example coverage -- path/to/study.toml --out DIR` runs any other.

mod args;
#[path = "../common/mod.rs"]
mod common;
mod target;

use std::process::ExitCode;

use clap::Parser;
use walkshed::report::{ReportOptions, Results};
use walkshed::{score, search};

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
    let options = ReportOptions {
        items: args.items,
        overwrite: args.output.overwrite,
        ..ReportOptions::default()
    };
    let study = begin(shared, &args.output.out, &options, meter)?;
    let walks = search::try_walks(&study, study.target().search, meter)?;
    meter.judge();
    let now = score::coverage(&study, &walks);
    let told = score::breakdown(&walks, &now);
    let results = Results::of(&now, &told);
    finish(shared, &results, meter)?;
    Ok(target::code(args, &now))
}
