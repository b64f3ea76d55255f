//! CSV that a spreadsheet opens without running anything.

use std::fmt::Display;
use std::io::{self, Write};
use std::ops::Range;

use rayon::prelude::*;

use crate::text::formula::is_formula;

/// The byte order mark of UTF-8.
pub(super) const MARK: &[u8] = "\u{feff}".as_bytes();

/// Rows of CSV in memory: UTF-8 without a mark, commas, `\n`, quotes only where they must be (RFC 4180).
/// Where that is, and how, says the crate csv-core; a field is written straight to its place.
#[derive(Default)]
pub(super) struct Table {
    csv: csv_core::Writer,
    bytes: Vec<u8>,
    /// How many fields the row has so far.
    fields: usize,
}

impl Table {
    pub(super) fn new() -> Self {
        Self::default()
    }

    /// A text from the data. One that a spreadsheet would take for a formula gets a `'` before it.
    pub(super) fn text(&mut self, text: &str) -> io::Result<()> {
        if is_formula(text) {
            return self.show(format_args!("'{text}"));
        }
        self.field(|bytes| bytes.write_all(text.as_bytes()))
    }

    /// A number or a fixed word.
    pub(super) fn show(&mut self, value: impl Display) -> io::Result<()> {
        self.field(|bytes| write!(bytes, "{value}"))
    }

    /// An empty field.
    pub(super) fn empty(&mut self) -> io::Result<()> {
        self.field(|_| Ok(()))
    }

    /// Writes one field, with the comma before it; quoted only where it must be.
    fn field(&mut self, fill: impl FnOnce(&mut Vec<u8>) -> io::Result<()>) -> io::Result<()> {
        if self.fields > 0 {
            self.bytes.push(b',');
        }
        self.fields += 1;
        let start = self.bytes.len();
        fill(&mut self.bytes)?;
        if self.csv.should_quote(&self.bytes[start..]) {
            self.quote(start);
        }
        Ok(())
    }

    /// Puts what was written since then in quotes.
    fn quote(&mut self, start: usize) {
        let bare = self.bytes.split_off(start);
        self.bytes.push(b'"');
        // Twice as long at most: every byte a quote.
        self.bytes.resize(start + 1 + 2 * bare.len(), 0);
        let (_, _, written) =
            csv_core::quote(&bare, &mut self.bytes[start + 1..], b'"', b'"', true);
        self.bytes.truncate(start + 1 + written);
        self.bytes.push(b'"');
    }

    /// Ends the row.
    pub(super) fn end_row(&mut self) -> io::Result<()> {
        self.fields = 0;
        self.bytes.write_all(b"\n")
    }

    /// What was written so far.
    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Forgets what was written.
    pub(super) fn clear(&mut self) {
        self.fields = 0;
        self.bytes.clear();
    }

    /// The bytes.
    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }
}

/// Writes rows `0..count` in order. The text of many blocks of rows is made at once, while the
/// blocks before them are written.
pub(super) fn in_blocks(
    count: usize,
    block: usize,
    out: &mut (dyn Write + Send),
    make: impl Fn(Range<usize>) -> io::Result<Vec<u8>> + Sync,
) -> io::Result<()> {
    let blocks: Vec<Range<usize>> = (0..count)
        .step_by(block)
        .map(|start| start..count.min(start.saturating_add(block)))
        .collect();
    let mut ready = Vec::new();
    // Some blocks a thread at a time: the text of a whole table would fill the memory.
    for some in blocks.chunks(4 * rayon::current_num_threads()) {
        let make_some = || {
            some.par_iter()
                .map(|rows| make(rows.clone()))
                .collect::<io::Result<Vec<_>>>()
        };
        // An error of writing comes first: it is the one that the disk has.
        let (wrote, texts) = rayon::join(|| write_all(&ready, out), make_some);
        wrote?;
        ready = texts?;
    }
    write_all(&ready, out)
}

fn write_all(texts: &[Vec<u8>], out: &mut dyn Write) -> io::Result<()> {
    texts.iter().try_for_each(|text| out.write_all(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the crate csv makes of the same fields.
    fn by_csv(rows: &[Vec<String>]) -> Vec<u8> {
        let mut csv = csv::WriterBuilder::new()
            .flexible(true)
            .from_writer(Vec::new());
        for row in rows {
            csv.write_record(row).expect("memory takes any text");
        }
        csv.into_inner().expect("memory takes any text")
    }

    proptest::proptest! {
        #![proptest_config(proptest::test_runner::Config { failure_persistence: None, ..Default::default() })]

        #[test]
        fn any_text_is_quoted_as_the_crate_csv_does(
            rows in proptest::collection::vec(proptest::collection::vec("[a-c,;\"'\r\n 东]{0,5}", 2..5), 0..5),
        ) {
            let mut table = Table::new();
            for row in &rows {
                row.iter().try_for_each(|text| table.show(text)).expect("memory takes any text");
                table.end_row().expect("memory takes any text");
            }
            proptest::prop_assert_eq!(table.bytes(), by_csv(&rows));
        }
    }

    #[test]
    fn formulas_are_disarmed_and_quoted_like_any_text() {
        let mut table = Table::new();
        for text in ["=1+1", "-5", "=A,\"B\"", ""] {
            table.text(text).expect("memory takes any text");
        }
        table.show(7).expect("memory takes any text");
        let expected = "'=1+1,-5,\"'=A,\"\"B\"\"\",,7";
        assert_eq!(String::from_utf8_lossy(table.bytes()), expected);
    }

    #[test]
    fn blocks_keep_their_order() {
        for (count, block) in [(0, 3), (1, 3), (3, 3), (1000, 7)] {
            let mut out = Vec::new();
            let make = |rows: Range<usize>| {
                Ok(rows
                    .flat_map(|row| format!("{row} ").into_bytes())
                    .collect())
            };
            in_blocks(count, block, &mut out, make).expect("memory takes any text");
            let wanted: String = (0..count)
                .flat_map(|row| [row.to_string(), " ".to_owned()])
                .collect();
            assert_eq!(String::from_utf8_lossy(&out), wanted);
        }
    }
}
