//! The command line.

use std::path::PathBuf;

use clap::Parser;
use walkshed::Results;

use crate::common::args::{Output, Shared};
use crate::common::failure::Failure;
use crate::common::run::EXIT_CODES;
use crate::common::said::Said;

/// Done, but a phase is missed and `--fail-on-missed` asks for this code.
const MISSED: u8 = 1;

/// Phases met or missed, indicators, units and departments compared, the gravest cells and items.
#[derive(Debug, Parser)]
#[command(
    name = "assess",
    version,
    after_help = format!("Exit codes: 0 done · 1 done, but a phase is missed and --fail-on-missed asks · {EXIT_CODES}")
)]
pub(crate) struct Args {
    #[command(flatten)]
    pub(crate) output: Output,
    #[command(flatten)]
    pub(crate) shared: Shared,
    /// The results of an earlier run to compare with; several make a trend line
    #[arg(long, value_name = "DIR")]
    pub(crate) against: Vec<PathBuf>,
    /// Do not write the page for people, report.html
    #[arg(long)]
    pub(crate) no_report: bool,
    /// Write the tables as sheets too, report.xlsx
    #[arg(long)]
    pub(crate) xlsx: bool,
    /// End with exit code 1 if a phase is missed
    #[arg(long)]
    pub(crate) fail_on_missed: bool,
}

impl Args {
    /// An earlier run's folder is no place for the new results: it would be lost.
    pub(crate) fn spare_the_earlier_runs(&self) -> Result<(), Failure> {
        let place = |path: &PathBuf| path.canonicalize().ok();
        let mut earlier = self.against.iter().filter_map(place);
        let out = place(&self.output.out);
        if earlier.any(|earlier| Some(earlier) == out) {
            return Err(Failure::Usage(Said::new(
                "--out and --against are one folder: the earlier run would be lost – \
                 give --out another folder",
                "--out 与 --against 是同一个文件夹，上次的结果会丢失——请给 --out 另一个文件夹",
            )));
        }
        Ok(())
    }

    /// The exit code of a run that is done.
    pub(crate) fn code(&self, results: &Results) -> u8 {
        let mut phases = results.assessment.iter().flat_map(|now| &now.phases);
        let any_missed = phases.any(|phase| phase.total.met == Some(false));
        if self.fail_on_missed && any_missed {
            MISSED
        } else {
            0
        }
    }
}
