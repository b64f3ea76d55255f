//! The verdict on one cell and one item. A verdict splits the remedy.

use std::fmt;

use crate::ids::SiteId;
use crate::model::Steps;
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
        /// Where it is done within the search budget: the site of the farthest step.
        handled: Option<Reach>,
        /// The steps that are not done within the limit.
        missing: Steps,
        /// The site that these steps should be handed down to.
        at: SiteId,
        /// Why they are not done within the limit: of several reasons, the one that is hardest to mend.
        why: Lack,
        /// Those of the missing steps that this reason is about; the others need less.
        lacking: Steps,
    },
    /// It is done without a visit: online by those who go online, or no step of it needs one.
    Online,
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

/// Why no site within the limit does a step, from what is mended most easily to what is hardest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lack {
    /// One does it, but is closed on arrival: longer hours.
    Closed,
    /// One does it, but these people cannot use it: a helper, or another kind of site.
    Barred,
    /// One does it, but only for its own unit's people: a cross-area window.
    OtherUnit,
    /// None does it: hand the step down.
    NotHandled,
}

impl Lack {
    /// The word that files use: `closed`, `barred`, `other-unit`, `not-handled`.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Closed => "closed",
            Self::Barred => "barred",
            Self::OtherUnit => "other-unit",
            Self::NotHandled => "not-handled",
        }
    }
}

/// The kinds of verdict, from the best to the gravest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum VerdictKind {
    /// [`Verdict::Covered`] and [`Verdict::Online`]
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
    pub const ALL: [Self; 6] = [
        Self::Covered,
        Self::TooFar,
        Self::NotOffered,
        Self::OutOfReach,
        Self::Stranded,
        Self::Unknown,
    ];

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
    /// Which kind it is.
    #[must_use]
    pub const fn kind(self) -> VerdictKind {
        match self {
            Self::Covered { .. } | Self::Online => VerdictKind::Covered,
            Self::TooFar { .. } => VerdictKind::TooFar,
            Self::NotOffered { .. } => VerdictKind::NotOffered,
            Self::OutOfReach => VerdictKind::OutOfReach,
            Self::Stranded { .. } => VerdictKind::Stranded,
            Self::Unknown => VerdictKind::Unknown,
        }
    }

    /// The site that the verdict names, and the walk there; none online.
    #[must_use]
    pub const fn site(self) -> Option<Reach> {
        match self {
            Self::Covered {
                by: site,
                after: time,
            }
            | Self::TooFar {
                nearest: site,
                after: time,
                ..
            }
            | Self::NotOffered {
                nearest_any: site,
                after: time,
                ..
            } => Some(Reach { time, site }),
            Self::Online | Self::OutOfReach | Self::Stranded { .. } | Self::Unknown => None,
        }
    }
}
