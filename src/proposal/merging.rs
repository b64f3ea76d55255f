//! Which nearby outlets to fold into a pilot centre, and which place serves the union best.
//!
//! ```text
//!   outlets within M metres ── choices of n of them ── places: the centre's, theirs, candidates
//!                                                        │
//!                      each choice at each place is merged in the study and judged as a run does
//! ```
//!
//! What a merger takes away where an outlet was and brings where the station stands depends on all of it at once,
//! so no matrix tells it. Where there are few choices all are tried, and the best is proved; else the best choice
//! of one outlet fewer is made larger by one.

use rayon::prelude::*;

use super::answer::{Answer, FrontierPoint, Proposal, ProposalError, Step};
use super::asked::Asked;
use super::course::base;
use super::place::Place;
use crate::ids::SiteId;
use crate::model::{Change, ChangeError, Merger, Site, Study};
use crate::plan::{Limits, PlanError};
use crate::plane::Position;
use crate::progress::{Progress, Stage};
use crate::score::Coverage;
use crate::search::WhatIf;
use crate::units::People;

/// What is asked.
#[derive(Debug, Clone, PartialEq)]
pub struct MergingRequest {
    /// The pilot centre, which keeps its id.
    pub centre: SiteId,
    /// So many outlets are folded in, or all there are.
    pub outlets: usize,
    /// Outlets no farther from it in a straight line, in metres.
    pub within_m: f64,
    /// Only outlets of this kind; none for any.
    pub kind: Option<String>,
    /// Where the station could stand besides at the places of those that it is made of.
    pub places: Vec<Place>,
    /// The phase that is to be served, by its place among the study's; none for the study's target.
    pub phase: Option<usize>,
}

/// So many mergers are tried for each number of outlets at most, where all choices are.
const MOST_TRIED: usize = 2_000;

/// Which nearby outlets to fold into a pilot centre so that most people are covered, and at which place the station
/// then stands; for each smaller number of outlets, too.
///
/// Of plans that cover as many the one is the best that gets most people × items done, then the one at the place of
/// the centre, then the first. Every merger is made in the study, so a total is what
/// [`coverage`](crate::score::coverage) finds then; it may be less than before. The station has what any of its sites
/// had ([`Merger`]).
///
/// O(choices × places) what-if changes, in parallel. When the search is stopped the numbers of outlets so far stand.
///
/// ```
/// use walkshed::plan::Limits;
/// use walkshed::proposal::{MergingRequest, merging};
/// use walkshed::{People, Silent, draw};
/// // The centre s takes in the outlet t, 400 m from it.
/// let town = draw::town("A-a-s-b-t-c-B", 100.0, "st");
/// let request = MergingRequest {
///     centre: town.sites().find("s").unwrap(),
///     outlets: 1,
///     within_m: 500.0,
///     kind: None,
///     places: Vec::new(),
///     phase: None,
/// };
/// let plan = merging(&town, &request, &Limits::NONE, &Silent).unwrap();
/// // Nobody is lost, wherever of the two it stands; so it stays where it is.
/// assert_eq!((plan.merged_at.as_deref(), plan.after.total().covered()), (Some("s"), People::whole(7)));
/// ```
///
/// # Errors
/// When the walks are more than the memory of the study holds.
pub fn merging(
    study: &Study,
    request: &MergingRequest,
    limits: &Limits<'_>,
    progress: &dyn Progress,
) -> Result<Proposal, ProposalError> {
    let base = base(study, progress)?;
    let asked = Asked::of(base.study(), request.phase);
    let before = asked.coverage(&base);
    let had = asked.covered(&before);
    let people = asked.people(&before);
    let trying = Trying {
        now: &base,
        before: &before,
        asked,
        places: &request.places,
        centre: request.centre,
    };
    let near = outlets(base.study(), request, asked);
    let mut best: Option<Tried> = None;
    let mut all_tried = true;
    let mut was_stopped = false;
    let mut frontier = Vec::new();
    for number in 1..=request.outlets.min(near.len()) {
        let of_number = choices(&near, number, request.places.len());
        all_tried &= of_number.is_some();
        let larger = || one_more(&near, best.as_ref());
        let choices = of_number.unwrap_or_else(larger);
        progress.start(Stage::Solve, choices.len() as u64);
        let Some(found) = trying.best(&choices, (limits, progress))? else {
            was_stopped = true;
            break;
        };
        frontier.push(FrontierPoint {
            sites: number as u64,
            answer: Answer::of_merger([found.worth.0, people], all_tried),
        });
        best = Some(found);
    }
    if was_stopped && best.is_none() {
        return Err(PlanError::Stopped.into());
    }
    // Of more outlets than were come to nothing is proved.
    let last = best
        .as_ref()
        .map(|best| Answer::of_merger([best.worth.0, people], all_tried && !was_stopped));
    let after = best.as_ref().map(|found| trying.after(&found.change));
    let after = after.transpose()?.unwrap_or_else(|| before.clone());
    let merged_at = best.as_ref().map(|found| found.at.clone());
    let steps = best.map(|found| {
        let folded = found.folded.len() as u64;
        Step::of(found.change, [had, found.worth.0], folded)
    });
    Ok(Proposal {
        had,
        people,
        answer: last.unwrap_or_else(|| Answer::of_merger([had, had], true)),
        phase: request.phase,
        steps: steps.into_iter().collect(),
        frontier,
        merged_at,
        considered: request.places.clone(),
        ..Proposal::of(before.clone(), after)
    })
}

/// The outlets that may be folded in, in order.
fn outlets(study: &Study, request: &MergingRequest, asked: Asked<'_>) -> Vec<SiteId> {
    let day = asked.day(study);
    let is_there = |site: &Site| day.is_none_or(|day| site.exists_on(day));
    let centre = &study.sites()[request.centre];
    // A merger opens what it is made of: who is closed by then must not come to life.
    if !is_there(centre) {
        return Vec::new();
    }
    let centre = centre.at;
    let all = study.sites().iter();
    let near = all.filter(|(id, site)| {
        *id != request.centre
            && is_there(site)
            && request.kind.as_ref().is_none_or(|kind| site.kind == *kind)
            && site.at.distance(centre) <= request.within_m
    });
    near.map(|(id, _)| id).collect()
}

/// All choices of so many of these, in order; none where they are too many to be tried at so many places and more.
fn choices(near: &[SiteId], number: usize, places: usize) -> Option<Vec<Vec<SiteId>>> {
    let mut all: Vec<Vec<SiteId>> = vec![Vec::new()];
    for _ in 0..number {
        let longer = all.iter().flat_map(|choice| {
            let later = near
                .iter()
                .filter(|&&one| choice.last().is_none_or(|&last| one > last));
            later.map(|&one| [choice.as_slice(), &[one]].concat())
        });
        all = longer.take(MOST_TRIED + 1).collect();
        if all.len() * (number + 1 + places) > MOST_TRIED {
            return None;
        }
    }
    Some(all)
}

/// A choice made larger by each of the others in turn.
fn one_more(near: &[SiteId], best: Option<&Tried>) -> Vec<Vec<SiteId>> {
    let folded = best.map_or(&[][..], |best| &best.folded);
    let others = near.iter().filter(|one| !folded.contains(one));
    others
        .map(|&one| {
            let mut choice = [folded, &[one]].concat();
            choice.sort_unstable();
            choice
        })
        .collect()
}

/// A merger that was tried.
struct Tried {
    folded: Vec<SiteId>,
    /// The id of the site or place where the station stands.
    at: String,
    change: Change,
    /// The people who are covered then, and the people × items that are done.
    worth: (People, People),
}

/// What mergers are tried on.
struct Trying<'a> {
    now: &'a WhatIf,
    before: &'a Coverage,
    asked: Asked<'a>,
    places: &'a [Place],
    centre: SiteId,
}

impl Trying<'_> {
    /// The best of these choices at its best place; none when the search was stopped on the way, or there is none.
    fn best(
        &self,
        choices: &[Vec<SiteId>],
        (limits, progress): (&Limits<'_>, &dyn Progress),
    ) -> Result<Option<Tried>, ChangeError> {
        let each = choices.par_iter().map(|folded| {
            let mut best: Option<Tried> = None;
            for (id, at) in self.stands(folded) {
                if limits.watch.stop() {
                    return Ok(None);
                }
                let tried = self.tried(folded, (id, at))?;
                // Of equals the first place stays.
                if best.as_ref().is_none_or(|best| tried.worth > best.worth) {
                    best = Some(tried);
                }
            }
            progress.advance(1);
            Ok(best)
        });
        let each: Vec<Option<Tried>> = each.collect::<Result<_, ChangeError>>()?;
        let mut best: Option<Tried> = None;
        for tried in each {
            let Some(tried) = tried else {
                return Ok(None);
            };
            if best.as_ref().is_none_or(|best| tried.worth > best.worth) {
                best = Some(tried);
            }
        }
        Ok(best)
    }

    /// Where the station could stand: where the centre does, then where the outlets do, then at other places.
    fn stands(&self, folded: &[SiteId]) -> Vec<(String, Position)> {
        let sites = self.now.study().sites();
        let theirs = std::iter::once(self.centre).chain(folded.iter().copied());
        let theirs = theirs.map(|site| (sites[site].id.clone(), sites[site].at));
        let others = self.places.iter().map(|place| (place.id.clone(), place.at));
        theirs.chain(others).collect()
    }

    fn tried(&self, folded: &[SiteId], (id, at): (String, Position)) -> Result<Tried, ChangeError> {
        let sites = self.now.study().sites();
        let into = sites[self.centre].id.clone();
        let mut members: Vec<String> = folded.iter().map(|&site| sites[site].id.clone()).collect();
        members.push(into.clone());
        // As reading the plan back has them.
        members.sort_unstable();
        let change = Change::MergeSites(Box::new(Merger {
            sites: members,
            into,
            at: Some(at),
            ..Merger::default()
        }));
        let after = self.after(&change)?;
        Ok(Tried {
            folded: folded.to_vec(),
            at: id,
            worth: (self.asked.covered(&after), self.asked.person_items(&after)),
            change,
        })
    }

    fn after(&self, change: &Change) -> Result<Coverage, ChangeError> {
        Ok(self.before.after(&self.now.after(change)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sites(count: usize) -> Vec<SiteId> {
        (0..count).map(SiteId::new).collect()
    }

    #[test]
    fn all_choices_are_told_where_they_are_few() {
        let of_four = choices(&sites(4), 2, 0).expect("few");
        let expected = [[0, 1], [0, 2], [0, 3], [1, 2], [1, 3], [2, 3]];
        let expected = expected.map(|pair| pair.map(SiteId::new).to_vec());
        assert_eq!(of_four, expected);
        // 4,950 pairs are too many, and 100 single ones are not.
        assert_eq!(choices(&sites(100), 2, 0), None);
        assert_eq!(choices(&sites(100), 1, 0).map(|all| all.len()), Some(100));
        // At each of 30 further places besides they are.
        assert_eq!(choices(&sites(100), 1, 30), None);
    }
}
