//! `[[zone]]`: units or cells with their own minutes and speed.

use std::collections::HashMap;

use serde::Deserialize;

use super::mode;
use super::wrong::Wrong;
use crate::ids::{CellId, UnitId, ZoneId};
use crate::model::{Cells, Mode, Severity, Units, Zone, Zones};
use crate::read::error::{Place, ReadError, plain};
use crate::read::row_policy::Door;
use crate::units::{Speed, TravelTime};
use crate::words::text;

pub(super) const KEYS: &[&str] = &["name", "units", "cells", "minutes", "speed_kmh", "by"];

/// One `[[zone]]`.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub(crate) struct ZoneTable {
    pub name: String,
    #[serde(default)]
    pub units: Vec<String>,
    #[serde(default)]
    pub cells: Vec<String>,
    pub minutes: Option<f64>,
    pub speed_kmh: Option<f64>,
    pub by: Option<String>,
}

/// What a zone leaves to the study.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Asked {
    /// How far one looks.
    pub search: TravelTime,
    /// How people go.
    pub mode: Mode,
}

/// The zones of a study; the first that names a cell, or a unit it lies in, holds for it.
///
/// # Errors
/// When a table names a unit or a cell that does not exist, or a number is out of range.
pub(crate) fn zones(
    tables: &[ZoneTable],
    (cells, units): (&Cells, &Units),
    asked: Asked,
    door: &mut Door<'_>,
) -> Result<Zones, ReadError> {
    // Without zones no list of cells is kept.
    if tables.is_empty() {
        return Ok(Zones::default());
    }
    let mut of_cell = vec![None; cells.len()];
    let mut zones = Vec::with_capacity(tables.len());
    let known = Known::new(cells);
    for (place, table) in tables.iter().enumerate() {
        let wrong = Wrong::of("zone", place + 1, &door.file);
        check_name(table, &tables[..place], &wrong)?;
        zones.push(zone(table, asked, &wrong)?);
        note_other(table, door);
        // All units within those that are named, down to the villages.
        let within = units.within(&named_units(table, units, &wrong)?);
        let named = named_cells(table, &known, &wrong)?;
        let lies_within = cells
            .iter()
            .filter(|(_, cell)| cell.unit.is_some_and(|unit| within[unit.index()]))
            .map(|(id, _)| id);
        // The first zone holds: a cell that has one keeps it.
        for cell in lies_within.chain(named) {
            of_cell[cell.index()].get_or_insert(ZoneId::new(place));
        }
    }
    Ok(Zones::new(zones, of_cell))
}

fn check_name(table: &ZoneTable, before: &[ZoneTable], wrong: &Wrong) -> Result<(), ReadError> {
    let taken = before.iter().any(|other| other.name == table.name);
    if taken || table.name.trim().is_empty() {
        let found = ("name", table.name.as_str());
        return Err(wrong.value(found, text!(NameOfOneZone), text!(NameEveryZone)));
    }
    Ok(())
}

/// The cells by what a zone may call them.
struct Known<'a> {
    cells: &'a Cells,
    by_id: HashMap<&'a str, CellId>,
    /// The parts of cells that were spread over their land: of `village` these are `village/1`,
    /// `village/2`.
    parts: HashMap<&'a str, Vec<CellId>>,
}

impl<'a> Known<'a> {
    /// O(cells).
    fn new(cells: &'a Cells) -> Self {
        let mut parts: HashMap<&str, Vec<CellId>> = HashMap::new();
        for (part, cell) in cells.iter() {
            // Only of cells that are an estimate: elsewhere a stroke is part of a name.
            if cells.is_estimated(part)
                && let Some((id, number)) = cell.id.rsplit_once('/')
                && number.bytes().all(|byte| byte.is_ascii_digit())
            {
                parts.entry(id).or_default().push(part);
            }
        }
        let by_id = cells.iter().map(|(id, cell)| (cell.id.as_str(), id));
        Self {
            cells,
            by_id: by_id.collect(),
            parts,
        }
    }

    /// The cell of this id, or its parts, in order; none where there is neither.
    fn named(&self, id: &str) -> &[CellId] {
        let one = self.by_id.get(id).map(std::slice::from_ref);
        let parts = self.parts.get(id).map(Vec::as_slice);
        one.or(parts).unwrap_or_default()
    }
}

/// The cells that a zone lists. O(those).
fn named_cells(
    table: &ZoneTable,
    known: &Known<'_>,
    wrong: &Wrong,
) -> Result<Vec<CellId>, ReadError> {
    let mut named = Vec::with_capacity(table.cells.len());
    for id in &table.cells {
        let cells = known.named(id);
        if cells.is_empty() {
            let all = known.cells.iter();
            let all: Vec<&str> = all.map(|(_, cell)| cell.id.as_str()).collect();
            return Err(wrong.unknown(("cells", id), text!(CellOfFile), &all));
        }
        named.extend(cells);
    }
    Ok(named)
}

/// The zone of a table that says where it is and what is different there.
fn zone(table: &ZoneTable, asked: Asked, wrong: &Wrong) -> Result<Zone, ReadError> {
    if table.units.is_empty() && table.cells.is_empty() {
        return Err(wrong.key("units", text!(UnitsOrCells), text!(NameUnitsOrCells)));
    }
    let by = table.by.as_deref();
    let known = by.and_then(Mode::named);
    // Minutes by bus at the speed of walking would be nonsense.
    if let (Some(word), None, None) = (by, known, table.speed_kmh) {
        return Err(mode::unknown(word, wrong));
    }
    // A zone like everywhere else is a mistake.
    let is_like_all = known.is_none_or(|mode| mode == asked.mode);
    if table.minutes.is_none() && table.speed_kmh.is_none() && is_like_all {
        return Err(wrong.key("minutes", text!(MinutesOrSpeed), text!(SayWhatDiffers)));
    }
    let limit = match table.minutes {
        Some(minutes) => {
            TravelTime::from_seconds(within_search(minutes, asked.search, wrong)? * 60.0)
        }
        None => None,
    };
    let speed = match table.speed_kmh {
        Some(kmh) => Speed::from_kmh(wrong.between("speed_kmh", kmh, [0.1, 50.0])?),
        None => None,
    };
    Ok(Zone {
        name: table.name.clone(),
        limit,
        speed,
        by: by.unwrap_or(asked.mode.word()).to_owned(),
        mode: match by {
            Some(_) => known.unwrap_or_default(),
            None => asked.mode,
        },
    })
}

/// Says that a word is told and means nothing: people there go as walkers do, at the stated speed.
fn note_other(table: &ZoneTable, door: &mut Door<'_>) {
    let Some(by) = table.by.as_deref().filter(|by| Mode::named(by).is_none()) else {
        return;
    };
    let kmh = table.speed_kmh.unwrap_or_default();
    let known = Mode::ALL.map(Mode::word).join(", ");
    let message = text!(ModeOther, by = plain(by), kmh = kmh, known = known);
    door.say(
        Severity::Suspicious,
        "way-of-moving",
        Place::File,
        &table.name,
        message,
    );
}

/// The minutes of a zone, if one looks as far as that.
fn within_search(minutes: f64, search: TravelTime, wrong: &Wrong) -> Result<f64, ReadError> {
    let most = search.seconds() / 60.0;
    // Sites beyond the search are not found, however long the limit.
    if minutes > most {
        let found = minutes.to_string();
        let expected = text!(MinutesWithinSearch, most = most);
        return Err(wrong.value(("minutes", &found), expected, text!(LowerOrSearchMore)));
    }
    wrong.between("minutes", minutes, [0.01, most])
}

fn named_units(table: &ZoneTable, units: &Units, wrong: &Wrong) -> Result<Vec<UnitId>, ReadError> {
    table
        .units
        .iter()
        .map(|named| wrong.unit("units", named, units))
        .collect()
}
