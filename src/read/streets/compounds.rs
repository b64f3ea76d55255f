//! Who walks the private ways of a file, and who hangs on its bridges and tunnels.

use std::collections::BTreeMap;

use super::knots::open_ends;
use super::node_rule::Knot;
use super::public::{keep, public_only};
use super::ways::{Access, RawStreets, Stretch};
use crate::model::{Network, PrivateWays, Traits, WalkedBy};
use crate::read::row_policy::Door;
use crate::words::text;

/// What a study asks of private ways, bridges and tunnels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Doors {
    /// Who walks private ways.
    pub private: PrivateWays,
    /// Whether doors open on bridges and in tunnels, as under rule W2.
    pub on_bridges: bool,
}

impl Default for Doors {
    fn default() -> Self {
        Self {
            private: PrivateWays::Residents,
            on_bridges: false,
        }
    }
}

/// Where a bridge or a tunnel ends and no other street goes on: there it comes to the ground, and doors
/// open on its last metre. O(pieces) where there are any.
fn bare_ends(raw: &RawStreets) -> BTreeMap<u32, Knot> {
    let no_doors = |stretch: &&Stretch| stretch.about.traits.no_doors;
    let bridges: Vec<&Stretch> = raw.stretches.iter().filter(no_doors).collect();
    let mut meeting = vec![0_u8; raw.nodes.len()];
    // Ends of all pieces are counted, so of a line's inner vertices each has two.
    if !bridges.is_empty() {
        for end in raw.pieces.iter().flatten() {
            let count = &mut meeting[*end as usize];
            *count = count.saturating_add(1);
        }
    }
    let pieces = bridges.iter().map(|stretch| {
        let [start, end] = [stretch.pieces.start, stretch.pieces.end].map(|place| place as usize);
        &raw.pieces[start..end]
    });
    let ends = pieces.flatten().flatten();
    // One piece alone ends there: no other street goes on.
    let bare = ends.filter(|end| meeting[**end as usize] == 1);
    let doors = Knot {
        doors: true,
        ..Knot::default()
    };
    bare.map(|&end| (end, doors)).collect()
}

/// Leaves of the streets what somebody walks, and marks who that is. O(pieces).
pub(crate) fn settle(raw: &mut RawStreets, doors: Doors) {
    match doors.private {
        PrivateWays::Nobody => public_only(raw),
        PrivateWays::Residents => keep(raw, |access| access != Access::Closed),
    }
    // Only after closed pieces are gone: a street that nobody walks does not go on at a bridge.
    if !doors.on_bridges {
        let ends = bare_ends(raw);
        open_ends(raw, ends);
    }
    for stretch in &mut raw.stretches {
        let traits = &mut stretch.about.traits;
        traits.no_doors &= !doors.on_bridges;
        match stretch.about.access {
            Access::Public | Access::Closed => {}
            Access::Residents => traits.walked_by = WalkedBy::Residents,
            // The metre on either side of a gate: residents go through, and nobody lives there.
            Access::Gate => {
                traits.walked_by = WalkedBy::Residents;
                traits.no_doors = true;
            }
        }
    }
}

/// Notes how much of the streets residents alone walk, and on how much nobody hangs. O(T).
pub(crate) fn notes(network: &Network, door: &mut Door<'_>) {
    let km = |are_such: fn(&Traits) -> bool| -> f64 {
        let traits = network.traits().iter();
        let such = traits.filter(|(_, street)| are_such(street));
        such.map(|(edge, _)| network.edge(*edge).metres / 1000.0)
            .sum()
    };
    let traits = network.traits().iter();
    let gates = traits.filter(|(_, street)| street.walked_by == WalkedBy::Gate);
    let own = km(|street| street.walked_by == WalkedBy::Residents);
    if own > 0.0 {
        let km = format!("{own:.3}");
        let message = text!(WaysOfResidents, km = km, gates = gates.count());
        door.note("private-ways", "", message);
    }
    // The metre at a gate has no doors either, but is no bridge.
    let off_ground = km(|street| street.no_doors && street.walked_by == WalkedBy::Everybody);
    if off_ground > 0.0 {
        let message = text!(NoDoorsOnBridges, km = format!("{off_ground:.3}"));
        door.note("bridges", "", message);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::streets::ways::About;

    fn settled(doors: Doors) -> Vec<(WalkedBy, bool)> {
        let about = |access, no_doors| About {
            access,
            traits: Traits {
                level: no_doors,
                no_doors,
                ..Traits::default()
            },
            ..About::default()
        };
        let abouts = [
            about(Access::Public, false),
            about(Access::Public, true),
            about(Access::Residents, false),
            about(Access::Gate, false),
            about(Access::Closed, false),
        ];
        let stretches = abouts.into_iter().zip(0..);
        let mut raw = RawStreets {
            nodes: (0..6).map(|lon| [f64::from(lon), 0.0]).collect(),
            pieces: vec![[0, 1], [1, 2], [2, 3], [3, 4], [4, 5]],
            stretches: stretches
                .filter_map(|(about, place)| Stretch::new(place..place + 1, about))
                .collect(),
            ..RawStreets::default()
        };
        settle(&mut raw, doors);
        let stretches = raw.stretches.iter().map(|stretch| stretch.about.traits);
        stretches
            .map(|traits| (traits.walked_by, traits.no_doors))
            .collect()
    }

    #[test]
    fn residents_have_their_ways_and_gates_and_strangers_have_neither() {
        let own = [
            (WalkedBy::Everybody, false),
            (WalkedBy::Everybody, true),
            (WalkedBy::Residents, false),
            (WalkedBy::Residents, true),
        ];
        assert_eq!(settled(Doors::default()), own);
        let as_before = Doors {
            private: PrivateWays::Nobody,
            on_bridges: true,
        };
        let walked = (WalkedBy::Everybody, false);
        assert_eq!(settled(as_before), [walked, walked]);
    }
}
