//! Units that stand in several columns, 乡镇 beside 村: one path.

use crate::read::error::{Place, plain};
use crate::read::formats::table::{Table, Value};
use crate::read::formats::values::text;
use crate::read::listed::quoted;
use crate::read::row_policy::Door;
use crate::read::tables::heads::folded;
use crate::words::text as words;

/// What stands between the units of a path.
pub(crate) const PATH: char = '/';

/// What columns of units are called, by their level from the largest.
const LEVELS: [&[&str]; 4] = [
    &["县", "区县", "县区", "县名", "县（市、区）", "county"],
    &[
        "乡镇",
        "乡镇街道",
        "街道",
        "镇",
        "乡",
        "乡（镇）",
        "乡镇名称",
        "所属乡镇",
        "town",
        "township",
    ],
    &[
        "村",
        "村社区",
        "社区",
        "村居",
        "行政村",
        "村名",
        "村（社区）",
        "村委会",
        "所属村",
        "village",
    ],
    &["组", "小组", "村民小组", "自然村", "网格"],
];

/// Joins the columns of units to one of paths, `双钟镇/一村`, where there is more than one and the study
/// does not say which it means. The column is the unit then, and those it is made of mean nothing.
/// O(rows).
pub(crate) fn as_path(table: &mut Table, door: &mut Door<'_>) {
    let is_said = |(name, _): &(String, usize)| name == "unit";
    if table.chosen.iter().any(is_said) {
        return;
    }
    let mut places: Vec<(usize, usize)> = Vec::new();
    for (place, head) in table.columns.iter().enumerate() {
        let is_chosen = table.chosen.iter().any(|&(_, chosen)| chosen == place);
        if let Some(level) = level_of(head).filter(|_| !is_chosen) {
            places.push((level, place));
        }
    }
    places.sort_unstable();
    let levels: Vec<usize> = places.iter().map(|&(level, _)| level).collect();
    // Two columns of one level may mean different things, and none of them is a path.
    let are_apart = levels.windows(2).all(|pair| pair[0] < pair[1]);
    if places.len() < 2 || !are_apart {
        return;
    }
    let places: Vec<usize> = places.into_iter().map(|(_, place)| place).collect();
    let heads: Vec<&str> = places
        .iter()
        .map(|&place| table.columns[place].as_str())
        .collect();
    let head = heads.join(&PATH.to_string());
    let mut without_upper = Vec::new();
    for record in &mut table.records {
        let empty = places
            .iter()
            .map(|&place| record.values[place] == Value::Empty);
        let empty: Vec<bool> = empty.collect();
        // A unit below one that is not named: 一村 of which township?
        if empty.windows(2).any(|pair| pair == [true, false]) {
            without_upper.push(record.place);
        }
        let parts = places
            .iter()
            .filter_map(|&place| text(&record.values[place]));
        let path: Vec<String> = parts.collect();
        record
            .values
            // A level that is empty is left out: a cell may lie in the township alone.
            .push(Value::of_text(&path.join(&PATH.to_string())));
    }
    tell_without_upper(table, &without_upper, door);
    table.columns.push(head);
    table
        .chosen
        .push(("unit".to_owned(), table.columns.len() - 1));
}

fn tell_without_upper(table: &Table, places: &[Place], door: &mut Door<'_>) {
    let Some(first) = places.first() else { return };
    let mut records = table.records.iter();
    let record = records.find(|record| record.place == *first);
    let said = record.and_then(|record| text(record.values.last()?));
    let message = words!(
        UnitWithoutUpper,
        count = places.len(),
        said = quoted(&plain(&said.unwrap_or_default())),
        place = first.text().unwrap_or_default(),
    );
    door.doubt("unit-without-upper", message);
}

/// The level of the units that a head names.
fn level_of(head: &str) -> Option<usize> {
    let head = folded(head);
    let is_it = |names: &&[&str]| names.iter().any(|name| folded(name) == head);
    LEVELS.iter().position(is_it)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Findings;
    use crate::read::row_policy::{OnBad, Stopped};
    use crate::read::tables::columns::find;

    /// Joins the columns; what is told.
    fn path(table: &mut Table) -> Vec<String> {
        let mut findings = Findings::default();
        let mut door = Door {
            file: "a.csv".to_owned(),
            on_bad: OnBad::Stop,
            findings: &mut findings,
            stopped: &mut Stopped::default(),
        };
        as_path(table, &mut door);
        findings
            .iter()
            .map(|finding| finding.message.to_string())
            .collect()
    }

    #[test]
    fn two_columns_of_units_are_one_path() {
        let rows: &[&[&str]] = &[
            &["一村", "双钟镇", "1"],
            &["", "流泗镇", "2"],
            &["", "", "3"],
        ];
        let mut table = Table::of_texts("a.csv", &["村（社区）", "乡镇", "人口"], rows);
        assert!(path(&mut table).is_empty());
        assert_eq!(find(&table, "unit"), Ok(Some(3)));
        let paths = table.records.iter().map(|record| text(&record.values[3]));
        let paths: Vec<String> = paths.map(Option::unwrap_or_default).collect();
        assert_eq!(paths, ["双钟镇/一村", "流泗镇", ""]);
    }

    #[test]
    fn a_unit_below_one_that_is_not_named_is_told() {
        let rows: &[&[&str]] = &[&["双钟镇", "新村"], &["", "老村"]];
        let mut table = Table::of_texts("a.csv", &["乡镇", "村"], rows);
        let said = path(&mut table);
        assert!(said[0].contains("first \"老村\" in row 3"), "{said:?}");
    }

    #[test]
    fn one_column_of_units_or_a_chosen_one_is_left_alone() {
        let mut table = Table::of_texts("a.csv", &["乡镇", "人口"], &[&["a", "1"]]);
        path(&mut table);
        assert_eq!(table.columns.len(), 2);
        let mut table = Table::of_texts("a.csv", &["乡镇", "村"], &[&["a", "b"]]);
        table.chosen.push(("unit".into(), 0));
        path(&mut table);
        assert_eq!(table.columns.len(), 2);
        // Two of one level: which of them is meant nobody knows.
        let mut table = Table::of_texts("a.csv", &["乡镇", "街道"], &[&["a", "b"]]);
        path(&mut table);
        assert_eq!(table.columns.len(), 2);
    }
}
