//! What a node does to those who go through it, under walk rule W3: gates, walls, kerbs, crossings.

use super::attributes::{Attribute, value_of};
use super::not_understood::Oddity;
use super::permission::{by_access, by_foot};
use super::walk_rule::{HowWalked, Tell, told_permission};
use super::ways::Access;
use crate::model::{StreetKind, WalkRule};

/// What a node does to those who go through it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Knot {
    /// Who goes through: everybody, [`Access::Gate`] for those who live behind it, or nobody.
    pub access: Access,
    pub no_wheelchair: bool,
    pub no_riding: bool,
    /// A crossing or a lift, which takes time.
    pub kind: StreetKind,
    /// Doors open there, though none opens on the bridge that ends there.
    pub doors: bool,
}

impl Knot {
    pub(crate) fn is_nothing(self) -> bool {
        self == Self::default()
    }
}

/// What a kind of barrier is to those on foot who have no permission and need none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Barrier {
    /// Walkers and wheelchairs pass.
    Open,
    /// Walkers pass, wheelchairs do not.
    Narrow,
    /// Walkers pass, and push their bicycles or lift them.
    Climbed,
    /// Nobody passes.
    Closed,
    Unknown,
}

fn barrier(kind: &str) -> Barrier {
    match kind {
        "no" | "gate" | "lift_gate" | "swing_gate" | "sliding_gate" | "sliding_beam"
        | "hampshire_gate" | "bump_gate" | "wicket_gate" | "entrance" | "toll_booth"
        | "border_control" | "checkpoint" | "sally_port" | "height_restrictor" | "cattle_grid"
        | "rising_bollard" | "bus_trap" | "sump_buster" | "chain" | "rope" | "planter"
        | "coupure" | "gate_passage" | "door" => Barrier::Open,
        "bollard" | "kerb" | "block" | "jersey_barrier" | "log" | "debris" | "spikes"
        | "tank_trap" | "barrier_board" => Barrier::Narrow,
        "stile"
        | "kissing_gate"
        | "cycle_barrier"
        | "turnstile"
        | "full-height_turnstile"
        | "horse_stile"
        | "motorcycle_barrier"
        | "step" => Barrier::Climbed,
        "wall" | "fence" | "hedge" | "city_wall" | "retaining_wall" | "ditch" | "guard_rail"
        | "cable_barrier" | "wire_fence" | "wood_fence" | "field_boundary" | "haha" | "berm"
        | "hedge_bank" | "bank" => Barrier::Closed,
        _ => Barrier::Unknown,
    }
}

/// Whether a key of a node counts here: most nodes have none that does.
pub(crate) fn counts(key: &str) -> bool {
    matches!(
        key,
        "barrier" | "highway" | "crossing" | "kerb" | "wheelchair"
    )
}

/// What a node with these attributes does. O(attributes).
pub(crate) fn knot(attributes: &[Attribute<'_>], how: HowWalked, tell: &mut Tell<'_>) -> Knot {
    if how.rule != WalkRule::W3 {
        return Knot::default();
    }
    let mut knot = barrier_knot(attributes, tell);
    knot.kind = kind(attributes, how.crossings);
    // What is said of wheelchairs outweighs the kind of barrier.
    match value_of(attributes, "wheelchair") {
        Some("no") => knot.no_wheelchair = true,
        Some("yes" | "limited" | "designated") => knot.no_wheelchair = false,
        _ => {}
    }
    knot
}

fn barrier_knot(attributes: &[Attribute<'_>], tell: &mut Tell<'_>) -> Knot {
    let kerb = value_of(attributes, "kerb");
    let is_high = matches!(kerb, Some("raised" | "rolled" | "yes" | "regular"));
    let Some(kind) = value_of(attributes, "barrier").filter(|kind| *kind != "no") else {
        // A kerb may stand on a node without being called a barrier.
        let no_wheelchair = is_high;
        return Knot {
            no_wheelchair,
            ..Knot::default()
        };
    };
    let by_kind = barrier(kind);
    let is_low = matches!(kerb, Some("lowered" | "flush" | "no"));
    let is_narrow = matches!(by_kind, Barrier::Narrow | Barrier::Climbed);
    Knot {
        access: at_barrier(attributes, by_kind, tell),
        // A lowered kerb is narrow by its kind alone, and wheelchairs pass it.
        no_wheelchair: is_narrow && !is_low,
        no_riding: by_kind == Barrier::Climbed
            || matches!(value_of(attributes, "bicycle"), Some("no" | "dismount")),
        kind: StreetKind::Plain,
        doors: false,
    }
}

/// Who passes a barrier: by what is said of walkers, else by its lock, else by what is said of all,
/// else by its kind.
fn at_barrier(attributes: &[Attribute<'_>], by_kind: Barrier, tell: &mut Tell<'_>) -> Access {
    for key in ["access:conditional", "foot:conditional"] {
        if value_of(attributes, key).is_some() {
            tell(Oddity::Conditional, key.to_owned());
        }
    }
    let foot = told_permission(attributes, "foot", tell).map(by_foot);
    let permitted = foot.or_else(|| told_permission(attributes, "access", tell).map(by_access));
    let is_locked = foot.is_none() && value_of(attributes, "locked") == Some("yes");
    match permitted {
        // A gate that is kept locked is none that anybody goes through day by day.
        _ if is_locked => Access::Closed,
        Some(Access::Residents | Access::Gate) => Access::Gate,
        Some(Access::Public) => Access::Public,
        Some(Access::Closed) => Access::Closed,
        None => match by_kind {
            Barrier::Open | Barrier::Narrow | Barrier::Climbed => Access::Public,
            Barrier::Closed => Access::Closed,
            Barrier::Unknown => {
                let kind = value_of(attributes, "barrier").unwrap_or_default();
                tell(Oddity::Barrier, format!("barrier={kind}"));
                Access::Closed
            }
        },
    }
}

/// Whether going through takes time: at a lift always, at a crossing where the study asks.
fn kind(attributes: &[Attribute<'_>], crossings: bool) -> StreetKind {
    let highway = value_of(attributes, "highway");
    let crossing = value_of(attributes, "crossing");
    let is_crossing = match crossing {
        Some(kind) => kind != "no",
        None => highway == Some("crossing"),
    };
    match highway {
        Some("elevator") => StreetKind::Elevator,
        _ if crossings && is_crossing => StreetKind::Crossing,
        _ => StreetKind::Plain,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::streets::attributes::plain_value;

    fn of(tags: &str) -> Knot {
        let how = HowWalked {
            crossings: true,
            ..HowWalked::default()
        };
        let pairs = tags
            .split_whitespace()
            .filter_map(|tag| tag.split_once('='));
        let attributes: Vec<Attribute<'_>> = pairs
            .filter_map(|(key, value)| Some((key.into(), plain_value(key, value)?)))
            .collect();
        knot(&attributes, how, &mut |_, _| {})
    }

    #[test]
    fn a_gate_is_open_unless_it_says_whom_it_keeps_out() {
        for (tags, access) in [
            ("barrier=gate", Access::Public),
            ("barrier=lift_gate foot=yes access=private", Access::Public),
            ("barrier=gate access=private", Access::Gate),
            ("barrier=gate locked=yes", Access::Closed),
            ("barrier=gate access=private locked=yes", Access::Closed),
            ("barrier=gate access=yes locked=yes", Access::Closed),
            ("barrier=gate foot=yes locked=yes", Access::Public),
            ("barrier=gate access=no", Access::Closed),
            ("barrier=gate access=no locked=yes", Access::Closed),
            ("barrier=gate access=xyz", Access::Closed),
            ("barrier=wall", Access::Closed),
            ("barrier=fence foot=yes", Access::Public),
            ("barrier=xyz", Access::Closed),
            ("barrier=no", Access::Public),
            ("highway=crossing access=no", Access::Public),
        ] {
            assert_eq!(of(tags).access, access, "{tags}");
        }
    }

    #[test]
    fn wheelchairs_pass_where_the_kerb_is_low() {
        for (tags, closed) in [
            ("barrier=bollard", true),
            ("barrier=bollard wheelchair=yes", false),
            ("barrier=kerb", true),
            ("barrier=kerb kerb=lowered", false),
            ("kerb=raised", true),
            ("kerb=flush", false),
            ("barrier=gate", false),
            ("barrier=gate wheelchair=no", true),
            ("barrier=stile", true),
        ] {
            assert_eq!(of(tags).no_wheelchair, closed, "{tags}");
        }
    }

    #[test]
    fn crossings_and_lifts_take_time() {
        assert_eq!(of("highway=crossing").kind, StreetKind::Crossing);
        assert_eq!(of("highway=crossing crossing=no").kind, StreetKind::Plain);
        assert_eq!(
            of("highway=traffic_signals crossing=traffic_signals").kind,
            StreetKind::Crossing
        );
        assert_eq!(of("highway=elevator").kind, StreetKind::Elevator);
        assert!(of("highway=bus_stop").is_nothing());
    }
}
