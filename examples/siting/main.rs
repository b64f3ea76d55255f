//! Where to open: the fewest sites that cover all, those that cover most people, or those that are nearest,
//! each plan with a bound that no other can better.
//!
//! `cargo run --release --example siting -- --problem mclp --p 5` asks the fixture study;
//! `cargo run --release --example siting -- --matrix costs.csv --from people.csv --to places.csv --limit 15`
//! a matrix alone, without streets.

mod args;
mod candidates;
#[path = "../common/mod.rs"]
mod common;
mod on_matrix;
mod question;
mod unused;

use std::process::ExitCode;
use std::time::Instant;

use clap::Parser;
use walkshed::plan::Limits;
use walkshed::proposal::{closing, linking, merging, phasing, siting};
use walkshed::report::ReportOptions;

use args::{Args, Which};
use common::failure::Failure;
use common::meter::Meter;
use common::outcome::begin;
use common::patience::Patience;
use common::proposed;
use common::run;
use common::said::Said;

fn main() -> ExitCode {
    let args = Args::parse();
    run::run(&args.shared, |meter| {
        unused::refuse(&args)?;
        if args.matrix.is_some()
            && matches!(args.problem, Which::Close | Which::Link | Which::Merge)
        {
            return Err(Failure::Usage(Said::new(
                "--problem: a matrix has neither streets nor sites that are there – ask a study",
                "--problem：矩阵中没有道路，也没有已有的服务点——请对项目提问",
            )));
        }
        if args.matrix.is_some() {
            on_matrix::work(&args, meter)
        } else {
            work(&args, meter)
        }
    })
}

fn work(args: &Args, meter: &Meter) -> Result<u8, Failure> {
    let began = Instant::now();
    let report = ReportOptions {
        overwrite: args.output.overwrite,
        ..ReportOptions::default()
    };
    let study = begin(&args.shared, &args.output.out, &report, meter)?;
    let study = question::asked_study(args, study)?;
    let watch = Patience::new(args.seconds, args.shared.quiet, meter);
    let limits = Limits {
        work: u64::MAX,
        watch: &watch,
    };
    let proposal = match args.problem {
        Which::Close => closing(&study, &question::closing(args, &study)?, &limits, meter)?,
        Which::Link => linking(&study, &question::linking(args, &study)?, &limits, meter)?,
        Which::Merge => merging(&study, &question::merging(args, &study)?, &limits, meter)?,
        _ if !args.phases.is_empty() => {
            let request = (question::request(args, &study)?, question::rooms(args)).into();
            phasing(&study, &request, &limits, meter)?
        }
        _ => siting(&study, &question::request(args, &study)?, &limits, meter)?,
    };
    proposed::finish(&args.shared, &proposal, began, meter)
}
