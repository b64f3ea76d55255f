//! One bounded walk: everything within a budget of one site (Dijkstra 1959, cut at the budget).
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

use super::Work;
use super::bucket_queue::{Entry, Queue};
use super::cells_on_streets::{CellAccess, CellsOnStreets};
use super::contracted::{AccessPoint, ContractedStreets, InArc, NONE};
use super::csr::Csr;

/// A cell, by its seat, and its walk to the site.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Found {
    pub seat: u32,
    pub ticks: u32,
}

/// The streets with everything on them.
#[derive(Clone, Copy)]
pub(super) struct Town<'a> {
    pub core: &'a ContractedStreets,
    pub seats: &'a CellsOnStreets,
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
    pub work: Work,
}

impl Scratch {
    pub(super) fn new(core: &ContractedStreets) -> Self {
        let times = vec![NONE; core.junctions as usize + 1];
        Self {
            base: NONE,
            budget: 0,
            times,
            queue: Queue::new(),
            work: Work::default(),
        }
    }

    /// Adds all cells within the budget of a site to the list.
    pub(super) fn cells_within(
        &mut self,
        town: Town<'_>,
        site: &AccessPoint,
        budget: u32,
        finds: &mut Finds,
    ) {
        let ground = town.core.grounded(site);
        self.walk_to(town.core, &ground, budget);
        let times = Times {
            table: &mut self.times,
            base: self.base,
            budget: self.budget,
        };
        let own = town.core.streets[ground.street as usize].ordered();
        for entry in self.queue.entries() {
            // Of a junction's entries only the one with its last time is looked at.
            if times.of(entry.junction) == entry.ticks {
                let aside = if own.contains(&entry.junction) {
                    town.seats.of_street(ground.street)
                } else {
                    0..0
                };
                times.look_around(town.seats, entry, aside, finds);
            }
        }
        times.look_along(town, &ground, site, finds);
    }

    /// Starts anew with another budget (below the longest time there is).
    fn reset(&mut self, budget: u32) {
        self.budget = budget;
        self.queue.reset(budget);
        let base = self.base.checked_sub(budget + 1);
        self.base = base.unwrap_or_else(|| {
            self.times.fill(NONE);
            NONE - (budget + 1)
        });
    }

    /// Finds the time of every junction within the budget of a site on the ground.
    fn walk_to(&mut self, core: &ContractedStreets, site: &AccessPoint, budget: u32) {
        self.walk(&core.inward, core.junctions_to(*site), budget);
    }

    /// Finds the time of every junction within the budget of any of these junctions, which have times already.
    pub(super) fn walk(
        &mut self,
        arcs: &Csr<InArc>,
        seeds: impl Iterator<Item = (u32, u32)>,
        budget: u32,
    ) {
        self.reset(budget.min(NONE - 1));
        let mut times = Times {
            table: &mut self.times,
            base: self.base,
            budget: self.budget,
        };
        let queue = &mut self.queue;
        for (junction, ticks) in seeds {
            if times.shorten(junction, ticks) {
                queue.push(junction, ticks);
            }
        }
        let (mut settled, mut relaxed) = (0, 0);
        while let Some(entry) = queue.pop() {
            if times.of(entry.junction) != entry.ticks {
                continue;
            }
            settled += 1;
            let arcs = arcs.at(entry.junction);
            relaxed += arcs.len() as u64;
            for arc in arcs {
                let ticks = entry.ticks.saturating_add(arc.ticks);
                if times.shorten(arc.other, ticks) {
                    queue.push(arc.other, ticks);
                }
            }
        }
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
        // Of a junction's entries only the one with its last time counts.
        let last = |entry: &&Entry| self.times[entry.junction as usize] - self.base == entry.ticks;
        self.queue
            .entries()
            .iter()
            .filter(last)
            .map(|entry| (entry.junction, entry.ticks))
    }
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
        let shorter = ticks < (*time - self.base).min(self.budget + 1);
        if shorter {
            *time = ticks + self.base;
        }
        shorter
    }

    /// Lists the cells on the streets around a junction, but not those that are listed elsewhere.
    #[inline]
    fn look_around(
        &self,
        seats: &CellsOnStreets,
        here: &Entry,
        aside: Range<u32>,
        finds: &mut Finds,
    ) {
        let beginning = seats.beginning_at(here.junction);
        let first = beginning.start;
        let time = |seat: &CellAccess| {
            here.ticks
                .saturating_add(seat.to[0])
                .min(self.of(seat.end).saturating_add(seat.to[1]))
        };
        if aside.is_empty() {
            finds.take(first, seats.of(beginning), self.budget, time);
        } else {
            finds.take(
                first,
                seats.of(first..aside.start.clamp(first, beginning.end)),
                self.budget,
                time,
            );
            let after = aside.end.clamp(first, beginning.end);
            finds.take(after, seats.of(after..beginning.end), self.budget, time);
        }
        for ending in seats.ending_at(here.junction) {
            // Whatever begins at a junction that was reached is listed there.
            if self.of(ending.begin) > self.budget && ending.seats() != aside {
                let range = ending.seats();
                let time = |seat: &CellAccess| here.ticks.saturating_add(seat.to[1]);
                finds.take(range.start, seats.of(range), self.budget, time);
            }
        }
    }

    /// Lists the cells on the site's own street, which may walk along it.
    fn look_along(
        &self,
        Town { core, seats }: Town<'_>,
        ground: &AccessPoint,
        site: &AccessPoint,
        finds: &mut Finds,
    ) {
        let begin = self.of(core.streets[ground.street as usize].ordered()[0]);
        let own = seats.of_street(ground.street);
        let mut number = own.start;
        finds.take(own.start, seats.of(own), self.budget, |seat| {
            let direct = seats.along(core, number, site);
            number += 1;
            direct
                .min(begin.saturating_add(seat.to[0]))
                .min(self.of(seat.end).saturating_add(seat.to[1]))
        });
    }
}

/// The cells found by one search after the other.
#[derive(Debug, Default)]
pub(super) struct Finds {
    /// Past the length lies room to write.
    found: Vec<Found>,
    len: usize,
}

impl Finds {
    /// Adds those of neighbouring seats whose time is within the budget.
    ///
    /// Every seat is written, and the length moves on past those that count: no branch to mispredict.
    #[inline]
    fn take(
        &mut self,
        first: u32,
        seats: &[CellAccess],
        budget: u32,
        mut time: impl FnMut(&CellAccess) -> u32,
    ) {
        if self.found.len() < self.len + seats.len() {
            self.found
                .resize((self.len + seats.len()) * 2 + 64, Found::default());
        }
        let room = &mut self.found[self.len..self.len + seats.len()];
        let mut len = 0;
        for (seat, place) in seats.iter().zip(first..) {
            let ticks = time(seat);
            room[len] = Found { seat: place, ticks };
            len += usize::from(ticks <= budget);
        }
        self.len += len;
    }

    /// What was found so far.
    pub(super) fn list(&self) -> &[Found] {
        &self.found[..self.len]
    }

    pub(super) fn clear(&mut self) {
        self.len = 0;
    }
}
