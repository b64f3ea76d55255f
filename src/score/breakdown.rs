//! The whole picture: coverage told by group, by channel, by theme, by other counts than people,
//! hour by hour, and with its bounds. Each is told only when the study asks for it.

use super::channel::by_channel;
use super::{
    Channel, Coverage, Denominator, Edges, Setting, Tally, Theme, WeekProfile, coverage_for,
    denominators, edges,
};
use crate::model::{Group, Online, Study};
use crate::search::Walks;

/// Coverage told by whatever the study's rules distinguish.
#[derive(Debug, Clone, Default)]
pub struct Breakdown<'a> {
    /// Each group, in the order of the study; none when the study names none.
    pub groups: Vec<GroupCoverage<'a>>,
    /// Each channel; none when no asked item is wholly online.
    pub channels: Vec<(Channel, Tally)>,
    /// Each theme of the asked items; none when no item has a theme.
    pub themes: Vec<Theme<'a>>,
    /// By people and by other counts; none when the cells have no other.
    pub denominators: Vec<Denominator<'a>>,
    /// Hour by hour; none when the study asks for no time of day.
    pub week: Option<WeekProfile>,
    /// The bounds, whatever lies beyond the boundary; none when the study has no boundary.
    pub edges: Option<Edges<'a>>,
}

/// What a group comes to.
#[derive(Debug, Clone)]
pub struct GroupCoverage<'a> {
    /// The group.
    pub group: &'a Group,
    /// Its coverage at sites alone.
    pub at_sites: Coverage<'a>,
    /// Its coverage with what is done online; none when it does not go online.
    pub with_online: Option<Coverage<'a>>,
}

impl<'a> GroupCoverage<'a> {
    /// Its coverage by every channel that it uses.
    #[must_use]
    pub fn best(&self) -> &Coverage<'a> {
        self.with_online.as_ref().unwrap_or(&self.at_sites)
    }
}

impl Breakdown<'_> {
    /// The sums over all groups that do not overlap, which are everybody: at sites alone, and by
    /// every channel that they use; none when the study names no group.
    #[must_use]
    pub fn all_groups(&self) -> Option<[Tally; 2]> {
        let counted = || self.groups.iter().filter(|group| !group.group.apart);
        let sums = [
            Tally::sum(counted().map(|group| group.at_sites.total())),
            Tally::sum(counted().map(|group| group.best().total())),
        ];
        (!self.groups.is_empty()).then_some(sums)
    }
}

/// Breaks a coverage down by the rules of its study.
///
/// Costs one coverage a group (two where it goes online), on the walks that were searched before,
/// and what [`Coverage::by_theme`], [`Coverage::week`], [`denominators`] and [`edges`] cost.
///
/// ```
/// use walkshed::{draw, score, search, Silent};
/// let study = draw::town("A-a-s--b-B", 100.0, "s");
/// let walks = search::walks(&study, study.target().search, &Silent);
/// let now = score::headline(&study, &walks);
/// let told = score::breakdown(&walks, &now);
/// // A study without rules has nothing to break down.
/// assert!(told.groups.is_empty() && told.themes.is_empty() && told.week.is_none() && told.edges.is_none());
/// ```
#[must_use]
pub fn breakdown<'a>(walks: &'a Walks, now: &Coverage<'a>) -> Breakdown<'a> {
    let study = now.study();
    let groups: Vec<GroupCoverage<'a>> = study
        .groups()
        .map(|(id, _)| group(study, walks, now, id))
        .collect();
    let told_by = denominators(now);
    Breakdown {
        channels: channels(walks, now, &groups),
        groups,
        themes: now.by_theme(),
        denominators: if told_by.len() > 1 {
            told_by
        } else {
            Vec::new()
        },
        week: now.week(),
        edges: edges(now),
    }
}

/// The coverage that a study is about: of all people alike, at sites alone, at the moment that the
/// study asks for, if it does.
#[must_use]
pub fn headline<'a>(study: &'a Study, walks: &'a Walks) -> Coverage<'a> {
    coverage_for(
        study,
        walks.of(None),
        study.target(),
        Setting::headline(study),
    )
}

fn group<'a>(
    study: &'a Study,
    walks: &'a Walks,
    now: &Coverage<'a>,
    id: crate::ids::GroupId,
) -> GroupCoverage<'a> {
    let group = study.group(id);
    let judge = |online| {
        let setting = Setting {
            group: Some(id),
            online,
            ..now.setting()
        };
        coverage_for(study, walks.of(Some(id)), now.target(), setting)
    };
    GroupCoverage {
        group,
        at_sites: judge(false),
        with_online: group.online.then(|| judge(true)),
    }
}

fn channels<'a>(
    walks: &'a Walks,
    now: &Coverage<'a>,
    groups: &[GroupCoverage<'a>],
) -> Vec<(Channel, Tally)> {
    let study = now.study();
    if !now
        .items()
        .iter()
        .any(|&item| study.catalogue()[item].online == Online::Whole)
    {
        return Vec::new();
    }
    if !groups.is_empty() {
        return by_channel(groups);
    }
    let online = Setting {
        online: true,
        ..now.setting()
    };
    let with_online = coverage_for(study, walks.of(None), now.target(), online);
    vec![
        (Channel::AtSites, *now.total()),
        (Channel::WithOnline, *with_online.total()),
    ]
}
