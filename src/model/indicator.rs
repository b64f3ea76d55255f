//! Indicators of the plan: which share of sites, items, departments or units has a property, or what
//! a number comes to, against a target by a date.

use chrono::NaiveDate;

use super::charge::Charge;
use super::decimal::Decimal;
use super::properties::{Properties, Property, PropertyKind};
use super::sites::Site;
use super::units::Units;
use crate::ids::{ItemId, UnitId};

/// What sites, items, departments or units should come to.
///
/// "By the end of 2023, 90 % of the township centres are on the government network", "every centre has
/// at least one helper", "of the bad ratings, 95 % are settled".
///
/// ```
/// use walkshed::model::{Indicator, IndicatorOf};
/// let network = Indicator {
///     name: "on the network".to_owned(),
///     of: IndicatorOf::default(),
///     property: "network".to_owned(),
///     target: Some(0.9),
///     ..Indicator::default()
/// };
/// assert_eq!(network.measure.word(), "share");
/// ```
#[doc(alias = "指标")]
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Indicator {
    /// Its name, unique.
    pub name: String,
    /// What is counted.
    pub of: IndicatorOf,
    /// The property that they should have, or whose numbers count.
    pub property: String,
    /// What is made of the property.
    pub measure: Measure,
    /// The share that should have it, from 0 to 1, to six digits; none when it is only watched, or no
    /// share is asked.
    pub target: Option<f64>,
    /// The date by which the target should be met.
    pub by: Option<NaiveDate>,
    /// Who answers for it.
    pub charge: Charge,
}

/// What an indicator counts.
///
/// ```
/// use walkshed::model::IndicatorOf;
/// let centres = IndicatorOf::Sites { kinds: vec!["township-centre".to_owned()], units: Vec::new() };
/// assert_eq!([centres, IndicatorOf::Departments].map(|of| of.word()), ["sites", "departments"]);
/// ```
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
    /// All departments: those of the table of departments, and those that items name.
    Departments,
    /// Units.
    Units {
        /// These and all units within them; any when empty.
        units: Vec<UnitId>,
        /// Of this level alone, 0 at the top of the tree; of any when none.
        depth: Option<usize>,
    },
}

impl Default for IndicatorOf {
    /// All sites.
    fn default() -> Self {
        Self::Sites {
            kinds: Vec::new(),
            units: Vec::new(),
        }
    }
}

impl IndicatorOf {
    /// The word for it in the study file.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Sites { .. } => "sites",
            Self::Items(_) => "items",
            Self::Departments => "departments",
            Self::Units { .. } => "units",
        }
    }
}

/// What is made of a property.
///
/// ```
/// use walkshed::model::{Decimal, Limits, Measure};
/// let enough = Limits { at_least: Decimal::of(4.5), at_most: None };
/// assert_eq!([Measure::Has, Measure::Mean(enough)].map(|measure| measure.word()), ["share", "mean"]);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Measure {
    /// The share of those that have it: yes, or a date on or before the day asked.
    #[default]
    Has,
    /// The share of those whose number lies within these limits.
    Within(Limits),
    /// The mean of their numbers, which should lie within these limits.
    Mean(Limits),
    /// The sum of their numbers, which should lie within these limits.
    Sum(Limits),
    /// The sum of their numbers over the sum of those in another column.
    Ratio {
        /// The column of the whole.
        out_of: String,
        /// Where the ratio should lie.
        limits: Limits,
    },
}

/// Between which numbers, both included, something should lie.
///
/// ```
/// use walkshed::model::{Decimal, Limits};
/// let decimal = |number| Decimal::of(number).unwrap();
/// let limits = Limits { at_least: Some(decimal(1.0)), at_most: Some(decimal(3.0)) };
/// assert_eq!([0.9, 1.0, 3.0, 3.1].map(|number| limits.hold(decimal(number))), [false, true, true, false]);
/// assert!(Limits::default().is_none());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Limits {
    /// It should not be less; any may be when none.
    pub at_least: Option<Decimal>,
    /// It should not be more; any may be when none.
    pub at_most: Option<Decimal>,
}

impl Limits {
    /// Whether nothing is asked.
    #[must_use]
    pub const fn is_none(self) -> bool {
        self.at_least.is_none() && self.at_most.is_none()
    }

    /// Whether a number lies within.
    #[must_use]
    pub fn hold(self, number: Decimal) -> bool {
        self.at_least.is_none_or(|least| number >= least)
            && self.at_most.is_none_or(|most| number <= most)
    }
}

impl Measure {
    /// The word for it in the study file.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Has | Self::Within(_) => "share",
            Self::Mean(_) => "mean",
            Self::Sum(_) => "sum",
            Self::Ratio { .. } => "ratio",
        }
    }

    /// The limits of a number, or of what numbers come to; none are set for yes and no.
    #[must_use]
    pub fn limits(&self) -> Limits {
        match self {
            Self::Has => Limits::default(),
            Self::Within(limits)
            | Self::Mean(limits)
            | Self::Sum(limits)
            | Self::Ratio { limits, .. } => *limits,
        }
    }

    /// The kind of property that it is made of.
    #[must_use]
    pub const fn kind(&self) -> PropertyKind {
        match self {
            Self::Has => PropertyKind::YesNo,
            Self::Within(_) | Self::Mean(_) | Self::Sum(_) | Self::Ratio { .. } => {
                PropertyKind::Number
            }
        }
    }

    /// Whether it is a share of those that count.
    #[must_use]
    pub const fn is_share(&self) -> bool {
        match self {
            Self::Has | Self::Within(_) => true,
            Self::Mean(_) | Self::Sum(_) | Self::Ratio { .. } => false,
        }
    }
}

/// What an indicator makes of one site, item, department or unit.
///
/// ```
/// use walkshed::model::{Indicator, Properties};
/// // Of a centre of which nothing is known it is not known either.
/// let network = Indicator { property: "network".to_owned(), ..Indicator::default() };
/// assert_eq!(network.value_of(&Properties::default(), None).has, None);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct MemberValue {
    /// Of a share: whether it has the property. Of numbers: yes where its number is known. None when
    /// it is not known.
    pub has: Option<bool>,
    /// What its property holds.
    pub property: Property,
    /// The number in the column of the whole, of a ratio.
    pub out_of: Option<Decimal>,
}

impl MemberValue {
    fn of_flag(property: Property, day: Option<NaiveDate>) -> Self {
        Self {
            has: property.holds_on(day),
            property,
            out_of: None,
        }
    }

    fn of_number(number: Option<Decimal>) -> Self {
        Self {
            has: number.map(|_| true),
            property: number.map_or(Property::Unknown, Property::Number),
            out_of: None,
        }
    }

    fn of_ratio(part: Option<Decimal>, whole: Option<Decimal>) -> Self {
        Self {
            // A part without its whole, or a whole without its part, tells nothing.
            has: part.and(whole).map(|_| true),
            out_of: whole,
            ..Self::of_number(part)
        }
    }

    /// Something out of nothing: there was nothing to do, so it does not count.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        self.out_of == Some(Decimal::ZERO)
    }
}

impl Indicator {
    /// The day that it is asked on: its own, or else this one.
    #[must_use]
    pub fn day(&self, otherwise: Option<NaiveDate>) -> Option<NaiveDate> {
        self.by.or(otherwise)
    }

    /// What it makes of the properties of one that it counts, on its own day or else on this one.
    #[must_use]
    pub fn value_of(&self, properties: &Properties, day: Option<NaiveDate>) -> MemberValue {
        let number = properties.number(&self.property);
        match &self.measure {
            Measure::Has => MemberValue::of_flag(properties.yes_no(&self.property), self.day(day)),
            Measure::Within(limits) => MemberValue {
                has: number.map(|number| limits.hold(number)),
                ..MemberValue::of_number(number)
            },
            Measure::Mean(_) | Measure::Sum(_) => MemberValue::of_number(number),
            Measure::Ratio { out_of, .. } => {
                MemberValue::of_ratio(number, properties.number(out_of))
            }
        }
    }

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
        let exists = self.day(day).is_none_or(|day| site.exists_on(day));
        exists
            && (kinds.is_empty() || kinds.contains(&site.kind))
            && (wanted.is_empty() || site.unit.is_some_and(|unit| lies_in(unit, wanted, units)))
    }

    /// Whether the indicator counts this unit.
    #[must_use]
    pub fn counts_unit(&self, unit: UnitId, units: &Units) -> bool {
        let IndicatorOf::Units {
            units: wanted,
            depth,
        } = &self.of
        else {
            return false;
        };
        // Upward begins with the unit itself.
        let level = units.upward(unit).count() - 1;
        depth.is_none_or(|depth| depth == level)
            && (wanted.is_empty() || lies_in(unit, wanted, units))
    }
}

/// Whether a unit is one of these, or lies in one.
fn lies_in(unit: UnitId, wanted: &[UnitId], units: &Units) -> bool {
    units.upward(unit).any(|above| wanted.contains(&above))
}
