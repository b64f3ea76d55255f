//! The ways and the nodes of one unpacked block.

use crate::plane::Position;
use crate::read::streets::{tags, walkable};
use crate::words::{Text, text};

use super::assemble::{Kind, LonLat, Plan, Ways};
use super::blob::decode;
use super::fault::{Fault, RECODE};
use super::proto::{DenseNodes, Info, Node, NodeBlock, StringTable, Way, WayBlock};
use super::wire;

/// A block's ways, and whether it holds nodes too.
pub(super) fn ways(block: &[u8]) -> Result<(Ways, bool), Fault> {
    wire::check_size(block)?;
    let block: WayBlock = decode(block, text!(PbfBlock))?;
    let has_nodes = block
        .groups
        .iter()
        .any(|group| !group.nodes.is_empty() || group.dense.is_some());
    let mut ways = Ways::default();
    if block.groups.iter().any(|group| !group.ways.is_empty()) {
        let table: StringTable = decode(
            block.strings.as_deref().unwrap_or_default(),
            text!(PbfStringTable),
        )?;
        let grid = Grid::new(block.granularity, block.lat_offset, block.lon_offset)?;
        for way in block.groups.iter().flat_map(|group| &group.ways) {
            add(&mut ways, way, &table.strings, &grid)?;
        }
    }
    Ok((ways, has_nodes))
}

fn add(ways: &mut Ways, way: &Way, strings: &[Vec<u8>], grid: &Grid) -> Result<(), Fault> {
    let id = way.id.ok_or_else(|| Fault::damaged(text!(WayWithoutId)))?;
    let tags = tags(way, strings).map_err(|what| in_way(id, what))?;
    let refs = summed(&way.refs).ok_or_else(|| in_way(id, text!(NodeIdsRunOver)))?;
    match kind(way, &tags) {
        Kind::Walked => {
            let is_located = !(way.lat.is_empty() && way.lon.is_empty());
            if is_located && locate(ways, way, &refs, grid).is_none() {
                return Err(in_way(id, text!(PlacesNotOneANode)));
            }
            ways.walk(id, refs, &tags::told(tags.into_iter()));
        }
        other @ (Kind::NotWalked | Kind::Deleted) => ways.pass(id, other),
    }
    Ok(())
}

fn kind(way: &Way, tags: &[(&str, &str)]) -> Kind {
    if hidden(way.info) {
        return Kind::Deleted;
    }
    // Of a key that comes twice the first value counts here.
    let is_walked = walkable::osm_way(|key| {
        let (_, value) = tags.iter().find(|(name, _)| *name == key)?;
        Some(*value)
    });
    if is_walked {
        Kind::Walked
    } else {
        Kind::NotWalked
    }
}

fn in_way(id: i64, what: Text) -> Fault {
    Fault::damaged(text!(InWay, id = id.to_string(), what = what))
}

fn hidden(info: Option<Info>) -> bool {
    info.and_then(|info| info.visible) == Some(false)
}

fn tags<'a>(way: &Way, strings: &'a [Vec<u8>]) -> Result<Vec<(&'a str, &'a str)>, Text> {
    if way.keys.len() != way.vals.len() {
        return Err(text!(ValuesNotOneAKey));
    }
    way.keys
        .iter()
        .zip(&way.vals)
        .map(|(&key, &value)| Ok((word(strings, key)?, word(strings, value)?)))
        .collect()
}

/// A word of the string table.
fn word(strings: &[Vec<u8>], index: u64) -> Result<&str, Text> {
    let bytes = usize::try_from(index)
        .ok()
        .and_then(|index| strings.get(index))
        .ok_or_else(|| text!(TagOutsideTable))?;
    std::str::from_utf8(bytes).map_err(|_| text!(TagNotUtf8))
}

/// Takes the places that a way gives its nodes (files of `osmium add-locations-to-ways`).
/// None when it does not give each of them one place.
fn locate(ways: &mut Ways, way: &Way, refs: &[i64], grid: &Grid) -> Option<()> {
    let lat = summed(&way.lat)?;
    let lon = summed(&way.lon)?;
    if lat.len() != refs.len() || lon.len() != refs.len() {
        return None;
    }
    for ((&id, &lat), &lon) in refs.iter().zip(&lat).zip(&lon) {
        match grid.at(id, lat, lon) {
            Ok(at) => ways.located.push((id, at)),
            Err(stray) => ways.strays.push(stray),
        }
    }
    Some(())
}

/// Running sums; `None` when one does not fit.
fn summed(deltas: &[i64]) -> Option<Vec<i64>> {
    let mut sum = 0_i64;
    let mut sums = Vec::with_capacity(deltas.len());
    for &delta in deltas {
        sum = sum.checked_add(delta)?;
        sums.push(sum);
    }
    Some(sums)
}

/// How a block writes coordinates.
struct Grid {
    granularity: i64,
    lat_offset: i64,
    lon_offset: i64,
}

impl Grid {
    fn new(
        granularity: Option<i64>,
        lat_offset: Option<i64>,
        lon_offset: Option<i64>,
    ) -> Result<Self, Fault> {
        let granularity = granularity.unwrap_or(100);
        if granularity < 1 {
            let granularity = granularity.to_string();
            return Err(Fault::damaged(text!(
                OddGranularity,
                granularity = granularity
            )));
        }
        Ok(Self {
            granularity,
            lat_offset: lat_offset.unwrap_or(0),
            lon_offset: lon_offset.unwrap_or(0),
        })
    }

    fn at(&self, id: i64, lat: i64, lon: i64) -> Result<LonLat, Fault> {
        let lon = self.degrees(self.lon_offset, lon);
        let lat = self.degrees(self.lat_offset, lat);
        let (Some(lon), Some(lat)) = (lon, lat) else {
            let what = text!(NodeRunsOver, id = id.to_string());
            return Err(Fault::new(OFF_THE_GLOBE, what, MEND));
        };
        on_globe(id, lon, lat)
    }

    /// A coordinate in degrees; none where the numbers run over.
    fn degrees(&self, offset: i64, value: i64) -> Option<f64> {
        let nano = self.granularity.checked_mul(value)?.checked_add(offset)?;
        Some(degrees(nano))
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "exact for every coordinate on the globe"
)]
pub(super) fn degrees(nano: i64) -> f64 {
    nano as f64 / 1e9
}

/// A box of west, south, east and north, unless it is none.
pub(super) fn bounds(corners: [f64; 4]) -> Option<[f64; 4]> {
    let [west, south, east, north] = corners;
    (west < east && south < north).then_some(corners)
}

const OFF_THE_GLOBE: &str = "off-the-globe";
const MEND: Text = text!(MendNode);

/// A node's place, if it is on the walkable globe.
pub(super) fn on_globe(id: i64, lon: f64, lat: f64) -> Result<LonLat, Fault> {
    let position = Position::new(lon, lat).ok_or_else(|| {
        let id = id.to_string();
        let what = text!(NodeOffTheGlobe, id = id, lon = lon, lat = lat);
        Fault::new(OFF_THE_GLOBE, what, MEND)
    })?;
    Ok([position.lon(), position.lat()])
}

/// A needed node, and where it is unless deleted.
pub(super) type Placed = (usize, Option<LonLat>);

/// The needed nodes of a block, in its order.
#[derive(Debug, Default)]
pub(super) struct Nodes {
    pub placed: Vec<Placed>,
    /// What is wrong with those that are off the globe, which are placed nowhere.
    pub strays: Vec<Fault>,
}

impl Nodes {
    fn take(&mut self, node: usize, at: Option<Result<LonLat, Fault>>) {
        let at = at.and_then(|at| at.map_err(|stray| self.strays.push(stray)).ok());
        self.placed.push((node, at));
    }
}

/// Reads the needed nodes of a block.
pub(super) fn nodes(block: &[u8], plan: &Plan) -> Result<Nodes, Fault> {
    let block: NodeBlock = decode(block, text!(PbfBlock))?;
    let grid = Grid::new(block.granularity, block.lat_offset, block.lon_offset)?;
    let mut nodes = Nodes::default();
    for group in &block.groups {
        plain_nodes(&group.nodes, &grid, plan, &mut nodes)?;
        if let Some(dense) = &group.dense {
            dense_nodes(dense, &grid, plan, &mut nodes)?;
        }
    }
    Ok(nodes)
}

fn plain_nodes(nodes: &[Node], grid: &Grid, plan: &Plan, found: &mut Nodes) -> Result<(), Fault> {
    let near = plan.between(i64::MIN, i64::MAX);
    for node in nodes {
        let id = node
            .id
            .ok_or_else(|| Fault::damaged(text!(NodeWithoutId)))?;
        let Some(place) = near.find(id) else { continue };
        let at = match (node.lat, node.lon) {
            _ if hidden(node.info) => None,
            (Some(lat), Some(lon)) => Some(grid.at(id, lat, lon)),
            _ => {
                let what = text!(NodeWithoutPlace, id = id.to_string());
                return Err(Fault::new("bad-osm", what, RECODE));
            }
        };
        found.take(place, at);
    }
    Ok(())
}

/// Which of the nodes are shown, where the block says so at all; all columns are equally long.
fn visible(dense: &DenseNodes) -> Result<&[bool], Fault> {
    let visible = dense.info.as_ref().map_or(&[][..], |info| &info.visible);
    let count = dense.id.len();
    let lengths = [dense.lat.len(), dense.lon.len()];
    if lengths == [count; 2] && (visible.is_empty() || visible.len() == count) {
        Ok(visible)
    } else {
        Err(Fault::damaged(text!(UnequalColumns)))
    }
}

fn dense_nodes(
    dense: &DenseNodes,
    grid: &Grid,
    plan: &Plan,
    found: &mut Nodes,
) -> Result<(), Fault> {
    let visible = visible(dense)?;
    let overflow = || Fault::damaged(text!(DenseNodesRunOver));
    let ids = summed(&dense.id).ok_or_else(overflow)?;
    let (Some(&least), Some(&most)) = (ids.iter().min(), ids.iter().max()) else {
        return Ok(());
    };
    // Most blocks hold few needed nodes: they are looked for in the ids of this block only.
    let near = plan.between(least, most);
    let mut lat = 0_i64;
    let mut lon = 0_i64;
    for (row, &id) in ids.iter().enumerate() {
        // Each number is the step from the node before, also from one that is not needed.
        lat = lat.checked_add(dense.lat[row]).ok_or_else(overflow)?;
        lon = lon.checked_add(dense.lon[row]).ok_or_else(overflow)?;
        if let Some(place) = near.find(id) {
            let is_shown = visible.get(row) != Some(&false);
            found.take(place, is_shown.then(|| grid.at(id, lat, lon)));
        }
    }
    Ok(())
}
