//! Why parts do not make a study.

use std::fmt;

use crate::units::{People, TravelTime};
use crate::words::{Text, text};

/// Why a study could not be made of its parts. Ids are those of the data; numbers count from 0, as
/// [`SiteId::index`](crate::ids::SiteId::index) does.
///
/// ```
/// use walkshed::model::StudyError;
/// let town = walkshed::draw::town("A-a--s-B", 100.0, "s");
/// // Whoever asks nothing would find everybody covered.
/// let wrong = town.with(|parts| parts.target.items.clear()).unwrap_err();
/// assert_eq!(wrong, StudyError::NothingAsked);
/// ```
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum StudyError {
    /// A limit lies beyond what is searched, so that sites within it would not be found.
    LimitBeyondSearch {
        /// The target, or a phase or zone with its own limit.
        part: Part,
        /// The limit.
        limit: TravelTime,
        /// How far the search looks.
        search: TravelTime,
    },
    /// No item is asked, so that everybody would be covered.
    NothingAsked,
    /// Two things of a kind have one id.
    SameId {
        /// What stands twice.
        part: Part,
        /// The place of the first.
        first: usize,
        /// The place of the second.
        second: usize,
    },
    /// An offer, a group or a paper names a site that does not exist.
    NoSuchSite {
        /// The item that is offered there, the group that can use it, or the paper.
        part: Part,
        /// The site's number.
        site: usize,
        /// How many sites there are.
        sites: usize,
    },
    /// Something names an item that does not exist.
    NoSuchItem {
        /// The target, a kind of sites, a phase, an indicator or a paper.
        part: Part,
        /// The item's number.
        item: usize,
        /// How many items there are.
        items: usize,
    },
    /// Something names a unit that does not exist.
    NoSuchUnit {
        /// A site, a cell, a phase or an indicator.
        part: Part,
        /// The unit's number.
        unit: usize,
        /// How many units there are.
        units: usize,
    },
    /// A cell is in a zone that does not exist.
    NoSuchZone {
        /// The cell.
        part: Part,
        /// The zone's number.
        zone: usize,
        /// How many zones there are.
        zones: usize,
    },
    /// A list that should hold one value a cell does not.
    WrongCount {
        /// The group, the count, or the list of zones.
        part: Part,
        /// How many values there are.
        count: usize,
        /// How many cells there are.
        cells: usize,
    },
    /// The groups of a cell are more than its people.
    GroupsExceedPeople {
        /// The cell.
        part: Part,
        /// How many people its groups count, those apart left out.
        counted: People,
        /// How many people it holds.
        people: People,
    },
    /// Something stands nowhere on the globe.
    NoPlace {
        /// A site, a cell or a barrier.
        part: Part,
    },
    /// The farthest gap to a street is no length.
    BadGap {
        /// What it is.
        metres: f64,
    },
}

impl StudyError {
    /// The error in words, with what to do.
    #[must_use]
    pub fn text(&self) -> Text {
        match self {
            Self::LimitBeyondSearch {
                part,
                limit,
                search,
            } => text!(
                StudyLimitBeyondSearch,
                part = part.text(),
                limit = *limit,
                search = *search,
            ),
            Self::NothingAsked => text!(StudyNothingAsked),
            Self::SameId {
                part,
                first,
                second,
            } => text!(
                StudySameId,
                part = part.text(),
                first = *first,
                second = *second
            ),
            Self::NoSuchSite { part, site, sites } => text!(
                StudyNoSuchSite,
                part = part.text(),
                site = *site,
                sites = *sites
            ),
            Self::NoSuchItem { part, item, items } => text!(
                StudyNoSuchItem,
                part = part.text(),
                item = *item,
                items = *items
            ),
            Self::NoSuchUnit { part, unit, units } => text!(
                StudyNoSuchUnit,
                part = part.text(),
                unit = *unit,
                units = *units
            ),
            Self::NoSuchZone { part, zone, zones } => text!(
                StudyNoSuchZone,
                part = part.text(),
                zone = *zone,
                zones = *zones
            ),
            Self::WrongCount { part, count, cells } => text!(
                StudyWrongCount,
                part = part.text(),
                count = *count,
                cells = *cells
            ),
            Self::GroupsExceedPeople {
                part,
                counted,
                people,
            } => text!(
                StudyGroupsExceedPeople,
                part = part.text(),
                counted = counted.to_string(),
                people = people.to_string(),
            ),
            Self::NoPlace { part } => text!(StudyNoPlace, part = part.text()),
            Self::BadGap { metres } => text!(StudyBadGap, metres = *metres),
        }
    }
}

impl fmt::Display for StudyError {
    /// In English.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.text().fmt(f)
    }
}

impl std::error::Error for StudyError {}

/// A part of a study, by the id that the data gives it.
///
/// ```
/// use walkshed::model::{Part, Site, StudyError};
/// let town = walkshed::draw::town("A-a--s-B", 100.0, "s");
/// let at = town.sites().iter().next().map(|(_, site)| site.at).unwrap();
/// let wrong = town.with(|parts| parts.sites.extend([Site::at("s", at)])).unwrap_err();
/// assert_eq!(wrong, StudyError::SameId { part: Part::Site("s".to_owned()), first: 0, second: 1 });
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Part {
    /// The target.
    Target,
    /// A site.
    Site(String),
    /// A cell.
    Cell(String),
    /// An item.
    Item(String),
    /// A group of people.
    Group(String),
    /// A kind of sites.
    Kind(String),
    /// A further count of the cells.
    Count(String),
    /// The list of zones, one a cell.
    Zones,
    /// A zone.
    Zone(String),
    /// A phase.
    Phase(String),
    /// An indicator.
    Indicator(String),
    /// A department, by its id.
    Department(String),
    /// A barrier, by its place in the list.
    Barrier(usize),
    /// An entrustment paper, by its number.
    Paper(String),
}

impl Part {
    /// The part in words; whatever stands in an id is made safe for a terminal.
    #[must_use]
    pub fn text(&self) -> Text {
        match self {
            Self::Target => text!(PartTarget),
            Self::Site(id) => text!(PartSite, name = quoted(id)),
            Self::Cell(id) => text!(PartCell, name = quoted(id)),
            Self::Item(id) => text!(PartItem, name = quoted(id)),
            Self::Group(id) => text!(PartGroup, name = quoted(id)),
            Self::Kind(name) => text!(PartKind, name = quoted(name)),
            Self::Count(name) => text!(PartCount, name = quoted(name)),
            Self::Zones => text!(PartZones),
            Self::Zone(name) => text!(PartZone, name = quoted(name)),
            Self::Phase(name) => text!(PartPhase, name = quoted(name)),
            Self::Indicator(name) => text!(PartIndicator, name = quoted(name)),
            Self::Department(id) => text!(PartDepartment, name = quoted(id)),
            Self::Barrier(place) => text!(PartBarrier, place = *place),
            Self::Paper(paper) => text!(PartPaper, name = quoted(paper)),
        }
    }
}

/// An id in quotes, with escapes for what could steer a terminal.
fn quoted(id: &str) -> String {
    format!("{id:?}")
}

/// Shown in English, such as `site "hall"`.
impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.text().fmt(f)
    }
}
