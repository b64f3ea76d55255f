//! What is particular to shapefiles: their systems, their encodings, their missing parts.

use std::fs;
use std::path::Path;

use encoding_rs::{Encoding, GBK, UTF_8};
use walkshed::model::{Severity, Study};

use super::town::{Row, Shape, Value, cells, folder, read, results, said};
use super::writers;

fn write(folder: &Path, rows: &[Row], encoding: &'static Encoding) {
    for (ending, bytes) in writers::shapefile(rows, encoding) {
        fs::write(folder.join(format!("a.{ending}")), bytes).expect("written");
    }
}

fn found(study: &Study, code: &str) -> Vec<(Severity, String)> {
    let findings = study.findings().iter();
    let of_code = findings.filter(|finding| finding.code == code);
    let told = of_code.map(|finding| (finding.severity, finding.message.to_string()));
    told.collect()
}

/// Eastings and northings in the zone of 117° E, of places on the globe.
#[expect(clippy::many_single_char_names, reason = "as the series is written")]
fn gauss_krueger(rows: Vec<Row>, zone: f64) -> Vec<Row> {
    let project = |[lon, lat]: [f64; 2]| {
        // The series of Krüger to the sixth power of the difference of longitude: good to a
        // millimetre within a degree.
        let (a, f) = (6_378_137.0_f64, 1.0 / 298.257_222_101);
        let e2 = f * (2.0 - f);
        let (phi, l) = (lat.to_radians(), (lon - 117.0).to_radians());
        let (sin, cos) = phi.sin_cos();
        let (t, n2) = (phi.tan(), e2 / (1.0 - e2) * cos * cos);
        let n = a / (1.0 - e2 * sin * sin).sqrt();
        let arc = a
            * ((1.0 - e2 / 4.0 - 3.0 * e2 * e2 / 64.0 - 5.0 * e2.powi(3) / 256.0) * phi
                - (3.0 * e2 / 8.0 + 3.0 * e2 * e2 / 32.0 + 45.0 * e2.powi(3) / 1024.0)
                    * (2.0 * phi).sin()
                + (15.0 * e2 * e2 / 256.0 + 45.0 * e2.powi(3) / 1024.0) * (4.0 * phi).sin()
                - 35.0 * e2.powi(3) / 3072.0 * (6.0 * phi).sin());
        let p = l * cos;
        let north = arc
            + n * t
                * (p.powi(2) / 2.0
                    + (5.0 - t * t + 9.0 * n2 + 4.0 * n2 * n2) * p.powi(4) / 24.0
                    + (61.0 - 58.0 * t * t + t.powi(4)) * p.powi(6) / 720.0);
        let east = n
            * (p + (1.0 - t * t + n2) * p.powi(3) / 6.0
                + (5.0 - 18.0 * t * t + t.powi(4) + 14.0 * n2 - 58.0 * n2 * t * t) * p.powi(5)
                    / 120.0);
        [500_000.0 + zone * 1e6 + east, north]
    };
    let moved = |(shape, values): Row| {
        let line = |line: Vec<[f64; 2]>| line.into_iter().map(project).collect();
        let shape = match shape {
            Shape::None => Shape::None,
            Shape::Point(place) => Shape::Point(project(place)),
            Shape::Lines(lines) => Shape::Lines(lines.into_iter().map(line).collect()),
            Shape::Areas(areas) => {
                let area = |area: Vec<Vec<[f64; 2]>>| area.into_iter().map(line).collect();
                Shape::Areas(areas.into_iter().map(area).collect())
            }
        };
        (shape, values)
    };
    rows.into_iter().map(moved).collect()
}

fn prj(zone: f64) -> String {
    let base = writers::PRJ
        .replace("GCS_WGS_1984", "GCS_China_Geodetic_Coordinate_System_2000")
        .replace("D_WGS_1984", "D_China_2000");
    let east = 500_000.0 + zone * 1e6;
    format!(
        r#"PROJCS["CGCS2000_3_Degree_GK",{base},PROJECTION["Gauss_Kruger"],PARAMETER["False_Easting",{east}.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",117.0],PARAMETER["Scale_Factor",1.0],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]"#
    )
}

#[test]
fn the_prj_says_where_the_numbers_lie() {
    let folder = folder();
    let path = folder.path();
    let [wanted, _] = results(&read(path, "none", "").expect("good"));
    for (zone, code) in [(0.0, "EPSG:4548"), (39.0, "EPSG:4527")] {
        write(path, &gauss_krueger(cells(), zone), GBK);
        fs::write(path.join("a.prj"), prj(zone)).expect("written");
        let study = read(path, "cells", "'a.shp'").expect("good");
        assert_eq!(results(&study)[0], wanted, "{code}");
        let sources = study
            .sources()
            .iter()
            .filter(|source| source.role == "cells");
        let told: Vec<_> = sources.map(|s| (s.path.as_str(), s.crs.as_str())).collect();
        let beside = [("a.shp", code), ("a.dbf", ""), ("a.cpg", ""), ("a.prj", "")];
        assert_eq!(told, beside);
        assert!(
            study
                .sources()
                .iter()
                .all(|source| source.sha256.len() == 64)
        );
        // A city's own system is not taken for the one that it is named after.
        let own = prj(zone).replace("500000.0", "512345.0");
        fs::write(path.join("a.prj"), own).expect("written");
        let told = said(path, "cells", "'a.shp'");
        assert!(
            told.contains("\"CGCS2000_3_Degree_GK\" is no known coordinate system"),
            "{told}"
        );
        // The study file knows better.
        let named = format!("{{ path = 'a.shp', crs = '{code}' }}");
        assert_eq!(
            results(&read(path, "cells", &named).expect("good"))[0],
            wanted
        );
        // Without a .prj nothing is certain; the numbers are no degrees.
        fs::remove_file(path.join("a.prj")).expect("it was there");
        let told = said(path, "cells", "'a.shp'");
        assert!(told.contains("a.shp"), "{told}");
    }
}

#[test]
fn without_a_prj_the_studys_system_counts_and_that_is_told() {
    let folder = folder();
    let path = folder.path();
    write(path, &cells(), UTF_8);
    let study = read(path, "cells", "'a.shp'").expect("good");
    assert!(found(&study, "no-crs-in-file").is_empty());
    fs::remove_file(path.join("a.prj")).expect("it was there");
    for role in ["cells", "boundary"] {
        let study = read(path, role, "'a.shp'").expect("good");
        let told = found(&study, "no-crs-in-file");
        assert_eq!(told.len(), 1, "{role}");
        assert!(
            told[0]
                .1
                .starts_with("it does not say in which coordinate system it is")
        );
    }
}

#[test]
fn the_encoding_is_the_studys_the_cpgs_or_found_out() {
    let folder = folder();
    let path = folder.path();
    let names = |entry: &str| -> Result<Vec<String>, String> {
        let study = read(path, "cells", entry).map_err(|error| error.to_string())?;
        Ok(study
            .cells()
            .iter()
            .map(|(_, cell)| cell.name.clone())
            .collect())
    };
    let wanted: Vec<String> = ["东门社区", "西门社区", "石钟山村", "湖心村"]
        .map(Into::into)
        .into();
    for encoding in [GBK, UTF_8] {
        write(path, &cells(), encoding);
        assert_eq!(names("'a.shp'").as_ref(), Ok(&wanted));
        fs::remove_file(path.join("a.cpg")).expect("it was there");
        assert_eq!(names("'a.shp'").as_ref(), Ok(&wanted));
        let study = read(path, "cells", "'a.shp'").expect("good");
        let inferred = usize::from(encoding == GBK);
        assert_eq!(found(&study, "read-as-gb18030").len(), inferred);
        // A wrong .cpg is an error, and the remedy that it prints works.
        let other = if encoding == GBK { "UTF-8" } else { "EUC-KR" };
        fs::write(path.join("a.cpg"), other).expect("written");
        let told = names("'a.shp'").expect_err("wrong");
        assert!(told.contains("write encoding = \"GB18030\""), "{told}");
        let named = format!("{{ path = 'a.shp', encoding = '{}' }}", encoding.name());
        assert_eq!(names(&named).as_ref(), Ok(&wanted));
    }
}

#[test]
fn capitals_and_missing_parts() {
    let folder = folder();
    let path = folder.path();
    let [wanted, _] = results(&read(path, "none", "").expect("good"));
    for (ending, bytes) in writers::shapefile(&cells(), GBK) {
        fs::write(path.join(format!("B.{}", ending.to_uppercase())), bytes).expect("written");
    }
    let study = read(path, "cells", "'B.SHP'").expect("good");
    assert_eq!(results(&study)[0], wanted);
    fs::remove_file(path.join("B.DBF")).expect("it was there");
    assert!(said(path, "cells", "'B.SHP'").starts_with("B.SHP: the .dbf beside it is missing"));
    let parts = writers::shapefile(&cells(), GBK);
    let alone = [("c/a.shp".to_owned(), parts[0].1.clone())];
    fs::write(path.join("c.zip"), writers::zipped(&alone)).expect("written");
    assert!(said(path, "cells", "'c.zip'").starts_with("c.zip: the .dbf beside it is missing"));
}

#[test]
fn a_zip_file_of_several_asks_which() {
    let folder = folder();
    let path = folder.path();
    let [wanted, _] = results(&read(path, "none", "").expect("good"));
    let mut members = Vec::new();
    for (set, rows) in [("居民点", cells()), ("边界", super::town::boundary())] {
        for (ending, bytes) in writers::shapefile(&rows, GBK) {
            members.push((format!("湖口/{set}.{ending}"), bytes));
        }
    }
    fs::write(path.join("all.zip"), writers::zipped(&members)).expect("written");
    let told = said(path, "cells", "'all.zip'");
    let example = "write { path = \"all.zip\", layer = \"居民点\" } in the study file";
    assert!(told.ends_with(example), "{told}");
    let named = "{ path = \"all.zip\", layer = \"居民点\" }";
    assert_eq!(
        results(&read(path, "cells", named).expect("good"))[0],
        wanted
    );
    let wrong = said(path, "cells", "{ path = 'all.zip', layer = '街道' }");
    assert!(
        wrong.starts_with("all.zip: it holds 居民点, 边界"),
        "{wrong}"
    );
    let none = said(path, "cells", "{ path = 'cells.geojson', layer = 'a' }");
    assert!(
        none.contains("a file of this format has none – leave layer out"),
        "{none}"
    );
}

#[test]
fn rows_without_a_shape_are_told() {
    let folder = folder();
    let path = folder.path();
    let mut rows = super::town::streets();
    rows[2].0 = Shape::None;
    rows[2].1[0].1 = Value::Text("footway");
    write(path, &rows, GBK);
    let study = read(path, "streets", "'a.shp'").expect("good");
    assert_eq!(found(&study, "streets-without-geometry").len(), 1);
    let mut rows = cells();
    rows[1].0 = Shape::None;
    write(path, &rows, GBK);
    let told = said(path, "cells", "'a.shp'");
    assert!(told.starts_with("a.shp, feature 2"), "{told}");
}
