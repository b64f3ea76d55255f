//! Whether the pixels of a raster are people or heights.
//!
//! Land is smooth: neighbours differ by little beside how the heights vary over the whole. People are not:
//! a house stands beside a field. What lies between is told by the file's name alone, and where name and
//! values say different things nothing is taken.

use super::fits::{Fit, Why};
use super::role::{BY_NAME, Role, is_named};
use crate::model::Memory;
use crate::read::error::ReadError;
use crate::read::formats::geotiff::{GeoTiff, Window};

/// The side of the part that is looked at, in pixels.
const SIDE: u32 = 1024;
/// So small beside the standard deviation is the mean step between neighbours on land.
const SMOOTH: f64 = 0.25;
/// So large it is of people.
const ROUGH: f64 = 0.5;

/// What the values look like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Look {
    Heights,
    People,
    /// Neither.
    Unknown,
}

/// The roles that a raster fits: none where nobody knows, both alike where name and values differ.
///
/// # Errors
/// When it cannot be read.
pub(super) fn fits(
    bytes: &[u8],
    (file, name): (&str, &str),
    memory: Memory,
) -> Result<Vec<Fit>, ReadError> {
    let most = memory.unpacked(bytes.len() as u64);
    let mut tiff = GeoTiff::open(bytes, most).map_err(|fault| fault.in_file(file))?;
    let window = middle(tiff.grid.size);
    let values = tiff.pixels(window, f64::NAN, |value| value);
    let values = values.map_err(|fault| fault.in_file(file))?;
    let named = |role: Role| {
        let signs = role.signs();
        signs.is_some_and(|signs| is_named(name, signs.names))
    };
    let by_name = [named(Role::Cells), named(Role::Elevation)];
    Ok(weighed(look(&values, window.width()), by_name))
}

/// The part in the middle of a raster.
fn middle(size: [u32; 2]) -> Window {
    let first = size.map(|size| size.saturating_sub(SIDE) / 2);
    Window {
        first,
        end: [0, 1].map(|axis| (first[axis] + SIDE).min(size[axis])),
    }
}

/// Name and values together.
fn weighed(look: Look, [people, heights]: [bool; 2]) -> Vec<Fit> {
    let fit = |role: Role, by_values: bool, by_name: bool| {
        let score = u32::from(by_values) * BY_NAME + u32::from(by_name) * BY_NAME;
        (score > 0).then_some(Fit {
            role,
            score,
            why: Why::Pixels {
                is_sure: by_values && by_name,
            },
            is_named: by_name,
        })
    };
    let cells = fit(Role::Cells, look == Look::People, people);
    let elevation = fit(Role::Elevation, look == Look::Heights, heights);
    let mut fits: Vec<Fit> = cells.into_iter().chain(elevation).collect();
    fits.sort_by_key(|fit| (std::cmp::Reverse(fit.score), fit.role));
    fits
}

/// What values look like, row by row of this width. O(values).
fn look(values: &[f64], width: usize) -> Look {
    let there: Vec<f64> = values.iter().copied().filter(|v| v.is_finite()).collect();
    if there.len() < 4 || width < 2 {
        return Look::Unknown;
    }
    if there.iter().any(|&value| value < 0.0) {
        // Nobody counts fewer people than none; hollows lie below the sea.
        return Look::Heights;
    }
    let mean = mean(&there);
    let squares: Vec<f64> = there.iter().map(|value| (value - mean).powi(2)).collect();
    let deviation = self::mean(&squares).sqrt();
    let steps: Vec<f64> = values
        .chunks(width)
        .flat_map(|row| row.windows(2).map(|pair| (pair[1] - pair[0]).abs()))
        .filter(|step| step.is_finite())
        .collect();
    if deviation <= 0.0 || steps.is_empty() {
        return Look::Unknown;
    }
    match self::mean(&steps) / deviation {
        rough if rough >= ROUGH => Look::People,
        smooth if smooth <= SMOOTH => Look::Heights,
        _ => Look::Unknown,
    }
}

fn mean(numbers: &[f64]) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "a million pixels")]
    let count = numbers.len().max(1) as f64;
    numbers.iter().sum::<f64>() / count
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn slopes_are_heights_and_scattered_numbers_people() {
        let slope: Vec<f64> = (0..400).map(|at| f64::from(at % 20) * 3.0 + 40.0).collect();
        assert_eq!(look(&slope, 20), Look::Heights);
        let people: Vec<f64> = (0..400)
            .map(|at| f64::from((at * 7919) % 13) * f64::from(at % 3))
            .collect();
        assert_eq!(look(&people, 20), Look::People);
        assert_eq!(look(&[5.0; 400], 20), Look::Unknown);
        assert_eq!(look(&[f64::NAN; 400], 20), Look::Unknown);
        let below: Vec<f64> = people.iter().map(|value| value - 3.0).collect();
        assert_eq!(look(&below, 20), Look::Heights);
    }

    #[test]
    fn name_and_values_must_not_differ() {
        let roles = |look, by_name| -> Vec<(Role, u32)> {
            let fits = weighed(look, by_name).into_iter();
            fits.map(|fit| (fit.role, fit.score)).collect()
        };
        assert_eq!(roles(Look::People, [true, false]), [(Role::Cells, 4)]);
        assert_eq!(roles(Look::People, [false, false]), [(Role::Cells, 2)]);
        assert_eq!(roles(Look::Unknown, [false, true]), [(Role::Elevation, 2)]);
        assert_eq!(
            roles(Look::People, [false, true]),
            [(Role::Cells, 2), (Role::Elevation, 2)]
        );
        assert_eq!(roles(Look::Unknown, [false, false]), []);
    }

    #[test]
    fn real_rasters_are_known_by_their_values() {
        let role = |folder: &Path, file: &str| {
            let bytes = std::fs::read(folder.join(file)).expect("readable");
            let fits = fits(&bytes, (file, "a"), Memory::default()).expect("a raster");
            fits.iter().map(|fit| fit.role).collect::<Vec<_>>()
        };
        let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rasters");
        assert_eq!(role(&samples, "worldpop.tif"), [Role::Cells]);
        assert_eq!(role(&samples, "ghspop.tif"), [Role::Cells]);
        let Ok(data) = std::env::var("WALKSHED_DATA") else {
            eprintln!("skipped: WALKSHED_DATA is not set");
            return;
        };
        let data = Path::new(&data).join("data/r5r");
        assert_eq!(role(&data, "poa_elevation.tif"), [Role::Elevation]);
    }

    #[test]
    fn the_middle_of_a_large_raster_is_looked_at() {
        let window = middle([5000, 10]);
        assert_eq!([window.first, window.end], [[1988, 0], [3012, 10]]);
        assert_eq!(middle([3, 4]).end, [3, 4]);
    }
}
