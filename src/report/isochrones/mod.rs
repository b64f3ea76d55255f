//! Isochrones as files, as a collection of the crate `geojson`, and in words.

#[cfg(any(feature = "flatgeobuf", feature = "geoparquet"))]
mod columns;
#[cfg(any(feature = "flatgeobuf", feature = "geoparquet"))]
mod feature;
#[cfg(feature = "flatgeobuf")]
mod flatgeobuf;
#[cfg(feature = "geoparquet")]
mod geoparquet;
mod map;
mod parameters;
mod picture;
mod row;
#[cfg(all(test, any(feature = "flatgeobuf", feature = "geoparquet")))]
mod samples;
mod style;
mod summary;

use geojson::FeatureCollection;

use super::atomic::Batch;
use super::column;
use super::error::ReportError;
use super::finish::finish;
use super::geojson::Map;
use super::lock::OutDir;
use super::manifest::Run;
use super::out::TableForm;
use super::pictures::{self, Form};
use super::written::Written;
use crate::isochrone::Catchments;
use crate::progress::{Progress, Stage};
use map::{Lands, Streets};
use parameters::Parameters;
pub(super) use row::columns;

pub use picture::isochrones_svg;
pub use summary::{isochrones_json, isochrones_text};

/// The isochrones as features: a multi-polygon each, with its box, and the columns of `isochrones.csv` as
/// properties, with colours besides. The longest limits come first, so that viewers draw shorter ones on top.
///
/// What `isochrones.geojson` holds (RFC 7946: WGS 84, outer rings counter-clockwise).
///
/// ```
/// use walkshed::{Silent, draw, isochrone::{Request, isochrones}, report};
/// let town = draw::town("A-a--s---t-B", 100.0, "st");
/// let land = report::isochrones_geojson(&isochrones(&town, &Request::of(&town), &Silent));
/// assert_eq!(land.features.len(), 2, "one for each site");
/// ```
#[must_use]
pub fn isochrones_geojson(catchments: &Catchments) -> FeatureCollection {
    Lands::of(catchments).collection()
}

/// The reached stretches of street as features: a line each, cut at every limit, with the seconds at
/// its two ends.
///
/// What `isochrone_streets.geojson` holds.
///
/// ```
/// use walkshed::{Silent, draw, isochrone::{Request, isochrones}, report};
/// let town = draw::town("A-a--s---B", 100.0, "s");
/// let streets = report::isochrone_streets_geojson(&isochrones(&town, &Request::of(&town), &Silent));
/// // One to either side of the site.
/// assert_eq!(streets.features.len(), 2);
/// ```
#[must_use]
pub fn isochrone_streets_geojson(catchments: &Catchments) -> FeatureCollection {
    Streets::of(catchments).collection()
}

/// Writes `isochrones.geojson`, `isochrone_streets.geojson`, `isochrones.csv`, `isochrones.qml`, `isochrones.svg` and
/// `manifest.json`, with the features `flatgeobuf`, `geoparquet` and `png` also `isochrones.fgb`,
/// `isochrones.parquet` and `isochrones.png`, into a directory that was opened before the work: all of them or none.
///
/// ```
/// use walkshed::isochrone::{Request, isochrones};
/// use walkshed::report::{OutDir, ReportOptions, write_isochrones_into};
/// use walkshed::{Silent, draw};
/// # let folder = tempfile::tempdir()?;
/// let town = draw::town("A-a--s---B", 100.0, "s");
/// let out = OutDir::open(folder.path(), &ReportOptions::default())?;
/// let written = write_isochrones_into(&isochrones(&town, &Request::of(&town), &Silent), &out, &Silent)?;
/// assert!(written.files.iter().any(|file| file.name == "isochrones.geojson"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// As [`write_into`](super::write_into).
pub fn write_isochrones_into(
    catchments: &Catchments,
    dir: &OutDir,
    progress: &dyn Progress,
) -> Result<Written, ReportError> {
    progress.start(Stage::Report, 5);
    let study = &catchments.study;
    dir.check(study)?;
    let mut files = Batch::new(dir, TableForm::of(study));
    let step = |()| progress.advance(1);
    let lands = Lands::of(catchments);
    files
        .add("isochrones.csv", |out| {
            column::write(&row::columns_of(), lands.rows_as_drawn(), out)
        })
        .map(step)?;
    files
        .add("isochrones.geojson", |out| lands.write(out))
        .map(step)?;
    files.add("isochrones.qml", |out| style::write(catchments, out))?;
    files
        .add("isochrone_streets.geojson", |out| {
            Streets::of(catchments).write(out)
        })
        .map(step)?;
    // Drawn once: the picture of pixels is made of it.
    let svg = isochrones_svg(catchments);
    files
        .add("isochrones.svg", |out| out.write_all(svg.as_bytes()))
        .map(step)?;
    let left_out = pictures::add(&[("isochrones.png", Form::Png)], &svg, &mut files)?;
    add_columnar(&lands, &mut files)?;
    let run = (&Run::of(study), Parameters::of(catchments));
    finish(files, dir, run, left_out).inspect(|_| step(()))
}

/// `isochrones.fgb` and `isochrones.parquet`, where the crate is built with these formats.
#[cfg(any(feature = "flatgeobuf", feature = "geoparquet"))]
fn add_columnar(lands: &Lands<'_>, files: &mut Batch<'_>) -> Result<(), ReportError> {
    let rows: Vec<row::Row<'_>> = lands.rows_as_drawn().collect();
    let features: Vec<feature::Feature<'_>> = rows.iter().map(row::Row::feature).collect();
    #[cfg(feature = "flatgeobuf")]
    files.add("isochrones.fgb", |out| {
        out.write_all(&flatgeobuf::bytes(&features)?)
    })?;
    #[cfg(feature = "geoparquet")]
    files.add("isochrones.parquet", |out| {
        out.write_all(&geoparquet::bytes(&features)?)
    })?;
    Ok(())
}

#[cfg(not(any(feature = "flatgeobuf", feature = "geoparquet")))]
#[expect(clippy::unnecessary_wraps, reason = "with these formats it may fail")]
const fn add_columnar(_: &Lands<'_>, _: &mut Batch<'_>) -> Result<(), ReportError> {
    Ok(())
}
