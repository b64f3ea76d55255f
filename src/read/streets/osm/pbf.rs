//! OSM PBF: one pass over the blobs for the ways, one for the nodes they need.

use std::sync::atomic::{AtomicU64, Ordering};

use rayon::prelude::*;

use crate::model::Memory;
use crate::read::streets::ways::RawStreets;
use crate::words::{Text, text};

use super::assemble::{Plan, Ways};
use super::blob::{Frame, Kind, decode, frames};
use super::block;
use super::fault::{AGAIN, Fault, RECODE};
use super::proto::{HeaderBbox, HeaderBlock};

/// The walkable streets of a PBF file.
///
/// What is kept of it while it is read is bounded by its length: see [`Room`].
pub(super) fn streets(bytes: &[u8], memory: Memory) -> Result<RawStreets, Fault> {
    let frames = frames(bytes)?;
    if frames
        .first()
        .is_none_or(|frame| frame.kind != Kind::Header)
    {
        return Err(Fault::new("bad-osm", text!(FileWithoutHeader), AGAIN));
    }
    let mut bounds = None;
    for frame in frames.iter().filter(|frame| frame.kind == Kind::Header) {
        bounds = in_blob(frame, header)?.or(bounds);
    }
    let data: Vec<Frame<'_>> = frames
        .into_iter()
        .filter(|frame| frame.kind == Kind::Data)
        .collect();
    let room = |what| Room::of(bytes.len() as u64, memory, what);
    let (ways, with_nodes) = all_ways(&data, &room(text!(WaysAndReferences)))?;
    let mut plan = Plan::new(ways)?;
    place_nodes(&mut plan, &with_nodes, &room(text!(NodesOfStreets)))?;
    Ok(RawStreets {
        bounds,
        ..plan.streets()
    })
}

/// How much of a file may be kept.
///
/// A file holds less than one reference of a walked way in each of its bytes; eight are allowed,
/// and four million in any file. Each takes up to 96 bytes until the streets are put together.
struct Room {
    what: Text,
    most: u64,
    kept: AtomicU64,
}

impl Room {
    fn of(file: u64, memory: Memory, what: Text) -> Self {
        let in_proportion = file.saturating_mul(8).saturating_add(4 << 20);
        Self {
            what,
            most: in_proportion.min(memory.room_for(96)),
            kept: AtomicU64::new(0),
        }
    }

    /// Takes so many more into account. Once there is no room, every later call fails too.
    fn keep(&self, more: u64) -> Result<(), Fault> {
        let kept = self.kept.fetch_add(more, Ordering::Relaxed) + more;
        if kept <= self.most {
            return Ok(());
        }
        let what = text!(NoRoomFor, most = self.most, what = self.what.clone());
        Err(Fault::too_large(what).with_remedy(text!(ExtractOrRaiseMemory)))
    }
}

/// Does something with an unpacked blob; says which one it was when it fails.
fn in_blob<T>(frame: &Frame<'_>, job: impl FnOnce(&[u8]) -> Result<T, Fault>) -> Result<T, Fault> {
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

/// All ways, and the blobs that hold nodes. Blobs are read in parallel and joined in file order.
fn all_ways<'a>(data: &[Frame<'a>], room: &Room) -> Result<(Ways, Vec<Frame<'a>>), Fault> {
    let parts: Vec<_> = data.par_iter().map(|frame| ways_of(frame, room)).collect();
    let mut all = Ways::default();
    let mut with_nodes = Vec::new();
    for (part, frame) in parts.into_iter().zip(data) {
        let (mut ways, has_nodes) = part?;
        ways.strays = placed(ways.strays, frame);
        all.append(ways);
        if has_nodes {
            with_nodes.push(*frame);
        }
    }
    Ok((all, with_nodes))
}

/// The ways of a blob, and whether it holds nodes too.
fn ways_of(frame: &Frame<'_>, room: &Room) -> Result<(Ways, bool), Fault> {
    // Where the others keep too much already, the rest need not be unpacked.
    room.keep(0)?;
    let part = in_blob(frame, block::ways)?;
    room.keep(part.0.kept())?;
    Ok(part)
}

/// The nodes off the globe, each with the blob that puts it there.
fn placed(strays: Vec<Fault>, frame: &Frame<'_>) -> Vec<Fault> {
    strays
        .into_iter()
        .map(|stray| stray.in_blob(frame.number, frame.offset))
        .collect()
}

/// Puts the needed nodes where the blobs say. Blobs are read in parallel; of a node that is listed
/// twice the last place counts, in file order.
fn place_nodes(plan: &mut Plan, with_nodes: &[Frame<'_>], room: &Room) -> Result<(), Fault> {
    let shared = &*plan;
    let parts: Vec<_> = with_nodes
        .par_iter()
        .map(|frame| nodes_of(frame, shared, room))
        .collect();
    for (part, frame) in parts.into_iter().zip(with_nodes) {
        let nodes = part?;
        for (node, at) in nodes.placed {
            plan.place(node, at);
        }
        plan.strays.extend(placed(nodes.strays, frame));
    }
    Ok(())
}

/// The needed nodes of a blob.
fn nodes_of(frame: &Frame<'_>, plan: &Plan, room: &Room) -> Result<block::Nodes, Fault> {
    room.keep(0)?;
    let nodes = in_blob(frame, |block| block::nodes(block, plan))?;
    room.keep(nodes.placed.len() as u64)?;
    Ok(nodes)
}

#[cfg(test)]
#[path = "pbf_tests.rs"]
mod tests;
