//! Drawn streets that miss each other, each with what one sees.

use super::*;
use crate::model::{NetworkParts, Traits};

/// Metres in a degree at the equator.
const DEGREE: [f64; 2] = [111_319.5, 110_574.3];

/// Lines in metres east and north of a place at the equator, each with vertices of its own.
fn streets(lines: &[&[[f64; 2]]], level: &[usize]) -> Network {
    let mut parts = NetworkParts::default();
    for (number, line) in lines.iter().enumerate() {
        for (place, &[east, north]) in line.iter().enumerate() {
            let at = Position::new(east / DEGREE[0], north / DEGREE[1]).expect("near the equator");
            if place > 0 {
                let last = parts.nodes.len() - 1;
                let metres = parts.nodes[last].distance(at);
                if level.contains(&number) {
                    let traits = Traits {
                        level: true,
                        ..Traits::default()
                    };
                    parts.traits.push((parts.edges.len(), traits));
                }
                parts.edges.push((last, last + 1, metres));
            }
            parts.nodes.push(at);
        }
    }
    Network::with_traits(parts).expect("valid")
}

fn found(network: &Network, everywhere: bool) -> Vec<LooseJoint> {
    let sought = Sought {
        within_m: 1.0,
        around_m: 30.0,
        everywhere,
    };
    loose_joints(&StreetIndex::new(network, &[], 0), sought)
}

/// The kinds that are found, with how often.
fn kinds(network: &Network, everywhere: bool) -> [usize; 3] {
    let found = found(network, everywhere);
    JointKind::ALL.map(|kind| {
        found
            .iter()
            .filter(|loose| loose.joint.kind == kind)
            .count()
    })
}

fn sewn(network: &Network) -> Network {
    let seams: Vec<Seam> = found(network, true)
        .iter()
        .filter_map(|loose| loose.seam)
        .collect();
    network.clone().sewn(&seams).expect("valid")
}

#[test]
fn case_10_a_lane_ends_on_a_street_without_a_vertex_or_a_little_short_of_it() {
    for short in [0.0, 0.3, 0.99] {
        let town = streets(
            &[
                &[[0.0, 0.0], [1000.0, 0.0]],
                &[[500.0, short], [500.0, 400.0]],
            ],
            &[],
        );
        assert_eq!(kinds(&town, true), [1, 0, 0], "{short} m short");
        assert_eq!(kinds(&town, false), [1, 0, 0], "a dead end of a map");
        let metres = found(&town, true)[0].joint.metres;
        assert!((metres - short).abs() < 0.01, "{metres}");
        assert_eq!(sewn(&town).component_sizes(), [4]);
    }
    let far = streets(
        &[
            &[[0.0, 0.0], [1000.0, 0.0]],
            &[[500.0, 1.1], [500.0, 400.0]],
        ],
        &[],
    );
    assert_eq!(kinds(&far, true), [0, 0, 0]);
}

/// Ten streets across ten, 100 m apart, each from one side to the other in one line.
fn crossing_grid() -> Network {
    let at = |step: i32| f64::from(step) * 100.0;
    let lines: Vec<[[f64; 2]; 2]> = (0..10)
        .flat_map(|step| {
            let east = [[-50.0, at(step)], [950.0, at(step)]];
            let north = [[at(step), -50.0], [at(step), 950.0]];
            [east, north]
        })
        .collect();
    streets(&lines.iter().map(|line| &line[..]).collect::<Vec<_>>(), &[])
}

#[test]
fn streets_that_cross_without_a_vertex_are_found_each_once() {
    let town = crossing_grid();
    assert_eq!(kinds(&town, true), [0, 0, 100]);
    // All are islands: a map is looked at there, too.
    assert_eq!(kinds(&town, false), [0, 0, 100]);
    // What leads over may do so on purpose: nothing is joined.
    assert_eq!(sewn(&town).component_sizes().len(), 20);
}

/// The same streets block by block, every piece ending 5 mm short of the crossing.
fn grid_that_meets_within_a_centimetre() -> Network {
    let at = |step: i32| f64::from(step) * 100.0;
    let mut lines = Vec::new();
    for across in 0..10 {
        for step in 0..9 {
            let (from, to) = (at(step) + 0.005, at(step + 1) - 0.005);
            lines.push([[from, at(across)], [to, at(across)]]);
            lines.push([[at(across), from], [at(across), to]]);
        }
    }
    streets(&lines.iter().map(|line| &line[..]).collect::<Vec<_>>(), &[])
}

#[test]
fn streets_that_meet_within_a_centimetre_become_one_network() {
    let town = grid_that_meets_within_a_centimetre();
    assert_eq!(town.component_sizes().len(), 180);
    let [tees, misses, crossings] = kinds(&town, true);
    assert!(
        tees == 0 && crossings == 0 && misses > 400,
        "{tees} {misses} {crossings}"
    );
    let whole = sewn(&town);
    assert_eq!(
        (whole.component_sizes(), whole.edges().len()),
        (&[100][..], 180)
    );
}

#[test]
fn a_bridge_passes_and_its_end_joins() {
    let street: &[[f64; 2]] = &[[0.0, 0.0], [200.0, 0.0]];
    let over: &[[f64; 2]] = &[[100.0, -50.0], [100.0, 0.2], [100.0, 50.0]];
    assert_eq!(
        kinds(&streets(&[street, over], &[]), true),
        [1, 0, 0],
        "a vertex above the street"
    );
    assert_eq!(kinds(&streets(&[street, over], &[1]), true), [0, 0, 0]);
    assert_eq!(kinds(&streets(&[over, street], &[0]), true), [0, 0, 0]);
    let ramp: &[[f64; 2]] = &[[100.0, 0.2], [100.0, 50.0]];
    assert_eq!(
        kinds(&streets(&[street, ramp], &[1]), true),
        [1, 0, 0],
        "the end of a bridge"
    );
    // Two bridges on one level cross each other as streets do, but nobody knows: nothing is told.
    let other: &[[f64; 2]] = &[[90.0, 20.0], [110.0, 20.0]];
    assert_eq!(kinds(&streets(&[over, other], &[0, 1]), true), [0, 0, 0]);
}

#[test]
fn what_hangs_together_nearby_is_not_told() {
    // A hairpin: its legs run 0.8 m apart, and meet 12 m on.
    let hairpin: &[[f64; 2]] = &[[0.0, 0.0], [6.0, 0.0], [12.0, 0.0], [6.0, 0.8], [0.0, 0.8]];
    assert_eq!(kinds(&streets(&[hairpin], &[]), true), [0, 0, 0]);
    // The same 300 m long: who stands at its begin walks 600 m to the other leg.
    let long: &[[f64; 2]] = &[[0.0, 0.0], [300.0, 0.0], [0.0, 0.8]];
    assert_eq!(kinds(&streets(&[long], &[]), true), [0, 1, 0]);
    // A line drawn finely is no line of near misses.
    let fine: Vec<[f64; 2]> = (0..200).map(|step| [f64::from(step) * 0.4, 0.0]).collect();
    assert_eq!(kinds(&streets(&[&fine], &[]), true), [0, 0, 0]);
}

#[test]
fn on_a_map_only_ends_and_islands_are_looked_at() {
    // Two long streets of many vertices that pass each other within a metre, and cross far on.
    let long = |north: f64, bend: f64| -> Vec<[f64; 2]> {
        (0..60)
            .map(|step| {
                let east = f64::from(step) * 100.0;
                [east, if step == 30 { bend } else { north }]
            })
            .collect()
    };
    let (one, other) = (long(0.0, 49.8), long(50.0, 50.0));
    let town = streets(&[&one, &other], &[]);
    assert_eq!(kinds(&town, true)[1], 1, "they nearly meet at one vertex");
    assert_eq!(kinds(&town, false), [0, 0, 0], "no island, no end");
}
