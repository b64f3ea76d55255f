//! From street pieces as read to the frozen network.

use rayon::prelude::*;

use super::way_attributes::Told;
use super::ways::RawStreets;
use crate::model::{Network, NetworkError, NetworkParts, Traits};
use crate::plane::Position;

/// The network of these street pieces.
///
/// Vertices are numbered along a Hilbert curve (neighbours on the ground are neighbours in memory)
/// and edges by their ends, parallel ones by their traits and names, so that the order of the lines
/// in the file changes nothing. Each length is taken here, once: geodesic on WGS 84. O(n log n).
///
/// # Errors
/// When a piece is longer than 1,000 km, or there are too many.
pub(crate) fn network(raw: &RawStreets) -> Result<Network, NetworkError> {
    let order = along_curve(raw);
    let nodes: Vec<Position> = order
        .iter()
        .map(|&old| position(raw.nodes[old as usize]))
        .collect();
    // Heights are known of no vertex at all, or listed for each.
    let heights = order
        .iter()
        .filter_map(|&old| raw.heights.get(old as usize).copied())
        .collect();
    let ends = renumbered(&raw.pieces, &order);
    let metres = lengths(&ends, &nodes);
    // Only now can parallel pieces be told apart: by what is told of them, not by their order.
    let told = Told::new(raw, &ends, &metres);
    let rows = told.edges(&ends);
    let edges = rows
        .par_iter()
        .map(|&[a, b, old]| (a as usize, b as usize, metres[old as usize]))
        .collect();
    Network::with_traits(NetworkParts {
        nodes,
        edges,
        traits: with_climbs(raw, &ends, &rows, told.traits_of(&rows)),
        heights,
        names: told.names_of(&rows),
    })
}

/// The traits of edges, by their places, and what those climb that are known to.
fn with_climbs(
    raw: &RawStreets,
    ends: &[[u32; 2]],
    rows: &[[u32; 3]],
    mut traits: Vec<(usize, Traits)>,
) -> Vec<(usize, Traits)> {
    if raw.climbs.is_empty() {
        return traits;
    }
    let mut plain = Vec::new();
    let mut next = 0;
    for (edge, &[_, _, old]) in rows.iter().enumerate() {
        // Both lists are in the order of edges.
        let own = traits.get_mut(next).filter(|(place, _)| *place == edge);
        next += usize::from(own.is_some());
        let Some([there, back]) = raw.climbs[old as usize] else {
            continue;
        };
        // Forward is from the end with the smaller number.
        let [from, to] = ends[old as usize];
        let climb = Some(if from > to {
            [back, there]
        } else {
            [there, back]
        });
        match own {
            Some((_, own)) => own.climb = climb,
            None => plain.push((
                edge,
                Traits {
                    climb,
                    ..Traits::default()
                },
            )),
        }
    }
    traits.extend(plain);
    traits
}

/// The vertices' places in the list, in their order along the curve. O(n log n).
fn along_curve(raw: &RawStreets) -> Vec<u32> {
    let mut order: Vec<(u64, u32)> = (0_u32..)
        .zip(&raw.nodes)
        .map(|(old, &at)| (position(at).on_curve(), old))
        .collect();
    // Vertices in one cell of the curve are told apart by their exact place.
    order.par_sort_unstable_by(|a, b| {
        a.0.cmp(&b.0)
            .then_with(|| exact(raw, a.1).cmp(&exact(raw, b.1)))
            .then(a.1.cmp(&b.1))
    });
    order.into_iter().map(|(_, old)| old).collect()
}

/// The ends of pieces by the vertices' places in this order.
fn renumbered(pieces: &[[u32; 2]], order: &[u32]) -> Vec<[u32; 2]> {
    let mut number = vec![0_u32; order.len()];
    for (new, &old) in (0_u32..).zip(order) {
        number[old as usize] = new;
    }
    pieces
        .par_iter()
        .map(|ends| ends.map(|end| number[end as usize]))
        .collect()
}

/// The lengths of pieces in metres, each measured from the end with the smaller number.
fn lengths(ends: &[[u32; 2]], nodes: &[Position]) -> Vec<f64> {
    ends.par_iter()
        .map(|&[a, b]| nodes[a.min(b) as usize].distance(nodes[a.max(b) as usize]))
        .collect()
}

fn position([lon, lat]: [f64; 2]) -> Position {
    Position::new(lon, lat).expect("readers of streets check every position")
}

/// A total order of positions, for those in one cell of the curve.
fn exact(raw: &RawStreets, node: u32) -> [u64; 2] {
    raw.nodes[node as usize].map(f64::to_bits)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{EdgeId, NodeId};
    use crate::model::{Edge, OneWay, StreetKind};
    use crate::read::streets::ways::{About, Names, Stretch};

    fn raw() -> RawStreets {
        let nodes = vec![
            [116.2, 29.7],
            [116.21, 29.7],
            [116.21, 29.71],
            [116.2, 29.71],
            [116.3, 29.8],
        ];
        RawStreets {
            nodes,
            pieces: vec![[0, 1], [1, 2], [2, 3], [3, 0], [1, 1]],
            ..RawStreets::default()
        }
    }

    #[test]
    fn the_order_of_lines_and_vertices_changes_nothing() {
        let straight = network(&raw()).expect("valid");
        let mut shuffled = raw();
        shuffled.nodes.reverse();
        for piece in &mut shuffled.pieces {
            *piece = [4 - piece[1], 4 - piece[0]];
        }
        shuffled.pieces.rotate_left(2);
        let shuffled = network(&shuffled).expect("valid");
        assert_eq!(straight.nodes(), shuffled.nodes());
        assert_eq!(straight.edges(), shuffled.edges());
    }

    /// Two parallel lines of two pieces each, a stair and a named crossing, and heights.
    fn tagged(turned: bool) -> RawStreets {
        let mut names = Names::default();
        let kind = |kind, one_way| Traits {
            kind,
            one_way,
            ..Traits::default()
        };
        let stairs = About {
            traits: kind(StreetKind::Stairs, OneWay::Forward),
            ..About::default()
        };
        let crossing = About {
            traits: kind(StreetKind::Crossing, OneWay::No),
            name: names.place("秀江路"),
            ..About::default()
        };
        let (mut pieces, mut lines) = (vec![[0, 1], [1, 2], [2, 1], [1, 0]], [stairs, crossing]);
        if turned {
            pieces.rotate_left(2);
            lines.reverse();
        }
        let [first, second] = lines;
        let stretches = [Stretch::new(0..2, first), Stretch::new(2..4, second)]
            .into_iter()
            .flatten()
            .collect();
        let nodes = vec![[116.2, 29.7], [116.203, 29.7], [116.204, 29.7]];
        let heights = vec![Some(10.0), None, Some(12.0)];
        RawStreets {
            nodes,
            pieces,
            stretches,
            names,
            heights,
            ..RawStreets::default()
        }
    }

    #[test]
    fn parallel_pieces_keep_their_own_traits_whatever_their_order() {
        let (one, other) = (
            network(&tagged(false)).expect("valid"),
            network(&tagged(true)).expect("valid"),
        );
        assert_eq!((one.edges(), one.traits()), (other.edges(), other.traits()));
        let names = |network: &Network| -> Vec<Option<String>> {
            (0..4)
                .map(|edge| network.street_name(EdgeId::new(edge)).map(str::to_owned))
                .collect()
        };
        assert_eq!(names(&one), names(&other));
        assert_eq!(names(&one).iter().flatten().count(), 2);
        for (edge, traits) in one.traits() {
            let named = one.street_name(*edge).is_some();
            assert_eq!(
                traits.kind == StreetKind::Crossing,
                named,
                "the crossing has the name"
            );
        }
    }

    #[test]
    fn a_line_in_two_pieces_has_its_span_by_length_and_heights_stay_at_their_vertices() {
        let network = network(&tagged(false)).expect("valid");
        let west = (0..3)
            .map(NodeId::new)
            .min_by(|&a, &b| network.node(a).lon().total_cmp(&network.node(b).lon()));
        assert_eq!(west.and_then(|west| network.height(west)), Some(10.0));
        for (edge, traits) in network.traits() {
            let Edge { from, to, metres } = network.edge(*edge);
            let east = network.node(from).lon() < network.node(to).lon();
            let of_line = if metres > 200.0 {
                [0.0, 0.75]
            } else {
                [0.75, 1.0]
            };
            let along = (traits.kind == StreetKind::Stairs) == east;
            let ahead = if traits.kind == StreetKind::Stairs {
                of_line
            } else {
                [1.0 - of_line[1], 1.0 - of_line[0]]
            };
            let span = if along { ahead } else { [ahead[1], ahead[0]] };
            assert!(
                span.iter()
                    .zip(traits.span)
                    .all(|(a, b)| (a - b).abs() < 1e-9),
                "{traits:?} {span:?}"
            );
            let way = if along {
                OneWay::Forward
            } else {
                OneWay::Backward
            };
            assert_eq!(
                traits.one_way,
                if traits.kind == StreetKind::Stairs {
                    way
                } else {
                    OneWay::No
                }
            );
        }
        assert_eq!(network.traits().len(), 4);
    }

    #[test]
    fn lengths_are_geodesic() {
        let network = network(&raw()).expect("valid");
        let longest = network.edges().iter().map(|e| e.metres).fold(0.0, f64::max);
        // 0.01° of latitude at 29.7° N on WGS 84.
        assert!((longest - 1108.5).abs() < 0.5, "{longest}");
    }
}
