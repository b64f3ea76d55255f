//! Writes the files of a study.

use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use super::cells::Cell;
use super::items;
use super::plan::Plan;
use super::shape::{Pt, Ring};
use super::sites::Site;
use super::world::{Street, World};

/// Everything that is written.
pub struct County<'a> {
    /// Names and water.
    pub plan: &'a Plan,
    /// Streets and units.
    pub world: &'a World,
    /// Cells.
    pub cells: &'a [Cell],
    /// Sites.
    pub sites: &'a [Site],
    /// The text of `README.md`.
    pub readme: &'a str,
}

/// Writes all files into a directory, and makes it if need be.
pub fn write(county: &County, dir: &Path) -> io::Result<()> {
    fs::create_dir_all(dir)?;
    let streets = county.world.streets.iter().map(street);
    collection(&dir.join("streets.geojson"), streets)?;
    collection(&dir.join("sites.geojson"), county.sites.iter().map(site))?;
    let banks = county.plan.water.wet.iter().chain(&county.plan.water.islands);
    collection(&dir.join("barriers.geojson"), banks.map(barrier))?;
    lines(&dir.join("cells.csv"), cells(county.cells))?;
    lines(&dir.join("units.csv"), units(county))?;
    lines(&dir.join("items.csv"), items::rows())?;
    lines(&dir.join("offers.csv"), items::offers(county.sites))?;
    lines(&dir.join("study.toml"), [study(&county.plan.county.1)])?;
    fs::write(dir.join("README.md"), county.readme)
}

fn lines(path: &Path, lines: impl IntoIterator<Item = String>) -> io::Result<()> {
    let mut out = BufWriter::new(fs::File::create(path)?);
    for line in lines {
        writeln!(out, "{}", line.trim_end())?;
    }
    out.flush()
}

/// A feature collection, one feature a line.
fn collection(path: &Path, features: impl Iterator<Item = String>) -> io::Result<()> {
    let mut out = BufWriter::new(fs::File::create(path)?);
    write!(out, r#"{{"type":"FeatureCollection","features":["#)?;
    for (i, feature) in features.enumerate() {
        write!(out, "{}\n{feature}", if i > 0 { "," } else { "" })?;
    }
    writeln!(out, "\n]}}")?;
    out.flush()
}

fn feature(properties: &str, geometry: &str, coordinates: &str) -> String {
    let geometry = format!(r#"{{"type":"{geometry}","coordinates":{coordinates}}}"#);
    format!(r#"{{"type":"Feature","properties":{{{properties}}},"geometry":{geometry}}}"#)
}

fn coordinates<'a>(line: impl Iterator<Item = &'a Pt>) -> String {
    let all: Vec<String> = line.map(|p| format!("[{}]", p.lon_lat(','))).collect();
    format!("[{}]", all.join(","))
}

fn street(street: &Street) -> String {
    let name = if street.name.is_empty() { String::new() } else { format!(r#","name":"{}""#, street.name) };
    feature(&format!("{}{name}", street.tags), "LineString", &coordinates(street.line.iter()))
}

fn barrier(ring: &Ring) -> String {
    feature(&format!(r#""name":"{}""#, ring.name), "LineString", &coordinates(ring.bank()))
}

fn site(s: &Site) -> String {
    let properties = format!(
        r#""id":"{}","name":"{}","kind":"{}","unit":"{}","opening_hours":"{}","windows":{}"#,
        s.id, s.name, s.kind, s.unit, s.hours, s.windows
    );
    feature(&properties, "Point", &format!("[{}]", s.at.lon_lat(',')))
}

fn cells(cells: &[Cell]) -> impl Iterator<Item = String> {
    let header = "id,name,unit,lon,lat,population,elderly,enterprises".to_owned();
    let row = |(i, c): (usize, &Cell)| {
        let at = c.at.lon_lat(',');
        format!("C{:05},{},{},{at},{},{},{}", i + 1, c.name, c.unit, c.population, c.elderly, c.enterprises)
    };
    std::iter::once(header).chain(cells.iter().enumerate().map(row))
}

/// The county, its townships, their villages and communities; a parent always before its children.
fn units(county: &County) -> Vec<String> {
    let (id, name) = &county.plan.county;
    let mut rows = vec!["id,name,parent".to_owned(), format!("{id},{name},")];
    rows.extend(county.plan.townships.iter().map(|t| format!("{},{},{id}", t.id, t.name)));
    for place in &county.world.places {
        let parent = &county.plan.townships[place.township];
        if !parent.zone {
            rows.push(format!("{},{},{}", place.unit, place.name, parent.id));
        }
    }
    rows
}

fn study(name: &str) -> String {
    format!(
        r#"name = "{name} 15 分钟政务服务圈"
language = "zh"

[inputs]
streets = "streets.geojson"
sites = "sites.geojson"
cells = "cells.csv"
units = "units.csv"
items = "items.csv"
offers = "offers.csv"
barriers = "barriers.geojson"
crs = "WGS84"

[walk]
speed_kmh = 4.0
max_snap_m = 500

[target]
minutes = 15
items = "high-frequency"
search_minutes = 30
"#
    )
}
