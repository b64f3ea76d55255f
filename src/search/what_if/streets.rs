//! Changes to streets: which sites reach the pieces that change, and who hangs elsewhere.
//!
//! A walk that takes a piece leaves it at one of its ends. So a site whose walks change within the
//! budget is one that is within the budget of such an end: of a piece of before on the streets of
//! before, or of a piece of now on the streets of now; or it stands on such a piece itself, and who stands
//! there too walks to it without ever coming to an end. Whoever hangs on another street changes
//! all its walks: to the sites that it reached before, and to those that it reaches now.

use std::sync::Arc;

use super::{Ground, Next, Walked, Way, WhatIf, walk};
use crate::ids::{EdgeId, SiteId};
use crate::model::{Profile, Study, TouchedStreets};
use crate::search::pace::Pacer;
use crate::snap::{Kept, Linkage, Relinked, Snap};
use crate::units::TravelTime;

impl WhatIf {
    pub(super) fn with_streets(&self, study: &Arc<Study>, touched: &TouchedStreets) -> Self {
        let mut ways: Vec<Way> = Vec::with_capacity(self.ways.len());
        let mut relinked: Vec<Relinked> = Vec::with_capacity(self.ways.len());
        for way in &self.ways {
            let kept = Arc::new(Kept::new(study, *way.kept.rules()));
            let hung = kept.with_streets((&self.study, &way.links), study, touched);
            let links = hung.links.clone();
            ways.push(Way { kept, links });
            relinked.push(hung);
        }
        let mut grounds = Vec::with_capacity(self.grounds.len());
        let mut walked = Vec::with_capacity(self.grounds.len());
        for (number, before) in self.grounds.iter().enumerate() {
            let profile = before.profile;
            let hung = &relinked[self.way(profile)];
            let again = self.again(number, study, hung, touched);
            let sites: Vec<SiteId> = marked(&again);
            // Contracted anew: a piece more or less changes which vertices only bend a street.
            let ground = Ground::new(&Pacer::new(study.network(), profile), profile);
            let (found, work) = walk(study, &ground, &hung.links, &sites, self.budget);
            walked.push(Walked {
                dropped: again,
                found,
                work,
            });
            grounds.push(Arc::new(ground));
        }
        let now: Vec<Option<SiteId>> = study.sites().iter().map(|(site, _)| Some(site)).collect();
        let cells = |kind: usize| {
            let way = self.way(self.kinds.profiles[self.kinds.by_zone[kind][0]]);
            relinked[way].cells.clone()
        };
        let next = Next {
            study: Arc::clone(study),
            ways,
            grounds,
            now: &now,
        };
        self.next(next, &walked, cells)
    }

    /// For each site whether those of a profile have to be walked to it again.
    fn again(
        &self,
        profile: usize,
        study: &Study,
        relinked: &Relinked,
        touched: &TouchedStreets,
    ) -> Vec<bool> {
        let mut again = vec![false; study.sites().len()];
        for site in &relinked.sites {
            again[site.index()] = true;
        }
        self.reached_before(profile, relinked, &mut again);
        let ground = &self.grounds[profile];
        // On the streets of before: who reaches a piece that is gone or otherwise, or stands on it.
        let old = Reaching {
            study: &self.study,
            links: &self.ways[self.way(ground.profile)].links,
            profile: ground.profile,
            budget: self.budget,
        };
        old.mark_on(touched.before(), &mut again);
        let ends: Vec<Snap> = old.exits(touched.before()).collect();
        old.mark(&ends, &mut again);
        // On the streets of now: who reaches a piece that is new or otherwise, or a cell that moved.
        let new = Reaching {
            study,
            links: &relinked.links,
            ..old
        };
        let mut places: Vec<Snap> = new.exits(touched.after()).collect();
        let cells = relinked.cells.iter();
        places.extend(cells.filter_map(|&cell| relinked.links.cell(cell)));
        new.mark(&places, &mut again);
        again
    }

    /// Marks the sites that cells reached which hang elsewhere now.
    fn reached_before(&self, profile: usize, relinked: &Relinked, again: &mut [bool]) {
        for (kind, times) in self.times.iter().enumerate() {
            let own = relinked
                .cells
                .iter()
                .filter(|cell| self.kinds.profile(&self.study, kind, **cell) == profile);
            own.flat_map(|&cell| times.of(cell))
                .for_each(|reach| again[reach.site.index()] = true);
        }
    }
}

/// The sites that are marked, in order.
fn marked(again: &[bool]) -> Vec<SiteId> {
    let places = again.iter().enumerate().filter(|&(_, &again)| again);
    places.map(|(site, _)| SiteId::new(site)).collect()
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
        let ends = move |&edge: &EdgeId| {
            [0.0, network.edge(edge).metres].map(|offset| Snap::Snapped {
                edge,
                offset,
                gap: 0.0,
            })
        };
        pieces.iter().flat_map(ends)
    }

    /// Marks the sites that stand on these pieces, which are in order. Those on pieces of now that are new to
    /// them hang elsewhere than before.
    fn mark_on(self, pieces: &[EdgeId], again: &mut [bool]) {
        for (snap, again) in self.links.sites().iter().zip(again) {
            *again |=
                matches!(snap, Snap::Snapped { edge, .. } if pieces.binary_search(edge).is_ok());
        }
    }

    /// Marks the sites within the budget of a place. O(V + E), and one search a place.
    fn mark(self, places: &[Snap], again: &mut [bool]) {
        if places.is_empty() {
            return;
        }
        let sites: Vec<Option<Snap>> = self.links.sites().iter().copied().map(Some).collect();
        let pacer = Pacer::new(self.study.network(), self.profile).turned();
        let ground = Ground::new(&pacer, self.profile);
        let seats = ground.seats(&pacer, &sites);
        for &place in places {
            let Some(spot) = ground.core.spot(&pacer, &self.profile, place) else {
                continue;
            };
            let (sites, _) = ground.catchment(seats, &spot, self.budget);
            for (site, _) in sites {
                again[site.index()] = true;
            }
        }
    }
}
