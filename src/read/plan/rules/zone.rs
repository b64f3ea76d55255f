//! `[[zone]]`: units or cells with their own minutes and speed.

use std::collections::HashMap;

use serde::Deserialize;

use super::Wrong;
use crate::ids::{CellId, UnitId, ZoneId};
use crate::model::{Cells, Units, Zone, Zones};
use crate::read::error::ReadError;
use crate::units::{Speed, TravelTime};

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
    #[serde(default = "on_foot")]
    pub by: String,
}

fn on_foot() -> String {
    "walk".to_owned()
}

/// The zones of a study; the first that names a cell, or a unit it lies in, holds for it.
///
/// # Errors
/// When a table names a unit or a cell that does not exist, or a number is out of range.
pub(crate) fn zones(
    tables: &[ZoneTable],
    (cells, units): (&Cells, &Units),
    search: TravelTime,
    file: &str,
) -> Result<Zones, ReadError> {
    if tables.is_empty() {
        return Ok(Zones::default());
    }
    let by_id: HashMap<&str, CellId> = cells
        .iter()
        .map(|(id, cell)| (cell.id.as_str(), id))
        .collect();
    let mut of_cell = vec![None; cells.len()];
    let mut list = Vec::with_capacity(tables.len());
    for (place, table) in tables.iter().enumerate() {
        let wrong = Wrong::of("zone", place + 1, file);
        if table.name.trim().is_empty()
            || tables[..place]
                .iter()
                .any(|before| before.name == table.name)
        {
            let remedy = "give every zone a name of its own";
            return Err(wrong.key("name", &table.name, "a name that no other zone has", remedy));
        }
        list.push(zone(table, search, &wrong)?);
        let within = units.within(&named_units(table, units, &wrong)?);
        let zone = Some(ZoneId::new(place));
        for ((_, cell), of_cell) in cells.iter().zip(&mut of_cell) {
            if of_cell.is_none() && cell.unit.is_some_and(|unit| within[unit.index()]) {
                *of_cell = zone;
            }
        }
        for id in &table.cells {
            let Some(cell) = by_id.get(id.as_str()) else {
                let known: Vec<&str> = cells.iter().map(|(_, cell)| cell.id.as_str()).collect();
                return Err(wrong.unknown("cells", id, "a cell of the cells file", &known));
            };
            of_cell[cell.index()] = of_cell[cell.index()].or(zone);
        }
    }
    Ok(Zones::new(list, of_cell))
}

fn zone(table: &ZoneTable, search: TravelTime, wrong: &Wrong) -> Result<Zone, ReadError> {
    if table.units.is_empty() && table.cells.is_empty() {
        return Err(wrong.key(
            "units",
            "",
            "units or cells of the zone",
            "name units = [\"…\"] or cells = [\"…\"]",
        ));
    }
    if table.by != on_foot() && table.speed_kmh.is_none() {
        return Err(wrong.key("by", &table.by, "a stated speed for it", "add speed_kmh"));
    }
    if table.minutes.is_none() && table.speed_kmh.is_none() {
        return Err(wrong.key(
            "minutes",
            "",
            "minutes or speed_kmh",
            "say what is different in the zone",
        ));
    }
    let limit = match table.minutes {
        Some(minutes) => TravelTime::from_seconds(within_search(minutes, search, wrong)? * 60.0),
        None => None,
    };
    let speed = match table.speed_kmh {
        Some(kmh) => Speed::from_kmh(wrong.between("speed_kmh", kmh, 0.1, 50.0)?),
        None => None,
    };
    Ok(Zone {
        name: table.name.clone(),
        limit,
        speed,
        by: table.by.clone(),
    })
}

/// The minutes of a zone, if one looks as far as that.
fn within_search(minutes: f64, search: TravelTime, wrong: &Wrong) -> Result<f64, ReadError> {
    let most = search.seconds() / 60.0;
    if minutes > most {
        let expected = format!("a number from 0.01 to {most}, the target's search_minutes");
        return Err(wrong.key(
            "minutes",
            &minutes.to_string(),
            &expected,
            "lower it, or raise search_minutes",
        ));
    }
    wrong.between("minutes", minutes, 0.01, most)
}

fn named_units(table: &ZoneTable, units: &Units, wrong: &Wrong) -> Result<Vec<UnitId>, ReadError> {
    table
        .units
        .iter()
        .map(|named| wrong.unit("units", named, units))
        .collect()
}
