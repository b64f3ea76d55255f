//! Heights between the pixels of a model.

use crate::read::formats::geotiff::Window;

/// The heights in a window, in metres, row by row; NaN where there is none.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Raster {
    pub window: Window,
    pub heights: Vec<f32>,
}

impl Raster {
    /// The height at a place of the grid, between the centres of the four pixels around it.
    ///
    /// None where the pixel of the place has no height; others without one are left out. Beyond the
    /// outermost centres the outermost pixel counts.
    pub(super) fn at(&self, [column, row]: [f64; 2]) -> Option<f32> {
        let width = self.window.width();
        let [left, right] = axis(column, self.window.first[0], width);
        let [up, down] = axis(row, self.window.first[1], self.window.height());
        let corners = [(left, up), (right, up), (left, down), (right, down)].map(
            |((x, share_x), (y, share_y))| Corner {
                height: self.heights[y * width + x],
                weight: share_x * share_y,
            },
        );
        // The pixel that the place lies in weighs most.
        let own = corners
            .iter()
            .max_by(|a, b| a.weight.total_cmp(&b.weight))?;
        if own.height.is_nan() {
            return None;
        }
        let mut sum = 0.0;
        let mut weights = 0.0;
        for corner in corners {
            // A corner without weight may lie beyond the model and have no height at all.
            if !corner.height.is_nan() && corner.weight > 0.0 {
                sum += f64::from(corner.height) * corner.weight;
                weights += corner.weight;
            }
        }
        #[expect(
            clippy::cast_possible_truncation,
            reason = "between heights that are f32"
        )]
        Some((sum / weights) as f32)
    }
}

/// One of the four pixels around a place.
struct Corner {
    height: f32,
    /// How much it counts at the place: the four add up to 1.
    weight: f64,
}

/// The two pixels of a row or column whose centres a place lies between, by their places in the
/// window, and the weight of each.
fn axis(at: f64, first: u32, count: usize) -> [(usize, f64); 2] {
    #[expect(
        clippy::cast_precision_loss,
        reason = "far fewer pixels than a float can count"
    )]
    let at = (at - 0.5 - f64::from(first)).clamp(0.0, (count - 1) as f64);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "clamped to the window"
    )]
    let low = at.floor() as usize;
    let part = at - at.floor();
    [(low, 1.0 - part), ((low + 1).min(count - 1), part)]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Three columns and two rows: 0 10 20, and below 100 none 120.
    fn raster() -> Raster {
        let window = Window {
            first: [5, 7],
            end: [8, 9],
        };
        Raster {
            window,
            heights: vec![0.0, 10.0, 20.0, 100.0, f32::NAN, 120.0],
        }
    }

    #[test]
    fn heights_are_exact_at_centres_and_even_between_them() {
        let raster = raster();
        assert_eq!(raster.at([5.5, 7.5]), Some(0.0));
        assert_eq!(raster.at([6.0, 7.5]), Some(5.0));
        assert_eq!(raster.at([7.25, 7.5]), Some(17.5));
        assert_eq!(raster.at([5.5, 8.0]), Some(50.0));
        assert_eq!(
            raster.at([5.0, 7.0]),
            Some(0.0),
            "the outer corner takes its pixel's height"
        );
        assert_eq!(raster.at([8.0, 9.0]), Some(120.0));
    }

    #[test]
    fn a_pixel_without_height_has_none_and_is_left_out_beside() {
        let raster = raster();
        assert_eq!(raster.at([6.5, 8.5]), None);
        assert_eq!(raster.at([6.5, 8.1]), None);
        assert_eq!(raster.at([6.5, 7.9]), Some(10.0));
        assert_eq!(raster.at([5.9, 8.5]), Some(100.0));
    }
}
