//! Where pixels lie, and heights between them.

/// Where the pixels of a model lie: rows along the parallels of its coordinate system.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Grid {
    /// Columns and rows.
    pub size: [u32; 2],
    /// The outer corner of the first pixel.
    pub corner: [f64; 2],
    /// The width and height of a pixel; rows mostly run south, so that the height is below 0.
    pub step: [f64; 2],
}

impl Grid {
    /// The place in columns and rows from the corner; none outside of the grid.
    pub(super) fn pixel(&self, x: f64, y: f64) -> Option<[f64; 2]> {
        let at = [
            (x - self.corner[0]) / self.step[0],
            (y - self.corner[1]) / self.step[1],
        ];
        let inside = at
            .iter()
            .zip(self.size)
            .all(|(at, size)| (0.0..=f64::from(size)).contains(at));
        inside.then_some(at)
    }
}

/// A part of a grid: columns and rows, the first inclusive, the last exclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Window {
    pub first: [u32; 2],
    pub end: [u32; 2],
}

impl Window {
    /// All pixels that bear on these places; none where there is no place.
    pub(super) fn around<'a>(
        places: impl Iterator<Item = &'a [f64; 2]>,
        size: [u32; 2],
    ) -> Option<Self> {
        let mut least = [f64::INFINITY; 2];
        let mut most = [f64::NEG_INFINITY; 2];
        for at in places {
            for axis in [0, 1] {
                least[axis] = least[axis].min(at[axis]);
                most[axis] = most[axis].max(at[axis]);
            }
        }
        if least[0] > most[0] {
            return None;
        }
        // Heights are those of centres: half a pixel farther, the neighbour still bears on a place.
        let last = most.map(|most| pixel(most + 0.5));
        Some(Self {
            first: least.map(|least| pixel(least - 0.5)),
            end: [0, 1].map(|axis| last[axis].saturating_add(1).min(size[axis])),
        })
    }

    pub(super) fn width(&self) -> usize {
        (self.end[0] - self.first[0]) as usize
    }

    pub(super) fn height(&self) -> usize {
        (self.end[1] - self.first[1]) as usize
    }

    pub(super) fn pixels(&self) -> u64 {
        self.width() as u64 * self.height() as u64
    }
}

/// The pixel that holds a place of the grid, along one axis.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "places lie within the grid"
)]
const fn pixel(at: f64) -> u32 {
    at.max(0.0) as u32
}

/// The heights in a window, in metres, row by row; NaN where there is none.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Raster {
    pub window: Window,
    pub heights: Vec<f32>,
}

impl Raster {
    /// A raster that is still to be filled.
    pub(super) fn empty(window: Window) -> Self {
        Self {
            window,
            heights: vec![f32::NAN; window.width() * window.height()],
        }
    }

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

    #[test]
    fn a_window_holds_all_pixels_that_bear_on_its_places() {
        let around = |places: &[[f64; 2]]| Window::around(places.iter(), [10, 10]);
        assert_eq!(
            around(&[[5.2, 3.9], [6.0, 4.0]]),
            Some(Window {
                first: [4, 3],
                end: [7, 5]
            })
        );
        assert_eq!(
            around(&[[0.0, 10.0]]),
            Some(Window {
                first: [0, 9],
                end: [1, 10]
            })
        );
        assert_eq!(around(&[]), None);
    }

    #[test]
    fn places_outside_of_the_grid_are_none() {
        let grid = Grid {
            size: [10, 20],
            corner: [116.0, 30.0],
            step: [0.1, -0.05],
        };
        assert!(
            grid.pixel(116.25, 29.9)
                .is_some_and(|at| (at[0] - 2.5).abs() < 1e-9 && (at[1] - 2.0).abs() < 1e-9)
        );
        for (x, y) in [
            (115.99, 29.5),
            (117.01, 29.5),
            (116.5, 30.01),
            (116.5, 28.99),
            (f64::NAN, 29.5),
        ] {
            assert_eq!(grid.pixel(x, y), None);
        }
    }
}
