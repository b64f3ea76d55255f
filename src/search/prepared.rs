//! The streets as one profile walks them, with the cells on them: what no change to a site touches.

use std::sync::{Mutex, OnceLock, PoisonError};

use rayon::prelude::*;

use super::Work;
use super::bounded_dijkstra::{Finds, Scratch, Town};
use super::cells_on_streets::CellsOnStreets;
use super::contracted::{AccessPoint, ContractedStreets};
use super::cost_model::CostModel;
use crate::ids::CellId;
use crate::model::Profile;
use crate::snap::Snap;
use crate::units::TravelTime;

/// Contracted streets, and the cells on them once somebody asks.
pub(super) struct Prepared {
    pub profile: Profile,
    pub core: ContractedStreets,
    seats: OnceLock<CellsOnStreets>,
    /// The threads' scratch objects: as many as threads ever walk at once.
    idle: Mutex<Vec<(Scratch, Finds)>>,
}

impl Prepared {
    /// The streets alone. O(V + E) and O(J log J) in the J junctions, partly in parallel.
    pub(super) fn new(cost_model: &CostModel<'_>, profile: Profile) -> Self {
        let core = ContractedStreets::new(cost_model.network(), cost_model);
        Self {
            profile,
            core,
            seats: OnceLock::new(),
            idle: Mutex::default(),
        }
    }

    /// The cells on the streets: those that were asked for first. O(cells) the first time, mostly in parallel.
    pub(super) fn seats(
        &self,
        cost_model: &CostModel<'_>,
        cells: &[Option<Snap>],
    ) -> &CellsOnStreets {
        if let Some(seats) = self.seats.get() {
            return seats;
        }
        // Made outside the lock: a thread that waits for others takes up their work, and could come back here.
        let spot = |snap: &Option<Snap>| {
            snap.and_then(|snap| self.core.spot(cost_model, &self.profile, snap))
        };
        let seats = CellsOnStreets::new(
            &self.core,
            &cells
                .par_iter()
                .map(spot)
                .collect::<Vec<Option<AccessPoint>>>(),
        );
        self.seats.get_or_init(|| seats)
    }

    /// The cells on these seats within the budget of a spot, in their order.
    pub(super) fn catchment(
        &self,
        seats: &CellsOnStreets,
        spot: &AccessPoint,
        budget: TravelTime,
    ) -> (Vec<(CellId, TravelTime)>, Work) {
        self.with_scratch(|scratch, finds| {
            finds.clear();
            scratch.work = Work::default();
            scratch.cells_within(
                Town {
                    core: &self.core,
                    seats,
                },
                spot,
                budget.ticks(),
                finds,
            );
            let cell = |seat: u32| CellId::new(seats.cells[seat as usize] as usize);
            let mut cells: Vec<_> = finds
                .list()
                .iter()
                .map(|found| (cell(found.seat), TravelTime::from_ticks(found.ticks)))
                .collect();
            cells.sort_unstable();
            (cells, scratch.work)
        })
    }

    pub(super) fn with_scratch<T>(&self, run: impl FnOnce(&mut Scratch, &mut Finds) -> T) -> T {
        let idle = || self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        let taken = idle().pop();
        let (mut scratch, mut finds) =
            taken.unwrap_or_else(|| (Scratch::new(&self.core), Finds::default()));
        let result = run(&mut scratch, &mut finds);
        idle().push((scratch, finds));
        result
    }
}
