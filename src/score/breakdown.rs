//! The whole picture: coverage told by group, by channel, by theme, by other counts than people,
//! hour by hour, and with its bounds. Each is told only when the study asks for it.

use super::border_bounds::{BorderBounds, border_bounds};
use super::channel::{ChannelSums, channels};
use super::coverage::Coverage;
use super::denominators::{Denominator, denominators};
use super::group::{GroupCoverage, is_party, sum_by_any_channel};
use super::one_stop::Theme;
use super::size_bounds::SizeBounds;
use super::sums::Tally;
use super::week::WeekProfile;
use crate::search::Walks;

/// Coverage told by whatever the study's rules distinguish.
///
/// ```
/// use walkshed::{Options, draw};
/// let study = draw::town("A-a-s--b-B", 100.0, "s");
/// let told = walkshed::run(&study, &Options::default()).unwrap().breakdown;
/// // What the study does not distinguish is not told apart.
/// assert!(told.denominators.is_empty() && told.week.is_none() && told.sizes.is_none());
/// ```
#[derive(Debug, Clone, Default)]
pub struct Breakdown {
    /// Each group, in the order of the study; none when the study names none.
    pub groups: Vec<GroupCoverage>,
    /// Each channel of the people, then of the firms; none when there is no other than to go to a window.
    pub channels: Vec<ChannelSums>,
    /// Each theme of the items asked of people; none when no such item has a theme.
    pub themes: Vec<Theme>,
    /// Each theme, or stage of a firm's life, of the items asked of firms.
    pub firm_themes: Vec<Theme>,
    /// By people and by other counts; none when the cells have no other.
    pub denominators: Vec<Denominator>,
    /// Hour by hour; none when the study asks for no time of day.
    pub week: Option<WeekProfile>,
    /// Hour by hour for the firms.
    pub firm_week: Option<WeekProfile>,
    /// The bounds, whatever lies beyond the boundary; none when the study has no boundary.
    pub border: Option<BorderBounds>,
    /// The bounds for the firms.
    pub firm_border: Option<BorderBounds>,
    /// The bounds, wherever in large cells people live, and whatever lies beyond the boundary; none
    /// where no cell is large. [`size_bounds`](super::size_bounds()) walks once more for them, so that
    /// [`run`](fn@crate::run) asks for them and [`breakdown`] leaves them out.
    pub sizes: Option<SizeBounds>,
}

impl Breakdown {
    /// The people by every channel that they use: the sums over all groups that make up the people of a
    /// coverage; none when the study names no group.
    #[must_use]
    pub fn by_any_channel(&self, now: &Coverage) -> Option<Tally> {
        if self.groups.is_empty() {
            return None;
        }
        let parties = self.groups.iter().filter(|group| is_party(now, group));
        Some(sum_by_any_channel(parties))
    }
}

/// Breaks a coverage down by the rules of its study.
///
/// Costs one coverage a channel, one a group that goes online, or is no party of the people or the firms, on the walks
/// that were searched before, and what [`Coverage::by_theme`], [`Coverage::week`], [`denominators`] and
/// [`border_bounds`] cost.
///
/// ```
/// use walkshed::{draw, score, search, Silent};
/// let study = draw::town("A-a-s--b-B", 100.0, "s");
/// let walks = search::walks(&study, study.target().search, &Silent);
/// let now = score::coverage(&walks);
/// let told = score::breakdown(&walks, &now, None);
/// // A study without rules has nothing to break down.
/// assert!(told.groups.is_empty() && told.themes.is_empty() && told.week.is_none() && told.border.is_none());
/// ```
///
/// # Panics
/// When the walks are of another study than the coverage.
#[must_use]
pub fn breakdown(walks: &Walks, people: &Coverage, firms: Option<&Coverage>) -> Breakdown {
    assert!(
        walks.study().version() == people.study().version(),
        "the walks are of the study that is broken down"
    );
    let judged: Vec<&Coverage> = std::iter::once(people).chain(firms).collect();
    let groups = people.study().groups();
    // People alone are no breakdown: the coverage itself tells them.
    let mut denominators = denominators(people, firms);
    if denominators.len() == 1 {
        denominators.clear();
    }
    Breakdown {
        channels: channels(walks, people, firms),
        groups: groups
            .map(|(id, _)| GroupCoverage::of(walks, &judged, id))
            .collect(),
        themes: people.by_theme(),
        firm_themes: firms.map(Coverage::by_theme).unwrap_or_default(),
        denominators,
        week: people.week(),
        firm_week: firms.and_then(Coverage::week),
        border: border_bounds(people),
        firm_border: firms.and_then(border_bounds),
        sizes: None,
    }
}
