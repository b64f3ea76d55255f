//! What isochrones were asked for: in the manifest and in the JSON summary.

use serde::Serialize;

use crate::isochrone::{Catchments, Join, Outline, Places};
use crate::report::number::Number;
use crate::search::Direction;

/// What was asked.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Parameters {
    minutes: Vec<Number>,
    join: &'static str,
    direction: &'static str,
    speed_kmh: Number,
    walk_rule: &'static str,
    reach_m: Number,
    tolerance_m: Number,
    outline: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    width_m: Option<Number>,
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<[f64; 2]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sites: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    group: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    item: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    leaving: Option<String>,
}

impl Parameters {
    /// All that a request asks; the speed is that of people outside of all zones.
    pub(super) fn of(catchments: &Catchments) -> Self {
        let study = &catchments.study;
        let request = &catchments.request;
        let profile = study.profiles(request.group)[0];
        let (at, sites) = match &request.places {
            Places::AllSites => (None, None),
            Places::At(at) => (Some([at.lon(), at.lat()]), None),
            Places::Sites(sites) => {
                let ids = sites.iter().map(|&site| study.sites()[site].id.clone());
                (None, Some(ids.collect()))
            }
        };
        let (outline, width_m) = match request.outline {
            Outline::Exact => ("exact", None),
            Outline::Streets { width_m } => ("streets", Some(Number::of(width_m))),
        };
        Self {
            minutes: request
                .limits
                .iter()
                .copied()
                .map(Number::minutes)
                .collect(),
            join: match request.join {
                Join::Each => "each",
                Join::Merged => "merged",
                Join::Nearest => "nearest",
            },
            direction: match request.direction {
                Direction::ToPlace => "to",
                Direction::FromPlace => "from",
            },
            speed_kmh: Number::of(profile.speed.kmh()),
            walk_rule: study.walk().rule.word(),
            reach_m: Number::of(request.reach_m),
            tolerance_m: Number::of(request.tolerance_m),
            outline,
            width_m,
            at,
            sites,
            group: request.group.map(|group| study.group(group).id.clone()),
            item: request.item.map(|item| study.catalogue()[item].id.clone()),
            leaving: request.leaving.map(|leaving| leaving.to_string()),
        }
    }
}
