//! Streets and points as plain numbers, and back: what another machine is handed.

use super::access::AccessPoint;
use super::street::{DeadEnd, Street};
use super::streets::ContractedStreets;
use crate::search::sentinel::NO_NUMBER;

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
        let ends_well = streets
            .iter()
            .all(|street| street.ends.iter().all(|&end| end <= junctions));
        let is_sound = ends_well && dead_ends_are_sound(&streets, &dead_ends);
        // Each junction is an end of some street: more of them would only take memory.
        let is_small = junctions as usize <= 2 * streets.len();
        (is_sound && is_small).then(|| Self::of_parts(junctions, Vec::new(), streets, dead_ends))
    }
}

/// Dead ends nest less deep than this: each level has twice as many tips as the one it hangs on.
const DEEPEST: u8 = 64;

/// Whether every dead end hangs on a street, never in a circle, and not too deep.
fn dead_ends_are_sound(streets: &[Street], dead_ends: &[DeadEnd]) -> bool {
    let mut depth = vec![0_u8; streets.len()];
    // What a dead end hangs on was followed after it: that leads out, and is looked at before it here.
    for (number, street) in streets.iter().enumerate().rev() {
        if street.dead_end == NO_NUMBER {
            continue;
        }
        let root = dead_ends.get(street.dead_end as usize);
        let later = root
            .map(|root| root.street as usize)
            .filter(|&root| root > number);
        let depth_of_root = later.and_then(|root| depth.get(root).copied());
        match depth_of_root {
            Some(depth_of_root) if depth_of_root < DEEPEST => depth[number] = depth_of_root + 1,
            _ => return false,
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Dead ends that hang on each other, the last on a street of its own.
    fn chain(length: u32) -> Option<ContractedStreets> {
        let dead_end = |number| [0, 0, 10, 10, number];
        let mut streets: Vec<[u32; 5]> = (0..length).map(dead_end).collect();
        streets.push(dead_end(NO_NUMBER));
        let roots: Vec<[u32; 6]> = (1..=length).map(|root| [root, 2, 5, 5, 5, 5]).collect();
        ContractedStreets::of_numbers(0, &streets, &roots)
    }

    #[test]
    fn dead_ends_nest_only_so_deep() {
        assert!(chain(64).is_some());
        assert!(chain(65).is_none());
    }

    #[test]
    fn dead_ends_hang_on_a_later_street_that_is_there() {
        let streets = [[0, 0, 10, 10, 0], [0, 0, 10, 10, NO_NUMBER]];
        let hangs_on = |root| {
            let roots = [[root, 2, 5, 5, 5, 5]];
            ContractedStreets::of_numbers(0, &streets, &roots).is_some()
        };
        assert_eq!([0, 1, 2].map(hangs_on), [false, true, false]);
    }

    #[test]
    fn there_are_no_more_junctions_than_ends() {
        let streets = [[0, 1, 10, 10, NO_NUMBER]];
        let of = |junctions| ContractedStreets::of_numbers(junctions, &streets, &[]).is_some();
        assert_eq!([0, 1, 2, 3].map(of), [false, true, true, false]);
    }
}
