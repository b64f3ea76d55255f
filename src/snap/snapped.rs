//! Where one point hangs on the streets.

use crate::ids::EdgeId;

/// Where a point hangs on the network.
///
/// ```
/// use walkshed::ids::CellId;
/// use walkshed::snap::{self, Snap};
/// let study = walkshed::draw::town("A-----B\n  a", 100.0, "");
/// match snap::link(&study).cell(CellId::new(0)).unwrap() {
///     Snap::Snapped { offset, gap, .. } => assert_eq!([offset, gap].map(f64::round), [200.0, 100.0]),
///     Snap::Stranded { nearest } => panic!("a street is within 500 m, not {nearest:?}"),
/// }
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Snap {
    /// On a street.
    Snapped {
        /// The street piece.
        edge: EdgeId,
        /// Metres along the piece from its first end.
        offset: f64,
        /// Straight-line metres from the point to the street.
        gap: f64,
    },
    /// No street is near enough, or a barrier lies before each that is.
    Stranded {
        /// Straight-line metres to the nearest street, barriers or not; none where there are no streets.
        nearest: Option<f64>,
    },
}

impl Snap {
    /// The street piece that the point hangs on; none when stranded.
    #[must_use]
    pub const fn edge(self) -> Option<EdgeId> {
        match self {
            Self::Snapped { edge, .. } => Some(edge),
            Self::Stranded { .. } => None,
        }
    }

    /// The straight-line metres from the point to the street it hangs on; none when stranded.
    #[must_use]
    pub const fn gap(self) -> Option<f64> {
        match self {
            Self::Snapped { gap, .. } => Some(gap),
            Self::Stranded { .. } => None,
        }
    }
}
