//! Codes that a spreadsheet changed.
//!
//! A code of twelve digits that is taken for a number is shown, and exported, as `3.60429E+11`, or as
//! `360429100201.0`. Of the first nobody knows the last digits: all villages of a county become one.

use smol_str::SmolStr;

use crate::model::Severity;
use crate::read::error::{BadInput, Place, ReadError, plain};
use crate::read::formats::table::{Table, Value};
use crate::read::listed::quoted;
use crate::read::row_policy::Door;
use crate::read::tables::columns::find;
use crate::text::formula::{half_width, is_hidden};
use crate::words::text;

/// The columns of codes, by which rows of tables find each other.
const CODES: [&str; 5] = ["id", "unit", "parent", "site", "item"];

/// A spreadsheet keeps 15 digits of a number: those of a longer one are made up.
const MOST_DIGITS: f64 = 1e15;

/// Mends codes where it is sure what they were; told once a column.
///
/// # Errors
/// The first code that is shortened.
pub(super) fn mend(table: &mut Table, door: &mut Door<'_>) -> Result<(), ReadError> {
    let places = CODES
        .iter()
        .filter_map(|name| find(table, name).ok().flatten());
    let mut places: Vec<usize> = places.collect();
    places.sort_unstable();
    places.dedup();
    for place in places {
        refuse_shortened(table, place, door)?;
        mend_column(table, place, door);
    }
    Ok(())
}

/// Refuses a column with codes that lost digits: several villages would become one.
fn refuse_shortened(table: &Table, place: usize, door: &Door<'_>) -> Result<(), ReadError> {
    let mut shortened = table
        .records
        .iter()
        .filter(|record| is_shortened(&record.values[place]));
    let Some(first) = shortened.next() else {
        return Ok(());
    };
    let found = crate::read::formats::values::text(&first.values[place]);
    Err(BadInput {
        code: "shortened-code",
        file: door.file.clone(),
        place: first.place,
        column: Some(table.columns[place].clone()),
        found,
        expected: text!(WholeCode, rows = 1 + shortened.count()),
        remedy: text!(ExportCodesAsText),
    }
    .into())
}

/// Whether digits of a code were lost: `3.60429E+11`, or a number of more digits than are kept.
fn is_shortened(value: &Value) -> bool {
    match value {
        Value::Number(number) => number.abs() >= MOST_DIGITS,
        Value::Text(text) => is_scientific(text),
        Value::Empty | Value::Bool(_) | Value::List(_) => false,
    }
}

/// Whether a text is a number as a spreadsheet shows long ones: with `E+`.
fn is_scientific(text: &str) -> bool {
    let Some((digits, power)) = text.split_once("E+").or_else(|| text.split_once("e+")) else {
        return false;
    };
    let all_digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
    whole.len() == 1 && all_digits(whole) && all_digits(part) && all_digits(power)
}

/// Mends the codes of a column; told once, with the first. O(rows).
fn mend_column(table: &mut Table, place: usize, door: &mut Door<'_>) {
    // Numbers of chapters, 1.0 beside 1.1, are codes as they stand.
    let are_chapters = table
        .records
        .iter()
        .any(|record| matches!(&record.values[place], Value::Text(text) if has_part(text)));
    let mut mended = 0_u64;
    let mut first = None;
    for record in &mut table.records {
        let Value::Text(written) = &record.values[place] else {
            continue;
        };
        let Some(code) = mended_code(written, are_chapters) else {
            continue;
        };
        first.get_or_insert_with(|| (record.place, written.clone(), code.clone()));
        mended += 1;
        record.values[place] = Value::Text(code);
    }
    let Some((at, written, code)) = first else {
        return;
    };
    let message = text!(
        CodesMended,
        count = mended,
        written = quoted(&plain(&written)),
        place = at.text().unwrap_or_default(),
        code = quoted(&plain(&code)),
    );
    let head = table.columns[place].clone();
    door.say(
        Severity::Repaired,
        "code-as-written",
        Place::File,
        &head,
        message,
    );
}

/// Whether digits stand behind a point that are not all zeros.
fn has_part(text: &str) -> bool {
    let all_digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    let parts = text.split_once('.');
    parts.is_some_and(|(whole, part)| {
        all_digits(whole) && all_digits(part) && part.bytes().any(|b| b != b'0')
    })
}

/// The code that was meant, where it is another than what is written: without `.0`, without hidden
/// characters, its digits and letters narrow.
fn mended_code(written: &str, are_chapters: bool) -> Option<SmolStr> {
    // Nearly all codes: letters and digits.
    if written
        .bytes()
        .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
    {
        return None;
    }
    let narrow = |c: char| match half_width(c) {
        plain if plain.is_ascii_alphanumeric() => plain,
        _ => c,
    };
    let shown = written.chars().filter(|&c| !is_hidden(c)).map(narrow);
    let mut code: String = shown.collect();
    let whole = code.split_once('.').filter(|(whole, part)| {
        let all_digits = !whole.is_empty() && whole.bytes().all(|b| b.is_ascii_digit());
        all_digits && !part.is_empty() && part.bytes().all(|b| b == b'0')
    });
    let length = whole
        .filter(|_| !are_chapters)
        .map(|(whole, _)| whole.len());
    code.truncate(length.unwrap_or(code.len()));
    (code != written).then(|| code.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Findings;
    use crate::read::row_policy::{OnBad, Stopped};

    fn mended(codes: &[&str]) -> Result<(Vec<String>, Vec<String>), String> {
        let rows: Vec<Vec<&str>> = codes.iter().map(|code| vec![*code]).collect();
        let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
        let mut table = Table::of_texts("a.csv", &["代码"], &rows);
        let mut findings = Findings::default();
        let mut door = Door {
            file: "a.csv".to_owned(),
            on_bad: OnBad::Stop,
            findings: &mut findings,
            stopped: &mut Stopped::default(),
        };
        mend(&mut table, &mut door).map_err(|error| error.to_string())?;
        let texts = table.records.iter();
        let texts = texts.filter_map(|r| crate::read::formats::values::text(&r.values[0]));
        let said = findings.iter().map(|finding| finding.message.to_string());
        Ok((texts.collect(), said.collect()))
    }

    #[test]
    fn a_shortened_code_is_refused() {
        let error = mended(&["360429100201", "3.60429E+11", "3.60429E+11"]);
        assert_eq!(
            error.expect_err("what was lost is lost"),
            "a.csv, row 3: column \"代码\" is \"3.60429E+11\", expected a whole code: a spreadsheet \
             took it for a number and shortened it, in 2 rows – format the column as text in the \
             spreadsheet, fill the codes in again, and export again"
        );
        assert!(
            mended(&["1E5", "3E2", "E+5", "12E+3", "1.2.3E+4"]).is_ok(),
            "codes as well"
        );
    }

    #[test]
    fn what_is_sure_is_mended_and_told() {
        let (codes, said) =
            mended(&["360429100201.0", "３６０４２９", "甲\u{200b}村", "B-7"]).expect("mended");
        assert_eq!(codes, ["360429100201", "360429", "甲村", "B-7"]);
        assert_eq!(
            said,
            [
                "\"360429100201.0\" in row 2 is read as \"360429100201\", and likewise all 3 such codes of the column"
            ]
        );
        let chapters = mended(&["1.0", "1.1", "2.0"]).expect("as they stand");
        assert_eq!(
            chapters,
            (vec!["1.0".into(), "1.1".into(), "2.0".into()], vec![])
        );
    }
}
