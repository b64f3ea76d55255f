//! One bounded walk: everything within a budget of one site (*bounded Dijkstra*: Dijkstra 1959, cut at
//! the budget; what it reaches is the site's catchment).
//!
//! A walk runs from the cells to the site; the search follows it back, from the site outwards.
//!
//! # Times that need no clearing
//!
//! The junctions' times of all searches share one table. Each search counts from a base of its own
//! that lies below everything which earlier searches wrote:
//!
//! ```text
//!   u32::MAX  never reached
//!      |      search 1: base 1 ... base 1 + budget
//!      |      search 2: base 2 ... base 2 + budget       to search 2 whatever is above
//!      v      search 3                                   base 2 + budget is not reached
//!      0      no room left: the table is filled anew
//! ```
//!
//! One comparison tells whether a way is shorter, whoever wrote the other one. At 15 minutes the
//! table is filled once in 477 searches.
//!
//! A walk takes O(j + c) for the junctions j and cells c within the budget, and 4 bytes a junction
//! for each thread.

use std::ops::Range;

use super::bucket_queue::{Entry, Queue};
use super::cells_on_streets::{CellAccess, CellsOnStreets, SlotRun};
use super::contracted::{AccessPoint, ContractedStreets, InArc};
use super::csr::Csr;
use super::sentinel::NO_WAY;
use super::work::Work;

/// A cell, by its slot, and its walk to the site.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct FoundCell {
    pub slot: u32,
    pub ticks: u32,
}

/// What is searched, and how far.
#[derive(Clone, Copy)]
pub(super) struct BoundedSearch<'a> {
    pub streets: &'a ContractedStreets,
    pub cells: &'a CellsOnStreets,
    pub budget: u32,
}

/// What a walk needs while it runs: one a thread.
#[derive(Debug)]
pub(super) struct Scratch {
    /// What time zero of this search is in the table.
    base: u32,
    budget: u32,
    /// By junction; the last one is the tip of every dead end and is never reached.
    times: Vec<u32>,
    queue: Queue,
    /// The cells found by one search after the other.
    pub found: FoundCells,
    pub work: Work,
}

impl Scratch {
    pub(super) fn new(streets: &ContractedStreets) -> Self {
        Self {
            base: NO_WAY,
            budget: 0,
            times: vec![NO_WAY; streets.junctions as usize + 1],
            queue: Queue::new(),
            found: FoundCells::default(),
            work: Work::default(),
        }
    }

    /// Forgets the cells that were found and the work that it took.
    pub(super) fn clear(&mut self) {
        self.found.clear();
        self.work = Work::default();
    }

    /// Adds all cells within the budget of a site to those that were found.
    pub(super) fn cells_within(&mut self, search: BoundedSearch<'_>, site: &AccessPoint) {
        let BoundedSearch { streets, cells, .. } = search;
        let root = streets.on_root_street(site);
        self.walk_to(streets, root, search.budget);

        let times = Times {
            table: &mut self.times,
            base: self.base,
            budget: self.budget,
        };
        let own_ends = streets.streets[root.street as usize].ordered();
        for entry in self.queue.entries() {
            // Of a junction's entries only the one with its last time is looked at.
            if times.of(entry.junction) != entry.ticks {
                continue;
            }
            // Cells on the site's own street may walk along it: they are listed apart.
            let aside = if own_ends.contains(&entry.junction) {
                cells.on_street(root.street)
            } else {
                0..0
            };
            let here = Junction { entry, aside };
            times.list_around(cells, &here, &mut self.found);
        }
        let own_street = OwnStreet {
            street: root.street,
            site,
        };
        times.list_along(search, own_street, &mut self.found);
    }

    /// Starts anew with another budget (below the longest time there is).
    fn reset(&mut self, budget: u32) {
        self.budget = budget;
        self.queue.reset(budget);
        // Everything that earlier searches wrote lies above this base plus the budget.
        let base = self.base.checked_sub(budget + 1);
        self.base = base.unwrap_or_else(|| {
            self.times.fill(NO_WAY);
            NO_WAY - (budget + 1)
        });
    }

    /// Finds the time of every junction within the budget of a site on its root street.
    fn walk_to(&mut self, streets: &ContractedStreets, root: AccessPoint, budget: u32) {
        self.walk(&streets.inward, streets.junctions_to(root), budget);
    }

    /// Finds the time of every junction within the budget of any of these junctions, which have times already.
    ///
    /// Invariant: a junction's last time is that of the shortest way seen so far, and an entry with
    /// that time is in the queue until it is settled. O(j) for the junctions j within the budget.
    pub(super) fn walk(
        &mut self,
        arcs: &Csr<InArc>,
        seeds: impl Iterator<Item = (u32, u32)>,
        budget: u32,
    ) {
        // Below the end of the scale: one tick more still has room in the table.
        self.reset(budget.min(NO_WAY - 1));
        let queue = &mut self.queue;
        let mut times = Times {
            table: &mut self.times,
            base: self.base,
            budget: self.budget,
        };
        // Several sites may stand near one junction: the soonest counts.
        for (junction, ticks) in seeds {
            if times.shorten(junction, ticks) {
                queue.push(junction, ticks);
            }
        }
        let mut settled = 0;
        let mut relaxed = 0;
        while let Some(entry) = queue.pop() {
            // A shorter way was found since: its own entry counts.
            if times.of(entry.junction) != entry.ticks {
                continue;
            }
            settled += 1;
            let arcs = arcs.row(entry.junction);
            relaxed += arcs.len() as u64;
            for arc in arcs {
                let ticks = entry.ticks.saturating_add(arc.ticks);
                if times.shorten(arc.other, ticks) {
                    queue.push(arc.other, ticks);
                }
            }
        }
        // Entries stay in the queue when they are taken out: they are the list of what was reached.
        let pushed = queue.entries().len() as u64;
        self.work = self.work
            + Work {
                settled,
                relaxed,
                pushed,
            };
    }

    /// The junctions that the last walk reached, each once, with their times.
    pub(super) fn reached(&self) -> impl Iterator<Item = (u32, u32)> {
        self.queue
            .entries()
            .iter()
            .filter(|entry| self.is_last(entry))
            .map(|entry| (entry.junction, entry.ticks))
    }

    /// Whether an entry has its junction's last time: of several entries only that one counts.
    fn is_last(&self, entry: &Entry) -> bool {
        self.times[entry.junction as usize] - self.base == entry.ticks
    }
}

/// The site, and the root street that it shares with cells which may walk along it.
#[derive(Clone, Copy)]
struct OwnStreet<'a> {
    street: u32,
    site: &'a AccessPoint,
}

/// A junction that was reached, and the slots that are listed elsewhere.
struct Junction<'a> {
    entry: &'a Entry,
    aside: Range<u32>,
}

/// The times of one search in the table of all.
struct Times<'a> {
    table: &'a mut [u32],
    base: u32,
    budget: u32,
}

impl Times<'_> {
    /// The time of a junction; more than the budget when it was not reached.
    #[inline]
    fn of(&self, junction: u32) -> u32 {
        self.table[junction as usize] - self.base
    }

    /// Takes a way to a junction if it is within the budget and shorter than any before; whether it is.
    #[inline]
    fn shorten(&mut self, junction: u32, ticks: u32) -> bool {
        let time = &mut self.table[junction as usize];
        // One minimum for both questions: shorter than the last way, and within the budget.
        let shorter = ticks < (*time - self.base).min(self.budget + 1);
        if shorter {
            *time = ticks + self.base;
        }
        shorter
    }

    /// The walk from a cell by the better of its street's two ends.
    #[inline]
    fn by_either_end(&self, time_at_begin: u32, cell: &CellAccess) -> u32 {
        let by_beginning = time_at_begin.saturating_add(cell.to[0]);
        let by_end = self.of(cell.end).saturating_add(cell.to[1]);
        by_beginning.min(by_end)
    }

    /// Lists the cells on the streets around a junction, but not those that are listed elsewhere.
    #[inline]
    fn list_around(&self, cells: &CellsOnStreets, here: &Junction<'_>, found: &mut FoundCells) {
        let Junction { entry, aside } = here;
        let Range { start, end } = cells.beginning_at(entry.junction);
        let by_either_end = |cell: &CellAccess| self.by_either_end(entry.ticks, cell);
        if aside.is_empty() {
            found.take(cells.run(start..end), self.budget, by_either_end);
        } else {
            // What is listed elsewhere is left out of the run, wherever it lies.
            let before = start..aside.start.clamp(start, end);
            let after = aside.end.clamp(start, end)..end;
            found.take(cells.run(before), self.budget, by_either_end);
            found.take(cells.run(after), self.budget, by_either_end);
        }
        for street in cells.ending_at(entry.junction) {
            // Whatever begins at a junction that was reached is listed there.
            let begin_is_far = self.of(street.begin) > self.budget;
            if begin_is_far && street.slots() != *aside {
                found.take(cells.run(street.slots()), self.budget, |cell| {
                    entry.ticks.saturating_add(cell.to[1])
                });
            }
        }
    }

    /// Lists the cells on the site's own street, which may walk along it.
    fn list_along(&self, search: BoundedSearch<'_>, own: OwnStreet<'_>, found: &mut FoundCells) {
        let BoundedSearch { streets, cells, .. } = search;
        let [begin, _] = streets.streets[own.street as usize].ordered();
        // The three ways of such a cell: along the street, or around by either junction.
        let time_at_begin = self.of(begin);
        let run = cells.run(cells.on_street(own.street));
        let mut points = cells.points[run.first as usize..].iter();
        found.take(run, self.budget, |cell| {
            let along = points
                .next()
                .map_or(NO_WAY, |point| streets.along_street(point, own.site));
            along.min(self.by_either_end(time_at_begin, cell))
        });
    }
}

/// The cells found by one search after the other.
#[derive(Debug, Default)]
pub(super) struct FoundCells {
    /// Past the length lies room to write.
    found: Vec<FoundCell>,
    len: usize,
}

impl FoundCells {
    /// Adds those of neighbouring slots whose time is within the budget.
    ///
    /// Every slot is written, and the length moves on past those that count: no branch to mispredict.
    #[inline]
    fn take(&mut self, run: SlotRun<'_>, budget: u32, mut time: impl FnMut(&CellAccess) -> u32) {
        // Room for the case that all of them count.
        let end = self.len + run.cells.len();
        if self.found.len() < end {
            // Doubling, so that it is seldom done.
            self.found.resize(end * 2 + 64, FoundCell::default());
        }
        let room = &mut self.found[self.len..end];
        let mut len = 0;
        for (cell, slot) in run.cells.iter().zip(run.first..) {
            let ticks = time(cell);
            room[len] = FoundCell { slot, ticks };
            len += usize::from(ticks <= budget);
        }
        self.len += len;
    }

    /// What was found so far.
    pub(super) fn list(&self) -> &[FoundCell] {
        &self.found[..self.len]
    }

    pub(super) fn clear(&mut self) {
        self.len = 0;
    }
}
