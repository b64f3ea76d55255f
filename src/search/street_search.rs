//! The streets made ready for the question which stretches of them lie within a budget of a place.
//!
//! The nodes of the network take the place of the cells: one bounded walk finds the times of all nodes
//! within the budget ([`super::bounded_dijkstra`]). Every piece of street that meets one of them is then
//! cut where the time runs out, and where the ways by its two ends take as long:
//!
//! ```text
//!   time  budget ─ ─ ─ ─ ─ ─ ─ ─ ─          budget ─ ─ ─╱─ ─ ─ ─╲─ ─
//!               ╱╲                                   ╱           ╲
//!             ╱    ╲                               ╱               ╲
//!           A───────B   two stretches            A─────       ──────B   two, and a gap
//! ```

use std::sync::{Mutex, PoisonError};

use super::bounded_dijkstra::{BoundedSearch, Scratch};
use super::cells_on_streets::CellsOnStreets;
use super::contracted::node_points;
use super::cost_model::{CostModel, Direction};
use super::csr::Csr;
use super::prepared::PreparedStreets;
use super::reached_streets::{ReachedStreets, Stretch};
use super::sentinel::{NO_NUMBER, NO_WAY, short};
use super::snapped_point::SnappedPoint;
use crate::ids::{EdgeId, NodeId};
use crate::model::{Network, Profile};
use crate::snap::Snap;
use crate::units::TravelTime;

/// The streets of a network made ready for many walks from any place, by one profile.
///
/// ```
/// use walkshed::search::{Direction, StreetSearch};
/// use walkshed::{TravelTime, draw, snap};
/// // One character is 100 m; 15 minutes are 1,000 m.
/// let study = draw::town("A-s-----------B", 100.0, "s");
/// let links = snap::link(&study);
/// let profile = study.walk().profile();
/// let streets = StreetSearch::new(study.network(), &profile, Direction::ToPlace);
/// let site = links.site(study.sites().find("s").unwrap());
/// let reached = streets.reached(site, TravelTime::from_minutes(15));
/// let metres: f64 = reached.stretches.iter().map(|stretch| stretch.metres()).sum();
/// assert_eq!(metres.round(), 200.0 + 1000.0);
/// ```
pub struct StreetSearch<'a> {
    network: &'a Network,
    cost_model: CostModel<'a>,
    prepared: PreparedStreets,
    /// The nodes, as if each were a cell that stands on the street.
    nodes: CellsOnStreets,
    /// By node its slot; [`NO_NUMBER`] where no open street meets it.
    slots: Vec<u32>,
    /// By slot of a node the pieces of street that meet there.
    ends: Csr<EdgeEnd>,
    /// By slot, the times of one walk: as many tables as threads ever walk at once.
    idle: Mutex<Vec<Vec<u32>>>,
}

/// A piece of street as seen from a node at one of its ends.
#[derive(Debug, Clone, Copy, Default)]
struct EdgeEnd {
    /// Times two; plus one at the piece's second end.
    edge: u32,
    /// The slot of the node at its other end.
    other: u32,
    /// Ticks to the node from the other end.
    near: u32,
    /// Ticks to the other end from the node.
    far: u32,
}

/// A part of a piece of street between two places whose times are known.
struct Between {
    edge: EdgeId,
    /// Metres from the piece's first end.
    offsets: [f64; 2],
    /// The times at its two ends; [`NO_WAY`] where they are not known.
    times: [u32; 2],
    /// How long the whole part takes towards either end; [`NO_WAY`] where it is closed.
    costs: [u32; 2],
}

impl<'a> StreetSearch<'a> {
    /// Contracts the streets for those who walk by this profile. O(V + E) and O(J log J) in the J
    /// junctions; 100 bytes a node and 32 a piece of street.
    #[must_use]
    pub fn new(network: &'a Network, profile: &Profile, direction: Direction) -> Self {
        let cost_model = CostModel::towards(network, *profile, direction);
        let prepared = PreparedStreets::new(&cost_model, *profile);
        // The nodes take the part of the cells, each with a slot along the curve.
        let points = node_points(&prepared.streets, &cost_model);
        let nodes = CellsOnStreets::new(&prepared.streets, &points);
        let slots = slots_of_nodes(&nodes, network.nodes().len());
        let ends = edge_ends(network, &cost_model, &slots, nodes.cells.len());
        Self {
            network,
            cost_model,
            prepared,
            nodes,
            slots,
            ends,
            idle: Mutex::default(),
        }
    }

    /// The streets.
    #[must_use]
    pub const fn network(&self) -> &'a Network {
        self.network
    }

    /// Who walks.
    #[must_use]
    pub const fn profile(&self) -> &Profile {
        &self.prepared.profile
    }

    /// What is reached within a budget of a place, inclusive; the place's own gap is walked too.
    ///
    /// Exact to the tick at every node, and within a tick between them: what [`super::Engine::catchment`]
    /// finds for a cell without a gap. Nothing is reached from a stranded place. O(n) in the nodes
    /// within the budget.
    #[must_use]
    pub fn reached(&self, place: Snap, budget: TravelTime) -> ReachedStreets {
        let profile = self.prepared.profile;
        let Some(own) = SnappedPoint::new(self.network, self.cost_model, profile, place) else {
            return ReachedStreets::default();
        };
        let budget = budget.ticks().min(NO_WAY - 1);
        let mut found = Found {
            budget,
            streets: ReachedStreets::default(),
        };
        self.prepared.with_scratch(|scratch| {
            self.walk(scratch, place, budget);
            let mut times = self.idle_times();
            // All times first: a piece is cut by those at both its ends.
            for node in scratch.found.list() {
                times[node.slot as usize] = node.ticks;
            }
            for node in scratch.found.list() {
                let id = NodeId::new(self.nodes.cells[node.slot as usize] as usize);
                let time = TravelTime::from_ticks(node.ticks);
                found.streets.nodes.push((id, time));
                self.cut_around(node.slot, own.edge, &times, &mut found);
            }
            self.cut_own(own, &times, &mut found);
            // Cleared by what was written, not whole.
            for node in scratch.found.list() {
                times[node.slot as usize] = NO_WAY;
            }
            self.idle
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .push(times);
        });
        found.streets
    }

    fn walk(&self, scratch: &mut Scratch, place: Snap, budget: u32) {
        scratch.clear();
        let search = BoundedSearch {
            streets: &self.prepared.streets,
            cells: &self.nodes,
            budget,
        };
        if let Some(point) = self.prepared.access_point(&self.cost_model, place) {
            scratch.cells_within(search, &point);
        }
    }

    /// A table in which no node has a time.
    fn idle_times(&self) -> Vec<u32> {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        idle.pop()
            .unwrap_or_else(|| vec![NO_WAY; self.nodes.cells.len()])
    }

    /// The stretches of the pieces that meet a node, but for the piece on which the place hangs.
    fn cut_around(&self, slot: u32, own: EdgeId, times: &[u32], found: &mut Found) {
        for end in self.ends.row(slot) {
            let edge = EdgeId::new((end.edge / 2) as usize);
            let at_second = end.edge % 2 == 1;
            let far_time = times[end.other as usize];
            // Where both ends are reached, the first one looks at the piece.
            let seen_from_first = at_second && far_time != NO_WAY;
            if edge == own || seen_from_first {
                continue;
            }
            let metres = self.network.edge(edge).metres;
            let near_time = times[slot as usize];
            // Pieces are cut from their first end, whichever end was reached.
            let (times, costs) = if at_second {
                ([far_time, near_time], [end.far, end.near])
            } else {
                ([near_time, far_time], [end.near, end.far])
            };
            found.cut(&Between {
                edge,
                offsets: [0.0, metres],
                times,
                costs,
            });
        }
    }

    /// The stretches of the piece on which the place hangs: on either side of it.
    fn cut_own(&self, own: SnappedPoint, times: &[u32], found: &mut Found) {
        let metres = self.network.edge(own.edge).metres;
        let [first, second] = own.ends.map(|node| self.time_of(node, times));
        let [to_first, to_second] = own.legs.leave.map(|leg| leg.unwrap_or(NO_WAY));
        let [from_first, from_second] = own.legs.arrive.map(|leg| leg.unwrap_or(NO_WAY));
        // Towards the piece's end one walks out of the place, towards the place from the end.
        found.cut(&Between {
            edge: own.edge,
            offsets: [0.0, own.offset],
            times: [first, own.gap],
            costs: [to_first, from_first],
        });
        found.cut(&Between {
            edge: own.edge,
            offsets: [own.offset, metres],
            times: [own.gap, second],
            costs: [from_second, to_second],
        });
        // Who stands past the same end of a one-way piece is there already.
        let at_an_end = own.offset <= 0.0 || own.offset >= metres;
        if at_an_end && own.gap <= found.budget {
            found.streets.stretches.push(Stretch {
                edge: own.edge,
                offsets: [own.offset; 2],
                times: [TravelTime::from_ticks(own.gap); 2],
            });
        }
    }

    fn time_of(&self, node: NodeId, times: &[u32]) -> u32 {
        let slot = self.slots[node.index()];
        times.get(slot as usize).copied().unwrap_or(NO_WAY)
    }
}

/// What was found so far.
struct Found {
    budget: u32,
    streets: ReachedStreets,
}

impl Found {
    /// Cuts what lies between two places where the time runs out, and where the ways by either take as
    /// long.
    fn cut(&mut self, between: &Between) {
        let [first, second] = [0, 1].map(|end| {
            let time = between.times[end];
            let open = between.costs[end] != NO_WAY && time <= self.budget;
            open.then_some((time, between.costs[end]))
        });
        let [begin, stop] = between.offsets;
        // One place for both, to the last bit: their land lies side by side.
        let meet = match (first, second) {
            (Some(first), Some(second)) => match meeting(first, second) {
                share if share >= 1.0 => stop,
                share => begin + (stop - begin) * share,
            },
            (Some(_), None) => stop,
            (None, _) => begin,
        };
        if let Some((time, cost)) = first {
            let (offset, time_there) = self.reach(time, cost, [begin, stop], meet);
            self.take(between.edge, [begin, offset], [time, time_there]);
        }
        if let Some((time, cost)) = second {
            let (offset, time_there) = self.reach(time, cost, [stop, begin], meet);
            self.take(between.edge, [offset, stop], [time_there, time]);
        }
    }

    /// How far one gets from one end of a part towards the other, but not past a place; and the time there.
    fn reach(&self, time: u32, cost: u32, [from, to]: [f64; 2], meet: f64) -> (f64, u32) {
        let left = self.budget - time;
        let whole = (to - from).abs();
        let until_meet = (meet - from).abs();
        let in_budget = if cost > left {
            whole * f64::from(left) / f64::from(cost)
        } else {
            whole
        };
        // The time runs out before that place.
        if in_budget < until_meet {
            let offset = if to > from {
                from + in_budget
            } else {
                from - in_budget
            };
            return (offset, self.budget);
        }
        // The part ends there, or the way by its other end is shorter beyond.
        let part = if whole > 0.0 { until_meet / whole } else { 0.0 };
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a part of a u32, rounded to the nearest tick"
        )]
        let ticks = (f64::from(cost) * part).round() as u32;
        (meet, time + ticks.min(left))
    }

    /// A stretch, unless it has no length.
    fn take(&mut self, edge: EdgeId, offsets: [f64; 2], times: [u32; 2]) {
        if offsets[0] < offsets[1] {
            self.streets.stretches.push(Stretch {
                edge,
                offsets,
                times: times.map(TravelTime::from_ticks),
            });
        }
    }
}

/// Up to which share of a part, from its first end, the way by that end is no longer than by the other.
fn meeting(first: (u32, u32), second: (u32, u32)) -> f64 {
    let (time_1, cost_1) = first;
    let (time_2, cost_2) = second;
    let both = f64::from(cost_1) + f64::from(cost_2);
    if both <= 0.0 {
        return 1.0;
    }
    // time_1 + cost_1 · x = time_2 + cost_2 · (1 − x)
    let ahead = f64::from(time_2) + f64::from(cost_2) - f64::from(time_1);
    (ahead / both).clamp(0.0, 1.0)
}

/// By node its slot.
fn slots_of_nodes(on_streets: &CellsOnStreets, nodes: usize) -> Vec<u32> {
    let mut slots = vec![NO_NUMBER; nodes];
    for (slot, &node) in (0_u32..).zip(&on_streets.cells) {
        slots[node as usize] = slot;
    }
    slots
}

/// By slot of each node the pieces of street that meet there; fixed links are none. O(V + E).
fn edge_ends(
    network: &Network,
    cost_model: &CostModel<'_>,
    slots: &[u32],
    count: usize,
) -> Csr<EdgeEnd> {
    let ends: Vec<(u32, EdgeEnd)> = network
        .edges()
        .iter()
        .enumerate()
        .filter(|&(number, _)| network.traits_of(EdgeId::new(number)).link.is_none())
        .flat_map(|(number, edge)| {
            let [forward, backward] = cost_model.on(EdgeId::new(number)).whole();
            let costs = [backward, forward].map(|ticks| ticks.unwrap_or(NO_WAY));
            let slots = [edge.from, edge.to].map(|node| slots[node.index()]);
            [0, 1].map(|end| {
                let seen = EdgeEnd {
                    edge: 2 * short(number) + short(end),
                    other: slots[1 - end],
                    near: costs[end],
                    far: costs[1 - end],
                };
                (slots[end], seen)
            })
        })
        // A node that no open street meets has no slot, nor has what is closed both ways a reached one.
        .filter(|&(slot, seen)| slot != NO_NUMBER && seen.other != NO_NUMBER)
        .collect();
    Csr::new(count, ends.iter().copied())
}
