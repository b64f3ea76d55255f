//! Invents a county: streets, homes, services, items. Without a size it writes the fixture `fixtures/hukou`;
//! with `--nodes`, `--cells`, `--sites` or `--items` a county of that size, for benchmarks; with `--rules` one
//! whose study has rules.
//!
//! `cargo run --release --example synthetic_county -- --out fixtures/hukou`
//!
//! The same options give the same bytes on every machine.

mod county;

use std::error::Error;
use std::io::Write;
use std::path::PathBuf;

use clap::Parser;
use county::{SEED, Size, Written};

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
    /// How many items the catalogue of such a county has, all of them asked (else 40, of which the frequent are asked)
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..=2_000))]
    items: Option<u32>,
    /// Whether the study of such a county has rules: steps, reach, dated offers, hours, groups, a zone, phases
    #[arg(long)]
    rules: bool,
    /// Another seed gives another county of the same kind
    #[arg(long, default_value_t = SEED)]
    seed: u64,
}

fn main() -> Result<(), Box<dyn Error>> {
    let options = Options::parse();
    let Written {
        streets,
        vertices,
        cells,
        people,
        sites,
    } = county::write(&options.out, size(&options).as_ref(), options.seed)?;
    writeln!(
        std::io::stderr(),
        "{streets} streets with {vertices} vertices, {cells} cells with {people} people, {sites} sites"
    )?;
    Ok(())
}

/// The size asked for; none for the fixture.
fn size(options: &Options) -> Option<Size> {
    if !options.rules {
        options
            .nodes
            .or(options.cells)
            .or(options.sites)
            .or(options.items)?;
    }
    let or = |size: Option<u32>, default: usize| size.map_or(default, |n| n as usize);
    Some(Size {
        nodes: or(options.nodes, 25_000),
        cells: or(options.cells, 3_300),
        sites: or(options.sites, 220),
        items: options.items.map(|n| n as usize),
        rules: options.rules,
    })
}
