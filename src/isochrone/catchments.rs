//! The isochrones of a study: for each place, each limit, and people who walk alike.

use rayon::prelude::*;

use super::drawing::Drawing;
use super::envelope::Envelope;
use super::inside::{Inside, Walk, counted};
use super::isochrones::{Isochrone, Isochrones};
use super::request::{Join, Request};
use super::sources::Sources;
use super::walkers::Walkers;
use crate::ids::{SiteId, ZoneId};
use crate::model::{Study, Who};
use crate::progress::{Progress, Silent, Stage};
use crate::search::{Engine, Stretch};
use crate::snap::{Snap, link_as};
use crate::units::{People, TravelTime};

/// The land from which a place is reached within one limit, and who lives there.
#[derive(Debug, Clone)]
pub struct Catchment {
    /// The site; none where several are merged, or the place is no site.
    pub site: Option<SiteId>,
    /// Of which zones the people are that walk so: none for those outside of all zones. Empty where all
    /// walk alike.
    pub zones: Vec<Option<ZoneId>>,
    /// The limit, inclusive.
    pub limit: TravelTime,
    /// The land.
    pub isochrone: Isochrone,
    /// How many people, or of the group that was asked about, are within the limit by the results for
    /// cells: with gaps up to those that cells may have, though land is drawn up to its own reach.
    pub people: People,
    /// How many firms; none where the study says of none, or a group was asked about.
    pub firms: Option<People>,
}

/// A stretch of street that is reached within the longest limit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CatchmentStreet {
    /// The site; none where several are merged, or the place is no site.
    pub site: Option<SiteId>,
    /// The number among the [`Catchments::walkers`] of those who walk so.
    pub walkers: usize,
    /// The stretch, and the times at its ends.
    pub stretch: Stretch,
}

/// All isochrones of a request.
#[derive(Debug, Clone)]
pub struct Catchments {
    /// The study.
    pub study: Study,
    /// What was asked.
    pub request: Request,
    /// By people who walk alike, by site in their order, by limit in the order asked.
    pub drawn: Vec<Catchment>,
    /// By people who walk alike, by site, by piece of street.
    pub streets: Vec<CatchmentStreet>,
    /// The zones of those who walk alike.
    pub walkers: Vec<Vec<Option<ZoneId>>>,
    /// How many places counted: open on arrival, and doing what is asked.
    pub places: usize,
    /// How many of these hang on no street that is open to all who walk there: to those to whom none is,
    /// nothing is drawn.
    pub stranded: usize,
    /// Whether some sites serve the people of their own unit alone: people are counted so, and the land
    /// is drawn as if they served everybody.
    pub own_unit: bool,
}

/// The isochrones of a study's sites, or of any place.
///
/// Sites that do not exist on the target's day, that are closed to whoever sets out at the moment of
/// leaving, or that do not do the item, draw nothing. In parallel over the places; the result does not
/// depend on the number of threads. A place takes O(n log n) in the streets within its limit, and what it
/// takes is given back when it is drawn.
///
/// ```
/// use walkshed::isochrone::{Join, Request, isochrones};
/// use walkshed::{People, Silent, TravelTime, draw};
/// // The cells a, b, c hold 1, 2, 4 people; one character is 100 m; 5 minutes are 333 m.
/// let study = draw::town("A--a-s--b---------t--c--B", 100.0, "st");
/// let request = Request { limits: vec![TravelTime::from_minutes(5)], ..Request::of(&study) };
/// let drawn = isochrones(&study, &request, &Silent).drawn;
/// let people: Vec<People> = drawn.iter().map(|catchment| catchment.people).collect();
/// assert_eq!(people, [1 + 2, 4].map(People::whole));
/// let merged = isochrones(&study, &Request { join: Join::Merged, ..request }, &Silent).drawn;
/// assert_eq!(merged[0].people, People::whole(7));
/// assert_eq!(merged[0].isochrone.polygons().0.len(), 2);
/// ```
#[must_use]
pub fn isochrones(study: &Study, request: &Request, progress: &dyn Progress) -> Catchments {
    let sources = Sources::of(study, request);
    let all = Walkers::of(study, request.group);
    let steps = all.len() * sources.list.len();
    progress.start(Stage::Draw, steps as u64);
    let mut catchments = Catchments {
        study: study.clone(),
        request: request.clone(),
        drawn: Vec::new(),
        streets: Vec::new(),
        walkers: Vec::new(),
        places: sources.list.len(),
        stranded: 0,
        own_unit: sources.ask_own_unit(),
    };
    let alike = all.len() == 1;
    // By place: streets that are open to some may be closed to others.
    let mut stranded = vec![false; sources.list.len()];
    for (number, walkers) in all.iter().enumerate() {
        let drawing = Drawing {
            profile: walkers.profile,
            direction: request.direction,
            reach_m: request.reach_m,
            tolerance_m: request.tolerance_m,
        };
        let isochrones = Isochrones::new(study, &drawing);
        let at = sources.list.iter().map(|source| isochrones.snap(source.at));
        let places: Vec<Snap> = at.collect();
        let job = Job {
            request,
            progress,
            sources: &sources,
            walkers,
            isochrones: &isochrones,
            places: &places,
        };
        for (stranded, place) in stranded.iter_mut().zip(&places) {
            *stranded |= place.gap().is_none();
        }
        let zones = if alike {
            Vec::new()
        } else {
            walkers.zones.clone()
        };
        catchments.walkers.push(zones.clone());
        job.run(number, &zones, &mut catchments);
    }
    catchments.stranded = stranded.into_iter().filter(|stranded| *stranded).count();
    catchments
}

/// The drawing for people who walk alike.
struct Job<'a> {
    request: &'a Request,
    progress: &'a dyn Progress,
    sources: &'a Sources,
    walkers: &'a Walkers,
    isochrones: &'a Isochrones<'a>,
    /// By source where it hangs.
    places: &'a [Snap],
}

/// What one source or several draw: by limit the land; and the stretches of the longest one.
type Drawn = (Option<SiteId>, Vec<Isochrone>, Vec<Stretch>);

impl Job<'_> {
    fn run(&self, number: usize, zones: &[Option<ZoneId>], catchments: &mut Catchments) {
        let drawn = match self.request.join {
            Join::Each => self.each(),
            Join::Merged => vec![self.merged()],
            Join::Nearest => self.nearest(),
        };
        let inside = self.inside();
        let who = self.request.group.map_or(Who::People, Who::Group);
        for (site, bands, stretches) in drawn {
            let walks: Vec<Walk> = inside
                .iter()
                .copied()
                .filter(|walk| {
                    self.request.join == Join::Merged || self.sources.list[walk.source].site == site
                })
                .collect();
            // Whoever walks in another way lives elsewhere: a site among them draws nothing for these.
            if !zones.is_empty() && walks.is_empty() {
                continue;
            }
            for (isochrone, &limit) in bands.into_iter().zip(&self.request.limits) {
                let within = walks.iter().filter(|walk| walk.time <= limit);
                let study = self.walkers.study();
                let (people, firms) = counted(study, who, &within.map(|walk| walk.cell));
                catchments.drawn.push(Catchment {
                    site,
                    zones: zones.to_vec(),
                    limit,
                    isochrone,
                    people,
                    firms,
                });
            }
            let streets = stretches.into_iter().map(|stretch| CatchmentStreet {
                site,
                walkers: number,
                stretch,
            });
            catchments.streets.extend(streets);
        }
    }

    /// The walks of those who are inside.
    fn inside(&self) -> Vec<Walk> {
        let study = self.walkers.study();
        let profile = &self.walkers.profile;
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

    /// Sources of one site stand next to each other.
    fn by_site(&self) -> Vec<Vec<usize>> {
        let list = &self.sources.list;
        let mut sites: Vec<Vec<usize>> = Vec::new();
        for (number, source) in list.iter().enumerate() {
            if !self.sources.does_all(source) {
                continue;
            }
            match sites.last_mut() {
                Some(same) if source.site.is_some() && list[same[0]].site == source.site => {
                    same.push(number);
                }
                Some(_) | None => sites.push(vec![number]),
            }
        }
        sites
    }

    fn each(&self) -> Vec<Drawn> {
        let sites = self.by_site();
        let one = |sources: &Vec<usize>| {
            let site = self.sources.list[sources[0]].site;
            let mut drawn = sources.iter().map(|&source| self.source(source));
            let (mut bands, mut stretches) = drawn.next().unwrap_or_default();
            for (more, others) in drawn {
                bands = joined(&bands, &[more]);
                stretches.extend(others);
            }
            (site, bands, stretches)
        };
        sites.par_iter().map(one).collect()
    }

    /// What one source draws: by limit the land, and the stretches within the longest one.
    fn source(&self, number: usize) -> (Vec<Isochrone>, Vec<Stretch>) {
        let window = self.sources.list[number].window;
        let streets = self
            .isochrones
            .reached(self.places[number], self.request.longest().min(window.to));
        let bands = self.bands(number, &streets.stretches);
        let opened = |stretch: Stretch| stretch.since(window.from);
        let stretches = streets.stretches.into_iter().filter_map(opened).collect();
        self.progress.advance(1);
        (bands, stretches)
    }

    /// By limit the land around stretches that are reached from a source, as long as it is open.
    fn bands(&self, number: usize, stretches: &[Stretch]) -> Vec<Isochrone> {
        let window = self.sources.list[number].window;
        let until = self
            .request
            .limits
            .iter()
            .map(|limit| (*limit).min(window.to));
        let until: Vec<TravelTime> = until.collect();
        let outline = self.request.outline;
        let bands = self.isochrones.drawn(stretches, &until, outline);
        let Some(before) = window.from.ticks().checked_sub(1) else {
            return bands;
        };
        // Whoever is there sooner finds it closed.
        let too_soon = [TravelTime::from_ticks(before)];
        let too_soon = self.isochrones.drawn(stretches, &too_soon, outline);
        bands.iter().map(|band| band.without(&too_soon)).collect()
    }

    /// Where each step is done at some source.
    fn merged(&self) -> Drawn {
        let mut all: Option<Vec<Isochrone>> = None;
        let mut nearest = Envelope::default();
        for group in 0..self.sources.groups() {
            let does = |number: &usize| self.sources.does(group, &self.sources.list[*number]);
            let numbers: Vec<usize> = (0..self.sources.list.len()).filter(does).collect();
            let land = self.together(&numbers, &mut nearest);
            all = Some(match all {
                None => land,
                Some(before) => before
                    .iter()
                    .zip(&land)
                    .map(|(one, other)| one.common(other))
                    .collect(),
            });
        }
        let none = vec![Isochrone::default(); self.request.limits.len()];
        let stretches = nearest.stretches().map(|owned| owned.stretch).collect();
        (None, all.unwrap_or(none), stretches)
    }

    /// Where any of some sources is reached; a batch at a time, so that memory does not grow with them.
    ///
    /// Of those that are open to everybody only the nearest is drawn on each street.
    fn together(&self, numbers: &[usize], nearest: &mut Envelope) -> Vec<Isochrone> {
        let mut always = Envelope::default();
        let mut at_times: Vec<Vec<Isochrone>> = Vec::new();
        for batch in numbers.chunks(BATCH) {
            let reached: Vec<Vec<Stretch>> = batch
                .par_iter()
                .map(|&number| self.open_stretches(number))
                .collect();
            for (&number, stretches) in batch.iter().zip(&reached) {
                nearest.add(owner(number), stretches);
                if self.is_always_open(number) {
                    always.add(owner(number), stretches);
                } else {
                    at_times.push(self.bands(number, stretches));
                }
            }
            self.progress.advance(batch.len() as u64);
        }
        let stretches: Vec<Stretch> = always.stretches().map(|owned| owned.stretch).collect();
        let land: Vec<Vec<Isochrone>> = stretches
            .par_chunks(STRETCHES)
            .map(|some| {
                self.isochrones
                    .drawn(some, &self.request.limits, self.request.outline)
            })
            .collect();
        let nothing = vec![Isochrone::default(); self.request.limits.len()];
        joined(&joined(&nothing, &land), &at_times)
    }

    /// Whether a source is open after a walk of any limit.
    fn is_always_open(&self, number: usize) -> bool {
        let window = self.sources.list[number].window;
        window.from == TravelTime::ZERO && window.to >= self.request.longest()
    }

    /// The land of each site from which no other one is nearer.
    fn nearest(&self) -> Vec<Drawn> {
        let sites = self.by_site();
        let numbers: Vec<usize> = sites.iter().flatten().copied().collect();
        let mut nearest = Envelope::default();
        for batch in numbers.chunks(BATCH) {
            let reached: Vec<Vec<Stretch>> = batch
                .par_iter()
                .map(|&number| self.open_stretches(number))
                .collect();
            for (&number, stretches) in batch.iter().zip(&reached) {
                nearest.add(owner(number), stretches);
            }
        }
        let mut owned: Vec<Vec<Stretch>> = vec![Vec::new(); self.sources.list.len()];
        for stretch in nearest.stretches() {
            owned[stretch.owner as usize].push(stretch.stretch);
        }
        let land = |sources: &Vec<usize>| {
            let each: Vec<Vec<Isochrone>> = sources
                .iter()
                .map(|&source| self.bands(source, &owned[source]))
                .collect();
            self.progress.advance(sources.len() as u64);
            let nothing = vec![Isochrone::default(); self.request.limits.len()];
            joined(&nothing, &each)
        };
        let lands: Vec<Vec<Isochrone>> = sites.par_iter().map(land).collect();
        let lands = apart(lands, &self.request.limits);
        let drawn = sites.iter().zip(lands);
        drawn
            .map(|(sources, bands)| {
                let site = self.sources.list[sources[0]].site;
                let stretches = sources.iter().flat_map(|&source| owned[source].clone());
                (site, bands, stretches.collect())
            })
            .collect()
    }

    fn open_stretches(&self, number: usize) -> Vec<Stretch> {
        let window = self.sources.list[number].window;
        let budget = self.request.longest().min(window.to);
        let streets = self.isochrones.reached(self.places[number], budget);
        let open = streets.stretches.into_iter();
        open.filter_map(|stretch| stretch.since(window.from))
            .collect()
    }
}

/// So many places are drawn before their land is joined.
const BATCH: usize = 256;
/// So many stretches are drawn before their land is joined with that of others.
const STRETCHES: usize = 512;
/// So many shapes are joined at once: the same for any number of threads, as every joining rounds.
const TOGETHER: usize = 8;

fn owner(number: usize) -> u32 {
    u32::try_from(number).expect("ids of sites are 32-bit")
}

/// By limit what lies in the first or in any of the others; as a tree, in parallel.
fn joined(first: &[Isochrone], others: &[Vec<Isochrone>]) -> Vec<Isochrone> {
    let mut level: Vec<Vec<Isochrone>> = std::iter::once(first.to_vec())
        .chain(others.iter().cloned())
        .collect();
    while level.len() > 1 {
        level = level.par_chunks(TOGETHER).map(joined_at_once).collect();
    }
    level.pop().unwrap_or_default()
}

fn joined_at_once(some: &[Vec<Isochrone>]) -> Vec<Isochrone> {
    let bands = some.first().map_or(0, Vec::len);
    (0..bands)
        .map(|band| {
            let mut all = some.iter().map(|one| &one[band]);
            all.next().map(|first| first.with(all)).unwrap_or_default()
        })
        .collect()
}

/// The same lands with what two of them have in common given to one: to the first, but for what is within
/// a shorter limit of the other. A longer limit still holds all that a shorter one holds.
fn apart(lands: Vec<Vec<Isochrone>>, limits: &[TravelTime]) -> Vec<Vec<Isochrone>> {
    let mut order: Vec<usize> = (0..limits.len()).collect();
    order.sort_by_key(|&band| limits[band]);
    let mut apart = lands;
    let mut shorter: Option<usize> = None;
    for band in order {
        for land in 0..apart.len() {
            let own = &apart[land][band];
            let own = match shorter {
                Some(shorter) => own.with([&apart[land][shorter]]),
                None => own.clone(),
            };
            let before = apart[..land].iter().map(|other| &other[band]);
            let after = apart[land + 1..].iter();
            let after = after.filter_map(|other| shorter.map(|shorter| &other[shorter]));
            let near: Vec<&Isochrone> = before
                .chain(after)
                .filter(|other| other.is_near(&own))
                .collect();
            let own = if near.is_empty() {
                own
            } else {
                own.without(near)
            };
            apart[land][band] = own;
        }
        shorter = Some(band);
    }
    apart
}
