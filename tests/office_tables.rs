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
        ("第1页 共2页,,,,\n", "note-row"),
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

/// A study with units, items and offers beside its cells.
fn county(units: &str, sites: &str, cells: &str, offers: &str) -> Office {
    let office = Office::new(sites, cells);
    office.file("units.csv", units);
    office.file("items.csv", "id,name\nI1,社保卡补办\nI2,生育登记\n");
    office.file("offers.csv", offers);
    office.file(
        "study.toml",
        "[inputs]\nstreets = 'streets.geojson'\nsites = 'sites.csv'\ncells = 'cells.csv'\nunits = 'units.csv'\nitems = 'items.csv'\noffers = 'offers.csv'\n",
    );
    office
}

const UNITS: &str = "id,name,parent\n0360,湖口县,\n001,双钟镇,0360\n002,流泗镇,0360\n00101,一村,001\n00201,一村,002\n";
const SITES: &str =
    "id,name,kind,unit,lon,lat\n01,中心,centre,001,116.2,29.73\n02,银行,bank,002,116.21,29.73\n";
const OFFERS: &str = "site,item,depth\n01,I1,\n01,I2,受理\n02,I1,\n";

/// Who offers what, how deep.
fn offered(study: &Study) -> Vec<String> {
    let items = study.catalogue().iter();
    let each = items.flat_map(|(item, about)| {
        let offers = study.catalogue().offers(item).iter();
        let said = offers.map(|offer| {
            let site = &study.sites()[offer.site].id;
            format!("{} {site} {:?}", about.id, offer.steps)
        });
        said.collect::<Vec<_>>()
    });
    each.collect()
}

#[test]
fn codes_that_lost_their_zeros_find_their_rows_and_it_is_told() {
    let cells = "id,unit,population,lon,lat\nC1,00101,10,116.201,29.73\nC2,002,20,116.202,29.73\n";
    let clean = county(UNITS, SITES, cells, OFFERS).good();
    let cut = |text: &str| text.replace(",00", ",").replace("\n0", "\n");
    let study = county(UNITS, SITES, &cut(cells), &cut(OFFERS)).good();
    assert_eq!(rows(&study), rows(&clean));
    assert_eq!(offered(&study), offered(&clean));
    assert_eq!(mended(&study), ["zeros-lost", "zeros-lost"]);
    // Without a units table the tables are compared with each other.
    let office = Office::new(SITES, &cut(cells));
    let units = office.good();
    let named: Vec<&str> = units
        .units()
        .iter()
        .map(|(_, unit)| unit.id.as_str())
        .collect();
    assert_eq!(named, ["001", "002", "101"]);
}

#[test]
fn names_stand_for_ids_where_only_one_has_them() {
    let cells = "id,unit,population,lon,lat\nC1,双钟镇,10,116.201,29.73\n";
    let offers =
        "服务点名称,事项名称,depth\n中心,社保卡补办,\n中心,生育登记,受理\n银行,社保卡补办,\n";
    let study = county(UNITS, SITES, cells, offers).good();
    assert_eq!(
        offered(&study),
        offered(&county(UNITS, SITES, cells, OFFERS).good())
    );
    assert_eq!(rows(&study)[0].1, "001");
    let twice = county(UNITS, SITES, &cells.replace("双钟镇", "一村"), OFFERS);
    assert_eq!(
        twice.error(),
        "cells.csv, row 2: column \"unit\" is \"一村\", expected a name that only one has, and 00101 and \
         00201 have this one – write the id of the one that is meant, or run with --on-bad skip to leave such rows out"
    );
    let cured = county(UNITS, SITES, &cells.replace("双钟镇", "00201"), OFFERS).good();
    assert_eq!(rows(&cured)[0].1, "00201");
}

#[test]
fn two_columns_of_units_are_a_path() {
    let cells = "编号,乡镇,村,人口,经度,纬度\nC1,双钟镇,一村,10,116.201,29.73\nC2,流泗镇,一村,20,116.202,29.73\nC3,流泗镇,,5,116.203,29.73\n";
    let study = county(UNITS, SITES, cells, OFFERS).good();
    let units: Vec<String> = rows(&study).into_iter().map(|(_, unit, _)| unit).collect();
    assert_eq!(units, ["00101", "00201", "002"]);
    // Without a units table they are the tree.
    let study = Office::cells(cells).good();
    let units: Vec<String> = rows(&study).into_iter().map(|(_, unit, _)| unit).collect();
    assert_eq!(units, ["双钟镇/一村", "流泗镇/一村", "流泗镇"]);
    let tree = study.units();
    let village = tree.find("流泗镇/一村").expect("a unit");
    assert_eq!(tree[village].name, "一村");
    assert_eq!(tree[village].parent, tree.find("流泗镇"));
}

#[test]
fn offers_may_be_a_matrix() {
    let cells = "id,population,lon,lat\nC1,10,116.201,29.73\n";
    let list = county(UNITS, SITES, cells, OFFERS).good();
    for matrix in [
        "site,社保卡补办,I2\n01,√,受理\n2,✓,×\n",
        "服务点名称,社保卡补办,生育登记\n中心,全程,受理\n银行,1,\n",
        "kind,I1,I2\ncentre,√,受理\nbank,√,否\n",
        "事项名称,中心,银行\n社保卡补办,√,√\n生育登记,受理,—\n",
        "item,centre,bank\nI1,√,√\nI2,受理,\n",
    ] {
        let study = county(UNITS, SITES, cells, matrix).good();
        assert_eq!(offered(&study), offered(&list), "{matrix}");
        assert_eq!(study.findings().count("matrix"), 1);
    }
    let wrong = county(UNITS, SITES, cells, "site,I1,I2\n01,√,看情况\n");
    assert_eq!(
        wrong.error(),
        "offers.csv, row 2: column \"I2\" is \"看情况\", expected a mark: √, ×, yes or no, a step such as \
         受理, or nothing – write √ where the item is handled and leave the field empty where it is not, or run with --on-bad skip to leave such rows out"
    );
}

#[test]
fn places_stand_in_one_column_and_in_degrees_with_minutes() {
    let clean =
        Office::cells("编号,人口,经度,纬度\nC1,10,116.205,29.73\nC2,20,116.21,29.73\n").good();
    let at = |study: &Study| {
        let cells = study.cells().iter();
        let places = cells.map(|(_, cell)| cell.at.map(|at| [at.lon(), at.lat()]));
        let rounded = places.map(|at| at.map(|at| at.map(|number| (number * 1e9).round())));
        rounded.collect::<Vec<_>>()
    };
    for (cells, code) in [
        (
            "编号,人口,坐标\nC1,10,\"116.205,29.73\"\nC2,20,\"116.21,29.73\"\n",
            "places-in-one-column",
        ),
        (
            "编号;人口;经纬度\nC1;10;29.73,116.205\nC2;20;29.73,116.21\n",
            "places-in-one-column",
        ),
        (
            "编号;人口;wkt\nC1;10;POINT (116.205 29.73)\nC2;20;POINT (116.21 29.73)\n",
            "places-in-one-column",
        ),
        (
            "编号,人口,经度,纬度\nC1,10,116°12′18″,29°43′48″\nC2,20,116°12′36″E,北纬29°43′48″\n",
            "number-as-written",
        ),
    ] {
        let study = Office::cells(cells).good();
        assert_eq!(at(&study), at(&clean), "{cells}");
        assert!(mended(&study).contains(&code), "{cells}");
    }
    let wrong = Office::cells("编号,人口,坐标\nC1,10,\"116.205,29.73\"\nC2,20,村口\n");
    assert!(
        wrong
            .error()
            .contains("row 3: column \"坐标 (lon)\" is \"村口\", expected a number"),
        "{}",
        wrong.error()
    );
}

#[test]
fn a_row_that_is_the_sum_of_others_is_no_cell() {
    let clean = "编号,名称,人口,经度,纬度\nC1,甲,320,116.201,29.73\nC2,乙,300,116.202,29.73\n";
    for on_bad in [OnBad::Stop, OnBad::Skip] {
        let office = Office::cells(&format!("{clean},双钟镇,620,,\n"));
        let study = office.read(on_bad).expect("a study");
        assert_eq!(rows(&study), rows(&Office::cells(clean).good()));
        assert_eq!(mended(&study), ["total-row"]);
    }
    let error = Office::cells(&format!("{clean},双钟镇,621,,\n")).error();
    assert!(error.contains("row 4"), "{error}");
}

/// A study that asks for a day.
fn dated(sites: &str, cells: &str) -> Office {
    let office = Office::new(sites, cells);
    let inputs =
        "[inputs]\nstreets = 'streets.geojson'\nsites = 'sites.csv'\ncells = 'cells.csv'\n";
    office.file(
        "study.toml",
        &format!("{inputs}[target]\ndate = '2024-01-01'\n"),
    );
    office
}

#[test]
fn days_are_read_as_spreadsheets_keep_them() {
    let sites = |day: &str| format!("id,lon,lat,opened\ns0,116.2,29.73,{day}\n");
    let cells = "id,lon,lat\nC1,116.201,29.73\n";
    for day in ["2023.1.5", "44931", "2023年1月5日", "2023-01-05 08:00:00"] {
        let office = dated(&sites(day), cells);
        let study = office.good();
        assert_eq!(
            mended(&study).contains(&"date-as-written"),
            !day.contains('年')
        );
        let site = study.sites().iter().next().expect("a site").1.clone();
        let opened = site.opened.map(|day| day.to_string());
        assert_eq!(opened.as_deref(), Some("2023-01-05"), "{day}");
    }
    let office = dated(&sites("5.1.2023"), cells);
    assert!(
        office.error().contains("write it as 2024-12-31"),
        "{}",
        office.error()
    );
}

/// The codes of what is doubtful about a whole file, which stands on the screen.
fn doubts(study: &Study) -> Vec<&'static str> {
    let findings = study.findings().iter();
    let doubts = findings.filter(|f| f.severity == Severity::Suspicious && f.place.is_empty());
    doubts.map(|finding| finding.code).collect()
}

#[test]
fn what_may_shift_all_figures_stands_on_the_screen() {
    let head = "编号,名称,人口,经度,纬度\nC1,甲,110,116.201,29.73\nC2,乙,120,116.202,29.73\n";
    let total = Office::cells(&format!("{head}C3,双钟镇小计,230,116.203,29.73\n")).good();
    assert!(
        doubts(&total).contains(&"total-with-place"),
        "{:?}",
        doubts(&total)
    );
    let few = "编号,人口,经度,纬度\nC1,0.011,116.201,29.73\nC2,0.012,116.202,29.73\n";
    assert!(doubts(&Office::cells(few).good()).contains(&"few-people"));
    let empty = "编号,人口,经度,纬度\nC1,,116.201,29.73\nC2,,116.202,29.73\n";
    assert!(doubts(&Office::cells(empty).good()).contains(&"population-empty"));
    assert!(doubts(&Office::cells(head).good()).is_empty());
}

#[test]
fn a_row_with_an_id_is_no_sum_and_a_unit_no_factor() {
    let head = "编号,名称,人口,经度,纬度\nC1,甲,10,116.201,29.73\nC2,乙,20,116.202,29.73\n";
    let lost = Office::cells(&format!("{head}C3,丙,30,,\n"));
    assert!(lost.error().contains("row 4"), "{}", lost.error());
    let skipped = lost.read(OnBad::Skip);
    assert!(skipped.is_err(), "a third of the rows");
    let scaled = Office::cells("编号,人口（万人）,经度,纬度\nC1,300人,116.201,29.73\n");
    assert!(scaled.error().contains("\"300人\""), "{}", scaled.error());
}

#[test]
fn offers_that_say_no_are_told_and_a_matrix_keeps_its_depths() {
    let cells = "id,population,lon,lat\nC1,10,116.201,29.73\n";
    let flagged = "site,item,能否办理\n01,I1,是\n01,I2,否\n";
    let study = county(UNITS, SITES, cells, flagged).good();
    assert!(
        doubts(&study).contains(&"unused-flag"),
        "{:?}",
        doubts(&study)
    );
    let matrix = "item,办理深度,centre,bank\nI1,,√,√\nI2,受理,√,\n";
    let study = county(UNITS, SITES, cells, matrix).good();
    assert_eq!(
        offered(&study),
        offered(&county(UNITS, SITES, cells, OFFERS).good())
    );
    // A name that two sites have.
    let sites = SITES.replace("银行", "中心");
    let twice = county(UNITS, &sites, cells, "site,item\n中心,I1\n02,I1\n");
    assert!(
        twice
            .error()
            .contains("a name that only one has, and 01 and 02 have this one"),
        "{}",
        twice.error()
    );
}
