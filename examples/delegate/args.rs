//! The command line.

use clap::{Parser, ValueEnum};
use walkshed::model::Study;
use walkshed::proposal::{DelegationBy, DelegationRequest};
use walkshed::score::Remedy;

use crate::common::args::{Output, Shared};
use crate::common::failure::Failure;
use crate::common::find;
use crate::common::patience::seconds;
use crate::common::run::EXIT_CODES;
use crate::costs;

/// What to push down next, with what each push brings.
#[derive(Debug, Parser)]
// In a folder of their own: what another command wrote stays.
#[command(mut_arg("out", |out| out.default_value("out/delegate")))]
#[command(name = "delegate", version, after_help = format!("Exit codes: 0 done · {EXIT_CODES}"))]
pub(crate) struct Args {
    #[command(flatten)]
    pub(crate) shared: Shared,
    #[command(flatten)]
    pub(crate) output: Output,
    /// How many items may be pushed down, each to one site; with --also how many measures in all; in each list
    #[arg(long, value_name = "N", default_value = "10")]
    pub(crate) pushes: u64,
    /// What measures may cost in all instead, whatever their number, in each list; see --costs
    #[arg(long, value_name = "X", conflicts_with = "pushes")]
    pub(crate) budget: Option<u64>,
    /// What a measure of each kind costs, in whole numbers: push and what --also names [default: 1 each]
    #[arg(
        long, value_name = "WHAT=COST,…", value_delimiter = ',', requires = "budget",
        value_parser = costs::cost
    )]
    pub(crate) costs: Vec<(costs::Kind, u64)>,
    /// A list for each
    #[arg(long, value_name = "WHOM")]
    pub(crate) by: Option<By>,
    /// How many items may be pushed to one site, in each list [default: any number]
    #[arg(long, value_name = "N")]
    pub(crate) per_site: Option<u64>,
    /// What else competes with pushes, each as much as one push but for --costs: longer hours, renewals of what has run out,
    /// helpers, cross-area windows [default: nothing]
    #[arg(long, value_name = "WHAT,…", value_delimiter = ',')]
    pub(crate) also: Vec<Also>,
    /// How many papers one department may write, one a push or a renewal, in each list [default: any number]
    #[arg(long, value_name = "N")]
    pub(crate) per_department: Option<u64>,
    /// For this phase of the plan instead of the study's target, by its name
    #[arg(long, value_name = "NAME")]
    pub(crate) phase: Option<String>,
    /// Stop the search after so many seconds with the best so far [default: when it is proved]
    #[arg(long, value_name = "S", value_parser = seconds)]
    pub(crate) seconds: Option<f64>,
}

/// Who gets a list of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum By {
    /// Each department, of the items that it answers for
    Department,
    /// Each unit below the topmost, of the sites in it
    Unit,
}

/// What competes with pushes; named as `do` of a `[[change]]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Also {
    /// A site is open when people come
    Hours,
    /// What has run out at a site goes on
    Renew,
    /// A site has a helper
    Helper,
    /// A site serves everybody with an item (跨区通办)
    Reach,
}

impl Also {
    const fn remedy(self) -> Remedy {
        match self {
            Self::Hours => Remedy::LongerHours,
            Self::Renew => Remedy::Renew,
            Self::Helper => Remedy::Helper,
            Self::Reach => Remedy::CrossArea,
        }
    }
}

impl Args {
    pub(crate) fn request(&self, study: &Study) -> Result<DelegationRequest, Failure> {
        let phase = self.phase.as_ref().map(|named| find::phase(study, named));
        Ok(DelegationRequest {
            pushes: self.pushes,
            budget: costs::budget(self)?,
            per_site: self.per_site,
            per_department: self.per_department,
            also: self.also.iter().map(|also| also.remedy()).collect(),
            phase: phase.transpose()?,
            by: self.by.map(|by| match by {
                By::Department => DelegationBy::Department,
                By::Unit => DelegationBy::Unit,
            }),
        })
    }
}
