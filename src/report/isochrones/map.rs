//! The features of `isochrones.geojson` and `isochrone_streets.geojson`.

use geojson::{Geometry, GeometryValue};

use super::row::{Row, StreetRow, colour, map_columns, street_columns, zone_names};
use crate::isochrone::{CatchmentStreet, Catchments};
use crate::plane::Position;
use crate::report::column::Columns;
use crate::report::geojson::Map;
use crate::units::TravelTime;

/// The isochrones, the longest limits of each place first.
pub(super) struct Lands<'c> {
    catchments: &'c Catchments,
    columns: Columns<Row<'c>>,
    /// The order of features.
    order: Vec<usize>,
}

impl<'c> Lands<'c> {
    pub(super) fn of(catchments: &'c Catchments) -> Self {
        let drawn = &catchments.drawn;
        let mut order: Vec<usize> = (0..drawn.len()).collect();
        // Stable: places stay in their order.
        order.sort_by_key(|&number| std::cmp::Reverse(drawn[number].limit));
        Self {
            catchments,
            columns: map_columns(),
            order,
        }
    }

    /// The rows in the order in which they were asked for.
    pub(super) fn rows_as_drawn(&self) -> impl Iterator<Item = Row<'c>> {
        let drawn = self.catchments.drawn.iter();
        drawn.map(|catchment| Row::of(self.catchments, catchment))
    }
}

impl<'c> Map for Lands<'c> {
    type Row = Row<'c>;

    fn columns(&self) -> &Columns<Self::Row> {
        &self.columns
    }

    fn len(&self) -> usize {
        self.order.len()
    }

    fn geometry(&self, place: usize) -> Option<Geometry> {
        let drawn = &self.catchments.drawn[self.order[place]];
        let polygons = drawn.isochrone.polygons();
        // Where nothing is reached there is no land, and not a land of no corners.
        (!polygons.0.is_empty()).then(|| GeometryValue::from(&polygons).into())
    }

    fn row(&self, place: usize) -> Self::Row {
        Row::of(self.catchments, &self.catchments.drawn[self.order[place]])
    }

    fn bounds(&self, place: usize) -> Option<[f64; 4]> {
        self.catchments.drawn[self.order[place]].isochrone.bounds()
    }
}

/// The stretches of street, cut at every limit.
pub(super) struct Streets<'c> {
    catchments: &'c Catchments,
    columns: Columns<StreetRow<'c>>,
    pieces: Vec<Piece>,
}

/// A part of a stretch between two limits.
struct Piece {
    street: CatchmentStreet,
    limit: TravelTime,
}

impl<'c> Streets<'c> {
    pub(super) fn of(catchments: &'c Catchments) -> Self {
        let mut limits = catchments.request.limits.clone();
        limits.sort_unstable();
        limits.dedup();
        let mut pieces = Vec::new();
        for street in &catchments.streets {
            let mut after = TravelTime::ZERO;
            for &limit in &limits {
                let within = street.stretch.within(limit);
                let part = within.and_then(|stretch| stretch.since(after));
                // A single point is no line.
                if let Some(stretch) = part.filter(|part| part.metres() > 0.0) {
                    let street = CatchmentStreet { stretch, ..*street };
                    pieces.push(Piece { street, limit });
                }
                after = limit;
            }
        }
        Self {
            catchments,
            columns: street_columns(),
            pieces,
        }
    }
}

impl<'c> Map for Streets<'c> {
    type Row = StreetRow<'c>;

    fn columns(&self) -> &Columns<Self::Row> {
        &self.columns
    }

    fn len(&self) -> usize {
        self.pieces.len()
    }

    fn geometry(&self, place: usize) -> Option<Geometry> {
        let stretch = &self.pieces[place].street.stretch;
        let network = self.catchments.study.network();
        let ends = stretch
            .offsets
            .map(|offset| network.along(stretch.edge, offset));
        let line = ends.map(in_degrees);
        Some(Geometry::new_line_string(line))
    }

    fn row(&self, place: usize) -> Self::Row {
        let Piece { street, limit } = &self.pieces[place];
        let study = &self.catchments.study;
        StreetRow {
            street: *street,
            site: street.site.map(|site| &study.sites()[site]),
            zone: zone_names(study, &self.catchments.walkers[street.walkers]),
            numeric_ids: study.sites().has_numeric_ids(),
            minutes: *limit,
            colour: colour(&self.catchments.request.limits, *limit),
        }
    }
}

/// Eight decimals, a millimetre, as polygons have them.
fn in_degrees(at: Position) -> [f64; 2] {
    [at.lon(), at.lat()].map(|degrees| (degrees * 1e8).round() / 1e8 + 0.0)
}
