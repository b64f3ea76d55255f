//! `item_times.csv`: one row a cell and asked item. An item for persons, or for both, is told as the
//! people have it; one for firms alone as the firms have it.

use std::io::{self, Write};
use std::ops::Range;

use flate2::{Compression, GzBuilder};

use crate::ids::{CellId, ItemId, SiteId};
use crate::model::{Steps, Study};
use crate::report::column::{Columns, Name, Value, begin, put_values};
use crate::report::csv::{Table, in_blocks};
use crate::report::number::Tenths;
use crate::report::out::Out;
use crate::run::Results;
use crate::score::{Coverage, Lack, Verdict};

/// How many rows the table has.
pub(crate) fn rows(results: &Results) -> u64 {
    results.study().cells().len() as u64 * asked(results).count() as u64
}

/// The asked items in the order of the target, each with the coverage that tells of it.
fn asked(results: &Results) -> impl Iterator<Item = (&Coverage, ItemId)> {
    let now = &results.coverage;
    let target = now.target().items.iter();
    target.filter_map(move |&item| {
        if now.items().contains(&item) {
            return Some((now, item));
        }
        let firms = results.firms.as_ref()?;
        firms.items().contains(&item).then_some((firms, item))
    })
}

pub(crate) fn write_times(results: &Results, out: &mut dyn Out) -> io::Result<()> {
    let columns = AllColumns::new();
    let head = begin(&columns.names(), out)?;
    out.write_all(&head)?;
    write_rows(results, &columns, out)
}

/// The rows of all cells, in blocks of about 16,384 rows. O(cells · items) rows, and O(cells ·
/// classes) verdicts.
fn write_rows<'r>(
    results: &'r Results,
    columns: &AllColumns<'r>,
    out: &mut (dyn Write + Send),
) -> io::Result<()> {
    let now = &results.coverage;
    let mut items = Vec::new();
    for (of, item) in asked(results) {
        // The field of an item is the same in every cell: written once.
        items.push(Asked::new(of, item, &columns.item)?);
    }
    let block = (16_384 / items.len().max(1)).max(1);
    in_blocks(now.study().cells().len(), block, out, |cells| {
        let mut rows = Rows {
            now,
            columns,
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
pub(crate) fn write_gz(results: &Results, out: &mut dyn Out) -> io::Result<()> {
    let columns = AllColumns::new();
    let head = begin(&columns.names(), out)?;
    let mut gz = GzBuilder::new().mtime(0).write(out, Compression::fast());
    gz.write_all(&head)?;
    write_rows(results, &columns, &mut gz)?;
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
    const fn lack(&self) -> Option<(Steps, Option<SiteId>, Lack, Steps)> {
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

    fn names(&self) -> Vec<Name> {
        let lists = [self.cell.names(), self.item.names(), self.verdict.names()];
        lists.into_iter().flatten().collect()
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
            Value::maybe_tenths(row.verdict.walk().map(Tenths::seconds))
        })
        .with("missing", "缺少环节", |row| {
            Value::maybe_word(row.lack().map(|(missing, ..)| missing))
        })
        .with("hand_down_to", "下沉到", |row| {
            Value::maybe_text(
                row.lack()
                    .and_then(|(_, at, ..)| at)
                    .map(|at| row.id_of(at)),
            )
        })
        .with("why", "原因", |row| {
            Value::maybe_word(row.lack().map(|(_, _, why, _)| why.word()))
        })
        .with("lacking", "原因涉及环节", |row| {
            Value::maybe_word(row.lack().map(|(.., lacking)| lacking))
        })
}

/// An item as its rows show it.
struct Asked<'a> {
    /// The coverage of those of whom it is asked.
    of: &'a Coverage,
    item: ItemId,
    /// Items that are handled alike have one class, and one verdict in each cell.
    class: usize,
    /// Its id between the commas.
    field: Vec<u8>,
}

impl<'a> Asked<'a> {
    fn new(of: &'a Coverage, item: ItemId, columns: &Columns<&'a str>) -> io::Result<Self> {
        let catalogue = of.study().catalogue();
        let mut field = Table::new();
        field.empty()?;
        put_values(columns, &catalogue[item].id.as_str(), &mut field)?;
        field.empty()?;
        Ok(Self {
            of,
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
    items: &'r [Asked<'a>],
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
            // A class comes up again for each of its items: what follows is copied.
            let tail = match &known[asked.class] {
                Some(tail) => tail.clone(),
                None => known[asked.class].insert(self.tail(cell, asked)?).clone(),
            };
            self.text
                .extend_from_slice(&self.tails.bytes()[cell_field.clone()]);
            self.text.extend_from_slice(&asked.field);
            self.text.extend_from_slice(&self.tails.bytes()[tail]);
        }
        Ok(())
    }

    /// Writes how a cell's row ends for an item and those like it; says where.
    fn tail(&mut self, cell: CellId, asked: &Asked<'_>) -> io::Result<Range<usize>> {
        let start = self.tails.bytes().len();
        let row = VerdictRow {
            study: self.now.study(),
            verdict: asked.of.verdict(cell, asked.item),
        };
        put_values(&self.columns.verdict, &row, &mut self.tails)?;
        self.tails.end_row()?;
        Ok(start..self.tails.bytes().len())
    }
}
