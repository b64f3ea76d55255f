//! Rule *help at home*: what a helper does for people who need one, in their homes.
//!
//! A step is done at home when a site that does it for these people sends a helper as far as their
//! home: the helper walks, as people alike do, not they. The limit of 15 minutes is asked of visits
//! alone; of helpers the radius of their site is asked, and nothing beyond the search is known.

use super::setting::Setting;
use crate::ids::CellId;
use crate::model::{HomeHelp, SiteSet, Study};
use crate::search::{Reach, TravelTimes};
use crate::units::{Speed, TravelTime};

/// The helpers that sites send to people who need one.
#[derive(Debug, Clone)]
pub(super) struct Helpers {
    /// How helpers walk: as all people alike.
    times: TravelTimes,
    /// The sites that send them.
    sites: SiteSet,
}

/// The helpers that may come to one cell.
#[derive(Debug, Clone, Copy)]
pub(super) struct HelpersNear<'a> {
    study: &'a Study,
    cell: CellId,
    /// The sites that helpers walk from, nearest first.
    reaches: &'a [Reach],
    sites: &'a SiteSet,
    limit: TravelTime,
}

impl Helpers {
    /// Those who may come to the people of a setting; none where they need none, or no site sends any.
    pub(super) fn of(setting: Setting, times: &TravelTimes) -> Option<Self> {
        let study = times.study();
        if !setting.asks_home_help(study) {
            return None;
        }
        let sites = study.sites().iter();
        let sending = sites.filter(|(_, site)| site.home_help.is_some());
        let sites = SiteSet::of(sending.map(|(id, _)| id));
        (!sites.is_empty()).then(|| Self {
            times: times.clone(),
            sites,
        })
    }

    pub(super) const fn times(&self) -> &TravelTimes {
        &self.times
    }

    /// The longest walk of any of them to a cell where this limit holds.
    pub(super) fn farthest(&self, cell: CellId, limit: TravelTime) -> TravelTime {
        let study = self.times.study();
        let speed = speed_in(study, cell);
        let walks = self.sites.iter().filter_map(|site| {
            let help = study.sites()[site].home_help.as_ref()?;
            Some(help.within.walk(limit, speed))
        });
        walks.max().unwrap_or(TravelTime::ZERO)
    }

    /// Those who may come to a cell where this limit holds.
    pub(super) fn near(&self, cell: CellId, limit: TravelTime) -> HelpersNear<'_> {
        HelpersNear {
            study: self.times.study(),
            cell,
            reaches: self.times.of(cell),
            sites: &self.sites,
            limit,
        }
    }
}

impl<'a> HelpersNear<'a> {
    /// The sites that send a helper as far as the cell, nearest first, each with the walk.
    pub(super) fn coming(self) -> impl Iterator<Item = (Reach, &'a HomeHelp)> {
        let study = self.study;
        let speed = speed_in(study, self.cell);
        let senders = self
            .reaches
            .iter()
            .filter(move |reach| self.sites.contains(reach.site));
        senders.filter_map(move |reach| {
            let help = study.sites()[reach.site].home_help.as_ref()?;
            // A radius in metres takes as long as helpers walk it there.
            (reach.time <= help.within.walk(self.limit, speed)).then_some((*reach, help))
        })
    }
}

/// How fast people alike go in a cell.
fn speed_in(study: &Study, cell: CellId) -> Speed {
    let walk = study.walk();
    let zone = study.zones().of(cell);
    zone.map_or(walk.speed, |(_, zone)| walk.speed_in(zone))
}
