//! Areas of a table: what is wrong with a polygon is mended and told, or its row is flawed.

use geo::coordinate_position::CoordPos;
use geo::{
    Area, BoundingRect, Coord, CoordinatePosition, Euclidean, Geometry, InteriorPoint, Intersects,
    Length, LineString, Polygon,
};
use rayon::prelude::*;

use crate::model::Severity;
use crate::plane::Position;
use crate::read::crs::{Converter, Crs};
use crate::read::error::Place;
use crate::read::formats::rings::{crossing, trimmed};
use crate::read::formats::table::Table;
use crate::read::formats::values::{Problem, shown};
use crate::read::row_policy::Door;
use crate::words::{Text, text};

/// An area less than this part of its squared outline is a line: half a millimetre wide where it is
/// a kilometre long.
const THIN: f64 = 1e-9;
/// So many places are named where many have the same thing.
const NAMED: usize = 3;

/// Looks at all areas of a table. Rings that were open and spikes are told as repaired. A record
/// whose outline crosses itself or the 180° meridian, that has no area, or a hole that is none,
/// gets a flaw, for which its reader rejects it.
///
/// O(n log n) in the vertices of each area.
pub(crate) fn check(table: &mut Table, crs: Crs, door: &mut Door<'_>) {
    let open = std::mem::take(&mut table.open_rings);
    let judged: Vec<Result<bool, Problem>> = table
        .records
        .par_iter_mut()
        .map(|record| record.geometry.as_mut().map_or(Ok(false), mend_all))
        .collect();
    // Not every system can be asked from several threads.
    let converter = crs.converter().ok();
    let mut spiked = Vec::new();
    for (record, judged) in table.records.iter_mut().zip(judged) {
        let (Some(geometry), Some(converter)) = (&record.geometry, &converter) else {
            continue;
        };
        match judged.and_then(|spiked| refuse_across_180(geometry, converter).map(|()| spiked)) {
            Ok(true) => spiked.push(record.place),
            Ok(false) => {}
            Err(wrong) => {
                // Without its geometry its reader finds nothing to use, and tells the flaw.
                record.flaw = Some(Box::new(wrong.at(&table.file, record.place, None)));
                record.geometry = None;
            }
        }
    }
    note_open_rings(&open, door);
    note_spikes(&spiked, door);
}

fn note_open_rings(places: &[Place], door: &mut Door<'_>) {
    if !places.is_empty() {
        let message = text!(
            RingsClosed,
            count = places.len(),
            places = first_of(places),
            more = and_so_on(places),
        );
        door.say(Severity::Repaired, "open-ring", Place::File, "", message);
    }
}

fn note_spikes(places: &[Place], door: &mut Door<'_>) {
    if !places.is_empty() {
        let message = text!(
            SpikesCut,
            count = places.len(),
            places = first_of(places),
            more = and_so_on(places),
        );
        door.say(Severity::Repaired, "spike", Place::File, "", message);
    }
}

fn first_of(places: &[Place]) -> Vec<Text> {
    let named = places.iter().take(NAMED);
    named.filter_map(|place| place.text()).collect()
}

fn and_so_on(places: &[Place]) -> Option<Text> {
    (places.len() > NAMED).then(|| text!(AndSoOn))
}

/// Mends all polygons of a geometry; whether there was something to mend.
fn mend_all(geometry: &mut Geometry) -> Result<bool, Problem> {
    match geometry {
        Geometry::Polygon(polygon) => mend(polygon),
        Geometry::MultiPolygon(polygons) => any(polygons.0.iter_mut().map(mend)),
        Geometry::GeometryCollection(members) => any(members.0.iter_mut().map(mend_all)),
        _ => Ok(false),
    }
}

/// Whether one of these holds; the first that is wrong.
fn any(mut all: impl Iterator<Item = Result<bool, Problem>>) -> Result<bool, Problem> {
    all.try_fold(false, |any, one| Ok(any | one?))
}

/// Cuts spikes off a polygon; whether it had some.
///
/// # Errors
/// When its rings cross, or it has no area, or a hole outside of its outline or in another hole.
fn mend(polygon: &mut Polygon) -> Result<bool, Problem> {
    let rings = std::iter::once(polygon.exterior()).chain(polygon.interiors());
    let (mut rings, spiked): (Vec<Vec<Coord>>, Vec<bool>) = rings.map(trimmed).unzip();
    let is_spiked = spiked.contains(&true);
    // What is left of a line drawn forth and back.
    if rings[0].len() < 3 {
        return Err(no_area());
    }
    rings.retain(|ring| ring.len() >= 3);
    // Before the area is asked for: that of a bow-tie may be none.
    if let Some(Coord { x, y }) = crossing(&rings) {
        return Err(wrong(text!(OutlineCrosses, x = shown(x), y = shown(y))));
    }
    let outline = Polygon::new(LineString(rings.remove(0)), Vec::new());
    if is_line(&outline) {
        return Err(no_area());
    }
    let holes = rings.into_iter();
    let mut holes: Vec<Polygon> = holes
        .map(|ring| Polygon::new(LineString(ring), Vec::new()))
        .collect();
    // A hole without area takes nothing away.
    holes.retain(|hole| !is_line(hole));
    check_holes(&outline, &holes)?;
    // Where there is nothing to mend, each number stays as it is.
    if is_spiked {
        let holes = holes.iter().map(|hole| hole.exterior().clone()).collect();
        *polygon = Polygon::new(outline.exterior().clone(), holes);
    }
    Ok(is_spiked)
}

fn no_area() -> Problem {
    wrong(text!(WithoutArea))
}

fn is_line(area: &Polygon) -> bool {
    let around = Euclidean.length(area.exterior());
    area.unsigned_area() <= THIN * around * around
}

/// Whether each hole lies in the outline and in no other, and they leave some of it. O(holes²) for
/// the boxes.
fn check_holes(outline: &Polygon, holes: &[Polygon]) -> Result<(), Problem> {
    if holes.iter().any(|hole| !is_inside(hole, outline)) {
        return Err(wrong(text!(HoleOutside)));
    }
    // Holes that touch may together take away all there is.
    let taken: f64 = holes.iter().map(Polygon::unsigned_area).sum();
    let left = outline.unsigned_area() - taken;
    if left <= THIN * taken {
        return Err(wrong(text!(HolesLeaveNothing)));
    }
    // A county may have thousands of lakes: compare boxes first.
    let boxes: Vec<_> = holes.iter().map(Polygon::bounding_rect).collect();
    for (place, hole) in holes.iter().enumerate() {
        let mut others = (0..holes.len()).filter(|&other| other != place);
        let is_hidden = others.any(|other| {
            let meet = boxes[place].zip(boxes[other]);
            meet.is_some_and(|(a, b)| a.intersects(&b)) && is_inside(hole, &holes[other])
        });
        if is_hidden {
            return Err(wrong(text!(HoleInHole)));
        }
    }
    Ok(())
}

/// Whether a ring lies in an area that it does not cross: so does its first vertex that is not on
/// the outline, or, where all are, a place within it.
fn is_inside(ring: &Polygon, area: &Polygon) -> bool {
    let position = |at: &Coord| area.coordinate_position(at);
    let vertices = ring.exterior().0.iter();
    let first = vertices
        .map(position)
        .find(|at| *at != CoordPos::OnBoundary);
    let within = || ring.interior_point().map(|at| position(&at.0));
    first.or_else(within) == Some(CoordPos::Inside)
}

/// Refuses an outline that runs across the 180° meridian: its numbers enclose the other way round
/// the globe.
fn refuse_across_180(geometry: &Geometry, converter: &Converter) -> Result<(), Problem> {
    let is_area = match geometry {
        Geometry::GeometryCollection(members) => {
            let mut members = members.iter();
            return members.try_for_each(|member| refuse_across_180(member, converter));
        }
        Geometry::Polygon(_) | Geometry::MultiPolygon(_) => true,
        _ => false,
    };
    let place = |at: Coord| {
        let [lon, lat] = converter.to_wgs84(at.x, at.y)?;
        Position::new(lon, lat)
    };
    // An outline across the meridian has a box that spans nearly all degrees.
    let ends = geometry.bounding_rect().filter(|_| is_area);
    let ends = ends.and_then(|around| Some([place(around.min())?, place(around.max())?]));
    if ends.is_some_and(|[west, east]| west.is_across_180(east)) {
        return Err(Problem {
            remedy: text!(CutAt180),
            ..wrong(text!(OutlineAcross180))
        });
    }
    Ok(())
}

fn wrong(expected: Text) -> Problem {
    Problem {
        code: "bad-area",
        expected,
        remedy: text!(FixGeometries),
        ..Problem::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Findings;
    use crate::read::formats::layer;
    use crate::read::row_policy::{OnBad, Stopped};

    /// What is said of an area with these rings: its flaw, else the codes of the findings.
    fn judged(rings: &str) -> String {
        let text = format!(r#"{{"type":"Polygon","coordinates":[{rings}]}}"#);
        let mut table = layer::table(text.as_bytes(), "a.geojson").expect("GeoJSON");
        let mut findings = Findings::default();
        let mut door = Door {
            file: "a.geojson".to_owned(),
            on_bad: OnBad::Stop,
            findings: &mut findings,
            stopped: &mut Stopped::default(),
        };
        check(&mut table, Crs::parse("WGS84").expect("known"), &mut door);
        let flaw = table.records[0]
            .flaw
            .as_ref()
            .map(|flaw| flaw.expected.to_string());
        let codes: Vec<&str> = findings.iter().map(|finding| finding.code).collect();
        flaw.unwrap_or_else(|| codes.join(" "))
    }

    const SQUARE: &str = "[[0,0],[4,0],[4,4],[0,4],[0,0]]";

    #[test]
    fn good_areas_are_left_alone() {
        assert_eq!(judged(SQUARE), "");
        assert_eq!(judged(&format!("{SQUARE},[[1,1],[2,1],[2,2],[1,1]]")), "");
        // A hole that touches the outline in a point, and one along a line.
        assert_eq!(judged(&format!("{SQUARE},[[0,2],[2,1],[2,3],[0,2]]")), "");
        assert_eq!(judged(&format!("{SQUARE},[[0,1],[2,2],[0,3],[0,1]]")), "");
        // Two holes side by side, and one inscribed in the outline.
        let two = "[[1,1],[2,1],[2,2],[1,1]],[[2,1],[3,1],[2,2],[2,1]]";
        assert_eq!(judged(&format!("{SQUARE},{two}")), "");
        assert_eq!(judged(&format!("{SQUARE},[[0,0],[4,0],[4,4],[0,0]]")), "");
    }

    #[test]
    fn open_rings_and_spikes_are_mended_and_told() {
        assert_eq!(judged("[[0,0],[4,0],[4,4],[0,4]]"), "open-ring");
        assert_eq!(
            judged(&format!("{SQUARE},[[1,1],[2,1],[2,2]]")),
            "open-ring"
        );
        assert_eq!(
            judged("[[0,0],[4,0],[4,2],[9,2],[4,2],[4,4],[0,4],[0,0]]"),
            "spike"
        );
        assert_eq!(
            judged("[[0,0],[4,0],[4,4],[0,4],[0,0],[-3,0]]"),
            "open-ring spike"
        );
    }

    #[test]
    fn areas_that_enclose_nothing_clear_are_flawed() {
        let hole = |ring: &str| judged(&format!("{SQUARE},{ring}"));
        assert!(
            judged("[[0,0],[4,4],[4,0],[0,4],[0,0]]")
                .starts_with("its outline crosses itself near")
        );
        assert!(judged("[[0,0],[1,1],[2,2],[0,0]]").contains("it has no area"));
        assert!(judged("[[0.1,0.1],[0.2,0.2],[0.3,0.3],[0.1,0.1]]").contains("it has no area"));
        let outside = "a hole does not lie inside of its outline";
        assert_eq!(hole("[[8,8],[9,8],[9,9],[8,8]]"), outside);
        assert_eq!(hole("[[-1,-1],[9,-1],[9,9],[-1,9],[-1,-1]]"), outside);
        assert!(hole("[[3,1],[5,2],[3,3],[3,1]]").contains("crosses itself"));
        assert_eq!(hole(SQUARE), "its holes leave no area");
        let inner = "[[1,1],[3,1],[3,3],[1,1]]";
        assert_eq!(
            hole(&format!("{inner},{inner}")),
            "a hole lies in another hole"
        );
        let innermost = "[[2,1.2],[2.5,1.2],[2.5,2],[2,1.2]]";
        assert_eq!(
            hole(&format!("{innermost},{inner}")),
            "a hole lies in another hole"
        );
        assert_eq!(
            judged("[[179,1],[-179,1],[-179,2],[179,2],[179,1]]"),
            "its outline runs across the 180° meridian"
        );
    }
}
