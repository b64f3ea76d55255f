//! Numbers as files show them: short, exact where they can be, the same everywhere.

use std::fmt;

use serde::{Serialize, Serializer};

use crate::model::Decimal;
use crate::units::{People, Share, TravelTime};

/// A number with at most six decimals and no needless zeros.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(untagged)]
pub(super) enum Number {
    Whole(u64),
    Decimal(f64),
    /// A part of one: it always shows a decimal, so that a column of them is one of floats.
    Part(f64),
}

impl Number {
    /// A number, rounded to six decimals.
    pub(super) fn of(value: f64) -> Self {
        let rounded = (value * 1e6).round() / 1e6;
        let whole = (0.0..1e15).contains(&rounded) && rounded.fract().abs() < f64::EPSILON;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "checked to lie in range"
        )]
        if whole {
            Self::Whole(rounded as u64)
        } else {
            Self::Decimal(rounded)
        }
    }

    /// A part of one, which shows as 1.0 only when it is all and as 0.0 only when it is nothing.
    pub(super) fn part(value: f64) -> Self {
        let rounded = (value * 1e6).round() / 1e6;
        let inside = value > 0.0 && value < 1.0;
        Self::Part(if inside {
            rounded.clamp(1e-6, 1.0 - 1e-6)
        } else {
            // Adding nothing turns −0 into 0.
            rounded + 0.0
        })
    }

    /// A share; none where there is nothing to have a share of.
    pub(super) fn share(share: Share) -> Option<Self> {
        share.value().map(Self::part)
    }

    /// A number of people.
    pub(super) fn people(people: People) -> Self {
        Self::of(people.as_f64())
    }

    /// The number as a float, for comparing and showing.
    #[expect(
        clippy::cast_precision_loss,
        reason = "whole numbers here lie below 10^15"
    )]
    pub(super) const fn value(self) -> f64 {
        match self {
            Self::Whole(whole) => whole as f64,
            Self::Decimal(value) | Self::Part(value) => value,
        }
    }

    /// A number that is kept exactly.
    pub(super) fn decimal(decimal: Decimal) -> Self {
        Self::of(decimal.as_f64())
    }

    /// A time in minutes.
    pub(super) fn minutes(time: TravelTime) -> Self {
        Self::of(time.seconds() / 60.0)
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Whole(number) => write!(f, "{number}"),
            Self::Part(number) if number.fract() == 0.0 => write!(f, "{number:.1}"),
            Self::Decimal(number) | Self::Part(number) => write!(f, "{number}"),
        }
    }
}

/// A number with exactly one decimal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Tenths(u64);

impl Tenths {
    /// A time in seconds, rounded up, so that nothing past a limit looks as if it were at it.
    pub(super) fn seconds(time: TravelTime) -> Self {
        Self(time.tenths_up().into())
    }

    /// A mark, which is kept in tenths.
    pub(super) fn mark(tenths: u32) -> Self {
        Self(tenths.into())
    }

    /// A length in metres, rounded to the nearest tenth.
    pub(super) fn metres(metres: f64) -> Self {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "casts saturate"
        )]
        Self((metres * 10.0).round() as u64)
    }
}

impl fmt::Display for Tenths {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.0 / 10, self.0 % 10)
    }
}

impl Serialize for Tenths {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        #[expect(clippy::cast_precision_loss, reason = "no walk or gap has 16 digits")]
        to.serialize_f64(self.0 as f64 / 10.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_no_needless_zeros() {
        let shown = |value| Number::of(value).to_string();
        assert_eq!(
            [
                shown(1.0),
                shown(0.5),
                shown(1.0 / 3.0),
                shown(4.32),
                shown(1e-6)
            ],
            ["1", "0.5", "0.333333", "4.32", "0.000001"]
        );
    }

    #[test]
    fn a_share_is_all_only_when_it_is() {
        let shown = |part| Number::part(part).to_string();
        assert_eq!(
            [shown(1.0), shown(1.0 - 1e-9), shown(1e-9), shown(0.0)],
            ["1.0", "0.999999", "0.000001", "0.0"]
        );
    }

    #[test]
    fn c14_seconds_are_rounded_up() {
        let shown = |ticks| Tenths::seconds(TravelTime::from_ticks(ticks)).to_string();
        assert_eq!(
            [shown(9_000_000), shown(9_000_001), shown(0)],
            ["900.0", "900.1", "0.0"]
        );
    }
}
