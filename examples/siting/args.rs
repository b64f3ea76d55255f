//! The command line.

use std::path::PathBuf;

use clap::{Parser, ValueEnum};
use walkshed::proposal::Wanted;

use crate::common::args::{Output, Shared};
use crate::common::patience::seconds;
use crate::common::run::EXIT_CODES;

/// Where to open: each plan with a bound that no other can better.
#[derive(Debug, Parser)]
// In a folder of their own: what another command wrote stays.
#[command(mut_arg("out", |out| out.default_value("out/siting")))]
#[command(name = "siting", version, after_help = format!("Exit codes: 0 done · {EXIT_CODES}"))]
pub(crate) struct Args {
    #[command(flatten)]
    pub(crate) shared: Shared,
    #[command(flatten)]
    pub(crate) output: Output,
    /// Which sites are the best
    #[arg(long, value_name = "WHICH", default_value = "mclp")]
    pub(crate) problem: Which,
    /// How many sites may open, or close, or links be built, or outlets be folded in [default: 1, or what the budget allows; lscp opens what it takes]
    #[arg(long = "p", value_name = "N", conflicts_with = "budget")]
    pub(crate) sites: Option<u64>,
    /// How much what opens may cost, by the column `cost` of the candidates
    #[arg(long, value_name = "X")]
    pub(crate) budget: Option<u64>,
    /// Where sites may open: a file of points, `cells`, `junctions:M` for street junctions M metres apart, or `map:TAGS`
    /// for what a map has of these tags, like `map:amenity=bank,post_office,shop=kiosk` [default: cells; of merge only
    /// the places of those that are merged]
    #[arg(long, value_name = "WHERE", conflicts_with = "matrix")]
    pub(crate) candidates: Option<String>,
    /// With --candidates map:TAGS, the map of OpenStreetMap [default: that of the study's streets]
    #[arg(long, value_name = "FILE", requires = "candidates")]
    pub(crate) map: Option<PathBuf>,
    /// Only this item is asked, and new sites handle it, by its id or a name that only one has
    #[arg(long, value_name = "ID", conflicts_with = "matrix")]
    pub(crate) item: Option<String>,
    /// New sites are like the first site of this kind
    #[arg(long, value_name = "KIND", conflicts_with_all = ["matrix", "like"])]
    pub(crate) kind: Option<String>,
    /// New sites are like this one, by its id or a name that only one has
    #[arg(long, value_name = "ID", conflicts_with = "matrix")]
    pub(crate) like: Option<String>,
    /// Each unit must have this share of its people covered, from 0 to 1: each below the topmost, or with --phase each
    /// of the phase; lscp then opens the cheapest sites that bring it [default: with --phase and lscp the phase's]
    #[arg(long, value_name = "SHARE", value_parser = share)]
    pub(crate) min_share: Option<f64>,
    /// For this phase of the plan instead of the study's target, by its name
    #[arg(long, value_name = "NAME", conflicts_with = "matrix")]
    pub(crate) phase: Option<String>,
    /// For all phases of the plan, what opened stays: how many sites may open for each, like 2,3,5; the last number
    /// holds for all others
    #[arg(long, value_name = "N,N", value_delimiter = ',',
          conflicts_with_all = ["matrix", "sites", "budget", "phase", "min_share", "problem"])]
    pub(crate) phases: Vec<u64>,
    /// With --phases, the numbers are costs, by the column `cost` of the candidates
    #[arg(long, requires = "phases")]
    pub(crate) in_costs: bool,
    /// With --problem link, no link is longer, in metres [default: 100]
    #[arg(long, value_name = "M", value_parser = metres)]
    pub(crate) longest: Option<f64>,
    /// With --problem link, how many links are tried [default: 100]
    #[arg(long, value_name = "N")]
    pub(crate) tried: Option<usize>,
    /// With --problem merge, the pilot centre that outlets are folded into, by its id or a name that only one has
    #[arg(long, value_name = "SITE")]
    pub(crate) at: Option<String>,
    /// With --problem merge, outlets no farther from it in a straight line, in metres [default: 1000]
    #[arg(long, value_name = "M", value_parser = metres)]
    pub(crate) within: Option<f64>,
    /// With --matrix, somebody is covered by so many sites within the limit
    #[arg(long, value_name = "N", requires = "matrix", default_value = "1",
          value_parser = clap::value_parser!(u32).range(1..=9))]
    pub(crate) times: u32,
    /// Stop the search after so many seconds with the best so far [default: when it is proved]
    #[arg(long, value_name = "S", value_parser = seconds)]
    pub(crate) seconds: Option<f64>,
    /// A table of costs instead of a study: from, to, and minutes or metres
    #[arg(long, value_name = "FILE", requires_all = ["from", "to"])]
    pub(crate) matrix: Option<PathBuf>,
    /// With --matrix, who asks: id, weight or population, and unit if there are any
    #[arg(long, value_name = "FILE", requires = "matrix")]
    pub(crate) from: Option<PathBuf>,
    /// With --matrix, where sites may be: id, and cost, status, capacity, lon, lat where they are known
    #[arg(long, value_name = "FILE", requires = "matrix")]
    pub(crate) to: Option<PathBuf>,
    /// With --matrix, within how many minutes or metres somebody is covered [default: 15 minutes]
    #[arg(long, value_name = "N", requires = "matrix")]
    pub(crate) limit: Option<f64>,
}

/// Which sites are the best.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Which {
    /// The fewest, or cheapest, that cover all who can be covered
    Lscp,
    /// Those that cover most people
    Mclp,
    /// Those from which people are nearest on average
    PMedian,
    /// Those from which the farthest are nearest
    PCenter,
    /// Those with which the worst-off unit is as well off as can be
    Fair,
    /// Those that can close with the least loss, and who needs which
    Close,
    /// The missing footbridges, gates and paths that bring most people
    Link,
    /// The outlets near a centre (--at) to fold into it, and the place for all of them
    Merge,
}

impl Which {
    pub(crate) const fn wanted(self) -> Wanted {
        match self {
            Self::Lscp => Wanted::Lscp,
            Self::Mclp => Wanted::Mclp,
            Self::PMedian => Wanted::PMedian,
            Self::PCenter => Wanted::PCenter,
            Self::Fair => Wanted::Fair,
            Self::Close => Wanted::Close,
            Self::Link => Wanted::Link,
            Self::Merge => Wanted::Merge,
        }
    }
}

/// A share, as a flag names it.
fn share(text: &str) -> Result<f64, String> {
    let number: Option<f64> = text.trim().parse().ok();
    number
        .filter(|share| (0.0..=1.0).contains(share))
        .ok_or_else(|| "expected a share from 0 to 1, like 0.8".to_owned())
}

/// Metres, as a flag names them.
fn metres(text: &str) -> Result<f64, String> {
    let number: Option<f64> = text.trim().parse().ok();
    number
        .filter(|metres| (1.0..=10_000.0).contains(metres))
        .ok_or_else(|| "expected metres from 1 to 10000, like 100".to_owned())
}
