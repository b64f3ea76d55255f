//! Whom a site serves.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use rayon::prelude::*;

use super::could_take::{Candidates, CouldTake};
use crate::assess::gains::is_helped;
use crate::ids::{CellId, ItemId, SiteId};
use crate::model::{Study, Who};
use crate::score::{Coverage, Party};
use crate::search::Reach;
use crate::units::People;

/// What a site does for the people, the firms or a group of a coverage, and what it could.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Served {
    /// Who they are.
    pub who: Who,
    /// How many have the site within their limit.
    pub within: People,
    /// In how many cells they live.
    pub cells: u64,
    /// How many of these find it closed when they come.
    pub closed_to: People,
    /// To how many it is the nearest of all sites within the search that are there on the day.
    pub nearest: People,
    /// How many would lose an item that they get done, if it closed.
    pub would_lose: People,
    /// The items that they would lose with how many would: those of the most first, of equal ones in
    /// the order of the target.
    pub only_there: Vec<(ItemId, People)>,
    /// What it could take on and bring somebody: what brings the most first, at most 10.
    pub could_take: Vec<CouldTake>,
}

/// What some cells come to.
#[derive(Default)]
struct Sums {
    within: People,
    cells: u64,
    closed_to: People,
    nearest: People,
    would_lose: People,
    /// By class of items, who would lose it.
    lost: BTreeMap<usize, People>,
    /// By class of items, whom it would be brought.
    gained: BTreeMap<usize, People>,
}

impl Served {
    /// O(cells × classes × sites within the budget) for each party, in parallel.
    pub(super) fn of(now: &Coverage, site: SiteId) -> Self {
        let candidates = Candidates::of(now, site);
        let cells = (0..now.study().cells().len()).into_par_iter();
        // All sums are of integers, so that threads change nothing.
        let sums = cells
            .map(|cell| Sums::of_cell(now, &candidates, (site, CellId::new(cell))))
            .reduce(Sums::default, Sums::and);
        Self {
            who: now.setting().who,
            within: sums.within,
            cells: sums.cells,
            closed_to: sums.closed_to,
            nearest: sums.nearest,
            would_lose: sums.would_lose,
            only_there: by_item(now, &sums.lost),
            could_take: candidates.listed(now, &sums.gained),
        }
    }
}

impl Sums {
    /// What a site does for the parties of one cell.
    fn of_cell(
        now: &Coverage,
        candidates: &Candidates<'_>,
        (site, cell): (SiteId, CellId),
    ) -> Self {
        let mut sums = Self::default();
        for party in now.parties_in(cell) {
            sums.take(now, party, (site, cell), candidates);
        }
        sums
    }

    fn take(
        &mut self,
        now: &Coverage,
        party: Party<'_>,
        (site, cell): (SiteId, CellId),
        candidates: &Candidates<'_>,
    ) {
        let number = party.number(cell);
        if party.nearest(cell).is_some_and(|reach| reach.site == site) {
            self.nearest += number;
        }
        let reach = within(now, party, (site, cell));
        // Helpers may come from beyond the limit.
        if reach.is_none() && party.sending(cell).all(|sending| sending != site) {
            return;
        }
        if let Some(reach) = reach {
            self.within += number;
            if is_closed(now.study(), party, reach) {
                self.closed_to += number;
            }
            // Parties of one cell count it once.
            if number > People::ZERO {
                self.cells = 1;
            }
        }
        self.lose(party, (site, cell));
        self.gain(party, cell, candidates);
    }

    /// Counts who would lose a class if the site were not there; once over all classes.
    fn lose(&mut self, party: Party<'_>, (site, cell): (SiteId, CellId)) {
        let number = party.number(cell);
        let mut loses = false;
        for class in party.classes_resting_on(cell, site) {
            *self.lost.entry(class).or_default() += number;
            loses = true;
        }
        if loses {
            self.would_lose += number;
        }
    }

    fn gain(&mut self, party: Party<'_>, cell: CellId, candidates: &Candidates<'_>) {
        for (class, verdict) in party.class_verdicts(cell) {
            let mend = candidates.of_class(class);
            if mend.is_some_and(|mend| is_helped(party, cell, (class, verdict), mend)) {
                *self.gained.entry(class).or_default() += party.number(cell);
            }
        }
    }

    fn and(mut self, other: Self) -> Self {
        self.within += other.within;
        self.cells += other.cells;
        self.closed_to += other.closed_to;
        self.nearest += other.nearest;
        self.would_lose += other.would_lose;
        add_all(&mut self.lost, other.lost);
        add_all(&mut self.gained, other.gained);
        self
    }
}

/// The walk to a site that is there on the day, when it is within the limit.
fn within(now: &Coverage, party: Party<'_>, (site, cell): (SiteId, CellId)) -> Option<Reach> {
    let mut reached = party.times().of(cell).iter();
    let reach = reached.find(|reach| reach.site == site)?;
    (reach.time <= party.limit(cell) && now.exists(site)).then_some(*reach)
}

/// Whether a site is closed when they come; never where no hours count.
fn is_closed(study: &Study, party: Party<'_>, reach: Reach) -> bool {
    let asked = party.setting().leaving.zip(study.time());
    asked.is_some_and(|(leaving, rule)| {
        let hours = rule.hours_of(&study.sites()[reach.site]);
        !hours.is_open_on_arrival(leaving, reach.time)
    })
}

fn add_all(sums: &mut BTreeMap<usize, People>, others: BTreeMap<usize, People>) {
    for (class, number) in others {
        *sums.entry(class).or_default() += number;
    }
}

/// The items of these classes, those of the most first.
fn by_item(now: &Coverage, by_class: &BTreeMap<usize, People>) -> Vec<(ItemId, People)> {
    let mut rows = Vec::new();
    for &item in now.items() {
        let number = by_class.get(&now.study().catalogue().class(item));
        rows.extend(number.map(|&number| (item, number)));
    }
    rows.retain(|(_, number)| *number > People::ZERO);
    rows.sort_by_key(|&(_, number)| Reverse(number));
    rows
}
