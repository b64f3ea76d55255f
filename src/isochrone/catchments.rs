//! The isochrones of a study: for each place, each limit, and people who walk alike.

use super::drawing::Drawing;
use super::inside::{Walk, counted};
use super::isochrones::{Isochrone, Isochrones};
use super::job::Job;
use super::request::{Join, Request};
use super::sources::Sources;
use super::walkers::Walkers;
use crate::ids::{SiteId, ZoneId};
use crate::model::{Study, Who};
use crate::progress::{Progress, Stage};
use crate::search::Stretch;
use crate::snap::Snap;
use crate::units::{People, TravelTime};

/// The land from which a place is reached within one limit, and who lives there.
///
/// ```
/// use walkshed::isochrone::{Request, isochrones};
/// use walkshed::{People, Silent, TravelTime, draw};
/// let study = draw::town("A--a-s--b--B", 100.0, "s");
/// let drawn = isochrones(&study, &Request::of(&study), &Silent).drawn;
/// assert_eq!(
///     (drawn[0].limit, drawn[0].people, drawn[0].firms),
///     (TravelTime::from_minutes(15), People::whole(3), None)
/// );
/// ```
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
///
/// ```
/// use walkshed::isochrone::{Request, isochrones};
/// use walkshed::{Silent, draw};
/// let study = draw::town("A--a-s--b--B", 100.0, "s");
/// let streets = isochrones(&study, &Request::of(&study), &Silent).streets;
/// // All 1,100 m of the street are within 15 minutes.
/// let metres: f64 = streets.iter().map(|street| street.stretch.metres()).sum();
/// assert_eq!(metres.round(), 1100.0);
/// ```
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
///
/// ```
/// use walkshed::isochrone::{Request, isochrones};
/// use walkshed::{Silent, draw};
/// let study = draw::town("A--a-s--b--t--B", 100.0, "st");
/// let catchments = isochrones(&study, &Request::of(&study), &Silent);
/// assert_eq!((catchments.drawn.len(), catchments.places, catchments.stranded), (2, 2, 0));
/// ```
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
/// # Panics
/// When places that are merged lie some 2,000 km apart.
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
    progress.start(
        Stage::Draw,
        (all.len() * sources.steps(request.join)) as u64,
    );
    let mut catchments = Catchments {
        study: study.clone(),
        request: request.clone(),
        drawn: Vec::new(),
        streets: Vec::new(),
        walkers: Vec::new(),
        places: sources.places(request.join, |_| true),
        stranded: 0,
        own_unit: sources.ask_own_unit(),
    };
    let alike = all.len() == 1;
    // By source: streets that are open to some may be closed to others.
    let mut stranded = vec![false; sources.list.len()];
    for walkers in &all {
        let drawing = Drawing {
            profile: walkers.profile,
            direction: request.direction,
            reach_m: request.reach_m,
            tolerance_m: request.tolerance_m,
        };
        // Streets are made ready once for all places, and let go before the next walkers.
        let isochrones = Isochrones::new(study, &drawing);
        let at = sources.list.iter().map(|source| isochrones.snap(source.at));
        let places: Vec<Snap> = at.collect();
        for (stranded, place) in stranded.iter_mut().zip(&places) {
            *stranded |= place.gap().is_none();
        }
        let job = Job {
            request,
            progress,
            sources: &sources,
            walkers,
            isochrones: &isochrones,
            places: &places,
        };
        let zones = if alike { &[][..] } else { &walkers.zones };
        catchments.walkers.push(zones.to_vec());
        catchments.add(&job);
    }
    catchments.stranded = sources.places(request.join, |source| stranded[source]);
    catchments
}

impl Catchments {
    /// Adds what is drawn for those of the last walkers.
    fn add(&mut self, job: &Job<'_>) {
        let walkers = self.walkers.len() - 1;
        let zones = self.walkers[walkers].clone();
        let walks = job.walks();
        for drawn in job.drawn() {
            // Merged, a walk to any site counts for the one land that there is.
            let merged = self.request.join == Join::Merged;
            let own = walks
                .iter()
                .filter(|walk| merged || job.sources.list[walk.source].site == drawn.site);
            let own: Vec<Walk> = own.copied().collect();
            // Whoever walks in another way lives elsewhere: a site among them draws nothing for these.
            if !zones.is_empty() && own.is_empty() {
                continue;
            }
            for (isochrone, &limit) in drawn.bands.into_iter().zip(&self.request.limits) {
                let within = own.iter().filter(|walk| walk.time <= limit);
                let who = self.request.group.map_or(Who::People, Who::Group);
                let cells = within.map(|walk| walk.cell);
                let (people, firms) = counted(&self.study, who, &cells);
                self.drawn.push(Catchment {
                    site: drawn.site,
                    zones: zones.clone(),
                    limit,
                    isochrone,
                    people,
                    firms,
                });
            }
            let streets = drawn.stretches.into_iter().map(|stretch| CatchmentStreet {
                site: drawn.site,
                walkers,
                stretch,
            });
            self.streets.extend(streets);
        }
    }
}
