//! The nearest of several sets of sites, for every cell or node.
//!
//! ```text
//!   sites of each category → rows of their chains' ends     (seeds, one lane a category)
//!   climb, descend         → a row for every core vertex    (see `lanes`)
//!   cells, nodes           ← the smaller of two rows plus ticks, in the caller's order
//!   what shares a chain with a site ← the walk along the chain, where that is shorter
//! ```

use std::sync::{MutexGuard, PoisonError};

use rayon::prelude::*;

use super::hang::{Hook, Perch};
use super::lanes::{Eight, Row, climb, descend, lane};
use super::ticks::plus;
use super::{Engine, Sweeps};
use crate::ids::{CellId, NodeId, SiteId};
use crate::model::{Profile, SiteSet, Study};
use crate::snap::Linkage;
use crate::units::TravelTime;

/// No walk within the budget.
const NONE: u32 = u32::MAX;
/// Rows that one thread reads out at a time.
const BLOCK: usize = 4_096;

/// For each cell and each category the walk to the category's nearest site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Nearest(Table);

/// For each node of the network and each category the walk to the category's nearest site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NearestAtNodes(Table);

impl Nearest {
    /// The walk from a cell to the nearest site of a category; none when none is within the budget,
    /// or the cell hangs on no street. O(1).
    ///
    /// # Panics
    /// When there is no such cell or category.
    #[must_use]
    pub fn time(&self, cell: CellId, category: usize) -> Option<TravelTime> {
        self.0.time(cell.index(), category)
    }
}

impl NearestAtNodes {
    /// The walk from a node to the nearest site of a category; none when none is within the budget. O(1).
    ///
    /// # Panics
    /// When there is no such node or category.
    #[must_use]
    pub fn time(&self, node: NodeId, category: usize) -> Option<TravelTime> {
        self.0.time(node.index(), category)
    }
}

/// Ticks by row and category, up to 32 categories a part.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Table {
    rows: usize,
    parts: Vec<Part>,
}

/// Ticks of a few categories: row by row, in blocks that the threads make one by one.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Part {
    categories: usize,
    blocks: Vec<Vec<u32>>,
}

impl Table {
    fn time(&self, row: usize, category: usize) -> Option<TravelTime> {
        let part = &self.parts[category / 32];
        let lane = category % 32;
        assert!(lane < part.categories, "there is no category {category}");
        let ticks = part.blocks[row / BLOCK][row % BLOCK * part.categories + lane];
        (ticks != NONE).then(|| TravelTime::from_ticks(ticks))
    }

    /// Shortens a time.
    fn offer(&mut self, row: usize, category: usize, ticks: i32, budget: i32) {
        let part = &mut self.parts[category / 32];
        let known = &mut part.blocks[row / BLOCK][row % BLOCK * part.categories + category % 32];
        if ticks <= budget {
            *known = (*known).min(ticks.cast_unsigned());
        }
    }
}

impl Sweeps<'_> {
    /// For every cell the walk to the nearest site of each category: a category is an item, a kind, any
    /// set of sites. Sites that hang on no street are nobody's nearest.
    ///
    /// Times only; who needs the sites too takes [`crate::search::travel_times_as`]. Two sweeps for
    /// up to 32 categories together, O((V + A + cells) · categories) in the core's vertices V and arcs
    /// A; cells are read out in parallel. The result does not depend on the number of threads.
    #[must_use]
    pub fn nearest(&self, categories: &[SiteSet]) -> Nearest {
        let cells = self.cells();
        let mut table = self.table(&cells.perches, categories);
        for (hook, of) in self.sites_of(categories) {
            for (cell, from) in cells.on(hook.chain) {
                let ticks = from.direct(hook, &self.chains);
                for &category in &of {
                    table.offer(cell, category, ticks, self.budget);
                }
            }
        }
        Nearest(table)
    }

    /// The same for every node of the network, in the network's order.
    #[must_use]
    pub fn nearest_at_nodes(&self, categories: &[SiteSet]) -> NearestAtNodes {
        let mut table = self.table(self.nodes(), categories);
        for (hook, of) in self.sites_of(categories) {
            let mut offer = |node: usize, ticks: i32| {
                for &category in &of {
                    table.offer(node, category, ticks, self.budget);
                }
            };
            let places = self.chains.places(hook.chain);
            let mut ticks = plus(hook.arrive[0], hook.gap);
            for place in (places.start..hook.place).rev() {
                offer(self.chains.bead(place), ticks);
                ticks = plus(ticks, self.chains.pace(place)[0]);
            }
            ticks = plus(hook.arrive[1], hook.gap);
            for place in hook.place..places.end - 1 {
                offer(self.chains.bead(place), ticks);
                ticks = plus(ticks, self.chains.pace(place + 1)[1]);
            }
        }
        NearestAtNodes(table)
    }

    /// The sites that hang on a street and belong to some category, and to which.
    fn sites_of<'a>(&'a self, categories: &'a [SiteSet]) -> impl Iterator<Item = (&'a Hook, Vec<usize>)> {
        self.site_hooks.iter().enumerate().filter_map(|(site, hook)| {
            let site = SiteId::new(site);
            let of: Vec<usize> = (0..categories.len()).filter(|&place| categories[place].contains(site)).collect();
            Some((hook.as_ref()?, of)).filter(|(_, of)| !of.is_empty())
        })
    }

    /// Times by way of the ends of chains.
    fn table(&self, perches: &[Perch], categories: &[SiteSet]) -> Table {
        let parts = categories.chunks(32).map(|part| {
            let blocks = match part.len() {
                0..=8 => self.read_out::<1>(perches, part),
                9..=16 => self.read_out::<2>(perches, part),
                _ => self.read_out::<4>(perches, part),
            };
            Part { categories: part.len(), blocks }
        });
        Table { rows: perches.len(), parts: parts.collect() }
    }

    /// Sweeps, and reads one row a perch.
    fn read_out<const W: usize>(&self, perches: &[Perch], categories: &[SiteSet]) -> Vec<Vec<u32>> {
        let mut lanes = self.idle().pop().unwrap_or_default();
        lanes.clear();
        lanes.resize(W * self.chains.core.len().max(1), Eight::EMPTY);
        let (rows, _) = lanes.as_chunks_mut();
        self.spread::<W>(rows, categories);
        let block = |perches: &[Perch]| block(rows, perches, categories.len(), self.budget);
        let blocks = perches.par_chunks(BLOCK).map(block).collect();
        self.idle().push(lanes);
        blocks
    }

    /// Rows of earlier questions: fresh memory costs more than half a sweep.
    fn idle(&self) -> MutexGuard<'_, Vec<Vec<Eight>>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Seeds every site and fills the row of every core vertex.
    fn spread<const W: usize>(&self, rows: &mut [Row<W>], categories: &[SiteSet]) {
        for (number, category) in categories.iter().enumerate() {
            for perch in category.iter().filter_map(|site| self.sites.get(site.index())) {
                for (end, ticks) in perch.ends.into_iter().zip(perch.ticks) {
                    let seed = lane(&mut rows[end as usize], number);
                    *seed = ticks.min(*seed);
                }
            }
        }
        match &self.engine {
            Engine::Sweep(hierarchy) => {
                climb(hierarchy.down(), rows);
                descend(hierarchy.up(), rows);
            }
            Engine::Queue(core) => {
                (0..categories.len()).for_each(|lane| core.spread(rows, lane, self.budget));
            }
        }
    }
}

/// The times at some perches, so many a row.
fn block<const W: usize>(rows: &[Row<W>], perches: &[Perch], width: usize, budget: i32) -> Vec<u32> {
    let mut block = Vec::with_capacity(perches.len() * width + 8 * W);
    for (place, perch) in (1..).zip(perches) {
        // A whole row is the faster copy; what it spills is cut off again.
        block.extend_from_slice(at(rows, perch, budget).as_flattened());
        block.truncate(place * width);
    }
    block
}

/// The smaller of the two sums, lane by lane; [`NONE`] past the budget.
#[inline]
fn at<const W: usize>(rows: &[Row<W>], perch: &Perch, budget: i32) -> [[u32; 8]; W] {
    let [first, second] = perch.ends.map(|end| &rows[end as usize]);
    let mut cut = [[NONE; 8]; W];
    for ((cut, first), second) in cut.iter_mut().zip(first).zip(second) {
        for ((cut, first), second) in cut.iter_mut().zip(first.0).zip(second.0) {
            let ticks = (first + perch.ticks[0]).min(second + perch.ticks[1]);
            *cut = if ticks > budget { NONE } else { ticks.cast_unsigned() };
        }
    }
    cut
}

/// For every cell the walk to the nearest site of each category, for those who walk by this profile.
///
/// A category is an item, a kind, any set of sites. The walk is from the cell to the site, gaps
/// included, and exact to the tick: what [`crate::search::travel_times_as`] finds. One question; for
/// many about the same streets make them ready once ([`Sweeps`]). How it is searched depends on how
/// much there is to do, and changes no result.
///
/// ```
/// use walkshed::{TravelTime, draw, model::SiteSet, search, snap};
/// let study = draw::town("
///     A--c--B--s--C----d--------------t
/// ", 100.0, "st");
/// let links = snap::link(&study);
/// let [s, t] = ["s", "t"].map(|id| study.sites().find(id).unwrap());
/// let categories = [SiteSet::of([s]), SiteSet::of([t]), SiteSet::of([s, t])];
/// let profile = study.profiles(None)[0];
/// let budget = TravelTime::from_minutes(15);
/// let nearest = search::nearest(&study, &links, &profile, budget, &categories);
/// let metres = |cell, category| {
///     let time = nearest.time(walkshed::ids::CellId::new(cell), category);
///     time.map(|time| profile.speed.metres(time).round())
/// };
/// assert_eq!([0, 1, 2].map(|category| metres(0, category)), [Some(600.0), None, Some(600.0)]);
/// assert_eq!([0, 1, 2].map(|category| metres(1, category)), [Some(800.0), None, Some(800.0)]);
/// ```
#[must_use]
pub fn nearest(
    study: &Study,
    links: &Linkage,
    profile: &Profile,
    budget: TravelTime,
    categories: &[SiteSet],
) -> Nearest {
    Sweeps::once(study, links, profile, budget, categories).nearest(categories)
}

/// For every node of the network the walk to the nearest site of each category; else as [`nearest()`].
#[must_use]
pub fn nearest_at_nodes(
    study: &Study,
    links: &Linkage,
    profile: &Profile,
    budget: TravelTime,
    categories: &[SiteSet],
) -> NearestAtNodes {
    Sweeps::once(study, links, profile, budget, categories).nearest_at_nodes(categories)
}
