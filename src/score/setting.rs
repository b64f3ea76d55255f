//! Whose coverage is asked for, and by which channels.

use crate::ids::GroupId;
use crate::model::{Study, TimeRule, WeekMinute};

/// Whose coverage is asked for, and by which channels. By default: everybody's, at sites only.
///
/// A group's coverage counts the people of that group, asks only the items that concern it, and
/// counts only the sites that it can use. Its travel times should be its own too
/// (its walking profile's), which the caller hands over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Setting {
    /// The group; none for all people alike.
    pub group: Option<GroupId>,
    /// Whether items that are wholly online count as done for people who go online.
    pub online: bool,
    /// When they leave home: a site counts only when it is open on arrival. None: every site counts
    /// as open.
    pub leaving: Option<WeekMinute>,
}

impl Setting {
    /// The setting that a study is about: all people alike, at sites alone, at the moment that it
    /// asks for, if it does.
    #[must_use]
    pub fn of(study: &Study) -> Self {
        Self {
            leaving: study.time().and_then(TimeRule::at),
            ..Self::default()
        }
    }

    /// Whether the people of the setting need no visit for what is done online.
    pub(crate) fn goes_online(&self, study: &Study) -> bool {
        let group = self.group.map(|group| study.group(group));
        // All people alike are taken to go online; a group says whether it does.
        self.online && group.is_none_or(|group| group.online)
    }
}
