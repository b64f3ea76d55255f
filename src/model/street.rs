//! What streets are to different walkers: stairs, crossings, one-way passages, slopes.
//!
//! A street piece may have [`Traits`]; [`StreetRules`] say which of them somebody minds. Everybody
//! who walks at the same speed by the same rules has one [`Profile`], and one search serves them all.
//!
//! | rule | what it does |
//! |---|---|
//! | `stairs_closed` | stairs are closed |
//! | `wheelchair` | stairs and streets with `wheelchair=no` are closed |
//! | `one_way` | one-way passages for walkers are walked one way only |
//! | `slope` | uphill and steep downhill are slower, gently downhill is faster (Tobler 1993) |
//! | `crossing_delay` | each marked crossing costs this time more, the wait at the kerb |
//! | `stairs_delay` | each flight of stairs costs this time more |
//! | `pushes_at` | rides, and where one may not ride goes at this walking speed ([`super::Mode`]) |
//!
//! All are off by default, and then walking is the same in both directions. A street that is
//! *slower* ([`Traits::slower`]) is so for everybody.
//!
//! # Tags
//!
//! Read from street files (OpenStreetMap, or GeoJSON with the same tags as properties):
//!
//! | tag | trait |
//! |---|---|
//! | `highway=steps` | stairs |
//! | `highway=elevator` | a lift |
//! | `footway=crossing` (also `path=`, `cycleway=`, `bridleway=`), or `crossing=…` but not `no`, on a way that is no road | a crossing |
//! | `wheelchair=no` | no wheelchair |
//! | `bridge=…`, `tunnel=…`, but not `no`, nor a passage through a building | level |
//! | `oneway:foot=…`; else `foot:backward=no`, `foot:forward=no`; else `conveying=forward` or `backward` (escalators) | one way |
//!
//! For riders:
//!
//! | tag | trait |
//! |---|---|
//! | `bicycle=no`, `dismount`, `private` or `use_sidepath`; else `vehicle=no` or `private`; else `access=no` or `private` | no riding |
//! | `oneway:bicycle=…`; else both ways by any `cycleway=opposite…` (also `cycleway:left`, `:right`, `:both`); else `oneway=yes` or `-1`; else `junction=roundabout` or `circular` | one way to ride |
//!
//! On stairs nobody rides, and against a street that is one way to ride one pushes: neither closes it.
//!
//! Plain `oneway=yes` binds nobody on foot, not even on a footway or stairs: it is for vehicles, on
//! shared paths mostly for bicycles (OSM wiki, `Key:oneway`, `Key:foot:backward`).
//!
//! A crossing that is mapped as a point of a street costs whoever walks through the point, half of it
//! a metre before and half a metre behind ([`super::WalkRule::W3`]; under W2 nothing). Where a line of
//! a crossing leads through the point, the line alone costs.
//!
//! # Delays
//!
//! A crossing or a flight of stairs, drawn as one line, costs its delay once. The delay is spread
//! evenly over the line's length: half the crossing costs half the delay, and a line that is split
//! in two costs what it cost as one. At 4 km/h a 20 m crossing takes 18 s; with a delay of 30 s it
//! takes 48 s, and its first 5 m take 12 s.
//!
//! # Slope
//!
//! Tobler's hiking function has one walk at 6·exp(−3.5·|s + 0.05|) km/h on a slope s: fastest
//! gently downhill, at s = −0.05. Walkshed takes from it how much faster or slower one is than on
//! the flat; the flat itself is walked at the profile's speed ([`slope_factor`]). 100 m at 4 km/h
//! take 90.0 s on the flat, 127.7 s up a slope of 1 in 10 and 90.0 s down it.
//!
//! Heights are those of a `GeoTIFF` elevation model, else the third coordinates of GeoJSON lines (where
//! lines disagree at a vertex, the lower counts). A piece without a height at either end is flat. One
//! longer than a pixel of the model takes the mean of its pixels' slopes ([`Traits::climb`]).
//!
//! ```
//! use walkshed::model::slope_factor;
//! let flat = 6.0 * f64::exp(-3.5 * 0.05);
//! let kmh = |slope: f64| (flat * slope_factor(slope) * 1e4).round() / 1e4;
//! assert_eq!([-0.05, 0.0, -0.1, 0.1].map(kmh), [6.0, 5.0367, 5.0367, 3.5493]);
//! ```

use super::walked_by::WalkedBy;
use crate::units::{Speed, TravelTime};
use crate::words::{Text, text};

/// What a ride in a lift costs more, the wait at its door included, whatever the rules: a minute and a
/// half, as `OpenTripPlanner` has it.
pub const ELEVATOR_TIME: TravelTime = TravelTime::from_ticks(900_000);

/// What kind of street a piece is.
///
/// ```
/// use walkshed::model::{StreetKind, StreetRules, Traits};
/// let stairs = Traits { kind: StreetKind::Stairs, ..Traits::default() };
/// assert!(StreetRules { stairs_closed: true, ..StreetRules::default() }.closes(&stairs));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum StreetKind {
    /// Any other.
    #[default]
    Plain,
    /// Stairs (`highway=steps`).
    #[doc(alias = "台阶")]
    Stairs,
    /// A marked crossing of a road (`footway=crossing`).
    #[doc(alias = "人行横道")]
    Crossing,
    /// A lift (`highway=elevator`): nobody's door opens on it, and it takes [`ELEVATOR_TIME`] more.
    #[doc(alias = "电梯")]
    Elevator,
}

/// Which way a street may be walked by those who respect it.
///
/// ```
/// use walkshed::model::OneWay;
/// assert_eq!(OneWay::Forward.open(), [true, false]);
/// assert_eq!(OneWay::Forward.reversed(), OneWay::Backward);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum OneWay {
    /// Both ways.
    #[default]
    No,
    /// Only from the piece's first end to its other.
    Forward,
    /// Only from the piece's other end to its first.
    Backward,
}

impl OneWay {
    /// The same seen from the piece's other end.
    #[must_use]
    pub const fn reversed(self) -> Self {
        match self {
            Self::No => Self::No,
            Self::Forward => Self::Backward,
            Self::Backward => Self::Forward,
        }
    }

    /// Whether one may go forward, and backward.
    #[must_use]
    pub const fn open(self) -> [bool; 2] {
        match self {
            Self::No => [true, true],
            Self::Forward => [true, false],
            Self::Backward => [false, true],
        }
    }
}

/// What sets a street piece apart from a plain one.
///
/// ```
/// use walkshed::model::{OneWay, Traits};
/// let lane = Traits { one_way: OneWay::Forward, span: [0.0, 0.25], ..Traits::default() };
/// assert!(!lane.is_plain());
/// assert_eq!((lane.reversed().one_way, lane.reversed().span), (OneWay::Backward, [0.25, 0.0]));
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a trait of its own, there or not"
)]
pub struct Traits {
    /// Stairs, a crossing, or any other street.
    pub kind: StreetKind,
    /// No wheelchair can use it.
    pub no_wheelchair: bool,
    /// A bridge or tunnel over or under the ground of the elevation model: walked as if flat.
    pub level: bool,
    /// Nobody's door opens on it: a bridge, a tunnel. Who lives beside or above it hangs on the streets
    /// at its ends.
    pub no_doors: bool,
    /// Who walks it.
    pub walked_by: WalkedBy,
    /// Whether walkers may use it one way only.
    pub one_way: OneWay,
    /// Nobody may ride on it: a bicycle is pushed.
    pub no_riding: bool,
    /// Which way it may be ridden; the other way a bicycle is pushed.
    pub ride_way: OneWay,
    /// Where on its line the piece begins and ends, by length: 0 at the line's one end, 1 at the
    /// other. The line's delay is spread over it.
    pub span: [f64; 2],
    /// A fixed link ([`super::Link`]): whoever goes takes so long for the whole line, at whatever
    /// speed, and only its one way where it has one.
    pub link: Option<TravelTime>,
    /// How many times longer it takes than a plain street, from 1 to 1,000: for everybody, whatever
    /// the rules. A delay is not drawn out.
    pub slower: f64,
    /// How many times longer than on the flat it takes forward and backward, by the heights along it;
    /// none where only those at its ends are known. It counts where slopes do.
    pub climb: Option<[f32; 2]>,
}

impl Default for Traits {
    fn default() -> Self {
        Self {
            kind: StreetKind::Plain,
            no_wheelchair: false,
            level: false,
            no_doors: false,
            walked_by: WalkedBy::Everybody,
            one_way: OneWay::No,
            no_riding: false,
            ride_way: OneWay::No,
            span: [0.0, 1.0],
            link: None,
            slower: 1.0,
            climb: None,
        }
    }
}

impl Traits {
    /// How many times longer than a plain street one may take at most.
    pub const SLOWEST: f64 = 1e3;

    /// Whether it is a plain street, whatever its place on its line.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        *self
            == Self {
                span: self.span,
                ..Self::default()
            }
    }

    /// Whether it is a plain street to those who do not ride, whatever its place on its line.
    #[cfg(feature = "read")]
    pub(crate) fn is_plain_on_foot(&self) -> bool {
        let on_foot = Self {
            no_riding: false,
            ride_way: OneWay::No,
            ..*self
        };
        on_foot.is_plain()
    }

    /// Whether it is a lift.
    #[must_use]
    pub const fn is_elevator(&self) -> bool {
        matches!(self.kind, StreetKind::Elevator)
    }

    /// Whether it may be ridden forward, and backward.
    #[must_use]
    pub fn ridden(&self) -> [bool; 2] {
        if self.no_riding || matches!(self.kind, StreetKind::Stairs | StreetKind::Elevator) {
            return [false, false];
        }
        self.ride_way.open()
    }

    /// By what it is told apart from any other, in a total order.
    #[cfg(feature = "read")]
    pub(crate) fn order_key(&self) -> impl Ord + use<> {
        // All fields are named, so that a trait that is left out does not compile.
        let Self {
            kind,
            no_wheelchair,
            level,
            no_doors,
            walked_by,
            one_way,
            no_riding: _,
            ride_way: _,
            span,
            link,
            slower,
            climb,
        } = *self;
        let span = span.map(f64::to_bits);
        let climb = climb.map(|climb| climb.map(f32::to_bits));
        (
            kind,
            no_wheelchair,
            level,
            (no_doors, walked_by),
            one_way,
            span,
            slower.to_bits(),
            link,
            climb,
        )
    }

    /// The rest of that: what only riders mind.
    #[cfg(feature = "read")]
    pub(crate) const fn riders_key(&self) -> (bool, OneWay) {
        (self.no_riding, self.ride_way)
    }

    /// The same street looked at from its other end.
    #[must_use]
    pub fn reversed(self) -> Self {
        Self {
            one_way: self.one_way.reversed(),
            ride_way: self.ride_way.reversed(),
            span: [self.span[1], self.span[0]],
            climb: self.climb.map(|[forward, backward]| [backward, forward]),
            ..self
        }
    }
}

/// Which traits of streets somebody minds. By default none.
///
/// ```
/// use walkshed::TravelTime;
/// use walkshed::model::StreetRules;
/// let rules = StreetRules { slope: true, crossing_delay: TravelTime::from_ticks(200_000), ..StreetRules::default() };
/// assert_eq!(rules.words(), ["slope", "crossing_seconds = 20"]);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a rule of its own, on or off"
)]
pub struct StreetRules {
    /// Stairs are closed.
    pub stairs_closed: bool,
    /// Stairs and streets that no wheelchair can use are closed.
    #[doc(alias = "轮椅")]
    pub wheelchair: bool,
    /// One-way passages for walkers are walked one way only.
    pub one_way: bool,
    /// Slopes change the walking speed.
    #[doc(alias = "坡度")]
    pub slope: bool,
    /// What each crossing costs more.
    pub crossing_delay: TravelTime,
    /// What each flight of stairs costs more.
    pub stairs_delay: TravelTime,
    /// For those who ride: how fast they push where they may not ride; slower than they ride.
    pub pushes_at: Option<Speed>,
}

impl StreetRules {
    /// The same rules for somebody who does not ride: who hangs on which street is the same.
    #[must_use]
    pub(crate) const fn on_foot(self) -> Self {
        Self {
            pushes_at: None,
            ..self
        }
    }

    /// Whether a street with these traits is closed, in both directions.
    #[must_use]
    pub const fn closes(&self, street: &Traits) -> bool {
        let stairs = matches!(street.kind, StreetKind::Stairs);
        (stairs && (self.stairs_closed || self.wheelchair))
            || (street.no_wheelchair && self.wheelchair)
    }

    /// Whether a home may hang on a street with these traits: on none that is closed, nor on a link or
    /// a lift, which one boards at its ends, nor on a bridge or in a tunnel, which one enters at theirs,
    /// nor in a gate. A site hangs on those of them alone that everybody walks.
    #[must_use]
    pub const fn may_hang(&self, street: &Traits) -> bool {
        let is_ridden = street.link.is_some() || street.is_elevator();
        let has_doors = !street.no_doors && !matches!(street.walked_by, WalkedBy::Gate);
        has_doors && !is_ridden && !self.closes(street)
    }

    /// What the line of a street with these traits costs more.
    #[must_use]
    pub const fn delay(&self, street: &Traits) -> TravelTime {
        match street.kind {
            StreetKind::Plain => TravelTime::ZERO,
            StreetKind::Stairs => self.stairs_delay,
            StreetKind::Crossing => self.crossing_delay,
            StreetKind::Elevator => ELEVATOR_TIME,
        }
    }
}

/// A rule that is on, in words.
#[cfg_attr(
    not(feature = "report"),
    allow(dead_code, reason = "the report says it")
)]
pub(crate) struct RuleInWords {
    /// As files write it: `slope`, `crossing_seconds = 20`.
    pub written: String,
    /// In a list of rules.
    pub short: Text,
    /// Where it is told why somebody is not covered.
    pub full: Text,
}

impl StreetRules {
    /// The rules that are on: each is one row here, whatever it is named in.
    pub(crate) fn in_words(&self) -> Vec<RuleInWords> {
        // All fields are named, so that a rule without a row does not compile.
        let Self {
            stairs_closed,
            wheelchair,
            one_way,
            slope,
            crossing_delay: crossing,
            stairs_delay: stairs,
            pushes_at,
        } = *self;
        let rows = [
            switch(
                "no_stairs",
                stairs_closed,
                text!(StreetsNoStairs),
                text!(StreetsNoStairs),
            ),
            switch(
                "wheelchair",
                wheelchair,
                text!(StreetsWheelchair),
                text!(StreetsWheelchair),
            ),
            switch(
                "one_way",
                one_way,
                text!(StreetsOneWay),
                text!(OneWayFootways),
            ),
            switch("slope", slope, text!(StreetsSlope), text!(SlopesCount)),
            delay(
                "crossing_seconds",
                crossing,
                text!(StreetsCrossing, seconds = crossing.seconds()),
                text!(CrossingAdds, time = crossing),
            ),
            delay(
                "stairs_seconds",
                stairs,
                text!(StreetsStairs, seconds = stairs.seconds()),
                text!(StairsAdd, time = stairs),
            ),
            pushes_at.map(riding),
        ];
        rows.into_iter().flatten().collect()
    }

    /// The rules that are on, as files tell them: `slope`, `crossing_seconds = 20`.
    #[must_use]
    pub fn words(&self) -> Vec<String> {
        let rules = self.in_words().into_iter();
        rules.map(|rule| rule.written).collect()
    }
}

/// The row of a rule that is on or off.
fn switch(key: &str, is_on: bool, short: Text, full: Text) -> Option<RuleInWords> {
    is_on.then(|| RuleInWords {
        written: key.to_owned(),
        short,
        full,
    })
}

/// The row of a rule that costs time; it is off where it costs none.
fn delay(key: &str, time: TravelTime, short: Text, full: Text) -> Option<RuleInWords> {
    (time > TravelTime::ZERO).then(|| RuleInWords {
        written: format!("{key} = {}", time.seconds()),
        short,
        full,
    })
}

/// The row of those who ride.
fn riding(push: Speed) -> RuleInWords {
    let kmh = push.kmh();
    RuleInWords {
        written: format!("pushes_at_kmh = {kmh}"),
        short: text!(StreetsPush, kmh = kmh),
        full: text!(RidersPush, kmh = kmh),
    }
}

/// How somebody walks: the speed and the rules. One search serves all who walk alike.
///
/// ```
/// use walkshed::model::{StreetRules, Walk};
/// let profile = Walk::default().profile();
/// assert_eq!((profile.speed.kmh(), profile.rules), (4.0, StreetRules::default()));
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Profile {
    /// The speed on the flat, on the street and off it; riders ride up to their door.
    pub speed: Speed,
    /// Which traits of streets count.
    pub rules: StreetRules,
}

/// How much faster than on the flat one walks on a slope (rise over length; uphill is positive).
///
/// exp(−3.5·(|s + 0.05| − 0.05)), after Tobler (1993), *Three presentations on geographical analysis
/// and modeling*. A slope steeper than 1 in 2 counts as 1 in 2: over short pieces a coarse
/// elevation model shows walls where there are none.
///
/// ```
/// use walkshed::model::slope_factor;
/// assert_eq!(slope_factor(0.0), 1.0);
/// assert!(slope_factor(-0.05) > 1.0 && slope_factor(0.05) < 1.0);
/// ```
#[must_use]
pub fn slope_factor(slope: f64) -> f64 {
    let slope = slope.clamp(-0.5, 0.5);
    (-3.5 * ((slope + 0.05).abs() - 0.05)).exp()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Language;

    #[test]
    fn stairs_are_closed_to_those_without_stairs_and_to_wheelchairs() {
        let stairs = Traits {
            kind: StreetKind::Stairs,
            ..Traits::default()
        };
        let kerb = Traits {
            no_wheelchair: true,
            ..Traits::default()
        };
        let off = StreetRules::default();
        let no_stairs = StreetRules {
            stairs_closed: true,
            ..off
        };
        let wheelchair = StreetRules {
            wheelchair: true,
            ..off
        };
        let closed =
            |street: &Traits| [off, no_stairs, wheelchair].map(|rules| rules.closes(street));
        assert_eq!(closed(&stairs), [false, true, true]);
        assert_eq!(closed(&kerb), [false, false, true]);
        assert_eq!(closed(&Traits::default()), [false; 3]);
    }

    #[test]
    fn every_rule_that_is_on_is_written_and_told_in_both_languages() {
        let time = |seconds| TravelTime::from_seconds(seconds).expect("in range");
        let all = StreetRules {
            stairs_closed: true,
            wheelchair: true,
            one_way: true,
            slope: true,
            crossing_delay: time(20.0),
            stairs_delay: time(7.5),
            pushes_at: Speed::from_kmh(4.0),
        };
        let told = |language: Language| -> Vec<String> {
            let rules = all.in_words().into_iter();
            rules
                .map(|rule| {
                    let short = rule.short.in_language(language);
                    format!(
                        "{}: {short}; {}",
                        rule.written,
                        rule.full.in_language(language)
                    )
                })
                .collect()
        };
        assert_eq!(
            told(Language::English),
            [
                "no_stairs: no stairs; no stairs",
                "wheelchair: by wheelchair; by wheelchair",
                "one_way: one-way passages; one-way footways one way",
                "slope: slopes; slopes count",
                "crossing_seconds = 20: each crossing 20 s; each crossing adds 0 min 20 s",
                "stairs_seconds = 7.5: each flight of stairs 7.5 s; each flight of stairs adds 0 min 08 s",
                "pushes_at_kmh = 4: riding, pushed at 4 km/h where riding is not allowed; rides; dismounts and pushes at 4 km/h on stairs, where bicycles may not be ridden and against one-way streets",
            ]
        );
        assert_eq!(
            told(Language::Chinese)[4],
            "crossing_seconds = 20: 每处过街 20 秒; 每处过街加 0 分 20 秒"
        );
        assert!(StreetRules::default().in_words().is_empty());
    }

    #[test]
    fn the_flat_is_walked_at_the_profiles_speed_bit_for_bit() {
        assert!(slope_factor(0.0).to_bits() == 1.0_f64.to_bits());
        assert!(slope_factor(9.0).to_bits() == slope_factor(0.5).to_bits());
    }
}
