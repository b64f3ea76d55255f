//! The names of units on the map: where each stands, the one with the most people first.

use std::cmp::Reverse;

use super::frame::Frame;
use crate::plane::Position;
use crate::score::{Coverage, UnitSums};
use crate::text::steady;

/// The units at the first level that has several, each at its own site, else amid its largest cell; the
/// most people first.
///
/// O(units × (cells + sites)) at that level, which are few.
pub(super) fn labels(now: &Coverage, frame: &Frame) -> Vec<(i64, i64, String)> {
    let rows = now.by_unit();
    let named = || rows.iter().filter(|row| row.unit.is_some());
    let deepest = named().map(|row| row.depth).max().unwrap_or_default();
    let level = (0..=deepest).find(|&depth| named().filter(|row| row.depth == depth).count() > 1);
    let mut rows: Vec<&UnitSums<'_>> = named().filter(|row| Some(row.depth) == level).collect();
    rows.sort_by_key(|row| (Reverse(row.tally.people()), row.id));
    let mut labels = Vec::new();
    for row in rows {
        if let Some(at) = seat(now, row) {
            let [x, y] = frame.point(at);
            labels.push((x, y, steady(row.name)));
        }
    }
    labels
}

/// Where a unit's name stands.
fn seat(now: &Coverage, row: &UnitSums<'_>) -> Option<Position> {
    let unit = row.unit?;
    let study = now.study();
    let mut sites = study.sites().iter();
    if let Some((_, own)) = sites.find(|(_, site)| site.unit == Some(unit)) {
        return Some(own.at);
    }
    let within = study.units().within(&[unit]);
    let cells = study.cells().iter();
    let inside = cells.filter(|(_, cell)| cell.unit.is_some_and(|unit| within[unit.index()]));
    let placed = inside.filter(|(_, cell)| cell.at.is_some());
    let (_, largest) = placed.max_by_key(|(id, cell)| (cell.people, Reverse(*id)))?;
    largest.at
}
