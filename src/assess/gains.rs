//! What each need, when it alone is met, brings to whom.
//!
//! A need names one thing that is done at one site. Whoever gets an item done by that and nothing else
//! is its gain: those for whom it was named, and all others whom it helps on the way. So the gain is what
//! a run with the change made finds, and a law holds both together.

use std::collections::HashMap;

use super::by_unit::{ByUnit, Units, sum_by_unit};
use super::needs::{Count, Need, NeedSums};
use crate::ids::{CellId, SiteId};
use crate::score::{Coverage, Mend, Party, Verdict};

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
        Counting::new(&known).over(coverage, cells)
    })
}

/// Whether a class of items with this verdict gets done for a party by a mend, at the site or at home.
pub(super) fn is_helped(
    party: Party<'_>,
    cell: CellId,
    (class, verdict): (usize, Verdict),
    mend: &Mend,
) -> bool {
    let Some(undone) = party.undone(cell, class, verdict) else {
        return false;
    };
    // A mend helps at its own site alone: there, or where a helper comes from there.
    let mut near = party.mendable(cell);
    let at_site = near.find(|reach| reach.site == mend.site);
    at_site.is_some_and(|reach| party.is_mended(&undone, reach, mend))
        || (party.sending(cell).any(|site| site == mend.site)
            && party.is_mended_at_home(&undone, mend))
}

/// The needs, to be found by where they are met.
struct Known {
    needs: Vec<Need>,
    /// The places of those about one class of items.
    of_class: HashMap<(usize, SiteId), Vec<usize>>,
    /// The places of those about a site, whatever the class.
    of_site: HashMap<SiteId, Vec<usize>>,
}

impl Known {
    /// Lists the needs by where they are met. O(needs).
    fn of(all: &NeedSums) -> Self {
        let mut known = Self {
            needs: all.needs.keys().copied().collect(),
            of_class: HashMap::new(),
            of_site: HashMap::new(),
        };
        for (place, need) in known.needs.iter().enumerate() {
            // What no site meets is met by a new one: its gain is asked elsewhere.
            let Some(mend) = need.mend else { continue };
            let list = match need.class {
                Some(class) => known.of_class.entry((class, mend.site)).or_default(),
                None => known.of_site.entry(mend.site).or_default(),
            };
            list.push(place);
        }
        known
    }

    /// The needs that are met at a site and may help with a class, each with its place.
    fn at(&self, class: usize, site: SiteId) -> impl Iterator<Item = (usize, Mend)> {
        let of_class = self.of_class.get(&(class, site));
        let of_site = self.of_site.get(&site);
        let places = of_class.into_iter().chain(of_site).flatten();
        places.filter_map(|&place| Some((place, self.needs[place].mend?)))
    }
}

/// Counts whom each need helps, cell by cell.
struct Counting<'k> {
    known: &'k Known,
    counts: Vec<Count>,
    /// For each need the last party of a cell that it was counted for: several classes may ask for the
    /// same, and the people count once.
    last_party: Vec<usize>,
    /// The last cell, which counts once, whoever of it is helped.
    last_cell: Vec<Option<CellId>>,
}

impl<'k> Counting<'k> {
    fn new(known: &'k Known) -> Self {
        let needs = known.needs.len();
        Self {
            known,
            counts: vec![Count::default(); needs],
            last_party: vec![0; needs],
            last_cell: vec![None; needs],
        }
    }

    /// What each need brings to some cells. Parties are numbered on from cell to cell: by one
    /// number a need knows whether it has counted this one.
    fn over(mut self, coverage: &Coverage, cells: &[CellId]) -> Gains {
        let mut parties = 0;
        for &cell in cells {
            for party in coverage.parties_in(cell) {
                parties += 1;
                self.take_in(party, cell, parties);
            }
        }
        let needs = self.known.needs.iter().copied().zip(self.counts);
        Gains(needs.filter(|(_, count)| count.cells > 0).collect())
    }

    /// Counts the people of a cell for each need that gets them some item done, each once.
    fn take_in(&mut self, party: Party<'_>, cell: CellId, number: usize) {
        for (class, verdict) in party.class_verdicts(cell) {
            let Some(undone) = party.undone(cell, class, verdict) else {
                continue;
            };
            for reach in party.mendable(cell) {
                for (place, mend) in self.known.at(class, reach.site) {
                    if self.last_party[place] != number && party.is_mended(&undone, reach, &mend) {
                        self.count(place, (party, cell), number);
                    }
                }
            }
            // What a site is handed its helpers bring home, beyond the limit too.
            for site in party.sending(cell) {
                for (place, mend) in self.known.at(class, site) {
                    if self.last_party[place] != number && party.is_mended_at_home(&undone, &mend) {
                        self.count(place, (party, cell), number);
                    }
                }
            }
        }
    }

    fn count(&mut self, place: usize, (party, cell): (Party<'_>, CellId), number: usize) {
        self.last_party[place] = number;
        let count = &mut self.counts[place];
        count.people += party.number(cell);
        if self.last_cell[place].replace(cell) != Some(cell) {
            count.cells += 1;
        }
    }
}
