//! What travel times mean for people: one verdict a cell and item, and their sums over units.
//!
//! To count what can be reached within a limit is what the field calls *cumulative opportunities*.
//! Here it is asked of people, and of everything that they need at once: a cell is covered when each
//! asked item is done within the limit.
//!
//! ```text
//!   question   what is asked, of whom, with which walks      providers · own_unit · setting
//!      │
//!    judge     one cell: which sites count, what follows  →  verdict, with its lack and remedy
//!      │
//!  coverage    all cells, and the sums over units            sums · tree_sums · incremental
//!      │
//!      ├── by unit, item, site                               by · item_sites
//!      ├── by theme, group, channel, denominator             one_stop · group · channel · denominators
//!      ├── hour by hour                                      week
//!      ├── how evenly                                        lorenz
//!      └── with its bounds                                   border_bounds · size_bounds
//!      │
//!  breakdown   all of these
//! ```
//!
//! ```
//! use walkshed::{People, Silent, draw, score, search};
//!
//! // The cells a and b hold 1 and 2 people; b is 1,300 m from the site.
//! let study = draw::town("A-a--s------------b-B", 100.0, "s");
//! let walks = search::walks(&study, study.target().search, &Silent);
//! let now = score::coverage(&walks);
//! assert_eq!(now.total().covered(), People::whole(1));
//! let b = walkshed::ids::CellId::new(1);
//! let service = study.catalogue().find("service").unwrap();
//! match now.verdict(b, service) {
//!     score::Verdict::TooFar { over, .. } => assert_eq!(over.to_string(), "4 min 30 s"),
//!     other => panic!("not {other:?}"),
//! }
//! ```

mod border_bounds;
mod border_links;
mod border_snap;
mod breakdown;
mod by;
mod channel;
mod coverage;
mod denominators;
mod group;
mod home;
mod incremental;
mod indicator;
mod item_sites;
mod judge;
mod lorenz;
mod mend;
mod one_stop;
mod own_unit;
mod parties;
mod party;
mod providers;
mod question;
mod rests_on;
mod setting;
mod size_bounds;
mod streets_at_best;
mod sums;
mod table;
mod tree_sums;
mod verdict;
mod way;
pub mod week;

pub use border_bounds::{BorderBounds, Bounds, UnitBounds, border_bounds};
pub use breakdown::{Breakdown, breakdown};
pub use by::{Served, UnitSums};
pub use channel::{Channel, ChannelSums};
pub use coverage::{
    Coverage, coverage, coverage_for, coverage_of, coverage_of_firms, coverage_without_rules,
};
pub use denominators::{Denominator, denominators};
pub use group::GroupCoverage;
pub(crate) use group::group_total;
pub use indicator::{IndicatorResult, Member, UnitIndicator, indicator};
pub use item_sites::ItemSites;
pub use lorenz::Lorenz;
pub use mend::{Mend, Undone};
pub use one_stop::Theme;
pub use parties::CellResult;
pub use party::Party;
pub use setting::Setting;
pub use size_bounds::{SizeBounds, size_bounds};
pub use sums::{CellShare, Tally};
pub use verdict::{Lack, Remedy, Verdict, VerdictKind};
pub use way::Way;
pub use week::WeekProfile;

pub(crate) use streets_at_best::covered_with_any_streets;
pub(crate) use table::table;
