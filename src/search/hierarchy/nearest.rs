//! The nearest of several sets of sites, for every cell or node: the answer, and how it is read.
//!
//! ```text
//!   sites of each category → rows of their streets' junctions     (seeds, one lane a category)
//!   climb, descend         → a row for every junction             (see `sweep`)
//!   cells, nodes           ← the smaller of two rows plus ticks, whenever it is asked for
//!   what shares a street with a site ← the walk along it, where that is shorter
//! ```
//!
//! The answer stays as it is on the junctions, one in seven vertices of a town, and takes as much less memory.

use std::sync::Arc;

use rayon::prelude::*;

use super::access::JunctionAccess;
use super::lane_time::LaneTime;
use super::readers::Readers;
use super::sweep::{Eight, between};
use crate::ids::{CellId, NodeId};
use crate::search::sentinel::NO_WAY;
use crate::units::TravelTime;

/// Readers that one thread reads out at a time.
const BLOCK: usize = 4_096;
/// So many categories share a row at most.
pub(super) const LANES: usize = 32;

/// For each cell and each category the walk to the category's nearest site.
///
/// ```
/// use walkshed::ids::CellId;
/// use walkshed::model::SiteSet;
/// use walkshed::search::Engine;
/// use walkshed::{TravelTime, draw, snap};
/// let study = draw::town("A-s-a-----t-B", 100.0, "st");
/// let links = snap::link(&study);
/// let engine = Engine::new(&links, &study.walk().profile());
/// // Two categories: stations, of which s is one, and banks, of which t is one.
/// let [stations, banks] = ["s", "t"].map(|id| SiteSet::of(study.sites().find(id)));
/// let nearest = engine.nearest(TravelTime::from_minutes(5), &[stations, banks]);
/// let times: Vec<_> = nearest.times(CellId::new(0)).map(|time| time.map(|time| time.to_string())).collect();
/// assert_eq!(times, [Some("3 min 00 s".to_owned()), None], "the bank is 9 minutes away");
/// ```
#[derive(Debug, Clone)]
pub struct Nearest(pub(super) Answer);

/// For each node of the network and each category the walk to the category's nearest site.
///
/// ```
/// use walkshed::ids::NodeId;
/// use walkshed::model::SiteSet;
/// use walkshed::search::Engine;
/// use walkshed::{TravelTime, draw, snap};
/// let study = draw::town("A--s----B", 100.0, "s");
/// let links = snap::link(&study);
/// let engine = Engine::new(&links, &study.walk().profile());
/// let all = [SiteSet::of(study.sites().find("s"))];
/// let nearest = engine.nearest_at_nodes(TravelTime::from_minutes(30), &all);
/// let minutes = [0, 1].map(|node| nearest.time(NodeId::new(node), 0).unwrap().seconds() / 60.0);
/// assert_eq!(minutes, [4.5, 7.5]);
/// ```
#[derive(Debug, Clone)]
pub struct NearestAtNodes(pub(super) Answer);

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

    /// All walks in ticks: cell by cell in their order, by category; [`u32::MAX`] where there is none.
    ///
    /// In parallel, O(cells · categories), and 4 bytes a walk.
    #[must_use]
    pub fn ticks(&self) -> Vec<u32> {
        self.0.ticks()
    }

    /// The walks from a cell, by category. O(categories).
    ///
    /// # Panics
    /// When there is no such cell.
    pub fn times(&self, cell: CellId) -> impl Iterator<Item = Option<TravelTime>> {
        self.0.times(cell.index())
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

    /// All walks in ticks: node by node in the network's order, by category; [`u32::MAX`] where there is none.
    ///
    /// In parallel, O(nodes · categories), and 4 bytes a walk.
    #[must_use]
    pub fn ticks(&self) -> Vec<u32> {
        self.0.ticks()
    }

    /// The walks from a node, by category. O(categories).
    ///
    /// # Panics
    /// When there is no such node.
    pub fn times(&self, node: NodeId) -> impl Iterator<Item = Option<TravelTime>> {
        self.0.times(node.index())
    }
}

#[derive(Debug, Clone)]
pub(super) struct Answer {
    pub readers: Arc<Readers>,
    pub budget: i32,
    pub categories: usize,
    /// By [`LANES`] categories.
    pub parts: Vec<Part>,
    /// The shortest walks along streets, by the number of the reader and by category;
    /// [`super::lane_time::FAR`] where none is.
    pub along: Vec<i32>,
}

/// The times of up to 32 categories at every junction, in numbers that hold the budget.
#[derive(Debug, Clone)]
pub(super) enum Part {
    Short(LaneRows<f32>),
    Long(LaneRows<f64>),
}

/// A row for each junction by rank, and one without times for the tips of dead ends.
#[derive(Debug, Clone)]
pub(super) struct LaneRows<T> {
    /// How many eights a row has.
    pub eights: usize,
    pub rows: Vec<Eight<T>>,
}

impl Answer {
    pub(super) fn time(&self, reader: usize, category: usize) -> Option<TravelTime> {
        let categories = self.categories;
        assert!(category < categories, "there is no category {category}");
        let around = self.around(&self.readers.access[reader], category);
        self.shorter(reader, category, around)
    }

    fn times(&self, reader: usize) -> impl Iterator<Item = Option<TravelTime>> {
        let access = self.readers.access[reader];
        (0..self.categories).map(move |category| {
            let around = self.around(&access, category);
            self.shorter(reader, category, around)
        })
    }

    fn ticks(&self) -> Vec<u32> {
        let access = &self.readers.access;
        let width = self.categories.max(1);
        let mut ticks = vec![NO_WAY; access.len() * self.categories];
        ticks
            .par_chunks_mut(BLOCK * width)
            .zip(access.par_chunks(BLOCK))
            .for_each(|(all, access)| {
                let mut lines = Lines {
                    all,
                    width,
                    budget: self.budget,
                };
                for (part, first) in self.parts.iter().zip((0..).step_by(LANES)) {
                    lines.write_part(part, access, first);
                }
            });
        // Few readers share a street with a site: their walks along it come after.
        let same_street = self.readers.same_street.readers();
        for (reader, along) in same_street.zip(self.along.chunks(width)) {
            let line = &mut ticks[reader * width..];
            for (ticks, &along) in line.iter_mut().zip(along) {
                if along <= self.budget {
                    *ticks = along.cast_unsigned().min(*ticks);
                }
            }
        }
        ticks
    }

    /// The walk by way of the junctions or along the street, whichever is shorter, if it is within
    /// the budget.
    #[inline]
    fn shorter(&self, reader: usize, category: usize, around: i32) -> Option<TravelTime> {
        let ticks = match self.readers.same_street.number(reader) {
            None => around,
            Some(number) => {
                let along = self.along[number as usize * self.categories + category];
                around.min(along)
            }
        };
        (ticks <= self.budget).then(|| TravelTime::from_ticks(ticks.cast_unsigned()))
    }

    /// Ticks by way of the junctions.
    #[inline]
    fn around(&self, access: &JunctionAccess, category: usize) -> i32 {
        match &self.parts[category / LANES] {
            Part::Short(rows) => rows.time(access, category % LANES),
            Part::Long(rows) => rows.time(access, category % LANES),
        }
    }
}

impl<T: LaneTime> LaneRows<T> {
    #[inline]
    fn row(&self, rank: u32) -> &[Eight<T>] {
        &self.rows[rank as usize * self.eights..][..self.eights]
    }

    #[inline]
    fn time(&self, access: &JunctionAccess, lane: usize) -> i32 {
        let first = self.time_by(access, 0, lane);
        let second = self.time_by(access, 1, lane);
        first.or_sooner(second).ticks()
    }

    #[inline]
    fn time_by(&self, access: &JunctionAccess, end: usize, lane: usize) -> T {
        let eight = access.ends[end] as usize * self.eights + lane / 8;
        self.rows[eight].0[lane % 8] + T::of(access.ticks[end])
    }
}

/// Lines of a table, one a reader, that are written column by column.
struct Lines<'a> {
    all: &'a mut [u32],
    width: usize,
    budget: i32,
}

impl Lines<'_> {
    /// Writes what some readers read of some categories, from this column on.
    fn write_part(&mut self, part: &Part, access: &[JunctionAccess], first: usize) {
        match part {
            Part::Short(rows) => self.write(rows, access, first),
            Part::Long(rows) => self.write(rows, access, first),
        }
    }

    /// Writes the walks of some categories, from the `first` on, for all readers of a block.
    fn write<T: LaneTime>(&mut self, rows: &LaneRows<T>, access: &[JunctionAccess], first: usize) {
        let budget = self.budget;
        let is_narrow = self.width <= 8;
        for (line, access) in access.iter().enumerate() {
            let [a, b] = access.ends.map(|end| rows.row(end));
            // The ticks to both junctions are the same for all categories of a reader.
            let legs = access.ticks.map(T::of);
            let begin = line * self.width;
            let end = begin + self.width;
            for (number, (a, b)) in a.iter().zip(b).enumerate() {
                let ticks = between([a, b], legs).map(|time| cut(time.ticks(), budget));
                let from = begin + first + 8 * number;
                // Eight at once are the faster copy; what they spill past a narrow line is written
                // over by the next one.
                let has_room = is_narrow || from + 8 <= end;
                if has_room && from + 8 <= self.all.len() {
                    self.all[from..from + 8].copy_from_slice(&ticks);
                } else {
                    self.all[from..end].copy_from_slice(&ticks[..end - from]);
                }
            }
        }
    }
}

/// Ticks within the budget as they are; past it all bits are set ([`NO_WAY`]), without a branch.
#[inline]
const fn cut(ticks: i32, budget: i32) -> u32 {
    let past = (budget - ticks) >> 31;
    ticks.cast_unsigned() | past.cast_unsigned()
}
