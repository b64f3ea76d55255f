//! How fixed links carry beyond the boundary: who may leave it by one within the limit.
//!
//! The bounds ask who could walk beyond the boundary in a straight line. A minibus makes that line
//! longer than one's legs: who boards one may leave the boundary where it stops, or board another. So
//! for each link the least time is worked out that it takes from its stop to the boundary, in straight
//! lines and by further links; a cell is flagged when it gets to a stop early enough. Links beyond the
//! boundary are not known: the bounds rest on there being none.

use crate::model::{Boundary, Profile, Study, Traits, slope_factor};
use crate::plane::Position;
use crate::units::TravelTime;

/// The slope at which [`slope_factor`] is greatest.
pub(super) const FASTEST_SLOPE: f64 = -0.05;

/// The stops from which links lead beyond the boundary, for those who go by one profile.
pub(super) struct WaysOut {
    stops: Vec<Stop>,
    profile: Profile,
}

/// Where a link is boarded.
struct Stop {
    at: Position,
    /// Where it is left.
    end: Position,
    ride: TravelTime,
    /// The least time from boarding to the boundary.
    out: TravelTime,
}

impl WaysOut {
    /// The stops from which the boundary can be reached within so long. O(links²), or O(links³) where
    /// many are boarded one after the other, and a search of the boundary for each; nothing without links.
    pub(super) fn new(
        study: &Study,
        boundary: &Boundary,
        profile: Profile,
        most: TravelTime,
    ) -> Self {
        let network = study.network();
        let mut ways = Self {
            stops: Vec::new(),
            profile,
        };
        for (edge, street) in network.links() {
            let ends = network.edge(edge);
            let ends = [ends.from, ends.to].map(|end| network.node(end));
            ways.stops.extend(stops_of(ends, street));
        }
        // By this link alone first.
        for place in 0..ways.stops.len() {
            let Stop { end, ride, .. } = ways.stops[place];
            let walk = ways.to_boundary(boundary, end, most);
            ways.stops[place].out = ride.saturating_add(walk);
        }
        ways.by_further_links();
        // Whoever boards one of these may be out in time; `most` is the longest search.
        ways.stops.retain(|stop| stop.out <= most);
        ways
    }

    /// Whether somebody at a place may be beyond the boundary within the limit, by a link. O(links).
    pub(super) fn lead_out(&self, at: Position, limit: TravelTime) -> bool {
        self.stops.iter().any(|stop| {
            let walk = self.straight(at, stop.at);
            walk.saturating_add(stop.out) <= limit
        })
    }

    /// Puts in that one may board another link, until nothing changes: at most once for each link.
    fn by_further_links(&mut self) {
        // The shortest way out boards each link at most once (Bellman and Ford).
        for _ in 0..self.stops.len() {
            let mut changed = false;
            for place in 0..self.stops.len() {
                let stop = &self.stops[place];
                let onwards = self.stops.iter().map(|next| {
                    let walk = self.straight(stop.end, next.at);
                    stop.ride.saturating_add(walk).saturating_add(next.out)
                });
                let out = onwards.min().unwrap_or(TravelTime::MAX);
                if out < stop.out {
                    self.stops[place].out = out;
                    changed = true;
                }
            }
            if !changed {
                return;
            }
        }
    }

    /// The least time of a straight walk, to the tick below.
    fn straight(&self, from: Position, to: Position) -> TravelTime {
        let time = self
            .profile
            .speed
            .time(from.distance(to) / quickest(&self.profile));
        TravelTime::from_ticks(time.ticks().saturating_sub(1))
    }

    /// The least time to the boundary in a straight line; more than `most` where it takes longer.
    fn to_boundary(&self, boundary: &Boundary, at: Position, most: TravelTime) -> TravelTime {
        let is_out = |ticks: u32| {
            let time = TravelTime::from_ticks(ticks);
            reaches(boundary, at, farthest_m(&self.profile, time))
        };
        if !is_out(most.ticks()) {
            return TravelTime::MAX;
        }
        // Farther is reached later, so that the least time is found by halving.
        let mut least = 0;
        let mut enough = most.ticks();
        while least < enough {
            let middle = least + (enough - least) / 2;
            if is_out(middle) {
                enough = middle;
            } else {
                least = middle + 1;
            }
        }
        TravelTime::from_ticks(enough)
    }
}

/// The stops of a link: at one end, or at both.
fn stops_of([from, to]: [Position; 2], street: &Traits) -> Vec<Stop> {
    let Some(ride) = street.link else {
        return Vec::new();
    };
    let ways = [(from, to), (to, from)]
        .into_iter()
        .zip(street.one_way.open());
    ways.filter(|&(_, is_open)| is_open)
        .map(|((at, end), _)| Stop {
            at,
            end,
            ride,
            // Worked out once all stops are there.
            out: TravelTime::MAX,
        })
        .collect()
}

/// How many times faster than on the flat one goes at most.
fn quickest(profile: &Profile) -> f64 {
    // Slopes beyond the boundary are not known: the walk might be down the fastest all the way.
    if profile.rules.slope {
        slope_factor(FASTEST_SLOPE)
    } else {
        1.0
    }
}

/// How far one gets by one's own power within a time, in metres, in a straight line at most.
pub(super) fn farthest_m(profile: &Profile, time: TravelTime) -> f64 {
    profile.speed.metres(time) * quickest(profile)
}

/// Whether what lies beyond the boundary is within so many metres, in a straight line.
pub(super) fn reaches(boundary: &Boundary, at: Position, metres: f64) -> bool {
    boundary.within(at, metres) || !boundary.contains(at)
}
