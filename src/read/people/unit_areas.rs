//! In which unit's area a place lies.
//!
//! ```text
//!   +---------+---------+      a: in the village, which is deeper than the township around it.
//!   | town    |  other  |      b: on the border, or in a sliver between two areas: the nearest.
//!   |  +---+  |  town   |      c: beyond all areas: in none, and it is told how far off.
//!   |  | a |  b         | c
//!   +--+---+--+---------+
//! ```

use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, PointDistance, RTree};

use crate::ids::UnitId;
use crate::model::{Boundary, Units};
use crate::plane::Position;

/// Borders are drawn to some metres: a place no farther off than this lies in the nearest area.
pub(super) const BORDER_M: f64 = 10.0;

/// The areas of units.
pub(crate) struct UnitAreas {
    areas: Vec<Area>,
    /// The rectangle around each area on the plane, with its place in the list.
    rectangles: RTree<GeomWithData<Rectangle<[f64; 2]>, usize>>,
}

/// The area of one unit.
struct Area {
    unit: UnitId,
    /// How many units it lies in.
    depth: usize,
    outline: Boundary,
}

/// Where a place lies among the areas.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Lies {
    /// In this unit; and in another one just as deep, where the areas overlap.
    In(UnitId, Option<UnitId>),
    /// In none: so many metres from this one, the nearest.
    Beside(UnitId, f64),
}

impl UnitAreas {
    /// The areas of these units; none where no unit has one. O(n log n) in their vertices.
    pub(super) fn new(outlines: Vec<(UnitId, Boundary)>, units: &Units) -> Option<Self> {
        let mut areas: Vec<Area> = outlines
            .into_iter()
            .map(|(unit, outline)| Area {
                unit,
                depth: units.upward(unit).count(),
                outline,
            })
            .collect();
        // The deepest first, then by id: the first of several is the one that counts.
        areas.sort_by_key(|area| (std::cmp::Reverse(area.depth), area.unit));
        let rectangles = areas.iter().enumerate().map(|(place, area)| {
            let [low, high] = area.outline.corners();
            GeomWithData::new(Rectangle::from_corners(low, high), place)
        });
        let rectangles = RTree::bulk_load(rectangles.collect());
        (!areas.is_empty()).then_some(Self { areas, rectangles })
    }

    /// Where a place lies. O(log areas), and O(log n) for each area around it.
    pub(super) fn find(&self, at: Position) -> Lies {
        let mut around: Vec<usize> = self
            .rectangles
            .locate_in_envelope_intersecting(AABB::from_point(at.on_plane()))
            .map(|found| found.data)
            .filter(|&place| self.areas[place].outline.contains(at))
            .collect();
        around.sort_unstable();
        let Some(&first) = around.first() else {
            return self.nearest(at);
        };
        let area = &self.areas[first];
        // On the border of two areas both may claim a place; well within both, they overlap.
        let also = around[1..].iter().map(|&place| &self.areas[place]);
        let mut also = also.filter(|other| {
            let is_within = |area: &Area| area.outline.metres_to(at) > BORDER_M;
            other.depth == area.depth && is_within(other) && is_within(area)
        });
        Lies::In(area.unit, also.next().map(|other| other.unit))
    }

    /// How many metres a place lies outside of a unit's area; none where it lies inside, or the
    /// unit has no area.
    pub(super) fn metres_outside(&self, unit: UnitId, at: Position) -> Option<f64> {
        let area = self.areas.iter().find(|area| area.unit == unit)?;
        let is_outside = !area.outline.contains(at);
        is_outside.then(|| area.outline.metres_to(at))
    }

    /// The nearest area of a place that lies in none: by the plane, and of several as near the first.
    fn nearest(&self, at: Position) -> Lies {
        let point = at.on_plane();
        let mut best = (f64::INFINITY, usize::MAX);
        for found in self.rectangles.nearest_neighbor_iter(point) {
            // No area is nearer than the rectangle around it.
            if found.distance_2(&point) > best.0 {
                break;
            }
            let distance = self.areas[found.data].outline.plane_distance_2(at);
            if distance < best.0 || (distance <= best.0 && found.data < best.1) {
                best = (distance, found.data);
            }
        }
        let area = &self.areas[best.1];
        match area.outline.metres_to(at) {
            metres if metres <= BORDER_M => Lies::In(area.unit, None),
            metres => Lies::Beside(area.unit, metres),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::UnitRow;

    fn at(lon: f64, lat: f64) -> Position {
        Position::new(lon, lat).expect("a valid test position")
    }

    fn square(west: f64, south: f64, wide: f64) -> Boundary {
        let (east, north) = (west + wide, south + wide);
        let ring = vec![
            at(west, south),
            at(east, south),
            at(east, north),
            at(west, north),
        ];
        Boundary::new(vec![vec![ring]]).expect("an area")
    }

    fn units(rows: &[(&str, &str)]) -> Units {
        let row = |&(id, parent): &(&str, &str)| UnitRow {
            id: id.to_owned(),
            name: String::new(),
            parent: (!parent.is_empty()).then(|| parent.to_owned()),
        };
        Units::new(rows.iter().map(row).collect()).expect("a tree")
    }

    #[test]
    fn the_deepest_counts_then_the_nearest_then_none() {
        let units = units(&[("town", ""), ("village", "town"), ("other", "")]);
        let find = |id| units.find(id).expect("a unit");
        let outlines = vec![
            (find("town"), square(116.0, 29.0, 0.1)),
            (find("other"), square(116.1, 29.0, 0.1)),
            (find("village"), square(116.02, 29.02, 0.02)),
        ];
        let areas = UnitAreas::new(outlines, &units).expect("areas");
        assert_eq!(
            areas.find(at(116.03, 29.03)),
            Lies::In(find("village"), None)
        );
        assert_eq!(areas.find(at(116.06, 29.03)), Lies::In(find("town"), None));
        assert_eq!(areas.find(at(116.15, 29.03)), Lies::In(find("other"), None));
        // On the border of two, the first by id, whichever claims it.
        let Lies::In(unit, None) = areas.find(at(116.1, 29.05)) else {
            panic!("it lies on a border")
        };
        assert!(unit == find("town") || unit == find("other"));
        // 5 m beyond, and 100 m beyond.
        assert_eq!(
            areas.find(at(116.05, 29.100_045)),
            Lies::In(find("town"), None)
        );
        let Lies::Beside(unit, metres) = areas.find(at(116.15, 29.1009)) else {
            panic!("it lies beyond")
        };
        assert_eq!(unit, find("other"));
        assert!((metres - 100.0).abs() < 1.0, "{metres}");
        assert_eq!(areas.metres_outside(find("town"), at(116.05, 29.05)), None);
        let outside = areas.metres_outside(find("town"), at(116.15, 29.05));
        assert!(outside.is_some_and(|metres| (metres - 4870.0).abs() < 10.0));
    }

    #[test]
    fn areas_that_overlap_are_told_and_the_first_counts() {
        let units = units(&[("a", ""), ("b", "")]);
        let [a, b] = ["a", "b"].map(|id| units.find(id).expect("a unit"));
        let outlines = vec![
            (b, square(116.05, 29.0, 0.1)),
            (a, square(116.0, 29.0, 0.1)),
        ];
        let areas = UnitAreas::new(outlines, &units).expect("areas");
        assert_eq!(areas.find(at(116.07, 29.05)), Lies::In(a, Some(b)));
        assert_eq!(areas.find(at(116.03, 29.05)), Lies::In(a, None));
        assert!(UnitAreas::new(Vec::new(), &units).is_none());
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        /// Among squares that may overlap, against each of them in turn.
        #[test]
        fn the_tree_finds_what_a_look_at_all_finds(
            corners in prop::collection::vec((0..40_u32, 0..40_u32, 1..9_u32), 1..12),
            east in 0..500_u32, north in 0..500_u32,
        ) {
            let names: Vec<String> = (0..corners.len()).map(|place| format!("u{place:02}")).collect();
            let rows: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "")).collect();
            let units = units(&rows);
            let square = |&(x, y, wide): &(u32, u32, u32)| {
                square(116.0 + f64::from(x) * 0.001, 29.0 + f64::from(y) * 0.001, f64::from(wide) * 0.001)
            };
            let outlines = || names.iter().zip(&corners)
                .map(|(name, corner)| (units.find(name).expect("a unit"), square(corner)));
            let areas = UnitAreas::new(outlines().collect(), &units).expect("areas");
            let place = at(116.0 + f64::from(east) * 1e-4 + 3e-6, 29.0 + f64::from(north) * 1e-4 + 3e-6);
            let inside: Vec<UnitId> = outlines().filter(|(_, area)| area.contains(place)).map(|(unit, _)| unit).collect();
            let nearest = outlines().map(|(_, area)| area.metres_to(place)).fold(f64::INFINITY, f64::min);
            match areas.find(place) {
                Lies::In(unit, _) if !inside.is_empty() => prop_assert_eq!(unit, inside[0]),
                Lies::In(_, also) => prop_assert!(also.is_none() && nearest <= BORDER_M),
                Lies::Beside(_, metres) => {
                    prop_assert!(inside.is_empty() && metres > BORDER_M);
                    // Nearest on the plane, which over so few kilometres is nearest on the ground.
                    prop_assert!((metres - nearest).abs() < 1e-3 * nearest);
                }
            }
        }
    }
}
