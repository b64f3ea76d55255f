//! Further columns of the fixture's cells: wheelchair users, households, buildings, residential area.

use super::super::cells::Cell;
use super::super::rng::Rng;

/// The names of the further columns.
pub const COLUMNS: &str = ",wheelchair,households,buildings,area";

/// Counts wheelchair users (below 60: the elderly are counted once), households, buildings, and square metres.
pub fn dress(seed: u64, cells: &mut [Cell]) {
    let mut rng = Rng::new(seed, 9);
    for cell in cells {
        let people = cell.population;
        let wheelchair = people * rng.below(14) / 1_000;
        let households = people * 10 / (24 + rng.below(12));
        let town = cell.name.ends_with("小区");
        let buildings = if town {
            people.div_ceil(40 + rng.below(60))
        } else {
            households + rng.below(4)
        };
        let area = people
            * if town {
                34 + rng.below(12)
            } else {
                44 + rng.below(22)
            };
        cell.more = format!(",{wheelchair},{households},{buildings},{area}");
    }
}
