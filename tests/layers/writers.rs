//! The same rows in every format.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;

use super::samples;
use super::town::{Row, Shape, Value};

fn json_value(value: Value) -> String {
    match value {
        Value::Text(text) => format!("\"{text}\""),
        Value::Number(number) => number.to_string(),
    }
}

fn json_members(values: &[(&str, Value)]) -> String {
    let members = values.iter();
    let members = members.map(|(name, value)| format!("\"{name}\":{}", json_value(*value)));
    format!("{{{}}}", members.collect::<Vec<_>>().join(","))
}

/// Lists in lists, the innermost of two numbers.
fn json_list<T>(items: &[T], one: impl Fn(&T) -> String) -> String {
    format!("[{}]", items.iter().map(one).collect::<Vec<_>>().join(","))
}

fn json_place([x, y]: &[f64; 2]) -> String {
    format!("[{x},{y}]")
}

fn json_line(line: &[[f64; 2]]) -> String {
    json_list(line, json_place)
}

fn json_area(area: &[Vec<[f64; 2]>]) -> String {
    json_list(area, |line| json_line(line))
}

fn geometry(shape: &Shape) -> String {
    let (kind, coordinates) = match shape {
        Shape::None => return "null".to_owned(),
        Shape::Point(place) => ("Point", json_place(place)),
        Shape::Lines(lines) if lines.len() == 1 => ("LineString", json_line(&lines[0])),
        Shape::Lines(lines) => ("MultiLineString", json_list(lines, |line| json_line(line))),
        Shape::Areas(areas) if areas.len() == 1 => ("Polygon", json_area(&areas[0])),
        Shape::Areas(areas) => ("MultiPolygon", json_list(areas, |area| json_area(area))),
    };
    format!("{{\"type\":\"{kind}\",\"coordinates\":{coordinates}}}")
}

fn feature((shape, values): &Row) -> String {
    let (properties, geometry) = (json_members(values), geometry(shape));
    format!("{{\"type\":\"Feature\",\"properties\":{properties},\"geometry\":{geometry}}}")
}

pub fn geojson(rows: &[Row]) -> Vec<u8> {
    let features = json_list(rows, feature);
    format!("{{\"type\":\"FeatureCollection\",\"features\":{features}}}").into_bytes()
}

/// One feature a line; with the separators of RFC 8142 or without.
pub fn sequence(rows: &[Row], separator: &str) -> Vec<u8> {
    let lines = rows
        .iter()
        .map(|row| format!("{separator}{}\n", feature(row)));
    lines.collect::<String>().into_bytes()
}

pub fn esri_json(rows: &[Row]) -> Vec<u8> {
    let one = |(shape, values): &Row| {
        let geometry = match shape {
            Shape::None => "null".to_owned(),
            Shape::Point([x, y]) => format!("{{\"x\":{x},\"y\":{y}}}"),
            Shape::Lines(lines) => {
                format!("{{\"paths\":{}}}", json_list(lines, |line| json_line(line)))
            }
            Shape::Areas(areas) => {
                format!(
                    "{{\"rings\":{}}}",
                    json_list(&areas.concat(), |ring| json_line(ring))
                )
            }
        };
        let attributes = json_members(values);
        format!("{{\"attributes\":{attributes},\"geometry\":{geometry}}}")
    };
    let features = json_list(rows, one);
    format!(
        "{{\"displayFieldName\":\"\",\"spatialReference\":{{\"wkid\":4326,\"latestWkid\":4326}},\"features\":{features}}}"
    )
    .into_bytes()
}

/// The parts of a shapefile by their endings, its texts in this encoding.
pub fn shapefile(
    rows: &[Row],
    encoding: &'static encoding_rs::Encoding,
) -> Vec<(&'static str, Vec<u8>)> {
    let kind = match rows[0].0 {
        Shape::None | Shape::Point(_) => 1,
        Shape::Lines(_) => 3,
        Shape::Areas(_) => 5,
    };
    let shapes = rows.iter().map(|(shape, _)| match shape {
        Shape::None => samples::null(),
        Shape::Point(place) => samples::point(1, place),
        Shape::Lines(lines) => samples::parts(3, lines, &[]),
        Shape::Areas(areas) => samples::parts(5, &areas.concat(), &[]),
    });
    let shapes: Vec<_> = shapes.collect();
    let columns = rows[0].1.iter().map(|(name, value)| match value {
        Value::Text(_) => (name.as_bytes(), b'C', 60),
        Value::Number(_) => (name.as_bytes(), b'N', 12),
    });
    let columns: Vec<_> = columns.collect();
    let encoded = |value: &Value| match value {
        Value::Text(text) => encoding.encode(text).0.into_owned(),
        Value::Number(number) => number.to_string().into_bytes(),
    };
    let rows: Vec<Vec<Vec<u8>>> = rows
        .iter()
        .map(|(_, values)| values.iter().map(|(_, value)| encoded(value)).collect())
        .collect();
    let rows: Vec<Vec<&[u8]>> = rows
        .iter()
        .map(|row| row.iter().map(Vec::as_slice).collect())
        .collect();
    let rows: Vec<&[&[u8]]> = rows.iter().map(Vec::as_slice).collect();
    vec![
        ("shp", samples::shp(kind, &shapes)),
        ("dbf", samples::dbf(&columns, &rows)),
        ("prj", PRJ.as_bytes().to_vec()),
        ("cpg", encoding.name().as_bytes().to_vec()),
    ]
}

/// WGS 84 as ArcGIS writes it.
pub const PRJ: &str = r#"GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]"#;

/// A zip file of these members.
pub fn zipped(members: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        zip.start_file(name.as_str(), SimpleFileOptions::default())
            .expect("a member");
        zip.write_all(bytes).expect("to memory");
    }
    zip.finish().expect("to memory").into_inner()
}

fn kml_ring(ring: &[[f64; 2]]) -> String {
    let places = ring.iter().map(|[x, y]| format!("{x},{y},0"));
    let places = places.collect::<Vec<_>>().join(" ");
    format!("<coordinates>{places}</coordinates>")
}

fn kml_area(area: &[Vec<[f64; 2]>]) -> String {
    let mut text = "<Polygon>".to_owned();
    for (number, ring) in area.iter().enumerate() {
        let side = if number == 0 { "outer" } else { "inner" };
        let ring = kml_ring(ring);
        let _ = write!(
            text,
            "<{side}BoundaryIs><LinearRing>{ring}</LinearRing></{side}BoundaryIs>"
        );
    }
    text + "</Polygon>"
}

/// Placemarks in a folder, their values as data but for the name.
pub fn kml(rows: &[Row]) -> Vec<u8> {
    let mut text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<kml xmlns=\"http://www.opengis.net/kml/2.2\"><Document><name>doc</name><Folder><name>全部</name>\n".to_owned();
    for (shape, values) in rows {
        text.push_str("<Placemark>");
        for (name, value) in values {
            let value = match value {
                Value::Text(text) => (*text).to_owned(),
                Value::Number(number) => number.to_string(),
            };
            let _ = match *name {
                "name" => write!(text, "<name>{value}</name>"),
                name => write!(
                    text,
                    "<ExtendedData><Data name=\"{name}\"><value>{value}</value></Data></ExtendedData>"
                ),
            };
        }
        let shapes: Vec<String> = match shape {
            Shape::None => Vec::new(),
            Shape::Point(place) => vec![format!("<Point>{}</Point>", kml_ring(&[*place]))],
            Shape::Lines(lines) => lines
                .iter()
                .map(|line| format!("<LineString>{}</LineString>", kml_ring(line)))
                .collect(),
            Shape::Areas(areas) => areas.iter().map(|area| kml_area(area)).collect(),
        };
        let _ = match shapes.as_slice() {
            [only] => write!(text, "{only}"),
            several => write!(text, "<MultiGeometry>{}</MultiGeometry>", several.concat()),
        };
        text.push_str("</Placemark>\n");
    }
    (text + "</Folder></Document></kml>\n").into_bytes()
}

#[cfg(any(feature = "geopackage", feature = "flatgeobuf"))]
fn geo(shape: &Shape) -> Option<walkshed::geo_types::Geometry> {
    use walkshed::geo_types::{
        Geometry, LineString, MultiLineString, MultiPolygon, Point, Polygon,
    };
    let line = |line: &Vec<[f64; 2]>| LineString::from(line.clone());
    Some(match shape {
        Shape::None => return None,
        Shape::Point([x, y]) => Geometry::Point(Point::new(*x, *y)),
        Shape::Lines(lines) => {
            Geometry::MultiLineString(MultiLineString(lines.iter().map(line).collect()))
        }
        Shape::Areas(areas) => {
            let area = |area: &Vec<Vec<[f64; 2]>>| {
                Polygon::new(line(&area[0]), area[1..].iter().map(line).collect())
            };
            Geometry::MultiPolygon(MultiPolygon(areas.iter().map(area).collect()))
        }
    })
}

/// A database with these layers, each of these rows.
#[cfg(feature = "geopackage")]
pub fn geopackage(layers: &[(&str, &[Row])]) -> Vec<u8> {
    use geozero::{CoordDimensions, ToWkb};
    let database = rusqlite::Connection::open_in_memory().expect("memory");
    database
        .execute_batch(
            "CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT, srs_id INTEGER PRIMARY KEY, organization TEXT, organization_coordsys_id INTEGER, definition TEXT);
             INSERT INTO gpkg_spatial_ref_sys VALUES ('WGS 84', 4326, 'EPSG', 4326, '');
             CREATE TABLE gpkg_contents (table_name TEXT PRIMARY KEY, data_type TEXT, srs_id INTEGER);
             CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT, srs_id INTEGER);
             CREATE TABLE gpkg_ogr_contents (table_name TEXT PRIMARY KEY, feature_count INTEGER);",
        )
        .expect("tables");
    for (layer, rows) in layers {
        let names = rows[0].1.iter().map(|(name, _)| format!(", \"{name}\""));
        let names: String = names.collect();
        let count = rows.len();
        database
            .execute_batch(&format!(
                "CREATE TABLE \"{layer}\" (fid INTEGER PRIMARY KEY, geom BLOB{names});
                 INSERT INTO gpkg_contents VALUES ('{layer}', 'features', 4326);
                 INSERT INTO gpkg_geometry_columns VALUES ('{layer}', 'geom', 4326);
                 INSERT INTO gpkg_ogr_contents VALUES ('{layer}', {count});"
            ))
            .expect("a layer");
        for (shape, values) in *rows {
            let blob = geo(shape).map(|geometry| {
                geometry
                    .to_gpkg_wkb(CoordDimensions::xy(), Some(4326), vec![])
                    .expect("a shape")
            });
            let values: Vec<String> = values
                .iter()
                .map(|(_, value)| match value {
                    Value::Text(text) => format!(", '{text}'"),
                    Value::Number(number) => format!(", {number}"),
                })
                .collect();
            let insert = format!(
                "INSERT INTO \"{layer}\" VALUES (NULL, ?1{})",
                values.concat()
            );
            database.execute(&insert, [blob]).expect("a row");
        }
    }
    database.serialize("main").expect("bytes").to_vec()
}

#[cfg(feature = "flatgeobuf")]
pub fn flatgeobuf(rows: &[Row], write_index: bool) -> Vec<u8> {
    use flatgeobuf::{ColumnType, FgbCrs, FgbWriter, FgbWriterOptions, GeometryType};
    use geozero::{ColumnValue, PropertyProcessor};
    let kind = match rows[0].0 {
        Shape::None | Shape::Point(_) => GeometryType::Point,
        Shape::Lines(_) => GeometryType::MultiLineString,
        Shape::Areas(_) => GeometryType::MultiPolygon,
    };
    let options = FgbWriterOptions {
        write_index,
        crs: FgbCrs {
            org: Some("EPSG"),
            code: 4326,
            ..FgbCrs::default()
        },
        ..FgbWriterOptions::default()
    };
    let mut file = FgbWriter::create_with_options("rows", kind, options).expect("a file");
    for (name, value) in &rows[0].1 {
        let kind = match value {
            Value::Text(_) => ColumnType::String,
            Value::Number(_) => ColumnType::Double,
        };
        file.add_column(name, kind, |_, _| {});
    }
    for (shape, values) in rows {
        let geometry = geo(shape).expect("a shape");
        file.add_feature_geom(geometry, |feature| {
            for (place, (name, value)) in values.iter().enumerate() {
                let value = match value {
                    Value::Text(text) => ColumnValue::String(text),
                    Value::Number(number) => ColumnValue::Double(*number),
                };
                feature.property(place, name, &value).expect("a value");
            }
        })
        .expect("a feature");
    }
    let mut bytes = Vec::new();
    file.write(&mut bytes).expect("to memory");
    bytes
}
