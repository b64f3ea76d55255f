//! Some of the streets, with numbers of their own.

use super::street::DeadEnd;
use super::streets::ContractedStreets;
use crate::search::sentinel::{NO_NUMBER, short};

impl ContractedStreets {
    /// Some of the streets, given in their order; each gets its place among them as its number.
    ///
    /// Junctions keep their order. A dead end whose street is not among them hangs on nothing. Like
    /// [`ContractedStreets::of_numbers`], they are for points that hang on them already. O(s log s).
    pub(in crate::search) fn part(&self, kept: &[u32]) -> Self {
        // Both lists ascend: a new number is a place in them, and the order stays.
        let junctions = self.junctions_of(kept);
        let tip = short(junctions.len());
        let mut dead_ends: Vec<DeadEnd> = Vec::new();
        let mut streets = Vec::with_capacity(kept.len());
        for &number in kept {
            let mut street = self.streets[number as usize];
            street.ends = street
                .ends
                // All junctions of these streets are listed: what is not there was a tip.
                .map(|end| place_in(&junctions, end).unwrap_or(tip));
            let hangs_on = self.dead_ends.get(street.dead_end as usize);
            let root = hangs_on.and_then(|root| {
                let street = place_in(kept, root.street)?;
                Some(DeadEnd { street, ..*root })
            });
            street.dead_end = root.map_or(NO_NUMBER, |root| {
                dead_ends.push(root);
                short(dead_ends.len() - 1)
            });
            streets.push(street);
        }
        Self::of_parts(tip, Vec::new(), streets, dead_ends)
    }

    /// The street that a street's dead end hangs on.
    pub(in crate::search) fn hangs_on(&self, street: u32) -> Option<u32> {
        let number = self.streets[street as usize].dead_end;
        let dead_end = self.dead_ends.get(number as usize)?;
        Some(dead_end.street)
    }

    /// The junctions at the ends of some streets, in their order.
    fn junctions_of(&self, streets: &[u32]) -> Vec<u32> {
        let mut junctions: Vec<u32> = streets
            .iter()
            .flat_map(|&street| self.streets[street as usize].ends)
            .filter(|&end| end < self.junctions)
            .collect();
        junctions.sort_unstable();
        junctions.dedup();
        junctions
    }
}

/// The place of a number in an ascending list.
pub(in crate::search) fn place_in(list: &[u32], number: u32) -> Option<u32> {
    list.binary_search(&number).ok().map(short)
}
