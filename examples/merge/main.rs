//! One whole run from its shares: the same bytes as a run on one machine.
//!
//! `cargo run --release --example coverage -- STUDY --shard I/N --out DIR` makes a share; once all are in
//! DIR, `cargo run --release --example merge -- DIR --out OUT` writes what
//! `coverage STUDY --out OUT` writes.

mod args;
#[path = "../common/mod.rs"]
mod common;
mod gathered;

use std::process::ExitCode;

use clap::Parser;
use walkshed::{Options, run_on, scale};

use args::Args;
use common::failure::Failure;
use common::meter::Meter;
use common::outcome::{begin, finish};
use common::run;
use gathered::{any_header, gathered, refuse_changed};

fn main() -> ExitCode {
    let args = Args::parse();
    // The shares tell what was asked, the language of errors too.
    let shared = args.shared(any_header(&args.shares));
    run::run(&shared, |meter| work(&args, meter))
}

fn work(args: &Args, meter: &Meter) -> Result<u8, Failure> {
    let shards = gathered(&args.shares)?;
    let header = &shards[0].header;
    // Not of the header above: where that could not be read, it would be the fixture study.
    let shared = &args.shared(Some(header.clone()));
    let report = header.question.report(args.output.overwrite);
    let study = begin(shared, &args.output.out, &report, meter)?;
    refuse_changed(header, &study)?;
    let plan = scale::plan_tiles(&study, header.of, meter);
    let rows: Vec<&[u8]> = shards.iter().map(|shard| &shard.rows[..]).collect();
    let walks = plan.merge(&rows)?;
    let options = Options {
        progress: meter,
        ..Options::default()
    };
    let results = run_on(walks, &options)?;
    finish(shared, &results, meter)?;
    Ok(0)
}
