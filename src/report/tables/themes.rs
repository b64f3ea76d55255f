//! `themes.csv`: each theme, or stage of a firm's life, item by item and at one stop.

use std::io;

use crate::report::column::{Columns, Value, write};
use crate::report::out::Out;
use crate::score::Theme;

pub(crate) fn write_themes(themes: &[Theme], out: &mut dyn Out) -> io::Result<()> {
    write(&columns(), themes, out)
}

pub(crate) fn columns<'r>() -> Columns<&'r Theme> {
    Columns::<&'r Theme>::new()
        .with("theme", "主题", |row| Value::text(&row.name))
        .with("items", "事项数", |row| Value::count(row.items.len()))
        .with("population", "人口", |row| Value::people(row.people))
        .with("done_population", "逐项办成人口", |row| {
            Value::people(row.done)
        })
        .with("share", "逐项办成率", |row| Value::share(row.share()))
        .with("one_stop_population", "一站办成人口", |row| {
            Value::people(row.one_stop)
        })
        .with("one_stop_share", "一站办成率", |row| {
            Value::share(row.one_stop_share())
        })
}
