//! Units of cells and sites that name none: by the area that they lie in.

use rayon::prelude::*;

use super::unit_areas::{BORDER_M, Lies, UnitAreas};
use crate::ids::UnitId;
use crate::model::{Cells, Severity, Units};
use crate::plane::Position;
use crate::read::error::{Place, plain};
use crate::read::plausibility::Placed;
use crate::read::row_policy::Door;
use crate::read::tables::sites::SiteRow;
use crate::words::text;

/// The areas, and the units that have them.
#[derive(Clone, Copy)]
pub(crate) struct Ground<'a> {
    pub areas: &'a UnitAreas,
    pub units: &'a Units,
}

/// A cell or a site.
#[derive(Clone, Copy)]
struct Point<'a> {
    id: &'a str,
    at: Option<Position>,
    unit: Option<UnitId>,
}

/// Gives each cell without a unit the one that it lies in.
pub(crate) fn cells(cells: &mut Cells, ground: Ground<'_>, door: &mut Door<'_>) {
    let points = cells.iter().map(|(_, cell)| Point {
        id: &cell.id,
        at: cell.at,
        unit: cell.unit,
    });
    let found = by_place(&points.collect::<Vec<_>>(), Placed::Cells, ground, door);
    cells.for_each_mut(|id, cell| cell.unit = cell.unit.or(found[id.index()]));
}

/// Gives each site without a unit the one that it lies in.
pub(crate) fn sites(rows: &mut [SiteRow], ground: Ground<'_>, door: &mut Door<'_>) {
    let points = rows.iter().map(|row| Point {
        id: &row.site.id,
        at: Some(row.site.at),
        unit: row.site.unit,
    });
    let found = by_place(&points.collect::<Vec<_>>(), Placed::Sites, ground, door);
    for (row, found) in rows.iter_mut().zip(found) {
        row.site.unit = row.site.unit.or(found);
    }
}

/// What is told of points among the areas, by the first of them.
#[derive(Default)]
struct Told<'a> {
    found: usize,
    /// Points in two areas at once, which are these.
    overlaps: usize,
    overlap: Option<(&'a str, [UnitId; 2])>,
    /// Points in no area, the first with the nearest one, and the metres of the farthest.
    outside: usize,
    first_outside: Option<(&'a str, UnitId, f64)>,
    farthest_m: f64,
    /// Points that name a unit in which they do not lie.
    elsewhere: usize,
    first_elsewhere: Option<(&'a str, UnitId, f64)>,
}

/// The unit in which each point lies that names none, in parallel; what is odd is told.
fn by_place(
    points: &[Point<'_>],
    what: Placed,
    ground: Ground<'_>,
    door: &mut Door<'_>,
) -> Vec<Option<UnitId>> {
    let lies = points.par_iter().map(|point| look(*point, ground.areas));
    let lies: Vec<Look> = lies.collect();
    let mut told = Told::default();
    // In the order of the points, so that the first of each kind is the same for any number of
    // threads.
    for (point, look) in points.iter().zip(&lies) {
        told.take(point.id, *look);
    }
    told.say(what, ground.units, door);
    let unit = |look: &Look| match look {
        Look::Found(Lies::In(unit, _)) => Some(*unit),
        _ => None,
    };
    lies.iter().map(unit).collect()
}

/// What there is to say of one point.
#[derive(Clone, Copy)]
enum Look {
    /// It names no unit and lies so.
    Found(Lies),
    /// It names this unit and lies so many metres outside of it.
    Elsewhere(UnitId, f64),
    /// Nothing.
    Fine,
}

fn look(point: Point<'_>, areas: &UnitAreas) -> Look {
    match (point.at, point.unit) {
        (None, _) => Look::Fine,
        (Some(at), None) => Look::Found(areas.find(at)),
        (Some(at), Some(unit)) => match areas.metres_outside(unit, at) {
            Some(metres) if metres > BORDER_M => Look::Elsewhere(unit, metres),
            _ => Look::Fine,
        },
    }
}

impl<'a> Told<'a> {
    fn take(&mut self, id: &'a str, look: Look) {
        match look {
            Look::Fine => {}
            Look::Found(Lies::In(unit, also)) => {
                self.found += 1;
                if let Some(also) = also {
                    self.overlaps += 1;
                    self.overlap.get_or_insert((id, [unit, also]));
                }
            }
            Look::Found(Lies::Beside(unit, metres)) => {
                self.outside += 1;
                self.farthest_m = self.farthest_m.max(metres);
                self.first_outside.get_or_insert((id, unit, metres));
            }
            Look::Elsewhere(unit, metres) => {
                self.elsewhere += 1;
                self.first_elsewhere.get_or_insert((id, unit, metres));
            }
        }
    }

    fn say(&self, what: Placed, units: &Units, door: &mut Door<'_>) {
        let name = |unit: UnitId| plain(&units[unit].name);
        let several = || what.several();
        let mut say = |severity, code, message| {
            door.say(severity, code, Place::File, what.subject(), message);
        };
        if self.found > 0 {
            let message = text!(UnitByPlace, count = self.found, what = several());
            say(Severity::Note, "unit-by-place", message);
        }
        if let Some((id, [one, other])) = self.overlap {
            let message = text!(
                UnitsOverlap,
                count = self.overlaps,
                what = several(),
                id = plain(id),
                one = name(one),
                other = name(other),
            );
            say(Severity::Suspicious, "units-overlap", message);
        }
        if let Some((id, unit, metres)) = self.first_outside {
            let message = text!(
                OutsideUnits,
                count = self.outside,
                what = several(),
                id = plain(id),
                metres = format!("{metres:.0}"),
                unit = name(unit),
                farthest = format!("{:.0}", self.farthest_m),
            );
            say(Severity::Suspicious, "outside-units", message);
        }
        if let Some((id, unit, metres)) = self.first_elsewhere {
            let message = text!(
                UnitElsewhere,
                count = self.elsewhere,
                what = several(),
                id = plain(id),
                unit = name(unit),
                metres = format!("{metres:.0}"),
            );
            say(Severity::Suspicious, "unit-elsewhere", message);
        }
    }
}
