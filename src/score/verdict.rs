//! The verdict on one cell and one item. A verdict splits the remedy.

use std::fmt;

use crate::ids::SiteId;
use crate::model::HandlerSet;
use crate::search::Reach;
use crate::units::TravelTime;

/// Whether one item can be done from one cell within the limit, and if not, why.
#[doc(alias = "覆盖判定")]
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub enum Verdict {
    /// It can: the nearest site that handles the item is within the limit.
    Covered {
        /// The nearest site that handles it.
        by: SiteId,
        /// The walk there.
        after: TravelTime,
    },
    /// No site at all is within the limit: build or move a site.
    TooFar {
        /// The nearest site that handles the item.
        nearest: SiteId,
        /// The walk there.
        after: TravelTime,
        /// How much longer than the limit that is.
        over: TravelTime,
    },
    /// A site is within the limit, but none within the limit handles the item: push the item down.
    NotOffered {
        /// The nearest site of any kind.
        nearest_any: SiteId,
        /// The walk there.
        after: TravelTime,
        /// The nearest site within the search budget that does handle the item.
        handled: Option<Reach>,
    },
    /// No site that handles the item is within the search budget, nor any other within the limit.
    OutOfReach,
    /// The cell is too far from every street: mend the data.
    Stranded {
        /// Metres to the nearest street; none where there are no streets.
        nearest: Option<f64>,
    },
    /// The cell's row was rejected: nothing is known but its people.
    Unknown,
}

/// The kinds of verdict, from the best to the gravest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum VerdictKind {
    /// [`Verdict::Covered`]
    Covered,
    /// [`Verdict::TooFar`]
    TooFar,
    /// [`Verdict::NotOffered`]
    NotOffered,
    /// [`Verdict::OutOfReach`]
    OutOfReach,
    /// [`Verdict::Stranded`]
    Stranded,
    /// [`Verdict::Unknown`]
    Unknown,
}

impl VerdictKind {
    /// All kinds, from the best to the gravest.
    pub const ALL: [Self; 6] =
        [Self::Covered, Self::TooFar, Self::NotOffered, Self::OutOfReach, Self::Stranded, Self::Unknown];

    /// The word that files use: `covered`, `too-far`, `not-offered`, `out-of-reach`, `stranded`, `unknown`.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Covered => "covered",
            Self::TooFar => "too-far",
            Self::NotOffered => "not-offered",
            Self::OutOfReach => "out-of-reach",
            Self::Stranded => "stranded",
            Self::Unknown => "unknown",
        }
    }
}

impl fmt::Display for VerdictKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.word())
    }
}

impl Verdict {
    /// The verdict on a cell that reaches these sites (nearest first), for an item that these
    /// sites handle. O(sites reached).
    #[must_use]
    pub fn on(reaches: &[Reach], handlers: &HandlerSet, limit: TravelTime) -> Self {
        let Some(&any) = reaches.first() else { return Self::OutOfReach };
        let handled = reaches.iter().copied().find(|reach| handlers.contains(reach.site));
        match handled {
            Some(Reach { time, site }) if time <= limit => Self::Covered { by: site, after: time },
            _ if any.time <= limit => Self::NotOffered { nearest_any: any.site, after: any.time, handled },
            Some(Reach { time, site }) => Self::TooFar { nearest: site, after: time, over: time.saturating_sub(limit) },
            None => Self::OutOfReach,
        }
    }

    /// Which kind it is.
    #[must_use]
    pub const fn kind(self) -> VerdictKind {
        match self {
            Self::Covered { .. } => VerdictKind::Covered,
            Self::TooFar { .. } => VerdictKind::TooFar,
            Self::NotOffered { .. } => VerdictKind::NotOffered,
            Self::OutOfReach => VerdictKind::OutOfReach,
            Self::Stranded { .. } => VerdictKind::Stranded,
            Self::Unknown => VerdictKind::Unknown,
        }
    }

    /// The site that the verdict names, and the walk there.
    #[must_use]
    pub const fn site(self) -> Option<Reach> {
        match self {
            Self::Covered { by: site, after: time }
            | Self::TooFar { nearest: site, after: time, .. }
            | Self::NotOffered { nearest_any: site, after: time, .. } => Some(Reach { time, site }),
            Self::OutOfReach | Self::Stranded { .. } | Self::Unknown => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reach(site: usize, ticks: u32) -> Reach {
        Reach { time: TravelTime::from_ticks(ticks), site: SiteId::new(site) }
    }

    #[test]
    fn c14_exactly_the_limit_is_in_and_one_tick_more_is_out() {
        let (limit, everyone) = (TravelTime::from_minutes(15), HandlerSet::of([SiteId::new(0)]));
        let at = Verdict::on(&[reach(0, limit.ticks())], &everyone, limit);
        assert_eq!(at, Verdict::Covered { by: SiteId::new(0), after: limit });
        let past = Verdict::on(&[reach(0, limit.ticks() + 1)], &everyone, limit);
        assert!(matches!(past, Verdict::TooFar { over, .. } if over.ticks() == 1));
    }

    #[test]
    fn each_verdict_names_its_remedy() {
        let (limit, second) = (TravelTime::from_ticks(10), HandlerSet::of([SiteId::new(1)]));
        let kind = |reaches: &[Reach]| Verdict::on(reaches, &second, limit).kind();
        assert_eq!(kind(&[reach(0, 5), reach(1, 10)]), VerdictKind::Covered);
        assert_eq!(kind(&[reach(0, 5), reach(1, 11)]), VerdictKind::NotOffered);
        assert_eq!(kind(&[reach(0, 5)]), VerdictKind::NotOffered);
        assert_eq!(kind(&[reach(0, 11), reach(1, 12)]), VerdictKind::TooFar);
        assert_eq!(kind(&[reach(0, 11)]), VerdictKind::OutOfReach);
        assert_eq!(kind(&[]), VerdictKind::OutOfReach);
    }
}
