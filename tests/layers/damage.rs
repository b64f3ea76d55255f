//! Damaged files of every format, a few hundred rounds each and the same ones on every run: none
//! ends the program or hangs, each error says something, and a file that is cut is never read.

use std::fs;
use std::path::Path;

use encoding_rs::GBK;
use walkshed::Silent;
use walkshed::read::{self, OnBad, Options};

use super::damaged::{Numbers, damaged};
use super::town::{cells, folder, streets, study_file};
use super::writers;

/// Rounds of damage a file.
const ROUNDS: u64 = 300;

/// Reads the study; whether that went well.
fn is_read(study: &Path, on_bad: OnBad) -> bool {
    match read::study_with(study, &Options { on_bad }, &Silent) {
        Ok(_) => true,
        Err(wrong) => {
            let text = wrong.to_string();
            assert!(text.len() > 20, "{text}");
            let mut lines = text.lines();
            assert!(
                lines.all(|line| !line.contains(char::is_control)),
                "{text:?}"
            );
            false
        }
    }
}

/// Damages a file of a role again and again; then cuts it at every place.
fn torment(role: &str, file: &str, files: &[(String, Vec<u8>)], is_cut_seen: bool) {
    let folder = folder();
    let path = folder.path();
    for (name, bytes) in files {
        fs::write(path.join(name), bytes).expect("written");
    }
    let study = study_file(path, Some((role, &format!("'{}'", files[0].0))));
    assert!(is_read(&study, OnBad::Stop), "{file} is good");
    let whole = fs::read(path.join(file)).expect("readable");
    let mut numbers = Numbers(file.len() as u64);
    let mut readable = 0;
    for round in 0..ROUNDS {
        fs::write(path.join(file), damaged(&whole, &mut numbers)).expect("written");
        let on_bad = [OnBad::Stop, OnBad::Skip][usize::from(round % 2 == 1)];
        readable += u64::from(is_read(&study, on_bad));
    }
    assert!(readable < ROUNDS, "{file}: no damage is seen");
    let step = whole.len().div_ceil(400).max(1);
    for length in (1..whole.len()).step_by(step).filter(|_| is_cut_seen) {
        fs::write(path.join(file), &whole[..length]).expect("written");
        assert!(
            !is_read(&study, OnBad::Stop),
            "{file} cut at {length} of {}",
            whole.len()
        );
    }
}

fn set(name: &str, role_rows: &[super::town::Row]) -> Vec<(String, Vec<u8>)> {
    let parts = writers::shapefile(role_rows, GBK);
    let named = parts.into_iter();
    named
        .map(|(ending, bytes)| (format!("{name}.{ending}"), bytes))
        .collect()
}

#[test]
fn shapes_of_a_shapefile() {
    torment("cells", "a.shp", &set("a", &cells()), true);
    torment("streets", "b.shp", &set("b", &streets()), true);
}

#[test]
fn rows_of_a_shapefile() {
    let mut files = set("a", &cells());
    // The mark of the end may be missing: programs leave it out.
    files[1].1.pop();
    torment("cells", "a.dbf", &files, true);
}

#[test]
fn systems_and_encodings_of_a_shapefile() {
    torment("cells", "a.prj", &set("a", &cells()), false);
    torment("cells", "a.cpg", &set("a", &cells()), false);
}

#[test]
fn zip_files() {
    let packed = writers::zipped(&set("a", &cells()));
    torment("cells", "a.zip", &[("a.zip".to_owned(), packed)], true);
}

#[test]
fn placemarks() {
    let kml = writers::kml(&cells());
    let end = kml.trim_ascii_end().len();
    torment(
        "cells",
        "a.kml",
        &[("a.kml".to_owned(), kml[..end].to_vec())],
        true,
    );
}

#[test]
fn json_of_esri() {
    let esri = writers::esri_json(&cells());
    torment("cells", "a.json", &[("a.json".to_owned(), esri)], true);
}

#[cfg(feature = "geopackage")]
#[test]
fn databases() {
    let bytes = writers::geopackage(&[("cells", &cells())]);
    torment("cells", "a.gpkg", &[("a.gpkg".to_owned(), bytes)], true);
}

#[cfg(feature = "flatgeobuf")]
#[test]
fn flatgeobuf() {
    for write_index in [false, true] {
        let bytes = writers::flatgeobuf(&cells(), write_index);
        torment("cells", "a.fgb", &[("a.fgb".to_owned(), bytes)], true);
    }
}

/// A megabyte of zeros packs to a thousandth: no more is unpacked than a file of that size may hold.
#[test]
fn a_zip_bomb_does_not_go_off() {
    let folder = folder();
    let path = folder.path();
    let mut files = set("a", &cells());
    files[1].1.resize(80 << 20, 0);
    fs::write(path.join("bomb.zip"), writers::zipped(&files)).expect("written");
    let said = super::town::said(path, "cells", "'bomb.zip'");
    assert!(
        said.starts_with("bomb.zip: the zip file unpacks to more than 64 MB"),
        "{said}"
    );
}
