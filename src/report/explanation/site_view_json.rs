//! What a site does for whom, as JSON.

use serde_json::{Value, json};

use super::json::{escaped, island};
use crate::assess::register::SiteItem;
use crate::assess::{CouldTake, Served, SiteView};
use crate::ids::ItemId;
use crate::model::ItemReach;
use crate::report::number::Number;
use crate::text::plain;

/// What a site does for whom as JSON, with a line break at its end. Items and units go by their ids.
///
/// ```
/// use walkshed::{Options, assess, draw, report};
/// let town = draw::town("A-a--s-B", 100.0, "s");
/// let now = walkshed::run(&town, &Options::default()).unwrap().coverage;
/// let view = assess::site_view(&now, None, town.sites().find("s").unwrap());
/// assert!(report::site_view_json(&view).contains("\"id\": \"s\""));
/// ```
#[must_use]
pub fn site_view_json(view: &SiteView) -> String {
    let study = &view.study;
    let site = &study.sites()[view.site];
    let told = json!({
        "study": study.name(),
        "site": {
            "id": site.id,
            "name": site.name,
            "kind": site.kind,
            "unit": site.unit.map(|unit| &study.units()[unit].id),
            "lon": site.at.lon(),
            "lat": site.at.lat(),
            "there_on_the_day": view.exists,
            "island": view.island.as_ref().map(island),
        },
        "date": study.target().date.map(|day| day.to_string()),
        "online": view.setting.online,
        "leaving": view.setting.leaving.map(|at| at.to_string()),
        "served": view.served.iter().map(|of| served(view, of)).collect::<Vec<_>>(),
        "items": view.items.iter().map(|row| listed(view, row)).collect::<Vec<_>>(),
    });
    escaped(&format!("{told:#}")) + "\n"
}

fn id(view: &SiteView, item: ItemId) -> &str {
    &view.study.catalogue()[item].id
}

fn served(view: &SiteView, of: &Served) -> Value {
    let only_there = of.only_there.iter();
    json!({
        "who": view.study.word_of(of.who),
        "within_limit": Number::people(of.within),
        "cells_within_limit": of.cells,
        "closed_to": Number::people(of.closed_to),
        "nearest_to": Number::people(of.nearest),
        "would_lose": Number::people(of.would_lose),
        "only_there": only_there
            .map(|&(item, number)| json!({ "item": id(view, item), "number": Number::people(number) }))
            .collect::<Vec<_>>(),
        "could_take": of.could_take.iter().map(|row| taken(view, row)).collect::<Vec<_>>(),
    })
}

fn taken(view: &SiteView, row: &CouldTake) -> Value {
    json!({
        "item": id(view, row.item),
        "steps": row.steps.to_string(),
        "remedy": if row.renew { "renew" } else { "hand-down" },
        "gain": Number::people(row.gain),
    })
}

fn listed(view: &SiteView, row: &SiteItem) -> Value {
    let item = &view.study.catalogue()[row.item];
    let reach = match row.offer.reach.unwrap_or(item.reach) {
        ItemReach::OwnUnit => "own-unit",
        ItemReach::Anywhere => "anywhere",
    };
    json!({
        "item": item.id,
        "name": plain(&item.name),
        "steps": row.offer.steps.common(item.visits).to_string(),
        "reach": reach,
        "from": row.offer.from.map(|day| day.to_string()),
        "until": row.offer.until.map(|day| day.to_string()),
        "way": row.way.to_string(),
        "valid": row.valid,
    })
}
