//! What a map holds beside streets: banks, halls, houses, settled land, by their tags.
//!
//! ```text
//!   first pass    the objects that are wanted, by their tags
//!   second pass   the ways that are outlines of wanted relations
//!   third pass    where the nodes of all these are, and which of them are entrances
//! ```
//!
//! Three passes, for nobody says in which order a file has its objects, and only what is wanted is
//! kept.

use std::collections::{BTreeMap, BTreeSet};

use geo::coordinate_position::CoordPos;
use geo::{CoordinatePosition, Geometry, LineString, MultiPolygon, Point, Polygon};

use crate::model::Memory;
use crate::read::error::ReadError;
use crate::words::text;

use super::areas::Member;
use super::collected::LonLat;
use super::fault::Fault;
use super::objects::{Object, Sections, Take, What};
use super::pbf::Room;
use super::ring_parts::rings;
use super::{is_pbf, pbf_objects, starts_as_markup, xml_objects};

/// Whether an object with these tags is wanted.
pub(crate) type ByTags<'a> = dyn Fn(&[(&str, &str)]) -> bool + 'a;

/// Which objects of a map are wanted.
#[derive(Clone, Copy)]
pub(crate) struct Wanted<'a> {
    /// The keys without which none is: most objects are passed over by theirs alone.
    pub key: &'a dyn Fn(&str) -> bool,
    /// Whether one with these tags is.
    pub object: &'a ByTags<'a>,
}

/// What an object of a map is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum ObjectKind {
    Node,
    Way,
    Relation,
}

/// An object of a map with its tags.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Feature {
    pub kind: ObjectKind,
    pub number: i64,
    tags: Tags,
    /// Where it is: a point, an area, or a line that is not closed. None where a part of it lies
    /// beyond the file, or its outlines do not close.
    pub shape: Option<Geometry<f64>>,
    /// Whether a part of it lies beyond the file.
    pub is_cut: bool,
    /// The ways that are the outer outlines of a relation, ascending.
    outer: Vec<i64>,
    /// The entrances on its outline, in its order: what kind of entrance, and where.
    pub entrances: Vec<(String, LonLat)>,
}

type Tags = Vec<(String, String)>;

impl Feature {
    /// Its id in one word: `n12` a node, `w34` a way, `r5` a relation.
    pub(crate) fn id(&self) -> String {
        let letter = match self.kind {
            ObjectKind::Node => 'n',
            ObjectKind::Way => 'w',
            ObjectKind::Relation => 'r',
        };
        format!("{letter}{}", self.number)
    }

    /// The value of a tag; none where it has none or an empty one.
    pub(crate) fn tag(&self, key: &str) -> Option<&str> {
        let mut tags = self.tags.iter();
        let found = tags.find(|(known, _)| known == key);
        found
            .map(|(_, value)| value.trim())
            .filter(|value| !value.is_empty())
    }
}

/// The wanted objects of a map, PBF or XML, already gunzipped: nodes, ways, relations, each by their
/// ids. Of an object listed twice the last counts. O(bytes), and three times so.
///
/// # Errors
/// When the file is cut or damaged, or holds more than the memory does.
pub(crate) fn features(
    bytes: &[u8],
    file: &str,
    memory: Memory,
    wanted: Wanted<'_>,
) -> Result<Vec<Feature>, ReadError> {
    let room = Room::of(bytes.len() as u64, memory, text!(WaysAndReferences));
    let read = Parts::read(bytes, wanted, &room);
    let parts = read.map_err(|fault| fault.in_file(file))?;
    Ok(parts.features())
}

/// The same objects without the ways that are outer outlines of a relation with a shape which is the
/// `same` thing: mapped twice, it is there once. How many ways these were. O(n log n).
pub(crate) fn without_outlines(
    found: Vec<Feature>,
    same: impl Fn(&Feature, &Feature) -> bool,
) -> (Vec<Feature>, usize) {
    let mut around: BTreeMap<i64, Vec<&Feature>> = BTreeMap::new();
    // A relation without a shape shows nothing, so its ways stay.
    for relation in found.iter().filter(|one| one.shape.is_some()) {
        for way in &relation.outer {
            around.entry(*way).or_default().push(relation);
        }
    }
    let is_outline = |one: &Feature| {
        let relations = around
            .get(&one.number)
            .filter(|_| one.kind == ObjectKind::Way);
        relations.is_some_and(|relations| relations.iter().any(|relation| same(one, relation)))
    };
    let doubled: Vec<bool> = found.iter().map(is_outline).collect();
    let count = doubled.iter().filter(|doubled| **doubled).count();
    let kept = found
        .into_iter()
        .zip(doubled)
        .filter(|(_, doubled)| !doubled);
    (kept.map(|(one, _)| one).collect(), count)
}

/// How much is kept of an object, in references of 96 bytes at most.
fn size_of(tags: &[(&str, &str)], what: &What) -> u64 {
    let of_tag = |(key, value): &(&str, &str)| 1 + (key.len() + value.len()) / 64;
    let tags: usize = tags.iter().map(of_tag).sum();
    let parts = match what {
        What::Node(_) => 0,
        What::Way(refs, located) => refs.len() + located.len(),
        What::Relation(members) => members.len(),
    };
    1 + (tags + parts) as u64
}

/// What is kept of a map.
#[derive(Default)]
struct Parts {
    nodes: BTreeMap<i64, (Tags, Option<LonLat>)>,
    ways: BTreeMap<i64, (Tags, Vec<i64>)>,
    relations: BTreeMap<i64, (Tags, Vec<Member>)>,
    /// The nodes of ways that are outlines of relations.
    outlines: BTreeMap<i64, Vec<i64>>,
    /// Where the nodes of all ways here are.
    places: BTreeMap<i64, LonLat>,
    /// Which of them are entrances.
    entrances: BTreeMap<i64, String>,
}

impl Parts {
    fn read(bytes: &[u8], wanted: Wanted<'_>, room: &Room) -> Result<Self, Fault> {
        let mut parts = Self::default();
        let all = Sections {
            nodes: true,
            ways: true,
            relations: true,
            key: wanted.key,
        };
        each_object(bytes, all, &mut |object| parts.take(object, wanted, room))?;
        parts.read_outlines(bytes, room)?;
        parts.read_places(bytes, room)?;
        Ok(parts)
    }

    /// Takes in an object, if it is wanted and there is room for it.
    fn take(&mut self, object: Object<'_>, wanted: Wanted<'_>, room: &Room) -> Result<(), Fault> {
        let Object {
            id,
            tags,
            is_bare,
            what,
        } = object;
        if tags.is_empty() || !(wanted.object)(tags) {
            if !is_bare {
                self.forget(id, &what);
            }
            return Ok(());
        }
        // Before anything is copied: a long word may stand once in a file and in many tags.
        room.keep(size_of(tags, &what))?;
        let tags: Tags = tags
            .iter()
            .map(|&(key, value)| (key.to_owned(), value.to_owned()))
            .collect();
        match what {
            What::Node(at) => {
                self.nodes.insert(id, (tags, at));
            }
            What::Way(refs, located) => {
                self.places.extend(located);
                self.ways.insert(id, (tags, refs));
            }
            What::Relation(mut members) => {
                // A way listed twice is one outline all the same.
                let mut seen = BTreeSet::new();
                members.retain(|member| seen.insert(member.way));
                self.relations.insert(id, (tags, members));
            }
        }
        Ok(())
    }

    /// Of an object that was wanted when it was listed before, and no longer is, nothing stays.
    fn forget(&mut self, id: i64, what: &What) {
        match what {
            What::Node(_) => drop(self.nodes.remove(&id)),
            What::Way(..) => drop(self.ways.remove(&id)),
            What::Relation(_) => drop(self.relations.remove(&id)),
        }
    }

    /// The second pass: the nodes of the ways that are outlines of wanted relations.
    fn read_outlines(&mut self, bytes: &[u8], room: &Room) -> Result<(), Fault> {
        let members = self.relations.values().flat_map(|(_, members)| members);
        let of_relations: BTreeSet<i64> = members.map(|member| member.way).collect();
        if of_relations.is_empty() {
            return Ok(());
        }
        let ways = Sections {
            nodes: false,
            ways: true,
            relations: false,
            // Its tags do not matter: that it is an outline is known.
            key: &|_| false,
        };
        each_object(bytes, ways, &mut |object| {
            let What::Way(refs, located) = object.what else {
                return Ok(());
            };
            if !of_relations.contains(&object.id) {
                return Ok(());
            }
            // Nodes are counted before they are kept.
            room.keep(refs.len() as u64)?;
            self.places.extend(located);
            // A way without nodes is no outline: it is empty or deleted.
            let refs = Some(refs).filter(|refs| !refs.is_empty());
            set(&mut self.outlines, object.id, refs);
            Ok(())
        })
    }

    /// The third pass: where the nodes of all these ways are, and which of them are entrances.
    fn read_places(&mut self, bytes: &[u8], room: &Room) -> Result<(), Fault> {
        let of_ways = self.ways.values().map(|(_, refs)| refs);
        let refs = of_ways.chain(self.outlines.values()).flatten();
        let needed: BTreeSet<i64> = refs.copied().collect();
        if needed.is_empty() {
            return Ok(());
        }
        let nodes = Sections {
            nodes: true,
            ways: false,
            relations: false,
            key: &|key| key == ENTRANCE,
        };
        each_object(bytes, nodes, &mut |object| {
            let What::Node(at) = object.what else {
                return Ok(());
            };
            if !needed.contains(&object.id) {
                return Ok(());
            }
            room.keep(1)?;
            // Of a node that is listed twice, or was deleted later, nothing stays of the first time.
            set(&mut self.places, object.id, at);
            if object.is_bare {
                return Ok(());
            }
            let mut tags = object.tags.iter();
            let entrance = tags.find(|(key, _)| *key == ENTRANCE);
            let entrance = entrance.map(|(_, kind)| (*kind).to_owned());
            set(&mut self.entrances, object.id, entrance);
            Ok(())
        })
    }

    fn features(mut self) -> Vec<Feature> {
        let nodes = std::mem::take(&mut self.nodes).into_iter();
        let ways = std::mem::take(&mut self.ways).into_iter();
        let relations = std::mem::take(&mut self.relations).into_iter();
        let nodes = nodes.map(|(number, (tags, at))| Feature {
            kind: ObjectKind::Node,
            number,
            tags,
            // A node off the globe lies nowhere, as one beyond the file.
            shape: at.map(|[x, y]| Geometry::Point(Point::new(x, y))),
            is_cut: at.is_none(),
            outer: Vec::new(),
            entrances: Vec::new(),
        });
        let ways = ways.map(|(number, (tags, refs))| Feature {
            kind: ObjectKind::Way,
            number,
            tags,
            shape: self.line(&refs).map(closed),
            is_cut: self.is_cut(&refs),
            outer: Vec::new(),
            entrances: self.entrances_of(&refs),
        });
        let relations = relations.map(|(number, (tags, members))| {
            let outer = members.iter().filter(|member| !member.is_inner);
            let mut outer: Vec<i64> = outer.map(|member| member.way).collect();
            let refs = outer.iter().filter_map(|way| self.outlines.get(way));
            let entrances = refs.flat_map(|refs| self.entrances_of(refs)).collect();
            // Entrances come in the order of the members, so these are sorted only now.
            outer.sort_unstable();
            let is_cut = members.iter().any(|member| {
                let refs = self.outlines.get(&member.way);
                refs.is_none_or(|refs| self.is_cut(refs))
            });
            Feature {
                kind: ObjectKind::Relation,
                number,
                tags,
                shape: self.area(&members).map(Geometry::MultiPolygon),
                is_cut,
                outer,
                entrances,
            }
        });
        nodes.chain(ways).chain(relations).collect()
    }

    /// The line through nodes; none where one of them lies beyond the file.
    fn line(&self, refs: &[i64]) -> Option<LineString> {
        let places = refs.iter().map(|id| self.places.get(id).copied());
        let places: Option<Vec<LonLat>> = places.collect();
        let places = places.filter(|places| places.len() > 1)?;
        Some(places.into_iter().map(|[x, y]| (x, y)).collect())
    }

    /// Whether one of these nodes lies beyond the file.
    fn is_cut(&self, refs: &[i64]) -> bool {
        refs.iter().any(|id| !self.places.contains_key(id))
    }

    fn entrances_of(&self, refs: &[i64]) -> Vec<(String, LonLat)> {
        let mut seen = BTreeSet::new();
        let entrance = |id: &i64| {
            let kind = self.entrances.get(id)?;
            let at = self.places.get(id)?;
            seen.insert(*id).then(|| (kind.clone(), *at))
        };
        refs.iter().filter_map(entrance).collect()
    }

    /// The area whose outlines are these ways; none where they do not close.
    fn area(&self, members: &[Member]) -> Option<MultiPolygon> {
        let of_role = |is_inner: bool| {
            let members = members.iter().filter(|member| member.is_inner == is_inner);
            let ways: Option<Vec<&Vec<i64>>> = members
                .map(|member| self.outlines.get(&member.way))
                .collect();
            // Members may be given in any order and direction, and several make one ring.
            let rings = rings(&ways?)?;
            let lines = rings.iter().map(|ring| self.line(ring));
            lines.collect::<Option<Vec<LineString>>>()
        };
        let outer = of_role(false)?;
        let inner = of_role(true)?;
        let mut areas: Vec<Polygon> = outer
            .into_iter()
            .map(|ring| Polygon::new(ring, Vec::new()))
            .collect();
        // A hole outside of all outlines: the relation is broken, and what it encloses is not
        // known.
        for hole in inner {
            add_hole(&mut areas, hole)?;
        }
        (!areas.is_empty()).then_some(MultiPolygon(areas))
    }
}

/// Hands on the objects of a file in its order, deleted ones without tags, place and parts. O(bytes).
///
/// # Errors
/// When the file is cut or damaged, or `take` refuses an object.
fn each_object(bytes: &[u8], sections: Sections<'_>, take: &mut Take<'_>) -> Result<(), Fault> {
    if is_pbf(bytes) {
        pbf_objects::each(bytes, sections, take)
    } else if starts_as_markup(bytes) {
        xml_objects::each(bytes, sections, take)
    } else {
        Err(Fault::new("not-osm", text!(NotOsm), text!(NameOsmFile)))
    }
}

const ENTRANCE: &str = "entrance";

/// Puts a value in the place of what stood there, if there is one.
fn set<V>(map: &mut BTreeMap<i64, V>, id: i64, value: Option<V>) {
    match value {
        Some(value) => drop(map.insert(id, value)),
        None => drop(map.remove(&id)),
    }
}

/// Gives a hole to the area that it lies in; none where there is no such area.
fn add_hole(areas: &mut [Polygon], hole: LineString) -> Option<()> {
    // A hole may touch the outline, so the first vertex that does not tells where it lies.
    let holds = |area: &&mut Polygon| {
        let mut vertices = hole.coords().map(|at| area.coordinate_position(at));
        let told = vertices.find(|at| *at != CoordPos::OnBoundary);
        told.unwrap_or(CoordPos::Inside) == CoordPos::Inside
    };
    areas.iter_mut().find(holds)?.interiors_push(hole);
    Some(())
}

/// A line that ends where it begins as the area within.
fn closed(line: LineString) -> Geometry<f64> {
    if line.is_closed() && line.0.len() > 3 {
        Geometry::Polygon(Polygon::new(line, Vec::new()))
    } else {
        Geometry::LineString(line)
    }
}

#[cfg(test)]
#[path = "features_tests.rs"]
mod tests;
