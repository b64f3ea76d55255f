//! What the tiles of one walking profile are cut out of.

use std::ops::Range;
use std::sync::Arc;

use super::tile::{Placed, Tile, numbered};
use crate::model::{Profile, Study};
use crate::progress::Progress;
use crate::search::by_group::Linkages;
use crate::search::cells_on_streets::CellsOnStreets;
use crate::search::contracted::{AccessPoint, ContractedStreets, place_in};
use crate::search::cost_model::{CostModel, Direction};
use crate::search::csr::Csr;
use crate::search::kinds::WalkerKinds;
use crate::search::prepared::PreparedStreets;
use crate::search::prepared_study::PreparedStudy;
use crate::snap::Linkage;
use crate::units::TravelTime;

/// A study as one profile walks it, to be cut into tiles.
pub(crate) struct TileSource {
    pub(super) links: Linkage,
    pub(super) budget: TravelTime,
    prepared: Arc<PreparedStreets>,
    sites: Vec<Option<AccessPoint>>,
    /// The sites that hang on a street, along the curve.
    order: Vec<u32>,
    /// The streets at each junction; those that hang on no junction are the last row.
    streets_at: Csr<u32>,
}

impl TileSource {
    /// A source for each distinct profile of a study, in the order in which profiles come up. Costs what
    /// a search costs before its first walk.
    pub(crate) fn all(study: &Study, budget: TravelTime, progress: &dyn Progress) -> Vec<Self> {
        let kinds = WalkerKinds::new(study);
        let mut linkages = Linkages::default();
        let profiles = kinds.profiles.iter();
        profiles
            .map(|profile| {
                let links = linkages.of(study, profile, progress);
                Self::new(links, profile, budget)
            })
            .collect()
    }

    fn new(links: &Linkage, profile: &Profile, budget: TravelTime) -> Self {
        let study = PreparedStudy::new(links, profile, Direction::ToPlace);
        let streets_at = streets_at(study.streets());
        Self {
            links: links.clone(),
            budget,
            streets_at,
            prepared: study.prepared,
            sites: study.sites,
            order: study.site_order,
        }
    }

    /// How many sites hang on a street: they are cut along this order.
    pub(crate) const fn sites(&self) -> usize {
        self.order.len()
    }

    /// Whether each site of the study is one of those at these places in the order.
    pub(crate) fn are_within(&self, sites: Range<usize>) -> Vec<bool> {
        let mut within = vec![false; self.sites.len()];
        for &site in &self.order[sites] {
            within[site as usize] = true;
        }
        within
    }

    /// How far walks may be, in ticks.
    pub(crate) const fn most_ticks(&self) -> u32 {
        self.budget.ticks()
    }

    /// All that decides what a search finds, in numbers, piece by piece.
    pub(crate) fn feed(&self, mut feed: impl FnMut(&[u32])) {
        let streets = &self.prepared.streets;
        let cells = self.cells();
        feed(&[self.budget.ticks(), streets.junctions]);
        for street in &streets.streets {
            feed(&street.numbers());
        }
        for dead_end in streets.dead_ends() {
            feed(&dead_end);
        }
        // The numbers of cells and sites belong to it: tiles name what they find by these.
        for (cell, point) in cells.cells.iter().zip(&cells.points) {
            feed(&[*cell]);
            feed(&point.numbers());
        }
        for &site in &self.order {
            feed(&[site]);
            if let Some(point) = &self.sites[site as usize] {
                feed(&point.numbers());
            }
        }
    }

    /// The tile of some sites, given by their places in the order. O(its size · log of it).
    pub(crate) fn tile(&self, sites: Range<usize>) -> Tile {
        let streets = &self.prepared.streets;
        let cells = self.cells();
        let sites: Vec<Placed> = self.order[sites]
            .iter()
            .filter_map(|&site| Some((site, self.sites[site as usize]?)))
            .collect();
        let own = self.own_streets(&sites);
        let kept = self.streets_within(&sites, &own);

        let placed = |(id, point): Placed| {
            let street = place_in(&kept, point.street)?;
            Some((id, point.on_street(street)))
        };
        let cells_of = |street: u32| {
            // Only beside a site does it matter in which dead end a cell stands.
            let beside_site = own.binary_search(&street).is_ok();
            cells.on_street(street).map(move |slot| {
                let point = cells.points[slot as usize];
                let point = if beside_site {
                    point
                } else {
                    streets.on_root_street(&point)
                };
                (cells.cells[slot as usize], point)
            })
        };
        let mut cells: Vec<Placed> = kept.iter().flat_map(|&street| cells_of(street)).collect();
        cells.sort_unstable_by_key(|&(cell, _)| cell);
        Tile {
            budget: self.budget.ticks(),
            streets: streets.part(&kept),
            cells: cells.into_iter().filter_map(placed).collect(),
            sites: sites.into_iter().filter_map(placed).collect(),
        }
    }

    /// The root streets of some sites, ascending.
    fn own_streets(&self, sites: &[Placed]) -> Vec<u32> {
        let streets = &self.prepared.streets;
        let roots = sites
            .iter()
            .map(|(_, point)| streets.on_root_street(point).street);
        ascending(roots.collect())
    }

    /// The streets that matter to walks from some sites, ascending.
    fn streets_within(&self, sites: &[Placed], own: &[u32]) -> Vec<u32> {
        let streets = &self.prepared.streets;
        let cells = self.cells();
        let reached = self.junctions_within(sites);
        let is_reached = |end: &u32| reached.binary_search(end).is_ok();
        let mut kept: Vec<u32> = own.to_vec();
        for &junction in &reached {
            for &street in self.streets_at.row(junction) {
                let [first, second] = streets.streets[street as usize].ends;
                // A street counts for its cells, or where walks within the budget lead through it.
                let has_cells = !cells.on_street(street).is_empty();
                let leads_on = first != second && is_reached(&first) && is_reached(&second);
                if has_cells || leads_on {
                    kept.push(street);
                }
            }
        }
        // The dead ends in which these sites, and the cells beside them, stand.
        let beside = own.iter().flat_map(|&street| cells.on_street(street));
        let beside = beside.map(|slot| cells.points[slot as usize]);
        for point in sites.iter().map(|&(_, point)| point).chain(beside) {
            let mut street = Some(point.street);
            while let Some(number) = street {
                kept.push(number);
                street = streets.hangs_on(number);
            }
        }
        ascending(kept)
    }

    /// The junctions within the budget of any of these sites, ascending.
    fn junctions_within(&self, sites: &[Placed]) -> Vec<u32> {
        let streets = &self.prepared.streets;
        let seeds = sites
            .iter()
            .flat_map(|(_, point)| streets.junctions_to(streets.on_root_street(point)));
        self.prepared.with_scratch(|scratch| {
            scratch.walk(&streets.inward, seeds, self.budget.ticks());
            ascending(scratch.reached().map(|(junction, _)| junction).collect())
        })
    }

    fn cells(&self) -> &CellsOnStreets {
        let network = self.links.study().network();
        let cost_model = CostModel::towards(network, self.prepared.profile, Direction::ToPlace);
        self.prepared.cells(&cost_model, self.links.cells())
    }
}

fn streets_at(streets: &ContractedStreets) -> Csr<u32> {
    let ends = numbered(&streets.streets).flat_map(|(number, street)| {
        let [begin, end] = street.ordered();
        let second = (begin != end).then_some((end, number));
        [Some((begin, number)), second].into_iter().flatten()
    });
    let ends: Vec<(u32, u32)> = ends.collect();
    Csr::new(streets.junctions as usize + 1, ends.into_iter())
}

fn ascending(mut list: Vec<u32>) -> Vec<u32> {
    list.sort_unstable();
    list.dedup();
    list
}
