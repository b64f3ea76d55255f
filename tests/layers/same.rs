//! Each role in each format: the same results, to the byte.

use std::fs;
use std::path::Path;

use encoding_rs::{GBK, UTF_8};

use super::town::{ROLES, Row, folder, read, results};
use super::writers;

/// Writes the rows in each format; says how the study file names each.
fn files(folder: &Path, role: &str, rows: &[Row]) -> Vec<String> {
    let mut entries = Vec::new();
    let write = |name: String, bytes: Vec<u8>| {
        fs::write(folder.join(&name), bytes).expect("written");
        name
    };
    let mut plain = |name: String, bytes: Vec<u8>| {
        let name = write(name, bytes);
        entries.push(format!("'{name}'"));
    };
    plain(format!("{role}.geojsonl"), writers::sequence(rows, ""));
    plain(
        format!("{role}.geojsons"),
        writers::sequence(rows, "\u{1e}"),
    );
    plain(format!("{role}-esri.json"), writers::esri_json(rows));
    plain(format!("{role}.kml"), writers::kml(rows));
    let kmz = vec![("doc.kml".to_owned(), writers::kml(rows))];
    plain(format!("{role}.kmz"), writers::zipped(&kmz));
    for (set, encoding) in [("gbk", GBK), ("utf8", UTF_8)] {
        let parts = writers::shapefile(rows, encoding);
        let named =
            |(ending, bytes): &(&str, Vec<u8>)| (format!("{role}-{set}.{ending}"), bytes.clone());
        let mut members: Vec<_> = parts.iter().map(named).collect();
        for (name, bytes) in &members[1..] {
            fs::write(folder.join(name), bytes).expect("written");
        }
        plain(members[0].0.clone(), members[0].1.clone());
        // As macOS packs it, in a folder.
        for (name, _) in &mut members {
            *name = format!("数据/{name}");
        }
        members.push((format!("__MACOSX/._{role}-{set}.shp"), vec![0; 4]));
        plain(format!("{role}-{set}.zip"), writers::zipped(&members));
    }
    // What is written as whatever, is what it is.
    plain(format!("{role}.txt"), writers::kml(rows));
    #[cfg(feature = "geopackage")]
    plain(format!("{role}.gpkg"), writers::geopackage(&[(role, rows)]));
    #[cfg(feature = "flatgeobuf")]
    {
        plain(format!("{role}.fgb"), writers::flatgeobuf(rows, false));
        plain(format!("{role}-index.fgb"), writers::flatgeobuf(rows, true));
    }
    entries
}

/// The lines in one order: FlatGeobuf has one of its own.
fn sorted(bytes: &[u8]) -> Vec<&str> {
    let text = std::str::from_utf8(bytes).expect("text");
    let mut lines: Vec<&str> = text.lines().collect();
    lines.sort_unstable();
    lines
}

#[test]
fn every_format_gives_the_same_bytes() {
    let folder = folder();
    let path = folder.path();
    let wanted = results(&read(path, "none", "").expect("good"));
    let text = String::from_utf8_lossy(&wanted[0]).into_owned();
    for verdict in ["c1,", "c2,", "c3,", "c4,", "covered", "too-far", "stranded"] {
        assert!(text.contains(verdict), "{verdict}: {text}");
    }
    let text = String::from_utf8_lossy(&wanted[1]).into_owned();
    for unit in ["u1,东庄村,2,", "u2,西庄村,2,"] {
        assert!(text.contains(unit), "{unit}: {text}");
    }
    for (role, rows) in ROLES {
        for entry in files(path, role, &rows()) {
            let study = read(path, role, &entry).unwrap_or_else(|e| panic!("{role}: {e}"));
            let found = results(&study);
            for (found, wanted) in found.iter().zip(&wanted) {
                if entry.contains(".fgb") {
                    assert_eq!(sorted(found), sorted(wanted), "{entry}");
                } else {
                    assert!(
                        found == wanted,
                        "{entry}: {}",
                        String::from_utf8_lossy(found)
                    );
                }
            }
        }
    }
}

#[test]
fn streets_of_overpass_are_those_of_osm_xml() {
    let folder = folder();
    let path = folder.path();
    let [a, b, c] = [[0.0, 0.0], [1000.0, 0.0], [2500.0, 0.0]].map(|[x, y]| super::town::at(x, y));
    let node = |[lon, lat]: [f64; 2]| format!(r#"{{"lat":{lat},"lon":{lon}}}"#);
    let overpass = format!(
        r#"{{"version":0.6,"generator":"Overpass API","elements":[{{"type":"way","id":1,"nodes":[1,2,3],"geometry":[{},{},{}],"tags":{{"highway":"footway"}}}}]}}"#,
        node(a),
        node(b),
        node(c)
    );
    let nd =
        |id: u32, [lon, lat]: [f64; 2]| format!(r#"<node id="{id}" lat="{lat}" lon="{lon}"/>"#);
    let xml = format!(
        r#"<osm version="0.6">{}{}{}<way id="1"><nd ref="1"/><nd ref="2"/><nd ref="3"/><tag k="highway" v="footway"/></way></osm>"#,
        nd(1, a),
        nd(2, b),
        nd(3, c)
    );
    fs::write(path.join("overpass.json"), &overpass).expect("written");
    fs::write(path.join("map.osm"), xml).expect("written");
    let found = results(&read(path, "streets", "'overpass.json'").expect("good"));
    assert_eq!(
        found,
        results(&read(path, "streets", "'map.osm'").expect("good"))
    );
    let cut = overpass.replace(
        r#""elements""#,
        r#""remark":"runtime error: timed out","elements""#,
    );
    fs::write(path.join("cut.json"), cut).expect("written");
    let said = super::town::said(path, "streets", "'cut.json'");
    assert!(
        said.contains("a remark says that the server could not finish"),
        "{said}"
    );
    let said = super::town::said(path, "cells", "'overpass.json'");
    assert_eq!(
        said,
        "overpass.json: this is a map of OpenStreetMap – name it as streets, as sites, or as cells with buildings = true; export what is meant here as GeoJSON"
    );
}
