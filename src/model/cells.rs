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

/// All cells, in the order of the input, and further numbers of each by name: how many elderly
/// people, households, firms, how many square metres to live in.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Cells {
    list: Vec<Cell>,
    count_names: Vec<String>,
    counts: Vec<Vec<People>>,
}

impl Cells {
    /// The counts that coverage is told by beside people, wherever cells have them: households,
    /// buildings, residential area in m², and firms.
    #[doc(alias = "户数")]
    #[doc(alias = "楼栋数")]
    #[doc(alias = "居住面积")]
    #[doc(alias = "企业数")]
    pub const DENOMINATORS: [&str; 4] = ["households", "buildings", "area", "enterprises"];

    /// These cells, in this order; the caller has made their ids unique.
    #[must_use]
    pub const fn new(list: Vec<Cell>) -> Self {
        Self {
            list,
            count_names: Vec::new(),
            counts: Vec::new(),
        }
    }

    /// The same with further counts: a name, and one number for each cell in the order of the
    /// cells. [`People`] holds any count, or an area in m².
    ///
    /// # Panics
    /// When a list is not as long as there are cells: an error in the calling program.
    #[must_use]
    pub fn with_counts(mut self, counts: Vec<(String, Vec<People>)>) -> Self {
        assert!(
            counts.iter().all(|(_, list)| list.len() == self.list.len()),
            "every cell has one number"
        );
        (self.count_names, self.counts) = counts.into_iter().unzip();
        self
    }

    /// The names of the further counts.
    #[must_use]
    pub fn count_names(&self) -> &[String] {
        &self.count_names
    }

    /// One further count of every cell, in the order of the cells; none when there is no such name.
    #[must_use]
    pub fn counts(&self, name: &str) -> Option<&[People]> {
        let place = self.count_names.iter().position(|known| known == name)?;
        Some(&self.counts[place])
    }

    /// All cells with their ids.
    pub fn iter(&self) -> impl Iterator<Item = (CellId, &Cell)> {
        self.list
            .iter()
            .enumerate()
            .map(|(place, cell)| (CellId::new(place), cell))
    }

    /// All cells, in order.
    #[must_use]
    pub fn as_slice(&self) -> &[Cell] {
        &self.list
    }

    /// How many cells there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The people of all cells together.
    #[must_use]
    pub fn people(&self) -> People {
        self.list.iter().map(|cell| cell.people).sum()
    }
}

impl std::ops::Index<CellId> for Cells {
    type Output = Cell;
    fn index(&self, id: CellId) -> &Cell {
        &self.list[id.index()]
    }
}
