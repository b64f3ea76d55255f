//! The land from which a site is reached within the limit, as layers of the map: one for each limit and each
//! way of walking, for who walks faster comes from farther.

use std::collections::BTreeSet;

use super::frame::{Frame, Point};
use super::lines;
use crate::ids::ZoneId;
use crate::isochrone::{Catchment, Join, Request, isochrones};
use crate::model::{Study, Zone};
use crate::progress::Progress;
use crate::report::number::Number;
use crate::text::steady;
use crate::units::TravelTime;
use crate::words::{Text, text};

/// The land of those who walk alike and have one limit.
#[derive(Debug)]
pub(in crate::report) struct Land {
    catchment: Catchment,
    /// Whose it is, by zone; empty where it is everybody's. None is outside of all zones.
    zones: Vec<Option<ZoneId>>,
    /// How far from its street it is drawn, in metres: cells are covered from farther off.
    reach_m: f64,
}

/// The land of all sites together: costs what [`isochrones`] costs.
pub(in crate::report) fn lands(study: &Study, progress: &dyn Progress) -> Vec<Land> {
    let all: Vec<Option<ZoneId>> = std::iter::once(None)
        .chain(study.zones().iter().map(|(zone, _)| Some(zone)))
        .collect();
    let limits: BTreeSet<TravelTime> = all.iter().map(|&zone| limit(study, zone)).collect();
    let request = Request {
        limits: limits.into_iter().collect(),
        join: Join::Merged,
        ..Request::of(study)
    };
    let mut lands = Vec::new();
    for catchment in isochrones(study, &request, progress).drawn {
        let walk_so = if catchment.zones.is_empty() {
            &all
        } else {
            &catchment.zones
        };
        let has_limit = |zone: &&Option<ZoneId>| limit(study, **zone) == catchment.limit;
        let mut zones: Vec<_> = walk_so.iter().filter(has_limit).copied().collect();
        zones.retain(|&zone| is_lived_in(study, zone));
        if !zones.is_empty() {
            lands.push(Land {
                catchment,
                zones,
                reach_m: request.reach_m,
            });
        }
    }
    // One land is everybody's only where it is of all who live anywhere: those who reach no site have none.
    let lived_in = all.iter().filter(|&&zone| is_lived_in(study, zone)).count();
    if let [only] = &mut lands[..]
        && only.zones.len() == lived_in
    {
        only.zones.clear();
    }
    lands
}

impl Land {
    /// What it is called.
    pub(super) fn name(&self, study: &Study) -> Text {
        let minutes = Number::minutes(self.catchment.limit).to_string();
        let metres = Number::of(self.reach_m).to_string();
        let names = self.zones.iter().map(|&zone| zone_of(study, zone));
        let names: Vec<Text> = names
            .map(|zone| match zone {
                Some(zone) => Text::verbatim(&steady(&zone.name)),
                None => text!(PageElsewhere),
            })
            .collect();
        if names.is_empty() {
            text!(PageLand, minutes = minutes, metres = metres)
        } else {
            text!(
                PageLandOf,
                minutes = minutes,
                metres = metres,
                zones = names
            )
        }
    }

    /// Its rings: outer ones turn the other way than holes.
    pub(super) fn rings(&self, frame: &Frame) -> Vec<Vec<Point>> {
        lines::rings(&self.catchment.isochrone.polygons(), frame)
    }
}

fn zone_of(study: &Study, zone: Option<ZoneId>) -> Option<&Zone> {
    let mut zones = study.zones().iter();
    let (_, zone) = zones.find(|(id, _)| Some(*id) == zone)?;
    Some(zone)
}

/// The limit of those who live in a zone, or outside of all.
fn limit(study: &Study, zone: Option<ZoneId>) -> TravelTime {
    let own = zone_of(study, zone).and_then(|zone| zone.limit);
    own.unwrap_or(study.target().limit)
}

fn is_lived_in(study: &Study, zone: Option<ZoneId>) -> bool {
    let mut cells = study.cells().iter();
    cells.any(|(cell, _)| study.zones().of(cell).map(|(id, _)| id) == zone)
}
