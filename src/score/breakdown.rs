//! The whole picture: coverage told by group, by channel, by theme, by other counts than people,
//! hour by hour, and with its bounds. Each is told only when the study asks for it.

use super::border_bounds::{BorderBounds, border_bounds};
use super::channel::{Channel, channels};
use super::coverage::Coverage;
use super::denominators::{Denominator, denominators};
use super::group::{GroupCoverage, not_apart, sum_at_sites, sum_by_any_channel};
use super::one_stop::Theme;
use super::sums::Tally;
use super::week::WeekProfile;
use crate::search::Walks;

/// Coverage told by whatever the study's rules distinguish.
#[derive(Debug, Clone, Default)]
pub struct Breakdown {
    /// Each group, in the order of the study; none when the study names none.
    pub groups: Vec<GroupCoverage>,
    /// Each channel; none when no asked item is wholly online.
    pub channels: Vec<(Channel, Tally)>,
    /// Each theme of the asked items; none when no item has a theme.
    pub themes: Vec<Theme>,
    /// By people and by other counts; none when the cells have no other.
    pub denominators: Vec<Denominator>,
    /// Hour by hour; none when the study asks for no time of day.
    pub week: Option<WeekProfile>,
    /// The bounds, whatever lies beyond the boundary; none when the study has no boundary.
    pub border: Option<BorderBounds>,
}

impl Breakdown {
    /// The sums over all groups that do not overlap, which are everybody: at sites alone, and by
    /// every channel that they use; none when the study names no group.
    #[must_use]
    pub fn all_groups(&self) -> Option<[Tally; 2]> {
        if self.groups.is_empty() {
            return None;
        }
        let at_sites = sum_at_sites(not_apart(&self.groups));
        let by_any_channel = sum_by_any_channel(not_apart(&self.groups));
        Some([at_sites, by_any_channel])
    }
}

/// Breaks a coverage down by the rules of its study.
///
/// Costs one coverage a group (two where it goes online), on the walks that were searched before,
/// and what [`Coverage::by_theme`], [`Coverage::week`], [`denominators`] and [`border_bounds`] cost.
///
/// ```
/// use walkshed::{draw, score, search, Silent};
/// let study = draw::town("A-a-s--b-B", 100.0, "s");
/// let walks = search::walks(&study, study.target().search, &Silent);
/// let now = score::coverage(&walks);
/// let told = score::breakdown(&walks, &now);
/// // A study without rules has nothing to break down.
/// assert!(told.groups.is_empty() && told.themes.is_empty() && told.week.is_none() && told.border.is_none());
/// ```
///
/// # Panics
/// When the walks are of another study than the coverage.
#[must_use]
pub fn breakdown(walks: &Walks, now: &Coverage) -> Breakdown {
    assert!(
        walks.study().version() == now.study().version(),
        "the walks are of the study that is broken down"
    );
    let groups: Vec<GroupCoverage> = now
        .study()
        .groups()
        .map(|(id, _)| GroupCoverage::of(walks, now, id))
        .collect();
    // People alone are no breakdown: the coverage itself tells them.
    let mut denominators = denominators(now);
    if denominators.len() == 1 {
        denominators.clear();
    }
    Breakdown {
        channels: channels(walks, now, &groups),
        groups,
        themes: now.by_theme(),
        denominators,
        week: now.week(),
        border: border_bounds(now),
    }
}
