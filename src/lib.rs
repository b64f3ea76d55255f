//! Who can reach public services on foot in 15 minutes, who cannot, and what should be done about it.

pub mod draw;
pub mod ids;
pub mod model;
pub mod plane;
pub mod progress;
pub mod read;
pub mod report;
pub mod score;
pub mod search;
pub mod snap;
pub mod units;

pub use progress::{Progress, Silent, Stage};
pub use units::{People, Share, Speed, TravelTime};
