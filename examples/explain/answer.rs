//! What is printed: why, or which cells are worth asking about.

use walkshed::Results;
use walkshed::assess::explain;
use walkshed::ids::{CellId, ItemId};
use walkshed::report::{explanation, explanation_json};
use walkshed::score::Coverage;

use crate::ask::{CellsToAsk, gravest};
use crate::common::said::Said;

/// The coverage that tells of an item: that of the firms where it is asked of firms alone.
pub(crate) fn of_whom(results: &Results, item: Option<ItemId>) -> &Coverage {
    let people = &results.coverage;
    let firms = results.firms.as_ref();
    let of_firms = firms.filter(|firms| {
        item.is_some_and(|item| !people.items().contains(&item) && firms.items().contains(&item))
    });
    of_firms.unwrap_or(people)
}

/// The explanation of a cell and an item, the gravest where none is named; without a cell those
/// that are worth asking about.
pub(crate) fn text(
    now: &Coverage,
    cell: Option<CellId>,
    item: Option<ItemId>,
    json: bool,
) -> String {
    let why = cell.map(|cell| explain(now, cell, item.unwrap_or_else(|| gravest(now, cell))));
    match (why, json) {
        (Some(why), false) => explanation(&why),
        (Some(why), true) => explanation_json(&why),
        (None, false) => CellsToAsk::of(now, item).to_text(),
        (None, true) => CellsToAsk::of(now, item).to_json(),
    }
}

/// What is said when stdout takes no more.
pub(crate) fn cannot_be_printed() -> Said {
    Said::new("the explanation cannot be printed", "说明无法输出")
}
