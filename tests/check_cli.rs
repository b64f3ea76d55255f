//! All that is wrong with a study at once: `read::check` and the command `check`.

#[path = "common/built.rs"]
mod built;

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use walkshed::Silent;
use walkshed::model::Checked;
use walkshed::read;

const STREETS: &str = r#"{"type":"LineString","coordinates":[[116.2,29.73],[116.21,29.73]]}"#;
const STUDY: &str = "name = 'a'\nlanguage = 'zh'\n[inputs]\nstreets = 'streets.geojson'\nsites = 'sites.csv'\ncells = 'cells.csv'\nitems = 'items.csv'\noffers = 'offers.csv'\nunits = 'units.csv'\n";

/// A study whose files are all right but for these.
fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let sound = [
        ("study.toml", STUDY),
        ("streets.geojson", STREETS),
        ("sites.csv", "id,lon,lat\nhall,116.201,29.73\n"),
        (
            "cells.csv",
            "id,lon,lat,population,unit\na,116.202,29.73,10,t\n",
        ),
        ("items.csv", "id,name\nI1,one\n"),
        ("offers.csv", "site,item\nhall,I1\n"),
        ("units.csv", "id,name\nt,town\n"),
    ];
    for (name, text) in sound.iter().chain(files) {
        fs::write(folder.path().join(name), text).expect("written");
    }
    folder
}

fn checked(folder: &Path) -> Checked {
    read::check(&folder.join("study.toml"), &Silent)
}

/// The file, place and column of each fault.
fn faults(checked: &Checked) -> Vec<String> {
    let faults = checked.faults.iter();
    faults
        .map(|fault| {
            let place = fault.place.as_ref().map(ToString::to_string);
            format!(
                "{} {} {}",
                fault.file,
                place.unwrap_or_default(),
                fault.column
            )
        })
        .collect()
}

const BAD_SITES: &str = "id,lon,lat\nhall,116.201,29.73\nkiosk,116.2x,29.73\n";
const BAD_CELLS: &str = "id,lon,lat,population,unit\na,116.202,29.73,10,t\nb,116.203,29.73,many,t\nc,116.204,129.73,10,t\n";
const BAD_OFFERS: &str = "site,item\nhall,I1\nhall,I9\n";

#[test]
fn a_sound_study_has_no_fault_and_keeps_its_doubts() {
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/hukou/study.toml");
    let checked = read::check(&kept, &Silent);
    assert_eq!(faults(&checked), Vec::<String>::new());
    assert!(checked.is_whole);
    let (_, findings) = read::study(&kept).expect("it is sound");
    assert_eq!(checked.findings, findings);
    assert_eq!(
        faults(&self::checked(folder(&[]).path())),
        Vec::<String>::new()
    );
}

#[test]
fn bad_rows_of_all_tables_are_told_at_once() {
    let bad = [
        ("sites.csv", BAD_SITES),
        ("cells.csv", BAD_CELLS),
        ("offers.csv", BAD_OFFERS),
    ];
    let folder = folder(&bad);
    let checked = checked(folder.path());
    assert_eq!(
        faults(&checked),
        [
            "sites.csv row 3 lon",
            "cells.csv row 3 population",
            "cells.csv row 4 ",
            "offers.csv row 3 item",
        ]
    );
    assert!(checked.is_whole);
    // A run stops before the offers.
    let stopped = read::study(folder.path().join("study.toml")).expect_err("it stops");
    assert_eq!(stopped.bad().len(), 3);
    // Whatever is obeyed is mended.
    for (name, _) in bad {
        let path = folder.path().join(name);
        let text = fs::read_to_string(&path).expect("readable");
        let mended = text
            .replace("116.2x", "116.2")
            .replace("many", "10")
            .replace("129.73", "29.73")
            .replace("I9", "I1")
            .replace("hall,I1\nhall,I1\n", "hall,I1\n");
        fs::write(path, mended).expect("written");
    }
    assert_eq!(faults(&self::checked(folder.path())), Vec::<String>::new());
}

#[test]
fn files_that_cannot_be_read_are_told_together() {
    let study = STUDY.replace("units.csv", "missing.csv");
    let offers = "PK\u{3}\u{4} this is no workbook";
    let folder = folder(&[
        ("study.toml", &study),
        ("sites.csv", BAD_SITES),
        ("offers.csv", offers),
    ]);
    let checked = checked(folder.path());
    let files: Vec<&str> = checked.faults.iter().map(|fault| &*fault.file).collect();
    assert_eq!(files, ["missing.csv", "offers.csv"]);
    assert!(!checked.is_whole);
}

#[test]
fn of_many_bad_features_the_others_are_counted() {
    let site = |id: &str| {
        format!(
            r#"{{"type":"Feature","properties":{{"id":"{id}"}},"geometry":{{"type":"Point","coordinates":[116.201,29.73]}}}}"#
        )
    };
    let sites = |others: Vec<String>| {
        let [hall, others] = [site("hall"), others.join(",")];
        format!(r#"{{"type":"FeatureCollection","features":[{hall},{others}]}}"#)
    };
    let study = STUDY.replace("sites.csv", "sites.geojson");
    let bad = sites(vec!["5".to_owned(); 150]);
    let folder = folder(&[("study.toml", &study), ("sites.geojson", &bad)]);
    let checked = checked(folder.path());
    assert_eq!(checked.faults.len(), 101);
    let sentence = checked.faults[0].sentence.to_string();
    assert_eq!(
        sentence,
        "sites.geojson: 50 more rows have the same fault as the 100 that are listed – mend them alike"
    );
    let mended = sites((0..150).map(|number| site(&format!("s{number}"))).collect());
    fs::write(folder.path().join("sites.geojson"), mended).expect("written");
    assert_eq!(faults(&self::checked(folder.path())), Vec::<String>::new());
}

#[test]
fn a_value_that_is_forgiven_is_a_fault_and_no_doubt_too() {
    let study = format!("{STUDY}[time]\nweek = '2026-11-30'\n");
    let sites = "id,lon,lat,opening_hours\nhall,116.201,29.73,whenever\n";
    let folder = folder(&[("study.toml", &study), ("sites.csv", sites)]);
    let checked = checked(folder.path());
    assert_eq!(faults(&checked), ["sites.csv row 2 opening_hours"]);
    assert_eq!(checked.findings.count(checked.faults[0].code), 0);
}

#[test]
fn a_missing_file_is_told_once_and_a_map_is_no_fault() {
    let answer = r#"{"version":0.6,"generator":"Overpass API","elements":[{"type":"node","id":1,"lat":29.73,"lon":116.201,"tags":{"amenity":"bank"}}]}"#;
    let study = STUDY
        .replace("cells = ", "compounds = 'missing.geojson'\ncells = ")
        .replace("sites.csv", "sites.json");
    let folder = folder(&[("study.toml", &study), ("sites.json", answer)]);
    let checked = checked(folder.path());
    let files: Vec<&str> = checked.faults.iter().map(|fault| &*fault.file).collect();
    assert_eq!(files, ["missing.geojson"]);
}

#[test]
fn a_study_file_that_cannot_be_read_is_a_fault() {
    let unknown = format!("{STUDY}[walk]\nspeed = 4\n");
    let checked = checked(folder(&[("study.toml", &unknown)]).path());
    assert_eq!(faults(&checked), ["study.toml  "]);
    assert!(checked.faults[0].sentence.to_string().contains("speed"));
    let nowhere = read::check(Path::new("no/such/study.toml"), &Silent);
    assert_eq!(nowhere.faults.len(), 1);
    assert!(
        nowhere.faults[0]
            .sentence
            .to_string()
            .contains("no/such/study.toml")
    );
}

fn run(folder: &Path, more: &[&str]) -> Output {
    Command::new(built::example("check"))
        .arg(folder.join("study.toml"))
        .arg("--out")
        .arg(folder.join("out"))
        .args(more)
        .arg("--quiet")
        .output()
        .expect("the example is built")
}

#[test]
fn the_command_writes_a_table_to_send_back() {
    let hostile = BAD_CELLS.replace("many", "\"=HYPERLINK(\"\"x\"\")\"");
    let folder = folder(&[("cells.csv", &hostile), ("offers.csv", BAD_OFFERS)]);
    let done = run(folder.path(), &[]);
    assert_eq!(done.status.code(), Some(3), "{done:?}");
    let said = String::from_utf8(done.stdout).expect("text");
    assert!(said.contains("3 处须改正"), "{said}");
    assert!(said.contains("cells.csv：2 处须改正，1 处存疑"), "{said}");
    let table = fs::read_to_string(folder.path().join("out/check.csv")).expect("written");
    let errors: Vec<&str> = table
        .lines()
        .filter(|line| line.starts_with("error,"))
        .collect();
    assert_eq!(errors.len(), 3, "{table}");
    assert!(
        errors[0].contains("cells.csv,第 3 行,population,"),
        "{table}"
    );
    assert!(
        !table.contains(",=HYPERLINK") && !table.contains(",\"=HYPERLINK"),
        "{table}"
    );

    // Run again, in English and as JSON, in the same folder.
    let again = run(folder.path(), &["--json", "--language", "en"]);
    let sums: serde_json::Value = serde_json::from_slice(&again.stdout).expect("JSON");
    assert_eq!(sums["faults"], 3, "{again:?}");

    let sound = self::folder(&[]);
    assert_eq!(run(sound.path(), &[]).status.code(), Some(0));
}
