use std::io::Write;

use calamine::ExcelDateTime;
use rust_xlsxwriter::{ExcelDateTime as Moment, Format, Formula, Workbook};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::cell::moment;
use super::unpacked::looked_over;
use super::*;
use crate::read::error::Place;
use crate::read::formats::shape::Shape;
use crate::read::formats::table::{Table, Value};
use crate::read::formats::values::text;

fn saved(mut book: Workbook) -> Vec<u8> {
    book.save_to_buffer().expect("a workbook")
}

fn table(bytes: &[u8], file: &str) -> Result<Table, ReadError> {
    super::table(bytes, file, Memory::default(), &Shape::plain())
}

fn read(bytes: &[u8]) -> Table {
    table(bytes, "a.xlsx").expect("a table")
}

fn error(bytes: &[u8]) -> String {
    table(bytes, "a.xlsx").expect_err("an error").to_string()
}

fn of(text: &str) -> Value {
    Value::Text(text.into())
}

/// A workbook of one sheet, from the XML of its rows.
fn handmade(rows: &str) -> Vec<u8> {
    with_texts(rows, None)
}

/// The same, with a list of shared texts.
fn with_texts(rows: &str, texts: Option<&str>) -> Vec<u8> {
    // The range is a lie in all of these: nothing may be asked for by it.
    let range = r#"<dimension ref="A1:XFD1048576"/>"#;
    let sheet = format!("<worksheet>{range}<sheetData>{rows}</sheetData></worksheet>");
    let types = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let relation = |kind: &str, target: &str| {
        format!(
            r#"<Relationships><Relationship Id="r1" Type="{types}/{kind}" Target="{target}"/></Relationships>"#
        )
    };
    let book = r#"<workbook xmlns:r="r"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>"#;
    let files = [
        ("[Content_Types].xml", "<Types></Types>".to_owned()),
        ("_rels/.rels", relation("officeDocument", "xl/workbook.xml")),
        ("xl/workbook.xml", book.to_owned()),
        (
            "xl/_rels/workbook.xml.rels",
            relation("worksheet", "worksheets/sheet1.xml"),
        ),
        ("xl/worksheets/sheet1.xml", sheet),
    ];
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let texts = texts.map(|texts| ("xl/sharedStrings.xml", texts.to_owned()));
    for (name, text) in files.into_iter().chain(texts) {
        zip.start_file(name, SimpleFileOptions::default())
            .expect("a file");
        zip.write_all(text.as_bytes()).expect("written");
    }
    zip.finish().expect("a zip").into_inner()
}

#[test]
fn every_kind_of_cell_is_read() -> Result<(), Box<dyn std::error::Error>> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let (day, time, clock) = ("yyyy-mm-dd", "yyyy-mm-dd hh:mm", "hh:mm");
    let format = |f: &str| Format::new().set_num_format(f);
    for (column, name) in (0..).zip(["编号", " 名称 ", "lon", "日期", "时刻", "开门", "高频"])
    {
        sheet.write(2, column, name)?;
    }
    sheet
        .write(4, 0, 360_429_001_007.0)?
        .write(4, 1, " 双钟镇 ")?
        .write(4, 2, 116.25)?;
    sheet.write_with_format(4, 3, &Moment::from_ymd(2024, 2, 29)?, &format(day))?;
    sheet.write_with_format(
        4,
        4,
        &Moment::from_ymd(2024, 12, 31)?.and_hms(23, 59, 59)?,
        &format(time),
    )?;
    sheet.write_with_format(4, 5, &Moment::from_hms(8, 30, 0)?, &format(clock))?;
    sheet.write(4, 6, true)?;
    let table = read(&saved(book));
    assert_eq!(
        table.columns,
        ["编号", "名称", "lon", "日期", "时刻", "开门", "高频"]
    );
    assert_eq!(
        (table.records.len(), table.records[0].place),
        (1, Place::Row(5))
    );
    let values = &table.records[0].values;
    assert_eq!(text(&values[0]).as_deref(), Some("360429001007"));
    assert_eq!(
        (&values[1], &values[2]),
        (&of("双钟镇"), &Value::Number(116.25))
    );
    assert_eq!(
        values[3..6],
        [of("2024-02-29"), of("2024-12-31T23:59:59"), of("08:30:00")]
    );
    assert_eq!(values[6], Value::Bool(true));
    Ok(())
}

#[test]
fn every_second_of_a_day_comes_back() {
    for second in 0..86_400_u32 {
        let days = 45_000.0 + f64::from(second) / 86_400.0;
        let shown = moment(ExcelDateTime::new(
            days,
            calamine::ExcelDateTimeType::DateTime,
            false,
        ))
        .expect("a date");
        let clock = format!(
            "T{:02}:{:02}:{:02}",
            second / 3600,
            second / 60 % 60,
            second % 60
        );
        assert_eq!(
            shown,
            if second == 0 {
                "2023-03-15".into()
            } else {
                format!("2023-03-15{clock}")
            }
        );
    }
}

#[test]
fn a_formula_error_is_a_bad_row_with_its_column() -> Result<(), Box<dyn std::error::Error>> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet
        .write(0, 0, "id")?
        .write(0, 1, "population")?
        .write(1, 0, 1)?
        .write(2, 0, 2)?;
    sheet.write_formula(1, 1, Formula::new("=NA()").set_result("#N/A"))?;
    sheet.write_formula(2, 1, Formula::new("=1+1").set_result("2"))?;
    let table = read(&saved(book));
    assert_eq!(
        (table.records.len(), &table.records[0].values[1]),
        (1, &Value::Number(2.0))
    );
    assert!(
        table.bad.examples[0]
            .to_string()
            .starts_with("a.xlsx, row 2: column \"population\" is \"#N/A\", expected a value")
    );
    Ok(())
}

#[test]
fn the_farthest_cell_costs_nothing() -> Result<(), Box<dyn std::error::Error>> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet
        .write(0, 0, "id")?
        .write(0, 16_383, "last")?
        .write(1_048_575, 16_383, 7)?;
    let bytes = saved(book);
    assert!(bytes.len() < 10_000);
    let table = read(&bytes);
    assert_eq!(
        (table.records.len(), table.records[0].place),
        (1, Place::Row(1_048_576))
    );
    assert_eq!(table.records[0].values, [Value::Empty, Value::Number(7.0)]);
    Ok(())
}

#[test]
fn a_far_cell_without_a_name_is_an_error() -> Result<(), Box<dyn std::error::Error>> {
    let mut book = Workbook::new();
    book.add_worksheet()
        .write(0, 0, "id")?
        .write(1_048_575, 16_383, 7)?;
    let error = error(&saved(book));
    assert!(
        error.contains("row 1048576: \"7\": column XFD has a value but no name"),
        "{error}"
    );
    Ok(())
}

#[test]
fn the_first_visible_sheet_counts() -> Result<(), Box<dyn std::error::Error>> {
    let mut book = Workbook::new();
    book.add_worksheet()
        .set_hidden(true)
        .write(0, 0, "hidden")?;
    book.add_worksheet().write(0, 0, "shown")?;
    book.add_worksheet().write(0, 0, "later")?;
    book.worksheet_from_index(1)?.set_active(true);
    assert_eq!(read(&saved(book)).columns, ["shown"]);
    let mut empty = Workbook::new();
    empty.add_worksheet().set_name("空")?;
    assert!(error(&saved(empty)).contains("the sheet \"空\" is empty"));
    Ok(())
}

#[test]
fn other_files_are_named() {
    assert!(
        error(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1").contains("it is damaged, or has a password")
    );
    assert!(error(b"id,name").contains("no workbook"));
    assert!(error(b"").contains("no workbook"));
    assert!(error(b"PK\x03\x04").contains("save it again"));
    for (name, what) in [("content.xml", "mimetype"), ("xl/workbook.bin", ".xlsb")] {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        zip.start_file(name, SimpleFileOptions::default())
            .expect("a file");
        assert!(error(&zip.finish().expect("a zip").into_inner()).contains(what));
    }
}

#[test]
fn what_unpacks_to_too_much_is_refused() {
    let bytes = handmade(&" ".repeat(1_000_000));
    assert!(bytes.len() < 10_000);
    assert!(matches!(
        looked_over(&bytes, "a.xlsx", 999_999),
        Err(ReadError::TooLarge(_))
    ));
    assert!(looked_over(&bytes, "a.xlsx", 1_100_000).is_ok());
}

const TWO_ROWS: &str = r#"<row r="1"><c r="A1" t="s"><v>0</v></c></row>
    <row r="2"><c r="A2"><v>1</v></c></row>"#;

#[test]
fn a_workbook_that_claims_more_texts_than_it_holds_is_too_large() {
    let texts = |list: &str| with_texts(TWO_ROWS, Some(list));
    let good = r#"<?xml version="1.0"?><sst count="1" uniqueCount="1"><si><t>id</t></si></sst>"#;
    assert_eq!(read(&texts(good)).columns, ["id"]);
    for claim in [
        r#"<sst uniqueCount="4000000000"><si><t>id</t></si></sst>"#,
        r#"<!-- <sst> --><x:sst x:a="1" uniqueCount = '+4000000000' ><x:si/></x:sst>"#,
        r#"<sst uniqueCount="4000000000"/>"#,
        r#"<a><sst uniqueCount="0004000000000"><si><t>id</t></si></sst></a>"#,
        // What a strict reader takes for the end of the file, and calamine passes over.
        r#"<a></b><sst uniqueCount="4000000000"><si><t>id</t></si></sst>"#,
        r#"<!-- a -- b --><sst uniqueCount="4000000000"><si><t>id</t></si></sst>"#,
        r#"<sst a uniqueCount="1" uniqueCount="4000000000"><si><t>id</t></si></sst>"#,
    ] {
        let wrong = table(&texts(claim), "a.xlsx").expect_err("a lie");
        assert!(matches!(wrong, ReadError::TooLarge(_)), "{claim}: {wrong}");
        assert!(
            wrong.to_string().contains("claims 4000000000 texts"),
            "{wrong}"
        );
    }
}

#[test]
fn texts_that_are_repeated_past_the_memory_are_refused() {
    let mut rows = r#"<row><c t="inlineStr"><is><t>id</t></is></c></row>"#.to_owned();
    (0..100).for_each(|_| rows += r#"<row><c t="s"><v>0</v></c></row>"#);
    let text = format!("<sst><si><t>{}</t></si></sst>", "x".repeat(1 << 20));
    let bytes = with_texts(&rows, Some(&text));
    let wrong =
        super::table(&bytes, "a.xlsx", Memory::of_mb(64), &Shape::plain()).expect_err("100 MB");
    assert!(wrong.to_string().contains("repeat long texts"), "{wrong}");
    assert!(super::table(&bytes, "a.xlsx", Memory::default(), &Shape::plain()).is_ok());
}

#[test]
fn a_wide_head_over_empty_rows_is_bounded_by_the_file() {
    let name = |n: u32| format!(r#"<c t="str"><v>n{n}</v></c>"#);
    let names = (0..16_384).map(name).collect::<String>();
    let last = |row: u32| format!(r#"<row r="{row}"><c r="XFD{row}"><v>1</v></c></row>"#);
    let rows = |count| (2..count).map(last).collect::<String>();
    let of = |count| handmade(&format!(r#"<row r="1">{names}</row>{}"#, rows(count)));
    assert!(table(&of(10), "a.xlsx").is_ok());
    let wrong = table(&of(3000), "a.xlsx").expect_err("49 million cells in 500 KB");
    assert!(matches!(wrong, ReadError::TooLarge(_)), "{wrong}");
}

#[test]
fn strange_cells_are_refused() {
    let head = r#"<row r="1"><c r="A1" t="str"><v>id</v></c></row>"#;
    let with = |rest: &str| handmade(&format!("{head}{rest}"));
    assert_eq!(
        read(&with(r#"<row r="2"><c r="A2"><v>12</v></c></row>"#)).records[0].values,
        [Value::Number(12.0)]
    );
    assert_eq!(
        read(&with(r#"<row r="2"><c r="A2"><v>1e999</v></c></row>"#))
            .bad
            .places
            .len(),
        1
    );
    let wrong = [
        r#"<row r="2"><c r="A99999999999"><v>1</v></c></row>"#,
        r#"<row r="2"><c r="A1048577"><v>1</v></c></row>"#,
        r#"<row r="2"><c r="XFE2"><v>1</v></c></row>"#,
        r#"<row r="3"><c r="A3"><v>1</v></c></row><row r="2"><c r="A2"><v>1</v></c></row>"#,
        r#"<row r="2"><c r="A2"><v>1</v>"#,
    ];
    for rest in wrong {
        assert!(table(&with(rest), "a.xlsx").is_err(), "{rest}");
    }
}

#[test]
fn damaged_sheets_never_panic() {
    let rows = r#"<row r="1"><c r="A1" t="str"><v>id</v></c><c r="B1" t="inlineStr"><is><t>n</t></is></c></row>
        <row r="2"><c r="A2"><v>1.5</v></c><c r="B2" t="b"><v>1</v></c></row><row r="3"><c r="B3" t="e"><v>#N/A</v></c></row>"#;
    let mut seed = 1_u64;
    for _ in 0..2000 {
        let mut bytes = rows.as_bytes().to_vec();
        for _ in 0..2 {
            seed = seed
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            let at = usize::try_from(seed >> 33).expect("31 bits") % bytes.len();
            bytes[at] = b"0123456789ABrtsbe<>/=\"&; "[usize::from(seed.to_le_bytes()[3]) % 25];
        }
        if let Ok(table) = table(&handmade(&String::from_utf8_lossy(&bytes)), "a.xlsx") {
            assert!(
                table
                    .records
                    .iter()
                    .all(|r| r.values.len() == table.columns.len())
            );
        }
    }
}

#[test]
fn damaged_workbooks_never_panic() -> Result<(), Box<dyn std::error::Error>> {
    let mut book = Workbook::new();
    book.add_worksheet().write(0, 0, "id")?.write(1, 0, "x")?;
    let whole = saved(book);
    for length in (0..whole.len()).step_by(7) {
        assert!(table(whole.get(..length).expect("a cut"), "a.xlsx").is_err());
    }
    for at in (0..whole.len()).step_by(3) {
        let mut bytes = whole.clone();
        bytes[at] ^= 0xFF;
        let _ = table(&bytes, "a.xlsx");
    }
    Ok(())
}
