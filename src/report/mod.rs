//! Files out: tables, maps, a summary, and a manifest to run and check it all again.

mod atomic;
mod doubts;
mod error;
mod geojson;
mod manifest;
pub mod summary;
mod tables;
mod values;

use std::io::Write;
use std::path::Path;

use sha2::{Digest, Sha256};

use crate::model::Study;
use crate::progress::{Progress, Silent, Stage};
use crate::score::Coverage;
use atomic::{OutputFolder, Pending};

pub use error::ReportError;

/// Rows of `item_times.csv` beyond which it is written only on request, and gzipped.
pub const MOST_ITEM_ROWS: usize = 5_000_000;

/// What is written.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options {
    /// Write `item_times.csv.gz` even past [`MOST_ITEM_ROWS`] rows.
    pub items: bool,
}

/// Writes all results of a study to a folder, which is made if it is not there.
///
/// `cells.csv`, `item_times.csv`, `units.csv`, `cells.geojson`, `sites.geojson`, `findings.csv`,
/// `summary.json`, and last of all `manifest.json` with the sizes and hashes of the others. Every
/// file is complete and synced under a temporary name before the first of them gets its own.
/// The bytes depend on the study alone: no times, no machine, no threads. O(cells × items).
///
/// # Errors
/// When the folder cannot be written, or another run writes to it. Old results then stay as they were.
pub fn write(study: &Study, now: &Coverage<'_>, folder: impl AsRef<Path>) -> Result<(), ReportError> {
    write_with(study, now, folder.as_ref(), Options::default(), &Silent)
}

/// [`write()`] with options, telling how far it is.
///
/// # Errors
/// As [`write()`].
pub fn write_with(
    study: &Study,
    now: &Coverage<'_>,
    folder: &Path,
    options: Options,
    progress: &dyn Progress,
) -> Result<(), ReportError> {
    progress.start(Stage::Report, 8);
    spare_inputs(study, folder)?;
    let folder = OutputFolder::open(folder)?;
    let mut done: Vec<Pending> = Vec::new();
    let mut keep = |written: Result<Pending, ReportError>| {
        progress.advance(1);
        written.map(|file| done.push(file))
    };
    keep(folder.write("cells.csv", |out| tables::cells(study, now, out)))?;
    let many = study.cells().len().saturating_mul(now.target().items.len()) > MOST_ITEM_ROWS;
    let (kept, other) =
        if many { ("item_times.csv.gz", "item_times.csv") } else { ("item_times.csv", "item_times.csv.gz") };
    let with_items = !many || options.items;
    if with_items {
        keep(folder.write(kept, |out| {
            if many { packed_item_times(study, now, out) } else { tables::item_times(study, now, out) }
        }))?;
    }
    keep(folder.write("units.csv", |out| tables::units(study, now, out)))?;
    keep(folder.write("cells.geojson", |out| geojson::cells(study, now, out)))?;
    keep(folder.write("sites.geojson", |out| geojson::sites(study, now, out)))?;
    let doubts = doubts::findings(study, now);
    keep(folder.write("findings.csv", |out| tables::findings(study.findings().iter().chain(&doubts), out)))?;
    keep(folder.write("summary.json", |out| pretty(&summary::json(study, now), out)))?;
    let manifest = manifest::json(study, now, &done, with_items);
    done.push(folder.write("manifest.json", |out| pretty(&manifest, out))?);
    progress.advance(1);
    folder.remove(other)?;
    if !with_items {
        folder.remove(kept)?;
    }
    folder.publish(done)
}

/// The names that a run may give to files, or remove.
const NAMES: [&str; 9] = [
    "cells.csv",
    "item_times.csv",
    "item_times.csv.gz",
    "units.csv",
    "cells.geojson",
    "sites.geojson",
    "findings.csv",
    "summary.json",
    "manifest.json",
];

/// Refuses a folder in which a result would replace an input, known by its bytes.
fn spare_inputs(study: &Study, folder: &Path) -> Result<(), ReportError> {
    for path in NAMES.map(|name| folder.join(name)) {
        let Ok(bytes) = std::fs::metadata(&path).map(|meta| meta.len()) else { continue };
        let mut alike = study.sources().iter().filter(|source| source.bytes == bytes).peekable();
        if alike.peek().is_none() {
            continue;
        }
        let sha256 = atomic::hex(&Sha256::digest(std::fs::read(&path).map_err(|e| ReportError::io(&path, e))?));
        if alike.any(|source| source.sha256 == sha256) {
            return Err(ReportError::Input { path });
        }
    }
    Ok(())
}

fn packed_item_times(study: &Study, now: &Coverage<'_>, out: &mut dyn Write) -> std::io::Result<()> {
    // Without a time in its header, so that the bytes are the same on every run.
    let mut packer = flate2::GzBuilder::new().mtime(0).write(out, flate2::Compression::fast());
    tables::item_times(study, now, &mut packer)?;
    packer.finish().map(|_| ())
}

fn pretty(value: &serde_json::Value, out: &mut dyn Write) -> std::io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, value)?;
    out.write_all(b"\n")
}
