//! When it is asked: the reference week, and the moment of leaving.

use std::sync::Arc;

use chrono::{Datelike, Days, NaiveDate, NaiveDateTime};

use super::hours::{OpenWeek, WeekMinute};
use super::sites::Site;

/// When it is asked: the reference week, and in it the moment of leaving, if one is asked.
///
/// ```
/// use std::sync::Arc;
/// use walkshed::model::{OpenWeek, TimeRule};
/// // Wednesday, 6 March 2024, at half past ten; who states no hours is open on weekdays.
/// let weekdays = Arc::new(OpenWeek::new((0..5).map(|day| day * 1440 + 9 * 60..day * 1440 + 17 * 60)));
/// let day = chrono::NaiveDate::from_ymd_opt(2024, 3, 6).unwrap();
/// let rule = TimeRule::at_moment(day.and_hms_opt(10, 30, 0).unwrap(), weekdays);
/// assert_eq!(rule.week_start().to_string(), "2024-03-04");
/// assert_eq!(rule.at().map(|at| at.to_string()).as_deref(), Some("We 10:30"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeRule {
    week_start: NaiveDate,
    at: Option<WeekMinute>,
    unstated: Arc<OpenWeek>,
}

impl TimeRule {
    /// The week that this day lies in; `unstated` are the hours of sites that state none.
    #[must_use]
    pub fn week_of(day: NaiveDate, unstated: Arc<OpenWeek>) -> Self {
        let since_monday = Days::new(day.weekday().num_days_from_monday().into());
        Self {
            // The first week of the calendar may have no Monday: it begins where the calendar does.
            week_start: day.checked_sub_days(since_monday).unwrap_or(day),
            at: None,
            unstated,
        }
    }

    /// The week that this moment lies in, and the moment (seconds are dropped).
    #[must_use]
    pub fn at_moment(moment: NaiveDateTime, unstated: Arc<OpenWeek>) -> Self {
        Self {
            at: Some(WeekMinute::of(moment)),
            ..Self::week_of(moment.date(), unstated)
        }
    }

    /// The Monday of the reference week.
    #[must_use]
    pub const fn week_start(&self) -> NaiveDate {
        self.week_start
    }

    /// The moment of leaving that is asked; none when only the week is.
    #[must_use]
    pub const fn at(&self) -> Option<WeekMinute> {
        self.at
    }

    /// The hours of sites that state none.
    #[must_use]
    pub fn unstated(&self) -> &OpenWeek {
        &self.unstated
    }

    /// A site's hours: its own, or those of sites that state none.
    #[must_use]
    pub fn hours_of<'a>(&'a self, site: &'a Site) -> &'a OpenWeek {
        site.hours.as_deref().unwrap_or(&self.unstated)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_day_names_its_week() {
        let day = |day| NaiveDate::from_ymd_opt(2024, 3, day).expect("a date");
        let always = Arc::new(OpenWeek::always());
        for any in 4..=10 {
            assert_eq!(
                TimeRule::week_of(day(any), always.clone()).week_start(),
                day(4)
            );
        }
        let moment = day(6).and_hms_opt(10, 30, 59).expect("a time");
        let rule = TimeRule::at_moment(moment, always);
        assert_eq!(
            (rule.week_start(), rule.at()),
            (day(4), WeekMinute::new(2 * 1440 + 10 * 60 + 30))
        );
    }
}
