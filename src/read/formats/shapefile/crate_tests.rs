//! Why rows are not read through the crate `dbase` 0.8, nor all shapes at once by `shapefile` 0.9:
//! each test shows one fault, and what is read instead. When one fails, the crate is mended, and
//! the reader here may go.

use std::io::Cursor;

use shapefile::ShapeReader;
use shapefile::dbase::{FieldValue, Reader};

use super::samples::{dbf, parts, point, shp};
use super::*;
use crate::read::formats::aside::Part;
use crate::read::formats::kind::Kind;
use crate::read::formats::layer::Layer;
use crate::read::formats::layer::table;
use crate::read::formats::table::{Table, Value};

fn beside(dbf: Vec<u8>) -> Aside {
    Aside {
        parts: vec![Part {
            name: "a.dbf".to_owned(),
            bytes: dbf,
        }],
        ..Aside::default()
    }
}

fn ours(shp: &[u8], dbf: Vec<u8>) -> Result<Table, ReadError> {
    table(Layer::File(Kind::Shapefile, shp, &beside(dbf)), "a.shp")
}

fn two_points() -> Vec<u8> {
    shp(1, &[point(1, &[1.0, 2.0]), point(1, &[3.0, 4.0])])
}

fn values(table: &Table, column: usize) -> Vec<Value> {
    let records = table.records.iter();
    records
        .map(|record| record.values[column].clone())
        .collect()
}

#[test]
fn a_deleted_row_shifts_the_rows_of_the_crate() {
    let mut bytes = dbf(&[(b"id", b'C', 4)], &[&[b"gone"], &[b"kept"]]);
    let first_row = bytes.len() - 1 - 2 * 5;
    bytes[first_row] = b'*';
    let rows = Reader::new(Cursor::new(&bytes)).expect("a table").read();
    assert_eq!(rows.expect("rows").len(), 1, "it stands for shape 1");
    let table = ours(&two_points(), bytes).expect("good");
    assert_eq!(values(&table, 0), [Value::Text("kept".into())]);
    assert_eq!(table.records[0].place, Place::Feature(2));
    let told: Vec<_> = table.remarks.iter().map(|remark| remark.code).collect();
    assert_eq!(told, ["deleted-rows", "no-crs-in-file"]);
}

#[test]
fn a_float_column_keeps_seven_digits_in_the_crate() {
    let id = b"360429001001";
    let bytes = dbf(&[(b"id", b'F', 12)], &[&[id], &[id]]);
    let rows = Reader::new(Cursor::new(&bytes)).expect("a table").read();
    let value = rows.expect("rows")[0].get("id").cloned();
    assert_eq!(value, Some(FieldValue::Float(Some(360_429_000_000.0))));
    let table = ours(&two_points(), bytes).expect("good");
    assert_eq!(values(&table, 0)[0], Value::Number(360_429_001_001.0));
}

#[test]
fn a_number_that_did_not_fit_is_none_in_the_crate() {
    let bytes = dbf(&[(b"people", b'N', 3)], &[&[b"***"], &[b"100"]]);
    let rows = Reader::new(Cursor::new(&bytes)).expect("a table").read();
    let value = rows.expect("rows")[0].get("people").cloned();
    assert_eq!(value, Some(FieldValue::Numeric(None)));
    let table = ours(&two_points(), bytes).expect("good");
    assert_eq!(values(&table, 0), [Value::Empty, Value::Number(100.0)]);
    let told = table.remarks[0].message.to_string();
    assert!(
        told.starts_with("1 number did not fit in their column, first in \"people\""),
        "{told}"
    );
}

#[test]
fn a_table_without_a_date_is_refused_by_the_crate() {
    let mut bytes = dbf(&[(b"id", b'C', 1)], &[&[b"a"], &[b"b"]]);
    bytes[1..4].fill(0);
    assert!(Reader::new(Cursor::new(&bytes)).is_err());
    assert_eq!(ours(&two_points(), bytes).expect("good").records.len(), 2);
}

#[test]
fn a_shorter_length_in_the_header_hides_shapes_from_the_crate() {
    let mut bytes = two_points();
    bytes[24..28].copy_from_slice(&64_u32.to_be_bytes());
    let shapes = ShapeReader::new(Cursor::new(&bytes))
        .expect("a header")
        .read();
    assert_eq!(shapes.expect("one of two").len(), 1);
    let rows = dbf(&[(b"id", b'C', 1)], &[&[b"a"], &[b"b"]]);
    let said = ours(&bytes, rows).expect_err("it lies").to_string();
    assert_eq!(
        said,
        "a.shp: it says that it has 128 bytes and has 156 – export it again"
    );
}

#[test]
fn more_parts_than_there_are_bytes_take_no_memory() {
    let mut shape = parts(3, &[vec![[1.0, 2.0], [3.0, 4.0]]], &[]);
    shape[36..40].copy_from_slice(&i32::MAX.to_le_bytes());
    let rows = dbf(&[(b"id", b'C', 1)], &[&[b"a"]]);
    let said = ours(&shp(3, &[shape]), rows)
        .expect_err("it lies")
        .to_string();
    assert_eq!(said, "a.shp: shape 1 is damaged – export it again");
}
