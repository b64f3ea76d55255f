//! Changes to streets: which sites reach the pieces that change, and who hangs elsewhere.
//!
//! A walk that takes a piece leaves it at one of its ends. So a site whose walks change within the
//! budget is one that is within the budget of such an end: of a piece of before on the streets of
//! before, or of a piece of now on the streets of now; or it stands on such a piece itself, and who stands
//! there too walks to it without ever coming to an end. Whoever hangs on another street changes
//! all its walks: to the sites that it reached before, and to those that it reaches now.

use std::sync::Arc;

use super::{LinksByRules, Next, Searched, Searching, WhatIf};
use crate::ids::{EdgeId, SiteId};
use crate::model::{Profile, Study, TouchedStreets};
use crate::search::cost_model::CostModel;
use crate::search::prepared::PreparedStreets;
use crate::snap::{Linkage, Relinked, Snap, SnapIndex};
use crate::units::TravelTime;

/// A study with other streets, and what became of its points.
struct NewStreets<'a> {
    study: &'a Study,
    touched: &'a TouchedStreets,
    /// By rules.
    relinked: &'a [Relinked],
}

impl WhatIf {
    /// After a change to streets: they are contracted anew, and searched from are those sites whose
    /// walks may be others. O(V + E) for each profile, and the walks from those sites.
    pub(super) fn with_streets(&self, study: &Study, touched: &TouchedStreets) -> Self {
        let (by_rules, relinked) = self.relinked(study, touched);
        let new = NewStreets {
            study,
            touched,
            relinked: &relinked,
        };
        let mut prepared = Vec::new();
        let mut searched = Vec::new();
        for profile in 0..self.prepared.len() {
            let (streets, found) = self.searched_again(&new, profile);
            prepared.push(Arc::new(streets));
            searched.push(found);
        }
        // Streets leave the sites their numbers.
        let now: Vec<Option<SiteId>> = study.sites().iter().map(|(site, _)| Some(site)).collect();
        let next = Next {
            study: study.clone(),
            by_rules,
            prepared,
            now: &now,
            searched,
        };
        // Cells that hang elsewhere count as touched, whether or not a time is another one.
        self.next(next, |kind| {
            relinked[self.rules_of_kind(kind)].cells.clone()
        })
    }

    /// Where points hang on the new streets, by rules, and which hang elsewhere than before.
    fn relinked(
        &self,
        study: &Study,
        touched: &TouchedStreets,
    ) -> (Vec<LinksByRules>, Vec<Relinked>) {
        let mut by_rules = Vec::new();
        let mut relinked = Vec::new();
        for before in &self.by_rules {
            // Rules close different pieces: an index for each, made when it is asked.
            let index = Arc::new(SnapIndex::new(study, *before.index.rules()));
            let again = index.with_streets(&before.links, study, touched);
            let links = again.links.clone();
            by_rules.push(LinksByRules { index, links });
            relinked.push(again);
        }
        (by_rules, relinked)
    }

    /// The new streets of a profile, and what sites find on them whose walks may be others.
    fn searched_again(&self, new: &NewStreets<'_>, profile: usize) -> (PreparedStreets, Searched) {
        let again = self.sites_to_search(new, profile);
        let sites: Vec<SiteId> = (0..again.len())
            .filter(|&site| again[site])
            .map(SiteId::new)
            .collect();
        // The streets are contracted anew as a whole: what is saved is the searches.
        let walkers = self.prepared[profile].profile;
        let cost_model = CostModel::new(new.study.network(), walkers);
        let prepared = PreparedStreets::new(&cost_model, walkers);
        // On the new streets only: what they found before is dropped with `again`.
        let searching = Searching {
            study: new.study,
            prepared: &prepared,
            links: &new.relinked[self.rules_of(walkers)].links,
            budget: self.budget,
        };
        let searched = searching.search_from(&sites, again);
        (prepared, searched)
    }

    /// By site, whether its walks by a profile may be others than before.
    fn sites_to_search(&self, new: &NewStreets<'_>, profile: usize) -> Vec<bool> {
        let walkers = self.prepared[profile].profile;
        let rules = self.rules_of(walkers);
        let relinked = &new.relinked[rules];
        let mut again = vec![false; new.study.sites().len()];
        // Sites that hang elsewhere themselves.
        for site in &relinked.sites {
            again[site.index()] = true;
        }
        self.mark_reached_before(profile, relinked, &mut again);

        // On the streets of before: whoever took a piece that is gone, or stood on it.
        let old = Reaching {
            study: &self.study,
            links: &self.by_rules[rules].links,
            profile: walkers,
            budget: self.budget,
        };
        old.mark_on(new.touched.before(), &mut again);
        let exits: Vec<Snap> = old.exits(new.touched.before()).collect();
        old.mark(&exits, &mut again);

        // On the streets of now: whoever may take a new piece, or reaches a cell that moved.
        let now = Reaching {
            study: new.study,
            links: &relinked.links,
            ..old
        };
        let moved_cells = relinked
            .cells
            .iter()
            .filter_map(|&cell| relinked.links.cell(cell));
        let places: Vec<Snap> = now.exits(new.touched.after()).chain(moved_cells).collect();
        now.mark(&places, &mut again);
        again
    }

    /// Marks the sites that cells reached which hang elsewhere now.
    fn mark_reached_before(&self, profile: usize, relinked: &Relinked, again: &mut [bool]) {
        for (kind, times) in self.walks.by_kind().iter().enumerate() {
            for &cell in &relinked.cells {
                if self.kinds.profile(&self.study, kind, cell) == profile {
                    for reach in times.of(cell) {
                        again[reach.site.index()] = true;
                    }
                }
            }
        }
    }
}

/// Which sites can be reached from some places.
#[derive(Clone, Copy)]
struct Reaching<'a> {
    study: &'a Study,
    links: &'a Linkage,
    profile: Profile,
    budget: TravelTime,
}

impl<'a> Reaching<'a> {
    /// Both ends of pieces of street, as places on these.
    fn exits(self, pieces: &'a [EdgeId]) -> impl Iterator<Item = Snap> + use<'a> {
        let network = self.study.network();
        pieces.iter().flat_map(move |&edge| {
            [0.0, network.edge(edge).metres].map(|offset| Snap::Snapped {
                edge,
                offset,
                gap: 0.0,
            })
        })
    }

    /// Marks the sites that stand on these pieces, which are in order. Those on pieces of now that are new to
    /// them hang elsewhere than before.
    fn mark_on(self, pieces: &[EdgeId], again: &mut [bool]) {
        for (snap, again) in self.links.sites().iter().zip(again) {
            if let Snap::Snapped { edge, .. } = snap {
                *again |= pieces.binary_search(edge).is_ok();
            }
        }
    }

    /// Marks the sites within the budget of a place. O(V + E), and one search a place.
    ///
    /// The walk is turned around: from the place to the sites, which take the part of the cells.
    fn mark(self, places: &[Snap], again: &mut [bool]) {
        if places.is_empty() {
            return;
        }
        let cost_model = CostModel::new(self.study.network(), self.profile).turned();
        let prepared = PreparedStreets::new(&cost_model, self.profile);
        let snaps: Vec<Option<Snap>> = self.links.sites().iter().copied().map(Some).collect();
        // One preparation for all places: a new street has two ends, and many cells may have moved.
        let sites = prepared.cells(&cost_model, &snaps);
        for &place in places {
            if let Some(point) = prepared.access_point(&cost_model, place) {
                let (reached, _) = prepared.catchment(sites, &point, self.budget);
                for (site, _) in reached {
                    again[site.index()] = true;
                }
            }
        }
    }
}
