//! Streets and points as plain numbers, and back: what another machine is handed.

use super::access::AccessPoint;
use super::street::{DeadEnd, Street};
use super::streets::ContractedStreets;
use crate::search::sentinel::{NO_NUMBER, short};

impl AccessPoint {
    /// The same point where its street has another number.
    pub(in crate::search) const fn on_street(self, street: u32) -> Self {
        Self { street, ..self }
    }

    /// How many numbers a point is.
    pub(in crate::search) const NUMBERS: usize = 8;

    /// All that a point is.
    pub(in crate::search) const fn numbers(&self) -> [u32; Self::NUMBERS] {
        let [to_first, to_second] = self.leave;
        let [from_first, from_second] = self.arrive;
        [
            self.street,
            self.rank,
            self.out,
            self.into,
            to_first,
            to_second,
            from_first,
            from_second,
        ]
    }

    /// The point that is these numbers.
    pub(in crate::search) const fn of_numbers(numbers: [u32; Self::NUMBERS]) -> Self {
        let [
            street,
            rank,
            out,
            into,
            to_first,
            to_second,
            from_first,
            from_second,
        ] = numbers;
        Self {
            street,
            rank,
            out,
            into,
            leave: [to_first, to_second],
            arrive: [from_first, from_second],
        }
    }
}

impl Street {
    /// All that a street is: its ends, its ticks forth and back, and its dead end.
    pub(in crate::search) const fn numbers(&self) -> [u32; 5] {
        let [first, second] = self.ends;
        let [ahead, back] = self.ticks;
        [first, second, ahead, back, self.dead_end]
    }

    const fn of_numbers([first, second, ahead, back, dead_end]: [u32; 5]) -> Self {
        Self {
            ends: [first, second],
            ticks: [ahead, back],
            dead_end,
        }
    }
}

impl DeadEnd {
    const fn numbers(&self) -> [u32; 6] {
        let [to_first, to_second] = self.leave;
        let [from_first, from_second] = self.arrive;
        [
            self.street,
            self.rank,
            to_first,
            to_second,
            from_first,
            from_second,
        ]
    }

    const fn of_numbers(numbers: [u32; 6]) -> Self {
        let [street, rank, to_first, to_second, from_first, from_second] = numbers;
        Self {
            street,
            rank,
            leave: [to_first, to_second],
            arrive: [from_first, from_second],
        }
    }
}

impl ContractedStreets {
    /// The streets, as numbers.
    pub(in crate::search) fn numbers(&self) -> Vec<[u32; 5]> {
        self.streets.iter().map(Street::numbers).collect()
    }

    /// The dead ends that hang on other streets, as numbers.
    pub(in crate::search) fn dead_ends(&self) -> impl ExactSizeIterator<Item = [u32; 6]> {
        self.dead_ends.iter().map(DeadEnd::numbers)
    }

    /// The streets that are these numbers, for walks between points that hang on them already: they
    /// have no nodes, and no edges to hang a new point on.
    ///
    /// None where a number leads nowhere, or where dead ends hang on each other in a circle.
    /// O(streets).
    pub(in crate::search) fn of_numbers(
        junctions: u32,
        streets: &[[u32; 5]],
        dead_ends: &[[u32; 6]],
    ) -> Option<Self> {
        let streets: Vec<Street> = streets.iter().copied().map(Street::of_numbers).collect();
        let dead_ends: Vec<DeadEnd> = dead_ends.iter().copied().map(DeadEnd::of_numbers).collect();
        let is_sound = (0_u32..).zip(&streets).all(|(number, street)| {
            let hangs_well = street.dead_end == NO_NUMBER
                || dead_ends
                    .get(street.dead_end as usize)
                    // What it hangs on was followed after it: that leads out, never in a circle.
                    .is_some_and(|root| root.street > number && root.street < short(streets.len()));
            hangs_well && street.ends.iter().all(|&end| end <= junctions)
        });
        // Each junction is an end of some street: more of them would only take memory.
        let is_small = junctions as usize <= 2 * streets.len();
        (is_sound && is_small).then(|| Self::of_parts(junctions, Vec::new(), streets, dead_ends))
    }
}
