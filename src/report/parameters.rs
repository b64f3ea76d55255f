//! What was asked and how people walk: the same in the summary and in the manifest.

use serde::Serialize;

use super::number::Number;
use crate::model::{StreetRules, WeekMinute, Zone};
use crate::score::Coverage;
use crate::units::People;

/// What was asked and how people walk. A rule that is off is not named.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Parameters {
    pub(super) speed_kmh: Number,
    pub(super) walk_rule: &'static str,
    pub(super) max_snap_m: Number,
    pub(super) min_component: u32,
    pub(super) minutes: Number,
    pub(super) search_minutes: Number,
    pub(super) items: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) week_of: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) leaving: Option<String>,
    #[serde(skip)]
    pub(super) leaving_at: Option<WeekMinute>,
    #[serde(skip)]
    pub(super) rules: StreetRules,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) street_rules: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) zones: Vec<ZoneSums>,
}

/// A zone, and who lives in it.
#[derive(Debug, Clone, Serialize)]
pub(super) struct ZoneSums {
    pub(super) name: String,
    pub(super) by: String,
    pub(super) minutes: Number,
    pub(super) speed_kmh: Number,
    pub(super) cells: usize,
    pub(super) population: Number,
}

impl Parameters {
    pub(super) fn of(now: &Coverage) -> Self {
        let (study, target) = (now.study(), now.target());
        Self {
            speed_kmh: Number::of(study.walk().speed.kmh()),
            walk_rule: crate::model::WALK_RULE,
            max_snap_m: Number::of(study.walk().max_snap_m),
            min_component: study.walk().min_component,
            minutes: Number::minutes(target.limit),
            search_minutes: Number::minutes(now.times().budget()),
            items: target
                .items
                .iter()
                .map(|&item| study.catalogue()[item].id.clone())
                .collect(),
            date: target.date.map(|date| date.to_string()),
            week_of: study.time().map(|time| time.week_start().to_string()),
            leaving: now.setting().leaving.map(|minute| minute.to_string()),
            leaving_at: now.setting().leaving,
            rules: study.walk().rules,
            street_rules: study.walk().rules.words(),
            zones: study
                .zones()
                .iter()
                .map(|(id, zone)| zone_sums(now, id, zone))
                .collect(),
        }
    }
}

fn zone_sums(now: &Coverage, id: crate::ids::ZoneId, zone: &Zone) -> ZoneSums {
    let study = now.study();
    let inside = |&(cell, _): &(_, &_)| {
        study
            .zones()
            .of(cell)
            .is_some_and(|(of_cell, _)| of_cell == id)
    };
    let cells: Vec<_> = study
        .cells()
        .iter()
        .filter(inside)
        .map(|(cell, _)| cell)
        .collect();
    let people: People = cells.iter().map(|&cell| now.people(cell)).sum();
    ZoneSums {
        name: zone.name.clone(),
        by: zone.by.clone(),
        minutes: Number::minutes(zone.limit.unwrap_or(now.target().limit)),
        speed_kmh: Number::of(zone.speed.unwrap_or(study.walk().speed).kmh()),
        cells: cells.len(),
        population: Number::people(people),
    }
}
