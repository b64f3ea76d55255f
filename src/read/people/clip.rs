//! Which pixels lie within a boundary.
//!
//! ```text
//!   +-------+---+-+-+     A block of pixels that no boundary comes near lies inside or outside as
//!   |       |   |x|x|     one of them does. One that the boundary may cross is halved, down to
//!   |       +---+-+-+     single pixels: as many are asked as the boundary is long, and not as
//!   |       |   |x|x|     the land is wide.
//!   +-------+---+-+-+
//! ```

use rayon::prelude::*;

use crate::model::Boundary;
use crate::plane::Position;
use crate::read::crs::{Converter, Crs};
use crate::read::formats::geotiff::{Grid, Window};

/// So many rows are looked at together.
const BAND: usize = 64;
/// A block reaches no farther from its middle than its corners do, but for a hundredth.
const SLACK: f64 = 1.01;

/// A grid with the system of its coordinates.
#[derive(Debug, Clone, Copy)]
pub(super) struct PlacedGrid {
    pub grid: Grid,
    pub crs: Crs,
}

/// Whether the centre of each pixel of a window lies inside, row by row. A centre on the boundary
/// itself may count either way.
///
/// O(pixels of a byte each + b log n), b: the pixels that the boundary passes, n: its vertices.
pub(super) fn inside(placed: PlacedGrid, window: Window, boundary: &Boundary) -> Vec<bool> {
    let width = window.width();
    let mut mask = vec![false; width * window.height()];
    // A converter cannot be shared between threads, but each may have its own.
    let bands = mask.par_chunks_mut(width * BAND).enumerate();
    bands.for_each_init(
        || placed.crs.converter().ok(),
        |converter, (band, mask)| {
            let Some(converter) = converter else { return };
            let first_row = window.first[1] + row_number(band * BAND);
            let rows = row_number(mask.len() / width);
            let mut band = Band {
                grid: placed.grid,
                converter,
                boundary,
                window: Window {
                    first: [window.first[0], first_row],
                    end: [window.end[0], first_row + rows],
                },
                mask,
            };
            band.settle(band.window);
        },
    );
    mask
}

fn row_number(row: usize) -> u32 {
    u32::try_from(row).expect("a window has fewer than 2^32 rows")
}

/// Some rows of a window.
struct Band<'a> {
    grid: Grid,
    converter: &'a Converter,
    boundary: &'a Boundary,
    window: Window,
    mask: &'a mut [bool],
}

impl Band<'_> {
    /// Finds out which pixels of a block lie inside.
    fn settle(&mut self, block: Window) {
        if let Some(is_inside) = self.alike(block) {
            return self.fill(block, is_inside);
        }
        // Halved where it is longer.
        let axis = usize::from(block.height() > block.width());
        let middle = block.first[axis].midpoint(block.end[axis]);
        let mut halves = [block, block];
        halves[0].end[axis] = middle;
        halves[1].first[axis] = middle;
        for half in halves {
            self.settle(half);
        }
    }

    /// Whether all pixels of a block lie inside, or all outside; none where it is not sure.
    fn alike(&self, block: Window) -> Option<bool> {
        let [[left, top], [right, bottom]] = [block.first, block.end].map(|at| at.map(f64::from));
        let middle = self.position(left.midpoint(right), top.midpoint(bottom));
        if block.pixels() == 1 {
            return Some(middle.is_some_and(|middle| self.boundary.contains(middle)));
        }
        let middle = middle?;
        let mut reach = 0.0_f64;
        for (column, row) in [(left, top), (right, top), (left, bottom), (right, bottom)] {
            reach = reach.max(middle.distance(self.position(column, row)?));
        }
        // Where no outline is as near as the corners, all pixels lie on one side of it.
        let is_crossed = self.boundary.within(middle, reach * SLACK);
        (!is_crossed).then(|| self.boundary.contains(middle))
    }

    /// A place on the grid; none off the globe.
    fn position(&self, column: f64, row: f64) -> Option<Position> {
        let [x, y] = self.grid.place(column, row);
        let [lon, lat] = self.converter.to_wgs84(x, y)?;
        Position::new(lon, lat)
    }

    fn fill(&mut self, block: Window, is_inside: bool) {
        let width = self.window.width();
        let columns = block.first[0] - self.window.first[0]..block.end[0] - self.window.first[0];
        let columns = columns.start as usize..columns.end as usize;
        for row in block.first[1]..block.end[1] {
            let start = (row - self.window.first[1]) as usize * width;
            self.mask[start + columns.start..start + columns.end].fill(is_inside);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(lon: f64, lat: f64) -> Position {
        Position::new(lon, lat).expect("a valid test position")
    }

    /// Pixel by pixel.
    fn asked_one_by_one(placed: PlacedGrid, window: Window, boundary: &Boundary) -> Vec<bool> {
        let converter = placed.crs.converter().expect("a known system");
        let mut mask = Vec::new();
        for row in window.first[1]..window.end[1] {
            for column in window.first[0]..window.end[0] {
                let [x, y] = placed
                    .grid
                    .place(f64::from(column) + 0.5, f64::from(row) + 0.5);
                let place = converter.to_wgs84(x, y);
                let place = place.and_then(|[lon, lat]| Position::new(lon, lat));
                mask.push(place.is_some_and(|place| boundary.contains(place)));
            }
        }
        mask
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, cases: 64, ..ProptestConfig::default() })]

        #[test]
        fn blocks_say_what_each_of_their_pixels_says(
            turns in proptest::collection::vec(0.1..1.0_f64, 3..12),
            first in prop::array::uniform2(0..40_u32),
            size in prop::array::uniform2(1..90_u32),
            projected in any::<bool>(),
        ) {
            // A star around the middle of the grid, with as many points as there are turns.
            let count = turns.len().to_string().parse::<f64>().expect("a number");
            let ring: Vec<Position> = turns.iter().enumerate().map(|(place, radius)| {
                let angle = std::f64::consts::TAU * place.to_string().parse::<f64>().expect("a number") / count;
                at(114.05 + 0.06 * radius * angle.cos(), 29.95 + 0.06 * radius * angle.sin())
            }).collect();
            let boundary = Boundary::new(vec![vec![ring]]).expect("an area");
            let placed = if projected {
                // Mollweide's rows run askew here.
                let crs = Crs::Mollweide;
                let corner = crs.converter().expect("known").numbers_of([114.0, 30.0]).expect("inside");
                PlacedGrid { grid: Grid { size: [130, 130], corner, step: [90.0, -90.0] }, crs }
            } else {
                let step = [0.1 / 130.0, -0.1 / 130.0];
                PlacedGrid { grid: Grid { size: [130, 130], corner: [114.0, 30.0], step }, crs: Crs::Wgs84 }
            };
            let window = Window { first, end: [first[0] + size[0], first[1] + size[1]] };
            let expected = asked_one_by_one(placed, window, &boundary);
            prop_assert_eq!(inside(placed, window, &boundary), expected);
        }
    }
}
