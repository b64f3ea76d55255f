//! The seeds of the fuzzer of `tests/fuzz`, and all it ever found, through the same targets: none panics.
//!
//! `make.py` writes the seeds that are no findings.

mod packed;
mod targets;
mod town;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use targets::TARGETS;

/// What reads bytes from outside, and its targets. A reader that is missing here fails a test below.
const READERS: [(&str, &[&str]); 30] = [
    // Formats of features: `read/formats/kind.rs`.
    (
        "Kind::Json",
        &[
            "boundary",
            "cells_esri_json",
            "cells_geojson",
            "sites_geojson",
            "streets_geojson",
        ],
    ),
    ("Kind::Shapefile", &["dbf", "shapefile"]),
    ("Kind::Kml", &["cells_kml"]),
    ("Kind::GeoPackage", &["cells_geopackage"]),
    ("Kind::FlatGeobuf", &["cells_flatgeobuf"]),
    ("Content::Workbook", &["ods", "xls", "xlsx"]),
    ("Content::Text", &["csv_cells", "csv_tables"]),
    // What is packed, or no features.
    ("formats::archive", &["archive_zip"]),
    ("formats::gzip", &["gzip"]),
    ("formats::geotiff", &["elevation", "geotiff_cells"]),
    // Maps: `read/streets/osm`.
    ("osm::pbf", &["osm_pbf", "osm_pbf_block"]),
    ("osm::xml", &["osm_xml"]),
    ("osm::overpass", &["osm_overpass"]),
    // Text within files.
    ("crs::wkt", &["coordinate_system"]),
    ("tidy::dates", &["dates"]),
    ("tidy::places", &["wkt"]),
    ("plan::opening_hours", &["opening_hours"]),
    ("plan::study_file", &["study_toml"]),
    // The doors of the library: `read/mod.rs` and `scale/mod.rs`.
    ("read::check", &["study_toml"]),
    ("read::earlier", &["earlier_run"]),
    ("read::earlier_run", &["earlier_run"]),
    ("read::first_study", &["first_study"]),
    ("read::geojson", &["collections"]),
    ("read::language", &["language"]),
    ("read::matrix", &["matrix"]),
    ("read::map_places", &["places"]),
    ("read::places", &["places"]),
    ("scale::score_tile", &["scale_tile"]),
    ("scale::TilePlan::merge", &["scale_rows"]),
    // The same bytes by another door.
    ("scale::c_abi", &["scale_tile"]),
];

/// Names of [`walkshed::read`] and [`walkshed::scale`] that read nothing, and those by which every target
/// that makes a study goes.
const NO_READERS: [&str; 5] = [
    "read::column_names",
    "read::is_guarded",
    "read::near_names",
    "read::plain",
    "scale::plan_tiles",
];
const STUDIES: [&str; 2] = ["read::study", "read::study_with"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn source(file: &str) -> String {
    fs::read_to_string(root().join("src").join(file)).expect("a source file")
}

fn seeds(target: &str) -> Vec<PathBuf> {
    let folder = root().join("tests/fuzz_corpus/seeds").join(target);
    let files = fs::read_dir(&folder).unwrap_or_else(|_| panic!("{target} has no seeds"));
    let mut files: Vec<PathBuf> = files.map(|file| file.expect("readable").path()).collect();
    files.sort();
    files
}

#[test]
fn no_seed_panics() {
    let mut count = 0;
    for target in TARGETS {
        for seed in seeds(target.name) {
            // The last line before a panic says of what.
            println!("{}", seed.display());
            (target.run)(&fs::read(&seed).expect("readable"));
            count += 1;
        }
    }
    assert!(count > 100, "only {count} seeds");
}

#[test]
fn every_folder_of_seeds_has_a_target() {
    let folders = fs::read_dir(root().join("tests/fuzz_corpus/seeds")).expect("seeds");
    let names: BTreeSet<String> = folders
        .map(|folder| {
            folder
                .expect("readable")
                .file_name()
                .into_string()
                .expect("plain")
        })
        .collect();
    let targets: BTreeSet<String> = TARGETS
        .iter()
        .map(|target| target.name.to_owned())
        .collect();
    assert_eq!(names, targets);
}

#[test]
fn every_reader_has_a_target_and_every_target_a_reader() {
    let targets: BTreeSet<&str> = TARGETS.iter().map(|target| target.name).collect();
    let named: BTreeSet<&str> = READERS
        .iter()
        .flat_map(|(_, targets)| *targets)
        .copied()
        .collect();
    assert_eq!(named, targets);
    let known: BTreeSet<&str> = READERS.iter().map(|(reader, _)| *reader).collect();
    for reader in readers() {
        let is_known = known.contains(&reader[..])
            || NO_READERS.contains(&&reader[..])
            || STUDIES.contains(&&reader[..]);
        assert!(is_known, "{reader} has no target: write one");
    }
}

/// What the sources say that there is: the formats, and the public functions of the rooms that read.
fn readers() -> BTreeSet<String> {
    let kinds = source("read/formats/kind.rs");
    let mut found: BTreeSet<String> = variants(&kinds, "Kind").collect();
    found.extend(variants(&kinds, "Content").filter(|name| name != "Content::Features"));
    for room in ["read", "scale"] {
        let text = source(&format!("{room}/mod.rs"));
        let names = public_names(&text);
        // Functions alone: they begin in lower case.
        let functions = names.filter(|name| name.starts_with(char::is_lowercase));
        found.extend(functions.map(|name| format!("{room}::{name}")));
    }
    found
}

/// The variants of an enum, as `Kind::Json`.
fn variants<'a>(text: &'a str, name: &'a str) -> impl Iterator<Item = String> + 'a {
    let (_, rest) = text
        .split_once(&format!("enum {name} {{"))
        .expect("the enum");
    let (body, _) = rest.split_once('}').expect("its end");
    let lines = body.lines().map(str::trim);
    let lines = lines.filter(|line| line.starts_with(char::is_uppercase));
    lines.map(move |line| {
        let end = line
            .find(|c: char| !c.is_alphanumeric())
            .unwrap_or(line.len());
        format!("{name}::{}", &line[..end])
    })
}

/// The names that `pub use` and `pub mod` hand out.
fn public_names(text: &str) -> impl Iterator<Item = &str> {
    let lines = text.lines().filter_map(|line| {
        let line = line.strip_suffix(';')?;
        line.strip_prefix("pub use ")
            .or(line.strip_prefix("pub mod "))
    });
    lines.flat_map(|line| {
        let list = match line.split_once('{') {
            Some((_, list)) => list.trim_end_matches('}'),
            None => line.rsplit("::").next().unwrap_or(line),
        };
        list.split(',')
            .map(|name| name.rsplit(" as ").next().unwrap_or(name).trim())
    })
}

#[test]
fn the_sources_are_understood() {
    let found = readers();
    for known in [
        "Kind::Kml",
        "Content::Text",
        "read::earlier",
        "read::column_names",
        "read::is_guarded",
        "scale::score_tile",
    ] {
        assert!(found.contains(known), "{known} in {found:?}");
    }
}
