//! `trend_line.csv`: the earlier runs and this one, unit by unit.

use std::io;

use crate::assess::TrendPoint;
use crate::assess::difference::Part;
use crate::report::column::{Columns, Value, write};
use crate::report::number::Number;
use crate::report::out::Out;

/// What this run is called in a trend line.
pub(in crate::report) const NOW: &str = "now";

pub(super) fn write_line(points: &[TrendPoint], out: &mut dyn Out) -> io::Result<()> {
    write(&columns(), points, out)
}

pub(crate) fn columns<'r>() -> Columns<&'r TrendPoint> {
    Columns::<&'r TrendPoint>::new()
        .with("run", "结果", |row| {
            Value::text(if row.run.is_empty() { NOW } else { &row.run })
        })
        .with("date", "日期", |row| Value::text(&row.date))
        .with("unit", "单位编号", |row| {
            Value::text(row.unit.as_deref().unwrap_or("total"))
        })
        .with("name", "单位名称", |row| Value::text(&row.name))
        .with("people", "人口", |row| Value::people(row.sums.people))
        .with("covered", "覆盖人口", |row| {
            Value::people(row.sums.covered)
        })
        .with("share", "覆盖率", |row| part(row.sums.share))
        .with("score", "得分", |row| part(row.sums.score))
        .with("asked_otherwise", "口径不同", |row| {
            Value::Word(row.unlike.join("; ").into())
        })
}

fn part<'a>(part: Option<Part>) -> Value<'a> {
    Value::maybe(part.map(|part| Number::part(part.value())))
}
