//! From street pieces as read to the frozen network.

use fast_hilbert::xy2h;
use rayon::prelude::*;

use super::raw_streets::RawStreets;
use crate::model::{Network, NetworkError};
use crate::plane::Position;

/// The network of these street pieces.
///
/// Vertices are numbered along a Hilbert curve (neighbours on the ground are neighbours in memory)
/// and edges by their ends, so that the order of the lines in the file changes nothing. Each length
/// is taken here, once: geodesic on WGS 84. O(n log n).
///
/// # Errors
/// When a piece is longer than 1,000 km, or there are too many.
pub(crate) fn network(raw: &RawStreets) -> Result<Network, NetworkError> {
    let mut order: Vec<(u64, u32)> = (0_u32..).zip(&raw.nodes).map(|(old, &at)| (curve(at), old)).collect();
    order.par_sort_unstable_by(|a, b| {
        a.0.cmp(&b.0).then_with(|| exact(raw, a.1).cmp(&exact(raw, b.1))).then(a.1.cmp(&b.1))
    });
    let mut number = vec![0_u32; raw.nodes.len()];
    for (new, &(_, old)) in (0_u32..).zip(&order) {
        number[old as usize] = new;
    }
    let nodes: Vec<Position> = order.iter().map(|&(_, old)| position(raw.nodes[old as usize])).collect();
    let ends = |&[a, b]: &[u32; 2]| {
        let (a, b) = (number[a as usize], number[b as usize]);
        (a.min(b) as usize, a.max(b) as usize)
    };
    let mut pieces: Vec<(usize, usize)> = raw.pieces.iter().map(ends).collect();
    pieces.par_sort_unstable();
    let edges: Vec<_> = pieces.par_iter().map(|&(a, b)| (a, b, nodes[a].distance(nodes[b]))).collect();
    Network::new(nodes, &edges)
}

fn position([lon, lat]: [f64; 2]) -> Position {
    Position::new(lon, lat).expect("readers of streets check every position")
}

/// The place on a Hilbert curve over the globe with cells of about a centimetre.
fn curve([lon, lat]: [f64; 2]) -> u64 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "degrees fill the range of u32")]
    let cell = |degrees: f64, span: f64| ((degrees / span + 0.5) * f64::from(u32::MAX)) as u32;
    xy2h(cell(lon, 360.0), cell(lat, 180.0), 32)
}

/// A total order of positions, for those in one cell of the curve.
fn exact(raw: &RawStreets, node: u32) -> [u64; 2] {
    raw.nodes[node as usize].map(f64::to_bits)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn raw() -> RawStreets {
        let nodes = vec![[116.2, 29.7], [116.21, 29.7], [116.21, 29.71], [116.2, 29.71], [116.3, 29.8]];
        RawStreets { nodes, pieces: vec![[0, 1], [1, 2], [2, 3], [3, 0], [1, 1]], ..RawStreets::default() }
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

    #[test]
    fn lengths_are_geodesic() {
        let network = network(&raw()).expect("valid");
        let longest = network.edges().iter().map(|e| e.metres).fold(0.0, f64::max);
        // 0.01° of latitude at 29.7° N on WGS 84.
        assert!((longest - 1108.5).abs() < 0.5, "{longest}");
    }
}
