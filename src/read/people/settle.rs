//! Large cells whose people live on settled land alone: they stand in its middle, and bounds look no
//! farther than it.

use crate::ids::CellId;
use crate::model::{Cells, Outline};
use crate::plane::Position;
use crate::read::row_policy::Door;
use crate::words::text;

use super::land::{Land, middle};
use super::settled::SettledLand;

/// Puts the people of each large cell on the settled land in it. Cells without any stay as they are,
/// and are told. O(cells × patches of land).
pub(crate) fn settle(cells: Cells, settled: &SettledLand, door: &mut Door<'_>) -> Cells {
    let large: Vec<CellId> = cells.large().collect();
    let land = Land::settled_alone(settled);
    let mut inhabited: Vec<Option<Outline>> = vec![None; cells.len()];
    let mut at: Vec<Option<Position>> = vec![None; cells.len()];
    for &id in &large {
        let Some(outline) = cells.outline(id) else {
            continue;
        };
        let patches = land.in_area(outline);
        if patches.is_empty() {
            continue;
        }
        let corners = outline
            .corners()
            .map(|corners| corners.map(Position::on_plane));
        let near = corners.and_then(|[low, high]| settled.near(low, high));
        inhabited[id.index()] = near.map(|near| near.outline);
        at[id.index()] = Some(Position::from_plane(middle(&patches)));
    }
    let count = at.iter().flatten().count();
    // The others have no settled land, and stay where they are.
    let without = large.len() - count;
    let mut cells = cells.with_inhabited(inhabited);
    cells.for_each_mut(|id, cell| cell.at = at[id.index()].or(cell.at));
    if count > 0 {
        let message = text!(CellsSettled, cells = count);
        door.note("cells-settled", "cells", message);
    }
    if without > 0 {
        let message = text!(CellsNotSettled, cells = without);
        door.doubt("cells-not-settled", message);
    }
    cells
}
