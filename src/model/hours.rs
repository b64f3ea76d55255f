//! Opening hours: when, in one reference week, a site can be used.
//!
//! A site is near only if it is open when one gets there. Time of day is asked about one *reference
//! week*, Monday to Sunday, in whole minutes. Somebody who leaves at a given time and walks for a
//! given time finds a site open when the arrival lies **at or after opening and strictly before
//! closing**: who arrives at the very minute of closing stands before a closed door.
//!
//! The week is read round: who leaves on Sunday at 23:50 and walks for 15 minutes arrives on Monday
//! at 00:05 of the same reference week.
//!
//! # Worked example
//!
//! A station is open from Monday to Friday, 09:00–12:00 and 13:30–17:00. From a village 14 minutes
//! away one may leave at 09:00, 10:00, 11:00, 14:00, 15:00 and 16:00, and also at 08:46; leaving at
//! the full hour of 12:00 or 13:00 ends before a closed door. Of the 168 full hours of the week the
//! station is of use in 5 × 6 = 30.
//!
//! ```
//! use walkshed::TravelTime;
//! use walkshed::model::OpenWeek;
//!
//! let day = |day: u32| [(9 * 60, 12 * 60), (13 * 60 + 30, 17 * 60)].map(|(from, to)| day * 1440 + from..day * 1440 + to);
//! let station = OpenWeek::new((0..5).flat_map(day));
//! let hours = station.hours_reached(TravelTime::from_minutes(14));
//! assert_eq!(hours.count(), 30);
//! assert_eq!(hours.iter().take(6).collect::<Vec<_>>(), [9, 10, 11, 14, 15, 16]);
//! ```

use std::fmt;
use std::ops::Range;

use chrono::{Datelike, NaiveDateTime, Timelike};

use super::hour_set::{HOURS, HourSet};
use crate::units::TravelTime;

/// Minutes in a week.
const MINUTES: u32 = 10_080;
/// Ticks in a minute.
const TICKS: u32 = 60 * TravelTime::TICKS_PER_SECOND;
const DAYS: [&str; 7] = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"];

/// A minute of the week, counted from Monday 00:00: 0 to 10,079.
///
/// ```
/// use walkshed::model::WeekMinute;
/// // Tuesday, half past eight.
/// let minute = WeekMinute::new(1440 + 8 * 60 + 30).unwrap();
/// assert_eq!(minute.to_string(), "Tu 08:30");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WeekMinute(u32);

impl WeekMinute {
    /// This minute of the week; `None` from 10,080 on.
    ///
    /// ```
    /// use walkshed::model::WeekMinute;
    /// assert_eq!(WeekMinute::new(10_079).map(|last| last.to_string()).as_deref(), Some("Su 23:59"));
    /// assert_eq!(WeekMinute::new(10_080), None);
    /// ```
    #[must_use]
    pub fn new(minute: u32) -> Option<Self> {
        (minute < MINUTES).then_some(Self(minute))
    }

    /// The minute of its week at which a moment lies; seconds are dropped.
    ///
    /// ```
    /// use walkshed::model::WeekMinute;
    /// let opening = chrono::NaiveDate::from_ymd_opt(2024, 7, 1).and_then(|day| day.and_hms_opt(9, 0, 59));
    /// assert_eq!(opening.map(WeekMinute::of), WeekMinute::new(9 * 60), "a Monday");
    /// ```
    #[must_use]
    pub fn of(moment: NaiveDateTime) -> Self {
        let day = moment.weekday().num_days_from_monday();
        Self(day * 1440 + moment.hour() * 60 + moment.minute())
    }

    /// The number of minutes since Monday 00:00.
    ///
    /// ```
    /// use walkshed::model::WeekMinute;
    /// assert_eq!(WeekMinute::new(540).map(WeekMinute::get), Some(540));
    /// ```
    #[must_use]
    pub const fn get(self) -> u32 {
        self.0
    }

    /// The minute in which one arrives after so long a walk, round the week.
    ///
    /// ```
    /// use walkshed::TravelTime;
    /// use walkshed::model::WeekMinute;
    /// let sunday_night = WeekMinute::new(6 * 1440 + 23 * 60 + 50).unwrap();
    /// assert_eq!(sunday_night.after(TravelTime::from_minutes(15)).to_string(), "Mo 00:05");
    /// ```
    #[must_use]
    pub const fn after(self, walk: TravelTime) -> Self {
        Self((self.0 + walk.ticks() / TICKS) % MINUTES)
    }
}

impl fmt::Display for WeekMinute {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let day = DAYS[(self.0 / 1440) as usize];
        f.pad(&format!("{day} {:02}:{:02}", self.0 / 60 % 24, self.0 % 60))
    }
}

/// The minutes of the reference week at which a site is open.
///
/// Kept as 60 sets of hours, one for each minute past the hour, so that [`OpenWeek::hours_reached`]
/// is a look-up: 1,440 bytes a week. Shown as `Mo 09:00-12:00, Mo 13:30-17:00, …`, `closed` or `24/7`.
///
/// ```
/// use walkshed::model::OpenWeek;
/// let mornings = OpenWeek::new((0..2).map(|day| day * 1440 + 9 * 60..day * 1440 + 12 * 60));
/// assert_eq!(mornings.to_string(), "Mo 09:00-12:00, Tu 09:00-12:00");
/// ```
#[doc(alias = "办公时间")]
#[doc(alias = "opening_hours")]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenWeek {
    /// At place m: the hours h such that the site is open in the minute h:m.
    by_minute: [HourSet; 60],
}

impl OpenWeek {
    /// Open within these ranges of minutes since Monday 00:00, ends excluded. Ranges may overlap;
    /// what passes Sunday midnight goes on from Monday 00:00.
    ///
    /// ```
    /// use walkshed::model::OpenWeek;
    /// // Sunday from 22:00, for four hours.
    /// let night = OpenWeek::new([6 * 1440 + 22 * 60..6 * 1440 + 26 * 60]);
    /// assert_eq!(night.to_string(), "Mo 00:00-02:00, Su 22:00-24:00");
    /// assert_eq!(OpenWeek::new([]).to_string(), "closed");
    /// ```
    #[must_use]
    pub fn new(ranges: impl IntoIterator<Item = Range<u32>>) -> Self {
        let mut open = vec![false; MINUTES as usize];
        for range in ranges {
            // More than a week goes round once: every minute is open then.
            let end = range.end.min(range.start.saturating_add(MINUTES));
            (range.start..end).for_each(|minute| open[(minute % MINUTES) as usize] = true);
        }
        let hours = |past: usize| HourSet::of((0..HOURS).filter(|hour| open[hour * 60 + past]));
        Self {
            by_minute: std::array::from_fn(hours),
        }
    }

    /// Open at any time, as a terminal in a 24-hour hall.
    ///
    /// ```
    /// use walkshed::model::OpenWeek;
    /// assert_eq!(OpenWeek::always().to_string(), "24/7");
    /// ```
    #[must_use]
    pub const fn always() -> Self {
        Self {
            by_minute: [HourSet::ALL; 60],
        }
    }

    /// Open whenever either is.
    ///
    /// ```
    /// use walkshed::model::OpenWeek;
    /// let [morning, afternoon] = [9 * 60..12 * 60, 13 * 60..17 * 60].map(|range| OpenWeek::new([range]));
    /// assert_eq!(morning.with(&afternoon).to_string(), "Mo 09:00-12:00, Mo 13:00-17:00");
    /// ```
    #[must_use]
    pub fn with(&self, other: &Self) -> Self {
        let by_minute = std::array::from_fn(|past| self.by_minute[past] | other.by_minute[past]);
        Self { by_minute }
    }

    /// Whether the site is open in this minute.
    ///
    /// ```
    /// use walkshed::model::{OpenWeek, WeekMinute};
    /// let station = OpenWeek::new([9 * 60..17 * 60]);
    /// let open = [9 * 60, 17 * 60].map(|minute| station.is_open(WeekMinute::new(minute).unwrap()));
    /// assert_eq!(open, [true, false], "at the minute of closing the door is shut");
    /// ```
    #[must_use]
    pub fn is_open(&self, minute: WeekMinute) -> bool {
        self.by_minute[minute.0 as usize % 60].contains(minute.0 as usize / 60)
    }

    /// Whether somebody who leaves at this minute and walks so long finds the site open: arrives at
    /// or after opening and strictly before closing.
    ///
    /// ```
    /// use walkshed::TravelTime;
    /// use walkshed::model::{OpenWeek, WeekMinute};
    /// let station = OpenWeek::new([9 * 60..17 * 60]);
    /// let walk = TravelTime::from_minutes(14);
    /// let open = |minute| station.is_open_on_arrival(WeekMinute::new(minute).unwrap(), walk);
    /// // Whoever leaves at 08:46 is there at 09:00; whoever leaves at 16:46 is there at 17:00.
    /// assert!(open(8 * 60 + 46) && !open(8 * 60 + 45) && !open(16 * 60 + 46));
    /// ```
    #[must_use]
    pub fn is_open_on_arrival(&self, leaving: WeekMinute, walk: TravelTime) -> bool {
        self.is_open(leaving.after(walk))
    }

    /// Whether the site is open in every minute from this one to the end of a walk of so long: then
    /// whoever arrives sooner finds it open too. O(minutes of the walk).
    ///
    /// ```
    /// use walkshed::TravelTime;
    /// use walkshed::model::{OpenWeek, WeekMinute};
    /// let station = OpenWeek::new([9 * 60..17 * 60]);
    /// let open = |minute, walk| {
    ///     station.is_open_until(WeekMinute::new(minute).unwrap(), TravelTime::from_minutes(walk))
    /// };
    /// assert!(open(9 * 60, 15));
    /// // Open on arrival, but not to somebody who walks faster.
    /// assert!(!open(8 * 60 + 50, 15));
    /// ```
    #[must_use]
    pub fn is_open_until(&self, leaving: WeekMinute, walk: TravelTime) -> bool {
        (0..=(walk.ticks() / TICKS).min(MINUTES))
            .all(|minute| self.is_open(WeekMinute((leaving.0 + minute) % MINUTES)))
    }

    /// The full hours such that somebody who leaves then and walks so long finds the site open on
    /// arrival. O(1).
    ///
    /// ```
    /// use walkshed::TravelTime;
    /// use walkshed::model::OpenWeek;
    /// let station = OpenWeek::new([9 * 60..12 * 60]);
    /// let hours = |walk| station.hours_reached(TravelTime::from_minutes(walk)).iter().collect::<Vec<_>>();
    /// assert_eq!(hours(0), [9, 10, 11]);
    /// assert_eq!(hours(60), [8, 9, 10]);
    /// ```
    #[must_use]
    pub fn hours_reached(&self, walk: TravelTime) -> HourSet {
        let minutes = (walk.ticks() / TICKS) as usize;
        self.by_minute[minutes % 60].earlier(minutes / 60)
    }

    /// The ranges of minutes since Monday 00:00 at which the site is open: sorted, apart from each
    /// other, ends excluded. A night from Sunday to Monday is two ranges.
    ///
    /// ```
    /// use walkshed::model::OpenWeek;
    /// let week = OpenWeek::new([540..720, 600..780, 1440..1441]);
    /// assert_eq!(week.ranges(), [540..780, 1440..1441]);
    /// ```
    #[must_use]
    pub fn ranges(&self) -> Vec<Range<u32>> {
        let mut ranges: Vec<Range<u32>> = Vec::new();
        for minute in (0..MINUTES).filter(|&minute| self.is_open(WeekMinute(minute))) {
            // A minute that follows the last one makes its range longer.
            match ranges.last_mut() {
                Some(last) if last.end == minute => last.end += 1,
                _ => ranges.push(minute..minute + 1),
            }
        }
        ranges
    }
}

impl fmt::Display for OpenWeek {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.ranges()[..] {
            [] => f.write_str("closed"),
            [all] if *all == (0..MINUTES) => f.write_str("24/7"),
            ranges => f.write_str(&ranges.iter().map(shown).collect::<Vec<_>>().join(", ")),
        }
    }
}

/// A range as `Mo 09:00-12:00`, with the day of its end where that is another one.
fn shown(range: &Range<u32>) -> String {
    let start = WeekMinute(range.start);
    let first_day = range.start / 1440;
    // The last minute decides: what ends at midnight ends at 24:00 of its own day.
    let last_day = (range.end - 1) / 1440;
    let end = range.end - last_day * 1440;
    let until = format!("{:02}:{:02}", end / 60, end % 60);
    if last_day == first_day {
        format!("{start}-{until}")
    } else {
        format!("{start}-{} {until}", DAYS[last_day as usize])
    }
}

#[cfg(test)]
#[path = "hours_tests.rs"]
mod tests;
