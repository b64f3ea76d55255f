//! All that is wrong with a study and its files, at once.
//!
//! `cargo run --release --example check -- path/to/study.toml --out DIR` looks at everything and writes
//! `check.csv` and `check.xlsx`: what has to be mended, where and how, to be sent back to whoever delivered
//! the files.

mod args;
#[path = "../common/mod.rs"]
mod common;

use std::process::ExitCode;

use clap::Parser;
use walkshed::model::Checked;
use walkshed::read;
use walkshed::report::{self, OutDir, ReportOptions};

use args::Args;
use common::failure::Failure;
use common::meter::Meter;
use common::outcome::{print, written_files};
use common::run::{self, tell};

/// Bad data.
const BAD_DATA: u8 = 3;

fn main() -> ExitCode {
    let args = Args::parse();
    run::run(&args.shared, |meter| work(&args, meter))
}

fn work(args: &Args, meter: &Meter) -> Result<u8, Failure> {
    let shared = &args.shared;
    let options = ReportOptions {
        overwrite: args.output.overwrite,
        ..ReportOptions::default()
    };
    meter.keep(OutDir::open(&args.output.out, &options)?);
    let checked = Checked {
        language: shared.spoken(),
        ..read::check(&shared.study(), meter)
    };
    let written = meter.with_out(|out| report::write_checked_into(&checked, out, meter))?;
    meter.release();
    let timings = meter.timings();
    meter.stop();
    print(&if shared.json {
        report::checked_json(&checked)
    } else {
        report::checked_text(&checked) + &written_files(checked.language, &written)
    })?;
    if !shared.quiet {
        tell(&timings);
    }
    Ok(if checked.faults.is_empty() {
        0
    } else {
        BAD_DATA
    })
}
