//! Sites that nobody has listed as such: banks, halls, stations of a map, or of a table of points of
//! interest.
//!
//! ```text
//!   a map of OpenStreetMap ──[ map_tags ]── objects of known kinds ──[ map_sites ]── a table of sites
//!   a table of points of interest ──[ categories ]── known kinds ──[ poi ]── the same table, with kinds
//! ```

mod categories;
pub(crate) mod map_sites;
mod map_tags;
pub(crate) mod poi;
