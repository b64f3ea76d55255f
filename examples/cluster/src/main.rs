//! Many studies on many machines: walkshed's tiles under Apache Ballista.
//!
//! ```text
//!            one Parquet row = one tile                one plan a file, of one stage
//!   studies ── prepare ──> DIR/tiles/*.parquet ── run ──> DIR/rows/*.parquet ──> OUT/<study>/…
//! ```
//!
//! `README.md` beside this folder says how to start it on two machines, and what to watch.

mod args;
mod cluster;
#[path = "../../common/mod.rs"]
mod common;
mod folder;
mod logger;
mod merge;
mod prepare;
mod score;
mod udf;

use std::process::ExitCode;

use clap::Parser;

use args::{Args, Command, Run};
use cluster::Engine;
use common::failure::Failure;
use common::meter::Meter;
use common::run;
use folder::Folder;

fn main() -> ExitCode {
    match Args::parse().command {
        Command::Prepare(args) => run::run(&args.shared(), |meter| prepare::work(&args, meter)),
        Command::Local(args) => scored(&args, &Engine::Local),
        Command::Standalone(args) => scored(&args, &Engine::Standalone),
        Command::Run(args) => scored(&args.run, &Engine::Remote(args.scheduler)),
        Command::Scheduler(args) => cluster::serve(cluster::scheduler(args)),
        Command::Executor(args) => cluster::serve(cluster::executor(args)),
    }
}

/// Scores all tiles of a folder, and then merges them, study by study.
fn scored(args: &Run, engine: &Engine) -> ExitCode {
    run::run(&args.shared(), |meter| work(args, engine, meter))
}

fn work(args: &Run, engine: &Engine, meter: &Meter) -> Result<u8, Failure> {
    let folder = Folder::open(&args.dir)?;
    merge::refuse_outputs(args, &folder)?;
    score::all(&folder, engine, args.quiet)?;
    merge::all(args, &folder, meter)?;
    Ok(0)
}
