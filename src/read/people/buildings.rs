//! Cells of buildings: who lives where, by the floors of the houses.
//!
//! ```text
//!   +--+ +----+          A house holds people by its footprint times its levels; sheds, schools and
//!   |2 | | 6  | [s]      shops hold none. Houses within one square of 50 m make one cell, or several
//!   +--+ +----+          of at most so many people, which stand where their people are. How many
//!                        there are in all is an estimate until the totals of villages put it right,
//!                        which keep the shares of the houses.
//! ```

use geo::{Geometry, MultiPolygon};

use super::houses::{House, Squares};
use crate::model::{Cells, Severity};
use crate::plane::Position;
use crate::read::error::{BadInput, Place, ReadError, bad, plain};
use crate::read::formats::table::{Record, Table, Value};
use crate::read::formats::values::{number, text};
use crate::read::row_policy::Door;
use crate::read::tables::coordinates::Placer;
use crate::read::tables::heads::folded;
use crate::units::People;
use crate::words::text;

/// A smaller house is a shed, in square metres.
const SHED_M2: f64 = 20.0;
/// So many square metres of floor hold one person: the mean of China's census of 2020 is 41.8.
const FLOOR_M2: f64 = 40.0;
/// A level is so high, where the height of a house is all that is known.
const LEVEL_M: f64 = 3.0;
/// No house has more levels.
const MOST_LEVELS: f64 = 160.0;

const LEVELS: [&str; 8] = [
    "building:levels",
    "levels",
    "floors",
    "num_floors",
    "层数",
    "楼层",
    "楼层数",
    "地上层数",
];
const HEIGHTS: [&str; 4] = ["height", "building:height", "高度", "建筑高度"];
const KINDS: [&str; 6] = [
    "building",
    "fclass",
    "用途",
    "建筑用途",
    "建筑类型",
    "房屋用途",
];

/// Kinds of buildings in which people live; `yes` says nothing, and so counts.
const LIVED_IN: [&str; 25] = [
    "yes",
    "true",
    "residential",
    "apartments",
    "house",
    "detached",
    "semidetached_house",
    "semi",
    "terrace",
    "dormitory",
    "bungalow",
    "farm",
    "cabin",
    "houseboat",
    "static_caravan",
    "building",
    "住宅",
    "居住",
    "民居",
    "民房",
    "宿舍",
    "农房",
    "住房",
    "居民楼",
    "公寓",
];

/// The cells of a table of buildings.
///
/// Further columns are left out, for a cell is of several houses. O(n log n).
///
/// # Errors
/// At the first building that is no area on the globe, unless bad rows are skipped.
pub(crate) fn cells(
    mut table: Table,
    placer: &Placer,
    most: Option<People>,
    door: &mut Door<'_>,
) -> Result<Cells, ReadError> {
    door.reject_unreadable(&mut table)?;
    let columns = Columns::of(&table);
    let mut told = Told::default();
    let mut squares = Squares::default();
    for record in &table.records {
        match house(record, (&table, placer, &columns), &mut told, door) {
            Ok(Some(house)) => squares.take(house),
            Ok(None) => {}
            Err(bad) => door.reject(bad)?,
        }
    }
    let list = squares.cells(most);
    let estimated = vec![true; list.len()];
    let cells = Cells::new(list).with_estimated(estimated);
    told.say(&cells, door);
    Ok(cells)
}

/// Why a table of cells cannot have a key of the study that is about buildings.
pub(crate) fn only_of_buildings(key: &str, file: &str) -> BadInput {
    let key = Some(key.to_owned());
    bad(file, key, None, text!(OnlyOfBuildings), text!(LeaveKeyOut))
}

/// Why a group cannot be counted in buildings.
pub(crate) fn count_people_alone(key: &str, column: &str, file: &str) -> BadInput {
    let (key, found) = (Some(key.to_owned()), Some(column.to_owned()));
    bad(
        file,
        key,
        found,
        text!(BuildingsCountPeople),
        text!(ShareOfGroup),
    )
}

/// Where a table of buildings tells of levels, heights and kinds: the first column of each that it has.
struct Columns {
    levels: Option<usize>,
    height: Option<usize>,
    kind: Option<usize>,
}

impl Columns {
    fn of(table: &Table) -> Self {
        let find = |names: &[&str]| {
            let mut heads = table.columns.iter();
            heads.position(|head| names.iter().any(|name| folded(name) == folded(head)))
        };
        Self {
            levels: find(&LEVELS),
            height: find(&HEIGHTS),
            kind: find(&KINDS),
        }
    }
}

/// The house of a record; none where nobody lives in it.
fn house(
    record: &Record,
    (table, placer, columns): (&Table, &Placer, &Columns),
    told: &mut Told,
    door: &Door<'_>,
) -> Result<Option<House>, BadInput> {
    if let Some(flaw) = &record.flaw {
        return Err(BadInput::clone(flaw));
    }
    if !matches!(
        record.geometry,
        Some(Geometry::Polygon(_) | Geometry::MultiPolygon(_))
    ) {
        return Err(door.feature("no-building", record.place, text!(BuildingNoArea)));
    }
    // Before anything else: a building off the globe is a bad row, whatever its kind.
    let at = placer.place(record, table, door)?;
    told.buildings += 1;
    let kind = columns.kind.and_then(|place| text(&record.values[place]));
    // Where no kind is told people may live there.
    if let Some(kind) = kind.filter(|kind| !is_lived_in(kind)) {
        told.other_kinds += 1;
        told.other_kind.get_or_insert(kind);
        return Ok(None);
    }
    let outline = placer
        .outline(record)
        .map(|outline| outline.to_multi_polygon());
    let footprint = outline.map_or(0.0, |areas| square_metres(&areas, at));
    if footprint < SHED_M2 {
        told.sheds += 1;
        return Ok(None);
    }
    let levels = levels(record, columns).unwrap_or_else(|| {
        told.without_levels += 1;
        1.0
    });
    let floor = footprint * levels;
    told.houses += 1;
    told.floor_m2 += floor;
    let people = People::new(floor / FLOOR_M2).unwrap_or_default();
    Ok(Some(House { at, people }))
}

fn is_lived_in(kind: &str) -> bool {
    let kind = kind.trim().to_lowercase();
    kind.is_empty()
        || LIVED_IN
            .iter()
            .any(|known| *known == kind || (!known.is_ascii() && kind.contains(known)))
}

/// How many levels a house has: as it says, else by its height; none where it says neither.
fn levels(record: &Record, columns: &Columns) -> Option<f64> {
    let value = |place: Option<usize>| -> Option<f64> {
        let value: &Value = &record.values[place?];
        let told = number(value).ok().flatten();
        told.filter(|told| *told > 0.0)
    };
    let by_height = || value(columns.height).map(|metres| (metres / LEVEL_M).round().max(1.0));
    let levels = value(columns.levels).or_else(by_height)?;
    (levels <= MOST_LEVELS).then_some(levels)
}

/// How large areas are, on the conformal plane at one place of them.
fn square_metres(areas: &MultiPolygon, at: Position) -> f64 {
    let ring = |line: &geo::LineString| {
        let places = line.coords().filter_map(|at| Position::new(at.x, at.y));
        let points: Vec<[f64; 2]> = places.map(Position::on_plane).collect();
        let Some(&[x, y]) = points.first() else {
            return 0.0;
        };
        // Counted from the first vertex: products of whole places on the plane would swallow a
        // house.
        let cross = |pair: &[[f64; 2]]| {
            (pair[0][0] - x) * (pair[1][1] - y) - (pair[1][0] - x) * (pair[0][1] - y)
        };
        (points.windows(2).map(cross).sum::<f64>() / 2.0).abs()
    };
    let area = |polygon: &geo::Polygon| {
        let holes: f64 = polygon.interiors().iter().map(ring).sum();
        ring(polygon.exterior()) - holes
    };
    areas.iter().map(area).sum::<f64>() / at.scale().powi(2)
}

/// What is told of the buildings.
#[derive(Debug, Default)]
struct Told {
    buildings: usize,
    houses: usize,
    sheds: usize,
    other_kinds: usize,
    other_kind: Option<String>,
    without_levels: usize,
    floor_m2: f64,
}

impl Told {
    fn say(&self, cells: &Cells, door: &mut Door<'_>) {
        let message = text!(
            BuildingCells,
            cells = cells.len(),
            houses = self.houses,
            floor = format!("{:.0}", self.floor_m2),
            people = format!("{:.0}", cells.people().as_f64()),
            each = FLOOR_M2,
        );
        door.say(
            Severity::Suspicious,
            "estimated",
            Place::File,
            "cells",
            message,
        );
        if self.sheds > 0 {
            let message = text!(BuildingSheds, count = self.sheds, least = SHED_M2);
            door.note("sheds", "cells", message);
        }
        if let Some(kind) = &self.other_kind {
            let message = text!(BuildingKinds, count = self.other_kinds, kind = plain(kind));
            door.note("not-lived-in", "cells", message);
        }
        if self.without_levels > 0 {
            let message = text!(
                BuildingLevels,
                count = self.without_levels,
                all = self.houses
            );
            door.doubt("levels-unknown", message);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Findings;
    use crate::read::crs::Crs;
    use crate::read::formats::layer;
    use crate::read::row_policy::{OnBad, Stopped};

    /// A square of so many metres at a place in metres north-east of 116° E, 30° N.
    fn building([east, north]: [f64; 2], side: f64, properties: &str) -> String {
        let lon = |metres: f64| 116.0 + metres / 111_320.0 / 30_f64.to_radians().cos();
        let lat = |metres: f64| 30.0 + metres / 110_852.0;
        let [west, east] = [east, east + side].map(lon);
        let [south, north] = [north, north + side].map(lat);
        format!(
            r#"{{"type":"Feature","properties":{{{properties}}},"geometry":{{"type":"Polygon","coordinates":[[[{west:.8},{south:.8}],[{east:.8},{south:.8}],[{east:.8},{north:.8}],[{west:.8},{north:.8}],[{west:.8},{south:.8}]]]}}}}"#
        )
    }

    fn made(buildings: &[String]) -> (Cells, Vec<String>) {
        let all = buildings.join(",");
        let text = format!(r#"{{"type":"FeatureCollection","features":[{all}]}}"#);
        let table = layer::table(text.as_bytes(), "b.geojson").expect("GeoJSON");
        let mut findings = Findings::default();
        let mut door = Door {
            file: "b.geojson".to_owned(),
            on_bad: OnBad::Stop,
            findings: &mut findings,
            stopped: &mut Stopped::default(),
        };
        let placer = Placer::new(&table, Crs::Wgs84, &door).expect("areas");
        let cells = cells(table, &placer, None, &mut door).expect("good buildings");
        let codes = findings.iter().map(|finding| finding.code.to_owned());
        (cells, codes.collect())
    }

    fn people(buildings: &[String]) -> f64 {
        made(buildings).0.people().as_f64()
    }

    #[test]
    fn people_are_footprint_times_levels() {
        // 400 m² of floor are ten people, but for the half per mille by which the ellipsoid is no sphere.
        let near = |found: f64, expected: f64| (found - expected).abs() < expected * 0.01;
        let one = |properties: &str| people(&[building([0.0, 0.0], 20.0, properties)]);
        assert!(near(one(""), 10.0), "{}", one(""));
        assert!(near(one(r#""building:levels":6"#), 60.0));
        assert!(near(one(r#""层数":"3","height":99"#), 30.0));
        assert!(near(one(r#""height":17.5"#), 60.0));
        assert!(near(one(r#""levels":"many""#), 10.0));
        assert!(near(one(r#""levels":900"#), 10.0), "no house has so many");
    }

    #[test]
    fn sheds_and_what_is_not_lived_in_are_left_out_and_told() {
        let buildings = [
            building([0.0, 0.0], 20.0, r#""building":"apartments","levels":2"#),
            building([30.0, 0.0], 4.0, r#""building":"yes","levels":1"#),
            building([60.0, 0.0], 40.0, r#""building":"school","levels":4"#),
            building(
                [120.0, 0.0],
                20.0,
                r#""building":"城镇住宅用房","levels":1"#,
            ),
        ];
        let (cells, codes) = made(&buildings);
        assert_eq!(cells.len(), 2);
        assert!((cells.people().as_f64() - 30.0).abs() < 0.3);
        assert_eq!(codes, ["estimated", "sheds", "not-lived-in"]);
    }

    #[test]
    fn houses_of_one_square_make_one_cell_whatever_their_order() {
        let mut buildings: Vec<String> = (0..30)
            .map(|number| {
                let east = f64::from(number % 6) * 25.0;
                let north = f64::from(number / 6) * 25.0;
                building(
                    [east, north],
                    12.0,
                    &format!(r#""levels":{}"#, 1 + number % 5),
                )
            })
            .collect();
        let first = made(&buildings).0;
        assert!((9..=16).contains(&first.len()), "{}", first.len());
        buildings.reverse();
        let again = made(&buildings).0;
        assert_eq!(first, again);
    }
}
