//! Hours in OSM syntax that say something, and probably not what was meant.
//!
//! A later rule of OSM takes the place of an earlier one on the days it names, and a rule that names
//! no days names all: `Mo-Sa 08:30-12:00; Mo-Fr 14:30-17:30` is closed in the mornings from Monday to
//! Friday, and in `PH off; 08:30-17:30` holidays are not off. Both are read so, and told.

use opening_hours::localization::Localize;
use opening_hours::{OpeningHours, RuleKind};

use super::calendar::Calendar;
use crate::words::{Key, Text};

/// What is doubtful about hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Doubt {
    /// Days stand without times: open day and night.
    DaysAlone,
    /// Times of a day are lost to a later rule.
    TimesLost,
    /// Holidays are off, and a later rule opens on them.
    HolidaysLost,
    /// Open from the morning to the small hours of the next day: `09:00-05:00`.
    LongNight,
}

impl Doubt {
    /// The short fixed word for machines.
    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::DaysAlone => "days-without-times",
            Self::TimesLost => "times-lost",
            Self::HolidaysLost => "holidays-lost",
            Self::LongNight => "long-night",
        }
    }

    /// The sentence that tells of so many of all sites, with hours of one of them.
    pub(super) fn message(self, [count, sites]: [usize; 2], hours: &str) -> Text {
        let key = match self {
            Self::DaysAlone => Key::DaysWithoutTimes,
            Self::TimesLost => Key::TimesLost,
            Self::HolidaysLost => Key::HolidaysLost,
            Self::LongNight => Key::LongNight,
        };
        Text::new(
            key,
            vec![
                ("count", count.into()),
                ("sites", sites.into()),
                ("hours", hours.into()),
            ],
        )
    }
}

/// What is doubtful about hours in OSM syntax, over the days of a week. O(length and days).
pub(super) fn doubts<L: Localize>(
    osm: &str,
    hours: &OpeningHours<L>,
    calendar: &Calendar,
) -> Vec<Doubt> {
    let doubts = [
        (Doubt::DaysAlone, names_days_alone(osm)),
        (Doubt::TimesLost, loses_times(osm, hours, calendar)),
        (Doubt::HolidaysLost, loses_holidays(osm)),
        (Doubt::LongNight, has_long_night(hours)),
    ];
    let held = doubts.into_iter().filter(|(_, holds)| *holds);
    held.map(|(doubt, _)| doubt).collect()
}

/// The rules of a text in lower case, comments as an empty pair of quotes.
fn rules(osm: &str) -> Vec<String> {
    let outside: Vec<&str> = osm.split('"').step_by(2).collect();
    let plain = outside.join("\"").to_ascii_lowercase();
    let plain = plain.replace("||", ";").replace(", ", ";");
    plain.split(';').map(str::to_owned).collect()
}

fn words(rule: &str) -> impl Iterator<Item = &str> {
    rule.split(|c: char| !c.is_ascii_alphabetic())
}

fn is_closing(rule: &str) -> bool {
    words(rule).any(|word| matches!(word, "off" | "closed" | "unknown"))
}

fn names_days_alone(osm: &str) -> bool {
    let days = ["mo", "tu", "we", "th", "fr", "sa", "su", "ph"];
    rules(osm).iter().any(|rule| {
        let has_days = words(rule).any(|word| days.contains(&word));
        let is_conditional = is_closing(rule) || rule.contains('"') || rule.contains("24/7");
        has_days && !has_time(rule) && !is_conditional
    })
}

fn has_time(rule: &str) -> bool {
    let windows = rule.as_bytes().windows(3);
    let is_time =
        |three: &[u8]| three[1] == b':' && three[0].is_ascii_digit() && three[2].is_ascii_digit();
    windows.into_iter().any(is_time)
}

/// Whether holidays are off in a rule, and a later one that does not name them opens again.
fn loses_holidays(osm: &str) -> bool {
    let rules = rules(osm);
    let names = |rule: &String| words(rule).any(|word| word == "ph");
    let Some(last) = rules.iter().rposition(names) else {
        return false;
    };
    let later = &rules[last + 1..];
    is_closing(&rules[last]) && later.iter().any(|rule| !is_closing(rule))
}

/// Whether some hours begin before noon and end at a small hour of the next day, which on the clock of
/// 12 hours is an afternoon: 09:00-05:00.
fn has_long_night<L: Localize>(hours: &OpeningHours<L>) -> bool {
    let rules = &hours.get_expression().rules;
    let spans = rules.iter().flat_map(|rule| &rule.time_selector.spans);
    let mut written = spans.map(ToString::to_string);
    written.any(|span| {
        let ends = span
            .split_once('-')
            .and_then(|(from, until)| Some([hour(from)?, hour(until)?]));
        ends.is_some_and(|[from, until]| {
            let is_over_midnight = until < from || until > 24;
            is_over_midnight && (5..12).contains(&from) && (1..8).contains(&(until % 24))
        })
    })
}

/// The hour of a time; those of the next day may be counted on from 24.
fn hour(time: &str) -> Option<u32> {
    time.split_once(':')?.0.trim().parse().ok()
}

/// Whether times of an ordinary day are lost that no other time of the day touches: all the rules
/// together would be open then.
fn loses_times<L: Localize>(osm: &str, hours: &OpeningHours<L>, calendar: &Calendar) -> bool {
    if !osm.contains(';') {
        return false;
    }
    // Joined by commas, no rule takes the place of another.
    let together = osm.split(';').map(str::trim).collect::<Vec<_>>().join(", ");
    let Ok(together) = together.parse::<OpeningHours>() else {
        return false;
    };
    let ordinary = calendar
        .days
        .iter()
        .filter(|day| !calendar.holidays.contains(day));
    let mut days = ordinary.map(|&day| {
        let held = spans(hours, day);
        let all = spans(&together, day);
        !held.is_empty() && all.iter().any(|span| !touches(*span, &held))
    });
    days.any(|loses| loses)
}

/// The minutes of a day at which hours are open.
fn spans<L: Localize>(hours: &OpeningHours<L>, day: chrono::NaiveDate) -> Vec<[u16; 2]> {
    let parts = hours.schedule_at(day).into_iter();
    let open = parts.filter(|part| part.kind == RuleKind::Open);
    let minutes = open.map(|part| {
        let start = part.range.start.mins_from_midnight();
        [start, part.range.end.mins_from_midnight()]
    });
    minutes.collect()
}

fn touches([from, until]: [u16; 2], held: &[[u16; 2]]) -> bool {
    held.iter()
        .any(|[start, end]| from < *end && *start < until)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn doubts_of(osm: &str) -> Vec<Doubt> {
        let table = toml::from_str("week = '2024-03-04'").expect("well formed");
        let calendar = Calendar::new(&table, "study.toml").expect("a calendar");
        let hours: OpeningHours = osm.parse().expect(osm);
        doubts(osm, &hours, &calendar)
    }

    #[test]
    fn what_was_probably_not_meant_is_seen() {
        use Doubt::{DaysAlone, HolidaysLost, LongNight, TimesLost};
        for (osm, told) in [
            ("Mo-Fr", vec![DaysAlone]),
            ("08:30-17:00; Mo-Fr", vec![DaysAlone]),
            ("Mo-Fr open", vec![DaysAlone]),
            ("Mo-Fr 09:00-17:00; PH off", vec![]),
            ("Mo \"by appointment\"", vec![]),
            ("24/7", vec![]),
            ("2025", vec![]),
            ("May-Sep: Mo-Fr 09:00-12:00", vec![]),
            ("Mo-Sa 08:30-12:00; Mo-Fr 14:30-17:30", vec![TimesLost]),
            ("Mo-Fr 09:00-12:00; 13:00-17:00", vec![TimesLost]),
            ("Mo-Sa 08:30-12:00, Mo-Fr 14:30-17:30", vec![]),
            ("Mo-Fr 09:00-17:00; We 09:00-12:00", vec![]),
            ("Mo-Fr 09:00-17:00; Sa off", vec![]),
            ("Mar 08:00-12:00; Apr-Feb 14:00-18:00", vec![]),
            ("PH off; 08:30-17:30", vec![HolidaysLost]),
            ("Mo-Fr 09:00-05:00", vec![LongNight]),
            ("Mo-Fr 05:00-07:00", vec![]),
            ("Fr 18:00-02:00", vec![]),
            ("Mo-Su 18:00-06:00", vec![]),
            ("Mo-Fr PH off; 08:30-12:00,13:30-17:00", vec![HolidaysLost]),
            ("Mo-Fr 09:00-17:00; PH off; Sa off", vec![]),
        ] {
            assert_eq!(doubts_of(osm), told, "{osm}");
        }
    }
}
