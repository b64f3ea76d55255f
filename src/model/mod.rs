//! The frozen, validated data of a study. Nothing in it can be wrong.
//!
//! [`Study::new`] is the door: parts that go together make a study, and others an error that says
//! what is wrong and what to do. After it nothing can fail.
//!
//! ```
//! use walkshed::model::{Cell, Network, Site, Study, StudyParts};
//! use walkshed::{People, plane::Position};
//!
//! let at = |lon| Position::new(lon, 30.0).unwrap();
//! let streets = Network::new(vec![at(116.0), at(116.02)], &[(0, 1, 1_930.0)]).unwrap();
//! let hall = Site::at("hall", at(116.001));
//! let homes = [116.004, 116.018].map(|lon| Cell::at(at(lon), People::whole(100)));
//! let study = Study::new(StudyParts::new(streets, [hall].into_iter().collect(), homes.into_iter().collect()))?;
//! // Frozen: whoever wants another makes another.
//! let stricter = study.clone().with(|parts| parts.target = walkshed::model::Target::minutes(10))?;
//! assert_eq!([&study, &stricter].map(|study| study.target().limit.to_string()), ["15 min 00 s", "10 min 00 s"]);
//! # Ok::<(), walkshed::model::StudyError>(())
//! ```

mod apply;
mod attributes;
mod boundary;
mod catalogue;
mod cells;
pub mod change;
mod charge;
mod checked;
mod csv_form;
mod decimal;
mod delegation;
mod departments;
mod finding;
mod group;
mod home_help;
mod hour_set;
pub mod hours;
mod indicator;
mod islands;
mod item;
mod joint;
mod kinds;
mod mark_rule;
mod memory;
mod mode;
mod network;
mod order;
mod outline;
mod parties;
mod parts;
mod phase;
mod population;
mod private_ways;
mod properties;
mod site_set;
mod sites;
mod source;
mod spread;
mod step;
mod street;
mod study;
mod study_check;
mod study_error;
mod takers;
mod target;
mod time_rule;
mod units;
mod version;
mod walk;
mod walked_by;
mod who;
mod zone;

pub use apply::{
    ChangeError, NearStreet, STREET_REACH_M, Touched, TouchedSites, TouchedStreets, apply,
    apply_all, changed, near_street,
};
pub use attributes::{Attribute, Attributes};
pub use boundary::Boundary;
pub use catalogue::{Catalogue, Handling, Offer};
pub use cells::{Cell, CellIter, Cells};
pub use change::{Change, Merger, NewOffer, NewSite};
pub use charge::Charge;
pub use checked::{Checked, Fault, FaultyTable};
pub use csv_form::{CsvForm, Heads};
pub use decimal::Decimal;
pub use delegation::{Delegation, DelegationState};
pub use departments::{DepartmentEntry, Departments};
pub use finding::{Finding, Findings, MOST_EXAMPLES, Severity};
pub use group::Group;
pub use home_help::{HelpRadius, HomeHelp};
pub use hour_set::{HOURS, HourSet};
pub use hours::{OpenWeek, WeekMinute};
pub use indicator::{Indicator, IndicatorOf, Limits, Measure, MemberValue};
pub use islands::Islands;
pub use item::{Audience, Item, ItemReach, Online, Saving};
pub use joint::{Joint, JointKind};
pub use kinds::{Kind, Kinds, SiteLevel, Takes};
pub use mark_rule::MarkRule;
pub use memory::Memory;
pub use mode::Mode;
pub use network::{Edge, Link, Network, NetworkError, NetworkParts, Seam};
pub use outline::Outline;
pub(crate) use parties::FIRMS;
pub use parts::StudyParts;
pub use phase::Phase;
pub(crate) use population::Counted;
#[cfg(feature = "read")]
pub(crate) use population::Population;
pub use private_ways::PrivateWays;
pub use properties::{Properties, Property, PropertyColumn, PropertyKind};
pub use site_set::SiteSet;
pub use sites::{Site, SiteIter, Sites};
pub use source::{Language, Source};
pub use spread::LARGE_M;
pub(crate) use spread::{Spread, spread};
pub use step::{Step, Steps};
pub use street::{ELEVATOR_TIME, OneWay, Profile, StreetKind, StreetRules, Traits, slope_factor};
pub use study::Study;
pub use study_error::{Part, StudyError};
pub use takers::Takers;
pub use target::Target;
pub use time_rule::TimeRule;
pub use units::{Unit, UnitError, UnitRow, Units};
pub(crate) use version::Version;
pub use walk::{Walk, WalkRule};
pub use walked_by::WalkedBy;
pub use who::Who;
pub use zone::{Zone, Zones};
