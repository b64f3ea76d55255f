//! What the rules add to the summary; a rule that is off adds nothing.

use serde::Serialize;

use crate::model::WeekMinute;
use crate::report::number::Number;
use crate::report::tables::rules::{hours_open, moment, start_of};
use crate::run::Results;
use crate::score::{Bounds, Denominator, GroupCoverage, SizeBounds, Tally, Theme};

/// What the rules that are on add to the summary.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct RuleSums {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) groups: Vec<GroupSums>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) channels: Vec<ChannelSums>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) themes: Vec<ThemeSums>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) firm_themes: Vec<ThemeSums>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) denominators: Vec<DenominatorSums>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) week: Option<WeekSums>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) bounds: Option<BoundSums>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) large_cells: Option<LargeSums>,
}

#[derive(Debug, Clone, Serialize)]
pub(crate) struct GroupSums {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) counted_apart: bool,
    pub(crate) population: Number,
    pub(crate) at_sites: Outcome,
    pub(crate) with_online: Option<Outcome>,
}

#[derive(Debug, Clone, Serialize)]
pub(crate) struct Outcome {
    pub(crate) covered_population: Number,
    pub(crate) share: Option<Number>,
    pub(crate) score: Option<Number>,
}

#[derive(Debug, Clone, Serialize)]
pub(crate) struct ChannelSums {
    #[serde(skip)]
    pub(crate) channel: crate::score::Channel,
    #[serde(rename = "channel")]
    word: &'static str,
    of: &'static str,
    #[serde(skip)]
    pub(crate) is_of_firms: bool,
    pub(crate) population: Number,
    #[serde(flatten)]
    pub(crate) covered: Outcome,
}

#[derive(Debug, Clone, Serialize)]
pub(crate) struct ThemeSums {
    pub(crate) theme: String,
    pub(crate) items: usize,
    pub(crate) share: Option<Number>,
    pub(crate) one_stop_share: Option<Number>,
}

#[derive(Debug, Clone, Serialize)]
pub(crate) struct DenominatorSums {
    pub(crate) counted_by: String,
    pub(crate) total: Number,
    pub(crate) covered: Number,
    pub(crate) share: Option<Number>,
}

#[derive(Debug, Clone, Serialize)]
pub(crate) struct WeekSums {
    /// The hours of the week in which any site is open that is not always open.
    pub(crate) hours_open: u32,
    #[serde(skip)]
    pub(crate) worst: Option<WeekMinute>,
    #[serde(skip)]
    pub(crate) best: Option<WeekMinute>,
    /// The worst of these.
    worst_hour: Option<String>,
    pub(crate) worst_hour_share: Option<Number>,
    best_hour: Option<String>,
    pub(crate) best_hour_share: Option<Number>,
}

#[derive(Debug, Clone, Serialize)]
pub(crate) struct BoundSums {
    pub(crate) share_lower: Option<Number>,
    pub(crate) share_upper: Option<Number>,
    pub(crate) cells_at_edge: u64,
    pub(crate) people_at_edge: Number,
}

/// The cells that are larger than one walk judges.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct LargeSums {
    pub(crate) cells: usize,
    pub(crate) people: Number,
    pub(crate) share_lower: Option<Number>,
    pub(crate) share_upper: Option<Number>,
}

impl RuleSums {
    pub(crate) fn of(results: &Results) -> Self {
        let told = &results.breakdown;
        Self {
            groups: groups(results),
            channels: told.channels.iter().map(channel_sums).collect(),
            themes: told.themes.iter().map(theme).collect(),
            firm_themes: told.firm_themes.iter().map(theme).collect(),
            denominators: told.denominators.iter().map(denominator).collect(),
            week: week(results),
            bounds: told.border.as_ref().map(|border| bounds(&border.total)),
            large_cells: told.sizes.as_ref().map(large_cells),
        }
    }
}

fn groups(results: &Results) -> Vec<GroupSums> {
    let mut groups: Vec<GroupSums> = results.breakdown.groups.iter().map(group).collect();
    if let Some(best) = results.breakdown.by_any_channel(&results.coverage) {
        let at_sites = *results.coverage.total();
        groups.push(GroupSums {
            id: "total".to_owned(),
            name: String::new(),
            counted_apart: false,
            population: Number::people(at_sites.inhabitants()),
            at_sites: Outcome::of(&at_sites),
            with_online: Some(Outcome::of(&best)),
        });
    }
    groups
}

fn group(group: &GroupCoverage) -> GroupSums {
    let total = group.at_sites.total();
    GroupSums {
        id: group.group().id.clone(),
        name: group.group().name.clone(),
        counted_apart: group.group().apart,
        population: Number::people(total.inhabitants()),
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

fn channel_sums(sums: &crate::score::ChannelSums) -> ChannelSums {
    ChannelSums {
        channel: sums.channel,
        word: sums.channel.word(),
        of: sums.of_word(),
        is_of_firms: sums.is_of_firms(),
        population: Number::people(sums.tally.people()),
        covered: Outcome::of(&sums.tally),
    }
}

fn theme(theme: &Theme) -> ThemeSums {
    ThemeSums {
        theme: theme.name.clone(),
        items: theme.items.len(),
        share: Number::share(theme.share()),
        one_stop_share: Number::share(theme.one_stop_share()),
    }
}

fn denominator(row: &Denominator) -> DenominatorSums {
    DenominatorSums {
        counted_by: row.name.to_owned(),
        total: Number::people(row.total),
        covered: Number::people(row.covered),
        share: Number::share(row.share),
    }
}

/// The best and the worst hour of the week, among those in which something is open.
fn week(results: &Results) -> Option<WeekSums> {
    let week = results.breakdown.week.as_ref()?.total();
    // At night nothing is open, and that would be the worst hour of every study.
    let open = hours_open(&results.coverage);
    let worst = week.worst(open);
    let best = week.best(open);
    let share = |hour: Option<usize>| hour.and_then(|hour| Number::share(week.share(hour)));
    Some(WeekSums {
        hours_open: open.count(),
        worst: worst.and_then(start_of),
        best: best.and_then(start_of),
        worst_hour: worst.map(moment),
        worst_hour_share: share(worst),
        best_hour: best.map(moment),
        best_hour_share: share(best),
    })
}

fn large_cells(sizes: &SizeBounds) -> LargeSums {
    LargeSums {
        cells: sizes.large.len(),
        people: Number::people(sizes.people),
        share_lower: Number::share(sizes.total.lower_share()),
        share_upper: Number::share(sizes.total.upper_share()),
    }
}

fn bounds(bounds: &Bounds) -> BoundSums {
    BoundSums {
        share_lower: Number::share(bounds.lower_share()),
        share_upper: Number::share(bounds.upper_share()),
        cells_at_edge: bounds.cells_flagged,
        people_at_edge: Number::people(bounds.flagged),
    }
}
