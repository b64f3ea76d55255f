//! Help at home: how far a site sends helpers, and on which days.
//!
//! `helps_at_home` is yes, no, or a distance: `20 min`, `20分钟`, `3 km`, `3公里`. A bare number is in the
//! unit that the column's head names, or in minutes.

use super::rows::Row;
use crate::model::{HelpRadius, HomeHelp, Severity};
use crate::read::error::{BadInput, Place};
use crate::read::formats::table::Value;
use crate::read::formats::values::{Problem, flag, shown, text as written};
use crate::read::plan::opening_hours::Clock;
use crate::read::row_policy::Door;
use crate::text::formula::half_width;
use crate::units::TravelTime;
use crate::words::text;

/// The columns that are read here.
pub(crate) const COLUMNS: [&str; 2] = ["helps_at_home", "helps_days"];

/// The longest walk of a helper, in minutes, and the farthest, in metres.
const MOST_MIN: f64 = 600.0;
const MOST_M: f64 = 50_000.0;

/// A unit of how far helpers go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unit {
    Minutes,
    Hours,
    Metres,
    Kilometres,
}

impl Unit {
    /// The unit of this word, in lower case.
    fn named(word: &str) -> Option<Self> {
        match word {
            "min" | "mins" | "minute" | "minutes" | "分" | "分钟" => Some(Self::Minutes),
            "h" | "hour" | "hours" | "小时" => Some(Self::Hours),
            "m" | "metre" | "metres" | "meter" | "meters" | "米" => Some(Self::Metres),
            "km" | "kilometre" | "kilometres" | "公里" | "千米" => Some(Self::Kilometres),
            _ => None,
        }
    }

    /// The unit that a column's head names in brackets or after a stroke.
    fn of_head(head: &str) -> Option<Self> {
        let head = plain(head);
        let note = head.trim_end_matches(')').rsplit(['(', '/', ':']).next()?;
        Self::named(note.trim())
    }

    /// So many of it; none where that is nothing or too much.
    fn radius(self, number: f64) -> Option<HelpRadius> {
        match self {
            Self::Minutes => minutes(number),
            Self::Hours => minutes(number * 60.0),
            Self::Metres => metres(number),
            Self::Kilometres => metres(number * 1000.0),
        }
    }
}

fn minutes(minutes: f64) -> Option<HelpRadius> {
    let time = TravelTime::from_seconds(minutes * 60.0)?;
    (minutes > 0.0 && minutes <= MOST_MIN).then_some(HelpRadius::Time(time))
}

fn metres(metres: f64) -> Option<HelpRadius> {
    (metres > 0.0 && metres <= MOST_M).then_some(HelpRadius::Metres(metres))
}

/// What is to be told of all rows.
#[derive(Debug, Default)]
pub(crate) struct HomeHelpCounts {
    /// Sites that say no unit.
    bare: usize,
    /// Sites that do not say how far.
    unbounded: usize,
    /// Days that nothing is asked about.
    days_unasked: usize,
}

impl HomeHelpCounts {
    /// Whether and how far a row's site sends helpers.
    pub(crate) fn read(
        &mut self,
        row: Row<'_>,
        clock: Option<&mut Clock>,
        door: &Door<'_>,
    ) -> Result<Option<HomeHelp>, BadInput> {
        let value = row.value("helps_at_home");
        let head = Unit::of_head(row.head("helps_at_home"));
        let Some(within) = self
            .radius(value, head)
            .map_err(|wrong| row.wrong("helps_at_home", wrong, door))?
        else {
            return nobody(row, door);
        };
        let days = row.value("helps_days");
        let mut help = HomeHelp::daily(within);
        match clock {
            Some(clock) => {
                let week = clock.days(days);
                help.week = week.map_err(|wrong| row.wrong("helps_days", wrong, door))?;
            }
            // Without a time of day days are not even looked at.
            None => self.days_unasked += usize::from(*days != Value::Empty),
        }
        Ok(Some(help))
    }

    /// A distance in the unit of the value, else of the head, else in minutes; none for no.
    fn radius(&mut self, value: &Value, head: Option<Unit>) -> Result<Option<HelpRadius>, Problem> {
        // 1 and 0 are yes and no, as in every other column of them.
        if let Ok(is_so) = flag(value) {
            let within = is_so.filter(|&is_so| is_so).map(|_| HelpRadius::Limit);
            self.unbounded += usize::from(within.is_some());
            return Ok(within);
        }
        let found = written(value).unwrap_or_default();
        let plain = plain(&found);
        let end = plain.find(|c: char| !c.is_ascii_digit() && c != '.');
        let (number, unit) = plain.split_at(end.unwrap_or(plain.len()));
        let unit = match unit.trim() {
            "" => head,
            word => Some(Unit::named(word).ok_or_else(|| not_a_distance(&found))?),
        };
        self.bare += usize::from(unit.is_none());
        let number: Option<f64> = number.parse().ok();
        let radius = number.and_then(|number| unit.unwrap_or(Unit::Minutes).radius(number));
        radius.map(Some).ok_or_else(|| not_a_distance(&found))
    }

    /// Says what was assumed.
    pub(crate) fn tell(&self, door: &mut Door<'_>) {
        let mut say = |severity, code, subject: &str, message| {
            door.say(severity, code, Place::File, subject, message);
        };
        let [how_far, days] = COLUMNS;
        if self.bare > 0 {
            let message = text!(HelpInMinutes, count = self.bare);
            say(Severity::Note, "helps-in-minutes", how_far, message);
        }
        if self.unbounded > 0 {
            let message = text!(HelpWithinLimit, count = self.unbounded);
            say(Severity::Note, "helps-within-limit", how_far, message);
        }
        if self.days_unasked > 0 {
            let message = text!(HelpDaysNotUsed, count = self.days_unasked);
            say(Severity::Note, "not-used", days, message);
        }
    }
}

/// No helpers; days of none are a slip.
fn nobody(row: Row<'_>, door: &Door<'_>) -> Result<Option<HomeHelp>, BadInput> {
    if *row.value("helps_days") == Value::Empty {
        return Ok(None);
    }
    let found = row.text("helps_days");
    let wrong = Problem::of(
        "helps-days-of-nobody",
        &found,
        text!(HelpDaysOfNobody),
        text!(HelpFillHowFar),
    );
    Err(row.wrong("helps_days", wrong, door))
}

fn not_a_distance(found: &str) -> Problem {
    Problem::of(
        "bad-helps-at-home",
        found,
        text!(
            HelpHowFar,
            minutes = shown(MOST_MIN),
            km = shown(MOST_M / 1000.0)
        ),
        text!(HelpWriteHowFar),
    )
}

/// A text in lower case, without blanks at its ends and full-width forms.
fn plain(text: &str) -> String {
    let narrow: String = text.trim().chars().map(half_width).collect();
    narrow.to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(value: &Value, head: &str) -> Result<Option<HelpRadius>, Problem> {
        HomeHelpCounts::default().radius(value, Unit::of_head(head))
    }

    #[test]
    fn how_far_is_read_in_every_way_that_offices_write_it() {
        let minutes = |minutes| Some(HelpRadius::Time(TravelTime::from_minutes(minutes)));
        let metres = |metres| Some(HelpRadius::Metres(metres));
        for (text, expected) in [
            ("20 min", minutes(20)),
            ("20分钟", minutes(20)),
            ("２０ 分", minutes(20)),
            ("20", minutes(20)),
            ("1.5小时", minutes(90)),
            ("3 km", metres(3_000.0)),
            ("3公里", metres(3_000.0)),
            ("0.5千米", metres(500.0)),
            ("800米", metres(800.0)),
            ("是", Some(HelpRadius::Limit)),
            ("1", Some(HelpRadius::Limit)),
            ("no", None),
            ("×", None),
        ] {
            assert_eq!(
                read(&Value::Text(text.into()), "helps_at_home"),
                Ok(expected),
                "{text}"
            );
        }
        assert_eq!(read(&Value::Empty, ""), Ok(None));
        assert_eq!(read(&Value::Number(25.0), "上门范围"), Ok(minutes(25)));
        assert_eq!(
            read(&Value::Number(3.0), "上门范围（公里）"),
            Ok(metres(3_000.0))
        );
    }

    #[test]
    fn what_is_no_distance_is_an_error() {
        for text in [
            "maybe", "20 li", "-5", "0 km", "51 km", "700 min", "3 km 5", "1e2", ".", "min",
        ] {
            let wrong = read(&Value::Text(text.into()), "").expect_err(text);
            assert_eq!(
                (wrong.code, wrong.found.as_deref()),
                ("bad-helps-at-home", Some(text))
            );
        }
    }
}
