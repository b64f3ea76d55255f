//! `denominators.csv`: coverage by people, households, buildings, residential area and firms.

use std::io;

use crate::report::column::{Columns, Sink, Value, write};
use crate::score::Denominator;

pub(crate) fn write_denominators(
    rows: &[Denominator],
    out: &mut (impl Sink + ?Sized),
) -> io::Result<()> {
    write(&columns(), rows, out)
}

pub(crate) fn columns<'r>() -> Columns<&'r Denominator> {
    Columns::<&'r Denominator>::new()
        .with("counted_by", "口径", |row| Value::text(row.name))
        .with("total", "总数", |row| Value::people(row.total))
        .with("covered", "覆盖数", |row| Value::people(row.covered))
        .with("share", "覆盖率", |row| Value::share(row.share))
        .with("score", "得分", |row| Value::share(row.score))
}
