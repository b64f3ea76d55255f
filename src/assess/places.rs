//! What a new site would bring, at each of some places.
//!
//! The new site is a station as people need one: it does all that is asked, for everybody, has a helper,
//! and is open whenever they come. Who reaches it within the limit then gets everything done. All places
//! are walked from in one search.

use std::collections::HashMap;

use rayon::prelude::*;

use super::by_unit::{is_undone, unit_of};
use super::needs::Count;
use crate::ids::{CellId, SiteId, UnitId};
use crate::model::{Site, Sites, Units};
use crate::progress::Silent;
use crate::score::Coverage;
use crate::search::{Walks, walks};
use crate::units::{People, TravelTime};

/// What a new site at each of some places would bring.
#[derive(Debug, Clone, Default)]
pub(super) struct Places {
    /// For each place, whom it brings something, by their own unit.
    gains: HashMap<CellId, Vec<(Option<UnitId>, Count)>>,
}

impl Places {
    /// What a site at each of these cells would bring. O(places × search + cells × places within the
    /// limit) for each party.
    pub(super) fn of(coverage: &Coverage, mut places: Vec<CellId>) -> Self {
        places.sort_unstable();
        places.dedup();
        let study = coverage.study();
        let cells = study.cells();
        // A row that was rejected has no place to build at.
        places.retain(|&cell| cells[cell].at.is_some());
        if places.is_empty() {
            return Self::default();
        }
        let site = |&cell: &CellId| {
            let at = cells[cell].at?;
            Some(Site::at(&cells[cell].id, at))
        };
        let sites = Sites::new(places.iter().filter_map(site).collect());
        // Farther than the limit nobody is served.
        let limits = cells.iter().map(|(cell, _)| coverage.limit(cell));
        let budget = limits.max().unwrap_or(TravelTime::ZERO);
        let walks = walks(&study.with_places(sites), budget, &Silent);
        let mut gains: HashMap<CellId, Vec<(Option<UnitId>, Count)>> = HashMap::new();
        for (cell, of_cell) in gained(coverage, &walks) {
            let unit = unit_of(coverage, cell);
            for (site, people) in of_cell {
                let of_place = gains.entry(places[site.index()]).or_default();
                add(of_place, unit, people);
            }
        }
        Self { gains }
    }

    /// What a site at a place would bring to these units.
    pub(super) fn gain(&self, place: CellId, of: &[Option<UnitId>], units: &Units) -> Count {
        let mut sum = Count::default();
        for &(unit, count) in self.gains.get(&place).into_iter().flatten() {
            if is_within(unit, of, units) {
                sum.add(count);
            }
        }
        sum
    }
}

/// For each cell with something undone, the people whom a site at each of the places would bring
/// something.
fn gained(coverage: &Coverage, walks: &Walks) -> Vec<(CellId, Vec<(SiteId, People)>)> {
    let cells = (0..coverage.study().cells().len()).into_par_iter();
    cells
        .map(CellId::new)
        .filter(|&cell| is_undone(coverage, cell))
        .map(|cell| (cell, gained_in(coverage, walks, cell)))
        .collect()
}

/// The sites within the limit of those in a cell who lack something, each with how many they are.
fn gained_in(coverage: &Coverage, walks: &Walks, cell: CellId) -> Vec<(SiteId, People)> {
    let mut gained: Vec<(SiteId, People)> = Vec::new();
    for party in coverage.parties_in(cell) {
        // Who gets everything done has nothing to gain.
        if party.is_covered(cell) {
            continue;
        }
        let times = walks.of(party.who().group());
        let limit = party.limit(cell);
        let within = times
            .of(cell)
            .iter()
            .take_while(|reach| reach.time <= limit);
        for reach in within {
            match gained.iter_mut().find(|(site, _)| *site == reach.site) {
                Some((_, sum)) => *sum += party.number(cell),
                None => gained.push((reach.site, party.number(cell))),
            }
        }
    }
    gained
}

/// Adds the people of one cell to those of their unit.
fn add(counts: &mut Vec<(Option<UnitId>, Count)>, unit: Option<UnitId>, people: People) {
    let here = Count { people, cells: 1 };
    match counts.iter_mut().find(|(known, _)| *known == unit) {
        Some((_, sum)) => sum.add(here),
        None => counts.push((unit, here)),
    }
}

/// Whether a unit is one of these or lies in one of them; no unit is none of them but itself.
fn is_within(unit: Option<UnitId>, of: &[Option<UnitId>], units: &Units) -> bool {
    match unit {
        None => of.contains(&None),
        Some(unit) => units.upward(unit).any(|above| of.contains(&Some(above))),
    }
}
