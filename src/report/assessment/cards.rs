//! `score_cards.csv`: each unit among its siblings.

use std::io;

use super::{person_items, unit_id};
use crate::assess::Card;
use crate::model::Study;
use crate::report::atomic::Out;
use crate::report::csv::Table;
use crate::report::number::Number;

const HEAD: [&str; 18] = [
    "unit",
    "name",
    "parent",
    "depth",
    "rank",
    "ranked",
    "placing",
    "population",
    "covered_population",
    "share",
    "score",
    "left_out",
    "undone_person_items",
    "commonest_reason",
    "sites",
    "sites_within",
    "worst_item",
    "worst_item_population",
];

pub(super) fn write(study: &Study, cards: &[Card<'_>], out: &mut dyn Out) -> io::Result<()> {
    let mut table = Table::with_head(HEAD)?;
    for card in cards {
        put(study, card, &mut table)?;
    }
    out.write_all(&table.into_bytes()?)
}

fn put(study: &Study, card: &Card<'_>, table: &mut Table) -> io::Result<()> {
    let placing = match (card.first, card.last) {
        (true, _) => "first",
        (_, true) => "last",
        _ => "",
    };
    table.text(card.id)?;
    table.text(card.name)?;
    table.text(unit_id(study, card.parent))?;
    table.show(card.depth)?;
    table.maybe(card.rank)?;
    table.show(card.ranked)?;
    table.show(placing)?;
    table.show(Number::people(card.people))?;
    table.show(Number::people(card.covered))?;
    table.maybe(Number::share(card.share))?;
    table.maybe(Number::share(card.score))?;
    table.show(Number::people(card.left_out))?;
    table.show(person_items(card.undone))?;
    table.maybe(card.reason)?;
    table.show(card.sites)?;
    table.show(card.sites_within)?;
    table.maybe_text(
        card.worst
            .map(|(item, _)| study.catalogue()[item].id.as_str()),
    )?;
    table.maybe(card.worst.map(|(_, people)| Number::people(people)))?;
    table.end_row()
}
