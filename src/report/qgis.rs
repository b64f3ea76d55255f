//! Styles (`.qml`): how QGIS draws the maps that stand beside them, which it looks up by the name; and those
//! of `cells.geojson` and `sites.geojson`.
//!
//! Cells have the colours of their verdicts as on the page for people, sites a shape for each kind, so that
//! colour-blind eyes tell both apart. The form is that of QGIS 3 (`QgsCategorizedSymbolRenderer`); what a
//! symbol is made of stands there twice, as `Option` for QGIS 3.26 and later and as `prop` for those before.

use std::io;

use maud::{Markup, PreEscaped, html};

use super::out::Out;
use super::page::colours;
use super::spoken::spoken;
use crate::model::Study;
use crate::run::Results;
use crate::score::VerdictKind;
use crate::text::steady;
use crate::words::text;

/// The shapes of kinds of sites, in the order in which the page gives them out.
const SHAPES: [&str; 5] = ["diamond", "square", "triangle", "circle", "pentagon"];

/// What a symbol is drawn on.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Drawn {
    Points,
    Areas,
}

/// One class of features, and how it looks.
pub(super) struct Category {
    pub(super) value: String,
    pub(super) label: String,
    pub(super) symbol: Symbol,
}

/// How a feature is drawn; of areas shape and size tell nothing.
pub(super) struct Symbol {
    pub(super) drawn: Drawn,
    pub(super) fill: &'static str,
    pub(super) outline: &'static str,
    pub(super) shape: &'static str,
    /// In millimetres.
    pub(super) size: &'static str,
}

/// What a style draws.
pub(super) struct Layer {
    /// By which classes are told apart.
    pub(super) property: &'static str,
    pub(super) drawn: Drawn,
    /// Of the layer as a whole, from 0 to 1: land upon land keeps its colour. None where nothing shows through.
    pub(super) opacity: Option<&'static str>,
}

/// Writes the style of `cells.geojson`: a class a verdict.
pub(super) fn write_cells(results: &Results, out: &mut dyn Out) -> io::Result<()> {
    let study = results.study();
    let drawn = drawn_as(study);
    let category = |kind: VerdictKind| Category {
        value: kind.word().to_owned(),
        label: kind.name().in_language(study.language()),
        symbol: Symbol {
            drawn,
            fill: colours::of_verdict(kind),
            outline: colours::outline(kind).unwrap_or("#ffffff"),
            shape: "circle",
            size: "2",
        },
    };
    let categories = VerdictKind::ALL.map(category);
    let layer = Layer {
        property: "verdict",
        drawn,
        opacity: None,
    };
    write(&layer, &categories, out)
}

/// Writes the style of `sites.geojson`: a class a kind.
pub(super) fn write_sites(results: &Results, out: &mut dyn Out) -> io::Result<()> {
    let study = results.study();
    let sites = study.sites().iter();
    // XML has no way to write some characters. A kind with one falls into the class of the empty
    // value, which is how QGIS draws whatever no other class names.
    let kinds = sites.map(|(_, site)| match site.kind.as_str() {
        kind if kind.chars().any(is_no_xml) => "",
        kind => kind,
    });
    let mut kinds: Vec<&str> = kinds.collect();
    kinds.sort_unstable();
    kinds.dedup();
    let language = study.language();
    let category = |(place, kind): (usize, &&str)| Category {
        value: (*kind).to_owned(),
        label: if kind.is_empty() {
            text!(PageSites).in_language(language)
        } else {
            steady(&spoken("kind", kind).in_language(language))
        },
        symbol: symbol_of_kind(place),
    };
    let categories: Vec<Category> = kinds.iter().enumerate().map(category).collect();
    let layer = Layer {
        property: "kind",
        drawn: Drawn::Points,
        opacity: None,
    };
    write(&layer, &categories, out)
}

/// Whether XML has no way to write a character, or a program might not keep it.
fn is_no_xml(sign: char) -> bool {
    sign.is_control() || matches!(sign, '\u{fffe}' | '\u{ffff}')
}

/// White with a dark line; past the last shape dark with a white one, as on the page.
fn symbol_of_kind(place: usize) -> Symbol {
    let is_light = place < SHAPES.len();
    let [fill, outline] = if is_light {
        ["#ffffff", "#111111"]
    } else {
        ["#333333", "#ffffff"]
    };
    Symbol {
        drawn: Drawn::Points,
        fill,
        outline,
        shape: SHAPES[place % SHAPES.len()],
        size: "3.4",
    }
}

/// As areas where most cells are: a style has symbols of one sort.
fn drawn_as(study: &Study) -> Drawn {
    let cells = study.cells();
    let areas = cells.iter().filter(|(id, _)| cells.outline(*id).is_some());
    if 2 * areas.count() > cells.len() {
        Drawn::Areas
    } else {
        Drawn::Points
    }
}

/// Writes a style of these classes.
pub(super) fn write(layer: &Layer, categories: &[Category], out: &mut dyn Out) -> io::Result<()> {
    let geometry = match layer.drawn {
        Drawn::Points => "0",
        Drawn::Areas => "2",
    };
    let style = html! {
        (PreEscaped("<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"))
        qgis version="3.22" styleCategories="Symbology" {
            renderer-v2 type="categorizedSymbol" attr=(layer.property) symbollevels="0" enableorderby="0" forceraster="0" {
                categories {
                    @for (place, category) in categories.iter().enumerate() {
                        (PreEscaped("\n"))
                        category render="true" symbol=(place) value=(category.value) label=(category.label) {}
                    }
                }
                symbols {
                    @for (place, category) in categories.iter().enumerate() {
                        (PreEscaped("\n"))
                        (symbol(place, &category.symbol))
                    }
                }
            }
            @if let Some(opacity) = layer.opacity { layerOpacity { (opacity) } }
            layerGeometryType { (geometry) }
        }
    };
    out.write_all(style.into_string().as_bytes())?;
    out.write_all(b"\n")
}

/// One symbol, as both forms that versions of QGIS read.
fn symbol(place: usize, symbol: &Symbol) -> Markup {
    let [fill, outline] = [symbol.fill, symbol.outline].map(red_green_blue);
    let (sort, class) = match symbol.drawn {
        Drawn::Points => ("marker", "SimpleMarker"),
        Drawn::Areas => ("fill", "SimpleFill"),
    };
    let parts: Vec<(&str, &str)> = match symbol.drawn {
        Drawn::Points => vec![
            ("color", &fill),
            ("name", symbol.shape),
            ("outline_color", &outline),
            ("outline_style", "solid"),
            ("outline_width", "0.3"),
            ("outline_width_unit", "MM"),
            ("size", symbol.size),
            ("size_unit", "MM"),
        ],
        Drawn::Areas => vec![
            ("color", &fill),
            ("outline_color", &outline),
            ("outline_style", "solid"),
            ("outline_width", "0.1"),
            ("outline_width_unit", "MM"),
            ("style", "solid"),
        ],
    };
    html! {
        symbol type=(sort) name=(place) alpha="1" clip_to_extent="1" force_rhr="0" {
            layer class=(class) enabled="1" locked="0" pass="0" {
                Option type="Map" {
                    @for (name, value) in &parts { Option type="QString" name=(name) value=(value) {} }
                }
                @for (name, value) in &parts { prop k=(name) v=(value) {} }
            }
        }
    }
}

/// A colour as QGIS writes it: `#009e73` is `0,158,115,255`.
fn red_green_blue(colour: &str) -> String {
    let part = |from: usize| {
        let digits = colour.get(from..from + 2).unwrap_or_default();
        u8::from_str_radix(digits, 16).unwrap_or_default()
    };
    format!("{},{},{},255", part(1), part(3), part(5))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_written_as_qgis_does() {
        assert_eq!(red_green_blue("#009e73"), "0,158,115,255");
        assert_eq!(red_green_blue("#ffffff"), "255,255,255,255");
    }

    #[test]
    fn no_two_of_ten_kinds_look_alike() {
        let looks: std::collections::BTreeSet<_> = (0..10)
            .map(|place| {
                let symbol = symbol_of_kind(place);
                (symbol.fill, symbol.shape)
            })
            .collect();
        assert_eq!(looks.len(), 10);
    }
}
