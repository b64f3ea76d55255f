//! The travel times of a study: who walks by one profile, or by the profile of each zone.

use super::kinds::zone_of;
use super::many_to_many;
use super::matrix::TravelTimes;
use super::prepared_study::PreparedStudy;
use crate::model::{Profile, Study};
use crate::progress::{Progress, Silent};
use crate::snap::Linkage;
use crate::units::TravelTime;

/// Walks from every site as far as the budget reaches (inclusive).
///
/// Exact: a walk takes the gap from the cell to its street, the shortest way along the streets, and
/// the gap to the site; two points on one street piece also go along it directly. Stranded sites
/// and cells reach nothing. Cells of a zone with a speed of its own walk at that speed, which takes
/// one search for each zone.
///
/// In parallel over the sites, each bounded walk O(n log n) in the vertices within the budget. The
/// result does not depend on the number of threads.
#[must_use]
pub fn travel_times<'a>(study: &Study, links: &'a Linkage, budget: TravelTime) -> TravelTimes<'a> {
    travel_times_with(study, links, budget, &Silent)
}

/// [`travel_times`], telling how far it is.
#[must_use]
pub fn travel_times_with<'a>(
    study: &Study,
    links: &'a Linkage,
    budget: TravelTime,
    progress: &dyn Progress,
) -> TravelTimes<'a> {
    let profiles = study.profiles(None);
    // One search is enough where no zone has a speed of its own.
    if profiles.iter().all(|profile| *profile == profiles[0]) {
        return travel_times_as(study, links, budget, &profiles[0], progress);
    }
    let by_zone: Vec<TravelTimes<'_>> = profiles
        .iter()
        .map(|profile| travel_times_as(study, links, budget, profile, progress))
        .collect();
    let parts: Vec<&TravelTimes<'_>> = by_zone.iter().collect();
    TravelTimes::chosen(&parts, |cell| zone_of(study, cell))
}

/// [`travel_times_with`] for those who walk by this profile instead of the study's own.
///
/// The walk is from the cell to the site: one-way streets, slopes and closed streets count in that
/// direction. The links should be those of [`crate::snap::link_as`] under the same rules: a point
/// that hangs on a street that is closed to the profile reaches nothing. As long as no street has a
/// trait that the rules mind, the walk is the same in both directions and costs nothing more.
#[must_use]
pub fn travel_times_as<'a>(
    study: &Study,
    links: &'a Linkage,
    budget: TravelTime,
    profile: &Profile,
    progress: &dyn Progress,
) -> TravelTimes<'a> {
    let prepared = PreparedStudy::new(study, links, profile);
    let (rows, work) = many_to_many::rows(&prepared, budget, progress);
    TravelTimes::new(links, budget, rows, work)
}
