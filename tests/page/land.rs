//! The land from which a site is reached in time, as layers of the map.

use std::fs;
use std::path::Path;

use serde_json::Value;
use walkshed::Options;
use walkshed::TravelTime;
use walkshed::model::{Language, Mode, Study, Zone, Zones};
use walkshed::report::{self, ReportOptions};

use crate::devtools::Browser;
use crate::drawn::{plainly, town};
use crate::structure::data;

/// Writes the page of a study with its land.
fn write(study: &Study, folder: &Path) {
    let results = walkshed::run(study, &Options::default()).expect("it has the memory");
    let options = ReportOptions {
        isochrones: true,
        ..ReportOptions::default()
    };
    report::write_with(&results, folder, &options).expect("written");
}

fn lands(study: &Study) -> Vec<Value> {
    let folder = tempfile::tempdir().expect("a folder");
    write(study, folder.path());
    let page = fs::read_to_string(folder.path().join("report.html")).expect("it is there");
    data(&page)["lands"].as_array().expect("a list").clone()
}

fn names(lands: &[Value]) -> Vec<&str> {
    let names = lands.iter().map(|land| land["name"].as_str());
    names.map(|name| name.expect("a name")).collect()
}

#[test]
fn the_land_of_all_sites_is_one_layer() {
    let drawn = lands(&town(plainly, Language::English));
    assert_eq!(
        names(&drawn),
        ["land within 15 min of a site, up to 100 m from a street"]
    );
    // The hall and the kiosk stand 2,500 m apart, and 15 minutes are 1,000 m: two pieces.
    assert_eq!(drawn[0]["rings"].as_array().map(Vec::len), Some(2));
    let drawn = lands(&town(plainly, Language::Chinese));
    assert_eq!(
        names(&drawn),
        ["15 分钟内可到服务点的范围（离道路 100 米以内）"]
    );
}

#[test]
fn whoever_has_another_limit_or_walks_otherwise_has_a_layer_of_her_own() {
    let zone = |name: &str, minutes: Option<u32>, mode: Mode| Zone {
        name: name.to_owned(),
        limit: minutes.map(TravelTime::from_minutes),
        speed: None,
        by: String::new(),
        mode,
    };
    let study = town(plainly, Language::English).with(|parts| {
        let ids: Vec<_> = (0..2).map(walkshed::ids::ZoneId::new).collect();
        let of_cell = [Some(ids[0]), None, None, Some(ids[1]), None].to_vec();
        let list = vec![
            zone("the hills", Some(30), Mode::Walk),
            zone("the plain", None, Mode::Bicycle),
        ];
        parts.zones = Zones::new(list, of_cell);
    });
    let drawn = lands(&study.expect("a study"));
    let mut names = names(&drawn);
    names.sort_unstable();
    assert_eq!(
        names,
        [
            "land within 15 min of a site, up to 100 m from a street, as people get about in all other places",
            "land within 15 min of a site, up to 100 m from a street, as people get about in the plain",
            "land within 30 min of a site, up to 100 m from a street, as people get about in the hills",
        ]
    );
}

/// Whether something is drawn 40 pixels beside the middle of the map, where neither streets nor dots are.
const IS_LAND: &str = "(() => { const canvas = document.querySelector('#canvas'); \
     const x = canvas.width / 2 + 40, y = canvas.height / 2 + 40; \
     return canvas.getContext('2d').getImageData(x, y, 1, 1).data[3] > 0 })()";

/// What is switched off.
fn off(browser: &mut Browser) -> String {
    let drawn = browser.value("document.querySelector('#canvas').dataset.drawn");
    let drawn = drawn.as_str().expect("it is drawn");
    drawn.split_once("off:").expect("it says so").1.to_owned()
}

#[test]
fn the_land_is_shown_where_it_is_asked_for_and_not_before() {
    let Some(mut browser) = Browser::start() else {
        return;
    };
    let folder = tempfile::tempdir().expect("a folder");
    let study = town(plainly, Language::English);
    write(&study, folder.path());
    let page = folder.path().join("report.html");
    browser.open(&page, "#cell=a");
    assert_eq!(off(&mut browser), "land0");
    assert_eq!(browser.value(IS_LAND), false);
    browser.value("document.querySelector(\"input[value='land0']\").click()");
    assert_eq!(off(&mut browser), "");
    assert_eq!(browser.value(IS_LAND), true);
    // c is farther than 15 minutes from both sites: there is no land around it.
    browser.open(&page, "#cell=c&on=land0&off=names");
    assert_eq!(off(&mut browser), "names");
    assert_eq!(browser.value(IS_LAND), false);
    assert_eq!(browser.complaints(), Vec::<&Value>::new());
}
