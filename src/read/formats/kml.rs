//! KML, as map viewers write it: placemarks in folders, on WGS 84.
//!
//! Read with `quick-xml`, one placemark at a time, and not by the crate `kml`: its 0.15 calls itself
//! once for each folder in a folder, so that a file of nested folders ends the program, and brings
//! another `quick-xml` with it. Entities other than XML's own five are refused, so none can grow.

use quick_xml::Reader;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesStart, Event};

use super::encoding::decoded;
use super::feature::{About, Feature, Sink};
use super::kml_placemark::{Element, feature};
use super::table::Remark;
use crate::model::Severity;
use crate::read::error::{BadInput, Place, ReadError};
use crate::words::{Text, text};

/// Elements nest no deeper; those of real files do not reach half of it.
const DEEPEST: usize = 64;

/// Hands on each placemark.
///
/// # Errors
/// XML that is cut or malformed, nested more than 64 deep, or whose root is not `kml`.
pub(crate) fn for_each(bytes: &[u8], file: &str, f: Sink<'_>) -> Result<About, ReadError> {
    let (text, encoding) = decoded(bytes, file)?;
    let mut map = Map::new(f);
    let mut reader = Reader::from_str(&text);
    loop {
        let event = reader.read_event();
        let event = event.map_err(|error| text!(NotWellFormed, error = error.to_string()));
        let went_on = event.and_then(|event| map.take(&event, file));
        match went_on {
            Ok(true) => {}
            Ok(false) => break,
            Err(what) => {
                let at = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
                return Err(malformed(file, &text, at, what).into());
            }
        }
    }
    // The parser takes a file that is cut between two elements for a whole one.
    if !map.open.is_empty() || !map.seen_root {
        return Err(BadInput {
            code: "cut-off",
            remedy: text!(EndsTooEarly),
            ..malformed(file, &text, text.len(), text!(KmlEndsEarly))
        }
        .into());
    }
    Ok(About {
        declared_crs: Some("WGS84".to_owned()),
        encoding,
        bounds: None,
        remarks: map.remarks(),
    })
}

fn malformed(file: &str, text: &str, at: usize, expected: Text) -> BadInput {
    let before = text.as_bytes().get(..at).unwrap_or(text.as_bytes());
    let ends = before.iter().map(|&byte| u64::from(byte == b'\n'));
    let line = 1 + ends.sum::<u64>();
    BadInput {
        code: "bad-kml",
        file: file.to_owned(),
        place: Place::Line(line),
        expected,
        remedy: text!(MendOrExport),
        ..BadInput::default()
    }
}

/// A file half read.
struct Map<'a> {
    f: Sink<'a>,
    seen_root: bool,
    count: u64,
    /// The elements that are open, by name.
    open: Vec<String>,
    /// The names of the folders that are open, and how deep each of them lies.
    folders: Vec<(usize, String)>,
    /// The placemark that is open, and its elements that are, the innermost last.
    placemark: Vec<Element>,
    /// The name of a folder, while it is read.
    folder_name: Option<String>,
    links: u64,
    overlays: u64,
    unread_shapes: u64,
}

impl<'a> Map<'a> {
    fn new(f: Sink<'a>) -> Self {
        Self {
            f,
            seen_root: false,
            count: 0,
            open: Vec::new(),
            folders: Vec::new(),
            placemark: Vec::new(),
            folder_name: None,
            links: 0,
            overlays: 0,
            unread_shapes: 0,
        }
    }

    /// Takes an event; whether there may be more.
    fn take(&mut self, event: &Event<'_>, file: &str) -> Result<bool, Text> {
        match event {
            Event::Start(element) => self.begin(element)?,
            Event::Empty(element) => {
                self.begin(element)?;
                self.end(file);
            }
            Event::End(_) => self.end(file),
            Event::Text(text) => self.text(&text.xml10_content()),
            Event::CData(text) => self.text(&text.xml10_content()),
            Event::GeneralRef(entity) => {
                let own = entity.resolve_char_ref().ok().flatten();
                let own = own.map(String::from);
                let known = own.or_else(|| resolve_xml_entity(entity).map(str::to_owned));
                let unknown = || text!(UnknownEntity, name = crate::read::plain(entity));
                self.text(&known.ok_or_else(unknown)?);
            }
            Event::Decl(_) | Event::PI(_) | Event::DocType(_) | Event::Comment(_) => {}
            Event::Eof => return Ok(false),
        }
        Ok(true)
    }

    fn begin(&mut self, element: &BytesStart<'_>) -> Result<(), Text> {
        let name = element.local_name().as_ref().to_owned();
        if self.open.is_empty() && (name != "kml" || self.seen_root) {
            return Err(text!(OtherKmlRoot, name = crate::read::plain(&name)));
        }
        if self.open.len() >= DEEPEST {
            return Err(text!(NestedTooDeep, most = DEEPEST));
        }
        self.seen_root = true;
        if !self.placemark.is_empty() || name == "Placemark" {
            self.placemark.push(Element::of(element)?);
        } else {
            self.outside(&name);
        }
        self.open.push(name);
        Ok(())
    }

    /// An element outside of placemarks begins.
    fn outside(&mut self, name: &str) {
        match name {
            "Folder" => self.folders.push((self.open.len(), String::new())),
            "name" if self.open.last().is_some_and(|parent| parent == "Folder") => {
                self.folder_name = Some(String::new());
            }
            "NetworkLink" => self.links += 1,
            "GroundOverlay" | "PhotoOverlay" | "ScreenOverlay" | "Tour" => self.overlays += 1,
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if let Some(element) = self.placemark.last_mut() {
            element.text.push_str(text);
        } else if let Some(name) = &mut self.folder_name {
            name.push_str(text);
        }
    }

    fn end(&mut self, file: &str) {
        self.open.pop();
        if let Some(element) = self.placemark.pop() {
            match self.placemark.last_mut() {
                Some(parent) => parent.children.push(element),
                None => self.hand_on(&element, file),
            }
            return;
        }
        if let Some(name) = self.folder_name.take()
            && let Some((_, folder)) = self.folders.last_mut()
        {
            name.trim().clone_into(folder);
        }
        // The folder itself has ended.
        let depth = self.open.len();
        self.folders.pop_if(|(own, _)| *own == depth);
    }

    fn hand_on(&mut self, placemark: &Element, file: &str) {
        self.count += 1;
        let place = Place::Feature(self.count);
        let names = self.folders.iter().map(|(_, name)| name.as_str());
        let named: Vec<&str> = names.filter(|name| !name.is_empty()).collect();
        self.unread_shapes += placemark.unread_shapes();
        let feature: Result<Feature, _> = feature(placemark, &named.join("/"));
        (self.f)(place, feature.map_err(|wrong| wrong.at(file, place, None)));
    }

    fn remarks(&self) -> Vec<Remark> {
        let counted = [
            (self.links, "kml-links", text!(KmlLinks, count = self.links)),
            (
                self.overlays,
                "kml-overlays",
                text!(KmlOverlays, count = self.overlays),
            ),
            (
                self.unread_shapes,
                "kml-shapes-not-read",
                text!(KmlShapes, count = self.unread_shapes),
            ),
        ];
        let told = counted.into_iter().filter(|(count, ..)| *count > 0);
        told.map(|(_, code, message)| Remark {
            severity: Severity::Suspicious,
            code,
            message,
        })
        .collect()
    }
}
