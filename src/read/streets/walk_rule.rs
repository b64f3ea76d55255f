//! Walk rule W3 ([`crate::model::WalkRule::W3`]): who may walk a line, by its attributes.
//!
//! It fails closed: a class of street or a permission that no list knows opens nothing, and is told
//! ([`super::not_understood`]). Attributes come in OSM's words ([`super::attributes`]).

use super::attributes::{Attribute, value_of};
use super::not_understood::Oddity;
use super::permission::{Permission, by_access, by_foot, permission};
use super::street_class::{StreetClass, street_class};
use super::ways::Access;
use crate::model::WalkRule;

/// How a file of streets is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct HowWalked {
    pub rule: WalkRule,
    /// Whether crossings that are points cost time: else nobody asks for them.
    pub crossings: bool,
    /// Whether squares are walked straight across, and not along their outlines only.
    pub across: bool,
}

/// What a line is to somebody on foot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Walked {
    /// It is a way, for those who have access.
    By(Access),
    /// It is one where it shares a vertex with another way: a platform.
    WhereItJoins(Access),
    /// It is no street at all, but may be a part of an area that is one.
    NoStreet,
}

/// What is told of a line's attributes: the sort, and `key=value`.
pub(crate) type Tell<'a> = dyn FnMut(Oddity, String) + 'a;

/// What a way of OSM with these attributes is. One that has no class is no street. O(attributes).
pub(crate) fn osm_way(attributes: &[Attribute<'_>], tell: &mut Tell<'_>) -> Walked {
    let class = class_of(attributes);
    match class {
        None => Walked::NoStreet,
        Some(StreetClass::Walked) => Walked::By(access_of(attributes, tell)),
        Some(StreetClass::Platform) => Walked::WhereItJoins(access_of(attributes, tell)),
        Some(StreetClass::Closed) => Walked::By(Access::Closed),
        Some(StreetClass::Unknown) => {
            let class = value_of(attributes, "highway").unwrap_or_default();
            tell(Oddity::Class, format!("highway={class}"));
            Walked::By(Access::Closed)
        }
    }
}

/// What a line of a plain file is: without a class it is walked, unless it says what else it is.
pub(crate) fn plain_line(attributes: &[Attribute<'_>], tell: &mut Tell<'_>) -> Walked {
    if class_of(attributes).is_some() {
        return osm_way(attributes, tell);
    }
    if let Some(other) = OTHER_LINES.iter().find(|key| is_other(attributes, key)) {
        let value = value_of(attributes, other).unwrap_or_default();
        tell(Oddity::OtherLine, format!("{other}={value}"));
        return Walked::By(Access::Closed);
    }
    Walked::By(access_of(attributes, tell))
}

/// Keys of lines that are no streets: railways and rivers stand in mixed exports.
const OTHER_LINES: [&str; 9] = [
    "railway",
    "waterway",
    "power",
    "aeroway",
    "aerialway",
    "barrier",
    "natural",
    "building",
    "route",
];

fn is_other(attributes: &[Attribute<'_>], key: &str) -> bool {
    match value_of(attributes, key) {
        None | Some("no") => false,
        // A line of a bus or a hike is drawn along streets; one of a ferry or a train is not.
        Some(value) if key == "route" => {
            matches!(
                value,
                "ferry" | "train" | "railway" | "subway" | "tram" | "light_rail"
            )
        }
        Some(_) => true,
    }
}

/// The class of a line; none where it has none.
fn class_of(attributes: &[Attribute<'_>]) -> Option<StreetClass> {
    if let Some(highway) = value_of(attributes, "highway") {
        return Some(street_class(highway));
    }
    let is_platform = ["railway", "public_transport"]
        .iter()
        .any(|key| value_of(attributes, key) == Some("platform"));
    is_platform.then_some(StreetClass::Platform)
}

/// Whether an area with these attributes is walked: then its outlines are. A park is not.
pub(crate) fn is_area(attributes: &[Attribute<'_>]) -> bool {
    let is = |key: &str, wanted: &[&str]| {
        value_of(attributes, key).is_some_and(|value| wanted.contains(&value))
    };
    is("area", &["yes"])
        || is("highway", &["pedestrian", "platform", "corridor"])
        || is("railway", &["platform"])
        || is("public_transport", &["platform"])
        || is("place", &["square"])
        || value_of(attributes, "area:highway").is_some()
}

/// Tags that say of a whole way that it is not there.
const GONE: [&str; 7] = [
    "abandoned",
    "disused",
    "demolished",
    "razed",
    "removed",
    "proposed",
    "construction",
];

/// Who may walk a way of a class that is walked.
fn access_of(attributes: &[Attribute<'_>], tell: &mut Tell<'_>) -> Access {
    for key in ["access:conditional", "foot:conditional"] {
        if value_of(attributes, key).is_some() {
            tell(Oddity::Conditional, key.to_owned());
        }
    }
    if GONE
        .iter()
        .any(|key| value_of(attributes, key) == Some("yes"))
    {
        return Access::Closed;
    }
    // What is said of walkers outweighs what is said of all, and that what the road implies.
    if let Some(foot) = told_permission(attributes, "foot", tell) {
        return by_foot(foot);
    }
    if value_of(attributes, "motorroad") == Some("yes") {
        return Access::Closed;
    }
    told_permission(attributes, "access", tell).map_or(Access::Public, by_access)
}

/// What a key says of who may go there; tells a value that no list knows.
pub(crate) fn told_permission(
    attributes: &[Attribute<'_>],
    key: &str,
    tell: &mut Tell<'_>,
) -> Option<Permission> {
    let value = value_of(attributes, key)?;
    let permission = permission(value);
    if permission == Permission::Unknown {
        tell(Oddity::Permission, format!("{key}={value}"));
    }
    Some(permission)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::streets::attributes::plain_value;

    fn judged(tags: &str, judge: fn(&[Attribute<'_>], &mut Tell<'_>) -> Walked) -> (Walked, usize) {
        let pairs = tags
            .split_whitespace()
            .filter_map(|tag| tag.split_once('='));
        let attributes: Vec<Attribute<'_>> = pairs
            .filter_map(|(key, value)| Some((key.into(), plain_value(key, value)?)))
            .collect();
        let mut told = 0;
        (judge(&attributes, &mut |_, _| told += 1), told)
    }

    const PUBLIC: Walked = Walked::By(Access::Public);
    const RESIDENTS: Walked = Walked::By(Access::Residents);
    const CLOSED: Walked = Walked::By(Access::Closed);

    #[test]
    fn what_no_list_knows_is_closed_and_told() {
        for (tags, walked) in [
            ("highway=xyz", (CLOSED, 1)),
            ("highway=footway;xyz", (CLOSED, 1)),
            ("highway=footway access=xyz", (CLOSED, 1)),
            ("highway=footway foot=xyz", (CLOSED, 1)),
            ("highway=footway foot=yes access=xyz", (PUBLIC, 0)),
            ("highway=footway foot:conditional=no@(Su)", (PUBLIC, 1)),
            ("highway=motorway access=xyz", (CLOSED, 0)),
        ] {
            assert_eq!(judged(tags, osm_way), walked, "{tags}");
        }
    }

    #[test]
    fn c28_a_ferry_is_no_street() {
        assert_eq!(judged("route=ferry", osm_way), (Walked::NoStreet, 0));
        assert_eq!(judged("route=ferry", plain_line), (CLOSED, 1));
        assert_eq!(judged("route=bus", plain_line), (PUBLIC, 0));
    }

    #[test]
    fn a_line_without_a_class_is_walked_unless_it_says_what_else_it_is() {
        for (tags, walked) in [
            ("name=a", PUBLIC),
            ("foot=no", CLOSED),
            ("access=private", RESIDENTS),
            ("railway=rail", CLOSED),
            ("railway=platform", Walked::WhereItJoins(Access::Public)),
            ("barrier=wall", CLOSED),
            ("barrier=no", PUBLIC),
        ] {
            assert_eq!(judged(tags, plain_line).0, walked, "{tags}");
        }
    }
}
