//! Isochrones: the streets and the land from which a place is reached in time, and who lives there.
//!
//! `cargo run --release --example isochrones` draws those of the fixture study's sites;
//! `cargo run --release --example isochrones -- path/to/study.toml --bands 5,10,15 --merged` those of any
//! other, together. `--check 1000` compares the land with the results for points and cells.

mod args;
mod checked;
#[path = "../common/mod.rs"]
mod common;
mod others;
mod question;
mod rivals;

use std::process::ExitCode;

use clap::Parser;
use walkshed::isochrone::{Catchments, isochrones};
use walkshed::report::{self, ReportOptions, Written};

use args::Args;
use common::failure::Failure;
use common::meter::Meter;
use common::outcome::{begin, files, print, tell_removed};
use common::run::{self, tell};
use common::said::Said;

fn main() -> ExitCode {
    let args = Args::parse();
    run::run(&args.shared, |meter| work(&args, meter))
}

fn work(args: &Args, meter: &Meter) -> Result<u8, Failure> {
    let shared = &args.shared;
    let report = ReportOptions {
        overwrite: args.output.overwrite,
        ..ReportOptions::default()
    };
    let study = begin(shared, &args.output.out, &report, meter)?;
    let request = question::request(args, &study)?;
    let drawn = isochrones(&study, &request, meter);
    if drawn.places == 0 {
        return Err(nothing());
    }
    let written = meter.with_out(|out| report::write_isochrones_into(&drawn, out, meter))?;
    meter.release();
    let timings = meter.timings();
    meter.stop();
    let checked = args
        .check
        .map(|points| checked::against_points(&drawn, points));
    print(&text(args, &drawn, &written, checked.as_ref()))?;
    if let Some(checked) = checked.as_ref().filter(|_| shared.json) {
        // JSON alone goes to stdout.
        tell(checked.text(study.language()).trim_end());
    }
    if !shared.quiet {
        tell_removed(&study, &written);
        tell(&timings);
    }
    Ok(checked.map_or(0, |checked| checked.code()))
}

/// What is printed.
fn text(
    args: &Args,
    drawn: &Catchments,
    written: &Written,
    checked: Option<&checked::Outcome>,
) -> String {
    if args.shared.json {
        return report::isochrones_json(drawn);
    }
    let language = drawn.study.language();
    let checked = checked.map_or_else(String::new, |checked| {
        checked.text(language) + &others::text(drawn, language)
    });
    report::isochrones_text(drawn) + &checked + &files(&drawn.study, written)
}

/// No site is left of those that were asked for.
fn nothing() -> Failure {
    Failure::Usage(Said::new(
        "nothing to draw: no site that exists on the study's day does what is asked, or is open \
         to those who leave at that time – name other sites, another item, or --any-time",
        "没有可画的：在项目日期，没有既存在、又能办理所问事项、且到达时开门的服务点——\
         请指定其他服务点或事项，或用 --any-time",
    ))
}
