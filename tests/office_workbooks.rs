//! Workbooks as offices keep them: titles, lines of units, heads of two rows, merged townships, a sheet for
//! each. A messy workbook gives the study of its clean twin, and what was done is told.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};
use tempfile::TempDir;
use walkshed::model::{Severity, Study};
use walkshed::read::{self, ReadError};

const STREETS: &str =
    r#"{"type":"LineString","coordinates":[[116.2,29.73],[116.21,29.73],[116.22,29.73]]}"#;
const UNITS: &str =
    "id,name,parent\n360429,湖口县,\n360429100,双钟镇,360429\n360429101,流泗镇,360429\n";

/// A small study whose cells stand in a workbook.
fn study(book: &mut Workbook, entry: &str) -> Result<Study, ReadError> {
    let folder = TempDir::new().expect("a folder");
    let path = folder.path();
    let file = |name: &str, text: &str| fs::write(path.join(name), text).expect("written");
    file("streets.geojson", STREETS);
    file("sites.csv", "id,lon,lat\ns0,116.2,29.73\n");
    file("units.csv", UNITS);
    fs::write(
        path.join("cells.xlsx"),
        book.save_to_buffer().expect("a workbook"),
    )
    .expect("written");
    file(
        "study.toml",
        &format!(
            "[inputs]\nstreets = 'streets.geojson'\nsites = 'sites.csv'\nunits = 'units.csv'\ncells = {{ path = 'cells.xlsx'{entry} }}\n"
        ),
    );
    read::study(path.join("study.toml")).map(|(study, _)| study)
}

/// Each cell's id, unit and people.
fn rows(study: &Study) -> BTreeSet<(String, String, String)> {
    let cells = study.cells().iter();
    let units = study.units();
    cells
        .map(|(_, cell)| {
            let unit = cell.unit.map_or("", |unit| units[unit].name.as_str());
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

/// A cell: its township, its id and its people.
#[derive(Debug, Clone)]
struct Cell {
    town: usize,
    people: u32,
}

const TOWNS: [&str; 2] = ["双钟镇", "流泗镇"];

/// What an office does with its table.
#[derive(Debug, Clone, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is one thing that an office may do"
)]
struct Mess {
    title: bool,
    unit_line: bool,
    two_rows: bool,
    merged: bool,
    numbered: bool,
    total: bool,
    note: bool,
    sheet_each: bool,
    cover: bool,
    empty_sheets: bool,
}

fn any_mess() -> impl Strategy<Value = Mess> {
    prop::array::uniform10(any::<bool>()).prop_map(|said| {
        let [
            title,
            unit_line,
            two_rows,
            merged,
            numbered,
            total,
            note,
            sheet_each,
            cover,
            empty_sheets,
        ] = said;
        Mess {
            title,
            unit_line,
            two_rows,
            merged,
            numbered,
            total,
            note,
            sheet_each,
            cover,
            empty_sheets,
        }
    })
}

fn workbook(cells: &[Cell], mess: &Mess) -> Result<Workbook, XlsxError> {
    let mut book = Workbook::new();
    if mess.cover {
        book.add_worksheet()
            .set_name("填表说明")?
            .write(0, 0, "本表一式两份")?;
    }
    let numbered: Vec<(usize, &Cell)> = cells.iter().enumerate().collect();
    if mess.sheet_each {
        for (town, name) in TOWNS.into_iter().enumerate() {
            let own: Vec<_> = numbered
                .iter()
                .copied()
                .filter(|(_, cell)| cell.town == town)
                .collect();
            if !own.is_empty() {
                fill(book.add_worksheet().set_name(name)?, &own, mess)?;
            }
        }
    } else {
        fill(book.add_worksheet().set_name("居民点")?, &numbered, mess)?;
    }
    if mess.empty_sheets {
        book.add_worksheet().set_name("Sheet2")?;
        book.add_worksheet()
            .set_name("Sheet3")?
            .write(0, 0, "草稿")?;
    }
    Ok(book)
}

fn fill(sheet: &mut Worksheet, cells: &[(usize, &Cell)], mess: &Mess) -> Result<(), XlsxError> {
    let plain = Format::new();
    let mut row = 0;
    if mess.title {
        sheet.merge_range(row, 0, row, 4, "湖口县居民点人口统计表（2024年末）", &plain)?;
        row += 1;
    }
    if mess.unit_line {
        sheet.write(row, 4, "单位：人")?;
        row += 1;
    }
    let heads = ["乡镇", "编号", "常住人口", "经度", "纬度"];
    if mess.two_rows {
        for (column, head) in (0..).zip(&heads[..3]) {
            sheet.merge_range(row, column, row + 1, column, head, &plain)?;
        }
        sheet.merge_range(row, 3, row, 4, "位置", &plain)?;
        sheet.write(row + 1, 3, "经度")?.write(row + 1, 4, "纬度")?;
        row += 2;
    } else {
        for (column, head) in (0..).zip(heads) {
            sheet.write(row, column, head)?;
        }
        row += 1;
    }
    if mess.numbered {
        for column in 0..5_u16 {
            sheet.write(row, column, column + 1)?;
        }
        row += 1;
    }
    let first = row;
    for &(number, cell) in cells {
        let before = cells
            .iter()
            .position(|&(other, _)| other == number)
            .expect("it is one");
        let follows = before > 0 && cells[before - 1].1.town == cell.town;
        if !(mess.merged && follows) {
            sheet.write(row, 0, TOWNS[cell.town])?;
        }
        let lon = 116.2 + f64::from(u32::try_from(number).expect("few")) / 1000.0;
        sheet
            .write(row, 1, format!("C{number}"))?
            .write(row, 2, cell.people)?
            .write(row, 3, lon)?
            .write(row, 4, 29.73)?;
        row += 1;
    }
    if mess.merged {
        merge_towns(sheet, cells, first)?;
    }
    if mess.total {
        let sum: u32 = cells.iter().map(|(_, cell)| cell.people).sum();
        sheet.write(row, 0, "合计")?.write(row, 2, sum)?;
        row += 1;
    }
    if mess.note {
        sheet.write(row, 0, "注：数据由统计局提供")?;
    }
    Ok(())
}

/// Merges each township over its cells that follow each other.
fn merge_towns(
    sheet: &mut Worksheet,
    cells: &[(usize, &Cell)],
    first: u32,
) -> Result<(), XlsxError> {
    let mut start = 0;
    while start < cells.len() {
        let town = cells[start].1.town;
        let run = cells[start..]
            .iter()
            .take_while(|(_, cell)| cell.town == town)
            .count();
        if run > 1 {
            let row = |place: usize| first + u32::try_from(place).expect("few");
            let name = TOWNS[town];
            sheet.merge_range(row(start), 0, row(start + run - 1), 0, name, &Format::new())?;
        }
        start += run;
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_messy_workbook_gives_the_study_of_its_clean_twin(
        cells in prop::collection::vec((0..2_usize, 1_u32..9000), 1..8),
        mess in any_mess(),
    ) {
        let cells: Vec<Cell> = cells.into_iter().map(|(town, people)| Cell { town, people }).collect();
        let clean = study(&mut workbook(&cells, &Mess::default()).expect("clean"), "").expect("clean");
        let messy = study(&mut workbook(&cells, &mess).expect("messy"), "").expect("messy");
        prop_assert_eq!(rows(&messy), rows(&clean));
        prop_assert!(mended(&clean).is_empty());
        let mended = mended(&messy);
        for (is_done, code) in [
            (mess.title || mess.unit_line, "rows-above-head"),
            (mess.two_rows, "two-row-head"),
            (mess.numbered, "column-numbers"),
            (mess.total, "total-row"),
            (mess.note, "note-row"),
        ] {
            prop_assert_eq!(is_done, mended.contains(&code), "{} in {:?}", code, mended);
        }
    }
}

#[test]
fn people_in_ten_thousands_are_said_above_the_head() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write(0, 0, "人口统计表").expect("written");
    sheet.write(1, 3, "单位：万人").expect("written");
    for (column, head) in (0..).zip(["编号", "人口", "经度", "纬度"]) {
        sheet.write(2, column, head).expect("written");
    }
    sheet.write(3, 0, "C1").expect("written");
    for (column, value) in (1..).zip([1.25, 116.201, 29.73]) {
        sheet.write(3, column, value).expect("written");
    }
    let study = study(&mut book, "").expect("a study");
    assert_eq!(study.cells().people().to_string(), "12500");
    assert!(mended(&study).contains(&"unit-line"));
}

#[test]
fn names_of_sheets_are_units_where_the_study_says_so() {
    let mut book = Workbook::new();
    for (name, id) in [("双钟镇", "C1"), ("流泗镇", "C2")] {
        let sheet = book.add_worksheet().set_name(name).expect("a name");
        for (column, head) in (0..).zip(["编号", "人口", "经度", "纬度"]) {
            sheet.write(0, column, head).expect("written");
        }
        sheet.write(1, 0, id).expect("written");
        for (column, value) in (1..).zip([100.0, 116.201, 29.73]) {
            sheet.write(1, column, value).expect("written");
        }
    }
    let all = study(&mut book, ", sheet_as = 'unit'").expect("a study");
    let units: Vec<String> = rows(&all).into_iter().map(|(_, unit, _)| unit).collect();
    assert_eq!(units, ["双钟镇", "流泗镇"]);
    let one = study(&mut book, ", sheet = '流泗镇', sheet_as = '乡镇'").expect("a study");
    assert_eq!(rows(&one).len(), 1);
    let error = study(&mut book, ", sheet = '城山镇'").expect_err("there is none");
    assert!(
        error
            .to_string()
            .contains("the sheets are \"双钟镇\", \"流泗镇\""),
        "{error}"
    );
}

#[test]
fn sheets_of_two_years_are_one_place_twice_and_the_cure_takes_one() {
    let mut book = Workbook::new();
    for (name, people) in [("2023年", 90.0), ("2024年", 100.0)] {
        let sheet = book.add_worksheet().set_name(name).expect("a name");
        for (column, head) in (0..).zip(["编号", "人口", "经度", "纬度"]) {
            sheet.write(0, column, head).expect("written");
        }
        sheet.write(1, 0, "C1").expect("written");
        for (column, value) in (1..).zip([people, 116.201, 29.73]) {
            sheet.write(1, column, value).expect("written");
        }
    }
    let error = study(&mut book, "").expect_err("which year?").to_string();
    assert!(
        error.contains("row 2 of sheet 2") && error.contains("name it with sheet"),
        "{error}"
    );
    let latest = study(&mut book, ", sheet = '2024年'").expect("a study");
    assert_eq!(latest.cells().people().to_string(), "100");
}

fn cases() -> Option<PathBuf> {
    let folder =
        std::env::var_os("WALKSHED_DATA").map(|folder| PathBuf::from(folder).join("cases"));
    if folder.is_none() {
        eprintln!("skipped: WALKSHED_DATA is not set");
    }
    folder
}

fn case(folder: &Path, study: &str) -> Study {
    let read = read::study(folder.join("12").join(study));
    read.map(|(study, _)| study).expect(study)
}

#[test]
fn the_published_cases_of_workbooks_are_right() {
    let Some(folder) = cases() else { return };
    let right = rows(&case(&folder, "study_filled.toml"));
    assert!(
        right.iter().all(|(_, unit, _)| !unit.is_empty()),
        "{right:?}"
    );
    for (name, code) in [
        ("study.toml", "merged-cells"),
        ("study_units.toml", "merged-cells"),
        ("study_title.toml", "rows-above-head"),
        ("study_two.toml", "two-row-head"),
        ("study_total.toml", "total-row"),
    ] {
        let study = case(&folder, name);
        assert_eq!(rows(&study), right, "{name}");
        assert!(mended(&study).contains(&code), "{name}");
    }
}
