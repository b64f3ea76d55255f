//! `cells.geojson` and `sites.geojson`, after RFC 7946: WGS 84, longitude first; and the same in
//! memory, as collections of the crate `geojson`.
//!
//! The crate's types write the geometries. Its `FeatureWriter` does not write the features, for it
//! sorts their properties by name (`the_crates_writer_loses_the_order_of_columns`), and writes them
//! all in one line, one after the other.

use std::io;

use geojson::{FeatureCollection, Geometry, GeometryValue, JsonObject};
use rayon::prelude::*;
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::column::Columns;
use super::csv::in_blocks;
use super::out::Out;
use super::tables::cells::{self, CellRow, CellRows};
use super::tables::sites::{self, SiteRow};
use crate::ids::{CellId, SiteId};
use crate::model::{Cells, Outline};
use crate::plane::Position;
use crate::run::Results;
use crate::score::{Coverage, Served};

/// The cells as features: their outline or place, and the columns of `cells.csv` as properties,
/// followed by their own properties.
///
/// What `cells.geojson` holds. A [`JsonObject`] sorts its members by name; the file has them in the
/// order of the columns. O(cells × columns).
///
/// ```
/// let town = walkshed::draw::town("A-a--s-B", 100.0, "s");
/// let results = walkshed::run(&town, &walkshed::Options::default()).unwrap();
/// let cells = walkshed::report::cells_geojson(&results);
/// assert_eq!(cells.features[0].property("verdict").and_then(|verdict| verdict.as_str()), Some("covered"));
/// ```
#[must_use]
pub fn cells_geojson(results: &Results) -> FeatureCollection {
    CellMap::of(results).collection()
}

/// The sites as features: their place, what became of it, whom they serve, and their own properties.
///
/// What `sites.geojson` holds, as [`cells_geojson`] has the cells.
///
/// ```
/// let town = walkshed::draw::town("A-a--s---t-B", 100.0, "st");
/// let results = walkshed::run(&town, &walkshed::Options::default()).unwrap();
/// assert_eq!(walkshed::report::sites_geojson(&results).features.len(), 2);
/// ```
#[must_use]
pub fn sites_geojson(results: &Results) -> FeatureCollection {
    SiteMap::of(results).collection()
}

pub(super) fn write_cells(results: &Results, out: &mut dyn Out) -> io::Result<()> {
    CellMap::of(results).write(out)
}

pub(super) fn write_sites(results: &Results, out: &mut dyn Out) -> io::Result<()> {
    SiteMap::of(results).write(out)
}

/// Features in their order, each a geometry and a row of columns.
pub(super) trait Map: Sync {
    type Row;

    fn columns(&self) -> &Columns<Self::Row>;
    fn len(&self) -> usize;
    fn geometry(&self, place: usize) -> Option<Geometry>;
    fn row(&self, place: usize) -> Self::Row;

    /// The least and the most longitude and latitude of a feature, where the map tells them.
    fn bounds(&self, _place: usize) -> Option<[f64; 4]> {
        None
    }

    /// All features, in memory.
    fn collection(&self) -> FeatureCollection {
        let features = (0..self.len()).into_par_iter().map(|place| {
            let row = self.row(place);
            geojson::Feature {
                bbox: self.bounds(place).map(|bounds| bounds.to_vec()),
                geometry: self.geometry(place),
                properties: Some(object(self.columns(), &row)),
                ..geojson::Feature::default()
            }
        });
        FeatureCollection::new(features.collect::<Vec<_>>())
    }

    /// A collection, one feature a line.
    fn write(&self, out: &mut dyn Out) -> io::Result<()> {
        out.write_all(b"{\"type\":\"FeatureCollection\",\"features\":[")?;
        in_blocks(self.len(), 4096, out, |places| {
            let mut text = Vec::new();
            for place in places {
                // The comma stands before each but the first: no block has to know the last.
                text.extend_from_slice(if place == 0 { b"\n" } else { b",\n" });
                let feature = Feature {
                    r#type: "Feature",
                    bbox: self.bounds(place),
                    geometry: self.geometry(place),
                    properties: Properties {
                        columns: self.columns(),
                        row: self.row(place),
                    },
                };
                serde_json::to_writer(&mut text, &feature)?;
            }
            Ok(text)
        })?;
        out.write_all(b"\n]}\n")
    }
}

struct CellMap<'r> {
    columns: Columns<CellRow<'r>>,
    rows: CellRows<'r>,
    cells: &'r Cells,
}

impl<'r> CellMap<'r> {
    fn of(results: &'r Results) -> Self {
        Self {
            columns: cells::map_columns(results),
            rows: CellRows::of(results),
            cells: results.study().cells(),
        }
    }
}

impl<'r> Map for CellMap<'r> {
    type Row = CellRow<'r>;

    fn columns(&self) -> &Columns<Self::Row> {
        &self.columns
    }

    fn len(&self) -> usize {
        self.cells.len()
    }

    fn geometry(&self, place: usize) -> Option<Geometry> {
        let id = CellId::new(place);
        let outline = self.cells.outline(id).map(area);
        outline.or_else(|| self.cells[id].at.map(point))
    }

    fn row(&self, place: usize) -> Self::Row {
        self.rows.row(CellId::new(place))
    }
}

struct SiteMap<'r> {
    columns: Columns<SiteRow<'r>>,
    served: Vec<Served>,
    /// The firms that each serves; none where the study says of no firms.
    firms_served: Option<Vec<Served>>,
    results: &'r Results,
}

impl<'r> SiteMap<'r> {
    fn of(results: &'r Results) -> Self {
        Self {
            columns: sites::map_columns(results),
            served: results.coverage.by_site(),
            firms_served: results.firms.as_ref().map(Coverage::by_site),
            results,
        }
    }
}

impl<'r> Map for SiteMap<'r> {
    type Row = SiteRow<'r>;

    fn columns(&self) -> &Columns<Self::Row> {
        &self.columns
    }

    fn len(&self) -> usize {
        self.served.len()
    }

    fn geometry(&self, place: usize) -> Option<Geometry> {
        let site = &self.results.study().sites()[SiteId::new(place)];
        Some(point(site.at))
    }

    fn row(&self, place: usize) -> Self::Row {
        let firms = self.firms_served.as_ref().map(|served| served[place]);
        sites::row(
            self.results,
            SiteId::new(place),
            (self.served[place], firms),
        )
    }
}

/// A feature whose properties keep the order of the columns.
#[derive(Serialize)]
#[serde(bound = "")]
struct Feature<'r, R> {
    r#type: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    bbox: Option<[f64; 4]>,
    geometry: Option<Geometry>,
    properties: Properties<'r, R>,
}

struct Properties<'r, R> {
    columns: &'r Columns<R>,
    row: R,
}

impl<R> Serialize for Properties<'_, R> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut map = to.serialize_map(Some(self.columns.len()))?;
        for column in self.columns.iter() {
            map.serialize_entry(&column.name, &column.of(&self.row))?;
        }
        map.end()
    }
}

/// The columns of a row as an object of the crate's.
fn object<R>(columns: &Columns<R>, row: &R) -> JsonObject {
    let members = columns.iter().map(|column| {
        // A value is a text, a number or a list of texts: nothing that JSON cannot say.
        let value = serde_json::to_value(column.of(row)).unwrap_or_default();
        (column.name.to_string(), value)
    });
    members.collect()
}

/// A point with seven decimals, a centimetre.
pub(super) fn point(at: Position) -> Geometry {
    Geometry::new_point([short(at.lon()), short(at.lat())])
}

/// A polygon, or several.
pub(super) fn area(outline: &Outline) -> Geometry {
    let areas = outline.to_multi_polygon();
    match areas.0.as_slice() {
        [one] => GeometryValue::from(one).into(),
        _ => GeometryValue::from(&areas).into(),
    }
}

fn short(degrees: f64) -> f64 {
    // Adding nothing turns −0 into 0.
    (degrees * 1e7).round() / 1e7 + 0.0
}
