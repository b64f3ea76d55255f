//! Walkable ways and their nodes from OpenStreetMap XML.

use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

use super::assemble::{MapWay, Spot};
use super::pbf::Map;
use crate::read::walk_rule::osm_way;

/// Reads an XML file.
///
/// # Errors
/// The byte and a sentence about the first thing that is wrong.
pub(super) fn read(bytes: &[u8]) -> Result<Map, (u64, String)> {
    let mut reader = Reader::from_reader(bytes);
    let mut state = State::default();
    loop {
        let at = reader.buffer_position();
        let event = reader.read_event().map_err(|e| (at, e.to_string()))?;
        let result = match &event {
            Event::Start(element) => state.open(element, false),
            Event::Empty(element) => state.open(element, true),
            Event::End(element) => {
                state.close(element.name().as_ref());
                Ok(())
            }
            Event::DocType(_) => {
                Err("it holds a document type declaration, which map files have no use for".to_owned())
            }
            Event::Eof if state.depth > 0 => Err("the file ends in the middle: it is cut off".to_owned()),
            Event::Eof if !state.root_seen => Err("there is no <osm> element".to_owned()),
            Event::Eof => return Ok(state.map),
            _ => Ok(()),
        };
        result.map_err(|wrong| (at, wrong))?;
    }
}

#[derive(Default)]
struct State {
    depth: usize,
    root_seen: bool,
    map: Map,
    way: Option<MapWay>,
    tags: Vec<(String, String)>,
}

impl State {
    fn open(&mut self, element: &BytesStart<'_>, empty: bool) -> Result<(), String> {
        let name = element.name();
        match (self.depth, name.as_ref()) {
            (0, "osm") => self.root_seen = true,
            (0, other) => {
                return Err(format!("the root element is <{}>, expected <osm>", crate::read::error::plain(other)));
            }
            (1, "node") => self.node(element)?,
            (1, "way") => self.start_way(element)?,
            (2, "nd") if self.way.is_some() => {
                let id = integer(element, "ref")?;
                self.way.iter_mut().for_each(|way| way.nodes.push(id));
            }
            (2, "tag") if self.way.is_some() => self.tags.push((needed(element, "k")?, needed(element, "v")?)),
            _ => {}
        }
        if empty && self.depth == 1 && name.as_ref() == "way" {
            self.end_way();
        }
        self.depth += usize::from(!empty);
        Ok(())
    }

    fn close(&mut self, name: &str) {
        self.depth = self.depth.saturating_sub(1);
        if self.depth == 1 && name == "way" {
            self.end_way();
        }
    }

    fn node(&mut self, element: &BytesStart<'_>) -> Result<(), String> {
        if is_deleted(element)? {
            return Ok(());
        }
        let at = [decimal(element, "lon")?, decimal(element, "lat")?];
        self.map.spots.push(Spot { id: integer(element, "id")?, at });
        Ok(())
    }

    fn start_way(&mut self, element: &BytesStart<'_>) -> Result<(), String> {
        self.tags.clear();
        self.way = None;
        if !is_deleted(element)? {
            self.way = Some(MapWay { id: integer(element, "id")?, nodes: Vec::new() });
        }
        Ok(())
    }

    fn end_way(&mut self) {
        let Some(way) = self.way.take() else { return };
        self.map.ways_seen += 1;
        if osm_way(|key| self.tags.iter().find(|(k, _)| k == key).map(|(_, v)| v.as_str())) {
            self.map.ways.push(way);
        }
    }
}

fn attribute(element: &BytesStart<'_>, name: &str) -> Result<Option<String>, String> {
    let found = element.try_get_attribute(name).map_err(|e| e.to_string())?;
    let text = found.map(|attribute| attribute.normalized_value(XmlVersion::Implicit1_0).map(|v| v.into_owned()));
    text.transpose().map_err(|e| e.to_string())
}

fn needed(element: &BytesStart<'_>, name: &str) -> Result<String, String> {
    let tag = element.name().as_ref().to_owned();
    attribute(element, name)?.ok_or_else(|| format!("<{tag}> has no attribute {name}"))
}

fn integer(element: &BytesStart<'_>, name: &str) -> Result<i64, String> {
    let text = needed(element, name)?;
    text.trim()
        .parse()
        .map_err(|_| format!("{name} is \"{}\", expected a whole number", crate::read::error::plain(&text)))
}

fn decimal(element: &BytesStart<'_>, name: &str) -> Result<f64, String> {
    let text = needed(element, name)?;
    let number = text.trim().parse().ok().filter(|n: &f64| n.is_finite());
    number.ok_or_else(|| format!("{name} is \"{}\", expected degrees", crate::read::error::plain(&text)))
}

fn is_deleted(element: &BytesStart<'_>) -> Result<bool, String> {
    let hidden = attribute(element, "visible")?.is_some_and(|visible| visible == "false");
    Ok(hidden || attribute(element, "action")?.is_some_and(|action| action == "delete"))
}
