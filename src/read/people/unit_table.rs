//! What a table of units tells beside their tree: their areas, and how many people they officially
//! have.

use std::collections::HashMap;

use geo::{LineString, MultiPolygon, Polygon};

use super::totals::Total;
use super::unit_areas::UnitAreas;
use crate::model::{Boundary, Outline, Units};
use crate::plane::Position;
use crate::read::crs::Crs;
use crate::read::error::{BadInput, Place, ReadError};
use crate::read::formats::table::{Record, Table, Value};
use crate::read::formats::values::{Problem, number, shown, text};
use crate::read::row_policy::Door;
use crate::read::tables::boundary::areas_of;
use crate::read::tables::columns::{canonical, factor_of, find, find_called};
use crate::read::tables::coordinates::converter;
use crate::read::tables::counts::tell_factor;
use crate::units::People;
use crate::words::text;

/// The areas of units by their written ids, before the tree is known.
pub(crate) struct GivenAreas(Vec<GivenArea>);

/// The area of a unit by its written id: to ask what lies in it, and to draw it.
struct GivenArea {
    id: String,
    area: Boundary,
    outline: Option<Outline>,
}

/// Whether a table has areas.
pub(crate) fn has_areas(table: &Table) -> bool {
    // A flaw stands in the place of an area that could not be used.
    let mut records = table.records.iter();
    records.any(|record| record.geometry.is_some() || record.flaw.is_some())
}

/// The areas in a table of units, which `areas::check` has looked at. Points and lines are none.
///
/// # Errors
/// At the first area that cannot be used, unless bad rows are skipped: its unit has none then.
pub(crate) fn given_areas(
    table: &Table,
    crs: Crs,
    door: &mut Door<'_>,
) -> Result<GivenAreas, ReadError> {
    let converter = converter(crs, door)?;
    let ids = ids(table, door)?;
    let mut given = Vec::new();
    for (record, id) in table.records.iter().zip(ids) {
        // Points and lines say nothing of a unit's area, and do no harm.
        if record.flaw.is_none() && !is_area(record) {
            continue;
        }
        match areas_of(record, &converter, door) {
            Ok(areas) => {
                let outline = outline_of(&areas);
                given.extend(Boundary::new(areas).map(|area| GivenArea { id, area, outline }));
            }
            Err(bad) => door.forgive(bad, text!(UnitWithoutArea))?,
        }
    }
    Ok(GivenAreas(given))
}

fn is_area(record: &Record) -> bool {
    use geo::Geometry::{GeometryCollection, MultiPolygon, Polygon};
    matches!(
        record.geometry,
        Some(Polygon(_) | MultiPolygon(_) | GeometryCollection(_))
    )
}

/// The areas as they were drawn.
fn outline_of(areas: &[Vec<Vec<Position>>]) -> Option<Outline> {
    let line = |ring: &Vec<Position>| -> LineString<f64> {
        ring.iter().map(|at| (at.lon(), at.lat())).collect()
    };
    let polygon = |rings: &Vec<Vec<Position>>| {
        let (outer, holes) = rings.split_first()?;
        Some(Polygon::new(line(outer), holes.iter().map(line).collect()))
    };
    let polygons: Option<Vec<Polygon<f64>>> = areas.iter().map(polygon).collect();
    Outline::new(&MultiPolygon(polygons?))
}

impl GivenAreas {
    /// The areas as they were drawn, each with the written id of its unit.
    pub(crate) fn outlines(&self) -> impl Iterator<Item = (String, Outline)> {
        self.0
            .iter()
            .filter_map(|given| Some((given.id.clone(), given.outline.clone()?)))
    }

    /// The areas of the units of a tree; none where no unit has one.
    pub(crate) fn of(self, units: &Units) -> Option<UnitAreas> {
        let areas = self.0.into_iter();
        let known = areas.filter_map(|given| Some((units.find(&given.id)?, given.area)));
        UnitAreas::new(known.collect(), units)
    }
}

/// How many people, or others by the name of a column, each unit officially has, by its written id,
/// where the table says so.
///
/// # Errors
/// At the first that is no number of people, unless bad rows are skipped: its unit has none then.
pub(crate) fn given_totals(
    table: &Table,
    name: &str,
    door: &mut Door<'_>,
) -> Result<Vec<(String, People)>, ReadError> {
    let column = find_called(table, name);
    let column = column.map_err(|wrong| wrong.at(&door.file, Place::File, None))?;
    let Some(column) = column else {
        return Ok(Vec::new());
    };
    let head = &table.columns[column];
    let factor = factor_of(table, canonical(name), column);
    tell_factor(head, factor, door);
    let ids = ids(table, door)?;
    let mut totals = Vec::new();
    for (record, id) in table.records.iter().zip(ids) {
        match total(&record.values[column], factor) {
            Ok(people) => totals.extend(people.map(|people| (id, people))),
            Err(wrong) => {
                let bad: BadInput = door.wrong(wrong, record.place, head);
                door.forgive(bad, text!(UnitWithoutTotal))?;
            }
        }
    }
    Ok(totals)
}

fn total(value: &Value, factor: f64) -> Result<Option<People>, Problem> {
    let Some(count) = number(value)? else {
        return Ok(None);
    };
    People::new(count * factor).map(Some).ok_or_else(|| {
        Problem::of(
            "bad-population",
            &shown(count),
            text!(PeopleInRange),
            text!(CorrectNumber),
        )
    })
}

/// The totals of the units of a tree, in its order.
pub(crate) fn totals_of(given: Vec<(String, People)>, units: &Units) -> Vec<Option<Total>> {
    let given: HashMap<String, People> = given.into_iter().collect();
    let total = |id: &str| given.get(id).map(|&people| Total(people));
    units.iter().map(|(_, unit)| total(&unit.id)).collect()
}

/// The written id of each row; a table without ids numbers them.
fn ids(table: &Table, door: &Door<'_>) -> Result<Vec<String>, ReadError> {
    let column = find(table, "id").map_err(|wrong| wrong.at(&door.file, Place::File, None))?;
    let records = table.records.iter().enumerate();
    let id = |(place, record): (usize, &Record)| match column {
        Some(column) => text(&record.values[column]).unwrap_or_default(),
        None => (place + 1).to_string(),
    };
    Ok(records.map(id).collect())
}
