//! `plan_units.csv`: each unit before and after a plan.

use std::io;

use crate::proposal::Proposal;
use crate::report::column::{Columns, Value, write};
use crate::report::out::Out;
use crate::score::Tally;

/// One unit, or the whole.
pub(in crate::report) struct Row<'p> {
    id: &'p str,
    name: &'p str,
    before: Tally,
    after: Tally,
}

pub(super) fn write_units(proposal: &Proposal, out: &mut dyn Out) -> io::Result<()> {
    let before = proposal.before.by_unit();
    let after = proposal.after.by_unit();
    // A plan leaves the units as they are.
    let units = before.iter().zip(&after).map(|(before, after)| Row {
        id: before.id,
        name: before.name,
        before: before.tally,
        after: after.tally,
    });
    let whole = Row {
        id: "total",
        name: proposal.before.study().name(),
        before: *proposal.before.total(),
        after: *proposal.after.total(),
    };
    write(&columns(), units.chain([whole]), out)
}

/// The columns of `plan_units.csv`.
pub(in crate::report) fn columns<'p>() -> Columns<Row<'p>> {
    Columns::<Row<'p>>::new()
        .with("unit", "单位", |row| Value::text(row.id))
        .with("name", "名称", |row| Value::text(row.name))
        .with("population", "人口", |row| {
            Value::people(row.before.people())
        })
        .with("covered_before", "原覆盖人口", |row| {
            Value::people(row.before.covered())
        })
        .with("covered_after", "规划后覆盖人口", |row| {
            Value::people(row.after.covered())
        })
        .with("gain", "新增覆盖", |row| {
            Value::people(row.after.covered() - row.before.covered())
        })
        .with("share_before", "原覆盖率", |row| {
            Value::share(row.before.share())
        })
        .with("share_after", "规划后覆盖率", |row| {
            Value::share(row.after.share())
        })
}
