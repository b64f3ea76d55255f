//! OSM PBF: one pass over the blobs for the ways, one for the nodes they need.

use std::sync::atomic::{AtomicU64, Ordering};

use rayon::prelude::*;

use crate::model::Memory;
use crate::read::streets::ways::RawStreets;
use crate::words::{Text, text};

use super::assemble::Plan;
use super::blob::{Frame, Kind, decode, frames};
use super::block;
use super::collected::Ways;
use super::fault::{AGAIN, Fault, RECODE};
use super::judge::Asked;
use super::node_block::{Nodes, nodes};
use super::proto::{HeaderBbox, HeaderBlock};

/// The walkable streets of a PBF file.
///
/// What is kept of it while it is read is bounded by its length: see [`Room`].
pub(super) fn streets(bytes: &[u8], memory: Memory, how: Asked<'_>) -> Result<RawStreets, Fault> {
    let Opened { bounds, data } = opened(bytes)?;
    let room = |what| Room::of(bytes.len() as u64, memory, what);
    let room_of_ways = room(text!(WaysAndReferences));
    let mut reader = Reader {
        how,
        room: &room_of_ways,
    };
    let mut found = reader.all_ways(&data)?;
    reader.walk_outlines(&mut found)?;
    let mut plan = Plan::new(found.ways, how.how.across)?;
    let room_of_nodes = room(text!(NodesOfStreets));
    reader.room = &room_of_nodes;
    reader.place_nodes(&mut plan, &found.with_nodes)?;
    Ok(RawStreets {
        bounds,
        ..plan.streets()
    })
}

/// A file whose headers are read.
pub(super) struct Opened<'a> {
    /// The box that it says it covers.
    bounds: Option<[f64; 4]>,
    /// The blobs that hold the map.
    pub data: Vec<Frame<'a>>,
}

/// Opens a file: looks at where its blobs begin, and into its headers.
///
/// # Errors
/// When it is cut or damaged, has no header, or needs features unknown here.
pub(super) fn opened(bytes: &[u8]) -> Result<Opened<'_>, Fault> {
    let frames = frames(bytes)?;
    if frames
        .first()
        .is_none_or(|frame| frame.kind != Kind::Header)
    {
        return Err(Fault::new("bad-osm", text!(FileWithoutHeader), AGAIN));
    }
    let mut bounds = None;
    for frame in frames.iter().filter(|frame| frame.kind == Kind::Header) {
        // A file may be several, one behind the other: of their boxes the last counts.
        bounds = in_blob(frame, header)?.or(bounds);
    }
    let data = frames
        .into_iter()
        .filter(|frame| frame.kind == Kind::Data)
        .collect();
    Ok(Opened { bounds, data })
}

/// How much of a file may be kept.
///
/// A file holds less than one reference of a walked way in each of its bytes; eight are allowed,
/// and four million in any file. Each takes up to 96 bytes until the streets are put together.
pub(super) struct Room {
    what: Text,
    most: u64,
    kept: AtomicU64,
}

impl Room {
    pub(super) fn of(file: u64, memory: Memory, what: Text) -> Self {
        let in_proportion = file.saturating_mul(8).saturating_add(4 << 20);
        Self {
            what,
            most: in_proportion.min(memory.room_for(96)),
            kept: AtomicU64::new(0),
        }
    }

    /// Takes so many more into account. Once there is no room, every later call fails too.
    pub(super) fn keep(&self, more: u64) -> Result<(), Fault> {
        let kept = self.kept.fetch_add(more, Ordering::Relaxed) + more;
        if kept <= self.most {
            return Ok(());
        }
        let what = text!(NoRoomFor, most = self.most, what = self.what.clone());
        Err(Fault::too_large(what).with_remedy(text!(ExtractOrRaiseMemory)))
    }
}

/// Does something with an unpacked blob; says which one it was when it fails.
pub(super) fn in_blob<T>(
    frame: &Frame<'_>,
    job: impl FnOnce(&[u8]) -> Result<T, Fault>,
) -> Result<T, Fault> {
    frame
        .unpacked()
        .and_then(|block| job(&block))
        .map_err(|fault| fault.in_blob(frame.number, frame.offset))
}

/// The most bytes of a header; a usual one has a few hundred.
const MOST_HEAD: usize = 1 << 20;

/// Checks a header; the box that it names.
fn header(block: &[u8]) -> Result<Option<[f64; 4]>, Fault> {
    if block.len() > MOST_HEAD {
        return Err(Fault::damaged(text!(LongHeader)));
    }
    let header: HeaderBlock = decode(block, text!(PbfHeader))?;
    for feature in &header.required_features {
        match feature.as_str() {
            "OsmSchema-V0.6" | "DenseNodes" => {}
            "HistoricalInformation" => return Err(history()),
            other => return Err(unknown_feature(other)),
        }
    }
    Ok(header.bbox.and_then(box_of))
}

fn box_of(bbox: HeaderBbox) -> Option<[f64; 4]> {
    let corners = [bbox.left, bbox.bottom, bbox.right, bbox.top];
    block::bounds(corners.map(block::degrees))
}

fn history() -> Fault {
    Fault::new("osm-history", text!(HistoryFile), text!(TakeOneDay))
}

fn unknown_feature(name: &str) -> Fault {
    let what = text!(UnknownFeature, feature = crate::read::plain(name));
    Fault::new("unknown-feature", what, RECODE)
}

/// All ways, and which blobs hold what.
struct Found<'a> {
    ways: Ways,
    with_nodes: Vec<Frame<'a>>,
    /// The blobs that hold ways, each with the least and the greatest of their ids.
    with_ways: Vec<(Frame<'a>, [i64; 2])>,
}

/// Reads the blobs of a file, in parallel; what they hold is joined in file order.
struct Reader<'a> {
    how: Asked<'a>,
    room: &'a Room,
}

impl Reader<'_> {
    /// The ways of all blobs, and which blobs hold ways or nodes.
    fn all_ways<'b>(&self, data: &[Frame<'b>]) -> Result<Found<'b>, Fault> {
        // In parallel, but joined in file order: so the first fault of the file is the one told.
        let parts: Vec<_> = data.par_iter().map(|frame| self.ways_of(frame)).collect();
        let mut found = Found {
            ways: Ways::default(),
            with_nodes: Vec::new(),
            with_ways: Vec::new(),
        };
        for (part, frame) in parts.into_iter().zip(data) {
            let (mut ways, has_nodes) = part?;
            ways.strays = placed(ways.strays, frame);
            found.with_ways.extend(ways.ids().map(|ids| (*frame, ids)));
            found.ways.append(ways);
            if has_nodes {
                found.with_nodes.push(*frame);
            }
        }
        Ok(found)
    }

    /// The ways of a blob, and whether it holds nodes too.
    fn ways_of(&self, frame: &Frame<'_>) -> Result<(Ways, bool), Fault> {
        // Where the others keep too much already, the rest need not be unpacked.
        self.room.keep(0)?;
        let part = in_blob(frame, |block| block::ways(block, self.how))?;
        self.room.keep(part.0.kept())?;
        Ok(part)
    }

    /// Walks the outlines of areas. Only now is it known which ways these are, so the blobs that may
    /// hold them are read once more.
    fn walk_outlines(&self, found: &mut Found<'_>) -> Result<(), Fault> {
        // In a sorted file a blob holds a narrow range of ids: most need not be unpacked again.
        let wanted = found.ways.outlines();
        let may_hold = |ids: &[i64; 2]| wanted.range(ids[0]..=ids[1]).next().is_some();
        let again = found.with_ways.iter().filter(|(_, ids)| may_hold(ids));
        let again: Vec<_> = again.map(|(frame, _)| *frame).collect();
        let parts: Vec<_> = again
            .par_iter()
            .map(|frame| {
                let is_wanted = |id| wanted.contains_key(&id);
                let outlines = in_blob(frame, |block| block::outlines(block, is_wanted))?;
                let kept: usize = outlines.iter().map(|(_, refs)| refs.len()).sum();
                self.room.keep(kept as u64)?;
                Ok(outlines)
            })
            .collect();
        for part in parts {
            for (id, refs) in part? {
                found.ways.walk_outline(id, refs, wanted[&id]);
            }
        }
        Ok(())
    }

    /// Puts the needed nodes where the blobs say. Of a node that is listed twice the last place
    /// counts, in file order.
    fn place_nodes(&self, plan: &mut Plan, with_nodes: &[Frame<'_>]) -> Result<(), Fault> {
        let shared = &*plan;
        let parts: Vec<_> = with_nodes
            .par_iter()
            .map(|frame| self.nodes_of(frame, shared))
            .collect();
        for (part, frame) in parts.into_iter().zip(with_nodes) {
            let nodes = part?;
            for node in nodes.placed {
                plan.place(node);
            }
            plan.strays.extend(placed(nodes.strays, frame));
            plan.odd.append(nodes.odd);
        }
        Ok(())
    }

    /// The needed nodes of a blob.
    fn nodes_of(&self, frame: &Frame<'_>, plan: &Plan) -> Result<Nodes, Fault> {
        self.room.keep(0)?;
        let nodes = in_blob(frame, |block| nodes(block, plan, self.how))?;
        self.room.keep(nodes.placed.len() as u64)?;
        Ok(nodes)
    }
}

/// The nodes off the globe, each with the blob that puts it there.
fn placed(strays: Vec<Fault>, frame: &Frame<'_>) -> Vec<Fault> {
    strays
        .into_iter()
        .map(|stray| stray.in_blob(frame.number, frame.offset))
        .collect()
}

#[cfg(test)]
#[path = "pbf_tests.rs"]
mod tests;
