//! Which files of a folder are looked at.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde::Deserialize;

use crate::read::error::ReadError;
use crate::read::input::bytes_of;
use crate::words::{Text, text};

/// The name of the study file.
pub(super) const STUDY: &str = "study.toml";
/// So many files of a folder are looked at.
const MOST_FILES: usize = 200;
/// What belongs to a shapefile, and is read with it.
const PARTS: [&str; 9] = [
    "dbf", "shx", "prj", "cpg", "qpj", "sbn", "sbx", "qix", "qmd",
];

/// The files of a folder.
#[derive(Debug, Default)]
pub(super) struct Files {
    /// Those to look at, in the order of their names.
    pub seen: Vec<String>,
    /// Those that are left alone, each with the reason.
    pub left: Vec<(String, Text)>,
}

/// The files that are looked at: not those in folders, nor hidden ones, study files, parts of shapefiles
/// and what a run of walkshed left there.
///
/// # Errors
/// When the folder cannot be read.
pub(super) fn files(folder: &Path) -> Result<Files, ReadError> {
    let wrong = |source| ReadError::Io {
        path: folder.to_owned(),
        source,
    };
    let mut names = BTreeSet::new();
    let mut files = Files::default();
    for entry in fs::read_dir(folder).map_err(wrong)? {
        let entry = entry.map_err(wrong)?;
        let is_file = fs::metadata(entry.path()).is_ok_and(|about| about.is_file());
        match entry.file_name().into_string() {
            // What is written here is no file of the user's.
            Ok(name) if is_file && !is_hidden(&name) && name != STUDY => {
                names.insert(name);
            }
            Ok(_) => {}
            Err(odd) => {
                let name = odd.to_string_lossy().into_owned();
                files.left.push((name, text!(FirstOddName)));
            }
        }
    }
    files.left.sort_by(|a, b| a.0.cmp(&b.0));
    // A run may have written its results into this folder.
    let ours = ours(folder);
    for name in &names {
        if ours.contains(name) {
            files.left.push((name.clone(), text!(FirstOurs)));
        } else if has_ending(name, &["toml"]) {
            files.left.push((name.clone(), text!(FirstStudyFile)));
        } else if is_part(name, &names) {
            // It is told with its shapefile.
        } else if files.seen.len() >= MOST_FILES {
            let why = text!(FirstTooMany, most = MOST_FILES);
            files.left.push((name.clone(), why));
        } else {
            files.seen.push(name.clone());
        }
    }
    Ok(files)
}

/// Hidden files, and the locks that office programs leave.
fn is_hidden(name: &str) -> bool {
    name.starts_with('.') || name.starts_with("~$") || name.ends_with('~')
}

/// Whether a name has one of these endings, in whatever case.
fn has_ending(name: &str, endings: &[&str]) -> bool {
    let ending = name
        .rsplit_once('.')
        .map(|(_, ending)| ending.to_lowercase());
    ending.is_some_and(|ending| endings.contains(&ending.as_str()))
}

/// Whether a file belongs to a shapefile beside it.
fn is_part(name: &str, names: &BTreeSet<String>) -> bool {
    let Some((stem, _)) = name.rsplit_once('.').filter(|_| has_ending(name, &PARTS)) else {
        return name.to_lowercase().ends_with(".shp.xml");
    };
    names.contains(&format!("{stem}.shp")) || names.contains(&format!("{stem}.SHP"))
}

/// What the manifest of a run lists, and the manifest itself: only that is ours.
fn ours(folder: &Path) -> BTreeSet<String> {
    #[derive(Deserialize)]
    struct Manifest {
        outputs: Vec<Output>,
    }
    #[derive(Deserialize)]
    struct Output {
        file: String,
    }
    const MANIFEST: &str = "manifest.json";
    let bytes = bytes_of(&folder.join(MANIFEST)).unwrap_or_default();
    let Ok(manifest) = serde_json::from_slice::<Manifest>(&bytes) else {
        return BTreeSet::new();
    };
    let listed = manifest.outputs.into_iter().map(|output| output.file);
    listed.chain([MANIFEST.to_owned()]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_hidden_files_and_results_are_left_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::create_dir(folder.path().join("old.csv")).expect("made");
        for name in [
            "a.shp",
            "a.dbf",
            "A.prj",
            "b.dbf",
            ".git",
            "~$x.xlsx",
            "x.toml",
            "study.toml",
            "cells.csv",
            "units.csv",
        ] {
            fs::write(folder.path().join(name), "x").expect("written");
        }
        let manifest = r#"{"outputs":[{"file":"cells.csv","sha256":"0"}]}"#;
        fs::write(folder.path().join("manifest.json"), manifest).expect("written");
        let files = files(folder.path()).expect("readable");
        // Of another case it may be another file's: it is looked at.
        assert_eq!(files.seen, ["A.prj", "a.shp", "b.dbf", "units.csv"]);
        let left: Vec<&str> = files.left.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(left, ["cells.csv", "manifest.json", "x.toml"]);
    }
}
