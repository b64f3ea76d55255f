//! JSON values whose objects keep the order of the file.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

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
            Self::Object(members) => members
                .iter()
                .rev()
                .find(|(key, _)| key == name)
                .map(|(_, node)| node),
            _ => None,
        }
    }

    pub(crate) fn as_text(&self) -> Option<&str> {
        if let Self::Text(text) = self {
            Some(text)
        } else {
            None
        }
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
        Ok(if number <= EXACT {
            Node::Number(number as f64)
        } else {
            Node::Text(number.to_string())
        })
    }

    #[expect(clippy::cast_precision_loss, reason = "exact below 2^53")]
    fn visit_i64<E>(self, number: i64) -> Result<Node, E> {
        Ok(if number.unsigned_abs() <= EXACT {
            Node::Number(number as f64)
        } else {
            Node::Text(number.to_string())
        })
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_node_keeps_order_and_large_integers() {
        let text = r#"{"b":[1,2.5,null,true],"a":"x\"y","n":9007199254740993}"#;
        let node: Node = serde_json::from_str(text).expect("JSON");
        assert_eq!(
            node.to_string(),
            text.replace("9007199254740993", "\"9007199254740993\"")
        );
    }
}
