//! Indicators of the plan: which share of sites or items has a property, against a target by a date.

use chrono::NaiveDate;

use super::sites::Site;
use super::units::Units;
use crate::ids::{ItemId, UnitId};

/// The share of sites or of items that should have a yes/no property.
///
/// "By the end of 2023, 90 % of the township centres are on the government network."
#[doc(alias = "指标")]
#[derive(Debug, Clone, PartialEq)]
pub struct Indicator {
    /// Its name, unique.
    pub name: String,
    /// What is counted.
    pub of: IndicatorOf,
    /// The property that they should have.
    pub property: String,
    /// The share that should have it, from 0 to 1, to six digits; none when it is only watched.
    pub target: Option<f64>,
    /// The date by which the target should be met.
    pub by: Option<NaiveDate>,
}

/// What an indicator counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IndicatorOf {
    /// Sites.
    Sites {
        /// Of these kinds; of any when empty.
        kinds: Vec<String>,
        /// Of these units and all units within them; of any when empty.
        units: Vec<UnitId>,
    },
    /// These items, in the order of their ids.
    Items(Vec<ItemId>),
}

impl Indicator {
    /// Whether the indicator counts this site, with or without the property. A site that does not
    /// exist on the date of the indicator, or on this day if it has none, does not count.
    #[must_use]
    pub fn counts_site(&self, site: &Site, units: &Units, day: Option<NaiveDate>) -> bool {
        let IndicatorOf::Sites {
            kinds,
            units: wanted,
        } = &self.of
        else {
            return false;
        };
        let within = |unit: UnitId| units.upward(unit).any(|above| wanted.contains(&above));
        let exists = self.by.or(day).is_none_or(|day| site.exists_on(day));
        exists
            && (kinds.is_empty() || kinds.contains(&site.kind))
            && (wanted.is_empty() || site.unit.is_some_and(within))
    }
}
