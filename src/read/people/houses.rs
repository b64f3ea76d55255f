//! Neighbouring houses put together to cells.

use std::collections::BTreeMap;

use crate::model::Cell;
use crate::plane::Position;
use crate::units::People;

/// Houses within a square of so many metres make one cell.
const SQUARE_M: f64 = 50.0;
/// Metres in a degree of latitude, near enough for squares.
const DEGREE_M: f64 = 111_320.0;

/// A house in which people live.
#[derive(Debug, Clone, Copy)]
pub(super) struct House {
    pub at: Position,
    pub people: People,
}

/// Houses by the squares in which they stand.
#[derive(Default)]
pub(super) struct Squares(BTreeMap<[i64; 2], Vec<House>>);

impl Squares {
    /// Takes in a house.
    pub(super) fn take(&mut self, house: House) {
        self.0.entry(square_of(house.at)).or_default().push(house);
    }

    /// The cells of the houses: one a square, or several of at most so many people each. O(n log n).
    pub(super) fn cells(self, most: Option<People>) -> Vec<Cell> {
        let squares = self.0.into_iter();
        let cells = squares.flat_map(|(number, houses)| cells_of(number, houses, most));
        cells.collect()
    }
}

/// The row and column of a place's square, by latitude and longitude.
fn square_of(at: Position) -> [i64; 2] {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "fewer than 2^53 squares lie around the globe"
    )]
    let number = |metres: f64| (metres / SQUARE_M).floor() as i64;
    let row = number(at.lat() * DEGREE_M);
    // Columns are as wide as on the southern edge of their row, so that all houses of a row share
    // them.
    #[expect(clippy::cast_precision_loss, reason = "a few hundred thousand rows")]
    let south = row as f64 * SQUARE_M / DEGREE_M;
    [row, number(at.lon() * DEGREE_M * south.to_radians().cos())]
}

/// The cells of the houses in a square: one, or several of at most so many people each.
fn cells_of([row, column]: [i64; 2], houses: Vec<House>, most: Option<People>) -> Vec<Cell> {
    let together = match most {
        Some(most) => cut(houses, most),
        None => vec![houses],
    };
    let several = together.len() > 1;
    let cell = |(place, houses): (usize, Vec<House>)| {
        let mut square = Square::default();
        for house in houses {
            square.take(house);
        }
        let part = if several {
            format!("/{}", place + 1)
        } else {
            String::new()
        };
        square.cell(format!("n{row}e{column}{part}"))
    };
    together.into_iter().enumerate().filter_map(cell).collect()
}

/// Neighbouring houses in groups of at most so many people, unless one house has more: halved across
/// their longer side until they are few enough. The same for any order of them.
fn cut(mut houses: Vec<House>, most: People) -> Vec<Vec<House>> {
    let people: People = houses.iter().map(|house| house.people).sum();
    if houses.len() < 2 || people <= most {
        return vec![houses];
    }
    let place = |house: &House| house.at.on_plane();
    let size = [0, 1].map(|axis: usize| {
        let along = || houses.iter().map(|house| place(house)[axis]);
        along().fold(f64::NEG_INFINITY, f64::max) - along().fold(f64::INFINITY, f64::min)
    });
    let long = usize::from(size[1] > size[0]);
    houses.sort_by(|a, b| {
        let [left, right] = [place(a), place(b)];
        let by_place = left[long].total_cmp(&right[long]);
        let by_other = left[1 - long].total_cmp(&right[1 - long]);
        by_place.then(by_other).then(a.people.cmp(&b.people))
    });
    // Halved by number, so that houses on one spot part as well.
    let rest = houses.split_off(houses.len() / 2);
    let mut groups = cut(houses, most);
    groups.extend(cut(rest, most));
    groups
}

/// The houses of a cell: whole numbers throughout, the same for any order of them.
#[derive(Debug, Clone, Copy, Default)]
struct Square {
    people: People,
    /// People times their places in ten-millionths of a degree.
    moments: [i128; 2],
}

impl Square {
    fn take(&mut self, house: House) {
        self.people += house.people;
        for (moment, degrees) in self
            .moments
            .iter_mut()
            .zip([house.at.lon(), house.at.lat()])
        {
            #[expect(clippy::cast_possible_truncation, reason = "at most 180e7")]
            let place = (degrees * 1e7).round() as i128;
            *moment += place * i128::from(house.people.millionths());
        }
    }

    fn cell(self, id: String) -> Option<Cell> {
        let all = i128::from(self.people.millionths());
        if all == 0 {
            return None;
        }
        #[expect(clippy::cast_precision_loss, reason = "at most 180e7")]
        let [lon, lat] = self.moments.map(|moment| (moment / all) as f64 / 1e7);
        Some(Cell {
            id,
            ..Cell::at(Position::new(lon, lat)?, self.people)
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn house((east, north, people): (u32, u32, u32)) -> House {
        let lon = 116.0 + f64::from(east) * 1e-5;
        let lat = 29.0 + f64::from(north) * 1e-5;
        House {
            at: Position::new(lon, lat).expect("on the globe"),
            people: People::whole(people),
        }
    }

    fn made(houses: &[House], most: Option<People>) -> Vec<Cell> {
        let mut squares = Squares::default();
        for &house in houses {
            squares.take(house);
        }
        squares.cells(most)
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        /// Nobody is lost, no cell of several houses has too many, and the order changes nothing.
        #[test]
        fn cells_are_small_enough_and_hold_everybody(
            houses in prop::collection::vec((0..200_u32, 0..200_u32, 1..60_u32), 1..60),
            most in 1..100_u32, turn in 0..60_usize,
        ) {
            let mut houses: Vec<House> = houses.into_iter().map(house).collect();
            let most = People::whole(most);
            let cells = made(&houses, Some(most));
            let all: People = houses.iter().map(|house| house.people).sum();
            prop_assert_eq!(cells.iter().map(|cell| cell.people).sum::<People>(), all);
            let largest = houses.iter().map(|house| house.people).max().expect("a house");
            for cell in &cells {
                prop_assert!(cell.people <= most.max(largest));
            }
            prop_assert!(cells.len() >= made(&houses, None).len());
            let turn = turn % houses.len();
            houses.rotate_left(turn);
            prop_assert_eq!(made(&houses, Some(most)), cells);
        }
    }

    #[test]
    fn houses_are_put_together_with_their_neighbours() {
        // Two pairs in one square of 50 m, some 20 m apart.
        let houses = [(10, 0, 4), (30, 0, 4), (11, 0, 4), (31, 0, 4)].map(house);
        let cells = made(&houses, Some(People::whole(8)));
        let said: Vec<(u64, f64)> = cells
            .iter()
            .map(|cell| {
                (
                    cell.people.millionths() / 1_000_000,
                    cell.at.expect("placed").lon(),
                )
            })
            .collect();
        assert_eq!(said.len(), 2, "{said:?}");
        assert!((said[0].1 - 116.000_105).abs() < 1e-7 && (said[1].1 - 116.000_305).abs() < 1e-7);
        assert!(cells[0].id.ends_with("/1") && cells[1].id.ends_with("/2"));
        assert_eq!(made(&houses, Some(People::whole(16))).len(), 1);
    }
}
