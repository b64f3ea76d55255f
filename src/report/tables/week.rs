//! `week.csv`: for each unit and each of the 168 hours of the week, who gets everything done.

use std::io;

use crate::model::{HOURS, HourSet, OpenWeek, WeekMinute};
use crate::report::atomic::Out;
use crate::report::csv::Table;
use crate::report::number::Number;
use crate::score::week::HourlyPeople;
use crate::score::{Coverage, WeekProfile, week};

const HEAD: [&str; 7] = [
    "unit",
    "name",
    "hour",
    "leaving",
    "population",
    "covered_population",
    "share",
];

pub(crate) fn write(now: &Coverage<'_>, week: &WeekProfile, out: &mut dyn Out) -> io::Result<()> {
    let mut table = Table::with_head(HEAD)?;
    for row in now.by_unit() {
        put(row.id, row.name, week.of(row.unit), &mut table)?;
    }
    put("total", now.study().name(), week.total(), &mut table)?;
    out.write_all(&table.into_bytes()?)
}

fn put(id: &str, name: &str, people: &HourlyPeople, table: &mut Table) -> io::Result<()> {
    for hour in 0..HOURS {
        table.text(id)?;
        table.text(name)?;
        table.show(hour)?;
        table.show(moment(hour))?;
        table.show(Number::people(people.people()))?;
        table.show(Number::people(people.covered()[hour]))?;
        table.maybe(Number::share(people.share(hour)))?;
        table.end_row()?;
    }
    Ok(())
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
pub(crate) fn hours_open(now: &Coverage<'_>) -> HourSet {
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
