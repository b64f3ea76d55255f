//! Tables as text: CSV with commas, semicolons or tabs.

use std::io::Read;

use csv::{ReaderBuilder, StringRecord};

use super::encoding::decoded;
use super::header::{Header, fits, header, unnamed_value};
use super::table::{Record, Table, Value};
use crate::read::error::{BadInput, Place, ReadError};

/// Stands after the file's end. A quote that is never closed swallows it.
const END: &str = "\n\u{1}end of file\n";

/// Reads a CSV file.
///
/// The first line that is not blank is the header; the delimiter (comma, semicolon or tab) is the
/// one that it holds most of, outside quotes. A row's place is the line of the file on which it
/// starts, the file's first line being 1. Rows without any value are skipped, rows with more or
/// fewer fields than the header become [`Table::bad`].
///
/// # Errors
///
/// An unknown encoding, no header, a column name twice, values in a column without a name, a quote
/// that is never closed, or too many cells.
pub(crate) fn table(bytes: &[u8], file: &str) -> Result<Table, ReadError> {
    let (text, encoding) = decoded(bytes, file)?;
    let mut rows = Rows::new(&text, file);
    let mut row = StringRecord::new();
    let Some(line) = rows.next_row(&mut row)? else {
        return Err(empty(file).into());
    };
    let header = header(row.iter(), file, line)?;
    let mut table = Table {
        file: file.into(),
        encoding,
        ..Table::default()
    };
    while let Some(line) = rows.next_row(&mut row)? {
        match record(&header, &row, Place::Row(line), file)? {
            Ok(record) => table.records.push(record),
            Err(bad) => table.bad.push(bad),
        }
        fits(header.names.len(), table.records.len(), file)?;
    }
    table.columns = header.names;
    Ok(table)
}

/// A record, or what is wrong with the row, or (outside) what is wrong with the file.
fn record(
    header: &Header,
    row: &StringRecord,
    place: Place,
    file: &str,
) -> Result<Result<Record, BadInput>, ReadError> {
    if row.len() != header.columns.len() {
        return Ok(Err(wrong_count(
            header.columns.len(),
            row.len(),
            place,
            file,
        )));
    }
    let mut values = Vec::with_capacity(header.names.len());
    for (field, (text, column)) in row.iter().zip(&header.columns).enumerate() {
        let text = text.trim();
        match column {
            Some(_) if text.is_empty() => values.push(Value::Empty),
            Some(_) => values.push(Value::Text(text.into())),
            None if text.is_empty() => (),
            None => return Err(unnamed_value(field, text.to_owned(), file, place).into()),
        }
    }
    Ok(Ok(Record {
        place,
        geometry: None,
        flaw: None,
        values,
    }))
}

/// The rows of a text that hold anything, each with its line.
struct Rows<'a> {
    reader: csv::Reader<std::io::Chain<&'a [u8], &'a [u8]>>,
    text: &'a str,
    file: &'a str,
    /// The line of the byte at `counted`.
    line: u64,
    counted: usize,
}

impl<'a> Rows<'a> {
    fn new(text: &'a str, file: &'a str) -> Self {
        let mut builder = ReaderBuilder::new();
        builder
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter(text));
        Self {
            reader: builder.from_reader(text.as_bytes().chain(END.as_bytes())),
            text,
            file,
            line: 1,
            counted: 0,
        }
    }

    /// Reads the next row; says on which line it starts.
    fn next_row(&mut self, row: &mut StringRecord) -> Result<Option<u64>, ReadError> {
        loop {
            let more = self.reader.read_record(row).map_err(|e| self.broken(&e))?;
            let line = self.line_of(row);
            let last = row.get(row.len().saturating_sub(1)).unwrap_or_default();
            if !more || (row.len() == 1 && last == END.trim_matches('\n')) {
                return Ok(None);
            }
            if last.ends_with(END) {
                return Err(open_quote(line, self.file).into());
            }
            if row.iter().any(|field| !field.trim().is_empty()) {
                return Ok(Some(line));
            }
        }
    }

    /// The line on which a row starts. The reader's own position is where it began to look, before
    /// any blank lines.
    fn line_of(&mut self, row: &StringRecord) -> u64 {
        let from = row
            .position()
            .and_then(|p| usize::try_from(p.byte()).ok())
            .unwrap_or_default();
        let bytes = self.text.as_bytes();
        let blank = bytes
            .iter()
            .skip(from)
            .take_while(|b| matches!(b, b'\r' | b'\n'))
            .count();
        let start = (from + blank).min(bytes.len());
        for at in self.counted..start {
            let ends = match bytes[at] {
                b'\n' => true,
                b'\r' => bytes.get(at + 1) != Some(&b'\n'),
                _ => false,
            };
            self.line += u64::from(ends);
        }
        self.counted = self.counted.max(start);
        self.line
    }

    fn broken(&self, error: &csv::Error) -> BadInput {
        BadInput {
            code: "bad-csv",
            file: self.file.into(),
            place: Place::Line(self.line),
            expected: error.to_string(),
            remedy: "save the table as CSV again".into(),
            ..BadInput::default()
        }
    }
}

/// The delimiter that the header holds most of, outside quotes; a comma where it holds none.
fn delimiter(text: &str) -> u8 {
    let mut counts = [(b',', 0_usize), (b';', 0), (b'\t', 0)];
    let mut quoted = false;
    for byte in text.trim_start_matches(['\r', '\n', ' ', '\t']).bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\r' | b'\n' if !quoted => break,
            _ if quoted => (),
            _ => counts
                .iter_mut()
                .filter(|(d, _)| *d == byte)
                .for_each(|(_, n)| *n += 1),
        }
    }
    let mut best = counts[0];
    for candidate in counts {
        if candidate.1 > best.1 {
            best = candidate;
        }
    }
    best.0
}

fn empty(file: &str) -> BadInput {
    BadInput {
        code: "empty-file",
        file: file.into(),
        expected: "the file is empty".into(),
        remedy: "give a header and rows".into(),
        ..BadInput::default()
    }
}

fn open_quote(line: u64, file: &str) -> BadInput {
    BadInput {
        code: "open-quote",
        file: file.into(),
        place: Place::Row(line),
        expected: "a quote opens in this row and is never closed".into(),
        remedy: "close it, or write a quote inside text twice".into(),
        ..BadInput::default()
    }
}

fn wrong_count(expected: usize, found: usize, place: Place, file: &str) -> BadInput {
    BadInput {
        code: "wrong-field-count",
        file: file.into(),
        place,
        expected: format!("the header has {expected} fields, this row has {found}"),
        remedy: "put text that holds the separator in quotes".into(),
        ..BadInput::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Table {
        table(text.as_bytes(), "a.csv").expect("a table")
    }

    fn error(text: &str) -> String {
        table(text.as_bytes(), "a.csv")
            .expect_err("an error")
            .to_string()
    }

    fn texts(record: &Record) -> Vec<String> {
        record
            .values
            .iter()
            .map(|v| crate::read::formats::values::text(v).unwrap_or_default())
            .collect()
    }

    #[test]
    fn every_encoding_with_every_delimiter_gives_the_same_table() {
        for delimiter in [",", ";", "\t"] {
            for end in ["\n", "\r\n", "\r"] {
                let rows = [["编号", "名称,全称"], ["1", "双钟\"镇"], ["2", ""]];
                let quoted = rows.map(|row| {
                    row.map(|f| format!("\"{}\"", f.replace('"', "\"\"")))
                        .join(delimiter)
                });
                let text = quoted.join(end);
                let utf16: Vec<u8> = "\u{feff}"
                    .encode_utf16()
                    .chain(text.encode_utf16())
                    .flat_map(u16::to_be_bytes)
                    .collect();
                let gb = encoding_rs::GB18030.encode(&text).0.into_owned();
                for bytes in [
                    text.clone().into_bytes(),
                    format!("\u{feff}{text}").into_bytes(),
                    utf16,
                    gb,
                ] {
                    let table = table(&bytes, "a.csv").expect("a table");
                    assert_eq!(table.columns, ["编号", "名称,全称"]);
                    assert_eq!(texts(&table.records[0]), ["1", "双钟\"镇"]);
                    assert_eq!(table.records[1].values[1], Value::Empty);
                    assert_eq!(table.records[1].place, Place::Row(3));
                    assert!(table.bad.places.is_empty());
                }
            }
        }
    }

    #[test]
    fn a_row_stands_on_the_line_where_it_starts() {
        for end in ["\n", "\r\n", "\r"] {
            let text = [
                "", "a,b", "1,\"two", "lines\"", "", "", "2,x", ",", "3,y,z", "4,w",
            ]
            .join(end);
            let table = read(&text);
            let places: Vec<Place> = table.records.iter().map(|r| r.place).collect();
            assert_eq!(places, [Place::Row(3), Place::Row(7), Place::Row(10)]);
            assert_eq!(
                (
                    table.bad.places.len(),
                    table.bad.examples[0].code,
                    table.bad.examples[0].place
                ),
                (1, "wrong-field-count", Place::Row(9))
            );
        }
    }

    #[test]
    fn a_quote_that_is_never_closed_is_an_error() {
        assert!(error("a,b\n1,2\n3,\"4\n5,6\n").contains("row 3: a quote opens"));
        assert!(error("a,b\n1,\"").contains("row 2"));
        assert!(error("\"").contains("row 1"));
        assert_eq!(texts(&read("a,b\n1,\"2\"").records[0]), ["1", "2"]);
        assert_eq!(texts(&read("a,b\n1,2 \" 3").records[0]), ["1", "2 \" 3"]);
    }

    #[test]
    fn headers_are_checked() {
        assert!(error("").contains("empty"));
        assert!(error(" \n\n").contains("empty"));
        assert!(error("a, a\n").contains("two columns have this name"));
        assert!(error("a,,b\n1,2,3").contains("column B has a value but no name"));
        assert_eq!(read("a,b,,\n1,2,,\n").columns, ["a", "b"]);
        assert_eq!(
            read(" a \n x \n").records[0].values,
            [Value::Text("x".into())]
        );
    }

    #[test]
    fn damaged_files_never_panic() {
        let whole = "id;名称\n1;\"a;b\"\n\n2;\"c\"\"d\"\r\n3;e\n".as_bytes();
        let mut seed = 1_u64;
        for _ in 0..5000 {
            let mut bytes = whole.to_vec();
            for _ in 0..3 {
                seed = seed
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1_442_695_040_888_963_407);
                let at = usize::try_from(seed >> 33).expect("31 bits") % bytes.len();
                bytes[at] = seed.to_le_bytes()[3];
            }
            if let Ok(table) = table(&bytes, "a.csv") {
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
    fn real_tables_are_read_whole() {
        let Ok(data) = std::env::var("WALKSHED_DATA") else {
            eprintln!("skipped: WALKSHED_DATA is not set");
            return;
        };
        let counts = [
            ("gushi/services.csv", 99),
            ("gushi/origins.csv", 935),
            ("r5r/poa_hexgrid.csv", 1227),
            ("r5r/poa_points_of_interest.csv", 15),
        ];
        for (name, count) in counts {
            let bytes =
                std::fs::read(std::path::Path::new(&data).join("data").join(name)).expect(name);
            let table = table(&bytes, name).expect(name);
            assert_eq!(
                (table.records.len(), table.bad.places.len()),
                (count, 0),
                "{name}"
            );
        }
    }
}
