//! Where the places of changes are: in which datum, and whether a street is there.

use std::fs;

use tempfile::TempDir;
use walkshed::model::{Study, changed};
use walkshed::read;

use crate::kinds::change;
use crate::town::{at, street};

/// A street and a site at its end; the home stands where a Chinese map has longitude 116.21.
fn town(changes: &str) -> Result<Study, String> {
    let folder = TempDir::new().expect("a folder");
    let write = |name: &str, text: &str| {
        fs::write(folder.path().join(name), text).expect("written");
    };
    write(
        "streets.geojson",
        r#"{"type":"LineString","coordinates":[[116.2,29.7],[116.21,29.7],[116.22,29.7]]}"#,
    );
    write("sites.csv", "id,lon,lat\ns,116.22,29.7\n");
    write("cells.csv", "id,population,lon,lat\nhome,1,116.21,29.7\n");
    let inputs = "[inputs]\nstreets = { path = 'streets.geojson', crs = 'GCJ-02' }\n\
                  sites = { path = 'sites.csv', crs = 'GCJ-02' }\n\
                  cells = { path = 'cells.csv', crs = 'GCJ-02' }\n";
    write("study.toml", &format!("{inputs}{changes}"));
    let study = read::study(folder.path().join("study.toml"));
    study
        .map(|(study, _)| study)
        .map_err(|wrong| wrong.to_string())
}

/// How far from the home the changes put the site `m`, in metres.
fn metres_off(keys: &str) -> f64 {
    let opening = "do = 'open-site'\nsite = 'm'\nlon = 116.21\nlat = 29.7";
    let study = town(&change(&format!("{opening}\n{keys}"))).expect("good");
    let after = changed(&study).expect("as it was read");
    let opened = after.sites().find("m").expect("it opened");
    let home = after.cells().as_slice()[0].at.expect("it has a place");
    after.sites()[opened].at.distance(home)
}

fn codes(study: &Study) -> Vec<&str> {
    let codes = study.findings().iter().map(|finding| finding.code);
    codes.collect()
}

#[test]
fn a_change_names_the_datum_of_its_place() {
    assert!(metres_off("crs = 'GCJ-02'") < 1e-6, "on the home itself");
    // Without it the study's default holds, which is WGS 84 here.
    for keys in ["", "crs = 'WGS84'"] {
        let metres = metres_off(keys);
        assert!((450.0..600.0).contains(&metres), "{keys}: {metres} m");
    }
}

#[test]
fn a_place_in_another_datum_than_the_sites_is_doubtful() {
    let opening = "do = 'open-site'\nsite = 'm'\nlon = 116.21\nlat = 29.7\n";
    let study = town(&change(opening)).expect("good");
    let doubt = study
        .findings()
        .iter()
        .find(|finding| finding.code == "change-in-other-datum")
        .expect("nobody says which datum is meant");
    assert_eq!(
        (doubt.subject.as_str(), doubt.message.to_string().as_str()),
        (
            "change[1].crs",
            "its place is read in WGS84, but the sites are in GCJ-02: some hundred metres apart – \
             write crs = \"GCJ-02\" if it comes from the same map, else crs = \"WGS84\""
        )
    );
    for crs in ["GCJ-02", "WGS84"] {
        let said = town(&change(&format!("{opening}crs = '{crs}'"))).expect("good");
        assert!(!codes(&said).contains(&"change-in-other-datum"), "{crs}");
    }
    let closing = town(&change("do = 'close-site'\nsite = 's'")).expect("good");
    assert!(!codes(&closing).contains(&"change-in-other-datum"));
}

#[test]
fn the_datum_must_be_one_and_be_needed() {
    let error = |keys: &str| town(&change(keys)).expect_err(keys);
    assert_eq!(
        error("do = 'move-site'\nsite = 's'\nlon = 116.2\nlat = 29.7\ncrs = 'GCJ02x'"),
        "study.toml: key \"change[1].crs\": \"GCJ02x\" is no known coordinate system – did you mean GCJ-02?"
    );
    assert_eq!(
        error("do = 'close-site'\nsite = 's'\ncrs = 'GCJ-02'"),
        "study.toml: key \"change[1].crs\": close-site has no such key – leave it out; close-site takes: site"
    );
}

#[test]
fn a_site_put_off_the_streets_is_a_finding() {
    let place = |y: f64| {
        let place = at([1500.0, y]);
        let (lon, lat) = place.split_once(", ").expect("two numbers");
        format!("lon = {lon}\nlat = {lat}")
    };
    let river = place(-700.0);
    let open = change(&format!("do = 'open-site'\nsite = 'm'\n{river}"));
    let stranded = |changes: &str| -> Vec<String> {
        let study = street().read(changes).expect("good");
        study
            .findings()
            .iter()
            .filter(|finding| finding.code == "stranded-site")
            .map(|finding| format!("{}: {}", finding.subject, finding.message))
            .collect()
    };
    let end = "m from the nearest street, more than 500 m, so it would serve nobody – move it to \
               its entrance, or add the missing street";
    assert_eq!(
        stranded(&open),
        [format!("change[1].lon: the site m would stand 700.0 {end}")]
    );
    let moved = change(&format!("do = 'move-site'\nsite = 's'\n{river}"));
    assert_eq!(
        stranded(&format!("{open}{moved}")),
        [
            format!("change[1].lon: the site m would stand 700.0 {end}"),
            format!("change[2].lon: the site s would stand 700.0 {end}")
        ]
    );
    // It closes again, moves to the street, or gets a street of its own.
    let near = place(-10.0);
    let street = format!(
        "do = 'add-street'\nline = [[{}], [{}]]",
        at([1500.0, -690.0]),
        at([1500.0, 0.0])
    );
    for cure in [
        "do = 'close-site'\nsite = 'm'".to_owned(),
        format!("do = 'move-site'\nsite = 'm'\n{near}"),
        street,
    ] {
        assert_eq!(
            stranded(&format!("{open}{}", change(&cure))),
            [""; 0],
            "{cure}"
        );
    }
}
