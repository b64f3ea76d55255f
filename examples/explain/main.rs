//! Why one cell gets one item done in time, or not: the whole reasoning.
//!
//! `cargo run --release --example explain -- --cell C00001 --item I01` asks the fixture study;
//! `cargo run --release --example explain -- path/to/study.toml` lists cells to ask about.

mod args;
#[path = "../common/mod.rs"]
mod common;
mod find;

use std::process::ExitCode;

use clap::Parser;
use walkshed::Options;
use walkshed::assess::explain;
use walkshed::ids::{CellId, ItemId};
use walkshed::model::{Study, WeekMinute};
use walkshed::read::plain;
use walkshed::report::{explanation, explanation_json};
use walkshed::score::{Coverage, Setting, VerdictKind};

use args::Args;
use common::failure::Failure;
use common::load::load;
use common::meter::Meter;
use common::run::{self, tell};

/// How many cells are listed to ask about.
const LISTED: usize = 8;

fn main() -> ExitCode {
    let args = Args::parse();
    run::run(&args.shared, |meter| work(&args, meter))
}

fn work(args: &Args, meter: &Meter) -> Result<u8, Failure> {
    let shared = &args.shared;
    let study = load(shared, meter)?;
    let (setting, cell, item) = (
        setting(args, &study)?,
        named_cell(args, &study)?,
        named_item(args, &study)?,
    );
    let options = Options {
        progress: meter,
        setting: Some(setting),
        breakdown: false,
        ..Options::default()
    };
    let now = walkshed::run(&study, &options)?.coverage;
    let Some(cell) = cell else {
        meter.stop();
        return Err(Failure::Usage(cells_to_ask(&now)));
    };
    let why = explain(&now, cell, item.unwrap_or_else(|| gravest(&now, cell)));
    let text = if shared.json {
        explanation_json(&why)
    } else {
        explanation(&why)
    };
    let timings = meter.timings();
    meter.stop();
    run::print(&text, "the explanation cannot be printed")?;
    if !shared.quiet {
        tell(&timings);
    }
    Ok(0)
}

fn named_cell(args: &Args, study: &Study) -> Result<Option<CellId>, Failure> {
    args.cell
        .as_ref()
        .map(|named| find::cell(study, named))
        .transpose()
}

fn named_item(args: &Args, study: &Study) -> Result<Option<ItemId>, Failure> {
    if study.catalogue().is_empty() {
        return Err(Failure::Usage("the study has no item".to_owned()));
    }
    args.item
        .as_ref()
        .map(|named| find::item(study, named))
        .transpose()
}

/// Whose verdict, by which channels, and when.
fn setting(args: &Args, study: &Study) -> Result<Setting, Failure> {
    let mut setting = Setting {
        online: args.online,
        ..Setting::of(study)
    };
    setting.group = args
        .group
        .as_ref()
        .map(|named| find::group(study, named))
        .transpose()?;
    if let Some(moment) = args.at {
        let Some(time) = study.time() else {
            let remedy = "add [time] with week = 2024-03-04 to the study, or leave --at out";
            return Err(Failure::Usage(format!(
                "--at: the study asks for no time of day – {remedy}"
            )));
        };
        let day = (moment.date() - time.week_start()).num_days();
        if !(0..7).contains(&day) {
            let monday = time.week_start();
            return Err(Failure::Usage(format!(
                "--at: expected a moment of the study's week, which begins on {monday}"
            )));
        }
        setting.leaving = Some(WeekMinute::of(moment));
    }
    Ok(setting)
}

/// The asked item with the gravest verdict, the first of equal ones.
fn gravest(now: &Coverage, cell: CellId) -> ItemId {
    let grave = |item: &&ItemId| (now.verdict(cell, **item).kind(), std::cmp::Reverse(**item));
    now.items()
        .iter()
        .max_by_key(grave)
        .copied()
        .unwrap_or_else(|| ItemId::new(0))
}

/// What is needed, and some cells that are not covered.
fn cells_to_ask(now: &Coverage) -> String {
    let study = now.study();
    let mut lines = vec!["name a cell with --cell, and an item with --item".to_owned()];
    let mut uncovered: Vec<CellId> = study
        .cells()
        .iter()
        .map(|(id, _)| id)
        .filter(|&id| now.cell(id).verdict != VerdictKind::Covered)
        .collect();
    uncovered.sort_by_key(|&id| (std::cmp::Reverse(now.people(id)), id));
    if uncovered.is_empty() {
        lines.push("every cell is covered; any may be asked about".to_owned());
        uncovered = study
            .cells()
            .iter()
            .map(|(id, _)| id)
            .take(LISTED)
            .collect();
    } else {
        lines.push(format!(
            "{} cells are not covered; most people live in",
            uncovered.len()
        ));
    }
    lines.extend(uncovered.into_iter().take(LISTED).map(|id| line(now, id)));
    lines.join("\n")
}

fn line(now: &Coverage, id: CellId) -> String {
    let (cell, item) = (
        &now.study().cells()[id],
        &now.study().catalogue()[gravest(now, id)],
    );
    let (people, kind) = (now.people(id), now.cell(id).verdict);
    let named = if cell.name.is_empty() {
        String::new()
    } else {
        format!(" {}", plain(&cell.name))
    };
    format!(
        "  --cell {} --item {}   {people} people, {kind}{named}",
        plain(&cell.id),
        plain(&item.id)
    )
}
