//! Phases of a plan: by a date, in these units, these items for so many people.
//!
//! "By the end of 2022, in the county seat and the industrial parks, 90 % of the people get the
//! high-frequency items done within 15 minutes; by the end of 2024 everywhere." Each phase is judged
//! with the sites that exist and the offers that hold on its day. Phases nest when each asks at
//! least what the one before it asked.

use chrono::NaiveDate;

use super::charge::Charge;
use super::target::Target;
use super::units::Units;
use super::who::Who;
use crate::ids::{ItemId, UnitId};
use crate::units::TravelTime;

/// What a plan asks by a date.
///
/// ```
/// use walkshed::TravelTime;
/// use walkshed::model::{Phase, Target};
/// // By the end of 2022 90 % of the people within 20 minutes.
/// let phase = Phase {
///     name: "pilot".to_owned(),
///     date: chrono::NaiveDate::from_ymd_opt(2022, 12, 31).unwrap(),
///     limit: Some(TravelTime::from_minutes(20)),
///     share: Some(0.9),
///     ..Phase::default()
/// };
/// // The items are those that are asked anyway.
/// assert_eq!(phase.target(&Target::default()).to_string(), "1 item within 20 min 00 s on 2022-12-31");
/// ```
#[doc(alias = "阶段目标")]
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Phase {
    /// Its name, unique.
    pub name: String,
    /// The day it is judged on.
    pub date: NaiveDate,
    /// The units it is for, each with all within it; everywhere when empty.
    pub units: Vec<UnitId>,
    /// The items it asks, in the order of their ids; the target's when empty.
    pub items: Vec<ItemId>,
    /// Its limit, inclusive; none for the target's. A zone's own limit holds before either.
    pub limit: Option<TravelTime>,
    /// The share of people who should be covered, from 0 to 1, to six digits; none when not asked.
    pub share: Option<f64>,
    /// The score that should be reached, from 0 to 1, to six digits; none when not asked.
    pub score: Option<f64>,
    /// Of whom it is asked; none for people, or for firms where its units have firms and nobody lives
    /// there.
    pub of: Option<Who>,
    /// Whether what is done online counts for those who go online.
    pub online: bool,
    /// Who answers for it.
    pub charge: Charge,
}

impl Phase {
    /// What the phase asks of each cell: its date, and its items and limit or else the target's.
    #[must_use]
    pub fn target(&self, otherwise: &Target) -> Target {
        // A phase that names no items asks what the target asks.
        let items = if self.items.is_empty() {
            otherwise.items.clone()
        } else {
            self.items.clone()
        };
        Target {
            limit: self.limit.unwrap_or(otherwise.limit),
            search: otherwise.search,
            items,
            date: Some(self.date),
        }
    }

    /// Whether the phase is for cells of this unit: it lies in one of the phase's, or the phase is
    /// for everywhere. A cell without a unit lies in none. O(depth × units of the phase).
    #[must_use]
    pub fn concerns(&self, unit: Option<UnitId>, units: &Units) -> bool {
        let within = |unit| units.upward(unit).any(|above| self.units.contains(&above));
        self.units.is_empty() || unit.is_some_and(within)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::UnitRow;

    #[test]
    fn a_phase_is_for_its_units_and_all_within_them() {
        let row = |id: &str, parent: Option<&str>| UnitRow {
            id: id.to_owned(),
            name: String::new(),
            parent: parent.map(str::to_owned),
        };
        let units = Units::new(vec![
            row("c", None),
            row("t", Some("c")),
            row("v", Some("t")),
            row("w", Some("c")),
        ]);
        let units = units.expect("a tree");
        let phase = Phase {
            name: "pilot".to_owned(),
            date: NaiveDate::from_ymd_opt(2022, 12, 31).expect("a day"),
            units: units.find("t").into_iter().collect(),
            items: Vec::new(),
            limit: None,
            share: Some(0.9),
            ..Phase::default()
        };
        let concerned =
            |phase: &Phase| ["c", "t", "v", "w"].map(|id| phase.concerns(units.find(id), &units));
        assert_eq!(concerned(&phase), [false, true, true, false]);
        assert!(!phase.concerns(None, &units));
        let everywhere = Phase {
            units: Vec::new(),
            ..phase
        };
        assert!(concerned(&everywhere).iter().all(|&yes| yes) && everywhere.concerns(None, &units));
    }
}
