//! `channels.csv`: coverage at sites alone, with the net, and of those who cannot go online.

use std::io;

use crate::report::atomic::Out;
use crate::report::csv::Table;
use crate::report::number::Number;
use crate::score::{Channel, Tally};

const HEAD: [&str; 5] = [
    "channel",
    "population",
    "covered_population",
    "share",
    "score",
];

pub(crate) fn write(channels: &[(Channel, Tally)], out: &mut dyn Out) -> io::Result<()> {
    let mut table = Table::with_head(HEAD)?;
    for (channel, tally) in channels {
        table.show(channel.word())?;
        table.show(Number::people(tally.people()))?;
        table.show(Number::people(tally.covered()))?;
        table.maybe(Number::share(tally.share()))?;
        table.maybe(Number::share(tally.score()))?;
        table.end_row()?;
    }
    out.write_all(&table.into_bytes()?)
}
