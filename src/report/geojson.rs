//! The GeoJSON files (RFC 7946), streamed feature by feature.

use std::io::{self, Write};

use serde_json::{Map, Value, json};

use super::tables::gap;
use super::values::{seconds, share};
use crate::model::{Study, Unit};
use crate::plane::Position;
use crate::score::{Coverage, VerdictKind};
use crate::snap::Snap;
use crate::units::{People, TravelTime};

/// `cells.geojson`: the cells as points, with the columns of `cells.csv`.
pub(super) fn cells(study: &Study, now: &Coverage<'_>, out: &mut dyn Write) -> io::Result<()> {
    let features = study.cells().iter().map(|(id, cell)| {
        let (result, nearest) = (now.cell(id), now.nearest(id));
        let known = result.verdict != VerdictKind::Unknown;
        let properties = json!({
            "cell": cell.id,
            "unit": cell.unit.map(|unit| &study.units()[unit].id),
            "population": people(cell.people),
            "verdict": result.verdict.word(),
            "score": share(now.score(id)).filter(|_| known),
            "items_done": known.then_some(result.items_done),
            "items_asked": now.target().items.len(),
            "nearest_site": nearest.map(|reach| &study.sites()[reach.site].id),
            "seconds": nearest.map(|reach| tenths(reach.time)),
            "gap_m": gap(now, id).map(one_decimal),
            "name": cell.name,
        });
        feature(cell.at, properties)
    });
    collection(features, out)
}

/// `sites.geojson`: the sites, where they hang, and whom they serve.
pub(super) fn sites(study: &Study, now: &Coverage<'_>, out: &mut dyn Write) -> io::Result<()> {
    let served = now.by_site();
    let catalogue = study.catalogue();
    let features = study.sites().iter().map(|(id, site)| {
        let (snap, served) = (now.times().links().site(id), served[id.index()]);
        let unit: Option<&Unit> = site.unit.map(|unit| &study.units()[unit]);
        let properties = json!({
            "id": site.id,
            "name": site.name,
            "kind": site.kind,
            "unit": unit.map(|unit| &unit.id),
            "snapped": matches!(snap, Snap::Snapped { .. }),
            "gap_m": snap.gap().map(one_decimal),
            "items": catalogue.iter().filter(|&(item, _)| catalogue.handles(id, item)).count(),
            "cells": served.cells,
            "people": people(served.people),
            "cells_nearest": served.cells_nearest,
            "people_nearest": people(served.people_nearest),
        });
        feature(Some(site.at), properties)
    });
    collection(features, out)
}

fn collection(features: impl Iterator<Item = Value>, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(b"{\"type\":\"FeatureCollection\",\"features\":[")?;
    for (place, feature) in features.enumerate() {
        out.write_all(if place == 0 { b"\n" } else { b",\n" })?;
        serde_json::to_writer(&mut *out, &feature)?;
    }
    out.write_all(b"\n]}\n")
}

fn feature(at: Option<Position>, properties: Value) -> Value {
    let degrees = |value: f64| (value * 1e7).round() / 1e7;
    let geometry = at.map(|at| json!({ "type": "Point", "coordinates": [degrees(at.lon()), degrees(at.lat())] }));
    let mut feature = Map::new();
    feature.insert("type".to_owned(), "Feature".into());
    feature.insert("geometry".to_owned(), geometry.unwrap_or_default());
    feature.insert("properties".to_owned(), properties);
    Value::Object(feature)
}

fn one_decimal(metres: f64) -> f64 {
    (metres * 10.0).round() / 10.0
}

fn tenths(time: TravelTime) -> f64 {
    seconds(time).parse().unwrap_or_default()
}

/// People as a JSON number: whole where they are whole.
pub(super) fn people(people: People) -> Value {
    if people.millionths().is_multiple_of(1_000_000) {
        (people.millionths() / 1_000_000).into()
    } else {
        people.as_f64().into()
    }
}
