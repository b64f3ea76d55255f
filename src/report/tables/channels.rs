//! `channels.csv`: what people and firms get done by each way alone, by all together, and what those
//! do who cannot go online.

use std::io;

use crate::report::column::{Columns, Sink, Value, write};
use crate::score::ChannelSums;

pub(crate) fn write_channels(
    channels: &[ChannelSums],
    out: &mut (impl Sink + ?Sized),
) -> io::Result<()> {
    write(&columns(), channels.iter().copied(), out)
}

pub(crate) fn columns() -> Columns<ChannelSums> {
    Columns::<ChannelSums>::new()
        .with("channel", "渠道", |sums| {
            Value::Word(sums.channel.word().into())
        })
        .with("population", "人口", |sums| {
            Value::people(sums.tally.people())
        })
        .with("covered_population", "覆盖人口", |sums| {
            Value::people(sums.tally.covered())
        })
        .with("share", "覆盖率", |sums| {
            Value::share(sums.tally.share())
        })
        .with("score", "得分", |sums| Value::share(sums.tally.score()))
        .with("of", "评价对象", |sums| {
            Value::Word(sums.of_word().into())
        })
}
