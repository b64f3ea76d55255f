//! Places where a site could open, from any file of points or areas.

use std::path::Path;

use super::costs::cost;
use crate::model::{Findings, Source, Study};
use crate::proposal::{Place, PlaceStatus, SiteStatus, new_id, unit_at};
use crate::read::crs::Crs;
use crate::read::error::{BadInput, ReadError};
use crate::read::formats::table::Table;
use crate::read::formats::values::Problem;
use crate::read::input::{load, table};
use crate::read::plan::study_file::InputFile;
use crate::read::row_policy::{Door, OnBad, Stopped};
use crate::read::services::map_sites;
use crate::read::streets::source;
use crate::read::study::crs_named;
use crate::read::tables::coordinates::Placer;
use crate::read::tables::rows::{Columns, Ids, Row, unit};
use crate::words::text;

const KNOWN: [&str; 5] = ["id", "unit", "cost", "status", "capacity"];

/// The places of a file (GeoJSON, CSV, XLSX and all other tables of points): `id`, `unit`, `cost`, `status`; on
/// WGS 84 unless the file says otherwise.
///
/// One without a unit lies in that of the nearest cell; one without a cost costs 1; one without a status may open.
///
/// ```
/// use walkshed::{draw, read};
/// # let folder = tempfile::tempdir()?;
/// # let path = folder.path().join("places.csv");
/// std::fs::write(&path, "id,lon,lat,cost\nmarket,0.004,0,3\n")?;
/// let town = draw::town("A-a--s-B", 100.0, "s");
/// let (places, _) = read::places(&path, &town)?;
/// assert_eq!((places[0].id.as_str(), places[0].cost), ("market", 3));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// When the file cannot be read, or a row has no place, a bad cost, or the id of another row.
pub fn places(path: &Path, study: &Study) -> Result<(Vec<Place>, Source), ReadError> {
    let entry = InputFile {
        path: path.to_string_lossy().into_owned(),
        ..InputFile::default()
    };
    let input = load(Path::new(""), "candidates", &entry, study.memory())?;
    let mut table = table(&input, &entry)?;
    let mut findings = Findings::default();
    let mut door = Door {
        file: input.file.clone(),
        on_bad: OnBad::Stop,
        findings: &mut findings,
        stopped: &mut Stopped::default(),
    };
    let crs = match &table.declared_crs {
        Some(declared) => crs_named(declared, "crs", &input.file)?,
        None => Crs::Wgs84,
    };
    door.reject_unreadable(&mut table)?;
    let places = of_table((&table, crs), study, &mut door)?;
    let source = Source {
        crs: crs.name(),
        ..input.source
    };
    Ok((places, source))
}

/// Places of a map of OpenStreetMap (PBF, XML, or Overpass JSON): the objects that have one of these tags
/// (`amenity=bank`), or one of the usual ones of sites where none is named, each at its entrance where one is mapped.
///
/// An object is a place like a site of the [study's own map](crate::manual), whether a site of the study stands there
/// or not; its id follows `new-`. It lies in the unit of the nearest cell and costs 1.
///
/// ```
/// use walkshed::{draw, read};
/// # let folder = tempfile::tempdir()?;
/// # let path = folder.path().join("map.osm");
/// std::fs::write(&path, r#"<osm version="0.6"><node id="7" lon="0.004" lat="0"><tag k="amenity" v="bank"/></node></osm>"#)?;
/// let town = draw::town("A-a--s-B", 100.0, "s");
/// let banks = read::map_places(&path, &["amenity=bank".to_owned()], &town)?;
/// assert_eq!(banks.len(), 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// When the file cannot be read or is no map, has no such object, or what is named is no tag.
pub fn map_places(path: &Path, tags: &[String], study: &Study) -> Result<Vec<Place>, ReadError> {
    let entry = InputFile {
        path: path.to_string_lossy().into_owned(),
        tags: tags.iter().map(|tag| (tag.clone(), None)).collect(),
        ..InputFile::default()
    };
    let input = load(Path::new(""), "candidates", &entry, study.memory())?;
    // A table of places has no tags to look for.
    if !source::is_map(&input.bytes) {
        return Err(BadInput {
            code: "no-map",
            file: input.file,
            expected: text!(AMap),
            remedy: text!(NameAMap),
            ..BadInput::default()
        }
        .into());
    }
    let bytes = source::map_bytes(&input)?;
    let mut findings = Findings::default();
    let mut door = Door {
        file: input.file.clone(),
        on_bad: OnBad::Stop,
        findings: &mut findings,
        stopped: &mut Stopped::default(),
    };
    let said_by = ("--candidates", &mut door);
    let table = map_sites::table((&input, &entry), &bytes, &[], said_by)?;
    let mut places = of_table((&table, Crs::Wgs84), study, &mut door)?;
    for place in &mut places {
        // What stands there may be a site of the study, of this id.
        place.id = new_id(study, &place.id);
    }
    Ok(places)
}

/// The place of each row.
fn of_table(
    (table, crs): (&Table, Crs),
    study: &Study,
    door: &mut Door<'_>,
) -> Result<Vec<Place>, ReadError> {
    let columns = Columns::of(table, &KNOWN, door)?;
    let placer = Placer::new(table, crs, door)?;
    let mut ids = Ids::new(&columns, door);
    let mut places = Vec::with_capacity(table.records.len());
    for record in &table.records {
        let row = Row {
            record,
            table,
            columns: &columns,
        };
        has_no_capacity(row, door)?;
        let at = placer.place(record, table, door)?;
        let named = unit(row, study.units(), door)?;
        places.push(Place {
            id: ids.take(row, door)?,
            at,
            unit: named.or_else(|| unit_at(study, at)),
            cost: cost(row, door)?,
            status: status(row, door)?,
        });
    }
    Ok(places)
}

/// That no row says how many a site serves at most: in a study that would change nothing.
fn has_no_capacity(row: Row<'_>, door: &Door<'_>) -> Result<(), BadInput> {
    let word = row.text("capacity");
    if word.is_empty() {
        return Ok(());
    }
    let wrong = Problem::of(
        "capacity-in-a-study",
        &word,
        text!(NoCapacityInStudy),
        text!(LeaveOutCapacity),
    );
    Err(row.wrong("capacity", wrong, door))
}

/// Whether a site must open there. What is there already is a site of the study, and no place.
fn status(row: Row<'_>, door: &Door<'_>) -> Result<PlaceStatus, BadInput> {
    let word = row.text("status").to_lowercase();
    let known = SiteStatus::ALL.into_iter();
    let mut fits = known.filter(|status| status.words().contains(&word.as_str()));
    match fits.next() {
        Some(SiteStatus::Candidate) => Ok(PlaceStatus::Candidate),
        Some(SiteStatus::Forced) => Ok(PlaceStatus::Forced),
        Some(SiteStatus::Forbidden) => Ok(PlaceStatus::Forbidden),
        Some(SiteStatus::Kept) | None => {
            let expected = text!(PlaceStatusWords);
            let wrong = Problem::of("bad-status", &word, expected, text!(WriteStatus));
            Err(row.wrong("status", wrong, door))
        }
    }
}
