//! A column is a value: its name, its Chinese head, and what it shows of a row.
//!
//! The tables, the maps' properties and the documentation take their columns from the same lists,
//! so that a new column is written in one place.

use std::borrow::Cow;
use std::fmt::Display;
use std::io;

use serde::{Serialize, Serializer};

use super::csv::{MARK, Table, in_blocks};
use super::number::{Number, Tenths};
use super::out::Out;
use crate::model::{Attribute, Attributes, Language};
use crate::units::{People, Share};

/// One column of a table whose rows are of type `R`.
pub(super) struct Column<R> {
    /// What programs call it, in every language.
    pub(super) name: Cow<'static, str>,
    /// What it is called in Chinese.
    pub(super) chinese: Cow<'static, str>,
    value: Box<dyn Fn(&R) -> Value<'_> + Sync>,
}

/// The columns of a table, in their order.
pub(super) struct Columns<R>(Vec<Column<R>>);

impl<R> Columns<R> {
    pub(super) const fn new() -> Self {
        Self(Vec::new())
    }

    /// One more column.
    pub(super) fn with(
        mut self,
        name: &'static str,
        chinese: &'static str,
        value: impl Fn(&R) -> Value<'_> + Sync + 'static,
    ) -> Self {
        self.0.push(Column {
            name: name.into(),
            chinese: chinese.into(),
            value: Box::new(value),
        });
        self
    }

    /// One more of several columns alike, named by what makes them differ.
    pub(super) fn with_named(
        mut self,
        [name, chinese]: [String; 2],
        value: impl Fn(&R) -> Value<'_> + Sync + 'static,
    ) -> Self {
        self.0.push(Column {
            name: name.into(),
            chinese: chinese.into(),
            value: Box::new(value),
        });
        self
    }

    /// And these names from the data, each with what the input tells under it; those that are names
    /// of ours (`ours`) are left out.
    pub(super) fn with_attributes(
        mut self,
        names: &[&str],
        ours: &Self,
        attributes: impl Fn(&R) -> Option<&Attributes> + Sync + Copy + 'static,
    ) -> Self {
        for (place, &name) in names.iter().enumerate() {
            // A table has no two columns of one name: ours stays.
            if ours.iter().any(|column| column.name == name) {
                continue;
            }
            let asked = name.to_owned();
            self = self.with_named([name.to_owned(), name.to_owned()], move |row| {
                let told = attributes(row);
                Value::attribute(told.and_then(|told| told.get_at(place, &asked)))
            });
        }
        self
    }

    /// The columns, in their order.
    pub(super) fn iter(&self) -> std::slice::Iter<'_, Column<R>> {
        self.0.iter()
    }

    /// What they are called.
    pub(super) fn names(&self) -> Vec<Name> {
        self.iter().map(Column::name).collect()
    }

    /// How many there are.
    pub(super) const fn len(&self) -> usize {
        self.0.len()
    }
}

impl<R> Column<R> {
    /// What people call it.
    pub(super) fn head(&self, language: Language) -> String {
        self.name().head(language)
    }

    fn name(&self) -> Name {
        Name {
            code: self.name.clone(),
            chinese: self.chinese.clone(),
        }
    }

    /// What the column shows of a row.
    pub(super) fn of<'r>(&self, row: &'r R) -> Value<'r> {
        (self.value)(row)
    }
}

/// What a column is called.
pub(super) struct Name {
    /// By programs.
    code: Cow<'static, str>,
    chinese: Cow<'static, str>,
}

impl Name {
    /// By people.
    fn head(&self, language: Language) -> String {
        match language {
            Language::Chinese => self.chinese.to_string(),
            Language::English => self.code.replace('_', " "),
        }
    }
}

/// What stands above a table as the file wants it: a byte order mark, if any, and the row of heads. Where
/// these are words, the names are noted.
pub(super) fn begin(names: &[Name], out: &mut (impl Out + ?Sized)) -> io::Result<Vec<u8>> {
    let form = out.form();
    if form.words.is_some() {
        let codes = names.iter().map(|name| name.code.to_string());
        out.note_names(codes.collect());
    }
    let mut table = Table::new();
    for name in names {
        // A count of the data has a name of the data, which may try to be a formula.
        match form.words {
            Some(language) => table.text(&name.head(language))?,
            None => table.text(&name.code)?,
        }
    }
    table.end_row()?;
    let mut head = if form.bom { MARK.to_vec() } else { Vec::new() };
    head.extend(table.into_bytes());
    Ok(head)
}

/// A value in a table.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value<'a> {
    /// An empty field.
    Empty,
    /// A text from the data, which may try to be a formula.
    Text(Cow<'a, str>),
    /// An id that is a number in the input: a text in tables, a number in maps.
    NumericId(&'a str),
    /// What the input tells, as it tells it.
    Attribute(&'a Attribute),
    /// A word of our own.
    Word(Cow<'static, str>),
    /// Something counted.
    Count(u64),
    Number(Number),
    /// A change of a share: files have it as a part of one, people as points of a hundred.
    Points(Number),
    Tenths(Tenths),
    /// Shown as `yes` or `no`.
    Flag(bool),
}

impl<'a> Value<'a> {
    /// A text from the data.
    pub(super) fn text(text: &'a str) -> Self {
        Self::Text(text.into())
    }

    /// An id from the data.
    pub(super) fn id(id: &'a str, is_numeric: bool) -> Self {
        if is_numeric {
            Self::NumericId(id)
        } else {
            Self::text(id)
        }
    }

    /// An id from the data, or an empty field.
    pub(super) fn maybe_id(id: Option<&'a str>, is_numeric: bool) -> Self {
        id.map_or(Self::Empty, |id| Self::id(id, is_numeric))
    }

    /// What the input tells, or an empty field.
    pub(super) fn attribute(told: Option<&'a Attribute>) -> Self {
        told.map_or(Self::Empty, Self::Attribute)
    }

    /// A text from the data, or an empty field.
    pub(super) fn maybe_text(text: Option<&'a str>) -> Self {
        text.map_or(Self::Empty, Self::text)
    }

    /// A word of our own, such as a verdict or a date.
    pub(super) fn word(word: impl Display) -> Self {
        Self::Word(word.to_string().into())
    }

    /// A word of our own, or an empty field.
    pub(super) fn maybe_word(word: Option<impl Display>) -> Self {
        word.map_or(Self::Empty, Self::word)
    }

    /// Something counted.
    pub(super) const fn count(count: usize) -> Self {
        Self::Count(count as u64)
    }

    /// A number of people.
    pub(super) fn people(people: People) -> Self {
        Self::Number(Number::people(people))
    }

    /// A share; empty where there is nothing to have a share of.
    pub(super) fn share(share: Share) -> Self {
        Self::maybe(Number::share(share))
    }

    /// A number, or an empty field.
    pub(super) fn maybe(number: Option<Number>) -> Self {
        number.map_or(Self::Empty, Self::Number)
    }

    /// A number with one decimal, or an empty field.
    pub(super) fn maybe_tenths(number: Option<Tenths>) -> Self {
        number.map_or(Self::Empty, Self::Tenths)
    }

    /// A flag, or an empty field.
    pub(super) fn maybe_flag(flag: Option<bool>) -> Self {
        flag.map_or(Self::Empty, Self::Flag)
    }

    /// Writes the value as the next field of a row.
    pub(super) fn put(&self, table: &mut Table) -> io::Result<()> {
        match self {
            Self::Empty => table.empty(),
            Self::Text(text) => table.text(text),
            Self::NumericId(id) => table.text(id),
            Self::Attribute(told) => put_attribute(told, table),
            Self::Word(word) => table.show(word),
            Self::Count(count) => table.show(count),
            Self::Number(number) | Self::Points(number) => table.show(number),
            Self::Tenths(tenths) => table.show(tenths),
            Self::Flag(true) => table.show("yes"),
            Self::Flag(false) => table.show("no"),
        }
    }
}

impl Serialize for Value<'_> {
    /// As in JSON: an empty field is `null`, a flag a flag.
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Empty => to.serialize_none(),
            Self::Text(text) | Self::Word(text) => to.serialize_str(text),
            Self::NumericId(id) => serialize_id(id, to),
            Self::Attribute(told) => serialize_attribute(told, to),
            Self::Count(count) => to.serialize_u64(*count),
            Self::Number(number) | Self::Points(number) => number.serialize(to),
            Self::Tenths(tenths) => tenths.serialize(to),
            Self::Flag(flag) => to.serialize_bool(*flag),
        }
    }
}

fn put_attribute(told: &Attribute, table: &mut Table) -> io::Result<()> {
    match told {
        Attribute::Empty => table.empty(),
        Attribute::Flag(flag) => Value::Flag(*flag).put(table),
        Attribute::Number(number) => table.show(number),
        Attribute::Text(text) => table.text(text),
        Attribute::List(items) => table.text(&items.join("; ")),
    }
}

/// A number as the input wrote it. An id that came in otherwise, such as that of a site that a
/// change opens, may be none.
fn serialize_id<S: Serializer>(id: &str, to: S) -> Result<S::Ok, S::Error> {
    // 007 is another id than 7, so a number must read as the id does.
    if let Some(whole) = id.parse::<i64>().ok().filter(|n| n.to_string() == id) {
        return to.serialize_i64(whole);
    }
    let number = id.parse::<f64>().ok().filter(|n| n.is_finite());
    match number.filter(|n| n.to_string() == id) {
        Some(number) => to.serialize_f64(number),
        None => to.serialize_str(id),
    }
}

fn serialize_attribute<S: Serializer>(told: &Attribute, to: S) -> Result<S::Ok, S::Error> {
    match told {
        Attribute::Empty => to.serialize_none(),
        Attribute::Flag(flag) => to.serialize_bool(*flag),
        Attribute::Number(number) => serialize_number(*number, to),
        Attribute::Text(text) => to.serialize_str(text),
        Attribute::List(items) => items.serialize(to),
    }
}

/// A whole number without a point, as it came in.
fn serialize_number<S: Serializer>(number: f64, to: S) -> Result<S::Ok, S::Error> {
    let is_whole = number.abs() < EXACT && number.fract().abs() < f64::EPSILON;
    #[expect(clippy::cast_possible_truncation, reason = "checked to lie in range")]
    if is_whole {
        to.serialize_i64(number as i64)
    } else {
        to.serialize_f64(number)
    }
}

/// The integers that a float holds exactly lie below this.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// Writes what the columns show as fields of a row.
pub(super) fn put_values<R>(columns: &Columns<R>, row: &R, table: &mut Table) -> io::Result<()> {
    columns
        .iter()
        .try_for_each(|column| column.of(row).put(table))
}

/// Where a table goes: the bytes of a file of CSV, or a sheet.
pub(super) trait Sink {
    /// Takes a table of few rows.
    fn rows<R>(
        &mut self,
        columns: &Columns<R>,
        rows: impl IntoIterator<Item = R>,
    ) -> io::Result<()>;

    /// Takes a table of many rows, given by their place.
    fn many_rows<R>(
        &mut self,
        columns: &Columns<R>,
        count: usize,
        row: impl Fn(usize) -> R + Sync,
    ) -> io::Result<()> {
        self.rows(columns, (0..count).map(row))
    }
}

impl Sink for dyn Out + '_ {
    fn rows<R>(
        &mut self,
        columns: &Columns<R>,
        rows: impl IntoIterator<Item = R>,
    ) -> io::Result<()> {
        let mut table = Table::new();
        let head = begin(&columns.names(), self)?;
        self.write_all(&head)?;
        for row in rows {
            put_values(columns, &row, &mut table)?;
            table.end_row()?;
        }
        self.write_all(table.bytes())
    }

    fn many_rows<R>(
        &mut self,
        columns: &Columns<R>,
        count: usize,
        row: impl Fn(usize) -> R + Sync,
    ) -> io::Result<()> {
        let head = begin(&columns.names(), self)?;
        self.write_all(&head)?;
        // Rows are made in parallel, a block at a time, and written in order.
        in_blocks(count, 4096, &mut *self, |places| {
            let mut table = Table::new();
            for place in places {
                put_values(columns, &row(place), &mut table)?;
                table.end_row()?;
            }
            Ok(table.into_bytes())
        })
    }
}

/// Writes a table of few rows.
pub(super) fn write<R>(
    columns: &Columns<R>,
    rows: impl IntoIterator<Item = R>,
    out: &mut (impl Sink + ?Sized),
) -> io::Result<()> {
    out.rows(columns, rows)
}

/// Writes a table of many rows, given by their place; as CSV in parallel.
pub(super) fn write_many<R>(
    columns: &Columns<R>,
    count: usize,
    row: impl Fn(usize) -> R + Sync,
    out: &mut (impl Sink + ?Sized),
) -> io::Result<()> {
    out.many_rows(columns, count, row)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn json(value: &Value<'_>) -> String {
        serde_json::to_string(value).expect("memory takes any text")
    }

    fn field(value: &Value<'_>) -> String {
        let mut table = Table::new();
        value.put(&mut table).expect("memory takes any text");
        String::from_utf8_lossy(table.bytes()).into_owned()
    }

    #[test]
    fn numeric_ids_are_numbers_in_maps_where_they_read_so() {
        let cases = [
            ("7", "7"),
            ("-3", "-3"),
            ("2.5", "2.5"),
            ("9007199254740992", "9007199254740992"),
            ("007", "\"007\""),
            ("1e3", "\"1e3\""),
            ("inf", "\"inf\""),
            ("hall", "\"hall\""),
        ];
        for (id, shown) in cases {
            assert_eq!(json(&Value::id(id, true)), shown);
            assert_eq!(json(&Value::id(id, false)), format!("\"{id}\""));
            let in_table = [true, false].map(|is_numeric| field(&Value::id(id, is_numeric)));
            assert_eq!(in_table[0], in_table[1], "tables know no kinds");
        }
    }

    #[test]
    fn attributes_are_as_the_input_has_them() {
        let list = Attribute::List(["a".to_owned(), "b".to_owned()].into());
        let cases = [
            (Attribute::Empty, "null", ""),
            (Attribute::Flag(false), "false", "no"),
            (Attribute::Number(1998.0), "1998", "1998"),
            (Attribute::Number(0.1), "0.1", "0.1"),
            (Attribute::Text("=1".into()), "\"=1\"", "'=1"),
            (list, "[\"a\",\"b\"]", "a; b"),
        ];
        for (told, shown, in_table) in &cases {
            let value = Value::attribute(Some(told));
            assert_eq!(json(&value), *shown);
            assert_eq!(field(&value), *in_table);
        }
        assert_eq!(json(&Value::attribute(None)), "null");
    }
}
