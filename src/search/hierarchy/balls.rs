//! Sums over everybody's ball: for each cell the people, jobs or sites within the budget.
//!
//! ```text
//!   cells along the curve ─► blocks ─► region of each (see `region`) ─► 32 cells at a time, a lane each
//!                                                                          climb, descend
//!   things that hang in the region ─► the smaller of two rows plus ticks, ≤ budget? + weight, lane by lane
//! ```
//!
//! A region is searched once for its whole block; after that nothing branches but the end of a loop.

use std::ops::AddAssign;

use rayon::prelude::*;

use super::hang::{Hook, Hung, Perch};
use super::lanes::{Eight, Row, climb, descend_within, lane};
use super::queue::{Core, Way};
use super::region::Region;
use super::ticks::FAR;
use super::{Engine, Hierarchy, Sweeps};
use crate::model::{Profile, Study};
use crate::snap::Linkage;
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

/// For every cell the sum of the weights of all cells or sites within the budget (inclusive).
///
/// The walk is from the cell outward, gaps included, exact to the tick. A cell that hangs on a street
/// is within its own budget, whatever its gap; one that hangs on none reaches nothing, so its
/// sum is 0, as is the weight of what hangs on none. In parallel over blocks of neighbouring cells;
/// the result does not depend on the number of threads. O(cells · (R + T) / lanes) in the vertices R
/// and things T within the budget.
///
/// ```
/// use walkshed::{TravelTime, draw, search, search::Weights, snap};
/// let study = draw::town("
///     A--a--B--b------c--s---C
/// ", 100.0, "s");
/// let links = snap::link(&study);
/// let people: Vec<u64> = study.cells().iter().map(|(_, cell)| cell.people.millionths() / 1_000_000).collect();
/// let profile = study.profiles(None)[0];
/// // 15 minutes at 4 km/h are 1,000 m: a to b is 600 m, b to c 700 m, a to c 1,300 m.
/// let sums = search::balls(&study, &links, &profile, TravelTime::from_minutes(15), Weights::Cells(&people));
/// assert_eq!(sums, [1 + 2, 1 + 2 + 4, 2 + 4]);
/// ```
///
/// # Panics
/// When there is not one weight for each cell or site, or the weights together pass 2⁶⁴.
#[must_use]
pub fn balls(study: &Study, links: &Linkage, profile: &Profile, budget: TravelTime, weights: Weights<'_>) -> Vec<u64> {
    Sweeps::new(study, links, profile, budget).balls(weights)
}

impl Sweeps<'_> {
    /// As [`balls`], on streets that are ready.
    ///
    /// # Panics
    /// As [`balls`].
    #[must_use]
    pub fn balls(&self, weights: Weights<'_>) -> Vec<u64> {
        let Engine::Sweep(hierarchy) = &self.engine else { unreachable!("only one question is asked uncontracted") };
        let sites;
        let (hung, weights, itself) = match weights {
            Weights::Cells(weights) => (self.cells(), weights, true),
            Weights::Sites(weights) => {
                sites = Hung::new(&self.chains, self.engine.rank(), self.site_hooks.clone());
                (&sites, weights, false)
            }
        };
        assert_eq!(hung.hooks.len(), weights.len(), "one weight for each");
        let total: u128 = weights.iter().map(|&weight| u128::from(weight)).sum();
        assert!(total <= u128::from(u64::MAX), "the weights together pass 2^64");
        // Half as wide sums where they fit: whole people in millionths have a large common part.
        let part = weights.iter().fold(0, |part, &weight| common(part, weight)).max(1);
        let run = Run::new(self, hierarchy, hung, itself);
        if total / u128::from(part) <= u128::from(u32::MAX) {
            let small = |weight: &u64| u32::try_from(weight / part).expect("less than their sum");
            let sums = run.sums(&weights.iter().map(small).collect::<Vec<u32>>());
            return sums.into_iter().map(|sum| u64::from(sum) * part).collect();
        }
        run.sums(weights)
    }
}

/// The greatest common divisor (Euclid).
const fn common(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { common(b, a % b) }
}

/// All that the threads share.
struct Run<'a> {
    sweeps: &'a Sweeps<'a>,
    hierarchy: &'a Hierarchy,
    core: Core,
    /// The things that are summed.
    hung: &'a Hung,
    /// Whether they are the cells themselves.
    itself: bool,
    /// From the ends of its chain to each thing.
    arriving: Vec<Perch>,
    /// By rank: where the things at a vertex start in the list, then the things.
    starts: Vec<u32>,
    list: Vec<u32>,
}

impl<'a> Run<'a> {
    fn new(sweeps: &'a Sweeps<'a>, hierarchy: &'a Hierarchy, hung: &'a Hung, itself: bool) -> Self {
        let (chains, rank) = (&sweeps.chains, &hierarchy.rank);
        let arriving = |hook: &Option<Hook>| Perch::of(hook.as_ref(), |hook| hook.arriving(chains, rank));
        let arriving: Vec<Perch> = hung.hooks.par_iter().map(arriving).collect();
        let (starts, list) = by_end(rank.len(), &hung.hooks, &arriving);
        let core = Core::ranked(chains, rank.clone(), Way::Along);
        Self { sweeps, hierarchy, core, hung, itself, arriving, starts, list }
    }

    /// The sums of all cells, in their order.
    fn sums<T: Copy + Default + AddAssign + Send + Sync>(&self, weights: &[T]) -> Vec<T> {
        let cells = self.along_the_curve();
        let scratch = || Region::new(self.hierarchy.rank.len(), self.sweeps.budget);
        let block = |region: &mut Region, block: &[u32]| self.block(region, block, weights);
        let sums: Vec<Vec<T>> = cells.par_chunks(BLOCK).map_init(scratch, block).collect();
        let mut by_cell = vec![T::default(); self.sweeps.study.cells().len()];
        for (&cell, sum) in cells.iter().zip(sums.into_iter().flatten()) {
            by_cell[cell as usize] = sum;
        }
        by_cell
    }

    /// The cells that hang on streets, neighbours close together.
    fn along_the_curve(&self) -> Vec<u32> {
        let hooks = &self.sweeps.cells().hooks;
        let hung = (0_u32..).zip(hooks).filter_map(|(cell, hook)| Some((cell, hook.as_ref()?)));
        let key = |hook: &Hook| (self.sweeps.chains.ends(hook.chain)[0], hook.place);
        let mut keyed: Vec<_> = hung.map(|(cell, hook)| (key(hook), cell)).collect();
        keyed.par_sort_unstable();
        keyed.into_iter().map(|(_, cell)| cell).collect()
    }

    fn block<T: Copy + Default + AddAssign>(&self, region: &mut Region, cells: &[u32], weights: &[T]) -> Vec<T> {
        let perches = &self.sweeps.cells().perches;
        region.find(&self.core, self.hierarchy, cells.iter().map(|&cell| perches[cell as usize]));
        let things = self.things(region, weights);
        let mut sums = Vec::with_capacity(cells.len());
        for lanes in cells.chunks(LANES) {
            let (rows, least) = self.sweep(region, lanes);
            let mut sum = [T::default(); LANES];
            // Most of what the block reaches lies too far from these few.
            let near = |perch: &Perch, end: usize| least[perch.ends[end] as usize] + perch.ticks[end];
            for (perch, weight) in &things {
                if near(perch, 0).min(near(perch, 1)) <= self.sweeps.budget {
                    add(&mut sum, &rows, perch, *weight, self.sweeps.budget);
                }
            }
            for (lane, &cell) in lanes.iter().enumerate() {
                self.add_own_chain(region, &rows, (lane, cell), weights, &mut sum[lane]);
            }
            sums.extend_from_slice(&sum[..lanes.len()]);
        }
        sums
    }

    /// What hangs in the region and may be within the budget, with its weight.
    fn things<T: Copy>(&self, region: &Region, weights: &[T]) -> Vec<(Perch, T)> {
        let mut things = Vec::new();
        for &vertex in &region.vertices {
            let at = self.starts[vertex as usize] as usize..self.starts[vertex as usize + 1] as usize;
            for &thing in &self.list[at] {
                let perch = &self.arriving[thing as usize];
                // A thing is listed at both its ends, and taken once.
                if vertex == perch.ends[0] || region.place(perch.ends[0]).is_none() {
                    things.extend(region.perch(perch).map(|perch| (perch, weights[thing as usize])));
                }
            }
        }
        things
    }

    /// The region's rows, one lane a cell, and one without times after the last; and the smallest
    /// time of each.
    fn sweep(&self, region: &Region, cells: &[u32]) -> (Vec<Row<WIDE>>, Vec<i32>) {
        let mut rows = vec![[Eight::EMPTY; WIDE]; region.vertices.len() + 1];
        for (number, &cell) in cells.iter().enumerate() {
            let perch = &self.sweeps.cells().perches[cell as usize];
            for (end, ticks) in perch.ends.into_iter().zip(perch.ticks) {
                if let Some(place) = region.place(end) {
                    let seed = lane(&mut rows[place as usize], number);
                    *seed = ticks.min(*seed);
                }
            }
        }
        let [up, down] = region.arcs(self.hierarchy.even());
        climb(up, &mut rows);
        let least = descend_within(down, &mut rows, self.sweeps.budget);
        (rows, least)
    }

    /// What shares a chain with a cell is near along it, perhaps, where it is not by way of the ends.
    fn add_own_chain<T: Copy + AddAssign>(
        &self,
        region: &Region,
        rows: &[Row<WIDE>],
        (lane, cell): (usize, u32),
        weights: &[T],
        sum: &mut T,
    ) {
        let Some(from) = &self.sweeps.cells().hooks[cell as usize] else { return };
        let budget = self.sweeps.budget;
        for (thing, to) in self.hung.on(from.chain) {
            let own = self.itself && thing == cell as usize;
            let around = region.perch(&self.arriving[thing]).map_or(FAR, |perch| at(rows, &perch, lane));
            if around > budget && (own || from.direct(to, &self.sweeps.chains) <= budget) {
                *sum += weights[thing];
            }
        }
    }
}

/// Adds the weight of a thing to the sums of those lanes that reach it.
#[inline]
fn add<T: Copy + Default + AddAssign>(
    sums: &mut [T; LANES],
    rows: &[Row<WIDE>],
    perch: &Perch,
    weight: T,
    budget: i32,
) {
    let [first, second] = perch.ends.map(|end| &rows[end as usize]);
    for (eight, sums) in sums.as_chunks_mut::<8>().0.iter_mut().enumerate() {
        let (first, second) = (&first[eight].0, &second[eight].0);
        for lane in 0..8 {
            let ticks = (first[lane] + perch.ticks[0]).min(second[lane] + perch.ticks[1]);
            sums[lane] += if ticks <= budget { weight } else { T::default() };
        }
    }
}

/// The time of one lane at a perch.
fn at(rows: &[Row<WIDE>], perch: &Perch, lane: usize) -> i32 {
    let time = |end: usize| rows[perch.ends[end] as usize][lane / 8].0[lane % 8] + perch.ticks[end];
    time(0).min(time(1))
}

/// Groups things by both their ends. O(V + things).
fn by_end(vertices: usize, hooks: &[Option<Hook>], perches: &[Perch]) -> (Vec<u32>, Vec<u32>) {
    let ends = || {
        let hung = (0_u32..).zip(hooks.iter().zip(perches)).filter(|(_, (hook, _))| hook.is_some());
        hung.flat_map(|(thing, (_, perch))| {
            let [first, second] = perch.ends;
            std::iter::once((first, thing)).chain((first != second).then_some((second, thing)))
        })
    };
    let mut starts = vec![0_u32; vertices + 1];
    ends().for_each(|(end, _)| starts[end as usize] += 1);
    let mut total = 0;
    for start in &mut starts {
        total += *start;
        *start = total;
    }
    let mut list = vec![0; total as usize];
    for (end, thing) in ends() {
        starts[end as usize] -= 1;
        list[starts[end as usize] as usize] = thing;
    }
    (starts, list)
}
