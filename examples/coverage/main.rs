//! Who reaches public services on foot in 15 minutes: runs a study and writes its results.
//!
//! `cargo run --release --example coverage` runs the county in `fixtures/hukou`;
//! `cargo run --release --example coverage -- path/to/study.toml --out DIR` any other.

mod arguments;
mod bar;

use std::io::{IsTerminal, Write};
use std::path::Path;
use std::process::ExitCode;

use arguments::Arguments;
use bar::Bar;
use clap::Parser;
use walkshed::model::Study;
use walkshed::read::ReadError;
use walkshed::report::{ReportError, summary};
use walkshed::score::{Coverage, coverage};
use walkshed::{Error, TravelTime, read, report, search, snap};

/// The exit codes of all commands.
mod exit {
    pub const MISSED: u8 = 1;
    pub const USAGE: u8 = 2;
    pub const BAD_DATA: u8 = 3;
    pub const FILE_SYSTEM: u8 = 4;
    pub const TOO_LARGE: u8 = 5;
    pub const CANCELLED: u8 = 6;
    pub const LOCKED: u8 = 7;
    pub const OUR_BUG: u8 = 70;
}

fn main() -> ExitCode {
    std::panic::set_hook(Box::new(|panic| {
        let _ = writeln!(std::io::stderr(), "walkshed: our bug, please report it: {panic}");
        std::process::exit(exit::OUR_BUG.into());
    }));
    let _ = ctrlc::set_handler(|| {
        let _ = writeln!(std::io::stderr(), "cancelled: nothing was changed – run the same command again");
        std::process::exit(exit::CANCELLED.into());
    });
    let arguments = Arguments::parse();
    match run(&arguments) {
        Ok(code) => ExitCode::from(code),
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "error: {error}");
            ExitCode::from(code_of(&error))
        }
    }
}

const fn code_of(error: &Error) -> u8 {
    match error {
        Error::Read(ReadError::Io { .. }) | Error::Report(ReportError::Io { .. }) => exit::FILE_SYSTEM,
        Error::Read(ReadError::TooLarge(_)) => exit::TOO_LARGE,
        Error::Report(ReportError::Locked { .. }) => exit::LOCKED,
        Error::Report(ReportError::Input { .. }) => exit::USAGE,
        _ => exit::BAD_DATA,
    }
}

fn run(arguments: &Arguments) -> Result<u8, Error> {
    if let Some(threads) = arguments.threads {
        // Fails only where the pool is made already, which is not the case at the start.
        let _ = rayon::ThreadPoolBuilder::new().num_threads(threads.into()).build_global();
    }
    let bar = Bar::new(!arguments.quiet && std::io::stderr().is_terminal());
    let options = read::Options { on_bad: arguments.on_bad.into() };
    let mut study = read::study_with(&arguments.study(), &options, &bar)?;
    if let Some(minutes) = arguments.minutes {
        study.target.limit = TravelTime::from_minutes(minutes.into());
        study.target.search = study.target.search.max(TravelTime::from_minutes(2 * u32::from(minutes)));
    }
    let links = snap::link_with(&study, &bar);
    let times = search::travel_times_with(&study, &links, study.target.search, &bar);
    bar.begin(walkshed::Stage::Score);
    let now = coverage(&study, &times, &study.target);
    report::write_with(&study, &now, &arguments.out, report::Options { items: arguments.items }, &bar)?;
    bar.finish();
    if let Err(error) = say(arguments, &study, &now, &bar) {
        let _ = writeln!(std::io::stderr(), "error: standard output: {error} – check the free space");
        return Ok(exit::FILE_SYSTEM);
    }
    Ok(if arguments.misses(now.share()) { exit::MISSED } else { 0 })
}

/// The summary to stdout, where a closed pipe is no error, and the rest to stderr.
fn say(arguments: &Arguments, study: &Study, now: &Coverage<'_>, bar: &Bar) -> std::io::Result<()> {
    let text = if arguments.json {
        format!("{:#}\n", summary::json(study, now))
    } else {
        format!("{}\n{}\n", summary::text(study, now), results(&arguments.out))
    };
    let mut stdout = std::io::stdout();
    let said = stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush());
    if !arguments.quiet {
        let doubts = study.findings().len();
        let _ = writeln!(std::io::stderr(), "{}; {doubts} findings in findings.csv", bar.stages());
    }
    said.or_else(|error| if error.kind() == std::io::ErrorKind::BrokenPipe { Ok(()) } else { Err(error) })
}

fn results(out: &Path) -> String {
    format!("→ {}", read::plain(&out.join("summary.json").to_string_lossy()))
}
