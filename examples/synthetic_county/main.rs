//! Invents a county: streets, homes, services, items. Without a size it writes the fixture `fixtures/hukou`;
//! with `--nodes`, `--cells` or `--sites` a county of that size, for benchmarks.
//!
//! `cargo run --release --example synthetic_county -- --out fixtures/hukou`
//!
//! The same options give the same bytes on every machine.
#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "a generator turns small positive numbers into each other all the time"
)]

mod cells;
mod hukou;
mod items;
mod large;
mod names;
mod output;
mod plan;
mod rng;
mod shape;
mod sites;
mod town;
mod village;
mod world;

use std::error::Error;
use std::io::Write;
use std::path::PathBuf;

use clap::Parser;

/// Invents a county and writes it as a study.
#[derive(Parser)]
#[command(version, about)]
struct Options {
    /// Where to write; made if it does not exist
    #[arg(long)]
    out: PathBuf,
    /// About how many street vertices (with any size given: a county of that size instead of the fixture)
    #[arg(long, value_parser = clap::value_parser!(u32).range(500..=20_000_000))]
    nodes: Option<u32>,
    /// How many residential cells
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..=20_000_000))]
    cells: Option<u32>,
    /// How many service sites
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    sites: Option<u32>,
    /// Another seed gives another county of the same kind
    #[arg(long, default_value_t = 360_429)]
    seed: u64,
}

fn main() -> Result<(), Box<dyn Error>> {
    let options = Options::parse();
    let (plan, readme) = plan(&options);
    let world = world::build(&plan, options.seed);
    let cells = cells::build(&plan, &world, options.seed);
    let sites = sites::build(&plan, &world, options.seed);
    let county = output::County { plan: &plan, world: &world, cells: &cells, sites: &sites, readme };
    output::write(&county, &options.out)?;
    let vertices = distinct(&world);
    let people: usize = cells.iter().map(|c| c.population).sum();
    let streets = world.streets.len();
    let (cells, sites) = (cells.len(), sites.len());
    writeln!(
        std::io::stderr(),
        "{streets} streets with {vertices} vertices, {cells} cells with {people} people, {sites} sites"
    )?;
    Ok(())
}

/// How many different vertices the streets have.
fn distinct(world: &world::World) -> usize {
    let lines = world.streets.iter().flat_map(|s| &s.line);
    let mut all: Vec<(u64, u64)> = lines.map(|p| (p.x.to_bits(), p.y.to_bits())).collect();
    all.sort_unstable();
    all.dedup();
    all.len()
}

/// The fixture, or a county of the size asked for.
fn plan(options: &Options) -> (plan::Plan, &'static str) {
    if options.nodes.or(options.cells).or(options.sites).is_none() {
        return (hukou::plan(options.seed), include_str!("hukou_readme.md"));
    }
    let or = |size: Option<u32>, default: usize| size.map_or(default, |n| n as usize);
    let size = large::Size {
        nodes: or(options.nodes, 25_000),
        cells: or(options.cells, 3_300),
        sites: or(options.sites, 220),
    };
    (large::plan(&size, options.seed), include_str!("large_readme.md"))
}
