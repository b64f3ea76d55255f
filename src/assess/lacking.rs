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

use std::cmp::Reverse;

use super::classes::Class;
use super::needs::{Count, Need, NeedSums};
use crate::ids::{ItemId, SiteId};
use crate::model::Steps;
use crate::score::Remedy;
use crate::units::People;

/// How many rows a unit's list shows.
const SHOWN: usize = 5;

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

impl LackingList {
    /// The list of these sums. O(needs).
    pub(super) fn of(sums: &NeedSums, classes: &[Class]) -> Self {
        let mut needs: Vec<(&Need, &Count)> = sums.needs.iter().collect();
        let further = needs.len().saturating_sub(SHOWN);
        if further > 0 {
            // The rows that are not shown are not sorted either.
            needs.select_nth_unstable_by_key(SHOWN, |row| gravity(row, classes));
            needs.truncate(SHOWN);
        }
        needs.sort_unstable_by_key(|row| gravity(row, classes));
        Self {
            gravest: needs
                .into_iter()
                .map(|(need, count)| Lacking::of(need, count, classes))
                .collect(),
            further,
        }
    }
}

impl Lacking {
    fn of(need: &Need, count: &Count, classes: &[Class]) -> Self {
        let items = match need.class {
            Some(class) => classes[class].items.clone(),
            None => Vec::new(),
        };
        Self {
            remedy: need.remedy,
            items,
            steps: need.steps,
            site: need.site,
            people: count.people,
            cells: count.cells,
        }
    }
}

/// What rows are sorted by. No two needs share it, so that the order does not rest on the hash table's.
fn gravity<'c>(
    (need, count): &(&Need, &Count),
    classes: &'c [Class],
) -> (
    Reverse<People>,
    Remedy,
    Option<&'c ItemId>,
    Steps,
    Option<SiteId>,
) {
    // Classes are told apart by their first item, as readers of the list do.
    let first_item = need.class.and_then(|class| classes[class].items.first());
    (
        Reverse(count.people),
        need.remedy,
        first_item,
        need.steps,
        need.site,
    )
}
