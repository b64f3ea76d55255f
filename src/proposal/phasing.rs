//! Where to open for several phases: what opens for one stays for all later ones.

use super::answer::{Answer, PhaseOutcome, Proposal, ProposalError, Step};
use super::asked::Asked;
use super::instance::{Instance, common_divisor};
use super::opening::opening;
use super::place::Place;
use super::siting::{SitingRequest, ids_are_free, of_status};
use super::wanted::Wanted;
use super::{Opens, PlaceStatus};
use crate::assess::asked_of;
use crate::model::{Change, Phase, Study, Who};
use crate::plan::{Limits, Nested, PhaseQuestion, Problem, Room, Sides, Terms, nested, steps};
use crate::progress::{Progress, Stage};
use crate::score::Coverage;
use crate::search::{WhatIf, try_walks};
use crate::units::People;

/// What is asked.
#[derive(Debug, Clone, PartialEq)]
pub struct PhasingRequest {
    /// How much may be opened for each phase of people, in the order of their dates; what earlier ones left may be
    /// used too. Where there are fewer the last holds for all others; there must not be more.
    pub rooms: Vec<Room>,
    /// Where sites may open.
    pub places: Vec<Place>,
    /// What opens there.
    pub opens: Opens,
}

/// Where to open for each phase of the study's people, so that most are covered in all phases together.
///
/// Phases of firms are left out. Every step is made in the study, in order, and counted as the phase that it is for
/// is judged; each phase is told beside what a free choice of as many sites would cover.
///
/// O(places) what-if changes, in parallel, then what [`nested`] takes.
///
/// # Errors
/// As [`siting`](super::siting()); and when the study has no phase of people.
pub fn phasing(
    study: &Study,
    request: &PhasingRequest,
    limits: &Limits<'_>,
    progress: &dyn Progress,
) -> Result<Proposal, ProposalError> {
    let study = study.clone().with_changes(Vec::new());
    let budget = study.target().search;
    ids_are_free(&study, &request.places)?;
    // Refused here when they are too many.
    drop(try_walks(&study, budget, progress)?);
    let base = WhatIf::new(study, budget, progress);
    let phases = phases_of_people(base.study());
    if phases.is_empty() || request.rooms.is_empty() {
        return Err(ProposalError::NoPhases);
    }
    if request.rooms.len() > phases.len() {
        return Err(ProposalError::TooManyRooms {
            rooms: request.rooms.len(),
            phases: phases.len(),
        });
    }
    let asked: Vec<Asked<'_>> = phases
        .iter()
        .map(|&place| Asked::of(base.study(), Some(place)))
        .collect();
    let before: Vec<Coverage> = asked.iter().map(|asked| asked.coverage(&base)).collect();
    let changes: Vec<Change> = request
        .places
        .iter()
        .map(|place| opening(base.study(), &request.opens, place))
        .collect();
    let tried: Vec<(&Coverage, Asked<'_>)> = before.iter().zip(asked.iter().copied()).collect();
    let instances = Instance::several(&base, &tried, (&changes, Wanted::Mclp), progress)?;
    let unit = instances
        .iter()
        .map(|one| one.units().0)
        .reduce(common_divisor);
    let unit = unit.unwrap_or(1).max(1);
    let rooms = (0..phases.len()).map(|place| request.rooms[place.min(request.rooms.len() - 1)]);
    let rooms: Vec<Room> = rooms.collect();
    let questions: Vec<PhaseQuestion> = instances
        .iter()
        .zip(&rooms)
        .map(|(instance, &room)| PhaseQuestion {
            matrix: instance.matrix.clone().times(instance.units().0 / unit),
            limit: 0,
            room,
        })
        .collect();
    let places = &request.places;
    let terms = Terms {
        kept: instances.iter().take(1).map(|one| one.there).collect(),
        forced: of_status(places, PlaceStatus::Forced),
        forbidden: of_status(places, PlaceStatus::Forbidden),
        costs: places.iter().map(|place| place.cost).chain([0]).collect(),
        sides: Sides::NONE,
        room: Room::Unlimited,
    };
    progress.start(Stage::Solve, 0);
    let plan = nested(&questions, &terms, limits)?;
    progress.start(Stage::Score, 0);
    let mut carried = Carried {
        asked: &asked,
        now: base.clone(),
        coverages: before.clone(),
        steps: Vec::new(),
        cost: 0,
    };
    let mut outcomes = Vec::with_capacity(phases.len());
    for (place, question) in questions.iter().enumerate() {
        let opens = in_order(question, &terms, (&plan, place));
        let chosen = opens
            .iter()
            .map(|&one| (&changes[one as usize], terms.cost(one)));
        carried.open_for(place, chosen.collect())?;
        let free = &plan.free[place];
        let told = |weight: u64| People::from_millionths(weight * unit);
        let coverage = &carried.coverages[place];
        outcomes.push(PhaseOutcome {
            phase: phases[place],
            opens: opens.len() as u64,
            people: asked[place].people(coverage),
            before: asked[place].covered(&before[place]),
            after: asked[place].covered(coverage),
            free: told(free.objective),
            free_bound: told(free.bound),
        });
    }
    let [before, after] = [before, carried.coverages].map(|mut all| all.pop());
    let (Some(before), Some(after), Some(last)) = (before, after, asked.last()) else {
        return Err(ProposalError::NoPhases);
    };
    Ok(Proposal {
        had: last.covered(&before),
        people: last.people(&before),
        answer: Answer::of_nested(&plan, unit),
        steps: carried.steps,
        phases: outcomes,
        considered: places.clone(),
        opens: Some(request.opens.clone()),
        ..Proposal::of(before, after)
    })
}

impl From<(SitingRequest, Vec<Room>)> for PhasingRequest {
    /// The same places and sites, with a room for each phase.
    fn from((request, rooms): (SitingRequest, Vec<Room>)) -> Self {
        Self {
            rooms,
            places: request.places,
            opens: request.opens,
        }
    }
}

/// The places of the phases that are not of firms, in the order of their dates.
fn phases_of_people(study: &Study) -> Vec<usize> {
    let numbered = study.phases().iter().enumerate();
    let of_people = numbered.filter(|(_, phase)| asked_of(study, phase) != Who::Firms);
    let mut phases: Vec<(usize, &Phase)> = of_people.collect();
    phases.sort_by_key(|(place, phase)| (phase.date, *place));
    phases.into_iter().map(|(place, _)| place).collect()
}

/// What opens for a phase, each time the one that adds most to it first.
fn in_order(question: &PhaseQuestion, terms: &Terms, (plan, phase): (&Nested, usize)) -> Vec<u32> {
    let mut kept = terms.kept.clone();
    kept.extend(plan.opens[..phase].iter().flatten());
    let terms = Terms {
        kept,
        ..terms.clone()
    };
    let problem = Problem::Mclp {
        limit: question.limit,
    };
    let opens = crate::plan::Plan {
        open: plan.opens[phase].clone(),
        ..plan.free[phase].clone()
    };
    let in_order = steps(&question.matrix, problem, &terms, &opens);
    in_order.into_iter().map(|step| step.candidate).collect()
}

/// Phases while sites open for one after the other.
struct Carried<'a> {
    asked: &'a [Asked<'a>],
    now: WhatIf,
    /// By phase.
    coverages: Vec<Coverage>,
    steps: Vec<Step>,
    cost: u64,
}

impl Carried<'_> {
    /// Opens sites for a phase, and counts them as it is judged.
    fn open_for(&mut self, place: usize, chosen: Vec<(&Change, u64)>) -> Result<(), ProposalError> {
        let asked = self.asked[place];
        let mut had = asked.covered(&self.coverages[place]);
        for (change, price) in chosen {
            let then = self.now.after(change)?;
            for coverage in &mut self.coverages {
                *coverage = coverage.after(&then);
            }
            self.now = then;
            self.cost += price;
            let total = asked.covered(&self.coverages[place]);
            self.steps.push(Step {
                change: change.clone(),
                site: super::step_by_step::site_of(change),
                item: None,
                group: asked.phase.map(|phase| phase.name.clone()),
                gain: total - had,
                loss: People::ZERO,
                total,
                cost: self.cost,
                bound: None,
            });
            had = total;
        }
        Ok(())
    }
}
