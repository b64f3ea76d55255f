//! Why one cell gets one item done in time, or not: the whole reasoning. Or what one site does for whom.
//!
//! `cargo run --release --example explain -- --cell C00001 --item I01` asks the fixture study;
//! `cargo run --release --example explain -- --site S001` tells what a site does and could do;
//! `cargo run --release --example explain -- path/to/study.toml` lists cells to ask about.

mod answer;
mod args;
mod ask;
#[path = "../common/mod.rs"]
mod common;
mod question;

use std::process::ExitCode;

use clap::Parser;
use walkshed::Options;

use args::Args;
use common::failure::Failure;
use common::load::load;
use common::meter::Meter;
use common::run::{self, tell};
use question::Question;

fn main() -> ExitCode {
    let args = Args::parse();
    run::run(&args.shared, |meter| work(&args, meter))
}

fn work(args: &Args, meter: &Meter) -> Result<u8, Failure> {
    let shared = &args.shared;
    let study = load(shared, meter)?;
    let question = Question::of(args, &study)?;
    let options = Options {
        progress: meter,
        setting: Some(question.setting),
        breakdown: false,
        ..Options::default()
    };
    let results = walkshed::run(&study, &options)?;
    let text = answer::text(&results, &question, shared.json);
    let timings = meter.timings();
    meter.stop();
    run::print(&text, answer::cannot_be_printed())?;
    if !shared.quiet {
        tell(&timings);
    }
    Ok(0)
}
