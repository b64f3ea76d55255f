//! Real maps, where `WALKSHED_DATA` names the folder that holds them.

use std::path::{Path, PathBuf};
use std::time::Instant;

use super::blob::frames;
use super::samples::streets;
use crate::model::Memory;
use crate::model::{Findings, WalkRule};
use crate::read::ReadError;
use crate::read::formats::gzip::inflated;
use crate::read::row_policy::{Door, OnBad, Stopped};
use crate::read::streets::osm;
use crate::read::streets::public::public_only;
use crate::read::streets::walk_rule::HowWalked;
use crate::read::streets::ways::RawStreets;

fn data() -> Option<PathBuf> {
    let data = std::env::var_os("WALKSHED_DATA").map(|folder| PathBuf::from(folder).join("data"));
    if data.is_none() {
        eprintln!("skipped: WALKSHED_DATA is not set");
    }
    data
}

/// Under rule W2, whose counts were compared with those of other programs.
fn read(path: &Path) -> Result<RawStreets, ReadError> {
    read_by(path, WalkRule::W2)
}

fn read_by(path: &Path, rule: WalkRule) -> Result<RawStreets, ReadError> {
    let name = path
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default();
    let bytes = std::fs::read(path).expect("a file of the test data");
    let memory = Memory::default();
    let how = HowWalked {
        rule,
        ..HowWalked::default()
    };
    let asked = osm::Asked { how, values: None };
    osm::streets(&inflated(bytes, &name, memory)?, &name, memory, asked)
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("a folder of the test data");
    let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    let inner: Vec<_> = paths
        .iter()
        .filter(|path| path.is_dir())
        .flat_map(|path| files(path))
        .collect();
    paths
        .into_iter()
        .filter(|path| path.is_file())
        .chain(inner)
        .collect()
}

fn is_map(path: &Path) -> bool {
    let name = path.to_string_lossy();
    [".pbf", ".osm", ".osm.gz"]
        .iter()
        .any(|end| name.ends_with(end))
}

#[test]
fn every_real_map_is_read() {
    let Some(data) = data() else { return };
    for path in files(&data.join("osm")).iter().filter(|path| is_map(path)) {
        let start = Instant::now();
        let streets = read(path).expect("a real map");
        let (name, seconds) = (
            path.file_name().unwrap_or_default().to_string_lossy(),
            start.elapsed().as_secs_f64(),
        );
        eprintln!(
            "{name}: {} ways, {} walked, {} nodes, {} pieces, {} missing, {} points, {:?}, {seconds:.3} s",
            streets.lines,
            streets.walkable,
            streets.nodes.len(),
            streets.pieces.len(),
            streets.missing_vertices,
            streets.points,
            streets.torn,
        );
        // A cut at an edge leaves no street without a vertex, and breaks less than 0.5 % of them.
        assert_eq!(
            (streets.torn.nowhere, streets.torn.lost()),
            (0, 0),
            "{name}"
        );
        assert!(streets.torn.broken * 200 < streets.walkable, "{name}");
        assert!(
            streets.walkable > 40 && streets.pieces.len() > 200,
            "{name}"
        );
        assert!(
            streets
                .pieces
                .iter()
                .flatten()
                .all(|&end| (end as usize) < streets.nodes.len()),
            "{name}"
        );
    }
}

#[test]
fn monaco_is_monaco_however_it_is_packed() {
    let Some(data) = data() else { return };
    let zlib = read(&data.join("osm/monaco_planetiler.osm.pbf")).expect("a real map");
    let lz4 = read(&data.join("osm/monaco_lz4.osm.pbf")).expect("a real map");
    assert_eq!(
        (
            zlib.lines,
            zlib.walkable,
            zlib.nodes.len(),
            zlib.pieces.len()
        ),
        (4106, 2274, 9692, 10682)
    );
    assert!(zlib == lz4);
}

#[test]
fn monaco_without_one_of_its_blobs_is_seen_to_be_torn() {
    let Some(data) = data() else { return };
    let whole = std::fs::read(data.join("osm/monaco_planetiler.osm.pbf")).expect("a real map");
    let mut offsets: Vec<usize> = frames(&whole)
        .expect("whole")
        .iter()
        .map(|frame| frame.offset)
        .collect();
    offsets.push(whole.len());
    let mut torn = 0;
    for ends in offsets[1..].windows(2) {
        let rest = [&whole[..ends[0]], &whole[ends[1]..]].concat();
        let map = streets(&rest, "monaco.osm.pbf", Memory::default())
            .expect("each of its blobs is whole");
        let lost = map.torn.lost();
        eprintln!(
            "without bytes {ends:?}: {} walked, {lost} lost",
            map.walkable
        );
        torn += usize::from(lost * 200 > map.walkable);
    }
    // Six blobs of data: four of nodes, one of ways (then there is no street at all), one of
    // relations.
    assert_eq!(torn, 4);
}

#[test]
fn small_files_of_other_projects_are_read_or_refused() {
    let Some(data) = data() else { return };
    for folder in ["pbf_small", "libosmium"] {
        for path in files(&data.join(folder)) {
            let (name, read) = (path.to_string_lossy(), read(&path));
            let refused = !is_map(&path) || name.ends_with(".osh.pbf");
            let exception = name.ends_with("deleted_nodes.osh");
            assert_eq!(read.is_err(), refused && !exception, "{name}: {read:?}");
        }
    }
}

#[test]
fn small_files_hold_what_they_should() {
    let Some(data) = data() else { return };
    let known = [
        ("pbf_small/sample.pbf", (44, 35, 136, 141, 0)),
        (
            "pbf_small/SimpleFileBlock1-deflate.osm.pbf",
            (4, 0, 0, 0, 0),
        ),
        ("pbf_small/SimpleFileBlock1-none.osm.pbf", (4, 0, 0, 0, 0)),
        ("pbf_small/formats/f1.osm.pbf", (2, 0, 0, 0, 0)),
        ("pbf_small/formats/f1-nodensenodes.osm.pbf", (2, 0, 0, 0, 0)),
        ("pbf_small/formats/f1.osm", (2, 0, 0, 0, 0)),
        ("pbf_small/tests/loc_on_ways.osm.pbf", (1, 0, 0, 0, 0)),
        (
            "pbf_small/tests/test_nozlib_nodense.osm.pbf",
            (1, 0, 0, 0, 0),
        ),
        ("libosmium/data-n5w1r3.osm", (1, 1, 2, 1, 0)),
        ("libosmium/data-n0w1r3.osm", (1, 1, 0, 0, 2)),
        ("libosmium/data.osm.gz", (0, 0, 0, 0, 0)),
    ];
    for (name, expected) in known {
        let s = read(&data.join(name)).expect("a good file");
        assert_eq!(
            (
                s.lines,
                s.walkable,
                s.nodes.len(),
                s.pieces.len(),
                s.missing_vertices
            ),
            expected,
            "{name}"
        );
    }
}

#[test]
fn rule_w3_beside_w2_on_every_real_map() {
    let Some(data) = data() else { return };
    for path in files(&data.join("osm")).iter().filter(|path| is_map(path)) {
        let [old, mut new] =
            [WalkRule::W2, WalkRule::W3].map(|rule| read_by(path, rule).expect("a real map"));
        let (residents, marked) = (new.pieces.len(), new.nodes.len());
        let mut findings = Findings::default();
        let mut door = Door {
            file: String::new(),
            on_bad: OnBad::Stop,
            findings: &mut findings,
            stopped: &mut Stopped::default(),
        };
        new.odd.tell(&mut door);
        for finding in &findings {
            eprintln!("{}: {}", finding.code, finding.message);
        }
        public_only(&mut new);
        eprintln!(
            "{}: {} ways, {} pieces by W2; {} ways, {} pieces by W3 ({} more pieces of residents or closed at nodes, {marked} vertices)",
            path.file_name().unwrap_or_default().display(),
            old.walkable,
            old.pieces.len(),
            new.walkable,
            new.pieces.len(),
            residents - new.pieces.len(),
        );
        // Neither rule walks a tenth of the map less than the other.
        let (old, new) = (old.walkable, new.walkable);
        assert!(
            new * 10 >= old * 9 && old * 10 >= new * 9,
            "{old} and {new}"
        );
    }
}
