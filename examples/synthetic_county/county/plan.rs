//! What a county shall hold, before any street is drawn.

use super::shape::{Pt, Water};

/// A whole county.
pub struct Plan {
    /// Code and name of the county.
    pub county: (String, String),
    /// Townships, and zones that stand beside them.
    pub townships: Vec<Township>,
    /// Places with a street grid.
    pub hubs: Vec<Hub>,
    /// Roads people may walk on, with villages along them.
    pub roads: Vec<Road>,
    /// Roads nobody may walk on: tags, name, stops.
    pub closed: Vec<(&'static str, &'static str, Vec<Pt>)>,
    /// Rivers, lakes, islands.
    pub water: Water,
    /// How many street vertices in all; `None` sizes each village by its people.
    pub nodes: Option<usize>,
    /// How many residential cells.
    pub cells: usize,
    /// How many service sites.
    pub sites: usize,
    /// Hamlets that only a bridge would join to the nearest street: where they lie, and a point near their unit.
    pub riverside: Vec<(Pt, Pt)>,
    /// Where the county hall stands: a hub and a point near it.
    pub hall: (usize, Pt),
    /// Metres above the sea; `None` draws streets without heights.
    pub height: Option<fn(Pt) -> f64>,
}

/// A township, or a zone of the same rank.
pub struct Township {
    /// Code.
    pub id: String,
    /// Name with its rank (镇, 乡).
    pub name: String,
    /// All residents.
    pub people: usize,
    /// A zone has no villages or communities and a centre of its own kind.
    pub zone: bool,
    /// How readily its villages get a station: 0 rarely, 100 always.
    pub care: usize,
    /// Share of its stations that handle every high-frequency item, in percent.
    pub full: usize,
    /// Hamlets far from any street.
    pub remote: usize,
}

/// A place with a street grid: a town, a zone, an island.
pub struct Hub {
    /// Index of the township.
    pub township: usize,
    /// Middle of the grid.
    pub centre: Pt,
    /// Direction of the grid's columns (cosine and sine).
    pub axis: (f64, f64),
    /// Blocks across and up.
    pub blocks: (usize, usize),
    /// Smallest and largest block, in metres.
    pub block_m: (f64, f64),
    /// Whether one avenue has two carriageways.
    pub avenue: bool,
    /// Residents of the grid.
    pub people: usize,
    /// What the grid's units are called: communities, or one village (of an island) by name.
    pub parts: Parts,
}

/// The units that a hub holds.
pub enum Parts {
    /// The zone itself.
    Zone,
    /// So many communities.
    Communities(usize),
    /// One village with this name; whether it may get a station.
    Village(&'static str, bool),
}

/// A walkable road from one hub to another, or to nowhere.
pub struct Road {
    /// Where it starts.
    pub from: usize,
    /// The hub it ends at; `None` ends at the last of `via`.
    pub to: Option<usize>,
    /// Points on the way.
    pub via: Vec<Pt>,
    /// Tags, as JSON members.
    pub tags: &'static str,
    /// How much it winds: 0 is straight.
    pub rough: f64,
    /// Whether it may cross water.
    pub bridge: bool,
    /// Villages of the first hub's township, then of the second's.
    pub villages: (usize, usize),
}
