//! Invents a county and writes it as a study: the fixture, or one of any size.
//!
//! The same size and seed give the same bytes on every machine.
#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "a generator turns small positive numbers into each other all the time"
)]

mod cells;
mod crossings;
mod hukou;
mod items;
mod large;
mod names;
mod outline;
mod output;
mod plan;
mod rng;
mod shape;
mod sites;
mod study;
mod town;
mod village;
mod world;

use std::io;
use std::path::Path;

pub use large::Size;

/// The seed of the fixture.
pub const SEED: u64 = 360_429;

/// How much was written.
pub struct Written {
    /// Streets.
    pub streets: usize,
    /// Different vertices of the streets.
    pub vertices: usize,
    /// Residential cells.
    pub cells: usize,
    /// Residents.
    pub people: usize,
    /// Service sites.
    pub sites: usize,
}

/// Writes a county of this size into a directory, or the fixture if no size is given.
pub fn write(out: &Path, size: Option<&Size>, seed: u64) -> io::Result<Written> {
    let plan = size.map_or_else(|| hukou::plan(seed), |size| large::plan(size, seed));
    let mut world = world::build(&plan, seed);
    let mut cells = cells::build(&plan, &world, seed);
    let mut sites = sites::build(&plan, &world, seed);
    let tables = match size {
        Some(size) => large::tables(&plan, size, (&mut world, &mut sites)),
        None => hukou::dress(&plan, seed, (&mut world, &mut cells, &mut sites)),
    };
    output::write(
        &output::County {
            plan: &plan,
            world: &world,
            cells: &cells,
            sites: &sites,
            tables,
        },
        out,
    )?;
    Ok(Written {
        streets: world.streets.len(),
        vertices: distinct(&world),
        cells: cells.len(),
        people: cells.iter().map(|c| c.population).sum(),
        sites: sites.len(),
    })
}

/// How many different vertices the streets have.
fn distinct(world: &world::World) -> usize {
    let lines = world.streets.iter().flat_map(|s| &s.line);
    let mut all: Vec<(u64, u64)> = lines.map(|p| (p.x.to_bits(), p.y.to_bits())).collect();
    all.sort_unstable();
    all.dedup();
    all.len()
}
