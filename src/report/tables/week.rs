//! `week.csv`: for each unit and each of the 168 hours of the week, who gets everything done.

use std::io;

use crate::model::{HOURS, HourSet, OpenWeek, WeekMinute};
use crate::report::column::{Columns, Sink, Value, write};
use crate::report::rules_on::RulesOn;
use crate::run::Results;
use crate::score::week::HourlyPeople;
use crate::score::{Coverage, WeekProfile, week};

/// What a row tells of: a unit, or the whole, in one hour of the week.
pub(crate) struct Row<'r> {
    id: &'r str,
    name: &'r str,
    people: Option<&'r HourlyPeople>,
    firms: Option<&'r HourlyPeople>,
    hour: usize,
}

/// A row an hour for each unit, then for the whole.
pub(crate) fn write_week(results: &Results, out: &mut (impl Sink + ?Sized)) -> io::Result<()> {
    let now = &results.coverage;
    let week = results.breakdown.week.as_ref();
    let firm_week = results.breakdown.firm_week.as_ref();
    let units = now.by_unit();
    let mut all: Vec<Row<'_>> = Vec::with_capacity(units.len() + 1);
    for unit in &units {
        all.push(Row {
            id: unit.id,
            name: unit.name,
            people: week.map(|week| week.of(unit.unit)),
            firms: firm_week.map(|week| week.of(unit.unit)),
            hour: 0,
        });
    }
    all.push(Row {
        id: "total",
        name: now.study().name(),
        people: week.map(WeekProfile::total),
        firms: firm_week.map(WeekProfile::total),
        hour: 0,
    });
    let rows = all
        .into_iter()
        .flat_map(|row| (0..HOURS).map(move |hour| Row { hour, ..row }));
    write(&columns(RulesOn::of(results)), rows, out)
}

/// The columns; those of the firms only where the study says of firms.
pub(crate) fn columns<'r>(on: RulesOn) -> Columns<Row<'r>> {
    let columns = Columns::<Row<'r>>::new()
        .with("unit", "单位编号", |row| Value::text(row.id))
        .with("name", "单位名称", |row| Value::text(row.name))
        .with("hour", "小时序号", |row| Value::count(row.hour))
        .with("leaving", "出发时刻", |row| {
            Value::word(moment(row.hour))
        })
        .with("population", "人口", |row| everybody(row.people))
        .with("covered_population", "覆盖人口", |row| {
            covered(row.people, row.hour)
        })
        .with("share", "覆盖率", |row| share(row.people, row.hour));
    if !on.firms {
        return columns;
    }
    columns
        .with("firms", "企业数", |row| everybody(row.firms))
        .with("covered_firms", "覆盖企业数", |row| {
            covered(row.firms, row.hour)
        })
        .with("firms_share", "企业覆盖率", |row| {
            share(row.firms, row.hour)
        })
}

fn everybody(hourly: Option<&HourlyPeople>) -> Value<'static> {
    hourly.map_or(Value::Empty, |hourly| Value::people(hourly.people()))
}

fn covered(hourly: Option<&HourlyPeople>, hour: usize) -> Value<'static> {
    hourly.map_or(Value::Empty, |hourly| Value::people(hourly.covered()[hour]))
}

fn share(hourly: Option<&HourlyPeople>, hour: usize) -> Value<'static> {
    hourly.map_or(Value::Empty, |hourly| Value::share(hourly.share(hour)))
}

/// The hour as a day and a time, such as `Mo 10:00`.
pub(crate) fn moment(hour: usize) -> String {
    start_of(hour).map_or_else(String::new, |minute| minute.to_string())
}

/// The first minute of an hour of the week.
pub(crate) fn start_of(hour: usize) -> Option<WeekMinute> {
    WeekMinute::new(u32::try_from(hour * 60).ok()?)
}

/// The hours in which any site of the study is open that is not always open; where all are always
/// open, every hour.
pub(crate) fn hours_open(now: &Coverage) -> HourSet {
    let study = now.study();
    let Some(time) = study.time() else {
        return HourSet::EMPTY;
    };
    let weeks = || {
        study
            .sites()
            .iter()
            .filter(|&(id, _)| now.exists(id))
            .map(|(_, site)| time.hours_of(site))
    };
    // A terminal that never closes says nothing about when one should go.
    let staffed = week::hours_open(weeks().filter(|week| **week != OpenWeek::always()));
    if staffed.is_empty() {
        week::hours_open(weeks())
    } else {
        staffed
    }
}
