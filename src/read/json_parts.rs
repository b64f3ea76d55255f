//! JSON as GeoJSON needs it: one feature at a time, its properties in the order of the file, its
//! positions without a heap of their own. Nothing here fails on a wrong type: what is wrong is
//! kept, so that one bad feature does not end the reading of a file.

use std::fmt;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

/// Any JSON value, its objects in the order of the file.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) enum Node {
    #[default]
    Null,
    Bool(bool),
    Number(f64),
    /// A text, or an integer that a float cannot hold exactly.
    Text(String),
    List(Vec<Node>),
    Object(Vec<(String, Node)>),
}

impl Node {
    /// A member of an object; of members with the same name the last one.
    pub(crate) fn get(&self, name: &str) -> Option<&Self> {
        match self {
            Self::Object(members) => members.iter().rev().find(|(key, _)| key == name).map(|(_, node)| node),
            _ => None,
        }
    }

    pub(crate) fn as_text(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }
}

impl fmt::Display for Node {
    /// As JSON text.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("null"),
            Self::Bool(flag) => write!(f, "{flag}"),
            Self::Number(number) => write!(f, "{}", number + 0.0),
            Self::Text(text) => quoted(text, f),
            Self::List(list) => separated(f, '[', list, ']', |node, f| write!(f, "{node}")),
            Self::Object(members) => separated(f, '{', members, '}', |(key, node), f| {
                quoted(key, f)?;
                write!(f, ":{node}")
            }),
        }
    }
}

fn quoted(text: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    f.write_str(&serde_json::to_string(text).map_err(|_| fmt::Error)?)
}

fn separated<T>(
    f: &mut fmt::Formatter<'_>,
    open: char,
    items: &[T],
    close: char,
    show: impl Fn(&T, &mut fmt::Formatter<'_>) -> fmt::Result,
) -> fmt::Result {
    write!(f, "{open}")?;
    for (n, item) in items.iter().enumerate() {
        f.write_str(if n > 0 { "," } else { "" })?;
        show(item, f)?;
    }
    write!(f, "{close}")
}

/// The integers that a float holds exactly lie below this.
const EXACT: u64 = 1 << 53;

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NodeVisitor)
    }
}

struct NodeVisitor;

impl<'de> Visitor<'de> for NodeVisitor {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Node, E> {
        Ok(Node::Null)
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Node, E> {
        Ok(Node::Bool(flag))
    }

    #[expect(clippy::cast_precision_loss, reason = "exact below 2^53")]
    fn visit_u64<E>(self, number: u64) -> Result<Node, E> {
        Ok(if number <= EXACT { Node::Number(number as f64) } else { Node::Text(number.to_string()) })
    }

    #[expect(clippy::cast_precision_loss, reason = "exact below 2^53")]
    fn visit_i64<E>(self, number: i64) -> Result<Node, E> {
        Ok(if number.unsigned_abs() <= EXACT { Node::Number(number as f64) } else { Node::Text(number.to_string()) })
    }

    fn visit_f64<E>(self, number: f64) -> Result<Node, E> {
        Ok(Node::Number(number))
    }

    fn visit_str<E>(self, text: &str) -> Result<Node, E> {
        Ok(Node::Text(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Node, A::Error> {
        let mut list = Vec::new();
        while let Some(node) = seq.next_element()? {
            list.push(node);
        }
        Ok(Node::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Node, A::Error> {
        let mut members = Vec::new();
        while let Some(member) = map.next_entry()? {
            members.push(member);
        }
        Ok(Node::Object(members))
    }
}

/// A `coordinates` member: positions in lists in lists.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Coordinates {
    /// A list whose first two values are finite numbers.
    Position([f64; 2]),
    /// A list of lists, or an empty one.
    List(Vec<Coordinates>),
    /// A list that begins with a number and is no position.
    Short,
    /// No list.
    Other,
}

impl<'de> Deserialize<'de> for Coordinates {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(CoordinatesVisitor).map(|one| match one {
            One::Number(_) => Self::Other,
            One::Coordinates(coordinates) => coordinates,
        })
    }
}

/// What may stand in a list of coordinates.
enum One {
    Number(f64),
    Coordinates(Coordinates),
}

impl<'de> Deserialize<'de> for One {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(CoordinatesVisitor)
    }
}

struct CoordinatesVisitor;

impl<'de> Visitor<'de> for CoordinatesVisitor {
    type Value = One;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("coordinates")
    }

    fn visit_unit<E>(self) -> Result<One, E> {
        Ok(One::Coordinates(Coordinates::Other))
    }

    fn visit_bool<E>(self, _: bool) -> Result<One, E> {
        Ok(One::Coordinates(Coordinates::Other))
    }

    fn visit_str<E>(self, _: &str) -> Result<One, E> {
        Ok(One::Coordinates(Coordinates::Other))
    }

    #[expect(clippy::cast_precision_loss, reason = "no coordinate is that large")]
    fn visit_u64<E>(self, number: u64) -> Result<One, E> {
        Ok(One::Number(number as f64))
    }

    #[expect(clippy::cast_precision_loss, reason = "no coordinate is that large")]
    fn visit_i64<E>(self, number: i64) -> Result<One, E> {
        Ok(One::Number(number as f64))
    }

    fn visit_f64<E>(self, number: f64) -> Result<One, E> {
        Ok(One::Number(number))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<One, A::Error> {
        let mut list = Vec::new();
        let mut next: Option<One> = seq.next_element()?;
        if let Some(One::Number(x)) = next {
            let position = match seq.next_element()? {
                Some(One::Number(y)) if x.is_finite() && y.is_finite() => Coordinates::Position([x, y]),
                _ => Coordinates::Short,
            };
            while seq.next_element::<IgnoredAny>()?.is_some() {}
            return Ok(One::Coordinates(position));
        }
        while let Some(one) = next {
            list.push(match one {
                One::Number(_) => Coordinates::Other,
                One::Coordinates(inner) => inner,
            });
            next = seq.next_element()?;
        }
        Ok(One::Coordinates(Coordinates::List(list)))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<One, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(One::Coordinates(Coordinates::Other))
    }
}

/// A GeoJSON object of any kind: the members that have a meaning in one of them.
#[derive(Debug, Default)]
pub(crate) struct Object {
    pub kind: Option<Node>,
    pub id: Node,
    pub properties: Node,
    pub crs: Node,
    pub geometry: Part,
    pub coordinates: Option<Coordinates>,
    pub geometries: Option<Vec<Part>>,
    /// Whether there was a list named `features`.
    pub features: bool,
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

    fn visit_unit<E>(self) -> Result<Part, E> {
        Ok(Part::Null)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Part, E> {
        Ok(Part::Other)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Part, E> {
        Ok(Part::Other)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Part, E> {
        Ok(Part::Other)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Part, E> {
        Ok(Part::Other)
    }

    fn visit_str<E>(self, _: &str) -> Result<Part, E> {
        Ok(Part::Other)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Part, A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Part::Other)
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<Part, A::Error> {
        let mut object = Object::default();
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "type" => object.kind = Some(map.next_value()?),
                "id" => object.id = map.next_value()?,
                "properties" => object.properties = map.next_value()?,
                "crs" => object.crs = map.next_value()?,
                "geometry" => object.geometry = map.next_value()?,
                "coordinates" => object.coordinates = Some(map.next_value()?),
                "geometries" => object.geometries = map.next_value_seed(Features(None))?.1,
                "features" => match self.0.take() {
                    Some(sink) => object.features = map.next_value_seed(Features(Some(sink)))?.0,
                    None => drop(map.next_value::<IgnoredAny>()?),
                },
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

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok((false, None))
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> {
        Ok((false, None))
    }

    fn visit_u64<E>(self, _: u64) -> Result<Self::Value, E> {
        Ok((false, None))
    }

    fn visit_i64<E>(self, _: i64) -> Result<Self::Value, E> {
        Ok((false, None))
    }

    fn visit_f64<E>(self, _: f64) -> Result<Self::Value, E> {
        Ok((false, None))
    }

    fn visit_str<E>(self, _: &str) -> Result<Self::Value, E> {
        Ok((false, None))
    }

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

#[cfg(test)]
mod tests {
    use super::*;

    fn coordinates(text: &str) -> Coordinates {
        serde_json::from_str(text).expect("JSON")
    }

    #[test]
    fn positions_need_two_numbers_and_ignore_the_rest() {
        assert_eq!(coordinates("[1, 2, 3, null, {}]"), Coordinates::Position([1.0, 2.0]));
        assert_eq!(coordinates("[1]"), Coordinates::Short);
        assert_eq!(coordinates("[1, \"2\"]"), Coordinates::Short);
        assert_eq!(coordinates("[1, [2, 3]]"), Coordinates::Short);
        assert_eq!(coordinates("[]"), Coordinates::List(vec![]));
        assert_eq!(coordinates("\"1,2\""), Coordinates::Other);
        assert_eq!(coordinates("7"), Coordinates::Other);
        let mixed = Coordinates::List(vec![Coordinates::Position([1.0, 2.0]), Coordinates::Other]);
        assert_eq!(coordinates("[[1, 2], 3]"), mixed);
    }

    #[test]
    fn a_node_keeps_order_and_large_integers() {
        let text = r#"{"b":[1,2.5,null,true],"a":"x\"y","n":9007199254740993}"#;
        let node: Node = serde_json::from_str(text).expect("JSON");
        assert_eq!(node.to_string(), text.replace("9007199254740993", "\"9007199254740993\""));
    }

    #[test]
    fn a_vertex_takes_no_heap_of_its_own() {
        assert!(std::mem::size_of::<Coordinates>() <= 24);
    }
}
