//! The frozen, validated data of a study. Nothing in it can be wrong.

mod boundary;
mod catalogue;
mod cells;
mod finding;
mod group;
mod hour_set;
pub mod hours;
mod indicator;
mod item;
mod network;
mod properties;
mod site_set;
mod sites;
mod step;
mod street;
mod study;
mod units;
mod zone;

pub use boundary::Boundary;
pub use catalogue::{Catalogue, Handling, Offer};
pub use cells::{Cell, Cells};
pub use finding::{Finding, Findings, Severity};
pub use group::Group;
pub use hour_set::{HOURS, HourSet};
pub use hours::{OpenWeek, TimeRule, WeekMinute};
pub use indicator::{Indicator, IndicatorOf};
pub use item::{Audience, Item, ItemReach, Online};
pub use network::{Edge, Network, NetworkError, NetworkParts};
pub use properties::Properties;
pub use site_set::SiteSet;
pub use sites::{Site, Sites};
pub use step::{Step, Steps};
pub use street::{OneWay, Profile, StreetKind, StreetRules, Traits, slope_factor};
pub use study::{Language, Source, Study, StudyParts, Target, Walk};
pub use units::{Unit, UnitError, UnitRow, Units};
pub use zone::{Zone, Zones};
