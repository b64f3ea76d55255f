//! What is written of a study: its coverage, and what its rules make of it.

use crate::assess::{Assessment, Difference};
use crate::score::{Breakdown, Coverage};

/// What is written of a study.
#[derive(Debug, Clone, Copy)]
pub struct Results<'r, 'a> {
    /// The coverage that the study is about.
    pub now: &'r Coverage<'a>,
    /// The same by group, channel, theme, other counts, hour and with its bounds.
    pub told: &'r Breakdown<'a>,
    /// Phases, indicators, score cards, departments, red lists; none when nobody assesses.
    pub assessment: Option<&'r Assessment<'a>>,
    /// What the study's what-if changes would make of it.
    pub change: Option<&'r Difference>,
    /// How it differs from an earlier run.
    pub trend: Option<&'r Difference>,
}

/// Which rules are on that give columns of their own to tables that are always written.
#[derive(Debug, Clone, Copy)]
pub(super) struct RulesOn {
    pub(super) zones: bool,
    pub(super) week: bool,
    pub(super) edges: bool,
}

impl RulesOn {
    /// Every rule, for what holds whichever are on.
    pub(super) const ALL: Self = Self {
        zones: true,
        week: true,
        edges: true,
    };
}

impl<'r, 'a> Results<'r, 'a> {
    /// The rules that are on.
    pub(super) fn rules_on(&self) -> RulesOn {
        RulesOn {
            zones: !self.now.study().zones().is_empty(),
            week: self.told.week.is_some(),
            edges: self.told.border.is_some(),
        }
    }

    /// A coverage and what the rules make of it, without an assessment.
    #[must_use]
    pub const fn of(now: &'r Coverage<'a>, told: &'r Breakdown<'a>) -> Self {
        Self {
            now,
            told,
            assessment: None,
            change: None,
            trend: None,
        }
    }
}
