//! Sums over everybody's ball: for each cell the people, jobs or sites within the budget.
//!
//! ```text
//!   cells along the curve ─► blocks ─► region of each (see `region`) ─► 32 cells at a time, a lane each
//!                                                                          climb, descend
//!   things that hang in the region ─► the smaller of two rows plus ticks, ≤ budget? + weight, lane by lane
//! ```
//!
//! A region is searched once for its whole block; after that nothing branches but the end of a loop.

use std::borrow::Cow;
use std::ops::AddAssign;

use rayon::prelude::*;

use super::contract::Hierarchy;
use super::lanes::{Eight, Row, between, climb, descend_within, lane};
use super::perch::{Perch, Readers};
use super::region::Region;
use super::time::{FAR, Time};
use super::{Table, ticks};
use crate::search::Engine;
use crate::search::core::{Arc, Spot};
use crate::search::grouped::Grouped;
use crate::units::TravelTime;

/// Cells that are swept together.
const LANES: usize = 8 * WIDE;
const WIDE: usize = 4;
/// Cells that share a region.
const BLOCK: usize = 4 * LANES;

/// What is summed.
#[derive(Debug, Clone, Copy)]
pub enum Weights<'w> {
    /// One number for each cell, in the order of the cells.
    Cells(&'w [u64]),
    /// One number for each site, in the order of the sites.
    Sites(&'w [u64]),
}

impl Engine<'_> {
    /// For every cell the sum of the weights of all cells or sites within the budget (inclusive).
    ///
    /// The walk is from the cell outward, gaps included, exact to the tick. A cell that hangs on a street
    /// is within its own budget, whatever its gap; one that hangs on none reaches nothing, so its
    /// sum is 0, as is the weight of what hangs on none. In parallel over blocks of neighbouring cells;
    /// the result does not depend on the number of threads. O(cells · (R + T) / lanes) in the junctions R
    /// and things T within the budget, on a hierarchy ([`Engine::contract`]).
    ///
    /// ```
    /// use walkshed::{TravelTime, draw, search::{Engine, Weights}, snap};
    /// let study = draw::town("
    ///     A--a--B--b------c--s---C
    /// ", 100.0, "s");
    /// let links = snap::link(&study);
    /// let people: Vec<u64> = study.cells().iter().map(|(_, cell)| cell.people.millionths() / 1_000_000).collect();
    /// let engine = Engine::new(&study, &links, &study.walk().profile());
    /// // 15 minutes at 4 km/h are 1,000 m: a to b is 600 m, b to c 700 m, a to c 1,300 m.
    /// let sums = engine.balls(TravelTime::from_minutes(15), Weights::Cells(&people));
    /// assert_eq!(sums, [1 + 2, 1 + 2 + 4, 2 + 4]);
    /// ```
    ///
    /// # Panics
    /// When there is not one weight for each cell or site, or the weights together pass 2⁶⁴.
    #[must_use]
    pub fn balls(&self, budget: TravelTime, weights: Weights<'_>) -> Vec<u64> {
        let (Weights::Cells(numbers) | Weights::Sites(numbers)) = weights;
        let things = if matches!(weights, Weights::Cells(_)) {
            self.study.cells().len()
        } else {
            self.sites.len()
        };
        assert_eq!(things, numbers.len(), "one weight for each");
        let total: u128 = numbers.iter().map(|&weight| u128::from(weight)).sum();
        assert!(
            total <= u128::from(u64::MAX),
            "the weights together pass 2^64"
        );
        let budget = ticks(budget);
        let table = self.contracted(budget);
        if budget <= f32::LONGEST {
            Run::new(self, &table, budget, weights).narrowed::<f32>(numbers, total)
        } else {
            Run::new(self, &table, budget, weights).narrowed::<f64>(numbers, total)
        }
    }
}

/// The greatest common divisor (Euclid).
const fn common(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { common(b, a % b) }
}

/// Things in the order of the streets that they hang on.
struct Laid<'a> {
    /// Which they are, by the caller's numbers.
    numbers: Cow<'a, [u32]>,
    spots: Cow<'a, [Spot]>,
    /// The first of each street, and the one after the last.
    of_street: Cow<'a, [[u32; 2]]>,
}

/// What is summed.
struct Things<'a> {
    laid: Laid<'a>,
    /// From the junctions to each.
    perches: Vec<Perch>,
    /// The streets that have any, by the rank of either end.
    at: Grouped<u32>,
}

impl<'a> Things<'a> {
    fn cells(engine: &'a Engine<'_>, rank: &[u32]) -> Self {
        let seats = engine.seats();
        let (numbers, spots) = (Cow::Borrowed(&*seats.cells), Cow::Borrowed(&*seats.spots));
        Self::laid(
            engine,
            rank,
            Laid {
                numbers,
                spots,
                of_street: Cow::Borrowed(seats.streets()),
            },
        )
    }

    fn sites(engine: &'a Engine<'_>, rank: &[u32]) -> Self {
        let sites = engine.sites_by_street();
        let of_street = (0_u32..)
            .take(sites.len())
            .map(|street| sites.places(street));
        let of_street: Vec<[u32; 2]> = of_street.map(|places| [places.start, places.end]).collect();
        let numbers = sites.into_things();
        let spots: Vec<Spot> = numbers
            .iter()
            .filter_map(|&site| engine.sites[site as usize])
            .collect();
        Self::laid(
            engine,
            rank,
            Laid {
                numbers: numbers.into(),
                spots: spots.into(),
                of_street: of_street.into(),
            },
        )
    }

    fn laid(engine: &Engine<'_>, rank: &[u32], laid: Laid<'a>) -> Self {
        let perches = laid
            .spots
            .par_iter()
            .map(|spot| Perch::arriving(engine.core(), rank, spot))
            .collect();
        let tip = rank.len() - 1;
        let some = (0_u32..)
            .zip(&*laid.of_street)
            .filter(|(_, [first, end])| first < end);
        let ends = some.flat_map(|(street, _)| {
            let [a, b] = engine.core().streets[street as usize]
                .ends
                .map(|end| rank[end as usize]);
            std::iter::once((a, street)).chain((a != b).then_some((b, street)))
        });
        let at = Grouped::new(tip, ends.filter(|(end, _)| (*end as usize) < tip));
        Self { laid, perches, at }
    }

    fn on(&self, street: u32) -> std::ops::Range<usize> {
        let [first, end] = self.laid.of_street[street as usize];
        first as usize..end as usize
    }
}

/// All that the threads share.
struct Run<'a> {
    engine: &'a Engine<'a>,
    hierarchy: &'a Hierarchy,
    budget: i32,
    outward: Cow<'a, Grouped<Arc>>,
    things: Things<'a>,
    /// Whether they are the cells themselves.
    itself: bool,
    readers: &'a Readers,
}

/// What a thread uses again and again.
struct Desk<T> {
    region: Region,
    lanes: Vec<Row<T, WIDE>>,
    least: Vec<T>,
}

impl<'a> Run<'a> {
    fn new(engine: &'a Engine<'_>, table: &'a Table, budget: i32, weights: Weights<'_>) -> Self {
        let hierarchy = &table.hierarchy.as_ref().expect("it was contracted").1;
        let itself = matches!(weights, Weights::Cells(_));
        let things = if itself { Things::cells } else { Things::sites }(engine, &hierarchy.rank);
        let (outward, readers) = (engine.core().outward(), &**table.cells(engine));
        Self {
            engine,
            hierarchy,
            budget,
            outward,
            things,
            itself,
            readers,
        }
    }

    /// Half as wide sums where they fit: whole people in millionths have a large common part.
    fn narrowed<T: Time>(&self, weights: &[u64], total: u128) -> Vec<u64> {
        let part = weights
            .iter()
            .fold(0, |part, &weight| common(part, weight))
            .max(1);
        let laid = self
            .things
            .laid
            .numbers
            .iter()
            .map(|&thing| weights[thing as usize]);
        if total / u128::from(part) <= u128::from(u32::MAX) {
            let small = |weight: u64| u32::try_from(weight / part).expect("less than their sum");
            let sums = self.sums::<T, u32>(&laid.map(small).collect::<Vec<u32>>());
            return sums.into_iter().map(|sum| u64::from(sum) * part).collect();
        }
        self.sums::<T, u64>(&laid.collect::<Vec<u64>>())
    }

    /// The sums of all cells, in their order.
    fn sums<T: Time, N: Number>(&self, weights: &[N]) -> Vec<N> {
        // Seats are along the curve: neighbours close together.
        let seats = self.engine.seats();
        let desk = || Desk {
            region: Region::new(self.hierarchy.rank.len(), self.budget),
            lanes: Vec::new(),
            least: Vec::new(),
        };
        let seated: Vec<u32> = (0_u32..).take(seats.cells.len()).collect();
        let block = |desk: &mut Desk<T>, block: &[u32]| self.block(desk, block, weights);
        let sums: Vec<Vec<N>> = seated.par_chunks(BLOCK).map_init(desk, block).collect();
        let mut by_cell = vec![N::default(); self.engine.study.cells().len()];
        for (&cell, sum) in seats.cells.iter().zip(sums.into_iter().flatten()) {
            by_cell[cell as usize] = sum;
        }
        by_cell
    }

    /// The sums of a block of neighbouring seats.
    fn block<T: Time, N: Number>(
        &self,
        desk: &mut Desk<T>,
        block: &[u32],
        weights: &[N],
    ) -> Vec<N> {
        self.find(&mut desk.region, block);
        let things = self.near(&desk.region, weights);
        let (mut sums, budget) = (Vec::with_capacity(block.len()), T::of(self.budget));
        for seats in block.chunks(LANES) {
            self.sweep(desk, seats);
            let mut sum = [N::default(); LANES];
            // Most of what the block reaches lies too far from these few.
            for (perch, weight) in &things {
                let near =
                    |end: usize| desk.least[perch.ends[end] as usize] + T::of(perch.ticks[end]);
                if near(0).or_sooner(near(1)) <= budget {
                    add(&mut sum, &desk.lanes, perch, *weight, budget);
                }
            }
            for (lane, &seat) in seats.iter().enumerate() {
                self.add_beside(desk, (lane, seat), weights, &mut sum[lane]);
            }
            sums.extend_from_slice(&sum[..seats.len()]);
        }
        sums
    }

    /// Finds the region of a block.
    fn find(&self, region: &mut Region, block: &[u32]) {
        let perches = block.iter().map(|&seat| self.perch_of(seat));
        let tip = self.hierarchy.order.len();
        let seeds = perches.flat_map(|perch| perch.ends.into_iter().zip(perch.ticks));
        let seeds = seeds.filter(|&(end, ticks)| (end as usize) < tip && ticks < FAR);
        let seeds =
            seeds.map(|(end, ticks)| (self.hierarchy.order[end as usize], ticks.cast_unsigned()));
        self.engine.ground.with_scratch(|scratch, _| {
            scratch.walk(&self.outward, seeds, self.budget.cast_unsigned());
            region.fill(self.hierarchy, scratch.reached());
        });
    }

    /// From a seat to its junctions.
    fn perch_of(&self, seat: u32) -> &Perch {
        &self.readers.perches[self.engine.seats().cells[seat as usize] as usize]
    }

    /// What hangs in the region and may be within the budget, with its weight.
    fn near<N: Number>(&self, region: &Region, weights: &[N]) -> Vec<(Perch, N)> {
        let mut near = Vec::new();
        for &vertex in &region.vertices {
            for &street in self.things.at.at(vertex) {
                let things = self.things.on(street);
                // A street is listed at both its ends, and taken once.
                let first = self.things.perches[things.start].ends[0];
                if vertex == first || region.place(first).is_none() {
                    let thing = |thing: usize| {
                        Some((region.perch(&self.things.perches[thing])?, weights[thing]))
                    };
                    near.extend(things.filter_map(thing));
                }
            }
        }
        near
    }

    /// The region's rows, one lane a seat, and one without times after the last; and the smallest
    /// time of each.
    fn sweep<T: Time>(&self, desk: &mut Desk<T>, seats: &[u32]) {
        let Desk {
            region,
            lanes,
            least,
        } = desk;
        lanes.clear();
        lanes.resize(region.vertices.len() + 1, [Eight::EMPTY; WIDE]);
        for (number, &seat) in seats.iter().enumerate() {
            let perch = self.perch_of(seat);
            for (end, ticks) in perch.ends.into_iter().zip(perch.ticks) {
                if let Some(place) = region.place(end) {
                    let seed = lane(&mut lanes[place as usize], number);
                    *seed = T::of(ticks).or_sooner(*seed);
                }
            }
        }
        let [up, down] = region.arcs(self.hierarchy.even());
        climb(up, lanes);
        descend_within(down, lanes, least, T::of(self.budget));
    }

    /// What shares a street with a cell is near along it, perhaps, where it is not by way of the junctions.
    fn add_beside<T: Time, N: Number>(
        &self,
        desk: &Desk<T>,
        (lane, seat): (usize, u32),
        weights: &[N],
        sum: &mut N,
    ) {
        let core = &self.engine.core();
        let from = &self.engine.seats().spots[seat as usize];
        for thing in self.things.on(core.grounded(from).street) {
            let own = self.itself && thing == seat as usize;
            let around = desk
                .region
                .perch(&self.things.perches[thing])
                .map(|perch| at(&desk.lanes, &perch, lane));
            let far = around.is_none_or(|time| time > T::of(self.budget));
            let along =
                || core.along(from, &self.things.laid.spots[thing]) <= self.budget.cast_unsigned();
            if far && (own || along()) {
                *sum += weights[thing];
            }
        }
    }
}

/// A sum of weights.
trait Number: Copy + Default + AddAssign + Send + Sync {}
impl Number for u32 {}
impl Number for u64 {}

/// Adds the weight of a thing to the sums of those lanes that reach it.
#[inline]
fn add<T: Time, N: Number>(
    sums: &mut [N; LANES],
    rows: &[Row<T, WIDE>],
    perch: &Perch,
    weight: N,
    budget: T,
) {
    let [first, second] = perch.ends.map(|end| &rows[end as usize]);
    let legs = perch.ticks.map(T::of);
    for ((sums, first), second) in sums
        .as_chunks_mut::<8>()
        .0
        .iter_mut()
        .zip(first)
        .zip(second)
    {
        for (sum, time) in sums.iter_mut().zip(between([first, second], legs)) {
            *sum += if time <= budget { weight } else { N::default() };
        }
    }
}

/// The time of one lane at a perch.
fn at<T: Time>(rows: &[Row<T, WIDE>], perch: &Perch, lane: usize) -> T {
    let time =
        |end: usize| rows[perch.ends[end] as usize][lane / 8].0[lane % 8] + T::of(perch.ticks[end]);
    time(0).or_sooner(time(1))
}
