//! The published lists and the register of entrustment papers: what stands in the data, put in
//! order for those who must publish and renew it. Nobody is judged here.
//!
//! * [`site_items`]: what each site handles, with the steps, the way, the hours and the term;
//! * [`level_items`]: at how many sites of each level of units an item is handled;
//! * [`papers`]: each entrustment paper with its state on the target's day, and the gaps between
//!   the papers of one site for one item.
//!
//! ```
//! use walkshed::assess::register::{level_items, papers, site_items};
//! use walkshed::draw;
//!
//! let study = draw::town("A-a--s---t-B", 100.0, "st");
//! // One row for each site and item, and none by paper.
//! assert_eq!((site_items(&study).len(), papers(&study).len()), (2, 0));
//! assert_eq!(level_items(&study).len(), 1);
//! ```

mod levels;
mod papers;
mod site_items;
#[cfg(test)]
mod tests;
mod way;

pub use levels::{Level, LevelItem, level_items};
pub use papers::{Gap, Paper, papers};
pub use site_items::{SiteItem, site_items};
pub use way::{Way, way_of};
