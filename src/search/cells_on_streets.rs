//! The cells along the streets, laid out in the order in which walks meet them.
//!
//! ```text
//!   A---c--c-----B        slots, by the junction      A: c c B | c c c C     B: c D
//!   |            |        where their street begins,
//!   c c c        c        each with its other end
//!   |            |
//!   C            D        a cell takes the better of   35 at A + its ticks to A
//!                         its street's two ends:       20 at B + its ticks to B
//! ```
//!
//! A cell is not on the way of a search. Once the junctions' times are known, each of them looks at the
//! slots of the streets that begin at it, one run of memory, and every cell takes the better of two
//! ends. A street whose beginning was not reached is looked at from its end. Every cell comes up once,
//! and no table of times by cell is needed.
//!
//! A **slot** is a cell's number in this order. A street begins at the end with the smaller number.
//! 44 bytes a cell; 12 bytes a street with cells, 8 any street and 8 a junction.

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
pub(super) struct StreetEnding {
    /// The junction where it begins.
    pub begin: u32,
    slots: [u32; 2],
}

impl StreetEnding {
    pub(super) const fn slots(self) -> Range<u32> {
        self.slots[0]..self.slots[1]
    }
}

/// Neighbouring slots.
#[derive(Debug, Clone, Copy)]
pub(super) struct SlotRun<'a> {
    /// The number of the first one.
    pub first: u32,
    pub cells: &'a [CellAccess],
}

/// All cells that hang on a street, by slot.
pub(super) struct CellsOnStreets {
    access: Vec<CellAccess>,
    /// Where each cell hangs.
    pub points: Vec<AccessPoint>,
    /// The cell on each slot.
    pub cells: Vec<u32>,
    /// By junction, the cells on the streets that begin there: only how many, as slots are in this order.
    beginnings: Csr<()>,
    /// The streets that end at each junction.
    endings: Csr<StreetEnding>,
    /// The first slot of each street, and the one after its last.
    of_street: Vec<[u32; 2]>,
}

impl CellsOnStreets {
    /// Puts the cells on their streets; those that hang on none stand aside. O(streets + cells).
    pub(super) fn new(streets: &ContractedStreets, points: &[Option<AccessPoint>]) -> Self {
        // Who lives in a dead end counts with the street that it hangs on in the end.
        let roots: Vec<Option<AccessPoint>> = points
            .par_iter()
            .map(|point| point.as_ref().map(|point| streets.on_root_street(point)))
            .collect();

        // Streets by their beginning, then cells by the place of their street.
        let order = by_beginning(streets);
        let by_street = cells_by_street(&order, &roots);
        let of_street = slots_of_streets(&order, &by_street);

        // A cell's slot is its place in this list.
        let cells = by_street.into_values();
        // Everything else is laid out once the order of the cells is known.
        let in_slots: Vec<&AccessPoint> = cells
            .iter()
            .filter_map(|&cell| roots[cell as usize].as_ref())
            .collect();
        let begins = in_slots.iter().map(|root| {
            let [begin, _] = streets.streets[root.street as usize].ordered();
            (begin, ())
        });
        // Tips have a number of their own here: streets may begin nowhere.
        let beginnings = Csr::new(streets.junctions as usize + 1, begins);
        Self {
            access: in_slots
                .iter()
                .map(|root| cell_access(streets, root))
                .collect(),
            points: cells
                .iter()
                .filter_map(|&cell| points[cell as usize])
                .collect(),
            beginnings,
            endings: endings(streets, &order, &of_street),
            cells,
            of_street,
        }
    }

    /// Slots next to each other.
    #[inline]
    pub(super) fn run(&self, slots: Range<u32>) -> SlotRun<'_> {
        SlotRun {
            first: slots.start,
            cells: &self.access[slots.start as usize..slots.end as usize],
        }
    }

    /// The slots of the streets that begin at a junction.
    #[inline]
    pub(super) fn beginning_at(&self, junction: u32) -> Range<u32> {
        self.beginnings.range(junction)
    }

    /// The streets with cells that end at a junction.
    #[inline]
    pub(super) fn ending_at(&self, junction: u32) -> &[StreetEnding] {
        self.endings.row(junction)
    }

    /// The slots of a street.
    pub(super) fn on_street(&self, street: u32) -> Range<u32> {
        let [first, end] = self.of_street[street as usize];
        first..end
    }

    /// The first slot of each street, and the one after its last.
    pub(super) fn by_street(&self) -> &[[u32; 2]] {
        &self.of_street
    }

    /// Bytes that stay in memory.
    pub(super) fn bytes(&self) -> usize {
        size_of_val(&*self.access)
            + size_of_val(&*self.points)
            + size_of_val(&*self.cells)
            + self.endings.bytes()
            + self.beginnings.bytes()
            + size_of_val(&*self.of_street)
    }
}

/// The streets in the order of the junctions where they begin.
fn by_beginning(streets: &ContractedStreets) -> Vec<u32> {
    let pairs = (0_u32..).zip(&streets.streets).map(|(number, street)| {
        let [begin, _] = street.ordered();
        (begin, number)
    });
    Csr::new(streets.junctions as usize + 1, pairs).into_values()
}

/// The cells by the place that their root street has in this order.
fn cells_by_street(order: &[u32], roots: &[Option<AccessPoint>]) -> Csr<u32> {
    let mut place_of_street = vec![0; order.len()];
    for (place, &street) in (0_u32..).zip(order) {
        place_of_street[street as usize] = place;
    }
    let pairs = (0_u32..).zip(roots).filter_map(|(cell, root)| {
        let street = root.as_ref()?.street;
        Some((place_of_street[street as usize], cell))
    });
    Csr::new(order.len(), pairs)
}

/// By street, its first slot and the one after its last.
fn slots_of_streets(order: &[u32], by_street: &Csr<u32>) -> Vec<[u32; 2]> {
    let mut of_street = vec![[0; 2]; order.len()];
    for (&street, place) in order.iter().zip(0..) {
        let slots = by_street.range(place);
        of_street[street as usize] = [slots.start, slots.end];
    }
    of_street
}

/// The streets with cells by the junction where they end.
fn endings(
    streets: &ContractedStreets,
    order: &[u32],
    of_street: &[[u32; 2]],
) -> Csr<StreetEnding> {
    let pairs = order.iter().filter_map(|&street| {
        let [begin, end] = streets.streets[street as usize].ordered();
        let slots = of_street[street as usize];
        let has_cells = slots[0] < slots[1];
        // A tip is reached from nowhere.
        let ends_at_junction = end < streets.junctions;
        (has_cells && ends_at_junction).then_some((end, StreetEnding { begin, slots }))
    });
    Csr::new(streets.junctions as usize, pairs)
}

fn cell_access(streets: &ContractedStreets, root: &AccessPoint) -> CellAccess {
    let street = streets.streets[root.street as usize];
    let [begin, end] = street.ordered();
    let [first, second] = root.leave.map(|ticks| ticks.saturating_add(root.out));
    // The legs follow the street's own ends, which may be the other way round.
    let to = if street.ends == [begin, end] {
        [first, second]
    } else {
        [second, first]
    };
    CellAccess { to, end }
}
