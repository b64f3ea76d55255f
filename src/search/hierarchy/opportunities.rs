//! What is summed within the budget (*opportunities*): cells or sites, in the order of their streets.

use std::borrow::Cow;
use std::ops::Range;

use rayon::prelude::*;

use super::access::{JunctionAccess, ends_by_rank};
use super::region::Region;
use crate::search::contracted::AccessPoint;
use crate::search::csr::Csr;
use crate::search::prepared_study::PreparedStudy;

/// What is summed, in the order of the streets that they hang on.
pub(super) struct Opportunities<'a> {
    along: AlongStreets<'a>,
    /// From the junctions to each.
    access: Vec<JunctionAccess>,
    /// The streets that have any, by the rank of either end.
    streets_at: Csr<u32>,
}

/// Things in the order of the streets that they hang on.
struct AlongStreets<'a> {
    /// Which they are, by the caller's numbers.
    numbers: Cow<'a, [u32]>,
    points: Cow<'a, [AccessPoint]>,
    /// The first of each street, and the one after the last.
    of_street: Cow<'a, [[u32; 2]]>,
}

impl<'a> Opportunities<'a> {
    /// All cells, which stand in this order already. O(cells + streets).
    pub(super) fn cells(study: &'a PreparedStudy<'_>, rank: &[u32]) -> Self {
        let cells = study.cells();
        let along = AlongStreets {
            numbers: Cow::Borrowed(&*cells.cells),
            points: Cow::Borrowed(&*cells.points),
            of_street: Cow::Borrowed(cells.by_street()),
        };
        Self::new(study, rank, along)
    }

    /// All sites. O(sites + streets).
    pub(super) fn sites(study: &'a PreparedStudy<'_>, rank: &[u32]) -> Self {
        let sites = study.sites_by_street();
        let of_street: Vec<[u32; 2]> = (0_u32..)
            .take(sites.len())
            .map(|street| sites.range(street))
            .map(|sites| [sites.start, sites.end])
            .collect();
        let numbers = sites.into_values();
        // Where they hang, copied into this order: read one after the other later.
        let points: Vec<AccessPoint> = numbers
            .iter()
            .filter_map(|&site| study.sites[site as usize])
            .collect();
        let along = AlongStreets {
            numbers: numbers.into(),
            points: points.into(),
            of_street: of_street.into(),
        };
        Self::new(study, rank, along)
    }

    fn new(study: &PreparedStudy<'_>, rank: &[u32], along: AlongStreets<'a>) -> Self {
        let streets = study.streets();
        let access = along
            .points
            .par_iter()
            .map(|point| JunctionAccess::arriving(streets, rank, point))
            .collect();
        let tip = rank.len() - 1;
        let streets_at = (0_u32..)
            .zip(&*along.of_street)
            // A street without anything on it is never asked for.
            .filter(|(_, [first, end])| first < end)
            .flat_map(|(street, _)| {
                // A ring has one end only, and a dead end's tip is no junction.
                let [a, b] = ends_by_rank(streets, rank, street);
                let other = (a != b).then_some(b);
                std::iter::once(a)
                    .chain(other)
                    .map(move |end| (end, street))
            })
            .filter(|(end, _)| (*end as usize) < tip);
        Self {
            streets_at: Csr::new(tip, streets_at),
            along,
            access,
        }
    }

    /// The caller's numbers, in this order.
    pub(super) fn numbers(&self) -> &[u32] {
        &self.along.numbers
    }

    /// Where one of them hangs.
    pub(super) fn point(&self, place: usize) -> &AccessPoint {
        &self.along.points[place]
    }

    /// From the junctions to one of them.
    pub(super) fn access(&self, place: usize) -> &JunctionAccess {
        &self.access[place]
    }

    /// Those on a street.
    pub(super) fn on_street(&self, street: u32) -> Range<usize> {
        let [first, end] = self.along.of_street[street as usize];
        first as usize..end as usize
    }

    /// What hangs in a region and may be within the budget, with its weight.
    pub(super) fn in_region<N: Copy>(
        &self,
        region: &Region,
        weights: &[N],
    ) -> Vec<(JunctionAccess, N)> {
        let mut near = Vec::new();
        for &vertex in &region.vertices {
            for &street in self.streets_at.row(vertex) {
                let places = self.on_street(street);
                // A street is listed at both its ends, and taken once.
                let first_end = self.access[places.start].ends[0];
                if vertex != first_end && region.place(first_end).is_some() {
                    continue;
                }
                for place in places {
                    if let Some(access) = region.access(&self.access[place]) {
                        near.push((access, weights[place]));
                    }
                }
            }
        }
        near
    }
}
