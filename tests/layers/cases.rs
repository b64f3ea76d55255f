//! Cases after public reports. Run when `WALKSHED_DATA` names the shared folder, and then fail if a
//! file is missing. The essence of each is tried in the other files here without it.

use std::path::PathBuf;

use walkshed::read;

fn cases() -> Option<PathBuf> {
    let folder =
        std::env::var_os("WALKSHED_DATA").map(|folder| PathBuf::from(folder).join("cases"));
    if folder.is_none() {
        eprintln!("skipped: WALKSHED_DATA is not set");
    }
    folder
}

/// What reading a study says; empty where it is read.
fn said(case: &str, study: &str) -> Option<String> {
    let path = cases()?.join(case).join(format!("{study}.toml"));
    assert!(path.is_file(), "{} is missing", path.display());
    Some(match read::study(&path) {
        Ok(_) => String::new(),
        Err(error) => error.to_string(),
    })
}

#[test]
fn case_07_a_page_is_an_error() {
    for study in ["study", "study_streets", "study_top"] {
        let Some(said) = said("07", study) else {
            return;
        };
        assert!(said.contains("this is only a page"), "{study}: {said}");
    }
}

#[test]
fn case_18_formats_are_read_or_named() {
    for (study, wanted) in [
        ("study", ""),
        ("study_esrijson", ""),
        ("study_overpass", ""),
        ("study_esrifs", "several layers in one Esri JSON file"),
        ("study_et", "no workbook can be found"),
        ("study_shp", "x.shp: the .dbf beside it is missing"),
        ("study_shpstreets", "x.shp: the .dbf beside it is missing"),
        ("study_zip", "x.zip: "),
        ("study_zipstreets", "x.zip: "),
        ("study_kml", "x.kml"),
        ("study_kmz", "x.kmz"),
        ("study_gpkg", "x.gpkg: "),
        // Coordinate systems by member and by name.
        ("study_3857crs", ""),
        ("study_3857nocrs", "EPSG:3857"),
        ("study_4490epsg", ""),
        ("study_wkid", ""),
    ] {
        let Some(said) = said("18", study) else {
            return;
        };
        if wanted.is_empty() {
            assert_eq!(said, "", "{study}");
        } else {
            assert!(said.contains(wanted), "{study}: {said}");
            assert!(
                !said.contains("neither UTF-8 nor GB18030"),
                "{study}: {said}"
            );
        }
    }
}
