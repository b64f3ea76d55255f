//! The single ways of getting things done, each looked at alone.
//!
//! Whoever asks for one way asks what people get done by it and nothing else: at the sites of that way,
//! or at home. Providers stay as they are; what changes is which sites people use, and which steps need
//! no visit from them.

use crate::model::{OpenWeek, Site, SiteSet, Study};

/// One way of getting things done, looked at alone.
///
/// ```
/// use walkshed::score::{Setting, Way, coverage_of};
/// use walkshed::{Silent, draw, model::Sites, search};
/// let town = draw::town("A-a-s----------b-t-B", 100.0, "st");
/// // People serve themselves at t, so that by a window alone b gets nothing done.
/// let study = town.with(|parts| {
///     let mut sites: Vec<_> = parts.sites.iter().map(|(_, site)| site.clone()).collect();
///     sites[1].kind = "bank-terminal".to_owned();
///     parts.sites = Sites::new(sites);
/// })?;
/// let walks = search::walks(&study, study.target().search, &Silent);
/// let by = |way| coverage_of(&walks, study.target(), Setting { way: Some(way), ..Setting::of(&study) });
/// let shares = [Way::NearWindow, Way::SelfService].map(|way| by(way).share().to_string());
/// assert_eq!(shares, ["33.3 %", "66.7 %"]);
/// # Ok::<(), walkshed::model::StudyError>(())
/// ```
#[doc(alias = "就近办")]
#[doc(alias = "自助办")]
#[doc(alias = "帮办代办")]
#[doc(alias = "网上办")]
#[doc(alias = "掌上办")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Way {
    /// At a window with staff.
    NearWindow,
    /// Where people serve themselves.
    SelfService,
    /// Where people serve themselves at any hour of the week.
    SelfServiceAllWeek,
    /// At a site that has a helper.
    Helper,
    /// At home, by a helper who comes to people who need one.
    AtHome,
    /// On a computer, by those who go online.
    Online,
    /// On a phone, by those who go online.
    Mobile,
}

impl Way {
    /// All of them, in the order of files.
    pub const ALL: [Self; 7] = [
        Self::NearWindow,
        Self::SelfService,
        Self::SelfServiceAllWeek,
        Self::Helper,
        Self::AtHome,
        Self::Online,
        Self::Mobile,
    ];

    /// The word that files use: `near-window`, `self-service`, `self-service-24h`, `helper`, `at-home`,
    /// `online`, `mobile`.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::NearWindow => "near-window",
            Self::SelfService => "self-service",
            Self::SelfServiceAllWeek => "self-service-24h",
            Self::Helper => "helper",
            Self::AtHome => "at-home",
            Self::Online => "online",
            Self::Mobile => "mobile",
        }
    }

    /// The sites where one gets things done by it; none where one does without going to any.
    /// O(sites × kinds of the study).
    pub(super) fn sites(self, study: &Study) -> SiteSet {
        let sites = study.sites().iter();
        let of_it = sites.filter(|(_, site)| self.is_of(study, site));
        SiteSet::of(of_it.map(|(id, _)| id))
    }

    fn is_of(self, study: &Study, site: &Site) -> bool {
        match self {
            Self::NearWindow => !study.kinds().serve_themselves_at(site),
            Self::SelfService => study.kinds().serve_themselves_at(site),
            Self::SelfServiceAllWeek => {
                study.kinds().serve_themselves_at(site) && is_always_open(study, site)
            }
            Self::Helper => site.properties.get("helper") == Some(true),
            Self::AtHome | Self::Online | Self::Mobile => false,
        }
    }
}

/// Whether a site is open all week; never where no time of day is asked, for hours are not known then.
fn is_always_open(study: &Study, site: &Site) -> bool {
    let time = study.time();
    time.is_some_and(|time| *time.hours_of(site) == OpenWeek::always())
}
