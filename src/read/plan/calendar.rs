//! `[time]` in the study file: the reference week, and which of its days are holidays.
//!
//! The calendar of a country knows its public holidays. For China it knows one day of most festivals
//! (National Day is 1 October alone, Qingming is missing) and nothing of the rest of the State
//! Council's yearly arrangement: the days off go into `days_off`, the weekend days worked in their
//! stead (调休上班) into `workdays`. A study that lists neither is told so.
//!
//! On a listed workday a site keeps the hours of an ordinary working day: those it has on the
//! nearest day from Monday to Friday that is no holiday, the earlier of two as near. Public-holiday
//! and weekend rules do not apply to it. So on Sunday 2024-09-29 a centre with
//! `Mo-Fr 09:00-17:00; PH off` is open as on Monday 2024-09-30. Hours that run past midnight into or
//! out of such a day are those of the ordinary day.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::{Datelike, Days, NaiveDate, NaiveDateTime, Weekday};
use opening_hours::localization::Country;
use opening_hours::{Context, ContextHolidays};
use serde::Deserialize;

use super::study_dates::Written;
use crate::read::error::{BadInput, bad};
use crate::read::listed::alternatives;
use crate::read::tables::columns::nearest;
use crate::words::{Text, text};

/// The keys of `[time]`.
pub(crate) const KEYS: [&str; 6] = [
    "week",
    "at",
    "holidays",
    "days_off",
    "workdays",
    "unstated_hours",
];

/// The hours of sites that state none, unless the study says otherwise.
pub(crate) const UNSTATED: &str = "Mo-Fr 09:00-17:00";

/// When it is asked, as the study file says it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(default)]
pub(crate) struct TimeTable {
    pub week: Option<Written>,
    pub at: Option<Written>,
    pub holidays: Option<String>,
    pub days_off: Vec<Written>,
    pub workdays: Vec<Written>,
    pub unstated_hours: Option<String>,
}

/// The reference week with its holidays.
#[derive(Debug, Clone)]
pub(crate) struct Calendar {
    /// The Monday of the week.
    pub monday: NaiveDate,
    /// The moment asked, if one is.
    pub at: Option<NaiveDateTime>,
    /// From Monday to Sunday, the day whose hours hold: the day itself, or an ordinary working day.
    pub days: [NaiveDate; 7],
    /// The holidays that hold, for evaluation.
    pub context: Context,
    /// The public holidays and days off of the week.
    pub holidays: Vec<NaiveDate>,
    /// Whether the holidays are China's and the study lists no day off and no workday.
    pub festivals_alone: bool,
}

impl Calendar {
    /// Reads the table.
    ///
    /// # Errors
    /// When neither week nor moment is given, they lie apart, a date or the country is wrong, or a
    /// day is both off and worked.
    pub(crate) fn new(table: &TimeTable, file: &str) -> Result<Self, BadInput> {
        let at = table
            .at
            .as_ref()
            .map(|at| at.moment("time.at", file))
            .transpose()?;
        let monday = monday_asked(table, at, file)?;
        let off = days(&table.days_off, "time.days_off", file)?;
        let worked = days(&table.workdays, "time.workdays", file)?;
        // Such a day would be both, and either answer would surprise somebody.
        if let Some(both) = off.intersection(&worked).next() {
            let key = ("time.workdays", file);
            let found = both.to_string();
            return Err(wrong(key, &found, text!(NotInDaysOff), text!(OffOrWorked)));
        }
        let code = table.holidays.as_deref().unwrap_or("CN");
        // Public holidays, as the study corrects them.
        let context = context(&country(code, file)?, &off, &worked);
        let week: [NaiveDate; 7] = std::array::from_fn(|day| monday + Days::new(day as u64));
        let public = context.holidays.get_public();
        let holidays = week.into_iter().filter(|day| public.contains(*day));
        Ok(Self {
            monday,
            at,
            days: days_that_hold(week, &worked, &context, file)?,
            holidays: holidays.collect(),
            festivals_alone: code == "CN" && off.is_empty() && worked.is_empty(),
            context,
        })
    }

    /// The holidays of the week, for a message.
    pub(crate) fn holidays_in_words(&self) -> Vec<Text> {
        let day = |day: &NaiveDate| text!(Verbatim, text = day.to_string());
        self.holidays.iter().map(day).collect()
    }
}

/// The holidays of a country, with the days off that the study adds and without those it has worked.
fn context(
    country: &ContextHolidays,
    off: &BTreeSet<NaiveDate>,
    worked: &BTreeSet<NaiveDate>,
) -> Context {
    let public = country
        .get_public()
        .iter()
        .filter(|day| !worked.contains(day))
        .chain(off.iter().copied())
        .collect();
    let school = country.get_school().clone();
    Context::default().with_holidays(ContextHolidays::new(Arc::new(public), Arc::new(school)))
}

/// For each day of the week the day whose hours hold on it: an ordinary one for a day that is worked.
fn days_that_hold(
    week: [NaiveDate; 7],
    worked: &BTreeSet<NaiveDate>,
    context: &Context,
    file: &str,
) -> Result<[NaiveDate; 7], BadInput> {
    let mut days = week;
    for day in days.iter_mut().filter(|day| worked.contains(day)) {
        *day = ordinary(*day, context).ok_or_else(|| {
            let key = ("time.workdays", file);
            let found = day.to_string();
            wrong(
                key,
                &found,
                text!(OrdinaryDayWithinYear),
                text!(FewerDaysOff),
            )
        })?;
    }
    Ok(days)
}

fn wrong((key, file): (&str, &str), found: &str, expected: Text, remedy: Text) -> BadInput {
    let (key, found) = (key.to_owned(), found.to_owned());
    bad(file, Some(key), Some(found), expected, remedy)
}

/// The Monday of the week that is asked.
fn monday_asked(
    table: &TimeTable,
    at: Option<NaiveDateTime>,
    file: &str,
) -> Result<NaiveDate, BadInput> {
    let key = "time.week";
    let week = table
        .week
        .as_ref()
        .map(|week| week.day(key, file))
        .transpose()?;
    match (week, at.map(|at| at.date())) {
        (Some(week), Some(at)) if monday_of(week) != monday_of(at) => {
            let expected = text!(DayOfWeekOfAt, day = at.to_string());
            let found = week.to_string();
            Err(wrong((key, file), &found, expected, text!(LeaveWeekOut)))
        }
        // Both agree, or one is enough.
        (Some(day), _) | (None, Some(day)) => Ok(monday_of(day)),
        (None, None) => {
            let remedy = text!(NameWeekOrMoment);
            Err(bad(
                file,
                Some(key.to_owned()),
                None,
                text!(NoWeekAsked),
                remedy,
            ))
        }
    }
}

fn monday_of(day: NaiveDate) -> NaiveDate {
    day - Days::new(day.weekday().num_days_from_monday().into())
}

fn days(written: &[Written], key: &str, file: &str) -> Result<BTreeSet<NaiveDate>, BadInput> {
    let mut days = BTreeSet::new();
    for entry in written {
        days.extend(entry.days(key, file)?);
    }
    Ok(days)
}

/// The nearest day from Monday to Friday that is no holiday; the earlier of two as near.
fn ordinary(day: NaiveDate, context: &Context) -> Option<NaiveDate> {
    // Outwards day by day, backwards first: the earlier of two as near.
    (0..=366)
        .map(Days::new)
        .flat_map(|away| [day.checked_sub_days(away), day.checked_add_days(away)])
        .flatten()
        .find(|day| is_ordinary(*day, context))
}

fn is_ordinary(day: NaiveDate, context: &Context) -> bool {
    let weekend = matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
    !weekend && !context.holidays.get_public().contains(day)
}

/// The holidays of the country with this code.
fn country(code: &str, file: &str) -> Result<ContextHolidays, BadInput> {
    // A study may have no holidays at all.
    if code == "none" {
        return Ok(ContextHolidays::default());
    }
    if let Ok(country) = code.parse::<Country>() {
        return Ok(country.holidays());
    }
    // Names are understood, but only to say which code is meant.
    let near = near_countries(code);
    let remedy = if near.is_empty() {
        text!(WriteCountry)
    } else {
        text!(DidYouMean, names = alternatives(near))
    };
    let key = ("time.holidays", file);
    Err(wrong(key, code, text!(CountryOrNone), remedy))
}

/// The codes of the country with this name, or those that are near to a mistyped code.
fn near_countries(code: &str) -> Vec<&'static str> {
    let named = Country::ALL.iter().find(|country| {
        country.iso_code().eq_ignore_ascii_case(code) || country.name().eq_ignore_ascii_case(code)
    });
    match named {
        Some(country) => vec![country.iso_code()],
        None => {
            let codes: Vec<&str> = Country::ALL.iter().map(|c| c.iso_code()).collect();
            nearest(code, &codes)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(text: &str) -> TimeTable {
        toml::from_str(text).expect("the table is well formed")
    }

    fn calendar(text: &str) -> Calendar {
        Calendar::new(&table(text), "study.toml").expect("a calendar")
    }

    fn error(text: &str) -> String {
        Calendar::new(&table(text), "study.toml")
            .map_or_else(|e| e.to_string(), |week| panic!("accepted: {week:?}"))
    }

    fn days_of(calendar: &Calendar) -> Vec<String> {
        calendar
            .days
            .iter()
            .map(|day| day.format("%m-%d").to_string())
            .collect()
    }

    #[test]
    fn any_day_of_the_week_names_it() {
        for text in [
            "week = '2024-03-04'",
            "week = 2024-03-10",
            "at = '2024-03-06T10:00'",
            "at = 2024-03-10T23:59:00",
        ] {
            let week = calendar(text);
            assert_eq!(
                days_of(&week),
                [
                    "03-04", "03-05", "03-06", "03-07", "03-08", "03-09", "03-10"
                ],
                "{text}"
            );
            assert_eq!(week.at.is_some(), text.starts_with("at"));
        }
    }

    #[test]
    fn a_make_up_workday_has_the_hours_of_the_nearest_ordinary_day() {
        // Sunday 2024-09-29 was worked for the National Day week.
        let off =
            "days_off = ['2024-10-01..2024-10-07']\nworkdays = ['2024-09-29', '2024-10-12']\n";
        let week = calendar(&format!("{off}week = '2024-09-29'"));
        assert_eq!(days_of(&week)[5..], ["09-28", "09-30"]);
        assert_eq!((week.holidays.len(), week.festivals_alone), (0, false));
        // Saturday 2024-10-12, next to Friday.
        assert_eq!(
            days_of(&calendar(&format!("{off}week = '2024-10-12'")))[5..],
            ["10-11", "10-13"]
        );
        let national = calendar(&format!("{off}week = '2024-10-01'"));
        assert_eq!(national.holidays.len(), 6);
        assert!(calendar("week = '2024-03-04'").festivals_alone);
        // A Sunday with holidays on both sides.
        let far = calendar(
            "days_off = ['2024-09-30..2024-10-04']\nworkdays = ['2024-09-29']\nweek = '2024-09-29'",
        );
        assert_eq!(days_of(&far)[6], "09-27");
        // A festival day that is worked is no holiday.
        let worked = calendar("workdays = ['2024-10-01']\nweek = '2024-10-01'");
        assert_eq!(
            (days_of(&worked)[1].as_str(), worked.holidays.len()),
            ("10-01", 0)
        );
    }

    #[test]
    fn a_calendar_can_be_another_or_none() {
        let holidays = |text: &str| {
            let days = calendar(text).holidays;
            days.iter().map(NaiveDate::to_string).collect::<String>()
        };
        assert_eq!(holidays("week = '2024-10-01'"), "2024-10-01");
        assert_eq!(holidays("week = '2024-10-01'\nholidays = 'none'"), "");
        assert_eq!(
            holidays("week = '2024-10-03'\nholidays = 'DE'"),
            "2024-10-03"
        );
    }

    #[test]
    fn wrong_tables_say_what_to_write() {
        let week = "week = '2024-03-04'\n";
        let cases = [
            (String::new(), "no week is asked – name any day of it"),
            (
                "week = '2024-13-04'".to_owned(),
                "key \"time.week\" is \"2024-13-04\", expected a date",
            ),
            (format!("{week}at = '2024-03-11T09:00'"), "leave week out"),
            (format!("{week}holidays = 'cn'"), "did you mean CN?"),
            (format!("{week}holidays = 'China'"), "did you mean CN?"),
            (
                format!("{week}holidays = '中国'"),
                "write CN, another country's two letters, or none",
            ),
            (
                format!("{week}workdays = ['2024-02-30']"),
                "\"time.workdays\" is \"2024-02-30\"",
            ),
            (
                format!("{week}workdays = ['2024-03-04']\ndays_off = ['2024-03-04']"),
                "not in days_off",
            ),
            (
                format!(
                    "{week}workdays = ['2024-03-09']\ndays_off = ['2023-01-01..2023-12-31', '2024-01-01..2024-03-08', '2024-03-10..2024-12-31', '2025-01-01..2025-12-31']"
                ),
                "list fewer days",
            ),
        ];
        for (text, part) in cases {
            let error = error(&text);
            assert!(error.contains(part), "{text}: {error}");
        }
    }
}
