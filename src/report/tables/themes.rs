//! `themes.csv`: each theme, or stage of a firm's life, item by item and at one stop; for people and
//! for firms, each with the items that concern them.

use std::io;

use crate::report::column::{Columns, Sink, Value, write};
use crate::score::{Breakdown, Theme};

/// What a row tells of: a theme, of whom it is asked.
pub(crate) type Row<'r> = (&'static str, &'r Theme);

pub(crate) fn write_themes(told: &Breakdown, out: &mut (impl Sink + ?Sized)) -> io::Result<()> {
    let people = told.themes.iter().map(|theme| ("people", theme));
    let firms = told.firm_themes.iter().map(|theme| ("firms", theme));
    write(&columns(), people.chain(firms), out)
}

pub(crate) fn columns<'r>() -> Columns<Row<'r>> {
    Columns::<Row<'r>>::new()
        .with("theme", "主题", |(_, row)| Value::text(&row.name))
        .with("items", "事项数", |(_, row)| {
            Value::count(row.items.len())
        })
        .with("population", "人口", |(_, row)| Value::people(row.people))
        .with("done_population", "逐项办成人口", |(_, row)| {
            Value::people(row.done)
        })
        .with("share", "逐项办成率", |(_, row)| {
            Value::share(row.share())
        })
        .with("one_stop_population", "一站办成人口", |(_, row)| {
            Value::people(row.one_stop)
        })
        .with("one_stop_share", "一站办成率", |(_, row)| {
            Value::share(row.one_stop_share())
        })
        .with("of", "评价对象", |(of, _)| Value::Word((*of).into()))
}
