//! Where the streets of a study should hang together, and whom it concerns that they do not.

use super::island_gap::Apart;
use crate::ids::{CellId, EdgeId, SiteId};
use crate::model::Joint;
use crate::units::People;

/// Where the streets of a study should hang together, the places that concern most people first.
///
/// ```
/// use walkshed::{People, draw, search, Silent};
/// // The street C–D hangs together with nothing: a lives beside it, and no site does.
/// let study = draw::town("A-s-----B\n\n  C-a-D", 100.0, "s");
/// let walks = search::walks(&study, study.target().search, &Silent);
/// let torn = walks.of(None).links().torn();
/// let [island] = &torn.islands[..] else { panic!("one island") };
/// assert_eq!((island.vertices, island.people()), (2, People::whole(1)));
/// assert_eq!(island.apart.map(|apart| apart.metres.round()), Some(200.0));
/// ```
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Torn {
    /// The islands beside which a site or a cell stands.
    pub islands: Vec<TornIsland>,
    /// The places where streets just miss each other ([`crate::model::Study::joints`]).
    pub joints: Vec<TornJoint>,
}

/// A part of the streets that nothing leads away from, with somebody on it.
///
/// ```
/// use walkshed::{Silent, draw, search};
/// // b hangs on the island C–D, where there is no site.
/// let study = draw::town("A-s-a---B\n\n\n\n\n\n\n  C-b-D", 100.0, "s");
/// let walks = search::walks(&study, study.target().search, &Silent);
/// let island = &walks.of(None).links().torn().islands[0];
/// assert_eq!((island.edges.len(), island.metres.round()), (1, 400.0));
/// assert_eq!((island.hung.cells.len(), island.left.cells.len()), (1, 0));
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct TornIsland {
    /// Its number among the components of the network.
    pub component: u32,
    /// How many vertices it has.
    pub vertices: u32,
    /// Its pieces of street, in order.
    pub edges: Vec<EdgeId>,
    /// The length of its streets, in metres.
    pub metres: f64,
    /// Who hangs on it: they reach nobody but each other.
    pub hung: Beside,
    /// Whose nearest street is on it, and who hang on a larger part instead.
    pub left: Beside,
    /// Where it comes nearest to a larger part; none where there is none.
    pub apart: Option<Apart>,
}

/// Sites and cells, and the people of the cells.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Beside {
    /// The sites, in order.
    pub sites: Vec<SiteId>,
    /// The cells, in order.
    pub cells: Vec<CellId>,
    /// The people of the cells.
    pub people: People,
}

/// A place where streets just miss each other, and who is on the smaller part that it cuts off.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TornJoint {
    /// The place.
    pub joint: Joint,
    /// The sites on the smaller part (of equal ones that with more people); none where both are one part
    /// all the same.
    pub sites: usize,
    /// The cells there.
    pub cells: usize,
    /// The people there.
    pub people: People,
}

impl TornIsland {
    /// All people whose nearest street is on it.
    #[must_use]
    pub fn people(&self) -> People {
        self.hung.people + self.left.people
    }
}

impl Torn {
    /// The island that a cell has left, if it has.
    #[must_use]
    pub fn left_by(&self, cell: CellId) -> Option<&TornIsland> {
        let mut islands = self.islands.iter();
        islands.find(|island| island.left.cells.binary_search(&cell).is_ok())
    }
}
