//! A study as one profile walks it: streets, the cells on them, and the sites on them.

use std::sync::Arc;

use super::bounded_dijkstra::BoundedSearch;
use super::cells_on_streets::CellsOnStreets;
use super::contracted::{AccessPoint, ContractedStreets};
use super::cost_model::{CostModel, Direction};
use super::csr::Csr;
use super::prepared::PreparedStreets;
use crate::model::{Profile, Study};
use crate::snap::{Linkage, Snap};
use crate::units::TravelTime;

/// What every question to one profile's streets needs.
pub(super) struct PreparedStudy<'a> {
    pub study: &'a Study,
    pub links: &'a Linkage,
    pub cost_model: CostModel<'a>,
    /// Shared, as it may be kept longer than the sites.
    pub prepared: Arc<PreparedStreets>,
    /// Where each site hangs.
    pub sites: Vec<Option<AccessPoint>>,
    /// The sites that hang on a street, along the curve.
    pub site_order: Vec<u32>,
}

impl<'a> PreparedStudy<'a> {
    /// Contracts the streets and puts the sites on them. The cells follow with the first question
    /// about them. O(V + E + P) and O(J log J) in the J junctions, partly in parallel.
    pub(super) fn new(links: &'a Linkage, profile: &Profile, direction: Direction) -> Self {
        let study = links.study();
        let cost_model = CostModel::towards(study.network(), *profile, direction);
        let prepared = PreparedStreets::new(&cost_model, *profile);
        let sites: Vec<Option<AccessPoint>> = links
            .sites()
            .iter()
            .map(|&snap| prepared.access_point(&cost_model, snap))
            .collect();
        // Neighbours are walked from one after the other: they read the same streets.
        let site_order = along_the_curve(&prepared.streets, &sites);
        Self {
            study,
            links,
            cost_model,
            prepared: Arc::new(prepared),
            sites,
            site_order,
        }
    }

    /// The contracted streets.
    pub(super) fn streets(&self) -> &ContractedStreets {
        &self.prepared.streets
    }

    /// The cells on their streets.
    pub(super) fn cells(&self) -> &CellsOnStreets {
        self.prepared.cells(&self.cost_model, self.links.cells())
    }

    /// Where any place hangs, a site of the study or not.
    pub(super) fn access_point(&self, place: Snap) -> Option<AccessPoint> {
        self.prepared.access_point(&self.cost_model, place)
    }

    /// A walk from a site back to the cells.
    pub(super) fn search(&self, budget: TravelTime) -> BoundedSearch<'_> {
        BoundedSearch {
            streets: self.streets(),
            cells: self.cells(),
            budget: budget.ticks(),
        }
    }

    /// The sites that hang on a street, with where they hang, in their order.
    pub(super) fn hung_sites(&self) -> impl Iterator<Item = (u32, &AccessPoint)> + Clone {
        hung(&self.sites)
    }

    /// The sites by the root street that they hang on.
    pub(super) fn sites_by_street(&self) -> Csr<u32> {
        let pairs = self
            .hung_sites()
            .map(|(site, point)| (self.streets().on_root_street(point).street, site));
        Csr::new(self.streets().streets.len(), pairs)
    }
}

fn hung(sites: &[Option<AccessPoint>]) -> impl Iterator<Item = (u32, &AccessPoint)> + Clone {
    (0_u32..)
        .zip(sites)
        .filter_map(|(site, point)| Some((site, point.as_ref()?)))
}

/// The sites that hang on a street, by where that begins and ends: junctions are numbered along the curve.
fn along_the_curve(streets: &ContractedStreets, sites: &[Option<AccessPoint>]) -> Vec<u32> {
    let mut placed: Vec<([u32; 2], u32)> = hung(sites)
        .map(|(site, point)| {
            let root = streets.on_root_street(point);
            (streets.streets[root.street as usize].ordered(), site)
        })
        .collect();
    // Ties by site.
    placed.sort_unstable();
    placed.into_iter().map(|(_, site)| site).collect()
}
