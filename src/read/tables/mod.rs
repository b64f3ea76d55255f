//! From rows to the things of a study: sites, cells, units, items, offers, barriers, boundary.

mod aliases;
pub(crate) mod areas;
pub(crate) mod barriers;
pub(crate) mod boundary;
pub(crate) mod catalogue;
pub(crate) mod cells;
pub(crate) mod columns;
pub(crate) mod coordinates;
pub(crate) mod counts;
pub(crate) mod delegations;
pub(crate) mod departments;
pub(crate) mod further;
pub(crate) mod heads;
mod home_help;
pub(crate) mod items;
pub(crate) mod joins;
pub(crate) mod known_heads;
pub(crate) mod links;
pub(crate) mod offers;
pub(crate) mod properties;
pub(crate) mod rows;
pub(crate) mod sites;
pub(crate) mod tidy;
pub(crate) mod units;
