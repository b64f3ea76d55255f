//! Where a point hangs on the contracted streets.

use std::cmp::Ordering;
use std::iter;

use super::street::{BothWays, Street, added};
use super::streets::{ContractedStreets, edge_ticks};
use crate::ids::EdgeId;
use crate::model::Profile;
use crate::search::cost_model::{CostModel, Legs};
use crate::search::sentinel::NO_WAY;
use crate::snap::Snap;

/// The rank of the vertex at a street's second end: even, and after all others.
const LAST_RANK: u32 = u32::MAX - 1;

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
    pub(super) rank: u32,
    /// From the point to its foot on the street.
    pub out: u32,
    /// From its foot to the point.
    pub into: u32,
    /// From the foot to the street's ends; [`NO_WAY`] where that way is closed.
    pub leave: [u32; 2],
    /// From the street's ends to the foot.
    pub arrive: [u32; 2],
}

impl AccessPoint {
    /// The walk along the street from this point to another one on it, both gaps included.
    ///
    /// From another edge it leads towards the one end or the other. On one edge both are looked at: two
    /// points that are the same to the tick may be in either order.
    fn along(&self, to: &Self) -> u32 {
        match self.rank.cmp(&to.rank) {
            Ordering::Less => self.towards(1, to),
            Ordering::Equal => self.towards(0, to).min(self.towards(1, to)),
            Ordering::Greater => self.towards(0, to),
        }
    }

    /// The walk to a point that lies between this one and an end of their street: what this one
    /// takes to the end less what the other takes. [`NO_WAY`] where it does not lie there.
    fn towards(&self, end: usize, to: &Self) -> u32 {
        let whole = self.leave[end];
        let rest = to.leave[end];
        // A closed way, or the other point lies behind this one as seen from that end.
        if whole == NO_WAY || rest == NO_WAY || whole < rest {
            return NO_WAY;
        }
        (whole - rest)
            .saturating_add(self.out)
            .saturating_add(to.into)
    }
}

impl ContractedStreets {
    /// Where a point hangs; none when it is stranded or its street is closed both ways. O(1).
    pub(in crate::search) fn access_point(
        &self,
        cost_model: &CostModel<'_>,
        profile: &Profile,
        snap: Snap,
    ) -> Option<AccessPoint> {
        let Snap::Snapped { edge, offset, gap } = snap else {
            return None;
        };
        // Snapped by other rules than these: nobody who walks by these gets there.
        if !self.is_open(edge.index()) {
            return None;
        }
        let place = self.places[edge.index()];
        let street = self.streets[place.street as usize];
        // What lies before the edge and past it is known by the street; only the edge itself is
        // measured.
        let legs = legs_along(cost_model, edge, offset, place.is_turned());
        // The edge itself is taken as its two legs, so that no sum is rounded twice.
        let ahead = legs.arrive[0].saturating_add(legs.leave[1]);
        let back = legs.leave[0].saturating_add(legs.arrive[1]);
        let after = [
            past_edge(street.ticks[0], place.before[0], ahead),
            past_edge(street.ticks[1], place.before[1], back),
        ];
        let gap = profile.speed.time(gap).ticks();
        Some(AccessPoint {
            street: place.street,
            rank: place.near_vertex() + 1,
            out: gap,
            into: gap,
            leave: added(legs.leave, [place.before[1], after[0]]),
            arrive: added(legs.arrive, [place.before[0], after[1]]),
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
        let place = self.places[edge.index()];
        let street: &Street = self.streets.get(place.street as usize)?;
        // The near end stands in the table; the far end is one edge further.
        let before = if far {
            let ticks = ticks_along(cost_model, edge, place.is_turned());
            added(place.before, ticks)
        } else {
            place.before
        };
        let after = street.after(before);
        Some(AccessPoint {
            street: place.street,
            rank: place.near_vertex() + 2 * u32::from(far),
            out: 0,
            into: 0,
            leave: [before[1], after[0]],
            arrive: [before[0], after[1]],
        })
    }

    /// The junction at an end of a street, as a point of that street.
    pub(in crate::search) fn at_end(&self, street: u32, end: usize) -> AccessPoint {
        let [ahead, back] = self.streets[street as usize].ticks;
        // No other place of the street comes before its first end, or after its second.
        let (rank, leave, arrive) = if end == 0 {
            (0, [0, ahead], [0, back])
        } else {
            (LAST_RANK, [back, 0], [ahead, 0])
        };
        AccessPoint {
            street,
            rank,
            out: 0,
            into: 0,
            leave,
            arrive,
        }
    }

    /// The same point as it hangs on the street that its dead end hangs on; none when it is on no
    /// dead end, or on one that hangs on a junction.
    fn off_dead_end(&self, point: &AccessPoint) -> Option<AccessPoint> {
        let number = self.streets[point.street as usize].dead_end;
        let dead_end = self.dead_ends.get(number as usize)?;
        Some(AccessPoint {
            street: dead_end.street,
            rank: dead_end.rank,
            // The way out of the dead end is a part of the gap.
            out: point.out.saturating_add(point.leave[0]),
            into: point.into.saturating_add(point.arrive[0]),
            leave: dead_end.leave,
            arrive: dead_end.arrive,
        })
    }

    /// The point on its own street, then on the one that this hangs on, and so on.
    fn outwards(&self, point: AccessPoint) -> impl Iterator<Item = AccessPoint> {
        iter::successors(Some(point), |point| self.off_dead_end(point))
    }

    /// The same point on the root street: the one that hangs on no other. O(the depth of the dead ends).
    pub(in crate::search) fn on_root_street(&self, point: &AccessPoint) -> AccessPoint {
        let mut root = *point;
        while let Some(next) = self.off_dead_end(&root) {
            root = next;
        }
        root
    }

    /// The junctions from which a walk leads to a point on its root street, and how long it takes.
    pub(in crate::search) fn junctions_to(
        &self,
        root: AccessPoint,
    ) -> impl Iterator<Item = (u32, u32)> + use<> {
        let tip = self.junctions;
        let ends = self.streets[root.street as usize].ends;
        ends.into_iter()
            .zip(root.arrive)
            .map(move |(end, leg)| (end, leg.saturating_add(root.into)))
            .filter(move |&(end, ticks)| end < tip && ticks < NO_WAY)
    }

    /// The walk between two points along the first street on which both hang: the only way there is
    /// when that is a dead end. [`NO_WAY`] when there is no such street.
    ///
    /// O(d²) in the depth d of the dead ends, a small number.
    pub(in crate::search) fn along_street(&self, from: &AccessPoint, to: &AccessPoint) -> u32 {
        // Outwards from both: the first street on which both hang is the innermost one.
        for from in self.outwards(*from) {
            for to in self.outwards(*to) {
                if from.street == to.street {
                    return from.along(&to);
                }
            }
        }
        NO_WAY
    }
}

/// What a street takes past one of its edges.
const fn past_edge(total: u32, before: u32, edge: u32) -> u32 {
    total.saturating_sub(before).saturating_sub(edge)
}

/// Ticks of an edge with its street, and against it.
fn ticks_along(cost_model: &CostModel<'_>, edge: EdgeId, turned: bool) -> BothWays {
    let [forward, backward] = edge_ticks(cost_model, edge);
    if turned {
        [backward, forward]
    } else {
        [forward, backward]
    }
}

/// Ticks from a place on an edge to the edge's ends and back, the end nearer to the street's first
/// end first.
struct LegsAlong {
    leave: [u32; 2],
    arrive: [u32; 2],
}

fn legs_along(cost_model: &CostModel<'_>, edge: EdgeId, offset: f64, turned: bool) -> LegsAlong {
    let Legs { leave, arrive } = cost_model.on(edge).legs(offset);
    LegsAlong {
        leave: near_first(leave, turned),
        arrive: near_first(arrive, turned),
    }
}

fn near_first(legs: [Option<u32>; 2], turned: bool) -> [u32; 2] {
    let [first, second] = legs.map(|leg| leg.unwrap_or(NO_WAY));
    if turned {
        [second, first]
    } else {
        [first, second]
    }
}
