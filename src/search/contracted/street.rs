//! What the contracted network is made of.

use crate::search::sentinel::NO_WAY;

/// Ticks of a way, and of the way back; [`NO_WAY`] where it is closed.
pub(super) type BothWays = [u32; 2];

/// What lies between two junctions.
#[derive(Debug, Clone, Copy)]
pub(in crate::search) struct Street {
    /// Its junctions. One past the last junction stands for a tip, and for the root of a dead end
    /// that hangs on another street.
    pub ends: [u32; 2],
    /// From the first end to the second, and back.
    pub ticks: BothWays,
    /// The number of the [`DeadEnd`] that tells where the first end hangs on another street;
    /// [`crate::search::sentinel::NO_NUMBER`] when it does not.
    pub(super) dead_end: u32,
}

impl Street {
    /// Its ends with the smaller number first: where it begins, and where it ends.
    pub(in crate::search) const fn ordered(self) -> [u32; 2] {
        let [a, b] = self.ends;
        if a <= b { [a, b] } else { [b, a] }
    }

    /// From a place on the street to its second end, and back, when so much lies before the place.
    pub(super) fn after(&self, before: BothWays) -> BothWays {
        [0, 1].map(|way| {
            if self.ticks[way] == NO_WAY {
                NO_WAY
            } else {
                self.ticks[way].saturating_sub(before[way])
            }
        })
    }
}

/// Where an edge lies on its street.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    /// [`crate::search::sentinel::NO_NUMBER`] when the edge is closed both ways.
    pub street: u32,
    /// How many edges of the street come before it, times two; plus one when it is turned.
    pub rank: u32,
    /// From the street's first end to the edge's nearer one, and back.
    pub before: BothWays,
}

impl Place {
    /// Whether the edge was drawn against the direction of its street.
    pub(super) const fn is_turned(self) -> bool {
        self.rank % 2 == 1
    }

    /// The rank of the vertex at the edge's nearer end: even on vertices, odd on edges.
    pub(super) const fn near_vertex(self) -> u32 {
        self.rank / 2 * 2
    }
}

/// The vertex on another street at which a dead end hangs.
#[derive(Debug, Clone, Copy)]
pub(super) struct DeadEnd {
    pub street: u32,
    /// In which order places lie along the street, as in [`super::AccessPoint`].
    pub rank: u32,
    /// From the vertex to the street's ends.
    pub leave: [u32; 2],
    /// From the street's ends to the vertex.
    pub arrive: [u32; 2],
}

/// A street as seen from the junction that it leads to.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::search) struct InArc {
    /// The junction at its other end.
    pub other: u32,
    pub ticks: u32,
}

pub(super) const fn added(sum: BothWays, ticks: BothWays) -> BothWays {
    [
        sum[0].saturating_add(ticks[0]),
        sum[1].saturating_add(ticks[1]),
    ]
}
