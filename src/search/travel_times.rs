//! The travel times of a study: who walks by one profile, or by the profile of each zone.

use super::cost_model::Direction;
use super::kinds::zone_of;
use super::many_to_many;
use super::matrix::TravelTimes;
use super::prepared_study::PreparedStudy;
use crate::model::Profile;
use crate::progress::{Progress, Silent};
use crate::snap::Linkage;
use crate::units::TravelTime;

/// Walks from every site as far as the budget reaches (inclusive), by the study's own profile.
///
/// Exact: a walk takes the gap from the cell to its street, the shortest way along the streets, and
/// the gap to the site; two points on one street piece also go along it directly. Stranded sites
/// and cells reach nothing. Cells of a zone with a speed of its own walk at that speed, which takes
/// one search for each zone.
///
/// In parallel over the sites, each bounded walk O(n log n) in the vertices within the budget. The
/// result does not depend on the number of threads. [`Search`] is the same by another profile, and
/// tells how far it is.
///
/// ```
/// use walkshed::{TravelTime, draw, search, snap};
/// let study = draw::town("A-a---s-----b-B", 100.0, "s");
/// let times = search::travel_times(&snap::link(&study), TravelTime::from_minutes(7));
/// // Only a is as near as that.
/// assert_eq!(times.len(), 1);
/// ```
#[must_use]
pub fn travel_times(links: &Linkage, budget: TravelTime) -> TravelTimes {
    Search::within(budget).travel_times(links)
}

/// Who walks how far from every site, and who is told how far the search is.
///
/// ```
/// use walkshed::{Speed, TravelTime, draw, model::Profile, search::Search, snap};
/// // One character is 100 m; 4 km/h are 1,000 m in 15 minutes.
/// let study = draw::town("A-s-----------a-B", 100.0, "s");
/// let links = snap::link(&study);
/// let usual = Search::within(TravelTime::from_minutes(15));
/// assert!(usual.travel_times(&links).is_empty());
/// let fast = Profile { speed: Speed::from_kmh(5.0).unwrap(), ..study.walk().profile() };
/// let fast = Search { profile: Some(fast), ..usual };
/// assert_eq!(fast.travel_times(&links).len(), 1);
/// ```
#[derive(Clone, Copy)]
pub struct Search<'p> {
    /// How they walk; none for the study's own profile, and that of its zone in each.
    pub profile: Option<Profile>,
    /// How far is looked, inclusive.
    pub budget: TravelTime,
    /// Told how far the search is.
    pub progress: &'p dyn Progress,
}

impl Search<'_> {
    /// A search by the study's own profile that tells nobody.
    #[must_use]
    pub fn within(budget: TravelTime) -> Self {
        Self {
            profile: None,
            budget,
            progress: &Silent,
        }
    }

    /// Walks from every site: [`travel_times`].
    ///
    /// The walk is from the cell to the site: one-way streets, slopes and closed streets count in that
    /// direction. The links should be those of [`crate::snap::link_as`] under the same rules: a point
    /// that hangs on a street that is closed to the profile reaches nothing. As long as no street has a
    /// trait that the rules mind, the walk is the same in both directions and costs nothing more.
    #[must_use]
    pub fn travel_times(&self, links: &Linkage) -> TravelTimes {
        if let Some(profile) = &self.profile {
            return self.by_profile(links, profile);
        }
        let study = links.study();
        let profiles = study.profiles(None);
        // One search is enough where no zone has a speed of its own.
        if profiles.iter().all(|profile| *profile == profiles[0]) {
            return self.by_profile(links, &profiles[0]);
        }
        let by_zone: Vec<TravelTimes> = profiles
            .iter()
            .map(|profile| self.by_profile(links, profile))
            .collect();
        let parts: Vec<&TravelTimes> = by_zone.iter().collect();
        TravelTimes::chosen(&parts, |cell| zone_of(study, cell))
    }

    /// By the same profile everywhere.
    fn by_profile(&self, links: &Linkage, profile: &Profile) -> TravelTimes {
        let prepared = PreparedStudy::new(links, profile, Direction::ToPlace);
        let (rows, work) = many_to_many::rows(&prepared, self.budget, self.progress);
        TravelTimes::new(links.clone(), self.budget, rows, work)
    }
}
