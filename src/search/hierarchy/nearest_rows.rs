//! The nearest of several sets of sites: the rows of all junctions are filled, by sweeps or by walks.

use std::sync::Arc;

use super::contract::Hierarchy;
use super::junction_table::JunctionTable;
use super::lane_time::{FAR, LaneTime, clipped};
use super::nearest::{Answer, LANES, LaneRows, Part};
use super::readers::Readers;
use super::sweep::{Eight, Row, climb, descend, lane};
use crate::ids::SiteId;
use crate::model::SiteSet;
use crate::search::prepared_study::PreparedStudy;
use crate::search::sentinel::short;

/// Junctions within 15 minutes of a site in a town.
const REACHED: usize = 100;

/// How a question is answered, for whom, and how far walks go.
#[derive(Clone, Copy)]
pub(super) struct Question<'a> {
    pub table: &'a JunctionTable,
    pub readers: &'a Arc<Readers>,
    pub budget: i32,
}

/// How many junctions walks from all these sites would settle, about.
pub(super) fn junctions_settled(study: &PreparedStudy<'_>, categories: &[SiteSet]) -> usize {
    let junctions = study.streets().junctions as usize;
    categories
        .iter()
        .map(|sites| sites.iter().count())
        .map(|sites| REACHED.saturating_mul(sites).min(junctions))
        .sum()
}

/// The nearest site of each category, for all readers of a question.
///
/// Up to 32 categories at a time, each a lane: O((J + A) · categories) by sweeps over J junctions
/// and A arcs, or one bounded walk a category.
pub(super) fn answer(
    study: &PreparedStudy<'_>,
    question: Question<'_>,
    categories: &[SiteSet],
) -> Answer {
    let parts = categories
        .chunks(LANES)
        .map(|part| {
            // Times as narrow as the budget allows: rows of 32 bits are half as large.
            if question.budget <= f32::LONGEST {
                Part::Short(lane_rows(study, question, part))
            } else {
                Part::Long(lane_rows(study, question, part))
            }
        })
        .collect();
    Answer {
        readers: Arc::clone(question.readers),
        budget: question.budget,
        categories: categories.len(),
        parts,
        along: along_streets(question.readers, categories),
    }
}

/// The shortest walks along streets to each category.
fn along_streets(readers: &Readers, categories: &[SiteSet]) -> Vec<i32> {
    let same_street = &readers.same_street;
    let mut shortest = vec![FAR; same_street.len() * categories.len()];
    for (category, sites) in categories.iter().enumerate() {
        // A set may hold sites that the study does not have: the ids ascend.
        let known = sites
            .iter()
            .map(SiteId::index)
            .take_while(|&site| site < same_street.sites());
        for site in known {
            // Only the few readers that share a street with the site.
            for &(number, ticks) in same_street.to(short(site)) {
                let best = &mut shortest[number as usize * categories.len() + category];
                *best = ticks.min(*best);
            }
        }
    }
    shortest
}

/// The rows in as few eights of lanes as the categories need.
fn lane_rows<T: LaneTime>(
    study: &PreparedStudy<'_>,
    question: Question<'_>,
    categories: &[SiteSet],
) -> LaneRows<T> {
    let eights = categories.len().div_ceil(8).max(1);
    // The width is known when it is compiled, so that a row is a plain loop.
    let rows = match eights {
        1 => filled::<T, 1>(study, question, categories),
        2 => filled::<T, 2>(study, question, categories),
        3 => filled::<T, 3>(study, question, categories),
        _ => filled::<T, 4>(study, question, categories),
    };
    LaneRows { eights, rows }
}

/// The rows of all junctions, and one without times for the tips of dead ends.
fn filled<T: LaneTime, const W: usize>(
    study: &PreparedStudy<'_>,
    question: Question<'_>,
    categories: &[SiteSet],
) -> Vec<Eight<T>> {
    let rows = study.streets().junctions as usize + 1;
    let mut lanes = vec![Eight::EMPTY; W * rows];
    // One piece of memory, seen as rows of W eights.
    let (rows, _) = lanes.as_chunks_mut::<W>();
    match question.table.hierarchy() {
        Some(hierarchy) => sweep(study, hierarchy, categories, rows),
        None => walk(study, question.budget, categories, rows),
    }
    lanes
}

/// From the sites up and down the hierarchy. A walk leads to the site, so it is followed back: up by
/// the arcs that lead down, and down by those that lead up.
fn sweep<T: LaneTime, const W: usize>(
    study: &PreparedStudy<'_>,
    hierarchy: &Hierarchy,
    categories: &[SiteSet],
    rows: &mut [Row<T, W>],
) {
    for (number, category) in categories.iter().enumerate() {
        for (junction, ticks) in seeds(study, category) {
            let row = hierarchy.rank[junction as usize];
            shorten(&mut rows[row as usize], number, ticks);
        }
    }
    // Seeds lie at any height: up first, so that the tops know all sites, and then down.
    climb(hierarchy.down(), rows);
    descend(hierarchy.up(), rows);
}

/// One bounded walk a category; junctions are their own ranks.
fn walk<T: LaneTime, const W: usize>(
    study: &PreparedStudy<'_>,
    budget: i32,
    categories: &[SiteSet],
    rows: &mut [Row<T, W>],
) {
    let arcs = &study.streets().inward;
    for (number, category) in categories.iter().enumerate() {
        study.prepared.with_scratch(|scratch| {
            scratch.walk(arcs, seeds(study, category), budget.cast_unsigned());
            // Junctions that no walk reaches keep an empty row.
            for (junction, ticks) in scratch.reached() {
                shorten(&mut rows[junction as usize], number, ticks);
            }
        });
    }
}

/// The junctions at the ends of the sites' streets, with the ticks from there to the site.
fn seeds(study: &PreparedStudy<'_>, sites: &SiteSet) -> impl Iterator<Item = (u32, u32)> {
    let streets = study.streets();
    sites
        .iter()
        .filter_map(|site| study.sites.get(site.index())?.as_ref())
        .flat_map(|point| streets.junctions_to(streets.on_root_street(point)))
}

/// Puts a time into a lane of a row, where it is sooner.
fn shorten<T: LaneTime, const W: usize>(row: &mut Row<T, W>, number: usize, ticks: u32) {
    let known = lane(row, number);
    *known = T::of(clipped(ticks)).or_sooner(*known);
}
