//! Why a change cannot be applied.

use crate::plane::Position;

/// How far a change looks for the street that it is about, in metres; inclusive.
pub const STREET_REACH_M: f64 = 25.0;

/// Why a change cannot be applied to a study.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum ChangeError {
    /// No site has this id.
    #[error("there is no site {site:?} – check the id, or open the site first")]
    NoSuchSite {
        /// The id.
        site: String,
    },
    /// A new site names a unit that does not exist.
    #[error(
        "the new site {site:?} names unit {unit} of {units} – name a unit of the study, or none"
    )]
    NoSuchUnit {
        /// The site's id.
        site: String,
        /// The unit's number.
        unit: usize,
        /// How many units there are.
        units: usize,
    },
    /// An item does not exist.
    #[error("item {item} of {items} is named – find items by their ids in the study's catalogue")]
    NoSuchItem {
        /// The item's number.
        item: usize,
        /// How many items there are.
        items: usize,
    },
    /// No street is near enough to be meant.
    #[error("no street lies within {STREET_REACH_M} m of {at} – name a place nearer to the street")]
    NoStreet {
        /// The place.
        at: Position,
        /// How far the nearest street is, in metres; none without streets.
        nearest: Option<f64>,
    },
    /// A new street leads nowhere.
    #[error("the new street has {vertices} vertices, expected two or more – name both its ends")]
    ShortStreet {
        /// How many it has.
        vertices: usize,
    },
    /// A street cannot be so many times as slow.
    #[error("a street cannot take {times} times as long, expected 1 or more – cut it to close it")]
    BadTimes {
        /// How many times.
        times: f64,
    },
    /// A site or a new street stands nowhere on the globe.
    #[error("{at} is no place on the globe – take the position from Position::new")]
    NoPlace {
        /// The place.
        at: Position,
    },
    /// A new street is too long for one piece.
    #[error(
        "a piece of the new street is {metres} m long, expected 1,000,000 or less – name more vertices"
    )]
    TooLong {
        /// Its length in metres.
        metres: f64,
    },
}
