//! What is printed: why, or which cells are worth asking about.

use walkshed::Results;
use walkshed::assess::{self, Explanation, explain_beside};
use walkshed::ids::{ItemId, SiteId};
use walkshed::report::{explanation, explanation_json, site_view, site_view_json};
use walkshed::score::Coverage;

use crate::ask::{CellsToAsk, gravest};
use crate::common::said::Said;
use crate::question::Question;

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

/// The explanation of a cell and an item, the gravest where none is named, or of a site; without
/// either the cells that are worth asking about.
pub(crate) fn text(results: &Results, question: &Question, json: bool) -> String {
    if let Some(site) = question.site {
        return of_site(results, site, json);
    }
    let item = question.item;
    let (now, beside) = of_whom(results, item);
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
