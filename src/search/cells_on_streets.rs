//! The cells along the streets, laid out in the order in which walks meet them.
//!
//! ```text
//!   A---c--c-----B        seats, by the junction      A: c c B | c c c C     B: c D
//!   |            |        where their street begins,
//!   c c c        c        each with its other end
//!   |            |
//!   C            D        a cell takes the better of   35 at A + its ticks to A
//!                         its street's two ends:       20 at B + its ticks to B
//! ```
//!
//! A cell is not on the way of a search. Once the junctions' times are known, each of them looks at the
//! seats of the streets that begin at it, one run of memory, and every cell takes the better of two
//! ends. A street whose beginning was not reached is looked at from its end. Every cell comes up once,
//! and no table of times by cell is needed.
//!
//! A street begins at the end with the smaller number. 44 bytes a cell; 12 bytes a street with cells,
//! 8 any street and 8 a junction.

use std::ops::Range;

use rayon::prelude::*;

use super::contracted::{AccessPoint, ContractedStreets};
use super::csr::Csr;

/// Where a cell is between two junctions.
#[derive(Debug, Clone, Copy)]
pub(super) struct CellAccess {
    /// From the cell to its street's beginning and to its end, all gaps included.
    pub to: [u32; 2],
    /// The junction at the street's end.
    pub end: u32,
}

/// A street with cells as seen from the junction where it ends.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Ending {
    /// The junction where it begins.
    pub begin: u32,
    seats: [u32; 2],
}

impl Ending {
    pub(super) const fn seats(self) -> Range<u32> {
        self.seats[0]..self.seats[1]
    }
}

/// All cells that hang on a street, by place.
pub(super) struct CellsOnStreets {
    all: Vec<CellAccess>,
    /// Where each cell hangs.
    pub spots: Vec<AccessPoint>,
    /// The cell on each seat.
    pub cells: Vec<u32>,
    /// The cells on the streets that begin at each junction: as many as its seats.
    beginnings: Csr<()>,
    /// The streets that end at each junction.
    endings: Csr<Ending>,
    /// The seats of each street.
    of_street: Vec<[u32; 2]>,
}

impl CellsOnStreets {
    /// CellsOnStreets the cells; those without a spot stand aside. O(streets + cells).
    pub(super) fn new(core: &ContractedStreets, spots: &[Option<AccessPoint>]) -> Self {
        let grounded: Vec<Option<AccessPoint>> = spots
            .par_iter()
            .map(|spot| spot.as_ref().map(|spot| core.grounded(spot)))
            .collect();
        let begin = |street: u32| core.streets[street as usize].ordered()[0];
        // Streets by their beginning, then cells by the place of their street.
        let streets = (0_u32..)
            .zip(&core.streets)
            .map(|(number, street)| (street.ordered()[0], number));
        let order = Csr::new(core.junctions as usize + 1, streets).into_things();
        let mut place = vec![0; order.len()];
        (0_u32..)
            .zip(&order)
            .for_each(|(at, &street)| place[street as usize] = at);
        let seated = (0_u32..)
            .zip(&grounded)
            .filter_map(|(cell, spot)| Some((place[spot.as_ref()?.street as usize], cell)));
        let seated = Csr::new(order.len(), seated);
        let mut of_street = vec![[0; 2]; order.len()];
        for (&street, at) in order.iter().zip(0..) {
            let seats = seated.places(at);
            of_street[street as usize] = [seats.start, seats.end];
        }
        let cells = seated.into_things();
        let spot = |&cell: &u32| grounded[cell as usize].as_ref();
        let begins = cells
            .iter()
            .filter_map(spot)
            .map(|spot| (begin(spot.street), ()));
        let endings = order.iter().filter_map(|&street| {
            let ([begin, end], seats) = (
                core.streets[street as usize].ordered(),
                of_street[street as usize],
            );
            (end < core.junctions && seats[0] < seats[1]).then_some((end, Ending { begin, seats }))
        });
        Self {
            all: cells
                .iter()
                .filter_map(spot)
                .map(|spot| seat(core, spot))
                .collect(),
            spots: cells
                .iter()
                .filter_map(|&cell| spots[cell as usize])
                .collect(),
            beginnings: Csr::new(core.junctions as usize + 1, begins),
            endings: Csr::new(core.junctions as usize, endings),
            cells,
            of_street,
        }
    }

    /// CellsOnStreets next to each other.
    #[inline]
    pub(super) fn of(&self, seats: Range<u32>) -> &[CellAccess] {
        &self.all[seats.start as usize..seats.end as usize]
    }

    /// The seats of the streets that begin at a junction.
    #[inline]
    pub(super) fn beginning_at(&self, junction: u32) -> Range<u32> {
        self.beginnings.places(junction)
    }

    /// The streets with cells that end at a junction.
    #[inline]
    pub(super) fn ending_at(&self, junction: u32) -> &[Ending] {
        self.endings.at(junction)
    }

    /// The seats of a street.
    pub(super) fn of_street(&self, street: u32) -> Range<u32> {
        let [first, end] = self.of_street[street as usize];
        first..end
    }

    /// The first seat of each street, and the one after its last.
    pub(super) fn streets(&self) -> &[[u32; 2]] {
        &self.of_street
    }

    /// The walk from a seat to a spot along a street on which both hang.
    pub(super) fn along(&self, core: &ContractedStreets, seat: u32, spot: &AccessPoint) -> u32 {
        core.along(&self.spots[seat as usize], spot)
    }

    /// Bytes that stay in memory.
    pub(super) fn bytes(&self) -> usize {
        let by_cell =
            size_of_val(&*self.all) + size_of_val(&*self.spots) + size_of_val(&*self.cells);
        by_cell + self.endings.bytes() + self.beginnings.bytes() + size_of_val(&*self.of_street)
    }
}

fn seat(core: &ContractedStreets, spot: &AccessPoint) -> CellAccess {
    let street = core.streets[spot.street as usize];
    let [a, b] = spot.leave.map(|ticks| ticks.saturating_add(spot.out));
    let [begin, end] = street.ordered();
    CellAccess {
        to: if street.ends == [begin, end] {
            [a, b]
        } else {
            [b, a]
        },
        end,
    }
}
