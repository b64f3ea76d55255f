//! Who walks alike: the distinct walking profiles of a study, and who has which.

use crate::ids::{CellId, GroupId};
use crate::model::{Profile, Study};

/// Who walks alike.
///
/// A **kind** of people has one profile where no zone is and one for each zone. Groups whose profiles
/// are the same everywhere are one kind.
#[derive(Debug, Clone)]
pub(super) struct WalkerKinds {
    /// The distinct profiles, in the order in which they come up.
    pub profiles: Vec<Profile>,
    /// By kind, the numbers of its profiles: where no zone is, then by zone.
    pub by_zone: Vec<Vec<usize>>,
    everybody: usize,
    groups: Vec<usize>,
}

impl WalkerKinds {
    pub(super) fn new(study: &Study) -> Self {
        let mut kinds = Self {
            profiles: Vec::new(),
            by_zone: Vec::new(),
            everybody: 0,
            groups: Vec::new(),
        };
        // Everybody first: profiles keep the order in which they come up, and so do the searches.
        kinds.everybody = kinds.add(study, None);
        for (group, _) in study.groups() {
            let kind = kinds.add(study, Some(group));
            kinds.groups.push(kind);
        }
        kinds
    }

    /// Puts in a group, or all people alike; its kind.
    fn add(&mut self, study: &Study, group: Option<GroupId>) -> usize {
        let by_zone = study
            .profiles(group)
            .into_iter()
            .map(|profile| place_of(&mut self.profiles, profile))
            .collect();
        place_of(&mut self.by_zone, by_zone)
    }

    /// The profile of a kind's people in a cell.
    pub(super) fn profile(&self, study: &Study, kind: usize, cell: CellId) -> usize {
        self.by_zone[kind][zone_of(study, cell)]
    }

    /// The distinct profiles of a kind, ascending.
    pub(super) fn profiles_of(&self, kind: usize) -> Vec<usize> {
        let mut distinct = self.by_zone[kind].clone();
        distinct.sort_unstable();
        distinct.dedup();
        distinct
    }

    /// The kind of a group, or of all people alike.
    pub(super) fn of(&self, group: Option<GroupId>) -> usize {
        group.map_or(self.everybody, |group| self.groups[group.index()])
    }
}

/// Where a cell's profile stands in a list by zone: 0 where no zone is.
pub(super) fn zone_of(study: &Study, cell: CellId) -> usize {
    let zone = study.zones().of(cell);
    zone.map_or(0, |(zone, _)| zone.index() + 1)
}

/// The place of a thing in a list, at the end if it was not there.
fn place_of<T: PartialEq>(list: &mut Vec<T>, thing: T) -> usize {
    let known = list.iter().position(|other| *other == thing);
    known.unwrap_or_else(|| {
        list.push(thing);
        list.len() - 1
    })
}
