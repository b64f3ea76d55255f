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

use args::Args;
use common::failure::Failure;
use common::merged;
use common::meter::Meter;
use common::run;
use gathered::{any_header, gathered};

fn main() -> ExitCode {
    let args = Args::parse();
    // The shares tell what was asked, the language of errors too.
    let shared = args.shared(any_header(&args.shares));
    run::run(&shared, |meter| work(&args, meter))
}

fn work(args: &Args, meter: &Meter) -> Result<u8, Failure> {
    let shards = gathered(&args.shares)?;
    // Not of the header above: where that could not be read, it would be the fixture study.
    let shared = &args.shared(Some(shards[0].header.clone()));
    merged::write(shared, &args.output, &shards, meter)?;
    Ok(0)
}
