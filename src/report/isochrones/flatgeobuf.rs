//! Isochrones as FlatGeobuf, with an index of space by which a map reads no more than it shows.

use std::io;

use flatgeobuf::{ColumnType, FgbCrs, FgbWriter, FgbWriterOptions, GeometryType};
use geo_types::{Geometry, LineString, Polygon};
use geozero::error::GeozeroError;
use geozero::{ColumnValue, FeatureProcessor, GeozeroDatasource, GeozeroGeometry};

use super::columns::{COLUMNS, Of};
use super::feature::Feature;

/// A file of isochrones: rows in the order of the index, which is that of a Hilbert curve.
pub(in crate::report) fn bytes(features: &[Feature<'_>]) -> io::Result<Vec<u8>> {
    let options = FgbWriterOptions {
        write_index: !features.is_empty(),
        crs: FgbCrs {
            org: Some("EPSG"),
            code: 4326,
            ..FgbCrs::default()
        },
        ..FgbWriterOptions::default()
    };
    let layer = GeometryType::MultiPolygon;
    let mut file =
        FgbWriter::create_with_options("isochrones", layer, options).map_err(io_error)?;
    for column in &COLUMNS {
        let kind = match column.of {
            Of::Text(_) => ColumnType::String,
            Of::Number(_) => ColumnType::Double,
        };
        file.add_column(column.name, kind, |_, args| args.nullable = column.optional);
    }
    for feature in features {
        file.add_feature(Row(feature)).map_err(io::Error::other)?;
    }
    let mut bytes = Vec::new();
    file.write(&mut bytes).map_err(io_error)?;
    Ok(bytes)
}

/// The crate keeps features in a temporary file: what the system says of it says what to do.
fn io_error(error: flatgeobuf::Error) -> io::Error {
    match error {
        flatgeobuf::Error::IO(error) => error,
        error => io::Error::other(error),
    }
}

/// A feature as the crate takes it: piece by piece.
struct Row<'f, 'a>(&'f Feature<'a>);

impl GeozeroDatasource for Row<'_, '_> {
    fn process<P: FeatureProcessor>(&mut self, to: &mut P) -> Result<(), GeozeroError> {
        for (number, column) in COLUMNS.iter().enumerate() {
            let value = match column.of {
                Of::Text(of) => of(self.0).map(ColumnValue::String),
                Of::Number(of) => of(self.0).map(ColumnValue::Double),
            };
            // What is not there is left out.
            if let Some(value) = value {
                to.property(number, column.name, &value)?;
            }
        }
        let mut land = self.0.polygons.clone();
        if land.0.is_empty() {
            // A geometry without parts makes GDAL refuse the file, and this crate too.
            land.0
                .push(Polygon::new(LineString(Vec::new()), Vec::new()));
        }
        Geometry::MultiPolygon(land).process_geom(to)
    }
}

#[cfg(test)]
mod tests {
    use flatgeobuf::{FallibleStreamingIterator, FeatureProperties, FgbReader};
    use geo_types::MultiPolygon;
    use geozero::ToGeo;

    use super::super::samples;
    use super::*;

    fn write(features: &[Feature<'_>]) -> Vec<u8> {
        bytes(features).expect("a temporary file can be made")
    }

    /// The row, read back, is the feature.
    fn assert_row(row: &flatgeobuf::FgbFeature, wanted: &Feature<'_>) {
        for column in &COLUMNS {
            match column.of {
                Of::Text(of) => {
                    let told: Option<String> = row.property(column.name).ok();
                    assert_eq!(told.as_deref(), of(wanted), "{}", column.name);
                }
                Of::Number(of) => {
                    let told: Option<f64> = row.property(column.name).ok();
                    assert_eq!(told, of(wanted), "{}", column.name);
                }
            }
        }
        let land = row.to_geo().expect("a geometry");
        assert_eq!(land, Geometry::MultiPolygon(wanted.polygons.clone()));
    }

    #[test]
    fn what_is_written_is_read_back() {
        let features = samples::two();
        let file = write(&features);
        let reader = FgbReader::open(file.as_slice()).expect("a header");
        let header = reader.header();
        assert_eq!(header.geometry_type(), GeometryType::MultiPolygon);
        assert_eq!(header.features_count(), 2);
        assert_eq!(header.crs().map(|crs| crs.code()), Some(4326));
        let columns = header.columns().expect("columns");
        let told: Vec<(&str, bool)> = columns.iter().map(|c| (c.name(), c.nullable())).collect();
        assert_eq!(told, COLUMNS.map(|column| (column.name, column.optional)));
        let mut rows = reader.select_all_seq().expect("rows");
        let mut count = 0;
        while let Some(row) = rows.next().expect("a row") {
            let site: Option<String> = row.property("site").ok();
            let wanted = features
                .iter()
                .find(|feature| feature.site == site.as_deref());
            assert_row(row, wanted.expect("one of ours"));
            count += 1;
        }
        assert_eq!(count, 2);
    }

    #[test]
    fn the_index_finds_what_is_in_a_window() {
        let features = samples::two();
        let file = write(&features);
        let reader = FgbReader::open(file.as_slice()).expect("a header");
        let rows = reader.select_bbox_seq(116.0, 29.0, 117.0, 30.0);
        let mut rows = rows.expect("an index");
        assert_row(
            rows.next().expect("a row").expect("one is there"),
            &features[0],
        );
        assert!(rows.next().expect("the end").is_none());
    }

    #[test]
    fn none_are_a_file_with_no_rows() {
        let file = write(&[]);
        let reader = FgbReader::open(file.as_slice()).expect("a header");
        assert_eq!(reader.header().features_count(), 0);
        assert_eq!(
            reader.header().columns().map(|columns| columns.len()),
            Some(8)
        );
        let mut rows = reader.select_all_seq().expect("rows");
        assert!(rows.next().expect("the end").is_none());
    }

    #[test]
    fn each_run_writes_the_same_bytes() {
        assert_eq!(write(&samples::two()), write(&samples::two()));
        assert_eq!(write(&[]), write(&[]));
    }

    #[test]
    fn where_nothing_is_reached_the_land_has_no_points() {
        let [site, merged] = samples::two();
        let file = write(&[site, samples::landless(), merged]);
        let reader = FgbReader::open(file.as_slice()).expect("a header");
        let mut rows = reader.select_all_seq().expect("rows");
        let mut points = Vec::new();
        while let Some(row) = rows.next().expect("a row") {
            let name: String = row.property("name").expect("a text");
            let land = row.to_geo().expect("a geometry");
            let land = MultiPolygon::try_from(land).expect("several polygons");
            let outer = land.iter().map(|polygon| polygon.exterior().0.len());
            points.push((name, outer.sum::<usize>()));
        }
        points.sort_unstable();
        let wanted = [("", 4), ("nowhere", 0), ("湖口县政务服务中心", 9)];
        assert_eq!(
            points,
            wanted.map(|(name, points)| (name.to_owned(), points))
        );
    }
}
