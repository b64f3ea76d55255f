//! The command line.

use std::path::{Path, PathBuf};

use clap::{Parser, ValueEnum};

/// Walking coverage of public services: who reaches them in time, who does not, and why.
#[derive(Debug, Parser)]
#[command(
    name = "coverage",
    version,
    after_help = "Exit codes: 0 done · 1 done, but --fail-under is missed · 2 wrong usage · 3 bad data · \
                  4 file system · 5 a limit or memory · 6 cancelled · 7 the output is locked · 70 our bug"
)]
pub(crate) struct Args {
    /// The study file [default: the fixture study of Hukou county]
    study: Option<PathBuf>,
    /// The directory for the results, made if it is missing
    #[arg(long, value_name = "DIR", default_value = "out")]
    pub(crate) out: PathBuf,
    /// The limit in minutes instead of the study's; the search then goes at least twice as far
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1440))]
    pub(crate) minutes: Option<u32>,
    /// How many threads to use [default: all]
    #[arg(long, value_name = "N", value_parser = threads)]
    pub(crate) threads: Option<usize>,
    /// What to do about a row that cannot be used
    #[arg(long, value_name = "WHAT", default_value = "stop")]
    pub(crate) on_bad: OnBad,
    /// Say nothing on stderr but errors
    #[arg(long)]
    pub(crate) quiet: bool,
    /// Print the summary as JSON
    #[arg(long)]
    pub(crate) json: bool,
    /// Write the table of cells × items even past five million rows (gzipped)
    #[arg(long)]
    pub(crate) items: bool,
    /// End with exit code 1 if less than this percentage of the people (0 to 100) is covered
    #[arg(long, value_name = "PERCENT", value_parser = percent)]
    pub(crate) fail_under: Option<f64>,
}

/// What to do about a row that cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum OnBad {
    /// Leave it out and go on; its people count as not covered
    Skip,
    /// Stop
    Stop,
}

impl Args {
    /// The study file, that of the fixture study if none is named.
    pub(crate) fn study(&self) -> PathBuf {
        let fixture = || Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/hukou/study.toml");
        self.study.clone().unwrap_or_else(fixture)
    }
}

fn threads(text: &str) -> Result<usize, String> {
    let most = 1024;
    let number = text.parse().ok().filter(|number| (1..=most).contains(number));
    number.ok_or_else(|| format!("expected a whole number from 1 to {most}"))
}

fn percent(text: &str) -> Result<f64, String> {
    let number = text.parse().ok().filter(|number| (0.0..=100.0).contains(number));
    number.ok_or_else(|| "expected a percentage from 0 to 100".to_owned())
}
