//! Streets, sites, cells, units and a boundary from collections of the crate `geojson`.
//!
//! What a program holds in memory comes in as a file does: the same names of properties are known,
//! the same is wrong, and errors name collection, feature and property. A collection is on WGS 84
//! unless its foreign member `crs` says otherwise. Where an error offers `--on-bad skip`, a program
//! passes [`OnBad::Skip`].
//!
//! ```
//! use walkshed::geojson::FeatureCollection;
//! use walkshed::model::Study;
//! use walkshed::read::{OnBad, geojson};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let streets: FeatureCollection = r#"{"type": "FeatureCollection", "features": [
//!     {"type": "Feature", "properties": {"highway": "residential"},
//!      "geometry": {"type": "LineString", "coordinates": [[116.24, 29.73], [116.25, 29.73]]}}]}"#.parse()?;
//! let sites: FeatureCollection = r#"{"type": "FeatureCollection", "features": [
//!     {"type": "Feature", "properties": {"id": "hall"},
//!      "geometry": {"type": "Point", "coordinates": [116.241, 29.7301]}}]}"#.parse()?;
//! let cells: FeatureCollection = r#"{"type": "FeatureCollection", "features": [
//!     {"type": "Feature", "properties": {"id": 7, "population": 120},
//!      "geometry": {"type": "Point", "coordinates": [116.249, 29.7301]}}]}"#.parse()?;
//! let given = geojson::Collections::new(&streets, &sites, &cells);
//! let study = Study::new(geojson::parts(&given, OnBad::Stop)?)?;
//! assert_eq!(study.cells().people().to_string(), "120");
//! # Ok(())
//! # }
//! ```

use ::geojson::FeatureCollection;

use super::crs::Crs;
use super::datum_check::StreetCheck;
use super::error::{Place, ReadError};
use super::formats::layer;
use super::formats::table::Table;
use super::plan::study_file::InputFile;

use super::plausibility::{self, Placed, Whole};
use super::rejects::{self, Rows};
use super::row_policy::{Door, OnBad, Stopped};
use super::streets::source;
use super::study::crs_named;
use super::tables::catalogue::{Sources, catalogue};
use super::tables::coordinates::Placer;
use super::tables::sites::{SiteReader, SiteRow};
use super::tables::{areas, boundary as outline, cells as homes, sites as services, units as tree};
use super::torn;
use crate::model::{
    Boundary, Cells, Findings, Memory, Network, Severity, Sites, StudyParts, Target, Units, Walk,
};
use crate::plane::Position;

/// The collections of a study.
///
/// ```
/// use walkshed::geojson::FeatureCollection;
/// use walkshed::read::{OnBad, geojson};
/// let streets: FeatureCollection = r#"{"type": "FeatureCollection", "features": [
///     {"type": "Feature", "properties": {"highway": "residential"},
///      "geometry": {"type": "LineString", "coordinates": [[116.24, 29.73], [116.25, 29.73]]}}]}"#.parse()?;
/// let points = |features: &str| -> FeatureCollection {
///     format!(r#"{{"type": "FeatureCollection", "features": [{features}]}}"#).parse().unwrap()
/// };
/// let sites = points(r#"{"type": "Feature", "properties": {"id": "hall"},
///     "geometry": {"type": "Point", "coordinates": [116.241, 29.7301]}}"#);
/// let cells = points(r#"{"type": "Feature", "properties": {"id": 7, "population": 120},
///     "geometry": {"type": "Point", "coordinates": [116.249, 29.7301]}}"#);
/// // Streets and sites are complete within this square.
/// let square = points(r#"{"type": "Feature", "properties": {}, "geometry": {"type": "Polygon", "coordinates":
///     [[[116.2, 29.7], [116.3, 29.7], [116.3, 29.8], [116.2, 29.8], [116.2, 29.7]]]}}"#);
/// let given = geojson::Collections { boundary: Some(&square), ..geojson::Collections::new(&streets, &sites, &cells) };
/// assert!(geojson::parts(&given, OnBad::Stop)?.boundary.is_some());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Collections<'a> {
    /// Lines, and areas tagged `area=yes`.
    pub streets: &'a FeatureCollection,
    /// Points or areas.
    pub sites: &'a FeatureCollection,
    /// Points or areas.
    pub cells: &'a FeatureCollection,
    /// Areas up to whose outline streets and sites are complete.
    pub boundary: Option<&'a FeatureCollection>,
}

impl<'a> Collections<'a> {
    /// These, without a boundary.
    ///
    /// ```
    /// use walkshed::geojson::FeatureCollection;
    /// use walkshed::read::geojson::Collections;
    /// let [streets, sites, cells] = [(); 3].map(|()| FeatureCollection {
    ///     bbox: None,
    ///     features: Vec::new(),
    ///     foreign_members: None,
    /// });
    /// assert!(Collections::new(&streets, &sites, &cells).boundary.is_none());
    /// ```
    #[must_use]
    pub const fn new(
        streets: &'a FeatureCollection,
        sites: &'a FeatureCollection,
        cells: &'a FeatureCollection,
    ) -> Self {
        Self {
            streets,
            sites,
            cells,
            boundary: None,
        }
    }
}

/// What a study needs, from all its collections: the units are those that sites and cells name,
/// the items those that sites say they handle, all of them asked within 15 minutes.
///
/// The findings are among the parts. Opening hours are not read: they need a week that is asked for.
///
/// ```
/// use walkshed::geojson::FeatureCollection;
/// use walkshed::read::{OnBad, geojson};
/// let none = FeatureCollection { bbox: None, features: Vec::new(), foreign_members: None };
/// let given = geojson::Collections::new(&none, &none, &none);
/// let wrong = geojson::parts(&given, OnBad::Stop).unwrap_err();
/// assert!(wrong.to_string().contains("streets"), "{wrong}");
/// ```
///
/// # Errors
/// When a collection is wrong in the way a file can be.
pub fn parts(given: &Collections<'_>, on_bad: OnBad) -> Result<StudyParts, ReadError> {
    let mut reading = Reading::new(on_bad);
    let network = reading.streets(given.streets)?;
    let site_table = reading.table("sites", given.sites)?;
    let cell_table = reading.table("cells", given.cells)?;
    // Rows of sites and cells name units, so the units come before them.
    let units = tree::named_units(&[&site_table.table, &cell_table.table])?;
    let check = StreetCheck::new(&network, Walk::default().max_snap_m);
    let joints = torn::told(check.index(), true, &mut reading.door("streets"));
    let site_rows = reading.sites(site_table, &units, Some(&check))?;
    let cells = reading.cells(cell_table, &units, Some(&check))?;
    drop(check);
    let sites = services::sorted(&site_rows);
    let sources = Sources {
        items: None,
        offers: &[],
        site_rows: &site_rows,
        sites: &sites,
    };
    let catalogue = catalogue(&sources, &mut reading.door("sites"), "", Memory::default())?;
    let boundary = match given.boundary {
        Some(areas) => Some(reading.boundary(areas, Some(&cells))?),
        None => None,
    };
    let target = Target::default().asking(catalogue.iter().map(|(item, _)| item));
    let whole = Whole {
        cells: &cells,
        sites: &sites,
        catalogue: &catalogue,
        groups: &[],
        target: &target,
        speed: Walk::default().speed,
    };
    whole.doubts(false, &mut reading.door(""));
    Ok(StudyParts {
        target,
        catalogue,
        units,
        boundary,
        joints,
        findings: reading.findings,
        ..StudyParts::new(network, sites, cells)
    })
}

/// The streets, and what is doubtful about them.
///
/// ```
/// use walkshed::read::{OnBad, geojson};
/// let lines = r#"{"type": "FeatureCollection", "features": [{"type": "Feature",
///     "properties": {"highway": "residential", "name": "石钟路"},
///     "geometry": {"type": "LineString", "coordinates": [[116.24, 29.73], [116.25, 29.73]]}}]}"#;
/// let (network, findings) = geojson::streets(&lines.parse()?, OnBad::Stop)?;
/// assert_eq!(network.to_string(), "2 vertices, 1 pieces of street, 1.0 km");
/// assert_eq!(findings.count_of(walkshed::model::Severity::Rejected), 0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// At the first feature that is wrong, unless bad rows are skipped; when there is no street.
pub fn streets(lines: &FeatureCollection, on_bad: OnBad) -> Result<(Network, Findings), ReadError> {
    let mut reading = Reading::new(on_bad);
    let network = reading.streets(lines)?;
    Ok((network, reading.findings))
}

/// The units that these features name in their `unit`, side by side.
///
/// ```
/// use walkshed::read::geojson;
/// let cells = r#"{"type": "FeatureCollection", "features": [{"type": "Feature",
///     "properties": {"id": 7, "population": 120, "unit": "石钟村"},
///     "geometry": {"type": "Point", "coordinates": [116.249, 29.7301]}}]}"#;
/// let units = geojson::units(&[&cells.parse()?])?;
/// assert!(units.find("石钟村").is_some());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// When two properties could be the unit.
pub fn units(collections: &[&FeatureCollection]) -> Result<Units, ReadError> {
    let tables = collections
        .iter()
        .map(|&collection| layer::table(collection, "units"));
    let tables: Vec<Table> = tables.collect::<Result<_, _>>()?;
    tree::named_units(&tables.iter().collect::<Vec<_>>())
}

/// The sites, in the order of their ids, and what is doubtful about them.
///
/// ```
/// use walkshed::model::Units;
/// use walkshed::read::{OnBad, geojson};
/// let places = r#"{"type": "FeatureCollection", "features": [{"type": "Feature",
///     "properties": {"id": "hall", "kind": "county-centre"},
///     "geometry": {"type": "Point", "coordinates": [116.241, 29.7301]}}]}"#;
/// let (sites, _) = geojson::sites(&places.parse()?, &Units::default(), OnBad::Stop)?;
/// assert_eq!(sites.find("hall").map(|hall| sites[hall].kind.as_str()), Some("county-centre"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// At the first feature that is wrong, unless bad rows are skipped; when no site is left.
pub fn sites(
    places: &FeatureCollection,
    units: &Units,
    on_bad: OnBad,
) -> Result<(Sites, Findings), ReadError> {
    let mut reading = Reading::new(on_bad);
    let table = reading.table("sites", places)?;
    let rows = reading.sites(table, units, None)?;
    Ok((services::sorted(&rows), reading.findings))
}

/// The cells, in the order of the features, and what is doubtful about them.
///
/// ```
/// use walkshed::People;
/// use walkshed::model::Units;
/// use walkshed::read::{OnBad, geojson};
/// let places = r#"{"type": "FeatureCollection", "features": [{"type": "Feature",
///     "properties": {"id": 7, "population": 120},
///     "geometry": {"type": "Point", "coordinates": [116.249, 29.7301]}}]}"#;
/// let (cells, _) = geojson::cells(&places.parse()?, &Units::default(), OnBad::Stop)?;
/// assert_eq!((cells.len(), cells.people()), (1, People::whole(120)));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// At the first feature that is wrong, unless bad rows are skipped; when no cell is left.
pub fn cells(
    places: &FeatureCollection,
    units: &Units,
    on_bad: OnBad,
) -> Result<(Cells, Findings), ReadError> {
    let mut reading = Reading::new(on_bad);
    let table = reading.table("cells", places)?;
    let cells = reading.cells(table, units, None)?;
    Ok((cells, reading.findings))
}

/// The boundary, and what is doubtful about it.
///
/// ```
/// use walkshed::plane::Position;
/// use walkshed::read::{OnBad, geojson};
/// let square = r#"{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {},
///     "geometry": {"type": "Polygon", "coordinates":
///     [[[116.2, 29.7], [116.3, 29.7], [116.3, 29.8], [116.2, 29.8], [116.2, 29.7]]]}}]}"#;
/// let (boundary, _) = geojson::boundary(&square.parse()?, OnBad::Stop)?;
/// let inside = [116.25, 116.35].map(|lon| boundary.contains(Position::new(lon, 29.75).unwrap()));
/// assert_eq!(inside, [true, false]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// At the first feature that is no area, unless bad rows are skipped; when no area is left.
pub fn boundary(
    areas: &FeatureCollection,
    on_bad: OnBad,
) -> Result<(Boundary, Findings), ReadError> {
    let mut reading = Reading::new(on_bad);
    let boundary = reading.boundary(areas, None)?;
    Ok((boundary, reading.findings))
}

/// Collections half read; each is called by its part in the study.
struct Reading {
    on_bad: OnBad,
    findings: Findings,
    stopped: Stopped,
    rows: Rows,
}

/// A table whose rows stand somewhere.
struct PlacedTable {
    table: Table,
    crs: Crs,
}

impl Reading {
    fn new(on_bad: OnBad) -> Self {
        Self {
            on_bad,
            findings: Findings::default(),
            stopped: Stopped::default(),
            rows: Rows::default(),
        }
    }

    fn door(&mut self, role: &str) -> Door<'_> {
        Door {
            file: role.to_owned(),
            on_bad: self.on_bad,
            findings: &mut self.findings,
            stopped: &mut self.stopped,
        }
    }

    /// The system of a collection: what it says itself, else WGS 84.
    fn crs(&mut self, role: &'static str, declared: Option<&str>) -> Result<Crs, ReadError> {
        let Some(declared) = declared else {
            return Ok(Crs::Wgs84);
        };
        let crs = crs_named(declared, "crs", role)?;
        if let Some(note) = crs.note() {
            self.door(role).say(
                Severity::Suspicious,
                "datum-shift-unknown",
                Place::File,
                role,
                note.clone(),
            );
        }
        Ok(crs)
    }

    fn table(
        &mut self,
        role: &'static str,
        collection: &FeatureCollection,
    ) -> Result<PlacedTable, ReadError> {
        let mut table = layer::table(collection, role)?;
        let rows = table.records.len() + table.bad.places.len();
        self.rows.add(role, rows);
        let crs = self.crs(role, table.declared_crs.as_deref())?;
        areas::check(&mut table, crs, &mut self.door(role));
        Ok(PlacedTable { table, crs })
    }

    fn streets(&mut self, collection: &FeatureCollection) -> Result<Network, ReadError> {
        let lines = source::read_layer(collection, "streets")?;
        let crs = self.crs("streets", lines.declared_crs.as_deref())?;
        let mut door = self.door("streets");
        let raw = source::raw(lines, crs, &InputFile::default(), &mut door)?;
        source::doubts(&raw, &mut door);
        let network = source::network(&raw, &mut door)?;
        self.rows.add_lines("streets", raw.lines, &self.findings);
        self.enough_left()?;
        Ok(network)
    }

    fn sites(
        &mut self,
        placed: PlacedTable,
        units: &Units,
        check: Option<&StreetCheck<'_>>,
    ) -> Result<Vec<SiteRow>, ReadError> {
        let mut door = self.door("sites");
        let placer = Placer::new(&placed.table, placed.crs, &door)?;
        // A program may ask for any day later.
        let mut reader = SiteReader {
            forgives_hours: false,
            placer: &placer,
            units,
            clock: None,
            dated: true,
        };
        let rows = services::sites(placed.table, &[], &mut reader, &mut door)?;
        let spots = rows.iter().map(|row| (row.site.id.as_str(), row.site.at));
        plausibility::same_spot(Placed::Sites, spots, &mut door);
        if let Some(check) = check {
            let points: Vec<Position> = rows.iter().map(|row| row.site.at).collect();
            check.check(Placed::Sites, &points, placed.crs, &mut door)?;
        }
        self.enough_left()?;
        if rows.is_empty() {
            return Err(rejects::none_left(Placed::Sites, "sites").into());
        }
        Ok(rows)
    }

    fn cells(
        &mut self,
        placed: PlacedTable,
        units: &Units,
        check: Option<&StreetCheck<'_>>,
    ) -> Result<Cells, ReadError> {
        let mut door = self.door("cells");
        let placer = Placer::new(&placed.table, placed.crs, &door)?;
        let (cells, _) = homes::cells(placed.table, &placer, units, &[], &mut door)?;
        let spots = cells
            .iter()
            .filter_map(|(_, cell)| Some((cell.id.as_str(), cell.at?)));
        plausibility::same_spot(Placed::Cells, spots, &mut door);
        if let Some(check) = check {
            let points: Vec<Position> = cells.iter().filter_map(|(_, cell)| cell.at).collect();
            check.check(Placed::Cells, &points, placed.crs, &mut door)?;
        }
        self.enough_left()?;
        if cells.is_empty() {
            return Err(rejects::none_left(Placed::Cells, "cells").into());
        }
        plausibility::large_cells(&cells, &mut self.door("cells"));
        Ok(cells)
    }

    fn boundary(
        &mut self,
        collection: &FeatureCollection,
        cells: Option<&Cells>,
    ) -> Result<Boundary, ReadError> {
        let placed = self.table("boundary", collection)?;
        let mut door = self.door("boundary");
        let boundary = outline::boundary(placed.table, placed.crs, &mut door)?;
        if let Some(cells) = cells {
            outline::notes(&boundary, Some(cells), &mut door);
        }
        self.enough_left()?;
        Ok(boundary)
    }

    /// Whether enough features of every collection could be used.
    fn enough_left(&self) -> Result<(), ReadError> {
        self.rows.enough_left(&self.findings, rejects::MOST)
    }
}
