//! Bounds of coverage by the size of cells: how it could be, wherever in their cells people live.
//!
//! A cell stands at one place, and one walk from there judges all who live in it. Of a cell no larger
//! than a block that is near enough. Of the area of a village it is not: a site beside the cell's place
//! covers everybody in it, and one at its edge nobody. So a cell that is wider or higher than
//! [`LARGE_M`](crate::model::LARGE_M) is asked again at places all over its area, a hundred metres
//! apart.
//!
//! **Lower bound.** All people of a cell are covered when those at every place of it are, its own
//! included; else perhaps nobody is.
//!
//! **Upper bound.** When those at some place of it are covered, perhaps everybody is.
//!
//! Places that no street is near enough to are left out, for nobody is taken to live there; a cell's
//! own place is not. What lies beyond the study's boundary is bounded along with it
//! ([`border_bounds`](super::border_bounds())): of each place, and so of the cell.
//!
//! The bounds are those of the places, not of every door between two of them: good to the grain of
//! a hundred metres. For very large areas the grain is coarser, so that there are at most some
//! 200,000 places, and no more pairs of place and site than the study's memory holds.
//!
//! Worked example: 3,000 people live in a square of 3 by 3 km with a site in its middle. By its own place
//! all of them are covered; from a corner one walks 2 km or more. So coverage is at least 0 % and at
//! most 100 %, and only cells that are smaller can tell more.

use super::border_bounds::{Bounds, CellBounds, UnitBounds, of_parties, units_of};
use super::coverage::{Coverage, coverage_of};
use super::tree_sums::TreeSums;
use super::verdict::VerdictKind;
use crate::ids::CellId;
use crate::model::{Spread, Study, spread};
use crate::progress::Progress;
use crate::search::{TooManyPairs, Walks, try_walks};
use crate::units::People;

/// Places stand no more than so many times farther apart than they need be.
const COARSEST: f64 = 64.0;

/// What coverage could be, wherever in their cells people live.
#[derive(Debug, Clone, PartialEq)]
pub struct SizeBounds {
    /// The large cells, in order.
    pub large: Vec<CellId>,
    /// The people who live in them.
    pub people: People,
    /// The bounds over all cells. Flagged are those whose answer could change.
    pub total: Bounds,
    /// The bounds by unit, sub-units included, in the order of [`Coverage::by_unit`].
    pub units: Vec<UnitBounds>,
}

/// The bounds of a coverage; none where no cell is large, or nothing is asked.
///
/// Costs what the walks and the coverage of a study cost that has a cell for each place.
///
/// ```
/// use walkshed::{Options, Silent, draw, score};
/// let study = draw::town("A-a--s-B", 100.0, "s");
/// let now = walkshed::run(&study, &Options::default())?.coverage;
/// // Drawn cells are points, and so none of them is large.
/// assert_eq!(score::size_bounds(&now, &Silent)?, None);
/// # Ok::<(), walkshed::search::TooManyPairs>(())
/// ```
///
/// # Errors
/// When more places and sites lie within the search of each other than the study's memory holds.
pub fn size_bounds(
    coverage: &Coverage,
    progress: &dyn Progress,
) -> Result<Option<SizeBounds>, TooManyPairs> {
    let study = coverage.study();
    if coverage.items().is_empty() {
        return Ok(None);
    }
    let Some((places, walks)) = walks_at_places(study, progress)? else {
        return Ok(None);
    };
    // Each place is judged as a cell of its own, with all parties of the coverage.
    let at_places = coverage_of(&walks, coverage.target(), coverage.setting());
    let bounds = of_parties(&at_places, study.boundary());
    // From places back to the cells in which they lie.
    let bounds: Vec<Vec<CellBounds>> = bounds
        .iter()
        .enumerate()
        .map(|(party, bounds)| by_cell(&at_places, &places.of, (party, bounds)))
        .collect();
    let mut sums = TreeSums::new(study.units(), Bounds::default());
    for (question, bounds) in coverage.parties.all().iter().zip(&bounds) {
        for (&bounds, (id, cell)) in bounds.iter().zip(study.cells().iter()) {
            // The people of the cell itself: each of its places stands for all of them.
            let people = question.number(id);
            sums.change(study.units(), cell.unit, |sum| {
                sum.add_people(people, bounds);
            });
        }
    }
    Ok(Some(SizeBounds {
        large: study.cells().large().collect(),
        people: study.cells().people_in_large(),
        total: sums.total,
        units: units_of(coverage, &sums),
    }))
}

/// The places of a study's large cells and the walks from them: as many as the memory has room for.
fn walks_at_places(
    study: &Study,
    progress: &dyn Progress,
) -> Result<Option<(Spread, Walks)>, TooManyPairs> {
    let budget = study.target().search;
    let mut coarser = 1.0;
    while let Some(places) = spread(study, coarser) {
        match try_walks(&places.study, budget, progress) {
            Ok(walks) => return Ok(Some((places, walks))),
            // A run that has room for its cells is not to fail for their bounds: a quarter of the
            // places will do, until it is the cells alone that are too many.
            Err(_) if coarser < COARSEST => coarser *= 2.0,
            Err(too_many) => return Err(too_many),
        }
    }
    Ok(None)
}

/// What the places of each cell mean for it: they stand together, its own first. O(places).
fn by_cell(
    at_places: &Coverage,
    of: &[CellId],
    (party, bounds): (usize, &[CellBounds]),
) -> Vec<CellBounds> {
    let mut cells: Vec<CellBounds> = Vec::new();
    for (place, (&cell, &bounds)) in of.iter().zip(bounds).enumerate() {
        let Some(known) = cells.get_mut(cell.index()) else {
            // The cell's own place.
            cells.push(bounds);
            continue;
        };
        let result = at_places.results(CellId::new(place))[party];
        if result.verdict == VerdictKind::Stranded {
            continue;
        }
        // At best as at the best of the places, at worst as at the worst.
        known.flagged |= bounds.flagged || bounds.covered != known.covered;
        known.unsure |= bounds.unsure || !bounds.covered;
    }
    cells
}

#[cfg(test)]
mod tests {
    use geo_types::{MultiPolygon, Rect};

    use super::*;
    use crate::draw;
    use crate::model::{
        Boundary, Catalogue, Group, Memory, Outline, Site, Sites, Study, StudyParts,
    };
    use crate::plane::Position;
    use crate::progress::Silent;
    use crate::search::walks;

    /// Cells of 1, 2 and 4 people; `b` is a rectangle of so many metres, from west to east and from
    /// south to north of where it stands. A site is in the middle of the street.
    fn town(west: f64, east: f64, change: impl FnOnce(&mut StudyParts)) -> Study {
        let study = draw::town("A-a----------s----b---------c-C", 100.0, "s");
        let cell = study.cells().as_slice()[1].at.expect("placed");
        study
            .with(|parts| {
                let at = |metres: f64| metres / 111_319.5;
                let low = (cell.lon() - at(west), cell.lat() - at(30.0));
                let high = (cell.lon() + at(east), cell.lat() + at(30.0));
                let outline = Outline::new(&MultiPolygon::from(Rect::new(low, high).to_polygon()));
                let cells = std::mem::take(&mut parts.cells);
                parts.cells = cells.with_outlines(vec![None, outline, None]);
                change(parts);
            })
            .expect("still a study")
    }

    fn bounds(study: &Study) -> Option<[u64; 3]> {
        let walks = walks(study, study.target().search, &Silent);
        let now = crate::score::coverage(&walks);
        let bounds = size_bounds(&now, &Silent).expect("few places")?;
        let total = bounds.total;
        assert_eq!(total.people, now.total().people());
        assert_eq!(total.covered, now.total().covered());
        assert!(total.lower <= total.covered && total.covered <= total.upper);
        let whole = |people: People| people.millionths() / 1_000_000;
        Some([total.lower, total.covered, total.upper].map(whole))
    }

    #[test]
    fn a_small_cell_has_no_bounds_and_a_large_one_those_of_its_places() {
        // a and c are 1,200 and 1,500 m away; b is 500 m away, and 1,000 m are walked.
        assert_eq!(bounds(&town(100.0, 100.0, |_| {})), None);
        assert_eq!(
            bounds(&town(200.0, 200.0, |_| {})),
            Some([2, 2, 2]),
            "all of it is near"
        );
        assert_eq!(
            bounds(&town(200.0, 700.0, |_| {})),
            Some([0, 2, 2]),
            "not its east"
        );
    }

    #[test]
    fn a_cell_whose_place_is_too_far_may_reach_near_enough() {
        // Within 10 minutes 667 m are walked; from 500 m on it is covered, and at 800 m it is not.
        let far = |parts: &mut StudyParts| {
            parts.target = crate::model::Target::minutes(5);
        };
        assert_eq!(bounds(&town(400.0, 100.0, far)), Some([0, 0, 2]));
        assert_eq!(bounds(&town(100.0, 400.0, far)), Some([0, 0, 0]));
    }

    #[test]
    fn groups_are_bounded_by_their_own_numbers() {
        let grouped = |parts: &mut StudyParts| {
            let old = [1, 1, 0].map(People::whole);
            let others = [0, 1, 4].map(People::whole);
            let slow = Group {
                speed: crate::units::Speed::from_kmh(1.0),
                ..Group::plain("old", old.into())
            };
            parts.groups = vec![slow, Group::plain("others", others.into())];
        };
        // The old ones walk 250 m: nowhere near. The other one of b does at its west, not at its east.
        assert_eq!(bounds(&town(200.0, 700.0, grouped)), Some([0, 1, 1]));
    }

    #[test]
    fn the_border_counts_along() {
        let bordered = |parts: &mut StudyParts| {
            let at = |east: f64, north: f64| Position::new(east, north).expect("on the globe");
            let ring = vec![at(-1.0, -1.0), at(0.03, -1.0), at(0.03, 1.0), at(-1.0, 1.0)];
            parts.boundary = Boundary::new(vec![vec![ring]]);
        };
        // The boundary runs 0.03° or 3,340 m east of A: c, at 2,800 m, could be served from beyond.
        let [lower, covered, upper] = bounds(&town(200.0, 200.0, bordered)).expect("large");
        assert_eq!((lower, covered, upper), (2, 2, 6));
    }

    #[test]
    fn bounds_make_do_with_the_memory_there_is() {
        let many = |parts: &mut StudyParts| {
            let site = parts.sites[crate::ids::SiteId::new(0)].clone();
            let sites = (0..8_000).map(|number| Site::at(&number.to_string(), site.at));
            parts.sites = sites.collect::<Sites>();
            parts.catalogue = Catalogue::implicit(8_000);
            parts.memory = Memory::of_mb(1);
        };
        // A row of a hundred places, some of them near 8,000 sites.
        let study = town(5_000.0, 5_000.0, many);
        let all = spread(&study, 1.0).expect("large").study;
        assert!(
            try_walks(&all, study.target().search, &Silent).is_err(),
            "too many pairs"
        );
        assert_eq!(bounds(&study), Some([0, 2, 2]));
    }
}
