//! What a table shows of itself: what its rows are, which heads are known, which look like known ones.

use geo::Geometry;

use super::role::Form;
use crate::read::formats::plain_word::plain_word;
use crate::read::formats::table::{Record, Table, Value};
use crate::read::formats::values::text;
use crate::read::tables::columns::{aliases, find, meaning, names};
use crate::read::tables::heads::folded;

/// What a table shows of itself.
#[derive(Debug, Default)]
pub(super) struct Facts {
    pub points: usize,
    pub lines: usize,
    pub areas: usize,
    pub rows: usize,
    /// The known columns that hold anything, each with its head.
    pub known: Vec<(String, String)>,
    /// The known columns that several heads mean, and these heads.
    pub doubled: Vec<(&'static str, Vec<String>)>,
    /// Heads that nobody knows, of columns that hold anything.
    pub unknown: Vec<String>,
    /// How many columns of unknown heads hold ticks.
    pub ticked: usize,
    /// How many rows have a word of water or of walls in them, and none of streets.
    pub in_the_way: usize,
    /// Whether a head, or a text in the first rows, holds a Chinese character.
    pub is_chinese: bool,
}

impl Facts {
    /// The facts of a table. O(columns × (known columns + rows)).
    pub(super) fn of(table: &Table) -> Self {
        let mut facts = Self {
            rows: table.records.len(),
            ..Self::default()
        };
        for record in &table.records {
            match &record.geometry {
                Some(Geometry::Point(_) | Geometry::MultiPoint(_)) => facts.points += 1,
                Some(Geometry::LineString(_) | Geometry::MultiLineString(_)) => facts.lines += 1,
                Some(Geometry::Polygon(_) | Geometry::MultiPolygon(_)) => facts.areas += 1,
                Some(_) | None => {}
            }
            facts.in_the_way += usize::from(is_in_the_way(&record.values));
        }
        facts.heads(table);
        facts.is_chinese = table.columns.iter().any(|head| is_chinese(head))
            || table.records.iter().take(FIRST_ROWS).any(speaks_chinese);
        facts
    }

    /// Sorts the heads of the columns that hold anything.
    fn heads(&mut self, table: &Table) {
        let holds = |place: usize| {
            let mut records = table.records.iter();
            records.any(|record| record.values[place] != Value::Empty)
        };
        let mut is_known = vec![false; table.columns.len()];
        for name in names() {
            let places: Vec<usize> = match find(table, name) {
                Ok(place) => place.into_iter().collect(),
                // Several heads mean it: all are known, and which of them is meant is left to the
                // user.
                Err(_) => meaning_the_same(table, name),
            };
            let places: Vec<usize> = places.into_iter().filter(|&place| holds(place)).collect();
            let Some(&first) = places.first() else {
                continue;
            };
            for &place in &places {
                is_known[place] = true;
            }
            self.known
                .push((name.to_owned(), table.columns[first].clone()));
            if places.len() > 1 {
                let heads = places.iter().map(|&place| table.columns[place].clone());
                self.doubled.push((name, heads.collect()));
            }
        }
        for (place, head) in table.columns.iter().enumerate() {
            if is_known[place] || !holds(place) {
                continue;
            }
            self.unknown.push(head.clone());
            let mut records = table.records.iter();
            let has_tick = records.any(|record| is_tick(&record.values[place]));
            self.ticked += usize::from(has_tick);
        }
    }

    /// Whether it has a known column, or one of this very name.
    pub(super) fn head_of(&self, name: &str) -> Option<&str> {
        let mut known = self.known.iter();
        let by_meaning = known.find(|(known, _)| known == name);
        by_meaning.map(|(_, head)| head.as_str()).or_else(|| {
            let wanted = folded(name);
            let mut unknown = self.unknown.iter();
            unknown
                .find(|head| folded(head) == wanted)
                .map(String::as_str)
        })
    }

    /// Whether its rows stand somewhere.
    fn is_placed(&self) -> bool {
        let has_columns = self.head_of("lon").is_some() && self.head_of("lat").is_some();
        self.points + self.areas > 0 || has_columns
    }

    /// Whether its rows are of this form.
    pub(super) fn is_of(&self, form: Form) -> bool {
        let are_lines = self.lines > self.points + self.areas;
        match form {
            Form::Lines => are_lines,
            Form::Shapes => self.lines + self.areas > self.points,
            Form::Area => self.areas == 1 && self.rows == 1,
            Form::Placed => self.is_placed() && !are_lines,
            Form::Table => self.lines + self.points + self.areas == 0 && !self.is_placed(),
            Form::Any => !are_lines && self.points == 0,
            Form::Pixels => false,
        }
    }

    /// The unknown head that holds a name of this column, where it has none: `常住人口合计`. The longest
    /// name in it tells; the first of several such heads.
    pub(super) fn looks_like(&self, canonical: &str) -> Option<&str> {
        if self.head_of(canonical).is_some() {
            return None;
        }
        let mut names: Vec<String> = aliases(canonical).iter().map(|name| folded(name)).collect();
        names.push(folded(canonical));
        let likeness = |head: &String| {
            let head = folded(head);
            let held = names.iter().filter(|name| is_long(name));
            held.filter(|name| head.contains(name.as_str()))
                .map(String::len)
                .max()
                .unwrap_or(0)
        };
        let alike = self.unknown.iter().filter(|head| likeness(head) > 0);
        // Of equals `max_by_key` takes the last: in reverse order, the first.
        let best = alike.rev().max_by_key(|head| likeness(head));
        best.map(String::as_str)
    }
}

/// The columns that all mean this one.
fn meaning_the_same(table: &Table, name: &str) -> Vec<usize> {
    let places = 0..table.columns.len();
    places
        .filter(|&place| meaning(&table.columns[place]) == Some(name))
        .collect()
}

/// So many rows tell the language of a table.
const FIRST_ROWS: usize = 50;

/// Whether a text holds a Chinese character.
pub(super) fn is_chinese(text: &str) -> bool {
    text.contains(|c: char| ('\u{4e00}'..='\u{9fff}').contains(&c))
}

fn speaks_chinese(record: &Record) -> bool {
    let mut values = record.values.iter();
    values.any(|value| matches!(value, Value::Text(said) if is_chinese(said)))
}

/// Whether a name says something within another word.
fn is_long(name: &str) -> bool {
    let count = name.chars().count();
    if name.is_ascii() {
        count >= 3
    } else {
        count >= 2
    }
}

fn is_tick(value: &Value) -> bool {
    text(value).is_some_and(|said| plain_word(&said) == "√")
}

/// Words of what nobody walks across, and of streets and places that are named after it.
const IN_THE_WAY: [&str; 13] = [
    "河", "江", "湖", "渠", "岸", "围墙", "铁路", "river", "wall", "fence", "canal", "shore",
    "stream",
];
const OF_OTHERS: [&str; 17] = [
    "路", "街", "道", "巷", "桥", "road", "street", "way", "bridge", "lane", "avenue", "省", "市",
    "县", "镇", "乡", "村",
];

fn is_in_the_way(values: &[Value]) -> bool {
    let said = |words: &[&str]| {
        let mut texts = values.iter().filter_map(|value| match value {
            Value::Text(said) => Some(said.to_lowercase()),
            _ => None,
        });
        texts.any(|said| words.iter().any(|word| said.contains(word)))
    };
    said(&IN_THE_WAY) && !said(&OF_OTHERS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_that_nobody_knows_may_look_like_known_ones() {
        let facts = Facts::of(&Table::of_texts(
            "a.csv",
            &["编号", "常住人口合计", "人口", "GPS经度", "max", "备注"],
            &[&["1", "20", "", "116", "9", "x"]],
        ));
        assert_eq!(facts.head_of("id"), Some("编号"));
        // The column 人口 is empty: it is no help.
        assert_eq!(facts.looks_like("population"), Some("常住人口合计"));
        assert_eq!(facts.looks_like("lon"), Some("GPS经度"));
        // x is in max, and says nothing there.
        assert_eq!(facts.looks_like("lat"), None);
        assert_eq!(facts.looks_like("id"), None);
    }

    #[test]
    fn a_street_named_after_a_river_is_none() {
        let row = |said: &str| is_in_the_way(&[Value::Text(said.into())]);
        assert!(row("长江"));
        assert!(row("River Thames"));
        assert!(!row("长江路"));
        assert!(!row("River Road"));
        assert!(!row("人民"));
        assert!(!row("江西省"));
    }

    #[test]
    fn ticks_are_counted_by_columns() {
        let table = Table::of_texts(
            "a.csv",
            &["类型", "社保卡", "医保"],
            &[&["厅", "√", "×"], &["站", "", "√"]],
        );
        assert_eq!(Facts::of(&table).ticked, 2);
    }
}
