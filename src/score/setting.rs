//! Whose coverage is asked for, and by which channels.

use super::way::Way;
use crate::model::{Handling, SiteSet, Steps, Study, TimeRule, WeekMinute, Who};

/// Whose coverage is asked for, and by which channels. By default: that of the people, at sites only.
///
/// Each is asked only the items that concern it. A group's coverage counts the people of that group
/// and only the sites that it can use. Its travel times should be its own too (its walking profile's).
///
/// ```
/// use walkshed::{draw, model::Who, score::Setting};
/// let study = draw::town("A-a--s-B", 100.0, "s");
/// let usual = Setting::of(&study);
/// assert_eq!((usual.who, usual.online, usual.leaving), (Who::People, false, None));
/// let firms = Setting { who: Who::Firms, ..usual };
/// assert_ne!(firms, usual);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Setting {
    /// Of whom it is asked.
    pub who: Who,
    /// Whether items that are wholly online count as done for people who go online.
    pub online: bool,
    /// The one way of getting things done that counts, if only one does: then whether `online` is set
    /// does not matter.
    pub way: Option<Way>,
    /// When they leave home: a site counts only when it is open on arrival. None: every site counts
    /// as open.
    pub leaving: Option<WeekMinute>,
}

impl Setting {
    /// The setting that a study is about: its people, at sites alone, at the moment that it
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
        self.online && study.goes_online(self.who)
    }

    /// The same by one way alone.
    pub(super) const fn by_way(self, way: Way) -> Self {
        Self {
            way: Some(way),
            ..self
        }
    }

    /// The steps of a class that these people need no visit for, because they do them online.
    pub(super) fn saved(&self, study: &Study, class: &Handling) -> Steps {
        if !study.goes_online(self.who) {
            return Steps::NONE;
        }
        // By all ways both channels count; by one way only its own.
        match self.way {
            None if self.online => class.online.and(class.mobile),
            Some(Way::Online) => class.online,
            Some(Way::Mobile) => class.mobile,
            None
            | Some(
                Way::NearWindow
                | Way::SelfService
                | Way::SelfServiceAllWeek
                | Way::Helper
                | Way::AtHome,
            ) => Steps::NONE,
        }
    }

    /// Whether helpers who come home count for these people.
    pub(super) fn asks_home_help(&self, study: &Study) -> bool {
        let group = self.who.group().map(|group| study.group(group));
        matches!(self.way, None | Some(Way::AtHome))
            && group.is_some_and(|group| group.needs_helper)
    }

    /// The sites that these people use by the one way that is asked for; none where all ways are.
    pub(super) fn used(&self, study: &Study) -> Option<SiteSet> {
        let of_way = self.way?.sites(study);
        let group = self.who.group().map(|group| study.group(group));
        Some(match group.and_then(|group| group.usable.as_ref()) {
            Some(usable) => usable.common(&of_way),
            None => of_way,
        })
    }
}
