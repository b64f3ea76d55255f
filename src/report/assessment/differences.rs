//! `change_*.csv` and `trend_*.csv`: how one run differs from another, by unit and by cell.

use std::io;

use crate::assess::Difference;
use crate::assess::difference::{CellDifference, Part, Sums, UnitDifference};
use crate::report::column::{Columns, Value, write};
use crate::report::number::Number;
use crate::report::out::Out;

/// A unit by its written id, or the whole.
pub(crate) type UnitRow<'r> = (&'r str, &'r UnitDifference);

pub(super) fn write_units(difference: &Difference, out: &mut dyn Out) -> io::Result<()> {
    let units = difference.units.iter().map(|row| (row.id.as_str(), row));
    let total = ("total", &difference.total);
    write(&unit_columns(), units.chain([total]), out)
}

pub(crate) fn unit_columns<'r>() -> Columns<UnitRow<'r>> {
    Columns::<UnitRow<'r>>::new()
        .with("unit", "单位编号", |(id, _)| Value::text(id))
        .with("name", "单位名称", |(_, row)| Value::text(&row.name))
        .with("population_before", "原人口", |(_, row)| {
            sums(row.before.as_ref(), |sums| {
                Some(Number::people(sums.people))
            })
        })
        .with("population_after", "现人口", |(_, row)| {
            sums(row.after.as_ref(), |sums| Some(Number::people(sums.people)))
        })
        .with("covered_before", "原覆盖人口", |(_, row)| {
            sums(row.before.as_ref(), |sums| {
                Some(Number::people(sums.covered))
            })
        })
        .with("covered_after", "现覆盖人口", |(_, row)| {
            sums(row.after.as_ref(), |sums| {
                Some(Number::people(sums.covered))
            })
        })
        .with("share_before", "原覆盖率", |(_, row)| {
            sums(row.before.as_ref(), |sums| share(sums.share))
        })
        .with("share_after", "现覆盖率", |(_, row)| {
            sums(row.after.as_ref(), |sums| share(sums.share))
        })
        .with("share_change", "覆盖率变化", |(_, row)| {
            Value::maybe(row.share_change().map(change))
        })
        .with("score_before", "原得分", |(_, row)| {
            sums(row.before.as_ref(), |sums| share(sums.score))
        })
        .with("score_after", "现得分", |(_, row)| {
            sums(row.after.as_ref(), |sums| share(sums.score))
        })
        .with("score_change", "得分变化", |(_, row)| {
            Value::maybe(row.score_change().map(change))
        })
        .with("newly_covered", "新增覆盖人口", |(_, row)| {
            Value::people(row.newly_covered)
        })
        .with("no_longer_covered", "不再覆盖人口", |(_, row)| {
            Value::people(row.no_longer_covered)
        })
}

/// A figure of a run; empty where the unit is in the other run only.
fn sums(sums: Option<&Sums>, of: impl Fn(&Sums) -> Option<Number>) -> Value<'static> {
    Value::maybe(sums.and_then(of))
}

/// A part of one, where there is one.
fn share(part: Option<Part>) -> Option<Number> {
    part.map(|part| Number::part(part.value()))
}

/// A change in millionths.
fn change(millionths: i64) -> Number {
    // A share changes by one at most, so that its millionths fit.
    Number::part(f64::from(i32::try_from(millionths).unwrap_or_default()) / 1e6)
}

pub(super) fn write_cells(difference: &Difference, out: &mut dyn Out) -> io::Result<()> {
    write(&cell_columns(), &difference.cells, out)
}

pub(crate) fn cell_columns<'r>() -> Columns<&'r CellDifference> {
    Columns::<&'r CellDifference>::new()
        .with("cell", "居民点编号", |row| Value::text(&row.after.id))
        .with("unit", "单位编号", |row| Value::text(&row.after.unit))
        .with("population", "人口", |row| {
            Value::people(row.after.people)
        })
        .with("verdict_before", "原判定", |row| {
            Value::word(row.before.verdict)
        })
        .with("verdict_after", "现判定", |row| {
            Value::word(row.after.verdict)
        })
        .with("items_done_before", "原办到事项数", |row| {
            Value::Count(row.before.items_done.into())
        })
        .with("items_done_after", "现办到事项数", |row| {
            Value::Count(row.after.items_done.into())
        })
        .with("score_before", "原得分", |row| {
            Value::maybe(share(row.before.score))
        })
        .with("score_after", "现得分", |row| {
            Value::maybe(share(row.after.score))
        })
}
