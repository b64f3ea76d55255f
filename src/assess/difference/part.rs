//! Shares as files keep them: to the millionth.

use std::fmt;

/// A part of one in millionths; one only when it is all, nought only when it is nothing.
///
/// ```
/// use walkshed::assess::difference::Part;
/// let millionths = |part| Part::of(part).map(Part::millionths);
/// assert_eq!(millionths(0.25), Some(250_000));
/// assert_eq!([millionths(1.0 - 1e-9), millionths(1e-9)], [Some(999_999), Some(1)]);
/// assert_eq!([millionths(-0.1), millionths(1.1), millionths(f64::NAN)], [None; 3]);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Part(u32);

impl Part {
    /// This part of one, to the nearest millionth; none unless it lies between 0 and 1.
    #[must_use]
    pub fn of(value: f64) -> Option<Self> {
        if !(0.0..=1.0).contains(&value) {
            return None;
        }
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "checked to lie in range"
        )]
        let millionths = (value * 1e6).round() as u32;
        // What is not all must not be rounded to all, nor what is something to nothing.
        let is_partial = value > 0.0 && value < 1.0;
        if is_partial {
            Some(Self(millionths.clamp(1, 999_999)))
        } else {
            Some(Self(millionths))
        }
    }

    /// The millionths.
    #[must_use]
    pub const fn millionths(self) -> u32 {
        self.0
    }

    /// The part as a number from 0 to 1.
    #[must_use]
    pub fn value(self) -> f64 {
        f64::from(self.0) / 1e6
    }
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.value().to_string())
    }
}
