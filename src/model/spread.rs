//! Cells larger than one walk judges, and the places where their people may live.
//!
//! ```text
//!   +-----------+      A village of two by two kilometres stands at one place (o) and is judged by
//!   | .  .  .  .|      one walk from there. Its people live anywhere in it: at all these places
//!   | .  . o.  .|      the same is asked again.
//!   | .  .  .  .|
//!   +-----------+
//! ```

use super::boundary::Boundary;
use super::cells::{Cell, Cells};
use super::group::Group;
use super::outline::Outline;
use super::study::Study;
use super::zone::Zones;
use crate::ids::CellId;
use crate::plane::Position;
use crate::units::People;

/// Cells that are wider or higher than so many metres are large: one walk no longer judges them.
pub const LARGE_M: f64 = 300.0;
/// Places in a large cell stand so many metres apart …
const GRAIN_M: f64 = 100.0;
/// … or farther where all of them would be more than this.
const MOST_PLACES: f64 = 200_000.0;

impl Cells {
    /// The cells larger than [`LARGE_M`], in order: those that stand somewhere and have an outline.
    /// O(vertices of the outlines).
    pub fn large(&self) -> impl Iterator<Item = CellId> {
        let placed = self.iter().filter(|(_, cell)| cell.at.is_some());
        placed.map(|(id, _)| id).filter(|&id| {
            let size = self.outline(id).and_then(Outline::size_m);
            size.is_some_and(|[wide, high]| wide.max(high) > LARGE_M)
        })
    }

    /// How many people live in large cells.
    #[must_use]
    pub fn people_in_large(&self) -> People {
        self.large().map(|id| self[id].people).sum()
    }
}

/// A study whose large cells stand at many places instead of one.
#[derive(Debug, Clone)]
pub(crate) struct Spread {
    /// The same study with a cell for each place, in which all people of the cell live.
    pub study: Study,
    /// Which cell each of its cells is a place of: the cell's own place first, then the others.
    pub of: Vec<CellId>,
}

/// The study at all places where people of its large cells may live, so many times farther apart than
/// they need be; none where no cell is large. O(cells + places × log of an outline's vertices).
pub(crate) fn spread(study: &Study, coarser: f64) -> Option<Spread> {
    let cells = study.cells();
    let large: Vec<CellId> = cells.large().collect();
    if large.is_empty() {
        return None;
    }
    let grain_m = grain(cells, &large) * coarser;
    let mut of = Vec::with_capacity(cells.len());
    let mut list = Vec::with_capacity(cells.len());
    // Both lists are in the order of cells: one pass tells which are large.
    let mut large = large.into_iter().peekable();
    for (id, cell) in cells.iter() {
        // Its own place comes first, for every cell: bounds begin with that.
        of.push(id);
        list.push(standing(cell, cell.at, list.len()));
        if large.next_if_eq(&id).is_some() {
            for at in places_in(cells, id, grain_m) {
                of.push(id);
                list.push(standing(cell, Some(at), list.len()));
            }
        }
    }
    let study = at_places(study, list, &of);
    Some(Spread { study, of })
}

/// The cell at another place. Ids are to differ, and nobody reads these.
fn standing(cell: &Cell, at: Option<Position>, number: usize) -> Cell {
    Cell {
        id: number.to_string(),
        name: String::new(),
        at,
        ..cell.clone()
    }
}

/// The same study with these cells, and every list that goes beside the cells by them.
fn at_places(study: &Study, list: Vec<Cell>, of: &[CellId]) -> Study {
    let cells = study.cells();
    let counts = cells.count_names().iter().map(|name| {
        let counts = cells.counts(name).unwrap_or_default();
        (name.clone(), by_place(counts, of))
    });
    let counts = counts.collect();
    let mut parts = study.clone().into_parts();
    parts.cells = Cells::new(list).with_counts(counts);
    for group in &mut parts.groups {
        let people = by_place(&group.people, of);
        *group = Group {
            people,
            ..group.clone()
        };
    }
    let zones = parts.zones.iter().map(|(_, zone)| zone.clone()).collect();
    if !parts.zones.is_empty() {
        parts.zones = Zones::new(zones, by_place(parts.zones.of_cells(), of));
    }
    // What is asked of the places is who is covered, and nothing else.
    parts.changes = Vec::new();
    Study::new(parts).expect("every list is as long as the cells, as those of the study were")
}

fn by_place<T: Copy>(of_cells: &[T], of: &[CellId]) -> Vec<T> {
    of.iter().map(|id| of_cells[id.index()]).collect()
}

/// How far places stand apart, so that there are not too many.
fn grain(cells: &Cells, large: &[CellId]) -> f64 {
    let areas = large.iter().filter_map(|&id| {
        let [wide, high] = cells.outline(id)?.size_m()?;
        Some(wide * high)
    });
    (areas.sum::<f64>() / MOST_PLACES).sqrt().max(GRAIN_M)
}

/// Places all over a cell's outline, as far as people live there.
fn places_in(cells: &Cells, id: CellId, grain_m: f64) -> Vec<Position> {
    let places = |outline: &Outline| match cells.inhabited(id) {
        Some(land) => on_land(outline, land, grain_m),
        None => grid_in(outline, &outline.area()?, grain_m),
    };
    cells.outline(id).and_then(places).unwrap_or_default()
}

/// Places of an even grid over an outline that lie in an area, from south-west to north-east.
fn grid_in(outline: &Outline, area: &Boundary, grain_m: f64) -> Option<Vec<Position>> {
    let [wide, high] = outline.size_m()?;
    let [south_west, north_east] = outline.corners()?;
    let columns = (wide / grain_m).ceil();
    let rows = (high / grain_m).ceil();
    let mut places = Vec::new();
    // Middles of equal parts: none stands on the rim, however coarse the grid.
    for row in halves(rows) {
        for column in halves(columns) {
            let lon = between(south_west.lon(), north_east.lon(), column);
            let lat = between(south_west.lat(), north_east.lat(), row);
            places.extend(Position::new(lon, lat).filter(|&at| area.contains(at)));
        }
    }
    Some(places)
}

/// Places of the settled land in an outline: a grid over each piece of it, and its vertices, for a
/// hamlet may lie between two places of any grid.
fn on_land(outline: &Outline, land: &Outline, grain_m: f64) -> Option<Vec<Position>> {
    let within = outline.area()?;
    let mut places = Vec::new();
    for piece in land.to_multi_polygon() {
        let vertices = piece.exterior().coords();
        let vertices = vertices.filter_map(|at| Position::new(at.x, at.y));
        places.extend(vertices.filter(|&at| within.contains(at)));
        let Some(piece) = Outline::new(&piece.into()) else {
            continue;
        };
        // A ring that encloses nothing takes no other piece away.
        let Some(area) = piece.area() else {
            continue;
        };
        let inside = grid_in(&piece, &area, grain_m).unwrap_or_default();
        places.extend(inside.into_iter().filter(|&at| within.contains(at)));
    }
    Some(places)
}

/// The middles of so many equal parts of the way from 0 to 1.
fn halves(count: f64) -> impl Iterator<Item = f64> {
    let steps = std::iter::successors(Some(0.5), |step| Some(step + 1.0));
    steps
        .take_while(move |step| *step < count)
        .map(move |step| step / count)
}

fn between(from: f64, to: f64, part: f64) -> f64 {
    from + (to - from) * part
}

impl Outline {
    /// The outline, to be asked what lies inside; none where it encloses nothing.
    pub(crate) fn area(&self) -> Option<Boundary> {
        let position = |at: &geo_types::Coord| Position::new(at.x, at.y);
        let ring = |line: &geo_types::LineString| line.coords().filter_map(position).collect();
        let areas = self.to_multi_polygon();
        let areas = areas.iter().map(|polygon| {
            let holes = polygon.interiors().iter().map(ring);
            let outline = std::iter::once(ring(polygon.exterior()));
            outline.chain(holes).collect()
        });
        Boundary::new(areas.collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draw;
    use geo_types::{MultiPolygon, Rect};

    /// A town whose second cell is the area of so many metres around it.
    fn town(metres: f64) -> Study {
        let study = draw::town("A-a--s------------b-B", 100.0, "s");
        study
            .with(|parts| {
                let at = parts.cells.as_slice()[1].at.expect("placed");
                let half = metres / 2.0 / 111_000.0;
                let corners = [-half, half].map(|off| (at.lon() + off, at.lat() + off));
                let area = Rect::new(corners[0], corners[1]).to_polygon();
                let outline = Outline::new(&MultiPolygon::from(area));
                let cells = std::mem::take(&mut parts.cells);
                parts.cells = cells.with_outlines(vec![None, outline]);
            })
            .expect("still a study")
    }

    #[test]
    fn large_is_what_is_wider_than_300_m() {
        assert_eq!(town(295.0).cells().large().count(), 0);
        assert!(spread(&town(295.0), 1.0).is_none());
        let study = town(310.0);
        assert_eq!(study.cells().large().collect::<Vec<_>>(), [CellId::new(1)]);
        assert_eq!(study.cells().people_in_large(), People::whole(2));
    }

    #[test]
    fn a_ring_that_encloses_nothing_takes_no_other_land_away() {
        let square = |side: f64| {
            let [low, high] = [0.0, side].map(|off| (116.0 + off, off));
            Rect::new(low, high).to_polygon()
        };
        let around = Outline::new(&square(0.02).into()).expect("an outline");
        let places = |land: Vec<geo_types::Polygon>| {
            let land = Outline::new(&MultiPolygon(land)).expect("an outline");
            on_land(&around, &land, 100.0).expect("an area").len()
        };
        let spike: geo_types::LineString = vec![(116.0, 0.0), (116.01, 0.01), (116.0, 0.0)].into();
        let spike = geo_types::Polygon::new(spike, Vec::new());
        let alone = places(vec![square(0.005)]);
        assert!(alone > 25, "{alone}");
        assert!(places(vec![spike, square(0.005)]) >= alone);
    }

    #[test]
    fn a_large_cell_stands_at_its_own_place_and_all_over_its_area() {
        let study = town(1_000.0);
        let spread = spread(&study, 1.0).expect("a large cell");
        // Ten or eleven rows and columns, for degrees differ a little from 111 km.
        assert!(
            (100..=121).contains(&(spread.of.len() - 2)),
            "{}",
            spread.of.len()
        );
        assert_eq!(spread.of[..2], [CellId::new(0), CellId::new(1)]);
        assert!(spread.of[2..].iter().all(|&of| of == CellId::new(1)));
        let [own, places @ ..] = &spread.study.cells().as_slice()[1..] else {
            panic!("several places")
        };
        assert_eq!(own.at, study.cells()[CellId::new(1)].at);
        for place in places {
            let metres = own.at.expect("placed").distance(place.at.expect("placed"));
            assert!(metres < 710.0, "{metres}");
            assert_eq!(place.people, People::whole(2));
        }
    }
}
