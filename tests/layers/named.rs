//! What is not read is named as what it is, with the way out.

use std::fs;

use super::town::{cells, folder, said};
use super::{samples, writers};

#[test]
fn formats_that_are_not_read_are_named() {
    let folder = folder();
    let path = folder.path();
    let mut shx = samples::shp(1, &[]);
    shx.extend(50_u32.to_be_bytes());
    shx.extend(10_u32.to_be_bytes());
    let dbf = samples::dbf(&[(b"a", b'C', 1)], &[&[b"x"]]);
    let docx = [("word/document.xml".to_owned(), b"<w/>".to_vec())];
    let gdb = [("county.gdb/a00000001.gdbtable".to_owned(), vec![3])];
    let other = [("readme.txt".to_owned(), b"read me".to_vec())];
    let wfs = r#"<?xml version="1.0"?><!-- x --><wfs:FeatureCollection xmlns:wfs="w"/>"#;
    for (bytes, told) in [
        (dbf, "this is a shapefile's .dbf – give the .shp"),
        (shx, "this is a shapefile's .shx – give the .shp"),
        (writers::PRJ.as_bytes().to_vec(), "this is a shapefile's .prj – give the .shp"),
        (b"UTF-8".to_vec(), "this is a shapefile's .cpg – give the .shp"),
        (b"AC1027\0\0\0".to_vec(), "this is a CAD drawing (DWG or DXF) – open it in a GIS"),
        (b"  0\r\nSECTION\r\n  2\r\nHEADER\r\n".to_vec(), "this is a CAD drawing"),
        (b"\0\x01\0\0Standard Jet DB\0".to_vec(), "this is a Microsoft Access database (.mdb)"),
        (b"!table\n!version 300\n".to_vec(), "this is a MapInfo table"),
        (b"Version 300\nCharset \"GBK\"\n".to_vec(), "this is a MapInfo table"),
        (b"%PDF-1.7\n".to_vec(), "this is a PDF – ask for the data behind it"),
        (b"\x89PNG\r\n\x1a\n".to_vec(), "this is an image"),
        (b"\xff\xd8\xff\xe0".to_vec(), "this is an image"),
        (b"Rar!\x1a\x07".to_vec(), "this is a packed file that is no zip – unpack it"),
        (b"PAR1....".to_vec(), "this is a Parquet or Arrow file"),
        (b"<!DOCTYPE html><html><body>Login</body></html>".to_vec(), "this is a web page"),
        (b"<gpx version=\"1.1\"></gpx>".to_vec(), "this is a file of GPX tracks"),
        (wfs.into(), "this is a GML file – ask the service for GeoJSON"),
        (
            b"<ows:ExceptionReport><a/></ows:ExceptionReport>".to_vec(),
            "this is an error message of a map service",
        ),
        (writers::zipped(&docx), "this is a text document or presentation"),
        (writers::zipped(&gdb), "this is a File Geodatabase (.gdb)"),
        (writers::zipped(&other), "a zip file without a shapefile or KML: readme.txt – unpack it"),
        (
            b"{\"layers\":[{\"featureSet\":{\"features\":[]}}]}".to_vec(),
            "several layers in one Esri JSON file",
        ),
        (
            b"{\"error\":{\"code\":499,\"message\":\"Token Required\"},\"spatialReference\":null,\"geometryType\":\"\"}".to_vec(),
            "the service answered with an error: Token Required",
        ),
    ] {
        fs::write(path.join("own"), bytes).expect("written");
        for role in ["streets", "sites", "cells", "boundary", "barriers"] {
            let said = said(path, role, "'own'");
            assert!(said.starts_with(&format!("own: {told}")), "{role}: {said}");
        }
    }
    fs::create_dir(path.join("county.gdb")).expect("a folder");
    let said = said(path, "cells", "'county.gdb'");
    assert!(
        said.starts_with("county.gdb: this is a File Geodatabase (.gdb)"),
        "{said}"
    );
}

#[cfg(not(feature = "geopackage"))]
#[test]
fn a_missing_feature_is_named() {
    let folder = folder();
    fs::write(folder.path().join("own"), b"SQLite format 3\0").expect("written");
    let said = said(folder.path(), "cells", "'own'");
    assert_eq!(
        said,
        "own: GeoPackage is read by the feature geopackage, and this was built without it – build with --features geopackage (cargo run --release --features geopackage …), or export as GeoJSON or shapefile"
    );
}

#[cfg(not(feature = "flatgeobuf"))]
#[test]
fn flatgeobuf_is_named_where_it_is_missing() {
    let folder = folder();
    fs::write(folder.path().join("own"), b"fgb\x03fgb\0").expect("written");
    let said = said(folder.path(), "streets", "'own'");
    assert!(
        said.starts_with("own: FlatGeobuf is read by the feature flatgeobuf"),
        "{said}"
    );
}

#[cfg(feature = "geopackage")]
#[test]
fn layers_of_a_geopackage_are_named() {
    use super::town::{read, results};
    let folder = folder();
    let path = folder.path();
    let [wanted, _] = results(&read(path, "none", "").expect("good"));
    let (cells, boundary) = (cells(), super::town::boundary());
    let both = writers::geopackage(&[("居民点", &cells), ("边界", &boundary)]);
    fs::write(path.join("all.gpkg"), &both).expect("written");
    let told = said(path, "cells", "'all.gpkg'");
    assert_eq!(
        told,
        "all.gpkg: it holds 居民点, 边界, and the study does not say which of them is meant – write { path = \"all.gpkg\", layer = \"居民点\" } in the study file"
    );
    let named = "{ path = \"all.gpkg\", layer = \"居民点\" }";
    assert_eq!(
        results(&read(path, "cells", named).expect("good"))[0],
        wanted
    );
    // A program that has it open keeps its latest changes elsewhere.
    fs::write(path.join("all.gpkg-wal"), b"changes").expect("written");
    let told = said(path, "cells", named);
    assert!(
        told.starts_with("all.gpkg: all.gpkg-wal lies beside it"),
        "{told}"
    );
    fs::remove_file(path.join("all.gpkg-wal")).expect("it was there");
    // Other databases are no GeoPackage.
    let other = rusqlite::Connection::open_in_memory().expect("memory");
    other
        .execute_batch("CREATE TABLE tiles (a)")
        .expect("a table");
    let other = other.serialize("main").expect("bytes").to_vec();
    fs::write(path.join("tiles"), other).expect("written");
    let told = said(path, "cells", "'tiles'");
    assert!(
        told.starts_with("tiles: this is a SQLite database that is no GeoPackage"),
        "{told}"
    );
}

/// A layer may be a view, and a view of other people may never end.
#[cfg(feature = "geopackage")]
#[test]
fn a_view_that_never_ends_is_stopped() {
    let folder = folder();
    let path = folder.path();
    let mut database = rusqlite::Connection::open_in_memory().expect("memory");
    let bytes = writers::geopackage(&[("cells", &cells())]);
    database
        .deserialize_read_exact("main", bytes.as_slice(), bytes.len(), false)
        .expect("good");
    database
        .execute_batch(
            "DELETE FROM gpkg_contents; DELETE FROM gpkg_ogr_contents;
             CREATE VIEW endless AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n;
             INSERT INTO gpkg_contents VALUES ('endless', 'features', 4326);",
        )
        .expect("a view");
    let bytes = database.serialize("main").expect("bytes").to_vec();
    fs::write(path.join("endless.gpkg"), bytes).expect("written");
    let told = said(path, "cells", "'endless.gpkg'");
    assert!(
        told.contains("takes more steps than its size allows"),
        "{told}"
    );
}

#[test]
fn kml_tells_what_it_leaves_out() {
    use super::town::read;
    let folder = folder();
    let path = folder.path();
    let kml = String::from_utf8(writers::kml(&cells())).expect("text");
    let more = kml.replace(
        "</Folder>",
        "<NetworkLink/><GroundOverlay/><Placemark><name>A &amp; B</name><ExtendedData><Data name=\"id\"><value>z</value></Data></ExtendedData><MultiGeometry><Track/><Point><coordinates> 116.201 , 29.7301 </coordinates></Point></MultiGeometry></Placemark></Folder>",
    );
    fs::write(path.join("more.kml"), &more).expect("written");
    let study = read(path, "cells", "'more.kml'").expect("good");
    let last = study
        .cells()
        .iter()
        .next_back()
        .map(|(_, cell)| cell.name.clone());
    assert_eq!(last.as_deref(), Some("A & B"));
    for code in ["kml-links", "kml-overlays", "kml-shapes-not-read"] {
        assert_eq!(
            study.findings().iter().filter(|f| f.code == code).count(),
            1,
            "{code}"
        );
    }
    for (wrong, told) in [
        (kml.replace("</kml>", ""), "it ends before </kml>"),
        (
            kml.replace("东门", "&bomb;"),
            "the entity &bomb; is unknown",
        ),
        (
            "<kml>".repeat(2) + "</kml></kml><kml/>",
            "the root is <kml>, expected one <kml>",
        ),
        (
            format!("<kml>{}", "<Folder>".repeat(100_000)),
            "elements lie more than 64 deep in each other",
        ),
    ] {
        fs::write(path.join("wrong.kml"), wrong).expect("written");
        let said = said(path, "cells", "'wrong.kml'");
        assert!(said.contains(told), "{said}");
    }
}
