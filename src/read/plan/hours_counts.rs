//! What is told of opening hours: how many sites were assumed to be open, and what is doubtful.

use super::calendar::Calendar;
use crate::model::Severity;
use crate::words::{Text, text as words};

/// How many sites there are of which a finding tells.
#[derive(Debug, Default)]
pub(super) struct Counts {
    pub(super) sites: usize,
    pub(super) unstated: usize,
    pub(super) conditional: usize,
    pub(super) no_holiday_rule: usize,
    pub(super) never: usize,
    /// Sites whose hours name days without times.
    pub(super) days_alone: usize,
    /// The first such hours.
    pub(super) days_alone_example: Option<String>,
}

/// A finding about the hours of all sites.
pub(super) type Said = (Severity, &'static str, Text);

impl Counts {
    /// What is to be told, where sites that state no hours are taken as open at `unstated`.
    pub(super) fn findings(&self, calendar: &Calendar, unstated: &str) -> Vec<Said> {
        let found = [
            self.assumed(unstated),
            self.conditional(),
            self.never_open(),
            self.days_alone(),
            self.without_holiday_rule(calendar),
            festivals_alone(calendar),
        ];
        found.into_iter().flatten().collect()
    }

    fn assumed(&self, hours: &str) -> Option<Said> {
        let (unstated, sites) = (self.unstated, self.sites);
        (unstated > 0).then(|| {
            let message = words!(HoursAssumed, count = unstated, sites = sites, hours = hours);
            (Severity::Note, "hours-assumed", message)
        })
    }

    fn conditional(&self) -> Option<Said> {
        (self.conditional > 0).then(|| {
            let count = self.conditional;
            let message = words!(HoursConditional, count = count, sites = self.sites);
            (Severity::Suspicious, "hours-conditional", message)
        })
    }

    fn never_open(&self) -> Option<Said> {
        (self.never > 0).then(|| {
            let message = words!(NeverOpen, count = self.never, sites = self.sites);
            (Severity::Suspicious, "never-open", message)
        })
    }

    fn days_alone(&self) -> Option<Said> {
        let hours = self.days_alone_example.as_ref()?;
        let count = self.days_alone;
        let message = words!(
            DaysWithoutTimes,
            count = count,
            sites = self.sites,
            hours = hours
        );
        Some((Severity::Suspicious, "days-without-times", message))
    }

    fn without_holiday_rule(&self, calendar: &Calendar) -> Option<Said> {
        // Without a holiday in the week the rule would change nothing.
        (self.no_holiday_rule > 0 && !calendar.holidays.is_empty()).then(|| {
            let message = words!(
                NoHolidayRule,
                holidays = calendar.holidays_in_words(),
                count = self.no_holiday_rule,
                sites = self.sites,
            );
            (Severity::Suspicious, "no-holiday-rule", message)
        })
    }
}

fn festivals_alone(calendar: &Calendar) -> Option<Said> {
    let alone = calendar.festivals_alone;
    alone.then(|| (Severity::Note, "festivals-alone", words!(FestivalsAlone)))
}
