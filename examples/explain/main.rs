//! Why one cell gets one item done in time, or not: the whole reasoning.
//!
//! `cargo run --release --example explain -- --cell C00001 --item I01` asks the fixture study;
//! `cargo run --release --example explain -- path/to/study.toml` lists cells to ask about.

mod args;
mod ask;
#[path = "../common/mod.rs"]
mod common;
mod find;
mod question;

use std::process::ExitCode;

use clap::Parser;
use walkshed::Options;
use walkshed::assess::explain;
use walkshed::report::{explanation, explanation_json};

use args::Args;
use ask::{CellsToAsk, gravest};
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
    let Question {
        cell,
        item,
        setting,
    } = Question::of(args, &study)?;
    let options = Options {
        progress: meter,
        setting: Some(setting),
        breakdown: false,
        ..Options::default()
    };
    let now = walkshed::run(&study, &options)?.coverage;
    let why = cell.map(|cell| explain(&now, cell, item.unwrap_or_else(|| gravest(&now, cell))));
    let text = match (why, shared.json) {
        (Some(why), false) => explanation(&why),
        (Some(why), true) => explanation_json(&why),
        (None, false) => CellsToAsk::of(&now, item).to_text(),
        (None, true) => CellsToAsk::of(&now, item).to_json(),
    };
    let timings = meter.timings();
    meter.stop();
    run::print(&text, "the explanation cannot be printed")?;
    if !shared.quiet {
        tell(&timings);
    }
    Ok(0)
}
