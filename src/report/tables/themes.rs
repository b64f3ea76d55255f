//! `themes.csv`: each theme, or stage of a firm's life, item by item and at one stop.

use std::io;

use crate::report::atomic::Out;
use crate::report::csv::Table;
use crate::report::number::Number;
use crate::score::Theme;

const HEAD: [&str; 7] = [
    "theme",
    "items",
    "population",
    "done_population",
    "share",
    "one_stop_population",
    "one_stop_share",
];

pub(crate) fn write(themes: &[Theme<'_>], out: &mut dyn Out) -> io::Result<()> {
    let mut table = Table::with_head(HEAD)?;
    for theme in themes {
        table.text(theme.name)?;
        table.show(theme.items.len())?;
        table.show(Number::people(theme.people))?;
        table.show(Number::people(theme.done))?;
        table.maybe(Number::share(theme.share()))?;
        table.show(Number::people(theme.one_stop))?;
        table.maybe(Number::share(theme.one_stop_share()))?;
        table.end_row()?;
    }
    out.write_all(&table.into_bytes()?)
}
