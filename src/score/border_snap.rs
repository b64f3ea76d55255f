//! Which points might hang on another street if those beyond the boundary were known.
//!
//! A point hangs on its nearest street: only one that is nearer to the boundary than to it might hang on
//! a street beyond. Where points leave islands, there is more: one that stays on an island might leave
//! it for a larger component beyond, which may be so much farther off; and an island that a point has
//! left may be none, if it goes on beyond.

use std::collections::BTreeSet;

use super::border_links::reaches;
use crate::ids::{CellId, SiteId};
use crate::model::{Boundary, Islands};
use crate::plane::Position;
use crate::search::TravelTimes;
use crate::snap::{Linkage, Snap};

/// Where points hang, beside the boundary.
pub(super) struct BorderSnaps<'a> {
    boundary: &'a Boundary,
    links: &'a Linkage,
    /// Whether points leave islands: where no component is larger, none is taken to be so beyond.
    leaves: bool,
    left_cells: BTreeSet<CellId>,
    left_sites: BTreeSet<SiteId>,
}

impl<'a> BorderSnaps<'a> {
    /// As [`Linkage::torn`] where points leave islands.
    pub(super) fn new(times: &'a TravelTimes, boundary: &'a Boundary) -> Self {
        let links = times.links();
        let study = links.study();
        let mut sizes = study.network().component_sizes().iter();
        // Where nothing is larger than an island, there is nowhere to leave one for.
        let leaves = study.walk().islands == Islands::Avoid
            && sizes.any(|&vertices| !Islands::is_small(vertices));
        let mut snaps = Self {
            boundary,
            links,
            leaves,
            left_cells: BTreeSet::new(),
            left_sites: BTreeSet::new(),
        };
        if leaves {
            for island in &links.torn().islands {
                snaps.left_cells.extend(&island.left.cells);
                snaps.left_sites.extend(&island.left.sites);
            }
        }
        snaps
    }

    /// Whether a cell might hang on another street.
    pub(super) fn is_loose(&self, cell: CellId, at: Position) -> bool {
        let snap = self.links.cell(cell);
        self.left_cells.contains(&cell) || snap.is_some_and(|snap| self.might_move(at, snap))
    }

    /// For each site, whether it might. Sites are few and cells many, so each site is looked at once for
    /// all cells.
    pub(super) fn loose_sites(&self) -> Vec<bool> {
        let sites = self.links.study().sites().iter();
        sites
            .map(|(id, site)| {
                self.left_sites.contains(&id) || self.might_move(site.at, self.links.site(id))
            })
            .collect()
    }

    fn might_move(&self, at: Position, snap: Snap) -> bool {
        let Snap::Snapped { edge, gap, .. } = snap else {
            return false;
        };
        let network = self.links.study().network();
        let may_leave = self.leaves && Islands::is_small(network.component_size(edge));
        let farther = if may_leave { Islands::FARTHER_M } else { 0.0 };
        // A point on its street has no nearer one.
        gap + farther > 0.0 && reaches(self.boundary, at, gap + farther)
    }
}
