//! Areas spread over their settled land and streets: cells too large for one walk become several.
//!
//! ```text
//!   +-----------------+     Where people of a village live is not known, but that it is on its
//!   |    |            |     settled land and along its streets. Squares of so many metres are laid over
//!   | ---o---o---     |     the area; the people of each are as many as the land in it is large, and
//!   |    |       \    |     stand at a place of it. The rest of the area holds nobody.
//!   +-----------------+
//! ```

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::land::{Land, Patch, middle, sum};
use super::settled::SettledLand;
use crate::ids::CellId;
use crate::model::{Attributes, Cell, Cells, Network, Outline};
use crate::plane::Position;
use crate::read::row_policy::Door;
use crate::units::People;
use crate::words::text;

/// A part of an area: a place of its land, and how much of that is around it, in square centimetres.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Part {
    at: Position,
    cm2: u64,
}

/// Where areas are spread.
#[derive(Clone, Copy)]
pub(crate) struct Over<'a> {
    pub network: &'a Network,
    pub settled: &'a SettledLand,
    /// Larger areas are spread, in squares of so many metres.
    pub metres: f64,
}

/// The cells, of which areas wider or higher than so many metres are spread over their land, with
/// their people and all further counts by its size. O(n log n) in the streets and areas.
///
/// A part is named `village/1` after its cell. Areas without land and street stay as they are, and
/// are told. Beside the cells comes of which cell each is a part.
pub(crate) fn split(cells: Cells, over: Over<'_>, door: &mut Door<'_>) -> (Cells, Vec<CellId>) {
    let is_wide = |id: CellId| {
        let size = cells.outline(id).and_then(Outline::size_m);
        cells[id].at.is_some() && size.is_some_and(|[wide, high]| wide.max(high) > over.metres)
    };
    let wide: Vec<bool> = cells.iter().map(|(id, _)| is_wide(id)).collect();
    if !wide.contains(&true) {
        let themselves = cells.iter().map(|(id, _)| id).collect();
        return (cells, themselves);
    }
    // Pieces of streets half as long as a square is wide: a street along several has land in each.
    let land = Land::new(over.settled, over.network, over.metres / 2.0);
    let parts = |place: usize| match cells.outline(CellId::new(place)) {
        Some(outline) if wide[place] => parts_of(outline, &land, over.metres),
        _ => Vec::new(),
    };
    let parts: Vec<Vec<Part>> = (0..cells.len()).into_par_iter().map(parts).collect();
    let spread = spread_out(&cells, &parts);
    tell((&wide, &parts), &spread, door);
    let of = |(id, parts): (CellId, &Vec<Part>)| std::iter::repeat_n(id, parts.len().max(1));
    let cells_of = cells.iter().map(|(id, _)| id).zip(&parts);
    (spread, cells_of.flat_map(of).collect())
}

/// The parts of an area, from its south-western square on; none where nobody can live in it.
fn parts_of(outline: &Outline, land: &Land<'_>, metres: f64) -> Vec<Part> {
    let Some([low, _]) = outline.corners() else {
        return Vec::new();
    };
    let corner = low.on_plane();
    let side = metres * low.scale();
    let mut squares: BTreeMap<[i64; 2], Vec<Patch>> = BTreeMap::new();
    for patch in land.in_area(outline) {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "an area has fewer squares than a number holds"
        )]
        let [column, row] =
            [0, 1].map(|axis| ((patch.geom()[axis] - corner[axis]) / side).floor() as i64);
        squares.entry([row, column]).or_default().push(patch);
    }
    let part = |patches: &Vec<Patch>| Part {
        at: Position::from_plane(middle(patches)),
        cm2: sum(patches),
    };
    squares.values().map(part).collect()
}

/// The cells with those that have parts in parts.
fn spread_out(cells: &Cells, parts: &[Vec<Part>]) -> Cells {
    let mut list = Vec::new();
    let mut outlines: Vec<Option<Outline>> = Vec::new();
    let mut estimated: Vec<bool> = Vec::new();
    let mut attributes: Vec<Attributes> = Vec::new();
    for (id, cell) in cells.iter() {
        let own = cells.attributes(id).cloned().unwrap_or_default();
        let parts = &parts[id.index()];
        if parts.is_empty() {
            list.push(cell.clone());
            outlines.push(cells.outline(id).cloned());
            estimated.push(cells.is_estimated(id));
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
            // A part has a place alone: where it ends nobody knows.
            outlines.push(None);
            estimated.push(true);
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
        .with_estimated(estimated)
        .with_attributes(attributes)
}

/// A number by the sizes of parts: what one is rounded off by goes to the next.
fn shares(number: People, parts: &[Part]) -> Vec<People> {
    let all: u128 = parts.iter().map(|part| u128::from(part.cm2)).sum();
    let mut so_far = 0_u128;
    let mut given = 0_u128;
    let share = |part: &Part| {
        so_far += u128::from(part.cm2);
        // Rounded is what all parts up to here have, not each of them: so none of the number is
        // lost.
        let up_to = u128::from(number.millionths()) * so_far / all.max(1);
        let own = up_to - given;
        given = up_to;
        People::from_millionths(u64::try_from(own).unwrap_or(u64::MAX))
    };
    parts.iter().map(share).collect()
}

fn tell((wide, parts): (&[bool], &[Vec<Part>]), made: &Cells, door: &mut Door<'_>) {
    let spread = parts.iter().filter(|parts| !parts.is_empty()).count();
    if spread > 0 {
        let places: usize = parts.iter().map(Vec::len).sum();
        let message = text!(
            CellsSplit,
            cells = spread,
            parts = places,
            people = made.people_estimated().to_string(),
            all = made.people().to_string(),
        );
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
        let over = Over {
            network: study.network(),
            settled: &SettledLand::default(),
            metres,
        };
        let (cells, parts_of) = split(cells, over, &mut door);
        assert_eq!(parts_of, vec![CellId::new(0); cells.len()]);
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
