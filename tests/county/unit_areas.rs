//! Units by the areas of their table, and their official totals.

use std::fs;

use walkshed::model::Study;
use walkshed::read::{OnBad, Options, study_with};
use walkshed::{Silent, run};

/// A county of two townships of 0.02° each, the western one with a village in its south.
const AREAS: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"id":"west","name":"West","population":1200},"geometry":{"type":"Polygon","coordinates":[[[116.22,29.72],[116.24,29.72],[116.24,29.74],[116.22,29.74],[116.22,29.72]]]}},
{"type":"Feature","properties":{"id":"east","name":"East","population":300},"geometry":{"type":"Polygon","coordinates":[[[116.24,29.72],[116.26,29.72],[116.26,29.74],[116.24,29.74],[116.24,29.72]]]}},
{"type":"Feature","properties":{"id":"village","name":"Village","parent":"west","population":200},"geometry":{"type":"MultiPolygon","coordinates":[[[[116.22,29.72],[116.23,29.72],[116.23,29.725],[116.22,29.725],[116.22,29.72]]]]}},
{"type":"Feature","properties":{"id":"empty","name":"Empty","population":77},"geometry":null}]}"#;

const CELLS: &str = "id,lon,lat,population
village-home,116.225,29.722,10
west-home,116.235,29.735,30
west-flat,116.225,29.73,10
border,116.24,29.731,5
east-home,116.255,29.725,100
sliver,116.260005,29.73,1
afar,116.265,29.73,2
";

const SITES: &str = "id,lon,lat\nhall,116.235,29.73\n";

/// A study of these files, in a folder of its own.
fn study(cells: &str, areas: &str, units: &str, on_bad: OnBad) -> Result<Study, String> {
    study_with_cells(("cells.csv", cells), "'cells.csv'", areas, (units, on_bad))
}

fn study_of(file: (&str, &str), cells: &str, areas: &str, units: &str) -> Result<Study, String> {
    study_with_cells(file, cells, areas, (units, OnBad::Stop))
}

fn study_with_cells(
    (file, text): (&str, &str),
    cells: &str,
    areas: &str,
    (units, on_bad): (&str, OnBad),
) -> Result<Study, String> {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| {
        fs::write(folder.path().join(name), text).expect("written");
    };
    let street = r#"{"type":"LineString","coordinates":[[116.22,29.73],[116.27,29.73]]}"#;
    write("streets.geojson", street);
    write("sites.csv", SITES);
    write(file, text);
    write("units.geojson", areas);
    let text = format!(
        "[inputs]\nstreets = 'streets.geojson'\nsites = 'sites.csv'\ncells = {cells}\nunits = {units}\n[walk]\nmax_snap_m = 2000\n"
    );
    write("study.toml", &text);
    let read = study_with(
        &folder.path().join("study.toml"),
        &Options { on_bad },
        &Silent,
    );
    read.map_err(|error| error.to_string())
}

fn good(cells: &str, areas: &str, units: &str) -> Study {
    study(cells, areas, units, OnBad::Stop).expect("a good study")
}

const UNITS: &str = "'units.geojson'";
const SCALED: &str = "{ path = 'units.geojson', scale_cells = true }";

/// Each cell with its unit and its people.
fn told(study: &Study) -> Vec<String> {
    let cells = study.cells().iter().map(|(_, cell)| {
        let unit = cell.unit.map_or("-", |unit| &study.units()[unit].id);
        format!("{} {unit} {}", cell.id, cell.people)
    });
    cells.collect()
}

/// The findings with a code.
fn said(study: &Study, code: &str) -> Vec<String> {
    let findings = study
        .findings()
        .iter()
        .filter(|finding| finding.code == code);
    findings
        .map(|finding| finding.message.to_string())
        .collect()
}

#[test]
fn cells_and_sites_count_for_the_unit_in_whose_area_they_lie() {
    let study = good(CELLS, AREAS, UNITS);
    let cells = told(&study);
    let expected = [
        "village-home village 10",
        "west-home west 30",
        "west-flat west 10",
        "east-home east 100",
        "sliver east 1",
        "afar - 2",
    ];
    let border = &cells[3];
    assert!(
        border == "border west 5" || border == "border east 5",
        "{border}"
    );
    let others: Vec<&String> = cells.iter().filter(|cell| *cell != border).collect();
    assert_eq!(others, expected);
    assert_eq!(said(&study, "unit-by-place").len(), 2, "cells and sites");
    assert_eq!(
        said(&study, "outside-units"),
        [
            "1 cells lie in no unit's area, such as afar, 484 m from East; the farthest 484 m: they count for no unit – mend the areas, or name their units"
        ]
    );
    let (_, hall) = study.sites().iter().next().expect("a site");
    assert_eq!(hall.unit, study.units().find("west"));
    // Without the areas all people are of no unit.
    let results = run(&study, &walkshed::Options::default()).expect("it runs");
    let row = results.coverage.by_unit();
    let village = row.iter().find(|row| row.id == "village").expect("a row");
    assert_eq!(village.tally.people().to_string(), "10");
}

#[test]
fn units_keep_their_outlines_for_maps() {
    let study = good(CELLS, AREAS, UNITS);
    let corners = |id: &str| {
        let unit = study.units().find(id).expect("a unit");
        let outline = study.units()[unit].outline.as_ref()?;
        let corners = outline.corners().expect("an area");
        Some(corners.map(|at| format!("{} {}", at.lon(), at.lat())))
    };
    let village = ["116.22 29.72", "116.23 29.725"].map(str::to_owned);
    assert_eq!(corners("village"), Some(village));
    assert_eq!(corners("empty"), None);
}

#[test]
fn the_border_is_the_same_whatever_the_order_of_rows_and_rings() {
    let border = |areas: &str| {
        let study = good(CELLS, areas, UNITS);
        told(&study)[3].clone()
    };
    let first = border(AREAS);
    // East before west, and its ring the other way round.
    let lines: Vec<&str> = AREAS.lines().collect();
    let swapped = [lines[0], lines[2], lines[1], lines[3], lines[4]].join("\n");
    assert_eq!(border(&swapped), first);
    let turned = AREAS.replace(
        "[[116.24,29.72],[116.26,29.72],[116.26,29.74],[116.24,29.74],[116.24,29.72]]",
        "[[116.24,29.72],[116.24,29.74],[116.26,29.74],[116.26,29.72],[116.24,29.72]]",
    );
    assert_ne!(turned, AREAS);
    assert_eq!(border(&turned), first);
}

#[test]
fn a_named_unit_counts_and_is_told_where_it_lies_elsewhere() {
    let cells = "id,lon,lat,population,unit
a,116.225,29.722,10,East
b,116.255,29.725,20,east
c,116.235,29.735,30,
";
    let study = good(cells, AREAS, UNITS);
    assert_eq!(told(&study), ["a east 10", "b east 20", "c west 30"]);
    assert_eq!(
        said(&study, "unit-elsewhere"),
        [
            "1 cells name a unit in whose area they do not lie, such as a, 1451 m outside of East: the name counts – correct the name, the place or the area"
        ]
    );
}

#[test]
fn areas_that_overlap_are_told() {
    let wide = AREAS.replace("[[116.24,29.72],[116.26,29.72]", "[[116.232,29.72],[116.26,29.72]")
        .replace("[116.24,29.74],[116.24,29.72]]]}},\n{\"type\":\"Feature\",\"properties\":{\"id\":\"village\"", "[116.232,29.74],[116.232,29.72]]]}},\n{\"type\":\"Feature\",\"properties\":{\"id\":\"village\"");
    let study = good(CELLS, &wide, UNITS);
    assert_eq!(told(&study)[1], "west-home east 30");
    let told = said(&study, "units-overlap");
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told.iter().any(|told| told.starts_with("1 sites lie in several areas at once, such as hall in East and West: counted for the first by id")), "{told:?}");
}

#[test]
fn totals_win_where_they_are_asked_for() {
    let study = good(CELLS, AREAS, UNITS);
    assert_eq!(
        study.cells().people().to_string(),
        "158",
        "a table counts its people itself"
    );
    let study = good(CELLS, AREAS, SCALED);
    let cells = told(&study);
    assert_eq!(cells[0], "village-home village 200");
    assert_eq!(cells[6], "afar - 2", "in no unit");
    // West: 1,200 without the village's 200; east: 300; and 2 afar.
    assert_eq!(study.cells().people().to_string(), "1502");
    assert!(
        said(&study, "total-without-cells")[0]
            .starts_with("Empty: officially has 77 people, and no cell")
    );
    let odd = said(&study, "official-total-far-off");
    assert!(
        odd.iter().any(|told| told
            .starts_with("Village: 10 people by its cells, 200 officially: scaled by 20.000")),
        "{odd:?}"
    );
}

#[test]
fn what_is_wrong_with_areas_and_totals_is_refused_or_told() {
    let bow = AREAS.replace(
        "[[116.24,29.72],[116.26,29.72],[116.26,29.74],[116.24,29.74],[116.24,29.72]]",
        "[[116.24,29.72],[116.26,29.74],[116.26,29.72],[116.24,29.74],[116.24,29.72]]",
    );
    let error = study(CELLS, &bow, UNITS, OnBad::Stop).expect_err("refused");
    assert!(
        error.contains("units.geojson, feature 2: its outline crosses itself"),
        "{error}"
    );
    let skipped = study(CELLS, &bow, UNITS, OnBad::Skip).expect("its unit has no area");
    assert_eq!(told(&skipped)[4], "east-home - 100");
    let words = AREAS.replace("\"population\":300", "\"population\":\"about 300\"");
    let error = study(CELLS, &words, SCALED, OnBad::Stop).expect_err("refused");
    assert!(error.contains("\"population\" is \"about 300\""), "{error}");
    assert!(
        study(CELLS, &words, UNITS, OnBad::Stop).is_ok(),
        "nobody asks for totals"
    );
    let far = AREAS.replace("116.2", "1162.");
    assert!(study(CELLS, &far, UNITS, OnBad::Stop).is_err());
}

/// A house of a hundredth of a thousandth of a degree, some 10 by 11 m, with a level more than its number.
fn house(number: u32, [lon, lat]: [f64; 2], kind: &str) -> String {
    let [east, north] = [lon + 1e-4, lat + 1e-4];
    let levels = 1 + number % 6;
    format!(
        r#"{{"type":"Feature","properties":{{"id":{number},"building":"{kind}","building:levels":"{levels}"}},"geometry":{{"type":"Polygon","coordinates":[[[{lon},{lat}],[{east},{lat}],[{east},{north}],[{lon},{north}],[{lon},{lat}]]]}}}}"#
    )
}

#[test]
fn buildings_share_the_totals_of_their_villages() {
    let mut houses = Vec::new();
    for number in 0..60 {
        let step = f64::from(number) * 0.0005;
        // Half of them in the village, the others in the east.
        let lon = if number < 30 {
            116.2205 + step * 0.6
        } else {
            116.2405 + (step - 0.015)
        };
        houses.push(house(number, [lon, 29.7225], "house"));
    }
    houses.push(house(60, [116.23, 29.735], "warehouse"));
    let text = format!(
        "{{\"type\":\"FeatureCollection\",\"features\":[{}]}}",
        houses.join(",")
    );
    let made = |units: &str| {
        let cells = "{ path = 'cells.geojson', buildings = true }";
        study_of(("cells.geojson", &text), cells, AREAS, units).expect("a good study")
    };
    // One person per 40 m² of floor, until the totals win: those of buildings always do.
    let estimate = made("{ path = 'units.geojson', scale_cells = false }");
    let floor: f64 = (0..60).map(|number| f64::from(1 + number % 6)).sum::<f64>() * 9.67 * 11.09;
    let people = estimate.cells().people().as_f64();
    assert!((people - floor / 40.0).abs() < 0.01 * people, "{people}");
    let study = made(UNITS);
    let sum = |unit: &str| {
        let cells = study
            .cells()
            .iter()
            .filter(|(_, cell)| cell.unit == study.units().find(unit));
        cells
            .map(|(_, cell)| cell.people)
            .sum::<walkshed::People>()
            .to_string()
    };
    assert_eq!(
        (sum("village"), sum("east"), sum("west")),
        ("200".into(), "300".into(), "0".into())
    );
    assert_eq!(
        said(&study, "not-lived-in"),
        ["1 buildings are of kinds in which nobody lives, such as warehouse: left out"]
            .map(|told| told.replace("1 buildings are", "1 building is"))
    );
    assert_eq!(said(&study, "estimated").len(), 1);
    // A point is no building.
    let point = r#"{"type":"Point","coordinates":[116.23,29.73]}"#;
    let cells = "{ path = 'cells.geojson', buildings = true }";
    let error = study_of(("cells.geojson", point), cells, AREAS, UNITS).expect_err("no area");
    assert!(error.contains("a building is an area"), "{error}");
}
