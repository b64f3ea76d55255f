//! Walking coverage of a study: who reaches the services in time, who does not, and why.
//!
//! `cargo run --release --example coverage` runs the fixture study;
//! `cargo run --release --example coverage -- path/to/study.toml --out DIR` runs any other.

mod args;
#[path = "../common/mod.rs"]
mod common;
mod shard;
mod target;

use std::process::ExitCode;

use clap::Parser;
use walkshed::Options;

use args::Args;
use common::failure::Failure;
use common::meter::Meter;
use common::outcome::{begin, finish};
use common::run;

fn main() -> ExitCode {
    let args = Args::parse();
    run::run(&args.shared, |meter| work(&args, meter))
}

fn work(args: &Args, meter: &Meter) -> Result<u8, Failure> {
    let shared = &args.shared;
    if let Some(share) = args.shard {
        return shard::work(args, share, meter);
    }
    if let Some(tiles) = args.tiles {
        return shard::prepare(args, usize::from(tiles), meter);
    }
    let report = args.report();
    let study = begin(shared, &args.output.out, &report, meter)?;
    let options = Options {
        progress: meter,
        ..Options::default()
    };
    let results = walkshed::run(&study, &options)?;
    finish(shared, &results, meter)?;
    Ok(target::code(args, &results.coverage))
}
