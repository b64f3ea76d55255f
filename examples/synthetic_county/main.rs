//! Invents a county: streets, homes, services, items. Without a size it writes the fixture `fixtures/hukou`;
//! with `--nodes`, `--cells`, `--sites` or `--items` a county of that size, for benchmarks; with `--rules` one
//! whose study has rules.
//!
//! `cargo run --release --example synthetic_county -- --out fixtures/hukou`
//!
//! The same options give the same bytes on every machine.

mod county;
mod options;

use std::error::Error;
use std::io::Write;

use clap::Parser;

use county::Written;
use options::Options;

fn main() -> Result<(), Box<dyn Error>> {
    let options = Options::parse();
    let Written {
        streets,
        vertices,
        cells,
        people,
        sites,
    } = county::write(&options.out, options.size().as_ref(), options.seed)?;
    writeln!(
        std::io::stderr(),
        "{streets} streets with {vertices} vertices, {cells} cells with {people} people, {sites} sites"
    )?;
    Ok(())
}
