//! What a supervision office wants to know of a study: phases met or missed, indicators, units and
//! departments compared, the gravest cells and items, what a change would bring, how it went since.
//!
//! `cargo run --release --example assess` assesses the fixture study;
//! `cargo run --release --example assess -- path/to/study.toml --out DIR --against EARLIER` any other, beside
//! the results of an earlier run.

mod args;
#[path = "../common/mod.rs"]
mod common;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use walkshed::model::{ChangeError, Study, changed};
use walkshed::report::ReportOptions;
use walkshed::{Options, Results, read};

use args::Args;
use common::failure::Failure;
use common::meter::Meter;
use common::outcome::{begin, finish};
use common::run;

/// Done, but a phase is missed and `--fail-on-missed` asks for this code.
const MISSED: u8 = 1;

fn main() -> ExitCode {
    let args = Args::parse();
    run::run(&args.shared, |meter| work(&args, meter))
}

fn work(args: &Args, meter: &Meter) -> Result<u8, Failure> {
    let shared = &args.shared;
    refuse_to_overwrite(args)?;
    // Read first, so that a wrong folder is told before the long work.
    let earlier = args.against.as_ref().map(read::earlier).transpose()?;
    let report = ReportOptions {
        overwrite: args.output.overwrite,
        ..ReportOptions::default()
    };
    let study = begin(shared, &args.output.out, &report, meter)?;
    let options = Options {
        progress: meter,
        assessment: true,
        changed: what_if(&study)?,
        earlier: earlier.as_ref(),
        ..Options::default()
    };
    let results = walkshed::run(&study, &options)?;
    finish(shared, &results, meter)?;
    Ok(if args.fail_on_missed && any_missed(&results) {
        MISSED
    } else {
        0
    })
}

fn any_missed(results: &Results) -> bool {
    let mut phases = results.assessment.iter().flat_map(|now| &now.phases);
    phases.any(|phase| phase.total.met == Some(false))
}

/// The earlier run's folder is no place for the new results: it would be lost.
fn refuse_to_overwrite(args: &Args) -> Result<(), Failure> {
    let place = |path: &PathBuf| path.canonicalize().ok();
    let Some(earlier) = args.against.as_ref().and_then(place) else {
        return Ok(());
    };
    if place(&args.output.out) == Some(earlier) {
        let message = "--out and --against are one folder: the earlier run would be lost – give --out another folder";
        return Err(Failure::Usage(message.to_owned()));
    }
    Ok(())
}

/// The study after its what-if changes; none when it names none.
fn what_if(study: &Study) -> Result<Option<Study>, ChangeError> {
    if study.changes().is_empty() {
        return Ok(None);
    }
    changed(study).map(Some)
}
