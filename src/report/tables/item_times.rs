//! `item_times.csv`: one row a cell and asked item.

use std::io;
use std::ops::Range;

use flate2::{Compression, GzBuilder};

use crate::ids::{CellId, ItemId};
use crate::model::Study;
use crate::report::atomic::Out;
use crate::report::csv::{Table, in_blocks};
use crate::report::number::Tenths;
use crate::score::{Coverage, Verdict};

const HEAD: [&str; 9] = [
    "cell",
    "item",
    "verdict",
    "site",
    "seconds",
    "missing",
    "hand_down_to",
    "why",
    "lacking",
];

/// How many rows the table has.
pub(crate) fn rows(now: &Coverage) -> u64 {
    now.study().cells().len() as u64 * now.items().len() as u64
}

pub(crate) fn write(now: &Coverage, out: &mut dyn Out) -> io::Result<()> {
    out.write_all(&Table::with_head(HEAD)?.into_bytes()?)?;
    let items = now
        .items()
        .iter()
        .map(|&item| Asked::new(now, item))
        .collect::<io::Result<Vec<_>>>()?;
    let block = (16_384 / items.len().max(1)).max(1);
    in_blocks(now.study().cells().len(), block, out, |cells| {
        let mut rows = Rows {
            now,
            items: &items,
            text: Vec::new(),
            tails: Table::new(),
        };
        for cell in cells {
            rows.put(CellId::new(cell))?;
        }
        Ok(rows.text)
    })
}

/// The same, gzipped; the bytes hold no time and no name, so that they are the same on each run.
pub(crate) fn write_gz(now: &Coverage, out: &mut dyn Out) -> io::Result<()> {
    let mut gz = GzBuilder::new().mtime(0).write(out, Compression::fast());
    write(now, &mut gz)?;
    gz.finish()?;
    Ok(())
}

/// An item as its rows show it.
struct Asked {
    item: ItemId,
    /// Items that are handled alike have one class, and one verdict in each cell.
    class: usize,
    /// Its id between the commas.
    field: Vec<u8>,
}

impl Asked {
    fn new(now: &Coverage, item: ItemId) -> io::Result<Self> {
        let (catalogue, mut field) = (now.study().catalogue(), Table::new());
        field.maybe_text(None)?;
        field.text(&catalogue[item].id)?;
        field.maybe_text(None)?;
        Ok(Self {
            item,
            class: catalogue.class(item),
            field: field.into_bytes()?,
        })
    }
}

/// Rows in the making.
struct Rows<'r, 'a> {
    now: &'r Coverage<'a>,
    items: &'r [Asked],
    text: Vec<u8>,
    /// The rows of one cell from the verdict on, one a class.
    tails: Table,
}

impl Rows<'_, '_> {
    /// One cell's rows. What follows the item is worked out and written once a class.
    fn put(&mut self, cell: CellId) -> io::Result<()> {
        let study = self.now.study();
        let mut known: Vec<Option<Range<usize>>> = vec![None; study.catalogue().classes().len()];
        self.tails.clear();
        self.tails.text(&study.cells()[cell].id)?;
        self.tails.end_row()?;
        let id = 0..self.tails.bytes().len() - 1;
        for asked in self.items {
            let tail = match &known[asked.class] {
                Some(tail) => tail.clone(),
                None => known[asked.class]
                    .insert(self.tail(cell, asked.item)?)
                    .clone(),
            };
            for part in [
                &self.tails.bytes()[id.clone()],
                &asked.field,
                &self.tails.bytes()[tail],
            ] {
                self.text.extend_from_slice(part);
            }
        }
        Ok(())
    }

    /// Writes how a cell's row ends for an item and those like it; says where.
    fn tail(&mut self, cell: CellId, item: ItemId) -> io::Result<Range<usize>> {
        let (study, start) = (self.now.study(), self.tails.bytes().len());
        let verdict = self.now.verdict(cell, item);
        let site = verdict.site();
        self.tails.show(verdict.kind())?;
        self.tails
            .maybe_text(site.map(|reach| study.sites()[reach.site].id.as_str()))?;
        self.tails
            .maybe(site.map(|reach| Tenths::seconds(reach.time)))?;
        put_lack(study, verdict, &mut self.tails)?;
        self.tails.end_row()?;
        Ok(start..self.tails.bytes().len())
    }
}

/// What is not done within the limit, where it should be, why it is not, and which steps that is about.
fn put_lack(study: &Study, verdict: Verdict, table: &mut Table) -> io::Result<()> {
    let Verdict::NotOffered {
        missing,
        at,
        why,
        lacking,
        ..
    } = verdict
    else {
        return (0..4).try_for_each(|_| table.show(""));
    };
    table.show(missing)?;
    table.text(&study.sites()[at].id)?;
    table.show(why.word())?;
    table.show(lacking)
}
