//! `item_times.csv`: one row a cell and asked item.

use std::io;
use std::ops::Range;

use flate2::{Compression, GzBuilder};

use crate::ids::{CellId, ItemId, SiteId};
use crate::model::{Steps, Study};
use crate::report::column::{Columns, Value, put_names, put_values};
use crate::report::csv::{Table, in_blocks};
use crate::report::number::Tenths;
use crate::report::out::Out;
use crate::score::{Coverage, Lack, Verdict};

/// How many rows the table has.
pub(crate) fn rows(now: &Coverage) -> u64 {
    now.study().cells().len() as u64 * now.items().len() as u64
}

pub(crate) fn write_times(now: &Coverage, out: &mut dyn Out) -> io::Result<()> {
    let columns = AllColumns::new();
    out.write_all(&columns.head()?)?;
    let mut items = Vec::with_capacity(now.items().len());
    for &item in now.items() {
        items.push(Asked::new(now, item, &columns.item)?);
    }
    let block = (16_384 / items.len().max(1)).max(1);
    in_blocks(now.study().cells().len(), block, out, |cells| {
        let mut rows = Rows {
            now,
            columns: &columns,
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
    write_times(now, &mut gz)?;
    gz.finish()?;
    Ok(())
}

/// The columns: a cell's own, an item's own, and those of the verdict on the two.
///
/// Items that are handled alike have the same verdict in each cell, so that what follows the item
/// is worked out and written once for all of them.
pub(crate) struct AllColumns<'r> {
    pub(crate) cell: Columns<&'r str>,
    pub(crate) item: Columns<&'r str>,
    pub(crate) verdict: Columns<VerdictRow<'r>>,
}

/// What the columns after the item tell of.
pub(crate) struct VerdictRow<'r> {
    study: &'r Study,
    verdict: Verdict,
}

impl<'r> VerdictRow<'r> {
    /// What is not done within the limit, and why.
    const fn lack(&self) -> Option<(Steps, SiteId, Lack, Steps)> {
        let Verdict::NotOffered {
            missing,
            at,
            why,
            lacking,
            ..
        } = self.verdict
        else {
            return None;
        };
        Some((missing, at, why, lacking))
    }

    fn id_of(&self, site: SiteId) -> &'r str {
        &self.study.sites()[site].id
    }
}

impl AllColumns<'_> {
    pub(crate) fn new() -> Self {
        Self {
            cell: Columns::<&str>::new().with("cell", "居民点编号", |id| Value::text(id)),
            item: Columns::<&str>::new().with("item", "事项编号", |id| Value::text(id)),
            verdict: verdict_columns(),
        }
    }

    fn head(&self) -> io::Result<Vec<u8>> {
        let mut table = Table::new();
        put_names(&self.cell, &mut table)?;
        put_names(&self.item, &mut table)?;
        put_names(&self.verdict, &mut table)?;
        table.end_row()?;
        Ok(table.into_bytes())
    }
}

pub(crate) fn verdict_columns<'r>() -> Columns<VerdictRow<'r>> {
    Columns::<VerdictRow<'r>>::new()
        .with("verdict", "判定", |row| {
            Value::Word(row.verdict.kind().word().into())
        })
        .with("site", "服务点编号", |row| {
            Value::maybe_text(row.verdict.site().map(|reach| row.id_of(reach.site)))
        })
        .with("seconds", "步行秒数", |row| {
            let reach = row.verdict.site();
            Value::maybe_tenths(reach.map(|reach| Tenths::seconds(reach.time)))
        })
        .with("missing", "缺少环节", |row| {
            Value::maybe_word(row.lack().map(|(missing, ..)| missing))
        })
        .with("hand_down_to", "下沉到", |row| {
            Value::maybe_text(row.lack().map(|(_, at, ..)| row.id_of(at)))
        })
        .with("why", "原因", |row| {
            Value::maybe_word(row.lack().map(|(_, _, why, _)| why.word()))
        })
        .with("lacking", "原因涉及环节", |row| {
            Value::maybe_word(row.lack().map(|(.., lacking)| lacking))
        })
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
    fn new<'a>(now: &'a Coverage, item: ItemId, columns: &Columns<&'a str>) -> io::Result<Self> {
        let catalogue = now.study().catalogue();
        let mut field = Table::new();
        field.empty()?;
        put_values(columns, &catalogue[item].id.as_str(), &mut field)?;
        field.empty()?;
        Ok(Self {
            item,
            class: catalogue.class(item),
            field: field.into_bytes(),
        })
    }
}

/// Rows in the making.
struct Rows<'r, 'a> {
    now: &'a Coverage,
    columns: &'r AllColumns<'a>,
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
        let id = study.cells()[cell].id.as_str();
        put_values(&self.columns.cell, &id, &mut self.tails)?;
        let cell_field = 0..self.tails.bytes().len();
        self.tails.end_row()?;
        for asked in self.items {
            let tail = match &known[asked.class] {
                Some(tail) => tail.clone(),
                None => known[asked.class]
                    .insert(self.tail(cell, asked.item)?)
                    .clone(),
            };
            self.text
                .extend_from_slice(&self.tails.bytes()[cell_field.clone()]);
            self.text.extend_from_slice(&asked.field);
            self.text.extend_from_slice(&self.tails.bytes()[tail]);
        }
        Ok(())
    }

    /// Writes how a cell's row ends for an item and those like it; says where.
    fn tail(&mut self, cell: CellId, item: ItemId) -> io::Result<Range<usize>> {
        let start = self.tails.bytes().len();
        let row = VerdictRow {
            study: self.now.study(),
            verdict: self.now.verdict(cell, item),
        };
        put_values(&self.columns.verdict, &row, &mut self.tails)?;
        self.tails.end_row()?;
        Ok(start..self.tails.bytes().len())
    }
}
