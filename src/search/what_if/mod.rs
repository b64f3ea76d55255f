//! What if: the walks of a study after a change, from those before it.
//!
//! ```text
//!                 open, move          close, hours, offers         add, cut, slow a street
//!   snapped       the one site        nobody                       who may hang elsewhere
//!   walked from   the one site        no site                      the sites that reach the pieces
//!   rows written  its cells           cells that reached it        their cells
//!   kept          streets, index,     all of it                    rows of all other sites
//!                 cells, all rows
//! ```
//!
//! The result is that of a full run on the changed study, bit for bit.

mod streets;

use std::borrow::Cow;
use std::sync::Arc;

use rayon::prelude::*;

use super::engine::Engine;
use super::ground::Ground;
use super::pace::Pacer;
use super::rows::Patch;
use super::walks::{Kinds, distinct};
use super::{Reach, TravelTimes, Walks, Work};
use crate::ids::{CellId, GroupId, SiteId};
use crate::model::{Change, ChangeError, Profile, Study, TouchedSites, Version, apply};
use crate::progress::Progress;
use crate::snap::{Kept, Linkage};
use crate::units::TravelTime;

/// A study and its walks, ready for changes: each makes another one, and costs only what it touches.
///
/// ```
/// use walkshed::model::{Change, NewOffer, NewSite, Site};
/// use walkshed::search::{WhatIf, Work};
/// use walkshed::{People, Silent, draw, score};
///
/// // One character is 100 m: b is 1,500 m from the site s.
/// let town = draw::town("A-s-a-B------------b-C", 100.0, "s");
/// let budget = town.target().search;
/// let now = WhatIf::new(town, budget, &Silent);
/// let before = score::headline(now.study(), now.walks());
///
/// let b = now.study().cells().iter().find(|(_, cell)| cell.id == "b").and_then(|(_, cell)| cell.at).unwrap();
/// let service = now.study().catalogue().find("service").unwrap();
/// let opened = NewSite { site: Site::at("t", b), offers: vec![NewOffer::whole(service)] };
/// let then = now.after(&Change::OpenSite(Box::new(opened))).unwrap();
/// let after = before.after(&then);
/// assert_eq!((before.total().covered(), after.total().covered()), (People::whole(1), People::whole(1 + 2)));
///
/// // One on top of the other: closing searches nothing.
/// let last = then.after(&Change::CloseSite { site: "s".to_owned() }).unwrap();
/// assert_eq!(last.work(), Work::default());
/// assert_eq!(after.after(&last).total().covered(), People::whole(2));
/// ```
///
/// # What it takes
///
/// For S sites, O offers, P pairs of cell and site within the budget:
///
/// * a site that opens or moves: O(S + O log O + cells), one search for each distinct walking
///   profile, and the rows of the cells found; O(P) to move numbers when the id stands among others;
/// * one that closes, other hours or offers: O(P), no search;
/// * a street: O(V + E) for each profile, to contract the streets anew and to see which sites reach
///   the pieces that change (before or after); only these are walked from.
///
/// The streets are kept once for each distinct profile, 50 bytes a vertex or so, and the index of
/// street pieces once for each set of rules.
///
/// # What it does not do
///
/// Streets are contracted anew when one changes, and hierarchies ([`Engine::contract`]) are made anew. The
/// list of changes of the study itself is neither applied nor changed.
#[derive(Clone)]
pub struct WhatIf {
    study: Arc<Study>,
    budget: TravelTime,
    kinds: Kinds,
    ways: Vec<Way>,
    /// By profile.
    grounds: Vec<Arc<Ground>>,
    /// By kind.
    times: Vec<Arc<TravelTimes<'static>>>,
    walks: Walks,
    work: Work,
    step: Option<Step>,
}

/// Where points hang for all who walk by the same rules.
#[derive(Clone)]
struct Way {
    kept: Arc<Kept>,
    links: Linkage,
}

/// What the last change touched, and what it changed.
#[derive(Debug, Clone)]
struct Step {
    study: Version,
    /// By kind.
    times: Vec<Version>,
    touched: Vec<Vec<CellId>>,
}

/// What was walked anew, by profile.
struct Walked {
    /// Which sites of before are walked from no longer, or anew.
    dropped: Vec<bool>,
    found: Vec<(CellId, Reach)>,
    work: Work,
}

impl WhatIf {
    /// Snaps and walks for all people alike and for each group of a study, as [`super::walks`] does.
    #[must_use]
    pub fn new(study: Study, budget: TravelTime, progress: &dyn Progress) -> Self {
        let kinds = Kinds::new(&study);
        let mut ways: Vec<Way> = Vec::new();
        let mut grounds = Vec::with_capacity(kinds.profiles.len());
        let mut parts = Vec::with_capacity(kinds.profiles.len());
        for profile in &kinds.profiles {
            // Who walks by the same rules hangs on the same streets, whatever the speed.
            let known = ways
                .iter()
                .position(|way| *way.kept.rules() == profile.rules);
            let way = known.unwrap_or(ways.len());
            if known.is_none() {
                let kept = Arc::new(Kept::new(&study, profile.rules));
                let links = kept.link(&study, progress);
                ways.push(Way { kept, links });
            }
            let engine = Engine::new(&study, &ways[way].links, profile);
            let times = engine.travel_times(budget, progress).into_owned();
            parts.push(Arc::new(times));
            grounds.push(engine.into_ground());
        }
        let times: Vec<Arc<TravelTimes<'static>>> = (0..kinds.by_zone.len())
            .map(|kind| times_of(&study, &kinds, kind, &parts))
            .collect();
        Self {
            work: parts.iter().map(|part| part.work()).sum(),
            walks: kinds.walks(times.clone()),
            study: Arc::new(study),
            budget,
            kinds,
            ways,
            grounds,
            times,
            step: None,
        }
    }

    /// The study, with all changes so far.
    #[must_use]
    pub fn study(&self) -> &Study {
        &self.study
    }

    /// The walks of all people alike and of each group.
    #[must_use]
    pub const fn walks(&self) -> &Walks {
        &self.walks
    }

    /// How much walking from sites the last change took, over all profiles; or the beginning, where there was
    /// none. Finding out which sites reach a changed piece of street is not counted.
    #[must_use]
    pub const fn work(&self) -> Work {
        self.work
    }

    /// The study and its walks after one more change. These stay as they are.
    ///
    /// # Errors
    /// When the change names a site, an item, a unit or a street that is not there.
    pub fn after(&self, change: &Change) -> Result<Self, ChangeError> {
        let (study, touched) = apply(&self.study, change)?;
        let study = Arc::new(study);
        // One change is to sites or to streets, never to both.
        Ok(if touched.streets.is_empty() {
            self.with_sites(study, &touched.sites)
        } else {
            self.with_streets(&study, &touched.streets)
        })
    }

    /// The cells that the last change touched, for those who walk as this group does; none when it was
    /// no change to this study and these times. Copies of both will do.
    ///
    /// So many cells are judged anew for a coverage after the change, and all of them where this is
    /// none.
    ///
    /// # Panics
    /// When the study has no such group.
    #[must_use]
    pub fn touched(
        &self,
        study: &Study,
        times: &TravelTimes<'_>,
        group: Option<GroupId>,
    ) -> Option<&[CellId]> {
        let kind = self.kinds.of(group);
        let step = self.step.as_ref()?;
        let same = step.study == *study.version() && step.times[kind] == times.version;
        same.then_some(&step.touched[kind])
    }

    fn with_sites(&self, study: Arc<Study>, touched: &TouchedSites) -> Self {
        let standing = touched.standing();
        let way = |way: &Way| {
            let links = way.kept.with_sites(&way.links, &study, touched);
            Way {
                kept: Arc::clone(&way.kept),
                links,
            }
        };
        let ways: Vec<Way> = self.ways.iter().map(way).collect();
        let dropped: Vec<bool> = standing.iter().map(Option::is_none).collect();
        let walked = self.grounds.iter().map(|ground| {
            let (found, work) = walk(
                &study,
                ground,
                &ways[self.way(ground.profile)].links,
                touched.placed(),
                self.budget,
            );
            Walked {
                dropped: dropped.clone(),
                found,
                work,
            }
        });
        let walked: Vec<Walked> = walked.collect();
        let is_altered = |_, site| {
            let now = touched.now(site);
            now.is_some_and(|now| touched.altered().binary_search(&now).is_ok())
        };
        let also = |kind: usize| {
            if touched.altered().is_empty() {
                return Vec::new();
            }
            self.times[kind].rows.holding(is_altered)
        };
        let next = Next {
            study,
            ways,
            grounds: self.grounds.clone(),
            now: &standing,
        };
        self.next(next, &walked, also)
    }

    /// Which of the ways those of a profile walk.
    fn way(&self, profile: Profile) -> usize {
        let place = self
            .ways
            .iter()
            .position(|way| *way.kept.rules() == profile.rules);
        place.expect("every profile's rules have a way, since the beginning")
    }

    /// Puts together what was walked anew and what stays.
    fn next(&self, next: Next<'_>, walked: &[Walked], also: impl Fn(usize) -> Vec<CellId>) -> Self {
        let (mut times, mut touched) = (Vec::new(), Vec::new());
        for (kind, before) in self.times.iter().enumerate() {
            let own = distinct(&self.kinds.by_zone[kind]);
            let profile = |cell: CellId| self.kinds.profile(&self.study, kind, cell);
            let drops = |cell: CellId, site: SiteId| walked[profile(cell)].dropped[site.index()];
            let any = own
                .iter()
                .any(|&profile| walked[profile].dropped.contains(&true));
            let found = own.iter().flat_map(|&own| {
                walked[own]
                    .found
                    .iter()
                    .copied()
                    .filter(move |&(cell, _)| profile(cell) == own)
            });
            let mut found: Vec<(CellId, Reach)> = found.collect();
            found.sort_unstable();
            let patch = Patch {
                now: next.now,
                drops: any.then_some(&drops),
                found,
            };
            let (rows, mut cells) = before.rows.patched(&patch);
            cells.extend(also(kind));
            cells.sort_unstable();
            cells.dedup();
            let work = own.iter().map(|&profile| walked[profile].work).sum();
            let links = next.ways[self.way(self.kinds.profiles[own[0]])]
                .links
                .clone();
            times.push(Arc::new(TravelTimes {
                links: Cow::Owned(links),
                budget: self.budget,
                rows,
                work,
                version: Version::default(),
            }));
            touched.push(cells);
        }
        let step = Step {
            study: self.study.version().clone(),
            times: self
                .times
                .iter()
                .map(|times| times.version.clone())
                .collect(),
            touched,
        };
        Self {
            walks: self.kinds.walks(times.clone()),
            study: next.study,
            budget: self.budget,
            kinds: self.kinds.clone(),
            ways: next.ways,
            grounds: next.grounds,
            times,
            work: walked.iter().map(|walked| walked.work).sum(),
            step: Some(step),
        }
    }
}

/// The times of those who walk alike: of each cell those by the profile of its zone.
fn times_of(
    study: &Study,
    kinds: &Kinds,
    kind: usize,
    parts: &[Arc<TravelTimes<'static>>],
) -> Arc<TravelTimes<'static>> {
    let own = distinct(&kinds.by_zone[kind]);
    if let [only] = own[..] {
        return Arc::clone(&parts[only]);
    }
    let times: Vec<&TravelTimes<'_>> = own.iter().map(|&profile| &*parts[profile]).collect();
    Arc::new(TravelTimes::chosen(&times, |cell| {
        let profile = kinds.profile(study, kind, cell);
        own.partition_point(|&other| other < profile)
    }))
}

/// What the next walks rest on.
struct Next<'a> {
    study: Arc<Study>,
    ways: Vec<Way>,
    grounds: Vec<Arc<Ground>>,
    /// The numbers of the sites now; none for those that are gone or stand elsewhere.
    now: &'a [Option<SiteId>],
}

/// Walks from some sites of a study. In parallel over the sites.
fn walk(
    study: &Study,
    ground: &Ground,
    links: &Linkage,
    sites: &[SiteId],
    budget: TravelTime,
) -> (Vec<(CellId, Reach)>, Work) {
    let pacer = Pacer::new(study.network(), ground.profile);
    let seats = ground.seats(&pacer, links.cells());
    let from = |&site: &SiteId| {
        let spot = ground
            .core
            .spot(&pacer, &ground.profile, links.site(site))?;
        let (cells, work) = ground.catchment(seats, &spot, budget);
        let reach = move |(cell, time)| (cell, Reach { time, site });
        Some((cells.into_iter().map(reach).collect::<Vec<_>>(), work))
    };
    let walked: Vec<Option<(Vec<_>, Work)>> = sites.par_iter().map(from).collect();
    let (found, work): (Vec<Vec<_>>, Vec<Work>) = walked.into_iter().flatten().unzip();
    (
        found.into_iter().flatten().collect(),
        work.into_iter().sum(),
    )
}
