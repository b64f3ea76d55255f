//! Several remedies that are carried out together.

use std::fmt;

use crate::score::{Mend, Remedy};

/// Remedies that are carried out together, in the order of [`Remedy::ALL`]. Shown as
/// `hand-down+longer-hours`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Remedies(u8);

impl Remedies {
    /// One remedy.
    #[must_use]
    pub const fn only(remedy: Remedy) -> Self {
        Self(1 << remedy as u8)
    }

    /// The remedies that a mend of a site is made of.
    #[must_use]
    pub fn of(mend: &Mend) -> Self {
        let parts = [
            (!mend.hand_down.is_empty(), Remedy::HandDown),
            (mend.renew, Remedy::Renew),
            (mend.cross_area, Remedy::CrossArea),
            (mend.helper, Remedy::Helper),
            (mend.longer_hours, Remedy::LongerHours),
        ];
        let mut all = 0;
        for (is_part, remedy) in parts {
            if is_part {
                all |= Self::only(remedy).0;
            }
        }
        Self(all)
    }

    /// Whether it is one of them.
    #[must_use]
    pub const fn contains(self, remedy: Remedy) -> bool {
        self.0 >> remedy as u8 & 1 == 1
    }

    /// All of them.
    pub fn iter(self) -> impl Iterator<Item = Remedy> {
        Remedy::ALL
            .into_iter()
            .filter(move |&remedy| self.contains(remedy))
    }
}

impl fmt::Display for Remedies {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words: Vec<&str> = self.iter().map(Remedy::word).collect();
        f.pad(&words.join("+"))
    }
}
