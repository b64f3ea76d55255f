//! What to push down next: which item to which site, in the order of doing it, with what each push brings and
//! how far the list is from the best of its length.
//!
//! `cargo run --release --example delegate -- --pushes 10` asks the fixture study;
//! `cargo run --release --example delegate -- path/to/study.toml --pushes 20 --by department --phase NAME` any
//! other, for one of its phases, a list for each department.

mod args;
#[path = "../common/mod.rs"]
mod common;
mod costs;

use std::process::ExitCode;
use std::time::Instant;

use clap::Parser;
use walkshed::plan::Limits;
use walkshed::proposal::delegate;
use walkshed::report::ReportOptions;

use args::Args;
use common::failure::Failure;
use common::meter::Meter;
use common::outcome::begin;
use common::patience::Patience;
use common::proposed;
use common::run;

fn main() -> ExitCode {
    let args = Args::parse();
    run::run(&args.shared, |meter| work(&args, meter))
}

fn work(args: &Args, meter: &Meter) -> Result<u8, Failure> {
    let began = Instant::now();
    let shared = &args.shared;
    let report = ReportOptions {
        overwrite: args.output.overwrite,
        ..ReportOptions::default()
    };
    let study = begin(shared, &args.output.out, &report, meter)?;
    let request = args.request(&study)?;
    let watch = Patience::new(args.seconds, shared.quiet, meter);
    let limits = Limits {
        work: u64::MAX,
        watch: &watch,
    };
    let proposal = delegate(&study, &request, &limits, meter)?;
    proposed::finish(&args.shared, &proposal, began, meter)
}
