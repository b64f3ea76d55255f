//! The objects of OSM PBF, block by block.

use crate::words::{Text, text};

use super::blob::decode;
use super::block::{Grid, hidden, in_way, members, summed};
use super::collected::LonLat;
use super::fault::Fault;
use super::node_block::{DenseTags, has_tags, visible};
use super::objects::{Object, Sections, Take, What};
use super::pbf::{in_blob, opened};
use super::proto::{DenseNodes, Node, NodeBlock, RelationBlock, Way, WayBlock};
use super::string_table::{Marked, Strings};
use super::wire;

/// Hands on the objects of a file, in its order.
pub(super) fn each(bytes: &[u8], sections: Sections<'_>, take: &mut Take<'_>) -> Result<(), Fault> {
    for frame in opened(bytes)?.data {
        in_blob(&frame, |block| {
            wire::check_size(block)?;
            if sections.nodes {
                nodes(block, sections, take)?;
            }
            if sections.ways {
                ways(block, sections, take)?;
            }
            if sections.relations {
                relations(block, sections, take)?;
            }
            Ok(())
        })?;
    }
    Ok(())
}

/// The words of a block, and which of them are keys that matter.
struct Words<'a> {
    strings: Strings<'a>,
    keys: Marked,
}

impl<'a> Words<'a> {
    fn of(strings: Strings<'a>, sections: Sections<'_>) -> Self {
        let keys = strings.marked(sections.key);
        Self { strings, keys }
    }

    /// The tags of an object; none where no key of it matters.
    fn tags(&self, keys: &[u64], vals: &[u64]) -> Result<Vec<(&'a str, &'a str)>, Text> {
        if keys.iter().any(|&key| self.keys.has(key)) {
            self.strings.tags(keys, vals)
        } else {
            Ok(Vec::new())
        }
    }
}

fn nodes(block: &[u8], sections: Sections<'_>, take: &mut Take<'_>) -> Result<(), Fault> {
    let block: NodeBlock = decode(block, text!(PbfBlock))?;
    let mut strings = Strings::none();
    // Most blocks have no tagged node at all.
    if has_tags(&block) {
        strings = Strings::of(block.strings.as_deref().unwrap_or_default())?;
    }
    let words = Words::of(strings, sections);
    let grid = Grid::new(block.granularity, block.lat_offset, block.lon_offset)?;
    for group in &block.groups {
        for node in &group.nodes {
            plain_node(node, (&grid, &words), take)?;
        }
        if let Some(dense) = &group.dense {
            dense_nodes(dense, (&grid, &words), take)?;
        }
    }
    Ok(())
}

fn plain_node(
    node: &Node,
    (grid, words): (&Grid, &Words<'_>),
    take: &mut Take<'_>,
) -> Result<(), Fault> {
    let id = node
        .id
        .ok_or_else(|| Fault::damaged(text!(NodeWithoutId)))?;
    if hidden(node.info) {
        return take(gone(id, What::Node(None)));
    }
    let tags = words.tags(&node.keys, &node.vals);
    let tags = tags.map_err(|what| in_node(id, what))?;
    let at = node.lat.zip(node.lon);
    take(Object {
        id,
        tags: &tags,
        is_bare: node.keys.is_empty(),
        what: What::Node(at.and_then(|(lat, lon)| grid.at(id, lat, lon).ok())),
    })
}

fn dense_nodes(
    dense: &DenseNodes,
    (grid, words): (&Grid, &Words<'_>),
    take: &mut Take<'_>,
) -> Result<(), Fault> {
    let shown = visible(dense)?;
    let overflow = || Fault::damaged(text!(DenseNodesRunOver));
    let ids = summed(&dense.id).ok_or_else(overflow)?;
    let lats = summed(&dense.lat).ok_or_else(overflow)?;
    let lons = summed(&dense.lon).ok_or_else(overflow)?;
    let mut tags_to_come = DenseTags(&dense.keys_vals);
    for (row, &id) in ids.iter().enumerate() {
        // Tags carry no id: those of a hidden node are passed over too.
        let pairs = tags_to_come.next();
        if shown.get(row) == Some(&false) {
            take(gone(id, What::Node(None)))?;
            continue;
        }
        let mut tags = Vec::new();
        if !pairs.is_empty() {
            let (keys, vals): (Vec<u64>, Vec<u64>) = pairs.iter().map(|&[k, v]| (k, v)).unzip();
            let told = words.tags(&keys, &vals);
            tags = told.map_err(|what| in_node(id, what))?;
        }
        take(Object {
            id,
            tags: &tags,
            is_bare: pairs.is_empty(),
            what: What::Node(grid.at(id, lats[row], lons[row]).ok()),
        })?;
    }
    Ok(())
}

/// What is handed on of an object that was deleted: it may have been listed before.
fn gone(id: i64, what: What) -> Object<'static> {
    Object {
        id,
        tags: &[],
        is_bare: false,
        what,
    }
}

fn in_node(id: i64, what: Text) -> Fault {
    Fault::damaged(text!(InNode, id = id.to_string(), what = what))
}

fn ways(block: &[u8], sections: Sections<'_>, take: &mut Take<'_>) -> Result<(), Fault> {
    let block: WayBlock = decode(block, text!(PbfBlock))?;
    if block.groups.iter().all(|group| group.ways.is_empty()) {
        return Ok(());
    }
    let strings = Strings::of(block.strings.as_deref().unwrap_or_default())?;
    let words = Words::of(strings, sections);
    let grid = Grid::new(block.granularity, block.lat_offset, block.lon_offset)?;
    for way in block.groups.iter().flat_map(|group| &group.ways) {
        let id = way.id.ok_or_else(|| Fault::damaged(text!(WayWithoutId)))?;
        if hidden(way.info) {
            take(gone(id, What::Way(Vec::new(), Vec::new())))?;
            continue;
        }
        let tags = words.tags(&way.keys, &way.vals);
        let tags = tags.map_err(|what| in_way(id, what))?;
        let refs = summed(&way.refs).ok_or_else(|| in_way(id, text!(NodeIdsRunOver)))?;
        let located = located(way, &refs, &grid);
        let located = located.ok_or_else(|| in_way(id, text!(PlacesNotOneANode)))?;
        take(Object {
            id,
            tags: &tags,
            is_bare: way.keys.is_empty(),
            what: What::Way(refs, located),
        })?;
    }
    Ok(())
}

/// The places that a way gives its nodes, if it does; those off the globe are left out. None where it
/// does not give each of them one.
fn located(way: &Way, refs: &[i64], grid: &Grid) -> Option<Vec<(i64, LonLat)>> {
    let lats = summed(&way.lat)?;
    let lons = summed(&way.lon)?;
    if [lats.len(), lons.len()] != [refs.len(); 2] {
        return (lats.is_empty() && lons.is_empty()).then(Vec::new);
    }
    let places = refs.iter().zip(lats.iter().zip(&lons));
    let place = |(&id, (&lat, &lon)): (&i64, (&i64, &i64))| {
        let at = grid.at(id, lat, lon).ok()?;
        Some((id, at))
    };
    Some(places.filter_map(place).collect())
}

fn relations(block: &[u8], sections: Sections<'_>, take: &mut Take<'_>) -> Result<(), Fault> {
    // Decoded first without the relations' own fields: most blocks have none.
    let table: WayBlock = decode(block, text!(PbfBlock))?;
    if table.groups.iter().all(|group| group.relations.is_empty()) {
        return Ok(());
    }
    let strings = Strings::of(table.strings.as_deref().unwrap_or_default())?;
    let words = Words::of(strings, sections);
    let block: RelationBlock = decode(block, text!(PbfBlock))?;
    for relation in block.groups.iter().flat_map(|group| &group.relations) {
        let id = relation.id.unwrap_or_default();
        if hidden(relation.info) {
            take(gone(id, What::Relation(Vec::new())))?;
            continue;
        }
        let wrong = |what| Fault::damaged(text!(InRelation, id = id.to_string(), what = what));
        let tags = words.tags(&relation.keys, &relation.vals).map_err(wrong)?;
        // Of relations that are not wanted the members do not matter.
        let mut of_it = Vec::new();
        if !tags.is_empty() {
            of_it = members(relation, &words.strings).map_err(wrong)?;
        }
        take(Object {
            id,
            tags: &tags,
            is_bare: relation.keys.is_empty(),
            what: What::Relation(of_it),
        })?;
    }
    Ok(())
}
