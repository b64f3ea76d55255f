//! Old workbooks and `.ods`, made by hand.

use std::fmt::Write as _;
use std::io::{Cursor, Write};

use cfb::CompoundFile;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::*;
use crate::read::error::Place;
use crate::read::formats::values::text as text_of;

fn read(bytes: &[u8]) -> Result<Table, ReadError> {
    table(bytes, "a.xls", Memory::default(), &Shape::plain())
}

/// The table as lines of text, the head first.
fn lines(table: &Table) -> Vec<String> {
    let rows = table.records.iter().map(|record| {
        let texts = record.values.iter().map(|v| text_of(v).unwrap_or_default());
        texts.collect::<Vec<_>>().join(",")
    });
    std::iter::once(table.columns.join(","))
        .chain(rows)
        .collect()
}

fn record(kind: u16, data: &[u8]) -> Vec<u8> {
    let length = u16::try_from(data.len()).expect("short");
    [&kind.to_le_bytes()[..], &length.to_le_bytes(), data].concat()
}

/// Text in two bytes a character, its length in so many bytes.
fn wide(text: &str, length_bytes: usize) -> Vec<u8> {
    let units: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let length = u16::try_from(text.encode_utf16().count()).expect("short");
    [&length.to_le_bytes()[..length_bytes], &[1], &units].concat()
}

fn at(row: u16, column: u16) -> Vec<u8> {
    [row, column, 0]
        .into_iter()
        .flat_map(u16::to_le_bytes)
        .collect()
}

fn label(row: u16, column: u16, text: &str) -> Vec<u8> {
    record(0x0204, &[at(row, column), wide(text, 2)].concat())
}

fn number(row: u16, column: u16, value: f64) -> Vec<u8> {
    record(
        0x0203,
        &[&at(row, column)[..], &value.to_le_bytes()].concat(),
    )
}

fn begin(kind: u8) -> Vec<u8> {
    record(0x0809, &[0, 6, kind, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])
}

/// A workbook with these sheets: name, whether it is hidden, records.
fn workbook(sheets: &[(&str, bool, Vec<u8>)]) -> Vec<u8> {
    let end = record(0x000A, &[]);
    let about = |start: u32, name: &str, hidden: bool| {
        let data = [
            &start.to_le_bytes()[..],
            &[u8::from(hidden), 0],
            &wide(name, 1),
        ]
        .concat();
        record(0x0085, &data)
    };
    let globals = |starts: &[u32]| {
        let all = sheets.iter().zip(starts);
        let abouts: Vec<u8> = all
            .flat_map(|((name, hidden, _), start)| about(*start, name, *hidden))
            .collect();
        [begin(5), abouts, end.clone()].concat()
    };
    let bodies: Vec<Vec<u8>> = sheets
        .iter()
        .map(|(.., body)| [begin(0x10), body.clone(), end.clone()].concat())
        .collect();
    let mut start = u32::try_from(globals(&vec![0; sheets.len()]).len()).expect("short");
    let mut starts = Vec::new();
    for body in &bodies {
        starts.push(start);
        start += u32::try_from(body.len()).expect("short");
    }
    let stream = [globals(&starts), bodies.concat()].concat();
    let mut file = CompoundFile::create(Cursor::new(Vec::new())).expect("a file");
    let mut workbook = file.create_stream("/Workbook").expect("a stream");
    workbook.write_all(&stream).expect("written");
    drop(workbook);
    file.flush().expect("written");
    file.into_inner().into_inner()
}

fn town() -> Vec<u8> {
    [
        label(0, 0, "乡镇"),
        label(0, 1, "人口"),
        label(1, 0, "双钟镇"),
        number(1, 1, 100.0),
        number(2, 1, 120.5),
        record(0x00E5, &[1, 0, 1, 0, 2, 0, 0, 0, 0, 0]),
    ]
    .concat()
}

#[test]
fn an_old_workbook_is_read() {
    let hidden = [label(0, 0, "x"), label(1, 0, "y")].concat();
    let table = read(&workbook(&[("藏", true, hidden), ("甲", false, town())])).expect("a table");
    // Without known columns nothing is filled but what is merged.
    assert_eq!(lines(&table), ["乡镇,人口", "双钟镇,100", "双钟镇,120.5"]);
    assert_eq!(table.records[1].place, Place::Row(3));
    assert_eq!(table.remarks[0].code, "merged-cells");
}

#[test]
fn an_old_workbook_that_claims_too_much_is_refused() {
    let far = [label(0, 0, "id"), number(65_535, 65_535, 1.0)].concat();
    let dimensions = |first: u32, end: u32| {
        let data = [
            &first.to_le_bytes()[..],
            &end.to_le_bytes(),
            &[0, 0, 255, 0, 0, 0],
        ]
        .concat();
        [record(0x0200, &data), town()].concat()
    };
    for body in [far, dimensions(0, u32::MAX), dimensions(9, 3)] {
        let error = read(&workbook(&[("甲", false, body)])).expect_err("137 GB");
        assert!(matches!(error, ReadError::TooLarge(_)), "{error}");
    }
    assert!(read(&workbook(&[("甲", false, dimensions(0, 3))])).is_ok());
}

#[test]
fn what_is_no_workbook_or_protected_says_so() {
    let mut file = CompoundFile::create(Cursor::new(Vec::new())).expect("a file");
    file.create_stream("/EncryptedPackage").expect("a stream");
    file.flush().expect("written");
    let error = read(&file.into_inner().into_inner()).expect_err("protected");
    assert!(error.to_string().contains("has a password"), "{error}");
    let protected = record(0x002F, &[1, 0, 1, 0, 1, 0]);
    let mut whole = workbook(&[("甲", false, town())]);
    // A marker of protection in place of the first record of the globals.
    let start = whole
        .windows(4)
        .position(|w| w == [0x09, 0x08, 16, 0])
        .expect("there");
    let later = start + 20;
    whole[later..later + protected.len()].copy_from_slice(&protected);
    let error = read(&whole).expect_err("protected");
    assert!(error.to_string().contains("password"), "{error}");
}

#[test]
fn damaged_old_workbooks_never_panic() {
    let whole = workbook(&[("甲", false, town())]);
    for length in (0..whole.len()).step_by(13) {
        let _ = read(&whole[..length]);
    }
    for at in 0..whole.len() {
        let mut bytes = whole.clone();
        bytes[at] ^= 0xFF;
        let _ = read(&bytes);
    }
}

/// An `.ods` workbook with this content of its spreadsheet.
fn ods(tables: &str) -> Vec<u8> {
    let content = format!(
        r#"<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x" xmlns:style="s"><office:automatic-styles><style:style style:name="hid"><style:table-properties table:display="false"/></style:style></office:automatic-styles><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"#
    );
    let files = [
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", "<manifest:manifest/>"),
        ("content.xml", &content),
    ];
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in files {
        zip.start_file(name, SimpleFileOptions::default())
            .expect("a file");
        zip.write_all(text.as_bytes()).expect("written");
    }
    zip.finish().expect("a zip").into_inner()
}

fn said(text: &str) -> String {
    format!(
        r#"<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>"#
    )
}

fn float(value: f64) -> String {
    format!(
        r#"<table:table-cell office:value-type="float" office:value="{value}"><text:p>{value}</text:p></table:table-cell>"#
    )
}

#[test]
fn an_open_document_is_read_with_its_merged_fields() {
    let over_two = said("双钟镇").replace(
        "<table:table-cell",
        r#"<table:table-cell table:number-rows-spanned="2" table:number-columns-spanned="1""#,
    );
    let covered = "<table:covered-table-cell/>";
    let rows = [
        [said("乡镇"), said("人口")].concat(),
        [over_two, float(100.0)].concat(),
        [covered.to_owned(), float(120.0)].concat(),
    ];
    let mut table_rows = String::new();
    for row in &rows {
        write!(table_rows, "<table:table-row>{row}</table:table-row>").expect("a text");
    }
    let empty = r#"<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>"#;
    let hidden = format!(
        r#"<table:table table:name="藏" table:style-name="hid"><table:table-row>{}</table:table-row></table:table>"#,
        said("x")
    );
    let table =
        format!(r#"{hidden}<table:table table:name="甲">{table_rows}{empty}</table:table>"#);
    let table = read(&ods(&table)).expect("a table");
    assert_eq!(lines(&table), ["乡镇,人口", "双钟镇,100", "双钟镇,120"]);
    assert_eq!(table.remarks[0].code, "merged-cells");
}

#[test]
fn an_open_document_that_repeats_too_much_is_refused() {
    let cell = said("x").replace(
        "<table:table-cell",
        r#"<table:table-cell table:number-columns-repeated="16384""#,
    );
    let table = format!(
        r#"<table:table table:name="甲"><table:table-row table:number-rows-repeated="1000000">{cell}</table:table-row></table:table>"#
    );
    let error = read(&ods(&table)).expect_err("16 thousand million fields");
    assert!(matches!(error, ReadError::TooLarge(_)), "{error}");
}
