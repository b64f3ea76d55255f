//! Entrustment papers: with which paper a site handles an item for somebody else, and until when.

use chrono::{Months, NaiveDate};

use super::step::Steps;
use crate::ids::{ItemId, SiteId};

/// An entrusted offer: a site handles an item, or steps of it, by a paper that runs from a day to a
/// day.
///
/// The paper stands beside the [`Offer`](super::Offer) and decides nothing: whether the site does
/// the item on a day is the offer's.
///
/// ```
/// use chrono::NaiveDate;
/// use walkshed::ids::{ItemId, SiteId};
/// use walkshed::model::{Delegation, DelegationState, Steps};
/// let day = |month, day| NaiveDate::from_ymd_opt(2024, month, day);
/// let paper = Delegation {
///     site: SiteId::new(0),
///     item: ItemId::new(0),
///     from: day(1, 1),
///     until: day(12, 31),
///     steps: Steps::USUAL,
///     paper: "2024-7".to_owned(),
/// };
/// assert_eq!(paper.state_on(day(11, 30)), DelegationState::Expiring);
/// assert_eq!((paper.is_too_long(), day(11, 30).and_then(|day| paper.days_left(day))), (Some(false), Some(31)));
/// ```
#[doc(alias = "委托受理")]
#[doc(alias = "委托书")]
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Delegation {
    /// The site.
    pub site: SiteId,
    /// The item.
    pub item: ItemId,
    /// The first day; none for always.
    pub from: Option<NaiveDate>,
    /// The last day; none where the paper states none.
    pub until: Option<NaiveDate>,
    /// The steps that are entrusted.
    pub steps: Steps,
    /// The paper's number or name; empty where none is given.
    pub paper: String,
}

impl Delegation {
    /// So many months a paper may be valid: one year.
    pub const LONGEST_MONTHS: u32 = 12;

    /// So many days before its last one a paper is about to run out.
    pub const EXPIRING_DAYS: i64 = 60;

    /// Whether it is valid for more than a year. From a day of one year to the same day of the next
    /// is one year, as papers are dated so.
    ///
    /// None where a day is not stated, so that nobody knows.
    #[must_use]
    pub fn is_too_long(&self) -> Option<bool> {
        let (from, until) = self.from.zip(self.until)?;
        let last = from.checked_add_months(Months::new(Self::LONGEST_MONTHS));
        Some(last.is_some_and(|last| until > last))
    }

    /// What it is on a day; undated without one.
    #[must_use]
    pub fn state_on(&self, day: Option<NaiveDate>) -> DelegationState {
        let Some(day) = day else {
            return DelegationState::Undated;
        };
        if self.from.is_some_and(|from| day < from) {
            return DelegationState::ToCome;
        }
        match self.days_left(day) {
            Some(left) if left < 0 => DelegationState::Expired,
            Some(left) if left <= Self::EXPIRING_DAYS => DelegationState::Expiring,
            Some(_) | None => DelegationState::Valid,
        }
    }

    /// How many days after this one the paper is valid for: 0 on the last one, less than 0 after it.
    /// None where the paper states no last day.
    #[must_use]
    pub fn days_left(&self, day: NaiveDate) -> Option<i64> {
        let until = self.until?;
        Some(until.signed_duration_since(day).num_days())
    }
}

/// What an entrustment paper is on a day.
///
/// ```
/// use walkshed::model::DelegationState;
/// assert_eq!(DelegationState::ALL.map(DelegationState::word), ["valid", "expiring", "expired", "to-come", "undated"]);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DelegationState {
    /// It holds, and does so for more than [`Delegation::EXPIRING_DAYS`] days.
    Valid,
    /// It holds, and runs out within [`Delegation::EXPIRING_DAYS`] days.
    Expiring,
    /// It has run out.
    Expired,
    /// It does not hold yet.
    ToCome,
    /// No day is asked for, so that nobody knows.
    Undated,
}

impl DelegationState {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::Valid,
        Self::Expiring,
        Self::Expired,
        Self::ToCome,
        Self::Undated,
    ];

    /// The word for it in tables.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Valid => "valid",
            Self::Expiring => "expiring",
            Self::Expired => "expired",
            Self::ToCome => "to-come",
            Self::Undated => "undated",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: i32, month: u32, day: u32) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(year, month, day)
    }

    fn paper(from: Option<NaiveDate>, until: Option<NaiveDate>) -> Delegation {
        Delegation {
            site: SiteId::new(0),
            item: ItemId::new(0),
            from,
            until,
            steps: Steps::USUAL,
            paper: String::new(),
        }
    }

    #[test]
    fn a_paper_is_to_come_valid_expiring_and_expired_in_turn() {
        let paper = paper(day(2023, 1, 10), day(2023, 12, 31));
        let cases = [
            (day(2023, 1, 9), "to-come"),
            (day(2023, 1, 10), "valid"),
            (day(2023, 11, 1), "expiring"),
            (day(2023, 10, 31), "valid"),
            (day(2023, 12, 31), "expiring"),
            (day(2024, 1, 1), "expired"),
            (None, "undated"),
        ];
        for (on, state) in cases {
            assert_eq!(paper.state_on(on).word(), state, "{on:?}");
        }
        let endless = self::paper(None, None);
        assert_eq!(endless.state_on(day(1999, 1, 1)), DelegationState::Valid);
    }

    #[test]
    fn a_paper_is_valid_for_one_year_at_most() {
        let from = day(2022, 11, 15);
        let too_long = |until| paper(from, until).is_too_long();
        assert_eq!(too_long(day(2023, 11, 14)), Some(false));
        assert_eq!(too_long(day(2023, 11, 15)), Some(false));
        assert_eq!(too_long(day(2023, 11, 16)), Some(true));
        assert_eq!(too_long(None), None);
        assert_eq!(paper(None, from).is_too_long(), None);
    }
}
