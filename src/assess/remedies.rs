//! Several remedies that are carried out together.

use std::fmt;

use crate::score::{Lack, Mend, Remedy, VerdictKind};
use crate::words::{Text, text};

/// Remedies that are carried out together, in the order of [`Remedy::ALL`]. Shown as
/// `hand-down+longer-hours`.
///
/// ```
/// use walkshed::assess::Remedies;
/// use walkshed::score::Remedy;
/// let both: Remedies = [Remedy::LongerHours, Remedy::HandDown].into_iter().collect();
/// assert_eq!(both.to_string(), "hand-down+longer-hours");
/// assert!(both.contains(Remedy::HandDown) && !both.contains(Remedy::Renew));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
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

    /// What the state is called that they cure, so that no reason is told which another remedy would
    /// cure: the name of this verdict where one of them is its own, else that of the hardest lack that
    /// they mend.
    #[must_use]
    pub fn name_of(self, verdict: VerdictKind) -> Text {
        if verdict.remedy().is_some_and(|own| self.contains(own)) {
            return verdict.name();
        }
        // What has run out was done there once, which is told apart from what never was.
        if self.contains(Remedy::Renew) && !self.contains(Remedy::HandDown) {
            return text!(LackIsRunOut);
        }
        let mut lacks = Lack::ALL.into_iter().rev();
        let hardest = lacks.find(|lack| self.contains(lack.remedy()));
        hardest.map_or_else(|| verdict.name(), Lack::name)
    }

    /// All of them.
    pub fn iter(self) -> impl Iterator<Item = Remedy> {
        Remedy::ALL
            .into_iter()
            .filter(move |&remedy| self.contains(remedy))
    }
}

impl FromIterator<Remedy> for Remedies {
    fn from_iter<I: IntoIterator<Item = Remedy>>(all: I) -> Self {
        let all = all.into_iter().map(Self::only);
        Self(all.fold(0, |bits, one| bits | one.0))
    }
}

impl fmt::Display for Remedies {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words: Vec<&str> = self.iter().map(Remedy::word).collect();
        f.pad(&words.join("+"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(remedies: &[Remedy]) -> Remedies {
        remedies.iter().copied().collect()
    }

    #[test]
    fn the_name_fits_the_remedies() {
        let named =
            |kind: VerdictKind, remedies: &[Remedy]| all(remedies).name_of(kind).to_string();
        let nearby = VerdictKind::NotOffered;
        assert_eq!(
            named(nearby, &[Remedy::LongerHours]),
            "nearby, but closed when they come"
        );
        assert_eq!(
            named(nearby, &[Remedy::Helper, Remedy::LongerHours]),
            "nearby, but they cannot use it"
        );
        assert_eq!(
            named(nearby, &[Remedy::HandDown, Remedy::LongerHours]),
            "not offered nearby"
        );
        assert_eq!(named(nearby, &[Remedy::Renew]), "nearby, but run out");
        // Nobody nearby can take it: not that it is closed.
        assert_eq!(named(nearby, &[Remedy::BuildSite]), "not done nearby");
        assert_eq!(named(VerdictKind::TooFar, &[Remedy::BuildSite]), "too far");
        // The gravest verdict of a cell, and what cures the most in it, may be of different people.
        assert_eq!(
            named(VerdictKind::TooFar, &[Remedy::CrossArea]),
            "nearby, but only for its own unit"
        );
    }
}
