//! `groups.csv`: each group, in the whole and by unit, and the sum of all groups that do not overlap.

use std::io;

use crate::report::atomic::Out;
use crate::report::csv::Table;
use crate::report::number::Number;
use crate::score::{Breakdown, GroupCoverage, Tally};

const HEAD: [&str; 12] = [
    "group",
    "name",
    "unit",
    "unit_name",
    "population",
    "covered_population",
    "share",
    "score",
    "covered_with_online",
    "share_with_online",
    "score_with_online",
    "counted_apart",
];

pub(crate) fn write(told: &Breakdown<'_>, out: &mut dyn Out) -> io::Result<()> {
    let mut table = Table::with_head(HEAD)?;
    for group in &told.groups {
        put_group(group, &mut table)?;
    }
    if let Some(all) = told.all_groups() {
        put_head(["total", "", "total", ""], &mut table)?;
        put_sums(&all, false, &mut table)?;
    }
    out.write_all(&table.into_bytes()?)
}

fn put_group(group: &GroupCoverage<'_>, table: &mut Table) -> io::Result<()> {
    let (id, name, apart) = (
        group.group.id.as_str(),
        group.group.name.as_str(),
        group.group.apart,
    );
    put_head([id, name, "total", ""], table)?;
    put_sums(
        &[*group.at_sites.total(), *group.best().total()],
        apart,
        table,
    )?;
    for (at_sites, best) in group.at_sites.by_unit().iter().zip(group.best().by_unit()) {
        put_head([id, name, at_sites.id, at_sites.name], table)?;
        put_sums(&[at_sites.tally, best.tally], apart, table)?;
    }
    Ok(())
}

fn put_head(texts: [&str; 4], table: &mut Table) -> io::Result<()> {
    texts.iter().try_for_each(|text| table.text(text))
}

fn put_sums([at_sites, best]: &[Tally; 2], apart: bool, table: &mut Table) -> io::Result<()> {
    table.show(Number::people(at_sites.people()))?;
    for tally in [at_sites, best] {
        table.show(Number::people(tally.covered()))?;
        table.maybe(Number::share(tally.share()))?;
        table.maybe(Number::share(tally.score()))?;
    }
    table.show(if apart { "yes" } else { "no" })?;
    table.end_row()
}
