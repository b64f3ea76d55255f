//! Towns drawn in text, for examples and tests whose answer one can see.
//!
//! One character is a stated number of metres, across and down. Capitals and `+` are junctions,
//! `-` and `|` are streets. Small letters are points: those named as sites are sites, all others
//! are cells. A letter within a street stands on it; one apart stands off it. `.` and blanks are
//! nothing. Cells hold 1, 2, 4, … people in alphabetical order, so that a covered sum names the
//! exact set of cells.
//!
//! ```
//! use walkshed::{People, draw};
//!
//! let town = draw::town("A-a--s-b-B\n      |\n      C-c", 100.0, "s");
//! // s is a site; a, b and c are cells that hold 1, 2 and 4 people.
//! assert_eq!((town.sites().len(), town.cells().len()), (1, 3));
//! assert_eq!(town.cells().people(), People::whole(1 + 2 + 4));
//! ```

use std::collections::BTreeMap;

use crate::model::{Cell, Network, Site, Study, StudyParts};
use crate::plane::Position;
use crate::units::People;

/// Metres in a degree at the equator, where drawn towns lie: eastward and northward on WGS 84.
const DEGREE: [f64; 2] = [111_319.490_793_273_57, 110_574.275_821_594_45];

/// The study of a drawn town: default walking (4 km/h), 15 minutes, one implicit item.
///
/// ```
/// use walkshed::{Options, People, draw};
/// let study = draw::town("
///     A--a--B-----b------c---C
///           |
///           s
///           |
///           D
/// ", 100.0, "s");
/// let now = walkshed::run(&study, &Options::default())?.coverage;
/// assert_eq!(now.total().covered(), People::whole(1 + 2));
/// # Ok::<(), walkshed::Error>(())
/// ```
///
/// # Panics
/// When a small letter stands twice.
#[must_use]
pub fn town(drawing: &str, metres_per_character: f64, sites: &str) -> Study {
    let map: Vec<Vec<char>> = drawing.lines().map(|line| line.chars().collect()).collect();
    let mut town = Town {
        map,
        metres: metres_per_character,
        nodes: BTreeMap::new(),
        edges: Vec::new(),
    };
    town.trace();
    // Letters come in alphabetical order, which decides how many people a cell holds.
    let (site_points, cell_points): (Vec<_>, Vec<_>) = town
        .points()
        .into_iter()
        .partition(|&(letter, _)| sites.contains(letter));
    let sites = site_points
        .into_iter()
        .map(|(letter, at)| Site::at(&letter.to_string(), at));
    let cells = cell_points
        .into_iter()
        .enumerate()
        .map(|(place, (letter, at))| cell(place, letter, at));
    let parts = StudyParts {
        name: "a drawn town".to_owned(),
        ..StudyParts::new(town.network(), sites.collect(), cells.collect())
    };
    Study::new(parts).expect("drawn sites and cells have a letter of their own")
}

struct Town {
    map: Vec<Vec<char>>,
    metres: f64,
    /// Junctions by row and column.
    nodes: BTreeMap<(usize, usize), usize>,
    edges: Vec<(usize, usize, f64)>,
}

impl Town {
    fn at(&self, row: usize, column: usize) -> char {
        self.map
            .get(row)
            .and_then(|line| line.get(column))
            .copied()
            .unwrap_or(' ')
    }

    fn places(&self) -> impl Iterator<Item = (usize, usize, char)> {
        self.map
            .iter()
            .enumerate()
            .flat_map(|(r, line)| line.iter().enumerate().map(move |(c, &sign)| (r, c, sign)))
    }

    /// Numbers the junctions, row by row, and follows the streets from each to the right and down:
    /// so each street is found once.
    fn trace(&mut self) {
        let junctions = self
            .places()
            .filter(|&(.., sign)| is_junction(sign))
            .map(|(r, c, _)| (r, c));
        self.nodes = junctions.enumerate().map(|(i, place)| (place, i)).collect();
        let starts: Vec<_> = self
            .nodes
            .iter()
            .map(|(&place, &node)| (place, node))
            .collect();
        // To the right and down alone: from its other end each street has been found already.
        for ((row, column), node) in starts {
            self.street(node, |step| (row, column + step), '-');
            self.street(node, |step| (row + step, column), '|');
        }
    }

    /// Follows a street from a junction to the next one, if it gets there.
    fn street(&mut self, node: usize, place: impl Fn(usize) -> (usize, usize), paving: char) {
        let sign = |step| {
            let (row, column) = place(step);
            self.at(row, column)
        };
        let longest = self
            .map
            .len()
            .max(self.map.iter().map(Vec::len).max().unwrap_or(0));
        // A small letter stands on the street, and does not end it.
        let end = (1..=longest)
            .find(|&step| sign(step) != paving && !sign(step).is_ascii_lowercase())
            .unwrap_or(1);
        // A street of points alone is none, but two junctions side by side are joined.
        let paved = (1..end).any(|step| sign(step) == paving) || end == 1;
        if let (true, Some(&to)) = (paved, self.nodes.get(&place(end))) {
            let steps = u32::try_from(end).unwrap_or(u32::MAX);
            self.edges.push((node, to, f64::from(steps) * self.metres));
        }
    }

    fn position(&self, row: usize, column: usize) -> Position {
        let metres =
            |count: usize| f64::from(u32::try_from(count).unwrap_or(u32::MAX)) * self.metres;
        Position::new(metres(column) / DEGREE[0], -metres(row) / DEGREE[1])
            .expect("drawn towns lie at the equator")
    }

    fn points(&self) -> BTreeMap<char, Position> {
        let mut points = BTreeMap::new();
        for (row, column, sign) in self.places().filter(|(.., sign)| sign.is_ascii_lowercase()) {
            assert!(
                points.insert(sign, self.position(row, column)).is_none(),
                "the letter {sign} stands twice"
            );
        }
        points
    }

    fn network(&self) -> Network {
        let mut nodes: Vec<_> = self
            .nodes
            .iter()
            .map(|(&(r, c), &node)| (node, self.position(r, c)))
            .collect();
        nodes.sort_by_key(|&(node, _)| node);
        Network::new(nodes.into_iter().map(|(_, at)| at).collect(), &self.edges)
            .expect("drawn streets are valid")
    }
}

const fn is_junction(sign: char) -> bool {
    sign.is_ascii_uppercase() || sign == '+'
}

fn cell(place: usize, letter: char, at: Position) -> Cell {
    let people = People::whole(1 << place.min(30));
    Cell {
        id: letter.to_string(),
        ..Cell::at(at, people)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drawn_block_has_its_streets_and_points() {
        let study = town("A--x--B\n|     |\n+--s--C  y", 50.0, "s");
        assert_eq!(study.network().nodes().len(), 4);
        assert_eq!(study.network().edges().len(), 4);
        let mut metres: Vec<f64> = study.network().edges().iter().map(|e| e.metres).collect();
        metres.sort_by(f64::total_cmp);
        assert_eq!(metres, [100.0, 100.0, 300.0, 300.0]);
        assert_eq!((study.sites().len(), study.cells().len()), (1, 2));
        assert_eq!(study.cells().people(), People::whole(3));
    }
}
