//! Tests of [`super`].

use super::*;
use crate::model::StreetKind;
use crate::model::WalkRule;
use crate::read::streets::not_understood::NotUnderstood;
use crate::read::streets::osm::judge::{self, Asked};
use crate::read::streets::osm::judge::{Judged, Kind};
use crate::read::streets::walk_rule::HowWalked;
use crate::read::streets::ways::Torn;

const WALKED: Kind = Kind::Walked(Access::Public);

/// A way of these tags that is taken for one of this kind.
fn judged<'a>(kind: Kind, tags: &[(&'a str, &'a str)]) -> Judged<'a> {
    let how = HowWalked {
        rule: WalkRule::W2,
        ..HowWalked::default()
    };
    let tags = [&[("highway", "path")], tags].concat();
    let judged = judge::way(
        &tags,
        Asked { how, values: None },
        &mut NotUnderstood::default(),
        String::new,
    );
    Judged { kind, ..judged }
}

fn built(ways: &[(i64, Kind, &[i64])], nodes: &[i64]) -> RawStreets {
    let mut all = Ways::default();
    for (id, kind, refs) in ways {
        match kind {
            Kind::Walked(_) | Kind::Joining(_) => {
                all.walk(*id, refs.iter().copied(), &judged(*kind, &[]));
            }
            _ => all.pass(*id, *kind),
        }
    }
    let mut plan = Plan::new(all, false).expect("a small map");
    for (lon, &id) in (0_u32..).zip(nodes) {
        if let Some(node) = plan.between(i64::MIN, i64::MAX).find(id) {
            plan.place((node, Some([f64::from(lon), 0.0]), Knot::default()));
        }
    }
    plan.streets()
}

#[test]
fn vertices_stand_by_id_and_pieces_in_file_order() {
    let streets = built(
        &[(9, WALKED, &[30, 10]), (2, WALKED, &[10, 20, 30])],
        &[10, 20, 30, 40],
    );
    assert_eq!(streets.nodes, [[0.0, 0.0], [1.0, 0.0], [2.0, 0.0]]);
    assert_eq!(streets.pieces, [[2, 0], [0, 1], [1, 2]]);
    assert_eq!(
        (streets.lines, streets.walkable, streets.missing_vertices),
        (2, 2, 0)
    );
}

#[test]
fn a_way_is_split_where_a_node_is_missing() {
    let streets = built(
        &[(1, WALKED, &[1, 2, 3, 4, 5]), (2, WALKED, &[7, 3])],
        &[1, 2, 4, 5, 7],
    );
    assert_eq!(streets.pieces, [[0, 1], [2, 3]]);
    assert_eq!(streets.nodes.len(), 4, "node 7 hangs on no piece");
    assert_eq!(streets.missing_vertices, 2);
}

#[test]
fn ways_that_miss_nodes_are_counted_by_where_they_do() {
    let walked = WALKED;
    let streets = built(
        &[
            (1, walked, &[1, 2]),
            (2, walked, &[9, 1, 2]),
            (3, walked, &[1, 9]),
            (4, walked, &[1, 9, 2]),
            (5, walked, &[9, 1, 9, 8, 2, 9, 1]),
            (6, walked, &[8, 9]),
        ],
        &[1, 2],
    );
    let torn = Torn {
        ended: 2,
        broken: 2,
        nowhere: 1,
    };
    assert_eq!((streets.torn, streets.walkable), (torn, 6));
}

#[test]
fn a_way_between_a_place_and_itself_is_no_street() {
    let walked = WALKED;
    let ways: [(i64, Kind, &[i64]); 5] = [
        (1, walked, &[1, 1]),
        (2, walked, &[2]),
        (3, walked, &[]),
        (4, walked, &[1, 2, 1]),
        (5, walked, &[1, 9]),
    ];
    let streets = built(&ways, &[1, 2]);
    assert_eq!((streets.points, streets.walkable), (3, 2));
    assert_eq!(streets.pieces, [[0, 1], [1, 0]]);
}

#[test]
fn the_last_way_of_an_id_counts() {
    let walked = WALKED;
    let streets = built(
        &[
            (1, walked, &[1, 2]),
            (2, walked, &[2, 3]),
            (1, Kind::Closed, &[]),
        ],
        &[1, 2, 3],
    );
    assert_eq!(
        (streets.lines, streets.walkable, streets.pieces.len()),
        (2, 1, 1)
    );
    let streets = built(&[(1, walked, &[1, 2]), (1, Kind::Deleted, &[])], &[1, 2]);
    assert_eq!(
        (streets.lines, streets.walkable, streets.pieces.len()),
        (0, 0, 0)
    );
    let streets = built(&[(1, Kind::Deleted, &[]), (1, walked, &[1, 2])], &[1, 2]);
    assert_eq!(
        (streets.lines, streets.walkable, streets.pieces.len()),
        (1, 1, 1)
    );
}

#[test]
fn c4_loops_and_repeated_nodes_are_kept() {
    let streets = built(&[(1, WALKED, &[1, 2, 1, 1])], &[1, 2]);
    assert_eq!(streets.pieces, [[0, 1], [1, 0], [0, 0]]);
}

#[test]
fn only_nodes_of_walked_ways_are_kept_each_once() {
    let mut all = Ways::default();
    for (id, refs) in [(1, [30, 10, -5]), (2, [10, 20, 30])] {
        all.walk(id, refs, &judged(WALKED, &[]));
    }
    all.pass(3, Kind::Closed);
    all.walk(4, [70, 80], &judged(WALKED, &[]));
    all.pass(4, Kind::Deleted);
    let plan = Plan::new(all, false).expect("a small map");
    assert_eq!(
        plan.needed,
        [-5, 10, 20, 30],
        "of a way that was deleted later none"
    );
    assert_eq!(plan.between(11, 29).ids, [20]);
}

/// A part of a file: ways of two nodes each.
fn part(ways: &[(i64, &str, &str)]) -> Ways {
    let mut part = Ways::default();
    for &(id, kind, name) in ways {
        part.walk(
            id,
            [id, id + 1, id + 2],
            &judged(WALKED, &[("highway", kind), ("name", name)]),
        );
    }
    part
}

#[test]
fn traits_and_names_stay_with_their_way_when_parts_are_joined() {
    let mut all = part(&[(1, "path", "A"), (11, "path", ""), (21, "steps", "B")]);
    all.append(part(&[
        (31, "steps", "B"),
        (41, "path", "A"),
        (21, "path", "C"),
    ]));
    let mut plan = Plan::new(all, false).expect("a small map");
    for (node, lon) in (0..plan.needed.len()).zip(0_u32..) {
        plan.place((node, Some([f64::from(lon), 0.0]), Knot::default()));
    }
    let streets = plan.streets();
    let told = streets.stretches.iter().map(|stretch| {
        let name = stretch
            .about
            .name
            .and_then(|name| streets.names.at(name))
            .map(ToString::to_string);
        (
            stretch.pieces.clone(),
            stretch.about.traits.kind == StreetKind::Stairs,
            name.unwrap_or_default(),
        )
    });
    let expected = [
        (0..2, false, "A"),
        (4..6, true, "B"),
        (6..8, false, "A"),
        (8..10, false, "C"),
    ];
    assert_eq!(
        told.collect::<Vec<_>>(),
        expected.map(|(pieces, stairs, name)| (pieces, stairs, name.to_owned()))
    );
}
