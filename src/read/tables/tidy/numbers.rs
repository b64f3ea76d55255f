//! Numbers that are written for people.

use super::written::{Comma, commas, is_plain, number};
use crate::model::Severity;
use crate::read::error::{Place, plain};
use crate::read::formats::table::{Table, Value};
use crate::read::formats::values;
use crate::read::listed::quoted;
use crate::read::row_policy::Door;
use crate::read::tables::columns::{canonical, factor_of, find_called};
use crate::read::tables::heads::units_of;
use crate::words::text;

/// The known columns of numbers.
const NUMBERS: [&str; 24] = [
    "lon",
    "lat",
    "from_lon",
    "from_lat",
    "to_lon",
    "to_lat",
    "population",
    "elderly",
    "households",
    "enterprises",
    "buildings",
    "area",
    "windows",
    "weight",
    "steps_before",
    "steps_now",
    "papers_before",
    "papers_now",
    "days_before",
    "days_now",
    "minutes",
    "wait",
    "bad_reviews",
    "settled",
];

/// Those whose numbers may have a decimal comma: elsewhere a part of one is as strange as a wrong comma.
const MEASURED: [&str; 9] = [
    "lon", "lat", "from_lon", "from_lat", "to_lon", "to_lat", "area", "minutes", "wait",
];

/// Makes numbers of texts that mean one. What is done is told once a column.
pub(super) fn mend(table: &mut Table, counted: &[String], door: &mut Door<'_>) {
    let names = NUMBERS.iter().copied();
    let names = names.chain(counted.iter().map(String::as_str));
    let mut places: Vec<(usize, &str)> = names
        .filter_map(|name| Some((find_called(table, name).ok()??, name)))
        .collect();
    places.sort_unstable();
    places.dedup_by_key(|(place, _)| *place);
    for (place, name) in places {
        mend_column(table, place, name, door);
    }
}

/// Makes numbers of the texts of a column that mean one; told once, with the first. O(rows).
fn mend_column(table: &mut Table, place: usize, name: &str, door: &mut Door<'_>) {
    let known = canonical(name);
    let units = units_of(known).unwrap_or_default();
    // `1,234` alone may be either: all values of the column tell together.
    let comma = comma_of(table, place, known, units);
    // Ten thousands of ten thousands: nobody means both the head's and the value's.
    let is_scaled = factor_of(table, known, place).total_cmp(&1.0).is_ne();
    let mut mended = 0_u64;
    let mut first = None;
    for record in &mut table.records {
        let value = &mut record.values[place];
        let Value::Text(written) = &*value else {
            continue;
        };
        if is_plain(written) {
            continue;
        }
        let says_unit =
            written.contains(['万', '亿']) || units.iter().any(|unit| written.ends_with(unit));
        if values::number(value).is_ok() || is_scaled && says_unit {
            continue;
        }
        let Some(meant) = number(written, units, comma) else {
            continue;
        };
        first.get_or_insert_with(|| (record.place, written.clone(), meant));
        mended += 1;
        *value = Value::Number(meant);
    }
    let Some((at, written, meant)) = first else {
        return;
    };
    let message = text!(
        NumbersMended,
        count = mended,
        written = quoted(&plain(&written)),
        place = at.text().unwrap_or_default(),
        meant = values::shown(meant),
    );
    let head = table.columns[place].clone();
    door.say(
        Severity::Repaired,
        "number-as-written",
        Place::File,
        &head,
        message,
    );
}

/// What the commas of a column are: all its values tell together.
fn comma_of(table: &Table, place: usize, known: &str, units: &[&str]) -> Comma {
    let texts = table
        .records
        .iter()
        .filter_map(|record| match &record.values[place] {
            Value::Text(text) => commas(text, units),
            Value::Empty | Value::Bool(_) | Value::Number(_) | Value::List(_) => None,
        });
    // Whether all can part thousands, and whether all can be points.
    let all = texts.fold([true, true], |all, can| {
        [all[0] && can[0], all[1] && can[1]]
    });
    let is_measured = MEASURED.contains(&known);
    match all {
        [true, false] => Comma::Thousands,
        [false, true] if is_measured => Comma::Point,
        // A degree has no thousands; what is counted has no parts.
        [true, true] if known.ends_with("lon") || known.ends_with("lat") => Comma::Point,
        [true, true] if !is_measured => Comma::Thousands,
        [true | false, true | false] => Comma::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Findings;
    use crate::read::row_policy::{OnBad, Stopped};

    fn mended(head: &str, column: &[&str]) -> (Vec<Value>, Vec<String>) {
        let rows: Vec<Vec<&str>> = column.iter().map(|value| vec![*value]).collect();
        let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
        let mut table = Table::of_texts("a.csv", &[head], &rows);
        let mut findings = Findings::default();
        let mut door = Door {
            file: "a.csv".to_owned(),
            on_bad: OnBad::Stop,
            findings: &mut findings,
            stopped: &mut Stopped::default(),
        };
        mend(&mut table, &["80岁以上".to_owned()], &mut door);
        let values = table
            .records
            .into_iter()
            .map(|mut record| record.values.remove(0));
        let said = findings.iter().map(|finding| finding.message.to_string());
        (values.collect(), said.collect())
    }

    #[test]
    fn what_is_understood_becomes_a_number_and_is_told() {
        let (values, said) = mended("常住人口", &["1,050", "402人", "300", "约300", "-"]);
        assert_eq!(
            values,
            [
                Value::Number(1050.0),
                Value::Number(402.0),
                Value::Text("300".into()),
                Value::Number(300.0),
                Value::Text("-".into()),
            ]
        );
        assert_eq!(
            said,
            ["\"1,050\" in row 2 is read as 1050, and likewise all 3 such numbers of the column"]
        );
        assert_eq!(
            mended("80岁以上", &["12人"]).0,
            [Value::Text("12人".into())]
        );
        assert_eq!(mended("80岁以上", &["1,200"]).0, [Value::Number(1200.0)]);
    }

    #[test]
    fn a_column_says_what_its_commas_are() {
        assert_eq!(
            mended("经度", &["116,219", "116,2"]).0,
            [Value::Number(116.219), Value::Number(116.2)]
        );
        assert_eq!(mended("lat", &["29,730"]).0, [Value::Number(29.73)]);
        // Metres of some projection.
        assert_eq!(
            mended("x", &["500,123.5", "501,456"]).0,
            [Value::Number(500_123.5), Value::Number(501_456.0)]
        );
        // Neither all thousands nor all points, or both, where both make sense.
        for [one, other] in [["1,234,567", "3,5"], ["1,234", "5,678"]] {
            let (values, said) = mended("面积", &[one, other]);
            assert_eq!(values, [Value::Text(one.into()), Value::Text(other.into())]);
            assert!(said.is_empty(), "{said:?}");
        }
    }

    #[test]
    fn magnitudes_do_not_count_twice() {
        assert_eq!(
            mended("人口（万人）", &["1.2万"]).0,
            [Value::Text("1.2万".into())]
        );
        assert_eq!(
            mended("人口（人）", &["1.2万"]).0,
            [Value::Number(12_000.0)]
        );
        assert_eq!(mended("户数", &["1.2万户"]).0, [Value::Number(12_000.0)]);
        assert_eq!(mended("户数", &["402人"]).0, [Value::Text("402人".into())]);
    }
}
