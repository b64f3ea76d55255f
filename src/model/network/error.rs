//! Why a network could not be made.

use crate::plane::PositionError;

/// Why a network could not be made.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum NetworkError {
    /// An edge names a vertex that does not exist.
    #[error(
        "edge {edge} ends at vertex {node}, but there are only {nodes} vertices – vertices count from 0"
    )]
    NoSuchNode {
        /// The edge's place in the list.
        edge: usize,
        /// The vertex it names.
        node: usize,
        /// How many vertices there are.
        nodes: usize,
    },
    /// An edge's length is negative, not finite, or above 1,000 km.
    #[error(
        "edge {edge} is {metres} m long; expected a length from 0 to 1,000,000 m – measure it in metres"
    )]
    BadLength {
        /// The edge's place in the list.
        edge: usize,
        /// The length found.
        metres: f64,
    },
    /// Traits name an edge that does not exist, a span that does not lie on its line, or a street
    /// that is faster than a plain one.
    #[error(
        "traits are listed for edge {edge} of {edges}, with the span {span:?} and {slower} times slower; expected an edge of the list, a span within 0 to 1, and 1 to 1000 times slower"
    )]
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
    #[error("there are {count} {what}, but {expected} are needed, or none at all")]
    WrongCount {
        /// Heights or names.
        what: &'static str,
        /// How many there are.
        count: usize,
        /// How many are needed.
        expected: usize,
    },
    /// A vertex lies at no place on the globe.
    #[error("vertex {node} lies at no place on the globe – take its position from Position::new")]
    NoPlace {
        /// The vertex.
        node: usize,
    },
    /// A vertex of a line lies at no place on the globe.
    #[error("line {line}, vertex {vertex}: {source}")]
    BadVertex {
        /// The line's place in the list.
        line: usize,
        /// The vertex' place in the line.
        vertex: usize,
        /// What is wrong with it.
        source: PositionError,
    },
    /// A line leads nowhere.
    #[error("line {line} has {vertices} vertices; expected two or more – leave it out")]
    ShortLine {
        /// The line's place in the list.
        line: usize,
        /// How many vertices it has.
        vertices: usize,
    },
    /// There are more vertices or edges than 32-bit numbers can count.
    #[error("{count} {what} are too many; the most is 2,000,000,000")]
    TooLarge {
        /// Vertices or edges.
        what: &'static str,
        /// How many there are.
        count: usize,
    },
}
