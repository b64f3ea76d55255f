//! The words for what explanations speak of, in Chinese and English.

use crate::assess::Explanation;
use crate::ids::{SiteId, UnitId};
use crate::model::{Language, Steps, Study};
use crate::read::plain;
use crate::report::summary::text::Say;
use crate::units::TravelTime;

/// The wording of one study.
#[derive(Clone, Copy)]
pub(super) struct Words<'a> {
    study: &'a Study,
    say: Say,
}

impl<'a> Words<'a> {
    pub(super) fn of(why: &Explanation<'a>) -> Self {
        Self {
            study: why.study,
            say: Say(why.study.language()),
        }
    }

    pub(super) const fn language(self) -> Language {
        self.say.0
    }

    /// One of two wordings.
    pub(super) const fn say(self, chinese: &'static str, english: &'static str) -> &'static str {
        self.say.of(chinese, english)
    }

    /// One of two wordings with values in them.
    pub(super) fn pick(self, chinese: String, english: String) -> String {
        match self.say.0 {
            Language::Chinese => chinese,
            Language::English => english,
        }
    }

    /// Clauses of one sentence.
    pub(super) fn joined(self, clauses: &[String]) -> String {
        clauses.join(self.say("；", "; "))
    }

    /// A time, rounded up to whole seconds.
    pub(super) fn time(self, time: TravelTime) -> String {
        let seconds = time.ticks().div_ceil(TravelTime::TICKS_PER_SECOND);
        self.pick(
            format!("{} 分 {:02} 秒", seconds / 60, seconds % 60),
            time.to_string(),
        )
    }

    /// Whole metres.
    pub(super) fn metres(self, metres: f64) -> String {
        format!("{metres:.0} {}", self.say("米", "m"))
    }

    pub(super) fn steps(self, steps: Steps) -> String {
        self.say.steps(steps)
    }

    /// A site by its id and its name.
    pub(super) fn site(self, site: SiteId) -> String {
        let site = &self.study.sites()[site];
        named(&site.id, &site.name)
    }

    pub(super) fn unit(self, unit: UnitId) -> String {
        plain(&self.study.units()[unit].name)
    }
}

/// An id, and the name where it tells more.
pub(super) fn named(id: &str, name: &str) -> String {
    if name.is_empty() || name == id {
        plain(id)
    } else {
        format!("{} {}", plain(id), plain(name))
    }
}
