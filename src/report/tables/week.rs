//! `week.csv`: for each unit and each of the 168 hours of the week, who gets everything done.

use std::io;

use crate::model::{HOURS, HourSet, OpenWeek, WeekMinute};
use crate::report::column::{Columns, Value, write};
use crate::report::out::Out;
use crate::score::week::HourlyPeople;
use crate::score::{Coverage, WeekProfile, week};

/// What a row tells of: a unit, or the whole, in one hour of the week.
pub(crate) struct Row<'r> {
    id: &'r str,
    name: &'r str,
    people: &'r HourlyPeople,
    hour: usize,
}

pub(crate) fn write_week(now: &Coverage, week: &WeekProfile, out: &mut dyn Out) -> io::Result<()> {
    let units = now.by_unit();
    let mut all: Vec<(&str, &str, &HourlyPeople)> = Vec::with_capacity(units.len() + 1);
    for unit in &units {
        all.push((unit.id, unit.name, week.of(unit.unit)));
    }
    all.push(("total", now.study().name(), week.total()));
    let rows = all.into_iter().flat_map(|(id, name, people)| {
        (0..HOURS).map(move |hour| Row {
            id,
            name,
            people,
            hour,
        })
    });
    write(&columns(), rows, out)
}

pub(crate) fn columns<'r>() -> Columns<Row<'r>> {
    Columns::<Row<'r>>::new()
        .with("unit", "单位编号", |row| Value::text(row.id))
        .with("name", "单位名称", |row| Value::text(row.name))
        .with("hour", "小时序号", |row| Value::count(row.hour))
        .with("leaving", "出发时刻", |row| {
            Value::word(moment(row.hour))
        })
        .with("population", "人口", |row| {
            Value::people(row.people.people())
        })
        .with("covered_population", "覆盖人口", |row| {
            Value::people(row.people.covered()[row.hour])
        })
        .with("share", "覆盖率", |row| {
            Value::share(row.people.share(row.hour))
        })
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
    let staffed = week::hours_open(weeks().filter(|week| **week != OpenWeek::always()));
    if staffed.is_empty() {
        week::hours_open(weeks())
    } else {
        staffed
    }
}
