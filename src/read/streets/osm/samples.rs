//! Small PBF files, made by hand for the tests.

use std::io::Write;

use crate::model::Memory;
use crate::read::error::ReadError;
use crate::read::streets::osm::Asked;
use crate::read::streets::ways::RawStreets;
use flate2::{Compression, write::ZlibEncoder};
use prost::Message;

use super::proto::{
    Blob, BlobHeader, DenseInfo, DenseNodes, HeaderBlock, NodeBlock, NodeGroup, StringTable, Way,
    WayBlock, WayGroup,
};

/// The streets of a file by the default walk rule.
pub(super) fn streets(bytes: &[u8], file: &str, memory: Memory) -> Result<RawStreets, ReadError> {
    super::streets(bytes, file, memory, Asked::default())
}

/// How a blob is packed.
#[derive(Debug, Clone, Copy)]
pub(super) enum Packing {
    Raw,
    Zlib,
    Lz4,
}

pub(super) fn header(features: &[&str]) -> Vec<u8> {
    let required_features = features.iter().map(ToString::to_string).collect();
    HeaderBlock {
        required_features,
        bbox: None,
    }
    .encode_to_vec()
}

pub(super) fn packed(block: &[u8], packing: Packing) -> Blob {
    let raw_size = i64::try_from(block.len()).ok();
    match packing {
        Packing::Raw => Blob {
            raw: Some(block.to_vec()),
            raw_size,
            ..Blob::default()
        },
        Packing::Lz4 => Blob {
            lz4: Some(lz4_flex::block::compress(block)),
            raw_size,
            ..Blob::default()
        },
        Packing::Zlib => {
            let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
            encoder.write_all(block).expect("memory takes all");
            Blob {
                zlib: encoder.finish().ok(),
                raw_size,
                ..Blob::default()
            }
        }
    }
}

pub(super) fn framed(kind: &str, blob: &[u8]) -> Vec<u8> {
    let header = BlobHeader {
        kind: Some(kind.into()),
        datasize: i64::try_from(blob.len()).ok(),
    }
    .encode_to_vec();
    let length = u32::try_from(header.len()).expect("a small header");
    [&length.to_be_bytes()[..], &header, blob].concat()
}

/// A whole file: a header and these blocks.
pub(super) fn file(blocks: &[Vec<u8>], packing: Packing) -> Vec<u8> {
    let head = packed(&header(&["OsmSchema-V0.6", "DenseNodes"]), packing).encode_to_vec();
    let data = blocks
        .iter()
        .flat_map(|block| framed("OSMData", &packed(block, packing).encode_to_vec()));
    framed("OSMHeader", &head).into_iter().chain(data).collect()
}

fn deltas(values: &[i64]) -> Vec<i64> {
    let before = std::iter::once(0).chain(values.iter().copied());
    values
        .iter()
        .zip(before)
        .map(|(value, before)| value - before)
        .collect()
}

/// Dense nodes: id, and longitude and latitude in units of 1e-7 degrees.
pub(super) fn dense(nodes: &[(i64, i64, i64)]) -> DenseNodes {
    let column =
        |pick: fn(&(i64, i64, i64)) -> i64| deltas(&nodes.iter().map(pick).collect::<Vec<_>>());
    let info = DenseInfo {
        visible: vec![true; nodes.len()],
    };
    DenseNodes {
        id: column(|n| n.0),
        lon: column(|n| n.1),
        lat: column(|n| n.2),
        info: Some(info),
        keys_vals: Vec::new(),
    }
}

pub(super) fn node_block(dense: DenseNodes) -> Vec<u8> {
    let group = NodeGroup {
        nodes: Vec::new(),
        dense: Some(dense),
    };
    NodeBlock {
        groups: vec![group],
        ..NodeBlock::default()
    }
    .encode_to_vec()
}

const STRINGS: [&str; 8] = [
    "", "highway", "footway", "motorway", "area", "yes", "access", "private",
];

/// A way with tags of the words in the string table.
pub(super) fn way(id: i64, refs: &[i64], tags: &[(&str, &str)]) -> Way {
    let word = |word: &str| {
        STRINGS
            .iter()
            .position(|s| *s == word)
            .expect("a word of the table") as u64
    };
    let keys = tags.iter().map(|tag| word(tag.0)).collect();
    let vals = tags.iter().map(|tag| word(tag.1)).collect();
    Way {
        id: Some(id),
        keys,
        vals,
        refs: deltas(refs),
        ..Way::default()
    }
}

pub(super) fn way_block(ways: Vec<Way>) -> Vec<u8> {
    let strings = STRINGS.iter().map(|s| s.as_bytes().to_vec()).collect();
    let strings = Some(StringTable { strings }.encode_to_vec());
    let group = WayGroup {
        ways,
        ..WayGroup::default()
    };
    WayBlock {
        strings,
        groups: vec![group],
        ..WayBlock::default()
    }
    .encode_to_vec()
}
