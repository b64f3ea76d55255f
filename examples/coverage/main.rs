//! Walking coverage of a study: who reaches the services in time, who does not, and why.
//!
//! `cargo run --release --example coverage` runs the fixture study;
//! `cargo run --release --example coverage -- path/to/study.toml --out DIR` runs any other.

mod args;
#[path = "../common/mod.rs"]
mod common;

use std::process::ExitCode;

use clap::Parser;
use walkshed::model::{Language, Study};
use walkshed::report::{self, ReportOptions, Results, Summary, Written};
use walkshed::{score, search};

use args::Args;
use common::failure::Failure;
use common::load::load;
use common::meter::Meter;
use common::run::{self, tell};

/// Done, but fewer people are covered than `--fail-under` asks.
const MISSED: u8 = 1;

fn main() -> ExitCode {
    let args = Args::parse();
    run::run(&args.shared, |meter| work(&args, meter))
}

fn work(args: &Args, meter: &Meter) -> Result<u8, Failure> {
    let shared = &args.shared;
    let mut study = load(&shared.study(), shared.on_bad, meter)?;
    shared.set_limit(&mut study);
    let walks = search::walks(&study, study.target.search, meter);
    meter.judge();
    let now = score::headline(&study, &walks);
    let told = score::breakdown(&walks, &now);
    let results = Results::of(&now, &told);
    let options = ReportOptions { items: args.items, ..ReportOptions::default() };
    let written = report::write_with(&results, &args.out, &options, meter)?;
    let timings = meter.timings();
    meter.stop();
    print(args, &study, &report::summary_of(&results), &written)?;
    if !shared.quiet {
        tell(&timings);
    }
    Ok(verdict(args, &now))
}

fn print(args: &Args, study: &Study, summary: &Summary, written: &Written) -> Result<(), Failure> {
    let text = if args.shared.json { summary.to_json() } else { summary.to_text() + &files(study, written) };
    run::print(&text, "the results are written, but the summary cannot be printed")
}

/// Where the files are, and which were left out.
fn files(study: &Study, written: &Written) -> String {
    let names: Vec<_> = written.files.iter().map(|file| file.name).collect();
    let chinese = study.language() == Language::Chinese;
    let mut lines = vec![if chinese {
        format!("结果文件在 {}：{}\n", written.dir.display(), names.join("、"))
    } else {
        format!("files in {}: {}\n", written.dir.display(), names.join(", "))
    }];
    for (file, why) in &written.left_out {
        lines.push(if chinese { format!("未写 {file}：{why}\n") } else { format!("left out {file}: {why}\n") });
    }
    lines.concat()
}

fn verdict(args: &Args, now: &score::Coverage) -> u8 {
    let Some(percent) = args.fail_under else { return 0 };
    // A thousand-millionth of a percent of slack, so that 33.3 asks for 333 of 1,000.
    if now.share().value().is_some_and(|share| share + 1e-11 >= percent / 100.0) {
        return 0;
    }
    if !args.shared.quiet {
        tell(&format!("the target is missed: {} of the people are covered, asked are {percent} %", now.share()));
    }
    MISSED
}
