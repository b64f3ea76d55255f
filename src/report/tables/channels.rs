//! `channels.csv`: coverage at sites alone, with the net, and of those who cannot go online.

use std::io;

use crate::report::column::{Columns, Value, write};
use crate::report::out::Out;
use crate::score::{Channel, Tally};

pub(crate) type Row = (Channel, Tally);

pub(crate) fn write_channels(channels: &[Row], out: &mut dyn Out) -> io::Result<()> {
    write(&columns(), channels.iter().copied(), out)
}

pub(crate) fn columns() -> Columns<Row> {
    Columns::<Row>::new()
        .with("channel", "渠道", |(channel, _)| {
            Value::Word(channel.word().into())
        })
        .with("population", "人口", |(_, tally)| {
            Value::people(tally.people())
        })
        .with("covered_population", "覆盖人口", |(_, tally)| {
            Value::people(tally.covered())
        })
        .with("share", "覆盖率", |(_, tally)| {
            Value::share(tally.share())
        })
        .with("score", "得分", |(_, tally)| Value::share(tally.score()))
}
