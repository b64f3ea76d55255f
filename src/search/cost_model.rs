//! How long a piece of street takes in either direction, under one profile (*impedance*).

use crate::ids::EdgeId;
use crate::model::{Network, OneWay, Profile, StreetRules, Traits, WalkedBy, slope_factor};
use crate::units::{Speed, TravelTime};

/// In which direction one walks: it matters where streets are one way or steep.
///
/// ```
/// use walkshed::model::{NetworkParts, OneWay, StreetRules, Traits};
/// use walkshed::search::{Direction, StreetSearch};
/// use walkshed::{TravelTime, draw, snap};
///
/// // People may walk from A to B alone: the site is reached from its west, and leads to its east.
/// let town = draw::town("A----s----B", 100.0, "s");
/// let study = town.with(|parts| {
///     let one_way = Traits { one_way: OneWay::Forward, ..Traits::default() };
///     let streets = NetworkParts { traits: vec![(0, one_way)], ..std::mem::take(&mut parts.network).into_parts() };
///     parts.network = walkshed::model::Network::with_traits(streets).unwrap();
///     parts.walk.rules = StreetRules { one_way: true, ..StreetRules::default() };
/// })?;
/// let s = snap::link(&study).site(study.sites().find("s").unwrap());
/// let reached = |direction| {
///     let streets = StreetSearch::new(study.network(), &study.walk().profile(), direction);
///     let reached = streets.reached(s, TravelTime::from_minutes(3));
///     reached.stretches[0].offsets.map(f64::round)
/// };
/// assert_eq!(reached(Direction::ToPlace), [300.0, 500.0]);
/// assert_eq!(reached(Direction::FromPlace), [500.0, 700.0]);
/// # Ok::<(), walkshed::model::StudyError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Direction {
    /// From everywhere to the place: who can reach it.
    #[default]
    ToPlace,
    /// From the place to everywhere: what can be reached from it.
    FromPlace,
}

/// The streets as one profile walks them.
#[derive(Clone, Copy)]
pub(super) struct CostModel<'a> {
    network: &'a Network,
    profile: Profile,
    /// No street is slowed, nor has any trait that these rules mind.
    plain: bool,
    /// Every walk is the other way round.
    turned: bool,
    /// Walks lead home: compounds are entered by their gates, by those who live there.
    homeward: bool,
}

/// What walking along one piece of street costs.
#[derive(Debug, Clone, Copy)]
pub(super) struct EdgeCost {
    metres: f64,
    /// By direction, forward first; none where it is closed.
    pace: [Option<Pace>; 2],
    /// What the whole drawn line costs besides, such as waiting at a crossing.
    delay: TravelTime,
    /// Which part of that line this piece is, from 0 to 1.
    span: [f64; 2],
}

/// How one goes along a piece of street in one direction.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Pace {
    speed: Speed,
    /// How often its metres count.
    stretch: f64,
}

/// Ticks from a place within a piece of street to its ends and back; none where it is closed.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Legs {
    /// From the place to the piece's first end and to its other.
    pub leave: [Option<u32>; 2],
    /// From the piece's first end and from its other to the place.
    pub arrive: [Option<u32>; 2],
}

impl<'a> CostModel<'a> {
    pub(super) fn new(network: &'a Network, profile: Profile) -> Self {
        // Most studies have neither rules nor slow streets: then no trait is looked up at all.
        let ruled = profile.rules != StreetRules::default();
        let sloped = profile.rules.slope && network.has_heights();
        let minds_something = ruled && (sloped || !network.traits().is_empty());
        Self {
            network,
            profile,
            plain: !network.is_slowed() && !minds_something,
            turned: false,
            homeward: false,
        }
    }

    /// The same for walks to a place or from it: searches follow them back from the place.
    pub(super) fn towards(network: &'a Network, profile: Profile, direction: Direction) -> Self {
        let cost_model = Self::new(network, profile);
        match direction {
            Direction::ToPlace => cost_model,
            Direction::FromPlace => Self {
                homeward: true,
                ..cost_model.turned()
            },
        }
    }

    pub(super) const fn network(&self) -> &'a Network {
        self.network
    }

    /// The same streets for the walk back: what leads from a place leads to it.
    pub(super) const fn turned(mut self) -> Self {
        self.turned = !self.turned;
        self
    }

    /// The cost of one edge. O(1) without traits, else O(log T) in their number.
    pub(super) fn on(&self, edge: EdgeId) -> EdgeCost {
        let mut cost = EdgeCost {
            metres: self.network.edge(edge).metres,
            pace: [Some(Pace {
                speed: self.profile.speed,
                stretch: 1.0,
            }); 2],
            delay: TravelTime::ZERO,
            span: [0.0, 1.0],
        };
        if !self.plain {
            self.mind_traits(&mut cost, edge);
        }
        // Turned around, forward is backward.
        if self.turned {
            cost.pace.reverse();
        }
        cost
    }

    /// Puts in what slopes, slow streets, closures, one-ways and delays change.
    fn mind_traits(&self, cost: &mut EdgeCost, edge: EdgeId) {
        let street = self.network.traits_of(edge);
        if let Some(time) = street.link {
            return ride(cost, &street, time);
        }
        if street.walked_by == WalkedBy::Gate {
            return self.pass_gate(cost, street.one_way);
        }
        let rules = self.profile.rules;
        // A bridge or a tunnel does not follow the ground: its line says that it is level.
        let slopes = if rules.slope && !street.level {
            self.climb(edge, &street)
        } else {
            [1.0; 2]
        };
        let open = open_ways(&rules, &street);
        let rides = rides(&rules, &street);
        for way in [0, 1] {
            // Slopes are for those on foot.
            let slope = if rides[way] { 1.0 } else { slopes[way] };
            let pushes = rules.pushes_at.filter(|_| !rides[way]);
            let pace = Pace {
                speed: pushes.unwrap_or(self.profile.speed),
                stretch: slope * street.slower,
            };
            cost.pace[way] = open[way].then_some(pace);
        }
        cost.delay = rules.delay(&street);
        cost.span = street.span;
    }

    /// A gate leads out of a compound, whatever the rules; homeward it leads in.
    fn pass_gate(&self, cost: &mut EdgeCost, outward: OneWay) {
        let way = if self.homeward {
            outward.reversed()
        } else {
            outward
        };
        for (pace, is_open) in cost.pace.iter_mut().zip(way.open()) {
            *pace = pace.filter(|_| is_open);
        }
    }

    /// How many times longer than on the flat a piece takes, forward and backward.
    fn climb(&self, edge: EdgeId, street: &Traits) -> [f64; 2] {
        if let Some(climb) = street.climb {
            return climb.map(f64::from);
        }
        let slope = self.network.slope(edge);
        [slope, -slope].map(|slope| 1.0 / slope_factor(slope))
    }
}

/// A fixed link: its time alone counts, whatever the speed, the rules and the length.
fn ride(cost: &mut EdgeCost, street: &Traits, time: TravelTime) {
    let open = street.one_way.open();
    for way in [0, 1] {
        let pace = Pace {
            speed: Speed::DEFAULT,
            stretch: 0.0,
        };
        cost.pace[way] = open[way].then_some(pace);
    }
    cost.delay = time;
    cost.span = street.span;
}

/// Whether a piece may be walked forward, and backward.
fn open_ways(rules: &StreetRules, street: &Traits) -> [bool; 2] {
    if rules.closes(street) {
        return [false, false];
    }
    let one_way = if rules.one_way {
        street.one_way
    } else {
        OneWay::No
    };
    one_way.open()
}

/// Whether one rides a piece forward, and backward.
fn rides(rules: &StreetRules, street: &Traits) -> [bool; 2] {
    if rules.pushes_at.is_none() {
        return [false, false];
    }
    street.ridden()
}

impl EdgeCost {
    /// The whole piece in ticks: forward, then backward.
    pub(super) fn whole(self) -> [Option<u32>; 2] {
        self.both_ways(|pace| self.until(self.metres, pace))
    }

    /// The legs from and to a place so many metres from the first end.
    ///
    /// They add up to the time of the whole piece exactly, so that splitting a street changes no sum.
    pub(super) fn legs(self, offset: f64) -> Legs {
        let [forward, backward] = self.both_ways(|pace| {
            // The second leg is what is left, so that rounding changes no sum.
            let whole = self.until(self.metres, pace);
            let first = self.until(offset, pace).min(whole);
            [first, whole - first]
        });
        // Forward leads from the first end to the place and on to the other; backward the other way.
        Legs {
            leave: [backward.map(|legs| legs[0]), forward.map(|legs| legs[1])],
            arrive: [forward.map(|legs| legs[0]), backward.map(|legs| legs[1])],
        }
    }

    /// Something of either direction; done once when both are alike.
    fn both_ways<T: Copy>(self, of: impl Fn(Pace) -> T) -> [Option<T>; 2] {
        let [forward, backward] = self.pace;
        let first = forward.map(&of);
        let second = if forward == backward {
            first
        } else {
            backward.map(of)
        };
        [first, second]
    }

    /// Ticks along the first metres of the piece, and the part of the line's delay that lies there.
    fn until(self, metres: f64, pace: Pace) -> u32 {
        let walk = pace.speed.time(metres * pace.stretch);
        if self.delay == TravelTime::ZERO {
            return walk.ticks();
        }
        let part = if self.metres > 0.0 {
            metres / self.metres
        } else {
            1.0
        };
        // Differences of rounded places on the line, so that the delays of its pieces add up to its own.
        let [begin, end] = self.span;
        let delay_at_begin = self.delay_before(begin);
        let delay_at_place = self.delay_before(begin + (end - begin) * part);
        let delay = delay_at_begin.abs_diff(delay_at_place);
        walk.saturating_add(delay).ticks()
    }

    /// The part of the delay that lies before a place on the line, to the nearest tick.
    fn delay_before(self, part: f64) -> TravelTime {
        TravelTime::from_seconds(self.delay.seconds() * part).unwrap_or(TravelTime::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::NetworkParts;
    use crate::plane::Position;

    const WALK: Pace = Pace {
        speed: Speed::DEFAULT,
        stretch: 1.0,
    };

    fn cost(metres: f64, span: [f64; 2]) -> EdgeCost {
        let delay = TravelTime::from_ticks(300_001);
        EdgeCost {
            metres,
            pace: [Some(WALK), None],
            delay,
            span,
        }
    }

    #[test]
    fn a_crossing_of_20_m_with_30_s_to_wait_takes_48_s() {
        let crossing = EdgeCost {
            delay: TravelTime::from_ticks(300_000),
            ..cost(20.0, [0.0, 1.0])
        };
        assert_eq!(crossing.whole(), [Some(480_000), None]);
        assert_eq!(crossing.legs(5.0).arrive, [Some(120_000), None]);
        assert_eq!(crossing.legs(5.0).leave, [None, Some(360_000)]);
    }

    #[test]
    fn a_slowed_street_is_slow_for_everybody_and_both_ways() {
        let nodes = [0.0, 0.001, 0.002]
            .map(|east| Position::new(116.0 + east, 29.0).expect("on the globe"))
            .to_vec();
        let edges = vec![(1, 0, 100.0), (1, 2, 100.0)];
        let traits = vec![(
            0,
            Traits {
                slower: 2.5,
                ..Traits::default()
            },
        )];
        let network = Network::with_traits(NetworkParts {
            nodes,
            edges,
            traits,
            ..NetworkParts::default()
        });
        let network = network.expect("valid");
        let cost_model = CostModel::new(
            &network,
            Profile {
                speed: Speed::DEFAULT,
                rules: StreetRules::default(),
            },
        );
        assert_eq!(cost_model.on(EdgeId::new(0)).whole(), [Some(2_250_000); 2]);
        assert_eq!(cost_model.on(EdgeId::new(1)).whole(), [Some(900_000); 2]);
    }

    #[test]
    fn pieces_of_a_line_add_up_to_its_delay_whichever_way_they_are_turned() {
        let whole = cost(30.0, [0.0, 1.0]).whole()[0];
        let parts = [
            cost(10.0, [1.0 / 3.0, 0.0]),
            cost(13.0, [1.0 / 3.0, 0.7]),
            cost(7.0, [1.0, 0.7]),
        ];
        assert_eq!(
            parts
                .iter()
                .map(|part| part.whole()[0])
                .sum::<Option<u32>>(),
            whole
        );
        assert_eq!(
            cost(0.0, [0.0, 1.0]).whole()[0],
            Some(300_001),
            "a line without length costs its delay too"
        );
    }
}
