//! The objects of OSM XML, element by element.

use quick_xml::events::{BytesStart, Event};

use crate::words::text;

use super::block::on_globe;
use super::fault::{AGAIN, Fault};
use super::objects::{Object, Sections, Take, What};
use super::xml::{changes, decoded, each_event, remark};
use super::xml_object::{OpenNode, OpenRelation, OpenWay, Tags, pairs};

/// Hands on the objects of a file, in its order.
pub(super) fn each(bytes: &[u8], sections: Sections<'_>, take: &mut Take<'_>) -> Result<(), Fault> {
    let text = decoded(bytes)?;
    let mut reader = Reader {
        sections,
        take,
        depth: 0,
        seen_root: false,
        open: None,
    };
    each_event(text, &mut |event, start| reader.event(event, start))?;
    if reader.seen_root && reader.depth == 0 {
        Ok(())
    } else {
        Err(Fault::new("cut-file", text!(EndsBeforeOsm), AGAIN))
    }
}

/// An object whose end is not yet read.
enum Open {
    Node(OpenNode),
    Way(OpenWay),
    Relation(OpenRelation),
}

struct Reader<'a, 't> {
    sections: Sections<'a>,
    take: &'a mut Take<'t>,
    depth: usize,
    seen_root: bool,
    open: Option<Open>,
}

impl Reader<'_, '_> {
    fn event(&mut self, event: &Event<'_>, offset: usize) -> Result<(), Fault> {
        match event {
            Event::Start(element) => {
                self.begin(element, offset)?;
                self.depth += 1;
                Ok(())
            }
            Event::Empty(element) => {
                self.begin(element, offset)?;
                self.end()
            }
            Event::End(_) => {
                self.depth = self.depth.saturating_sub(1);
                self.end()
            }
            _ => Ok(()),
        }
    }

    fn begin(&mut self, element: &BytesStart<'_>, offset: usize) -> Result<(), Fault> {
        let name = element.name().0;
        match (self.depth, &mut self.open) {
            (0, _) if name == "osmChange" => return Err(changes()),
            (0, _) => self.seen_root |= name == "osm",
            (1, open) => {
                *open = match name {
                    "node" if self.sections.nodes => {
                        Some(Open::Node(OpenNode::new(element, offset)?))
                    }
                    "way" if self.sections.ways => Some(Open::Way(OpenWay::new(element)?)),
                    "relation" if self.sections.relations => {
                        Some(Open::Relation(OpenRelation::new(element)?))
                    }
                    "action" | "create" | "modify" | "delete" => return Err(changes()),
                    "remark" => return Err(remark()),
                    _ => None,
                };
            }
            (2, Some(Open::Node(node))) => node.child(element)?,
            (2, Some(Open::Way(way))) => way.child(element)?,
            (2, Some(Open::Relation(relation))) => relation.child(element)?,
            _ => {}
        }
        Ok(())
    }

    /// An element at `depth` has ended.
    fn end(&mut self) -> Result<(), Fault> {
        if self.depth != 1 {
            return Ok(());
        }
        // Of what was deleted the id alone is handed on: it may have been listed before.
        match self.open.take() {
            Some(Open::Node(node)) => {
                let (node, tags) = node.told();
                let Some([lon, lat]) = node.at else {
                    return self.gone(node.id, What::Node(None));
                };
                let at = on_globe(node.id, lon, lat).ok();
                self.hand_on(node.id, &tags, What::Node(at))
            }
            Some(Open::Way(way)) if way.is_deleted() => {
                self.gone(way.id(), What::Way(Vec::new(), Vec::new()))
            }
            Some(Open::Way(way)) => {
                let (tags, (id, refs, located)) = way.told();
                let on_it =
                    |(id, [lon, lat]): (i64, [f64; 2])| Some((id, on_globe(id, lon, lat).ok()?));
                let located = located.into_iter().filter_map(on_it).collect();
                self.hand_on(id, &tags, What::Way(refs, located))
            }
            Some(Open::Relation(relation)) => {
                let Some(id) = relation.number() else {
                    return Ok(());
                };
                match relation.told() {
                    Some((tags, members)) => self.hand_on(id, &tags, What::Relation(members)),
                    None => self.gone(id, What::Relation(Vec::new())),
                }
            }
            None => Ok(()),
        }
    }

    /// Hands on that an object was deleted.
    fn gone(&mut self, id: i64, what: What) -> Result<(), Fault> {
        (self.take)(Object {
            id,
            tags: &[],
            is_bare: false,
            what,
        })
    }

    fn hand_on(&mut self, id: i64, tags: &Tags, what: What) -> Result<(), Fault> {
        let tags = pairs(tags);
        let is_bare = tags.is_empty();
        let matters = tags.iter().any(|(key, _)| (self.sections.key)(key));
        let tags = if matters { &tags[..] } else { &[] };
        (self.take)(Object {
            id,
            tags,
            is_bare,
            what,
        })
    }
}
