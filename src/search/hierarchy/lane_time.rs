//! Times as the sweeps add them: ticks, in floating-point numbers that hold each of them exactly.
//!
//! ```text
//!   f32   every whole number up to 2²⁴ is exact     0 ├── ticks … 27.9 min ──┤
//!   f64   every whole number up to 2⁵³ is exact     0 ├── ticks … 29.8 h  ─────────
//! ```
//!
//! Integers would do, but the smaller of four numbers is one instruction on every processor only
//! where they are floats. A sum that passes 2²⁴ is rounded, but never to a time within the budget.

use std::ops::Add;

/// No way, or one too long to tell: 29.8 hours. The sum of two such still fits.
pub(super) const FAR: i32 = i32::MAX / 2;

/// Ticks of a way; what is closed or longer than [`FAR`] is [`FAR`].
pub(super) fn clipped(ticks: u32) -> i32 {
    ticks.min(FAR.cast_unsigned()).cast_signed()
}

/// Ticks since a search began.
pub(super) trait LaneTime:
    Copy + PartialOrd + Add<Output = Self> + Send + Sync + 'static
{
    /// Never.
    const FAR: Self;
    /// The longest budget that is exact, in ticks.
    const LONGEST: i32;
    /// So many ticks.
    fn of(ticks: i32) -> Self;
    /// How many ticks it is.
    fn ticks(self) -> i32;
    /// The earlier of two.
    #[inline]
    fn or_sooner(self, other: Self) -> Self {
        if self < other { self } else { other }
    }
}

/// 1.5 · 2²³: a number added to it is rounded to a whole one, which then stands in the last bits.
const WHOLES: f32 = 12_582_912.0;

/// The whole number that was added to [`WHOLES`].
#[inline]
const fn last_bits(sum: f32) -> i32 {
    sum.to_bits().cast_signed() - WHOLES.to_bits().cast_signed()
}

#[expect(clippy::cast_precision_loss, reason = "exact up to the longest budget")]
impl LaneTime for f32 {
    const FAR: Self = FAR as Self;
    const LONGEST: i32 = (1 << 24) - 1;
    #[inline]
    fn of(ticks: i32) -> Self {
        ticks as Self
    }
    /// Two halves of 12 bits, each read off the last bits of a sum with 1.5 · 2²³: a plain cast checks for
    /// what cannot be here, one lane after the other.
    #[inline]
    fn ticks(self) -> i32 {
        const HALF: f32 = 4_096.0;
        let time = self.or_sooner(Self::FAR);
        let high = time * (1.0 / HALF) + WHOLES;
        let low = time - (high - WHOLES) * HALF + WHOLES;
        last_bits(high) * 4_096 + last_bits(low)
    }
}

#[expect(clippy::cast_possible_truncation, reason = "sums of two times fit")]
impl LaneTime for f64 {
    const FAR: Self = FAR as Self;
    const LONGEST: i32 = FAR - 1;
    #[inline]
    fn of(ticks: i32) -> Self {
        Self::from(ticks)
    }
    #[inline]
    fn ticks(self) -> i32 {
        self as i32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_times_are_exact_up_to_the_longest_and_never_too_short_past_it() {
        let longest = f32::LONGEST;
        for ticks in [0, 1, 9_000_000, 16_000_001, longest - 1, longest] {
            assert_eq!(f32::of(ticks).ticks(), ticks);
            assert_eq!(
                (f32::of(ticks - ticks / 3) + f32::of(ticks / 3)).ticks(),
                ticks,
                "a sum of {ticks}"
            );
        }
        for ticks in (0..=longest)
            .step_by(997)
            .chain([4_095, 4_096, 4_097, 2_048, 8_388_607, 8_388_608, 8_388_609])
        {
            assert_eq!(f32::of(ticks).ticks(), ticks);
        }
        assert!((f32::FAR + f32::FAR).ticks() > longest);
        for past in [1, 2, 3, 1_000, FAR] {
            let sum = f32::of(longest - 7) + f32::of(7 + past);
            assert!(sum > f32::of(longest), "{past} past the longest");
        }
        assert!(f32::FAR + f32::of(FAR) > f32::of(longest));
        assert_eq!(
            (f64::of(f64::LONGEST - 5) + f64::of(5)).ticks(),
            f64::LONGEST
        );
    }
}
