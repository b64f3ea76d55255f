//! The workbooks as `LibreOffice` opens them: nothing is lost, nothing becomes something else.
//!
//! Skipped, with a line that says so, where there is no `soffice`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use calamine::{Data, Range, Reader, Xlsx, open_workbook};
use tempfile::TempDir;
use walkshed::model::{Checked, Language};
use walkshed::report::{self, OutDir, ReportOptions, write_checked_into};
use walkshed::{Options, Silent, read};

type Book = Xlsx<std::io::BufReader<fs::File>>;

fn fixture() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/hukou")
}

fn has_libreoffice() -> bool {
    let started = Command::new("soffice")
        .arg("--version")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    let is_there = started.is_ok_and(|status| status.success());
    if !is_there {
        println!("skipped: there is no soffice");
    }
    is_there
}

/// The workbook as `LibreOffice` opens and writes it again, in a folder below its own.
fn written_again(book: &Path) -> PathBuf {
    let folder = book.parent().expect("a folder");
    let again = folder.join("again");
    // With a profile of its own, so that one that is open elsewhere is not in the way.
    let profile = format!(
        "-env:UserInstallation=file://{}",
        folder.join("profile").display()
    );
    let told = Command::new("soffice")
        .arg(profile)
        .args([
            "--headless",
            "--convert-to",
            "xlsx:Calc MS Excel 2007 XML",
            "--outdir",
        ])
        .args([&again, book])
        .output()
        .expect("it starts");
    let again = again.join(book.file_name().expect("a name"));
    let error = String::from_utf8_lossy(&told.stderr);
    assert!(told.status.success() && again.is_file(), "{error}");
    again
}

fn opened(book: &Path) -> Book {
    open_workbook(book).expect("it opens")
}

/// Whether a field says the same: a text stays the same text, a number the same number.
fn is_same(ours: Option<&Data>, theirs: Option<&Data>) -> bool {
    let is_empty = |field: Option<&Data>| match field {
        None | Some(Data::Empty) => true,
        Some(Data::String(text)) => text.is_empty(),
        Some(_) => false,
    };
    match (ours, theirs) {
        (Some(Data::String(ours)), Some(Data::String(theirs))) => ours == theirs,
        (Some(ours), Some(theirs)) if number(ours).is_some() => {
            let [ours, theirs] = [ours, theirs].map(number);
            let apart = ours
                .zip(theirs)
                .map(|(ours, theirs)| (ours - theirs).abs() / ours.abs().max(1.0));
            apart.is_some_and(|apart| apart < 1e-12)
        }
        _ => is_empty(ours) && is_empty(theirs),
    }
}

fn number(field: &Data) -> Option<f64> {
    match field {
        Data::Float(number) => Some(*number),
        #[allow(clippy::cast_precision_loss, reason = "what is counted here is small")]
        Data::Int(number) => Some(*number as f64),
        _ => None,
    }
}

/// All sheets of a workbook are those of the other one, field by field. Gives back how many fields there are.
fn same_books(ours: &Path, theirs: &Path) -> usize {
    let (mut ours, mut theirs) = (opened(ours), opened(theirs));
    assert_eq!(ours.sheet_names(), theirs.sheet_names());
    let mut count = 0;
    for name in ours.sheet_names() {
        let [one, two] =
            [&mut ours, &mut theirs].map(|book| book.worksheet_range(&name).expect("readable"));
        let (rows, columns) = one.get_size();
        assert!(rows > 0, "{name} is empty");
        for (row, column) in (0..rows).flat_map(|row| (0..columns).map(move |column| (row, column)))
        {
            let [field, other] = [&one, &two].map(|sheet| sheet.get((row, column)));
            assert!(
                !matches!(other, Some(Data::Error(_))),
                "{name} {row} {column}: {other:?}"
            );
            assert!(
                is_same(field, other),
                "{name} {row} {column}: {field:?} became {other:?}"
            );
            count += usize::from(field.is_some_and(|field| *field != Data::Empty));
        }
    }
    count
}

/// The rows of a CSV table, without its head.
fn table(path: &Path) -> Vec<Vec<String>> {
    let text = fs::read_to_string(path).expect("it was written");
    let text = text.trim_start_matches('\u{feff}');
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let rows = reader.records().map(|row| row.expect("a row"));
    rows.map(|row| row.iter().map(str::to_owned).collect())
        .collect()
}

/// A sheet holds what its CSV table holds: numbers as numbers, all else as the same text, if it is no word of ours.
fn same_table(sheet: &Range<Data>, table: &[Vec<String>], texts: &[usize]) {
    let rows: Vec<_> = sheet.rows().skip(1).collect();
    assert_eq!(rows.len(), table.len());
    for (row, told) in rows.iter().zip(table) {
        for (column, (field, told)) in row.iter().zip(told).enumerate() {
            if let Some(found) = number(field) {
                let told: f64 = told.parse().expect("a number here as there");
                assert!(
                    (found - told).abs() <= told.abs() * 1e-9,
                    "{found} is not {told}"
                );
            }
            // The last row of units is called by a word of the sheet's language.
            if texts.contains(&column) && told != "total" {
                let text = Data::String(told.clone());
                assert!(
                    is_same(Some(&text), Some(field)),
                    "column {column}: {field:?} is not {told}"
                );
            }
        }
    }
}

#[test]
fn the_report_is_the_same_in_libreoffice() {
    if !has_libreoffice() {
        return;
    }
    let (study, _) = read::study(fixture().join("study.toml")).expect("the fixture is valid");
    let options = Options {
        assessment: true,
        ..Options::default()
    };
    let results = walkshed::run(&study, &options).expect("it has the memory");
    let out = TempDir::new().expect("a folder");
    let options = ReportOptions {
        workbook: true,
        ..ReportOptions::default()
    };
    report::write_with(&results, out.path(), &options).expect("written");
    let again = written_again(&out.path().join("report.xlsx"));
    let fields = same_books(&out.path().join("report.xlsx"), &again);
    assert!(fields > 250_000, "{fields}");
    let mut book = opened(&again);
    let cells = book.worksheet_range("居民点").expect("cells");
    let code = Data::String("360429100001".to_owned());
    assert_eq!(cells.get((1, 1)), Some(&code), "a code of twelve digits");
    // Codes and ids are texts, names are whole, numbers are those of the tables.
    for (name, file, texts) in [
        ("各单位", "units.csv", &[1][..]),
        ("居民点", "cells.csv", &[0, 1, 7, 10, 11]),
        ("短板", "lacking.csv", &[1, 2]),
    ] {
        let sheet = book.worksheet_range(name).expect(name);
        let table = table(&out.path().join(file));
        same_table(&sheet, &table, texts);
    }
}

#[test]
fn the_table_to_send_back_is_the_same_in_libreoffice() {
    if !has_libreoffice() {
        return;
    }
    let folder = TempDir::new().expect("a folder");
    for entry in fs::read_dir(fixture()).expect("readable") {
        let path = entry.expect("readable").path();
        if path.is_file() {
            fs::copy(&path, folder.path().join(path.file_name().expect("a name"))).expect("copied");
        }
    }
    let cells = fs::read_to_string(fixture().join("cells.csv")).expect("readable");
    let cells = cells
        .replacen(",27,3,1,", ",约二十七,3,1,", 1)
        .replacen("116.209072", "1160.209072", 1)
        .replacen("石钟社区4号小区", "=1+1", 1)
        .replacen(",82,14,", ",8２余,14,", 1);
    fs::write(folder.path().join("cells.csv"), cells).expect("written");
    let checked = Checked {
        language: Language::Chinese,
        ..read::check(&folder.path().join("study.toml"), &Silent)
    };
    assert!(checked.faults.len() > 2, "{:?}", checked.faults);
    let out = folder.path().join("out");
    let opened_out = OutDir::open(out.clone(), &ReportOptions::default());
    write_checked_into(
        &checked,
        &opened_out.expect("nothing is in the way"),
        &Silent,
    )
    .expect("written");
    let again = written_again(&out.join("check.xlsx"));
    same_books(&out.join("check.xlsx"), &again);
    let mut book = opened(&again);
    let sheet = book
        .worksheet_range("cells.csv")
        .expect("the file with faults");
    let shown: Vec<String> = sheet.rows().flatten().map(ToString::to_string).collect();
    for field in ["C00001", "360429100001", "约二十七", "=1+1", "1160.209072"] {
        assert!(shown.iter().any(|text| text == field), "{field}: {shown:?}");
    }
}
