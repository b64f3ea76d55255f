//! Why a change cannot be applied.

use std::fmt;

use crate::plane::Position;
use crate::words::{Text, text};

/// How far a change looks for the street that it is about, in metres; inclusive.
pub const STREET_REACH_M: f64 = 25.0;

/// Why a change cannot be applied to a study.
///
/// ```
/// use walkshed::model::{Change, ChangeError, apply};
/// let town = walkshed::draw::town("A-a--s-B", 100.0, "s");
/// let wrong = apply(&town, &Change::CloseSite { site: "t".to_owned() }).unwrap_err();
/// assert!(matches!(&wrong, ChangeError::NoSuchSite { .. }), "{wrong}");
/// ```
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum ChangeError {
    /// No site has this id.
    NoSuchSite {
        /// The id.
        site: String,
    },
    /// A new site names a unit that does not exist.
    NoSuchUnit {
        /// The site's id.
        site: String,
        /// The unit's number.
        unit: usize,
        /// How many units there are.
        units: usize,
    },
    /// An item does not exist.
    NoSuchItem {
        /// The item's number.
        item: usize,
        /// How many items there are.
        items: usize,
    },
    /// No street is near enough to be meant.
    NoStreet {
        /// The place.
        at: Position,
        /// How far the nearest street is, in metres; none without streets.
        nearest: Option<f64>,
    },
    /// A new street leads nowhere.
    ShortStreet {
        /// How many it has.
        vertices: usize,
    },
    /// A street cannot be so many times as slow.
    BadTimes {
        /// How many times.
        times: f64,
    },
    /// A site or a new street stands nowhere on the globe.
    NoPlace {
        /// The place.
        at: Position,
    },
    /// A new street is too long for one piece.
    TooLong {
        /// Its length in metres.
        metres: f64,
    },
}

impl ChangeError {
    /// The error in words, with what to do.
    #[must_use]
    pub fn text(&self) -> Text {
        match self {
            Self::NoSuchSite { site } => text!(ChangeNoSuchSite, site = format!("{site:?}")),
            Self::NoSuchUnit { site, unit, units } => text!(
                ChangeNoSuchUnit,
                site = format!("{site:?}"),
                unit = *unit,
                units = *units
            ),
            Self::NoSuchItem { item, items } => {
                text!(ChangeNoSuchItem, item = *item, items = *items)
            }
            Self::NoStreet { at, nearest: _ } => {
                text!(ChangeNoStreet, reach = STREET_REACH_M, at = at.to_string())
            }
            Self::ShortStreet { vertices } => text!(ChangeShortStreet, vertices = *vertices),
            Self::BadTimes { times } => text!(ChangeBadTimes, times = *times),
            Self::NoPlace { at } => text!(ChangeNoPlace, at = at.to_string()),
            Self::TooLong { metres } => text!(ChangeTooLong, metres = *metres),
        }
    }
}

impl fmt::Display for ChangeError {
    /// In English.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.text().fmt(f)
    }
}

impl std::error::Error for ChangeError {}
