//! Sites that changes put where no street is.

use std::collections::BTreeMap;

use super::Scene;
use crate::model::Change;
use crate::read::error::plain;
use crate::read::plan::rules::wrong::Wrong;
use crate::snap::{Snap, StreetIndex};
use crate::words::{Text, text};

impl Scene<'_, '_> {
    /// Says which sites that the changes open or move stand off the streets as these then are, and
    /// so serve nobody. O(E) for E street pieces, and O(log E) a site.
    pub(super) fn note_stranded(&mut self, changes: &[Change]) {
        let placed = placed_by(changes);
        if placed.is_empty() {
            return;
        }
        for (number, message) in self.stranded(&placed) {
            self.wrong = Wrong::of("change", number, &self.door.file);
            self.doubt("stranded-site", "lon", message);
        }
    }

    /// What to say of each of these sites that is off the streets, with the number of its change.
    fn stranded(&self, placed: &BTreeMap<&str, usize>) -> Vec<(usize, Text)> {
        let study = &self.study;
        let walk = study.walk();
        let streets = StreetIndex::new(study.network(), study.barriers(), walk.min_component);
        let mut found = Vec::new();
        for (id, &number) in placed {
            // A later change may have closed it again.
            let Some(site) = study.sites().find(id) else {
                continue;
            };
            let site = &study.sites()[site];
            if let Snap::Stranded { nearest } = streets.snap(site.at, walk.max_snap_m) {
                found.push((number, off_streets(&site.id, nearest, walk.max_snap_m)));
            }
        }
        found.sort_by_key(|(number, _)| *number);
        found
    }
}

/// How far a site is off the streets, when at most so many metres are walked to one.
fn off_streets(site: &str, nearest: Option<f64>, most: f64) -> Text {
    let site = plain(site);
    let Some(metres) = nearest else {
        return text!(StandsWithoutStreet, site = site);
    };
    let shown = format!("{metres:.1}");
    if metres > most {
        text!(StandsOffStreets, site = site, metres = shown, most = most)
    } else {
        text!(StandsBehindBarrier, site = site, metres = shown)
    }
}

/// The sites that changes open or move, each with the number of the last change that does.
fn placed_by(changes: &[Change]) -> BTreeMap<&str, usize> {
    let mut placed = BTreeMap::new();
    for (place, change) in changes.iter().enumerate() {
        let site = match change {
            Change::OpenSite(new) => &new.site.id,
            Change::MoveSite { site, .. } => site,
            Change::MergeSites(merger) => &merger.into,
            Change::CloseSite { .. }
            | Change::SetHours { .. }
            | Change::AddHours { .. }
            | Change::SetHelper { .. }
            | Change::Offer { .. }
            | Change::Replace { .. }
            | Change::Renew { .. }
            | Change::SetReach { .. }
            | Change::Withdraw { .. }
            | Change::AddStreet { .. }
            | Change::CutStreet { .. }
            | Change::SlowStreet { .. } => continue,
        };
        placed.insert(site.as_str(), place + 1);
    }
    placed
}
