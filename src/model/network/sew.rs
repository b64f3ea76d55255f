//! Joining streets that come so near to each other that they should hang together.
//!
//! ```text
//!   on a street            two vertices
//!        |                  ---- ----
//!        v   one vertex     a       b   become one
//!   A ---·--- B  of A–B     ---------
//! ```

use std::collections::BTreeMap;

use petgraph::unionfind::UnionFind;

use super::links::part_of;
use super::{Edge, Network, NetworkError, NetworkParts};
use crate::ids::{EdgeId, NodeId};
use crate::model::street::Traits;
use crate::plane::Position;

/// Where two streets are to be joined.
///
/// ```
/// use walkshed::ids::NodeId;
/// use walkshed::model::Seam;
/// // Two streets whose ends miss each other by 100 m, drawn out for the eye.
/// let town = walkshed::draw::town("A--B C--D", 100.0, "");
/// let network = town.network().clone().sewn(&[Seam::Vertices([1, 2].map(NodeId::new))]).unwrap();
/// assert_eq!((town.network().component_sizes().len(), network.component_sizes().len()), (2, 1));
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Seam {
    /// A vertex becomes one of a street that had none there.
    OnStreet {
        /// The vertex.
        node: NodeId,
        /// The street.
        edge: EdgeId,
        /// Metres along the street from its first end.
        along: f64,
    },
    /// Two vertices become one: that with the smaller number stays where it is.
    Vertices([NodeId; 2]),
}

impl Network {
    /// The same streets joined at these places, in whatever order they come.
    ///
    /// A street that gets a vertex is as long as before, in two parts; one whose end moves onto another
    /// vertex is measured again. Vertices keep their order, those that became others left out; the parts of
    /// a street stand in its place. O(V + E + seams · log seams).
    ///
    /// ```
    /// use walkshed::ids::{EdgeId, NodeId};
    /// use walkshed::model::Seam;
    /// // The lane C–D ends on A–B, which has no vertex there.
    /// let town = walkshed::draw::town("A----B\n\n  C--D", 100.0, "");
    /// let seam = Seam::OnStreet { node: NodeId::new(2), edge: EdgeId::new(0), along: 200.0 };
    /// let network = town.network().clone().sewn(&[seam]).unwrap();
    /// assert_eq!((network.edges().len(), network.component_sizes()), (3, &[4][..]));
    /// ```
    ///
    /// # Errors
    /// When there are too many vertices.
    ///
    /// # Panics
    /// When a seam names a vertex or a street that the network does not have.
    pub fn sewn(self, seams: &[Seam]) -> Result<Self, NetworkError> {
        if seams.is_empty() {
            return Ok(self);
        }
        let mut sewing = Sewing::new(&self, seams);
        for place in 0..self.edges.len() {
            sewing.lay(EdgeId::new(place));
        }
        Self::with_traits(sewing.streets)
    }
}

/// A network that is put together anew, edge by edge.
struct Sewing<'a> {
    network: &'a Network,
    /// By old vertex its new number.
    number: Vec<usize>,
    /// By old vertex whether it became another one.
    moved: Vec<bool>,
    /// By edge the vertices that it gets, by metres along it.
    stops: BTreeMap<EdgeId, Vec<(f64, NodeId)>>,
    streets: NetworkParts,
}

/// Where a part of a street begins or ends.
#[derive(Clone, Copy)]
struct Stop {
    along: f64,
    node: NodeId,
    /// An end of the street that became another vertex.
    moved: bool,
}

impl<'a> Sewing<'a> {
    /// Joins vertices that become one, and sorts what comes onto each street.
    /// O(V + seams · log seams).
    fn new(network: &'a Network, seams: &[Seam]) -> Self {
        let mut sets = UnionFind::<usize>::new(network.nodes.len());
        let mut stops: BTreeMap<EdgeId, Vec<(f64, NodeId)>> = BTreeMap::new();
        for seam in seams {
            match *seam {
                Seam::Vertices([one, other]) => {
                    sets.union(one.index(), other.index());
                }
                Seam::OnStreet { node, edge, along } => {
                    stops.entry(edge).or_default().push((along, node));
                }
            }
        }
        for places in stops.values_mut() {
            // Along the street, as it is laid from its first end; at one place by number, whatever
            // the order of the seams.
            places.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        }
        let mut sewing = Self {
            network,
            number: vec![usize::MAX; network.nodes.len()],
            moved: vec![false; network.nodes.len()],
            stops,
            streets: NetworkParts::default(),
        };
        sewing.take_vertices(&sets.into_labeling());
        sewing
    }

    /// Numbers the vertices that stay: the first of each set.
    fn take_vertices(&mut self, set_of: &[usize]) {
        let mut of_set = vec![usize::MAX; set_of.len()];
        for (old, &set) in set_of.iter().enumerate() {
            // The first of a set stays where it is; the others become it.
            self.moved[old] = of_set[set] != usize::MAX;
            if !self.moved[old] {
                of_set[set] = self.streets.nodes.len();
                self.streets.nodes.push(self.network.nodes[old]);
                let heights = self.network.heights.get(old);
                self.streets.heights.extend(heights.copied());
            }
            self.number[old] = of_set[set];
        }
    }

    /// Lays an edge, in parts where vertices come onto it.
    fn lay(&mut self, edge: EdgeId) {
        let Edge { from, to, metres } = self.network.edge(edge);
        let mut begin = self.end(0.0, from);
        let last = self.end(metres, to);
        for (along, node) in self.stops.remove(&edge).unwrap_or_default() {
            // The end itself, or a vertex that has become it or the one before, parts nothing.
            let number = self.number[node.index()];
            let here = [begin, last].map(|stop| self.number[stop.node.index()]);
            if here.contains(&number) {
                continue;
            }
            let stop = Stop {
                along: along.clamp(0.0, metres),
                node,
                moved: false,
            };
            self.lay_part(edge, [begin, stop]);
            begin = stop;
        }
        self.lay_part(edge, [begin, last]);
    }

    fn end(&self, along: f64, node: NodeId) -> Stop {
        Stop {
            along,
            node,
            moved: self.moved[node.index()],
        }
    }

    /// Lays what lies between two stops, with the name of its street and its part of the traits.
    fn lay_part(&mut self, edge: EdgeId, [begin, end]: [Stop; 2]) {
        let [from, to] = [begin, end].map(|stop| self.number[stop.node.index()]);
        let place = self.streets.edges.len();
        let mut metres = end.along - begin.along;
        // An end that became another vertex stands elsewhere: the drawn length holds no longer.
        if begin.moved || end.moved {
            let [start, stop]: [Position; 2] = [from, to].map(|node| self.streets.nodes[node]);
            metres = start.distance(stop);
        }
        self.streets.edges.push((from, to, metres));
        let street: Traits = self.network.traits_of(edge);
        if !street.is_plain() {
            let whole = self.network.edge(edge).metres;
            let part = |along: f64| if whole > 0.0 { along / whole } else { 0.0 };
            // A street without length is one part, which holds the whole line.
            let along = [
                part(begin.along),
                if whole > 0.0 { part(end.along) } else { 1.0 },
            ];
            self.streets.traits.push((place, part_of(street, along)));
        }
        if let Some(name) = self.network.names.get(edge.index()) {
            self.streets.names.push(name.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::OneWay;

    /// Vertices in metres east and north of a place at the equator, and edges between them.
    fn network(places: &[[f64; 2]], edges: &[(usize, usize)]) -> Network {
        let at = |&[east, north]: &[f64; 2]| {
            Position::new(east / 111_319.5, north / 110_574.3).expect("near the equator")
        };
        let nodes: Vec<Position> = places.iter().map(at).collect();
        let edges: Vec<_> = edges
            .iter()
            .map(|&(a, b)| (a, b, nodes[a].distance(nodes[b])))
            .collect();
        Network::new(nodes, &edges).expect("valid")
    }

    fn on(node: usize, edge: usize, along: f64) -> Seam {
        let (node, edge) = (NodeId::new(node), EdgeId::new(edge));
        Seam::OnStreet { node, edge, along }
    }

    fn one(a: usize, b: usize) -> Seam {
        Seam::Vertices([a, b].map(NodeId::new))
    }

    #[test]
    fn in_whatever_order_the_seams_come_the_streets_are_the_same() {
        // A street of 300 m; three lanes end beside it, the second one beside the third, too.
        let places = [
            [0.0, 0.0],
            [300.0, 0.0],
            [100.0, 0.4],
            [100.0, 90.0],
            [200.0, 0.3],
            [200.0, 90.0],
            [200.1, -0.3],
            [200.1, -90.0],
        ];
        let town = network(&places, &[(0, 1), (2, 3), (4, 5), (6, 7)]);
        let seams = [on(2, 0, 100.0), on(4, 0, 200.0), on(6, 0, 200.1), one(6, 4)];
        let sewn = town.clone().sewn(&seams).expect("valid");
        assert_eq!(sewn.component_sizes(), [7]);
        assert_eq!(sewn.edges().len(), 6);
        let street: f64 = sewn.edges()[..3].iter().map(|edge| edge.metres).sum();
        assert!(
            (street - town.edges()[0].metres).abs() < 1e-9,
            "as long as before"
        );
        let mut back = seams;
        back.reverse();
        let again = town.sewn(&back).expect("valid");
        assert_eq!((sewn.edges(), sewn.nodes()), (again.edges(), again.nodes()));
    }

    #[test]
    fn a_street_whose_end_moves_is_measured_again() {
        let places = [[0.0, 0.0], [100.0, 0.0], [100.8, 0.0], [200.0, 0.0]];
        let sewn = network(&places, &[(0, 1), (2, 3)]).sewn(&[one(2, 1)]);
        let sewn = sewn.expect("valid");
        let metres: Vec<f64> = sewn
            .edges()
            .iter()
            .map(|edge| edge.metres.round())
            .collect();
        assert_eq!((metres, sewn.nodes().len()), (vec![100.0, 100.0], 3));
    }

    #[test]
    fn parts_keep_what_sets_their_street_apart() {
        let town = network(
            &[[0.0, 0.0], [100.0, 0.0], [25.0, 1.0], [25.0, 9.0]],
            &[(0, 1), (2, 3)],
        );
        let mut parts = town.into_parts();
        let one_way = OneWay::Forward;
        let climb = Some([1.5, 0.5]);
        parts.traits = vec![(
            0,
            Traits {
                one_way,
                climb,
                ..Traits::default()
            },
        )];
        parts.names = vec![Some("主街".into()), None];
        parts.heights = vec![Some(1.0), Some(2.0), None, None];
        let sewn = Network::with_traits(parts)
            .expect("valid")
            .sewn(&[on(2, 0, 25.0)]);
        let sewn = sewn.expect("valid");
        let spans: Vec<[f64; 2]> = sewn
            .traits()
            .iter()
            .map(|(_, street)| street.span)
            .collect();
        assert!(
            (spans[0][1] - 0.25).abs() < 1e-4 && spans[1][0] >= 1.0,
            "{spans:?}"
        );
        // The second part begins at the vertex with the smaller number, its far end: it is turned.
        let climbs: Vec<_> = sewn
            .traits()
            .iter()
            .map(|(_, street)| street.climb)
            .collect();
        assert_eq!(climbs, [climb, Some([0.5, 1.5])]);
        let names = [0, 1, 2].map(|edge| sewn.street_name(EdgeId::new(edge)));
        assert_eq!(names, [Some("主街"), Some("主街"), None]);
        assert_eq!(sewn.height(NodeId::new(1)), Some(2.0));
    }
}
