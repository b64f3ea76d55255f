//! Which rules are on that give columns of their own to tables that are always written.

use crate::run::Results;

/// Which rules are on that give columns of their own to tables that are always written.
#[derive(Debug, Clone, Copy)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a rule of its own, on or off"
)]
pub(super) struct RulesOn {
    pub(super) zones: bool,
    pub(super) week: bool,
    pub(super) edges: bool,
    /// Whether the share has bounds: by the boundary, or by the size of cells.
    pub(super) bounds: bool,
    pub(super) firms: bool,
}

impl RulesOn {
    /// All of them.
    pub(super) const ALL: Self = Self {
        zones: true,
        week: true,
        edges: true,
        bounds: true,
        firms: true,
    };

    pub(super) fn of(results: &Results) -> Self {
        Self {
            zones: !results.study().zones().is_empty(),
            week: results.breakdown.week.is_some(),
            edges: results.breakdown.border.is_some(),
            bounds: results.breakdown.border.is_some() || results.breakdown.sizes.is_some(),
            firms: results.firms.is_some(),
        }
    }
}
