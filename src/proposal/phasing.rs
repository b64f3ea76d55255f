//! Where to open for several phases: what opens for one stays for all later ones.

use super::answer::{Answer, PhaseOutcome, Proposal, ProposalError, Step};
use super::asked::Asked;
use super::course::{Course, base};
use super::instance::Instance;
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
use crate::units::{People, common_divisor};

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
/// ```
/// use walkshed::model::Phase;
/// use walkshed::plan::{Limits, Room};
/// use walkshed::proposal::{Opens, PhasingRequest, at_cells, phasing};
/// use walkshed::{People, Silent, draw};
/// let town = draw::town("A-s-a---------------b---------------------c-B", 100.0, "s");
/// let date = |year| chrono::NaiveDate::from_ymd_opt(year, 12, 31).unwrap();
/// let study = town.with(|parts| {
///     let phase = |(name, year): (&str, i32)| Phase {
///         name: name.to_owned(),
///         date: date(year),
///         share: Some(0.9),
///         ..Phase::default()
///     };
///     parts.phases = [("first", 2024), ("second", 2025)].map(phase).into();
/// })?;
/// // One site opens for each; b and c, with 2 and 4 people, have none.
/// let opens = Opens::Like(study.sites().find("s").unwrap());
/// let request = PhasingRequest { rooms: vec![Room::Sites(1)], places: at_cells(&study), opens };
/// let plan = phasing(&study, &request, &Limits::NONE, &Silent).unwrap();
/// assert_eq!(
///     plan.phases.iter().map(|phase| phase.after).collect::<Vec<_>>(),
///     [5, 7].map(People::whole)
/// );
/// # Ok::<(), walkshed::model::StudyError>(())
/// ```
///
/// # Errors
/// As [`siting`](super::siting()); and when the study has no phase of people.
pub fn phasing(
    study: &Study,
    request: &PhasingRequest,
    limits: &Limits<'_>,
    progress: &dyn Progress,
) -> Result<Proposal, ProposalError> {
    ids_are_free(study, &request.places)?;
    let phases = phases_of_people(study);
    let rooms = rooms(request, phases.len())?;
    let base = base(study, progress)?;
    let asked = phases
        .iter()
        .map(|&place| Asked::of(base.study(), Some(place)));
    let asked: Vec<Asked<'_>> = asked.collect();
    let before: Vec<Coverage> = asked.iter().map(|asked| asked.coverage(&base)).collect();
    let places = request.places.iter();
    let changes: Vec<Change> = places
        .map(|place| opening(base.study(), &request.opens, place))
        .collect();
    let tried: Vec<(&Coverage, Asked<'_>)> = before.iter().zip(asked.iter().copied()).collect();
    let instances = Instance::several(&base, &tried, (&changes, Wanted::Mclp), progress)?;
    let (questions, unit) = questions(&instances, &rooms);
    let terms = terms(request, &instances);
    progress.start(Stage::Solve, 0);
    let plan = nested(&questions, &terms, limits)?;
    progress.start(Stage::Score, 0);
    let mut opened = Opened {
        asked: &asked,
        course: Course::new(&base, &before),
        steps: Vec::new(),
    };
    let mut outcomes = Vec::with_capacity(phases.len());
    for (place, question) in questions.iter().enumerate() {
        let opens = in_order(question, &terms, (&plan, place));
        for &one in &opens {
            opened.open_for(place, &changes[one as usize], terms.cost(one))?;
        }
        let free = &plan.free[place];
        let told = |weight: u64| People::from_millionths(weight * unit);
        let coverage = &opened.course.coverages[place];
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
    // The whole is told as the last phase sees it.
    let [before, after] = [before, opened.course.coverages].map(|mut all| all.pop());
    let (Some(before), Some(after), Some(last)) = (before, after, asked.last()) else {
        return Err(ProposalError::NoPhases);
    };
    Ok(Proposal {
        had: last.covered(&before),
        people: last.people(&before),
        answer: Answer::of_nested(&plan, unit),
        steps: opened.steps,
        phases: outcomes,
        considered: request.places.clone(),
        opens: Some(request.opens.clone()),
        ..Proposal::of(before, after)
    })
}

/// How much may be opened for each of so many phases.
fn rooms(request: &PhasingRequest, phases: usize) -> Result<Vec<Room>, ProposalError> {
    let named = request.rooms.len();
    let Some(&last) = request.rooms.last().filter(|_| phases > 0) else {
        return Err(ProposalError::NoPhases);
    };
    if named > phases {
        return Err(ProposalError::TooManyRooms {
            rooms: named,
            phases,
        });
    }
    let mut rooms = request.rooms.clone();
    rooms.resize(phases, last);
    Ok(rooms)
}

/// What each phase asks of a plan, its people in one unit for all, and that unit in millionths of a person.
fn questions(instances: &[Instance], rooms: &[Room]) -> (Vec<PhaseQuestion>, u64) {
    let units = instances.iter().map(|one| one.units().0);
    let unit = units.reduce(common_divisor).unwrap_or(1).max(1);
    let both = instances.iter().zip(rooms);
    let questions = both.map(|(instance, &room)| PhaseQuestion {
        matrix: instance.matrix.clone().times(instance.units().0 / unit),
        limit: 0,
        room,
    });
    (questions.collect(), unit)
}

/// What the plan of a request has to keep to.
fn terms(request: &PhasingRequest, instances: &[Instance]) -> Terms {
    let places = &request.places;
    Terms {
        kept: instances.iter().take(1).map(|one| one.there).collect(),
        forced: of_status(places, PlaceStatus::Forced),
        forbidden: of_status(places, PlaceStatus::Forbidden),
        costs: places.iter().map(|place| place.cost).chain([0]).collect(),
        sides: Sides::NONE,
        room: Room::Unlimited,
    }
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

/// Sites that open for one phase after the other.
struct Opened<'a> {
    asked: &'a [Asked<'a>],
    /// With a coverage for each phase.
    course: Course,
    steps: Vec<Step>,
}

impl Opened<'_> {
    /// Opens a site for a phase, and counts it as that is judged.
    fn open_for(&mut self, phase: usize, change: &Change, price: u64) -> Result<(), ProposalError> {
        let asked = self.asked[phase];
        let had = asked.covered(&self.course.coverages[phase]);
        self.course.make(change)?;
        let total = asked.covered(&self.course.coverages[phase]);
        let cost = self.steps.last().map_or(0, |last| last.cost) + price;
        self.steps.push(Step {
            group: asked.phase.map(|phase| phase.name.clone()),
            ..Step::of(change.clone(), [had, total], cost)
        });
        Ok(())
    }
}
