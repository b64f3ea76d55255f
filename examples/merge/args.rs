//! The command line.

use std::path::PathBuf;

use clap::Parser;

use crate::common::args::{Output, Shared, Spoken, threads};
use crate::common::run::EXIT_CODES;
use crate::common::shard::Header;

/// One whole run from the shares that `coverage --shard I/N` made
#[derive(Debug, Parser)]
#[command(
    name = "merge",
    version,
    after_help = format!(
        "\
Three shares, on one machine or on three, and then the results:
  coverage study.toml --shard 1/3 --out shares
  coverage study.toml --shard 2/3 --out shares
  coverage study.toml --shard 3/3 --out shares
  merge shares --out out

Exit codes: 0 done · {EXIT_CODES}"
    )
)]
pub(crate) struct Args {
    /// The folder of the shares
    pub(crate) shares: PathBuf,
    #[command(flatten)]
    pub(crate) output: Output,
    /// Where the study file is on this machine [default: where the first share found it]
    #[arg(long, value_name = "FILE")]
    pub(crate) study: Option<PathBuf>,
    /// How many threads to use [default: all]
    #[arg(long, value_name = "N", value_parser = threads)]
    pub(crate) threads: Option<usize>,
    /// Say nothing on stderr but errors
    #[arg(long)]
    pub(crate) quiet: bool,
    /// Print JSON instead of text
    #[arg(long)]
    pub(crate) json: bool,
}

impl Args {
    /// What the shares were asked, on this machine. Where none can be read, errors are in English.
    pub(crate) fn shared(&self, header: Option<Header>) -> Shared {
        let asked = header.as_ref().map(|header| header.question.shared());
        let nothing_asked = || Shared {
            language: Some(Spoken::En),
            ..Shared::default()
        };
        let study_of_shares = header.map(|header| header.study);
        Shared {
            study: self.study.clone().or(study_of_shares),
            threads: self.threads,
            quiet: self.quiet,
            json: self.json,
            ..asked.unwrap_or_else(nothing_asked)
        }
    }
}
