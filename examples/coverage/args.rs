//! The command line.

use clap::Parser;

use crate::common::args::{Output, Shared};
use crate::common::run::EXIT_CODES;

/// Walking coverage of public services: who reaches them in time, who does not, and why.
#[derive(Debug, Parser)]
#[command(
    name = "coverage",
    version,
    after_help = format!("Exit codes: 0 done · 1 done, but --fail-under is missed · {EXIT_CODES}")
)]
pub(crate) struct Args {
    #[command(flatten)]
    pub(crate) output: Output,
    #[command(flatten)]
    pub(crate) shared: Shared,
    /// Write the table of cells × items even past five million rows (gzipped)
    #[arg(long)]
    pub(crate) items: bool,
    /// Do not write the page for people, report.html
    #[arg(long)]
    pub(crate) no_report: bool,
    /// Write the tables as sheets too, report.xlsx
    #[arg(long)]
    pub(crate) xlsx: bool,
    /// End with exit code 1 if less than this percentage of the people (0 to 100) is covered
    #[arg(long, value_name = "PERCENT", value_parser = percent)]
    pub(crate) fail_under: Option<f64>,
}

fn percent(text: &str) -> Result<f64, String> {
    let number = text
        .parse()
        .ok()
        .filter(|number| (0.0..=100.0).contains(number));
    number.ok_or_else(|| "expected a percentage from 0 to 100".to_owned())
}
