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
use super::core::{Core, NONE, Spot};
use super::queue::Queue;
use super::seats::{Seat, Seats};

/// A cell, by its seat, and its walk to the site.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Found {
    pub seat: u32,
    pub ticks: u32,
}

/// The streets with everything on them.
#[derive(Clone, Copy)]
pub(super) struct Town<'a> {
    pub core: &'a Core,
    pub seats: &'a Seats,
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
    pub(super) fn new(core: &Core) -> Self {
        let times = vec![NONE; core.junctions as usize + 1];
        Self { base: NONE, budget: 0, times, queue: Queue::default(), work: Work::default() }
    }

    /// Adds all cells within the budget of a site to the list.
    pub(super) fn cells_within(&mut self, town: Town<'_>, site: &Spot, budget: u32, finds: &mut Finds) {
        let ground = town.core.grounded(site);
        self.walk(town.core, &ground, budget);
        finds.budget = self.budget;
        finds.aside = town.seats.of_street(ground.street);
        for entry in self.queue.entries() {
            // Of a junction's entries only the one with its last time is looked at.
            if self.times[entry.junction as usize] == entry.ticks + self.base {
                self.look_around(town.seats, entry.junction, entry.ticks, finds);
            }
        }
        self.look_along(town, &ground, site, finds);
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

    /// Finds the time of every junction within the budget.
    fn walk(&mut self, core: &Core, site: &Spot, budget: u32) {
        self.reset(budget.min(NONE - 1));
        for (end, leg) in core.streets[site.street as usize].ends.into_iter().zip(site.arrive) {
            if end < core.junctions {
                self.offer(end, 0, leg.saturating_add(site.into));
            }
        }
        let (mut settled, mut relaxed) = (0, 0);
        while let Some(entry) = self.queue.pop() {
            if self.times[entry.junction as usize] != entry.ticks + self.base {
                continue;
            }
            settled += 1;
            let arcs = core.arcs_to(entry.junction);
            relaxed += arcs.len() as u64;
            for arc in arcs {
                self.offer(arc.from, entry.ticks, arc.ticks);
            }
        }
        let pushed = self.queue.entries().len() as u64;
        self.work = self.work + Work { settled, relaxed, pushed };
    }

    /// Offers a way to a junction; taken when it is within the budget and shorter than any before.
    #[inline]
    fn offer(&mut self, junction: u32, ticks: u32, more: u32) {
        if more > self.budget - ticks {
            return;
        }
        let ticks = ticks + more;
        let time = &mut self.times[junction as usize];
        if ticks + self.base < *time {
            *time = ticks + self.base;
            self.queue.push(junction, ticks);
        }
    }

    /// The time of a junction; none when it is not within the budget.
    #[inline]
    fn time(&self, junction: u32) -> u32 {
        let ticks = self.times[junction as usize] - self.base;
        if ticks <= self.budget { ticks } else { NONE }
    }

    /// Lists the cells on the streets around a junction, but not those that are listed elsewhere.
    #[inline]
    fn look_around(&self, seats: &Seats, junction: u32, here: u32, finds: &mut Finds) {
        let beginning = seats.beginning_at(junction);
        let first = beginning.start;
        finds.take(first, seats.of(beginning), |seat| {
            here.saturating_add(seat.to[0]).min(self.time(seat.end).saturating_add(seat.to[1]))
        });
        for ending in seats.ending_at(junction) {
            // Whatever begins at a junction that was reached is listed there.
            if self.time(ending.begin) == NONE {
                let range = ending.seats();
                finds.take(range.start, seats.of(range), |seat| here.saturating_add(seat.to[1]));
            }
        }
    }

    /// Lists the cells on the site's own street, which may walk along it.
    fn look_along(&self, Town { core, seats }: Town<'_>, ground: &Spot, site: &Spot, finds: &mut Finds) {
        let begin = self.time(core.streets[ground.street as usize].ordered()[0]);
        let own = std::mem::take(&mut finds.aside);
        let mut number = own.start;
        finds.take(own.start, seats.of(own), |seat| {
            let direct = seats.along(core, number, site);
            number += 1;
            direct.min(begin.saturating_add(seat.to[0])).min(self.time(seat.end).saturating_add(seat.to[1]))
        });
    }
}

/// The cells found by one search after the other.
#[derive(Debug, Default)]
pub(super) struct Finds {
    /// Past the length lies room to write.
    found: Vec<Found>,
    len: usize,
    budget: u32,
    /// These seats are not listed now.
    aside: Range<u32>,
}

impl Finds {
    /// Adds those of neighbouring seats whose time is within the budget.
    ///
    /// Every seat is written, and the length moves on past those that count: no branch to mispredict.
    #[inline]
    fn take(&mut self, first: u32, seats: &[Seat], mut time: impl FnMut(&Seat) -> u32) {
        if self.found.len() < self.len + seats.len() {
            self.found.resize((self.len + seats.len()) * 2 + 64, Found::default());
        }
        let (start, aside) = (self.aside.start, self.aside.end - self.aside.start);
        for (number, seat) in (first..).zip(seats) {
            let ticks = time(seat);
            self.found[self.len] = Found { seat: number, ticks };
            self.len += usize::from((ticks <= self.budget) & (number.wrapping_sub(start) >= aside));
        }
    }

    /// What was found so far.
    pub(super) fn list(&self) -> &[Found] {
        &self.found[..self.len]
    }

    pub(super) fn clear(&mut self) {
        self.len = 0;
    }
}
