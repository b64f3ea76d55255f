//! The walks of everybody: one search for each distinct walking profile, not for each group.

use std::sync::Arc;

use super::kinds::WalkerKinds;
use super::matrix::TravelTimes;
use super::travel_times::travel_times_as;
use crate::ids::GroupId;
use crate::model::{Profile, Study};
use crate::progress::Progress;
use crate::snap::{Linkage, link_as};
use crate::units::TravelTime;

/// The travel times of all people alike and of each group of a study.
#[derive(Debug, Clone)]
pub struct Walks {
    kinds: WalkerKinds,
    /// By kind.
    times: Vec<Arc<TravelTimes<'static>>>,
}

impl Walks {
    /// From the travel times of each profile. O(kinds · (cells + pairs)) where zones differ, else O(kinds).
    pub(super) fn by_profile(
        study: &Study,
        kinds: WalkerKinds,
        by_profile: &[Arc<TravelTimes<'static>>],
    ) -> Self {
        let times = (0..kinds.by_zone.len())
            .map(|kind| times_of_kind(study, &kinds, kind, by_profile))
            .collect();
        Self { kinds, times }
    }

    /// From the travel times of each kind.
    pub(super) const fn new(kinds: WalkerKinds, times: Vec<Arc<TravelTimes<'static>>>) -> Self {
        Self { kinds, times }
    }

    /// The travel times by kind.
    pub(super) fn by_kind(&self) -> &[Arc<TravelTimes<'static>>] {
        &self.times
    }

    /// The travel times of a group, or of all people alike.
    ///
    /// # Panics
    /// When the study has no such group.
    #[must_use]
    pub fn of(&self, group: Option<GroupId>) -> &TravelTimes<'static> {
        &self.times[self.kinds.of(group)]
    }

    /// How many searches it took.
    #[must_use]
    pub const fn searches(&self) -> usize {
        self.kinds.profiles.len()
    }
}

/// Snaps and walks for all people alike and for each group, once for each distinct profile. A group
/// that walks as another does shares its times; zones give their cells their own speed.
#[must_use]
pub fn walks(study: &Study, budget: TravelTime, progress: &dyn Progress) -> Walks {
    let kinds = WalkerKinds::new(study);
    let mut links_by_rules: Vec<(Profile, Linkage)> = Vec::new();
    let mut by_profile = Vec::new();
    for profile in &kinds.profiles {
        // Where points hang depends on the rules alone, not on the speed.
        let known = links_by_rules
            .iter()
            .position(|(other, _)| other.rules == profile.rules);
        let place = known.unwrap_or_else(|| {
            let links = link_as(study, &profile.rules, progress);
            links_by_rules.push((*profile, links));
            links_by_rules.len() - 1
        });
        let (_, links) = &links_by_rules[place];
        let times = travel_times_as(study, links, budget, profile, progress);
        by_profile.push(Arc::new(times.into_owned()));
    }
    Walks::by_profile(study, kinds, &by_profile)
}

/// The times of a kind's people: in each cell those of the profile that they have there.
fn times_of_kind(
    study: &Study,
    kinds: &WalkerKinds,
    kind: usize,
    by_profile: &[Arc<TravelTimes<'static>>],
) -> Arc<TravelTimes<'static>> {
    let own = kinds.profiles_of(kind);
    if let [only] = own[..] {
        return Arc::clone(&by_profile[only]);
    }
    // Zones differ: the rows are put together cell by cell.
    let parts: Vec<&TravelTimes<'_>> = own.iter().map(|&profile| &*by_profile[profile]).collect();
    Arc::new(TravelTimes::chosen(&parts, |cell| {
        let profile = kinds.profile(study, kind, cell);
        own.partition_point(|&other| other < profile)
    }))
}
