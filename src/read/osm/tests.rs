//! Small map files made by hand, and the real ones.

use std::io::Write;

use prost::Message;

use super::proto::{
    Blob, BlobHeader, DenseNodes, HeaderBlock, Node, NodeBlock, NodeGroup, StringTable, Way, WayBlock, WayGroup,
};
use super::*;

/// How a blob is packed.
#[derive(Clone, Copy)]
enum Pack {
    Raw,
    Zlib,
    Lz4,
}

fn blob(kind: &str, bytes: Vec<u8>, pack: Pack) -> Vec<u8> {
    let raw_size = i32::try_from(bytes.len()).ok();
    let blob = match pack {
        Pack::Raw => Blob { raw: Some(bytes), ..Blob::default() },
        Pack::Zlib => {
            let mut packer = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
            packer.write_all(&bytes).expect("to memory");
            Blob { zlib: packer.finish().ok(), raw_size, ..Blob::default() }
        }
        Pack::Lz4 => Blob { lz4: Some(lz4_flex::block::compress(&bytes)), raw_size, ..Blob::default() },
    };
    let body = blob.encode_to_vec();
    let header = BlobHeader { kind: kind.into(), datasize: i32::try_from(body.len()).expect("small") }.encode_to_vec();
    let length = u32::try_from(header.len()).expect("small").to_be_bytes();
    [&length[..], &header, &body].concat()
}

fn way(id: i64, keys: &[u32], values: &[u32], refs: &[i64]) -> Way {
    let differences = refs.iter().scan(0, |last, &id| Some(id - std::mem::replace(last, id)));
    Way { id, keys: keys.to_vec(), values: values.to_vec(), refs: differences.collect() }
}

const STRINGS: [&str; 7] = ["", "highway", "residential", "motorway", "area", "yes", "access"];

fn ways() -> Vec<Way> {
    vec![way(10, &[1], &[2], &[1, 2, 3]), way(11, &[1], &[3], &[3, 4]), way(12, &[1, 4], &[2, 5], &[3, 4, 9, 1])]
}

fn nodes() -> DenseNodes {
    DenseNodes {
        ids: vec![1, 1, 1, 1],
        lats: vec![297_000_000, 10_000, 0, -10_000],
        lons: vec![1_162_000_000, 0, 10_000, 0],
    }
}

fn file_of(ways: Vec<Way>, dense: DenseNodes, features: &[&str], pack: Pack) -> Vec<u8> {
    let header = HeaderBlock { required_features: features.iter().map(|f| (*f).to_owned()).collect() };
    let strings = Some(StringTable { strings: STRINGS.iter().map(|s| s.as_bytes().to_vec()).collect() });
    let way_block = WayBlock { strings, groups: vec![WayGroup { ways }] };
    let group = NodeGroup { nodes: Vec::<Node>::new(), dense: Some(dense) };
    let node_block = NodeBlock { groups: vec![group], granularity: None, lat_offset: None, lon_offset: None };
    let blobs = [
        ("OSMHeader", header.encode_to_vec()),
        ("OSMData", node_block.encode_to_vec()),
        ("OSMData", way_block.encode_to_vec()),
    ];
    blobs.into_iter().flat_map(|(kind, bytes)| blob(kind, bytes, pack)).collect()
}

fn good(pack: Pack) -> Vec<u8> {
    file_of(ways(), nodes(), &["OsmSchema-V0.6", "DenseNodes"], pack)
}

fn error(bytes: &[u8]) -> String {
    streets(bytes, "map.osm.pbf").map_or_else(|e| e.to_string(), |streets| panic!("accepted: {streets:?}"))
}

#[test]
fn ways_become_pieces_by_the_walk_rule() {
    let raw = streets(&good(Pack::Zlib), "map.osm.pbf").expect("valid");
    assert_eq!(raw.nodes.len(), 4);
    assert_eq!(raw.nodes[0], [116.2, 29.7]);
    // The motorway is no street; node 9 is missing, which splits the outline of the square.
    assert_eq!(raw.pieces, [[0, 1], [1, 2], [2, 3]]);
    assert_eq!((raw.lines, raw.walkable, raw.missing_vertices), (3, 2, 1));
}

#[test]
fn raw_zlib_and_lz4_hold_the_same() {
    let read = |pack| streets(&good(pack), "map.osm.pbf").expect("valid");
    assert_eq!(read(Pack::Raw), read(Pack::Zlib));
    assert_eq!(read(Pack::Raw), read(Pack::Lz4));
}

#[test]
fn xml_and_pbf_hold_the_same() {
    let xml = r#"<?xml version="1.0"?><osm version="0.6">
      <way id="10"><nd ref="1"/><nd ref="2"/><nd ref="3"/><tag k="highway" v="residential"/></way>
      <way id="11"><nd ref="3"/><nd ref="4"/><tag k="highway" v="motorway"/></way>
      <way id="12"><nd ref="3"/><nd ref="4"/><nd ref="9"/><nd ref="1"/><tag k="highway" v="residential"/></way>
      <node id="1" lat="29.7" lon="116.2"/><node id="2" lat="29.701" lon="116.2"/>
      <node id="3" lat="29.701" lon="116.201"><tag k="a" v="&lt;b&gt;"/></node><node id="4" lat="29.7" lon="116.201"/>
      <node id="9" visible="false"/></osm>"#;
    assert!(is_xml(xml.as_bytes()) && !is_pbf(xml.as_bytes()) && is_pbf(&good(Pack::Raw)));
    assert_eq!(streets(xml.as_bytes(), "map.osm").expect("valid"), streets(&good(Pack::Raw), "m").expect("valid"));
    for length in 30..xml.len() - 1 {
        assert!(streets(&xml.as_bytes()[..length], "map.osm").is_err(), "cut at {length}");
    }
    let wrong = xml.replace("lat=\"29.701\" lon=\"116.2\"", "lat=\"north\" lon=\"116.2\"");
    let message = streets(wrong.as_bytes(), "map.osm").expect_err("no number").to_string();
    assert!(message.starts_with("map.osm, line 5: lat is \"north\""), "{message}");
}

#[test]
fn what_is_wrong_is_said() {
    let with_ways = |ways| file_of(ways, nodes(), &[], Pack::Raw);
    assert!(error(&with_ways(vec![way(7, &[1], &[99], &[1, 2])])).contains("way 7 names string 99"));
    assert!(error(&with_ways(vec![way(7, &[1, 4], &[2], &[1, 2])])).contains("2 keys and 1 values"));
    let endless = Way { refs: vec![1, i64::MAX], ..way(7, &[1], &[2], &[]) };
    assert!(error(&with_ways(vec![endless])).contains("overflow"));
    let far = DenseNodes { lats: vec![9_990_000_000, 0, 0, 0], ..nodes() };
    assert!(error(&file_of(ways(), far, &[], Pack::Raw)).contains("latitude 999"));
    let short = DenseNodes { lats: vec![1], ..nodes() };
    assert!(error(&file_of(ways(), short, &[], Pack::Raw)).contains("4 node ids, 1 latitudes"));
    assert!(error(&file_of(ways(), nodes(), &["HistoricalInformation"], Pack::Raw)).contains("HistoricalInformation"));
    let zstd = Blob { zstd: Some(vec![1]), raw_size: Some(5), ..Blob::default() };
    let header = BlobHeader { kind: "OSMData".into(), datasize: i32::try_from(zstd.encoded_len()).expect("small") };
    let head = header.encode_to_vec();
    let file = [&[0, 0, 0, u8::try_from(head.len()).expect("small")][..], &head, &zstd.encode_to_vec()].concat();
    assert!(error(&file).contains("compression (zstd) is unsupported"));
    assert!(error(&[0xff; 64]).contains("claims"));
}

#[test]
fn a_cut_file_is_an_error_or_ends_between_two_blobs() {
    let whole = good(Pack::Zlib);
    let accepted = (0..whole.len()).filter(|&length| streets(&whole[..length], "m").is_ok()).count();
    // After the header, and after the nodes.
    assert_eq!(accepted, 3, "the empty file and two ends of blobs");
}

#[test]
fn flipped_bytes_never_panic() {
    let whole = good(Pack::Raw);
    for place in 0..whole.len() {
        for bit in 0..8 {
            let mut broken = whole.clone();
            broken[place] ^= 1 << bit;
            let _ = streets(&broken, "m");
        }
    }
}

#[test]
fn real_maps_are_read() {
    let Some(data) = std::env::var_os("WALKSHED_DATA").map(std::path::PathBuf::from) else {
        eprintln!("skipped: WALKSHED_DATA is not set");
        return;
    };
    let read = |name: &str| {
        let bytes = std::fs::read(data.join("data").join("osm").join(name)).expect("the map is there");
        let bytes = crate::read::gzip::inflated(bytes, name).expect("whole");
        streets(&bytes, name)
    };
    let gushi = read("gushi_seat.osm.pbf").expect("valid");
    assert!(gushi.pieces.len() > 1000, "{} pieces", gushi.pieces.len());
    let (lz4, zlib) = (read("monaco_lz4.osm.pbf"), read("monaco_planetiler.osm.pbf"));
    assert_eq!(lz4.expect("lz4 is read").pieces.len(), zlib.expect("zlib is read").pieces.len());
    for folder in ["pbf_small", "libosmium"] {
        let files = std::fs::read_dir(data.join("data").join(folder)).expect("the folder is there");
        for path in files.map(|entry| entry.expect("readable").path()).filter(|path| path.is_file()) {
            let bytes = std::fs::read(&path).expect("readable");
            if let Ok(bytes) = crate::read::gzip::inflated(bytes, "packed") {
                let _ = streets(&bytes, "strange map");
            }
        }
    }
}
