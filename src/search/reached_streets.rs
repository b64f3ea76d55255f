//! Which stretches of street lie within a budget of one place (*isochrone*, as lines).

use crate::ids::{EdgeId, NodeId};
use crate::units::TravelTime;

/// A stretch of one piece of street that is reached, with the times at its ends. Between them the time
/// grows evenly from the one end to the other.
///
/// ```
/// use walkshed::TravelTime;
/// use walkshed::ids::EdgeId;
/// use walkshed::search::Stretch;
/// // A street of 300 m whose near end is reached after 5 minutes and whose far end after 9.5.
/// let times = [3_000_000, 5_700_000].map(TravelTime::from_ticks);
/// let street = Stretch { edge: EdgeId::new(0), offsets: [0.0, 300.0], times };
/// let within = street.within(TravelTime::from_minutes(8)).unwrap();
/// assert_eq!((within.metres(), street.within(TravelTime::from_minutes(4))), (200.0, None));
/// assert_eq!(street.seconds_at(150.0), 435.0);
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stretch {
    /// The piece of street.
    pub edge: EdgeId,
    /// Where the stretch begins and ends, in metres from the piece's first end, the smaller first.
    pub offsets: [f64; 2],
    /// The walk between there and the place, without the gap of whoever stands beside the street.
    pub times: [TravelTime; 2],
}

impl Stretch {
    /// The part of it that is reached within a limit; none where no point is.
    ///
    /// The end with the longer time moves to where the time runs out.
    #[must_use]
    pub fn within(self, limit: TravelTime) -> Option<Self> {
        self.cut(limit, |time| time <= limit)
    }

    /// The part of it whose time is at least this; none where no point's is.
    #[must_use]
    pub fn since(self, time: TravelTime) -> Option<Self> {
        self.cut(time, |other| other >= time)
    }

    /// The part whose times are kept, cut where its time is this if one of its ends is not kept.
    fn cut(self, at: TravelTime, keeps: impl Fn(TravelTime) -> bool) -> Option<Self> {
        let [first, last] = self.times;
        // Time grows evenly between the ends: where both are kept, so is all between them.
        match [keeps(first), keeps(last)] {
            [true, true] => Some(self),
            [false, false] => None,
            [true, false] => Some(Self {
                offsets: [self.offsets[0], self.offset_at(at)],
                times: [first, at],
                ..self
            }),
            [false, true] => Some(Self {
                offsets: [self.offset_at(at), self.offsets[1]],
                times: [at, last],
                ..self
            }),
        }
    }

    /// Where its time is this, which lies between the times of its two different ends.
    fn offset_at(&self, time: TravelTime) -> f64 {
        let [first, last] = self.times.map(TravelTime::seconds);
        let part = (time.seconds() - first) / (last - first);
        let [begin, end] = self.offsets;
        begin + (end - begin) * part
    }

    /// The time at an offset of it, in seconds.
    #[must_use]
    pub fn seconds_at(&self, offset: f64) -> f64 {
        let [begin, end] = self.offsets;
        let [first, last] = self.times.map(TravelTime::seconds);
        if end <= begin {
            return first;
        }
        first + (last - first) * ((offset - begin) / (end - begin))
    }

    /// The part of it between two of its offsets.
    #[must_use]
    pub fn part(self, from: f64, to: f64) -> Self {
        let time = |offset| {
            let seconds = self.seconds_at(offset).max(0.0);
            TravelTime::from_seconds(seconds).unwrap_or(TravelTime::MAX)
        };
        // Ends that stay keep their time to the tick.
        let times = [
            if from <= self.offsets[0] {
                self.times[0]
            } else {
                time(from)
            },
            if to >= self.offsets[1] {
                self.times[1]
            } else {
                time(to)
            },
        ];
        Self {
            offsets: [from, to],
            times,
            ..self
        }
    }

    /// Its length in metres.
    #[must_use]
    pub fn metres(&self) -> f64 {
        self.offsets[1] - self.offsets[0]
    }
}

/// All that is reached within a budget of one place.
///
/// ```
/// use walkshed::search::{Direction, StreetSearch};
/// use walkshed::{TravelTime, draw, snap};
/// let study = draw::town("A-s-----------B", 100.0, "s");
/// let profile = study.walk().profile();
/// let streets = StreetSearch::new(study.network(), &profile, Direction::ToPlace);
/// let s = snap::link(&study).site(study.sites().find("s").unwrap());
/// let reached = streets.reached(s, TravelTime::from_minutes(15));
/// // 200 m to the one end of the street, which is a node; 1,000 m towards the other, which is not.
/// assert_eq!((reached.stretches.len(), reached.nodes.len()), (2, 1));
/// let nearer = reached.within(TravelTime::from_minutes(6));
/// assert_eq!(nearer.stretches.iter().map(|stretch| stretch.metres()).sum::<f64>().round(), 600.0);
/// ```
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ReachedStreets {
    /// The stretches: at most two of one piece of street, or four of the piece on which the place hangs,
    /// and one without length where it hangs at an end of it.
    /// Fixed links are no streets and have none.
    pub stretches: Vec<Stretch>,
    /// The nodes with their times.
    pub nodes: Vec<(NodeId, TravelTime)>,
}

impl ReachedStreets {
    /// What of it is reached within a shorter limit. O(stretches + nodes).
    #[must_use]
    pub fn within(&self, limit: TravelTime) -> Self {
        let nodes = self.nodes.iter().copied();
        Self {
            stretches: self
                .stretches
                .iter()
                .filter_map(|stretch| stretch.within(limit))
                .collect(),
            nodes: nodes.filter(|&(_, time)| time <= limit).collect(),
        }
    }
}
