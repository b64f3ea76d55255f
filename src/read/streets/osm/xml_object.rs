//! Nodes and ways of OSM XML, element by element.

use std::borrow::Cow;

use quick_xml::XmlVersion;
use quick_xml::events::BytesStart;

use crate::read::plain;
use crate::read::streets::node_rule::Knot;
use crate::words::{Text, text};

use super::areas::{Area, Member};
use super::collected::{LonLat, Ways};
use super::fault::{AGAIN, Fault};
use super::judge::{self, Asked, Judged, Kind};

/// A node of the file.
#[derive(Debug, Clone, Copy)]
pub(super) struct Node {
    pub id: i64,
    /// Where it says it is, unchecked; `None` when deleted.
    pub at: Option<LonLat>,
    /// The byte where its element begins.
    pub offset: usize,
    /// What it does to those who go through it.
    pub knot: Knot,
}

/// Tags as the file has them.
pub(super) type Tags = Vec<(String, String)>;

pub(super) fn pairs(tags: &Tags) -> Vec<(&str, &str)> {
    let tags = tags.iter();
    tags.map(|(key, value)| (key.as_str(), value.as_str()))
        .collect()
}

/// Takes the tag of an element that stands inside an object.
fn take_tag(tags: &mut Tags, element: &BytesStart<'_>) -> Result<(), Fault> {
    let [Some(key), Some(value)] = attributes(element, ["k", "v"])? else {
        return Err(Fault::damaged(text!(TagWithoutKeyOrValue)));
    };
    tags.push((key.into_owned(), value.into_owned()));
    Ok(())
}

/// A node whose end is not yet read.
#[derive(Debug)]
pub(super) struct OpenNode {
    node: Node,
    tags: Tags,
}

impl OpenNode {
    pub(super) fn new(element: &BytesStart<'_>, offset: usize) -> Result<Self, Fault> {
        Ok(Self {
            node: node(element, offset)?,
            tags: Tags::new(),
        })
    }

    /// Takes in an element that stands inside the node.
    pub(super) fn child(&mut self, element: &BytesStart<'_>) -> Result<(), Fault> {
        match element.name().0 {
            "tag" => take_tag(&mut self.tags, element),
            _ => Ok(()),
        }
    }

    /// The finished node, and its tags.
    pub(super) fn told(self) -> (Node, Tags) {
        (self.node, self.tags)
    }

    /// The finished node.
    pub(super) fn close(self, how: Asked<'_>, ways: &mut Ways) -> Node {
        let id = self.node.id;
        let knot = judge::node(&pairs(&self.tags), how, &mut ways.odd, || {
            format!("node {id}")
        });
        Node { knot, ..self.node }
    }
}

/// A relation whose end is not yet read.
#[derive(Debug)]
pub(super) struct OpenRelation {
    id: String,
    deleted: bool,
    members: Vec<Member>,
    tags: Tags,
}

impl OpenRelation {
    pub(super) fn new(element: &BytesStart<'_>) -> Result<Self, Fault> {
        let [id, visible, action] = attributes(element, ["id", "visible", "action"])?;
        Ok(Self {
            deleted: deleted(visible.as_deref(), action.as_deref()),
            id: plain(&id.unwrap_or_default()),
            members: Vec::new(),
            tags: Tags::new(),
        })
    }

    /// Takes in an element that stands inside the relation.
    pub(super) fn child(&mut self, element: &BytesStart<'_>) -> Result<(), Fault> {
        match element.name().0 {
            "member" => {
                let [kind, way, role] = attributes(element, ["type", "ref", "role"])?;
                // Nodes, relations and whatever comes later are no outlines.
                if kind.as_deref() == Some("way") {
                    let way = whole(element, "ref", way.as_deref())?;
                    self.members
                        .extend(Member::of(way, &role.unwrap_or_default()));
                }
                Ok(())
            }
            "tag" => take_tag(&mut self.tags, element),
            _ => Ok(()),
        }
    }

    /// Its id; none where that is no number.
    pub(super) fn number(&self) -> Option<i64> {
        self.id.trim().parse().ok()
    }

    /// Its tags and members; none where it was deleted.
    pub(super) fn told(self) -> Option<(Tags, Vec<Member>)> {
        (!self.deleted).then_some((self.tags, self.members))
    }

    /// Adds the finished relation, if it is an area that is walked.
    pub(super) fn close(self, how: Asked<'_>, ways: &mut Ways) {
        if self.deleted {
            return;
        }
        let place = || format!("relation {}", self.id);
        let members = || Ok::<_, std::convert::Infallible>(self.members.clone());
        let judged = judge::area(&pairs(&self.tags), how, &mut ways.odd, place);
        let Ok(area) = Area::of(judged, members);
        ways.areas.extend(area);
    }
}

/// A way's id, and its nodes with the places that it gives them.
pub(super) type Located = (i64, Vec<i64>, Vec<(i64, LonLat)>);

/// A way whose end is not yet read.
#[derive(Debug)]
pub(super) struct OpenWay {
    id: i64,
    deleted: bool,
    refs: Vec<i64>,
    located: Vec<(i64, LonLat)>,
    tags: Tags,
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
            "tag" => take_tag(&mut self.tags, element),
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

    /// Adds the finished way. The places that its nodes give themselves are handed back.
    pub(super) fn close(self, how: Asked<'_>, ways: &mut Ways) -> Vec<(i64, LonLat)> {
        let tags = pairs(&self.tags);
        let id = self.id;
        let judged = if self.deleted {
            Judged::deleted()
        } else {
            judge::way(&tags, how, &mut ways.odd, || format!("way {id}"))
        };
        match judged.kind {
            Kind::Walked(_) | Kind::Joining(_) => {
                ways.walk(self.id, self.refs, &judged);
                return self.located;
            }
            other @ (Kind::Closed | Kind::NoStreet | Kind::Deleted) => ways.pass(self.id, other),
        }
        Vec::new()
    }

    pub(super) const fn id(&self) -> i64 {
        self.id
    }

    pub(super) const fn is_deleted(&self) -> bool {
        self.deleted
    }

    /// Its tags, and what it is an outline of.
    pub(super) fn told(self) -> (Tags, Located) {
        (self.tags, (self.id, self.refs, self.located))
    }

    /// Its id, and its nodes with the places that it gives them.
    pub(super) fn outline(self) -> Located {
        (self.id, self.refs, self.located)
    }
}

/// A node element.
fn node(element: &BytesStart<'_>, offset: usize) -> Result<Node, Fault> {
    let [id, lat, lon, visible, action] =
        attributes(element, ["id", "lat", "lon", "visible", "action"])?;
    let id = whole(element, "id", id.as_deref())?;
    if deleted(visible.as_deref(), action.as_deref()) {
        return Ok(Node {
            id,
            at: None,
            offset,
            knot: Knot::default(),
        });
    }
    Ok(Node {
        id,
        at: Some(place(element, lat.as_deref(), lon.as_deref())?),
        offset,
        knot: Knot::default(),
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
