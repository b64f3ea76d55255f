//! Rows of a table that are none: totals, and notes below the table.

use crate::model::Severity;
use crate::read::error::plain;
use crate::read::formats::table::{Record, Table, Value};
use crate::read::formats::values;
use crate::read::listed::quoted;
use crate::read::row_policy::Door;
use crate::read::tables::columns::{find, numbers_rows};
use crate::read::tables::heads::folded;
use crate::words::text;

/// What a row of sums is called; among rows that stand somewhere also what its name ends with.
const TOTALS: [&str; 6] = ["合计", "总计", "小计", "共计", "总和", "汇总"];
/// The same, as the whole name only.
const WHOLE_TOTALS: [&str; 4] = ["total", "grandtotal", "subtotal", "sum"];
/// What it is called among rows that stand somewhere: in a table of units this is one.
const WHOLE_COUNTY: [&str; 3] = ["全县", "全市", "全区"];
/// How a note begins, its colon narrow.
const NOTES: [&str; 19] = [
    "注:",
    "备注:",
    "说明:",
    "填表人",
    "填报人",
    "制表:",
    "制表人",
    "审核:",
    "审核人",
    "数据来源",
    "资料来源",
    "统计时间",
    "note:",
    "source:",
    "单位负责人",
    "负责人:",
    "联系人:",
    "打印日期",
    "填报日期",
];

/// Leaves out the rows that are none, each told with its place.
///
/// A row that stands somewhere is one, whatever it is called: `Total` is a petrol station, too.
pub(super) fn leave_out(table: &mut Table, door: &mut Door<'_>) {
    let columns = Looked::of(table);
    columns.tell_totals_with_place(table, door);
    let mut kept = Vec::with_capacity(table.records.len());
    for record in std::mem::take(&mut table.records) {
        match columns.kind(&record) {
            None => kept.push(record),
            Some((code, said)) => {
                // `单位：万人` below a table changes what its numbers mean, and no reader sees it.
                let is_large = code == "note-row" && said.contains(['万', '亿']);
                if is_large {
                    let message = text!(NoteWithMagnitude, said = quoted(&plain(&said)));
                    door.doubt("note-with-unit", message);
                }
                let message = match code {
                    "total-row" => text!(TotalRow, said = quoted(&plain(&said))),
                    _ => text!(NoteRow, said = quoted(&plain(&said))),
                };
                door.say(Severity::Repaired, code, record.place, "", message);
            }
        }
    }
    table.records = kept;
}

/// The columns that tell what a row is.
struct Looked {
    /// Longitude and latitude; none where the table has none.
    place: [Option<usize>; 2],
    /// Whether the others stand somewhere: else a row without a place is as good as any.
    others_stand: bool,
    /// Which name a row: ids, names and units.
    names: Vec<usize>,
}

impl Looked {
    fn of(table: &Table) -> Self {
        let place_of = |name| find(table, name).ok().flatten();
        let names = ["id", "name", "unit", "site", "item"];
        let place = ["lon", "lat"].map(place_of);
        // Offices write 合计 where the number of the row stands.
        let numbers = (0..table.columns.len()).filter(|&at| numbers_rows(&table.columns[at]));
        let has_geometry = table.records.iter().any(|row| row.geometry.is_some());
        Self {
            place,
            others_stand: has_geometry || place.iter().any(Option::is_some),
            names: names
                .into_iter()
                .filter_map(place_of)
                .chain(numbers)
                .collect(),
        }
    }

    /// What a row is that is none, and the words that say so.
    fn kind(&self, record: &Record) -> Option<(&'static str, String)> {
        if self.stands_somewhere(record) {
            return None;
        }
        let named = self
            .names
            .iter()
            .filter_map(|&place| values::text(&record.values[place]));
        if let Some(total) = named.clone().find(|name| self.is_total(name)) {
            return Some(("total-row", total));
        }
        let said: Vec<String> = record.values.iter().filter_map(values::text).collect();
        let first = said.first()?;
        // Beside the note there may be another, or a signature, but no number.
        let has_number = record.values.iter().any(|value| {
            matches!(value, Value::Number(_)) || matches!(values::number(value), Ok(Some(_)))
        });
        (is_note(first) && !has_number).then(|| ("note-row", first.clone()))
    }

    fn is_total(&self, name: &str) -> bool {
        let name = folded(name);
        let word = name.as_str();
        TOTALS.contains(&word)
            || WHOLE_TOTALS.contains(&word)
            || self.others_stand
                && (WHOLE_COUNTY.contains(&word)
                    || TOTALS.iter().any(|total| word.ends_with(total)))
    }

    /// A total that stands somewhere may be a place of that name, and may double all people: nobody but
    /// the office knows.
    fn tell_totals_with_place(&self, table: &Table, door: &mut Door<'_>) {
        if !self.others_stand {
            return;
        }
        let called = |record: &Record| {
            let mut names = self.names.iter().map(|&place| &record.values[place]);
            let total =
                names.find(|name| matches!(name, Value::Text(name) if ends_as_total(name)))?;
            Some((record.place, values::text(total)?))
        };
        let standing = table
            .records
            .iter()
            .filter(|record| self.stands_somewhere(record));
        let mut totals = standing.filter_map(called);
        let Some((place, said)) = totals.next() else {
            return;
        };
        let message = text!(
            TotalWithPlace,
            count = 1 + totals.count(),
            said = quoted(&plain(&said)),
            place = place.text().unwrap_or_default(),
        );
        door.doubt("total-with-place", message);
    }

    fn stands_somewhere(&self, record: &Record) -> bool {
        let filled = |place: usize| record.values[place] != Value::Empty;
        record.geometry.is_some() || self.place.iter().flatten().any(|&place| filled(place))
    }
}

/// Whether a name ends as one of a total. Nearly all hold none of the signs of these words.
fn ends_as_total(name: &str) -> bool {
    name.contains(['计', '总', '和']) && TOTALS.iter().any(|total| folded(name).ends_with(total))
}

/// Whether a text begins as notes below a table do.
pub(crate) fn is_note(said: &str) -> bool {
    let said = folded(said);
    let is_page = said.starts_with('第') && said.contains('页');
    is_page || NOTES.iter().any(|note| said.starts_with(note))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Findings;
    use crate::read::row_policy::{OnBad, Stopped};

    fn left(columns: &[&str], rows: &[&[&str]]) -> (usize, Vec<String>) {
        let mut table = Table::of_texts("a.csv", columns, rows);
        let mut findings = Findings::default();
        let mut door = Door {
            file: "a.csv".to_owned(),
            on_bad: OnBad::Stop,
            findings: &mut findings,
            stopped: &mut Stopped::default(),
        };
        leave_out(&mut table, &mut door);
        let said = findings.iter();
        let said = said.map(|finding| format!("{} {}", finding.place, finding.message));
        (table.records.len(), said.collect())
    }

    const CELLS: [&str; 5] = ["编号", "名称", "常住人口", "经度", "纬度"];

    #[test]
    fn totals_and_notes_are_no_rows() {
        let (rows, said) = left(
            &CELLS,
            &[
                &["C1", "甲", "320", "116.2", "29.7"],
                &["凰村乡小计", "", "320", "", ""],
                &["合 计", "", "620", "", ""],
                &["", "Total", "620", "", ""],
                &["注：数据截至2024年末", "", "", "", ""],
                &["填表人：张三", "", "审核：李四", "", ""],
            ],
        );
        assert_eq!(rows, 1);
        assert_eq!(
            said,
            [
                "row 3 \"凰村乡小计\" is a total, not a row of the table: it is left out",
                "row 4 \"合 计\" is a total, not a row of the table: it is left out",
                "row 5 \"Total\" is a total, not a row of the table: it is left out",
                "row 6 \"注：数据截至2024年末\" is a note, not a row of the table: it is left out",
                "row 7 \"填表人：张三\" is a note, not a row of the table: it is left out",
            ]
        );
    }

    #[test]
    fn a_county_and_an_item_are_no_totals() {
        let units: &[&[&str]] = &[&["1", "全县", ""], &["2", "凰村乡", "1"], &["", "合计", ""]];
        assert_eq!(left(&["id", "name", "parent"], units).0, 2);
        let items: &[&[&str]] = &[
            &["审核施工许可", ""],
            &["I1", "年报汇总"],
            &["I2", "水费小计"],
            &["合计", ""],
        ];
        assert_eq!(left(&["事项编号", "名称"], items).0, 3);
        let cells: &[&[&str]] = &[
            &["C1", "甲", "3", "116.2", "29.7"],
            &["", "全县", "3", "", ""],
        ];
        assert_eq!(left(&CELLS, cells).0, 1);
    }

    #[test]
    fn what_stands_somewhere_or_counts_something_is_a_row() {
        let rows: &[&[&str]] = &[
            &["S1", "Total", "", "116.2", "29.7"],
            &["S2", "统计局", "12", "", ""],
            &["注册大厅", "", "12", "", ""],
            &["审核窗口", "", "12", "", ""],
        ];
        assert_eq!(left(&CELLS, rows).0, rows.len());
    }
}
