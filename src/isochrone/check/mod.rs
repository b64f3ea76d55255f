//! Whether polygons and points agree.
//!
//! A point is asked twice: whether the polygon holds it, and whether a cell that stood there would be
//! within the limit, by snapping and search as for every cell. Where the two differ, the polygon should be
//! right no farther away than the tolerance: at its border, or where the rule itself says otherwise, in a
//! strip of land too thin to be drawn.
//!
//! Files import only those that stand before them here: `shape`, `scatter`, `answers`.

mod answers;
mod scatter;
mod shape;

use std::f64::consts::TAU;

use rayon::prelude::*;

pub use shape::Shape;

use super::catchments::{Catchment, Catchments};
use super::sources::Sources;
use super::walkers::Walkers;
use crate::ids::SiteId;
use crate::plane::Position;
use crate::units::TravelTime;
use answers::{Answers, Asking};
use scatter::{around, scattered};

/// A point about which a polygon and the rule for points differ.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Disagreement {
    /// The site whose land it is; none where several are merged.
    pub site: Option<SiteId>,
    /// The limit.
    pub limit: TravelTime,
    /// The point.
    pub at: Position,
    /// Whether the rule has it within the limit.
    pub within: bool,
    /// How far it is to where the polygon is right: to its border, or to a place of which the rule says
    /// what the polygon does. In metres.
    pub off_m: f64,
}

/// What a check found.
///
/// ```
/// use walkshed::isochrone::{Checked, Request, check, isochrones};
/// use walkshed::{Silent, draw};
/// let study = draw::town("A--a-s--b--B", 100.0, "s");
/// let Checked { points, cells, .. } = check(&isochrones(&study, &Request::of(&study), &Silent), 50);
/// assert_eq!((points, cells), (50, 2));
/// ```
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Checked {
    /// How often a random point was asked about a polygon.
    pub points: u64,
    /// How often a cell was.
    pub cells: u64,
    /// Cells that were not asked about: they stand farther off their street than land is drawn.
    pub beyond_reach: u64,
    /// Where the two differ, by polygon.
    pub disagreements: Vec<Disagreement>,
}

impl Checked {
    /// Those farther off than a tolerance.
    pub fn beyond(&self, tolerance_m: f64) -> impl Iterator<Item = &Disagreement> {
        let all = self.disagreements.iter();
        all.filter(move |one| one.off_m > tolerance_m)
    }

    /// How far off the worst of them is, in metres; none where all agree.
    #[must_use]
    pub fn worst_m(&self) -> Option<f64> {
        let all = self.disagreements.iter().map(|one| one.off_m);
        all.max_by(f64::total_cmp)
    }
}

/// Whether isochrones agree with the results for points: so many random points in the box around each
/// place's land, and all cells of the study.
///
/// Which units a site serves is left aside, as no land shows it. The points are the same each time.
/// O(points · corners), and a walk for each place.
///
/// ```
/// use walkshed::isochrone::{Request, check, isochrones};
/// use walkshed::{Silent, draw};
/// let study = draw::town("A--a-s--b--B\n      |\n      C-c-D", 100.0, "s");
/// let found = check(&isochrones(&study, &Request::of(&study), &Silent), 200);
/// assert!(found.worst_m().is_none_or(|metres| metres <= 1.0));
/// ```
#[must_use]
pub fn check(catchments: &Catchments, points: u32) -> Checked {
    let study = &catchments.study;
    let request = &catchments.request;
    let sources = Sources::of(study, request);
    let mut checked = Checked::default();
    for walkers in Walkers::of(study, request.group) {
        let of_these = catchments
            .drawn
            .iter()
            // Without zones it is drawn for everybody.
            .filter(|drawn| drawn.zones.is_empty() || drawn.zones == walkers.zones);
        let checking = Checking {
            asking: Asking {
                study,
                request,
                sources: &sources,
                walkers: &walkers,
            },
            drawn: of_these.collect(),
        };
        checking.run(points, &mut checked);
    }
    checked
}

/// The check of what is drawn for people who walk alike.
struct Checking<'a> {
    asking: Asking<'a>,
    drawn: Vec<&'a Catchment>,
}

/// A point about which the two differ, and the number of what is drawn.
type Wrong = (usize, Disagreement);

impl Checking<'_> {
    /// Compares each land with the results for all cells and for the points around its place.
    fn run(&self, points: u32, checked: &mut Checked) {
        let shapes: Vec<Shape> = self
            .drawn
            .par_iter()
            .map(|drawn| Shape::new(&drawn.isochrone.polygons()))
            .collect();
        // The cells first, then the points around each place, as many for each.
        let cells = self.asking.study.cells().iter();
        let mut at: Vec<Position> = cells.filter_map(|(_, cell)| cell.at).collect();
        let cells = at.len();
        let places = self.places();
        for (number, place) in places.iter().enumerate() {
            let boxes = place.iter().map(|&drawn| shapes[drawn].bounds());
            let seed = u64::try_from(number).unwrap_or_default();
            at.extend(scattered(around(boxes), seed, points));
        }
        let answers = Answers::of(self.asking, &at);
        // Land ends at the reach: of people farther off their street no drawing can tell.
        let near: Vec<usize> = (0..cells).filter(|&cell| answers.is_near(cell)).collect();
        checked.beyond_reach += (cells - near.len()) as u64;
        let mut wrong: Vec<Wrong> = Vec::new();
        for (number, place) in places.iter().enumerate() {
            let first = cells + number * points as usize;
            let own = first..first + points as usize;
            for &drawn in place {
                let inside = answers.inside(self.drawn[drawn]);
                let asked: Vec<usize> = near.iter().copied().chain(own.clone()).collect();
                let differing = asked
                    .into_par_iter()
                    .filter(|&point| shapes[drawn].holds(at[point]) != inside[point]);
                let differing = differing.map(|point| {
                    // Along the border the two may differ by the tolerance: the distance tells.
                    let off_m = shapes[drawn].metres_to_border(at[point]);
                    (
                        drawn,
                        self.disagreement(drawn, at[point], inside[point], off_m),
                    )
                });
                wrong.extend(differing.collect::<Vec<_>>());
                checked.points += u64::from(points);
                checked.cells += near.len() as u64;
            }
        }
        self.look_around(&mut wrong);
        let wrong = wrong.into_iter().map(|(_, disagreement)| disagreement);
        checked.disagreements.extend(wrong);
    }

    fn disagreement(&self, drawn: usize, at: Position, within: bool, off_m: f64) -> Disagreement {
        Disagreement {
            site: self.drawn[drawn].site,
            limit: self.drawn[drawn].limit,
            at,
            within,
            off_m,
        }
    }

    /// The numbers of what is drawn for one place after the other.
    fn places(&self) -> Vec<Vec<usize>> {
        let mut places: Vec<Vec<usize>> = Vec::new();
        for (number, one) in self.drawn.iter().enumerate() {
            match places.last_mut() {
                Some(same) if self.drawn[same[0]].site == one.site => same.push(number),
                Some(_) | None => places.push(vec![number]),
            }
        }
        places
    }

    /// Where the border is farther than the tolerance, a place nearer by may be as the polygon says.
    fn look_around(&self, wrong: &mut [Wrong]) {
        let tolerance_m = self.asking.request.tolerance_m;
        let mut far: Vec<&mut Wrong> = wrong
            .iter_mut()
            .filter(|(_, one)| one.off_m > tolerance_m)
            .collect();
        if far.is_empty() {
            return;
        }
        // All of them in one question: each question hangs its points and walks to all places.
        let around = far.iter().map(|(_, one)| around_it(one.at, tolerance_m));
        let at: Vec<Position> = around.flatten().collect();
        let answers = Answers::of(self.asking, &at);
        for (number, (drawn, one)) in far.iter_mut().enumerate() {
            let inside = answers.inside(self.drawn[*drawn]);
            let first = number * AROUND;
            for place in 0..AROUND {
                if inside[first + place] != one.within {
                    one.off_m = one.off_m.min(radius(place, tolerance_m));
                }
            }
        }
    }
}

/// Rings around a point, and places on each.
const RINGS: usize = 4;
const ON_A_RING: usize = 16;
const AROUND: usize = RINGS * ON_A_RING;

/// The places around a point, up to a tolerance away.
fn around_it(at: Position, tolerance_m: f64) -> [Position; AROUND] {
    let [x, y] = at.on_plane();
    let mut places = [at; AROUND];
    for (number, place) in places.iter_mut().enumerate() {
        #[expect(clippy::cast_precision_loss, reason = "sixteen")]
        let angle = TAU * (number % ON_A_RING) as f64 / ON_A_RING as f64;
        let away = radius(number, tolerance_m) * at.scale();
        *place = Position::from_plane([x + away * angle.cos(), y + away * angle.sin()]);
    }
    places
}

/// How far from the point a place stands.
#[expect(clippy::cast_precision_loss, reason = "four")]
fn radius(place: usize, tolerance_m: f64) -> f64 {
    tolerance_m * (1 + place / ON_A_RING) as f64 / RINGS as f64
}
