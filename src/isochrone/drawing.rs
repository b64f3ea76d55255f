//! How land is drawn, and for whom.

use crate::model::{Profile, Study};
use crate::search::Direction;

/// Who walks in which direction, and how land is drawn.
///
/// ```
/// use walkshed::{draw, isochrone::Drawing};
/// let study = draw::town("A--a-s--B", 100.0, "s");
/// let finer = Drawing { tolerance_m: 0.5, ..Drawing::of(&study) };
/// assert_eq!((finer.reach_m, Drawing::of(&study).tolerance_m), (Drawing::REACH_M, Drawing::TOLERANCE_M));
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Drawing {
    /// Who walks.
    pub profile: Profile,
    /// To the place or from it.
    pub direction: Direction,
    /// No place farther from its street is drawn, in metres; from 1 to 5,000.
    pub reach_m: f64,
    /// How far a border may be off, in metres; from 0.1 to 20. Streets are drawn in
    /// O(1 / √tolerance) points, what barriers hide in O(1 / tolerance²).
    pub tolerance_m: f64,
}

impl Drawing {
    /// The usual reach, where points hang on streets farther off: 100 m.
    pub const REACH_M: f64 = 100.0;
    /// The longest reach: 5 km.
    pub const MOST_REACH_M: f64 = 5000.0;
    /// The usual tolerance: 1 m.
    pub const TOLERANCE_M: f64 = 1.0;

    /// How a study's people walk to a place: its own profile, the reach of its points but at most
    /// 100 m, a tolerance of 1 m.
    #[must_use]
    pub fn of(study: &Study) -> Self {
        Self {
            profile: study.walk().profile(),
            direction: Direction::ToPlace,
            reach_m: study.walk().max_snap_m.min(Self::REACH_M),
            tolerance_m: Self::TOLERANCE_M,
        }
    }

    /// The same with reach and tolerance in their bounds: the nearest number there, or the usual one for
    /// what is no number.
    #[must_use]
    pub(super) fn in_bounds(&self) -> Self {
        let or_usual = |metres: f64, usual: f64| if metres.is_nan() { usual } else { metres };
        Self {
            reach_m: or_usual(self.reach_m, Self::REACH_M).clamp(1.0, Self::MOST_REACH_M),
            tolerance_m: or_usual(self.tolerance_m, Self::TOLERANCE_M).clamp(0.1, 20.0),
            ..*self
        }
    }
}

/// What is drawn around reached streets.
///
/// ```
/// use walkshed::isochrone::{Outline, Request, isochrones};
/// use walkshed::{Silent, draw};
/// let study = draw::town("A----s----B", 100.0, "s");
/// let hectares = |outline| {
///     let request = Request { outline, ..Request::of(&study) };
///     (isochrones(&study, &request, &Silent).drawn[0].isochrone.area_km2() * 100.0).round()
/// };
/// // A strip of 2 · 25 m along the 1,000 m of street, or all land up to 100 m off it.
/// assert!(hectares(Outline::Streets { width_m: 25.0 }) < hectares(Outline::Exact));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub enum Outline {
    /// The places from which somebody gets there in time: what points and cells are judged by.
    #[default]
    Exact,
    /// A strip along the reached streets, so many metres to either side, whatever else lies in it.
    Streets {
        /// Half the width of the strip in metres.
        width_m: f64,
    },
}
