//! The command `cells`: what it writes can be looked at, and read again as a table.

#[path = "common/built.rs"]
mod built;

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use walkshed::read;

fn cells(arguments: &[&str]) -> Output {
    Command::new(built::example("cells"))
        .args(arguments)
        .arg("--quiet")
        .output()
        .expect("the example is built")
}

/// A study of a raster of the tests, with areas and totals of two units.
fn study(folder: &Path) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let raster = root.join("tests/rasters/ghspop.tif");
    fs::copy(raster, folder.join("pop.tif")).expect("a raster of the tests");
    let write = |name: &str, text: &str| fs::write(folder.join(name), text).expect("written");
    let area = |id: &str, west: f64, east: f64, people: u32| {
        format!(
            r#"{{"type":"Feature","properties":{{"id":"{id}","name":"{id}","population":{people}}},"geometry":{{"type":"Polygon","coordinates":[[[{west},29.72],[{east},29.72],[{east},29.74],[{west},29.74],[{west},29.72]]]}}}}"#
        )
    };
    let units = [
        area("west", 116.23, 116.25, 1000),
        area("east", 116.25, 116.27, 2000),
    ];
    write(
        "units.geojson",
        &format!(
            "{{\"type\":\"FeatureCollection\",\"features\":[{}]}}",
            units.join(",")
        ),
    );
    write(
        "streets.geojson",
        r#"{"type":"LineString","coordinates":[[116.24,29.73],[116.26,29.73]]}"#,
    );
    write("sites.csv", "id,lon,lat\nhall,116.25,29.73\n");
    write(
        "study.toml",
        "[inputs]\nstreets = 'streets.geojson'\nsites = 'sites.csv'\ncells = 'pop.tif'\nunits = 'units.geojson'\n",
    );
    write(
        "again.toml",
        "[inputs]\nstreets = 'streets.geojson'\nsites = 'sites.csv'\ncells = 'out/cells.csv'\nunits = 'units.geojson'\n",
    );
}

#[test]
fn what_is_made_can_be_looked_at_and_read_again() {
    let folder = tempfile::tempdir().expect("a folder");
    study(folder.path());
    let path = |name: &str| folder.path().join(name).display().to_string();
    let done = cells(&[&path("study.toml"), "--out", &path("out")]);
    let said = String::from_utf8(done.stdout).expect("text");
    assert!(
        done.status.success(),
        "{}",
        String::from_utf8_lossy(&done.stderr)
    );
    assert!(
        said.starts_with("300 cells with 3000 people, 0 of them in no unit\n"),
        "{said}"
    );

    let made = read::study(path("study.toml")).expect("a good study").0;
    let again = read::study(path("again.toml")).expect("a good table").0;
    assert_eq!(made.cells().len(), again.cells().len());
    for ((_, made), (_, again)) in made.cells().iter().zip(again.cells()) {
        assert_eq!(
            (&made.id, made.people, made.unit),
            (&again.id, again.people, again.unit)
        );
        let [made, again] = [made.at, again.at].map(|at| at.expect("placed"));
        assert!(made.distance(again) < 0.02, "to a centimetre");
    }
    let sources = fs::read_to_string(path("out/sources.csv")).expect("written");
    let lines: Vec<&str> = sources.lines().collect();
    assert!(
        lines[0].ends_with("role,path,crs,sha256,code,subject,message"),
        "{sources}"
    );
    assert!(sources.contains("cells,pop.tif,ESRI:54009,"), "{sources}");
    assert!(sources.contains(",raster-people,"), "{sources}");
    assert_eq!(sources.matches(",official-total").count(), 2, "{sources}");
    let map = fs::read_to_string(path("out/cells.geojson")).expect("written");
    assert_eq!(map.matches("\"type\":\"Point\"").count(), 300);
    // The same bytes, whatever the threads.
    let one = cells(&[&path("study.toml"), "--out", &path("one"), "--threads", "1"]);
    assert!(one.status.success());
    for file in ["cells.csv", "cells.geojson", "sources.csv", "manifest.json"] {
        let [all, one] =
            ["out", "one"].map(|out| fs::read(path(&format!("{out}/{file}"))).expect("written"));
        assert_eq!(all, one, "{file}");
    }
}

/// Heads in words are known again, the units among them.
#[test]
fn cells_headed_by_words_are_read_again() {
    let folder = tempfile::tempdir().expect("a folder");
    study(folder.path());
    let path = |name: &str| folder.path().join(name).display().to_string();
    for language in ["zh", "en"] {
        let keys = format!("language = '{language}'\nheads = 'words'\n");
        let text = fs::read_to_string(path("study.toml")).expect("written");
        fs::write(path("words.toml"), keys + &text).expect("written");
        let done = cells(&[&path("words.toml"), "--out", &path("out")]);
        assert!(done.status.success(), "{done:?}");
        let made = read::study(path("study.toml")).expect("a good study").0;
        let again = read::study(path("again.toml")).expect("a good table").0;
        let who = |study: &walkshed::model::Study| -> Vec<_> {
            let cells = study.cells().iter();
            cells
                .map(|(_, cell)| (cell.id.clone(), cell.people, cell.unit))
                .collect()
        };
        assert!(made.cells().iter().all(|(_, cell)| cell.unit.is_some()));
        assert_eq!(who(&made), who(&again), "{language}");
    }
}

#[test]
fn the_sums_are_told_as_json_and_in_chinese() {
    let folder = tempfile::tempdir().expect("a folder");
    study(folder.path());
    let path = |name: &str| folder.path().join(name).display().to_string();
    let done = cells(&[&path("study.toml"), "--out", &path("out"), "--json"]);
    let said: serde_json::Value = serde_json::from_slice(&done.stdout).expect("JSON");
    assert_eq!(said["cells"], 300);
    assert_eq!(said["population"], 3000);
    assert_eq!(said["cells_without_unit"], 0);
    let done = cells(&[
        &path("study.toml"),
        "--out",
        &path("out"),
        "--language",
        "zh",
    ]);
    let said = String::from_utf8(done.stdout).expect("text");
    assert!(said.starts_with("300 个居民点，共 3000 人"), "{said}");
}

/// Cells of villages that are spread are marked, and how many people they are is said.
#[test]
fn what_is_an_estimate_is_marked() {
    let folder = tempfile::tempdir().expect("a folder");
    study(folder.path());
    let path = |name: &str| folder.path().join(name).display().to_string();
    let text = "[inputs]\nstreets = 'streets.geojson'\nsites = 'sites.csv'\ncells = { path = 'units.geojson', split_m = 250 }\nsettlements = 'land.geojson'\n";
    fs::write(path("spread.toml"), text).expect("written");
    let land = r#"{"type":"Polygon","coordinates":[[[116.24,29.728],[116.26,29.728],[116.26,29.732],[116.24,29.732],[116.24,29.728]]]}"#;
    fs::write(path("land.geojson"), land).expect("written");
    let done = cells(&[&path("spread.toml"), "--out", &path("out")]);
    let said = String::from_utf8(done.stdout).expect("text");
    assert!(
        said.contains("where 3000 of these people live is an estimate\n"),
        "{said}"
    );
    let table = fs::read_to_string(path("out/cells.csv")).expect("written");
    let mut lines = table.lines();
    let head = lines.next().expect("a head");
    assert!(
        head.ends_with("id,name,unit,population,estimated,lon,lat"),
        "{head}"
    );
    assert!(lines.all(|line| line.contains(",yes,")), "{table}");
    let sources = fs::read_to_string(path("out/sources.csv")).expect("written");
    assert!(sources.contains("\nsettlements,land.geojson,"), "{sources}");
    let json = cells(&[&path("spread.toml"), "--out", &path("out"), "--json"]);
    let json: serde_json::Value = serde_json::from_slice(&json.stdout).expect("JSON");
    assert_eq!(json["people_estimated"], 3000);
}
