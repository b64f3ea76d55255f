//! The hours of a site, as an explanation shows them.

use crate::model::{OpenWeek, WeekMinute};
use crate::report::words;
use crate::words::{Text, text};

/// The minutes of a day.
const DAY: u32 = 1440;
/// The minutes of a week.
const WEEK: u32 = 7 * DAY;

/// The hours of the day on which one arrives, such as `09:00-12:00`.
pub(super) fn that_day(week: &OpenWeek, arrival: WeekMinute) -> Vec<String> {
    let midnight = arrival.get() / DAY * DAY;
    let mut hours = Vec::new();
    for range in week.ranges() {
        // Hours that run past midnight are cut: each day has its own part.
        let start = range.start.max(midnight);
        let end = range.end.min(midnight + DAY);
        if start < end {
            hours.push(format!(
                "{}-{}",
                clock(start - midnight),
                clock(end - midnight)
            ));
        }
    }
    hours
}

/// The hours of a week: days in a row with the same hours are one clause.
pub(super) fn of_week(week: &OpenWeek) -> Vec<Text> {
    let days: Vec<(WeekMinute, Vec<String>)> = (0..WEEK)
        .step_by(DAY as usize)
        .filter_map(WeekMinute::new)
        .map(|midnight| (midnight, that_day(week, midnight)))
        .collect();
    days.chunk_by(|(_, one), (_, next)| one == next)
        .filter(|alike| !alike[0].1.is_empty())
        .map(alike)
        .collect()
}

/// Days in a row with the same hours.
fn alike(days: &[(WeekMinute, Vec<String>)]) -> Text {
    let (first, hours) = &days[0];
    let hours = hours.join(", ");
    let (last, _) = &days[days.len() - 1];
    if first == last {
        return text!(HoursOfDay, day = words::day(*first), hours = hours);
    }
    text!(
        HoursOfDays,
        first = words::day(*first),
        last = words::day(*last),
        hours = hours,
    )
}

fn clock(minute: u32) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_alike_are_one_clause() {
        let monday_to_wednesday = (0..3).map(|day| day * DAY + 540..day * DAY + 1020);
        let saturday = 5 * DAY + 600..5 * DAY + 720;
        let week = OpenWeek::new(monday_to_wednesday.chain([saturday]));
        let told: Vec<String> = of_week(&week).iter().map(ToString::to_string).collect();
        assert_eq!(told, ["Mo-We 09:00-17:00", "Sa 10:00-12:00"]);
    }

    #[test]
    fn a_site_that_never_closes_is_open_round_the_clock() {
        let told: Vec<String> = of_week(&OpenWeek::always())
            .iter()
            .map(ToString::to_string)
            .collect();
        assert_eq!(told, ["Mo-Su 00:00-24:00"]);
    }
}
