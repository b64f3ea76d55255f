//! Help at home: how far from a site its helpers go to people who need one.
//!
//! Worked example: the station sends helpers `20 min`. A hamlet lies 18 minutes from it, beyond the 15
//! that are asked. Those there who need a helper get all that the station does done at home; their
//! neighbours have to walk.

use std::sync::Arc;

use super::hours::{OpenWeek, WeekMinute};
use crate::units::{Speed, TravelTime};

/// How far, and on which days, a site sends helpers to people who need one.
///
/// ```
/// use std::sync::Arc;
/// use walkshed::TravelTime;
/// use walkshed::model::{HelpRadius, HomeHelp, OpenWeek, WeekMinute};
/// // Helpers go 20 minutes far, on Monday mornings.
/// let within = HelpRadius::Time(TravelTime::from_minutes(20));
/// let help = HomeHelp { week: Some(Arc::new(OpenWeek::new([540..720]))), ..HomeHelp::daily(within) };
/// let goes = [600, 720].map(|minute| help.goes_at(WeekMinute::new(minute).unwrap()));
/// assert_eq!(goes, [true, false]);
/// ```
#[doc(alias = "上门服务")]
#[derive(Debug, Clone, PartialEq)]
pub struct HomeHelp {
    /// How far, inclusive.
    pub within: HelpRadius,
    /// When in the reference week they go; none where the site does not say, or no time is asked.
    pub week: Option<Arc<OpenWeek>>,
}

impl HomeHelp {
    /// Help on all days.
    #[must_use]
    pub const fn daily(within: HelpRadius) -> Self {
        Self { within, week: None }
    }

    /// Whether a helper goes at this moment. The hours of the site do not matter.
    #[must_use]
    pub fn goes_at(&self, moment: WeekMinute) -> bool {
        self.week.as_ref().is_none_or(|week| week.is_open(moment))
    }
}

/// How far helpers walk.
///
/// ```
/// use walkshed::{Speed, TravelTime, model::HelpRadius};
/// let twenty = HelpRadius::Time(TravelTime::from_minutes(20));
/// let walk = twenty.walk(TravelTime::from_minutes(15), Speed::DEFAULT);
/// assert_eq!(walk, TravelTime::from_minutes(20), "farther than the limit of those who are visited");
/// ```
#[doc(alias = "上门范围")]
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum HelpRadius {
    /// As far as the limit of those whom they visit.
    Limit,
    /// So long.
    Time(TravelTime),
    /// So many metres, at the speed at which people go there.
    Metres(f64),
}

impl HelpRadius {
    /// The longest walk, inclusive, where this limit and this speed hold.
    ///
    /// ```
    /// use walkshed::{Speed, TravelTime, model::HelpRadius};
    /// let (limit, speed) = (TravelTime::from_minutes(15), Speed::from_kmh(4.0).unwrap());
    /// let longest = [HelpRadius::Limit, HelpRadius::Metres(2_000.0)].map(|radius| radius.walk(limit, speed));
    /// assert_eq!(longest, [15, 30].map(TravelTime::from_minutes));
    /// ```
    #[must_use]
    pub fn walk(self, limit: TravelTime, speed: Speed) -> TravelTime {
        match self {
            Self::Limit => limit,
            Self::Time(time) => time,
            Self::Metres(metres) => speed.time(metres),
        }
    }
}
