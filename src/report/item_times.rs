//! `item_times.csv`: one row a cell and asked item.

use std::io;

use flate2::{Compression, GzBuilder};

use super::atomic::Out;
use super::number::Tenths;
use super::table::{Table, in_blocks};
use crate::ids::{CellId, ItemId};
use crate::model::Study;
use crate::score::{Coverage, Verdict};

const HEAD: [&str; 9] = ["cell", "item", "verdict", "site", "seconds", "missing", "hand_down_to", "why", "lacking"];

/// How many rows the table has.
pub(super) fn rows(now: &Coverage) -> u64 {
    now.study().cells().len() as u64 * now.items().len() as u64
}

pub(super) fn write(now: &Coverage, out: &mut dyn Out) -> io::Result<()> {
    out.write_all(&Table::with_head(HEAD)?.into_bytes()?)?;
    let block = (16_384 / now.items().len().max(1)).max(1);
    in_blocks(now.study().cells().len(), block, out, |cells| {
        let mut table = Table::new();
        for cell in cells {
            put(now, CellId::new(cell), &mut table)?;
        }
        table.into_bytes()
    })
}

/// The same, gzipped; the bytes hold no time and no name, so that they are the same on each run.
pub(super) fn write_gz(now: &Coverage, out: &mut dyn Out) -> io::Result<()> {
    let mut gz = GzBuilder::new().mtime(0).write(out, Compression::fast());
    write(now, &mut gz)?;
    gz.finish()?;
    Ok(())
}

/// One cell's rows. Items that are handled alike have one verdict, worked out once.
fn put(now: &Coverage, cell: CellId, table: &mut Table) -> io::Result<()> {
    let (study, catalogue) = (now.study(), now.study().catalogue());
    let mut known: Vec<Option<Verdict>> = vec![None; catalogue.classes().len()];
    let mut on = |item: ItemId| *known[catalogue.class(item)].get_or_insert_with(|| now.verdict(cell, item));
    for &item in now.items() {
        let verdict = on(item);
        let site = verdict.site();
        table.text(&study.cells()[cell].id)?;
        table.text(&catalogue[item].id)?;
        table.show(verdict.kind())?;
        table.maybe_text(site.map(|reach| study.sites()[reach.site].id.as_str()))?;
        table.maybe(site.map(|reach| Tenths::seconds(reach.time)))?;
        put_lack(study, verdict, table)?;
        table.end_row()?;
    }
    Ok(())
}

/// What is not done within the limit, where it should be, why it is not, and which steps that is about.
fn put_lack(study: &Study, verdict: Verdict, table: &mut Table) -> io::Result<()> {
    let Verdict::NotOffered { missing, at, why, lacking, .. } = verdict else {
        return (0..4).try_for_each(|_| table.show(""));
    };
    table.show(missing)?;
    table.text(&study.sites()[at].id)?;
    table.show(why.word())?;
    table.show(lacking)
}
