//! GeoJSON's objects as they stand in a file, one feature at a time. Nothing here fails on a
//! wrong type: what is wrong is kept, so that one bad feature does not end the reading of a file.

use std::fmt;

use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor,
};

use super::json_coordinates::Coordinates;
use super::json_node::Node;
use super::json_page;

/// What a visitor answers to null and to anything that is neither a list nor an object.
macro_rules! scalars {
    ($null:expr, $other:expr) => {
        fn visit_unit<E>(self) -> Result<Self::Value, E> {
            Ok($null)
        }

        fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> {
            Ok($other)
        }

        fn visit_u64<E>(self, _: u64) -> Result<Self::Value, E> {
            Ok($other)
        }

        fn visit_i64<E>(self, _: i64) -> Result<Self::Value, E> {
            Ok($other)
        }

        fn visit_f64<E>(self, _: f64) -> Result<Self::Value, E> {
            Ok($other)
        }

        fn visit_str<E>(self, _: &str) -> Result<Self::Value, E> {
            Ok($other)
        }
    };
}

/// A GeoJSON object of any kind: the members that have a meaning in one of them.
#[derive(Debug, Default)]
pub(crate) struct Object {
    pub kind: Option<Node>,
    pub id: Node,
    pub properties: Node,
    pub crs: Node,
    pub bbox: Node,
    pub geometry: Part,
    pub coordinates: Option<Coordinates>,
    pub geometries: Option<Vec<Part>>,
    /// Whether there was a list named `features`.
    pub features: bool,
    /// The members that tell whether it is only a page of what a service has.
    pub page: Vec<(String, Node)>,
    /// The first of these members that stands in the object twice: one of the two would be lost.
    pub twice: Option<&'static str>,
    /// Which members were seen, by their places in [`MEMBERS`].
    seen: [bool; MEMBERS.len()],
}

const MEMBERS: [&str; 9] = [
    "type",
    "id",
    "properties",
    "crs",
    "bbox",
    "geometry",
    "coordinates",
    "geometries",
    "features",
];

impl Part {
    /// A geometry of this type, as GeoJSON would write it.
    pub(crate) fn geometry(kind: &str, coordinates: Coordinates) -> Self {
        Self::Object(Box::new(Object {
            kind: Some(Node::Text(kind.to_owned())),
            coordinates: Some(coordinates),
            ..Object::default()
        }))
    }

    /// Several of them.
    pub(crate) fn geometries(members: Vec<Self>) -> Self {
        Self::Object(Box::new(Object {
            kind: Some(Node::Text("GeometryCollection".to_owned())),
            geometries: Some(members),
            ..Object::default()
        }))
    }
}

impl Object {
    /// Notes that a member begins, and whether it has been there before.
    fn begin(&mut self, key: &str) {
        let Some(place) = MEMBERS.iter().position(|member| *member == key) else {
            return;
        };
        if std::mem::replace(&mut self.seen[place], true) && self.twice.is_none() {
            self.twice = Some(MEMBERS[place]);
        }
    }
}

/// A place where an object should stand.
#[derive(Debug, Default)]
pub(crate) enum Part {
    #[default]
    Null,
    Object(Box<Object>),
    /// Neither an object nor null.
    Other,
}

impl<'de> Deserialize<'de> for Part {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        PartSeed(None).deserialize(deserializer)
    }
}

/// Takes the features of a collection as they come.
pub(crate) type Sink<'a> = &'a mut dyn FnMut(Part);

/// Reads an object; hands each element of its `features` on, where somebody asks for them.
pub(crate) struct PartSeed<'a>(pub Option<Sink<'a>>);

impl<'de> DeserializeSeed<'de> for PartSeed<'_> {
    type Value = Part;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Part, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for PartSeed<'_> {
    type Value = Part;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("GeoJSON")
    }

    scalars!(Part::Null, Part::Other);

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Part, A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Part::Other)
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<Part, A::Error> {
        let mut object = Object::default();
        while let Some(key) = map.next_key::<String>()? {
            object.begin(&key);
            match key.as_str() {
                "type" => object.kind = Some(map.next_value()?),
                "id" => object.id = map.next_value()?,
                "properties" => object.properties = map.next_value()?,
                "crs" => object.crs = map.next_value()?,
                "bbox" => object.bbox = map.next_value()?,
                "geometry" => object.geometry = map.next_value()?,
                "coordinates" => object.coordinates = Some(map.next_value()?),
                "geometries" => object.geometries = map.next_value_seed(Features(None))?.1,
                // Handed on one by one and not kept: a file may hold more than the memory.
                "features" => match self.0.take() {
                    Some(sink) => object.features = map.next_value_seed(Features(Some(sink)))?.0,
                    None => drop(map.next_value::<IgnoredAny>()?),
                },
                name if json_page::is_member(name) => object.page.push((key, map.next_value()?)),
                _ => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        Ok(Part::Object(Box::new(object)))
    }
}

/// Reads a list of objects: hands them on, or keeps them. Says whether it was a list.
struct Features<'a>(Option<Sink<'a>>);

impl<'de> DeserializeSeed<'de> for Features<'_> {
    type Value = (bool, Option<Vec<Part>>);

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Features<'_> {
    type Value = (bool, Option<Vec<Part>>);

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    scalars!((false, None), (false, None));

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok((false, None))
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut seq: A) -> Result<Self::Value, A::Error> {
        let mut kept = Vec::new();
        while let Some(part) = seq.next_element::<Part>()? {
            match &mut self.0 {
                Some(sink) => sink(part),
                None => kept.push(part),
            }
        }
        Ok((true, Some(kept)))
    }
}
