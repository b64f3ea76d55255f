//! The case that is explained: one cell and item, and what is asked there.

use chrono::NaiveDate;

use crate::ids::{CellId, ItemId, UnitId};
use crate::model::{Profile, Steps, Study, Zone};
use crate::score::{Coverage, Party, Setting, Verdict};
use crate::snap::Linkage;
use crate::units::TravelTime;

/// One cell and item, and what is asked there.
pub(super) struct Case<'a> {
    pub study: &'a Study,
    /// Whose verdict it is.
    pub party: Party<'a>,
    pub links: &'a Linkage,
    pub cell: CellId,
    pub item: ItemId,
    pub setting: Setting,
    /// The day it is asked for; none when every site and offer counts.
    pub day: Option<NaiveDate>,
    /// The limit that holds for the cell, inclusive.
    pub limit: TravelTime,
    pub zone: Option<&'a Zone>,
    /// How these people go.
    pub profile: Profile,
    /// The units that the cell lies in, from the inside out.
    pub units: Vec<UnitId>,
    /// The steps of the item that need a visit.
    pub visits: Steps,
    pub verdict: Verdict,
}

impl<'a> Case<'a> {
    pub(super) fn of(now: &'a Coverage, cell: CellId, item: ItemId) -> Self {
        let study = now.study();
        // Of several groups of people the one with the gravest verdict is explained.
        let party = now.gravest(cell, item);
        let setting = party.setting();
        let verdict = party.verdict(cell, item);
        let zone = study.zones().of(cell);
        // Profiles: where no zone is, then in each zone.
        let profile = zone.map_or(0, |(zone, _)| zone.index() + 1);
        let units = match study.cells()[cell].unit {
            Some(unit) => study.units().upward(unit).collect(),
            None => Vec::new(),
        };
        Self {
            study,
            party,
            links: party.times().links(),
            cell,
            item,
            setting,
            day: now.target().date,
            limit: now.limit(cell),
            zone: zone.map(|(_, zone)| zone),
            profile: study.profiles(setting.who.group())[profile],
            units,
            visits: visits(study, setting, item, verdict),
            // Given by the coverage. The reasons are read from the study afresh, and a law
            // holds both together.
            verdict,
        }
    }
}

/// The steps that these people need a visit for; of what is done online, those that others do.
fn visits(study: &Study, setting: Setting, item: ItemId, verdict: Verdict) -> Steps {
    let item = &study.catalogue()[item];
    let at_sites = item.steps_at_sites();
    // Who need not come is told what a site would do instead.
    if verdict != Verdict::Online && setting.goes_online(study) {
        at_sites.without(item.steps_online())
    } else {
        at_sites
    }
}
