//! The command line.

use clap::Parser;
use walkshed::report::ReportOptions;

use crate::common::args::{Output, Question, Shared};
use crate::common::run::EXIT_CODES;
use crate::common::shard::MOST_SHARES;

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
    /// Work out one share of N alone, and keep it in the folder of --out for the command merge
    #[arg(long, value_name = "I/N", value_parser = share, conflicts_with = "fail_under")]
    pub(crate) shard: Option<(usize, usize)>,
    /// Cut the walks into N tiles for another engine, and keep these in the folder of --out
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=9_999), conflicts_with_all = ["fail_under", "shard"])]
    pub(crate) tiles: Option<u16>,
}

impl Args {
    /// How the results are written.
    pub(crate) fn report(&self) -> ReportOptions {
        ReportOptions {
            items: self.items,
            page: !self.no_report,
            workbook: self.xlsx,
            overwrite: self.output.overwrite,
            ..ReportOptions::default()
        }
    }

    /// All that decides the results, apart from the study.
    pub(crate) fn question(&self) -> Question {
        Question::new(&self.shared, &self.report())
    }
}

fn share(text: &str) -> Result<(usize, usize), String> {
    let wrong = || format!("expected a share and of how many, as 1/8, of at most {MOST_SHARES}");
    let (share, of) = text.split_once('/').ok_or_else(wrong)?;
    let [share, of] = [share, of].map(str::parse::<usize>);
    match (share, of) {
        (Ok(share), Ok(of)) if (1..=of).contains(&share) && of <= MOST_SHARES => Ok((share, of)),
        _ => Err(wrong()),
    }
}

fn percent(text: &str) -> Result<f64, String> {
    let number = text
        .parse()
        .ok()
        .filter(|number| (0.0..=100.0).contains(number));
    number.ok_or_else(|| "expected a percentage from 0 to 100".to_owned())
}
