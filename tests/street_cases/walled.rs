//! Compounds that a study draws as areas.

use super::town::{answer, at, osm, read_study, seconds, way};

/// A street of 400 m to the hall, and a compound of 200 m by 200 m north of it with one gate, in the north,
/// and a street around it.
fn town() -> String {
    let nodes = [
        (1, [0.0, 0.0], ""),
        (2, [400.0, 0.0], ""),
        (3, [400.0, 260.0], ""),
        (4, [200.0, 260.0], ""),
        // The street within.
        (5, [200.0, 220.0], ""),
        (6, [200.0, 40.0], ""),
    ];
    let around = way(1, &[1, 2, 3, 4], "highway=residential");
    osm(&nodes, &(around + &way(2, &[4, 5, 6], "highway=service")))
}

/// The compound's wall, as GeoJSON.
fn wall() -> String {
    let corners = [
        [100.0, 30.0],
        [300.0, 30.0],
        [300.0, 230.0],
        [100.0, 230.0],
        [100.0, 30.0],
    ];
    let corners = corners.map(|corner| {
        let [lon, lat] = at(corner);
        format!("[{lon}, {lat}]")
    });
    let ring = corners.join(", ");
    format!(
        r#"{{"type": "FeatureCollection", "features": [{{"type": "Feature", "properties": {{}},
        "geometry": {{"type": "Polygon", "coordinates": [[{ring}]]}}}}]}}"#
    )
}

/// The seconds of the walk, with and without the wall.
fn walks(ends: [[f64; 2]; 2]) -> [Option<f64>; 2] {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("wall.geojson");
    std::fs::write(&file, wall()).expect("written");
    let walled = format!("compounds = '{}'", file.display());
    [String::new(), walled].map(|rules| seconds(&town(), ends, &rules).map(f64::round))
}

#[test]
fn residents_walk_out_of_the_gate() {
    // A home at the south end of the street within, 20 m from the wall and 50 m from the street beyond.
    let home = [200.0, 50.0];
    let hall = [0.0, 0.0];
    // 210 m north through the gate, then round by the east: 200 + 260 + 400 m.
    assert_eq!(walks([home, hall]), [Some(963.0), Some(963.0)]);
    // One nearer to the street beyond walks through the wall where none is drawn; else it is 80 m to the end
    // of the street within, and 220 + 860 m from there.
    let near = [120.0, 35.0];
    assert_eq!(walks([near, hall]), [Some(140.0), Some(1044.0)]);
}

#[test]
fn strangers_neither_pass_nor_hang_within() {
    // A hall within is one of the compound: it hangs on nothing that others walk.
    let rules = |file: &str| format!("compounds = '{file}'");
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("wall.geojson");
    std::fs::write(&file, wall()).expect("written");
    let rules = rules(&file.display().to_string());
    let inside = [200.0, 100.0];
    let (study, _) =
        read_study(("streets.osm", &town()), [[0.0, 0.0], inside], &rules).expect("it is read");
    assert_eq!(answer(&study).0, "out-of-reach");
}

#[test]
fn nobody_is_walled_in_unseen() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("wall.geojson");
    std::fs::write(&file, wall()).expect("written");
    let rules = format!(
        "compounds = '{}'\n[walk]\nprivate = 'nobody'",
        file.display()
    );
    let ends = [[200.0, 50.0], [0.0, 0.0]];
    let refused = read_study(("streets.osm", &town()), ends, &rules).expect_err("refused");
    let refused = refused.to_string();
    assert!(refused.contains("private = \"residents\""), "{refused}");

    let streetless = town()
        .replace(r#"<way id="2">"#, r#"<way id="2"><tag k="x" v="y"/>"#)
        .replace(r#"v="service""#, r#"v="proposed""#);
    let rules = format!("compounds = '{}'", file.display());
    let (_, findings) = read_study(("streets.osm", &streetless), ends, &rules).expect("read");
    assert!(
        findings
            .iter()
            .any(|finding| finding.code == "compounds-without-streets")
    );
}
