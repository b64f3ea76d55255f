//! Who lives inside, by the results for cells: not by whether a polygon holds a cell.

use rayon::prelude::*;

use super::request::Join;
use super::sources::Sources;
use crate::ids::{CellId, SiteId};
use crate::model::{Study, Who};
use crate::search::Engine;
use crate::snap::Snap;
use crate::units::{People, TravelTime};

/// A cell, how long its people walk, and to which source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Walk {
    pub cell: CellId,
    pub time: TravelTime,
    pub source: usize,
}

/// Who is asked about: cells of a study, or points that stand for cells.
pub(super) struct Inside<'a> {
    pub engine: &'a Engine<'a>,
    /// By source where it hangs.
    pub places: &'a [Snap],
    pub sources: &'a Sources,
    pub join: Join,
    pub budget: TravelTime,
    /// The cells that count.
    pub counts: &'a (dyn Fn(CellId) -> bool + Sync),
    /// Whether a source serves the people of a cell.
    pub serves: &'a (dyn Fn(usize, SiteId, CellId) -> bool + Sync),
}

impl Inside<'_> {
    /// The walks to all sources by which somebody is inside.
    ///
    /// Joined one by one, all that find their source open and all of the item done there; else the
    /// shortest one from each cell, where every step is done: the longest of those that it takes.
    /// O(pairs of cell and source).
    pub(super) fn walks(&self, cells: usize) -> Vec<Walk> {
        let by_source: Vec<Vec<Walk>> = (0..self.places.len())
            .into_par_iter()
            .map(|source| self.to_source(source))
            .collect();
        let groups = self.sources.groups();
        let all = by_source.into_iter().flatten();
        if self.join == Join::Each {
            return all
                .filter(|walk| (0..groups).all(|group| self.does(group, walk)))
                .collect();
        }
        let mut best: Vec<Option<Walk>> = vec![None; cells * groups];
        for walk in all {
            let from = walk.cell.index() * groups;
            for (group, best) in best[from..from + groups].iter_mut().enumerate() {
                // Sources come in their order: of two as near the first stays.
                let shorter = best.is_none_or(|best| walk.time < best.time);
                if shorter && self.does(group, &walk) {
                    *best = Some(walk);
                }
            }
        }
        // An item of no steps asks nobody to go anywhere.
        best.chunks(groups.max(1)).filter_map(longest).collect()
    }

    fn to_source(&self, source: usize) -> Vec<Walk> {
        let reached = self.engine.catchment(self.places[source], self.budget);
        let counted = reached.into_iter().filter(|(cell, _)| (self.counts)(*cell));
        counted
            .map(|(cell, time)| Walk { cell, time, source })
            .collect()
    }

    /// Whether a group of steps is done at the end of a walk.
    fn does(&self, group: usize, walk: &Walk) -> bool {
        let source = &self.sources.list[walk.source];
        let serves = source
            .site
            .is_none_or(|site| (self.serves)(group, site, walk.cell));
        serves && self.sources.does(group, source) && source.window.holds(walk.time)
    }
}

/// The longest walk of all steps; none where one is done nowhere.
fn longest(groups: &[Option<Walk>]) -> Option<Walk> {
    let mut longest: Option<Walk> = None;
    for walk in groups {
        let walk = (*walk)?;
        if longest.is_none_or(|longest| walk.time > longest.time) {
            longest = Some(walk);
        }
    }
    longest
}

/// How many people, or of a group, and how many firms are in some cells; no firms where the study says of
/// none, or a group is asked about.
pub(super) fn counted(
    study: &Study,
    who: Who,
    cells: &(impl Iterator<Item = CellId> + Clone),
) -> (People, Option<People>) {
    let number =
        |who: Who| -> People { cells.clone().map(|cell| study.number_of(who, cell)).sum() };
    let firms = study.parties(Who::Firms);
    let firms =
        // Firms stand beside the people, never among those of a group.
        (who == Who::People && !firms.is_empty()).then(|| firms.into_iter().map(number).sum());
    (number(who), firms)
}
