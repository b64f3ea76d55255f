//! Cumulative opportunities: for each cell the people, jobs or sites within the budget.
//!
//! ```text
//!   cells along the curve ─► blocks ─► region of each (see `region`) ─► 32 cells at a time, a lane each
//!                                                                          climb, descend
//!   what hangs in the region ─► the smaller of two rows plus ticks, ≤ budget? + weight, lane by lane
//! ```
//!
//! A region is searched once for its whole block; after that nothing branches but the end of a loop.

use std::borrow::Cow;
use std::ops::AddAssign;

use rayon::prelude::*;

use super::access::JunctionAccess;
use super::contract::Hierarchy;
use super::junction_table::JunctionTable;
use super::lane_time::{FAR, LaneTime};
use super::opportunities::Opportunities;
use super::readers::Readers;
use super::region::Region;
use super::sweep::{Eight, Row, between, climb, descend_within, lane};
use crate::search::contracted::InArc;
use crate::search::csr::Csr;
use crate::search::prepared_study::PreparedStudy;
use crate::units::common_divisor;

/// Cells that are swept together.
const LANES: usize = 8 * WIDE;
const WIDE: usize = 4;
/// Cells that share a region.
const BLOCK: usize = 4 * LANES;

/// What is summed.
///
/// ```
/// use walkshed::search::{Engine, Weights};
/// use walkshed::{TravelTime, draw, snap};
/// let study = draw::town("A-a-b-B-------c-C", 100.0, "");
/// let links = snap::link(&study);
/// let engine = Engine::new(&links, &study.walk().profile());
/// // How many jobs lie within 5 minutes of each home: 10 at a, 20 at b, 40 at c.
/// let jobs = engine.cumulative_opportunities(TravelTime::from_minutes(5), Weights::Cells(&[10, 20, 40]));
/// assert_eq!(jobs, [30, 30, 40]);
/// ```
#[derive(Debug, Clone, Copy)]
pub enum Weights<'w> {
    /// One number for each cell, in the order of the cells.
    Cells(&'w [u64]),
    /// One number for each site, in the order of the sites.
    Sites(&'w [u64]),
}

impl<'w> Weights<'w> {
    /// These, when there is one for each cell or site and a sum of 64 bits can hold them all.
    ///
    /// # Panics
    /// When not.
    pub(super) fn checked(self, study: &PreparedStudy<'_>) -> Self {
        let expected = match self {
            Self::Cells(_) => study.study.cells().len(),
            Self::Sites(_) => study.sites.len(),
        };
        assert_eq!(expected, self.numbers().len(), "one weight for each");
        assert!(
            self.total() <= u128::from(u64::MAX),
            "the weights together pass 2^64"
        );
        self
    }

    const fn numbers(self) -> &'w [u64] {
        match self {
            Self::Cells(numbers) | Self::Sites(numbers) => numbers,
        }
    }

    fn total(self) -> u128 {
        let weights = self.numbers().iter();
        weights.map(|&weight| u128::from(weight)).sum()
    }

    /// What all of them are a multiple of; 1 where all are 0.
    fn common_part(self) -> u64 {
        let weights = self.numbers().iter();
        let divisor = weights.fold(0, |divisor, &weight| common_divisor(divisor, weight));
        divisor.max(1)
    }
}

/// For each cell the sum of the weights within the budget, on a table that has a hierarchy.
///
/// O(cells · (R + T) / lanes) in the junctions R and things T of a region.
pub(super) fn sums(
    study: &PreparedStudy<'_>,
    table: &JunctionTable,
    budget: i32,
    weights: Weights<'_>,
) -> Vec<u64> {
    let hierarchy = table.hierarchy().expect("it was contracted");
    let is_cells = matches!(weights, Weights::Cells(_));
    let opportunities = if is_cells {
        Opportunities::cells(study, &hierarchy.rank)
    } else {
        Opportunities::sites(study, &hierarchy.rank)
    };
    let run = Run {
        study,
        hierarchy,
        budget,
        outward: study.streets().outward(),
        opportunities,
        is_cells,
        readers: table.cells(study),
    };
    // Up to 27.9 minutes 32 bits hold every tick, and rows take half the memory.
    if budget <= f32::LONGEST {
        run.narrowed::<f32>(weights)
    } else {
        run.narrowed::<f64>(weights)
    }
}

/// All that the threads share.
struct Run<'a> {
    study: &'a PreparedStudy<'a>,
    hierarchy: &'a Hierarchy,
    budget: i32,
    outward: Cow<'a, Csr<InArc>>,
    opportunities: Opportunities<'a>,
    /// Whether those are the cells themselves.
    is_cells: bool,
    readers: &'a Readers,
}

/// What a thread uses again and again.
struct ThreadState<T> {
    region: Region,
    /// The region's rows, one lane a cell, and one without times after the last.
    lanes: Vec<Row<T, WIDE>>,
    /// The smallest time of each row.
    least: Vec<T>,
}

impl Run<'_> {
    /// Half as wide sums where they fit: whole people in millionths have a large common part.
    fn narrowed<T: LaneTime>(&self, weights: Weights<'_>) -> Vec<u64> {
        let numbers = weights.numbers();
        // Sums of multiples of a number are sums of small numbers times that number.
        let part = weights.common_part();
        let in_order = self
            .opportunities
            .numbers()
            .iter()
            .map(|&number| numbers[number as usize]);
        if weights.total() / u128::from(part) > u128::from(u32::MAX) {
            let weights: Vec<u64> = in_order.collect();
            return self.sums::<T, u64>(&weights);
        }
        let weights: Vec<u32> = in_order
            .map(|weight| u32::try_from(weight / part).expect("less than their sum"))
            .collect();
        self.sums::<T, u32>(&weights)
            .into_iter()
            .map(|sum| u64::from(sum) * part)
            .collect()
    }

    /// The sums of all cells, in their order.
    fn sums<T: LaneTime, N: Number>(&self, weights: &[N]) -> Vec<N> {
        // Slots are along the curve: neighbours close together.
        let cell_of_slot = &self.study.cells().cells;
        let slots: Vec<u32> = (0_u32..).take(cell_of_slot.len()).collect();
        let sums: Vec<Vec<N>> = slots
            .par_chunks(BLOCK)
            .map_init(
                || self.thread_state(),
                |state: &mut ThreadState<T>, block| self.block(state, block, weights),
            )
            .collect();
        let mut by_cell = vec![N::default(); self.study.study.cells().len()];
        for (&cell, sum) in cell_of_slot.iter().zip(sums.into_iter().flatten()) {
            by_cell[cell as usize] = sum;
        }
        by_cell
    }

    fn thread_state<T>(&self) -> ThreadState<T> {
        ThreadState {
            region: Region::new(self.hierarchy.rank.len(), self.budget),
            lanes: Vec::new(),
            least: Vec::new(),
        }
    }

    /// The sums of a block of neighbouring slots.
    fn block<T: LaneTime, N: Number>(
        &self,
        state: &mut ThreadState<T>,
        block: &[u32],
        weights: &[N],
    ) -> Vec<N> {
        let budget = T::of(self.budget);
        self.find_region(&mut state.region, block);
        // Looked up once for the block, and then gone through for each 32 cells of it.
        let near = self.opportunities.in_region(&state.region, weights);
        let mut sums = Vec::with_capacity(block.len());
        for slots in block.chunks(LANES) {
            self.sweep(state, slots);
            let mut lane_sums = [N::default(); LANES];
            for (access, weight) in &near {
                // Most of what the block reaches lies too far from these few.
                if least_time(&state.least, access) <= budget {
                    let reaching = Reaching {
                        access,
                        budget,
                        weight: *weight,
                    };
                    reaching.add_to(&mut lane_sums, &state.lanes);
                }
            }
            for (lane, &slot) in slots.iter().enumerate() {
                lane_sums[lane] += self.on_own_street(state, Lane { lane, slot }, weights);
            }
            sums.extend_from_slice(&lane_sums[..slots.len()]);
        }
        sums
    }

    /// Finds the region of a block: one walk from all its cells.
    fn find_region(&self, region: &mut Region, block: &[u32]) {
        let order = &self.hierarchy.order;
        // A junction near several cells gets the soonest of their times: any of them may go there.
        let seeds = block
            .iter()
            .map(|&slot| self.access_of(slot))
            .flat_map(|access| access.ends.into_iter().zip(access.ticks))
            .filter(|&(end, ticks)| (end as usize) < order.len() && ticks < FAR)
            .map(|(end, ticks)| (order[end as usize], ticks.cast_unsigned()));
        self.study.prepared.with_scratch(|scratch| {
            scratch.walk(&self.outward, seeds, self.budget.cast_unsigned());
            region.fill(self.hierarchy, scratch.reached());
        });
    }

    /// From a slot to its junctions.
    fn access_of(&self, slot: u32) -> &JunctionAccess {
        let cell = self.study.cells().cells[slot as usize];
        &self.readers.access[cell as usize]
    }

    /// Fills the region's rows, one lane a slot, and the smallest time of each.
    fn sweep<T: LaneTime>(&self, state: &mut ThreadState<T>, slots: &[u32]) {
        let ThreadState {
            region,
            lanes,
            least,
        } = state;
        lanes.clear();
        // The row past the last stays without times: ends outside the region read it.
        lanes.resize(region.vertices.len() + 1, [Eight::EMPTY; WIDE]);
        for (number, &slot) in slots.iter().enumerate() {
            let access = self.access_of(slot);
            for (end, ticks) in access.ends.into_iter().zip(access.ticks) {
                // Both ends of a ring are one junction: the better of two seeds.
                if let Some(place) = region.place(end) {
                    let seed = lane(&mut lanes[place as usize], number);
                    *seed = T::of(ticks).or_sooner(*seed);
                }
            }
        }
        let [up, down] = region.arcs(self.hierarchy.symmetric());
        // Outward from the cells: up by arcs that lead up, and down by those that lead down.
        climb(up, lanes);
        descend_within(down, lanes, least, T::of(self.budget));
    }

    /// The weights of what shares a street with a cell and is within the budget along it, where it
    /// is not by way of the junctions.
    fn on_own_street<T: LaneTime, N: Number>(
        &self,
        state: &ThreadState<T>,
        at: Lane,
        weights: &[N],
    ) -> N {
        let streets = self.study.streets();
        let Lane { lane, slot } = at;
        let from = &self.study.cells().points[slot as usize];
        let street = streets.on_root_street(from).street;
        let mut sum = N::default();
        for place in self.opportunities.on_street(street) {
            let access = state.region.access(self.opportunities.access(place));
            let around = access.map(|access| time_of(&state.lanes, &access, lane));
            // It was counted already.
            if around.is_some_and(|time| time <= T::of(self.budget)) {
                continue;
            }
            // A cell is within its own budget, whatever its gap.
            let is_itself = self.is_cells && place == slot as usize;
            let to = self.opportunities.point(place);
            if is_itself || streets.along_street(from, to) <= self.budget.cast_unsigned() {
                sum += weights[place];
            }
        }
        sum
    }
}

/// A slot, and the lane that it is swept in.
#[derive(Clone, Copy)]
struct Lane {
    lane: usize,
    slot: u32,
}

/// A sum of weights.
trait Number: Copy + Default + AddAssign + Send + Sync {}
impl Number for u32 {}
impl Number for u64 {}

/// Something within the budget of some lanes, perhaps.
struct Reaching<'a, T, N> {
    access: &'a JunctionAccess,
    budget: T,
    weight: N,
}

impl<T: LaneTime, N: Number> Reaching<'_, T, N> {
    /// Adds its weight to the sums of those lanes that reach it.
    #[inline]
    fn add_to(&self, sums: &mut [N; LANES], rows: &[Row<T, WIDE>]) {
        let [first, second] = self.access.ends.map(|end| &rows[end as usize]);
        let legs = self.access.ticks.map(T::of);
        let (eights, _) = sums.as_chunks_mut::<8>();
        for ((sums, first), second) in eights.iter_mut().zip(first).zip(second) {
            let times = between([first, second], legs);
            for (sum, time) in sums.iter_mut().zip(times) {
                // Nothing is added where it is too far: no branch to mispredict.
                *sum += if time <= self.budget {
                    self.weight
                } else {
                    N::default()
                };
            }
        }
    }
}

/// The time of the lane that gets there first.
#[inline]
fn least_time<T: LaneTime>(least: &[T], access: &JunctionAccess) -> T {
    let [a, b] = access.ends.map(|end| least[end as usize]);
    let [to_a, to_b] = access.ticks.map(T::of);
    (a + to_a).or_sooner(b + to_b)
}

/// The time of one lane.
fn time_of<T: LaneTime>(rows: &[Row<T, WIDE>], access: &JunctionAccess, lane: usize) -> T {
    let [a, b] = access
        .ends
        .map(|end| rows[end as usize][lane / 8].0[lane % 8]);
    let [to_a, to_b] = access.ticks.map(T::of);
    (a + to_a).or_sooner(b + to_b)
}
