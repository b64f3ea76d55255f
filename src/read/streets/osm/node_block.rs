//! The nodes of one unpacked block, as far as streets need them.

use crate::model::WalkRule;
use crate::read::streets::node_rule::{Knot, counts};
use crate::read::streets::not_understood::NotUnderstood;
use crate::words::{Text, text};

use super::assemble::Plan;
use super::blob::decode;
use super::block::{Grid, hidden, summed};
use super::collected::LonLat;
use super::fault::{Fault, RECODE};
use super::judge::{self, Asked};
use super::proto::{DenseNodes, Node, NodeBlock};
use super::string_table::{Marked, Strings};

/// A needed node, where it is unless deleted, and what it does to those who go through it.
pub(super) type Placed = (usize, Option<LonLat>, Knot);

/// The needed nodes of a block, in its order.
#[derive(Debug, Default)]
pub(super) struct Nodes {
    pub placed: Vec<Placed>,
    /// What is wrong with those that are off the globe, which are placed nowhere.
    pub strays: Vec<Fault>,
    /// What is not understood of their tags.
    pub odd: NotUnderstood,
}

impl Nodes {
    fn take(&mut self, node: usize, at: Option<Result<LonLat, Fault>>, knot: Knot) {
        let at = at.and_then(|at| at.map_err(|stray| self.strays.push(stray)).ok());
        self.placed.push((node, at, knot));
    }
}

/// The words of a block's tags, where its nodes are asked for theirs.
struct Words<'a> {
    how: Asked<'a>,
    strings: Strings<'a>,
    /// Which of them are keys that count at a node.
    counting: Marked,
}

impl<'a> Words<'a> {
    fn of(block: &'a NodeBlock, how: Asked<'a>) -> Result<Self, Fault> {
        let mut strings = Strings::none();
        // Most blocks have no tagged node at all.
        if how.how.rule == WalkRule::W3 && has_tags(block) {
            strings = Strings::of(block.strings.as_deref().unwrap_or_default())?;
        }
        let counting = strings.marked(counts);
        Ok(Self {
            how,
            strings,
            counting,
        })
    }

    /// What a node with these tags does.
    fn knot(
        &self,
        id: i64,
        keys_and_values: &[[u64; 2]],
        odd: &mut NotUnderstood,
    ) -> Result<Knot, Fault> {
        if !keys_and_values
            .iter()
            .any(|&[key, _]| self.counting.has(key))
        {
            return Ok(Knot::default());
        }
        let in_node = |what| Fault::damaged(text!(InNode, id = id.to_string(), what = what));
        let pairs = keys_and_values.iter();
        let pairs: Result<Vec<_>, Text> = pairs
            .map(|&[key, value]| Ok((self.strings.word(key)?, self.strings.word(value)?)))
            .collect();
        let place = || format!("node {id}");
        Ok(judge::node(&pairs.map_err(in_node)?, self.how, odd, place))
    }
}

pub(super) fn has_tags(block: &NodeBlock) -> bool {
    block.groups.iter().any(|group| {
        let dense = group.dense.as_ref();
        dense.is_some_and(|dense| dense.keys_vals.iter().any(|&word| word != 0))
            || group.nodes.iter().any(|node| !node.keys.is_empty())
    })
}

/// Reads the needed nodes of a block.
pub(super) fn nodes(block: &[u8], plan: &Plan, how: Asked<'_>) -> Result<Nodes, Fault> {
    let block: NodeBlock = decode(block, text!(PbfBlock))?;
    let grid = Grid::new(block.granularity, block.lat_offset, block.lon_offset)?;
    let mut reader = Reader {
        grid,
        words: Words::of(&block, how)?,
        plan,
        found: Nodes::default(),
    };
    for group in &block.groups {
        reader.plain_nodes(&group.nodes)?;
        if let Some(dense) = &group.dense {
            reader.dense_nodes(dense)?;
        }
    }
    Ok(reader.found)
}

/// The nodes of a block, being read.
struct Reader<'a> {
    grid: Grid,
    words: Words<'a>,
    plan: &'a Plan,
    found: Nodes,
}

impl Reader<'_> {
    fn plain_nodes(&mut self, nodes: &[Node]) -> Result<(), Fault> {
        let near = self.plan.between(i64::MIN, i64::MAX);
        for node in nodes {
            let id = node
                .id
                .ok_or_else(|| Fault::damaged(text!(NodeWithoutId)))?;
            let Some(place) = near.find(id) else { continue };
            // A deleted node is nowhere. Any other must say where it is.
            let at = match (node.lat, node.lon) {
                _ if hidden(node.info) => None,
                (Some(lat), Some(lon)) => Some(self.grid.at(id, lat, lon)),
                _ => {
                    let what = text!(NodeWithoutPlace, id = id.to_string());
                    return Err(Fault::new("bad-osm", what, RECODE));
                }
            };
            let pairs: Vec<[u64; 2]> = node
                .keys
                .iter()
                .zip(&node.vals)
                .map(|(&k, &v)| [k, v])
                .collect();
            let knot = self.words.knot(id, &pairs, &mut self.found.odd)?;
            self.found.take(place, at, knot);
        }
        Ok(())
    }

    /// Dense nodes, column by column: each number is a step. O(nodes · log needed).
    fn dense_nodes(&mut self, dense: &DenseNodes) -> Result<(), Fault> {
        let visible = visible(dense)?;
        let overflow = || Fault::damaged(text!(DenseNodesRunOver));
        let ids = summed(&dense.id).ok_or_else(overflow)?;
        let (Some(&least), Some(&most)) = (ids.iter().min(), ids.iter().max()) else {
            return Ok(());
        };
        // Most blocks hold few needed nodes: they are looked for in the ids of this block only.
        let near = self.plan.between(least, most);
        let mut tags = DenseTags(&dense.keys_vals);
        let mut lat = 0_i64;
        let mut lon = 0_i64;
        for (row, &id) in ids.iter().enumerate() {
            // Each number is the step from the node before, also from one that is not needed.
            lat = lat.checked_add(dense.lat[row]).ok_or_else(overflow)?;
            lon = lon.checked_add(dense.lon[row]).ok_or_else(overflow)?;
            // Tags carry no id: those of a node that is not needed are passed over one by one.
            let of_node = tags.next();
            if let Some(place) = near.find(id) {
                let is_shown = visible.get(row) != Some(&false);
                let knot = self.words.knot(id, of_node, &mut self.found.odd)?;
                let at = is_shown.then(|| self.grid.at(id, lat, lon));
                self.found.take(place, at, knot);
            }
        }
        Ok(())
    }
}

/// The tags of dense nodes that are still to come: pairs of words, and a zero after each node's.
pub(super) struct DenseTags<'a>(pub(super) &'a [u64]);

impl<'a> DenseTags<'a> {
    /// Those of the next node.
    pub(super) fn next(&mut self) -> &'a [[u64; 2]] {
        let (pairs, _) = self.0.as_chunks::<2>();
        let count = pairs.iter().take_while(|[key, _]| *key != 0).count();
        self.0 = self.0.get(2 * count + 1..).unwrap_or_default();
        &pairs[..count]
    }
}

/// Which of the nodes are shown, where the block says so at all; all columns are equally long.
pub(super) fn visible(dense: &DenseNodes) -> Result<&[bool], Fault> {
    let visible = dense.info.as_ref().map_or(&[][..], |info| &info.visible);
    let count = dense.id.len();
    let lengths = [dense.lat.len(), dense.lon.len()];
    if lengths == [count; 2] && (visible.is_empty() || visible.len() == count) {
        Ok(visible)
    } else {
        Err(Fault::damaged(text!(UnequalColumns)))
    }
}
