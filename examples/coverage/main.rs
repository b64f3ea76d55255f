//! Walking coverage of a study: who reaches the services in time, who does not, and why.
//!
//! `cargo run --release --example coverage` runs the fixture study;
//! `cargo run --release --example coverage -- path/to/study.toml --out DIR` runs any other.

mod args;
mod failure;
mod load;
mod meter;

use std::io::{self, IsTerminal, Write};
use std::panic::{self, AssertUnwindSafe};
use std::process::ExitCode;
use std::sync::Arc;

use clap::Parser;
use walkshed::model::{Language, Study};
use walkshed::report::{self, ReportOptions, Results, Summary, Written};
use walkshed::{TravelTime, score, search};

use args::Args;
use failure::Failure;
use meter::Meter;

/// Done, but fewer people are covered than `--fail-under` asks.
const MISSED: u8 = 1;
/// Our bug.
const BUG: u8 = 70;

fn main() -> ExitCode {
    let args = Args::parse();
    panic::set_hook(Box::new(|what| {
        tell(&format!(
            "this is a bug in walkshed, not in your data: {what}\nplease report it, with the study if you can"
        ));
    }));
    let meter = Meter::start(!args.quiet && io::stderr().is_terminal());
    let done = panic::catch_unwind(AssertUnwindSafe(|| run(&args, &meter)));
    meter.stop();
    ExitCode::from(match done {
        Ok(Ok(code)) => code,
        Ok(Err(failure)) => {
            tell(&format!("error: {failure}"));
            failure.code()
        }
        Err(_) => BUG,
    })
}

fn run(args: &Args, meter: &Arc<Meter>) -> Result<u8, Failure> {
    meter::cancel_on_ctrl_c(meter)?;
    if let Some(threads) = args.threads {
        rayon::ThreadPoolBuilder::new().num_threads(threads).build_global()?;
    }
    let mut study = load::load(&args.study(), args.on_bad, &**meter)?;
    set_limit(&mut study, args);
    let walks = search::walks(&study, study.target.search, &**meter);
    meter.judge();
    let now = score::headline(&study, &walks);
    let told = score::breakdown(&walks, &now);
    let results = Results { now: &now, told: &told };
    let options = ReportOptions { items: args.items, ..ReportOptions::default() };
    let written = report::write_with(&results, &args.out, &options, &**meter)?;
    let timings = meter.timings();
    meter.stop();
    print(args, &study, &report::summary_of(&results), &written)?;
    if !args.quiet {
        tell(&timings);
    }
    Ok(verdict(args, &now))
}

/// Sets the limit that `--minutes` asks, and looks at least twice as far.
fn set_limit(study: &mut Study, args: &Args) {
    let Some(minutes) = args.minutes else { return };
    let before = study.target.limit;
    study.target.limit = TravelTime::from_minutes(minutes);
    study.target.search = study.target.search.max(TravelTime::from_minutes(2 * minutes));
    if !args.quiet {
        let search = study.target.search;
        tell(&format!("limit {} instead of the study's {before}; searching up to {search}", study.target.limit));
    }
}

/// Prints the summary. That nobody reads it to its end is no failure.
fn print(args: &Args, study: &Study, summary: &Summary, written: &Written) -> Result<(), Failure> {
    let text = if args.json { summary.to_json() } else { summary.to_text() + &files(study, written) };
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(Failure::Stdout(error)),
        _ => Ok(()),
    }
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
    if !args.quiet {
        tell(&format!("the target is missed: {} of the people are covered, asked are {percent} %", now.share()));
    }
    MISSED
}

/// Says something on stderr, if anybody listens.
fn tell(message: &str) {
    let _ = writeln!(io::stderr(), "{message}");
}
