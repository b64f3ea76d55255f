//! Answers of Overpass in JSON: written anew as OSM XML, so that one reader judges both.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::{self, Write as _};

use quick_xml::escape::escape;
use serde::Deserialize;

use crate::read::error::{BadInput, Place, ReadError, plain};
use crate::read::formats::encoding::decoded;
use crate::words::{Text, text};

#[derive(Deserialize)]
struct Answer {
    remark: Option<String>,
    elements: Vec<Element>,
}

#[derive(Deserialize)]
struct Element {
    #[serde(rename = "type")]
    kind: String,
    id: i64,
    lat: Option<f64>,
    lon: Option<f64>,
    nodes: Option<Vec<i64>>,
    /// The places of the nodes; null for those outside of the asked box.
    geometry: Option<Vec<Option<At>>>,
    /// The middle of a way or relation, as "out center" tells it.
    center: Option<At>,
    members: Option<Vec<Member>>,
    #[serde(default)]
    tags: BTreeMap<String, String>,
}

#[derive(Clone, Copy, Deserialize)]
struct At {
    lat: f64,
    lon: f64,
}

#[derive(Deserialize)]
struct Member {
    #[serde(rename = "type")]
    kind: String,
    #[serde(rename = "ref")]
    id: i64,
    #[serde(default)]
    role: String,
    /// Where a way runs that is listed with its relation alone; null outside of the asked box.
    geometry: Option<Vec<Option<At>>>,
}

/// The answer as OSM XML.
///
/// # Errors
/// JSON that is cut or malformed, ways without their nodes, or objects with their middle alone.
pub(crate) fn as_xml(bytes: &[u8], file: &str) -> Result<Vec<u8>, ReadError> {
    let (text, _) = decoded(bytes, file)?;
    let answer: Answer = serde_json::from_str(&text).map_err(|error| {
        let line = u64::try_from(error.line()).unwrap_or_default();
        let what = text!(JsonFault, error = error.to_string());
        let remedy = if error.is_eof() {
            text!(EndsTooEarly)
        } else {
            text!(MendOrExport)
        };
        bad(file, Place::Line(line), what, remedy)
    })?;
    // Without its nodes a way joins no other, and half a network would come of it.
    let lost = answer.elements.iter().find(|element| element.is_lost());
    if let Some(way) = lost {
        let what = text!(OverpassWithoutNodes, id = way.id.to_string());
        return Err(bad(file, Place::File, what, text!(AskForGeometry)).into());
    }
    let listed = Listed::of(&answer.elements);
    // "out center" tells the middle of an object alone, which is no outline and no line.
    if let Some(element) = answer.elements.iter().find(|one| listed.is_middle(one)) {
        let id = format!("{} {}", plain(&element.kind), element.id);
        let what = text!(OverpassMiddle, object = id);
        return Err(bad(file, Place::File, what, text!(AskForGeometry)).into());
    }
    let mut xml = String::from("<osm version=\"0.6\">");
    if let Some(remark) = &answer.remark {
        xml.push_str("<remark>");
        xml.push_str(&escape(remark.as_str()));
        xml.push_str("</remark>");
    }
    for element in &answer.elements {
        // Writing to memory cannot fail.
        let _ = element.write(&mut xml);
    }
    // Last, when it is known which ways are listed for themselves.
    let _ = listed.write_outlines(&answer.elements, &mut xml);
    xml.push_str("</osm>");
    Ok(xml.into_bytes())
}

fn bad(file: &str, place: Place, expected: Text, remedy: Text) -> BadInput {
    BadInput {
        code: "bad-overpass",
        file: file.to_owned(),
        place,
        expected,
        remedy,
        ..BadInput::default()
    }
}

/// What an answer lists for itself.
struct Listed {
    nodes: BTreeSet<i64>,
    ways: BTreeSet<i64>,
    /// The nodes at the places of ways, which join what is listed with relations alone.
    at: BTreeMap<[u64; 2], i64>,
}

impl Listed {
    fn of(elements: &[Element]) -> Self {
        let of_kind = |kind: &'static str| elements.iter().filter(move |one| one.kind == kind);
        let mut at = BTreeMap::new();
        for way in of_kind("way") {
            let places = way.geometry.iter().flatten();
            for (id, place) in way.nodes.iter().flatten().zip(places) {
                at.extend(place.map(|place| (place.bits(), *id)));
            }
        }
        // A node that is listed itself knows best which number stands at its place.
        for node in of_kind("node") {
            if let (Some(lat), Some(lon)) = (node.lat, node.lon) {
                at.insert(At { lat, lon }.bits(), node.id);
            }
        }
        Self {
            nodes: of_kind("node").map(|node| node.id).collect(),
            ways: of_kind("way").map(|way| way.id).collect(),
            at,
        }
    }

    /// Whether all that is known of where an object is is its middle.
    fn is_middle(&self, element: &Element) -> bool {
        if element.center.is_none() || element.geometry.is_some() {
            return false;
        }
        // Its middle does not matter where its nodes or members say where it runs.
        let mut nodes = element.nodes.iter().flatten();
        let mut members = element.members.iter().flatten();
        let is_placed = |member: &Member| {
            let is_listed = match member.kind.as_str() {
                "way" => self.ways.contains(&member.id),
                "node" => self.nodes.contains(&member.id),
                _ => false,
            };
            is_listed || member.geometry.is_some()
        };
        !nodes.any(|id| self.nodes.contains(id)) && !members.any(is_placed)
    }

    /// Writes the ways that are listed with relations alone. They have no nodes: places that are the
    /// same are one node, with a number that no map has.
    fn write_outlines(mut self, elements: &[Element], xml: &mut String) -> fmt::Result {
        let mut next = 0_i64;
        let relations = elements.iter().filter(|one| one.kind == "relation");
        for member in relations.flat_map(|one| one.members.iter().flatten()) {
            let Some(geometry) = &member.geometry else {
                continue;
            };
            if member.kind != "way" || !self.ways.insert(member.id) {
                continue;
            }
            write!(xml, "<way id=\"{}\">", member.id)?;
            for place in geometry {
                // A number for each place, used where no node stands there yet.
                next -= 1;
                // Beyond the asked box: it names a node that is nowhere, so the outline is cut and
                // not shortened.
                let Some(at) = place else {
                    write!(xml, "<nd ref=\"{next}\"/>")?;
                    continue;
                };
                let id = self.at.entry(at.bits()).or_insert(next);
                let At { lat, lon } = at;
                write!(xml, "<nd ref=\"{id}\" lat=\"{lat}\" lon=\"{lon}\"/>")?;
            }
            xml.push_str("</way>");
        }
        Ok(())
    }
}

impl At {
    fn bits(self) -> [u64; 2] {
        [self.lat, self.lon].map(f64::to_bits)
    }
}

impl Element {
    /// Whether it is a way that does not say where it runs, or not by which nodes.
    fn is_lost(&self) -> bool {
        let places = self.geometry.as_ref().map(Vec::len);
        match (self.kind.as_str(), &self.nodes) {
            ("way", None) => true,
            ("way", Some(nodes)) => places.is_some_and(|places| places != nodes.len()),
            _ => false,
        }
    }

    fn write(&self, xml: &mut String) -> fmt::Result {
        // Areas, timelines and counts are no part of a map.
        let kind @ ("node" | "way" | "relation") = self.kind.as_str() else {
            return Ok(());
        };
        write!(xml, "<{kind} id=\"{}\"", self.id)?;
        if let (Some(lat), Some(lon)) = (self.lat, self.lon) {
            write!(xml, " lat=\"{lat}\" lon=\"{lon}\"")?;
        }
        xml.push('>');
        // With `out geom` each node has its place beside it. Beyond the asked box there is none.
        for (place, id) in self.nodes.iter().flatten().enumerate() {
            let places = self.geometry.as_ref();
            match places.and_then(|places| places.get(place)?.as_ref()) {
                Some(At { lat, lon }) => {
                    write!(xml, "<nd ref=\"{id}\" lat=\"{lat}\" lon=\"{lon}\"/>")?;
                }
                None => write!(xml, "<nd ref=\"{id}\"/>")?,
            }
        }
        for member in self.members.iter().flatten() {
            let (kind, role) = (escape(member.kind.as_str()), escape(member.role.as_str()));
            write!(
                xml,
                "<member type=\"{kind}\" ref=\"{}\" role=\"{role}\"/>",
                member.id
            )?;
        }
        for (key, value) in &self.tags {
            let (key, value) = (escape(key.as_str()), escape(value.as_str()));
            write!(xml, "<tag k=\"{key}\" v=\"{value}\"/>")?;
        }
        write!(xml, "</{kind}>")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::formats::kind::is_overpass;

    #[test]
    fn an_answer_becomes_the_same_in_xml() {
        let answer = r#"{"version":0.6,"generator":"Overpass API","elements":[
            {"type":"node","id":7,"lat":29.73,"lon":116.2,"tags":{"barrier":"gate"}},
            {"type":"way","id":1,"nodes":[7,8],"geometry":[{"lat":29.73,"lon":116.2},null],
             "tags":{"highway":"footway","name":"A & \"B\""}},
            {"type":"relation","id":2,"members":[{"type":"way","ref":1,"role":"outer"}]},
            {"type":"count","id":0,"tags":{"nodes":"1"}}]}"#;
        assert!(is_overpass(answer.as_bytes()));
        let xml = as_xml(answer.as_bytes(), "a.json").expect("good");
        assert_eq!(
            String::from_utf8(xml).expect("text"),
            r#"<osm version="0.6"><node id="7" lat="29.73" lon="116.2"><tag k="barrier" v="gate"/></node><way id="1"><nd ref="7" lat="29.73" lon="116.2"/><nd ref="8"/><tag k="highway" v="footway"/><tag k="name" v="A &amp; &quot;B&quot;"/></way><relation id="2"><member type="way" ref="1" role="outer"/></relation></osm>"#
        );
    }

    #[test]
    fn a_middle_beside_the_nodes_is_no_loss() {
        let answer = r#"{"elements":[{"type":"way","id":5,"nodes":[1,2],"center":{"lat":1,"lon":2}},
            {"type":"node","id":1,"lat":1,"lon":2},{"type":"node","id":2,"lat":1,"lon":3}]}"#;
        assert!(as_xml(answer.as_bytes(), "a.json").is_ok());
    }

    #[test]
    fn outlines_of_relations_are_ways_that_meet_in_nodes() {
        let answer = r#"{"elements":[{"type":"relation","id":2,"members":[
            {"type":"way","ref":8,"role":"outer","geometry":[{"lat":1,"lon":1},{"lat":1,"lon":2},null]},
            {"type":"way","ref":8,"role":"outer","geometry":[{"lat":1,"lon":1}]},
            {"type":"way","ref":9,"role":"outer","geometry":[{"lat":1,"lon":2},{"lat":5,"lon":5}]}]},
            {"type":"node","id":70,"lat":5,"lon":5}]}"#;
        let xml = as_xml(answer.as_bytes(), "a.json").expect("good");
        let xml = String::from_utf8(xml).expect("text");
        assert!(
            xml.ends_with(
                r#"<way id="8"><nd ref="-1" lat="1" lon="1"/><nd ref="-2" lat="1" lon="2"/><nd ref="-3"/></way><way id="9"><nd ref="-2" lat="1" lon="2"/><nd ref="70" lat="5" lon="5"/></way></osm>"#
            ),
            "{xml}"
        );
    }

    #[test]
    fn what_is_lost_is_told() {
        let said = |text: &str| {
            let read = as_xml(text.as_bytes(), "a.json");
            read.expect_err("wrong").to_string()
        };
        assert_eq!(
            said(r#"{"elements":[{"type":"way","id":5,"center":{"lat":1,"lon":2}}]}"#),
            "a.json: way 5 does not say by which nodes it runs – ask with \"out geom\", or for the nodes, too: (._;>;); out;"
        );
        assert_eq!(
            said(
                r#"{"elements":[{"type":"way","id":5,"nodes":[1,2],"center":{"lat":1,"lon":2}}]}"#
            ),
            "a.json: of way 5 the answer tells the middle alone – ask with \"out geom\", or for the nodes, too: (._;>;); out;"
        );
        assert!(
            said(
                r#"{"elements":[{"type":"relation","id":6,"center":{"lat":1,"lon":2},"members":[{"type":"way","ref":1,"role":"outer"}]}]}"#
            )
            .contains("of relation 6 the answer")
        );
        assert!(said(r#"{"elements":[{"type":"way""#).contains("the file ends too early"));
        assert!(!is_overpass(
            br#"{"type":"FeatureCollection","features":[]}"#
        ));
    }
}
