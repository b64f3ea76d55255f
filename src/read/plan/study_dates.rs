//! Dates and moments in the study file: in quotes, or as TOML writes them.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use serde::de::{Deserialize, Deserializer, Error as _};

use crate::read::error::{BadInput, bad};
use crate::read::formats::table::Value;
use crate::read::formats::values::date;
use crate::words::Text;

/// A date or moment as the study file writes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Written(pub String);

impl<'de> Deserialize<'de> for Written {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match toml::Value::deserialize(deserializer)? {
            toml::Value::String(text) => Ok(Self(text.trim().to_owned())),
            toml::Value::Datetime(when) => Ok(Self(when.to_string())),
            other => Err(D::Error::custom(format!(
                "expected a date, not a TOML {}; write \"2024-12-31\"",
                other.type_str()
            ))),
        }
    }
}

impl Written {
    /// The day that it names.
    ///
    /// # Errors
    /// When it is no day, or more than a day.
    pub(crate) fn day(&self, key: &str, file: &str) -> Result<NaiveDate, BadInput> {
        let wrong = |remedy: Text| {
            bad(
                file,
                Some(key.to_owned()),
                Some(self.0.clone()),
                "a date".to_owned(),
                remedy,
            )
        };
        match date(&Value::Text(self.0.as_str().into())) {
            Ok(Some(day)) => Ok(day),
            Ok(None) => Err(wrong("write it as 2024-12-31".into())),
            Err(problem) => Err(wrong(problem.remedy)),
        }
    }

    /// The day, or all days from the first to the last of `2024-10-01..2024-10-07`, ends included.
    ///
    /// # Errors
    /// When it names no days, or the last comes before the first, or they are more than 366.
    pub(crate) fn days(&self, key: &str, file: &str) -> Result<Vec<NaiveDate>, BadInput> {
        let Some((first, last)) = self.0.split_once("..") else {
            return Ok(vec![self.day(key, file)?]);
        };
        let day = |text: &str| Self(text.trim().to_owned()).day(key, file);
        let last_day = day(last)?;
        let days: Vec<NaiveDate> = day(first)?
            .iter_days()
            .take(367)
            .take_while(|day| *day <= last_day)
            .collect();
        let wrong = |expected: &str| {
            let remedy =
                "write the first day, two points, and the last day: 2024-10-01..2024-10-07";
            bad(
                file,
                Some(key.to_owned()),
                Some(self.0.clone()),
                expected.to_owned(),
                remedy,
            )
        };
        match days.len() {
            0 => Err(wrong("a last day that is not before the first")),
            367 => Err(wrong("at most 366 days")),
            _ => Ok(days),
        }
    }

    /// The moment that it names, to the minute: `2024-03-04T10:00` or `2024-03-04 10:00`.
    ///
    /// # Errors
    /// When it is no such moment: without a time of day, with seconds, or with a time zone.
    pub(crate) fn moment(&self, key: &str, file: &str) -> Result<NaiveDateTime, BadInput> {
        let remedy = "write local time as 2024-03-04T10:00";
        let wrong = || {
            bad(
                file,
                Some(key.to_owned()),
                Some(self.0.clone()),
                "a day and a time".to_owned(),
                remedy,
            )
        };
        let (day, time) = self.0.split_once(['T', ' ']).ok_or_else(wrong)?;
        let time = time
            .strip_suffix(":00")
            .filter(|rest| rest.contains(':'))
            .unwrap_or(time);
        let time = NaiveTime::parse_from_str(time, "%H:%M").map_err(|_| wrong())?;
        Ok(Self(day.to_owned()).day(key, file)?.and_time(time))
    }
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
