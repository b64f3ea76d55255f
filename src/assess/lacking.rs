//! What is lacking for the people who are not covered, the gravest first.
//!
//! Each verdict names its remedy. Here the verdicts of all cells of a unit are put together: so many
//! people need a site, for so many a step of an item should be handed down to that site. Items that
//! are handled alike share a row. A person counts at most once in a row, but may count in many rows:
//! the rows do not add up to the people left out.
//!
//! Worked example: 30 people reach the village station, which takes in papers of item X and does not
//! issue the certificate; the township centre that does is 20 minutes away. The row reads: hand down,
//! items X, steps issue, site the village station, 30 people.

use super::gather::{Class, Count, Need, Sums};
use crate::ids::{ItemId, SiteId};
use crate::model::Steps;
use crate::units::People;

/// How many rows a unit's list shows.
const SHOWN: usize = 5;

/// What cures a lack.
#[doc(alias = "整改措施")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Remedy {
    /// No site is within the limit: build or move one.
    BuildSite,
    /// A site is within the limit: hand the steps down to it.
    HandDown,
    /// A site does the steps, but only for its own unit: open a cross-area window there.
    CrossArea,
    /// A site does the steps, but these people cannot use it: a helper there.
    Helper,
    /// A site does the steps, but is closed on arrival: longer hours there.
    LongerHours,
    /// The cell stands off every street, or its row was rejected: mend the data.
    MendData,
}

impl Remedy {
    /// All remedies.
    pub const ALL: [Self; 6] = [
        Self::BuildSite,
        Self::HandDown,
        Self::CrossArea,
        Self::Helper,
        Self::LongerHours,
        Self::MendData,
    ];

    /// The word that files use: `build-site`, `hand-down`, `cross-area`, `helper`, `longer-hours`,
    /// `mend-data`.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::BuildSite => "build-site",
            Self::HandDown => "hand-down",
            Self::CrossArea => "cross-area",
            Self::Helper => "helper",
            Self::LongerHours => "longer-hours",
            Self::MendData => "mend-data",
        }
    }
}

/// One thing that is lacking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lacking {
    /// What would cure it.
    pub remedy: Remedy,
    /// The items it concerns, handled alike, in the order of their ids; empty when it is not about
    /// items but about a site ([`Remedy::Helper`], [`Remedy::LongerHours`]) or the whole cell
    /// ([`Remedy::BuildSite`], [`Remedy::MendData`]).
    pub items: Vec<ItemId>,
    /// The steps of these items that are not done within the limit; none when it is not about items.
    pub steps: Steps,
    /// The site to hand down to, to open to others or for longer, or to give a helper; none when it
    /// concerns the whole cell.
    pub site: Option<SiteId>,
    /// The people for whom it would be a cure, each counted once.
    pub people: People,
    /// Their cells.
    pub cells: u64,
}

/// What is lacking, by people, most first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LackingList {
    /// The gravest, at most five: most people first, then by remedy, items, steps and site.
    pub gravest: Vec<Lacking>,
    /// How many further rows there would be.
    pub further: usize,
}

/// The list of these sums. O(needs).
pub(super) fn list(sums: &Sums, classes: &[Class]) -> LackingList {
    let mut needs: Vec<(&Need, &Count)> = sums.needs.iter().collect();
    let first = |need: &Need| need.class.and_then(|class| classes[class].items.first());
    let gravity = |(need, count): &(&Need, &Count)| {
        (
            std::cmp::Reverse(count.people),
            need.remedy,
            first(need),
            need.steps,
            need.site,
        )
    };
    let further = needs.len().saturating_sub(SHOWN);
    if further > 0 {
        needs.select_nth_unstable_by_key(SHOWN, gravity);
        needs.truncate(SHOWN);
    }
    needs.sort_unstable_by_key(gravity);
    let gravest = needs.iter().map(|(need, count)| Lacking {
        remedy: need.remedy,
        items: need
            .class
            .map(|class| classes[class].items.clone())
            .unwrap_or_default(),
        steps: need.steps,
        site: need.site,
        people: count.people,
        cells: count.cells,
    });
    LackingList {
        gravest: gravest.collect(),
        further,
    }
}
