//! The messages of the OSM PBF format, as far as streets need them.
//!
//! A block is looked at through three views, one for its ways, one for its nodes and one for its
//! relations: what a view leaves out is skipped unread. Numbers that the format keeps in 32
//! bits are taken as 64, so that one too large is seen and not cut.

use prost::Message;

/// What stands before each blob.
#[derive(Clone, PartialEq, Message)]
pub(super) struct BlobHeader {
    #[prost(string, optional, tag = "1")]
    pub kind: Option<String>,
    #[prost(int64, optional, tag = "3")]
    pub datasize: Option<i64>,
}

/// A block, packed in one of several ways.
#[derive(Clone, PartialEq, Message)]
pub(super) struct Blob {
    #[prost(bytes = "vec", optional, tag = "1")]
    pub raw: Option<Vec<u8>>,
    #[prost(int64, optional, tag = "2")]
    pub raw_size: Option<i64>,
    #[prost(bytes = "vec", optional, tag = "3")]
    pub zlib: Option<Vec<u8>>,
    #[prost(bytes = "vec", optional, tag = "4")]
    pub lzma: Option<Vec<u8>>,
    #[prost(bytes = "vec", optional, tag = "5")]
    pub bzip2: Option<Vec<u8>>,
    #[prost(bytes = "vec", optional, tag = "6")]
    pub lz4: Option<Vec<u8>>,
    #[prost(bytes = "vec", optional, tag = "7")]
    pub zstd: Option<Vec<u8>>,
}

/// The file's header.
#[derive(Clone, PartialEq, Message)]
pub(super) struct HeaderBlock {
    #[prost(message, optional, tag = "1")]
    pub bbox: Option<HeaderBbox>,
    #[prost(string, repeated, tag = "4")]
    pub required_features: Vec<String>,
}

/// The box that a file covers, in units of 1e-9 degrees.
#[derive(Clone, Copy, PartialEq, Message)]
pub(super) struct HeaderBbox {
    #[prost(sint64, tag = "1")]
    pub left: i64,
    #[prost(sint64, tag = "2")]
    pub right: i64,
    #[prost(sint64, tag = "3")]
    pub top: i64,
    #[prost(sint64, tag = "4")]
    pub bottom: i64,
}

/// A message whose presence is all that counts.
#[derive(Clone, Copy, PartialEq, Message)]
pub(super) struct Skipped {}

/// A block's ways.
#[derive(Clone, PartialEq, Message)]
pub(super) struct WayBlock {
    /// A [`StringTable`], read only when there are ways.
    #[prost(bytes = "vec", optional, tag = "1")]
    pub strings: Option<Vec<u8>>,
    #[prost(message, repeated, tag = "2")]
    pub groups: Vec<WayGroup>,
    #[prost(int64, optional, tag = "17")]
    pub granularity: Option<i64>,
    #[prost(int64, optional, tag = "19")]
    pub lat_offset: Option<i64>,
    #[prost(int64, optional, tag = "20")]
    pub lon_offset: Option<i64>,
}

#[derive(Clone, PartialEq, Message)]
pub(super) struct WayGroup {
    #[prost(message, repeated, tag = "1")]
    pub nodes: Vec<Skipped>,
    #[prost(message, optional, tag = "2")]
    pub dense: Option<Skipped>,
    #[prost(message, repeated, tag = "3")]
    pub ways: Vec<Way>,
    #[prost(message, repeated, tag = "4")]
    pub relations: Vec<Skipped>,
}

#[derive(Clone, PartialEq, Message)]
pub(super) struct StringTable {
    #[prost(bytes = "vec", repeated, tag = "1")]
    pub strings: Vec<Vec<u8>>,
}

#[derive(Clone, PartialEq, Message)]
pub(super) struct Way {
    #[prost(int64, optional, tag = "1")]
    pub id: Option<i64>,
    #[prost(uint64, repeated, tag = "2")]
    pub keys: Vec<u64>,
    #[prost(uint64, repeated, tag = "3")]
    pub vals: Vec<u64>,
    #[prost(message, optional, tag = "4")]
    pub info: Option<Info>,
    #[prost(sint64, repeated, tag = "8")]
    pub refs: Vec<i64>,
    #[prost(sint64, repeated, tag = "9")]
    pub lat: Vec<i64>,
    #[prost(sint64, repeated, tag = "10")]
    pub lon: Vec<i64>,
}

#[derive(Clone, Copy, PartialEq, Message)]
pub(super) struct Info {
    #[prost(bool, optional, tag = "6")]
    pub visible: Option<bool>,
}

/// A block's ways, as far as they are outlines.
#[derive(Clone, PartialEq, Message)]
pub(super) struct OutlineBlock {
    #[prost(message, repeated, tag = "2")]
    pub groups: Vec<OutlineGroup>,
}

#[derive(Clone, PartialEq, Message)]
pub(super) struct OutlineGroup {
    #[prost(message, repeated, tag = "3")]
    pub ways: Vec<Outline>,
}

#[derive(Clone, PartialEq, Message)]
pub(super) struct Outline {
    #[prost(int64, optional, tag = "1")]
    pub id: Option<i64>,
    #[prost(sint64, repeated, tag = "8")]
    pub refs: Vec<i64>,
}

/// A block's relations.
#[derive(Clone, PartialEq, Message)]
pub(super) struct RelationBlock {
    #[prost(message, repeated, tag = "2")]
    pub groups: Vec<RelationGroup>,
}

#[derive(Clone, PartialEq, Message)]
pub(super) struct RelationGroup {
    #[prost(message, repeated, tag = "4")]
    pub relations: Vec<Relation>,
}

#[derive(Clone, PartialEq, Message)]
pub(super) struct Relation {
    #[prost(int64, optional, tag = "1")]
    pub id: Option<i64>,
    #[prost(uint64, repeated, tag = "2")]
    pub keys: Vec<u64>,
    #[prost(uint64, repeated, tag = "3")]
    pub vals: Vec<u64>,
    #[prost(message, optional, tag = "4")]
    pub info: Option<Info>,
    #[prost(int64, repeated, tag = "8")]
    pub roles: Vec<i64>,
    #[prost(sint64, repeated, tag = "9")]
    pub members: Vec<i64>,
    /// 0 for nodes, 1 for ways, 2 for relations.
    #[prost(int64, repeated, tag = "10")]
    pub types: Vec<i64>,
}

/// A block's nodes.
#[derive(Clone, PartialEq, Message)]
pub(super) struct NodeBlock {
    /// A [`StringTable`], read only when nodes have tags.
    #[prost(bytes = "vec", optional, tag = "1")]
    pub strings: Option<Vec<u8>>,
    #[prost(message, repeated, tag = "2")]
    pub groups: Vec<NodeGroup>,
    #[prost(int64, optional, tag = "17")]
    pub granularity: Option<i64>,
    #[prost(int64, optional, tag = "19")]
    pub lat_offset: Option<i64>,
    #[prost(int64, optional, tag = "20")]
    pub lon_offset: Option<i64>,
}

#[derive(Clone, PartialEq, Message)]
pub(super) struct NodeGroup {
    #[prost(message, repeated, tag = "1")]
    pub nodes: Vec<Node>,
    #[prost(message, optional, tag = "2")]
    pub dense: Option<DenseNodes>,
}

#[derive(Clone, PartialEq, Message)]
pub(super) struct Node {
    #[prost(sint64, optional, tag = "1")]
    pub id: Option<i64>,
    #[prost(uint64, repeated, tag = "2")]
    pub keys: Vec<u64>,
    #[prost(uint64, repeated, tag = "3")]
    pub vals: Vec<u64>,
    #[prost(message, optional, tag = "4")]
    pub info: Option<Info>,
    #[prost(sint64, optional, tag = "8")]
    pub lat: Option<i64>,
    #[prost(sint64, optional, tag = "9")]
    pub lon: Option<i64>,
}

#[derive(Clone, PartialEq, Message)]
pub(super) struct DenseNodes {
    #[prost(sint64, repeated, tag = "1")]
    pub id: Vec<i64>,
    #[prost(message, optional, tag = "5")]
    pub info: Option<DenseInfo>,
    #[prost(sint64, repeated, tag = "8")]
    pub lat: Vec<i64>,
    #[prost(sint64, repeated, tag = "9")]
    pub lon: Vec<i64>,
    #[prost(uint64, repeated, tag = "10")]
    pub keys_vals: Vec<u64>,
}

#[derive(Clone, PartialEq, Message)]
pub(super) struct DenseInfo {
    #[prost(bool, repeated, tag = "6")]
    pub visible: Vec<bool>,
}
