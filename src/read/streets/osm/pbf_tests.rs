//! The PBF reader against files made by hand, whole and damaged.

use prost::Message;

use crate::model::Memory;
use crate::read::streets::osm::proto::{
    Blob, BlobHeader, DenseInfo, Info, Node, NodeBlock, NodeGroup, Way, WayBlock, WayGroup,
};
use crate::read::streets::osm::samples::streets;
use crate::read::streets::osm::samples::{
    Packing, dense, file, framed, header, node_block, packed, way, way_block,
};
use crate::read::streets::ways::RawStreets;

const FOOTWAY: [(&str, &str); 1] = [("highway", "footway")];

/// Five nodes, the second and the fourth at one place.
fn nodes() -> crate::read::streets::osm::proto::DenseNodes {
    dense(&[
        (-7, 1_162_440_000, 297_317_000),
        (2, 1_162_450_000, 297_317_000),
        (3, 1_162_460_000, 297_317_000),
        (40, 1_162_450_000, 297_317_000),
        (50, -1_800_000_000, 890_000_000),
    ])
}

fn ways() -> Vec<Way> {
    vec![
        way(1, &[3, 2, -7], &FOOTWAY),
        way(2, &[2, 40], &[("highway", "motorway")]),
        way(
            3,
            &[40, 99, 2, 3],
            &[("highway", "footway"), ("area", "yes")],
        ),
        way(
            4,
            &[40, 2],
            &[("highway", "footway"), ("access", "private")],
        ),
        way(5, &[3, 2], &FOOTWAY),
    ]
}

fn town(packing: Packing) -> Vec<u8> {
    file(&[node_block(nodes()), way_block(ways())], packing)
}

fn read(bytes: &[u8]) -> RawStreets {
    streets(bytes, "a.pbf", Memory::default()).expect("a good file")
}

/// What is wrong with a file, as a whole or with one of its nodes.
fn message(bytes: &[u8]) -> String {
    match streets(bytes, "a.pbf", Memory::default()) {
        Ok(streets) => streets.bad.first().expect("a bad node").to_string(),
        Err(error) => error.to_string(),
    }
}

#[test]
fn the_walk_rule_picks_the_ways_and_missing_nodes_split_them() {
    let streets = read(&town(Packing::Raw));
    assert_eq!(
        streets.nodes,
        [[116.244, 29.7317], [116.245, 29.7317], [116.246, 29.7317]]
    );
    assert_eq!(
        streets.pieces,
        [[2, 1], [1, 0], [1, 2], [2, 1]],
        "parallel pieces are kept"
    );
    assert_eq!(
        (streets.lines, streets.walkable, streets.missing_vertices),
        (5, 3, 1)
    );
}

#[test]
fn packing_and_the_order_of_blocks_change_nothing() {
    let plain = read(&town(Packing::Raw));
    assert_eq!(read(&town(Packing::Zlib)), plain);
    assert_eq!(read(&town(Packing::Lz4)), plain);
    assert_eq!(
        read(&file(
            &[way_block(ways()), node_block(nodes())],
            Packing::Zlib
        )),
        plain
    );
    let both = [node_block(nodes()), way_block(ways())].concat();
    assert_eq!(read(&file(&[both], Packing::Zlib)), plain);
}

#[test]
fn c26_threads_change_nothing() {
    let blocks: Vec<_> = (0..40_i64)
        .map(|k| {
            [
                node_block(dense(&[(k, k, 0), (100 - k, k, 5)])),
                way_block(vec![way(k, &[k, 99 - k], &FOOTWAY)]),
            ]
        })
        .map(|pair| pair.concat())
        .collect();
    let bytes = file(&blocks, Packing::Zlib);
    let with = |threads| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .expect("a few threads");
        pool.install(|| read(&bytes))
    };
    assert_eq!(with(1), with(8));
    assert_eq!(with(1), with(2));
}

#[test]
fn nodes_at_one_place_do_not_join() {
    let blocks = [
        node_block(nodes()),
        way_block(vec![way(1, &[-7, 2], &FOOTWAY), way(2, &[40, 3], &FOOTWAY)]),
    ];
    let streets = read(&file(&blocks, Packing::Raw));
    assert_eq!(
        (streets.nodes.len(), streets.pieces),
        (4, vec![[0, 1], [3, 2]])
    );
}

#[test]
fn the_last_of_two_counts_and_the_deleted_do_not() {
    let moved = node_block(dense(&[(2, 0, 0)]));
    let bytes = file(
        &[node_block(nodes()), way_block(ways()), moved],
        Packing::Raw,
    );
    assert_eq!(read(&bytes).nodes[1..2], [[0.0, 0.0]]);
    let mut gone = dense(&[(2, 0, 0)]);
    gone.info = Some(DenseInfo {
        visible: vec![false],
    });
    let mut closed = way(5, &[], &[]);
    closed.info = Some(Info {
        visible: Some(false),
    });
    let bytes = file(
        &[
            node_block(nodes()),
            way_block(ways()),
            node_block(gone),
            way_block(vec![closed]),
        ],
        Packing::Raw,
    );
    let streets = read(&bytes);
    assert_eq!(
        (
            streets.lines,
            streets.walkable,
            streets.missing_vertices,
            streets.pieces.len()
        ),
        // One of them is missed by a private way.
        (4, 2, 4, 0)
    );
}

#[test]
fn plain_nodes_offsets_and_granularity_are_understood() {
    let node = |id, lon, lat| Node {
        id: Some(id),
        lon: Some(lon),
        lat: Some(lat),
        ..Node::default()
    };
    let group = NodeGroup {
        nodes: vec![node(1, 5, 6), node(2, 7, -8)],
        dense: None,
    };
    let block = NodeBlock {
        strings: None,
        groups: vec![group],
        granularity: Some(1000),
        lat_offset: Some(2_000_000_000),
        lon_offset: Some(-3_000_000_000),
    };
    let bytes = file(
        &[
            block.encode_to_vec(),
            way_block(vec![way(1, &[1, 2], &FOOTWAY)]),
        ],
        Packing::Raw,
    );
    assert_eq!(
        read(&bytes).nodes,
        [[-2.999_995, 2.000_006], [-2.999_993, 1.999_992]]
    );
}

#[test]
fn ways_may_bring_their_places() {
    let mut way = way(1, &[1, 2], &FOOTWAY);
    (way.lon, way.lat) = (vec![1_162_440_000, 10_000], vec![297_317_000, 0]);
    let bytes = file(&[way_block(vec![way.clone()])], Packing::Raw);
    assert_eq!(read(&bytes).nodes, [[116.244, 29.7317], [116.245, 29.7317]]);
    way.lat.pop();
    let bytes = file(&[way_block(vec![way])], Packing::Raw);
    assert!(message(&bytes).contains("way 1: not one place a node"));
}

#[test]
fn unknown_blobs_are_skipped() {
    let bytes = [town(Packing::Raw), framed("Other", b"anything")].concat();
    assert_eq!(read(&bytes), read(&town(Packing::Raw)));
}

#[test]
fn features_that_change_the_meaning_are_refused() {
    let head = |features: &[&str]| {
        framed(
            "OSMHeader",
            &packed(&header(features), Packing::Raw).encode_to_vec(),
        )
    };
    assert!(message(&head(&["HistoricalInformation"])).contains("a history file"));
    assert!(message(&head(&["Teleports"])).contains("needs the feature \"Teleports\""));
    assert_eq!(read(&head(&["DenseNodes"])), RawStreets::default());
    assert_eq!(read(&head(&[])), RawStreets::default());
}

/// A good header, then this blob.
fn with_blob(blob: &Blob) -> Vec<u8> {
    [
        file(&[], Packing::Raw),
        framed("OSMData", &blob.encode_to_vec()),
    ]
    .concat()
}

fn with_frame(header: &BlobHeader) -> Vec<u8> {
    let header = header.encode_to_vec();
    let length = u32::try_from(header.len()).expect("a small header");
    [
        file(&[], Packing::Raw),
        length.to_be_bytes().to_vec(),
        header,
    ]
    .concat()
}

/// Holds that the second blob of a file is refused, with a remedy.
fn refused(bytes: &[u8], expected: &str) {
    let offset = file(&[], Packing::Raw).len();
    let message = message(bytes);
    assert!(
        message.starts_with(&format!("a.pbf: blob 2 at byte {offset}: ")),
        "{message}"
    );
    assert!(message.contains(expected), "{message} / {expected}");
    assert!(message.contains(" – "), "a remedy: {message}");
}

#[test]
fn blobs_of_another_size_than_they_tell_are_errors() {
    let block = way_block(ways());
    for (packing, told, expected) in [
        (Packing::Raw, Some(7), "not of the 7 bytes"),
        (Packing::Zlib, Some(7), "not of the 7 bytes"),
        (Packing::Zlib, Some(5000), "not of the 5000 bytes"),
        (Packing::Lz4, Some(7), "the lz4 data are damaged"),
        (Packing::Lz4, Some(5000), "not of the 5000 bytes"),
        (Packing::Zlib, Some(33_554_432), "not of the 33554432 bytes"),
        (Packing::Lz4, Some(33_554_432), "not of the 33554432 bytes"),
        (Packing::Zlib, Some(33_554_433), "a blob of 33554433 bytes"),
        (Packing::Zlib, Some(-1), "a blob of -1 bytes"),
        (Packing::Zlib, None, "does not tell its unpacked size"),
    ] {
        let blob = Blob {
            raw_size: told,
            ..packed(&block, packing)
        };
        refused(&with_blob(&blob), expected);
    }
}

#[test]
fn damaged_empty_and_unknown_blobs_are_errors() {
    let mut zlib = packed(&way_block(ways()), Packing::Zlib);
    if let Some(last) = zlib.zlib.as_mut().and_then(|bytes| bytes.last_mut()) {
        *last ^= 1;
    }
    refused(&with_blob(&zlib), "the zlib data are damaged");
    refused(&with_blob(&Blob::default()), "the blob holds no data");
    let lzma = Blob {
        lzma: Some(vec![1]),
        ..Blob::default()
    };
    refused(&with_blob(&lzma), "packed with lzma");
    let bzip2 = Blob {
        bzip2: Some(vec![1]),
        ..Blob::default()
    };
    refused(&with_blob(&bzip2), "packed with bzip2");
    let zstd = Blob {
        zstd: Some(vec![1]),
        ..Blob::default()
    };
    refused(&with_blob(&zstd), "packed with zstd");
}

#[test]
fn bad_frames_are_errors() {
    for (kind, datasize, expected) in [
        (true, Some(40_000_000), "a blob of 40000000 bytes"),
        (true, Some(-5), "a blob of -5 bytes"),
        (true, None, "tells no size"),
        (false, Some(0), "tells no kind"),
        (true, Some(9), "the file ends 9 bytes too early"),
    ] {
        let kind = kind.then(|| "OSMData".to_owned());
        refused(&with_frame(&BlobHeader { kind, datasize }), expected);
    }
    let first = file(&[], Packing::Raw);
    refused(
        &[&first[..], &[0, 1, 0, 1]].concat(),
        "a blob header of 65537 bytes",
    );
    refused(
        &[first, framed("OSMData", &[0x0a, 0xff])].concat(),
        "the blob is damaged",
    );
    assert!(
        message(&framed("Other", b"OSMHeader")).contains("neither"),
        "a header must come first"
    );
}

fn with_way(change: impl FnOnce(&mut Way)) -> Vec<u8> {
    let mut way = way(8, &[2, 3], &FOOTWAY);
    change(&mut way);
    file(&[node_block(nodes()), way_block(vec![way])], Packing::Zlib)
}

fn with_nodes(change: impl FnOnce(&mut crate::read::streets::osm::proto::DenseNodes)) -> Vec<u8> {
    let mut nodes = nodes();
    change(&mut nodes);
    file(&[way_block(ways()), node_block(nodes)], Packing::Zlib)
}

fn granular(granularity: i64) -> Vec<u8> {
    let group = NodeGroup {
        nodes: Vec::new(),
        dense: Some(nodes()),
    };
    let block = NodeBlock {
        strings: None,
        groups: vec![group],
        granularity: Some(granularity),
        ..NodeBlock::default()
    };
    file(&[way_block(ways()), block.encode_to_vec()], Packing::Raw)
}

#[test]
fn bad_blocks_are_errors() {
    let group = WayGroup {
        ways: vec![way(8, &[2, 3], &FOOTWAY)],
        ..WayGroup::default()
    };
    let no_strings = WayBlock {
        groups: vec![group],
        ..WayBlock::default()
    }
    .encode_to_vec();
    let invalid = vec![
        0x0a, 0x0b, 0x0a, 0x00, 0x0a, 0x07, b'h', b'i', 0xff, b'h', b'w', b'a', b'y',
    ];
    let not_text = [no_strings.clone(), invalid].concat();
    let cases = [
        (with_way(|way| way.id = None), "a way without an id"),
        (
            with_way(|way| way.vals.push(1)),
            "way 8: not one value a key",
        ),
        (
            with_way(|way| way.keys[0] = 99),
            "way 8: a tag points outside the string table",
        ),
        (
            with_way(|way| way.vals[0] = u64::MAX),
            "way 8: a tag points outside the string table",
        ),
        (
            with_way(|way| way.refs = vec![i64::MAX, 1]),
            "way 8: node ids run over",
        ),
        (
            file(&[no_strings], Packing::Raw),
            "way 8: a tag points outside the string table",
        ),
        (file(&[not_text], Packing::Raw), "way 8: a tag is not UTF-8"),
        (
            with_nodes(|nodes| nodes.lat.truncate(4)),
            "columns of unequal length",
        ),
        (
            with_nodes(|nodes| nodes.lon.push(0)),
            "columns of unequal length",
        ),
        (
            with_nodes(|nodes| nodes.id.truncate(4)),
            "columns of unequal length",
        ),
        (
            with_nodes(|nodes| {
                nodes.info = Some(DenseInfo {
                    visible: vec![true],
                });
            }),
            "columns of unequal length",
        ),
        (
            with_nodes(|nodes| nodes.id[1] = i64::MIN),
            "the sums of dense nodes run over",
        ),
        (
            with_nodes(|nodes| nodes.lat[1] = i64::MAX),
            "the sums of dense nodes run over",
        ),
        (
            with_nodes(|nodes| nodes.lat[1] = 605_000_000),
            "node 2 stands at longitude 116.245, latitude 90.2317",
        ),
        (
            with_nodes(|nodes| nodes.lon[1] = 700_000_000),
            "node 2 stands at longitude 186.244",
        ),
        (granular(i64::MAX), "node -7 stands nowhere"),
        (granular(0), "a granularity of 0"),
        (
            file(&[vec![0x12, 0xff, 0xff]], Packing::Raw),
            "the block is damaged",
        ),
        (
            file(&[[0x80; 11].to_vec()], Packing::Raw),
            "the block is damaged",
        ),
    ];
    for (bytes, expected) in cases {
        let message = message(&bytes);
        assert!(
            message.starts_with("a.pbf: blob ") && message.contains(expected),
            "{message} / {expected}"
        );
    }
}

#[test]
fn an_unused_node_may_stand_anywhere() {
    assert_eq!(
        read(&with_nodes(|nodes| nodes.lat[4] = 0x7fff_ffff_ffff)),
        read(&town(Packing::Raw))
    );
}

#[test]
fn relations_that_are_no_area_are_not_looked_into() {
    let relation = [0x12, 0x06, 0x22, 0x04, 0x52, 0x02, 0x7f, 0x7f];
    let bytes = file(
        &[node_block(nodes()), way_block(ways()), relation.to_vec()],
        Packing::Raw,
    );
    assert_eq!(read(&bytes), read(&town(Packing::Raw)));
}

#[test]
fn a_cut_file_is_an_error_except_between_blobs() {
    for packing in [Packing::Raw, Packing::Zlib, Packing::Lz4] {
        let bytes = town(packing);
        let second = file(&[], packing).len();
        let third = file(&[node_block(nodes())], packing).len();
        for length in 0..bytes.len() {
            let whole = length == second || length == third;
            assert_eq!(
                streets(&bytes[..length], "a", Memory::default()).is_ok(),
                whole,
                "{packing:?}, {length} bytes"
            );
        }
    }
}

#[test]
fn random_damage_never_panics() {
    let mut state = 7_u64;
    let mut random = || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 40).unwrap_or(0)
    };
    for packing in [Packing::Raw, Packing::Zlib, Packing::Lz4] {
        let whole = town(packing);
        for _ in 0..3000 {
            let mut bytes = whole.clone();
            for _ in 0..=random() % 3 {
                let place = random() % bytes.len();
                bytes[place] ^= 1 << (random() % 8);
            }
            let _ = streets(&bytes, "a.pbf", Memory::default());
        }
    }
}
