//! `joints.geojson` and `islands.geojson`: where the streets should hang together, most people first.

use geojson::{Geometry, GeometryValue};

use super::atomic::Batch;
use super::column::{Columns, Value};
use super::error::ReportError;
use super::geojson::{Map, point};
use super::number::{Number, Tenths};
use crate::model::Network;
use crate::run::Results;
use crate::snap::{Apart, TornIsland, TornJoint};

/// Adds the maps that have anything in them.
pub(super) fn add(results: &Results, files: &mut Batch) -> Result<(), ReportError> {
    let torn = results.coverage.times().links().torn();
    if !torn.joints.is_empty() {
        let map = JointMap {
            columns: joint_columns(),
            joints: &torn.joints,
        };
        files.add("joints.geojson", |out| map.write(out))?;
    }
    if !torn.islands.is_empty() {
        let map = IslandMap {
            columns: island_columns(),
            islands: &torn.islands,
            network: results.study().network(),
        };
        files.add("islands.geojson", |out| map.write(out))?;
    }
    Ok(())
}

struct JointMap<'r> {
    columns: Columns<&'r TornJoint>,
    joints: &'r [TornJoint],
}

impl<'r> Map for JointMap<'r> {
    type Row = &'r TornJoint;

    fn columns(&self) -> &Columns<Self::Row> {
        &self.columns
    }

    fn len(&self) -> usize {
        self.joints.len()
    }

    fn geometry(&self, place: usize) -> Option<Geometry> {
        Some(point(self.joints[place].joint.at))
    }

    fn row(&self, place: usize) -> Self::Row {
        &self.joints[place]
    }
}

/// The properties of joints.
pub(super) fn joint_columns<'r>() -> Columns<&'r TornJoint> {
    Columns::<&'r TornJoint>::new()
        .with("kind", "类型", |row| {
            Value::Word(row.joint.kind.word().into())
        })
        .with("metres", "相距米数", |row| {
            Value::Number(Number::of(centimetres(row.joint.metres)))
        })
        .with("people", "隔断人数", |row| {
            Value::Number(Number::people(row.people))
        })
        .with("cells", "隔断居民点数", |row| {
            Value::Count(row.cells as u64)
        })
        .with("sites", "隔断服务点数", |row| {
            Value::Count(row.sites as u64)
        })
}

struct IslandMap<'r> {
    columns: Columns<&'r TornIsland>,
    islands: &'r [TornIsland],
    network: &'r Network,
}

impl<'r> Map for IslandMap<'r> {
    type Row = &'r TornIsland;

    fn columns(&self) -> &Columns<Self::Row> {
        &self.columns
    }

    fn len(&self) -> usize {
        self.islands.len()
    }

    /// All streets of the island.
    fn geometry(&self, place: usize) -> Option<Geometry> {
        let edges = self.islands[place].edges.iter();
        let lines = edges.map(|&edge| {
            let ends = self.network.edge(edge);
            let ends = [ends.from, ends.to].map(|node| self.network.node(node));
            ends.map(|at| vec![short(at.lon()), short(at.lat())].into())
                .to_vec()
        });
        let coordinates = lines.collect();
        Some(GeometryValue::MultiLineString { coordinates }.into())
    }

    fn row(&self, place: usize) -> Self::Row {
        &self.islands[place]
    }
}

/// The properties of islands; `left` counts the sites and cells that hang elsewhere instead, and
/// `join_lon` and `join_lat` say where it comes nearest to a larger part, `apart_m` off.
pub(super) fn island_columns<'r>() -> Columns<&'r TornIsland> {
    Columns::<&'r TornIsland>::new()
        .with("vertices", "节点数", |row| {
            Value::Count(row.vertices.into())
        })
        .with("metres", "道路米数", |row| {
            Value::Tenths(Tenths::metres(row.metres))
        })
        .with("people", "人数", |row| {
            Value::Number(Number::people(row.people()))
        })
        .with("cells", "居民点数", |row| {
            Value::Count((row.hung.cells.len() + row.left.cells.len()) as u64)
        })
        .with("sites", "服务点数", |row| {
            Value::Count((row.hung.sites.len() + row.left.sites.len()) as u64)
        })
        .with("left", "改接数", |row| {
            Value::Count((row.left.cells.len() + row.left.sites.len()) as u64)
        })
        .with("apart_m", "相距米数", |row| {
            of_gap(row, |apart| centimetres(apart.metres))
        })
        .with("join_lon", "接点经度", |row| {
            of_gap(row, |apart| short(apart.from.lon()))
        })
        .with("join_lat", "接点纬度", |row| {
            of_gap(row, |apart| short(apart.from.lat()))
        })
}

/// A number about what lies between an island and a larger part; empty where there is none.
fn of_gap<'v>(row: &TornIsland, number: impl Fn(&Apart) -> f64) -> Value<'v> {
    let number = row.apart.as_ref().map(number);
    number.map_or(Value::Empty, |number| Value::Number(Number::of(number)))
}

fn centimetres(metres: f64) -> f64 {
    (metres * 100.0).round() / 100.0
}

fn short(degrees: f64) -> f64 {
    (degrees * 1e7).round() / 1e7 + 0.0
}
