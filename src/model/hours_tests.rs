use proptest::prelude::*;

use super::*;

fn minute(day: u32, hour: u32, minute: u32) -> u32 {
    day * 1440 + hour * 60 + minute
}

fn at(day: u32, hour: u32, past: u32) -> WeekMinute {
    WeekMinute::new(minute(day, hour, past)).expect("within the week")
}

fn open(range: Range<u32>) -> OpenWeek {
    OpenWeek::new(std::iter::once(range))
}

fn weeks() -> impl Strategy<Value = Vec<Range<u32>>> {
    let range = (0..MINUTES, 0..3_000_u32).prop_map(|(start, length)| start..start + length);
    prop::collection::vec(range, 0..12)
}

#[test]
fn who_arrives_at_the_minute_of_closing_is_too_late() {
    let week = open(minute(0, 9, 0)..minute(0, 17, 0));
    let tick = |ticks| TravelTime::from_ticks(ticks);
    let quarter = 15 * TICKS;
    for (leaving, walk, found) in [
        (at(0, 16, 45), quarter, false),
        (at(0, 16, 45), quarter - 1, true),
        (at(0, 16, 59), TICKS - 1, true),
        (at(0, 17, 0), 0, false),
        (at(0, 8, 45), quarter, true),
        (at(0, 8, 45), quarter - 1, false),
        (at(0, 9, 0), 0, true),
        (at(1, 10, 0), 0, false),
    ] {
        assert_eq!(
            week.is_open_on_arrival(leaving, tick(walk)),
            found,
            "{leaving} + {walk} ticks"
        );
    }
    assert!(!week.hours_reached(tick(60 * TICKS)).contains(16));
    assert!(week.hours_reached(tick(60 * TICKS - 1)).contains(16));
    assert!(week.hours_reached(tick(60 * TICKS)).contains(8));
    assert!(!week.hours_reached(tick(60 * TICKS - 1)).contains(8));
}

#[test]
fn the_week_is_read_round() {
    let early = open(0..minute(0, 1, 0));
    assert!(early.is_open_on_arrival(at(6, 23, 50), TravelTime::from_minutes(15)));
    assert!(!early.is_open_on_arrival(at(6, 23, 50), TravelTime::from_minutes(9)));
    assert_eq!(
        early
            .hours_reached(TravelTime::from_minutes(60))
            .iter()
            .collect::<Vec<_>>(),
        [167]
    );
    let night = open(minute(6, 22, 0)..minute(7, 2, 0));
    assert_eq!(night.ranges(), [0..120, minute(6, 22, 0)..MINUTES]);
    assert_eq!(night.to_string(), "Mo 00:00-02:00, Su 22:00-24:00");
}

#[test]
fn a_week_is_shown_in_words() {
    assert_eq!(OpenWeek::always().to_string(), "24/7");
    assert_eq!(OpenWeek::new([]).to_string(), "closed");
    assert_eq!(
        open(minute(4, 22, 0)..minute(5, 2, 0)).to_string(),
        "Fr 22:00-Sa 02:00"
    );
    assert_eq!(OpenWeek::new([0..5000, 4000..20_000]), OpenWeek::always());
    assert_eq!(WeekMinute::new(10_080), None);
    assert_eq!(at(6, 23, 59).to_string(), "Su 23:59");
}

proptest! {
    #[test]
    fn the_look_up_equals_the_definition(ranges in weeks(), ticks in 0..u32::MAX) {
        let week = OpenWeek::new(ranges);
        for walk in [ticks, ticks % (40 * TICKS)].map(TravelTime::from_ticks) {
            let slow = |&hour: &usize| {
                let arrival = hour as u64 * 60 * u64::from(TICKS) + u64::from(walk.ticks());
                let in_week = arrival % (u64::from(MINUTES) * u64::from(TICKS));
                week.ranges().iter().any(|range| {
                    let [start, end] = [range.start, range.end].map(|minute| u64::from(minute) * u64::from(TICKS));
                    (start..end).contains(&in_week)
                })
            };
            prop_assert_eq!(week.hours_reached(walk), HourSet::of((0..HOURS).filter(slow)));
        }
    }

    #[test]
    fn ranges_are_sorted_and_apart_and_make_the_same_week(ranges in weeks()) {
        let week = OpenWeek::new(ranges);
        let sorted = week.ranges();
        prop_assert!(sorted.iter().all(|range| range.start < range.end && range.end <= MINUTES));
        prop_assert!(sorted.windows(2).all(|pair| pair[0].end < pair[1].start));
        prop_assert_eq!(OpenWeek::new(sorted), week);
    }

    #[test]
    fn a_longer_day_never_takes_an_hour_away(
        ranges in weeks(), more in weeks(), ticks in 0..100_000_000_u32, leaving in 0..MINUTES,
    ) {
        let walk = TravelTime::from_ticks(ticks);
        let short = OpenWeek::new(ranges.clone());
        let long = OpenWeek::new(ranges.into_iter().chain(more));
        let (before, after) = (short.hours_reached(walk), long.hours_reached(walk));
        prop_assert_eq!(before & after, before);
        prop_assert_eq!(OpenWeek::always().hours_reached(walk), HourSet::ALL);
        let leaving = WeekMinute(leaving);
        prop_assert!(!short.is_open_on_arrival(leaving, walk) || long.is_open_on_arrival(leaving, walk));
        prop_assert!(OpenWeek::always().is_open_on_arrival(leaving, walk));
    }
}

#[test]
fn open_until_is_open_in_every_minute_of_the_walk() {
    let week = OpenWeek::new([9 * 60..12 * 60, 10_070..10_085]);
    let minute = |minute| WeekMinute::new(minute).expect("a minute");
    let until = |from, minutes| week.is_open_until(minute(from), TravelTime::from_minutes(minutes));
    assert!(until(9 * 60, 179) && !until(9 * 60, 180) && !until(8 * 60 + 59, 5));
    assert!(
        until(10_070, 14) && until(10_079, 5) && !until(10_079, 6),
        "round the week"
    );
    assert!(OpenWeek::always().is_open_until(minute(0), TravelTime::MAX));
}

#[test]
fn a_week_with_another_is_open_when_either_is() {
    let week = |ranges: &[std::ops::Range<u32>]| OpenWeek::new(ranges.iter().cloned());
    let (one, other) = (week(&[0..90, 600..700]), week(&[60..120, 10_000..10_080]));
    let both = week(&[0..120, 600..700, 10_000..10_080]);
    assert_eq!(one.with(&other), both);
    assert_eq!(other.with(&one), both);
    assert_eq!(one.with(&week(&[])), one);
}
