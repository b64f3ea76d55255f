//! Cells: where people live or firms work.

use super::attributes::Attributes;
use super::outline::Outline;
use crate::ids::{CellId, UnitId};
use crate::plane::Position;
use crate::units::People;

/// A residential area with people, or a work place with firms.
///
/// ```
/// use walkshed::People;
/// use walkshed::model::Cell;
/// use walkshed::plane::Position;
/// let at = Position::new(116.24, 29.73).unwrap();
/// let village = Cell { name: "石钟村".to_owned(), ..Cell::at(at, People::whole(320)) };
/// assert_eq!((village.people, village.unit), (People::whole(320), None));
/// ```
#[doc(alias = "居民点")]
#[doc(alias = "网格")]
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    /// Its id, unique. [`Cells`] gives a cell that has none its number, from 1.
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

impl Cell {
    /// A cell here with so many people, without id, name and unit.
    #[must_use]
    pub const fn at(at: Position, people: People) -> Self {
        Self {
            id: String::new(),
            name: String::new(),
            unit: None,
            people,
            at: Some(at),
        }
    }
}

/// All cells, in the order of the input, and further numbers of each by name: how many elderly
/// people, households, firms, how many square metres to live in.
///
/// ```
/// use walkshed::People;
/// use walkshed::model::{Cell, Cells};
/// use walkshed::plane::Position;
/// let home = Position::new(116.24, 29.73).unwrap();
/// let mut cells: Cells = [10, 20].map(|count| Cell::at(home, People::whole(count))).into_iter().collect();
/// cells.extend([Cell::at(home, People::whole(30))]);
/// let ids: Vec<&str> = cells.into_iter().map(|(_, cell)| cell.id.as_str()).collect();
/// assert_eq!((ids, cells.people()), (vec!["1", "2", "3"], People::whole(60)));
/// ```
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Cells {
    list: Vec<Cell>,
    count_names: Vec<String>,
    counts: Vec<Vec<People>>,
    /// One a cell, or nothing at all: most cells are points.
    outlines: Vec<Option<Outline>>,
    /// Where within their outlines people live, one a cell, or nothing at all.
    inhabited: Vec<Option<Outline>>,
    /// Whether where its people live is an estimate, one a cell, or nothing at all.
    estimated: Vec<bool>,
    /// One a cell, or nothing at all.
    attributes: Vec<Attributes>,
    has_numeric_ids: bool,
}

impl Cells {
    /// The counts that coverage is told by beside people, wherever cells have them: households,
    /// buildings, residential area in m², and firms.
    #[doc(alias = "户数")]
    #[doc(alias = "楼栋数")]
    #[doc(alias = "居住面积")]
    #[doc(alias = "企业数")]
    pub const DENOMINATORS: [&str; 4] = ["households", "buildings", "area", "enterprises"];

    /// These cells, in this order.
    #[must_use]
    pub fn new(mut list: Vec<Cell>) -> Self {
        number(&mut list);
        Self {
            list,
            ..Self::default()
        }
    }

    /// The same with further counts: a name, and one number for each cell in the order of the
    /// cells, as [`Study::new`](super::Study::new) will ask. [`People`] holds any count, or an area
    /// in m².
    #[must_use]
    pub fn with_counts(mut self, counts: Vec<(String, Vec<People>)>) -> Self {
        (self.count_names, self.counts) = counts.into_iter().unzip();
        self
    }

    /// The same with these counts beside those that it has.
    #[cfg_attr(not(feature = "read"), allow(dead_code, reason = "done by readers"))]
    pub(crate) fn with_more_counts(mut self, counts: Vec<(String, Vec<People>)>) -> Self {
        for (name, counts) in counts {
            self.count_names.push(name);
            self.counts.push(counts);
        }
        self
    }

    /// The same with the outlines of the areas that the cells stand for, in the order of the cells.
    /// Reports draw them; ways begin where the cell is.
    #[must_use]
    pub fn with_outlines(mut self, outlines: Vec<Option<Outline>>) -> Self {
        let has_some = outlines.iter().any(Option::is_some);
        self.outlines = if has_some { outlines } else { Vec::new() };
        self
    }

    /// The same with the land within the outlines on which people live, in the order of the cells; none
    /// where that is not known, and they may live anywhere.
    #[must_use]
    pub fn with_inhabited(mut self, land: Vec<Option<Outline>>) -> Self {
        let has_some = land.iter().any(Option::is_some);
        self.inhabited = if has_some { land } else { Vec::new() };
        self
    }

    /// The same, having said of each cell whether where its people live is an estimate.
    #[must_use]
    pub fn with_estimated(mut self, estimated: Vec<bool>) -> Self {
        let has_some = estimated.contains(&true);
        self.estimated = if has_some { estimated } else { Vec::new() };
        self
    }

    /// The same with what else the input tells of the cells, in the order of the cells.
    #[must_use]
    pub fn with_attributes(mut self, attributes: Vec<Attributes>) -> Self {
        let has_some = attributes.iter().any(|told| !told.names().is_empty());
        self.attributes = if has_some { attributes } else { Vec::new() };
        self
    }

    /// The same, their ids being numbers in the input, as they are in a map then.
    #[must_use]
    pub const fn with_numeric_ids(mut self, are_numeric: bool) -> Self {
        self.has_numeric_ids = are_numeric;
        self
    }

    /// The outline of the area that a cell stands for; none where it is a point.
    #[must_use]
    pub fn outline(&self, cell: CellId) -> Option<&Outline> {
        self.outlines.get(cell.index())?.as_ref()
    }

    /// The land within a cell's outline on which people live; none where they may live anywhere in it.
    #[must_use]
    pub fn inhabited(&self, cell: CellId) -> Option<&Outline> {
        self.inhabited.get(cell.index())?.as_ref()
    }

    /// Whether where a cell's people live is an estimate: a village's total spread over its land, houses
    /// counted by their floors.
    #[must_use]
    pub fn is_estimated(&self, cell: CellId) -> bool {
        self.estimated.get(cell.index()) == Some(&true)
    }

    /// How many people live in cells that are an estimate. O(cells).
    #[must_use]
    pub fn people_estimated(&self) -> People {
        let estimated = self.iter().filter(|(id, _)| self.is_estimated(*id));
        estimated.map(|(_, cell)| cell.people).sum()
    }

    /// What else the input tells of a cell.
    #[must_use]
    pub fn attributes(&self, cell: CellId) -> Option<&Attributes> {
        self.attributes.get(cell.index())
    }

    /// The names of all that the input tells of some cell, in the order of the input.
    #[must_use]
    pub fn attribute_names(&self) -> Vec<&str> {
        Attributes::all_names(&self.attributes)
    }

    /// Whether their ids are numbers in the input.
    #[must_use]
    pub const fn has_numeric_ids(&self) -> bool {
        self.has_numeric_ids
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

    /// Changes each cell, whose id stays.
    #[cfg_attr(not(feature = "read"), allow(dead_code, reason = "done by readers"))]
    pub(crate) fn for_each_mut(&mut self, mut change: impl FnMut(CellId, &mut Cell)) {
        for (place, cell) in self.list.iter_mut().enumerate() {
            change(CellId::new(place), cell);
        }
    }

    /// All cells with their ids.
    #[must_use]
    pub fn iter(&self) -> CellIter<'_> {
        CellIter(self.list.iter().enumerate())
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

/// Gives each cell without an id its number.
fn number(list: &mut [Cell]) {
    for (place, cell) in list.iter_mut().enumerate() {
        if cell.id.is_empty() {
            cell.id = (place + 1).to_string();
        }
    }
}

impl FromIterator<Cell> for Cells {
    fn from_iter<I: IntoIterator<Item = Cell>>(cells: I) -> Self {
        Self::new(cells.into_iter().collect())
    }
}

/// The new cells stand after those that are there; further counts do not grow by themselves.
impl Extend<Cell> for Cells {
    fn extend<I: IntoIterator<Item = Cell>>(&mut self, cells: I) {
        self.list.extend(cells);
        number(&mut self.list);
    }
}

impl<'a> IntoIterator for &'a Cells {
    type Item = (CellId, &'a Cell);
    type IntoIter = CellIter<'a>;
    fn into_iter(self) -> CellIter<'a> {
        self.iter()
    }
}

/// The cells of a study with their ids, in order.
///
/// ```
/// let town = walkshed::draw::town("A-a-b-s-c-B", 100.0, "s");
/// let mut cells = town.cells().iter();
/// assert_eq!(cells.len(), 3);
/// assert_eq!(cells.next_back().map(|(id, cell)| (id.index(), cell.id.as_str())), Some((2, "c")));
/// ```
#[derive(Debug, Clone)]
pub struct CellIter<'a>(std::iter::Enumerate<std::slice::Iter<'a, Cell>>);

impl<'a> Iterator for CellIter<'a> {
    type Item = (CellId, &'a Cell);
    fn next(&mut self) -> Option<Self::Item> {
        let (place, cell) = self.0.next()?;
        Some((CellId::new(place), cell))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }
}

impl ExactSizeIterator for CellIter<'_> {}

impl DoubleEndedIterator for CellIter<'_> {
    fn next_back(&mut self) -> Option<Self::Item> {
        let (place, cell) = self.0.next_back()?;
        Some((CellId::new(place), cell))
    }
}
