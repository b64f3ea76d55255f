//! Tables as text: CSV with commas, semicolons or tabs.

use std::io::Read;
use std::ops::Range;

use csv::{ReaderBuilder, StringRecord};

use super::encoding::{decoded, own};
use super::shape::{self, Heads, Shape};
use super::sheet::{Book, Sheet, SheetRow, Size};
use super::table::{Table, Value};
use crate::read::error::{BadInput, Place, ReadError};
use crate::words::text;

/// Stands after the file's end. A quote that is never closed swallows it.
const END: &str = "\n\u{1}end of file\n";
/// No text over several lines that a table means to hold is longer than so many bytes.
const LONG: usize = 64 << 10;
/// Titles and notes above a head are fewer lines than these.
const ABOVE: usize = 30;

/// Reads a CSV file.
///
/// The delimiter (comma, semicolon or tab) is the one by which a line among the first names known
/// columns, else the one that the first line holds most of, outside quotes. Which line is the head, the
/// shape says; without known columns it is the first that is not blank. A row's place is the line of the
/// file on which it starts, the file's first line being 1. Rows without any value are skipped, rows with
/// more or fewer fields than the head become [`Table::bad`].
///
/// # Errors
///
/// An unknown encoding, no header, a column name twice, values in a column without a name, a quote
/// that is never closed or seems to swallow rows, or too many cells.
pub(crate) fn table(bytes: &[u8], file: &str, shape: &Shape<'_>) -> Result<Table, ReadError> {
    let (text, encoding) = decoded(bytes, file)?;
    let book = book_of(Rows::new(&text, file, shape.heads))?;
    shape::table(Book { encoding, ..book }, shape)
}

/// Reads a CSV file that we wrote ourselves: UTF-8, and every quote closed where it should be.
///
/// # Errors
///
/// As [`table`], but for quotes that seem to swallow rows.
pub(crate) fn own_table(bytes: &[u8], file: &str) -> Result<Table, ReadError> {
    let shape = Shape::plain();
    let rows = Rows::new(own(bytes, file)?, file, shape.heads);
    let book = book_of(Rows {
        trusted: true,
        ..rows
    })?;
    shape::table(book, &shape)
}

fn book_of(mut rows: Rows<'_>) -> Result<Book, ReadError> {
    let mut sheet = Sheet {
        number: 1,
        ..Sheet::default()
    };
    let bytes = rows.text.len();
    let mut size = Size::of(rows.file, bytes);
    let mut row = StringRecord::new();
    while let Some(number) = rows.next_row(&mut row)? {
        size.take(row.len())?;
        sheet.rows.push(SheetRow {
            number,
            values: row.iter().map(Value::of_text).collect(),
            faults: Vec::new(),
        });
    }
    Ok(Book {
        file: rows.file.to_owned(),
        encoding: "",
        is_text: true,
        bytes,
        sheets: vec![sheet],
    })
}

/// The rows of a text that hold anything, each with its line.
struct Rows<'a> {
    reader: csv::Reader<std::io::Chain<&'a [u8], &'a [u8]>>,
    text: &'a str,
    file: &'a str,
    delimiter: u8,
    /// Whether fields over several lines may hold anything.
    trusted: bool,
    /// The line of the byte at `counted`.
    line: u64,
    counted: usize,
}

impl<'a> Rows<'a> {
    fn new(text: &'a str, file: &'a str, heads: &dyn Heads) -> Self {
        let delimiter = delimiter_by_heads(text, heads).unwrap_or_else(|| delimiter(text));
        let mut builder = ReaderBuilder::new();
        builder
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter);
        Self {
            reader: builder.from_reader(text.as_bytes().chain(END.as_bytes())),
            text,
            file,
            delimiter,
            trusted: false,
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
            // The mark after the end, as a row of its own: all quotes are closed.
            if !more || (row.len() == 1 && last == END.trim_matches('\n')) {
                return Ok(None);
            }
            // The mark after the end stands within a field: its quote never closed.
            if last.ends_with(END) {
                return Err(open_quote(line, self.file).into());
            }
            if let Some(line) = self.swallowed(row, line).filter(|_| !self.trusted) {
                return Err(swallowed(line, self.file).into());
            }
            if row.iter().any(|field| !field.trim().is_empty()) {
                return Ok(Some(line));
            }
        }
    }

    /// The line of a quote in this row that seems to have swallowed the rows after it.
    ///
    /// A quote that was forgotten ends at the next one, some rows further down, and what lies between
    /// becomes one value: over several lines, with delimiters in it, or very long. An address over two
    /// lines has none of them.
    fn swallowed(&self, row: &StringRecord, start: u64) -> Option<u64> {
        let all = row.as_slice().as_bytes();
        if !all.contains(&b'\n') && !all.contains(&b'\r') {
            return None;
        }
        // The quote of each field stands where the breaks of the fields before it end.
        let mut line = start;
        for field in row {
            let breaks = line_breaks(field);
            let swallows = field.as_bytes().contains(&self.delimiter) || field.len() > LONG;
            if breaks > 0 && swallows {
                return Some(line);
            }
            line += breaks;
        }
        None
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
        self.line += line_ends(bytes, self.counted..start);
        self.counted = self.counted.max(start);
        self.line
    }

    fn broken(&self, error: &csv::Error) -> BadInput {
        BadInput {
            code: "bad-csv",
            file: self.file.into(),
            place: Place::Line(self.line),
            expected: text!(CsvFault, error = error.to_string()),
            remedy: text!(SaveCsvAgain),
            ..BadInput::default()
        }
    }
}

fn line_breaks(text: &str) -> u64 {
    line_ends(text.as_bytes(), 0..text.len())
}

/// How many lines end in this part of a text, by `\n`, `\r\n` or `\r`.
fn line_ends(bytes: &[u8], part: Range<usize>) -> u64 {
    let ends = part.filter(|&at| match bytes[at] {
        b'\n' => true,
        b'\r' => bytes.get(at + 1) != Some(&b'\n'),
        _ => false,
    });
    ends.count() as u64
}

/// The delimiter by which one of the first lines names two known columns.
fn delimiter_by_heads(text: &str, heads: &dyn Heads) -> Option<u8> {
    let lines = text
        .split(['\r', '\n'])
        .filter(|line| !line.trim().is_empty());
    for line in lines.take(ABOVE) {
        let known = [',', ';', '\t'].map(|delimiter| {
            let fields = line.split(delimiter).map(|field| field.trim_matches('"'));
            fields
                .filter(|field| heads.meaning(field).is_some())
                .count()
        });
        for (delimiter, known_by_it) in [b',', b';', b'\t'].into_iter().zip(known) {
            // Two at least: a title may be one known name, by any delimiter.
            if known_by_it >= 2 && known.iter().all(|&other| other <= known_by_it) {
                return Some(delimiter);
            }
        }
    }
    None
}

/// The delimiter that the header holds most of, outside quotes; a comma where it holds none.
fn delimiter(text: &str) -> u8 {
    let mut counts = [(b',', 0_usize), (b';', 0), (b'\t', 0)];
    let mut quoted = false;
    for byte in text.trim_start_matches(['\r', '\n', ' ', '\t']).bytes() {
        match byte {
            b'"' => quoted = !quoted,
            // Only the header is looked at: in a row a decimal comma may stand.
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

fn open_quote(line: u64, file: &str) -> BadInput {
    BadInput {
        code: "open-quote",
        file: file.into(),
        place: Place::Row(line),
        expected: text!(OpenQuote),
        remedy: text!(CloseQuote),
        ..BadInput::default()
    }
}

fn swallowed(line: u64, file: &str) -> BadInput {
    BadInput {
        code: "swallowed-rows",
        file: file.into(),
        place: Place::Row(line),
        expected: text!(SwallowedRows),
        remedy: text!(CloseQuoteInRow),
        ..BadInput::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::formats::table::Record;

    fn table(bytes: &[u8], file: &str) -> Result<Table, ReadError> {
        super::table(bytes, file, &Shape::plain())
    }

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
    fn a_quote_that_swallows_rows_is_an_error_at_the_row_where_it_opens() {
        let swallowed = "a,b,c\n1,x,2\nA,\"村A,10\nB,村B,20\nC,村C\",30\n";
        let said = "a.csv, row 3: a quote opens in this row and closes in a later one, and what lies between looks like rows – close it in its own row, or write a quote inside text twice";
        for end in ["\n", "\r\n", "\r"] {
            assert_eq!(error(&swallowed.replace('\n', end)), said);
        }
        for delimiter in [';', '\t'] {
            let other = swallowed.replace(',', &delimiter.to_string());
            assert_eq!(error(&other), said);
        }
        let later = "a,b,c\n1,\"two\r\nlines\",\"x\n2,y\"\n";
        assert!(
            error(later).starts_with("a.csv, row 3:"),
            "{}",
            error(later)
        );
        let head = "a,\"b\n1,2\n3\",c\n";
        assert!(error(head).starts_with("a.csv, row 1:"), "{}", error(head));
        let long = format!("a,b\n1,\"{}\"\n", "x\n".repeat(LONG));
        assert!(error(&long).starts_with("a.csv, row 2:"));
    }

    #[test]
    fn an_honest_text_over_several_lines_is_read() {
        let address = "双钟镇\n中山路 1 号，2 楼";
        let read_back = |text: &str| texts(&read(text).records[0]);
        assert_eq!(
            read_back(&format!("a,b\n1,\"{address}\"\n")),
            ["1", address]
        );
        assert_eq!(read_back("a;b\n1;\"x,\ny\"\n"), ["1", "x,\ny"]);
        let area = "1 2,".repeat(LONG);
        assert_eq!(read_back(&format!("a,b\n1,\"{area}\"\n")), ["1", &area]);
        let own = own_table("a,b\n1,\"x,\ny\"\n".as_bytes(), "cells.csv").expect("our own");
        assert_eq!(texts(&own.records[0]), ["1", "x,\ny"]);
    }

    proptest::proptest! {
        #![proptest_config(proptest::test_runner::Config { failure_persistence: None, ..Default::default() })]

        /// However many rows a forgotten quote swallows, none is lost without a word.
        #[test]
        fn no_row_is_lost_without_a_word(rows in 2..8_usize, from in 0..8_usize, to in 0..8_usize, column in 0..3_usize) {
            let mut fields: Vec<Vec<String>> = (0..rows)
                .map(|row| (0..3).map(|field| format!("{row}-{field}")).collect())
                .collect();
            let (first, last) = (from.min(to) % rows, from.max(to) % rows);
            fields[first][column].insert(0, '"');
            fields[last][column].push('"');
            let lines: Vec<String> = fields.iter().map(|row| row.join(",")).collect();
            let text = format!("a,b,c\n{}\n", lines.join("\n"));
            match table(text.as_bytes(), "a.csv") {
                Ok(read) => proptest::prop_assert_eq!(read.records.len() + read.bad.places.len(), rows),
                Err(error) => proptest::prop_assert!(error.to_string().contains(": a quote opens"), "{}", error),
            }
        }
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
