//! What isochrones are asked for.

use crate::ids::{GroupId, ItemId, SiteId};
use crate::model::{Study, TimeRule, WeekMinute};
use crate::plane::Position;
use crate::search::Direction;
use crate::units::TravelTime;

use super::drawing::{Drawing, Outline};

/// To which places people walk.
///
/// ```
/// use walkshed::isochrone::{Places, Request, isochrones};
/// use walkshed::{Silent, draw};
/// let study = draw::town("A--a-s--b--t--B", 100.0, "st");
/// let only_t = Places::Sites(study.sites().find("t").into_iter().collect());
/// let drawn = isochrones(&study, &Request { places: only_t, ..Request::of(&study) }, &Silent).drawn;
/// assert_eq!((drawn.len(), drawn[0].site), (1, study.sites().find("t")));
/// ```
#[derive(Debug, Clone, PartialEq)]
pub enum Places {
    /// To all sites that exist on the target's day.
    AllSites,
    /// To those of these.
    Sites(Vec<SiteId>),
    /// To any place.
    At(Position),
}

/// How the land of several places is put together.
///
/// ```
/// use walkshed::isochrone::{Join, Request, isochrones};
/// use walkshed::{People, Silent, draw};
/// let study = draw::town("A-a-s-----t-b-B", 100.0, "st");
/// let people = |join| -> Vec<People> {
///     let request = Request { join, ..Request::of(&study) };
///     isochrones(&study, &request, &Silent).drawn.iter().map(|catchment| catchment.people).collect()
/// };
/// // Both reach both; together they are one; each has its own to whom it is the nearest.
/// assert_eq!(people(Join::Each), [3, 3].map(People::whole));
/// assert_eq!(people(Join::Merged), [People::whole(3)]);
/// assert_eq!(people(Join::Nearest), [1, 2].map(People::whole));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Join {
    /// Each place by itself.
    #[default]
    Each,
    /// All of them together: where any is reached.
    Merged,
    /// Each place the land from which no other one is nearer (*service areas*).
    ///
    /// Where a site opens or closes while people are on the way, its streets are parted from those of
    /// others by when they are reached, gaps aside: land within a gap of that border may be another
    /// one's. [`check()`](super::check()) finds such places.
    Nearest,
}

/// What isochrones are asked for. By default: each site, within the study's own limit.
///
/// ```
/// use walkshed::{TravelTime, draw, isochrone::Request};
/// let study = draw::town("A--a-s--B", 100.0, "s");
/// let bands = Request { limits: [5, 10, 15].map(TravelTime::from_minutes).into(), ..Request::of(&study) };
/// assert_eq!((bands.longest(), bands.reach_m), (TravelTime::from_minutes(15), 100.0));
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Request {
    /// To which places.
    pub places: Places,
    /// Within which limits.
    pub limits: Vec<TravelTime>,
    /// How several places are put together.
    pub join: Join,
    /// Who walks: a group, or all people alike.
    pub group: Option<GroupId>,
    /// Only the sites that do this item for them; merged, where each of its steps is done.
    pub item: Option<ItemId>,
    /// When they leave home: a site counts only where it is open on arrival. None: it counts as open.
    pub leaving: Option<WeekMinute>,
    /// To the places or from them.
    pub direction: Direction,
    /// What is drawn.
    pub outline: Outline,
    /// No place farther from its street is drawn, in metres: see [`Drawing`].
    pub reach_m: f64,
    /// How far a border may be off, in metres: see [`Drawing`].
    pub tolerance_m: f64,
}

impl Request {
    /// The sites of a study, each by itself, within its limit, as its people walk, when they leave.
    #[must_use]
    pub fn of(study: &Study) -> Self {
        let drawing = Drawing::of(study);
        Self {
            places: Places::AllSites,
            limits: vec![study.target().limit],
            join: Join::Each,
            group: None,
            item: None,
            leaving: study.time().and_then(TimeRule::at),
            direction: drawing.direction,
            outline: Outline::Exact,
            reach_m: drawing.reach_m,
            tolerance_m: drawing.tolerance_m,
        }
    }

    /// The longest limit.
    #[must_use]
    pub fn longest(&self) -> TravelTime {
        self.limits.iter().max().copied().unwrap_or_default()
    }
}
