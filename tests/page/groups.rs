//! Places where one group is covered and another is not, and studies that ask nothing of residents.

use std::fs;
use std::path::PathBuf;

use serde_json::Value;
use tempfile::TempDir;
use walkshed::Silent;
use walkshed::model::Study;
use walkshed::read;

use crate::devtools::Browser;
use crate::drawn::{page, write};
use crate::structure::data;

/// One street of 6 km. From `V` it is 920 m to the hall: within 15 minutes at 4 km/h, not at 3.
const STREETS: &str = r#"{"type":"LineString","coordinates":[[116.20,29.7],[116.26,29.7]]}"#;
const SITES: &str = "id,lon,lat,kind\nhall,116.201,29.7,county\n";
const CELLS: &str = "id,lon,lat,population,elderly,enterprises\n\
    N,116.202,29.7,50,10,3\nV,116.2105,29.7,100,20,2\n";
const RULES: &str = "language = 'zh'\n[inputs]\nstreets = 'streets.geojson'\nsites = 'sites.csv'\n\
    cells = 'cells.csv'\nitems = 'items.csv'\noffers = 'offers.csv'\n";
const ELDERLY: &str =
    "[[group]]\nid = 'elderly'\nname = '老年人'\ncount = 'elderly'\nspeed_kmh = 3.0\n";
const FIRMS: &str =
    "[[group]]\nid = 'firms'\ncount = 'enterprises'\napart = true\naudience = 'firm'\n";

/// The study with one item for these, and these groups.
pub fn study(audience: &str, groups: &str) -> Study {
    let folder = TempDir::new().expect("a folder");
    let files = [
        ("streets.geojson", STREETS.to_owned()),
        ("sites.csv", SITES.to_owned()),
        ("cells.csv", CELLS.to_owned()),
        ("items.csv", format!("id,audience\nI,{audience}\n")),
        ("offers.csv", "site,item\nhall,I\n".to_owned()),
        ("study.toml", format!("{RULES}{groups}")),
    ];
    for (name, text) in files {
        fs::write(folder.path().join(name), text).expect("written");
    }
    let file = folder.path().join("study.toml");
    read::study_with(&file, &read::Options::default(), &Silent).expect("a study")
}

/// A place where the elderly alone are too far.
pub fn elderly() -> Study {
    study("person", ELDERLY)
}

fn opened(study: &Study) -> Option<(Browser, PathBuf, TempDir)> {
    let browser = Browser::start()?;
    let folder = tempfile::tempdir().expect("a folder");
    write(study, folder.path());
    let page = folder.path().join("report.html");
    Some((browser, page, folder))
}

#[test]
fn a_place_says_how_many_are_covered_and_who_decides_its_verdict() {
    let page = page(&elderly());
    let data = data(&page);
    assert_eq!(data["cells"]["people"], serde_json::json!([50, 100]));
    assert_eq!(data["cells"]["covered"], serde_json::json!([50, 80]));
    assert_eq!(data["groups"], serde_json::json!(["老年人", "其余人群"]));
    assert_eq!(data["cells"]["group"], serde_json::json!([-1, 0]));
    assert!(page.contains("按最不利人群判定的居民点数"));
    // Where all are one party nobody else decides.
    let alike = crate::drawn::page(&study("person", ""));
    assert!(!alike.contains("按最不利人群判定的"));
}

#[test]
fn the_map_starts_with_the_covered_share_and_the_panel_explains_a_verdict() {
    let Some((mut browser, page, _folder)) = opened(&elderly()) else {
        return;
    };
    browser.open(&page, "#cell=V");
    let drawn = browser.value("document.querySelector('#canvas').dataset.drawn");
    assert!(drawn.as_str().expect("a text").starts_with("share "));
    let said = browser.text("#chosen");
    for part in ["80 / 100", "距离过远", "按最不利人群（老年人）判定"] {
        assert!(said.contains(part), "{part}: {said}");
    }
    let legend = browser.text("#legend");
    assert!(
        legend.contains("100 % (1)") && legend.contains("75–99.9 % (1)"),
        "{legend}"
    );
    assert_eq!(browser.complaints(), Vec::<&Value>::new());
}

#[test]
fn where_residents_are_asked_nothing_the_map_says_so() {
    let study = study("firm", FIRMS);
    let Some((mut browser, page, _folder)) = opened(&study) else {
        return;
    };
    browser.open(&page, "#cell=V");
    let drawn = browser.value("document.querySelector('#canvas').dataset.drawn");
    assert!(
        drawn.as_str().expect("a text").starts_with("firms "),
        "{drawn}"
    );
    let said = browser.text("#chosen");
    assert!(
        said.contains("此处无考核事项") && said.contains("企业判定"),
        "{said}"
    );
    let middle = "(() => { const box = document.querySelector('#canvas').getBoundingClientRect(); \
         return [box.x + box.width / 2, box.y + box.height / 2] })()";
    let middle = browser.value(middle);
    let place = [0, 1].map(|axis| middle[axis].as_f64().expect("a number"));
    browser.mouse(&["mouseMoved"], place);
    let tip = browser.text("#tip");
    assert!(tip.contains("此处无考核事项"), "{tip}");
    assert_eq!(browser.complaints(), Vec::<&Value>::new());
}
