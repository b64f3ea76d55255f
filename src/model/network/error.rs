//! Why a network could not be made.

use std::fmt;

use crate::plane::PositionError;
use crate::words::{Text, text};

/// Why a network could not be made.
///
/// ```
/// use walkshed::model::{Network, NetworkError};
/// use walkshed::plane::Position;
/// let nodes = [116.0, 116.01].map(|lon| Position::new(lon, 30.0).unwrap());
/// let wrong = Network::new(nodes.into(), &[(0, 2, 900.0)]).unwrap_err();
/// assert_eq!(wrong, NetworkError::NoSuchNode { edge: 0, node: 2, nodes: 2 });
/// ```
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum NetworkError {
    /// An edge names a vertex that does not exist.
    NoSuchNode {
        /// The edge's place in the list.
        edge: usize,
        /// The vertex it names.
        node: usize,
        /// How many vertices there are.
        nodes: usize,
    },
    /// An edge's length is negative, not finite, or above 1,000 km.
    BadLength {
        /// The edge's place in the list.
        edge: usize,
        /// The length found.
        metres: f64,
    },
    /// Traits name an edge that does not exist, a span that does not lie on its line, or a street
    /// that is faster than a plain one.
    BadTraits {
        /// The edge's place in the list.
        edge: usize,
        /// How many edges there are.
        edges: usize,
        /// The span found.
        span: [f64; 2],
        /// How many times slower.
        slower: f64,
    },
    /// There are heights or names, but not one for each vertex or edge.
    WrongCount {
        /// Heights or names.
        what: Text,
        /// How many there are.
        count: usize,
        /// How many are needed.
        expected: usize,
    },
    /// A vertex lies at no place on the globe.
    NoPlace {
        /// The vertex.
        node: usize,
    },
    /// A vertex of a line lies at no place on the globe.
    BadVertex {
        /// The line's place in the list.
        line: usize,
        /// The vertex' place in the line.
        vertex: usize,
        /// What is wrong with it.
        source: PositionError,
    },
    /// A line leads nowhere.
    ShortLine {
        /// The line's place in the list.
        line: usize,
        /// How many vertices it has.
        vertices: usize,
    },
    /// There are more vertices or edges than 32-bit numbers can count.
    TooLarge {
        /// Vertices or edges.
        what: Text,
        /// How many there are.
        count: usize,
    },
}

impl NetworkError {
    /// The error in words, with what to do.
    #[must_use]
    pub fn text(&self) -> Text {
        match self {
            Self::NoSuchNode { edge, node, nodes } => text!(
                NetworkNoSuchNode,
                edge = *edge,
                node = *node,
                nodes = *nodes
            ),
            Self::BadLength { edge, metres } => {
                text!(NetworkBadLength, edge = *edge, metres = *metres)
            }
            Self::BadTraits {
                edge,
                edges,
                span,
                slower,
            } => text!(
                NetworkBadTraits,
                edge = *edge,
                edges = *edges,
                span = format!("{span:?}"),
                slower = *slower,
            ),
            Self::WrongCount {
                what,
                count,
                expected,
            } => text!(
                NetworkWrongCount,
                what = what.clone(),
                count = *count,
                expected = *expected
            ),
            Self::NoPlace { node } => text!(NetworkNoPlace, node = *node),
            Self::BadVertex {
                line,
                vertex,
                source,
            } => text!(
                NetworkBadVertex,
                line = *line,
                vertex = *vertex,
                source = source.text()
            ),
            Self::ShortLine { line, vertices } => {
                text!(NetworkShortLine, line = *line, vertices = *vertices)
            }
            Self::TooLarge { what, count } => {
                text!(NetworkTooLarge, what = what.clone(), count = *count)
            }
        }
    }
}

impl fmt::Display for NetworkError {
    /// In English.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.text().fmt(f)
    }
}

impl std::error::Error for NetworkError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::BadVertex { source, .. } => Some(source),
            Self::NoSuchNode { .. }
            | Self::BadLength { .. }
            | Self::BadTraits { .. }
            | Self::WrongCount { .. }
            | Self::NoPlace { .. }
            | Self::ShortLine { .. }
            | Self::TooLarge { .. } => None,
        }
    }
}
