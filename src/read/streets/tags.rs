//! What the tags of a walkable line say about walking along it.
//!
//! The tags are OpenStreetMap's; GeoJSON lines may have them as properties. Which tag makes which
//! trait stands in [`crate::model::Traits`]'s own file, under *Tags*; `name` is the street's name.
//! A tag is one line of `Seen::take` here, and the trait that it makes one of `Seen::traits`.

use crate::model::{OneWay, StreetKind, Traits, WalkedBy};

/// What a line's tags say of it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Told<'a> {
    pub traits: Traits,
    pub name: Option<&'a str>,
}

/// The tags that count, as they stand on a line.
#[derive(Default)]
struct Seen<'a> {
    highway: Option<&'a str>,
    crossing: bool,
    wheelchair: Option<&'a str>,
    level: bool,
    /// Off the ground: a boardwalk is level, and doors open on it.
    no_doors: bool,
    one_way: Option<&'a str>,
    /// `foot:forward` and `foot:backward`.
    foot: [Option<&'a str>; 2],
    conveying: Option<&'a str>,
    riding: Riding<'a>,
    name: Option<&'a str>,
}

/// The tags that count for riders.
#[derive(Default)]
struct Riding<'a> {
    bicycle: Option<&'a str>,
    /// Whether anything is said of walkers.
    foot: bool,
    vehicle: Option<&'a str>,
    access: Option<&'a str>,
    /// `oneway:bicycle`.
    own_way: Option<&'a str>,
    /// A lane against the traffic.
    opposite: bool,
    oneway: Option<&'a str>,
    roundabout: bool,
}

/// What these tags say. Of a key that comes twice the last value counts. O(tags).
pub(crate) fn told<'a>(tags: impl Iterator<Item = (&'a str, &'a str)>) -> Told<'a> {
    let mut seen = Seen::default();
    for (key, value) in tags {
        seen.take(key, value);
    }
    Told {
        traits: seen.traits(),
        name: seen.name,
    }
}

/// Whether a kind of `highway` is no road.
fn is_path(highway: &str) -> bool {
    matches!(
        highway,
        "footway" | "path" | "cycleway" | "bridleway" | "pedestrian" | "track"
    )
}

impl<'a> Seen<'a> {
    fn take(&mut self, key: &'a str, value: &'a str) {
        match key {
            "highway" => self.highway = Some(value),
            "cycleway" => {
                self.crossing |= value == "crossing";
                self.riding.take(key, value);
            }
            "footway" | "path" | "bridleway" => self.crossing |= value == "crossing",
            "crossing" => self.crossing |= value != "no",
            "wheelchair" => self.wheelchair = Some(value),
            "bridge" => {
                // Under a bridge the elevation model shows the valley, not the street.
                self.level |= value != "no";
                self.no_doors |= !matches!(value, "no" | "boardwalk");
            }
            "tunnel" => {
                // A passage through a building lies on the ground, and doors open in it.
                self.level |= !matches!(value, "no" | "building_passage");
                self.no_doors |= !matches!(value, "no" | "building_passage");
            }
            "oneway:foot" => self.one_way = Some(value),
            "foot:forward" => self.foot[0] = Some(value),
            "foot:backward" => self.foot[1] = Some(value),
            "conveying" => self.conveying = Some(value),
            "name" => self.name = Some(value),
            _ => self.riding.take(key, value),
        }
    }

    fn traits(&self) -> Traits {
        // All fields are named, so that a trait without its tag does not compile.
        Traits {
            kind: self.kind(),
            no_wheelchair: self.wheelchair == Some("no"),
            level: self.level,
            no_doors: self.no_doors,
            walked_by: WalkedBy::Everybody,
            one_way: self.one_way(),
            no_riding: self.riding.is_forbidden(),
            ride_way: self.riding.one_way(),
            span: [0.0, 1.0],
            link: None,
            slower: 1.0,
            climb: None,
        }
    }

    fn kind(&self) -> StreetKind {
        match self.highway {
            Some("steps") => StreetKind::Stairs,
            Some("elevator") => StreetKind::Elevator,
            // A road with `crossing` has one somewhere on it; a path is one itself.
            highway if self.crossing && highway.is_none_or(is_path) => StreetKind::Crossing,
            _ => StreetKind::Plain,
        }
    }

    /// What is said of walkers outweighs what is said of each direction, and that the escalator.
    fn one_way(&self) -> OneWay {
        match (self.one_way, self.foot, self.conveying) {
            (Some(said), ..) => direction(said),
            (None, [Some("no"), Some("no")], _) => OneWay::No,
            (None, [_, Some("no")], _) | (None, [None, None], Some("forward")) => OneWay::Forward,
            (None, [Some("no"), _], _) | (None, [None, None], Some("backward")) => OneWay::Backward,
            _ => OneWay::No,
        }
    }
}

impl<'a> Riding<'a> {
    fn take(&mut self, key: &'a str, value: &'a str) {
        match key {
            "bicycle" => self.bicycle = Some(value),
            "foot" => self.foot = true,
            "vehicle" => self.vehicle = Some(value),
            "access" => self.access = Some(value),
            "oneway:bicycle" => self.own_way = Some(value),
            "oneway" => self.oneway = Some(value),
            "junction" => self.roundabout |= matches!(value, "roundabout" | "circular"),
            "cycleway" | "cycleway:left" | "cycleway:right" | "cycleway:both" => {
                self.opposite |= value.starts_with("opposite");
            }
            _ => {}
        }
    }

    /// What is said of bicycles outweighs what is said of vehicles, and that what is said of all.
    fn is_forbidden(&self) -> bool {
        match (self.bicycle, self.vehicle, self.access) {
            (Some(said), ..) => matches!(said, "no" | "dismount" | "private" | "use_sidepath"),
            (None, Some(said), _) => matches!(said, "no" | "private"),
            // Those who live on a private way ride it; who is let in to walk does not.
            (None, None, Some(said)) => said == "no" || (said == "private" && self.foot),
            (None, None, None) => false,
        }
    }

    /// The same for directions; a roundabout goes round one way unless it says otherwise.
    fn one_way(&self) -> OneWay {
        let of_vehicles = self.oneway.filter(|_| !self.opposite);
        match self.own_way.or(of_vehicles) {
            Some(said) => direction(said),
            None if self.roundabout && self.oneway.is_none() && !self.opposite => OneWay::Forward,
            None => OneWay::No,
        }
    }
}

/// The direction of a `oneway`.
fn direction(said: &str) -> OneWay {
    match said {
        "yes" | "true" | "1" => OneWay::Forward,
        "-1" | "reverse" => OneWay::Backward,
        _ => OneWay::No,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(tags: &str) -> Traits {
        told(
            tags.split_whitespace()
                .filter_map(|tag| tag.split_once('=')),
        )
        .traits
    }

    #[test]
    fn stairs_and_crossings_are_kinds_of_street() {
        let kind = |tags| of(tags).kind;
        assert_eq!(kind("highway=steps"), StreetKind::Stairs);
        assert_eq!(
            kind("highway=footway footway=crossing"),
            StreetKind::Crossing
        );
        assert_eq!(kind("highway=path path=crossing"), StreetKind::Crossing);
        assert_eq!(kind("crossing=zebra highway=footway"), StreetKind::Crossing);
        assert_eq!(
            kind("crossing=traffic_signals"),
            StreetKind::Crossing,
            "a plain line"
        );
        for plain in [
            "highway=footway crossing=no",
            "highway=residential crossing=zebra",
            "highway=footway",
            "foot=yes",
        ] {
            assert_eq!(kind(plain), StreetKind::Plain, "{plain}");
        }
    }

    #[test]
    fn oneway_without_foot_binds_no_walker() {
        let way = |tags| of(tags).one_way;
        for both in [
            "oneway=yes",
            "highway=footway oneway=yes",
            "highway=steps oneway=yes",
            "oneway:foot=no",
            "oneway:foot=no conveying=forward",
            "conveying=reversible",
            "foot:backward=no foot:forward=no",
        ] {
            assert_eq!(way(both), OneWay::No, "{both}");
        }
        for forward in [
            "oneway:foot=yes",
            "foot:backward=no",
            "highway=steps conveying=forward",
            "foot:backward=no foot:forward=yes",
        ] {
            assert_eq!(way(forward), OneWay::Forward, "{forward}");
        }
        for backward in [
            "oneway:foot=-1 conveying=forward",
            "foot:forward=no",
            "highway=steps conveying=backward",
        ] {
            assert_eq!(way(backward), OneWay::Backward, "{backward}");
        }
    }

    #[test]
    fn riders_dismount_where_bicycles_are_forbidden() {
        for forbidden in [
            "bicycle=no",
            "highway=footway bicycle=dismount",
            "bicycle=use_sidepath",
            "vehicle=no",
            "access=private foot=yes",
        ] {
            assert!(of(forbidden).no_riding, "{forbidden}");
        }
        for ridden in [
            "highway=footway",
            "highway=pedestrian",
            "bicycle=yes vehicle=no",
            "access=private",
            "access=no bicycle=permissive",
            "vehicle=destination access=no",
        ] {
            assert!(!of(ridden).no_riding, "{ridden}");
        }
    }

    #[test]
    fn oneway_binds_riders_unless_bicycles_are_exempt() {
        let way = |tags| of(tags).ride_way;
        for forward in [
            "oneway=yes",
            "junction=roundabout",
            "cycleway=lane oneway=1",
            "oneway=-1 oneway:bicycle=yes",
        ] {
            assert_eq!(way(forward), OneWay::Forward, "{forward}");
        }
        assert_eq!(way("oneway=-1"), OneWay::Backward);
        for both in [
            "oneway=no junction=roundabout",
            "oneway=yes oneway:bicycle=no",
            "cycleway=opposite oneway=yes",
            "oneway=yes cycleway:left=opposite_lane",
        ] {
            assert_eq!(way(both), OneWay::No, "{both}");
        }
        assert!(of("oneway=yes").is_plain_on_foot() && !of("oneway=yes").is_plain());
    }

    #[test]
    fn wheelchairs_bridges_tunnels_and_names_are_told() {
        assert!(of("wheelchair=no").no_wheelchair && !of("wheelchair=limited").no_wheelchair);
        assert!(of("bridge=viaduct").level && of("tunnel=yes bridge=no").level);
        assert!(!of("bridge=no tunnel=building_passage").level);
        let named = told(
            [
                ("name", "秀江路"),
                ("highway", "residential"),
                ("surface", "asphalt"),
            ]
            .into_iter(),
        );
        assert_eq!(
            (named.name, named.traits.is_plain()),
            (Some("秀江路"), true)
        );
    }
}
