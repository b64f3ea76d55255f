//! Junctions in the order in which their rows are kept, and who reads them.

use std::sync::{Arc, OnceLock};

use super::contract::Hierarchy;
use super::readers::Readers;
use crate::search::contracted::ContractedStreets;
use crate::search::prepared_study::PreparedStudy;

/// How large a hierarchy is.
///
/// ```
/// use walkshed::search::Engine;
/// use walkshed::{TravelTime, draw, snap};
/// let study = draw::town("A-a-+--B\n    |\n    C-b-D", 100.0, "");
/// let links = snap::link(&study);
/// let engine = Engine::new(&links, &study.walk().profile());
/// assert_eq!(engine.hierarchy(), None);
/// engine.contract(TravelTime::from_minutes(15));
/// assert!(engine.hierarchy().is_some_and(|size| size.bytes > 0 && size.shortcuts <= size.arcs));
/// ```
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

/// A hierarchy, and the longest walks that it is exact for, in ticks.
struct Bounded {
    bound: i32,
    hierarchy: Hierarchy,
}

/// Junctions in the order in which their rows are kept, and who reads them.
#[derive(Default)]
pub(super) struct JunctionTable {
    /// None where rows are filled by walks.
    bounded: Option<Bounded>,
    /// Without a hierarchy: junctions are their own ranks.
    own_ranks: Vec<u32>,
    cells: OnceLock<Arc<Readers>>,
    nodes: OnceLock<Arc<Readers>>,
}

impl JunctionTable {
    /// Without a hierarchy. O(J).
    pub(super) fn plain(streets: &ContractedStreets) -> Self {
        Self {
            own_ranks: (0..=streets.junctions).collect(),
            ..Self::default()
        }
    }

    /// With a hierarchy for walks within this bound.
    pub(super) fn contracted(streets: &ContractedStreets, bound: i32) -> Self {
        let hierarchy = Hierarchy::new(streets, bound);
        Self {
            bounded: Some(Bounded { bound, hierarchy }),
            ..Self::default()
        }
    }

    /// Whether there is a hierarchy for walks as long as this.
    pub(super) fn reaches(&self, budget: i32) -> bool {
        self.bounded
            .as_ref()
            .is_some_and(|bounded| bounded.bound >= budget)
    }

    pub(super) fn hierarchy(&self) -> Option<&Hierarchy> {
        self.bounded.as_ref().map(|bounded| &bounded.hierarchy)
    }

    /// By junction, and last the tip of all dead ends: the number of its row.
    pub(super) fn rank(&self) -> &[u32] {
        self.hierarchy()
            .map_or(&self.own_ranks, |hierarchy| &hierarchy.rank)
    }

    pub(super) fn cells(&self, study: &PreparedStudy<'_>) -> &Arc<Readers> {
        made(&self.cells, || Readers::cells(study, self.rank()))
    }

    pub(super) fn nodes(&self, study: &PreparedStudy<'_>) -> &Arc<Readers> {
        made(&self.nodes, || Readers::nodes(study, self.rank()))
    }

    /// None without a hierarchy.
    pub(super) fn size(&self) -> Option<Size> {
        let hierarchy = self.hierarchy()?;
        // Only those that a question has asked for.
        let readers: usize = [&self.cells, &self.nodes]
            .into_iter()
            .filter_map(OnceLock::get)
            .map(|readers| readers.bytes())
            .sum();
        Some(Size {
            junctions: hierarchy.order.len(),
            arcs: hierarchy.up().len(),
            shortcuts: hierarchy.shortcuts,
            bytes: hierarchy.bytes() + readers,
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
