//! Ticks as the sweeps add them: signed, so that a plain comparison finds the smaller on any
//! processor, and so small that two of them never overflow.

/// No way, or one too long to tell: 29.8 hours. The sum of two such still fits.
pub(super) const FAR: i32 = i32::MAX / 2;

/// Ticks of a piece of street; what is closed or longer than [`FAR`] is [`FAR`].
pub(super) fn ticks(ticks: Option<u32>) -> i32 {
    ticks.and_then(|ticks| i32::try_from(ticks).ok()).map_or(FAR, |ticks| ticks.min(FAR))
}

/// The sum of two, [`FAR`] at most.
pub(super) const fn plus(a: i32, b: i32) -> i32 {
    let sum = a + b;
    if sum < FAR { sum } else { FAR }
}
