//! Walkable ways and their nodes from a PBF file: two passes over the blobs, in parallel.

use prost::Message;
use rayon::prelude::*;

use super::assemble::{MapWay, Spot, used_nodes};
use super::blobs::{Packed, blobs};
use super::proto::{DenseNodes, HeaderBlock, NodeBlock, Way, WayBlock};
use crate::read::walk_rule::osm_way;

/// What a map file holds of streets.
#[derive(Debug, Default)]
pub(super) struct Map {
    pub ways: Vec<MapWay>,
    pub spots: Vec<Spot>,
    pub ways_seen: u64,
}

/// Reads a PBF file.
///
/// # Errors
/// A sentence about the first thing that is wrong, with the byte of its blob.
pub(super) fn read(bytes: &[u8]) -> Result<Map, String> {
    let blobs = blobs(bytes)?;
    let mut data = Vec::with_capacity(blobs.len());
    for blob in blobs {
        match blob.kind.as_str() {
            "OSMHeader" => located(&blob, check_header(&blob))?,
            "OSMData" => data.push(blob),
            // The format asks readers to skip kinds that they do not know.
            _ => {}
        }
    }
    let blocks: Vec<_> = data.par_iter().map(|blob| located(blob, ways_of(blob))).collect::<Result<_, _>>()?;
    let ways_seen = blocks.iter().map(|(seen, _)| seen).sum();
    let ways: Vec<MapWay> = blocks.into_iter().flat_map(|(_, ways)| ways).collect();
    let used = used_nodes(&ways);
    let spots: Vec<_> = data.par_iter().map(|blob| located(blob, spots_of(blob, &used))).collect::<Result<_, _>>()?;
    Ok(Map { ways, spots: spots.into_iter().flatten().collect(), ways_seen })
}

fn located<T>(blob: &Packed<'_>, result: Result<T, String>) -> Result<T, String> {
    result.map_err(|wrong| format!("the blob at byte {}: {wrong}", blob.start))
}

fn check_header(blob: &Packed<'_>) -> Result<(), String> {
    let header = HeaderBlock::decode(&*blob.unpacked()?).map_err(|e| format!("the header is broken ({e})"))?;
    let known = ["OsmSchema-V0.6", "DenseNodes"];
    match header.required_features.iter().find(|feature| !known.contains(&feature.as_str())) {
        None => Ok(()),
        Some(feature) => {
            Err(format!("the file needs \"{}\", which is unsupported", crate::read::error::plain(feature)))
        }
    }
}

fn ways_of(blob: &Packed<'_>) -> Result<(u64, Vec<MapWay>), String> {
    let block = WayBlock::decode(&*blob.unpacked()?).map_err(|e| format!("it is broken ({e})"))?;
    let strings = block.strings.map(|table| table.strings).unwrap_or_default();
    let (mut seen, mut ways) = (0, Vec::new());
    for way in block.groups.iter().flat_map(|group| &group.ways) {
        seen += 1;
        if osm_way(tags(way, &strings)?) {
            ways.push(MapWay { id: way.id, nodes: undone(&way.refs)? });
        }
    }
    Ok((seen, ways))
}

/// The tags of a way, every one of them checked before any is asked for.
fn tags<'s>(way: &Way, strings: &'s [Vec<u8>]) -> Result<impl Fn(&str) -> Option<&'s str>, String> {
    let text = |index: u32| {
        let bytes = strings
            .get(index as usize)
            .ok_or_else(|| format!("way {} names string {index}, which is not there", way.id))?;
        std::str::from_utf8(bytes).map_err(|_| format!("a tag of way {} is not UTF-8", way.id))
    };
    if way.keys.len() != way.values.len() {
        return Err(format!("way {} has {} keys and {} values", way.id, way.keys.len(), way.values.len()));
    }
    let pairs = way.keys.iter().zip(&way.values).map(|(&key, &value)| Ok((text(key)?, text(value)?)));
    let tags = pairs.collect::<Result<Vec<_>, String>>()?;
    Ok(move |key: &str| tags.iter().find(|(k, _)| *k == key).map(|(_, v)| *v))
}

/// The numbers of which only the differences were written.
fn undone(differences: &[i64]) -> Result<Vec<i64>, String> {
    let mut sum = 0_i64;
    let mut numbers = Vec::with_capacity(differences.len());
    for &difference in differences {
        sum = sum.checked_add(difference).ok_or("its delta-coded numbers overflow")?;
        numbers.push(sum);
    }
    Ok(numbers)
}

fn spots_of(blob: &Packed<'_>, used: &[i64]) -> Result<Vec<Spot>, String> {
    let block = NodeBlock::decode(&*blob.unpacked()?).map_err(|e| format!("it is broken ({e})"))?;
    let granularity = i64::from(block.granularity.unwrap_or(100));
    if granularity <= 0 {
        return Err(format!("its granularity is {granularity}"));
    }
    let degrees = |value: i64, offset: i64| nanodegrees(value, granularity, offset);
    let (lat_offset, lon_offset) = (block.lat_offset.unwrap_or(0), block.lon_offset.unwrap_or(0));
    let spot = |id: i64, lat: i64, lon: i64| {
        let place = degrees(lon, lon_offset).zip(degrees(lat, lat_offset));
        Spot { id, at: place.map_or([f64::NAN; 2], |(lon, lat)| [lon, lat]) }
    };
    let mut spots = Vec::new();
    for group in &block.groups {
        spots.extend(group.nodes.iter().map(|node| spot(node.id, node.lat, node.lon)));
        for (id, lat, lon) in group.dense.iter().map(dense).collect::<Result<Vec<_>, _>>()?.into_iter().flatten() {
            if used.binary_search(&id).is_ok() {
                spots.push(spot(id, lat, lon));
            }
        }
    }
    spots.retain(|spot| used.binary_search(&spot.id).is_ok());
    Ok(spots)
}

fn dense(nodes: &DenseNodes) -> Result<Vec<(i64, i64, i64)>, String> {
    let (ids, lats, lons) = (undone(&nodes.ids)?, undone(&nodes.lats)?, undone(&nodes.lons)?);
    if ids.len() != lats.len() || ids.len() != lons.len() {
        return Err(format!("it has {} node ids, {} latitudes and {} longitudes", ids.len(), lats.len(), lons.len()));
    }
    Ok(ids.into_iter().zip(lats).zip(lons).map(|((id, lat), lon)| (id, lat, lon)).collect())
}

/// Degrees, rounded once from an exact number of nanodegrees; none on overflow.
#[expect(clippy::cast_precision_loss, reason = "nanodegrees on the globe are below 2^53")]
fn nanodegrees(value: i64, granularity: i64, offset: i64) -> Option<f64> {
    Some(value.checked_mul(granularity)?.checked_add(offset)? as f64 / 1e9)
}
