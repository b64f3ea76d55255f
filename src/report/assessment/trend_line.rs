//! `trend_line.csv`: the earlier runs and this one, unit by unit.

use std::io;

use crate::assess::TrendPoint;
use crate::assess::difference::Part;
use crate::report::column::{Columns, Sink, Value, write};
use crate::report::number::Number;

/// What this run is called in a trend line.
pub(in crate::report) const NOW: &str = "now";

pub(crate) fn write_line(points: &[TrendPoint], out: &mut (impl Sink + ?Sized)) -> io::Result<()> {
    let with_firms = points.iter().any(|point| point.firms.is_some());
    write(&columns(with_firms), points, out)
}

/// The columns; those of the firms only where a run says of firms.
pub(crate) fn columns<'r>(with_firms: bool) -> Columns<&'r TrendPoint> {
    let columns = Columns::<&'r TrendPoint>::new()
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
        });
    if with_firms {
        with_firm_columns(columns)
    } else {
        columns
    }
}

fn with_firm_columns(columns: Columns<&TrendPoint>) -> Columns<&TrendPoint> {
    columns
        .with("firms", "企业数", |row| {
            Value::maybe(row.firms.map(|firms| Number::people(firms.people)))
        })
        .with("covered_firms", "覆盖企业数", |row| {
            Value::maybe(row.firms.map(|firms| Number::people(firms.covered)))
        })
        .with("firms_share", "企业覆盖率", |row| {
            part(row.firms.and_then(|firms| firms.share))
        })
        .with("firms_score", "企业得分", |row| {
            part(row.firms.and_then(|firms| firms.score))
        })
}

fn part<'a>(part: Option<Part>) -> Value<'a> {
    Value::maybe(part.map(|part| Number::part(part.value())))
}
