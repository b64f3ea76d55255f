//! Inputs are never overwritten by results.

use std::fs;
use std::path::Path;

use sha2::{Digest, Sha256};

use super::ReportError;
use super::atomic::hex;
use crate::model::Study;

/// The names of the files that every run writes.
const ALWAYS: [&str; 7] = [
    "cells.csv",
    "units.csv",
    "cells.geojson",
    "sites.geojson",
    "findings.csv",
    "summary.json",
    "manifest.json",
];

/// The names of the files that only some runs write; left from an earlier run, they are outdated.
pub(super) fn optional() -> impl Iterator<Item = &'static str> {
    [super::PLAIN, super::GZIPPED]
        .into_iter()
        .chain(super::tables::rules::NAMES)
        .chain(super::assessment::NAMES)
}

/// Refuses a directory in which a result would replace an input, known by its bytes.
pub(super) fn inputs(study: &Study, dir: &Path) -> Result<(), ReportError> {
    for path in ALWAYS
        .into_iter()
        .chain(optional())
        .map(|name| dir.join(name))
    {
        let Ok(bytes) = fs::metadata(&path).map(|meta| meta.len()) else {
            continue;
        };
        let mut alike = study
            .sources()
            .iter()
            .filter(|source| source.bytes == bytes)
            .peekable();
        if alike.peek().is_none() {
            continue;
        }
        let content = fs::read(&path).map_err(ReportError::io(&path))?;
        let sha256 = hex(&Sha256::digest(content));
        if alike.any(|source| source.sha256 == sha256) {
            return Err(ReportError::Input { path });
        }
    }
    Ok(())
}
