//! How evenly it is shared out, whom each site has within its reach, and the borders of units.

use serde_json::json;
use walkshed::geo_types::{MultiPolygon, Rect};
use walkshed::model::{Language, Outline, Study};

use crate::devtools::Browser;
use crate::drawn::{page, plainly, town, write};
use crate::marks::Marks;
use crate::structure::data;

/// The town, of which unit 11 is an area around all of it.
fn with_area() -> Study {
    let study = town(plainly, Language::English);
    let around = Rect::new((-0.02, -0.02), (0.06, 0.02)).to_polygon();
    let outline = Outline::new(&MultiPolygon::from(around)).expect("an area");
    let changed = study.with(|parts| {
        let units = std::mem::take(&mut parts.units);
        parts.units = units.with_outlines([("11".to_owned(), outline)]);
    });
    changed.expect("a study")
}

#[test]
fn the_curve_and_its_coefficient_are_those_of_the_town() {
    let page = page(&town(plainly, Language::English));
    // a, b and d (1, 2 and 8 people) get the one item done, c and e (4 and 16) do not: the curve lies at
    // nothing up to 20 of 31, and twice the area between is 20 / 31.
    let said = Marks::of(&page);
    let said: Vec<&str> = said.within("p").collect();
    let told = said
        .iter()
        .find(|text| text.contains("Gini coefficient 0."));
    let told = told.expect("it is told");
    assert!(
        told.contains("Gini coefficient 0.65; the half with the least has 0.0 %"),
        "{told}"
    );
    // From the lower left corner along the bottom to 20 / 31 of the way, then up to the right.
    let bend = 62.0 + 300.0 * 20.0 / 31.0;
    let curve = format!("d=\"M62 308L{bend:.1} 308L362 8\"");
    assert!(page.contains(&curve), "{curve}");
}

#[test]
fn where_nobody_gets_anything_done_there_is_no_curve() {
    let study = town(plainly, Language::English).with(|parts| {
        parts.sites = walkshed::model::Sites::default();
        parts.catalogue = walkshed::model::Catalogue::implicit(0);
    });
    let page = page(&study.expect("a study"));
    assert!(!page.contains("evenness") && !page.contains("<svg class=\"lorenz\""));
}

#[test]
fn each_site_has_the_cells_that_reach_it_in_time() {
    let data = data(&page(&town(plainly, Language::English)));
    // In runs: none left out and two, three left out and one. a and b reach the hall s, d the kiosk t; c is too far from both, e off every street.
    assert_eq!(data["sites"]["within"], json!([[0, 2], [3, 1]]));
}

#[test]
fn borders_are_drawn_where_units_are_areas() {
    assert_eq!(
        data(&page(&town(plainly, Language::English)))["borders"],
        json!([])
    );
    let page = page(&with_area());
    let borders = data(&page)["borders"].clone();
    let rings = borders.as_array().expect("lines");
    assert_eq!(rings.len(), 1);
    // Five corners, the last the first again.
    let steps: Vec<i64> = rings[0]
        .as_array()
        .expect("steps")
        .iter()
        .filter_map(serde_json::Value::as_i64)
        .collect();
    assert_eq!(steps.len(), 10);
    for axis in 0..2 {
        let back: i64 = steps[2..].iter().skip(axis).step_by(2).sum();
        assert_eq!(back, 0);
    }
    assert!(page.contains("borders of units"));
}

#[test]
fn a_click_on_a_site_rings_its_cells_and_borders_come_and_go() {
    let Some(mut browser) = Browser::start() else {
        return;
    };
    let folder = tempfile::tempdir().expect("a folder");
    write(&with_area(), folder.path());
    let page = folder.path().join("report.html");
    browser.open(&page, "#site=s");
    let reaching = "document.querySelector('#canvas').dataset.reaching";
    assert_eq!(browser.value(reaching), "2");
    let said = browser.text("#chosen");
    assert!(said.contains("cells within reach"), "{said}");
    browser.value("document.querySelector(\"input[value='borders']\").click()");
    let drawn = browser.value("document.querySelector('#canvas').dataset.drawn");
    let drawn = drawn.as_str().expect("a text");
    assert!(drawn.ends_with(" off:borders"), "{drawn}");
    browser.open(&page, "#cell=a");
    assert_eq!(browser.value(reaching), "");
    assert_eq!(browser.complaints(), Vec::<&serde_json::Value>::new());
}
