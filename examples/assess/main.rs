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
use walkshed::assess::{self, Difference, Snapshot, difference};
use walkshed::model::{Study, changed};
use walkshed::report::{ReportOptions, Results};
use walkshed::score::{self, Coverage};
use walkshed::{read, search};

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
    let change = what_if(&study, &now, meter)?;
    let trend = earlier.map(|earlier| difference(&earlier, &Snapshot::of(&now)));
    let results = Results {
        assessment: Some(&assessment),
        change: change.as_ref(),
        trend: trend.as_ref(),
        ..Results::of(&now, &told)
    };
    finish(shared, &results, meter)?;
    let missed = assessment
        .phases
        .iter()
        .any(|phase| phase.total.met == Some(false));
    Ok(if missed && args.fail_on_missed {
        MISSED
    } else {
        0
    })
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

/// What the study's changes would make of it; none when it names none.
fn what_if(
    study: &Study,
    now: &Coverage<'_>,
    meter: &Meter,
) -> Result<Option<Difference>, Failure> {
    if study.changes().is_empty() {
        return Ok(None);
    }
    let after = changed(study)?;
    let walks = search::try_walks(&after, after.target().search, meter)?;
    meter.judge();
    Ok(Some(difference(
        &Snapshot::of(now),
        &Snapshot::of(&score::coverage(&after, &walks)),
    )))
}
