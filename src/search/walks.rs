//! The walks of everybody: one search for each distinct walking profile, not for each group.

use std::sync::Arc;

use super::{TravelTimes, travel_times_as};
use crate::ids::{CellId, GroupId};
use crate::model::{Profile, Study};
use crate::progress::Progress;
use crate::snap::{Linkage, link_as};
use crate::units::TravelTime;

/// The travel times of all people alike and of each group of a study.
#[derive(Debug, Clone)]
pub struct Walks {
    times: Vec<Arc<TravelTimes<'static>>>,
    everybody: usize,
    groups: Vec<usize>,
    searches: usize,
}

impl Walks {
    /// The travel times of a group, or of all people alike.
    ///
    /// # Panics
    /// When the study has no such group.
    #[must_use]
    pub fn of(&self, group: Option<GroupId>) -> &TravelTimes<'static> {
        &self.times[group.map_or(self.everybody, |group| self.groups[group.index()])]
    }

    /// How many searches it took.
    #[must_use]
    pub const fn searches(&self) -> usize {
        self.searches
    }
}

/// Snaps and walks for all people alike and for each group, once for each distinct profile. A group
/// that walks as another does shares its times; zones give their cells their own speed.
#[must_use]
pub fn walks(study: &Study, budget: TravelTime, progress: &dyn Progress) -> Walks {
    let mut searched = Searched { study, budget, progress, links: Vec::new(), times: Vec::new() };
    let mut kinds: Vec<Vec<usize>> = Vec::new();
    let mut kind_of = |group| {
        let kind: Vec<usize> = study.profiles(group).iter().map(|profile| searched.number(*profile)).collect();
        kinds.iter().position(|other| *other == kind).unwrap_or_else(|| {
            kinds.push(kind);
            kinds.len() - 1
        })
    };
    let everybody = kind_of(None);
    let groups = study.groups().map(|(group, _)| kind_of(Some(group))).collect();
    let times = kinds.iter().map(|kind| searched.by_zone(kind)).collect();
    Walks { times, everybody, groups, searches: searched.times.len() }
}

/// What was searched so far, by profile.
struct Searched<'a> {
    study: &'a Study,
    budget: TravelTime,
    progress: &'a dyn Progress,
    links: Vec<(Profile, Linkage)>,
    times: Vec<(Profile, Arc<TravelTimes<'static>>)>,
}

impl Searched<'_> {
    fn number(&mut self, profile: Profile) -> usize {
        if let Some(known) = self.times.iter().position(|(other, _)| *other == profile) {
            return known;
        }
        let known = self.links.iter().position(|(other, _)| other.rules == profile.rules);
        let place = known.unwrap_or_else(|| {
            self.links.push((profile, link_as(self.study, &profile.rules, self.progress)));
            self.links.len() - 1
        });
        let times = travel_times_as(self.study, &self.links[place].1, self.budget, &profile, self.progress);
        self.times.push((profile, Arc::new(times.into_owned())));
        self.times.len() - 1
    }

    /// The times of those who walk by these profiles: the first where no zone is, then by zone.
    fn by_zone(&self, kind: &[usize]) -> Arc<TravelTimes<'static>> {
        let mut distinct = kind.to_vec();
        distinct.sort_unstable();
        distinct.dedup();
        if let [only] = distinct[..] {
            return Arc::clone(&self.times[only].1);
        }
        let parts: Vec<&TravelTimes<'_>> = distinct.iter().map(|&search| &*self.times[search].1).collect();
        let zone = |cell: CellId| self.study.zones().of(cell).map_or(0, |(zone, _)| zone.index() + 1);
        let of = |cell: CellId| distinct.partition_point(|&search| search < kind[zone(cell)]);
        Arc::new(TravelTimes::chosen(&parts, of))
    }
}
