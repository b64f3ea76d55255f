//! The cells of a study as they are made: of a raster of people, a table, the areas and totals of units.
//!
//! `cargo run --release --example cells -- path/to/study.toml --out DIR` writes them, to be looked at
//! before anything is walked; without a study those of the fixture.

mod args;
#[path = "../common/mod.rs"]
mod common;

use std::process::ExitCode;

use clap::Parser;
use walkshed::report::{self, ReportOptions};

use args::Args;
use common::failure::Failure;
use common::meter::Meter;
use common::outcome::{begin, files, print, tell_removed};
use common::run::{self, tell};

fn main() -> ExitCode {
    let args = Args::parse();
    run::run(&args.shared, |meter| work(&args, meter))
}

fn work(args: &Args, meter: &Meter) -> Result<u8, Failure> {
    let shared = &args.shared;
    let report = ReportOptions {
        overwrite: args.output.overwrite,
        ..ReportOptions::default()
    };
    let study = begin(shared, &args.output.out, &report, meter)?;
    let written = meter.with_out(|out| report::write_made_cells_into(&study, out, meter))?;
    meter.release();
    let timings = meter.timings();
    meter.stop();
    print(&if shared.json {
        report::made_cells_json(&study)
    } else {
        report::made_cells_text(&study) + &files(&study, &written)
    })?;
    if !shared.quiet {
        tell_removed(&study, &written);
        tell(&timings);
    }
    Ok(0)
}
