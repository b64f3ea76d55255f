use super::*;
use crate::ids::EdgeId;
use crate::model::street::{OneWay, Traits};
use crate::plane::Position;

fn line(count: u32) -> Vec<Position> {
    (0..count)
        .filter_map(|i| Position::new(116.0 + f64::from(i) * 0.001, 29.7))
        .collect()
}

#[test]
fn components_count_their_vertices() {
    let edges = [
        (0, 1, 5.0),
        (1, 2, 5.0),
        (4, 5, 1.0),
        (4, 5, 2.0),
        (5, 5, 0.0),
    ];
    let network = Network::new(line(6), &edges).expect("valid edges");
    assert_eq!(network.component_sizes(), [3, 1, 2]);
    assert_eq!(network.component_size(EdgeId::new(3)), 2);
}

#[test]
fn bad_edges_are_refused() {
    let nodes = line(2);
    assert_eq!(
        Network::new(nodes.clone(), &[(0, 2, 1.0)]).err(),
        Some(NetworkError::NoSuchNode {
            edge: 0,
            node: 2,
            nodes: 2
        })
    );
    for bad in [f64::NAN, -1.0, f64::INFINITY] {
        assert!(matches!(
            Network::new(nodes.clone(), &[(0, 1, bad)]),
            Err(NetworkError::BadLength { .. })
        ));
    }
}

#[test]
fn a_turned_edge_takes_its_traits_with_it() {
    let one_way = Traits {
        one_way: OneWay::Forward,
        span: [0.25, 0.5],
        ..Traits::default()
    };
    let edges = vec![(0, 1, 5.0), (2, 1, 5.0), (1, 2, 7.0)];
    let parts = NetworkParts {
        nodes: line(3),
        edges,
        traits: vec![(2, one_way), (1, one_way)],
        ..NetworkParts::default()
    };
    let network = Network::with_traits(parts).expect("valid");
    let of = |edge| network.traits_of(EdgeId::new(edge));
    assert_eq!(of(0), Traits::default());
    assert_eq!(
        of(1),
        Traits {
            one_way: OneWay::Backward,
            span: [0.5, 0.25],
            ..Traits::default()
        }
    );
    assert_eq!(of(2), one_way);
}

#[test]
fn traits_heights_and_names_must_fit() {
    let parts = |edge, span, heights: usize| NetworkParts {
        nodes: line(2),
        edges: vec![(0, 1, 1.0)],
        traits: vec![(
            edge,
            Traits {
                span,
                ..Traits::default()
            },
        )],
        heights: vec![None; heights],
        ..NetworkParts::default()
    };
    let made = |edge, span, heights| Network::with_traits(parts(edge, span, heights));
    assert!(made(0, [1.0, 0.0], 2).is_ok());
    assert!(matches!(
        made(1, [0.0, 1.0], 0),
        Err(NetworkError::BadTraits { .. })
    ));
    assert!(matches!(
        made(0, [0.0, f64::NAN], 0),
        Err(NetworkError::BadTraits { .. })
    ));
    for slower in [0.9, 1001.0, f64::NAN] {
        let mut faster = parts(0, [0.0, 1.0], 0);
        faster.traits[0].1.slower = slower;
        assert!(matches!(
            Network::with_traits(faster),
            Err(NetworkError::BadTraits { .. })
        ));
    }
    assert!(matches!(
        made(0, [0.0, 1.0], 1),
        Err(NetworkError::WrongCount {
            count: 1,
            expected: 2,
            ..
        })
    ));
}

#[test]
fn c4_petgraph_and_back_keeps_the_multigraph() {
    let edges = [(0, 1, 5.0), (0, 1, 7.0), (1, 1, 3.0), (1, 2, 0.0)];
    let network = Network::new(line(3), &edges).expect("valid edges");
    let back = Network::from_petgraph(&network.to_petgraph()).expect("valid edges");
    assert_eq!(network.edges(), back.edges());
    assert_eq!(network.nodes(), back.nodes());
}

#[test]
fn a_vertex_that_is_nowhere_is_refused() {
    let nodes = vec![Position::from_plane([0.0, f64::NAN])];
    let network = Network::new(nodes, &[]);
    assert_eq!(network.err(), Some(NetworkError::NoPlace { node: 0 }));
}
