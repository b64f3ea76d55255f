//! Dates and moments in the study file: in quotes, or as TOML writes them.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use serde::de::{Deserialize, Deserializer, Error as _};

use super::type_names::type_name;
use crate::read::error::{BadInput, bad};
use crate::read::formats::table::Value;
use crate::read::formats::values::date;
use crate::words::{Text, text};

/// How many days `first..last` may name at most: a leap year.
const MOST_DAYS: usize = 366;

/// A date or moment as the study file writes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Written(pub String);

impl<'de> Deserialize<'de> for Written {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::of(&toml::Value::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

impl Written {
    /// The date or moment that a value of the study file writes, not yet known to be one.
    ///
    /// # Errors
    /// When it is neither a text nor a date of TOML.
    pub(crate) fn of(value: &toml::Value) -> Result<Self, Text> {
        match value {
            toml::Value::String(text) => Ok(Self(text.trim().to_owned())),
            toml::Value::Datetime(when) => Ok(Self(when.to_string())),
            toml::Value::Integer(_)
            | toml::Value::Float(_)
            | toml::Value::Boolean(_)
            | toml::Value::Array(_)
            | toml::Value::Table(_) => Err(text!(NoTomlDate, kind = type_name(value))),
        }
    }

    /// The day that it names.
    ///
    /// # Errors
    /// When it is no day, or more than a day.
    pub(crate) fn day(&self, key: &str, file: &str) -> Result<NaiveDate, BadInput> {
        // The same forms as in tables, 2024年3月4日 among them.
        let remedy = match date(&Value::Text(self.0.as_str().into())) {
            Ok(Some(day)) => return Ok(day),
            Ok(None) => text!(WriteDay),
            Err(problem) => problem.remedy,
        };
        Err(self.wrong((key, file), text!(ADate), remedy))
    }

    /// The error about this text at a key of the study file.
    fn wrong(&self, (key, file): (&str, &str), expected: Text, remedy: Text) -> BadInput {
        let found = Some(self.0.clone());
        bad(file, Some(key.to_owned()), found, expected, remedy)
    }

    /// The day, or all days from the first to the last of `2024-10-01..2024-10-07`, ends included.
    ///
    /// # Errors
    /// When it names no days, or the last comes before the first, or they are more than 366.
    pub(crate) fn days(&self, key: &str, file: &str) -> Result<Vec<NaiveDate>, BadInput> {
        // One day alone is a range of one.
        let Some((first, last)) = self.0.split_once("..") else {
            return Ok(vec![self.day(key, file)?]);
        };
        let last_day = Self(last.trim().to_owned()).day(key, file)?;
        let first_day = Self(first.trim().to_owned()).day(key, file)?;
        // One day more than may be, so that too many are told from just enough.
        let days: Vec<NaiveDate> = first_day
            .iter_days()
            .take(MOST_DAYS + 1)
            .take_while(|day| *day <= last_day)
            .collect();
        let expected = match days.len() {
            0 => text!(LastNotBeforeFirst),
            1..=MOST_DAYS => return Ok(days),
            _ => text!(AtMost366Days),
        };
        Err(self.wrong((key, file), expected, text!(WriteFirstAndLastDay)))
    }

    /// The moment that it names, to the minute: `2024-03-04T10:00` or `2024-03-04 10:00`.
    ///
    /// # Errors
    /// When it is no such moment: without a time of day, with seconds, or with a time zone.
    pub(crate) fn moment(&self, key: &str, file: &str) -> Result<NaiveDateTime, BadInput> {
        let wrong = || self.wrong((key, file), text!(DayAndTime), text!(WriteLocalTime));
        // A moment has both; a day alone would be midnight, which nobody means.
        let (day, time) = self.0.split_once(['T', ' ']).ok_or_else(wrong)?;
        let time = time_of_day(time).ok_or_else(wrong)?;
        Ok(Self(day.to_owned()).day(key, file)?.and_time(time))
    }
}

/// `10:00`, or `10:00:00` as TOML writes it; no other seconds.
fn time_of_day(text: &str) -> Option<NaiveTime> {
    let without_seconds = text.strip_suffix(":00").filter(|rest| rest.contains(':'));
    NaiveTime::parse_from_str(without_seconds.unwrap_or(text), "%H:%M").ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Written {
        Written(text.into())
    }

    #[test]
    fn days_and_moments_are_read() {
        let day = of("2024年3月4日").day("k", "f").expect("a day");
        assert_eq!(day.to_string(), "2024-03-04");
        for written in [
            "2024-03-04T10:00",
            "2024-03-04 10:00",
            "2024-03-04T10:00:00",
        ] {
            let moment = of(written).moment("k", "f").expect(written);
            assert_eq!(moment.to_string(), "2024-03-04 10:00:00");
        }
        let week = of("2024-10-01..2024-10-07").days("k", "f").expect("days");
        assert_eq!(
            (week.len(), week[6].to_string().as_str()),
            (7, "2024-10-07")
        );
        assert_eq!(
            of("2024-10-01").days("k", "f").map(|days| days.len()),
            Ok(1)
        );
    }

    #[test]
    fn wrong_ones_say_what_to_write() {
        let day = of("2024-02-30")
            .day("time.week", "study.toml")
            .expect_err("no such day");
        assert_eq!(
            day.to_string(),
            "study.toml: key \"time.week\" is \"2024-02-30\", expected a date – write it as 2024-12-31 (year-month-day), a day that exists"
        );
        for wrong in [
            "2024-03-04",
            "2024-03-04T25:00",
            "2024-03-04T10:00:30",
            "2024-03-04T10:00Z",
            "10:00",
        ] {
            let moment = of(wrong).moment("time.at", "study.toml").expect_err(wrong);
            assert!(moment.to_string().contains("2024-03-04T10:00"), "{moment}");
        }
        for wrong in [
            "2024-10-07..2024-10-01",
            "2024-01-01..2026-01-01",
            "2024-10-01..",
        ] {
            assert!(of(wrong).days("k", "f").is_err(), "{wrong}");
        }
        assert!(of("").day("k", "f").is_err());
    }
}
