//! `check.xlsx`: the rows in which something is wrong, file by file, to be sent back.

use std::fs::{self, File};
use std::io::Read as _;
use std::path::Path;

use calamine::{Data, Reader, Xlsx, open_workbook};
use tempfile::TempDir;
use walkshed::model::{Checked, Language};
use walkshed::report::{OutDir, ReportOptions, write_checked_into};
use walkshed::{Silent, read};

const STUDY: &str = "name = 'a'\n[inputs]\nstreets = 'streets.geojson'\nsites = 'sites.csv'\ncells = { path = 'cells.csv', columns = { population = '人数（人）' } }\n";
const CELLS: &str = "编号,lon,lat,人数（人）,=remark\na,116.202,29.73,10,fine\nb,116.203,29.73,many,\"=HYPERLINK(\"\"x\"\")\"\nc,116.204,129.73,10,\n";
const STREETS: &str = r#"{"type":"LineString","coordinates":[[116.2,29.73],[116.21,29.73]]}"#;

/// The study checked, and its workbook in a folder.
fn checked(cells: &str, sites: &str, language: Language) -> (Checked, TempDir) {
    let folder = TempDir::new().expect("a folder");
    let files = [
        ("study.toml", STUDY),
        ("streets.geojson", STREETS),
        ("sites.csv", sites),
        ("cells.csv", cells),
    ];
    for (name, text) in files {
        fs::write(folder.path().join(name), text).expect("written");
    }
    let checked = Checked {
        language,
        ..read::check(&folder.path().join("study.toml"), &Silent)
    };
    let out = OutDir::open(folder.path().join("out"), &ReportOptions::default());
    write_checked_into(&checked, &out.expect("nothing is in the way"), &Silent).expect("written");
    (checked, folder)
}

const SITES: &str = "id,lon,lat\nhall,116.201,29.73\n";

fn sheet(folder: &Path, name: &str) -> Vec<Vec<String>> {
    let mut book: Xlsx<_> = open_workbook(folder.join("out/check.xlsx")).expect("it opens");
    let range = book.worksheet_range(name).expect(name);
    let shown = |field: &Data| field.to_string();
    range
        .rows()
        .map(|row| row.iter().map(shown).collect())
        .collect()
}

/// The text of a part of the workbook.
fn part(folder: &Path, name: &str) -> String {
    let file = File::open(folder.join("out/check.xlsx")).expect("written");
    let mut archive = zip::ZipArchive::new(file).expect("an archive");
    let mut text = String::new();
    let mut part = archive.by_name(name).expect(name);
    part.read_to_string(&mut text).expect("UTF-8");
    text
}

/// The number of a field's style.
fn style(sheet: &str, field: &str) -> String {
    let (_, rest) = sheet
        .split_once(&format!("<c r=\"{field}\" s=\""))
        .expect(field);
    rest.split_once('"').expect("an end").0.to_owned()
}

#[test]
fn what_is_wrong_stands_line_by_line_and_in_words() {
    let cells = "编号,lon,lat,人数（人）\na,many,29.73,lots\n";
    let (checked, folder) = checked(cells, SITES, Language::Chinese);
    assert!(checked.faults.len() > 1, "{:?}", checked.faults);
    let rows = sheet(folder.path(), "cells.csv");
    let wrong = &rows[2][rows[1].len() - 2];
    assert_eq!(wrong.lines().count(), 2, "{wrong}");
    let all = rows.concat().concat() + &sheet(folder.path(), "总表").concat().concat();
    assert!(
        !all.contains('\u{fffd}') && all.contains("须改正") && !all.contains("error"),
        "{all}"
    );
}

#[test]
fn a_file_with_faults_has_a_sheet_with_its_rows_and_the_remedies() {
    let (checked, folder) = checked(CELLS, SITES, Language::English);
    assert_eq!(checked.faults.len(), 2, "{:?}", checked.faults);
    let rows = sheet(folder.path(), "cells.csv");
    assert!(
        rows[0][0].ends_with("Rows are those of cells.csv."),
        "{rows:?}"
    );
    assert_eq!(
        rows[1],
        [
            "place",
            "编号",
            "lon",
            "lat",
            "人数（人）",
            "=remark",
            "what is wrong",
            "how to mend it"
        ]
    );
    // The sound row is left out; the others stand as they are written, by their place in the file.
    assert_eq!(rows.len(), 4, "{rows:?}");
    let fields = [
        "row 3",
        "b",
        "116.203",
        "29.73",
        "many",
        "=HYPERLINK(\"x\")",
    ];
    assert_eq!(rows[2][..6], fields);
    assert!(rows[2][6].starts_with("人数（人） – "), "{:?}", rows[2]);
    assert_eq!(rows[3][..4], ["row 4", "c", "116.204", "129.73"]);
    for (row, fault) in rows[2..].iter().zip(&checked.faults) {
        assert_eq!(row[7], fault.remedy.to_string());
        assert!(!row[7].is_empty());
    }
    // And all of check.csv stands on the first sheet.
    let all = sheet(folder.path(), "All");
    assert!(all.len() > 2 && all[1][0] == "to mend", "{all:?}");
}

#[test]
fn the_bad_field_is_red_and_no_text_is_a_formula() {
    let (_, folder) = checked(CELLS, SITES, Language::Chinese);
    let cells = part(folder.path(), "xl/worksheets/sheet2.xml");
    let red = style(&cells, "E3");
    for sound in ["A3", "B3", "C3", "D3", "F3"] {
        assert_ne!(style(&cells, sound), red, "{sound}");
    }
    // A place off the globe is wrong as a whole: no column is named, so that the row is marked.
    assert_eq!(style(&cells, "C4"), red);
    assert!(part(folder.path(), "xl/styles.xml").contains("FFFFC7CE"));
    for number in 1..=2 {
        let text = part(folder.path(), &format!("xl/worksheets/sheet{number}.xml"));
        assert!(!text.contains("<f>") && !text.contains("<hyperlink"));
    }
    assert_eq!(sheet(folder.path(), "cells.csv")[1][0], "位置");
    assert!(sheet(folder.path(), "总表").len() > 2);
}

#[test]
fn what_is_no_row_is_told_without_one() {
    // Nothing at all, and a row that has too few fields to be one.
    for cells in ["", "id,lon,lat,人数（人）\na,116.202,29.73,10\nb,116.202\n"] {
        let (checked, folder) = checked(cells, SITES, Language::English);
        assert_eq!(checked.faults.len(), 1, "{:?}", checked.faults);
        let rows = sheet(folder.path(), "cells.csv");
        let last = rows.last().expect("a row");
        assert!(!last[last.len() - 2].is_empty(), "{rows:?}");
        assert!(!last[last.len() - 1].is_empty(), "{rows:?}");
    }
}

#[test]
fn a_sound_study_has_one_sheet_and_the_bytes_stay_the_same() {
    let (sound, folder) = checked(
        "id,lon,lat,人数（人）\na,116.202,29.73,10\n",
        SITES,
        Language::English,
    );
    assert_eq!(sound.faults, []);
    assert_eq!(sound.tables, []);
    let book: Xlsx<_> = open_workbook(folder.path().join("out/check.xlsx")).expect("it opens");
    assert_eq!(book.sheet_names(), ["All"]);
    let bytes = |folder: &TempDir| fs::read(folder.path().join("out/check.xlsx")).expect("written");
    let [one, other] = [(); 2].map(|()| bytes(&checked(CELLS, SITES, Language::English).1));
    assert!(one == other);
}
