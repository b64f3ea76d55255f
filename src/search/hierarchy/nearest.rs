//! The nearest of several sets of sites, for every cell or node.
//!
//! ```text
//!   sites of each category → rows of their streets' junctions     (seeds, one lane a category)
//!   climb, descend         → a row for every junction             (see `lanes`)
//!   cells, nodes           ← the smaller of two rows plus ticks, whenever it is asked for
//!   what shares a street with a site ← the walk along it, where that is shorter
//! ```
//!
//! The answer stays as it is on the junctions, one in seven vertices of a town, and takes as much less memory.

use std::sync::Arc;

use rayon::prelude::*;

use super::lanes::{Eight, Row, between, climb, descend, lane};
use super::perch::{Perch, Readers};
use super::time::{FAR, Time};
use super::{Table, ticks};
use crate::ids::{CellId, NodeId, SiteId};
use crate::model::SiteSet;
use crate::search::Engine;
use crate::units::TravelTime;

/// No walk within the budget.
const NONE: u32 = u32::MAX;
/// Readers that one thread reads out at a time.
const BLOCK: usize = 4_096;
/// So many categories share a row at most.
const LANES: usize = 32;

/// For each cell and each category the walk to the category's nearest site.
#[derive(Debug, Clone)]
pub struct Nearest(Answer);

/// For each node of the network and each category the walk to the category's nearest site.
#[derive(Debug, Clone)]
pub struct NearestAtNodes(Answer);

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
    readers: Arc<Readers>,
    budget: i32,
    categories: usize,
    parts: Vec<Part>,
    /// The shortest walks along streets, by the number of the reader and by category; [`FAR`] where none is.
    beside: Vec<i32>,
}

/// The times of up to 32 categories at every junction: so many eights a row.
#[derive(Debug, Clone)]
struct Part {
    eights: usize,
    rows: Rows,
}

#[derive(Debug, Clone)]
enum Rows {
    Short(Vec<Eight<f32>>),
    Long(Vec<Eight<f64>>),
}

impl Answer {
    pub(super) fn time(&self, reader: usize, category: usize) -> Option<TravelTime> {
        assert!(
            category < self.categories,
            "there is no category {category}"
        );
        let around = self.around(&self.readers.perches[reader], category);
        self.told(reader, category, around)
    }

    fn times(&self, reader: usize) -> impl Iterator<Item = Option<TravelTime>> {
        let perch = self.readers.perches[reader];
        (0..self.categories)
            .map(move |category| self.told(reader, category, self.around(&perch, category)))
    }

    fn ticks(&self) -> Vec<u32> {
        let (perches, width) = (&self.readers.perches, self.categories.max(1));
        let mut ticks = vec![NONE; perches.len() * self.categories];
        let blocks = ticks
            .par_chunks_mut(BLOCK * width)
            .zip(perches.par_chunks(BLOCK));
        blocks.for_each(|(block, perches)| {
            for (part, first) in self.parts.iter().zip((0..).step_by(LANES)) {
                part.write(
                    perches,
                    self.budget,
                    first,
                    &mut Lines { all: block, width },
                );
            }
        });
        for (reader, beside) in self.readers.beside.readers().zip(self.beside.chunks(width)) {
            for (ticks, &along) in ticks[reader * width..].iter_mut().zip(beside) {
                *ticks = (*ticks).min(if along <= self.budget {
                    along.cast_unsigned()
                } else {
                    NONE
                });
            }
        }
        ticks
    }

    #[inline]
    fn told(&self, reader: usize, category: usize, around: i32) -> Option<TravelTime> {
        let along = |number| self.beside[number as usize * self.categories + category];
        let ticks = self
            .readers
            .beside
            .number(reader)
            .map_or(around, |number| around.min(along(number)));
        (ticks <= self.budget).then(|| TravelTime::from_ticks(ticks.cast_unsigned()))
    }

    /// Ticks by way of the junctions.
    #[inline]
    fn around(&self, perch: &Perch, category: usize) -> i32 {
        let Part { eights, rows } = &self.parts[category / LANES];
        match rows {
            Rows::Short(rows) => around(rows, *eights, perch, category % LANES),
            Rows::Long(rows) => around(rows, *eights, perch, category % LANES),
        }
    }
}

impl Part {
    /// Writes what some readers read, from this column on.
    fn write(&self, perches: &[Perch], budget: i32, first: usize, lines: &mut Lines<'_>) {
        match &self.rows {
            Rows::Short(rows) => lines.write(rows, self.eights, (perches, first), budget),
            Rows::Long(rows) => lines.write(rows, self.eights, (perches, first), budget),
        }
    }
}

/// Lines of a table, one a reader, that are written column by column.
struct Lines<'a> {
    all: &'a mut [u32],
    width: usize,
}

impl Lines<'_> {
    fn write<T: Time>(
        &mut self,
        rows: &[Eight<T>],
        eights: usize,
        (perches, first): (&[Perch], usize),
        budget: i32,
    ) {
        let whole = self.width <= 8;
        for (line, perch) in perches.iter().enumerate() {
            let [a, b] = perch
                .ends
                .map(|end| &rows[end as usize * eights..][..eights]);
            let legs = perch.ticks.map(T::of);
            let (begin, end) = (line * self.width, (line + 1) * self.width);
            for (eight, rows) in a.iter().zip(b).enumerate() {
                let cut = between([rows.0, rows.1], legs)
                    .map(Time::ticks)
                    .map(|ticks| {
                        // Whatever is past the budget gets all bits.
                        ticks.cast_unsigned() | ((budget - ticks) >> 31).cast_unsigned()
                    });
                let from = begin + first + 8 * eight;
                if (whole || from + 8 <= end) && from + 8 <= self.all.len() {
                    // Eight at once are the faster copy; what they spill is written over by the next line.
                    self.all[from..from + 8].copy_from_slice(&cut);
                } else {
                    self.all[from..end].copy_from_slice(&cut[..end - from]);
                }
            }
        }
    }
}

/// The shortest walks along streets to each category.
fn beside(readers: &Readers, categories: &[SiteSet]) -> Vec<i32> {
    let walks = &readers.beside;
    let mut shortest = vec![FAR; walks.len() * categories.len()];
    for (category, sites) in categories.iter().enumerate() {
        for site in sites
            .iter()
            .map(SiteId::index)
            .take_while(|&site| site < walks.sites())
        {
            for &(number, ticks) in walks.to(u32::try_from(site).unwrap_or(NONE)) {
                let known = &mut shortest[number as usize * categories.len() + category];
                *known = ticks.min(*known);
            }
        }
    }
    shortest
}

#[inline]
fn around<T: Time>(rows: &[Eight<T>], eights: usize, perch: &Perch, lane: usize) -> i32 {
    let time = |end: usize| {
        rows[perch.ends[end] as usize * eights + lane / 8].0[lane % 8] + T::of(perch.ticks[end])
    };
    time(0).or_sooner(time(1)).ticks()
}

impl Engine<'_> {
    /// For every cell the walk to the nearest site of each category: a category is an item, a kind, any
    /// set of sites. Sites that hang on no street are nobody's nearest.
    ///
    /// The walk is from the cell to the site, gaps included, and exact to the tick: what
    /// [`Engine::travel_times`] finds; who needs the sites too takes that. Two sweeps for up to 32
    /// categories together, O((J + A) · categories) in the junctions J and arcs A of the hierarchy,
    /// whatever the number of sites; or one bounded walk a category, when that is less work than to make a
    /// hierarchy ([`Engine::contract`]). Which it is changes no result, nor does the number of threads.
    ///
    /// ```
    /// use walkshed::{TravelTime, draw, model::SiteSet, search::Engine, snap};
    /// let study = draw::town("
    ///     A--c--B--s--C----d--------------t
    /// ", 100.0, "st");
    /// let links = snap::link(&study);
    /// let [s, t] = ["s", "t"].map(|id| study.sites().find(id).unwrap());
    /// let categories = [SiteSet::of([s]), SiteSet::of([t]), SiteSet::of([s, t])];
    /// let profile = study.walk().profile();
    /// let nearest = Engine::new(&study, &links, &profile).nearest(TravelTime::from_minutes(15), &categories);
    /// let metres = |cell| {
    ///     let times = nearest.times(walkshed::ids::CellId::new(cell));
    ///     times.map(|time| time.map(|time| profile.speed.metres(time).round())).collect::<Vec<_>>()
    /// };
    /// assert_eq!(metres(0), [Some(600.0), None, Some(600.0)]);
    /// assert_eq!(metres(1), [Some(800.0), None, Some(800.0)]);
    /// ```
    #[must_use]
    pub fn nearest(&self, budget: TravelTime, categories: &[SiteSet]) -> Nearest {
        let budget = ticks(budget);
        let table = self.table(budget, self.settled(categories));
        Nearest(self.answer(&table, table.cells(self), budget, categories))
    }

    /// The same for every node of the network, in the network's order.
    #[must_use]
    pub fn nearest_at_nodes(&self, budget: TravelTime, categories: &[SiteSet]) -> NearestAtNodes {
        let budget = ticks(budget);
        let table = self.table(budget, self.settled(categories));
        NearestAtNodes(self.answer(&table, table.nodes(self), budget, categories))
    }

    /// How many junctions walks from all these sites would settle, about.
    pub(super) fn settled(&self, categories: &[SiteSet]) -> usize {
        let settled = |sites: &SiteSet| {
            BALL.saturating_mul(sites.iter().count())
                .min(self.core().junctions as usize)
        };
        categories.iter().map(settled).sum()
    }

    pub(super) fn answer(
        &self,
        table: &Table,
        readers: &Arc<Readers>,
        budget: i32,
        categories: &[SiteSet],
    ) -> Answer {
        let parts = categories.chunks(LANES).map(|part| {
            if budget <= f32::LONGEST {
                self.part(table, budget, part, Rows::Short)
            } else {
                self.part(table, budget, part, Rows::Long)
            }
        });
        Answer {
            readers: Arc::clone(readers),
            budget,
            categories: categories.len(),
            parts: parts.collect(),
            beside: beside(readers, categories),
        }
    }

    fn part<T: Time>(
        &self,
        table: &Table,
        budget: i32,
        part: &[SiteSet],
        rows: impl FnOnce(Vec<Eight<T>>) -> Rows,
    ) -> Part {
        let (eights, filled) = match part.len() {
            0..=8 => (1, self.filled::<T, 1>(table, budget, part)),
            9..=16 => (2, self.filled::<T, 2>(table, budget, part)),
            17..=24 => (3, self.filled::<T, 3>(table, budget, part)),
            _ => (4, self.filled::<T, 4>(table, budget, part)),
        };
        Part {
            eights,
            rows: rows(filled),
        }
    }

    /// The rows of all junctions, and one without times for the tips of dead ends.
    fn filled<T: Time, const W: usize>(
        &self,
        table: &Table,
        budget: i32,
        categories: &[SiteSet],
    ) -> Vec<Eight<T>> {
        let mut lanes = vec![Eight::EMPTY; W * (self.core().junctions as usize + 1)];
        let (rows, _) = lanes.as_chunks_mut::<W>();
        match &table.hierarchy {
            Some((_, hierarchy)) => {
                for (number, category) in categories.iter().enumerate() {
                    for (junction, ticks) in self.seeds(category) {
                        seed(rows, (table.rank()[junction as usize], number), ticks);
                    }
                }
                climb(hierarchy.down(), rows);
                descend(hierarchy.up(), rows);
            }
            None => {
                for (number, category) in categories.iter().enumerate() {
                    self.ground.with_scratch(|scratch, _| {
                        scratch.walk(
                            &self.core().inward,
                            self.seeds(category),
                            budget.cast_unsigned(),
                        );
                        scratch
                            .reached()
                            .for_each(|(junction, ticks)| seed(rows, (junction, number), ticks));
                    });
                }
            }
        }
        lanes
    }

    /// The junctions at the ends of the sites' streets, with the ticks from there to the site.
    fn seeds(&self, sites: &SiteSet) -> impl Iterator<Item = (u32, u32)> {
        let spots = sites
            .iter()
            .filter_map(|site| self.sites.get(site.index())?.as_ref());
        spots.flat_map(|spot| self.core().junctions_to(self.core().grounded(spot)))
    }
}

/// Junctions within 15 minutes of a site in a town.
const BALL: usize = 100;

/// Puts a time into a lane of a row, where it is sooner.
fn seed<T: Time, const W: usize>(rows: &mut [Row<T, W>], (row, number): (u32, usize), ticks: u32) {
    let known = lane(&mut rows[row as usize], number);
    *known = T::of(super::time::clipped(ticks)).or_sooner(*known);
}
