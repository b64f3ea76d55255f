//! What is asked: which items, within which time, on which day.

use std::fmt;

use chrono::NaiveDate;

use crate::ids::ItemId;
use crate::units::TravelTime;

/// What is asked: which items, within which time.
///
/// ```
/// use walkshed::TravelTime;
/// use walkshed::model::Target;
/// let target = Target::minutes(15);
/// assert_eq!(target.search, TravelTime::from_minutes(30));
/// assert_eq!(target.to_string(), "1 item within 15 min 00 s");
/// ```
#[doc(alias = "15分钟")]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// The limit. Inclusive: 15 min 00.0000 s is within 15 minutes.
    pub limit: TravelTime,
    /// How far to look, the limit or beyond, so that "too far" can say by how much.
    pub search: TravelTime,
    /// The items that every cell should get done, in the order of their ids.
    pub items: Vec<ItemId>,
    /// The day it is asked for: sites that do not exist then, and offers that do not hold then, do
    /// not count. None: all of them do.
    pub date: Option<NaiveDate>,
}

impl Target {
    /// The first item within so many minutes, on no day in particular; the search looks twice as far.
    ///
    /// The first item is the only one of a study that names none.
    #[must_use]
    pub fn minutes(minutes: u32) -> Self {
        let limit = TravelTime::from_minutes(minutes);
        Self {
            limit,
            search: limit.saturating_add(limit),
            items: vec![ItemId::new(0)],
            date: None,
        }
    }

    /// The same for these items.
    #[must_use]
    pub fn asking(self, items: impl IntoIterator<Item = ItemId>) -> Self {
        Self {
            items: items.into_iter().collect(),
            ..self
        }
    }
}

/// The first item within 15 minutes.
impl Default for Target {
    fn default() -> Self {
        Self::minutes(15)
    }
}

/// Shown as `3 items within 15 min 00 s on 2024-12-31`.
impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = self.items.len();
        let noun = if count == 1 { "item" } else { "items" };
        write!(f, "{count} {noun} within {}", self.limit)?;
        self.date.map_or(Ok(()), |date| write!(f, " on {date}"))
    }
}
