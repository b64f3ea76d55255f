//! The verdict on one cell and one item. A verdict splits the remedy.
//!
//! Three tables stand here, one row for each word that files use: the kinds of verdict, the lacks
//! (why no site does a step) and the remedies. The order of rows is the order of gravity.

use std::fmt;

use super::table::table;
use crate::ids::SiteId;
use crate::model::Steps;
use crate::search::Reach;
use crate::units::TravelTime;
use crate::words::{Key, Text};

/// Whether one item can be done from one cell within the limit, and if not, why.
///
/// ```
/// use walkshed::{Options, draw, ids::CellId, score::Verdict};
/// let study = draw::town("A-a--s------------b-B", 100.0, "s");
/// let now = walkshed::run(&study, &Options::default()).unwrap().coverage;
/// let service = study.catalogue().find("service").unwrap();
/// let told = |cell| match now.verdict(CellId::new(cell), service) {
///     Verdict::Covered { after, .. } => format!("done after {after}"),
///     Verdict::TooFar { over, .. } => format!("{over} too far: build or move a site"),
///     Verdict::NotOffered { missing, .. } => format!("{missing} is done by nobody near: hand it down"),
///     other => other.kind().word().to_owned(),
/// };
/// assert_eq!([told(0), told(1)], ["done after 4 min 30 s", "4 min 30 s too far: build or move a site"]);
/// ```
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
        /// The nearest site that these steps can be handed down to as it is: it can take them, serves
        /// these people, and is open when they come. None where no site within the limit is so.
        at: Option<SiteId>,
        /// Why they are not done within the limit: of several reasons, the one that is hardest to mend.
        why: Lack,
        /// Those of the missing steps that this reason is about; the others need less.
        lacking: Steps,
    },
    /// It can, for people who need a helper: all that no site does within the limit is done at home, by
    /// helpers who come.
    AtHome {
        /// The site that sends the helper; of several the one that is farthest.
        by: SiteId,
        /// How long the helper walks, be it longer than the limit of visits.
        after: TravelTime,
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

table! {
    /// The kinds of verdict, from the best to the gravest.
    ///
    /// ```
    /// use walkshed::score::{Remedy, VerdictKind};
    /// let told = VerdictKind::ALL.map(|kind| (kind.word(), kind.remedy()));
    /// assert_eq!(told[1], ("too-far", Some(Remedy::BuildSite)));
    /// // What is not offered nearby is cured by what is lacking there.
    /// assert_eq!(told[2], ("not-offered", None));
    /// ```
    pub enum VerdictKind: KindRow {
        /// [`Verdict::Covered`], [`Verdict::AtHome`] and [`Verdict::Online`]
        Covered {
            word: "covered",
            name: Key::VerdictCovered,
            cure: Key::CureCovered,
            remedy: None,
        },
        /// [`Verdict::TooFar`]
        TooFar {
            word: "too-far",
            name: Key::VerdictTooFar,
            cure: Key::CureTooFar,
            remedy: Some(Remedy::BuildSite),
        },
        /// [`Verdict::NotOffered`]; its [`Lack`] has the remedy.
        NotOffered {
            word: "not-offered",
            name: Key::VerdictNotOffered,
            cure: Key::CureNotOffered,
            remedy: None,
        },
        /// [`Verdict::OutOfReach`]
        OutOfReach {
            word: "out-of-reach",
            name: Key::VerdictOutOfReach,
            cure: Key::CureOutOfReach,
            remedy: Some(Remedy::BuildSite),
        },
        /// [`Verdict::Stranded`]
        Stranded {
            word: "stranded",
            name: Key::VerdictStranded,
            cure: Key::CureStranded,
            remedy: Some(Remedy::MendData),
        },
        /// [`Verdict::Unknown`]
        Unknown {
            word: "unknown",
            name: Key::VerdictUnknown,
            cure: Key::CureUnknown,
            remedy: Some(Remedy::MendData),
        },
    }
}

/// A row of the table of verdicts.
struct KindRow {
    word: &'static str,
    /// What it is called.
    name: Key,
    /// What to do about it.
    cure: Key,
    /// What cures it; none when nothing is lacking, or when it rests on the [`Lack`].
    remedy: Option<Remedy>,
}

table! {
    /// Why no site within the limit does a step, from what is mended most easily to what is hardest.
    ///
    /// ```
    /// use walkshed::score::Lack;
    /// let cures = Lack::ALL.map(|lack| (lack.word(), lack.remedy().word()));
    /// assert_eq!(cures[0], ("closed", "longer-hours"));
    /// assert_eq!(cures.last(), Some(&("not-handled", "hand-down")));
    /// ```
    pub enum Lack: LackRow {
        /// One does it, but is closed on arrival: longer hours.
        Closed { word: "closed", name: Key::LackIsClosed, remedy: Remedy::LongerHours },
        /// One does it, but these people cannot use it: a helper, or another kind of site.
        Barred { word: "barred", name: Key::LackIsBarred, remedy: Remedy::Helper },
        /// One does it, but only for its own unit's people: a cross-area window.
        OtherUnit { word: "other-unit", name: Key::LackIsOtherUnit, remedy: Remedy::CrossArea },
        /// None does it: hand the step down.
        NotHandled { word: "not-handled", name: Key::LackIsNotHandled, remedy: Remedy::HandDown },
    }
}

/// A row of the table of lacks.
struct LackRow {
    word: &'static str,
    /// What a verdict for this reason is called.
    name: Key,
    remedy: Remedy,
}

table! {
    /// What cures a lack.
    ///
    /// ```
    /// use walkshed::score::Remedy;
    /// use walkshed::words::Language;
    /// assert_eq!(Remedy::CrossArea.word(), "cross-area");
    /// assert_eq!(Remedy::CrossArea.name().in_language(Language::Chinese), "设跨区通办窗口");
    /// ```
    #[doc(alias = "整改措施")]
    #[non_exhaustive]
    pub enum Remedy: RemedyRow {
        /// No site is within the limit: build or move one.
        BuildSite { word: "build-site", name: Key::RemedyBuildSite },
        /// A site is within the limit: hand the steps down to it.
        HandDown { word: "hand-down", name: Key::RemedyHandDown },
        /// A site within the limit did the steps, and its offer has run out: renew it.
        Renew { word: "renew", name: Key::RemedyRenew },
        /// A site does the steps, but only for its own unit: open a cross-area window there.
        CrossArea { word: "cross-area", name: Key::RemedyCrossArea },
        /// A site does the steps, but these people cannot use it: a helper there.
        Helper { word: "helper", name: Key::RemedyHelper },
        /// A site does the steps, but is closed on arrival: longer hours there.
        LongerHours { word: "longer-hours", name: Key::RemedyLongerHours },
        /// The cell stands off every street, or its row was rejected: mend the data.
        MendData { word: "mend-data", name: Key::RemedyMendData },
    }
}

/// A row of the table of remedies.
struct RemedyRow {
    word: &'static str,
    /// What it is called.
    name: Key,
}

impl VerdictKind {
    /// The word that files use: `covered`, `too-far`, `not-offered`, `out-of-reach`, `stranded`, `unknown`.
    #[must_use]
    pub const fn word(self) -> &'static str {
        self.row().word
    }
}

impl VerdictKind {
    /// What cures it; none when nothing is lacking, or when that rests on the [`Lack`].
    #[must_use]
    pub const fn remedy(self) -> Option<Remedy> {
        self.row().remedy
    }

    /// What it is called.
    #[must_use]
    pub const fn name(self) -> Text {
        Text::new(self.row().name, Vec::new())
    }

    /// What to do about it.
    #[must_use]
    pub const fn cure(self) -> Text {
        Text::new(self.row().cure, Vec::new())
    }
}

impl fmt::Display for VerdictKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.word())
    }
}

impl Lack {
    /// The word that files use: `closed`, `barred`, `other-unit`, `not-handled`.
    #[must_use]
    pub const fn word(self) -> &'static str {
        self.row().word
    }

    /// What cures it.
    #[must_use]
    pub const fn remedy(self) -> Remedy {
        self.row().remedy
    }

    /// What a verdict for this reason is called: a site that is closed when people come is not one
    /// that does not do it.
    #[must_use]
    pub const fn name(self) -> Text {
        Text::new(self.row().name, Vec::new())
    }
}

impl Remedy {
    /// The word that files use: `build-site`, `hand-down`, `renew`, `cross-area`, `helper`,
    /// `longer-hours`, `mend-data`.
    #[must_use]
    pub const fn word(self) -> &'static str {
        self.row().word
    }

    /// What it is called.
    #[must_use]
    pub const fn name(self) -> Text {
        Text::new(self.row().name, Vec::new())
    }
}

impl Verdict {
    /// Which kind it is.
    #[must_use]
    pub const fn kind(self) -> VerdictKind {
        match self {
            Self::Covered { .. } | Self::AtHome { .. } | Self::Online => VerdictKind::Covered,
            Self::TooFar { .. } => VerdictKind::TooFar,
            Self::NotOffered { .. } => VerdictKind::NotOffered,
            Self::OutOfReach => VerdictKind::OutOfReach,
            Self::Stranded { .. } => VerdictKind::Stranded,
            Self::Unknown => VerdictKind::Unknown,
        }
    }

    /// What it is called: that of its kind, or of the reason why it is not done nearby.
    #[must_use]
    pub const fn name(self) -> Text {
        if let Self::NotOffered { why, .. } = self {
            return why.name();
        }
        self.kind().name()
    }

    /// What cures it; none when nothing is lacking.
    #[must_use]
    pub const fn remedy(self) -> Option<Remedy> {
        if let Self::NotOffered { why, .. } = self {
            return Some(why.remedy());
        }
        self.kind().row().remedy
    }

    /// The site where the item is done, within the limit or beyond it, and the walk there: that of the
    /// step that takes the longest. None where nothing is known to do it, at home and online.
    #[must_use]
    pub const fn done_at(self) -> Option<Reach> {
        // This verdict names the nearest site of any kind, which does not do the item.
        match self {
            Self::NotOffered { handled, .. } => handled,
            Self::AtHome { .. } => None,
            Self::Covered { .. }
            | Self::TooFar { .. }
            | Self::Online
            | Self::OutOfReach
            | Self::Stranded { .. }
            | Self::Unknown => self.site(),
        }
    }

    /// The walk that people themselves take to the site that the verdict names; none where a helper comes
    /// to them, and online.
    #[must_use]
    pub const fn walk(self) -> Option<TravelTime> {
        match self.site() {
            Some(reach) if !matches!(self, Self::AtHome { .. }) => Some(reach.time),
            Some(_) | None => None,
        }
    }

    /// The site that the verdict names, and the walk there; none online. Where a helper comes it is the
    /// walk of the helper.
    #[must_use]
    pub const fn site(self) -> Option<Reach> {
        let (site, time) = match self {
            Self::Covered { by, after } | Self::AtHome { by, after } => (by, after),
            Self::TooFar { nearest, after, .. } => (nearest, after),
            Self::NotOffered {
                nearest_any, after, ..
            } => (nearest_any, after),
            Self::Online | Self::OutOfReach | Self::Stranded { .. } | Self::Unknown => return None,
        };
        Some(Reach { time, site })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_of_rows_is_the_order_of_gravity() {
        assert!(VerdictKind::ALL.is_sorted());
        assert!(Lack::ALL.is_sorted());
        assert!(Remedy::ALL.is_sorted());
        assert_eq!(VerdictKind::ALL[0], VerdictKind::Covered);
    }

    #[test]
    fn no_two_rows_share_a_word() {
        let mut words: Vec<&str> = VerdictKind::ALL.map(VerdictKind::word).to_vec();
        words.extend(Lack::ALL.map(Lack::word));
        words.extend(Remedy::ALL.map(Remedy::word));
        let all = words.len();
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), all);
    }

    #[test]
    fn every_verdict_but_covered_has_a_remedy_of_its_row_or_of_its_lack() {
        assert_eq!(Verdict::Online.remedy(), None);
        assert_eq!(Verdict::OutOfReach.remedy(), Some(Remedy::BuildSite));
        assert_eq!(Verdict::Unknown.remedy(), Some(Remedy::MendData));
        for why in Lack::ALL {
            let not_offered = Verdict::NotOffered {
                nearest_any: SiteId::new(0),
                after: TravelTime::ZERO,
                handled: None,
                missing: Steps::USUAL,
                at: Some(SiteId::new(0)),
                why,
                lacking: Steps::USUAL,
            };
            assert_eq!(not_offered.remedy(), Some(why.remedy()));
        }
        let by_row = VerdictKind::ALL
            .iter()
            .filter(|kind| kind.row().remedy.is_some());
        assert_eq!(
            by_row.count(),
            VerdictKind::ALL.len() - 2,
            "all but covered and not-offered"
        );
    }
}
