//! What is told of opening hours: how many sites were assumed to be open, and what is doubtful.

use std::collections::BTreeMap;

use super::calendar::Calendar;
use super::hours_doubts::Doubt;
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
    /// Sites with hours of which something is doubtful, and the first such hours.
    pub(super) doubts: BTreeMap<Doubt, (usize, String)>,
}

/// A finding about the hours of all sites.
pub(super) type Said = (Severity, &'static str, Text);

impl Counts {
    /// What is to be told, where sites that state no hours are taken as open at `unstated`.
    pub(super) fn findings(&self, calendar: &Calendar, unstated: &str) -> Vec<Said> {
        let first = [
            self.assumed(unstated),
            self.conditional(),
            self.never_open(),
        ];
        let last = [
            self.without_holiday_rule(calendar),
            festivals_alone(calendar),
        ];
        let doubts = self.doubts().map(Some);
        let all = first.into_iter().chain(doubts).chain(last);
        all.flatten().collect()
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

    fn doubts(&self) -> impl Iterator<Item = Said> {
        let doubts = self.doubts.iter();
        doubts.map(|(doubt, (count, hours))| {
            let message = doubt.message([*count, self.sites], hours);
            (Severity::Suspicious, doubt.code(), message)
        })
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
