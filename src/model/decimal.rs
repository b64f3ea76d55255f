//! Numbers that people write with a point, kept exactly.

use std::fmt;

/// A number with at most six decimals, kept in millionths, so that sums and comparisons are exact.
///
/// ```
/// use walkshed::model::Decimal;
/// let tenth = Decimal::of(0.1).unwrap();
/// assert_eq!(tenth.millionths() * 3, Decimal::of(0.3).unwrap().millionths());
/// assert_eq!((tenth.to_string(), Decimal::whole(-3).to_string()), ("0.1".into(), "-3".into()));
/// assert_eq!([f64::NAN, 1e13].map(Decimal::of), [None; 2]);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Decimal(i64);

impl Decimal {
    /// Nought.
    pub const ZERO: Self = Self(0);
    /// How many parts make one.
    pub const PARTS: i64 = 1_000_000;
    /// The largest number, and its opposite the smallest.
    pub const MOST: f64 = 1e12;

    /// The number, rounded to six decimals; none unless it lies within ± [`Decimal::MOST`].
    #[must_use]
    pub fn of(value: f64) -> Option<Self> {
        #[expect(clippy::cast_possible_truncation, reason = "checked to lie in range")]
        (value.abs() <= Self::MOST).then(|| Self((value * 1e6).round() as i64))
    }

    /// A whole number; the largest there is where it is larger.
    #[must_use]
    pub const fn whole(value: i64) -> Self {
        Self(value.saturating_mul(Self::PARTS))
    }

    /// So many millionths; the most there can be where they are more.
    #[must_use]
    pub fn from_millionths(millionths: i128) -> Self {
        let within = millionths.clamp(i64::MIN.into(), i64::MAX.into());
        Self(i64::try_from(within).unwrap_or_default())
    }

    /// The millionths.
    #[must_use]
    pub const fn millionths(self) -> i64 {
        self.0
    }

    /// The number as a float, for showing.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "15 digits are enough to show")]
    pub fn as_f64(self) -> f64 {
        self.0 as f64 / 1e6
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.as_f64().to_string())
    }
}
