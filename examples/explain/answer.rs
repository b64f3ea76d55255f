//! What is printed: why, or which cells are worth asking about.

use walkshed::assess::{self, Explanation, explain_beside};
use walkshed::ids::{CellId, ItemId, SiteId};
use walkshed::report::{explanation, explanation_json, site_view, site_view_json};
use walkshed::score::Coverage;
use walkshed::{People, Results};

use crate::ask::{CellsToAsk, gravest};
use crate::common::said::Said;
use crate::question::Question;

/// The coverage that answers, and the other beside it: that of the firms where the item is asked of
/// firms alone, or where firms are and nobody lives.
fn of_whom<'r>(results: &'r Results, question: &Question) -> (&'r Coverage, Option<&'r Coverage>) {
    let people = &results.coverage;
    let Some(firms) = &results.firms else {
        return (people, None);
    };
    let of_firms_alone =
        |item: ItemId| !people.items().contains(&item) && firms.items().contains(&item);
    let asked_of_firms = |item: ItemId| firms.items().contains(&item);
    let firms_alone_are_there =
        |cell: CellId| people.people(cell) == People::ZERO && firms.people(cell) > People::ZERO;
    let item = question.item;
    let in_a_park = question.cell.is_some_and(firms_alone_are_there);
    if item.is_some_and(of_firms_alone) || in_a_park && item.is_none_or(asked_of_firms) {
        (firms, Some(people))
    } else {
        (people, Some(firms))
    }
}

/// The explanation of a cell and an item, the gravest where none is named, or of a site; without
/// either the cells that are worth asking about.
pub(crate) fn text(results: &Results, question: &Question, json: bool) -> String {
    if let Some(site) = question.site {
        return of_site(results, site, json);
    }
    let item = question.item;
    let (now, beside) = of_whom(results, question);
    match (question.cell, json) {
        (Some(cell), json) => {
            let item = item.unwrap_or_else(|| gravest(now, cell));
            of_cell(&explain_beside(now, beside, cell, item), json)
        }
        (None, false) => CellsToAsk::of(now, item).to_text(),
        (None, true) => CellsToAsk::of(now, item).to_json(),
    }
}

fn of_cell(why: &Explanation, json: bool) -> String {
    if json {
        explanation_json(why)
    } else {
        explanation(why)
    }
}

fn of_site(results: &Results, site: SiteId, json: bool) -> String {
    let view = assess::site_view(&results.coverage, results.firms.as_ref(), site);
    if json {
        site_view_json(&view)
    } else {
        site_view(&view)
    }
}

/// What is said when stdout takes no more.
pub(crate) fn cannot_be_printed() -> Said {
    Said::new("the explanation cannot be printed", "说明无法输出")
}
