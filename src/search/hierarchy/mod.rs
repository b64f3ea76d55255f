//! Many searches at once: a bounded hierarchy over the junctions, and sweeps over it.
//!
//! ```text
//!   core: junctions and streets ── contract ──► hierarchy ──► climb, descend ──► rows, one a junction
//!            │                                                                      │
//!   sites, cells, nodes ── perches: two junctions, two times ──── nearest · balls ◄─┘
//! ```
//!
//! A 15-minute walk is a small ball, of about 620 vertices or 100 junctions in a town. Searching each
//! with a queue is bound by mispredicted branches and cache misses; a sweep has neither. But a
//! hierarchy must be made first, so one question with few sites is answered by walks ([`worth_contracting`]).

mod access;
mod contract;
mod cumulative;
mod lane_time;
mod links;
mod nearest;
mod region;
mod same_street;
mod sweep;
#[cfg(test)]
mod tests;

use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use super::Engine;
use crate::units::TravelTime;
use access::Readers;
use contract::Hierarchy;
use lane_time::FAR;

pub use cumulative::Weights;
pub use nearest::{Nearest, NearestAtNodes};

/// How large a hierarchy is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// Junctions.
    pub junctions: usize,
    /// Upward arcs, one direction.
    pub arcs: usize,
    /// Those of them that no street stands behind.
    pub shortcuts: usize,
    /// Bytes held, with what cells and nodes need to read their times.
    pub bytes: usize,
}

/// Junctions in the order in which their rows are kept, and who reads them.
#[derive(Default)]
pub(super) struct Table {
    /// For walks up to this long, in ticks; none where rows are filled by walks.
    hierarchy: Option<(i32, Hierarchy)>,
    /// Without a hierarchy: junctions are their own ranks.
    plain: Vec<u32>,
    cells: OnceLock<Arc<Readers>>,
    nodes: OnceLock<Arc<Readers>>,
}

impl Table {
    fn plain(engine: &Engine<'_>) -> Self {
        Self {
            plain: (0..=engine.core().junctions).collect(),
            ..Self::default()
        }
    }

    fn contracted(engine: &Engine<'_>, bound: i32) -> Self {
        Self {
            hierarchy: Some((bound, Hierarchy::new(engine.core(), bound))),
            ..Self::default()
        }
    }

    /// Whether there is a hierarchy for walks as long as this.
    fn reaches(&self, budget: i32) -> bool {
        self.hierarchy
            .as_ref()
            .is_some_and(|(bound, _)| *bound >= budget)
    }

    fn rank(&self) -> &[u32] {
        self.hierarchy
            .as_ref()
            .map_or(&self.plain, |(_, hierarchy)| &hierarchy.rank)
    }

    fn cells(&self, engine: &Engine<'_>) -> &Arc<Readers> {
        made(&self.cells, || Readers::cells(engine, self.rank()))
    }

    fn nodes(&self, engine: &Engine<'_>) -> &Arc<Readers> {
        made(&self.nodes, || Readers::nodes(engine, self.rank()))
    }

    fn size(&self) -> Option<Size> {
        let (_, hierarchy) = self.hierarchy.as_ref()?;
        let readers = [&self.cells, &self.nodes]
            .into_iter()
            .filter_map(OnceLock::get);
        let bytes = hierarchy.bytes() + readers.map(|readers| readers.bytes()).sum::<usize>();
        let (arcs, shortcuts) = (hierarchy.up().len(), hierarchy.shortcuts);
        Some(Size {
            junctions: hierarchy.order.len(),
            arcs,
            shortcuts,
            bytes,
        })
    }
}

/// What is there, or is made now: outside the lock, since a thread that waits for others takes up their work
/// and could come back here.
fn made<T>(place: &OnceLock<Arc<T>>, make: impl FnOnce() -> T) -> &Arc<T> {
    if let Some(known) = place.get() {
        return known;
    }
    let new = Arc::new(make());
    place.get_or_init(|| new)
}

impl Engine<'_> {
    /// The longest budget of [`Engine::nearest`] and [`Engine::balls`]: 29 hours and 49 minutes. A longer
    /// one counts as this.
    pub const LONGEST: TravelTime = TravelTime::from_ticks((FAR - 1).cast_unsigned());

    /// Makes a hierarchy for walks within this budget (inclusive) now, unless there is one.
    ///
    /// It is kept for all questions with this budget or a shorter one. Without it, the first question that
    /// is large enough makes its own. Time and memory grow with the junctions only, whatever the number of
    /// sites. Never changes a result.
    pub fn contract(&self, budget: TravelTime) {
        self.contracted(ticks(budget));
    }

    /// How large the hierarchy is, once there is one; the same on every machine.
    #[must_use]
    pub fn hierarchy(&self) -> Option<Size> {
        self.tables
            .contracted()
            .as_ref()
            .and_then(|table| table.size())
    }

    /// The hierarchy for walks as long as this.
    fn contracted(&self, budget: i32) -> Arc<Table> {
        let mut kept = self.tables.contracted();
        if let Some(table) = kept.as_ref().filter(|table| table.reaches(budget)) {
            return Arc::clone(table);
        }
        let table = Arc::new(Table::contracted(self, budget));
        *kept = Some(Arc::clone(&table));
        table
    }

    /// The table for one question that would settle so many junctions without a hierarchy.
    fn table(&self, budget: i32, settled: usize) -> Arc<Table> {
        let known = self
            .tables
            .contracted()
            .as_ref()
            .is_some_and(|table| table.reaches(budget));
        if known || worth_contracting(self.core().junctions as usize, settled) {
            return self.contracted(budget);
        }
        Arc::clone(
            self.tables
                .plain
                .get_or_init(|| Arc::new(Table::plain(self))),
        )
    }
}

/// A budget in ticks.
fn ticks(budget: TravelTime) -> i32 {
    budget.min(Engine::LONGEST).ticks().cast_signed()
}

/// Whether a question that would settle so many junctions is answered sooner by contracting first.
///
/// Measured on a million nodes: five sets of 1,000 sites, which settle three and a half times as many
/// junctions as there are, take about as long either way.
const fn worth_contracting(junctions: usize, settled: usize) -> bool {
    settled > 4 * junctions
}

/// The tables of an engine.
#[derive(Default)]
pub(super) struct Tables {
    plain: OnceLock<Arc<Table>>,
    contracted: Mutex<Option<Arc<Table>>>,
}

impl Tables {
    fn contracted(&self) -> MutexGuard<'_, Option<Arc<Table>>> {
        self.contracted
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}
