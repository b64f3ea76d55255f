//! Walking time, people and weights as integers, so that sums do not depend on their order.
//!
//! ```
//! use walkshed::{People, Share, Speed, TravelTime};
//!
//! // 800 m at 4 km/h are 12 minutes; the limit of 15 itself is within it.
//! let walk = Speed::DEFAULT.time(800.0);
//! assert_eq!(walk, TravelTime::from_minutes(12));
//! assert!(walk <= TravelTime::from_minutes(15));
//! // Of 320 people 240 are as near as that.
//! let share: Share = People::whole(240).share_of(People::whole(320));
//! assert_eq!(share.to_string(), "75.0 %");
//! ```

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Sub};

/// A walking time: an integer number of tenths of a millisecond.
///
/// The resolution is this fine because every street piece is rounded once: 10,000 pieces of
/// 1.4 m each add up to an error below half a second, whatever the walking speed. At 4 km/h one
/// millimetre is exactly nine ticks. The largest time is 119 hours; sums stop there
/// ([`TravelTime::saturating_add`]) and never wrap.
///
/// Shown rounded **up** to whole seconds, so that nothing past a limit looks as if it were at it:
///
/// ```
/// use walkshed::TravelTime;
/// assert_eq!(TravelTime::from_seconds(725.0).map(|t| t.to_string()).as_deref(), Some("12 min 05 s"));
/// assert!(TravelTime::from_minutes(15) < TravelTime::from_ticks(9_000_001));
/// ```
#[doc(alias = "步行时间")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct TravelTime(u32);

impl TravelTime {
    /// No time at all.
    pub const ZERO: Self = Self(0);
    /// The longest time that can be told, 119 hours; also where sums stop.
    pub const MAX: Self = Self(u32::MAX);
    /// Ticks in a second.
    pub const TICKS_PER_SECOND: u32 = 10_000;

    /// A time of whole minutes (at most 7,158; longer is [`TravelTime::MAX`]).
    ///
    /// ```
    /// use walkshed::TravelTime;
    /// assert_eq!(TravelTime::from_minutes(15).seconds(), 900.0);
    /// assert_eq!(TravelTime::from_minutes(7159), TravelTime::MAX);
    /// ```
    #[must_use]
    pub const fn from_minutes(minutes: u32) -> Self {
        Self(minutes.saturating_mul(60 * Self::TICKS_PER_SECOND))
    }

    /// A time in seconds, rounded to the nearest tick; `None` when negative, not finite or too long.
    ///
    /// ```
    /// use walkshed::TravelTime;
    /// assert_eq!(TravelTime::from_seconds(90.5).map(TravelTime::ticks), Some(905_000));
    /// assert_eq!([-1.0, f64::NAN, 1e9].map(TravelTime::from_seconds), [None; 3]);
    /// ```
    #[must_use]
    pub fn from_seconds(seconds: f64) -> Option<Self> {
        let ticks = (seconds * f64::from(Self::TICKS_PER_SECOND)).round();
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "checked to lie in range"
        )]
        (ticks >= 0.0 && ticks <= f64::from(u32::MAX)).then_some(Self(ticks as u32))
    }

    /// A time of so many ticks.
    ///
    /// ```
    /// use walkshed::TravelTime;
    /// assert_eq!(TravelTime::from_ticks(9_000_000), TravelTime::from_minutes(15));
    /// ```
    #[must_use]
    pub const fn from_ticks(ticks: u32) -> Self {
        Self(ticks)
    }

    /// The ticks, tenths of a millisecond.
    ///
    /// ```
    /// use walkshed::{Speed, TravelTime};
    /// // At 4 km/h a millimetre is nine ticks.
    /// assert_eq!(Speed::DEFAULT.time(0.001).ticks(), 9);
    /// assert_eq!(TravelTime::from_minutes(1).ticks(), 60 * TravelTime::TICKS_PER_SECOND);
    /// ```
    #[must_use]
    pub const fn ticks(self) -> u32 {
        self.0
    }

    /// The time in seconds, exactly.
    ///
    /// ```
    /// use walkshed::TravelTime;
    /// assert_eq!(TravelTime::from_ticks(15_000).seconds(), 1.5);
    /// ```
    #[must_use]
    pub fn seconds(self) -> f64 {
        f64::from(self.0) / f64::from(Self::TICKS_PER_SECOND)
    }

    /// Tenths of a second, rounded up.
    ///
    /// ```
    /// use walkshed::TravelTime;
    /// // One tick past 15 minutes is not written as 900.0 s.
    /// let past = TravelTime::from_minutes(15).saturating_add(TravelTime::from_ticks(1));
    /// assert_eq!([TravelTime::from_minutes(15), past].map(TravelTime::tenths_up), [9000, 9001]);
    /// ```
    #[must_use]
    pub const fn tenths_up(self) -> u32 {
        self.0.div_ceil(Self::TICKS_PER_SECOND / 10)
    }

    /// The sum, or [`TravelTime::MAX`] where it would pass that.
    ///
    /// ```
    /// use walkshed::TravelTime;
    /// let [ten, five] = [10, 5].map(TravelTime::from_minutes);
    /// assert_eq!(ten.saturating_add(five), TravelTime::from_minutes(15));
    /// assert_eq!(TravelTime::MAX.saturating_add(five), TravelTime::MAX);
    /// ```
    #[must_use]
    pub const fn saturating_add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }

    /// The difference, or zero where it would be negative.
    ///
    /// ```
    /// use walkshed::TravelTime;
    /// let [ten, five] = [10, 5].map(TravelTime::from_minutes);
    /// assert_eq!(ten.saturating_sub(five), five);
    /// assert_eq!(five.saturating_sub(ten), TravelTime::ZERO);
    /// ```
    #[must_use]
    pub const fn saturating_sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }

    /// How far apart two times are.
    ///
    /// ```
    /// use walkshed::TravelTime;
    /// let [ten, four] = [10, 4].map(TravelTime::from_minutes);
    /// assert_eq!(
    ///     (ten.abs_diff(four), four.abs_diff(ten)),
    ///     (TravelTime::from_minutes(6), TravelTime::from_minutes(6))
    /// );
    /// ```
    #[must_use]
    pub const fn abs_diff(self, other: Self) -> Self {
        Self(self.0.abs_diff(other.0))
    }
}

impl fmt::Display for TravelTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = self.0.div_ceil(Self::TICKS_PER_SECOND);
        f.pad(&format!("{} min {:02} s", seconds / 60, seconds % 60))
    }
}

/// A walking speed, above 0 and at most 50 km/h.
///
/// ```
/// use walkshed::{Speed, TravelTime};
/// // In a quarter of an hour 1,000 m at 4 km/h, 750 m at 3 km/h.
/// let elderly = Speed::from_kmh(3.0).unwrap();
/// let quarter = TravelTime::from_minutes(15);
/// assert_eq!([Speed::DEFAULT, elderly].map(|speed| speed.metres(quarter)), [1000.0, 750.0]);
/// ```
#[doc(alias = "步行速度")]
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct Speed(f64);

impl Speed {
    /// 4 km/h: 1,000 m in 15 minutes, the far end of the 800–1,000 m that GB 50180-2018 gives a
    /// 15-minute circle.
    pub const DEFAULT: Self = Self(4.0);

    /// A speed in km/h; `None` unless it lies above 0 (0.1 or more) and at 50 or below.
    ///
    /// ```
    /// use walkshed::Speed;
    /// assert_eq!(Speed::from_kmh(4.0), Some(Speed::DEFAULT));
    /// // Metres a second taken for km/h, or nothing at all, or faster than a bus.
    /// assert_eq!([0.0, -4.0, 60.0, f64::NAN].map(Speed::from_kmh), [None; 4]);
    /// ```
    #[must_use]
    pub fn from_kmh(kmh: f64) -> Option<Self> {
        (0.1..=50.0).contains(&kmh).then_some(Self(kmh))
    }

    /// The speed in km/h.
    ///
    /// ```
    /// use walkshed::Speed;
    /// assert_eq!(Speed::from_kmh(3.6).map(Speed::kmh), Some(3.6));
    /// ```
    #[must_use]
    pub const fn kmh(self) -> f64 {
        self.0
    }

    /// How long a walk of so many metres takes, to the nearest tick, at most [`TravelTime::MAX`].
    ///
    /// ```
    /// use walkshed::{Speed, TravelTime};
    /// assert_eq!(Speed::DEFAULT.time(1000.0), TravelTime::from_minutes(15));
    /// assert_eq!(Speed::from_kmh(3.0).unwrap().time(1000.0), TravelTime::from_minutes(20));
    /// ```
    #[must_use]
    pub fn time(self, metres: f64) -> TravelTime {
        // Exactly 9 ticks a millimetre at 4 km/h: multiply before dividing.
        let ticks = metres * (3.6 * f64::from(TravelTime::TICKS_PER_SECOND)) / self.0;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "casts saturate"
        )]
        TravelTime(ticks.round() as u32)
    }

    /// How far one walks in this time, in metres.
    ///
    /// ```
    /// use walkshed::{Speed, TravelTime};
    /// assert_eq!(Speed::DEFAULT.metres(TravelTime::from_minutes(15)), 1000.0);
    /// ```
    #[must_use]
    pub fn metres(self, time: TravelTime) -> f64 {
        time.seconds() * self.0 / 3.6
    }
}

/// A number of people (or of firms, or any weight), in millionths, so that sums are exact.
///
/// ```
/// use walkshed::People;
/// let third = People::new(1.0 / 3.0).unwrap();
/// assert_eq!(third.to_string(), "0.333333");
/// assert_eq!((third + People::whole(2)).to_string(), "2.333333");
/// ```
#[doc(alias = "人口")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct People(u64);

impl People {
    /// Nobody.
    pub const ZERO: Self = Self(0);
    const PARTS: u64 = 1_000_000;
    /// The most that one value may hold: a thousand million.
    pub const MOST: f64 = 1e9;

    /// So many people, rounded to a millionth; `None` when negative, not finite or above a thousand million.
    ///
    /// ```
    /// use walkshed::People;
    /// assert_eq!(People::new(12.5).map(|people| people.to_string()).as_deref(), Some("12.5"));
    /// assert_eq!([-1.0, f64::INFINITY, 2.0 * People::MOST].map(People::new), [None; 3]);
    /// ```
    #[must_use]
    pub fn new(count: f64) -> Option<Self> {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "checked to lie in range"
        )]
        (0.0..=Self::MOST)
            .contains(&count)
            .then(|| Self((count * 1e6).round() as u64))
    }

    /// A whole number of people.
    ///
    /// ```
    /// use walkshed::People;
    /// let village: People = [320, 80].map(People::whole).into_iter().sum();
    /// assert_eq!(village, People::whole(400));
    /// ```
    #[must_use]
    pub const fn whole(count: u32) -> Self {
        Self(count as u64 * Self::PARTS)
    }

    /// So many millionths.
    ///
    /// ```
    /// use walkshed::People;
    /// assert_eq!(People::from_millionths(1_500_000).to_string(), "1.5");
    /// ```
    #[must_use]
    pub const fn from_millionths(millionths: u64) -> Self {
        Self(millionths)
    }

    /// The number in millionths.
    ///
    /// ```
    /// use walkshed::People;
    /// // A tenth ten times is one, which sums of floats miss.
    /// let tenth = People::new(0.1).unwrap();
    /// assert_eq!((0..10).map(|_| tenth).sum::<People>().millionths(), 1_000_000);
    /// assert_ne!((0..10).map(|_| 0.1).sum::<f64>(), 1.0);
    /// ```
    #[must_use]
    pub const fn millionths(self) -> u64 {
        self.0
    }

    /// The number as a float, for display and for models that need one.
    ///
    /// ```
    /// use walkshed::People;
    /// assert_eq!(People::whole(3).as_f64(), 3.0);
    /// ```
    #[must_use]
    #[expect(
        clippy::cast_precision_loss,
        reason = "exact below nine thousand million people"
    )]
    pub fn as_f64(self) -> f64 {
        self.0 as f64 / 1e6
    }

    /// A part of this number, given as a share between 0 and 1 to the nearest millionth; rounded
    /// down, so that parts whose shares add up to one are never more than the whole.
    ///
    /// ```
    /// use walkshed::People;
    /// // Three thirds of 100 people are none too many.
    /// let third = People::whole(100).part(1.0 / 3.0);
    /// assert_eq!(third.to_string(), "33.3333");
    /// assert!(third + third + third <= People::whole(100));
    /// ```
    #[must_use]
    pub fn part(self, share: f64) -> Self {
        let whole = u128::from(Self::PARTS);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "checked to lie in range"
        )]
        let share = (share.clamp(0.0, 1.0) * 1e6).round() as u128;
        Self(u64::try_from(u128::from(self.0) * share / whole).unwrap_or(self.0))
    }

    /// This number as a share of a whole.
    ///
    /// ```
    /// use walkshed::People;
    /// assert_eq!(People::whole(469).share_of(People::whole(1000)).to_string(), "46.9 %");
    /// assert_eq!(People::ZERO.share_of(People::ZERO).to_string(), "–");
    /// ```
    #[must_use]
    pub fn share_of(self, whole: Self) -> Share {
        Share::of(u128::from(self.0), u128::from(whole.0))
    }
}

impl Add for People {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl AddAssign for People {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl Sub for People {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl Sum for People {
    fn sum<I: Iterator<Item = Self>>(iter: I) -> Self {
        iter.fold(Self::ZERO, Add::add)
    }
}

impl fmt::Display for People {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, part) = (self.0 / Self::PARTS, self.0 % Self::PARTS);
        if part == 0 {
            return f.pad(&whole.to_string());
        }
        let digits = format!("{part:06}");
        f.pad(&format!("{whole}.{}", digits.trim_end_matches('0')))
    }
}

/// A share between 0 and 1, or the share of nothing; shown as a percentage with one decimal.
///
/// It is shown as 100.0 % only when it is all, as 0.0 % only when it is nothing, and as `–` where
/// there is nothing to have a share of.
///
/// ```
/// use walkshed::{People, Share};
/// assert_eq!(People::whole(1).share_of(People::whole(3)).to_string(), "33.3 %");
/// assert_eq!(Share::of(0, 0).to_string(), "–");
/// ```
#[doc(alias = "覆盖率")]
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct Share(Option<f64>);

impl Share {
    /// The share that a part has in a whole.
    ///
    /// ```
    /// use walkshed::Share;
    /// assert_eq!(Share::of(1, 4).value(), Some(0.25));
    /// // Shown as all only where it is all.
    /// assert_eq!([Share::of(99_999, 100_000), Share::of(7, 7)].map(|share| share.to_string()), ["99.9 %", "100.0 %"]);
    /// ```
    #[must_use]
    #[expect(
        clippy::cast_precision_loss,
        reason = "a share needs no more than 15 digits"
    )]
    pub fn of(part: u128, whole: u128) -> Self {
        Self((whole > 0).then(|| part.min(whole) as f64 / whole as f64))
    }

    /// The least part of a whole that makes this share or more. The share counts to six digits, so
    /// that 0.07 of 100 is 7 and not, by the error of a binary fraction, 8.
    ///
    /// ```
    /// use walkshed::Share;
    /// assert_eq!([0.07, 0.9, 0.901].map(|share| Share::least_part(100, share)), [7, 90, 91]);
    /// ```
    #[must_use]
    pub fn least_part(whole: u128, share: f64) -> u128 {
        let parts = u128::from(People::PARTS);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "casts saturate"
        )]
        let millionths = (share * 1e6).round() as u128;
        whole / parts * millionths + (whole % parts * millionths).div_ceil(parts)
    }

    /// The share as a number between 0 and 1; `None` for the share of nothing.
    ///
    /// ```
    /// use walkshed::Share;
    /// assert_eq!((Share::of(3, 4).value(), Share::of(0, 0).value()), (Some(0.75), None));
    /// ```
    #[must_use]
    pub const fn value(self) -> Option<f64> {
        self.0
    }
}

impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(share) = self.0 else {
            return f.pad("–");
        };
        let tenths = (share * 1000.0).round();
        let shown = if share < 1.0 {
            tenths.min(999.0)
        } else {
            tenths
        };
        let shown = if share > 0.0 { shown.max(1.0) } else { shown };
        f.pad(&format!("{:.1} %", shown / 10.0))
    }
}

/// The largest number of which both are multiples (Euclid); of 0 and any number that number.
pub(crate) const fn common_divisor(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { common_divisor(b, a % b) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_millimetre_is_nine_ticks_at_the_default_speed() {
        assert_eq!(Speed::DEFAULT.time(0.001).ticks(), 9);
        assert_eq!(Speed::DEFAULT.time(1000.0), TravelTime::from_minutes(15));
        assert!((Speed::DEFAULT.metres(TravelTime::from_minutes(15)) - 1000.0).abs() < 1e-9);
    }

    #[test]
    fn c15_ten_thousand_short_edges_add_up_to_less_than_a_second_of_error() {
        for kmh in [3.1, 3.6, 4.0, 4.32, 4.7, 5.0, 6.0] {
            let speed = Speed(kmh);
            for metres in [1.4, 1.4004, 1.3337, 0.77] {
                let summed = f64::from(speed.time(metres).ticks()) * 10_000.0 / 10_000.0;
                let exact = metres * 10_000.0 * 3.6 / kmh;
                assert!(
                    (summed - exact).abs() < 1.0,
                    "{metres} m at {kmh} km/h: {summed} s, not {exact} s"
                );
            }
        }
    }

    #[test]
    fn times_are_shown_rounded_up() {
        assert_eq!(TravelTime::from_minutes(15).to_string(), "15 min 00 s");
        assert_eq!(TravelTime::from_ticks(9_000_001).to_string(), "15 min 01 s");
        assert_eq!(TravelTime::from_ticks(9_000_001).tenths_up(), 9001);
    }

    #[test]
    fn doors_refuse_what_is_no_number() {
        for bad in [f64::NAN, f64::INFINITY, -1.0, 1e12] {
            assert_eq!(TravelTime::from_seconds(bad), None);
            assert_eq!(People::new(bad), None);
            assert_eq!(Speed::from_kmh(bad), None);
        }
        assert_eq!(Speed::from_kmh(0.0), None);
    }

    #[test]
    fn shares_are_full_only_when_they_are() {
        let shown = |part, whole| Share::of(part, whole).to_string();
        assert_eq!(shown(99_999, 100_000), "99.9 %");
        assert_eq!(shown(1, 100_000), "0.1 %");
        assert_eq!(shown(7, 7), "100.0 %");
        assert_eq!(shown(0, 7), "0.0 %");
    }
}
