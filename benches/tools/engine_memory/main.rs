//! How much memory the engine takes at most, to the byte; a line of JSON for each part.
//!
//! `cargo run --release --example engine_memory -- NETWORK`
//!
//! An allocator that counts stands in for the system's, so this is no place to measure time: `engine` is.
//! The network is one in flat files, as `benches/peers.py` makes them; walks are 1,250 m at 5 km/h. Each part
//! is counted from the study with its points on their streets up to the answer, building included:
//!
//! * `nearest`: the nearest of 5 categories at every node
//! * `balls`: how many cells lie within the bound of each cell
//! * `searches`: the number of points for each cell, and the sparse matrix of cells and points

#[path = "../engine/network.rs"]
#[allow(dead_code, reason = "nothing is settled here")]
mod network;

use std::error::Error;
use std::io::Write;
use std::path::PathBuf;

use clap::Parser;
use peak_alloc::PeakAlloc;
use serde_json::json;
use walkshed::ids::SiteId;
use walkshed::model::SiteSet;
use walkshed::search::{Engine, Weights};
use walkshed::snap::link;
use walkshed::{Silent, Speed};

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// How much memory the engine takes at most on a network in flat files.
#[derive(Parser)]
#[command(version, about)]
struct Options {
    /// Folder with nodes.f64, edges.u32, points.u32 and cells.u32
    network: PathBuf,
}

fn main() -> Result<(), Box<dyn Error>> {
    let arrays = network::Arrays::read(&Options::parse().network)?;
    let speed = Speed::from_kmh(5.0).ok_or("a walking speed")?;
    let (points, budget) = (arrays.points.clone(), speed.time(1250.0));
    let study = arrays.study(speed)?;
    drop(arrays);
    let held = MEMORY.current_usage();
    let links = link(&study);
    say("study", 0, MEMORY.current_usage())?;
    say("link", held, MEMORY.peak_usage())?;
    let profile = study.walk().profile();
    let of = |category| {
        SiteSet::of(
            (0..points.len())
                .filter(|&site| points[site][1] == category)
                .map(SiteId::new),
        )
    };
    let five: Vec<SiteSet> = (0..5).map(of).collect();
    let ones = vec![1; study.cells().len()];
    count("nearest", || {
        Engine::new(&links, &profile)
            .nearest_at_nodes(budget, &five)
            .ticks()
    })?;
    count("balls", || {
        Engine::new(&links, &profile).cumulative_opportunities(budget, Weights::Cells(&ones))
    })?;
    count("searches", || {
        let engine = Engine::new(&links, &profile);
        (
            engine.counts(budget),
            engine.travel_times(budget, &Silent).len(),
        )
    })
}

/// What a part took at most above what was held before.
fn count<T>(part: &str, run: impl FnOnce() -> T) -> Result<(), Box<dyn Error>> {
    let before = MEMORY.current_usage();
    MEMORY.reset_peak_usage();
    drop(run());
    say(part, before, MEMORY.peak_usage())
}

fn say(part: &str, before: usize, peak: usize) -> Result<(), Box<dyn Error>> {
    let line =
        json!({ "task": part, "before_bytes": before, "most_bytes": peak.saturating_sub(before) });
    Ok(writeln!(std::io::stdout(), "{line}")?)
}
