//! Several pixels together: coarser cells, each where its people are.
//!
//! ```text
//!   +---+---+---+---+
//!   | 8 | 0 | 1 | 1 |      Two by two. The left block stands where its 8 people live, and not in
//!   +---+---+---*---+      its empty middle; the right one in the middle of its four.
//!   | 0 | 0 | 1 | 1 |
//!   +---+---+---+---+
//! ```

use crate::read::formats::geotiff::Window;
use crate::units::People;

/// A pixel or a block of them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Block {
    /// Which column and row of blocks it is, from 0 at the grid's first pixel.
    pub number: [u32; 2],
    /// Where its people are, in columns and rows of pixels from the grid's corner.
    pub at: [f64; 2],
    pub people: People,
}

/// The blocks of so many columns and rows of pixels, by rows and columns. Blocks begin at the
/// grid's first pixel, whatever the window is. O(n log n) in the inhabited pixels.
pub(super) fn blocks(
    inhabited: &[(usize, People)],
    window: Window,
    columns_and_rows: [u32; 2],
) -> Vec<Block> {
    let mut pixels: Vec<([u32; 2], [u32; 2], People)> = inhabited
        .iter()
        .map(|&(place, people)| {
            let pixel = pixel_at(place, window);
            let [column, row] = [0, 1].map(|axis| pixel[axis] / columns_and_rows[axis]);
            ([row, column], pixel, people)
        })
        .collect();
    // The order in which they stand already where each is a block of its own.
    pixels.sort_by_key(|&(number, ..)| number);
    let groups = pixels.chunk_by(|a, b| a.0 == b.0);
    groups
        .map(|group| {
            block(
                group[0].0,
                group.iter().map(|&(_, pixel, people)| (pixel, people)),
            )
        })
        .collect()
}

/// The column and row of a pixel by its place in a window.
fn pixel_at(place: usize, window: Window) -> [u32; 2] {
    let width = window.width();
    let number = |part: usize| u32::try_from(part).expect("a window has fewer columns and rows");
    [
        window.first[0] + number(place % width),
        window.first[1] + number(place / width),
    ]
}

/// The block of these pixels, at the centre of gravity of their people. Whole numbers throughout:
/// the same for any order.
fn block([row, column]: [u32; 2], pixels: impl Iterator<Item = ([u32; 2], People)>) -> Block {
    let mut people = People::ZERO;
    let mut moments = [0_u128; 2];
    for (pixel, more) in pixels {
        people += more;
        for axis in [0, 1] {
            // Twice the place of the pixel's centre is a whole number.
            moments[axis] += u128::from(more.millionths()) * (2 * u128::from(pixel[axis]) + 1);
        }
    }
    #[expect(
        clippy::cast_precision_loss,
        reason = "a place is good to a millionth of a pixel"
    )]
    let at = moments.map(|moment| moment as f64 / (2 * u128::from(people.millionths())) as f64);
    Block {
        number: [column, row],
        at,
        people,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const WINDOW: Window = Window {
        first: [3, 10],
        end: [7, 12],
    };

    #[test]
    fn a_pixel_alone_stands_at_its_centre() {
        let alone = [(0, People::whole(3)), (5, People::whole(4))];
        let made = blocks(&alone, WINDOW, [1, 1]);
        let told: Vec<_> = made.iter().map(|block| (block.number, block.at)).collect();
        assert_eq!(told, [([3, 10], [3.5, 10.5]), ([4, 11], [4.5, 11.5])]);
    }

    #[test]
    fn blocks_stand_where_their_people_are_and_begin_at_the_grids_corner() {
        // Columns 3 to 6 and rows 10 and 11: the blocks of two are 2–3, 4–5 and 6–7.
        let people = [8, 1, 1, 5, 0, 1, 1, 0].map(People::whole);
        let inhabited: Vec<_> = people
            .into_iter()
            .enumerate()
            .filter(|(_, people)| *people > People::ZERO)
            .collect();
        let made = blocks(&inhabited, WINDOW, [2, 2]);
        let told: Vec<_> = made
            .iter()
            .map(|block| (block.number, block.at, block.people.to_string()))
            .collect();
        assert_eq!(
            told,
            [
                ([1, 5], [3.5, 10.5], "8".to_owned()),
                ([2, 5], [5.0, 11.0], "4".to_owned()),
                ([3, 5], [6.5, 10.5], "5".to_owned()),
            ]
        );
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn people_are_kept_and_stand_within_their_block(
            people in prop::collection::vec(0..5_000_000_u64, 1..200), width in 1..20_u32, by in prop::array::uniform2(1..7_u32),
        ) {
            let rows = u32::try_from(people.len()).expect("few").div_ceil(width);
            let window = Window { first: [5, 9], end: [5 + width, 9 + rows] };
            let inhabited: Vec<_> = people.iter().enumerate().filter(|(_, people)| **people > 0)
                .map(|(place, &people)| (place, People::from_millionths(people))).collect();
            let made = blocks(&inhabited, window, by);
            let sum: u64 = made.iter().map(|block| block.people.millionths()).sum();
            prop_assert_eq!(sum, people.iter().sum::<u64>());
            for block in &made {
                for axis in [0, 1] {
                    let first = f64::from(block.number[axis] * by[axis]);
                    prop_assert!((first..first + f64::from(by[axis])).contains(&block.at[axis]));
                }
            }
            let mut numbers: Vec<_> = made.iter().map(|block| block.number).collect();
            numbers.dedup();
            prop_assert_eq!(numbers.len(), made.len(), "each once");
        }
    }
}
