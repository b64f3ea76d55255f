//! Opening hours, worked out over the reference week.
//!
//! `Mo-Fr 09:00-12:00,13:30-17:00; PH off` is read by the rules of OSM: a later part takes the
//! place of an earlier one on the days it names. `周一至周五上午9:00-12:00，下午1:30-5:00，节假日除外`
//! is read as the same (see `spoken_hours`), and a finding says so. What the rules leave open is
//! decided so that nobody is called served who might find a closed door:
//!
//! * Hours with a comment (`Mo-Fr 09:00-17:00 "by appointment"`) and `unknown` hours are conditional
//!   and do not count as open. A finding counts the sites.
//! * Hours must have a clock time at both ends: `sunrise`, `17:00+` and repeated times are errors.
//! * Hours that say nothing of public holidays hold on them too, as OSM has it. When the week has a
//!   holiday, a finding counts the sites.
//! * Days without times are open day and night, and a later rule takes the place of an earlier one,
//!   as OSM has it. Where that was hardly meant, a finding counts the sites (`hours_doubts`).
//!
//! Equal texts are worked out once, so that 5,000 sites of a county cost as much as their few
//! different hours.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use opening_hours::localization::Localize;
use opening_hours::{OpeningHours, RuleKind};

use super::calendar::{Calendar, TimeTable, UNSTATED};
use super::hours_counts::Counts;
use super::hours_doubts::{Doubt, doubts};
use super::hours_text::{self, ReadHours};
use crate::model::{OpenWeek, Severity, TimeRule};
use crate::read::error::{BadInput, Place, bad, plain};
use crate::read::formats::table::Value;
use crate::read::formats::values::{Problem, text};
use crate::read::row_policy::Door;
use crate::words::text as words;

/// Hours worked out, and what is doubtful about them.
#[derive(Debug, Clone, PartialEq)]
struct Hours {
    week: Arc<OpenWeek>,
    /// In OSM syntax.
    osm: String,
    /// They were written in another way.
    is_understood: bool,
    /// Some of them are conditional and do not count.
    conditional: bool,
    /// They say nothing of public holidays.
    no_holiday_rule: bool,
    /// They probably do not say what was meant.
    doubts: Vec<Doubt>,
}

/// Works out opening hours over the reference week.
pub(crate) struct Clock {
    calendar: Calendar,
    unstated: Hours,
    known: HashMap<String, Hours>,
    /// Texts of days alone, for what has no times.
    known_days: HashMap<String, Hours>,
    /// What was understood and is not yet told, with how it was understood and of how many sites.
    understood: BTreeMap<String, (String, usize)>,
    counts: Counts,
}

impl Clock {
    /// A clock for the `[time]` of a study file.
    ///
    /// # Errors
    /// When a date, the country or the hours of sites that state none are wrong.
    pub(crate) fn new(table: &TimeTable, file: &str) -> Result<Self, BadInput> {
        let calendar = Calendar::new(table, file)?;
        let stated = table.unstated_hours.as_deref().unwrap_or(UNSTATED);
        let week = (&calendar.days[..], &calendar.context);
        let read = hours_text::hours(stated, week).map_err(|wrong| {
            let key = Some("time.unstated_hours".to_owned());
            bad(file, key, wrong.found, wrong.expected, wrong.remedy)
        })?;
        let mut clock = Self {
            unstated: evaluated(read, &calendar),
            calendar,
            known: HashMap::new(),
            known_days: HashMap::new(),
            understood: BTreeMap::new(),
            counts: Counts::default(),
        };
        let unstated = clock.unstated.clone();
        // Hours of the study file that are no OSM syntax are told like those of a site.
        clock.understand(stated, &unstated);
        Ok(clock)
    }

    /// What the study asks of time.
    pub(crate) fn rule(&self) -> TimeRule {
        let unstated = Arc::clone(&self.unstated.week);
        match self.calendar.at {
            Some(moment) => TimeRule::at_moment(moment, unstated),
            None => TimeRule::week_of(self.calendar.monday, unstated),
        }
    }

    /// The hours that a value states; `None` for an empty one.
    ///
    /// # Errors
    /// When they are neither in OSM syntax nor understood, or have no clock time at both ends.
    pub(crate) fn hours(&mut self, value: &Value) -> Result<Option<Arc<OpenWeek>>, Problem> {
        let Some(written) = text(value) else {
            return Ok(None);
        };
        // Sites of a county have few different hours: each is worked out once.
        if let Some(known) = self.known.get(&written) {
            return Ok(Some(Arc::clone(&known.week)));
        }
        let read = hours_text::hours(&written, (&self.calendar.days, &self.calendar.context))?;
        let hours = evaluated(read, &self.calendar);
        let week = self.understand(&written, &hours);
        self.known.insert(written, hours);
        Ok(Some(week))
    }

    /// The days that a value states, open day and night where it has no times; `None` for an empty one.
    ///
    /// # Errors
    /// As of [`Clock::hours`].
    pub(crate) fn days(&mut self, value: &Value) -> Result<Option<Arc<OpenWeek>>, Problem> {
        let Some(written) = text(value) else {
            return Ok(None);
        };
        if let Some(known) = self.known_days.get(&written) {
            return Ok(Some(Arc::clone(&known.week)));
        }
        let read = hours_text::days(&written, (&self.calendar.days, &self.calendar.context))?;
        let hours = evaluated(read, &self.calendar);
        let week = self.understand(&written, &hours);
        self.known_days.insert(written, hours);
        Ok(Some(week))
    }

    /// Keeps in mind that it is to be told how a text was understood.
    fn understand(&mut self, written: &str, hours: &Hours) -> Arc<OpenWeek> {
        if hours.is_understood {
            let told = (hours.osm.clone(), 0);
            self.understood.insert(written.to_owned(), told);
        }
        Arc::clone(&hours.week)
    }

    /// Counts one more site, with the value that states its hours where they could be read.
    pub(crate) fn count(&mut self, stated: Option<&Value>) {
        let written = stated.and_then(text);
        let known = written.as_ref().and_then(|written| self.known.get(written));
        let hours = known.unwrap_or(&self.unstated);
        let counts = &mut self.counts;
        counts.sites += 1;
        counts.unstated += usize::from(known.is_none());
        counts.conditional += usize::from(hours.conditional);
        counts.no_holiday_rule += usize::from(hours.no_holiday_rule);
        counts.never += usize::from(*hours.week == OpenWeek::new([]));
        // Those of the study file are of one sentence: it can be read there.
        for doubt in known.iter().flat_map(|hours| &hours.doubts) {
            let first = || (0, hours.osm.clone());
            counts.doubts.entry(*doubt).or_insert_with(first).0 += 1;
        }
        let told = written.and_then(|written| self.understood.get_mut(&written));
        if let Some((_, sites)) = told {
            *sites += 1;
        }
    }

    /// Says what was assumed of the sites, how their hours were understood, and what is doubtful.
    pub(crate) fn tell(&mut self, door: &mut Door<'_>) {
        self.tell_understood("opening_hours", door);
        let found = self.counts.findings(&self.calendar, &self.unstated.osm);
        for (severity, code, message) in found {
            door.say(severity, code, Place::File, "opening_hours", message);
        }
    }

    /// Says how each text that is not in OSM syntax was understood, once.
    pub(crate) fn tell_understood(&mut self, column: &str, door: &mut Door<'_>) {
        for (written, (hours, count)) in std::mem::take(&mut self.understood) {
            let written = plain(&written);
            let message = if count > 0 {
                let sites = self.counts.sites;
                words!(
                    HoursUnderstoodOf,
                    written = written,
                    hours = hours,
                    count = count,
                    sites = sites,
                )
            } else {
                words!(HoursUnderstood, written = written, hours = hours)
            };
            let severity = Severity::Repaired;
            door.say(severity, "hours-understood", Place::File, column, message);
        }
    }
}

/// Works out hours day by day, over the days whose hours hold in the week.
fn evaluated(read: ReadHours, calendar: &Calendar) -> Hours {
    let hours = read.hours.with_context(calendar.context.clone());
    let mut conditional = false;
    let mut ranges = Vec::new();
    // Minutes count from Monday 00:00; a day may have the hours of another day.
    for (start, &day) in (0..).step_by(1440).zip(&calendar.days) {
        for part in hours.schedule_at(day) {
            match part.kind {
                RuleKind::Open if part.comment.is_empty() => {
                    let minutes = [part.range.start, part.range.end]
                        .map(|time| start + u32::from(time.mins_from_midnight()).min(1440));
                    ranges.push(minutes[0]..minutes[1]);
                }
                // Who comes then may find a closed door.
                RuleKind::Open | RuleKind::Unknown => conditional = true,
                RuleKind::Closed => {}
            }
        }
    }
    let week = OpenWeek::new(ranges);
    let no_holiday_rule = !names_holidays(&hours) && week != OpenWeek::always();
    Hours {
        doubts: doubts(&read.osm, &hours, calendar),
        week: Arc::new(week),
        osm: read.osm,
        is_understood: read.is_understood,
        conditional,
        no_holiday_rule,
    }
}

/// Whether some rule is about public holidays.
fn names_holidays<L: Localize>(hours: &OpeningHours<L>) -> bool {
    let rules = &hours.get_expression().rules;
    rules
        .iter()
        .any(|rule| rule.day_selector.to_string().contains("PH"))
}

#[cfg(test)]
#[path = "opening_hours_tests.rs"]
mod tests;
