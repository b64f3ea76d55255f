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

use opening_hours::localization::Localize;
use opening_hours::{OpeningHours, RuleKind};

use super::calendar::{Calendar, TimeTable, UNSTATED};
use super::hours_hint::osm_form;
use crate::model::{OpenWeek, Severity, TimeRule};
use crate::read::error::{BadInput, Place, bad};
use crate::read::formats::table::Value;
use crate::read::formats::values::{Problem, text};
use crate::read::row_policy::Door;
use crate::words::{Text, text as words};

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
            bad(file, key, wrong.found, wrong.expected, wrong.remedy)
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
        // Sites of a county have few different hours: each is worked out once.
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
        let found = [
            self.assumed(),
            self.conditional(),
            self.never_open(),
            self.without_holiday_rule(),
            self.festivals_alone(),
        ];
        for (severity, code, message) in found.into_iter().flatten() {
            door.say(severity, code, Place::File, "opening_hours", message);
        }
    }

    fn assumed(&self) -> Option<Said> {
        let Counts {
            sites, unstated, ..
        } = self.counts;
        (unstated > 0).then(|| {
            let hours = &self.unstated_text;
            let message = words!(HoursAssumed, count = unstated, sites = sites, hours = hours);
            (Severity::Note, "hours-assumed", message)
        })
    }

    fn conditional(&self) -> Option<Said> {
        let Counts {
            sites, conditional, ..
        } = self.counts;
        (conditional > 0).then(|| {
            let message = words!(HoursConditional, count = conditional, sites = sites);
            (Severity::Suspicious, "hours-conditional", message)
        })
    }

    fn never_open(&self) -> Option<Said> {
        let Counts { sites, never, .. } = self.counts;
        (never > 0).then(|| {
            let message = words!(NeverOpen, count = never, sites = sites);
            (Severity::Suspicious, "never-open", message)
        })
    }

    fn without_holiday_rule(&self) -> Option<Said> {
        let Counts {
            sites,
            no_holiday_rule,
            ..
        } = self.counts;
        // Without a holiday in the week the rule would change nothing.
        (no_holiday_rule > 0 && !self.calendar.holidays.is_empty()).then(|| {
            let message = words!(
                NoHolidayRule,
                holidays = self.calendar.holidays_in_words(),
                count = no_holiday_rule,
                sites = sites,
            );
            (Severity::Suspicious, "no-holiday-rule", message)
        })
    }

    fn festivals_alone(&self) -> Option<Said> {
        let alone = self.calendar.festivals_alone;
        alone.then(|| (Severity::Note, "festivals-alone", words!(FestivalsAlone)))
    }
}

/// A finding about the hours of all sites.
type Said = (Severity, &'static str, Text);

/// Works out hours day by day, over the days whose hours hold in the week.
fn evaluated(written: &str, calendar: &Calendar) -> Result<Hours, Problem> {
    let hours = parsed(written)?.with_context(calendar.context.clone());
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
    Ok(Hours {
        week: Arc::new(week),
        conditional,
        no_holiday_rule,
    })
}

/// Whether some rule is about public holidays.
fn names_holidays<L: Localize>(hours: &OpeningHours<L>) -> bool {
    let rules = &hours.get_expression().rules;
    rules
        .iter()
        .any(|rule| rule.day_selector.to_string().contains("PH"))
}

/// The hours as the crate reads them, with a clock time at both ends.
fn parsed(written: &str) -> Result<OpeningHours, Problem> {
    // A cell with a whole page in it would keep the parser busy for long.
    if written.len() > LONGEST {
        return Err(problem(
            written,
            words!(HoursTooLong),
            words!(HoursExamples),
        ));
    }
    let hours: OpeningHours = written
        .parse()
        .map_err(|error| not_osm(written, &format!("{error}")))?;
    // The crate reads more than a plan can be judged by: a sunset is no clock time.
    let rules = &hours.get_expression().rules;
    let mut spans = rules.iter().flat_map(|rule| &rule.time_selector.spans);
    if spans.any(|span| span.open_end || span.repeats.is_some() || by_the_sun(&span.to_string())) {
        return Err(problem(written, words!(ClockTimes), words!(WriteBothTimes)));
    }
    Ok(hours)
}

fn by_the_sun(span: &str) -> bool {
    ["sun", "dawn", "dusk"]
        .iter()
        .any(|event| span.contains(event))
}

/// The problem of hours that are not in OSM syntax: with the same in it, where they can be told.
fn not_osm(written: &str, error: &str) -> Problem {
    // Only a proposal that would be read is made.
    let valid = |osm: &String| osm.parse::<OpeningHours>().is_ok();
    let remedy = match osm_form(written).filter(valid) {
        Some(osm) => words!(WriteHours, hours = osm),
        None => words!(HoursExamples),
    };
    problem(written, osm_syntax(error), remedy)
}

/// What was expected, and how far the text could be read.
fn osm_syntax(error: &str) -> Text {
    // The parser draws where it stopped, the place in its first line: ` --> 1:5`.
    let first_line = error.lines().next().unwrap_or_default();
    match first_line.trim().strip_prefix("--> 1:") {
        // From the first character on: nothing of it is OSM.
        Some("1") => words!(OsmHours),
        Some(place) => words!(OsmHoursUntil, place = place),
        None => words!(OsmHoursBut, error = error.trim()),
    }
}

fn problem(written: &str, expected: Text, remedy: Text) -> Problem {
    Problem {
        code: "bad-opening-hours",
        found: Some(written.to_owned()),
        expected,
        remedy,
    }
}

#[cfg(test)]
#[path = "opening_hours_tests.rs"]
mod tests;
