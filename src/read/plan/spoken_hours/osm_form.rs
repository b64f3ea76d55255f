//! A meaning in the syntax of OpenStreetMap.

use super::clock::shown;
use super::meaning::{DaySet, Holidays, Meaning, MonthDay, Season, Span};
use super::seasons::MONTH_DAYS;
use super::year::{self, Table};

const DAYS: [&str; 7] = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"];
const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

impl Meaning {
    /// The same in OSM syntax. A later rule of OSM takes the place of an earlier one on the days it
    /// names, so that each day stands in one rule, and holidays in the last. O(days of a year).
    pub(crate) fn osm(&self) -> String {
        let is_closed = self.holidays == Holidays::Closed;
        let parts = year::parts(self);
        // Day and night all the year has a form of its own.
        if let [(None, table)] = &parts[..]
            && !is_closed
            && table[..7].iter().all(|spans| *spans == [Span::DAY])
        {
            return "24/7".to_owned();
        }
        let mut rules: Vec<String> = Vec::new();
        for (season, table) in &parts {
            let season = season.map(dates).unwrap_or_default();
            let groups = groups(table, self.holidays).into_iter();
            rules
                .extend(groups.map(|(days_of, spans)| {
                    format!("{season}{} {}", days(days_of), times(&spans))
                }));
        }
        rules.extend(is_closed.then(|| "PH off".to_owned()));
        rules.join("; ")
    }
}

/// The days of a week with equal times, in the order of their first; those with holidays last.
fn groups(table: &Table, holidays: Holidays) -> Vec<(DaySet, Vec<Span>)> {
    let mut groups: Vec<(DaySet, Vec<Span>)> = Vec::new();
    for (kind, spans) in table.iter().enumerate() {
        let day = DaySet(1 << kind);
        match groups.iter_mut().find(|(_, others)| others == spans) {
            // A day without times stands in no rule, and so is closed.
            _ if spans.is_empty() => {}
            Some((days, _)) => *days = days.with(day),
            None => groups.push((day, spans.clone())),
        }
    }
    // Where one rule holds all times and holidays are said to be like other days, it names them
    // too.
    if let ([(days, _)], Holidays::Ordinary) = (&mut groups[..], holidays) {
        *days = days.with(DaySet::HOLIDAYS);
    }
    groups.sort_by_key(|(days, _)| days.meets(DaySet::HOLIDAYS));
    groups
}

/// Days as `Mo-Fr`, `Mo,We`, `Sa,Su,PH`.
pub(super) fn days(days: DaySet) -> String {
    let mut written: Vec<String> = Vec::new();
    let mut day = 0;
    while day < 7 {
        let run = (day..7)
            .take_while(|&next| days.0 & (1 << next) != 0)
            .count();
        match run {
            0 => {}
            1 | 2 => written.extend(DAYS[day..day + run].iter().map(|day| (*day).to_owned())),
            _ => written.push(format!("{}-{}", DAYS[day], DAYS[day + run - 1])),
        }
        day += run.max(1);
    }
    written.extend(days.meets(DaySet::HOLIDAYS).then(|| "PH".to_owned()));
    written.join(",")
}

fn times(spans: &[Span]) -> String {
    let span = |span: &Span| format!("{}-{}", shown(span.from), shown(span.until));
    spans.iter().map(span).collect::<Vec<_>>().join(",")
}

/// Dates as `May-Sep: ` or `May 15-Sep 30: `.
fn dates(Season { first, last }: Season) -> String {
    let month = |day: MonthDay| MONTHS[usize::from(day.month) - 1];
    let is_whole = first.day == 1 && last.day == MONTH_DAYS[usize::from(last.month) - 1];
    if is_whole && first.month == last.month {
        return format!("{}: ", month(first));
    }
    if is_whole {
        return format!("{}-{}: ", month(first), month(last));
    }
    let date = |day: MonthDay| format!("{} {:02}", month(day), day.day);
    format!("{}-{}: ", date(first), date(last))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_written_short() {
        for (set, written) in [
            (DaySet::WORKING, "Mo-Fr"),
            (DaySet::WEEK, "Mo-Su"),
            (DaySet::WEEKEND, "Sa,Su"),
            (DaySet::day(0).with(DaySet::day(2)), "Mo,We"),
            (DaySet::WEEKEND.with(DaySet::HOLIDAYS), "Sa,Su,PH"),
            (DaySet::range(6, 1), "Mo,Tu,Su"),
        ] {
            assert_eq!(days(set), written);
        }
    }

    #[test]
    fn whole_months_are_written_short() {
        let day = |month, day| MonthDay { month, day };
        for (first, last, written) in [
            (day(5, 1), day(9, 30), "May-Sep: "),
            (day(11, 1), day(2, 29), "Nov-Feb: "),
            (day(7, 1), day(7, 31), "Jul: "),
            (day(5, 15), day(9, 30), "May 15-Sep 30: "),
        ] {
            assert_eq!(dates(Season { first, last }), written);
        }
    }
}
