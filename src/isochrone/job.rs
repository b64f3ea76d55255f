//! The drawing for people who walk alike.

use rayon::prelude::*;

use super::envelope::Envelope;
use super::inside::{Inside, Walk};
use super::isochrones::{Isochrone, Isochrones};
use super::joining::{apart, joined};
use super::request::{Join, Request};
use super::sources::Sources;
use super::walkers::Walkers;
use crate::ids::SiteId;
use crate::progress::{Progress, Silent};
use crate::search::{Engine, Stretch};
use crate::snap::{Snap, link_as};
use crate::units::TravelTime;

/// So many places are drawn before their land is joined, so that memory does not grow with them.
const BATCH: usize = 256;
/// So many stretches are drawn before their land is joined with that of others.
const STRETCHES: usize = 512;

/// So many drawings are one piece of work for a thread. They take milliseconds, and those of a town many times
/// those of a village: in longer runs the last thread would have a whole town to itself.
const AT_ONCE: usize = 1;

/// The drawing for people who walk alike.
pub(super) struct Job<'a> {
    pub request: &'a Request,
    pub progress: &'a dyn Progress,
    pub sources: &'a Sources,
    pub walkers: &'a Walkers,
    pub isochrones: &'a Isochrones<'a>,
    /// By source where it hangs.
    pub places: &'a [Snap],
}

/// What one site draws, or several together.
#[derive(Default)]
pub(super) struct Drawn {
    pub site: Option<SiteId>,
    /// By limit the land.
    pub bands: Vec<Isochrone>,
    /// What is reached within the longest limit.
    pub stretches: Vec<Stretch>,
}

impl Job<'_> {
    /// What is drawn, site by site where they are not merged.
    pub(super) fn drawn(&self) -> Vec<Drawn> {
        match self.request.join {
            Join::Each => self.each(),
            Join::Merged => vec![self.merged()],
            Join::Nearest => self.nearest(),
        }
    }

    /// The walks of those who are inside.
    pub(super) fn walks(&self) -> Vec<Walk> {
        let study = self.walkers.study();
        let profile = &self.walkers.profile;
        // Cells hang as in a coverage, so that the numbers of people are the same.
        let links = link_as(study, &profile.rules, &Silent);
        let inside = Inside {
            engine: &Engine::directed(&links, profile, self.request.direction),
            places: self.places,
            sources: self.sources,
            join: self.request.join,
            budget: self.request.longest(),
            counts: &|cell| self.walkers.live_in(cell),
            serves: &|group, site, cell| self.sources.serves(group, site, cell),
        };
        inside.walks(study.cells().len())
    }

    /// Site by site the land and the streets, in parallel; where others are nearer does not count.
    fn each(&self) -> Vec<Drawn> {
        let sites = self.sources.by_site();
        let one = |sources: &Vec<usize>| {
            // One that closes meanwhile and opens again has several sources.
            let drawn: Vec<Drawn> = sources.iter().map(|&source| self.source(source)).collect();
            let bands: Vec<Vec<Isochrone>> =
                drawn.iter().map(|drawn| drawn.bands.clone()).collect();
            Drawn {
                site: self.sources.list[sources[0]].site,
                bands: joined(&self.nothing(), &bands),
                stretches: drawn
                    .into_iter()
                    .flat_map(|drawn| drawn.stretches)
                    .collect(),
            }
        };
        sites.par_iter().with_max_len(AT_ONCE).map(one).collect()
    }

    /// What one source draws while it is open.
    fn source(&self, number: usize) -> Drawn {
        let stretches = self.reached(number);
        let bands = self.bands(number, &stretches);
        self.progress.advance(1);
        Drawn {
            site: self.sources.list[number].site,
            bands,
            stretches: self.opened(number, stretches),
        }
    }

    /// What is reached within the longest limit and before a source closes.
    fn reached(&self, number: usize) -> Vec<Stretch> {
        let window = self.sources.list[number].window;
        let budget = self.request.longest().min(window.to);
        self.isochrones
            .reached(self.places[number], budget)
            .stretches
    }

    /// What of it is reached after the source has opened.
    fn opened(&self, number: usize, stretches: Vec<Stretch>) -> Vec<Stretch> {
        let from = self.sources.list[number].window.from;
        let stretches = stretches.into_iter();
        stretches
            .filter_map(|stretch| stretch.since(from))
            .collect()
    }

    /// By limit the land around stretches that are reached from a source, as long as it is open.
    fn bands(&self, number: usize, stretches: &[Stretch]) -> Vec<Isochrone> {
        let window = self.sources.list[number].window;
        let limits = self.request.limits.iter();
        let until: Vec<TravelTime> = limits.map(|limit| (*limit).min(window.to)).collect();
        let outline = self.request.outline;
        let bands = self.isochrones.drawn(stretches, &until, outline);
        let Some(before) = window.from.ticks().checked_sub(1) else {
            return bands;
        };
        // Whoever is there sooner finds it closed. The gap is walked too, so land is cut, not streets.
        let too_soon = [TravelTime::from_ticks(before)];
        let too_soon = self.isochrones.drawn(stretches, &too_soon, outline);
        bands.iter().map(|band| band.without(&too_soon)).collect()
    }

    /// Where each step is done at some source.
    fn merged(&self) -> Drawn {
        let mut all: Option<Vec<Isochrone>> = None;
        let mut nearest = Envelope::default();
        // A walk may lead to one site for some steps and to another for the rest: the land is
        // what all groups have in common.
        for group in 0..self.sources.groups() {
            let land = self.together(&self.sources.doing(group), &mut nearest);
            all = Some(match all {
                None => land,
                Some(before) => before
                    .iter()
                    .zip(&land)
                    .map(|(one, other)| one.common(other))
                    .collect(),
            });
        }
        Drawn {
            site: None,
            bands: all.unwrap_or_else(|| self.nothing()),
            stretches: nearest.stretches().map(|owned| owned.stretch).collect(),
        }
    }

    /// Where any of some sources is reached.
    ///
    /// Of those that are open however long one walks only the nearest is drawn on each street.
    fn together(&self, numbers: &[usize], nearest: &mut Envelope) -> Vec<Isochrone> {
        let mut always = Envelope::default();
        let mut land = self.nothing();
        self.in_batches(numbers, |batch, reached| {
            for (&number, stretches) in batch.iter().zip(&reached) {
                // What others reach later lies within its land: one envelope for all of them.
                if self.is_always_open(number) {
                    always.add(owner(number), stretches);
                }
            }
            // One that closes is not left out for a nearer one, which may be closed meanwhile.
            let at_times = batch.par_iter().with_max_len(AT_ONCE).zip(&reached);
            let at_times: Vec<Vec<Isochrone>> = at_times
                .filter(|(number, _)| !self.is_always_open(**number))
                .map(|(&number, stretches)| self.bands(number, stretches))
                .collect();
            land = joined(&land, &at_times);
            for (&number, stretches) in batch.iter().zip(reached) {
                nearest.add(owner(number), &self.opened(number, stretches));
            }
        });
        self.progress.advance(numbers.len() as u64);
        // What is always open is drawn last, from the streets of the nearest alone.
        let stretches: Vec<Stretch> = always.stretches().map(|owned| owned.stretch).collect();
        let Request {
            limits, outline, ..
        } = self.request;
        let parts: Vec<Vec<Isochrone>> = stretches
            .par_chunks(STRETCHES)
            .with_max_len(AT_ONCE)
            .map(|some| self.isochrones.drawn(some, limits, *outline))
            .collect();
        joined(&land, &parts)
    }

    /// Whether a source is open after a walk of any limit.
    fn is_always_open(&self, number: usize) -> bool {
        let window = self.sources.list[number].window;
        window.from == TravelTime::ZERO && window.to >= self.request.longest()
    }

    /// The land of each site from which no other one is nearer.
    fn nearest(&self) -> Vec<Drawn> {
        let sites = self.sources.by_site();
        let numbers: Vec<usize> = sites.iter().flatten().copied().collect();
        let mut nearest = Envelope::default();
        self.in_batches(&numbers, |batch, reached| {
            for (&number, stretches) in batch.iter().zip(reached) {
                nearest.add(owner(number), &self.opened(number, stretches));
            }
        });
        let mut owned: Vec<Vec<Stretch>> = vec![Vec::new(); self.sources.list.len()];
        // Whose a street is stands fast only now that all sites are put in.
        for stretch in nearest.stretches() {
            owned[stretch.owner as usize].push(stretch.stretch);
        }
        let land = |sources: &Vec<usize>| {
            let each = sources.iter();
            let each: Vec<Vec<Isochrone>> = each
                .map(|&source| self.bands(source, &owned[source]))
                .collect();
            self.progress.advance(sources.len() as u64);
            joined(&self.nothing(), &each)
        };
        let lands = sites.par_iter().with_max_len(AT_ONCE).map(land);
        let lands: Vec<Vec<Isochrone>> = lands.collect();
        // Between the streets the lands of neighbours still overlap.
        let lands = apart(lands, &self.request.limits);
        let drawn = sites.iter().zip(lands);
        drawn
            .map(|(sources, bands)| Drawn {
                site: self.sources.list[sources[0]].site,
                bands,
                stretches: sources
                    .iter()
                    .flat_map(|&source| owned[source].clone())
                    .collect(),
            })
            .collect()
    }

    /// Goes through some sources, a batch at a time, with what is reached from each.
    fn in_batches(&self, numbers: &[usize], mut each: impl FnMut(&[usize], Vec<Vec<Stretch>>)) {
        for batch in numbers.chunks(BATCH) {
            let reached = batch.par_iter().map(|&number| self.reached(number));
            each(batch, reached.collect());
        }
    }

    /// No land within any limit.
    fn nothing(&self) -> Vec<Isochrone> {
        vec![Isochrone::default(); self.request.limits.len()]
    }
}

fn owner(number: usize) -> u32 {
    u32::try_from(number).expect("ids of sites are 32-bit")
}
