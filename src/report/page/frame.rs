//! Where positions fall on the map: whole metres of the plane, counted from its north-west corner.

use crate::model::Study;
use crate::plane::Position;

/// A point of the map, in metres of the plane east and south of its corner.
pub(super) type Point = [i64; 2];

/// One cell in so many may lie outside the view at each side: a far outlier shrinks no map.
const OUTLIERS: usize = 200;
/// All cells are in the view where that makes it no more than so many times as wide and as high.
const WIDER: f64 = 1.4;

/// The part of the plane that a map shows.
#[derive(Debug, Clone, Copy)]
pub(super) struct Frame {
    /// The north-west corner on the plane.
    pub(super) corner: [f64; 2],
    /// How far it reaches east and south of there.
    pub(super) size: Point,
    /// Where nearly all cells are: west, north, east, south.
    pub(super) view: [i64; 4],
    /// Metres on the ground in a metre of the plane, at the middle of the view.
    pub(super) ground: f64,
}

impl Frame {
    /// The frame around all cells and sites, with some room; none where nothing has a place.
    /// O(cells log cells).
    pub(super) fn around(study: &Study) -> Option<Self> {
        let cells = study.cells().iter().filter_map(|(_, cell)| cell.at);
        let cells: Vec<[f64; 2]> = cells.map(Position::on_plane).collect();
        let sites = study.sites().iter().map(|(_, site)| site.at.on_plane());
        let all: Vec<[f64; 2]> = cells.iter().copied().chain(sites).collect();
        let [low, high] = extent(&all, 0)?;
        let room = room(low, high);
        let corner = [low[0] - room, high[1] + room];
        let mut frame = Self {
            corner,
            size: [0, 1].map(|axis| whole(high[axis] - low[axis] + 2.0 * room)),
            view: [0; 4],
            ground: 1.0,
        };
        // Without cells the sites are all there is to look at.
        let looked_at = if cells.is_empty() { &all } else { &cells };
        let [low, high] = looked_at_most(looked_at)?;
        let room = self::room(low, high);
        let [west, north] = frame.on_plane([low[0] - room, high[1] + room]);
        let [east, south] = frame.on_plane([high[0] + room, low[1] - room]);
        frame.view = [west, north, east, south];
        let middle = [0, 1].map(|axis| f64::midpoint(low[axis], high[axis]));
        frame.ground = 1.0 / Position::from_plane(middle).scale();
        Some(frame)
    }

    /// Where a position falls.
    pub(super) fn point(&self, at: Position) -> Point {
        self.on_plane(at.on_plane())
    }

    /// Where a point of the plane falls.
    pub(super) fn on_plane(&self, [x, y]: [f64; 2]) -> Point {
        [whole(x - self.corner[0]), whole(self.corner[1] - y)]
    }

    /// Whether a point lies in the frame.
    pub(super) fn holds(&self, [x, y]: Point) -> bool {
        (0..=self.size[0]).contains(&x) && (0..=self.size[1]).contains(&y)
    }

    /// How many cells of a study lie outside of the view.
    pub(super) fn cells_beyond(&self, study: &Study) -> usize {
        let places = study.cells().iter().filter_map(|(_, cell)| cell.at);
        places.filter(|&at| !self.shows(self.point(at))).count()
    }

    /// Whether a point lies in the view.
    pub(super) fn shows(&self, [x, y]: Point) -> bool {
        let [west, north, east, south] = self.view;
        (west..=east).contains(&x) && (north..=south).contains(&y)
    }
}

/// The middle of the square of a grid in which a point lies.
pub(super) fn in_square(point: Point, side: i64) -> Point {
    point.map(|value| value.div_euclid(side) * side + side / 2)
}

/// The extent of all, but where a few far ones make it much larger: then without these.
fn looked_at_most(points: &[[f64; 2]]) -> Option<[[f64; 2]; 2]> {
    let all = extent(points, 0)?;
    let most = extent(points, points.len() / OUTLIERS)?;
    let size = |[low, high]: [[f64; 2]; 2], axis: usize| high[axis] - low[axis];
    let is_alike = (0..2).all(|axis| size(all, axis) <= WIDER * size(most, axis));
    Some(if is_alike { all } else { most })
}

/// The least and the greatest of each axis, without so many at each side.
fn extent(points: &[[f64; 2]], without: usize) -> Option<[[f64; 2]; 2]> {
    let mut extent = [[0.0; 2]; 2];
    for axis in 0..2 {
        let mut sorted: Vec<f64> = points.iter().map(|point| point[axis]).collect();
        sorted.sort_by(f64::total_cmp);
        extent[0][axis] = *sorted.get(without)?;
        extent[1][axis] = sorted[sorted.len() - 1 - without];
    }
    Some(extent)
}

/// What is left free around: a thirtieth of the longer side, and no less than 200 m.
fn room(low: [f64; 2], high: [f64; 2]) -> f64 {
    let longer = (high[0] - low[0]).max(high[1] - low[1]);
    (longer / 30.0).max(200.0)
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "the plane is 40,000 km wide"
)]
fn whole(metres: f64) -> i64 {
    metres.round() as i64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draw;

    #[test]
    fn a_far_outlier_is_in_the_frame_and_not_in_the_view() {
        let study = draw::town("A-a-s-B", 100.0, "s");
        let near = study.cells().as_slice()[0].clone();
        let far = Position::new(1.0, 0.0).expect("it is on the globe");
        let study = study.with(|parts| {
            let mut cells = vec![near; 400];
            for (place, cell) in cells.iter_mut().enumerate() {
                cell.id = place.to_string();
            }
            cells[7].at = Some(far);
            parts.cells = crate::model::Cells::new(cells);
        });
        let study = study.expect("ids are unique");
        let frame = Frame::around(&study).expect("there are cells");
        let far = frame.point(far);
        assert!(frame.holds(far) && !frame.shows(far), "{frame:?}");
        let site = study.sites().iter().next().expect("a site").1.at;
        assert!(frame.shows(frame.point(site)));
    }

    #[test]
    fn an_island_at_the_edge_is_in_the_view() {
        let mut points: Vec<[f64; 2]> = (0..400).map(|x| [f64::from(x) * 10.0, 0.0]).collect();
        points.push([-1000.0, 0.0]);
        assert_eq!(
            looked_at_most(&points).map(|[low, _]| low[0]),
            Some(-1000.0)
        );
        points.push([-9000.0, 0.0]);
        assert_eq!(looked_at_most(&points).map(|[low, _]| low[0]), Some(0.0));
    }

    #[test]
    fn nothing_without_a_place_has_no_frame() {
        let study = draw::town("A--B", 100.0, "");
        assert!(Frame::around(&study).is_none());
    }
}
