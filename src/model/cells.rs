//! Cells: where people live or firms work.

use crate::ids::{CellId, UnitId};
use crate::plane::Position;
use crate::units::People;

/// A residential area with people, or a work place with firms.
#[doc(alias = "居民点")]
#[doc(alias = "网格")]
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    /// Its id, unique.
    pub id: String,
    /// Its name; may be empty.
    pub name: String,
    /// The innermost unit it belongs to.
    pub unit: Option<UnitId>,
    /// How many people it holds.
    pub people: People,
    /// Where it is; none when its row was rejected, so that its people count as unknown.
    pub at: Option<Position>,
}

/// All cells, in the order of the input.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Cells(Vec<Cell>);

impl Cells {
    /// These cells, in this order; the caller has made their ids unique.
    #[must_use]
    pub const fn new(cells: Vec<Cell>) -> Self {
        Self(cells)
    }

    /// All cells with their ids.
    pub fn iter(&self) -> impl Iterator<Item = (CellId, &Cell)> {
        self.0.iter().enumerate().map(|(place, cell)| (CellId::new(place), cell))
    }

    /// All cells, in order.
    #[must_use]
    pub fn as_slice(&self) -> &[Cell] {
        &self.0
    }

    /// How many cells there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The people of all cells together.
    #[must_use]
    pub fn people(&self) -> People {
        self.0.iter().map(|cell| cell.people).sum()
    }
}

impl std::ops::Index<CellId> for Cells {
    type Output = Cell;
    fn index(&self, id: CellId) -> &Cell {
        &self.0[id.index()]
    }
}
