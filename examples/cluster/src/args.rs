//! The command line.

use std::path::PathBuf;

use clap::{Parser, Subcommand};

use crate::common::args::{OnBad, Shared, Spoken, threads};
use crate::common::run::EXIT_CODES;

/// Walking coverage of many studies on many machines, by Apache Ballista
#[derive(Debug, Parser)]
#[command(
    name = "walkshed-cluster",
    version,
    after_help = format!("Exit codes: 0 done · {EXIT_CODES}")
)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Cut studies into tiles, in a folder that all machines see
    Prepare(Prepare),
    /// Score the tiles and write the results, in this process, without Ballista
    Local(Run),
    /// The same by a Ballista that begins and ends with this process
    Standalone(Run),
    /// Serve as the scheduler of a cluster, until Ctrl-C
    Scheduler(Scheduler),
    /// Serve as an executor of a cluster, until Ctrl-C
    Executor(Executor),
    /// Score the tiles on a cluster, and write the results here
    Run(Remote),
}

#[derive(Debug, clap::Args)]
pub(crate) struct Prepare {
    /// The study files
    #[arg(required = true)]
    pub(crate) studies: Vec<PathBuf>,
    /// The folder for the tiles, which is made
    #[arg(long, value_name = "DIR")]
    pub(crate) out: PathBuf,
    /// Into how many tiles each study is cut
    #[arg(long, value_name = "N", default_value_t = 64, value_parser = clap::value_parser!(u16).range(1..=9_999))]
    pub(crate) tiles: u16,
    /// Judge each study that has [[change]] tables a second time, as they would have it
    #[arg(long)]
    pub(crate) changed: bool,
    /// The limit in minutes instead of the studies'; the search then goes at least twice as far
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1440))]
    pub(crate) minutes: Option<u32>,
    /// What to do about a row that cannot be used
    #[arg(long, value_name = "WHAT", default_value = "stop")]
    pub(crate) on_bad: OnBad,
    /// The language of what is said and written, instead of the study's
    #[arg(long, value_name = "WHICH")]
    pub(crate) language: Option<Spoken>,
    /// How many threads to use [default: all]
    #[arg(long, value_name = "N", value_parser = threads)]
    pub(crate) threads: Option<usize>,
    /// Say nothing on stderr but errors
    #[arg(long)]
    pub(crate) quiet: bool,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Run {
    /// The folder that `prepare` made
    pub(crate) dir: PathBuf,
    /// The directory for the results, with a folder for each study
    #[arg(long, value_name = "DIR", default_value = "out")]
    pub(crate) out: PathBuf,
    /// Replace or remove files in it with the names of results that no earlier run left so, but for inputs
    #[arg(long)]
    pub(crate) overwrite: bool,
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

#[derive(Debug, clap::Args)]
pub(crate) struct Remote {
    #[command(flatten)]
    pub(crate) run: Run,
    /// Where the scheduler listens
    #[arg(long, value_name = "HOST:PORT", default_value = "localhost:50050")]
    pub(crate) scheduler: String,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Scheduler {
    /// The address to listen at: whoever reaches it may run anything, as there is no password
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1")]
    pub(crate) bind: String,
    /// The port to listen at
    #[arg(long, value_name = "PORT", default_value_t = 50050)]
    pub(crate) port: u16,
    /// The name by which the executors reach this machine
    #[arg(long, value_name = "HOST", default_value = "localhost")]
    pub(crate) host: String,
    /// An executor that was not heard of for so many seconds is lost, and its tiles are given to others
    #[arg(long, value_name = "SECONDS", default_value_t = 30, value_parser = clap::value_parser!(u64).range(6..))]
    pub(crate) executor_timeout: u64,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Executor {
    /// Where the scheduler listens
    #[arg(long, value_name = "HOST:PORT", default_value = "localhost:50050")]
    pub(crate) scheduler: String,
    /// The address to listen at: whoever reaches it may run anything, as there is no password
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1")]
    pub(crate) bind: String,
    /// The port to listen at, and the one after it
    #[arg(long, value_name = "PORT", default_value_t = 50051, value_parser = clap::value_parser!(u16).range(1..=65_534))]
    pub(crate) port: u16,
    /// The name by which the others reach this machine
    #[arg(long, value_name = "HOST", default_value = "localhost")]
    pub(crate) host: String,
    /// How many files of tiles at once: each takes the memory of all its tiles and their rows
    #[arg(long, value_name = "N", default_value_t = 2, value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) tasks: u16,
}

impl Prepare {
    /// What `coverage` would be told of no study yet.
    pub(crate) fn shared(&self) -> Shared {
        Shared {
            study: self.studies.first().cloned(),
            minutes: self.minutes,
            threads: self.threads,
            on_bad: self.on_bad,
            language: self.language,
            quiet: self.quiet,
            ..Shared::default()
        }
    }
}

impl Run {
    /// What `coverage` would be told of no study yet; errors of the folder are in English.
    pub(crate) fn shared(&self) -> Shared {
        Shared {
            language: Some(Spoken::En),
            threads: self.threads,
            quiet: self.quiet,
            json: self.json,
            ..Shared::default()
        }
    }
}
