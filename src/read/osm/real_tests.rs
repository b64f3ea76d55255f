//! Real maps, where `WALKSHED_DATA` names the folder that holds them.

use std::path::{Path, PathBuf};
use std::time::Instant;

use super::streets;
use crate::read::ReadError;
use crate::read::gzip::inflated;
use crate::read::raw_streets::RawStreets;

fn data() -> Option<PathBuf> {
    let data = std::env::var_os("WALKSHED_DATA").map(PathBuf::from);
    if data.is_none() {
        eprintln!("skipped: WALKSHED_DATA is not set");
    }
    data
}

fn read(path: &Path) -> Result<RawStreets, ReadError> {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let bytes = std::fs::read(path).expect("a file of the test data");
    streets(&inflated(bytes, &name)?, &name)
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("a folder of the test data");
    let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    let inner: Vec<_> = paths.iter().filter(|path| path.is_dir()).flat_map(|path| files(path)).collect();
    paths.into_iter().filter(|path| path.is_file()).chain(inner).collect()
}

fn is_map(path: &Path) -> bool {
    let name = path.to_string_lossy();
    [".pbf", ".osm", ".osm.gz"].iter().any(|end| name.ends_with(end))
}

#[test]
fn every_real_map_is_read() {
    let Some(data) = data() else { return };
    for path in files(&data.join("osm")).iter().filter(|path| is_map(path)) {
        let start = Instant::now();
        let streets = read(path).expect("a real map");
        let (name, seconds) = (path.file_name().unwrap_or_default().to_string_lossy(), start.elapsed().as_secs_f64());
        eprintln!(
            "{name}: {} ways, {} walked, {} nodes, {} pieces, {} missing, {seconds:.3} s",
            streets.lines,
            streets.walkable,
            streets.nodes.len(),
            streets.pieces.len(),
            streets.missing_vertices,
        );
        assert!(streets.walkable > 100 && streets.pieces.len() > 500, "{name}");
        assert!(streets.pieces.iter().flatten().all(|&end| (end as usize) < streets.nodes.len()), "{name}");
    }
}

#[test]
fn monaco_is_monaco_however_it_is_packed() {
    let Some(data) = data() else { return };
    let zlib = read(&data.join("osm/monaco_planetiler.osm.pbf")).expect("a real map");
    let lz4 = read(&data.join("osm/monaco_lz4.osm.pbf")).expect("a real map");
    eprintln!("zlib {} {}, lz4 {} {}", zlib.walkable, zlib.pieces.len(), lz4.walkable, lz4.pieces.len());
    assert!(zlib == lz4);
}

#[test]
fn small_files_of_other_projects_are_read_or_refused() {
    let Some(data) = data() else { return };
    for folder in ["pbf_small", "libosmium"] {
        for path in files(&data.join(folder)).iter().filter(|path| path.extension().is_none_or(|end| end != "md")) {
            let shown = read(path).map(|s| (s.lines, s.walkable, s.nodes.len(), s.pieces.len(), s.missing_vertices));
            eprintln!("{}: {}", path.display(), shown.map_or_else(|e| e.to_string(), |s| format!("{s:?}")));
        }
    }
}
