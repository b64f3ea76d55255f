//! Walk rule W2 ([`crate::model::WALK_RULE`]): which tagged ways may be walked.

/// Kinds of `highway` that nobody walks on, or that are no way at all.
const NOT_WALKED: [&str; 21] = [
    "motorway",
    "motorway_link",
    "construction",
    "proposed",
    "planned",
    "abandoned",
    "razed",
    "demolished",
    "disused",
    "platform",
    "raceway",
    "bus_guideway",
    "busway",
    "escape",
    "rest_area",
    "services",
    "elevator",
    "no",
    "bus_stop",
    "emergency_bay",
    "traffic_island",
];

/// Whether a way with these tags may be walked. A way without `highway` may not, in OSM.
pub(crate) fn osm_way<'a>(tag: impl Fn(&str) -> Option<&'a str>) -> bool {
    tag("highway").is_some_and(|highway| !NOT_WALKED.contains(&highway)) && allowed(tag)
}

/// Whether a line of a plain file may be walked: without `highway`, unless `foot` forbids it.
pub(crate) fn plain_line<'a>(tag: impl Fn(&str) -> Option<&'a str>) -> bool {
    if tag("highway").is_some() {
        return osm_way(tag);
    }
    !tag("foot").is_some_and(forbids)
}

fn forbids(foot: &str) -> bool {
    matches!(foot, "no" | "private" | "use_sidepath")
}

fn allowed<'a>(tag: impl Fn(&str) -> Option<&'a str>) -> bool {
    match tag("foot") {
        Some(foot) if forbids(foot) => false,
        Some("yes" | "designated" | "permissive" | "official") => true,
        _ => !matches!(tag("access"), Some("no" | "private")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn osm(tags: &[(&'static str, &'static str)]) -> bool {
        osm_way(|key| tags.iter().find(|(k, _)| *k == key).map(|(_, v)| *v))
    }

    fn plain(tags: &[(&'static str, &'static str)]) -> bool {
        plain_line(|key| tags.iter().find(|(k, _)| *k == key).map(|(_, v)| *v))
    }

    #[test]
    fn c7_private_ways_are_not_walked_unless_foot_allows_it() {
        assert!(osm(&[("highway", "residential")]));
        assert!(!osm(&[("highway", "residential"), ("access", "private")]));
        assert!(osm(&[
            ("highway", "residential"),
            ("access", "private"),
            ("foot", "permissive")
        ]));
        assert!(!osm(&[("highway", "trunk"), ("foot", "use_sidepath")]));
        assert!(osm(&[("highway", "service"), ("service", "parking_aisle")]));
        assert!(!osm(&[("highway", "motorway"), ("foot", "yes")]));
    }

    #[test]
    fn c28_a_ferry_is_no_street() {
        assert!(!osm(&[("route", "ferry")]));
    }

    #[test]
    fn a_plain_line_is_walkable_unless_foot_forbids_it() {
        assert!(plain(&[]));
        assert!(!plain(&[("foot", "no")]));
        assert!(!plain(&[("highway", "motorway")]));
    }
}
