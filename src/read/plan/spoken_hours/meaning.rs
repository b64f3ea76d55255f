//! What a sentence means: days × times, by season, and what holds on public holidays.

use chrono::{Datelike, NaiveDate};

/// A range of minutes of one day, the end excluded: 0 to 1440, never empty or backwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Span {
    /// The first minute.
    pub from: u16,
    /// The minute after the last.
    pub until: u16,
}

impl Span {
    /// The whole day.
    pub(super) const DAY: Self = Self {
        from: 0,
        until: 1440,
    };
}

/// Days of the week and public holidays, one bit each: Monday is the lowest, holidays the eighth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub(super) struct DaySet(pub(super) u8);

impl DaySet {
    pub(super) const NONE: Self = Self(0);
    pub(super) const WORKING: Self = Self(0b0001_1111);
    pub(super) const WEEKEND: Self = Self(0b0110_0000);
    pub(super) const WEEK: Self = Self(0b0111_1111);
    pub(super) const HOLIDAYS: Self = Self(0b1000_0000);

    /// A day of the week, Monday being 0.
    pub(super) const fn day(day: u8) -> Self {
        Self(1 << day)
    }

    /// From one day of the week to another, round the week: Sunday to Tuesday are three days.
    pub(super) fn range(first: u8, last: u8) -> Self {
        let days = (last + 7 - first) % 7;
        (0..=days).fold(Self::NONE, |all, day| {
            all.with(Self::day((first + day) % 7))
        })
    }

    pub(super) const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(super) const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    pub(super) const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    pub(super) const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether it is one day of the week and nothing else.
    pub(super) const fn is_single(self) -> bool {
        self.0.is_power_of_two() && self.0 < Self::HOLIDAYS.0
    }
}

/// A day of any year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct MonthDay {
    pub(super) month: u8,
    pub(super) day: u8,
}

/// A part of the year, both days included; it may run over the end of the year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Season {
    pub(super) first: MonthDay,
    pub(super) last: MonthDay,
}

impl Season {
    pub(super) fn holds_on(self, day: MonthDay) -> bool {
        if self.first <= self.last {
            self.first <= day && day <= self.last
        } else {
            self.first <= day || day <= self.last
        }
    }
}

impl Season {
    /// Whether some day is of both.
    pub(super) fn meets(self, other: Self) -> bool {
        self.holds_on(other.first) || other.holds_on(self.first)
    }
}

/// Times of some days, in a season or all the year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Rule {
    pub(super) season: Option<Season>,
    pub(super) days: DaySet,
    pub(super) spans: Vec<Span>,
}

/// What holds on public holidays, where no rule is about them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Holidays {
    /// Nothing is said: as on other days.
    #[default]
    Unsaid,
    /// Closed.
    Closed,
    /// Said to be as on other days.
    Ordinary,
}

/// What a sentence says of opening hours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Meaning {
    pub(super) rules: Vec<Rule>,
    pub(super) holidays: Holidays,
}

impl Meaning {
    /// The times of a day, in order. Worked out from the rules alone, so that what else is made of
    /// them can be held against it. O(rules).
    pub(crate) fn open_on(&self, day: NaiveDate, is_holiday: bool) -> Vec<Span> {
        let of_year = month_day(day);
        let weekday = DaySet(1 << day.weekday().num_days_from_monday());
        if is_holiday && self.holidays == Holidays::Closed {
            return Vec::new();
        }
        let holiday = self.spans_of(DaySet::HOLIDAYS, of_year);
        if is_holiday && !holiday.is_empty() {
            return holiday;
        }
        self.spans_of(weekday, of_year)
    }

    /// The times of days of a kind, on a day of the year: in order.
    pub(super) fn spans_of(&self, days: DaySet, of_year: MonthDay) -> Vec<Span> {
        let rules = self.rules.iter().filter(|rule| {
            let season = rule.season;
            rule.days.meets(days) && season.is_none_or(|season| season.holds_on(of_year))
        });
        let mut spans: Vec<Span> = rules.flat_map(|rule| rule.spans.iter().copied()).collect();
        spans.sort_unstable();
        spans
    }
}

/// The day of the year of a date.
pub(super) fn month_day(date: NaiveDate) -> MonthDay {
    let [month, day] = [date.month(), date.day()].map(|part| u8::try_from(part).unwrap_or(1));
    MonthDay { month, day }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_of_days_go_round_the_week() {
        assert_eq!(DaySet::range(0, 4), DaySet::WORKING);
        assert_eq!(DaySet::range(5, 6), DaySet::WEEKEND);
        assert_eq!(DaySet::range(6, 1), DaySet(0b0100_0011));
        assert_eq!(DaySet::range(3, 3), DaySet::day(3));
        assert_eq!(DaySet::range(0, 6), DaySet::WEEK);
    }

    #[test]
    fn winter_runs_over_the_end_of_the_year() {
        let day = |month, day| MonthDay { month, day };
        let winter = Season {
            first: day(10, 1),
            last: day(4, 30),
        };
        let held = [
            day(9, 30),
            day(10, 1),
            day(12, 31),
            day(1, 1),
            day(4, 30),
            day(5, 1),
        ]
        .map(|day| winter.holds_on(day));
        assert_eq!(held, [false, true, true, true, true, false]);
    }

    #[test]
    fn a_holiday_has_its_own_times_or_none() {
        let date = |day| NaiveDate::from_ymd_opt(2024, 10, day).expect("a date");
        let morning = Span {
            from: 540,
            until: 720,
        };
        let mut meaning = Meaning {
            rules: vec![Rule {
                season: None,
                days: DaySet::WORKING,
                spans: vec![morning],
            }],
            holidays: Holidays::Unsaid,
        };
        // Tuesday 1 October, Saturday 5 October.
        assert_eq!(meaning.open_on(date(1), true), [morning]);
        assert_eq!(meaning.open_on(date(5), true), []);
        meaning.holidays = Holidays::Closed;
        assert_eq!(meaning.open_on(date(1), true), []);
        assert_eq!(meaning.open_on(date(1), false), [morning]);
        meaning.holidays = Holidays::Unsaid;
        meaning.rules.push(Rule {
            season: None,
            days: DaySet::HOLIDAYS,
            spans: vec![Span::DAY],
        });
        assert_eq!(meaning.open_on(date(1), true), [Span::DAY]);
        assert_eq!(meaning.open_on(date(5), true), [Span::DAY]);
    }
}
