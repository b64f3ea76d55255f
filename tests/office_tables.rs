//! Tables as offices keep them: totals, notes, numbers written for people, codes that a spreadsheet
//! changed. A messy table gives the study of its clean twin, and what was done is told.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use tempfile::TempDir;
use walkshed::Silent;
use walkshed::model::{Severity, Study};
use walkshed::read::{self, OnBad, Options, ReadError};

const STREETS: &str =
    r#"{"type":"LineString","coordinates":[[116.2,29.73],[116.21,29.73],[116.22,29.73]]}"#;

/// A small study whose tables a test writes.
struct Office(TempDir);

impl Office {
    fn new(sites: &str, cells: &str) -> Self {
        let office = Self(TempDir::new().expect("a folder"));
        office.file("streets.geojson", STREETS);
        office.file("sites.csv", sites);
        office.file("cells.csv", cells);
        office.file(
            "study.toml",
            "[inputs]\nstreets = 'streets.geojson'\nsites = 'sites.csv'\ncells = 'cells.csv'\n",
        );
        office
    }

    /// The same with a table of cells alone.
    fn cells(cells: &str) -> Self {
        Self::new("id,lon,lat\ns0,116.2,29.73\n", cells)
    }

    fn file(&self, name: &str, text: &str) {
        fs::write(self.0.path().join(name), text).expect("written");
    }

    fn read(&self, on_bad: OnBad) -> Result<Study, ReadError> {
        read::study_with(
            &self.0.path().join("study.toml"),
            &Options { on_bad },
            &Silent,
        )
    }

    fn good(&self) -> Study {
        self.read(OnBad::Stop).expect("a study")
    }

    fn error(&self) -> String {
        self.read(OnBad::Stop).expect_err("an error").to_string()
    }
}

/// Each cell's id, unit and people.
fn rows(study: &Study) -> Vec<(String, String, String)> {
    let cells = study.cells().iter();
    let units = study.units();
    cells
        .map(|(_, cell)| {
            let unit = cell.unit.map_or("", |unit| units[unit].id.as_str());
            (cell.id.clone(), unit.to_owned(), cell.people.to_string())
        })
        .collect()
}

/// What was mended, by code.
fn mended(study: &Study) -> Vec<&'static str> {
    let findings = study.findings().iter();
    let mended = findings.filter(|finding| finding.severity == Severity::Repaired);
    mended.map(|finding| finding.code).collect()
}

#[test]
fn totals_and_notes_do_not_count() {
    let clean = "编号,名称,常住人口,经度,纬度\nC1,甲,320,116.201,29.73\nC2,乙,300,116.202,29.73\n";
    for (more, code) in [
        ("合计,,620,,\n", "total-row"),
        (",全县总计,620,,\n", "total-row"),
        ("Total,,620,,\n", "total-row"),
        ("注：数据截至2024年末,,,,\n", "note-row"),
        ("填表人：张三,,审核：李四,,\n", "note-row"),
    ] {
        for on_bad in [OnBad::Stop, OnBad::Skip] {
            let study = Office::cells(&format!("{clean}{more}"))
                .read(on_bad)
                .expect(more);
            assert_eq!(rows(&study), rows(&Office::cells(clean).good()), "{more}");
            assert_eq!(mended(&study), [code], "{more}");
        }
    }
    // A petrol station of that name stands somewhere.
    let study = Office::cells(&format!("{clean}Total,,620,116.203,29.73\n")).good();
    assert_eq!(study.cells().len(), 3);
}

#[test]
fn a_shortened_code_is_an_error_with_and_without_units() {
    let cells = "id,lon,lat,unit,population\nC1,116.201,29.73,3.60429E+11,100\n";
    let wanted = "cells.csv, row 2: column \"unit\" is \"3.60429E+11\", expected a whole code: a \
         spreadsheet took it for a number and shortened it, in 1 rows – format the column as text in \
         the spreadsheet, fill the codes in again, and export again";
    let office = Office::cells(cells);
    assert_eq!(office.error(), wanted);
    let skipped = office
        .read(OnBad::Skip)
        .expect_err("nobody knows which unit it is");
    assert_eq!(skipped.to_string(), wanted);
    office.file("units.csv", "id,name\n360429100201,甲村\n");
    office.file(
        "study.toml",
        "[inputs]\nstreets = 'streets.geojson'\nsites = 'sites.csv'\ncells = 'cells.csv'\nunits = 'units.csv'\n",
    );
    assert_eq!(office.error(), wanted);
    // The cure.
    office.file("cells.csv", &cells.replace("3.60429E+11", "360429100201"));
    assert_eq!(rows(&office.good())[0].1, "360429100201");
    // As much is sure of this one.
    office.file("cells.csv", &cells.replace("3.60429E+11", "360429100201.0"));
    let study = office.good();
    assert_eq!(rows(&study)[0].1, "360429100201");
    assert_eq!(mended(&study), ["code-as-written"]);
}

#[test]
fn what_is_ambiguous_is_refused_with_a_cure_that_works() {
    let table = |people: &str| {
        format!("编号,常住人口,经度,纬度\nC1,{people},116.201,29.73\nC2,300,116.202,29.73\n")
    };
    for (written, cured) in [
        ("-", "12"),
        ("三百二十", "320"),
        ("300余", "300"),
        ("402户", "402"),
    ] {
        let office = Office::cells(&table(written));
        assert!(
            office
                .error()
                .contains(&format!("row 2: column \"常住人口\" is \"{written}\""))
        );
        office.file("cells.csv", &table(cured));
        assert_eq!(rows(&office.good())[0].2, cured);
    }
}

/// Ways in which an office writes a whole number of people.
fn written(people: u32, way: u8) -> String {
    let digits = people.to_string();
    let full_width = |c: char| char::from_u32(u32::from(c) + 0xfee0).expect("a digit");
    match way {
        0 => format!("{digits}人"),
        1 => format!("约{digits}"),
        2 => digits.chars().map(full_width).collect(),
        3 => format!("{digits}\u{a0}"),
        4 => format!("\u{200b}{digits} 人"),
        5 => format!("{}万", f64::from(people) / 10_000.0),
        6 => grouped(&digits, ","),
        7 => grouped(&digits, " "),
        _ => digits,
    }
}

/// Digits in groups of three.
fn grouped(digits: &str, sign: &str) -> String {
    let first = digits.len() % 3;
    let (head, rest) = digits.split_at(first);
    let groups = rest.as_bytes().chunks(3);
    let groups = groups.map(|group| String::from_utf8_lossy(group).into_owned());
    let all: Vec<String> = Some(head.to_owned())
        .into_iter()
        .filter(|head| !head.is_empty())
        .chain(groups)
        .collect();
    format!("\"{}\"", all.join(sign))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_messy_table_gives_the_study_of_its_clean_twin(
        people in prop::collection::vec((0_u32..2_000_000, 0_u8..9), 1..8),
        total in any::<bool>(),
        note in any::<bool>(),
    ) {
        let head = "编号,常住人口（人）,经度,纬度\n";
        let table = |write: &dyn Fn(u32, u8) -> String| {
            let rows = people.iter().enumerate();
            let row = |(number, &(people, way)): (usize, &(u32, u8))| {
                format!("C{number},{},116.2{number:02},29.73\n", write(people, way))
            };
            format!("{head}{}", rows.map(row).collect::<String>())
        };
        let clean = table(&|people, _| people.to_string());
        let mut messy = table(&written);
        if total {
            let sum: u32 = people.iter().map(|(people, _)| people).sum();
            writeln!(messy, "合计,{sum},,").expect("a text");
        }
        if note {
            messy.push_str("注：本表由统计局提供,,,\n");
        }
        let (clean, messy) = (Office::cells(&clean).good(), Office::cells(&messy).good());
        prop_assert_eq!(rows(&messy), rows(&clean));
        // Whatever was not plain is told.
        let is_messy = total || note || people.iter().any(|&(people, way)| {
            let plain = written(people, way);
            plain.trim_matches(['"', '\u{a0}']) != people.to_string()
        });
        prop_assert!(!is_messy || !mended(&messy).is_empty());
    }
}

fn cases() -> Option<PathBuf> {
    let folder =
        std::env::var_os("WALKSHED_DATA").map(|folder| PathBuf::from(folder).join("cases"));
    if folder.is_none() {
        eprintln!("skipped: WALKSHED_DATA is not set");
    }
    folder
}

fn case(folder: &Path, study: &str) -> Result<Study, ReadError> {
    read::study(folder.join(study)).map(|(study, _)| study)
}

#[test]
fn the_published_cases_of_numbers_and_totals_are_right() {
    let Some(folder) = cases() else { return };
    for (name, people) in [
        ("", "1534"),
        ("_space", "1534"),
        ("_circa", "620"),
        ("_float", "620"),
        ("_foot", "620"),
        ("_fw", "620"),
        ("_half", "620.5"),
        ("_nbsp", "620"),
        ("_ren", "620"),
        ("_total", "620"),
        ("_wan", "12300"),
        ("_zwsp", "620"),
    ] {
        let study = case(&folder, &format!("14/study{name}.toml")).expect(name);
        assert_eq!(study.cells().people().to_string(), people, "{name}");
    }
    for name in ["_dash", "_zh"] {
        let error = case(&folder, &format!("14/study{name}.toml")).expect_err(name);
        assert!(
            error.to_string().contains("row 2: column \"常住人口\""),
            "{error}"
        );
    }
}

#[test]
fn the_published_cases_of_codes_are_right() {
    let Some(folder) = cases() else { return };
    for name in ["", "_idsci", "_units", "_unitssci"] {
        let error = case(&folder, &format!("15/study{name}.toml")).expect_err(name);
        assert!(error.to_string().contains("shortened it"), "{error}");
    }
    assert!(case(&folder, "15/study_ok.toml").is_ok());
}
