//! Where the pixels of a raster lie, and parts of it.

/// Where the pixels of a raster lie: rows along the parallels of its coordinate system.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Grid {
    /// Columns and rows.
    pub size: [u32; 2],
    /// The outer corner of the first pixel.
    pub corner: [f64; 2],
    /// The width and height of a pixel; rows mostly run south, so that the height is below 0.
    pub step: [f64; 2],
}

impl Grid {
    /// The place in columns and rows from the corner; none outside of the grid.
    pub(crate) fn pixel(&self, x: f64, y: f64) -> Option<[f64; 2]> {
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

    /// Where a place of columns and rows from the corner lies: the centre of a pixel is half a
    /// column and half a row beyond its number.
    pub(crate) fn place(&self, column: f64, row: f64) -> [f64; 2] {
        [
            self.corner[0] + column * self.step[0],
            self.corner[1] + row * self.step[1],
        ]
    }

    /// All pixels that these places enclose, and those next to them; none where the places lie
    /// beside the grid, or there are none.
    pub(crate) fn window_over(&self, places: impl Iterator<Item = [f64; 2]>) -> Option<Window> {
        let mut least = [f64::INFINITY; 2];
        let mut most = [f64::NEG_INFINITY; 2];
        for place in places {
            for axis in [0, 1] {
                let at = (place[axis] - self.corner[axis]) / self.step[axis];
                least[axis] = least[axis].min(at);
                most[axis] = most[axis].max(at);
            }
        }
        let beside = |axis: usize| most[axis] < 0.0 || least[axis] > f64::from(self.size[axis]);
        // There is no place at all, or all lie on one side of the grid.
        if least[0] > most[0] || beside(0) || beside(1) {
            return None;
        }
        Some(Window {
            first: [0, 1].map(|axis| pixel(least[axis] - 1.0).min(self.size[axis] - 1)),
            end: [0, 1].map(|axis| pixel(most[axis]).saturating_add(2).min(self.size[axis])),
        })
    }

    /// Whether the pixels are those of another grid, to a hundredth of one.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        let ends = |grid: &Self| {
            let end = grid.size.map(f64::from);
            [grid.corner, grid.place(end[0], end[1])]
        };
        let near = |axis: usize| {
            let pairs = ends(self).into_iter().zip(ends(other));
            let mut off = pairs.map(|(a, b)| (a[axis] - b[axis]).abs());
            off.all(|off| off <= self.step[axis].abs() / 100.0)
        };
        self.size == other.size && near(0) && near(1)
    }

    /// All pixels.
    pub(crate) const fn whole(&self) -> Window {
        Window {
            first: [0, 0],
            end: self.size,
        }
    }
}

/// A part of a grid: columns and rows, the first inclusive, the last exclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Window {
    pub first: [u32; 2],
    pub end: [u32; 2],
}

impl Window {
    /// All pixels that bear on these places; none where there is no place.
    pub(crate) fn around<'a>(
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

    pub(crate) fn width(&self) -> usize {
        (self.end[0] - self.first[0]) as usize
    }

    pub(crate) fn height(&self) -> usize {
        (self.end[1] - self.first[1]) as usize
    }

    pub(crate) fn pixels(&self) -> u64 {
        self.width() as u64 * self.height() as u64
    }
}

/// The pixel that holds a place of the grid, along one axis.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "far places are cut off: the cast stays within the type"
)]
const fn pixel(at: f64) -> u32 {
    at.max(0.0) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

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
    fn a_window_over_places_encloses_them_or_is_none_beside_the_grid() {
        let grid = Grid {
            size: [10, 20],
            corner: [100.0, 50.0],
            step: [1.0, -1.0],
        };
        let over = |places: &[[f64; 2]]| grid.window_over(places.iter().copied());
        let window = |first, end| Some(Window { first, end });
        assert_eq!(
            over(&[[103.2, 40.0], [104.9, 45.5]]),
            window([2, 3], [6, 12])
        );
        // Far beyond on all sides: the whole grid, and no more.
        assert_eq!(over(&[[0.0, 0.0], [500.0, 500.0]]), Some(grid.whole()));
        assert_eq!(over(&[[120.0, 40.0], [130.0, 45.0]]), None);
        assert_eq!(over(&[[103.0, 60.0], [104.0, 55.0]]), None);
        assert_eq!(over(&[]), None);
    }

    #[test]
    fn grids_are_the_same_to_a_hundredth_of_a_pixel() {
        let grid = Grid {
            size: [10, 20],
            corner: [100.0, 50.0],
            step: [1.0, -1.0],
        };
        let moved = |by: f64| Grid {
            corner: [100.0 + by, 50.0],
            ..grid
        };
        let wider = |by: f64| Grid {
            step: [1.0 + by, -1.0],
            ..grid
        };
        assert!(grid.is_same(&moved(0.005)) && !grid.is_same(&moved(0.02)));
        assert!(grid.is_same(&wider(1e-4)) && !grid.is_same(&wider(0.002)));
        let size = [10, 21];
        assert!(!grid.is_same(&Grid { size, ..grid }));
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
