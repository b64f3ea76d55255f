//! OSM XML: nodes and ways in any order.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::read::plain;
use crate::read::streets::ways::RawStreets;
use crate::words::text;

use super::assemble::{Plan, Ways};
use super::block::{bounds, on_globe};
use super::fault::{AGAIN, Fault};
use super::xml_object::{Node, OpenWay, corners, node};

/// The walkable streets of an XML file.
pub(super) fn streets(bytes: &[u8]) -> Result<RawStreets, Fault> {
    let text = decoded(bytes)?;
    let map = read(text)?;
    let mut plan = Plan::new(map.ways)?;
    let mut lines = Lines::of(text);
    for (offset, stray) in map.strays {
        plan.strays.push(stray.on_line(lines.at(offset)));
    }
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
        plan.place(place, at);
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

fn decoded(bytes: &[u8]) -> Result<&str, Fault> {
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

fn read(text: &str) -> Result<Map, Fault> {
    let mut reader = Reader::from_str(text);
    let mut map = Map::default();
    loop {
        let start = place(reader.buffer_position());
        let event = reader.read_event().map_err(|error| {
            let place = place(reader.error_position());
            let what = text!(NotWellFormed, error = error.to_string());
            Fault::damaged(what).on_line(line(text, place))
        })?;
        if matches!(event, Event::Eof) {
            break;
        }
        map.take(&event, start)
            .map_err(|fault| fault.on_line(line(text, start)))?;
    }
    if map.seen_root && map.depth == 0 {
        return Ok(map);
    }
    let cut = Fault::new("cut-file", text!(EndsBeforeOsm), AGAIN);
    Err(cut.on_line(line(text, text.len())))
}

fn place(offset: u64) -> usize {
    usize::try_from(offset).unwrap_or(usize::MAX)
}

/// What has been read.
#[derive(Debug, Default)]
struct Map {
    depth: usize,
    seen_root: bool,
    nodes: Vec<Node>,
    ways: Ways,
    open: Option<OpenWay>,
    /// Nodes that a way puts off the globe, and where it ends in the text.
    strays: Vec<(usize, Fault)>,
    /// The box that the file names.
    bounds: Option<[f64; 4]>,
}

impl Map {
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
        match (self.depth, &mut self.open) {
            (0, _) => self.root(element.name().0),
            (1, _) => self.object(element, offset),
            (2, Some(way)) => way.child(element),
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
            "node" => self.nodes.push(node(element, offset)?),
            "way" => self.open = Some(OpenWay::new(element)?),
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
        let Some(way) = self.open.take() else {
            return;
        };
        for (id, [lon, lat]) in way.close(&mut self.ways) {
            match on_globe(id, lon, lat) {
                Ok(at) => self.ways.located.push((id, at)),
                Err(stray) => self.strays.push((offset, stray)),
            }
        }
    }
}

fn changes() -> Fault {
    Fault::new("osm-changes", text!(ChangesFile), text!(ApplyChanges))
}

/// Overpass writes a remark where it ran out of time or memory, and then the map is not whole.
fn remark() -> Fault {
    Fault::new("cut-file", text!(UnfinishedMap), text!(AskForLess))
}

#[cfg(test)]
mod tests {
    use crate::model::Memory;
    use crate::read::streets::osm::streets;

    const TOWN: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<osm version="0.6">
  <way id="1"><nd ref="3"/><nd ref="1"/><nd ref="2"/><tag k="highway" v="footway"/><tag k="name" v="A &amp; B"/></way>
  <node id="1" lat="29.7317" lon="116.244"><tag k="a" v="b"/></node>
  <node id="3" lat="29.74" lon="116.25"/>
  <relation id="1"><member type="strange" ref="x"/></relation>
  <way id="2"><nd ref="1"/><nd ref="3"/><tag k="highway" v="motorway"/></way>
  <way id="3" visible="false"><nd ref="1"/><nd ref="3"/><tag k="highway" v="path"/></way>
  <way id="4" action="delete"><nd ref="1"/><nd ref="3"/><tag k="highway" v="path"/></way>
  <node id="2" visible="false"/>
</osm>
"#;

    /// What is wrong with a file, as a whole or with one of its nodes.
    fn message(text: &str) -> String {
        match streets(text.as_bytes(), "a.osm", Memory::default()) {
            Ok(streets) => streets.bad.first().expect("a bad node").to_string(),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn ways_may_come_before_their_nodes() {
        let streets = streets(TOWN.as_bytes(), "a.osm", Memory::default()).expect("a good file");
        assert_eq!(streets.nodes, [[116.244, 29.7317], [116.25, 29.74]]);
        assert_eq!(streets.pieces, [[1, 0]]);
        assert_eq!(
            (streets.lines, streets.walkable, streets.missing_vertices),
            (2, 1, 1)
        );
    }

    #[test]
    fn nodes_may_stand_inside_ways() {
        let text = r#"<osm><way id="1"><nd ref="3" lat="1" lon="2"/><nd ref="9" lat="1.5" lon="2"/><tag k="highway" v="path"/></way></osm>"#;
        assert_eq!(
            streets(text.as_bytes(), "a", Memory::default())
                .map(|s| s.nodes)
                .ok(),
            Some(vec![[2.0, 1.0], [2.0, 1.5]])
        );
    }

    #[test]
    fn nodes_off_the_globe_are_told_with_their_lines() {
        let text = r#"<osm>
<way id="1"><nd ref="3" lat="1" lon="2"/><nd ref="9" lat="91" lon="2"/><tag k="highway" v="path"/></way>
<node id="4" lat="1" lon="181"/>
<node id="5" lat="inf" lon="1"/>

<node id="6" lat="1" lon="1"/><node id="7" lat="NaN" lon="1"/>
<way id="2"><nd ref="4"/><nd ref="5"/><nd ref="6"/><nd ref="7"/><tag k="highway" v="path"/></way>
</osm>"#;
        let streets = streets(text.as_bytes(), "a.osm", Memory::default()).expect("a good file");
        let lines: Vec<String> = streets
            .bad
            .iter()
            .map(|bad| bad.place.to_string())
            .collect();
        assert_eq!(lines, ["line 2", "line 3", "line 4", "line 6"]);
        assert_eq!(streets.missing_vertices, 4);
    }

    #[test]
    fn the_box_is_told_where_it_is_one() {
        let bounds = |element: &str| {
            let text = TOWN.replacen("<way", &format!("{element}<way"), 1);
            streets(text.as_bytes(), "a.osm", Memory::default())
                .expect("a good file")
                .bounds
        };
        let good = r#"<bounds minlat="29" minlon="116" maxlat="30" maxlon="117"/>"#;
        assert_eq!(bounds(good), Some([116.0, 29.0, 117.0, 30.0]));
        assert_eq!(bounds(&good.replace("30", "28")), None);
        assert_eq!(bounds(&good.replace("30", "x")), None);
        assert_eq!(bounds("<bounds/>"), None);
    }

    #[test]
    fn a_cut_file_is_an_error_at_every_byte() {
        for length in 0..TOWN.trim_end().len() {
            assert!(
                streets(&TOWN.as_bytes()[..length], "a.osm", Memory::default()).is_err(),
                "{length}"
            );
        }
        assert!(message(&TOWN[..TOWN.len() - 10]).starts_with("a.osm, line 10: "));
    }

    #[test]
    fn every_error_names_its_line() {
        let cases = [
            (
                "lat=\"29.7317\"",
                "lat=\"29,7317\"",
                "line 4: <node> has lat=\"29,7317\", expected a number of degrees",
            ),
            (
                "lat=\"29.7317\" ",
                "",
                "line 4: <node> has no lat, expected a number of degrees",
            ),
            (
                "lat=\"29.7317\"",
                "lat=\"95\"",
                "line 4: node 1 stands at longitude 116.244, latitude 95",
            ),
            ("lat=\"29.7317\"", "lat=\"NaN\"", "line 4: node 1 stands at"),
            (
                "node id=\"3\"",
                "node id=\"3.5\"",
                "line 5: <node> has id=\"3.5\", expected a whole number",
            ),
            (
                "nd ref=\"3\"",
                "nd ref=\"\"",
                "line 3: <nd> has ref=\"\", expected a whole number",
            ),
            ("&amp;", "&lol9;", "line 3: a damaged attribute"),
            ("&amp;", "&", "line 3: a damaged attribute"),
            (
                "<tag k=\"a\" v=\"b\"/></node>",
                "</way>",
                "line 4: not well-formed XML",
            ),
            ("k=\"highway\" ", "", "line 3: a tag without k or v"),
            (
                "<osm ",
                "<gpx ",
                "line 2: the root is <gpx>, expected <osm>",
            ),
            (
                "<osm ",
                "<osmChange ",
                "line 2: a list of changes, expected a map",
            ),
            (
                "<relation id=\"1\">",
                "<remark/><relation>",
                "line 6: a remark says",
            ),
            (
                "<relation id=\"1\">",
                "<action type=\"create\"/><relation>",
                "line 6: a list of changes",
            ),
            (
                "</osm>\n",
                "</osm>\n<osm>",
                "line 12: a second <osm> begins",
            ),
        ];
        for (from, to, expected) in cases {
            let message = message(&TOWN.replacen(from, to, 1));
            assert!(
                message.starts_with(&format!("a.osm, {expected}")),
                "{message}"
            );
        }
    }

    #[test]
    fn entities_of_a_dtd_are_not_expanded() {
        let text = TOWN
            .replace("<osm v", "<!DOCTYPE osm [<!ENTITY lol \"lol\">]>\n<osm v")
            .replace("&amp;", "&lol;");
        assert!(
            message(&text).contains("line 4: a damaged attribute"),
            "{}",
            message(&text)
        );
    }

    #[test]
    fn text_in_another_encoding_is_refused() {
        let mut bytes = TOWN.as_bytes().to_vec();
        bytes[100] = 0xff;
        let error = streets(&bytes, "a.osm", Memory::default())
            .expect_err("not UTF-8")
            .to_string();
        assert!(
            error.starts_with("a.osm, line 3: the text is not UTF-8"),
            "{error}"
        );
    }

    #[test]
    fn random_damage_never_panics() {
        let mut state = 1_u64;
        let mut random = || {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            usize::try_from(state >> 40).unwrap_or(0)
        };
        for _ in 0..3000 {
            let mut bytes = TOWN.as_bytes().to_vec();
            for _ in 0..=random() % 3 {
                let place = random() % bytes.len();
                bytes[place] = u8::try_from(random() % 128).unwrap_or(b'<');
            }
            let _ = streets(&bytes, "a.osm", Memory::default());
        }
    }
}
