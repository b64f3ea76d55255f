//! What a way, an area or a node of OSM is to somebody on foot, by either walk rule.

use std::borrow::Cow;

use crate::model::WalkRule;
use crate::read::streets::attributes::{Attribute, plain_value, value_of};
use crate::read::streets::node_rule::{self, Knot};
use crate::read::streets::not_understood::NotUnderstood;
use crate::read::streets::street_values::Values;
use crate::read::streets::tags::{self, Told};
use crate::read::streets::walk_rule::{self, HowWalked, Walked};
use crate::read::streets::walkable;
use crate::read::streets::ways::Access;

/// How a map is read.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Asked<'a> {
    pub how: HowWalked,
    /// What the study says that values mean.
    pub values: Option<&'a Values>,
}

/// What a way is to somebody on foot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A street of those who have access.
    Walked(Access),
    /// One where it shares a node with another: a platform, the rim of a fountain on a square.
    Joining(Access),
    /// A street that nobody may walk.
    Closed,
    /// No street, unless an area that is one has it for an outline.
    NoStreet,
    Deleted,
}

impl Kind {
    /// Who may walk it.
    pub(super) const fn access(self) -> Access {
        match self {
            Self::Walked(access) | Self::Joining(access) => access,
            Self::Closed | Self::NoStreet | Self::Deleted => Access::Closed,
        }
    }
}

/// A way that has been looked at.
#[derive(Debug)]
pub(super) struct Judged<'a> {
    pub kind: Kind,
    pub(super) attributes: Vec<Attribute<'a>>,
}

impl Judged<'_> {
    /// What its attributes say about walking along it.
    pub(super) fn told(&self) -> Told<'_> {
        let attributes = self.attributes.iter();
        tags::told(attributes.map(|(key, value)| (key.as_ref(), value.as_ref())))
    }

    /// Whether a closed way is an area, and no ring street.
    pub(super) fn is_area(&self) -> bool {
        value_of(&self.attributes, "area") == Some("yes")
    }

    /// A way that was deleted.
    pub(super) const fn deleted() -> Self {
        Self {
            kind: Kind::Deleted,
            attributes: Vec::new(),
        }
    }
}

/// Looks at the tags of a way; what is not understood of them is put down under `place`.
pub(super) fn way<'a>(
    tags: &[(&'a str, &'a str)],
    asked: Asked<'_>,
    odd: &mut NotUnderstood,
    place: impl Fn() -> String,
) -> Judged<'a> {
    match asked.how.rule {
        WalkRule::W2 => by_w2(tags, asked),
        // Most ways are buildings: they are told by their keys alone.
        WalkRule::W3 if !tags.iter().any(|(key, _)| names_a_street(key)) => Judged {
            kind: Kind::NoStreet,
            attributes: Vec::new(),
        },
        WalkRule::W3 => by_w3(attributes(tags, asked), odd, place),
    }
}

fn by_w2<'a>(tags: &[(&'a str, &'a str)], asked: Asked<'_>) -> Judged<'a> {
    let mut attributes: Vec<Attribute<'a>> = Vec::with_capacity(tags.len());
    for &(key, value) in tags {
        match asked.explained(key, value) {
            Some(explained) => attributes.extend(explained),
            None => attributes.push((key.into(), value.into())),
        }
    }
    // Of a key that comes twice the first value counts here.
    if walkable::osm_way(|key| value_of(&attributes, key)) {
        let kind = Kind::Walked(Access::Public);
        return Judged { kind, attributes };
    }
    Judged {
        kind: Kind::Closed,
        attributes: Vec::new(),
    }
}

fn by_w3<'a>(
    attributes: Vec<Attribute<'a>>,
    odd: &mut NotUnderstood,
    place: impl Fn() -> String,
) -> Judged<'a> {
    let tell = &mut |oddity, what| odd.see(oddity, what, &place);
    let kind = match walk_rule::osm_way(&attributes, tell) {
        Walked::By(Access::Closed) | Walked::WhereItJoins(Access::Closed) => Kind::Closed,
        Walked::By(access) => Kind::Walked(access),
        Walked::WhereItJoins(access) => Kind::Joining(access),
        Walked::NoStreet => Kind::NoStreet,
    };
    Judged { kind, attributes }
}

pub(super) fn names_a_street(key: &str) -> bool {
    matches!(key, "highway" | "railway" | "public_transport") || key.eq_ignore_ascii_case("highway")
}

impl Asked<'_> {
    /// What the study says that a tag stands for; none where it says nothing.
    fn explained(&self, key: &str, value: &str) -> Option<Vec<Attribute<'static>>> {
        self.values?.explained(key, value)
    }
}

/// Tags in plain words.
fn attributes<'a>(tags: &[(&'a str, &'a str)], asked: Asked<'_>) -> Vec<Attribute<'a>> {
    let mut attributes: Vec<Attribute<'a>> = Vec::with_capacity(tags.len());
    for &(key, value) in tags {
        let key = lower_case(key);
        if let Some(explained) = asked.explained(&key, value) {
            attributes.extend(explained);
        } else if let Some(value) = plain_value(&key, value) {
            attributes.push((key, value));
        }
    }
    attributes
}

fn lower_case(key: &str) -> Cow<'_, str> {
    if key.bytes().any(|byte| byte.is_ascii_uppercase()) {
        key.to_ascii_lowercase().into()
    } else {
        key.into()
    }
}

/// Looks at the tags of a relation; none where it is no area that is walked.
pub(super) fn area<'a>(
    tags: &[(&'a str, &'a str)],
    asked: Asked<'_>,
    odd: &mut NotUnderstood,
    place: impl Fn() -> String,
) -> Option<Judged<'a>> {
    let value = |key: &str| {
        tags.iter()
            .find(|(name, _)| *name == key)
            .map(|(_, value)| *value)
    };
    // Of relations areas alone are walked: routes are lines of ways that are there anyhow.
    if value("type") != Some("multipolygon") {
        return None;
    }
    let mut attributes = attributes(tags, asked);
    let is_street = tags.iter().any(|(key, _)| names_a_street(key));
    // A square without a class of street is walked as `highway=pedestrian`.
    let is_square = value("place") == Some("square") || value("area:highway").is_some();
    if !is_street && is_square {
        let class = value("area:highway").unwrap_or("pedestrian");
        attributes.push(("highway".into(), plain_value("highway", class)?));
    } else if !is_street {
        return None;
    }
    let judged = by_w3(attributes, odd, place);
    match judged.kind {
        Kind::Walked(_) | Kind::Joining(_) => Some(judged),
        Kind::Closed | Kind::NoStreet | Kind::Deleted => None,
    }
}

/// What a node does to those who go through it.
pub(super) fn node(
    tags: &[(&str, &str)],
    asked: Asked<'_>,
    odd: &mut NotUnderstood,
    place: impl Fn() -> String,
) -> Knot {
    // Most nodes have no tag, and most others none that counts.
    if !tags.iter().any(|(key, _)| node_rule::counts(key)) {
        return Knot::default();
    }
    let tell = &mut |oddity, what| odd.see(oddity, what, &place);
    node_rule::knot(&attributes(tags, asked), asked.how, tell)
}
