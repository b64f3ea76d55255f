//! Where a point hangs on the contracted streets.

use std::cmp::Ordering;

use super::trace::added;
use super::{ContractedStreets, NONE, Place, Street};
use crate::ids::EdgeId;
use crate::model::Profile;
use crate::search::cost_model::{CostModel, Legs};
use crate::snap::Snap;

/// A point on a street, its ticks to both ends exact to the tick.
///
/// ```text
///      before     leg           leg       after
///   A ========.---------*---------.==================== B
///                       |  gap
///                       o  the point
/// ```
#[derive(Debug, Clone, Copy)]
pub(in crate::search) struct AccessPoint {
    pub street: u32,
    /// In which order points lie along the street: odd on its edges, even on the vertices between.
    rank: u32,
    /// From the point to its foot on the street.
    pub out: u32,
    /// From its foot to the point.
    pub into: u32,
    /// From the foot to the street's ends; [`NONE`] where that way is closed.
    pub leave: [u32; 2],
    /// From the street's ends to the foot.
    pub arrive: [u32; 2],
}

/// The vertex on a street at which a dead end hangs, as [`AccessPoint`] has it.
#[derive(Debug, Clone, Copy)]
pub(in crate::search) struct DeadEnd {
    pub street: u32,
    pub rank: u32,
    pub leave: [u32; 2],
    pub arrive: [u32; 2],
}

impl AccessPoint {
    /// The walk along the street from this point to another one on it, both gaps included.
    ///
    /// From another edge it leads towards the one end or the other. On one edge both are looked at: two
    /// points that are the same to the tick may be in either order.
    fn along(&self, to: &Self) -> u32 {
        let way = |end: usize| {
            let open = self.leave[end] != NONE && to.leave[end] != NONE;
            let along = self.leave[end]
                .checked_sub(to.leave[end])
                .filter(|_| open)?;
            Some(along.saturating_add(self.out).saturating_add(to.into))
        };
        let ways = match self.rank.cmp(&to.rank) {
            Ordering::Less => [way(1), None],
            Ordering::Equal => [way(0), way(1)],
            Ordering::Greater => [way(0), None],
        };
        ways.into_iter().flatten().min().unwrap_or(NONE)
    }
}

impl ContractedStreets {
    /// Where a point hangs; none when it is stranded or its street is closed both ways. O(1).
    pub(in crate::search) fn spot(
        &self,
        cost_model: &CostModel<'_>,
        profile: &Profile,
        snap: Snap,
    ) -> Option<AccessPoint> {
        let Snap::Snapped { edge, offset, gap } = snap else {
            return None;
        };
        let Place {
            street,
            rank,
            before,
        } = self.places[edge.index()];
        if street == NONE {
            return None;
        }
        let [leave, arrive] = legs(cost_model, edge, offset, rank % 2 == 1);
        let total = self.streets[street as usize].ticks;
        // What the street takes past the edge: the whole less what is before it and the edge itself.
        let after = |way: usize, edge: [u32; 2]| {
            total[way]
                .saturating_sub(before[way])
                .saturating_sub(edge[0].saturating_add(edge[1]))
        };
        let gap = profile.speed.time(gap).ticks();
        Some(AccessPoint {
            street,
            rank: rank / 2 * 2 + 1,
            out: gap,
            into: gap,
            leave: [
                leave[0].saturating_add(before[1]),
                leave[1].saturating_add(after(0, [arrive[0], leave[1]])),
            ],
            arrive: [
                arrive[0].saturating_add(before[0]),
                arrive[1].saturating_add(after(1, [leave[0], arrive[1]])),
            ],
        })
    }

    /// The vertex of an edge that lies towards its street's first end, or (`far`) towards the other, but not a
    /// junction; none when the edge is closed both ways. O(1).
    pub(in crate::search) fn vertex(
        &self,
        cost_model: &CostModel<'_>,
        edge: EdgeId,
        far: bool,
    ) -> Option<AccessPoint> {
        let Place {
            street,
            rank,
            before,
        } = self.places[edge.index()];
        let Street { ticks: total, .. } = *self.streets.get(street as usize)?;
        let (turned, rank) = (rank % 2 == 1, rank / 2 * 2);
        let before = if far {
            added(before, paces(cost_model, edge, turned))
        } else {
            before
        };
        let rest = |way: usize| {
            if total[way] == NONE {
                NONE
            } else {
                total[way].saturating_sub(before[way])
            }
        };
        let (leave, arrive) = ([before[1], rest(0)], [before[0], rest(1)]);
        Some(AccessPoint {
            street,
            rank: rank + 2 * u32::from(far),
            out: 0,
            into: 0,
            leave,
            arrive,
        })
    }

    /// Whether an edge is open at least one way.
    pub(in crate::search) fn is_open(&self, edge: usize) -> bool {
        self.places[edge].street != NONE
    }

    /// Which end of an edge lies towards its street's first end: 0 or 1.
    pub(in crate::search) fn near_end(&self, edge: EdgeId) -> usize {
        (self.places[edge.index()].rank % 2) as usize
    }

    /// The same point as it hangs on the street that its dead end hangs on; none when it is on no
    /// dead end, or on one that hangs on a junction.
    fn carried(&self, spot: &AccessPoint) -> Option<AccessPoint> {
        let DeadEnd {
            street,
            rank,
            leave,
            arrive,
        } = *self
            .stems
            .get(self.streets[spot.street as usize].stem as usize)?;
        let (out, into) = (
            spot.out.saturating_add(spot.leave[0]),
            spot.into.saturating_add(spot.arrive[0]),
        );
        Some(AccessPoint {
            street,
            rank,
            out,
            into,
            leave,
            arrive,
        })
    }

    /// The same point on the street that hangs on no other. O(the depth of the dead ends).
    pub(in crate::search) fn grounded(&self, spot: &AccessPoint) -> AccessPoint {
        std::iter::successors(Some(*spot), |spot| self.carried(spot))
            .last()
            .unwrap_or(*spot)
    }

    /// The junctions from which a walk leads to a point on the ground, and how long it takes.
    pub(in crate::search) fn junctions_to(
        &self,
        ground: AccessPoint,
    ) -> impl Iterator<Item = (u32, u32)> + use<> {
        let ends = self.streets[ground.street as usize]
            .ends
            .into_iter()
            .zip(ground.arrive);
        let (tip, into) = (self.junctions, ground.into);
        ends.map(move |(end, leg)| (end, leg.saturating_add(into)))
            .filter(move |&(end, ticks)| end < tip && ticks < NONE)
    }

    /// The walk between two points along the first street on which both hang: the only way there is
    /// when that is a dead end. [`NONE`] when there is no such street.
    pub(in crate::search) fn along(&self, from: &AccessPoint, to: &AccessPoint) -> u32 {
        let hung = |spot| std::iter::successors(Some(spot), |spot| self.carried(spot));
        let pairs = hung(*from).flat_map(|from| hung(*to).map(move |to| (from, to)));
        pairs
            .into_iter()
            .find(|(from, to)| from.street == to.street)
            .map_or(NONE, |(from, to)| from.along(&to))
    }
}

/// Ticks of an edge with its street, and against it.
fn paces(cost_model: &CostModel<'_>, edge: EdgeId, turned: bool) -> [u32; 2] {
    let [forward, backward] = cost_model
        .on(edge)
        .whole()
        .map(|way| way.map_or(NONE, |ticks| ticks.min(NONE - 1)));
    if turned {
        [backward, forward]
    } else {
        [forward, backward]
    }
}

/// The legs to and from an edge's ends, those nearer to the street's first end first.
fn legs(cost_model: &CostModel<'_>, edge: EdgeId, offset: f64, turned: bool) -> [[u32; 2]; 2] {
    let Legs { leave, arrive } = cost_model.on(edge).legs(offset);
    [leave, arrive].map(|legs| {
        let [near, far] = legs.map(|leg| leg.unwrap_or(NONE));
        if turned { [far, near] } else { [near, far] }
    })
}
