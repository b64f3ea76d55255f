//! Areas spread over their streets: cells too large for one walk become several.
//!
//! ```text
//!   +-----------------+     Where people of a village live is not known, but that it is along its
//!   |    |            |     streets. Squares of so many metres are laid over the area; the people of
//!   | ---o---o---     |     each are as many as the streets in it are long, and stand at a place
//!   |    |       \    |     of them. The rest of the area holds nobody.
//!   +-----------------+
//! ```

use std::collections::BTreeMap;

use rstar::primitives::GeomWithData;
use rstar::{AABB, RTree};

use crate::ids::{CellId, EdgeId};
use crate::model::{Attributes, Cell, Cells, Network, Outline};
use crate::plane::{Position, squared_distance};
use crate::read::row_policy::Door;
use crate::units::People;
use crate::words::text;

/// A stretch of street: its middle on the plane, with its length in millimetres.
type Stretch = GeomWithData<[f64; 2], u64>;

/// A part of an area: a place on its streets, and how many millimetres of them are around it.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Part {
    at: Position,
    millimetres: u64,
}

/// The cells, of which areas wider or higher than so many metres are spread over their streets, with
/// their people and all further counts by the streets' lengths. O(n log n) in the streets and areas.
///
/// A part is named `village/1` after its cell. Areas without a street stay as they are, and are told.
pub(crate) fn split(cells: Cells, network: &Network, metres: f64, door: &mut Door<'_>) -> Cells {
    let is_wide = |id: CellId| {
        let size = cells.outline(id).and_then(Outline::size_m);
        cells[id].at.is_some() && size.is_some_and(|[wide, high]| wide.max(high) > metres)
    };
    let wide: Vec<bool> = cells.iter().map(|(id, _)| is_wide(id)).collect();
    if !wide.contains(&true) {
        return cells;
    }
    let streets = RTree::bulk_load(stretches(network, metres / 2.0));
    let parts: Vec<Vec<Part>> = cells
        .iter()
        .map(|(id, _)| match cells.outline(id) {
            Some(outline) if wide[id.index()] => parts_of(outline, &streets, metres),
            _ => Vec::new(),
        })
        .collect();
    tell(&wide, &parts, door);
    spread_out(&cells, &parts)
}

/// The streets in stretches of at most so many metres. Nobody lives on bridges and in tunnels.
fn stretches(network: &Network, most_m: f64) -> Vec<Stretch> {
    let mut all = Vec::with_capacity(network.edges().len());
    for (number, edge) in network.edges().iter().enumerate() {
        let id = EdgeId::new(number);
        let traits = network.traits_of(id);
        if traits.no_doors || traits.link.is_some() || edge.metres <= 0.0 {
            continue;
        }
        let count = (edge.metres / most_m).ceil();
        let long = edge.metres / count;
        let steps = std::iter::successors(Some(0.5), |step| Some(step + 1.0));
        for step in steps.take_while(|step| *step < count) {
            let middle = network.along(id, step * long);
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a stretch of street in millimetres"
            )]
            let millimetres = (long * 1e3).round() as u64;
            all.push(GeomWithData::new(middle.on_plane(), millimetres));
        }
    }
    all
}

/// The parts of an area, from its south-western square on; none where no street lies in it.
fn parts_of(outline: &Outline, streets: &RTree<Stretch>, metres: f64) -> Vec<Part> {
    let (Some([low, high]), Some(area)) = (outline.corners(), outline.area()) else {
        return Vec::new();
    };
    let corner = low.on_plane();
    let around = AABB::from_corners(corner, high.on_plane());
    let inside = streets.locate_in_envelope_intersecting(around);
    let inside = inside.filter(|stretch| area.contains(Position::from_plane(*stretch.geom())));
    let mut inside: Vec<Stretch> = inside.copied().collect();
    // The same whatever the order of the streets.
    inside.sort_by(|a, b| {
        let [a, b] = [a, b].map(|one| (*one.geom(), one.data));
        let by_place = a.0[0].total_cmp(&b.0[0]).then(a.0[1].total_cmp(&b.0[1]));
        by_place.then(a.1.cmp(&b.1))
    });
    let side = metres * low.scale();
    let mut squares: BTreeMap<[i64; 2], Vec<Stretch>> = BTreeMap::new();
    for stretch in inside {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "an area has fewer squares than a number holds"
        )]
        let [column, row] =
            [0, 1].map(|axis| ((stretch.geom()[axis] - corner[axis]) / side).floor() as i64);
        squares.entry([row, column]).or_default().push(stretch);
    }
    squares
        .values()
        .map(|stretches| part_of(stretches))
        .collect()
}

/// The streets in one square: all their length, at the place of them that is nearest to their middle.
fn part_of(stretches: &[Stretch]) -> Part {
    let millimetres: u64 = stretches.iter().map(|stretch| stretch.data).sum();
    #[expect(
        clippy::cast_precision_loss,
        reason = "far fewer millimetres than 2^53"
    )]
    let part = |stretch: &Stretch| stretch.data as f64 / millimetres.max(1) as f64;
    let mut middle = [0.0; 2];
    for stretch in stretches {
        for axis in [0, 1] {
            middle[axis] += stretch.geom()[axis] * part(stretch);
        }
    }
    let off = |stretch: &&Stretch| squared_distance(*stretch.geom(), middle);
    let nearest = stretches.iter().min_by(|a, b| off(a).total_cmp(&off(b)));
    Part {
        at: Position::from_plane(nearest.map_or(middle, |stretch| *stretch.geom())),
        millimetres,
    }
}

/// The cells with those that have parts in parts.
fn spread_out(cells: &Cells, parts: &[Vec<Part>]) -> Cells {
    let mut list = Vec::new();
    let mut outlines: Vec<Option<Outline>> = Vec::new();
    let mut attributes: Vec<Attributes> = Vec::new();
    for (id, cell) in cells.iter() {
        let own = cells.attributes(id).cloned().unwrap_or_default();
        let parts = &parts[id.index()];
        if parts.is_empty() {
            list.push(cell.clone());
            outlines.push(cells.outline(id).cloned());
            attributes.push(own);
            continue;
        }
        let people = shares(cell.people, parts);
        for (place, (part, people)) in parts.iter().zip(people).enumerate() {
            list.push(Cell {
                id: format!("{}/{}", cell.id, place + 1),
                at: Some(part.at),
                people,
                ..cell.clone()
            });
            outlines.push(None);
            attributes.push(own.clone());
        }
    }
    let counts = cells.count_names().iter().map(|name| {
        let counts = cells.counts(name).unwrap_or_default();
        let mut spread = Vec::with_capacity(list.len());
        for (&count, parts) in counts.iter().zip(parts) {
            if parts.is_empty() {
                spread.push(count);
            } else {
                spread.extend(shares(count, parts));
            }
        }
        (name.clone(), spread)
    });
    let counts = counts.collect();
    Cells::new(list)
        .with_counts(counts)
        .with_outlines(outlines)
        .with_attributes(attributes)
}

/// A number by the lengths of parts: what one is rounded off by goes to the next.
fn shares(number: People, parts: &[Part]) -> Vec<People> {
    let all: u128 = parts.iter().map(|part| u128::from(part.millimetres)).sum();
    let mut so_far = 0_u128;
    let mut given = 0_u128;
    let share = |part: &Part| {
        so_far += u128::from(part.millimetres);
        let up_to = u128::from(number.millionths()) * so_far / all.max(1);
        let own = up_to - given;
        given = up_to;
        People::from_millionths(u64::try_from(own).unwrap_or(u64::MAX))
    };
    parts.iter().map(share).collect()
}

fn tell(wide: &[bool], parts: &[Vec<Part>], door: &mut Door<'_>) {
    let spread = parts.iter().filter(|parts| !parts.is_empty()).count();
    if spread > 0 {
        let places: usize = parts.iter().map(Vec::len).sum();
        let message = text!(CellsSplit, cells = spread, parts = places);
        door.note("cells-split", "cells", message);
    }
    let without = wide.iter().filter(|is_wide| **is_wide).count() - spread;
    if without > 0 {
        let message = text!(CellsNotSplit, cells = without);
        door.doubt("cells-not-split", message);
    }
}

#[cfg(test)]
mod tests {
    use geo::{MultiPolygon, Rect};
    use proptest::prelude::*;

    use super::*;
    use crate::draw;
    use crate::model::Findings;
    use crate::read::row_policy::{OnBad, Stopped};

    /// The cells of a town of two streets, 2,000 m and 400 m long, whose only cell is a rectangle
    /// around both of them, spread by so many metres; and the findings.
    fn spread(people: People, metres: f64) -> (Cells, Vec<String>) {
        let study = draw::town(
            "A-a------------------B\n|\n|\n|\nC          .     s",
            100.0,
            "s",
        );
        let cells = study.cells();
        let area = Rect::new((-0.001, -0.02), (0.03, 0.001)).to_polygon();
        let outline = Outline::new(&MultiPolygon::from(area));
        let cell = Cell {
            people,
            ..cells.as_slice()[0].clone()
        };
        let cells = Cells::new(vec![cell])
            .with_counts(vec![("elderly".to_owned(), vec![People::whole(7)])])
            .with_outlines(vec![outline]);
        let mut findings = Findings::default();
        let mut door = Door {
            file: "cells.geojson".to_owned(),
            on_bad: OnBad::Stop,
            findings: &mut findings,
            stopped: &mut Stopped::default(),
        };
        let cells = split(cells, study.network(), metres, &mut door);
        let codes = findings.iter().map(|finding| finding.code.to_owned());
        (cells, codes.collect())
    }

    #[test]
    fn people_are_where_streets_are_and_as_many_as_these_are_long() {
        let (cells, codes) = spread(People::whole(2_400), 500.0);
        assert_eq!(codes, ["cells-split"]);
        assert!((5..=8).contains(&cells.len()), "{}", cells.len());
        assert_eq!(cells.people(), People::whole(2_400));
        let elderly = cells.counts("elderly").expect("a count");
        assert_eq!(elderly.iter().copied().sum::<People>(), People::whole(7));
        // One person a metre: some 400 at the short street that runs south, the others at the long one.
        let south: People = cells
            .iter()
            .filter(|(_, cell)| cell.at.is_some_and(|at| at.lat() < -0.0005))
            .map(|(_, cell)| cell.people)
            .sum();
        assert!(south <= People::whole(500), "{south}");
        assert!(cells.as_slice()[0].id.ends_with("/1"));
        assert!(cells.iter().all(|(id, _)| cells.outline(id).is_none()));
    }

    #[test]
    fn small_areas_stay_as_they_are() {
        let (cells, codes) = spread(People::whole(9), 4_000.0);
        assert_eq!((cells.len(), codes.len()), (1, 0));
        assert!(cells.outline(CellId::new(0)).is_some());
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, cases: 32, ..ProptestConfig::default() })]

        #[test]
        fn nobody_is_lost(millionths in 0..10_000_000_000_u64, metres in 50.0..1_500.0_f64) {
            let people = People::from_millionths(millionths);
            prop_assert_eq!(spread(people, metres).0.people(), people);
        }
    }
}
