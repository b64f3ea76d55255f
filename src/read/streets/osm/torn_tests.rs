//! PBF files that are not whole, or whose nodes lie where nothing can.

use prost::Message;

use super::proto::{HeaderBbox, HeaderBlock};
use super::samples::streets;
use super::samples::{Packing, dense, file, framed, node_block, packed, way, way_block};
use crate::model::Memory;
use crate::read::streets::ways::{RawStreets, Torn};

const FOOTWAY: [(&str, &str); 1] = [("highway", "footway")];

fn read(bytes: &[u8]) -> RawStreets {
    streets(bytes, "a.pbf", Memory::default()).expect("a good file")
}

#[test]
fn a_node_off_the_globe_parts_its_streets_and_is_told_once() {
    let nodes = |lat: i64| node_block(dense(&[(1, 0, 10), (2, 10, lat), (3, 20, 10)]));
    let map = |lat: i64| {
        let ways = way_block(vec![
            way(1, &[1, 2, 3], &FOOTWAY),
            way(2, &[3, 2], &FOOTWAY),
        ]);
        read(&file(&[nodes(lat), ways], Packing::Zlib))
    };
    assert_eq!((map(10).bad.len(), map(10).pieces.len()), (0, 3));
    let streets = map(901_000_000);
    let told: Vec<String> = streets.bad.iter().map(ToString::to_string).collect();
    assert_eq!((told.len(), streets.pieces.len()), (1, 0));
    assert!(
        told[0].contains("node 2 stands at longitude 0.000001, latitude 90.1"),
        "{told:?}"
    );
    let placed = |nodes: usize| {
        let mut way = way(1, &[3, 2, 3][..nodes], &FOOTWAY);
        way.lat = [297_317_000, 605_000_000, -605_000_000][..nodes].to_vec();
        way.lon = [1_162_440_000, 10, -10][..nodes].to_vec();
        way
    };
    let ways = way_block(vec![placed(3), placed(2)]);
    let streets = read(&file(&[ways], Packing::Raw));
    assert_eq!((streets.bad.len(), streets.pieces.len()), (1, 0));
}

/// A street of 100 nodes and one that crosses it, the nodes in two blocks.
fn long_street(blocks: &[usize]) -> RawStreets {
    let nodes = |block: usize| {
        let ids = (0..100).filter(|id| usize::from(id / 10 % 2 == 1) == block);
        node_block(dense(
            &ids.map(|id| (id, id * 10_000, 10_000)).collect::<Vec<_>>(),
        ))
    };
    let ways = [
        way(1, &(0..100).collect::<Vec<_>>(), &FOOTWAY),
        way(2, &[11, 15, 19], &FOOTWAY),
        way(3, &[1, 2, 18], &FOOTWAY),
    ];
    let mut parts: Vec<Vec<u8>> = blocks.iter().map(|&block| nodes(block)).collect();
    parts.push(way_block(ways.to_vec()));
    read(&file(&parts, Packing::Zlib))
}

#[test]
fn a_lost_block_of_nodes_breaks_streets_in_their_middle() {
    assert_eq!(long_street(&[0, 1]).torn, Torn::default());
    let lost = Torn {
        ended: 1,
        broken: 1,
        nowhere: 1,
    };
    assert_eq!(long_street(&[0]).torn, lost);
    let all = Torn {
        nowhere: 3,
        ..Torn::default()
    };
    assert_eq!(long_street(&[]).torn, all);
}

#[test]
fn the_box_of_the_header_is_told_where_it_is_one() {
    let with_box = |[left, bottom, right, top]: [i64; 4]| {
        let bbox = Some(HeaderBbox {
            left,
            right,
            top,
            bottom,
        });
        let block = HeaderBlock {
            bbox,
            ..HeaderBlock::default()
        };
        let head = packed(&block.encode_to_vec(), Packing::Raw).encode_to_vec();
        let bytes = [framed("OSMHeader", &head), file(&[], Packing::Raw)].concat();
        read(&bytes).bounds
    };
    let degrees = |numbers: [i64; 4]| numbers.map(|number| number * 1_000_000_000);
    assert_eq!(with_box(degrees([1, 2, 3, 4])), Some([1.0, 2.0, 3.0, 4.0]));
    assert_eq!(with_box(degrees([3, 2, 1, 4])), None);
    assert_eq!(with_box([0; 4]), None);
    assert_eq!(read(&file(&[], Packing::Raw)).bounds, None);
}
