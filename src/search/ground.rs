//! The streets as one profile walks them, with the cells on them: what no change to a site touches.

use std::sync::{Mutex, OnceLock, PoisonError};

use rayon::prelude::*;

use super::Work;
use super::ball::{Finds, Scratch, Town};
use super::core::{Core, Spot};
use super::pace::Pacer;
use super::seats::Seats;
use crate::ids::CellId;
use crate::model::Profile;
use crate::snap::Snap;
use crate::units::TravelTime;

/// Contracted streets, and the cells on them once somebody asks.
pub(super) struct Ground {
    pub profile: Profile,
    pub core: Core,
    seats: OnceLock<Seats>,
    /// The threads' scratch objects: as many as threads ever walk at once.
    idle: Mutex<Vec<(Scratch, Finds)>>,
}

impl Ground {
    /// The streets alone. O(V + E) and O(J log J) in the J junctions, partly in parallel.
    pub(super) fn new(pacer: &Pacer<'_>, profile: Profile) -> Self {
        let core = Core::new(pacer.network(), pacer);
        Self {
            profile,
            core,
            seats: OnceLock::new(),
            idle: Mutex::default(),
        }
    }

    /// The cells on the streets: those that were asked for first. O(cells) the first time, mostly in parallel.
    pub(super) fn seats(&self, pacer: &Pacer<'_>, cells: &[Option<Snap>]) -> &Seats {
        if let Some(seats) = self.seats.get() {
            return seats;
        }
        // Made outside the lock: a thread that waits for others takes up their work, and could come back here.
        let spot =
            |snap: &Option<Snap>| snap.and_then(|snap| self.core.spot(pacer, &self.profile, snap));
        let seats = Seats::new(
            &self.core,
            &cells.par_iter().map(spot).collect::<Vec<Option<Spot>>>(),
        );
        self.seats.get_or_init(|| seats)
    }

    /// The cells on these seats within the budget of a spot, in their order.
    pub(super) fn catchment(
        &self,
        seats: &Seats,
        spot: &Spot,
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
