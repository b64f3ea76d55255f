//! What a county has in place of tables of cells and sites: areas, totals, maps, points of interest.

mod buildings;
mod large_cells;
mod map_sites;
mod points_of_interest;
mod settled;
mod unit_areas;

use std::fs;
use std::path::Path;

use walkshed::model::Study;
use walkshed::read;

/// What the findings of a code say, in order.
fn findings(study: &Study, code: &str) -> Vec<String> {
    let found = study
        .findings()
        .iter()
        .filter(|finding| finding.code == code);
    found.map(|finding| finding.message.to_string()).collect()
}

/// Writes files into a folder and reads the study among them.
fn study_in(folder: &Path, files: &[(&str, &str)]) -> Result<Study, String> {
    for (name, text) in files {
        fs::write(folder.join(name), text).expect("written");
    }
    let read = read::study(folder.join("study.toml"));
    read.map(|(study, _)| study)
        .map_err(|error| error.to_string())
}

/// A study of these files, in a folder of its own.
fn study_of(files: &[(&str, &str)]) -> Result<Study, String> {
    let folder = tempfile::tempdir().expect("a folder");
    study_in(folder.path(), files)
}
