//! Columns that look like classes of streets and that nobody named.
//!
//! A line without `highway` is walked, so a motorway whose class stands in another column would be,
//! too: that must not go unsaid.

use super::attributes::{Attribute, value_of};
use super::not_understood::{NotUnderstood, Oddity};
use crate::read::formats::feature::Feature;
use crate::read::formats::table::Value;

/// Names of columns that hold classes, whatever these are.
const NAMES: [&str; 10] = [
    "道路等级",
    "道路类型",
    "道路类别",
    "道路级别",
    "等级",
    "road_class",
    "roadclass",
    "road_type",
    "roadtype",
    "fclass",
];

/// Classes that are hardly anything else than classes of streets.
const CLASSES: [&str; 38] = [
    "motorway",
    "motorway_link",
    "trunk",
    "trunk_link",
    "primary",
    "primary_link",
    "secondary",
    "secondary_link",
    "tertiary",
    "tertiary_link",
    "residential",
    "unclassified",
    "living_street",
    "pedestrian",
    "footway",
    "cycleway",
    "bridleway",
    "steps",
    "高速公路",
    "高速",
    "快速路",
    "国道",
    "省道",
    "县道",
    "乡道",
    "村道",
    "主干路",
    "主干道",
    "次干路",
    "次干道",
    "支路",
    "街巷",
    "内部道路",
    "人行道",
    "步行道",
    "匝道",
    "城市道路",
    "乡村道路",
];

/// Tags whose values are words of streets, and that say nothing of their class.
const OTHER_TAGS: [&str; 12] = [
    "name",
    "名称",
    "道路名称",
    "footway",
    "cycleway",
    "bridleway",
    "path",
    "service",
    "construction",
    "proposed",
    "old_name",
    "sidewalk",
];

/// Tells of a line without a class what looks like one.
pub(crate) fn tell(
    feature: &Feature,
    read: &[Attribute<'_>],
    odd: &mut NotUnderstood,
    place: impl Fn() -> String,
) {
    if value_of(read, "highway").is_some() {
        return;
    }
    for (column, value) in &feature.properties {
        let Value::Text(text) = value else { continue };
        let key = column.to_lowercase();
        let is_class =
            CLASSES.contains(&text.trim()) || CLASSES.contains(&text.to_ascii_lowercase().trim());
        // `footway=residential` is no class, and neither is a key that refines another:
        // `source:highway`.
        let is_other = OTHER_TAGS.contains(&key.as_str()) || key.contains(':');
        if NAMES.contains(&key.as_str()) || (is_class && !is_other) {
            odd.see(Oddity::ClassColumn, format!("{column}={text}"), &place);
        }
    }
}
