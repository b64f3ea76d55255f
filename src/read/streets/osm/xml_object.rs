//! Nodes and ways of OSM XML, element by element.

use std::borrow::Cow;

use quick_xml::XmlVersion;
use quick_xml::events::BytesStart;

use crate::read::plain;
use crate::read::streets::{tags, walkable};
use crate::words::{Text, text};

use super::assemble::{Kind, LonLat, Ways};
use super::fault::{AGAIN, Fault};

/// A node of the file.
#[derive(Debug, Clone, Copy)]
pub(super) struct Node {
    pub id: i64,
    /// Where it says it is, unchecked; `None` when deleted.
    pub at: Option<LonLat>,
    /// The byte where its element begins.
    pub offset: usize,
}

/// A way whose end is not yet read.
#[derive(Debug)]
pub(super) struct OpenWay {
    id: i64,
    deleted: bool,
    refs: Vec<i64>,
    located: Vec<(i64, LonLat)>,
    tags: Vec<(String, String)>,
}

impl OpenWay {
    pub(super) fn new(element: &BytesStart<'_>) -> Result<Self, Fault> {
        let [id, visible, action] = attributes(element, ["id", "visible", "action"])?;
        let deleted = deleted(visible.as_deref(), action.as_deref());
        let id = whole(element, "id", id.as_deref())?;
        Ok(Self {
            id,
            deleted,
            refs: Vec::new(),
            located: Vec::new(),
            tags: Vec::new(),
        })
    }

    /// Takes in an element that stands inside the way.
    pub(super) fn child(&mut self, element: &BytesStart<'_>) -> Result<(), Fault> {
        match element.name().0 {
            "nd" => self.node(element),
            "tag" => self.tag(element),
            _ => Ok(()),
        }
    }

    /// Takes a reference, with the node's place where Overpass gives it (`out geom`).
    fn node(&mut self, element: &BytesStart<'_>) -> Result<(), Fault> {
        let [id, lat, lon] = attributes(element, ["ref", "lat", "lon"])?;
        let id = whole(element, "ref", id.as_deref())?;
        self.refs.push(id);
        if lat.is_some() || lon.is_some() {
            self.located
                .push((id, place(element, lat.as_deref(), lon.as_deref())?));
        }
        Ok(())
    }

    fn tag(&mut self, element: &BytesStart<'_>) -> Result<(), Fault> {
        let [Some(key), Some(value)] = attributes(element, ["k", "v"])? else {
            return Err(Fault::damaged(text!(TagWithoutKeyOrValue)));
        };
        self.tags.push((key.into_owned(), value.into_owned()));
        Ok(())
    }

    /// Adds the finished way. The places that its nodes give themselves are handed back.
    pub(super) fn close(self, ways: &mut Ways) -> Vec<(i64, LonLat)> {
        let tag = |key: &str| {
            self.tags
                .iter()
                .find(|(k, _)| k == key)
                .map(|(_, v)| v.as_str())
        };
        match (self.deleted, walkable::osm_way(tag)) {
            (true, _) => ways.pass(self.id, Kind::Deleted),
            (_, false) => ways.pass(self.id, Kind::NotWalked),
            (_, true) => {
                let tags = self
                    .tags
                    .iter()
                    .map(|(key, value)| (key.as_str(), value.as_str()));
                ways.walk(self.id, self.refs, &tags::told(tags));
                return self.located;
            }
        }
        Vec::new()
    }
}

/// A node element.
pub(super) fn node(element: &BytesStart<'_>, offset: usize) -> Result<Node, Fault> {
    let [id, lat, lon, visible, action] =
        attributes(element, ["id", "lat", "lon", "visible", "action"])?;
    let id = whole(element, "id", id.as_deref())?;
    if deleted(visible.as_deref(), action.as_deref()) {
        return Ok(Node {
            id,
            at: None,
            offset,
        });
    }
    Ok(Node {
        id,
        at: Some(place(element, lat.as_deref(), lon.as_deref())?),
        offset,
    })
}

/// West, south, east and north of a box; none where one of them is not told.
pub(super) fn corners(element: &BytesStart<'_>) -> Result<Option<[f64; 4]>, Fault> {
    let corners = attributes(element, ["minlon", "minlat", "maxlon", "maxlat"])?;
    let degrees = corners.map(|corner| corner.and_then(|text| text.trim().parse().ok()));
    Ok(match degrees {
        [Some(west), Some(south), Some(east), Some(north)] => Some([west, south, east, north]),
        _ => None,
    })
}

fn deleted(visible: Option<&str>, action: Option<&str>) -> bool {
    visible == Some("false") || action == Some("delete")
}

/// The values of the named attributes. Entities that XML does not define by itself are an error.
fn attributes<'a, const N: usize>(
    element: &'a BytesStart<'_>,
    names: [&str; N],
) -> Result<[Option<Cow<'a, str>>; N], Fault> {
    let mut values = [const { None }; N];
    for attribute in element.attributes() {
        let attribute = attribute.map_err(|error| damaged(&error))?;
        if let Some(place) = names.iter().position(|name| *name == attribute.key.0) {
            let value = attribute.normalized_value(XmlVersion::Implicit1_0);
            values[place] = Some(value.map_err(|error| damaged(&error))?);
        }
    }
    Ok(values)
}

fn damaged(error: &dyn std::error::Error) -> Fault {
    Fault::damaged(text!(DamagedAttribute, error = error.to_string()))
}

fn place(element: &BytesStart<'_>, lat: Option<&str>, lon: Option<&str>) -> Result<LonLat, Fault> {
    Ok([degrees(element, "lon", lon)?, degrees(element, "lat", lat)?])
}

fn degrees(element: &BytesStart<'_>, name: &str, value: Option<&str>) -> Result<f64, Fault> {
    let degrees = value.and_then(|value| value.trim().parse::<f64>().ok());
    degrees.ok_or_else(|| bad(element, name, value, text!(NumberOfDegrees)))
}

fn whole(element: &BytesStart<'_>, name: &str, value: Option<&str>) -> Result<i64, Fault> {
    let whole = value.and_then(|value| value.trim().parse().ok());
    whole.ok_or_else(|| bad(element, name, value, text!(WholeOsmNumber)))
}

fn bad(element: &BytesStart<'_>, name: &str, value: Option<&str>, expected: Text) -> Fault {
    let element = plain(element.name().0);
    let what = match value {
        Some(value) => text!(
            OddAttribute,
            element = element,
            name = name,
            value = plain(value),
            expected = expected,
        ),
        None => text!(
            NoAttribute,
            element = element,
            name = name,
            expected = expected
        ),
    };
    Fault::new("bad-osm", what, AGAIN)
}
