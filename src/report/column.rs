//! A column is a value: its name, its Chinese head, and what it shows of a row.
//!
//! The tables, the maps' properties and the documentation take their columns from the same lists,
//! so that a new column is written in one place.

use std::borrow::Cow;
use std::fmt::Display;
use std::io;

use serde::{Serialize, Serializer};

use super::csv::{Table, in_blocks};
use super::number::{Number, Tenths};
use super::out::Out;
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

    /// The columns, in their order.
    pub(super) fn iter(&self) -> std::slice::Iter<'_, Column<R>> {
        self.0.iter()
    }

    /// How many there are.
    pub(super) const fn len(&self) -> usize {
        self.0.len()
    }
}

impl<R> Column<R> {
    /// What the column shows of a row.
    pub(super) fn of<'r>(&self, row: &'r R) -> Value<'r> {
        (self.value)(row)
    }
}

/// A value in a table.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value<'a> {
    /// An empty field.
    Empty,
    /// A text from the data, which may try to be a formula.
    Text(Cow<'a, str>),
    /// A word of our own.
    Word(Cow<'static, str>),
    /// Something counted.
    Count(u64),
    Number(Number),
    Tenths(Tenths),
    /// Shown as `yes` or `no`.
    Flag(bool),
}

impl<'a> Value<'a> {
    /// A text from the data.
    pub(super) fn text(text: &'a str) -> Self {
        Self::Text(text.into())
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
            Self::Word(word) => table.show(word),
            Self::Count(count) => table.show(count),
            Self::Number(number) => table.show(number),
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
            Self::Count(count) => to.serialize_u64(*count),
            Self::Number(number) => number.serialize(to),
            Self::Tenths(tenths) => tenths.serialize(to),
            Self::Flag(flag) => to.serialize_bool(*flag),
        }
    }
}

/// Writes the names of the columns as fields of a row.
pub(super) fn put_names<R>(columns: &Columns<R>, table: &mut Table) -> io::Result<()> {
    columns
        .iter()
        .try_for_each(|column| table.show(&column.name))
}

/// Writes what the columns show as fields of a row.
pub(super) fn put_values<R>(columns: &Columns<R>, row: &R, table: &mut Table) -> io::Result<()> {
    columns
        .iter()
        .try_for_each(|column| column.of(row).put(table))
}

/// Writes a table of few rows.
pub(super) fn write<R>(
    columns: &Columns<R>,
    rows: impl IntoIterator<Item = R>,
    out: &mut dyn Out,
) -> io::Result<()> {
    let mut table = Table::new();
    put_names(columns, &mut table)?;
    table.end_row()?;
    for row in rows {
        put_values(columns, &row, &mut table)?;
        table.end_row()?;
    }
    out.write_all(table.bytes())
}

/// Writes a table of many rows, given by their place, in parallel.
pub(super) fn write_many<R>(
    columns: &Columns<R>,
    count: usize,
    row: impl Fn(usize) -> R + Sync,
    out: &mut dyn Out,
) -> io::Result<()> {
    let mut head = Table::new();
    put_names(columns, &mut head)?;
    head.end_row()?;
    out.write_all(head.bytes())?;
    in_blocks(count, 4096, out, |places| {
        let mut table = Table::new();
        for place in places {
            put_values(columns, &row(place), &mut table)?;
            table.end_row()?;
        }
        Ok(table.into_bytes())
    })
}
