//! Pixels that hold no height, whatever the file says of them.
//!
//! ```text
//!   51  52  50  53        A value that no street on earth has is none (−9999, −32768, inf),
//!   50   0   0  52        and so is 0 where the land all around it lies high: files that name no
//!   52   0   0  51        void value write these. They go before any height is taken between
//!   50  51  52  53        pixels, lest a part of them comes into it.
//! ```

use super::raster::Raster;
use crate::read::streets::lines::ON_EARTH;

/// A patch of zeros is the sea, or land as low, if it meets any pixel that is not so high, in metres.
const ABOVE_THE_SEA_M: f32 = 20.0;

/// How many pixels were taken out.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Voids {
    /// Those that hold a value which no street on earth has.
    pub impossible: u64,
    /// One of these values, the first.
    pub example: f32,
    /// Those that hold 0 among high land.
    pub zeros: u64,
}

/// Takes out what is no height. O(pixels).
pub(super) fn cleared(raster: &mut Raster) -> Voids {
    let mut voids = Voids::default();
    for height in &mut raster.heights {
        if height.is_nan() || ON_EARTH.contains(height) {
            continue;
        }
        if voids.impossible == 0 {
            voids.example = *height;
        }
        voids.impossible += 1;
        *height = f32::NAN;
    }
    // Only now: −9999 beside a zero would pass for land below the sea.
    voids.zeros = clear_zeros(raster);
    voids
}

/// Takes out the patches of zeros that high land surrounds. O(pixels): each zero is met once.
fn clear_zeros(raster: &mut Raster) -> u64 {
    let mut seen = vec![false; raster.heights.len()];
    let mut cleared = 0;
    for start in 0..raster.heights.len() {
        if seen[start] || !is_zero(raster.heights[start]) {
            continue;
        }
        let patch = patch_of(raster, start, &mut seen);
        // Zeros without any height around them may be the sea.
        if patch.least_around >= ABOVE_THE_SEA_M && patch.least_around.is_finite() {
            cleared += patch.pixels.len() as u64;
            for pixel in patch.pixels {
                raster.heights[pixel] = f32::NAN;
            }
        }
    }
    cleared
}

fn is_zero(height: f32) -> bool {
    height.abs() <= 0.0
}

/// Zeros side by side.
struct Patch {
    pixels: Vec<usize>,
    /// The lowest of the pixels around them that have a height; infinite where none has.
    least_around: f32,
}

/// The zeros that hang together with one by their sides or corners. O(pixels of the patch).
fn patch_of(raster: &Raster, start: usize, seen: &mut [bool]) -> Patch {
    let mut patch = Patch {
        pixels: Vec::new(),
        least_around: f32::INFINITY,
    };
    seen[start] = true;
    let mut open = vec![start];
    while let Some(pixel) = open.pop() {
        patch.pixels.push(pixel);
        for beside in neighbours(raster, pixel) {
            let height = raster.heights[beside];
            if !is_zero(height) {
                // The least of a number and NaN is the number.
                patch.least_around = patch.least_around.min(height);
            } else if !seen[beside] {
                seen[beside] = true;
                open.push(beside);
            }
        }
    }
    patch
}

/// The up to eight pixels around one.
fn neighbours(raster: &Raster, pixel: usize) -> impl Iterator<Item = usize> + use<> {
    let (width, height) = (raster.window.width(), raster.window.height());
    let (column, row) = (pixel % width, pixel / width);
    let columns = column.saturating_sub(1)..=(column + 1).min(width - 1);
    let rows = row.saturating_sub(1)..=(row + 1).min(height - 1);
    rows.flat_map(move |row| columns.clone().map(move |column| row * width + column))
        .filter(move |&beside| beside != pixel)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::formats::geotiff::Window;

    fn raster(width: u32, heights: &[f32]) -> Raster {
        let rows = u32::try_from(heights.len()).expect("few") / width;
        Raster {
            window: Window {
                first: [0, 0],
                end: [width, rows],
            },
            heights: heights.to_vec(),
        }
    }

    #[test]
    fn what_no_street_on_earth_has_is_no_height() {
        let strange = [f32::INFINITY, -9999.0, 3.4e38, -32768.0, -500.1, 9000.5];
        let plain = [-500.0, 9000.0, f32::NAN];
        let mut raster = raster(3, &[&strange[..], &plain[..]].concat());
        let voids = cleared(&mut raster);
        assert_eq!((voids.impossible, voids.zeros), (6, 0));
        assert!(voids.example.is_infinite(), "the first of them");
        assert!(raster.heights[..6].iter().all(|height| height.is_nan()));
        assert_eq!(raster.heights[6..8], plain[..2]);
    }

    #[test]
    fn zeros_among_high_land_are_none_and_by_the_sea_they_are_the_sea() {
        let hills = [50.0, 51.0, 52.0, 20.0, 0.0, 0.0, 50.0, 51.0, 52.0];
        let mut inland = raster(3, &hills);
        assert_eq!(cleared(&mut inland).zeros, 2);
        assert!(inland.heights[4].is_nan() && inland.heights[5].is_nan());
        // One low neighbour, and the land falls to the sea.
        let mut coast = hills;
        coast[3] = 19.9;
        assert_eq!(cleared(&mut raster(3, &coast)).zeros, 0);
        // A plain of zeros is a plain.
        assert_eq!(cleared(&mut raster(2, &[0.0; 4])).zeros, 0);
    }

    #[test]
    fn a_void_around_zeros_says_nothing_of_how_high_the_land_is() {
        let mut heights = [f32::NAN; 9];
        heights[4] = 0.0;
        assert_eq!(cleared(&mut raster(3, &heights)).zeros, 0);
        heights[0] = 300.0;
        assert_eq!(cleared(&mut raster(3, &heights)).zeros, 1);
    }
}
