//! Isochrones as GeoParquet 1.1.

use std::io;
use std::sync::Arc;

use arrow_array::{ArrayRef, Float64Array, RecordBatch, StringArray};
use arrow_schema::{DataType, Field, Schema, SchemaRef};
use geoarrow_array::GeoArrowArray;
use geoarrow_array::builder::MultiPolygonBuilder;
use geoarrow_schema::error::GeoArrowResult;
use geoarrow_schema::{Dimension, MultiPolygonType};
use geoparquet::writer::{GeoParquetRecordBatchEncoder, GeoParquetWriterOptions};
use parquet::arrow::ArrowWriter;
use parquet::file::metadata::KeyValue;

use super::columns::{COLUMNS, Of};
use super::feature::Feature;

/// The column of the geometry.
const GEOMETRY: &str = "geometry";
/// So many rows are encoded at once: what a batch holds of geometry must stay below 2 GiB.
const BATCH: usize = 1024;

/// A file of isochrones, rows in their order.
pub(in crate::report) fn bytes(features: &[Feature<'_>]) -> io::Result<Vec<u8>> {
    let schema = Arc::new(schema());
    let options = GeoParquetWriterOptions::default();
    let encoder = GeoParquetRecordBatchEncoder::try_new(&schema, &options);
    let mut encoder = encoder.map_err(io::Error::other)?;
    let mut file = ArrowWriter::try_new(Vec::new(), encoder.target_schema(), None)?;
    for some in features.chunks(BATCH) {
        let encoded = batch(&schema, some).and_then(|rows| encoder.encode_record_batch(&rows));
        file.write(&encoded.map_err(io::Error::other)?)?;
    }
    file.append_key_value_metadata(geo(encoder)?);
    Ok(file.into_inner()?)
}

/// Several polygons. Without a CRS they are in degrees on WGS 84, longitude first.
fn land() -> MultiPolygonType {
    MultiPolygonType::new(Dimension::XY, Arc::default())
}

fn schema() -> Schema {
    let mut fields: Vec<Field> = Vec::new();
    for column in &COLUMNS {
        let kind = match column.of {
            Of::Text(_) => DataType::Utf8,
            Of::Number(_) => DataType::Float64,
        };
        fields.push(Field::new(column.name, kind, column.optional));
    }
    fields.push(land().to_field(GEOMETRY, false));
    Schema::new(fields)
}

fn batch(schema: &SchemaRef, features: &[Feature<'_>]) -> GeoArrowResult<RecordBatch> {
    let mut columns: Vec<ArrayRef> = Vec::new();
    for column in &COLUMNS {
        columns.push(match column.of {
            Of::Text(of) => Arc::new(features.iter().map(of).collect::<StringArray>()),
            Of::Number(of) => Arc::new(features.iter().map(of).collect::<Float64Array>()),
        });
    }
    let mut lands = MultiPolygonBuilder::new(land());
    for feature in features {
        lands.push_multi_polygon(Some(&feature.polygons))?;
    }
    columns.push(lands.finish().into_array_ref());
    Ok(RecordBatch::try_new(schema.clone(), columns)?)
}

/// What the file says of its geometry.
fn geo(encoder: GeoParquetRecordBatchEncoder) -> io::Result<KeyValue> {
    let mut geo = encoder.into_geoparquet_metadata();
    for column in geo.columns.values_mut() {
        // The crate bounds no land at all by infinities, which JSON cannot say.
        let bounds = column.bbox.take();
        column.bbox = bounds.filter(|bounds| bounds.iter().all(|degrees| degrees.is_finite()));
    }
    let json = serde_json::to_string(&geo)?;
    Ok(KeyValue::new("geo".to_owned(), json))
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use arrow_array::cast::AsArray;
    use arrow_array::types::Float64Type;
    use geo_types::{LineString, MultiPolygon};
    use geoparquet::reader::GeoParquetReaderBuilder;
    use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
    use serde_json::{Value, json};

    use super::super::samples;
    use super::*;

    /// What is read from a file: what it says of its geometry, the columns, and the rows.
    struct Read {
        geo: Value,
        columns: Vec<(String, bool)>,
        rows: Vec<RecordBatch>,
    }

    fn written(features: &[Feature<'_>]) -> Read {
        let bytes = bytes(features).expect("isochrones can be written");
        let mut file = tempfile::tempfile().expect("a temporary file");
        file.write_all(&bytes).expect("it is writable");
        let builder = ParquetRecordBatchReaderBuilder::try_new(file).expect("a Parquet file");
        let geo = builder.geoparquet_metadata().expect("a GeoParquet file");
        let geo = serde_json::to_value(geo.expect("valid metadata")).expect("JSON");
        let mut columns = Vec::new();
        for field in builder.schema().fields() {
            columns.push((field.name().clone(), field.is_nullable()));
        }
        let reader = builder.build().expect("a reader");
        Read {
            geo,
            columns,
            rows: reader.map(|rows| rows.expect("rows")).collect(),
        }
    }

    fn told(bbox: &Value) -> Value {
        let mut column = json!({"encoding": "WKB", "geometry_types": ["MultiPolygon"]});
        if !bbox.is_null() {
            column["bbox"] = bbox.clone();
        }
        json!({"version": "1.1.0", "primary_column": "geometry", "columns": {"geometry": column}})
    }

    fn assert_rows(rows: &RecordBatch, wanted: &[Feature<'_>]) {
        assert_eq!(rows.num_rows(), wanted.len());
        for (place, column) in COLUMNS.iter().enumerate() {
            match column.of {
                Of::Text(of) => {
                    let told = rows.column(place).as_string::<i32>().iter();
                    assert!(told.eq(wanted.iter().map(of)), "{}", column.name);
                }
                Of::Number(of) => {
                    let told = rows.column(place).as_primitive::<Float64Type>().iter();
                    assert!(told.eq(wanted.iter().map(of)), "{}", column.name);
                }
            }
        }
        let lands = rows.column(COLUMNS.len()).as_binary::<i32>();
        let lands: Vec<Vec<u8>> = lands.iter().flatten().map(<[u8]>::to_vec).collect();
        let wanted = wanted.iter().map(|feature| wkb(&feature.polygons));
        assert_eq!(lands, wanted.collect::<Vec<_>>());
    }

    /// Well-known binary, as the standard has it: little endian, 3 for a polygon, 6 for several.
    fn wkb(polygons: &MultiPolygon) -> Vec<u8> {
        let mut bytes = vec![1, 6, 0, 0, 0];
        bytes.extend(count(polygons.0.len()));
        for polygon in polygons {
            bytes.extend([1, 3, 0, 0, 0]);
            bytes.extend(count(polygon.interiors().len() + 1));
            ring(polygon.exterior(), &mut bytes);
            for interior in polygon.interiors() {
                ring(interior, &mut bytes);
            }
        }
        bytes
    }

    fn ring(ring: &LineString, bytes: &mut Vec<u8>) {
        bytes.extend(count(ring.0.len()));
        for at in ring {
            bytes.extend(at.x.to_le_bytes());
            bytes.extend(at.y.to_le_bytes());
        }
    }

    fn count(count: usize) -> [u8; 4] {
        u32::try_from(count).expect("few").to_le_bytes()
    }

    #[test]
    fn what_is_written_is_read_back() {
        let features = samples::two();
        let read = written(&features);
        assert_eq!(read.geo, told(&json!([-0.1, 29.73, 116.310_000_1, 51.6])));
        let mut names = COLUMNS
            .map(|column| (column.name.to_owned(), column.optional))
            .to_vec();
        names.push((GEOMETRY.to_owned(), true));
        assert_eq!(read.columns, names);
        assert_eq!(read.rows.len(), 1);
        assert_rows(&read.rows[0], &features);
    }

    #[test]
    fn none_are_a_file_with_no_rows() {
        let read = written(&[]);
        assert_eq!(read.geo, told(&Value::Null));
        assert_eq!(read.columns.len(), 9);
        assert_eq!(read.rows.len(), 0);
    }

    #[test]
    fn where_nothing_is_reached_the_land_is_empty_and_bounds_nothing() {
        let features = [samples::landless()];
        let read = written(&features);
        assert_eq!(read.geo, told(&Value::Null));
        assert_rows(&read.rows[0], &features);
    }

    #[test]
    fn more_than_a_batch_keep_their_order() {
        let features: Vec<Feature<'_>> = (0..=BATCH).flat_map(|_| samples::two()).collect();
        let read = written(&features);
        let mut from = 0;
        for rows in &read.rows {
            let to = from + rows.num_rows();
            assert_rows(rows, &features[from..to]);
            from = to;
        }
        assert_eq!(from, features.len());
    }

    #[test]
    fn each_run_writes_the_same_bytes() {
        let once = || bytes(&samples::two()).expect("isochrones can be written");
        assert_eq!(once(), once());
    }
}
