//! The tables: one file of code a table.

pub(crate) mod cells;
pub(crate) mod channels;
pub(crate) mod denominators;
mod doubt;
pub(crate) mod findings;
pub(crate) mod groups;
pub(crate) mod item_times;
pub(crate) mod rules;
pub(crate) mod sites;
pub(crate) mod themes;
pub(crate) mod torn;
pub(crate) mod units;
pub(crate) mod week;
