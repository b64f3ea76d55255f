//! Units that stand in several columns, 乡镇 beside 村: one path.

use crate::read::formats::table::{Table, Value};
use crate::read::formats::values::text;
use crate::read::tables::heads::folded;

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
pub(crate) fn as_path(table: &mut Table) {
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
    for record in &mut table.records {
        let parts = places
            .iter()
            .filter_map(|&place| text(&record.values[place]));
        let path: Vec<String> = parts.collect();
        record
            .values
            .push(Value::of_text(&path.join(&PATH.to_string())));
    }
    table.columns.push(head);
    table
        .chosen
        .push(("unit".to_owned(), table.columns.len() - 1));
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
    use crate::read::tables::columns::find;

    #[test]
    fn two_columns_of_units_are_one_path() {
        let rows: &[&[&str]] = &[
            &["一村", "双钟镇", "1"],
            &["", "流泗镇", "2"],
            &["", "", "3"],
        ];
        let mut table = Table::of_texts("a.csv", &["村（社区）", "乡镇", "人口"], rows);
        as_path(&mut table);
        assert_eq!(find(&table, "unit"), Ok(Some(3)));
        let paths = table.records.iter().map(|record| text(&record.values[3]));
        let paths: Vec<String> = paths.map(Option::unwrap_or_default).collect();
        assert_eq!(paths, ["双钟镇/一村", "流泗镇", ""]);
    }

    #[test]
    fn one_column_of_units_or_a_chosen_one_is_left_alone() {
        let mut table = Table::of_texts("a.csv", &["乡镇", "人口"], &[&["a", "1"]]);
        as_path(&mut table);
        assert_eq!(table.columns.len(), 2);
        let mut table = Table::of_texts("a.csv", &["乡镇", "村"], &[&["a", "b"]]);
        table.chosen.push(("unit".into(), 0));
        as_path(&mut table);
        assert_eq!(table.columns.len(), 2);
        // Two of one level: which of them is meant nobody knows.
        let mut table = Table::of_texts("a.csv", &["乡镇", "街道"], &[&["a", "b"]]);
        as_path(&mut table);
        assert_eq!(table.columns.len(), 2);
    }
}
