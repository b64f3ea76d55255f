//! The ways of one unpacked block, and how it writes tags and coordinates.

use crate::model::WalkRule;
use crate::plane::Position;
use crate::words::{Text, text};

use super::areas::{Area, Member};
use super::blob::decode;
use super::collected::{LonLat, Ways};
use super::fault::Fault;
use super::judge::{self, Asked, Judged, Kind};
use super::proto::{Info, OutlineBlock, Relation, RelationBlock, Way, WayBlock};
use super::string_table::Strings;
use super::wire;

/// A block's ways, and whether it holds nodes too.
pub(super) fn ways(bytes: &[u8], how: Asked<'_>) -> Result<(Ways, bool), Fault> {
    wire::check_size(bytes)?;
    let block: WayBlock = decode(bytes, text!(PbfBlock))?;
    let has_nodes = block
        .groups
        .iter()
        .any(|group| !group.nodes.is_empty() || group.dense.is_some());
    let mut ways = Ways::default();
    let groups = || block.groups.iter();
    let has_areas =
        how.how.rule == WalkRule::W3 && groups().any(|group| !group.relations.is_empty());
    // The words of a block are looked at only where something of it may be read.
    if has_areas || groups().any(|group| !group.ways.is_empty()) {
        let strings = Strings::of(block.strings.as_deref().unwrap_or_default())?;
        if has_areas {
            areas(bytes, &strings, how, &mut ways)?;
        }
        let street_keys = strings.marked(judge::names_a_street);
        let grid = Grid::new(block.granularity, block.lat_offset, block.lon_offset)?;
        for way in block.groups.iter().flat_map(|group| &group.ways) {
            let id = way.id.ok_or_else(|| Fault::damaged(text!(WayWithoutId)))?;
            // Most ways are buildings: they are told by their keys alone.
            let is_read =
                how.how.rule == WalkRule::W2 || way.keys.iter().any(|&key| street_keys.has(key));
            let tags = if is_read {
                strings.tags(&way.keys, &way.vals)
            } else {
                // Words that are not read must stand in the table all the same, or the block is
                // damaged.
                strings.check(&way.keys, &way.vals).map(|()| Vec::new())
            };
            let tags = tags.map_err(|what| in_way(id, what))?;
            let judged = if hidden(way.info) {
                Judged::deleted()
            } else {
                judge::way(&tags, how, &mut ways.odd, || format!("way {id}"))
            };
            add(&mut ways, (id, way), &judged, &grid)?;
        }
    }
    Ok((ways, has_nodes))
}

fn add(
    ways: &mut Ways,
    (id, way): (i64, &Way),
    judged: &Judged<'_>,
    grid: &Grid,
) -> Result<(), Fault> {
    let refs = summed(&way.refs).ok_or_else(|| in_way(id, text!(NodeIdsRunOver)))?;
    match judged.kind {
        Kind::Walked(_) | Kind::Joining(_) => {
            let is_located = !(way.lat.is_empty() && way.lon.is_empty());
            if is_located && locate(ways, way, &refs, grid).is_none() {
                return Err(in_way(id, text!(PlacesNotOneANode)));
            }
            ways.walk(id, refs, judged);
        }
        other @ (Kind::Closed | Kind::NoStreet | Kind::Deleted) => ways.pass(id, other),
    }
    Ok(())
}

/// Takes the areas among the relations of a block.
fn areas(
    block: &[u8],
    strings: &Strings<'_>,
    how: Asked<'_>,
    ways: &mut Ways,
) -> Result<(), Fault> {
    let block: RelationBlock = decode(block, text!(PbfBlock))?;
    for relation in block.groups.iter().flat_map(|group| &group.relations) {
        if hidden(relation.info) {
            continue;
        }
        let id = relation.id.unwrap_or_default();
        let wrong = |what| Fault::damaged(text!(InRelation, id = id.to_string(), what = what));
        let tags = strings
            .tags(&relation.keys, &relation.vals)
            .map_err(wrong)?;
        let place = || format!("relation {id}");
        let judged = judge::area(&tags, how, &mut ways.odd, place);
        let area = Area::of(judged, || members(relation, strings));
        ways.areas.extend(area.map_err(wrong)?);
    }
    Ok(())
}

/// The ways among the members of a relation that may be outlines.
pub(super) fn members(relation: &Relation, strings: &Strings<'_>) -> Result<Vec<Member>, Text> {
    let ids = summed(&relation.members).ok_or_else(|| text!(NodeIdsRunOver))?;
    if [relation.roles.len(), relation.types.len()] != [ids.len(); 2] {
        return Err(text!(ValuesNotOneForEach));
    }
    let mut members = Vec::new();
    for ((id, role), kind) in ids.into_iter().zip(&relation.roles).zip(&relation.types) {
        // Nodes, relations, and kinds that are not yet known are no outlines.
        if *kind == WAY {
            let role = u64::try_from(*role).map_err(|_| text!(TagOutsideTable))?;
            members.extend(Member::of(id, strings.word(role)?));
        }
    }
    Ok(members)
}

/// A member that is a way.
const WAY: i64 = 1;

/// The nodes of the wanted ways of a block.
pub(super) fn outlines(
    block: &[u8],
    is_wanted: impl Fn(i64) -> bool,
) -> Result<Vec<(i64, Vec<i64>)>, Fault> {
    let block: OutlineBlock = decode(block, text!(PbfBlock))?;
    let ways = block.groups.iter().flat_map(|group| &group.ways);
    let wanted = ways.filter_map(|way| Some((way.id.filter(|&id| is_wanted(id))?, way)));
    wanted
        .map(|(id, way)| {
            let refs = summed(&way.refs).ok_or_else(|| in_way(id, text!(NodeIdsRunOver)))?;
            Ok((id, refs))
        })
        .collect()
}

pub(super) fn in_way(id: i64, what: Text) -> Fault {
    Fault::damaged(text!(InWay, id = id.to_string(), what = what))
}

pub(super) fn hidden(info: Option<Info>) -> bool {
    info.and_then(|info| info.visible) == Some(false)
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
pub(super) fn summed(deltas: &[i64]) -> Option<Vec<i64>> {
    let mut sum = 0_i64;
    let mut sums = Vec::with_capacity(deltas.len());
    for &delta in deltas {
        sum = sum.checked_add(delta)?;
        sums.push(sum);
    }
    Some(sums)
}

/// How a block writes coordinates.
pub(super) struct Grid {
    granularity: i64,
    lat_offset: i64,
    lon_offset: i64,
}

impl Grid {
    pub(super) fn new(
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

    pub(super) fn at(&self, id: i64, lat: i64, lon: i64) -> Result<LonLat, Fault> {
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
