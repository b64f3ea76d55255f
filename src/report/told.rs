//! What the rules add to the summary; a rule that is off adds nothing.

use serde::Serialize;

use super::number::Number;
use super::results::Results;
use super::rules::{hours_open, moment};
use crate::score::{Bounds, Denominator, GroupCoverage, Tally, Theme};

/// What the rules that are on add to the summary.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Told {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) groups: Vec<GroupSums>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) channels: Vec<ChannelSums>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) themes: Vec<ThemeSums>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) denominators: Vec<DenominatorSums>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) week: Option<WeekSums>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) bounds: Option<BoundSums>,
}

#[derive(Debug, Clone, Serialize)]
pub(super) struct GroupSums {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) counted_apart: bool,
    pub(super) population: Number,
    pub(super) at_sites: Outcome,
    pub(super) with_online: Option<Outcome>,
}

#[derive(Debug, Clone, Serialize)]
pub(super) struct Outcome {
    pub(super) covered_population: Number,
    pub(super) share: Option<Number>,
    pub(super) score: Option<Number>,
}

#[derive(Debug, Clone, Serialize)]
pub(super) struct ChannelSums {
    #[serde(skip)]
    pub(super) channel: crate::score::Channel,
    #[serde(rename = "channel")]
    word: &'static str,
    pub(super) population: Number,
    #[serde(flatten)]
    pub(super) covered: Outcome,
}

#[derive(Debug, Clone, Serialize)]
pub(super) struct ThemeSums {
    pub(super) theme: String,
    pub(super) items: usize,
    pub(super) share: Option<Number>,
    pub(super) one_stop_share: Option<Number>,
}

#[derive(Debug, Clone, Serialize)]
pub(super) struct DenominatorSums {
    pub(super) counted_by: String,
    pub(super) total: Number,
    pub(super) covered: Number,
    pub(super) share: Option<Number>,
}

#[derive(Debug, Clone, Serialize)]
pub(super) struct WeekSums {
    /// The hours of the week in which any site is open that is not always open.
    pub(super) hours_open: u32,
    /// The worst of these.
    pub(super) worst_hour: Option<String>,
    pub(super) worst_hour_share: Option<Number>,
    pub(super) best_hour: Option<String>,
    pub(super) best_hour_share: Option<Number>,
}

#[derive(Debug, Clone, Serialize)]
pub(super) struct BoundSums {
    pub(super) share_lower: Option<Number>,
    pub(super) share_upper: Option<Number>,
    pub(super) cells_at_edge: u64,
    pub(super) people_at_edge: Number,
}

impl Told {
    pub(super) fn of(results: &Results<'_, '_>) -> Self {
        let told = results.told;
        Self {
            groups: groups(results),
            channels: told
                .channels
                .iter()
                .map(|(channel, tally)| channel_sums(*channel, tally))
                .collect(),
            themes: told.themes.iter().map(theme).collect(),
            denominators: told.denominators.iter().map(denominator).collect(),
            week: week(results),
            bounds: told.border.as_ref().map(|border| bounds(&border.total)),
        }
    }
}

fn groups(results: &Results<'_, '_>) -> Vec<GroupSums> {
    let mut groups: Vec<GroupSums> = results.told.groups.iter().map(group).collect();
    if let Some([at_sites, best]) = results.told.all_groups() {
        groups.push(GroupSums {
            id: "total".to_owned(),
            name: String::new(),
            counted_apart: false,
            population: Number::people(at_sites.people()),
            at_sites: Outcome::of(&at_sites),
            with_online: Some(Outcome::of(&best)),
        });
    }
    groups
}

fn group(group: &GroupCoverage<'_>) -> GroupSums {
    let total = group.at_sites.total();
    GroupSums {
        id: group.group.id.clone(),
        name: group.group.name.clone(),
        counted_apart: group.group.apart,
        population: Number::people(total.people()),
        at_sites: Outcome::of(total),
        with_online: group
            .with_online
            .as_ref()
            .map(|online| Outcome::of(online.total())),
    }
}

impl Outcome {
    fn of(tally: &Tally) -> Self {
        Self {
            covered_population: Number::people(tally.covered()),
            share: Number::share(tally.share()),
            score: Number::share(tally.score()),
        }
    }
}

fn channel_sums(channel: crate::score::Channel, tally: &Tally) -> ChannelSums {
    let population = Number::people(tally.people());
    ChannelSums {
        channel,
        word: channel.word(),
        population,
        covered: Outcome::of(tally),
    }
}

fn theme(theme: &Theme<'_>) -> ThemeSums {
    ThemeSums {
        theme: theme.name.to_owned(),
        items: theme.items.len(),
        share: Number::share(theme.share()),
        one_stop_share: Number::share(theme.one_stop_share()),
    }
}

fn denominator(row: &Denominator<'_>) -> DenominatorSums {
    DenominatorSums {
        counted_by: row.name.to_owned(),
        total: Number::people(row.total),
        covered: Number::people(row.covered),
        share: Number::share(row.share),
    }
}

fn week(results: &Results<'_, '_>) -> Option<WeekSums> {
    let week = results.told.week.as_ref()?.total();
    let open = hours_open(results.now);
    let (worst, best) = (week.worst(open), week.best(open));
    let share = |hour: Option<usize>| hour.and_then(|hour| Number::share(week.share(hour)));
    Some(WeekSums {
        hours_open: open.count(),
        worst_hour: worst.map(moment),
        worst_hour_share: share(worst),
        best_hour: best.map(moment),
        best_hour_share: share(best),
    })
}

fn bounds(bounds: &Bounds) -> BoundSums {
    BoundSums {
        share_lower: Number::share(bounds.lower_share()),
        share_upper: Number::share(bounds.upper_share()),
        cells_at_edge: bounds.cells_flagged,
        people_at_edge: Number::people(bounds.flagged),
    }
}
