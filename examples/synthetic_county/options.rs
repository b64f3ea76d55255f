//! The command line.

use std::path::PathBuf;

use clap::Parser;

use crate::county::{SEED, Size};

/// Invents a county and writes it as a study.
#[derive(Parser)]
#[command(version, about)]
pub(crate) struct Options {
    /// Where to write; made if it does not exist
    #[arg(long)]
    pub(crate) out: PathBuf,
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
    pub(crate) seed: u64,
}

impl Options {
    /// The size asked for; none for the fixture.
    pub(crate) fn size(&self) -> Option<Size> {
        if !self.rules {
            self.nodes.or(self.cells).or(self.sites).or(self.items)?;
        }
        let or = |size: Option<u32>, default: usize| size.map_or(default, |n| n as usize);
        Some(Size {
            nodes: or(self.nodes, 25_000),
            cells: or(self.cells, 3_300),
            sites: or(self.sites, 220),
            items: self.items.map(|n| n as usize),
            rules: self.rules,
        })
    }
}
