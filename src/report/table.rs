//! CSV that a spreadsheet opens without running anything.

use std::fmt::{Display, Write as _};
use std::io;
use std::ops::Range;

use rayon::prelude::*;

use super::atomic::Out;
use crate::read::is_formula;

/// Rows of CSV in memory: UTF-8 without a mark, commas, `\n`.
pub(super) struct Table {
    csv: csv::Writer<Vec<u8>>,
    field: String,
}

impl Table {
    pub(super) fn new() -> Self {
        Self { csv: csv::Writer::from_writer(Vec::new()), field: String::new() }
    }

    /// A table that begins with these column names.
    pub(super) fn with_head<'a>(columns: impl IntoIterator<Item = &'a str>) -> io::Result<Self> {
        let mut table = Self::new();
        table.csv.write_record(columns)?;
        Ok(table)
    }

    /// A text from the data. One that a spreadsheet would take for a formula gets a `'` before it.
    pub(super) fn text(&mut self, text: &str) -> io::Result<()> {
        if !is_formula(text) {
            return Ok(self.csv.write_field(text)?);
        }
        self.show(format_args!("'{text}"))
    }

    /// A text from the data, or an empty field.
    pub(super) fn maybe_text(&mut self, text: Option<&str>) -> io::Result<()> {
        self.text(text.unwrap_or_default())
    }

    /// A number or a fixed word.
    pub(super) fn show(&mut self, value: impl Display) -> io::Result<()> {
        self.field.clear();
        write!(self.field, "{value}").expect("a string takes any text");
        Ok(self.csv.write_field(&self.field)?)
    }

    /// A number, or an empty field.
    pub(super) fn maybe(&mut self, value: Option<impl Display>) -> io::Result<()> {
        match value {
            Some(value) => self.show(value),
            None => Ok(self.csv.write_field("")?),
        }
    }

    /// Ends the row.
    pub(super) fn end_row(&mut self) -> io::Result<()> {
        Ok(self.csv.write_record(None::<&[u8]>)?)
    }

    /// The bytes.
    pub(super) fn into_bytes(self) -> io::Result<Vec<u8>> {
        self.csv.into_inner().map_err(csv::IntoInnerError::into_error)
    }
}

/// Writes rows `0..count` in order. The text of many blocks of rows is made at once, while the
/// blocks before them are written.
pub(super) fn in_blocks(
    count: usize,
    block: usize,
    out: &mut dyn Out,
    make: impl Fn(Range<usize>) -> io::Result<Vec<u8>> + Sync,
) -> io::Result<()> {
    let blocks: Vec<Range<usize>> =
        (0..count).step_by(block).map(|start| start..count.min(start.saturating_add(block))).collect();
    let mut ready = Vec::new();
    for some in blocks.chunks(4 * rayon::current_num_threads()) {
        let make_some = || some.par_iter().map(|rows| make(rows.clone())).collect::<io::Result<Vec<_>>>();
        let (wrote, texts) = rayon::join(|| write_all(&ready, out), make_some);
        wrote?;
        ready = texts?;
    }
    write_all(&ready, out)
}

fn write_all(texts: &[Vec<u8>], out: &mut dyn Out) -> io::Result<()> {
    texts.iter().try_for_each(|text| out.write_all(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_keep_their_order() {
        for (count, block) in [(0, 3), (1, 3), (3, 3), (1000, 7)] {
            let mut out = Vec::new();
            let make = |rows: Range<usize>| Ok(rows.flat_map(|row| format!("{row} ").into_bytes()).collect());
            in_blocks(count, block, &mut out, make).expect("memory takes any text");
            let wanted: String = (0..count).flat_map(|row| [row.to_string(), " ".to_owned()]).collect();
            assert_eq!(String::from_utf8_lossy(&out), wanted);
        }
    }
}
