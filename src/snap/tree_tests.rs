use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::test_runner::Config;

use super::*;
use crate::plane::Position;

/// Half-hundredths of a degree around Hukou, so that many points and pieces coincide.
fn at([x, y]: [u8; 2]) -> Position {
    Position::new(116.0 + f64::from(x) * 5e-3, 29.0 + f64::from(y) * 5e-3).expect("on the globe")
}

fn network(nodes: &[[u8; 2]], ends: &[[usize; 2]]) -> Network {
    let edges: Vec<_> = ends
        .iter()
        .map(|[a, b]| (a % nodes.len(), b % nodes.len(), 1.0))
        .collect();
    Network::new(nodes.iter().copied().map(at).collect(), &edges).expect("valid")
}

fn ids(network: &Network) -> Vec<EdgeId> {
    (0..network.edges().len()).map(EdgeId::new).collect()
}

/// All pieces looked at, one after the other.
fn looked_for(
    tree: &Tree,
    point: [f64; 2],
    within: f64,
    fits: impl Fn(&Piece) -> bool,
) -> Option<EdgeId> {
    let near = tree
        .pieces
        .iter()
        .filter(|piece| piece.squared_distance(point) <= within && fits(piece));
    let nearest = near.min_by(|a, b| {
        a.squared_distance(point)
            .total_cmp(&b.squared_distance(point))
            .then(a.edge.cmp(&b.edge))
    });
    nearest.map(|piece| piece.edge)
}

proptest! {
    #![proptest_config(Config { cases: 64, failure_persistence: None, ..Config::default() })]

    #[test]
    fn the_nearest_piece_is_that_of_a_look_at_all_of_them(
        nodes in prop::collection::vec([0_u8..40, 0_u8..40], 1..300),
        ends in prop::collection::vec([0_usize..300, 0_usize..300], 0..700),
        points in prop::collection::vec([0_u8..50, 0_u8..50], 20),
        metres in prop::sample::select(vec![0.0, 100.0, 3000.0, f64::INFINITY]),
        shut in 2_usize..5,
    ) {
        let network = network(&nodes, &ends);
        let tree = Tree::new(&network, ids(&network));
        let fits = |piece: &Piece| !piece.edge.index().is_multiple_of(shut);
        for point in points.into_iter().map(|point| at(point).on_plane()) {
            let found = tree.nearest(point, metres * metres, fits).map(|piece| piece.edge);
            prop_assert_eq!(found, looked_for(&tree, point, metres * metres, fits));
        }
    }
}

#[test]
fn every_piece_stands_in_the_tree_once_and_in_its_boxes() {
    let nodes: Vec<[u8; 2]> = (0..=255)
        .flat_map(|x| [[x, x ^ 0x55], [x / 2, 255 - x]])
        .collect();
    let ends: Vec<[usize; 2]> = (0..5000).map(|edge| [edge * 7, edge * 11 + 3]).collect();
    let network = network(&nodes, &ends);
    let tree = Tree::new(&network, ids(&network));
    assert_eq!(
        tree.pieces
            .iter()
            .map(|piece| piece.edge)
            .collect::<BTreeSet<_>>()
            .len(),
        5000
    );
    assert_eq!(
        tree.levels.iter().map(Vec::len).collect::<Vec<_>>(),
        [313, 20, 2]
    );
    for (place, area) in tree.levels[0].iter().enumerate() {
        for end in run(&tree.pieces, place)
            .iter()
            .flat_map(|piece| [piece.from, piece.to])
        {
            assert!(area.squared_distance(end) <= 0.0);
        }
    }
    for level in 1..tree.levels.len() {
        for (place, area) in tree.levels[level].iter().enumerate() {
            for inner in run(&tree.levels[level - 1], place) {
                assert!(
                    area.squared_distance(inner.low) <= 0.0
                        && area.squared_distance(inner.high) <= 0.0
                );
            }
        }
    }
}

#[test]
fn edges_along_the_curve_keep_their_order_and_others_are_put_in_it() {
    let nodes: Vec<[u8; 2]> = (0..200).map(|x| [x, x / 3]).collect();
    let network = network(
        &nodes,
        &(0..199).map(|edge| [edge, edge + 1]).collect::<Vec<_>>(),
    );
    let sorted = along_the_curve(&network, ids(&network));
    let keys: Vec<u64> = sorted
        .iter()
        .map(|&edge| network.node(network.edge(edge).from).on_curve())
        .collect();
    assert!(keys.is_sorted());
    assert_eq!(along_the_curve(&network, sorted.clone()), sorted);
}

#[test]
fn a_tree_without_pieces_finds_nothing() {
    let network = network(&[[0, 0]], &[]);
    assert!(
        Tree::new(&network, Vec::new())
            .nearest([0.0, 0.0], f64::INFINITY, |_| true)
            .is_none()
    );
}
