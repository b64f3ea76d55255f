//! OSM XML: nodes, ways and relations in any order.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::model::WalkRule;
use crate::read::plain;
use crate::read::streets::ways::RawStreets;
use crate::words::text;

use super::assemble::Plan;
use super::block::{bounds, on_globe};
use super::collected::{LonLat, Ways};
use super::fault::{AGAIN, Fault};
use super::judge::Asked;
use super::xml_object::{Node, OpenNode, OpenRelation, OpenWay, corners};

/// The walkable streets of an XML file.
pub(super) fn streets(bytes: &[u8], how: Asked<'_>) -> Result<RawStreets, Fault> {
    let text = decoded(bytes)?;
    let mut map = read(text, how)?;
    walk_outlines(text, &mut map)?;
    let mut plan = Plan::new(map.ways, how.how.across)?;
    let mut lines = Lines::of(text);
    // Outlines are read after all other ways, and lines are counted from the top down.
    map.strays.sort_by_key(|&(offset, _)| offset);
    for (offset, stray) in map.strays {
        plan.strays.push(stray.on_line(lines.at(offset)));
    }
    // Nodes stand in file order, so their lines are counted in one pass; ways were counted in
    // another.
    let mut lines = Lines::of(text);
    for node in &map.nodes {
        let Some(place) = plan.between(node.id, node.id).find(node.id) else {
            continue;
        };
        let at = node.at.map(|[lon, lat]| on_globe(node.id, lon, lat));
        let at = at.transpose().unwrap_or_else(|stray| {
            plan.strays.push(stray.on_line(lines.at(node.offset)));
            None
        });
        plan.place((place, at, node.knot));
    }
    Ok(RawStreets {
        bounds: map.bounds,
        ..plan.streets()
    })
}

/// The lines of places that come one after the other, counted once for all of them.
struct Lines<'a> {
    text: &'a [u8],
    offset: usize,
    line: u64,
}

impl<'a> Lines<'a> {
    fn of(text: &'a str) -> Self {
        Self {
            text: text.as_bytes(),
            offset: 0,
            line: 1,
        }
    }

    /// The line of a place that is not before the last one asked for.
    fn at(&mut self, offset: usize) -> u64 {
        let between = self.text.get(self.offset..offset).unwrap_or_default();
        self.line += line_of(between) - 1;
        self.offset = self.offset.max(offset);
        self.line
    }
}

pub(super) fn decoded(bytes: &[u8]) -> Result<&str, Fault> {
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let line = line_of(&bytes[..error.valid_up_to()]);
        Fault::new("not-utf8", text!(OsmNotUtf8), text!(SaveOsmAsUtf8)).on_line(line)
    })?;
    Ok(text.strip_prefix('\u{feff}').unwrap_or(text))
}

fn line(text: &str, offset: usize) -> u64 {
    line_of(text.as_bytes().get(..offset).unwrap_or(text.as_bytes()))
}

fn line_of(before: &[u8]) -> u64 {
    1 + before
        .iter()
        .map(|&byte| u64::from(byte == b'\n'))
        .sum::<u64>()
}

fn read<'a>(text: &str, how: Asked<'a>) -> Result<Map<'a>, Fault> {
    let mut map = Map {
        how,
        ..Map::default()
    };
    each_event(text, &mut |event, start| map.take(event, start))?;
    if map.seen_root && map.depth == 0 {
        return Ok(map);
    }
    let cut = Fault::new("cut-file", text!(EndsBeforeOsm), AGAIN);
    Err(cut.on_line(line(text, text.len())))
}

/// Walks the outlines of areas. Only now is it known which ways these are, so the text is read once
/// more.
fn walk_outlines(text: &str, map: &mut Map<'_>) -> Result<(), Fault> {
    let wanted = map.ways.outlines();
    if wanted.is_empty() {
        return Ok(());
    }
    let mut again = Outlines::default();
    each_event(text, &mut |event, start| {
        again.take(event, start, |id| wanted.contains_key(&id))
    })?;
    for (offset, way) in again.found {
        let (id, refs, located) = way.outline();
        map.ways.walk_outline(id, refs, wanted[&id]);
        map.locate(located, offset);
    }
    Ok(())
}

/// Hands on each event of a text and the byte where it begins.
pub(super) fn each_event(
    text: &str,
    take: &mut dyn FnMut(&Event<'_>, usize) -> Result<(), Fault>,
) -> Result<(), Fault> {
    let mut reader = Reader::from_str(text);
    loop {
        let start = place(reader.buffer_position());
        let event = reader.read_event().map_err(|error| {
            let place = place(reader.error_position());
            let what = text!(NotWellFormed, error = error.to_string());
            Fault::damaged(what).on_line(line(text, place))
        })?;
        if matches!(event, Event::Eof) {
            return Ok(());
        }
        take(&event, start).map_err(|fault| fault.on_line(line(text, start)))?;
    }
}

fn place(offset: u64) -> usize {
    usize::try_from(offset).unwrap_or(usize::MAX)
}

/// What has been read.
#[derive(Debug, Default)]
struct Map<'a> {
    how: Asked<'a>,
    depth: usize,
    seen_root: bool,
    nodes: Vec<Node>,
    ways: Ways,
    open: Option<Open>,
    /// Nodes that a way puts off the globe, and where it ends in the text.
    strays: Vec<(usize, Fault)>,
    /// The box that the file names.
    bounds: Option<[f64; 4]>,
}

/// An object whose end is not yet read.
#[derive(Debug)]
enum Open {
    Node(OpenNode),
    Way(OpenWay),
    Relation(OpenRelation),
}

impl Open {
    fn child(&mut self, element: &BytesStart<'_>) -> Result<(), Fault> {
        match self {
            Self::Node(node) => node.child(element),
            Self::Way(way) => way.child(element),
            Self::Relation(relation) => relation.child(element),
        }
    }
}

impl Map<'_> {
    fn take(&mut self, event: &Event<'_>, offset: usize) -> Result<(), Fault> {
        match event {
            Event::Start(element) => {
                self.open(element, offset)?;
                self.depth += 1;
                Ok(())
            }
            Event::Empty(element) => {
                self.open(element, offset)?;
                self.close(offset);
                Ok(())
            }
            Event::End(_) => {
                self.depth = self.depth.saturating_sub(1);
                self.close(offset);
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn open(&mut self, element: &BytesStart<'_>, offset: usize) -> Result<(), Fault> {
        // Depth 0 is the root, 1 an object, 2 what stands inside of one. Deeper elements are passed
        // over.
        match (self.depth, &mut self.open) {
            (0, _) => self.root(element.name().0),
            (1, _) => self.object(element, offset),
            (2, Some(open)) => open.child(element),
            _ => Ok(()),
        }
    }

    fn root(&mut self, name: &str) -> Result<(), Fault> {
        match name {
            "osm" if !self.seen_root => {
                self.seen_root = true;
                Ok(())
            }
            "osm" => Err(Fault::damaged(text!(SecondOsm))),
            "osmChange" => Err(changes()),
            other => {
                let what = text!(OtherRoot, name = plain(other));
                Err(Fault::new("not-osm", what, text!(NameOsmOrPbf)))
            }
        }
    }

    fn object(&mut self, element: &BytesStart<'_>, offset: usize) -> Result<(), Fault> {
        match element.name().0 {
            "node" => self.open = Some(Open::Node(OpenNode::new(element, offset)?)),
            "way" => self.open = Some(Open::Way(OpenWay::new(element)?)),
            // Rule W2 looks at no relation.
            "relation" if self.how.how.rule == WalkRule::W3 => {
                self.open = Some(Open::Relation(OpenRelation::new(element)?));
            }
            "bounds" => self.bounds = corners(element)?.and_then(bounds),
            "action" | "create" | "modify" | "delete" => return Err(changes()),
            "remark" => return Err(remark()),
            _ => {}
        }
        Ok(())
    }

    /// An element at `depth` has ended.
    fn close(&mut self, offset: usize) {
        if self.depth != 1 {
            return;
        }
        match self.open.take() {
            None => {}
            Some(Open::Node(node)) => self.nodes.push(node.close(self.how, &mut self.ways)),
            Some(Open::Relation(relation)) => relation.close(self.how, &mut self.ways),
            Some(Open::Way(way)) => {
                let located = way.close(self.how, &mut self.ways);
                self.locate(located, offset);
            }
        }
    }

    /// Takes the places that a way gives its nodes itself.
    fn locate(&mut self, located: Vec<(i64, LonLat)>, offset: usize) {
        for (id, [lon, lat]) in located {
            match on_globe(id, lon, lat) {
                Ok(at) => self.ways.located.push((id, at)),
                Err(stray) => self.strays.push((offset, stray)),
            }
        }
    }
}

/// The ways that are outlines, read for themselves.
#[derive(Debug, Default)]
struct Outlines {
    depth: usize,
    open: Option<OpenWay>,
    /// Each with the byte where it ends.
    found: Vec<(usize, OpenWay)>,
}

impl Outlines {
    fn take(
        &mut self,
        event: &Event<'_>,
        offset: usize,
        is_wanted: impl Fn(i64) -> bool,
    ) -> Result<(), Fault> {
        match event {
            Event::Start(element) => {
                self.depth += 1;
                match self.depth {
                    // Whatever else a way says was judged in the first reading: its nodes alone
                    // matter here.
                    2 if element.name().0 == "way" => {
                        self.open = Some(OpenWay::new(element)?).filter(|way| is_wanted(way.id()));
                    }
                    3 => self.child(element)?,
                    _ => {}
                }
            }
            Event::Empty(element) if self.depth == 2 => self.child(element)?,
            Event::End(_) => {
                if self.depth == 2 {
                    self.found.extend(self.open.take().map(|way| (offset, way)));
                }
                self.depth = self.depth.saturating_sub(1);
            }
            _ => {}
        }
        Ok(())
    }

    /// Takes in an element of the open way, written `<nd/>` or `<nd></nd>`.
    fn child(&mut self, element: &BytesStart<'_>) -> Result<(), Fault> {
        match &mut self.open {
            Some(way) => way.child(element),
            None => Ok(()),
        }
    }
}

pub(super) fn changes() -> Fault {
    Fault::new("osm-changes", text!(ChangesFile), text!(ApplyChanges))
}

/// Overpass writes a remark where it ran out of time or memory, and then the map is not whole.
pub(super) fn remark() -> Fault {
    Fault::new("cut-file", text!(UnfinishedMap), text!(AskForLess))
}

#[cfg(test)]
#[path = "xml_tests.rs"]
mod tests;
