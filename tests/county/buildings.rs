//! Cells of buildings: of a map, of at most so many people, with what the units count beside people.

use std::fmt::Write as _;

use walkshed::People;
use walkshed::model::Study;

use super::{findings, study_of};

/// A square of so many metres as a way of a map, a place in metres from 116° E on the equator.
fn house(number: usize, [east, north]: [f64; 2], side: f64, tags: &[(&str, &str)]) -> String {
    let mut nodes = String::new();
    let mut way = format!(r#"<way id="{number}">"#);
    for (corner, [x, y]) in [[0.0, 0.0], [side, 0.0], [side, side], [0.0, side]]
        .into_iter()
        .enumerate()
    {
        let id = number * 10 + corner;
        let lon = 116.0 + (east + x) / 111_319.490_8;
        let lat = (north + y) / 110_574.3;
        let _ = write!(nodes, r#"<node id="{id}" lat="{lat:.8}" lon="{lon:.8}"/>"#);
        let _ = write!(way, r#"<nd ref="{id}"/>"#);
    }
    let _ = write!(way, r#"<nd ref="{}"/>"#, number * 10);
    for (key, value) in tags {
        let _ = write!(way, r#"<tag k="{key}" v="{value}"/>"#);
    }
    nodes + &way + "</way>"
}

/// A street, and these houses.
fn map(houses: &[String]) -> String {
    format!(
        r#"<osm version="0.6"><node id="1" lat="0" lon="116"/><node id="2" lat="0" lon="116.01"/><way id="1"><nd ref="1"/><nd ref="2"/><tag k="highway" v="residential"/></way>{}</osm>"#,
        houses.concat()
    )
}

const UNITS: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"id":"v","name":"V","population":400,"elderly":80,"户数":120},"geometry":{"type":"Polygon","coordinates":[[[115.99,-0.01],[116.02,-0.01],[116.02,0.02],[115.99,0.02],[115.99,-0.01]]]}}]}"#;

fn study(map: &str, cells: &str, more: &str) -> Result<Study, String> {
    let text =
        format!("[inputs]\nstreets = 'map.osm'\nsites = 'sites.csv'\ncells = {cells}\n{more}");
    study_of(&[
        ("map.osm", map),
        ("sites.csv", "id,lon,lat\nhall,116.001,0.0001\n"),
        ("units.geojson", UNITS),
        ("study.toml", &text),
    ])
}

fn town() -> String {
    let flats = [("building", "apartments"), ("building:levels", "6")];
    map(&[
        house(10, [100.0, 20.0], 20.0, &flats),
        house(11, [200.0, 20.0], 20.0, &[("building", "yes"), ("building:levels", "2")]),
        house(12, [300.0, 20.0], 40.0, &[("building", "yes"), ("amenity", "school")]),
        house(13, [400.0, 20.0], 4.0, &[("building", "yes")]),
        house(14, [500.0, 20.0], 20.0, &[("building", "no")]),
        // A corner of it lies beyond the map.
        r#"<way id="15"><nd ref="100"/><nd ref="101"/><nd ref="999"/><nd ref="100"/><tag k="building" v="yes"/></way>"#.to_owned(),
    ])
}

#[test]
fn a_map_has_outlines_of_buildings() {
    let study = study(&town(), "{ path = 'map.osm', buildings = true }", "").expect("a good map");
    let cells = study.cells();
    assert_eq!(cells.len(), 2);
    // 400 m² by six levels and by two, at a person per 40 m².
    let people: Vec<f64> = cells.iter().map(|(_, cell)| cell.people.as_f64()).collect();
    assert!(
        (people[0] - 60.0).abs() < 0.6 && (people[1] - 20.0).abs() < 0.2,
        "{people:?}"
    );
    assert!(findings(&study, "not-lived-in")[0].contains("amenity=school"));
    assert_eq!(findings(&study, "map-buildings-cut").len(), 1);
    assert_eq!(findings(&study, "sheds").len(), 1);
    assert_eq!(cells.people_estimated(), cells.people());
}

#[test]
fn a_building_and_its_outline_are_one() {
    let one = map(&[house(11, [200.0, 20.0], 20.0, &[("building", "yes")])]);
    let relation = r#"<relation id="9"><member type="way" ref="11" role="outer"/><tag k="type" v="multipolygon"/><tag k="building" v="yes"/></relation></osm>"#;
    let twice = one.replace("</osm>", relation);
    let cells = "{ path = 'map.osm', buildings = true }";
    let people = |map: &str| study(map, cells, "").expect("a good map").cells().people();
    assert_eq!(people(&twice), people(&one));
    let read = study(&twice, cells, "").expect("a good map");
    assert_eq!(findings(&read, "map-buildings-outlines").len(), 1);
    // Where all are lost, the reasons are told.
    let cut = map(&[r#"<way id="15"><nd ref="100"/><nd ref="101"/><nd ref="100"/><tag k="building" v="yes"/></way>"#.to_owned()]);
    let said = study(&cut, cells, "").expect_err("nothing is left");
    assert!(
        said.contains("can be used: 1 lie in part beyond it"),
        "{said}"
    );
}

#[test]
fn a_map_is_no_table_of_cells() {
    for cells in ["'map.osm'", "{ path = 'map.osm', split_m = 250 }"] {
        let said = study(&town(), cells, "").expect_err("no cells");
        assert!(said.contains("or as cells with buildings = true"), "{said}");
    }
    let columns = "{ path = 'map.osm', buildings = true, columns = { kind = 'building' } }";
    let said = study(&town(), columns, "").expect_err("no columns");
    assert!(
        said.contains("inputs.cells.columns") && said.contains("leave it out"),
        "{said}"
    );
    let bare = study(&map(&[]), "{ path = 'map.osm', buildings = true }", "");
    let said = bare.expect_err("no buildings");
    assert!(
        said.contains("no object of the map is a building"),
        "{said}"
    );
}

#[test]
fn cells_have_at_most_so_many_people() {
    let row: Vec<String> = (0..8_u32)
        .map(|place| {
            // All within one square of 50 m, which begin at whole numbers of them.
            let at = [32.0 + f64::from(place) * 5.0, 2.0];
            let flats = [("building", "house"), ("building:levels", "5")];
            house(10 + place as usize, at, 4.9, &flats)
        })
        .collect();
    let houses = map(&row);
    let one = study(&houses, "{ path = 'map.osm', buildings = true }", "").expect("good");
    assert_eq!(one.cells().len(), 1);
    let cells = "{ path = 'map.osm', buildings = true, most_people = 8 }";
    let several = study(&houses, cells, "").expect("good");
    assert_eq!(several.cells().people(), one.cells().people());
    assert_eq!(several.cells().len(), 4);
    assert!(
        several
            .cells()
            .iter()
            .all(|(_, cell)| cell.people <= People::whole(8))
    );
    let said =
        study(&houses, "{ path = 'sites.csv', most_people = 8 }", "").expect_err("no houses");
    assert!(
        said.contains("most_people") && said.contains("buildings = true"),
        "{said}"
    );
}

#[test]
fn the_elderly_and_households_of_units_are_shared_out_by_the_same_weights() {
    let cells = "{ path = 'map.osm', buildings = true }\nunits = 'units.geojson'";
    let group = "[[group]]\nid = 'elderly'\ncount = 'elderly'\nspeed_kmh = 3.0\n";
    let study = study(&town(), cells, group).expect("good");
    let cells = study.cells();
    assert_eq!(cells.people(), People::whole(400));
    for (name, all) in [("elderly", 80), ("households", 120)] {
        let counts = cells.counts(name).expect("a count");
        assert_eq!(
            counts.iter().copied().sum::<People>(),
            People::whole(all),
            "{name}"
        );
        let share = counts[0].as_f64() / cells.as_slice()[0].people.as_f64();
        let expected = f64::from(all) / 400.0;
        assert!((share - expected).abs() < 1e-6, "{name}: {share}");
    }
    assert_eq!(
        findings(&study, "unit-counts"),
        [
            "80 elderly by the units' table, shared out by the people of the cells",
            "120 households by the units' table, shared out by the people of the cells"
        ]
    );
}

#[test]
fn a_group_that_nobody_counts_is_refused_with_its_cures() {
    let cells = "{ path = 'map.osm', buildings = true }\nunits = 'units.geojson'";
    let group = |says: &str| format!("[[group]]\nid = 'g'\n{says}\nspeed_kmh = 3.0\n");
    let said = study(&town(), cells, &group("count = 'children'")).expect_err("nobody counts");
    assert!(
        said.contains("group[1].count")
            && said.contains(
                "give the units a column of it, or state the group's share in place of count"
            ),
        "{said}"
    );
    study(&town(), cells, &group("share = 0.2")).expect("its one cure");
    study(&town(), cells, &group("count = 'elderly'")).expect("its other cure");
}
