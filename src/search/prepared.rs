//! The streets as one profile walks them, with the cells on them: what no change to a site touches.

use std::sync::{Mutex, OnceLock, PoisonError};

use rayon::prelude::*;

use super::bounded_dijkstra::{BoundedSearch, FoundCell, Scratch};
use super::cells_on_streets::CellsOnStreets;
use super::contracted::{AccessPoint, ContractedStreets};
use super::cost_model::CostModel;
use super::work::Work;
use crate::ids::CellId;
use crate::model::Profile;
use crate::snap::Snap;
use crate::units::TravelTime;

/// Contracted streets, and the cells on them once somebody asks.
pub(super) struct PreparedStreets {
    pub profile: Profile,
    pub streets: ContractedStreets,
    cells: OnceLock<CellsOnStreets>,
    /// The threads' scratch objects: as many as threads ever walk at once.
    idle: Mutex<Vec<Scratch>>,
}

impl PreparedStreets {
    /// The streets alone. O(V + E) and O(J log J) in the J junctions, partly in parallel.
    pub(super) fn new(cost_model: &CostModel<'_>, profile: Profile) -> Self {
        Self {
            profile,
            streets: ContractedStreets::new(cost_model.network(), cost_model),
            cells: OnceLock::new(),
            idle: Mutex::default(),
        }
    }

    /// Where a point hangs; none when it is stranded or its street is closed both ways. O(1).
    pub(super) fn access_point(
        &self,
        cost_model: &CostModel<'_>,
        snap: Snap,
    ) -> Option<AccessPoint> {
        self.streets.access_point(cost_model, &self.profile, snap)
    }

    /// The cells on the streets: those that were asked for first. O(cells) the first time, mostly in parallel.
    pub(super) fn cells(
        &self,
        cost_model: &CostModel<'_>,
        snaps: &[Option<Snap>],
    ) -> &CellsOnStreets {
        if let Some(cells) = self.cells.get() {
            return cells;
        }
        // Made outside the lock: a thread that waits for others takes up their work, and could come
        // back here (rayon steals work).
        let points: Vec<Option<AccessPoint>> = snaps
            .par_iter()
            .map(|snap| self.access_point(cost_model, (*snap)?))
            .collect();
        let cells = CellsOnStreets::new(&self.streets, &points);
        self.cells.get_or_init(|| cells)
    }

    /// The cells within the budget of a point, in their order.
    pub(super) fn catchment(
        &self,
        cells: &CellsOnStreets,
        point: &AccessPoint,
        budget: TravelTime,
    ) -> (Vec<(CellId, TravelTime)>, Work) {
        let search = BoundedSearch {
            streets: &self.streets,
            cells,
            budget: budget.ticks(),
        };
        self.with_scratch(|scratch| {
            scratch.clear();
            scratch.cells_within(search, point);
            let mut reached: Vec<(CellId, TravelTime)> = scratch
                .found
                .list()
                .iter()
                .map(|found| cell_and_time(cells, *found))
                .collect();
            // Slots are along the curve; callers expect the order of the cells.
            reached.sort_unstable();
            (reached, scratch.work)
        })
    }

    /// Runs something with a scratch object that no other thread uses meanwhile.
    pub(super) fn with_scratch<T>(&self, run: impl FnOnce(&mut Scratch) -> T) -> T {
        // The lock is let go before the run: a statement of its own.
        let idle = self.idle().pop();
        // A thread that finds none makes one: a table of all junctions, kept for whoever comes
        // next.
        let mut scratch = idle.unwrap_or_else(|| Scratch::new(&self.streets));
        let result = run(&mut scratch);
        self.idle().push(scratch);
        result
    }

    fn idle(&self) -> std::sync::MutexGuard<'_, Vec<Scratch>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn cell_and_time(cells: &CellsOnStreets, found: FoundCell) -> (CellId, TravelTime) {
    let cell = cells.cells[found.slot as usize];
    let time = TravelTime::from_ticks(found.ticks);
    (CellId::new(cell as usize), time)
}
