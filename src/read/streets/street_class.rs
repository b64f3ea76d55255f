//! The values of `highway` that are known, and what each is to somebody on foot, under rule W3.
//!
//! The lists are those of the OSM wiki (`Key:highway`, `Lifecycle prefix`) and of Geofabrik's
//! `fclass`. What stands in none of them is unknown: it opens no street, and is told.

/// What a class of street is to somebody on foot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum StreetClass {
    /// It is walked.
    Walked,
    /// A platform: walked where it joins another street.
    Platform,
    /// Nobody walks it, or it is no street.
    Closed,
    /// No list has it.
    Unknown,
}

const WALKED: [&str; 24] = [
    "residential",
    "service",
    "footway",
    "path",
    "unclassified",
    "tertiary",
    "tertiary_link",
    "secondary",
    "secondary_link",
    "primary",
    "primary_link",
    "trunk",
    "trunk_link",
    "living_street",
    "pedestrian",
    "track",
    "cycleway",
    "bridleway",
    "steps",
    "road",
    "corridor",
    "elevator",
    // A strip along a road that is walked, and a crossing drawn as a way of its own.
    "sidewalk",
    "crossing",
];

const CLOSED: [&str; 51] = [
    "motorway",
    "motorway_link",
    "raceway",
    "bus_guideway",
    "busway",
    "escape",
    "rest_area",
    "services",
    "via_ferrata",
    // Not yet there, or no longer.
    "construction",
    "proposed",
    "planned",
    "abandoned",
    "disused",
    "razed",
    "demolished",
    "dismantled",
    "removed",
    "destroyed",
    "obliterated",
    "ruined",
    "historic",
    "historical",
    "never_built",
    "no",
    // Things beside a street or on it, which stand on ways by mistake.
    "bus_stop",
    "bus_bay",
    "emergency_bay",
    "emergency_access_point",
    "traffic_island",
    "traffic_signals",
    "traffic_mirror",
    "traffic_calming",
    "street_lamp",
    "speed_camera",
    "speed_display",
    "toll_gantry",
    "toll_bridge",
    "give_way",
    "stop",
    "milestone",
    "noexit",
    "mini_roundabout",
    "motorway_junction",
    "passing_place",
    "turning_circle",
    "turning_loop",
    "hitchhiking",
    "trailhead",
    "cyclist_waiting_aid",
    "phone",
];

/// What one value of `highway` is.
pub(crate) fn street_class(highway: &str) -> StreetClass {
    if WALKED.contains(&highway) {
        StreetClass::Walked
    } else if highway == "platform" {
        StreetClass::Platform
    } else if CLOSED.contains(&highway) {
        StreetClass::Closed
    } else {
        StreetClass::Unknown
    }
}

/// Of several classes on one line the strictest counts: the higher, the stricter.
pub(crate) fn strictness(highway: &str) -> u8 {
    match street_class(highway) {
        // Stairs and lifts keep more people off than a plain way does.
        StreetClass::Walked if highway == "steps" => 2,
        StreetClass::Walked if highway == "elevator" => 1,
        StreetClass::Walked => 0,
        StreetClass::Platform => 3,
        StreetClass::Closed => 4,
        StreetClass::Unknown => 5,
    }
}

/// All values that are known.
pub(crate) fn known_classes() -> impl Iterator<Item = &'static str> {
    WALKED.into_iter().chain(["platform"]).chain(CLOSED)
}

/// Geofabrik's class of a street as a value of `highway`.
pub(crate) fn of_geofabrik(fclass: &str) -> &str {
    match fclass {
        "track_grade1" | "track_grade2" | "track_grade3" | "track_grade4" | "track_grade5" => {
            "track"
        }
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_known_class_stands_in_one_list_only() {
        let mut known: Vec<&str> = known_classes().collect();
        let all = known.len();
        known.sort_unstable();
        known.dedup();
        assert_eq!(known.len(), all);
    }

    #[test]
    fn what_no_list_knows_is_the_strictest_of_all() {
        let mut classes = ["xyz", "steps", "motorway", "footway", "platform"];
        classes.sort_by_key(|class| strictness(class));
        assert_eq!(classes, ["footway", "steps", "platform", "motorway", "xyz"]);
    }
}
