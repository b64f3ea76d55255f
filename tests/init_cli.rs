//! A first study file for a folder of files: `read::first_study` and the command `init`.

#[path = "common/built.rs"]
mod built;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;
use walkshed::model::{Language, Study};
use walkshed::read::{self, FirstStudy};
use walkshed::{Options, Silent};

const STREETS: &str = r#"{"type":"LineString","coordinates":[[116.2,29.73],[116.21,29.73]]}"#;
const SITES: &str = "id,lon,lat,windows\nhall,116.201,29.73,3\n";
const CELLS: &str = "id,lon,lat,population\na,116.202,29.73,10\n";

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in files {
        fs::write(folder.path().join(name), text).expect("written");
    }
    folder
}

fn first(folder: &Path) -> FirstStudy {
    read::first_study(folder, None, &Silent).expect("the folder is readable")
}

/// The study that is written, read again.
fn study(folder: &Path) -> Study {
    let first = first(folder);
    assert_eq!(first.missing, Vec::<&str>::new(), "{}", first.said());
    first.write(true).expect("writable");
    let path = folder.join("study.toml");
    let (study, _) = read::study(path).unwrap_or_else(|error| panic!("{error}\n{}", first.text));
    study
}

fn share(study: &Study) -> String {
    let results = walkshed::run(study, &Options::default()).expect("it has the memory");
    results.coverage.share().to_string()
}

/// The fixture's files, without its study file.
fn hukou() -> TempDir {
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/hukou");
    let folder = tempfile::tempdir().expect("a folder");
    for entry in fs::read_dir(kept).expect("the fixture") {
        let path = entry.expect("readable").path();
        let name = path.file_name().expect("a name").to_owned();
        if path.is_file() && name != "study.toml" {
            fs::copy(&path, folder.path().join(name)).expect("copied");
        }
    }
    folder
}

#[test]
fn heights_are_said_to_count_only_with_slopes() {
    let folder = folder(&[
        ("streets.geojson", STREETS),
        ("sites.csv", SITES),
        ("cells.csv", CELLS),
    ]);
    assert!(!first(folder.path()).text.contains("slope"));
    let raster = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rasters/utm.tif");
    fs::copy(raster, folder.path().join("elevation.tif")).expect("copied");
    let text = first(folder.path()).text;
    assert!(text.contains("elevation = \"elevation.tif\""), "{text}");
    assert!(text.contains("\n# slope = true\n"), "{text}");
}

#[test]
fn the_fixtures_folder_gives_the_bare_study() {
    let folder = hukou();
    let first = first(folder.path());
    let wanted = [
        ("streets", "streets.geojson"),
        ("sites", "sites.geojson"),
        ("cells", "cells.csv"),
        ("units", "units.csv"),
        ("items", "items.csv"),
        ("offers", "offers.csv"),
        ("departments", "departments.csv"),
        ("links", "links.csv"),
        ("barriers", "barriers.geojson"),
        ("boundary", "boundary.geojson"),
    ];
    let taken: Vec<(&str, &str)> = first
        .taken
        .iter()
        .map(|(role, file)| (*role, file.as_str()))
        .collect();
    assert_eq!(taken, wanted, "{}", first.text);
    assert_eq!(first.language, Language::Chinese);
    first.write(false).expect("nothing is there");
    let (whole, _) = read::study(folder.path().join("study.toml")).expect("a study");
    let share_of_first = share(&whole);
    fs::remove_file(folder.path().join("study.toml")).expect("it was written");
    // Written by hand: the same files, and nothing else said.
    let inputs: Vec<String> = wanted
        .iter()
        .map(|(role, file)| format!("{role} = \"{file}\"\n"))
        .collect();
    let bare = format!("language = \"zh\"\n[inputs]\n{}", inputs.concat());
    fs::write(folder.path().join("study.toml"), bare).expect("written");
    let (bare, _) = read::study(folder.path().join("study.toml")).expect("a study");
    assert_eq!(share_of_first, share(&bare));
    assert_eq!(first.checked.faults, []);
}

/// Around Hukou the datum of Chinese maps lies so many degrees to the east and to the north.
const GCJ02: [f64; 2] = [0.00507, -0.00249];

/// The table of the fixture's cells as a Chinese map would have it.
fn shifted(cells: &str) -> String {
    let shifted = cells.lines().enumerate().map(|(line, row)| {
        let mut fields: Vec<String> = row.split(',').map(str::to_owned).collect();
        for (field, shift) in fields[3..5].iter_mut().zip(GCJ02) {
            if line > 0 {
                let degrees: f64 = field.parse().expect("a number");
                *field = format!("{:.6}", degrees + shift);
            }
        }
        fields.join(",") + "\n"
    });
    shifted.collect()
}

#[test]
fn another_datum_is_tried_before_it_is_written() {
    let folder = hukou();
    let path = folder.path().join("cells.csv");
    let cells = fs::read_to_string(&path).expect("readable");
    fs::write(&path, shifted(&cells)).expect("written");
    let first = first(folder.path());
    let line = "\ncells = { path = \"cells.csv\", crs = \"GCJ-02\" }\n";
    assert!(first.text.contains(line), "{}", first.text);
    assert!(first.text.contains("\nsites = \"sites.geojson\"\n"));
    assert!(
        first.said().contains("\"cells.csv\" 按 GCJ-02"),
        "{}",
        first.said()
    );
    // The finding is gone from the study that is written.
    let doubts = first.checked.findings.iter();
    let codes: Vec<&str> = doubts.map(|finding| finding.code).collect();
    assert!(!codes.contains(&"other-datum"), "{codes:?}");
}

#[test]
fn what_cannot_be_told_stands_in_comments_and_works_when_it_is_taken() {
    let folder = folder(&[
        ("roads.geojson", STREETS),
        ("a.csv", "id,lon,lat\nhall,116.201,29.73\n"),
        ("b.csv", "id,lon,lat\na,116.202,29.73\n"),
    ]);
    let first = first(folder.path());
    assert_eq!(first.undecided, ["sites", "cells"], "{}", first.text);
    assert!(first.missing.is_empty() && !first.checked.faults.is_empty());
    assert!(!first.text.contains("\nsites"), "{}", first.text);
    let mended = first
        .text
        .replace("# sites = \"a.csv\"", "sites = \"a.csv\"")
        .replace("# cells = \"b.csv\"", "cells = \"b.csv\"");
    fs::write(folder.path().join("study.toml"), &mended).expect("written");
    read::study(folder.path().join("study.toml")).unwrap_or_else(|error| panic!("{error}"));
}

#[test]
fn of_two_candidates_the_better_is_taken_and_the_other_named() {
    let folder = folder(&[
        ("streets.geojson", STREETS),
        ("sites.csv", SITES),
        ("old.csv", "id,lon,lat,kind\nkiosk,116.203,29.73,kiosk\n"),
        ("cells.csv", CELLS),
    ]);
    let first = first(folder.path());
    assert!(
        first.text.contains("\nsites = \"sites.csv\"\n"),
        "{}",
        first.text
    );
    assert!(
        first.text.contains("# sites = \"old.csv\"\n"),
        "{}",
        first.text
    );
    assert!(first.undecided.is_empty());
    assert_eq!(study(folder.path()).sites().len(), 1);
    // Of two alike none is taken.
    fs::write(folder.path().join("sites_2.csv"), SITES).expect("written");
    let alike = self::first(folder.path());
    assert_eq!(alike.undecided, ["sites"]);
    for name in ["sites.csv", "sites_2.csv"] {
        let line = format!("# sites = \"{name}\"\n");
        assert!(alike.text.contains(&line), "{}", alike.text);
    }
}

#[test]
fn heads_that_look_like_needed_ones_are_offered() {
    let head = "编号,经度,纬度,2024年末人口总计,楼栋数\n";
    let folder = folder(&[
        ("streets.geojson", STREETS),
        ("sites.csv", SITES),
        ("居民点.csv", &format!("{head}a,116.202,29.73,10,1\n")),
    ]);
    let first = first(folder.path());
    let offered =
        "# cells = { path = \"居民点.csv\", columns = { population = \"2024年末人口总计\" } }";
    assert!(first.text.contains(offered), "{}", first.text);
    assert_eq!(study(folder.path()).cells().people().to_string(), "1");
    let taken = first
        .text
        .replace("\ncells = \"居民点.csv\"", "")
        .replace(offered, &offered[2..]);
    fs::write(folder.path().join("study.toml"), taken).expect("written");
    let (study, _) = read::study(folder.path().join("study.toml")).expect("a study");
    assert_eq!(study.cells().people().to_string(), "10");
}

#[test]
fn of_two_columns_that_mean_the_same_one_is_chosen_by_a_line() {
    let cells = "编号,经度,纬度,户籍人口,常住人口\na,116.202,29.73,10,7\n";
    let folder = folder(&[
        ("streets.geojson", STREETS),
        ("sites.csv", SITES),
        ("a.csv", cells),
    ]);
    let first = first(folder.path());
    assert_eq!(first.checked.faults.len(), 1, "{}", first.text);
    for (head, people) in [("户籍人口", "10"), ("常住人口", "7")] {
        let line =
            format!("cells = {{ path = \"a.csv\", columns = {{ population = \"{head}\" }} }}");
        let chosen = first
            .text
            .replace("\ncells = \"a.csv\"", "")
            .replace(&format!("# {line}"), &line);
        fs::write(folder.path().join("study.toml"), chosen).expect("written");
        let read = read::study(folder.path().join("study.toml"));
        let (study, _) = read.unwrap_or_else(|error| panic!("{error}\n{}", first.text));
        assert_eq!(study.cells().people().to_string(), people);
    }
}

#[test]
fn lines_that_nobody_crosses_are_barriers() {
    let river = r#"{"type":"Feature","properties":{"name":"长江"},"geometry":{"type":"LineString","coordinates":[[116.2,29.74],[116.21,29.74]]}}"#;
    let folder = folder(&[
        ("a.geojson", STREETS),
        ("b.geojson", river),
        ("sites.csv", SITES),
        ("cells.csv", CELLS),
    ]);
    let first = first(folder.path());
    let file_of = |role: &str| {
        let taken = first.taken.iter().find(|(known, _)| *known == role);
        taken.map(|(_, file)| file.as_str())
    };
    assert_eq!(file_of("streets"), Some("a.geojson"), "{}", first.text);
    assert_eq!(file_of("barriers"), Some("b.geojson"), "{}", first.text);
}

#[test]
fn buildings_and_maps_are_what_they_are() {
    let house = r#"{"type":"Feature","properties":{"building":"house"},"geometry":{"type":"Polygon","coordinates":[[[116.202,29.7301],[116.2022,29.7301],[116.2022,29.7303],[116.202,29.7301]]]}}"#;
    let map = "<osm><node id='1' lat='29.73' lon='116.2'/><node id='2' lat='29.73' lon='116.21'/><way id='1'><nd ref='1'/><nd ref='2'/><tag k='highway' v='path'/></way></osm>";
    let folder = folder(&[
        ("map.osm", map),
        ("sites.csv", SITES),
        ("houses.geojson", house),
        (
            "places.osm",
            "<osm><node id='1' lat='29.73' lon='116.2'/></osm>",
        ),
    ]);
    let first = first(folder.path());
    let cells = "\ncells = { path = \"houses.geojson\", buildings = true }\n";
    assert!(first.text.contains(cells), "{}", first.text);
    assert!(first.text.contains("\nstreets = \"map.osm\"\n"));
    assert!(
        first
            .text
            .contains("# \"places.osm\": a map of OpenStreetMap without streets")
    );
    assert_eq!(study(folder.path()).cells().len(), 1);
}

#[test]
fn sheets_of_one_workbook_may_have_a_role_each() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheets: [(&str, [&str; 4], [&str; 4]); 2] = [
        (
            "服务点",
            ["编号", "经度", "纬度", "窗口数"],
            ["a", "116.201", "29.73", "3"],
        ),
        (
            "居民点",
            ["编号", "经度", "纬度", "人口"],
            ["b", "116.202", "29.73", "10"],
        ),
    ];
    for (name, head, row) in sheets {
        let sheet = book.add_worksheet().set_name(name).expect("a name");
        for (column, (head, value)) in (0..).zip(head.into_iter().zip(row)) {
            sheet.write(0, column, head).expect("written");
            sheet.write(1, column, value).expect("written");
        }
    }
    let folder = folder(&[("roads.geojson", STREETS)]);
    book.save(folder.path().join("数据.xlsx")).expect("written");
    let study = study(folder.path());
    assert_eq!(study.sites().len(), 1);
    assert_eq!(study.cells().people().to_string(), "10");
}

#[cfg(unix)]
#[test]
fn hostile_names_are_written_as_they_are_and_steer_nothing() {
    let hostile = "cells\"\\\n]=\u{202e}'#.csv";
    let head = "id,lon,lat,\"pop\u{202e}\"\" = \"\n";
    let folder = folder(&[
        ("streets.geojson", STREETS),
        ("sites\n[inputs]\nx = 1.csv", SITES),
        (hostile, CELLS),
        ("odd\u{1b}[31m\n.txt", head),
    ]);
    let first = first(folder.path());
    assert!(
        !first.text.contains(['\u{202e}', '\u{1b}']),
        "{}",
        first.text
    );
    assert!(
        !first.said().contains(['\u{202e}', '\u{1b}']),
        "{}",
        first.said()
    );
    let study = study(folder.path());
    let cells = study.sources().iter().find(|source| source.role == "cells");
    assert_eq!(cells.map(|source| source.path.as_str()), Some(hostile));
}

#[test]
fn junk_is_told_and_nothing_is_written() {
    let folder = folder(&[
        ("a.pdf", "%PDF-1.7"),
        ("b.csv", ""),
        ("c.bin", "\u{0}\u{1}\u{2}\u{3}"),
        ("d.txt", "just a text\nover two lines\n"),
        ("e.json", "{\"a\":"),
        ("f.xlsx", "PK\u{3}\u{4} none"),
        ("g.tif", "II*\u{0}none"),
        ("h.osm.gz", "\u{1f}none"),
    ]);
    let first = first(folder.path());
    assert_eq!(first.missing, ["streets", "sites", "cells"]);
    assert_eq!(first.looked_at.len(), 8);
    assert!(first.taken.is_empty(), "{:?}", first.taken);
    let done = run(folder.path(), &["--language", "en"]);
    assert_eq!(done.status.code(), Some(3), "{done:?}");
    let said = String::from_utf8(done.stdout).expect("text");
    let wanted = "not found: streets, service sites, where people live; these files were looked at: \"a.pdf\", \"b.csv\"";
    assert!(said.contains(wanted), "{said}");
    assert!(!folder.path().join("study.toml").exists());
    let empty = self::folder(&[]);
    let done = run(empty.path(), &["--language", "zh"]);
    assert_eq!(done.status.code(), Some(3), "{done:?}");
    let said = String::from_utf8(done.stdout).expect("text");
    assert!(said.contains("文件夹中没有可看的文件"), "{said}");
    assert_eq!(run(Path::new("no/such/folder"), &[]).status.code(), Some(4));
}

fn run(folder: &Path, more: &[&str]) -> Output {
    Command::new(built::example("init"))
        .arg(folder)
        .args(more)
        .arg("--quiet")
        .output()
        .expect("the example is built")
}

#[test]
fn the_command_writes_once_and_replaces_only_when_told() {
    let bad = "id,lon,lat,population\na,116.202,29.73,many\n";
    let files = [
        ("streets.geojson", STREETS),
        ("sites.csv", SITES),
        ("cells.csv", bad),
    ];
    let folder = folder(&files);
    let done = run(folder.path(), &[]);
    assert_eq!(done.status.code(), Some(0), "{done:?}");
    let said = String::from_utf8(done.stdout).expect("text");
    assert!(said.contains("1 thing has to be mended"), "{said}");
    let path: PathBuf = folder.path().join("study.toml");
    let written = fs::read_to_string(&path).expect("written");
    assert_eq!(written, first(folder.path()).text);

    fs::write(&path, "mine").expect("written");
    let refused = run(folder.path(), &[]);
    assert_eq!(refused.status.code(), Some(2), "{refused:?}");
    assert_eq!(fs::read_to_string(&path).expect("there"), "mine");
    let replaced = run(folder.path(), &["--overwrite", "--json"]);
    assert_eq!(replaced.status.code(), Some(0), "{replaced:?}");
    let sums: serde_json::Value = serde_json::from_slice(&replaced.stdout).expect("JSON");
    assert_eq!(sums["inputs"]["cells"], "cells.csv");
    assert_eq!(sums["faults"], 1);
    assert_eq!(fs::read_to_string(&path).expect("there"), written);
}
