//! Writes the files of a study.

use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use super::cells::Cell;
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
    /// What stands in the other files.
    pub tables: Tables,
}

/// What stands in the files that are no map.
#[derive(Default)]
pub struct Tables {
    /// `items.csv`, line by line with its header.
    pub items: Vec<String>,
    /// `offers.csv`, line by line with its header.
    pub offers: Vec<String>,
    /// Further tables: name and lines, each with its header.
    pub further: Vec<(&'static str, Vec<String>)>,
    /// Names of further columns of the cells, each with a comma before it.
    pub cell_columns: &'static str,
    /// The outline of `boundary.geojson`; without one there is no such file.
    pub outline: Vec<Pt>,
    /// Study files and `README.md`: name and text.
    pub texts: Vec<(&'static str, String)>,
}

/// Writes all files into a directory, and makes it if need be.
pub fn write(county: &County, dir: &Path) -> io::Result<()> {
    fs::create_dir_all(dir)?;
    let height = county.plan.height;
    let streets = county.world.streets.iter().map(|s| street(s, height));
    collection(&dir.join("streets.geojson"), streets)?;
    collection(&dir.join("sites.geojson"), county.sites.iter().map(site))?;
    let banks = county
        .plan
        .water
        .wet
        .iter()
        .chain(&county.plan.water.islands);
    collection(&dir.join("barriers.geojson"), banks.map(barrier))?;
    let Tables {
        items,
        offers,
        further,
        cell_columns,
        outline,
        texts,
    } = &county.tables;
    if !outline.is_empty() {
        collection(
            &dir.join("boundary.geojson"),
            std::iter::once(area(&county.plan.county.1, outline)),
        )?;
    }
    lines(&dir.join("cells.csv"), cells(county.cells, cell_columns))?;
    lines(&dir.join("units.csv"), units(county).iter())?;
    lines(&dir.join("items.csv"), items)?;
    lines(&dir.join("offers.csv"), offers)?;
    for (name, rows) in further {
        lines(&dir.join(name), rows)?;
    }
    texts
        .iter()
        .try_for_each(|(name, text)| fs::write(dir.join(name), text))
}

fn lines(path: &Path, lines: impl IntoIterator<Item = impl AsRef<str>>) -> io::Result<()> {
    let mut out = BufWriter::new(fs::File::create(path)?);
    for line in lines {
        writeln!(out, "{}", line.as_ref().trim_end())?;
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

fn street(street: &Street, height: Option<fn(Pt) -> f64>) -> String {
    let name = if street.name.is_empty() {
        String::new()
    } else {
        format!(r#","name":"{}""#, street.name)
    };
    let line = match height {
        Some(height) => heights(&street.line, height),
        None => coordinates(street.line.iter()),
    };
    feature(
        &format!("{}{}{name}", street.tags, street.extra),
        "LineString",
        &line,
    )
}

/// Coordinates with the height as the third.
fn heights(line: &[Pt], height: fn(Pt) -> f64) -> String {
    let all: Vec<String> = line
        .iter()
        .map(|&p| format!("[{},{:.1}]", p.lon_lat(','), height(p)))
        .collect();
    format!("[{}]", all.join(","))
}

fn area(name: &str, ring: &[Pt]) -> String {
    feature(
        &format!(r#""name":"{name}""#),
        "Polygon",
        &format!("[{}]", coordinates(ring.iter())),
    )
}

fn barrier(ring: &Ring) -> String {
    feature(
        &format!(r#""name":"{}""#, ring.name),
        "LineString",
        &coordinates(ring.bank()),
    )
}

fn site(s: &Site) -> String {
    let unit = if s.unit.is_empty() {
        String::new()
    } else {
        format!(r#","unit":"{}""#, s.unit)
    };
    let properties = format!(
        r#""id":"{}","name":"{}","kind":"{}"{unit},"opening_hours":"{}","windows":{}{}"#,
        s.id, s.name, s.kind, s.hours, s.windows, s.more
    );
    feature(&properties, "Point", &format!("[{}]", s.at.lon_lat(',')))
}

fn cells(cells: &[Cell], more: &str) -> impl Iterator<Item = String> {
    let header = format!("id,name,unit,lon,lat,population,elderly,enterprises{more}");
    let row = |(i, c): (usize, &Cell)| {
        let at = c.at.lon_lat(',');
        let Cell {
            name,
            unit,
            population,
            elderly,
            enterprises,
            more,
            ..
        } = c;
        format!(
            "C{:05},{name},{unit},{at},{population},{elderly},{enterprises}{more}",
            i + 1
        )
    };
    std::iter::once(header).chain(cells.iter().enumerate().map(row))
}

/// The county, its townships, their villages and communities; a parent always before its children.
fn units(county: &County) -> Vec<String> {
    let (id, name) = &county.plan.county;
    let mut rows = vec!["id,name,parent".to_owned(), format!("{id},{name},")];
    rows.extend(
        county
            .plan
            .townships
            .iter()
            .map(|t| format!("{},{},{id}", t.id, t.name)),
    );
    for place in &county.world.places {
        let parent = &county.plan.townships[place.township];
        if !parent.zone {
            rows.push(format!("{},{},{}", place.unit, place.name, parent.id));
        }
    }
    rows
}
