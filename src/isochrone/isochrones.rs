//! The streets of a study made ready for the isochrones of many places.

use geo_types::MultiPolygon;

use super::area::Area;
use super::blocks::Blocks;
use super::catchment::Painter;
use super::drawing::{Drawing, Outline};
use super::voronoi::{Fineness, Voronoi};
use crate::model::Study;
use crate::plane::Position;
use crate::search::{ReachedStreets, StreetSearch, Stretch};
use crate::snap::{Snap, StreetIndex};
use crate::units::TravelTime;

/// The streets of a study made ready for the isochrones of many places.
///
/// ```
/// use walkshed::isochrone::{Drawing, Isochrones};
/// use walkshed::{TravelTime, draw};
/// // A street with a site in its middle; one character is 100 m, 5 minutes are 333 m.
/// let study = draw::town("A--------s--------B", 100.0, "s");
/// let isochrones = Isochrones::new(&study, &Drawing::of(&study));
/// let site = study.sites().find("s").unwrap();
/// let streets = isochrones.reached(isochrones.snap(study.sites()[site].at), TravelTime::from_minutes(15));
/// let bands = isochrones.bands(&streets, &[5, 15].map(TravelTime::from_minutes));
/// // Up to 100 m off the street. After 5 minutes pointed where the time runs out:
/// // 2 · 100 m · (2 · 333 m − 100 m). After 15 all of its 1,800 m, and a half circle at either end.
/// let hectares = bands.iter().map(|band| (band.area_km2() * 100.0).round());
/// assert_eq!(hectares.collect::<Vec<_>>(), [11.0, 39.0]);
/// ```
pub struct Isochrones<'a> {
    search: StreetSearch<'a>,
    voronoi: Voronoi<'a>,
    blocks: Blocks,
    max_snap_m: f64,
}

/// The places from which a place is reached within a limit.
///
/// ```
/// use walkshed::isochrone::{Request, isochrones};
/// use walkshed::{Silent, draw};
/// let study = draw::town("A-s--------------------t-B", 100.0, "st");
/// let drawn = isochrones(&study, &Request::of(&study), &Silent).drawn;
/// let [of_s, of_t] = [&drawn[0].isochrone, &drawn[1].isochrone];
/// // 2,100 m apart, 1,000 m each: nothing lies in both.
/// assert!(of_s.common(of_t).is_empty());
/// assert_eq!(of_s.with([of_t]).polygons().0.len(), 2);
/// ```
#[derive(Debug, Clone, Default)]
pub struct Isochrone {
    area: Area,
}

impl<'a> Isochrones<'a> {
    /// Makes the streets ready. O(V + E log E), and where there are barriers
    /// O(hidden land / tolerance²), partly in parallel.
    #[must_use]
    pub fn new(study: &'a Study, drawing: &Drawing) -> Self {
        let index = StreetIndex::open_to(
            &drawing.profile.rules,
            study.network(),
            study.barriers(),
            study.walk().min_component,
        )
        .with_islands(study.walk().islands);
        // What was asked for, within what can be drawn.
        let drawing = drawing.in_bounds();
        let fineness = Fineness {
            reach_m: drawing.reach_m,
            tolerance_m: drawing.tolerance_m,
        };
        let blocks = Blocks::new(index.pieces(), study.network().edges().len());
        Self {
            search: StreetSearch::new(study.network(), &drawing.profile, drawing.direction),
            blocks,
            voronoi: Voronoi::new(study.network(), index, fineness),
            max_snap_m: study.walk().max_snap_m,
        }
    }

    /// Where a place hangs.
    #[must_use]
    pub fn snap(&self, at: Position) -> Snap {
        self.voronoi.index().snap(at, self.max_snap_m)
    }

    /// The stretches of street within a budget of a place: [`StreetSearch::reached`].
    #[must_use]
    pub fn reached(&self, place: Snap, budget: TravelTime) -> ReachedStreets {
        self.search.reached(place, budget)
    }

    /// The land within each of some limits of the place that these streets were reached from, in their
    /// order. A longer limit holds all that a shorter one holds.
    #[must_use]
    pub fn bands(&self, streets: &ReachedStreets, limits: &[TravelTime]) -> Vec<Isochrone> {
        self.drawn(&streets.stretches, limits, Outline::Exact)
    }

    /// What is drawn within each of some limits around stretches of street.
    pub(super) fn drawn(
        &self,
        stretches: &[Stretch],
        limits: &[TravelTime],
        outline: Outline,
    ) -> Vec<Isochrone> {
        let painter = Painter {
            network: self.search.network(),
            voronoi: &self.voronoi,
            blocks: &self.blocks,
            speed: self.search.profile().speed,
        };
        // The shortest limit first: each land is made to hold the one before it.
        let mut order: Vec<usize> = (0..limits.len()).collect();
        order.sort_by_key(|&band| limits[band]);
        let mut bands = vec![Isochrone::default(); limits.len()];
        let mut smaller: Option<usize> = None;
        for band in order {
            let mut area = painter.area(stretches, limits[band], outline);
            if let Some(smaller) = smaller {
                area = area.holding(&bands[smaller].area);
            }
            bands[band] = Isochrone { area };
            smaller = Some(band);
        }
        bands
    }
}

impl Isochrone {
    /// Valid polygons in degrees on WGS 84, outer rings counter-clockwise, holes clockwise; none where
    /// nothing is reached.
    #[must_use]
    pub fn polygons(&self) -> MultiPolygon {
        self.area.polygons()
    }

    /// The least longitude and latitude, and the most; none where nothing is reached.
    #[must_use]
    pub fn bounds(&self) -> Option<[f64; 4]> {
        self.area.degrees()
    }

    /// Its geodesic area in square kilometres.
    #[must_use]
    pub fn area_km2(&self) -> f64 {
        self.area.square_metres() / 1e6
    }

    /// Whether nothing is reached.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.area.is_empty()
    }

    /// What lies in this or in any of the others.
    ///
    /// # Panics
    /// When two of them lie more than 20° apart.
    #[must_use]
    pub fn with<'i>(&self, others: impl IntoIterator<Item = &'i Self>) -> Self {
        let others = others.into_iter().map(|other| &other.area);
        let area = self.area.with(others);
        Self { area }
    }

    /// What lies in this and in none of the others.
    ///
    /// # Panics
    /// When two of them lie more than 20° apart.
    #[must_use]
    pub fn without<'i>(&self, others: impl IntoIterator<Item = &'i Self>) -> Self {
        let others = others.into_iter().map(|other| &other.area);
        let area = self.area.without(others);
        Self { area }
    }

    /// Whether the boxes around both meet: else nothing lies in both.
    pub(super) fn is_near(&self, other: &Self) -> bool {
        self.area.is_near(&other.area)
    }

    /// What lies in both.
    ///
    /// # Panics
    /// When they lie more than 20° apart.
    #[must_use]
    pub fn common(&self, other: &Self) -> Self {
        let area = self.area.within(&other.area);
        Self { area }
    }
}
