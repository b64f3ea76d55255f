//! The streets of a study made ready for walks from its sites.

use std::sync::Arc;

use rayon::prelude::*;

use super::ball::{Finds, Scratch, Town};
use super::core::{Core, Spot};
use super::ground::Ground;
use super::grouped::Grouped;
use super::hierarchy::Tables;
use super::pace::Pacer;
use super::rows::{Block, Rows, by_cell};
use super::seats::Seats;
use super::{TravelTimes, Work};
use crate::ids::CellId;
use crate::model::{Profile, Study};
use crate::progress::{Progress, Stage};
use crate::snap::{Linkage, Snap};
use crate::units::TravelTime;

/// So many neighbouring sites are walked from in one go.
const SITES: usize = 32;

/// The streets of a study, its cells and its sites, made ready for many walks by one profile.
///
/// [`super::travel_times_as`] makes one and asks it once. Who asks more often, with other budgets
/// or for sites that do not exist yet, keeps it.
///
/// ```
/// use walkshed::{Silent, TravelTime, draw, search::Engine, snap};
/// let study = draw::town("A--c--B--s", 100.0, "s");
/// let links = snap::link(&study);
/// let engine = Engine::new(&study, &links, &study.walk().profile());
/// let times = engine.travel_times(TravelTime::from_minutes(15), &Silent);
/// let (site, _) = study.sites().iter().next().unwrap();
/// let near = engine.catchment(links.site(site), TravelTime::from_minutes(15));
/// assert_eq!(near, [(times.nearest(near[0].0).unwrap().time, near[0].0)].map(|(time, cell)| (cell, time)));
/// assert_eq!(engine.counts(TravelTime::from_minutes(5)), [0]);
/// ```
pub struct Engine<'a> {
    pub(super) study: &'a Study,
    links: &'a Linkage,
    pub(super) pacer: Pacer<'a>,
    pub(super) ground: Arc<Ground>,
    pub(super) sites: Vec<Option<Spot>>,
    /// The sites that hang on a street, along the curve.
    order: Vec<u32>,
    pub(super) tables: Tables,
}

impl<'a> Engine<'a> {
    /// Contracts the streets and puts the sites on them, for those who walk by this profile.
    ///
    /// The cells follow with the first question about them. O(V + E + P) and O(J log J) in the J
    /// junctions, partly in parallel.
    #[must_use]
    pub fn new(study: &'a Study, links: &'a Linkage, profile: &Profile) -> Self {
        let pacer = Pacer::new(study.network(), *profile);
        let ground = Ground::new(&pacer, *profile);
        let core = &ground.core;
        let spot = |site| core.spot(&pacer, profile, links.site(site));
        let sites: Vec<Option<Spot>> = study.sites().iter().map(|(site, _)| spot(site)).collect();
        let place = |spot: &Spot| core.streets[core.grounded(spot).street as usize].ordered();
        let placed = (0_u32..)
            .zip(&sites)
            .filter_map(|(site, spot)| Some((place(spot.as_ref()?), site)));
        let mut order: Vec<_> = placed.collect();
        order.sort_unstable();
        let order = order.into_iter().map(|(_, site)| site).collect();
        Self {
            study,
            links,
            pacer,
            ground: Arc::new(ground),
            sites,
            order,
            tables: Tables::default(),
        }
    }

    /// The streets and cells, to be kept longer than the sites.
    pub(super) fn into_ground(self) -> Arc<Ground> {
        self.ground
    }

    /// The sites by the street on the ground that they hang on.
    pub(super) fn sites_by_street(&self) -> Grouped<u32> {
        let street = |(site, spot): (u32, &Option<Spot>)| {
            Some((self.core().grounded(spot.as_ref()?).street, site))
        };
        Grouped::new(
            self.core().streets.len(),
            (0..).zip(&self.sites).filter_map(street),
        )
    }

    /// The contracted streets.
    pub(super) fn core(&self) -> &Core {
        &self.ground.core
    }

    /// The cells on their streets.
    pub(super) fn seats(&self) -> &Seats {
        self.ground.seats(&self.pacer, self.links.cells())
    }

    /// For each cell the sites within the budget: [`super::travel_times_as`].
    ///
    /// In parallel over the sites; each walk is linear in the junctions and cells within the budget.
    #[must_use]
    pub fn travel_times(&self, budget: TravelTime, progress: &dyn Progress) -> TravelTimes<'a> {
        let (rows, work) = self.rows(budget, progress);
        TravelTimes::new(self.links, budget, rows, work)
    }

    pub(super) fn rows(&self, budget: TravelTime, progress: &dyn Progress) -> (Rows, Work) {
        progress.start(Stage::Search, self.sites.len() as u64);
        // Before any thread walks: each would make them for itself.
        let seats = self.seats();
        let block = |sites| self.block(sites, budget, progress);
        let (blocks, work): (Vec<Block>, Vec<Work>) =
            self.order.par_chunks(SITES).map(block).unzip();
        progress.advance((self.sites.len() - self.order.len()) as u64);
        (
            by_cell(self.study.cells().len(), &seats.cells, &blocks),
            work.into_iter().sum(),
        )
    }

    /// For each cell how many sites are within the budget.
    ///
    /// The walks of [`Engine::travel_times`], but only their number is kept.
    #[must_use]
    pub fn counts(&self, budget: TravelTime) -> Vec<u32> {
        let seats = self.seats();
        let count = |sites: &[u32]| {
            let mut counts = vec![0_u32; seats.cells.len()];
            self.ground.with_scratch(|scratch, finds| {
                for &site in sites {
                    finds.clear();
                    self.walk_from(site, budget, scratch, finds);
                    finds
                        .list()
                        .iter()
                        .for_each(|found| counts[found.seat as usize] += 1);
                }
            });
            counts
        };
        let part = self
            .order
            .len()
            .div_ceil(rayon::current_num_threads())
            .max(SITES);
        let parts: Vec<Vec<u32>> = self.order.par_chunks(part).map(count).collect();
        let mut counts = vec![0; self.study.cells().len()];
        for (seat, &cell) in seats.cells.iter().enumerate() {
            counts[cell as usize] = parts.iter().map(|part| part[seat]).sum();
        }
        counts
    }

    /// The cells within the budget of a place, and how long they walk to it, in the order of the cells.
    ///
    /// The place need not be a site of the study; it hangs where [`crate::snap`] hangs it. Nothing is
    /// within reach of a stranded one.
    #[must_use]
    pub fn catchment(&self, place: Snap, budget: TravelTime) -> Vec<(CellId, TravelTime)> {
        let spot = self.core().spot(&self.pacer, &self.ground.profile, place);
        spot.map_or_else(Vec::new, |spot| {
            self.ground.catchment(self.seats(), &spot, budget).0
        })
    }

    /// Junctions left after contraction, and the bytes that the streets, cells and sites take.
    #[must_use]
    pub fn size(&self) -> (usize, usize) {
        let sites = size_of_val(&*self.sites) + size_of_val(&*self.order);
        (
            self.core().junctions as usize,
            self.core().bytes() + self.seats().bytes() + sites,
        )
    }

    fn town(&self) -> Town<'_> {
        Town {
            core: self.core(),
            seats: self.seats(),
        }
    }

    fn walk_from(&self, site: u32, budget: TravelTime, scratch: &mut Scratch, finds: &mut Finds) {
        if let Some(spot) = &self.sites[site as usize] {
            scratch.cells_within(self.town(), spot, budget.ticks(), finds);
        }
    }

    fn block(&self, sites: &[u32], budget: TravelTime, progress: &dyn Progress) -> (Block, Work) {
        self.ground.with_scratch(|scratch, finds| {
            finds.clear();
            scratch.work = Work::default();
            let until = |&site: &u32| {
                self.walk_from(site, budget, scratch, finds);
                (site, finds.list().len())
            };
            let sites: Vec<_> = sites.iter().map(until).collect();
            progress.advance(sites.len() as u64);
            (
                Block::new(sites, finds.list().into(), self.seats().cells.len()),
                scratch.work,
            )
        })
    }
}
