//! `groups.csv`: each group, in the whole and by unit, and the sum of all groups that do not overlap.

use std::io;

use crate::report::column::{Columns, Sink, Value, write};
use crate::run::Results;
use crate::score::Tally;

/// What a row tells of: a group in a unit, or in the whole.
pub(crate) struct Row<'r> {
    group: &'r str,
    name: &'r str,
    unit: &'r str,
    unit_name: &'r str,
    at_sites: Tally,
    with_online: Tally,
    apart: bool,
}

/// A row for each group as a whole and in each unit; last, all groups together by any channel.
pub(crate) fn write_groups(results: &Results, out: &mut (impl Sink + ?Sized)) -> io::Result<()> {
    let told = &results.breakdown;
    let mut rows = Vec::new();
    for coverage in &told.groups {
        let group = coverage.group();
        let mut row = Row {
            group: &group.id,
            name: &group.name,
            unit: "total",
            unit_name: "",
            at_sites: *coverage.at_sites.total(),
            with_online: *coverage.best().total(),
            apart: group.apart,
        };
        // Both have the same units in the same order.
        let units = coverage.at_sites.by_unit();
        let units_online = coverage.best().by_unit();
        rows.push(Row { ..row });
        for (at_sites, with_online) in units.iter().zip(&units_online) {
            row.unit = at_sites.id;
            row.unit_name = at_sites.name;
            row.at_sites = at_sites.tally;
            row.with_online = with_online.tally;
            rows.push(Row { ..row });
        }
    }
    if let Some(with_online) = told.by_any_channel(&results.coverage) {
        rows.push(Row {
            group: "total",
            name: "",
            unit: "total",
            unit_name: "",
            at_sites: *results.coverage.total(),
            with_online,
            apart: false,
        });
    }
    write(&columns(), rows, out)
}

pub(crate) fn columns<'r>() -> Columns<Row<'r>> {
    Columns::<Row<'r>>::new()
        .with("group", "人群编号", |row| Value::text(row.group))
        .with("name", "人群", |row| Value::text(row.name))
        .with("unit", "单位编号", |row| Value::text(row.unit))
        .with("unit_name", "单位名称", |row| {
            Value::text(row.unit_name)
        })
        .with("population", "人口", |row| {
            Value::people(row.at_sites.inhabitants())
        })
        .with("covered_population", "覆盖人口", |row| {
            Value::people(row.at_sites.covered())
        })
        .with("share", "覆盖率", |row| {
            Value::share(row.at_sites.share())
        })
        .with("score", "得分", |row| Value::share(row.at_sites.score()))
        .with("covered_with_online", "含网办覆盖人口", |row| {
            Value::people(row.with_online.covered())
        })
        .with("share_with_online", "含网办覆盖率", |row| {
            Value::share(row.with_online.share())
        })
        .with("score_with_online", "含网办得分", |row| {
            Value::share(row.with_online.score())
        })
        .with("counted_apart", "另计", |row| Value::Flag(row.apart))
}
