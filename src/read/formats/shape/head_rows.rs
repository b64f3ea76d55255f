//! Which rows of a sheet are its head.

use super::Heads;
use super::unit_line;
use crate::read::formats::sheet::{Merged, Sheet, SheetRow};
use crate::read::formats::table::{Remark, Value};
use crate::read::formats::values::text;
use crate::words::text as words;

/// Titles, notes and lines of units above a head are fewer rows than these.
const ABOVE: usize = 30;

/// The head of a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Head {
    /// The name of each field; empty where it has none.
    pub names: Vec<String>,
    /// The row in which it stands, as a spreadsheet counts.
    pub row: u64,
    /// The first place in the sheet's rows that is below it.
    pub body: usize,
    /// How many names mean something.
    pub known: usize,
}

/// Where the head of a sheet that holds something begins, in its rows.
///
/// The first row that names two known columns and has more fields than those above, else the first row; where that is a title alone, the
/// first row of several texts of which one is known.
pub(super) fn find(sheet: &Sheet, heads: &dyn Heads) -> usize {
    let rows = &sheet.rows[..sheet.rows.len().min(ABOVE)];
    let names_two = |&place: &usize| {
        let row = &rows[place];
        // A title and a line of units fill fewer fields than the head below them; a row of values that
        // happen to be names of columns does not stand below such.
        let stand_above = rows[..place]
            .iter()
            .all(|above| above.filled() < row.filled());
        stand_above && known(row, heads) >= 2
    };
    let by_two = (0..rows.len()).find(names_two);
    by_two.or_else(|| below_title(rows, heads)).unwrap_or(0)
}

/// The head that begins in this place of the rows, which may be two rows high, and what there is to tell
/// of it.
pub(super) fn at(sheet: &Sheet, place: usize, heads: &dyn Heads) -> (Head, Vec<Remark>) {
    let mut remarks = Vec::new();
    let row = &sheet.rows[place];
    let mut names = names_of(row);
    let mut body = place + 1;
    if let Some(second) = second_row(sheet, place, heads) {
        let over = spread(&names, row, &sheet.merged);
        names = joined([&names, &over], &names_of(second), heads);
        body += 1;
        remarks.push(super::repaired(
            "two-row-head",
            words!(TwoRowHead, row = row.number),
        ));
    }
    // Below names that nobody knows 1, 2, 3 may be values.
    let is_known = meanings(&names, heads).len() >= 2;
    if is_known && sheet.rows.get(body).is_some_and(numbers_columns) {
        let number = sheet.rows[body].number;
        remarks.push(super::repaired(
            "column-numbers",
            words!(ColumnNumbers, row = number),
        ));
        body += 1;
    }
    if place > 0 {
        remarks.push(super::repaired(
            "rows-above-head",
            words!(RowsAboveHead, row = row.number),
        ));
        remarks.extend(unit_line::applied(&sheet.rows[..place], &mut names, heads));
    }
    let known = meanings(&names, heads).len();
    let head = Head {
        names,
        row: row.number,
        body,
        known,
    };
    (head, remarks)
}

/// What the names mean, each meaning once.
pub(super) fn meanings(names: &[String], heads: &dyn Heads) -> Vec<String> {
    let named = names.iter().filter(|name| !name.is_empty());
    let mut meanings: Vec<String> = named.filter_map(|name| heads.meaning(name)).collect();
    meanings.sort();
    meanings.dedup();
    meanings
}

fn known(row: &SheetRow, heads: &dyn Heads) -> usize {
    meanings(&names_of(row), heads).len()
}

fn names_of(row: &SheetRow) -> Vec<String> {
    let named = row
        .values
        .iter()
        .map(|value| text(value).unwrap_or_default());
    named.map(|name| name.trim().to_owned()).collect()
}

/// The head below a row that holds one field alone: the first of several texts, one of them known.
fn below_title(rows: &[SheetRow], heads: &dyn Heads) -> Option<usize> {
    if rows.first()?.filled() > 1 {
        return None;
    }
    rows.iter()
        .position(|row| row.filled() > 1 && is_words(row) && known(row, heads) > 0)
}

/// Whether a row holds texts alone.
fn is_words(row: &SheetRow) -> bool {
    let is_word = |value: &Value| match value {
        Value::Text(text) => text.parse::<f64>().is_err(),
        Value::Empty => true,
        Value::Number(_) | Value::Bool(_) | Value::List(_) => false,
    };
    row.faults.is_empty() && row.values.iter().all(is_word)
}

/// The second row of a head: of words alone, one of them known, below a field of the first that spans
/// several columns or beside one that spans both rows; in a text, where merged fields leave no trace,
/// each row filling gaps of the other.
fn second_row<'a>(sheet: &'a Sheet, place: usize, heads: &dyn Heads) -> Option<&'a SheetRow> {
    let (first, second) = (&sheet.rows[place], sheet.rows.get(place + 1)?);
    let follows = second.number == first.number + 1;
    if !follows || !is_words(second) || known(second, heads) == 0 {
        return None;
    }
    let at_head = |merged: &&Merged| merged.rows[0] == first.number;
    // Over columns of its own row, or over both rows of the head. What spans more is no head.
    let spans = |merged: &Merged| match merged.rows[1] - merged.rows[0] {
        0 => merged.columns[1] > merged.columns[0],
        1 => true,
        _ => false,
    };
    let mut merged = sheet.merged.iter().filter(at_head);
    let is_merged = merged.any(spans);
    (is_merged || fill_each_other(first, second)).then_some(second)
}

/// Whether each of two rows is filled where the other is not, as the halves of a head are.
fn fill_each_other(first: &SheetRow, second: &SheetRow) -> bool {
    let width = first.values.len().max(second.values.len());
    let is_filled = |row: &SheetRow, column: usize| *row.value(column) != Value::Empty;
    let only = |one: &SheetRow, other: &SheetRow| {
        (0..width).any(|column| is_filled(one, column) && !is_filled(other, column))
    };
    only(first, second) && only(second, first)
}

/// The names of the first row, each over all columns that its field spans: the merged ones, and without
/// such the empty ones to its right.
fn spread(names: &[String], row: &SheetRow, merged: &[Merged]) -> Vec<String> {
    let at_head = |block: &&Merged| block.rows[0] == row.number;
    let blocks: Vec<&Merged> = merged.iter().filter(at_head).collect();
    let mut spread = names.to_vec();
    // Where nothing is merged, a name reaches as far as the next one.
    if blocks.is_empty() {
        let mut last = String::new();
        for name in &mut spread {
            if name.is_empty() {
                name.clone_from(&last);
            }
            last.clone_from(name);
        }
        return spread;
    }
    for block in blocks {
        let [first, last] = block.columns;
        let Some(name) = names.get(first) else {
            continue;
        };
        if spread.len() <= last {
            spread.resize(last + 1, String::new());
        }
        spread[first..=last].fill(name.clone());
    }
    spread
}

/// The names of two rows as one: the lower one where it means something by itself and no other column
/// has it, else both. The upper ones are given as they stand, and each over all that it spans.
fn joined([upper, over]: [&[String]; 2], lower: &[String], heads: &dyn Heads) -> Vec<String> {
    let width = over.len().max(lower.len());
    let mut names = Vec::with_capacity(width);
    for column in 0..width {
        let below = lower.get(column).map_or("", String::as_str);
        if below.is_empty() {
            names.push(upper.get(column).cloned().unwrap_or_default());
            continue;
        }
        let above = over.get(column).map_or("", String::as_str);
        let is_only = lower.iter().filter(|name| *name == below).count() == 1;
        names.push(name_of(above, below, is_only, heads));
    }
    names
}

/// What a field below another is called: both, where that means something, with the unit of the upper
/// one; the lower one alone, where the upper one only says what kind of thing it is; else both, which
/// then means nothing: 人数 below 脱贫人口 are not the people.
fn name_of(above: &str, below: &str, is_only: bool, heads: &dyn Heads) -> String {
    let both = format!("{above}{below}");
    if heads.meaning(&both).is_some() {
        return both;
    }
    let Some(meant) = heads.meaning(below).filter(|_| is_only) else {
        return both;
    };
    let in_unit =
        bracketed(above).filter(|_| heads.is_counted(below) && bracketed(below).is_none());
    let is_counted = heads.is_counted(above) || in_unit.is_some();
    if !(is_counted || is_neutral(above) || heads.meaning(above).is_some_and(|it| it == meant)) {
        return both;
    }
    match in_unit {
        Some(unit) => format!("{below}{unit}"),
        None => below.to_owned(),
    }
}

/// What stands in brackets at the end of a head, with them.
fn bracketed(head: &str) -> Option<&str> {
    let at = head.rfind(['（', '('])?;
    head.ends_with(['）', ')']).then(|| &head[at..])
}

/// Whether a head only says what kind of thing stands below it.
fn is_neutral(above: &str) -> bool {
    const KINDS: [&str; 12] = [
        "位置", "坐标", "经纬", "信息", "情况", "概况", "基本", "其中", "location", "position",
        "data", "general",
    ];
    let above = above.to_lowercase();
    above.is_empty() || KINDS.iter().any(|kind| above.contains(kind))
}

/// Whether a row numbers the columns: 1, 2, 3, … or 甲, 乙, 1, 2, …, in brackets or without, at least
/// three of them and nothing else.
fn numbers_columns(row: &SheetRow) -> bool {
    const STEMS: [&str; 6] = ["甲", "乙", "丙", "丁", "戊", "己"];
    let said = row
        .values
        .iter()
        .map(|value| text(value).unwrap_or_default());
    let bare: Vec<String> = said
        .map(|said| said.trim_matches(['(', ')', '（', '）']).to_owned())
        .collect();
    let stems = bare
        .iter()
        .zip(STEMS)
        .take_while(|(said, stem)| said == stem)
        .count();
    let mut numbers = bare[stems..].iter().zip(1..);
    // After the stems the numbers begin anew.
    row.faults.is_empty()
        && bare.len() >= 3
        && numbers.all(|(said, number): (&String, usize)| *said == number.to_string())
}
