//! Inputs are never overwritten by results.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use super::ReportError;
use super::claims::{NAMES, hash_of};
use crate::model::Source;

/// Refuses a directory in which a result would replace an input, known by its bytes.
pub(super) fn inputs(sources: &[Source], dir: &Path) -> Result<(), ReportError> {
    for path in NAMES.map(|name| dir.join(name)) {
        let bytes = match fs::metadata(&path) {
            Ok(meta) => meta.len(),
            // Nothing is there, nor can be below what is a file.
            Err(error)
                if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) =>
            {
                continue;
            }
            Err(error) => return Err(ReportError::io(&path)(error)),
        };
        // Their length tells most files apart, so that few are read whole.
        let mut alike = sources
            .iter()
            .filter(|source| source.bytes == bytes)
            .peekable();
        if alike.peek().is_none() {
            continue;
        }
        let sha256 = hash_of(&path).map_err(ReportError::io(&path))?;
        if alike.any(|source| source.sha256 == sha256) {
            return Err(ReportError::Input { path });
        }
    }
    Ok(())
}
