//! The styles for QGIS: well-formed, with a class for each verdict and kind, and names that stay names.

use std::fs;

use quick_xml::Reader;
use quick_xml::events::Event;
use walkshed::model::{Language, Study};

use crate::drawn::{Naming, plainly, town, write};
use crate::hostile::hostile;

/// The values of this attribute of these elements of a style. What is no XML is a panic.
fn values(style: &str, element: &str, attribute: &str) -> Vec<String> {
    let mut reader = Reader::from_str(style);
    reader.config_mut().check_end_names = true;
    let mut found = Vec::new();
    loop {
        match reader.read_event().expect("well-formed") {
            Event::Eof => return found,
            Event::Start(tag) | Event::Empty(tag) if tag.name().as_ref() == element => {
                let value = tag.try_get_attribute(attribute).expect("well-formed");
                let value = value.map(|value| value.value.into_owned());
                found.extend(value);
            }
            _ => {}
        }
    }
}

fn styles(naming: Naming, language: Language) -> [String; 2] {
    let folder = tempfile::tempdir().expect("a folder");
    let study: Study = town(naming, language);
    write(&study, folder.path());
    ["cells.qml", "sites.qml"]
        .map(|name| fs::read_to_string(folder.path().join(name)).expect("written"))
}

#[test]
fn each_verdict_and_kind_has_a_class_with_a_symbol_of_its_own() {
    let [cells, sites] = styles(plainly, Language::Chinese);
    let verdicts = walkshed::score::VerdictKind::ALL.map(|kind| kind.word().to_owned());
    assert_eq!(values(&cells, "category", "value"), verdicts);
    assert_eq!(values(&cells, "category", "label")[0], "已覆盖");
    assert_eq!(values(&sites, "category", "value"), ["hall", "kiosk"]);
    for style in [&cells, &sites] {
        let asked = values(style, "category", "symbol");
        assert_eq!(values(style, "symbol", "name"), asked);
        assert_eq!(values(style, "symbol", "type"), vec!["marker"; asked.len()]);
    }
    assert_eq!(values(&cells, "renderer-v2", "attr"), ["verdict"]);
    assert_eq!(values(&sites, "renderer-v2", "attr"), ["kind"]);
    assert!(cells.contains("0,158,115,255"), "{cells}");
}

#[test]
fn names_from_the_data_stay_names() {
    let writable = |name: &str| {
        hostile(name).replace(|sign: char| sign.is_control() || sign == '\u{ffff}', "")
    };
    let [_, sites] = styles(writable, Language::English);
    let kinds = values(&sites, "category", "value");
    assert_eq!(kinds.len(), 2, "{kinds:?}");
    assert!(!sites.contains("<script") && !sites.contains("<img"));
}

#[test]
fn kinds_that_no_style_can_name_are_drawn_as_all_others() {
    let [_, sites] = styles(hostile, Language::English);
    assert_eq!(values(&sites, "category", "value"), [""]);
    assert_eq!(values(&sites, "symbol", "name"), ["0"]);
    assert!(!sites.contains(|sign: char| sign.is_control() && sign != '\n'));
}

#[test]
fn the_land_has_a_class_for_each_limit_in_the_colours_of_the_map() {
    use walkshed::isochrone::{Request, isochrones};
    use walkshed::report::{OutDir, ReportOptions, write_isochrones_into};

    let study = town(plainly, Language::Chinese);
    let limits = [15.0, 7.5]
        .map(|minutes| walkshed::TravelTime::from_seconds(minutes * 60.0).expect("a time"));
    let request = Request {
        limits: limits.to_vec(),
        ..Request::of(&study)
    };
    let drawn = isochrones(&study, &request, &walkshed::Silent);
    let folder = tempfile::tempdir().expect("a folder");
    let out = OutDir::open(folder.path(), &ReportOptions::default()).expect("opened");
    write_isochrones_into(&drawn, &out, &walkshed::Silent).expect("written");
    let read = |name: &str| fs::read_to_string(folder.path().join(name)).expect("written");
    let style = read("isochrones.qml");
    assert_eq!(values(&style, "renderer-v2", "attr"), ["minutes"]);
    assert_eq!(values(&style, "category", "value"), ["7.5", "15"]);
    assert_eq!(
        values(&style, "category", "label"),
        ["7.5 分钟以内", "15 分钟以内"]
    );
    assert_eq!(values(&style, "symbol", "type"), ["fill"; 2]);
    // The colours are those of the map, as QGIS writes them.
    let map: serde_json::Value =
        serde_json::from_str(&read("isochrones.geojson")).expect("GeoJSON");
    for feature in map["features"].as_array().expect("features") {
        let fill = feature["properties"]["fill"].as_str().expect("a colour");
        let part = |from| u8::from_str_radix(&fill[from..from + 2], 16).expect("a colour");
        let fill = format!("{},{},{},255", part(1), part(3), part(5));
        assert!(style.contains(&fill), "{fill}: {style}");
    }
}

#[test]
fn a_plan_has_a_class_for_each_role_of_its_map() {
    use walkshed::plan::{Limits, Room};
    use walkshed::proposal::{Opens, SitingRequest, Wanted, at_cells, siting};
    use walkshed::report::{OutDir, ReportOptions, write_proposal_into};

    let study = town(plainly, Language::English);
    let service = study.catalogue().iter().next().expect("an item").0;
    let request = SitingRequest {
        wanted: Wanted::Mclp,
        room: Room::Sites(1),
        places: at_cells(&study),
        opens: Opens::Handling {
            kind: "kiosk".to_owned(),
            items: vec![service],
        },
        phase: None,
        min_share: None,
        frontier: false,
    };
    let plan = siting(&study, &request, &Limits::NONE, &walkshed::Silent).expect("a plan");
    let folder = tempfile::tempdir().expect("a folder");
    let out = OutDir::open(folder.path(), &ReportOptions::default()).expect("opened");
    write_proposal_into(&plan, 0.0, &out, &walkshed::Silent).expect("written");
    let read = |name: &str| fs::read_to_string(folder.path().join(name)).expect("written");
    let style = read("plan.qml");
    assert_eq!(values(&style, "renderer-v2", "attr"), ["role"]);
    let classes = values(&style, "category", "value");
    let map: serde_json::Value = serde_json::from_str(&read("plan.geojson")).expect("GeoJSON");
    let features = map["features"].as_array().expect("features");
    assert!(!features.is_empty());
    for feature in features {
        let role = feature["properties"]["role"].as_str().expect("a role");
        assert!(classes.iter().any(|class| class == role), "{role}");
    }
    assert_eq!(values(&style, "category", "label")[2], "newly covered");
}
