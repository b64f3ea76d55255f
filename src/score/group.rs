//! What each group of people comes to.

use super::coverage::{Coverage, coverage_for};
use super::setting::Setting;
use super::sums::Tally;
use crate::ids::GroupId;
use crate::model::Group;
use crate::search::Walks;

/// What a group comes to.
#[derive(Debug, Clone)]
pub struct GroupCoverage {
    /// The group.
    pub id: GroupId,
    /// Its coverage at sites alone.
    pub at_sites: Coverage,
    /// Its coverage with what is done online; none when it does not go online.
    pub with_online: Option<Coverage>,
}

impl GroupCoverage {
    /// Judges a group by its own walks, for the target and at the moment of a coverage.
    pub(super) fn of(walks: &Walks, now: &Coverage, id: GroupId) -> Self {
        let study = now.study();
        // The group has its own walks: it may be slower, or keep off stairs and steep streets.
        let times = walks.of(Some(id));
        let at_sites = Setting {
            group: Some(id),
            online: false,
            ..now.setting()
        };
        let with_online = Setting {
            online: true,
            ..at_sites
        };
        Self {
            id,
            at_sites: coverage_for(times, now.target(), at_sites),
            with_online: study
                .group(id)
                .online
                .then(|| coverage_for(times, now.target(), with_online)),
        }
    }

    /// What the study says of the group.
    #[must_use]
    pub fn group(&self) -> &Group {
        self.at_sites.study().group(self.id)
    }

    /// Its coverage by every channel that it uses.
    #[must_use]
    pub fn best(&self) -> &Coverage {
        self.with_online.as_ref().unwrap_or(&self.at_sites)
    }
}

/// The sums over these groups, at sites alone.
pub(super) fn sum_at_sites<'g>(groups: impl Iterator<Item = &'g GroupCoverage>) -> Tally {
    Tally::sum(groups.map(|group| group.at_sites.total()))
}

/// The sums over these groups, by every channel that each uses.
pub(super) fn sum_by_any_channel<'g>(groups: impl Iterator<Item = &'g GroupCoverage>) -> Tally {
    Tally::sum(groups.map(|group| group.best().total()))
}

/// The groups that do not overlap, which together are everybody.
pub(super) fn not_apart(groups: &[GroupCoverage]) -> impl Iterator<Item = &GroupCoverage> {
    groups.iter().filter(|group| !group.group().apart)
}
