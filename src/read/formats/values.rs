//! From a value as read to a number, a text, a flag, a date or a list; or what is wrong with it.

use chrono::{Datelike, NaiveDate};
use smol_str::SmolStr;

use super::plain_word::yes_or_no;
use super::table::Value;
use crate::read::error::{BadInput, Place};
use crate::text::formula::half_width;
use crate::words::{Text, text};

/// What is wrong with a value, before the file, the place and the column are known.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Problem {
    /// A short fixed word for machines.
    pub code: &'static str,
    /// The value found, where there is one.
    pub found: Option<String>,
    /// What was expected.
    pub expected: Text,
    /// What to do.
    pub remedy: Text,
}

impl Problem {
    /// What is wrong with a found text, and what to do; nothing was found where it is empty.
    pub(crate) fn of(code: &'static str, found: &str, expected: Text, remedy: Text) -> Self {
        Self {
            code,
            found: (!found.is_empty()).then(|| found.to_owned()),
            expected,
            remedy,
        }
    }

    /// The same, with the file, the place and the column.
    pub(crate) fn at(self, file: &str, place: Place, column: Option<&str>) -> BadInput {
        let column = column.map(str::to_owned);
        let Self {
            code,
            found,
            expected,
            remedy,
        } = self;
        BadInput {
            code,
            file: file.to_owned(),
            place,
            column,
            found,
            expected,
            remedy,
        }
    }
}

fn problem(code: &'static str, value: &Value, expected: Text, remedy: Text) -> Problem {
    Problem {
        code,
        found: text(value),
        expected,
        remedy,
    }
}

/// A finite number; `None` for an empty value.
///
/// Text may hold digits, a sign, a point and an exponent, nothing else: no thousands separators, no
/// full-width digits, no units.
pub(crate) fn number(value: &Value) -> Result<Option<f64>, Problem> {
    match value {
        Value::Empty => Ok(None),
        Value::Number(number) => Ok(Some(*number)),
        Value::Text(text) => match parsed(text.trim()) {
            Some(number) => Ok(Some(number)),
            None => Err(not_a_number(value, remedy_for(text.trim()))),
        },
        Value::Bool(_) | Value::List(_) => Err(not_a_number(value, text!(PlainDigits))),
    }
}

fn not_a_number(value: &Value, remedy: Text) -> Problem {
    problem("not-a-number", value, text!(ANumber), remedy)
}

fn parsed(text: &str) -> Option<f64> {
    let plain = text
        .bytes()
        .all(|b| b.is_ascii_digit() || matches!(b, b'+' | b'-' | b'.' | b'e' | b'E'));
    text.parse::<f64>()
        .ok()
        .filter(|number| plain && number.is_finite())
}

/// What to write instead of a text that is no number: the number, where it can be seen in it.
fn remedy_for(text: &str) -> Text {
    let narrow: String = text.chars().map(half_width).collect();
    if narrow != text && parsed(&narrow).is_some() {
        return text!(WriteValue, value = narrow);
    }
    // A comma parts thousands, or stands for the point.
    let joined = narrow.replace(',', "");
    let pointed = narrow.replacen(',', ".", 1);
    let may_be_pointed = pointed != narrow && parsed(&pointed).is_some();
    if has_thousands(&narrow) && parsed(&joined).is_some() {
        if may_be_pointed {
            return text!(WriteJoinedOrPointed, joined = joined, pointed = pointed);
        }
        return text!(WriteValue, value = joined);
    }
    if may_be_pointed {
        return text!(WriteValue, value = pointed);
    }
    if narrow.chars().any(|c| c.is_ascii_digit()) {
        return text!(RemoveText);
    }
    text!(PlainDigits)
}

fn has_thousands(text: &str) -> bool {
    let whole = text.split('.').next().unwrap_or_default();
    let mut groups = whole.split(',');
    groups
        .next()
        .is_some_and(|first| (1..=4).contains(&first.len()))
        && whole.contains(',')
        && groups.all(|group| group.len() == 3)
}

/// A number for a message: a huge or tiny one with an exponent.
pub(crate) fn shown(number: f64) -> String {
    let long = number != 0.0 && !(1e-6..1e15).contains(&number.abs());
    if long {
        format!("{number:e}")
    } else {
        number.to_string()
    }
}

/// The value as text, numbers in their shortest form (12.0 is `12`); `None` for an empty value.
pub(crate) fn text(value: &Value) -> Option<String> {
    match value {
        Value::Empty => None,
        Value::Bool(flag) => Some(flag.to_string()),
        Value::Number(number) => Some((number + 0.0).to_string()),
        Value::Text(text) => Some(text.to_string()),
        Value::List(list) => Some(list.join(";")),
    }
}

/// The same, short ones without memory of their own.
pub(crate) fn short(value: &Value) -> SmolStr {
    if let Value::Text(text) = value {
        text.clone()
    } else {
        text(value).unwrap_or_default().into()
    }
}

/// Yes or no; `None` for an empty value.
///
/// `true`, `yes`, `y`, `1`, `是`, `有`, `√` and `false`, `no`, `n`, `0`, `否`, `无`, `×`, in any case.
pub(crate) fn flag(value: &Value) -> Result<Option<bool>, Problem> {
    if let Value::Bool(flag) = value {
        return Ok(Some(*flag));
    }
    let Some(text) = text(value) else {
        return Ok(None);
    };
    yes_or_no(&text)
        .map(Some)
        .ok_or_else(|| problem("not-a-flag", value, text!(YesOrNo), text!(WriteYesOrNo)))
}

/// A day; `None` for an empty value.
///
/// The year comes first: `2024-12-31`, `2024/12/31`, `20241231` or `2024年12月31日`, with or without
/// leading zeros where something stands between. Dates of a workbook arrive as `2024-12-31`.
/// Years 1900 to 2199.
pub(crate) fn date(value: &Value) -> Result<Option<NaiveDate>, Problem> {
    let Some(text) = text(value) else {
        return Ok(None);
    };
    match written_date(text.trim()) {
        Some(date) => Ok(Some(date)),
        None => Err(problem(
            "not-a-date",
            value,
            text!(ADate),
            date_remedy(text.trim()),
        )),
    }
}

/// The day that a text names, and nothing but a day.
pub(crate) fn written_date(text: &str) -> Option<NaiveDate> {
    // The year always comes first: 03/04/2024 is the fourth of March to some.
    let parts: Vec<&str> = match text.strip_suffix('日') {
        Some(day) => day.split(['年', '月']).collect(),
        None if text.contains('/') => text.split('/').collect(),
        None if text.contains('-') => text.split('-').collect(),
        None if text.is_ascii() && text.len() == 8 => vec![&text[..4], &text[4..6], &text[6..]],
        None => return None,
    };
    let [year, month, day] = parts[..] else {
        return None;
    };
    if year.len() != 4 || month.len() > 2 || day.len() > 2 {
        return None;
    }
    let year = i32::try_from(digits(year)?).ok()?;
    let date = NaiveDate::from_ymd_opt(year, digits(month)?, digits(day)?);
    // The year 0202 is a slip of the pen.
    date.filter(|date| (1900..2200).contains(&date.year()))
}

/// A number of digits alone: no sign, as `parse` would take.
fn digits(part: &str) -> Option<u32> {
    let plain = part.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| part.parse().ok()).flatten()
}

fn date_remedy(text: &str) -> Text {
    let narrow: String = text.chars().map(half_width).collect();
    // A time of day after the date, and points between its parts, are easily mended.
    let day = narrow
        .split(['T', ' '])
        .next()
        .unwrap_or_default()
        .replace('.', "-");
    match written_date(&day).filter(|_| day != text) {
        Some(date) => text!(WriteValue, value = date.to_string()),
        None => text!(WriteDate),
    }
}

/// A list of texts: a list, a JSON list in text, or text split at `;` `；` `|` `、` `,` `，` and line
/// ends. Parts are trimmed, empty ones dropped; an empty value is an empty list.
pub(crate) fn list(value: &Value) -> Result<Vec<String>, Problem> {
    match value {
        Value::Empty => Ok(Vec::new()),
        Value::List(list) => Ok(list.clone()),
        Value::Text(text) if text.trim_start().starts_with('[') => {
            json_list(text).ok_or_else(|| not_a_list(value))
        }
        Value::Text(text) => Ok(split(text)),
        Value::Number(_) => Ok(text(value).into_iter().collect()),
        Value::Bool(_) => Err(not_a_list(value)),
    }
}

fn not_a_list(value: &Value) -> Problem {
    problem("not-a-list", value, text!(AList), text!(SeparateParts))
}

fn split(text: &str) -> Vec<String> {
    let parts = text.split([';', '；', '|', '｜', '、', ',', '，', '\n']);
    parts
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .map(str::to_owned)
        .collect()
}

fn json_list(text: &str) -> Option<Vec<String>> {
    let items: Vec<serde_json::Value> = serde_json::from_str(text).ok()?;
    items
        .into_iter()
        .filter(|item| !item.is_null())
        .map(json_item)
        .collect()
}

fn json_item(item: serde_json::Value) -> Option<String> {
    match item {
        serde_json::Value::String(text) => Some(text.trim().to_owned()),
        serde_json::Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Value {
        Value::Text(text.into())
    }

    #[test]
    fn numbers_are_plain_digits() {
        for (written, read) in [
            ("12", 12.0),
            (" -3.5 ", -3.5),
            ("1e3", 1000.0),
            ("+.5", 0.5),
        ] {
            assert_eq!(number(&of(written)), Ok(Some(read)));
        }
        assert_eq!(number(&Value::Empty), Ok(None));
        assert_eq!(number(&Value::Number(2.5)), Ok(Some(2.5)));
    }

    #[test]
    fn what_is_no_number_says_what_to_write() {
        let cases = [
            (
                "1,234",
                "write 1234, or 1.234 where the comma stands for the point",
            ),
            ("12,345,678.5", "write 12345678.5"),
            ("3,5", "write 3.5"),
            ("１２３", "write 123"),
            ("约300", "remove the text or leave it empty"),
            ("300人", "remove the text or leave it empty"),
            ("0x1F", "remove the text or leave it empty"),
            ("NaN", "write plain digits such as 1234.5 or leave it empty"),
            ("inf", "write plain digits such as 1234.5 or leave it empty"),
            (
                "-infinity",
                "write plain digits such as 1234.5 or leave it empty",
            ),
            ("1e999", "remove the text or leave it empty"),
        ];
        for (written, remedy) in cases {
            assert_eq!(
                number(&of(written)).expect_err(written).remedy.to_string(),
                remedy,
                "{written}"
            );
        }
        assert!(number(&Value::Bool(true)).is_err());
    }

    #[test]
    fn a_problem_becomes_an_error_with_its_place() {
        let problem = number(&of("约300")).expect_err("no number");
        let bad = problem.at("sites.geojson", Place::Feature(12), Some("population"));
        assert_eq!(
            bad.to_string(),
            "sites.geojson, feature 12: property \"population\" is \"约300\", expected a number – remove the text or leave it empty"
        );
    }

    #[test]
    fn numbers_are_shown_short() {
        let shown = |number| text(&Value::Number(number)).unwrap_or_default();
        assert_eq!([shown(12.0), shown(-0.0), shown(0.5)], ["12", "0", "0.5"]);
        assert_eq!(shown(360_429_000_000.0), "360429000000");
    }

    #[test]
    fn flags_in_two_languages() {
        for yes in [
            of("是"),
            of("有"),
            of("Yes"),
            of("TRUE"),
            of("1"),
            Value::Number(1.0),
            Value::Bool(true),
        ] {
            assert_eq!(flag(&yes), Ok(Some(true)));
        }
        for no in [of("否"), of("无"), of("no"), Value::Number(0.0)] {
            assert_eq!(flag(&no), Ok(Some(false)));
        }
        assert_eq!(flag(&Value::Empty), Ok(None));
        assert!(flag(&of("maybe")).is_err());
    }

    #[test]
    fn dates_begin_with_the_year() {
        let last = NaiveDate::from_ymd_opt(2024, 12, 31);
        for written in [
            "2024-12-31",
            "2024/12/31",
            "20241231",
            "2024年12月31日",
            " 2024-12-31 ",
        ] {
            assert_eq!(date(&of(written)), Ok(last), "{written}");
        }
        assert_eq!(date(&Value::Number(20_241_231.0)), Ok(last));
        assert_eq!(
            date(&of("2024/3/1")),
            Ok(NaiveDate::from_ymd_opt(2024, 3, 1))
        );
        assert_eq!(
            date(&of("2024年3月1日")),
            Ok(NaiveDate::from_ymd_opt(2024, 3, 1))
        );
        assert_eq!(
            date(&of("2024-02-29")),
            Ok(NaiveDate::from_ymd_opt(2024, 2, 29))
        );
        assert_eq!(date(&Value::Empty), Ok(None));
    }

    #[test]
    fn what_is_no_date_says_what_to_write() {
        let example = "write it as 2024-12-31 (year-month-day), a day that exists";
        let cases = [
            ("2024.12.31", "write 2024-12-31"),
            ("２０２４－１２－３１", "write 2024-12-31"),
            ("2024-12-31T08:30:00", "write 2024-12-31"),
            ("2023-02-29", example),
            ("31/12/2024", example),
            ("24-12-31", example),
            ("2024-12", example),
            ("2024年底", example),
            ("2024-12-+1", example),
            ("2024--31", example),
            ("0202-12-31", example),
            ("45657", example),
            ("年月日", example),
        ];
        for (written, remedy) in cases {
            assert_eq!(
                date(&of(written)).expect_err(written).remedy.to_string(),
                remedy,
                "{written}"
            );
        }
        for value in [
            Value::Bool(true),
            Value::Number(45657.0),
            Value::Number(2024.5),
        ] {
            assert!(date(&value).is_err(), "{value:?}");
        }
    }

    #[test]
    fn lists_however_they_are_separated() {
        for written in [
            "a;b;c",
            "a；b；c",
            "a|b|c",
            "a、b、c",
            "a, b, ,c;",
            "[\"a\", \"b\", \"c\"]",
        ] {
            assert_eq!(
                list(&of(written)),
                Ok(vec!["a".into(), "b".into(), "c".into()]),
                "{written}"
            );
        }
        assert_eq!(list(&of("[1, null, 2]")), Ok(vec!["1".into(), "2".into()]));
        assert!(list(&of("[1, {}]")).is_err());
        assert_eq!(list(&Value::Number(7.0)), Ok(vec!["7".into()]));
        assert_eq!(list(&Value::Empty), Ok(vec![]));
    }
}
