//! OSM PBF: one pass over the blobs for the ways, one for the nodes they need.

use rayon::prelude::*;

use crate::read::streets::ways::RawStreets;

use super::assemble::{Plan, Ways};
use super::blob::{Frame, Kind, decode, frames};
use super::block;
use super::fault::{AGAIN, Fault, RECODE};
use super::proto::HeaderBlock;

/// The walkable streets of a PBF file.
pub(super) fn streets(bytes: &[u8]) -> Result<RawStreets, Fault> {
    let frames = frames(bytes)?;
    if frames
        .first()
        .is_none_or(|frame| frame.kind != Kind::Header)
    {
        return Err(Fault::new(
            "bad-osm",
            "the file does not begin with its header",
            AGAIN,
        ));
    }
    for frame in frames.iter().filter(|frame| frame.kind == Kind::Header) {
        in_blob(frame, check_header)?;
    }
    let data: Vec<Frame<'_>> = frames
        .into_iter()
        .filter(|frame| frame.kind == Kind::Data)
        .collect();
    let (ways, with_nodes) = all_ways(&data)?;
    let mut plan = Plan::new(ways)?;
    place_nodes(&mut plan, &with_nodes)?;
    Ok(plan.streets())
}

/// Does something with an unpacked blob; says which one it was when it fails.
fn in_blob<T>(frame: &Frame<'_>, job: impl FnOnce(&[u8]) -> Result<T, Fault>) -> Result<T, Fault> {
    frame
        .unpacked()
        .and_then(|block| job(&block))
        .map_err(|fault| fault.in_blob(frame.number, frame.offset))
}

fn check_header(block: &[u8]) -> Result<(), Fault> {
    let header: HeaderBlock = decode(block, "the header")?;
    for feature in &header.required_features {
        match feature.as_str() {
            "OsmSchema-V0.6" | "DenseNodes" => {}
            "HistoricalInformation" => return Err(history()),
            other => return Err(unknown_feature(other)),
        }
    }
    Ok(())
}

fn history() -> Fault {
    let what =
        "a history file, which holds every state the map ever had, expected the map of one day";
    Fault::new(
        "osm-history",
        what,
        "take one day out of it with osmium time-filter",
    )
}

fn unknown_feature(name: &str) -> Fault {
    let what = format!(
        "needs the feature \"{}\", which is unknown here",
        crate::read::plain(name)
    );
    Fault::new("unknown-feature", what, RECODE)
}

/// All ways, and the blobs that hold nodes. Blobs are read in parallel and joined in file order.
fn all_ways<'a>(data: &[Frame<'a>]) -> Result<(Ways, Vec<Frame<'a>>), Fault> {
    let parts: Vec<_> = data
        .par_iter()
        .map(|frame| in_blob(frame, block::ways))
        .collect();
    let (mut all, mut with_nodes) = (Ways::default(), Vec::new());
    for (part, frame) in parts.into_iter().zip(data) {
        let (ways, has_nodes) = part?;
        all.append(ways);
        if has_nodes {
            with_nodes.push(*frame);
        }
    }
    Ok((all, with_nodes))
}

fn place_nodes(plan: &mut Plan, with_nodes: &[Frame<'_>]) -> Result<(), Fault> {
    let shared = &*plan;
    let find = |frame: &Frame<'_>| in_blob(frame, |block| block::nodes(block, shared));
    let parts: Vec<_> = with_nodes.par_iter().map(find).collect();
    for part in parts {
        for (node, at) in part? {
            plan.place(node, at);
        }
    }
    Ok(())
}

#[cfg(test)]
#[path = "pbf_tests.rs"]
mod tests;
