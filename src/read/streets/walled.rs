//! Compounds (小区) that a study draws as areas: a wall stands along their outlines, and their streets
//! are those of the people who live within.

use std::collections::HashSet;
use std::ops::Range;

use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};

use super::ways::{About, Access, RawStreets, Stretch};
use crate::model::Boundary;
use crate::plane::Position;

/// The areas of compounds.
pub(crate) struct Compounds {
    area: Boundary,
    /// Each of them for itself, and the rectangle around it on the plane with its place in the list.
    each: Vec<Boundary>,
    rectangles: RTree<GeomWithData<Rectangle<[f64; 2]>, usize>>,
    /// The longitude and latitude of each corner, in bits. Where a street is drawn along a wall they share
    /// corners, which are outside.
    corners: HashSet<[u64; 2]>,
}

impl Compounds {
    /// The compounds of these areas, each a list of rings; none when no area has an outline.
    pub(crate) fn new(areas: &[Vec<Vec<Position>>]) -> Option<Self> {
        let corners = areas.iter().flatten().flatten();
        let corners = corners.map(|at| bits([at.lon(), at.lat()]));
        let each = areas.iter();
        let each: Vec<Boundary> = each
            .filter_map(|area| Boundary::new(vec![area.clone()]))
            .collect();
        let rectangles = each.iter().enumerate().map(|(place, area)| {
            let [low, high] = area.corners();
            GeomWithData::new(Rectangle::from_corners(low, high), place)
        });
        Some(Self {
            corners: corners.collect(),
            area: Boundary::new(areas.to_vec())?,
            rectangles: RTree::bulk_load(rectangles.collect()),
            each,
        })
    }

    /// How many areas there are.
    pub(crate) const fn len(&self) -> usize {
        self.each.len()
    }

    /// How many of them hold none of these vertices. O(vertices · log corners).
    fn without_any(&self, vertices: impl Iterator<Item = [f64; 2]>) -> usize {
        let mut is_served = vec![false; self.each.len()];
        for at in vertices.filter_map(|[lon, lat]| Position::new(lon, lat)) {
            let point = AABB::from_point(at.on_plane());
            for around in self.rectangles.locate_in_envelope_intersecting(point) {
                let served = &mut is_served[around.data];
                *served = *served || self.each[around.data].contains(at);
            }
        }
        is_served.iter().filter(|served| !**served).count()
    }

    /// Whether a vertex lies within a compound.
    fn hold(&self, at: [f64; 2]) -> bool {
        !self.corners.contains(&bits(at))
            && Position::new(at[0], at[1]).is_some_and(|at| self.area.contains(at))
    }
}

fn bits(at: [f64; 2]) -> [u64; 2] {
    at.map(f64::to_bits)
}

/// Leaves the streets within compounds to the residents: each piece that has an end there, so that one
/// that leads out is their gate. How many areas have no street. O(nodes · log corners).
pub(crate) fn wall_in(raw: &mut RawStreets, compounds: &Compounds) -> usize {
    let nodes = raw.nodes.iter();
    let within: Vec<bool> = nodes.map(|&at| compounds.hold(at)).collect();
    let pieces = raw.pieces.iter();
    let is_walled: Vec<bool> = pieces
        .map(|ends| ends.iter().any(|&end| within[end as usize]))
        .collect();
    // Stretches are made anew: one is parted where a wall crosses it, and plain pieces within a
    // compound become one. Old stretches ascend, so each piece is met once.
    let mut stretches = Vec::with_capacity(raw.stretches.len());
    let mut done = 0;
    for Stretch { pieces, about } in std::mem::take(&mut raw.stretches) {
        let pieces = pieces.start as usize..pieces.end as usize;
        part(
            &mut stretches,
            &is_walled,
            (done..pieces.start, About::default()),
        );
        done = pieces.end;
        part(&mut stretches, &is_walled, (pieces, about));
    }
    part(
        &mut stretches,
        &is_walled,
        (done..is_walled.len(), About::default()),
    );
    raw.stretches = stretches;
    let mut inside: Vec<u32> = raw.pieces.iter().flatten().copied().collect();
    inside.retain(|&node| within[node as usize]);
    compounds.without_any(inside.iter().map(|&node| raw.nodes[node as usize]))
}

/// Parts what is told of some pieces into what is told of those within compounds, and of the others.
fn part(stretches: &mut Vec<Stretch>, is_walled: &[bool], (pieces, about): (Range<usize>, About)) {
    let mut start = pieces.start;
    for run in is_walled[pieces].chunk_by(|one, next| one == next) {
        let access = if run[0] {
            about.access.max(Access::Residents)
        } else {
            about.access
        };
        let about = About { access, ..about };
        let end = start + run.len();
        if !about.is_nothing() {
            stretches.extend(Stretch::new(start..end, about));
        }
        start = end;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Traits;

    /// Vertices 0.001° apart on the equator; a compound holds the third and the fourth, another none.
    fn walled(stretches: Vec<Stretch>) -> (usize, Vec<Stretch>) {
        let at = |lon: f64, lat: f64| Position::new(lon, lat).expect("on the globe");
        let ring = [[0.0015, -1.0], [0.0035, -1.0], [0.0035, 1.0], [0.0015, 1.0]];
        let ring = ring.map(|[lon, lat]| at(lon, lat)).to_vec();
        let far = ring.iter().map(|place| at(place.lon() + 1.0, place.lat()));
        let far: Vec<Position> = far.collect();
        let compounds = Compounds::new(&[vec![ring], vec![far]]).expect("two areas");
        let mut raw = RawStreets {
            nodes: (0..6).map(|lon| [f64::from(lon) / 1000.0, 0.0]).collect(),
            pieces: (0..5).map(|node| [node, node + 1]).collect(),
            stretches,
            ..RawStreets::default()
        };
        (wall_in(&mut raw, &compounds), raw.stretches)
    }

    fn residents(about: About) -> About {
        let access = Access::Residents;
        About { access, ..about }
    }

    #[test]
    fn pieces_with_an_end_within_are_the_residents() {
        let own = Stretch::new(1..4, residents(About::default()));
        assert_eq!(walled(Vec::new()), (1, own.into_iter().collect()));
    }

    #[test]
    fn what_else_is_told_of_a_street_stays_so() {
        let stairs = About {
            traits: Traits {
                no_wheelchair: true,
                ..Traits::default()
            },
            ..About::default()
        };
        let closed = About {
            access: Access::Closed,
            ..About::default()
        };
        let told = [Stretch::new(0..3, stairs), Stretch::new(3..5, closed)];
        let expected = [
            Stretch::new(0..1, stairs),
            Stretch::new(1..3, residents(stairs)),
            Stretch::new(3..4, closed),
            Stretch::new(4..5, closed),
        ];
        let expected: Vec<Stretch> = expected.into_iter().flatten().collect();
        assert_eq!(walled(told.into_iter().flatten().collect()).1, expected);
    }

    #[test]
    fn a_street_along_the_wall_stays_outside() {
        let at = |lon: f64, lat: f64| Position::new(lon, lat).expect("on the globe");
        let ring = vec![
            at(0.0, 0.0),
            at(0.001, 0.0),
            at(0.001, 0.001),
            at(0.0, 0.001),
        ];
        let compounds = Compounds::new(&[vec![ring]]).expect("an area");
        let corners = [[0.0, 0.0], [0.001, 0.0], [0.0, 0.001]];
        assert!(!corners.iter().any(|corner| compounds.hold(*corner)));
        assert!(compounds.hold([0.0005, 0.0005]));
    }
}
