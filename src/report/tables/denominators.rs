//! `denominators.csv`: coverage by people, households, buildings, residential area and firms.

use std::io;

use crate::report::atomic::Out;
use crate::report::csv::Table;
use crate::report::number::Number;
use crate::score::Denominator;

const HEAD: [&str; 5] = ["counted_by", "total", "covered", "share", "score"];

pub(crate) fn write(rows: &[Denominator<'_>], out: &mut dyn Out) -> io::Result<()> {
    let mut table = Table::with_head(HEAD)?;
    for row in rows {
        table.text(row.name)?;
        table.show(Number::people(row.total))?;
        table.show(Number::people(row.covered))?;
        table.maybe(Number::share(row.share))?;
        table.maybe(Number::share(row.score))?;
        table.end_row()?;
    }
    out.write_all(&table.into_bytes()?)
}
