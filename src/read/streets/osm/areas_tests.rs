//! Nodes with tags and relations that are areas, in PBF as in XML.

use prost::Message;

use super::proto::{
    DenseNodes, NodeBlock, NodeGroup, Relation, RelationBlock, RelationGroup, StringTable,
};
use super::samples::{Packing, dense, file, streets, way, way_block};
use crate::model::Memory;
use crate::read::streets::ways::{Access, RawStreets};

const WORDS: [&str; 9] = [
    "",
    "barrier",
    "gate",
    "access",
    "private",
    "outer",
    "type",
    "multipolygon",
    "highway",
];
const PEDESTRIAN: &str = "pedestrian";

fn word(word: &str) -> u64 {
    let all = WORDS.iter().chain([&PEDESTRIAN]);
    let place = all.clone().position(|known| *known == word);
    place.expect("a word of the table") as u64
}

fn table() -> Vec<u8> {
    let words = WORDS.iter().chain([&PEDESTRIAN]);
    let strings = words.map(|word| word.as_bytes().to_vec()).collect();
    StringTable { strings }.encode_to_vec()
}

/// Three nodes in a row, the second a gate, and two more for a ring.
fn nodes(keys_vals: Vec<u64>) -> Vec<u8> {
    let places = [
        (1, 0, 0),
        (2, 10_000, 0),
        (3, 20_000, 0),
        (4, 20_000, 10_000),
        (5, 30_000, 0),
    ];
    let dense = DenseNodes {
        keys_vals,
        ..dense(&places)
    };
    let group = NodeGroup {
        dense: Some(dense),
        ..NodeGroup::default()
    };
    let block = NodeBlock {
        strings: Some(table()),
        groups: vec![group],
        ..NodeBlock::default()
    };
    block.encode_to_vec()
}

fn gate() -> Vec<u64> {
    let tags = [
        word("barrier"),
        word("gate"),
        word("access"),
        word("private"),
    ];
    [&[0][..], &tags, &[0, 0, 0, 0]].concat()
}

/// The ring of way 2 as an area; `types` are those of its members.
fn relation(members: &[i64], types: &[i64]) -> Vec<u8> {
    let relation = Relation {
        id: Some(9),
        keys: vec![word("type"), word("highway")],
        vals: vec![word("multipolygon"), word(PEDESTRIAN)],
        roles: members.iter().map(|_| 5).collect(),
        members: members.to_vec(),
        types: types.to_vec(),
        ..Relation::default()
    };
    let block = RelationBlock {
        groups: vec![RelationGroup {
            relations: vec![relation],
        }],
    };
    // The table stands in the field before the groups.
    let mut bytes = vec![0x0a];
    let strings = table();
    prost::encode_length_delimiter(strings.len(), &mut bytes).expect("memory takes all");
    [bytes, strings, block.encode_to_vec()].concat()
}

fn read(blocks: &[Vec<u8>]) -> RawStreets {
    let bytes = file(blocks, Packing::Zlib);
    streets(&bytes, "a.pbf", Memory::default()).expect("a good file")
}

fn town() -> Vec<Vec<u8>> {
    let street = way(1, &[1, 2, 3], &[("highway", "footway")]);
    let ring = way(2, &[3, 4, 5, 3], &[]);
    vec![nodes(gate()), way_block(vec![street, ring])]
}

const XML: &str = r#"<osm>
<node id="1" lat="0" lon="0"/><node id="2" lat="0" lon="0.001"><tag k="barrier" v="gate"/><tag k="access" v="private"/></node>
<node id="3" lat="0" lon="0.002"/><node id="4" lat="0.001" lon="0.002"/><node id="5" lat="0" lon="0.003"/>
<way id="1"><nd ref="1"/><nd ref="2"/><nd ref="3"/><tag k="highway" v="footway"/></way>
<way id="2"><nd ref="3"/><nd ref="4"/><nd ref="5"/><nd ref="3"/></way>
<relation id="9"><member type="way" ref="2" role="outer"/><tag k="type" v="multipolygon"/><tag k="highway" v="pedestrian"/></relation>
</osm>"#;

#[test]
fn both_kinds_of_file_say_the_same() {
    let mut blocks = town();
    blocks.push(relation(&[2], &[1]));
    let pbf = read(&blocks);
    let xml = streets(XML.as_bytes(), "a.osm", Memory::default()).expect("a good file");
    assert_eq!(pbf, xml);
    let at_gates = pbf
        .stretches
        .iter()
        .filter(|stretch| stretch.about.access == Access::Gate);
    let pieces: usize = at_gates.map(|stretch| stretch.pieces.len()).sum();
    assert_eq!(pieces, 2, "a metre on either side of the gate");
    assert_eq!(pbf.pieces.len(), 4 + 3);
    // A relation before its ways is as good.
    blocks.rotate_right(1);
    assert_eq!(read(&blocks), xml);
}

#[test]
fn members_of_an_unknown_kind_are_no_outlines_and_odd_lists_are_damage() {
    let with = |relation: Vec<u8>| {
        let bytes = file(&[town(), vec![relation]].concat(), Packing::Zlib);
        streets(&bytes, "a.pbf", Memory::default())
    };
    for kind in [0, 2, 7, -1] {
        assert_eq!(
            with(relation(&[2], &[kind]))
                .expect("a good file")
                .pieces
                .len(),
            4,
            "{kind}"
        );
    }
    let wrong = with(relation(&[2], &[])).expect_err("a list is short");
    assert!(wrong.to_string().contains("relation 9"), "{wrong}");
}

#[test]
fn a_node_whose_tags_point_outside_the_table_is_damage() {
    let mut tags = gate();
    tags[2] = 99;
    let blocks = [nodes(tags), town().remove(1)];
    let wrong = streets(&file(&blocks, Packing::Raw), "a.pbf", Memory::default());
    let wrong = wrong.expect_err("no such word").to_string();
    assert!(wrong.contains("node 2: "), "{wrong}");
}

#[test]
fn a_node_that_is_listed_again_without_its_gate_has_none() {
    let mut blocks = town();
    blocks.push(nodes(Vec::new()));
    let streets = read(&blocks);
    assert_eq!((streets.pieces.len(), streets.stretches.len()), (2, 0));
}
