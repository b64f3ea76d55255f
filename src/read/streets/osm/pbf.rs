//! OSM PBF: one pass over the blobs for the ways, one for the nodes they need.

use rayon::prelude::*;

use crate::read::streets::ways::RawStreets;

use super::assemble::{Plan, Ways};
use super::blob::{Frame, Kind, decode, frames};
use super::block;
use super::fault::{AGAIN, Fault, RECODE};
use super::proto::{HeaderBbox, HeaderBlock};

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
    let mut bounds = None;
    for frame in frames.iter().filter(|frame| frame.kind == Kind::Header) {
        bounds = in_blob(frame, header)?.or(bounds);
    }
    let data: Vec<Frame<'_>> = frames
        .into_iter()
        .filter(|frame| frame.kind == Kind::Data)
        .collect();
    let (ways, with_nodes) = all_ways(&data)?;
    let mut plan = Plan::new(ways)?;
    place_nodes(&mut plan, &with_nodes)?;
    Ok(RawStreets {
        bounds,
        ..plan.streets()
    })
}

/// Does something with an unpacked blob; says which one it was when it fails.
fn in_blob<T>(frame: &Frame<'_>, job: impl FnOnce(&[u8]) -> Result<T, Fault>) -> Result<T, Fault> {
    frame
        .unpacked()
        .and_then(|block| job(&block))
        .map_err(|fault| fault.in_blob(frame.number, frame.offset))
}

/// Checks a header; the box that it names.
fn header(block: &[u8]) -> Result<Option<[f64; 4]>, Fault> {
    let header: HeaderBlock = decode(block, "the header")?;
    for feature in &header.required_features {
        match feature.as_str() {
            "OsmSchema-V0.6" | "DenseNodes" => {}
            "HistoricalInformation" => return Err(history()),
            other => return Err(unknown_feature(other)),
        }
    }
    let corners = header.bbox.map(|bbox| {
        let HeaderBbox {
            left,
            right,
            top,
            bottom,
        } = bbox;
        [left, bottom, right, top].map(block::degrees)
    });
    Ok(corners.and_then(block::bounds))
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
        let (mut ways, has_nodes) = part?;
        let strays = std::mem::take(&mut ways.strays).into_iter();
        ways.strays = strays
            .map(|stray| stray.in_blob(frame.number, frame.offset))
            .collect();
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
    for (part, frame) in parts.into_iter().zip(with_nodes) {
        let nodes = part?;
        for (node, at) in nodes.placed {
            plan.place(node, at);
        }
        let here = |stray: Fault| stray.in_blob(frame.number, frame.offset);
        plan.strays.extend(nodes.strays.into_iter().map(here));
    }
    Ok(())
}

#[cfg(test)]
#[path = "pbf_tests.rs"]
mod tests;
