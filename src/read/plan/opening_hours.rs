//! Opening hours in OSM syntax, worked out over the reference week.
//!
//! `Mo-Fr 09:00-12:00,13:30-17:00; PH off` is read by the rules of OSM: a later part takes the
//! place of an earlier one on the days it names. What the rules leave open is decided so that nobody
//! is called served who might find a closed door:
//!
//! * Hours with a comment (`Mo-Fr 09:00-17:00 "by appointment"`) and `unknown` hours are conditional
//!   and do not count as open. A finding counts the sites.
//! * Hours must have a clock time at both ends: `sunrise`, `17:00+` and repeated times are errors.
//! * Hours that say nothing of public holidays hold on them too, as OSM has it. When the week has a
//!   holiday, a finding counts the sites.
//!
//! Equal texts are worked out once, so that 5,000 sites of a county cost as much as their few
//! different hours.

use std::collections::HashMap;
use std::sync::Arc;

use opening_hours::{OpeningHours, RuleKind};

use super::calendar::{Calendar, TimeTable, UNSTATED};
use super::hours_hint::osm_form;
use crate::model::{OpenWeek, Severity, TimeRule};
use crate::read::error::bad;
use crate::read::error::{BadInput, Place};
use crate::read::formats::table::Value;
use crate::read::formats::values::{Problem, text};
use crate::read::row_policy::Door;

/// The longest text that is read as opening hours; OSM itself allows 255 characters.
const LONGEST: usize = 1_000;

/// Hours worked out, and what is doubtful about them.
#[derive(Debug, Clone, PartialEq)]
struct Hours {
    week: Arc<OpenWeek>,
    /// Some of them are conditional and do not count.
    conditional: bool,
    /// They say nothing of public holidays.
    no_holiday_rule: bool,
}

/// Works out opening hours over the reference week.
pub(crate) struct Clock {
    calendar: Calendar,
    unstated: Hours,
    unstated_text: String,
    known: HashMap<String, Hours>,
    counts: Counts,
}

/// How many sites there are of which a finding tells.
#[derive(Default)]
struct Counts {
    sites: usize,
    unstated: usize,
    conditional: usize,
    no_holiday_rule: usize,
    never: usize,
}

impl Clock {
    /// A clock for the `[time]` of a study file.
    ///
    /// # Errors
    /// When a date, the country or the hours of sites that state none are wrong.
    pub(crate) fn new(table: &TimeTable, file: &str) -> Result<Self, BadInput> {
        let calendar = Calendar::new(table, file)?;
        let unstated_text = table
            .unstated_hours
            .as_deref()
            .unwrap_or(UNSTATED)
            .to_owned();
        let unstated = evaluated(&unstated_text, &calendar).map_err(|wrong| {
            let key = Some("time.unstated_hours".to_owned());
            bad(file, key, wrong.found, wrong.expected, &wrong.remedy)
        })?;
        Ok(Self {
            calendar,
            unstated,
            unstated_text,
            known: HashMap::new(),
            counts: Counts::default(),
        })
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
    /// When they are not in OSM syntax, or have no clock time at both ends.
    pub(crate) fn hours(&mut self, value: &Value) -> Result<Option<Arc<OpenWeek>>, Problem> {
        let Some(written) = text(value) else {
            return Ok(None);
        };
        if let Some(known) = self.known.get(&written) {
            return Ok(Some(Arc::clone(&known.week)));
        }
        let hours = evaluated(&written, &self.calendar)?;
        let week = Arc::clone(&hours.week);
        self.known.insert(written, hours);
        Ok(Some(week))
    }

    /// Counts one more site, with the value that states its hours where they could be read.
    pub(crate) fn count(&mut self, stated: Option<&Value>) {
        let known = stated
            .and_then(text)
            .and_then(|written| self.known.get(&written));
        let hours = known.unwrap_or(&self.unstated);
        let counts = &mut self.counts;
        counts.sites += 1;
        counts.unstated += usize::from(known.is_none());
        counts.conditional += usize::from(hours.conditional);
        counts.no_holiday_rule += usize::from(hours.no_holiday_rule);
        counts.never += usize::from(*hours.week == OpenWeek::new([]));
    }

    /// Says what was assumed, and what is doubtful.
    pub(crate) fn tell(&self, door: &mut Door<'_>) {
        let Counts {
            sites,
            unstated,
            conditional,
            no_holiday_rule,
            never,
        } = self.counts;
        let of = |count: usize| format!("{count} of {sites} sites");
        let mut say = |severity, code, message| {
            door.say(severity, code, Place::File, "opening_hours", message)
        };
        if unstated > 0 {
            let hours = &self.unstated_text;
            let message = format!(
                "{} state no hours: taken as open {hours} (time.unstated_hours)",
                of(unstated)
            );
            say(Severity::Note, "hours-assumed", message);
        }
        if conditional > 0 {
            let message = format!(
                "{} have hours that are unknown or carry a comment: not counted as open then; leave the comment out where one may simply walk in",
                of(conditional)
            );
            say(Severity::Suspicious, "hours-conditional", message);
        }
        if never > 0 {
            say(
                Severity::Suspicious,
                "never-open",
                format!("{} are not open in the week at all", of(never)),
            );
        }
        if no_holiday_rule > 0 && !self.calendar.holidays.is_empty() {
            let holidays = self.calendar.holidays_in_words();
            let message = format!(
                "the week has holidays ({holidays}), and {} say nothing of holidays: taken as open as on other days; add \"; PH off\" where they close",
                of(no_holiday_rule)
            );
            say(Severity::Suspicious, "no-holiday-rule", message);
        }
        if self.calendar.festivals_alone {
            let message = "the calendar of China knows single festival days only: list the year's days off in time.days_off, and the weekend days worked instead in time.workdays".to_owned();
            say(Severity::Note, "festivals-alone", message);
        }
    }
}

const EXAMPLES: &str = "write it as \"Mo-Fr 09:00-12:00,13:30-17:00; PH off\", or \"24/7\"";

fn evaluated(written: &str, calendar: &Calendar) -> Result<Hours, Problem> {
    let hours = parsed(written)?.with_context(calendar.context.clone());
    let mut conditional = false;
    let mut ranges = Vec::new();
    for (start, &day) in (0..).step_by(1440).zip(&calendar.days) {
        let open = hours
            .schedule_at(day)
            .into_iter()
            .filter(|range| range.kind != RuleKind::Closed);
        for part in open {
            if part.kind == RuleKind::Open && part.comment.is_empty() {
                let minute = |time: u16| start + u32::from(time).min(1440);
                ranges.push(
                    minute(part.range.start.mins_from_midnight())
                        ..minute(part.range.end.mins_from_midnight()),
                );
            } else {
                conditional = true;
            }
        }
    }
    let names_holidays = hours
        .get_expression()
        .rules
        .iter()
        .any(|rule| rule.day_selector.to_string().contains("PH"));
    let week = OpenWeek::new(ranges);
    let no_holiday_rule = !names_holidays && week != OpenWeek::always();
    Ok(Hours {
        week: Arc::new(week),
        conditional,
        no_holiday_rule,
    })
}

/// The hours as the crate reads them, with a clock time at both ends.
fn parsed(written: &str) -> Result<OpeningHours, Problem> {
    if written.len() > LONGEST {
        return Err(problem(written, "hours of at most 1,000 bytes", EXAMPLES));
    }
    let hours: OpeningHours = written.parse().map_err(|error| {
        let error = format!("{error}");
        let osm = osm_form(written).filter(|osm| osm.parse::<OpeningHours>().is_ok());
        let remedy = osm.map_or_else(|| EXAMPLES.to_owned(), |osm| format!("write {osm}"));
        problem(written, &expected(&error), &remedy)
    })?;
    let rules = &hours.get_expression().rules;
    let mut spans = rules.iter().flat_map(|rule| &rule.time_selector.spans);
    let by_the_sun = |text: String| {
        ["sun", "dawn", "dusk"]
            .iter()
            .any(|event| text.contains(event))
    };
    if spans.any(|span| span.open_end || span.repeats.is_some() || by_the_sun(span.to_string())) {
        return Err(problem(
            written,
            "hours with a clock time at both ends",
            "write both times, such as 09:00-17:00",
        ));
    }
    Ok(hours)
}

/// What was expected, and how far the text could be read.
fn expected(error: &str) -> String {
    let place = error
        .lines()
        .next()
        .and_then(|line| line.trim().strip_prefix("--> 1:"));
    match place {
        Some("1") => "opening hours in OSM syntax".to_owned(),
        Some(place) => format!("opening hours in OSM syntax (not read from character {place} on)"),
        None => format!("opening hours in OSM syntax ({})", error.trim()),
    }
}

fn problem(written: &str, expected: &str, remedy: &str) -> Problem {
    Problem {
        code: "bad-opening-hours",
        found: Some(written.to_owned()),
        expected: expected.to_owned().into(),
        remedy: remedy.to_owned().into(),
    }
}

#[cfg(test)]
#[path = "opening_hours_tests.rs"]
mod tests;
