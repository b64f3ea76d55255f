//! Places where streets should hang together, and do not.

use crate::plane::Position;
use crate::words::{Text, text};

/// How two streets miss each other.
///
/// ```
/// use walkshed::model::JointKind;
/// assert_eq!(JointKind::ALL.map(JointKind::word), ["tee-without-vertex", "near-miss", "crossing-without-vertex"]);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum JointKind {
    /// A vertex of the one, mostly its end, lies on the other or beside it, where that has no vertex.
    Tee,
    /// A vertex of the one lies beside a vertex of the other.
    NearMiss,
    /// They cross without a vertex in common, and neither is a bridge or a tunnel.
    Crossing,
}

impl JointKind {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Tee, Self::NearMiss, Self::Crossing];

    /// As files write it, and the code of its finding.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Tee => "tee-without-vertex",
            Self::NearMiss => "near-miss",
            Self::Crossing => "crossing-without-vertex",
        }
    }

    /// What it is called.
    #[must_use]
    pub fn name(self) -> Text {
        match self {
            Self::Tee => text!(JointTee),
            Self::NearMiss => text!(JointNearMiss),
            Self::Crossing => text!(JointCrossing),
        }
    }
}

/// A place where two streets should hang together, and do not: whoever walks cannot turn there.
#[doc(alias = "断头路")]
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Joint {
    /// How they miss each other.
    pub kind: JointKind,
    /// Where: at the vertex that misses, or at the crossing.
    pub at: Position,
    /// How far they lie apart, in metres.
    pub metres: f64,
    /// A vertex of each of the two streets.
    pub streets: [Position; 2],
}
