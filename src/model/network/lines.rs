//! A network from lines in memory.

use std::collections::HashMap;

use geo_types::{Coord, LineString};

use super::{Network, NetworkError};
use crate::plane::Position;

impl Network {
    /// The streets along these lines, which join wherever they have a vertex in common, to the bit.
    ///
    /// Lines that only cross do not join, as a bridge does not. Each piece is as long as the geodesic
    /// on WGS 84. Vertices keep the order in which they come up; one that repeats the one before it
    /// is left out. O(vertices).
    ///
    /// ```
    /// use walkshed::geo_types::line_string;
    /// use walkshed::model::Network;
    /// let high_street = line_string![(x: 116.24, y: 29.73), (x: 116.25, y: 29.73), (x: 116.26, y: 29.73)];
    /// let lane = line_string![(x: 116.25, y: 29.73), (x: 116.25, y: 29.74)];
    /// let network = Network::from_lines(&[high_street, lane]).unwrap();
    /// assert_eq!((network.nodes().len(), network.edges().len()), (4, 3));
    /// assert_eq!(network.total_metres().round(), 3043.0);
    /// ```
    ///
    /// # Errors
    /// When a line has no two vertices, or a vertex is no longitude and latitude.
    pub fn from_lines(lines: &[LineString]) -> Result<Self, NetworkError> {
        let mut streets = Streets::default();
        for (number, line) in lines.iter().enumerate() {
            streets.lay(number, line)?;
        }
        Self::new(streets.nodes, &streets.edges)
    }
}

/// The streets laid so far.
#[derive(Default)]
struct Streets {
    nodes: Vec<Position>,
    edges: Vec<(usize, usize, f64)>,
    /// The vertex at each place, by the bits of its coordinates.
    by_place: HashMap<[u64; 2], usize>,
}

impl Streets {
    /// Lays a line vertex by vertex; those at equal coordinates are one. O(vertices) as a rule.
    fn lay(&mut self, number: usize, line: &LineString) -> Result<(), NetworkError> {
        if line.0.len() < 2 {
            let vertices = line.0.len();
            return Err(NetworkError::ShortLine {
                line: number,
                vertices,
            });
        }
        let mut before: Option<usize> = None;
        for (vertex, &place) in line.0.iter().enumerate() {
            let at = Position::try_from(place).map_err(|source| NetworkError::BadVertex {
                line: number,
                vertex,
                source,
            })?;
            let node = self.node(place, at);
            // A vertex that stands twice makes no piece of street.
            if let Some(last) = before.filter(|&last| last != node) {
                let metres = self.nodes[last].distance(at);
                self.edges.push((last, node, metres));
            }
            before = Some(node);
        }
        Ok(())
    }

    fn node(&mut self, place: Coord, at: Position) -> usize {
        // Adding zero makes -0 the same as 0.
        let bits = [place.x, place.y].map(|degrees| (degrees + 0.0).to_bits());
        *self.by_place.entry(bits).or_insert_with(|| {
            self.nodes.push(at);
            self.nodes.len() - 1
        })
    }
}

#[cfg(test)]
mod tests {
    use geo_types::line_string;

    use super::*;

    #[test]
    fn lines_join_at_equal_vertices_and_nowhere_else() {
        // A cross whose arms share the middle, and a bridge across it that does not.
        let east = line_string![(x: -0.001, y: 0.0), (x: 0.0, y: 0.0), (x: 0.001, y: 0.0)];
        let north = line_string![(x: 0.0, y: -0.001), (x: -0.0, y: 0.0), (x: -0.0, y: 0.0), (x: 0.0, y: 0.001)];
        let bridge = line_string![(x: -0.001, y: -0.001), (x: 0.001, y: 0.001)];
        let network = Network::from_lines(&[east, north, bridge]).expect("three streets");
        assert_eq!(network.component_sizes(), [5, 2]);
        assert_eq!(network.edges().len(), 5);
        let metres = network.edges()[0].metres;
        assert!((metres - 111.319_49).abs() < 1e-4, "{metres}");
    }

    #[test]
    fn a_vertex_that_is_nowhere_is_told_by_line_and_vertex() {
        for (x, y) in [(f64::NAN, 0.0), (29.7, 116.2), (0.0, f64::INFINITY)] {
            let good = line_string![(x: 0.0, y: 0.0), (x: 0.1, y: 0.0)];
            let bad = line_string![(x: 0.0, y: 0.0), (x: x, y: y)];
            let wrong = Network::from_lines(&[good, bad]).expect_err("off the globe");
            assert!(
                wrong.to_string().starts_with("line 1, vertex 1: "),
                "{wrong}"
            );
        }
        let short = Network::from_lines(&[line_string![(x: 0.0, y: 0.0)]]);
        let expected = NetworkError::ShortLine {
            line: 0,
            vertices: 1,
        };
        assert_eq!(short.err(), Some(expected));
    }
}
