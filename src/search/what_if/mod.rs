//! What if: the walks of a study after a change, from those before it.
//!
//! ```text
//!                 open, move, merge   close, hours, offers         add, cut, slow a street
//!   snapped       the one site        nobody                       who may hang elsewhere
//!   walked from   the one site        no site                      the sites that reach the pieces
//!   rows written  its cells           cells that reached it        their cells
//!   kept          streets, index,     all of it                    rows of all other sites
//!                 cells, all rows
//! ```
//!
//! The result is that of a full run on the changed study, bit for bit.

mod streets;

use std::sync::Arc;

use rayon::prelude::*;

use super::by_group::Walks;
use super::cost_model::CostModel;
use super::engine::Engine;
use super::kinds::WalkerKinds;
use super::matrix::TravelTimes;
use super::prepared::PreparedStreets;
use super::reach::Reach;
use super::rows::Patch;
use super::work::Work;
use crate::ids::{CellId, GroupId, SiteId};
use crate::model::{
    Change, ChangeError, Profile, StreetRules, Study, TouchedSites, Version, apply,
};
use crate::progress::Progress;
use crate::snap::{Linkage, SnapIndex};
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
/// let before = score::coverage(now.walks());
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
/// * a site that opens or moves: O(S + O log O + cells / 1,000), one search for each distinct walking
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
    study: Study,
    budget: TravelTime,
    kinds: Arc<WalkerKinds>,
    by_rules: Vec<LinksByRules>,
    /// By profile.
    prepared: Vec<Arc<PreparedStreets>>,
    walks: Walks,
    work: Work,
    last: Option<LastChange>,
}

/// Where points hang for all who walk by the same rules.
#[derive(Clone)]
struct LinksByRules {
    index: Arc<SnapIndex>,
    links: Linkage,
}

impl LinksByRules {
    fn new(study: &Study, rules: StreetRules, progress: &dyn Progress) -> Self {
        let index = Arc::new(SnapIndex::new(study, rules));
        Self {
            links: index.link(study, progress),
            index,
        }
    }
}

/// What the last change touched, and what it changed.
#[derive(Clone)]
struct LastChange {
    /// The times before it, by kind.
    times: Vec<Version>,
    touched: Vec<Vec<CellId>>,
}

/// What was searched anew, by profile.
struct Searched {
    /// Which sites of before are searched from no longer, or anew.
    dropped: Vec<bool>,
    found: Vec<(CellId, Reach)>,
    work: Work,
}

/// What the next walks rest on.
struct Next<'a> {
    study: Study,
    by_rules: Vec<LinksByRules>,
    prepared: Vec<Arc<PreparedStreets>>,
    /// The numbers of the sites now; none for those that are gone or stand elsewhere.
    now: &'a [Option<SiteId>],
    /// By profile.
    searched: Vec<Searched>,
}

impl WhatIf {
    /// Snaps and walks for all people alike and for each group of a study, as [`super::walks`] does.
    #[must_use]
    pub fn new(study: Study, budget: TravelTime, progress: &dyn Progress) -> Self {
        let kinds = Arc::new(WalkerKinds::new(&study));
        let mut by_rules: Vec<LinksByRules> = Vec::new();
        let mut prepared = Vec::new();
        let mut by_profile = Vec::new();
        for profile in &kinds.profiles {
            // Where points hang depends on the rules alone, not on the speed.
            let place = place_of_rules(&by_rules, &profile.rules).unwrap_or_else(|| {
                by_rules.push(LinksByRules::new(&study, profile.rules, progress));
                by_rules.len() - 1
            });
            let engine = Engine::new(&by_rules[place].links, profile);
            let times = engine.travel_times(budget, progress);
            by_profile.push(times);
            prepared.push(engine.into_prepared());
        }
        let work = by_profile.iter().map(TravelTimes::work).sum();
        let walks = Walks::by_profile(&study, &kinds, &by_profile);
        Self {
            study,
            budget,
            kinds,
            by_rules,
            prepared,
            walks,
            work,
            last: None,
        }
    }

    /// The study, with all changes so far.
    #[must_use]
    pub const fn study(&self) -> &Study {
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
        // One change is to sites or to streets, never to both.
        Ok(if touched.streets.is_empty() {
            self.with_sites(study, &touched.sites)
        } else {
            self.with_streets(&study, &touched.streets)
        })
    }

    /// The cells that the last change touched, for those who walk as this group does; none when it was
    /// no change to these times. Copies of them will do.
    ///
    /// So many cells are judged anew for a coverage after the change, and all of them where this is
    /// none.
    ///
    /// # Panics
    /// When the study has no such group.
    #[must_use]
    pub fn touched(&self, times: &TravelTimes, group: Option<GroupId>) -> Option<&[CellId]> {
        let kind = self.kinds.of(group);
        let last = self.last.as_ref()?;
        let same = last.times[kind] == times.version;
        same.then_some(&last.touched[kind])
    }

    /// After a change to sites: streets and cells stay, and only new sites are searched from.
    fn with_sites(&self, study: Study, touched: &TouchedSites) -> Self {
        let standing = touched.standing();
        // Streets are as they were: so is the index, and new sites alone are snapped.
        let by_rules: Vec<LinksByRules> = self
            .by_rules
            .iter()
            .map(|before| LinksByRules {
                index: Arc::clone(&before.index),
                links: before.index.with_sites(&before.links, &study, touched),
            })
            .collect();
        let searched = self
            .prepared
            .iter()
            .map(|prepared| {
                let searching = Searching {
                    study: &study,
                    prepared,
                    links: &by_rules[self.rules_of(prepared.profile)].links,
                    budget: self.budget,
                };
                let dropped = standing.iter().map(Option::is_none).collect();
                searching.search_from(touched.placed(), dropped)
            })
            .collect();
        let next = Next {
            study,
            by_rules,
            prepared: self.prepared.clone(),
            now: &standing,
            searched,
        };
        self.next(next, |kind| self.cells_reaching(kind, touched))
    }

    /// The cells of which a row holds a site that is otherwise now. O(pairs), but O(1) for no sites.
    fn cells_reaching(&self, kind: usize, touched: &TouchedSites) -> Vec<CellId> {
        if touched.altered().is_empty() {
            return Vec::new();
        }
        let rows = &self.walks.by_kind()[kind].rows;
        rows.holding(|_, site| {
            let now = touched.now(site);
            now.is_some_and(|now| touched.altered().binary_search(&now).is_ok())
        })
    }

    /// By which of the rules those of a profile walk.
    fn rules_of(&self, profile: Profile) -> usize {
        place_of_rules(&self.by_rules, &profile.rules)
            .expect("every profile's rules have links, since the beginning")
    }

    /// Puts together what was searched anew and what stays. `also` are cells of a kind that count as
    /// touched though their rows may be the same.
    fn next(&self, next: Next<'_>, also: impl Fn(usize) -> Vec<CellId>) -> Self {
        let mut times = Vec::new();
        let mut touched = Vec::new();
        for kind in 0..self.kinds.by_zone.len() {
            let (kind_times, mut cells) = self.times_of_kind(&next, kind);
            cells.extend(also(kind));
            cells.sort_unstable();
            // A cell may be touched both ways: its row, and what it rests on.
            cells.dedup();
            times.push(kind_times);
            touched.push(cells);
        }
        let before = self.walks.by_kind();
        // The versions of before tell later whether a caller's times are those that changed.
        let last = LastChange {
            times: before.iter().map(|times| times.version.clone()).collect(),
            touched,
        };
        Self {
            walks: Walks::new(&next.study, &self.kinds, times),
            study: next.study,
            budget: self.budget,
            kinds: Arc::clone(&self.kinds),
            by_rules: next.by_rules,
            prepared: next.prepared,
            work: next.searched.iter().map(|searched| searched.work).sum(),
            last: Some(last),
        }
    }

    /// The travel times of a kind's people after a change, and the cells whose rows are others now.
    fn times_of_kind(&self, next: &Next<'_>, kind: usize) -> (TravelTimes, Vec<CellId>) {
        let own = self.kinds.profiles_of(kind);
        let drops = |cell: CellId, site: SiteId| {
            let profile = self.kinds.profile(&self.study, kind, cell);
            let searched = &next.searched[profile];
            searched.dropped[site.index()]
        };
        let any_dropped = own
            .iter()
            .any(|&profile| next.searched[profile].dropped.contains(&true));
        // All else stays where it lies in memory.
        let patch = Patch {
            now: next.now,
            drops: any_dropped.then_some(&drops),
            found: self.found_by_kind(next, kind),
        };
        let (rows, touched) = self.walks.by_kind()[kind].rows.patched(&patch);
        let links = next.by_rules[self.rules_of_kind(kind)].links.clone();
        let work = own.iter().map(|&profile| next.searched[profile].work).sum();
        (TravelTimes::new(links, self.budget, rows, work), touched)
    }

    /// The new pairs of a kind's people, in order.
    fn found_by_kind(&self, next: &Next<'_>, kind: usize) -> Vec<(CellId, Reach)> {
        let mut found = Vec::new();
        for profile in self.kinds.profiles_of(kind) {
            // Each profile found cells everywhere; only those count where this kind has the profile.
            let all = next.searched[profile].found.iter();
            found.extend(
                all.filter(|(cell, _)| self.kinds.profile(&self.study, kind, *cell) == profile),
            );
        }
        found.sort_unstable();
        found
    }

    /// By which of the rules a kind's people walk.
    fn rules_of_kind(&self, kind: usize) -> usize {
        // Zones change the speed and not the rules: all of a kind's profiles hang alike.
        let first_profile = self.kinds.by_zone[kind][0];
        self.rules_of(self.kinds.profiles[first_profile])
    }
}

fn place_of_rules(by_rules: &[LinksByRules], rules: &StreetRules) -> Option<usize> {
    by_rules
        .iter()
        .position(|links| links.index.rules() == rules)
}

/// Where walks from sites are searched.
struct Searching<'a> {
    study: &'a Study,
    prepared: &'a PreparedStreets,
    links: &'a Linkage,
    budget: TravelTime,
}

impl Searching<'_> {
    /// Searches from some sites, in place of those that are dropped. In parallel over the sites.
    fn search_from(&self, sites: &[SiteId], dropped: Vec<bool>) -> Searched {
        let cost_model = CostModel::new(self.study.network(), self.prepared.profile);
        // Before any thread walks: each would make them for itself.
        let cells = self.prepared.cells(&cost_model, self.links.cells());
        let by_site: Vec<(Vec<(CellId, Reach)>, Work)> = sites
            .par_iter()
            .filter_map(|&site| {
                let snap = self.links.site(site);
                let point = self.prepared.access_point(&cost_model, snap)?;
                let (reached, work) = self.prepared.catchment(cells, &point, self.budget);
                let found = reached
                    .into_iter()
                    .map(|(cell, time)| (cell, Reach { time, site }))
                    .collect();
                Some((found, work))
            })
            .collect();
        // In the order of the sites, whichever thread was done first.
        let work = by_site.iter().map(|(_, work)| *work).sum();
        let found = by_site.into_iter().flat_map(|(found, _)| found).collect();
        Searched {
            dropped,
            found,
            work,
        }
    }
}
