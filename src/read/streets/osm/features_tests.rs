//! What a map holds beside streets: the same from PBF and from XML, and no panic whatever is damaged.

use prost::Message;

use super::super::proto::{
    DenseNodes, Node, NodeBlock, NodeGroup, Relation, RelationBlock, RelationGroup, StringTable,
    Way, WayBlock, WayGroup,
};
use super::super::samples::{Packing, dense, file};
use super::*;

/// The words of the tags; the first is that of dense nodes' separators.
const WORDS: [&str; 11] = [
    "",
    "amenity",
    "bank",
    "name",
    "农商行",
    "entrance",
    "main",
    "outer",
    "inner",
    "building",
    "yes",
];

fn word(word: &str) -> u64 {
    let place = WORDS.iter().position(|known| *known == word);
    place.expect("a word of the table") as u64
}

fn strings() -> Vec<u8> {
    let strings = WORDS.iter().map(|word| word.as_bytes().to_vec()).collect();
    StringTable { strings }.encode_to_vec()
}

fn deltas(values: &[i64]) -> Vec<i64> {
    let before = std::iter::once(0).chain(values.iter().copied());
    values
        .iter()
        .zip(before)
        .map(|(value, before)| value - before)
        .collect()
}

/// Nodes on a raster of 1e-3 degrees, by their numbers: 34 stands at 3 east, 4 north.
fn places() -> Vec<(i64, i64, i64)> {
    let number = |number: i64| (number, (number / 10) * 10_000, (number % 10) * 10_000);
    [11, 16, 66, 61, 22, 24, 44, 42, 70].map(number).to_vec()
}

/// A bank as a node, a bank as a way with an entrance, a building of two ways with a hole.
fn pbf() -> Vec<u8> {
    let mut nodes = dense(&places());
    let tags = |row: usize| match row {
        1 => vec![word("entrance"), word("main")],
        8 => vec![word("amenity"), word("bank"), word("name"), word("农商行")],
        _ => Vec::new(),
    };
    for row in 0..places().len() {
        nodes.keys_vals.extend(tags(row));
        nodes.keys_vals.push(0);
    }
    let plain = Node {
        id: Some(90),
        keys: vec![word("amenity")],
        vals: vec![word("bank")],
        lat: Some(0),
        lon: Some(90_000),
        ..Node::default()
    };
    let block = |dense: Option<DenseNodes>, nodes: Vec<Node>| {
        NodeBlock {
            strings: Some(strings()),
            groups: vec![NodeGroup { nodes, dense }],
            ..NodeBlock::default()
        }
        .encode_to_vec()
    };
    let way = |id, refs: &[i64], tags: &[(&str, &str)]| Way {
        id: Some(id),
        keys: tags.iter().map(|(key, _)| word(key)).collect(),
        vals: tags.iter().map(|(_, value)| word(value)).collect(),
        refs: deltas(refs),
        ..Way::default()
    };
    let ways = vec![
        way(1, &[11, 16, 66, 61, 11], &[("amenity", "bank")]),
        way(2, &[11, 16, 66], &[]),
        way(3, &[11, 61, 66], &[]),
        way(4, &[22, 24, 44, 42, 22], &[]),
        way(5, &[11, 99, 66, 11], &[("amenity", "bank")]),
    ];
    let ways = WayBlock {
        strings: Some(strings()),
        groups: vec![WayGroup {
            ways,
            ..WayGroup::default()
        }],
        ..WayBlock::default()
    };
    let roles = ["outer", "outer", "inner"].map(|role| i64::try_from(word(role)).expect("few"));
    let relation = Relation {
        id: Some(7),
        keys: vec![word("building")],
        vals: vec![word("yes")],
        roles: roles.to_vec(),
        members: deltas(&[2, 3, 4]),
        types: vec![1; 3],
        ..Relation::default()
    };
    let relations = RelationBlock {
        groups: vec![RelationGroup {
            relations: vec![relation],
        }],
    };
    // A block has its words beside its relations: two messages one after the other are one.
    let words = WayBlock {
        strings: Some(strings()),
        ..WayBlock::default()
    };
    let relations = [words.encode_to_vec(), relations.encode_to_vec()].concat();
    // Relations first: nobody says that a file is sorted.
    let blocks = [
        relations,
        ways.encode_to_vec(),
        block(Some(nodes), vec![plain]),
    ];
    file(&blocks, Packing::Zlib)
}

fn xml() -> String {
    let mut text = "<osm version=\"0.6\">".to_owned();
    for (id, lon, lat) in places() {
        let tags = match id {
            16 => r#"<tag k="entrance" v="main"/>"#,
            70 => r#"<tag k="amenity" v="bank"/><tag k="name" v="农商行"/>"#,
            _ => "",
        };
        let [lon, lat] = [lon, lat].map(|steps| steps / 10_000);
        let node = format!(r#"<node id="{id}" lon="0.00{lon}" lat="0.00{lat}">{tags}</node>"#);
        text.push_str(&node);
    }
    text.push_str(
        r#"<node id="90" lon="0.009" lat="0"><tag k="amenity" v="bank"/></node>
<way id="1"><nd ref="11"/><nd ref="16"/><nd ref="66"/><nd ref="61"/><nd ref="11"/><tag k="amenity" v="bank"/></way>
<way id="2"><nd ref="11"/><nd ref="16"/><nd ref="66"/></way>
<way id="3"><nd ref="11"/><nd ref="61"/><nd ref="66"/></way>
<way id="4"><nd ref="22"/><nd ref="24"/><nd ref="44"/><nd ref="42"/><nd ref="22"/></way>
<way id="5"><nd ref="11"/><nd ref="99"/><nd ref="66"/><nd ref="11"/><tag k="amenity" v="bank"/></way>
<relation id="7"><member type="way" ref="2" role="outer"/><member type="way" ref="3" role="outer"/><member type="way" ref="4" role="inner"/><tag k="building" v="yes"/></relation></osm>"#,
    );
    text
}

fn found(bytes: &[u8]) -> Result<Vec<Feature>, ReadError> {
    let wanted = Wanted {
        key: &|key| matches!(key, "amenity" | "building"),
        object: &|tags| tags.contains(&("amenity", "bank")) || tags.contains(&("building", "yes")),
    };
    features(bytes, "a.osm", Memory::default(), wanted)
}

#[test]
fn pbf_and_xml_tell_the_same() {
    let features = found(&pbf()).expect("a good map");
    let ids: Vec<String> = features.iter().map(Feature::id).collect();
    assert_eq!(ids, ["n70", "n90", "w1", "w5", "r7"]);
    assert_eq!(features[0].tag("name"), Some("农商行"));
    assert_eq!(features[2].entrances, [("main".to_owned(), [0.001, 0.006])]);
    assert!(features[3].shape.is_none(), "a node lies beyond the file");
    let Some(Geometry::MultiPolygon(areas)) = &features[4].shape else {
        panic!("an area: {:?}", features[4].shape)
    };
    let rings: Vec<usize> = areas.iter().map(|area| area.interiors().len()).collect();
    assert_eq!(rings, [1]);
    assert_eq!(features, found(xml().as_bytes()).expect("the same map"));
}

#[test]
fn a_damaged_map_is_refused_or_read_and_no_more() {
    let [pbf, xml] = [pbf(), xml().into_bytes()];
    for bytes in [&pbf, &xml] {
        for cut in 0..bytes.len() {
            let _ = found(&bytes[..cut]);
        }
        for place in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[place] ^= 0x55;
            let _ = found(&changed);
        }
    }
    let cut = found(&xml[..xml.len() - 6]).expect_err("cut").to_string();
    assert!(cut.starts_with("a.osm"), "{cut}");
    assert!(found(&pbf[..pbf.len() - 1]).is_err());
    assert!(found(b"{}").is_err());
}

/// A word of a megabyte that stands once in the file, in the tags of 8,000 nodes.
#[test]
fn a_long_word_in_many_tags_is_refused_before_it_is_copied() {
    let long = "x".repeat(1 << 20);
    let strings = ["", "amenity", "bank", "name", &long];
    let strings = strings
        .iter()
        .map(|word| word.as_bytes().to_vec())
        .collect();
    let nodes: Vec<(i64, i64, i64)> = (1..8_000).map(|id| (id, id, id)).collect();
    let mut nodes = dense(&nodes);
    for _ in 1..8_000 {
        nodes.keys_vals.extend([1, 2, 3, 4, 0]);
    }
    let block = NodeBlock {
        strings: Some(StringTable { strings }.encode_to_vec()),
        groups: vec![NodeGroup {
            nodes: Vec::new(),
            dense: Some(nodes),
        }],
        ..NodeBlock::default()
    };
    let bytes = file(&[block.encode_to_vec()], Packing::Zlib);
    assert!(bytes.len() < 100_000, "{}", bytes.len());
    let wanted = Wanted {
        key: &|key| key == "amenity",
        object: &|tags| tags.contains(&("amenity", "bank")),
    };
    let memory = Memory::of_mb(64);
    let error = features(&bytes, "a.osm.pbf", memory, wanted).expect_err("too much");
    assert!(matches!(error, ReadError::TooLarge(_)), "{error}");
}

/// A house drawn as a ring that a relation has for its outline, twice listed; and one that is open.
const TWICE: &str = r#"<osm version="0.6"><node id="1" lat="0" lon="0"/><node id="2" lat="0" lon="1"/><node id="3" lat="1" lon="1"/>
<way id="4"><nd ref="1"/><nd ref="2"/><nd ref="3"/><nd ref="1"/><tag k="building" v="yes"/></way>
<way id="5"><nd ref="1"/><nd ref="2"/></way>
<relation id="6"><member type="way" ref="4" role="outer"/><member type="way" ref="4" role="outer"/><tag k="building" v="yes"/></relation>
<relation id="7"><member type="way" ref="5" role="outer"/><tag k="building" v="yes"/></relation>
<relation id="8"><member type="way" ref="99" role="outer"/><tag k="building" v="yes"/></relation></osm>"#;

#[test]
fn an_outline_of_the_same_thing_is_no_second_one() {
    let features = found(TWICE.as_bytes()).expect("a good map");
    let told: Vec<(String, bool, bool)> = features
        .iter()
        .map(|one| (one.id(), one.shape.is_some(), one.is_cut))
        .collect();
    let [whole, open, cut] = [(true, false), (false, false), (false, true)];
    let expected = [("w4", whole), ("r6", whole), ("r7", open), ("r8", cut)];
    let expected = expected.map(|(id, (has_shape, is_cut))| (id.to_owned(), has_shape, is_cut));
    assert_eq!(told, expected);
    let (kept, count) = without_outlines(features.clone(), |_, _| true);
    let ids: Vec<String> = kept.iter().map(Feature::id).collect();
    assert_eq!(
        (ids, count),
        (["r6", "r7", "r8"].map(str::to_owned).into(), 1)
    );
    let (kept, count) = without_outlines(features, |_, _| false);
    assert_eq!((kept.len(), count), (4, 0));
}

#[test]
fn of_an_object_listed_twice_the_last_counts() {
    let ring = "<nd ref='1'/><nd ref='2'/><nd ref='3'/><nd ref='1'/>";
    let nodes = "<node id='2' lat='0' lon='1'/><node id='3' lat='1' lon='1'/>";
    let house = format!("<way id='4'>{ring}<tag k='building' v='yes'/></way>");
    let door = "<node id='1' lat='0' lon='0'><tag k='entrance' v='main'/></node>";
    let plain = "<node id='1' lat='0' lon='0'/>";
    let found = |text: String| found(text.as_bytes()).expect("a good map");
    let with_door = found(format!("<osm>{plain}{door}{nodes}{house}</osm>"));
    assert_eq!(with_door[0].entrances, [("main".to_owned(), [0.0, 0.0])]);
    let other = plain.replace("/>", "><tag k='name' v='x'/></node>");
    let without = found(format!("<osm>{door}{other}{nodes}{house}</osm>"));
    assert_eq!((without.len(), without[0].entrances.len()), (1, 0));
    // Overpass ends with bare nodes and members: these say where things are, and nothing else.
    let bare = format!("<way id='4'>{ring}</way>");
    let skeleton = found(format!("<osm>{door}{house}{plain}{nodes}{bare}</osm>"));
    assert_eq!(skeleton, with_door);
    let nowhere = found(format!(
        "<osm>{door}<node id='1' visible='false'/>{nodes}{house}</osm>"
    ));
    assert!(nowhere[0].is_cut);
    let gone = "<way id='4' visible='false'/>";
    assert_eq!(found(format!("<osm>{plain}{nodes}{house}{gone}</osm>")), []);
    assert_eq!(
        found(format!("<osm>{plain}{nodes}{gone}{house}</osm>")).len(),
        1
    );
}
