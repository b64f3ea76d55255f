//! What is printed: why, or which cells are worth asking about.

use walkshed::Results;
use walkshed::assess::explain_beside;
use walkshed::ids::{CellId, ItemId};
use walkshed::report::{explanation, explanation_json};
use walkshed::score::Coverage;

use crate::ask::{CellsToAsk, gravest};
use crate::common::said::Said;

/// The coverage that tells of an item, and the other beside it: that of the firms where it is asked of
/// firms alone.
fn of_whom(results: &Results, item: Option<ItemId>) -> (&Coverage, Option<&Coverage>) {
    let people = &results.coverage;
    let Some(firms) = &results.firms else {
        return (people, None);
    };
    let is_of_firms =
        |item: ItemId| !people.items().contains(&item) && firms.items().contains(&item);
    if item.is_some_and(is_of_firms) {
        (firms, Some(people))
    } else {
        (people, Some(firms))
    }
}

/// The explanation of a cell and an item, the gravest where none is named; without a cell those
/// that are worth asking about.
pub(crate) fn text(
    results: &Results,
    cell: Option<CellId>,
    item: Option<ItemId>,
    json: bool,
) -> String {
    let (now, beside) = of_whom(results, item);
    let why = cell.map(|cell| {
        let item = item.unwrap_or_else(|| gravest(now, cell));
        explain_beside(now, beside, cell, item)
    });
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
