//! What was asked and how people walk: the same in the summary and in the manifest.

use serde::Serialize;

use super::number::Number;
use crate::model::{Mode, StreetRules, Study, WeekMinute, Zone};
use crate::score::Coverage;
use crate::units::People;

/// What was asked and how people walk. A rule that is off is not named.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Parameters {
    /// How people go; walking is not named.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) by: Option<&'static str>,
    #[serde(skip)]
    pub(super) mode: Mode,
    pub(super) speed_kmh: Number,
    pub(super) walk_rule: &'static str,
    pub(super) max_snap_m: Number,
    pub(super) min_component: u32,
    pub(super) islands: &'static str,
    pub(super) private: &'static str,
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
    /// How many fixed links run.
    #[serde(skip_serializing_if = "is_zero")]
    pub(super) links: usize,
    /// The groups that have a way of moving of their own.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) group_moves: Vec<GroupMoves>,
}

/// How a group goes, where no zone is.
#[derive(Debug, Clone, Serialize)]
pub(super) struct GroupMoves {
    pub(super) group: String,
    pub(super) by: &'static str,
    #[serde(skip)]
    pub(super) mode: Mode,
    pub(super) speed_kmh: Number,
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
        let by = study.walk().by;
        let rules = study.walk().profile().rules;
        Self {
            mode: by,
            by: (by != Mode::Walk).then_some(by.word()),
            speed_kmh: Number::of(study.walk().speed.kmh()),
            walk_rule: study.walk().rule.word(),
            max_snap_m: Number::of(study.walk().max_snap_m),
            min_component: study.walk().min_component,
            islands: study.walk().islands.word(),
            private: study.walk().private.word(),
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
            rules,
            street_rules: rules.words(),
            zones: study
                .zones()
                .iter()
                .map(|(id, zone)| zone_sums(now, id, zone))
                .collect(),
            links: study.network().links().count(),
            group_moves: group_moves(study),
        }
    }
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands over a reference"
)]
const fn is_zero(count: &usize) -> bool {
    *count == 0
}

/// The groups that move in a way of their own, each at its speed outside of all zones.
fn group_moves(study: &Study) -> Vec<GroupMoves> {
    let mut moves = Vec::new();
    for (id, group) in study.groups() {
        let (Some(mode), Some(profile)) = (group.by, study.profiles(Some(id)).first().copied())
        else {
            continue;
        };
        moves.push(GroupMoves {
            group: group.name.clone(),
            by: mode.word(),
            mode,
            speed_kmh: Number::of(profile.speed.kmh()),
        });
    }
    moves
}

/// What a zone asks, and how many cells and people lie in it. O(cells).
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
        speed_kmh: Number::of(study.walk().speed_in(zone).kmh()),
        cells: cells.len(),
        population: Number::people(people),
    }
}
