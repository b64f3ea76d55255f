//! Who walks alike: people of zones that have a way of moving of their own walk otherwise.

use crate::ids::{CellId, GroupId, ZoneId};
use crate::model::{Profile, Study};

/// People who walk by one profile, and the zones in which they live.
#[derive(Debug, Clone)]
pub(super) struct Walkers {
    study: Study,
    pub profile: Profile,
    /// None for those outside of all zones.
    pub zones: Vec<Option<ZoneId>>,
}

impl Walkers {
    /// By distinct profile the people of a group, or all people alike; those where nobody lives are left
    /// out, unless it is all of them. O(cells).
    pub(super) fn of(study: &Study, group: Option<GroupId>) -> Vec<Self> {
        let mut all: Vec<Self> = Vec::new();
        let zones = std::iter::once(None).chain(study.zones().iter().map(|(zone, _)| Some(zone)));
        for (zone, profile) in zones.zip(study.profiles(group)) {
            match all.iter_mut().find(|known| known.profile == profile) {
                Some(known) => known.zones.push(zone),
                None => all.push(Self {
                    study: study.clone(),
                    profile,
                    zones: vec![zone],
                }),
            }
        }
        let lives = |walkers: &Self| {
            let mut cells = study.cells().iter();
            cells.any(|(cell, _)| walkers.live_in(cell))
        };
        let some: Vec<Self> = all.iter().filter(|one| lives(one)).cloned().collect();
        // The land of a place is drawn even where nobody lives.
        if some.is_empty() {
            all.truncate(1);
            return all;
        }
        some
    }

    pub(super) const fn study(&self) -> &Study {
        &self.study
    }

    /// Whether the people of a cell walk so.
    pub(super) fn live_in(&self, cell: CellId) -> bool {
        let zone = self.study.zones().of(cell).map(|(zone, _)| zone);
        self.zones.contains(&zone)
    }
}
