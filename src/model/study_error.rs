//! Why parts do not make a study.

use std::fmt;

use crate::units::{People, TravelTime};

/// Why a study could not be made of its parts. Ids are those of the data; numbers count from 0, as
/// [`SiteId::index`](crate::ids::SiteId::index) does.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum StudyError {
    /// A limit lies beyond what is searched, so that sites within it would not be found.
    #[error(
        "{part} asks for {limit}, but only {search} are searched – raise target.search, or lower the limit"
    )]
    LimitBeyondSearch {
        /// The target, or a phase or zone with its own limit.
        part: Part,
        /// The limit.
        limit: TravelTime,
        /// How far the search looks.
        search: TravelTime,
    },
    /// No item is asked, so that everybody would be covered.
    #[error("no item is asked – name one in target.items or more")]
    NothingAsked,
    /// Two things of a kind have one id.
    #[error("{part} stands twice, at {first} and at {second} – give each an id of its own")]
    SameId {
        /// What stands twice.
        part: Part,
        /// The place of the first.
        first: usize,
        /// The place of the second.
        second: usize,
    },
    /// An offer or a group names a site that does not exist.
    #[error("{part} names site {site} of {sites} – offers and groups go by the order of the sites")]
    NoSuchSite {
        /// The item that is offered there, or the group that can use it.
        part: Part,
        /// The site's number.
        site: usize,
        /// How many sites there are.
        sites: usize,
    },
    /// Something names an item that does not exist.
    #[error("{part} names item {item} of {items} – add the item to the catalogue, or leave it out")]
    NoSuchItem {
        /// The target, a phase or an indicator.
        part: Part,
        /// The item's number.
        item: usize,
        /// How many items there are.
        items: usize,
    },
    /// Something names a unit that does not exist.
    #[error("{part} names unit {unit} of {units} – add the unit, or name none")]
    NoSuchUnit {
        /// A site, a cell, a phase or an indicator.
        part: Part,
        /// The unit's number.
        unit: usize,
        /// How many units there are.
        units: usize,
    },
    /// A cell is in a zone that does not exist.
    #[error("{part} is in zone {zone} of {zones} – add the zone, or put the cell in none")]
    NoSuchZone {
        /// The cell.
        part: Part,
        /// The zone's number.
        zone: usize,
        /// How many zones there are.
        zones: usize,
    },
    /// A list that should hold one value a cell does not.
    #[error("{part} has {count} values for {cells} cells – give one for each, in their order")]
    WrongCount {
        /// The group, the count, or the list of zones.
        part: Part,
        /// How many values there are.
        count: usize,
        /// How many cells there are.
        cells: usize,
    },
    /// The groups of a cell are more than its people.
    #[error(
        "{part} counts {counted} people in its groups but holds {people} – count everybody once, or set a group apart"
    )]
    GroupsExceedPeople {
        /// The cell.
        part: Part,
        /// How many people its groups count, those apart left out.
        counted: People,
        /// How many people it holds.
        people: People,
    },
    /// Something stands nowhere on the globe.
    #[error("{part} stands at no place on the globe – take its position from Position::new")]
    NoPlace {
        /// A site, a cell or a barrier.
        part: Part,
    },
    /// The farthest gap to a street is no length.
    #[error("walk.max_snap_m is {metres}, expected 0 or more – 500 is usual")]
    BadGap {
        /// What it is.
        metres: f64,
    },
}

/// A part of a study, by the id that the data gives it.
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
    /// A barrier, by its place in the list.
    Barrier(usize),
}

/// Shown as `site "hall"`, with whatever stands in an id made safe for a terminal.
impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Target => f.write_str("the target"),
            Self::Site(id) => write!(f, "site {id:?}"),
            Self::Cell(id) => write!(f, "cell {id:?}"),
            Self::Item(id) => write!(f, "item {id:?}"),
            Self::Group(id) => write!(f, "group {id:?}"),
            Self::Count(name) => write!(f, "count {name:?}"),
            Self::Zones => f.write_str("the list of zones"),
            Self::Zone(name) => write!(f, "zone {name:?}"),
            Self::Phase(name) => write!(f, "phase {name:?}"),
            Self::Indicator(name) => write!(f, "indicator {name:?}"),
            Self::Barrier(place) => write!(f, "barrier {place}"),
        }
    }
}
