//! Is the street file whole, and do its streets lie where it says? Half a map must not pass for one.

use super::ways::{RawStreets, Torn};
use crate::model::Network;
use crate::plane::Position;
use crate::read::error::{BadInput, ReadError};
use crate::read::plan::study_file::InputFile;
use crate::read::row_policy::Door;
use crate::words::{Text, text};

/// Of so many streets one may be lost: more than 0.5 % is an error.
const ONE_OF: u64 = 200;
/// No street runs so far between two vertices, in metres.
const LEAP_M: f64 = 100_000.0;
/// Extracts that keep whole ways pass their box, but not by so much, in metres.
const OUT_OF_BOX_M: f64 = 10_000.0;
/// Streets so near to the 180° meridian, in degrees, go on behind it where others do.
const NEAR_180: f64 = 179.95;

/// Refuses a map of which a part is lost, unless the study says `incomplete` of it.
///
/// # Errors
/// When more than 0.5 % of the streets are broken between vertices that are there, or have none
/// ([`Torn::lost`]).
pub(crate) fn refuse_half(
    raw: &RawStreets,
    entry: &InputFile,
    door: &Door<'_>,
) -> Result<(), ReadError> {
    let lost = raw.torn.lost();
    if entry.incomplete || lost * ONE_OF <= raw.walkable {
        return Ok(());
    }
    let setting = format!(
        "streets = {{ path = \"{}\", incomplete = true }}",
        entry.path
    );
    Err(BadInput {
        code: "half-a-map",
        file: door.file.clone(),
        expected: text!(HalfAMap, tears = tears(raw.torn, raw.walkable)),
        remedy: text!(DownloadOrIncomplete, setting = setting),
        ..BadInput::default()
    }
    .into())
}

fn tears(torn: Torn, streets: u64) -> Text {
    text!(
        TornStreets,
        streets = streets,
        broken = torn.broken,
        nowhere = torn.nowhere,
    )
}

/// Refuses streets on both sides of the 180° meridian, which lie 40,000 km apart on the plane.
///
/// # Errors
/// When a street crosses it, or streets come near it on both sides.
pub(crate) fn refuse_both_sides(raw: &RawStreets, door: &Door<'_>) -> Result<(), ReadError> {
    let expected = if let Some([from, to]) = crossing_180(raw) {
        text!(AcrossMeridian, from = shown(from), to = shown(to))
    } else if is_near_180(raw, 1.0) && is_near_180(raw, -1.0) {
        text!(BothSidesOfMeridian)
    } else {
        return Ok(());
    };
    Err(BadInput {
        code: "across-180",
        file: door.file.clone(),
        expected,
        remedy: text!(CutAtMeridian),
        ..BadInput::default()
    }
    .into())
}

/// The ends of a piece of street that crosses the 180° meridian.
fn crossing_180(raw: &RawStreets) -> Option<[Position; 2]> {
    raw.pieces.iter().find_map(|ends| {
        let [from, to] = ends.map(|node| raw.nodes[node as usize]);
        let from = Position::new(from[0], from[1])?;
        let to = Position::new(to[0], to[1])?;
        from.is_across_180(to).then_some([from, to])
    })
}

/// Whether streets come near the meridian on the eastern side (1) or on the western (-1).
fn is_near_180(raw: &RawStreets, side: f64) -> bool {
    raw.nodes.iter().any(|at| at[0] * side >= NEAR_180)
}

fn shown(at: Position) -> String {
    format!("{}, {}", at.lon(), at.lat())
}

/// Says what is doubtful about how far the file reaches.
pub(crate) fn doubts(raw: &RawStreets, door: &mut Door<'_>) {
    if raw.missing_vertices > 0 {
        let message = text!(MissingVertices, count = raw.missing_vertices);
        door.doubt("missing-vertices", message);
    }
    if raw.torn.broken + raw.torn.nowhere > 0 {
        let message = text!(BrokenStreets, tears = tears(raw.torn, raw.walkable));
        door.doubt("broken-streets", message);
    }
    if raw.points > 0 {
        let message = text!(StreetsWithoutLength, count = raw.points);
        door.doubt("streets-without-length", message);
    }
    if let Some(Outside { count, metres }) = raw.bounds.and_then(|corners| outside(raw, corners)) {
        let outside = text!(
            OutsideItsBox,
            count = count,
            all = raw.nodes.len(),
            km = format!("{:.1}", metres / 1000.0),
        );
        // Extracts that keep whole ways pass their box a little: that is no doubt.
        if metres > OUT_OF_BOX_M {
            let message = text!(FarOutsideItsBox, outside = outside);
            door.doubt("outside-its-box", message);
        } else {
            door.note("outside-its-box", "", outside);
        }
    }
}

/// Vertices outside of a box.
struct Outside {
    count: usize,
    /// How far the farthest is off.
    metres: f64,
}

fn outside(raw: &RawStreets, [west, south, east, north]: [f64; 4]) -> Option<Outside> {
    let mut count = 0;
    let mut metres = 0.0_f64;
    for &[lon, lat] in &raw.nodes {
        // The place of the box that is nearest: the vertex itself where it lies within.
        let nearest = [lon.max(west).min(east), lat.max(south).min(north)];
        let is_outside = lon < west || lon > east || lat < south || lat > north;
        if is_outside
            && let Some(at) = Position::new(lon, lat)
            && let Some(inside) = Position::new(nearest[0], nearest[1])
        {
            count += 1;
            metres = metres.max(at.distance(inside));
        }
    }
    (count > 0).then_some(Outside { count, metres })
}

/// Says where a street runs farther between two vertices than any street does.
pub(crate) fn long_pieces(network: &Network, door: &mut Door<'_>) {
    let edges = network.edges().iter();
    let leaps: Vec<_> = edges.filter(|edge| edge.metres >= LEAP_M).collect();
    let longest = leaps.iter().max_by(|a, b| a.metres.total_cmp(&b.metres));
    let Some(longest) = longest else { return };
    let message = text!(
        LongPieces,
        count = leaps.len(),
        most = format!("{:.0}", LEAP_M / 1000.0),
        longest = format!("{:.0}", longest.metres / 1000.0),
        from = shown(network.node(longest.from)),
        to = shown(network.node(longest.to)),
    );
    door.doubt("long-pieces", message);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Findings, Severity};
    use crate::read::row_policy::{OnBad, Stopped};

    /// What the two doubts about the extent come to: the error, else the codes of the findings.
    fn judged(raw: &RawStreets, incomplete: bool) -> String {
        let mut findings = Findings::default();
        let mut door = Door {
            file: "a.pbf".to_owned(),
            on_bad: OnBad::Skip,
            findings: &mut findings,
            stopped: &mut Stopped::default(),
        };
        let entry = InputFile {
            path: "maps/a.pbf".to_owned(),
            incomplete,
            ..InputFile::default()
        };
        let refused = refuse_half(raw, &entry, &door).and(refuse_both_sides(raw, &door));
        doubts(raw, &mut door);
        let codes: Vec<&str> = findings.iter().map(|finding| finding.code).collect();
        refused.map_or_else(|error| error.to_string(), |()| codes.join(" "))
    }

    fn torn(ended: u64, broken: u64, nowhere: u64) -> RawStreets {
        RawStreets {
            walkable: 1000,
            torn: Torn {
                ended,
                broken,
                nowhere,
            },
            ..RawStreets::default()
        }
    }

    #[test]
    fn half_a_map_is_refused_and_a_cut_one_is_not() {
        let refused = judged(&torn(0, 3, 3), false);
        assert_eq!(
            refused,
            "a.pbf: of 1000 streets 3 miss vertices between others that are there, and 3 have no vertex in \
             the file: no cut at an edge does that, a part of the map is lost – download the extract again, \
             or write streets = { path = \"maps/a.pbf\", incomplete = true } to go on without it"
        );
        assert_eq!(judged(&torn(0, 3, 3), true), "broken-streets");
        assert_eq!(judged(&torn(0, 3, 2), false), "broken-streets", "0.5 %");
        assert_eq!(judged(&torn(500, 0, 0), false), "");
        // Streets that a cut ends come back now and then.
        assert_eq!(judged(&torn(60, 30, 0), false), "broken-streets");
        assert!(judged(&torn(60, 31, 0), false).contains("is lost"));
        assert!(judged(&torn(60, 30, 6), false).contains("is lost"));
    }

    fn streets(nodes: &[[f64; 2]]) -> RawStreets {
        RawStreets {
            nodes: nodes.to_vec(),
            pieces: vec![[0, 1]],
            ..RawStreets::default()
        }
    }

    #[test]
    fn streets_on_both_sides_of_180_are_refused() {
        let across = judged(&streets(&[[179.9, 1.0], [-179.9, 1.0]]), false);
        assert_eq!(
            across,
            "a.pbf: a street runs across the 180° meridian, from 179.9, 1 to -179.9, 1 – cut the streets at \
             180° and make a study of each side"
        );
        let both = streets(&[[179.98, 1.0], [180.0, 1.0], [-180.0, 1.0]]);
        assert!(judged(&both, false).contains("lie on both sides of the 180° meridian"));
        for side in [1.0, -1.0] {
            let one = streets(&[[179.98 * side, 1.0], [180.0 * side, 1.0]]);
            assert_eq!(judged(&one, false), "");
        }
    }

    #[test]
    fn vertices_outside_of_the_box_are_told() {
        let boxed = |east: f64| RawStreets {
            bounds: Some([1.0, 1.0, 2.0, 2.0]),
            ..streets(&[[1.0, 1.0], [east, 2.0]])
        };
        assert_eq!(judged(&boxed(2.0), false), "");
        let severities = [2.05, 2.5].map(|east| {
            let mut findings = Findings::default();
            let mut door = Door {
                file: String::new(),
                on_bad: OnBad::Stop,
                findings: &mut findings,
                stopped: &mut Stopped::default(),
            };
            doubts(&boxed(east), &mut door);
            findings.iter().next().map(|finding| finding.severity)
        });
        assert_eq!(
            severities,
            [Some(Severity::Note), Some(Severity::Suspicious)]
        );
    }
}
