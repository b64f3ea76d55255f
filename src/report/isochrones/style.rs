//! `isochrones.qml`: how QGIS draws `isochrones.geojson`.

use std::io;

use super::row::colour;
use crate::isochrone::Catchments;
use crate::report::number::Number;
use crate::report::out::Out;
use crate::report::qgis::{self, Category, Drawn, Layer, Symbol};
use crate::units::TravelTime;
use crate::words::text;

/// Writes a class a limit, in the colours that the map itself names.
pub(super) fn write(catchments: &Catchments, out: &mut dyn Out) -> io::Result<()> {
    let mut limits = catchments.request.limits.clone();
    limits.sort_unstable();
    limits.dedup();
    let of_limit = |&limit: &TravelTime| category(catchments, limit);
    let categories: Vec<Category> = limits.iter().map(of_limit).collect();
    // The map has the longest limits first, so that they show below shorter ones.
    let layer = Layer {
        property: "minutes",
        drawn: Drawn::Areas,
        opacity: Some("0.5"),
    };
    qgis::write(&layer, &categories, out)
}

/// The class of a limit, under the number of minutes that stands in the map.
fn category(catchments: &Catchments, limit: TravelTime) -> Category {
    let colour = colour(&catchments.request.limits, limit);
    let minutes = Number::minutes(limit).to_string();
    let label = text!(PageUpTo, minutes = minutes.as_str());
    Category {
        label: label.in_language(catchments.study.language()),
        value: minutes,
        symbol: Symbol {
            drawn: Drawn::Areas,
            fill: colour,
            outline: colour,
            shape: "",
            size: "",
        },
    }
}
