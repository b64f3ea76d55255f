//! The frozen, validated data of a study. Nothing in it can be wrong.

mod boundary;
mod catalogue;
mod cells;
mod finding;
mod indicator;
mod network;
mod properties;
mod sites;
mod study;
mod units;

pub use boundary::Boundary;
pub use catalogue::{Catalogue, HandlerSet, Item};
pub use cells::{Cell, Cells};
pub use finding::{Finding, Findings, Severity};
pub use indicator::{Indicator, IndicatorOf};
pub use network::{Edge, Network, NetworkError};
pub use properties::Properties;
pub use sites::{Site, Sites};
pub use study::{Language, Source, Study, StudyParts, Target, Walk};
pub use units::{Unit, UnitError, UnitRow, Units};
