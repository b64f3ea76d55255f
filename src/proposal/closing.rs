//! What can close with the least loss, and who is left without when a site does.

use rayon::prelude::*;

use super::answer::{Answer, FrontierPoint, Pivot, Proposal, ProposalError, Step};
use super::asked::Asked;
use super::course::{Course, base};
use crate::ids::{CellId, SiteId};
use crate::model::{Change, ChangeError, Study};
use crate::plan::Limits;
use crate::progress::{Progress, Stage};
use crate::units::People;

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClosingRequest {
    /// So many sites close.
    pub sites: u64,
    /// Which sites may; all where none is named.
    pub among: Vec<SiteId>,
    /// The phase that is to be served, by its place among the study's; none for the study's target.
    pub phase: Option<usize>,
}

/// Which sites can close with the least loss, each time the one that loses least, and for every site who is left
/// without when it closes alone.
///
/// Every closing is made in the study, so a total is what [`coverage`](crate::score::coverage) finds then. No so many
/// sites can close with less loss than the largest that some of them has alone: of k sites, the k-th smallest. That is
/// the bound, and none says more where sites stand in for each other.
///
/// O(sites) what-if changes a step, in parallel. When the search is stopped the steps so far stand.
///
/// ```
/// use walkshed::plan::Limits;
/// use walkshed::proposal::{ClosingRequest, closing};
/// use walkshed::{People, Silent, draw};
/// // Everybody near s is near t as well; u alone has c.
/// let town = draw::town("A-s-a-t-b-B------------------c-u-C", 100.0, "stu");
/// let request = ClosingRequest { sites: 1, among: Vec::new(), phase: None };
/// let plan = closing(&town, &request, &Limits::NONE, &Silent).unwrap();
/// assert_eq!((plan.steps[0].site.as_str(), plan.steps[0].loss), ("s", People::ZERO));
/// // Somebody needs u: 4 people in c.
/// assert_eq!(
///     plan.pivots.iter().map(|pivot| (pivot.site.as_str(), pivot.people)).collect::<Vec<_>>(),
///     [("u", People::whole(4))]
/// );
/// ```
///
/// # Errors
/// When the walks are more than the memory of the study holds.
pub fn closing(
    study: &Study,
    request: &ClosingRequest,
    limits: &Limits<'_>,
    progress: &dyn Progress,
) -> Result<Proposal, ProposalError> {
    let base = base(study, progress)?;
    let asked = Asked::of(base.study(), request.phase);
    let before = asked.coverage(&base);
    let had = asked.covered(&before);
    let mut course = Course::new(&base, std::slice::from_ref(&before));
    let mut left = names(base.study(), &request.among);
    progress.start(Stage::Plan, left.len() as u64);
    // Without what each loses alone nothing is known: that much is not stopped.
    let whole = (&Limits::NONE, progress);
    let alone = losses(&course, (&left, asked), whole)?.unwrap_or_default();
    let mut smallest: Vec<People> = alone.iter().map(|loss| loss.people).collect();
    smallest.sort_unstable();
    let mut steps: Vec<Step> = Vec::new();
    let mut frontier = Vec::new();
    let mut next = Some(alone.clone());
    while let Some(place) = next.take().as_deref().and_then(easiest) {
        let number = steps.len() as u64 + 1;
        if number > request.sites {
            break;
        }
        let change = close(&left.remove(place));
        let total = steps.last().map_or(had, |step: &Step| step.total);
        course.make(&change)?;
        let after = asked.covered(course.coverage());
        let answer = Answer::of_total([after, had - smallest[steps.len()]], had);
        frontier.push(FrontierPoint {
            sites: number,
            answer,
        });
        steps.push(Step {
            bound: Some(answer.bound),
            ..Step::of(change, [total, after], number)
        });
        if number < request.sites && !limits.watch.stop() {
            // From here on the steps so far stand when the search is stopped.
            progress.start(Stage::Solve, left.len() as u64);
            next = losses(&course, (&left, asked), (limits, progress))?;
        }
    }
    let last = frontier.last().map(|point| point.answer);
    Ok(Proposal {
        had,
        people: asked.people(&before),
        answer: last.unwrap_or_else(|| Answer::of_total([had, had], had)),
        pivots: pivots(base.study(), &request.among, alone),
        phase: request.phase,
        steps,
        frontier,
        ..Proposal::of(before, course.coverage().clone())
    })
}

/// The place of the one that loses least, the first of those alike; none where none is left.
fn easiest(losses: &[Loss]) -> Option<usize> {
    let numbered = losses.iter().enumerate();
    let easiest = numbered.min_by_key(|(place, loss)| (loss.people, *place));
    easiest.map(|(place, _)| place)
}

/// The written ids of those that may close.
fn names(study: &Study, among: &[SiteId]) -> Vec<String> {
    let all = study.sites().iter();
    let may = all.filter(|(site, _)| among.is_empty() || among.contains(site));
    may.map(|(_, site)| site.id.clone()).collect()
}

fn close(site: &str) -> Change {
    Change::CloseSite {
        site: site.to_owned(),
    }
}

/// Who is left without when a site closes.
#[derive(Debug, Clone)]
struct Loss {
    people: People,
    cells: Vec<CellId>,
}

/// What each of these loses when it closes alone; none when the search was stopped on the way.
fn losses(
    course: &Course,
    (left, asked): (&[String], Asked<'_>),
    (limits, progress): (&Limits<'_>, &dyn Progress),
) -> Result<Option<Vec<Loss>>, ChangeError> {
    let (now, coverage) = (&course.now, course.coverage());
    let study = now.study();
    let cells: Vec<CellId> = study.cells().iter().map(|(cell, _)| cell).collect();
    let each = left.par_iter().map(|site| {
        if limits.watch.stop() {
            return Ok(None);
        }
        let then = now.after(&close(site))?;
        let after = coverage.after(&then);
        progress.advance(1);
        let without = cells.iter().copied().filter(|&cell| {
            asked.concerns(study, cell) && after.cell(cell).covered < coverage.cell(cell).covered
        });
        Ok(Some(Loss {
            cells: without.collect(),
            people: asked.covered(coverage) - asked.covered(&after),
        }))
    });
    let each: Vec<Option<Loss>> = each.collect::<Result<_, ChangeError>>()?;
    Ok(each.into_iter().collect())
}

/// The sites that somebody needs, those first without which most are left out.
fn pivots(study: &Study, among: &[SiteId], alone: Vec<Loss>) -> Vec<Pivot> {
    let named = names(study, among).into_iter().zip(alone);
    let mut pivots: Vec<Pivot> = named
        .filter(|(_, loss)| loss.people > People::ZERO)
        .map(|(site, loss)| Pivot {
            site,
            people: loss.people,
            cells: loss.cells,
        })
        .collect();
    pivots.sort_by(|one, other| {
        other
            .people
            .cmp(&one.people)
            .then(one.site.cmp(&other.site))
    });
    pivots
}

#[cfg(test)]
pub(super) mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

    use super::*;
    use crate::draw;
    use crate::plan::{Standing, Watch};

    /// Counts the rounds that may be stopped, and stops when there were so many.
    pub(in crate::proposal) struct Rounds {
        begun: AtomicUsize,
        most: usize,
    }

    impl Rounds {
        pub(in crate::proposal) const fn ending_after(most: usize) -> Self {
            let begun = AtomicUsize::new(0);
            Self { begun, most }
        }

        pub(in crate::proposal) fn begun(&self) -> usize {
            self.begun.load(Relaxed)
        }
    }

    impl Progress for Rounds {
        fn start(&self, stage: Stage, _: u64) {
            if stage == Stage::Solve {
                self.begun.fetch_add(1, Relaxed);
            }
        }

        fn advance(&self, _: u64) {}
    }

    impl Watch for Rounds {
        fn hear(&self, _: Standing) {}

        fn stop(&self) -> bool {
            self.begun() > self.most
        }
    }

    #[test]
    fn the_closings_so_far_stand_when_the_search_is_stopped() {
        let town = draw::town("A-s-a-t-b-u-c-v-B", 100.0, "stuv");
        let request = ClosingRequest {
            sites: 4,
            among: Vec::new(),
            phase: None,
        };
        let closed = |most| {
            let rounds = Rounds::ending_after(most);
            let limits = Limits {
                watch: &rounds,
                ..Limits::NONE
            };
            let found = closing(&town, &request, &limits, &rounds).expect("a plan");
            found.steps.len()
        };
        // The first needs no round of its own: what each loses alone is known.
        assert_eq!([0, 1, 9].map(closed), [1, 2, 4]);
    }
}
