//! The end of a run that writes: its manifest, and all files put into their places.

use serde::Serialize;

use super::atomic::Batch;
use super::claims::MANIFEST;
use super::error::ReportError;
use super::lock::OutDir;
use super::manifest::{self, Run};
use super::written::{Written, WrittenFile};
use crate::words::Text;

/// Adds the manifest of a run that was asked this, and puts all files into their places: all or none.
///
/// # Errors
/// When a file cannot be written or put into its place.
pub(super) fn finish(
    mut files: Batch<'_>,
    dir: &OutDir,
    (run, asked): (&Run<'_>, impl Serialize),
    left_out: Vec<(&'static str, Text)>,
) -> Result<Written, ReportError> {
    // The manifest lists all but itself.
    let so_far: Vec<WrittenFile> = files.files().cloned().collect();
    files.add(MANIFEST, |out| {
        manifest::write(run, asked, (&so_far, &left_out), out)
    })?;
    let switched = files.commit()?;
    Ok(Written {
        dir: dir.path().to_owned(),
        files: switched.files,
        left_out,
        removed: switched.removed,
    })
}
