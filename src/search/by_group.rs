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
    let kinds = Kinds::new(study);
    let mut searched = Searched {
        study,
        budget,
        progress,
        links: Vec::new(),
        times: Vec::new(),
    };
    kinds
        .profiles
        .iter()
        .for_each(|profile| searched.walk(*profile));
    let times = kinds
        .by_zone
        .iter()
        .map(|kind| searched.by_zone(kind))
        .collect();
    kinds.walks(times)
}

/// Who walks alike.
#[derive(Debug, Clone)]
pub(super) struct Kinds {
    /// The distinct profiles, in the order in which they come up.
    pub profiles: Vec<Profile>,
    /// By kind, the numbers of its profiles: where no zone is, then by zone.
    pub by_zone: Vec<Vec<usize>>,
    everybody: usize,
    groups: Vec<usize>,
}

impl Kinds {
    pub(super) fn new(study: &Study) -> Self {
        let (mut profiles, mut by_zone) = (Vec::new(), Vec::new());
        let mut kind_of = |group| {
            let of_zones = study.profiles(group);
            let kind = of_zones
                .into_iter()
                .map(|profile| place_of(&mut profiles, profile))
                .collect();
            place_of(&mut by_zone, kind)
        };
        let everybody = kind_of(None);
        let groups = study
            .groups()
            .map(|(group, _)| kind_of(Some(group)))
            .collect();
        Self {
            profiles,
            by_zone,
            everybody,
            groups,
        }
    }

    /// The profile of a kind's people in a cell.
    pub(super) fn profile(&self, study: &Study, kind: usize, cell: CellId) -> usize {
        self.by_zone[kind][study
            .zones()
            .of(cell)
            .map_or(0, |(zone, _)| zone.index() + 1)]
    }

    /// The kind of a group, or of all people alike.
    pub(super) fn of(&self, group: Option<GroupId>) -> usize {
        group.map_or(self.everybody, |group| self.groups[group.index()])
    }

    /// The walks of each kind put together.
    pub(super) fn walks(&self, times: Vec<Arc<TravelTimes<'static>>>) -> Walks {
        let (everybody, groups) = (self.everybody, self.groups.clone());
        Walks {
            times,
            everybody,
            groups,
            searches: self.profiles.len(),
        }
    }
}

/// The place of a thing in a list, at the end if it was not there.
fn place_of<T: PartialEq>(list: &mut Vec<T>, thing: T) -> usize {
    list.iter()
        .position(|other| *other == thing)
        .unwrap_or_else(|| {
            list.push(thing);
            list.len() - 1
        })
}

/// The distinct numbers of a list, ascending.
pub(super) fn distinct(list: &[usize]) -> Vec<usize> {
    let mut distinct = list.to_vec();
    distinct.sort_unstable();
    distinct.dedup();
    distinct
}

/// What was searched so far, by profile.
struct Searched<'a> {
    study: &'a Study,
    budget: TravelTime,
    progress: &'a dyn Progress,
    links: Vec<(Profile, Linkage)>,
    times: Vec<Arc<TravelTimes<'static>>>,
}

impl Searched<'_> {
    fn walk(&mut self, profile: Profile) {
        let known = self
            .links
            .iter()
            .position(|(other, _)| other.rules == profile.rules);
        let place = known.unwrap_or_else(|| {
            self.links
                .push((profile, link_as(self.study, &profile.rules, self.progress)));
            self.links.len() - 1
        });
        let times = travel_times_as(
            self.study,
            &self.links[place].1,
            self.budget,
            &profile,
            self.progress,
        );
        self.times.push(Arc::new(times.into_owned()));
    }

    /// The times of those who walk by these profiles: the first where no zone is, then by zone.
    fn by_zone(&self, kind: &[usize]) -> Arc<TravelTimes<'static>> {
        let distinct = distinct(kind);
        if let [only] = distinct[..] {
            return Arc::clone(&self.times[only]);
        }
        let parts: Vec<&TravelTimes<'_>> = distinct
            .iter()
            .map(|&search| &*self.times[search])
            .collect();
        let zone = |cell: CellId| {
            self.study
                .zones()
                .of(cell)
                .map_or(0, |(zone, _)| zone.index() + 1)
        };
        let of = |cell: CellId| distinct.partition_point(|&search| search < kind[zone(cell)]);
        Arc::new(TravelTimes::chosen(&parts, of))
    }
}
