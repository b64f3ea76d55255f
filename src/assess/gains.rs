//! What each need, when it alone is met, brings to whom.
//!
//! A need names one thing that is done at one site. Whoever gets an item done by that and nothing else
//! is its gain: those for whom it was named, and all others whom it helps on the way. So the gain is what
//! a run with the change made finds, and a law holds both together.

use std::collections::HashMap;

use super::by_unit::{ByUnit, Units, sum_by_unit};
use super::needs::{Count, Need, NeedSums, add};
use crate::ids::{CellId, SiteId};
use crate::score::{Coverage, Party, Undone, Verdict};
use crate::units::People;

/// What needs bring to some cells.
#[derive(Debug, Clone, Default)]
pub(super) struct Gains(HashMap<Need, Count>);

impl ByUnit for Gains {
    fn add_all(&mut self, other: &Self) {
        for (need, &count) in &other.0 {
            self.0.entry(*need).or_default().add(count);
        }
    }
}

impl Gains {
    /// What a need brings.
    pub(super) fn of(&self, need: &Need) -> Count {
        self.0.get(need).copied().unwrap_or_default()
    }
}

/// What each of these needs brings to each unit, when it alone is met. O(cells × classes × sites within
/// the limit × needs of one class at one site) for each party, in parallel.
pub(super) fn gains(coverage: &Coverage, all: &NeedSums) -> Units<Gains> {
    let known = Known::of(all);
    sum_by_unit(coverage, |cells| {
        let mut gains = Gains::default();
        for &cell in cells {
            for (need, people) in known.gains_in(coverage, cell) {
                let count = Count { people, cells: 1 };
                gains.0.entry(need).or_default().add(count);
            }
        }
        gains
    })
}

/// The needs, to be found by where they are met.
struct Known {
    /// Those about one class of items.
    of_class: HashMap<(usize, SiteId), Vec<Need>>,
    /// Those about a site, whatever the class.
    of_site: HashMap<SiteId, Vec<Need>>,
}

impl Known {
    fn of(all: &NeedSums) -> Self {
        let mut known = Self {
            of_class: HashMap::new(),
            of_site: HashMap::new(),
        };
        for need in all.needs.keys() {
            let Some(mend) = need.mend else { continue };
            let list = match need.class {
                Some(class) => known.of_class.entry((class, mend.site)).or_default(),
                None => known.of_site.entry(mend.site).or_default(),
            };
            list.push(*need);
        }
        known
    }

    /// What they bring to the people of one cell.
    fn gains_in(&self, coverage: &Coverage, cell: CellId) -> Vec<(Need, People)> {
        let mut gains = Vec::new();
        for party in coverage.parties_in(cell) {
            for need in self.helpful(party, cell) {
                add(&mut gains, need, party.number(cell));
            }
        }
        gains
    }

    /// The needs that, when met, get these people of a cell some item done, each once.
    fn helpful(&self, party: Party<'_>, cell: CellId) -> Vec<Need> {
        let mut helpful: Vec<Need> = Vec::new();
        for (class, verdict) in party.class_verdicts(cell) {
            let Some(undone) = undone(party, cell, class, verdict) else {
                continue;
            };
            for reach in party.mendable(cell) {
                for need in self.at(class, reach.site) {
                    let Some(mend) = need.mend else { continue };
                    if !helpful.contains(need) && party.is_mended(&undone, reach, &mend) {
                        helpful.push(*need);
                    }
                }
            }
            // What a site is handed its helpers bring home, beyond the limit too.
            for site in party.sending(cell) {
                for need in self.at(class, site) {
                    let Some(mend) = need.mend else { continue };
                    if !helpful.contains(need) && party.is_mended_at_home(&undone, &mend) {
                        helpful.push(*need);
                    }
                }
            }
        }
        helpful
    }

    /// The needs that are met at a site and may help with a class.
    fn at(&self, class: usize, site: SiteId) -> impl Iterator<Item = &Need> {
        let of_class = self.of_class.get(&(class, site));
        let of_site = self.of_site.get(&site);
        of_class.into_iter().chain(of_site).flatten()
    }
}

/// What is undone of a class, if a site that is there can be mended so that it is done.
fn undone(party: Party<'_>, cell: CellId, class: usize, verdict: Verdict) -> Option<Undone> {
    match verdict {
        Verdict::NotOffered { missing, .. } => Some(Undone {
            cell,
            class,
            missing,
        }),
        // No site is near, but a helper may come.
        Verdict::TooFar { .. } | Verdict::OutOfReach | Verdict::Stranded { .. } => {
            party.undone_at_home(cell, class)
        }
        Verdict::Covered { .. } | Verdict::AtHome { .. } | Verdict::Online | Verdict::Unknown => {
            None
        }
    }
}
