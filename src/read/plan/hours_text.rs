//! The text of a cell as opening hours: in OSM syntax, or said in Chinese.

use chrono::NaiveDate;
use opening_hours::{Context, OpeningHours};

use super::doubtful_clock::doubtful;
use super::osm_spacing::tidy;
use super::spoken_hours::{self, Meaning, Refusal};
use crate::read::formats::values::Problem;
use crate::words::{Text, text as words};

/// The longest text that is read as opening hours; OSM itself allows 255 characters.
const LONGEST: usize = 1_000;

/// Hours as they were read.
#[derive(Debug)]
pub(super) struct ReadHours {
    /// In which nothing depends on the sun or is without an end.
    pub(super) hours: OpeningHours,
    /// In OSM syntax.
    pub(super) osm: String,
    /// Whether they were written in another way, so that it is told how they were understood.
    pub(super) is_understood: bool,
}

/// The hours that a text states. Sentences are held against the days of a week and its holidays.
///
/// # Errors
/// When they are neither OSM syntax nor understood, or have no clock time at both ends.
pub(super) fn hours(written: &str, week: (&[NaiveDate], &Context)) -> Result<ReadHours, Problem> {
    // A cell with a whole page in it would keep the parser busy for long.
    if written.len() > LONGEST {
        return Err(problem(
            written,
            words!(HoursTooLong),
            words!(HoursExamples),
        ));
    }
    let (osm, is_understood) = tidy(written);
    if is_said(&osm, is_understood)
        && let Some(said) = spoken_hours::read(written)
    {
        match said.and_then(|meaning| in_chinese(&meaning, week)) {
            Ok(read) => return Ok(read),
            // Signs of Chinese alone are no OSM to fall back upon.
            Err(why) if is_understood => return Err(refused(written, &why)),
            Err(_) => {}
        }
    }
    let error = match osm.parse::<OpeningHours>() {
        Ok(hours) => {
            return in_osm(
                written,
                ReadHours {
                    hours,
                    osm,
                    is_understood,
                },
            );
        }
        Err(error) => format!("{error}"),
    };
    match spoken_hours::read(written) {
        Some(Ok(meaning)) => in_chinese(&meaning, week).map_err(|why| refused(written, &why)),
        Some(Err(why)) => Err(refused(written, &why)),
        None => Err(problem(written, osm_syntax(&error), examples_for(written))),
    }
}

/// Examples; of a place that is closed for good they would open it.
fn examples_for(written: &str) -> Text {
    const SHUT: [&str; 6] = ["停业", "停办", "撤销", "关停", "暂停", "停用"];
    if SHUT.iter().any(|word| written.contains(word)) {
        words!(HoursShut)
    } else {
        words!(HoursExamples)
    }
}

/// Whether a text that may be OSM syntax is rather said: it names times alone, with Chinese signs or
/// with semicolons. In `8:30-12:00；14:00-17:30` the sign parts morning and afternoon; as OSM the
/// second rule, of all days, would take the morning away.
fn is_said(osm: &str, is_rewritten: bool) -> bool {
    let is_bare = !osm.contains(|c: char| c.is_ascii_alphabetic() || c == '/');
    is_bare && (is_rewritten || osm.contains(';'))
}

/// The days that a text states, for what has days and no times: `Mo,We` or `周一、周三`; anything
/// else is read as hours.
///
/// # Errors
/// As of [`hours`].
pub(super) fn days(written: &str, week: (&[NaiveDate], &Context)) -> Result<ReadHours, Problem> {
    let is_osm = tidy(written).0.parse::<OpeningHours>().is_ok();
    let days = spoken_hours::days_alone(written).filter(|_| !is_osm);
    match days.and_then(|osm| Some((osm.parse().ok()?, osm))) {
        Some((hours, osm)) => Ok(ReadHours {
            hours,
            osm,
            is_understood: true,
        }),
        None => hours(written, week),
    }
}

/// Hours in OSM syntax, if they have a clock time at both ends.
fn in_osm(written: &str, read: ReadHours) -> Result<ReadHours, Problem> {
    // The crate reads more than a plan can be judged by: a sunset is no clock time.
    let rules = &read.hours.get_expression().rules;
    let mut spans = rules.iter().flat_map(|rule| &rule.time_selector.spans);
    if spans.any(|span| span.open_end || span.repeats.is_some() || by_the_sun(&span.to_string())) {
        return Err(problem(written, words!(ClockTimes), words!(WriteBothTimes)));
    }
    match doubtful(&read.osm) {
        Some(why) => Err(refused(written, &why)),
        None => Ok(read),
    }
}

/// The hours of a sentence, once their OSM form has been found to mean the same.
fn in_chinese(meaning: &Meaning, week: (&[NaiveDate], &Context)) -> Result<ReadHours, Refusal> {
    let osm = meaning.osm();
    let hours: OpeningHours = osm.parse().map_err(|_| Refusal::Order)?;
    if !spoken_hours::means_the_same(meaning, &hours, week) {
        return Err(Refusal::Order);
    }
    Ok(ReadHours {
        hours,
        osm,
        is_understood: true,
    })
}

fn by_the_sun(span: &str) -> bool {
    ["sun", "dawn", "dusk"]
        .iter()
        .any(|event| span.contains(event))
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

fn refused(written: &str, why: &Refusal) -> Problem {
    let remedy = match why {
        Refusal::Words(_) => examples_for(written),
        _ => why.remedy(),
    };
    problem(written, why.expected(), remedy)
}

fn problem(written: &str, expected: Text, remedy: Text) -> Problem {
    Problem {
        code: "bad-opening-hours",
        found: Some(written.to_owned()),
        expected,
        remedy,
    }
}
