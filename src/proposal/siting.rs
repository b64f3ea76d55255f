//! Where to open.

use super::answer::{Answer, FrontierPoint, Proposal, ProposalError, Step};
use super::asked::Asked;
use super::course::{Course, base};
use super::frontier::{Effort, frontier};
use super::instance::Instance;
use super::opening::{Opens, opening};
use super::place::{Place, PlaceStatus};
use super::shares::Shares;
use super::solved::{Solved, solved};
use super::wanted::Wanted;
use crate::model::{Change, Study};
use crate::plan::{Limits, Plan, PlanError, Problem, Room, Sides, Terms, steps};
use crate::progress::{Progress, Stage};

/// What is asked.
#[derive(Debug, Clone, PartialEq)]
pub struct SitingRequest {
    /// Which sites are the best.
    pub wanted: Wanted,
    /// How many may open; the LSCP opens what it takes.
    pub room: Room,
    /// Where they may.
    pub places: Vec<Place>,
    /// What opens there.
    pub opens: Opens,
    /// The phase that is to be served, by its place among the study's; none for the study's target.
    pub phase: Option<usize>,
    /// The share of people, from 0 to 1, to six digits, that each unit must have covered: all units of the phase, or
    /// those below the topmost. The LSCP then opens the cheapest sites that bring it.
    pub min_share: Option<f64>,
    /// Whether the best plans of fewer sites are told besides, each with its bound.
    pub frontier: bool,
}

/// What is spent on the frontier.
pub(super) const FRONTIER: Effort = Effort {
    points: 200,
    work: 40_000_000,
};

/// Where to open, so that the study's people get done what its target asks.
///
/// Existing sites stay. Every place is tried by itself with all rules of the study; what the plan brings, step
/// by step, is what [`score::coverage`](crate::score::coverage) finds when the steps so far are made.
///
/// O(places) what-if changes, in parallel, then what [`solve`](crate::plan::solve) takes.
///
/// ```
/// use walkshed::plan::{Limits, Room};
/// use walkshed::proposal::{Opens, SitingRequest, Wanted, at_cells, siting};
/// use walkshed::{People, Silent, draw};
/// // One character is 100 m: the cells a, b, c, d hold 1, 2, 4, 8 people, the site s has a alone.
/// let town = draw::town("A-s-a-B------------b------C--c-----------d-D", 100.0, "s");
/// let service = town.catalogue().find("service").unwrap();
/// let request = SitingRequest {
///     wanted: Wanted::Mclp,
///     room: Room::Sites(1),
///     places: at_cells(&town),
///     opens: Opens::Handling { kind: "kiosk".to_owned(), items: vec![service] },
///     frontier: false,
///     phase: None,
///     min_share: None,
/// };
/// let proposal = siting(&town, &request, &Limits::NONE, &Silent).unwrap();
/// // At b it has b and c.
/// let d = &proposal.steps[0];
/// assert_eq!((d.site.as_str(), d.gain, d.total), ("new-d", People::whole(8), People::whole(9)));
/// assert!(proposal.answer.proved());
/// ```
///
/// # Errors
/// When a place has the id of a site, when there is no plan ([`crate::plan::PlanError`]), when not even sites at all
/// places bring a unit its share, or when the walks are more than the memory of the study holds.
pub fn siting(
    study: &Study,
    request: &SitingRequest,
    limits: &Limits<'_>,
    progress: &dyn Progress,
) -> Result<Proposal, ProposalError> {
    ids_are_free(study, &request.places)?;
    let base = base(study, progress)?;
    let asked = Asked::of(base.study(), request.phase);
    let before = asked.coverage(&base);
    let places = &request.places;
    let changes: Vec<Change> = places
        .iter()
        .map(|place| opening(base.study(), &request.opens, place))
        .collect();
    let tried = (&changes[..], request.wanted, asked);
    let instance = Instance::new(&base, &before, tried, progress)?;
    let shares = Shares::of(base.study(), asked, &instance);
    if request.min_share.is_some() && shares.are_none() {
        return Err(PlanError::NoUnits.into());
    }
    let terms = terms(request, (&instance, &shares));
    progress.start(Stage::Solve, 0);
    let wanted = (instance.problem, request.wanted);
    let solved = solved(&instance.matrix, wanted, (&terms, instance.units()), limits)
        .map_err(|error| named(error, (base.study(), &shares)))?;
    let Solved { plan, .. } = &solved;
    let in_order = steps(&instance.matrix, instance.problem, &terms, plan);
    let points = if request.frontier && request.wanted != Wanted::Fair {
        points_of(&instance, &terms, (plan, request.wanted), limits)
    } else {
        Vec::new()
    };
    progress.start(Stage::Score, 0);
    let mut course = Course::new(&base, std::slice::from_ref(&before));
    let mut steps: Vec<Step> = Vec::with_capacity(in_order.len());
    for step in &in_order {
        let change = changes[step.candidate as usize].clone();
        let last = steps.last();
        let had = last.map_or_else(|| asked.covered(&before), |last| last.total);
        let cost = last.map_or(0, |last| last.cost) + terms.cost(step.candidate);
        course.make(&change)?;
        let total = asked.covered(course.coverage());
        steps.push(Step::of(change, [had, total], cost));
    }
    if request.wanted == Wanted::Mclp && request.min_share.is_none() {
        for (sites, step) in (1..).zip(&mut steps) {
            let more = points.iter().find(|point| point.sites >= sites);
            step.bound = more.map(|point| point.answer.bound);
        }
    }
    Ok(Proposal {
        had: asked.covered(&before),
        people: asked.people(&before),
        answer: solved.answer,
        unserved: unserved(&instance, plan),
        considered: places.clone(),
        opens: Some(request.opens.clone()),
        min_share: request.min_share,
        phase: request.phase,
        fairness: solved.fairness,
        steps,
        frontier: points,
        ..Proposal::of(before, course.coverage().clone())
    })
}

/// What a plan of a request has to keep to.
fn terms(request: &SitingRequest, (instance, shares): (&Instance, &Shares)) -> Terms {
    let places = &request.places;
    let share = request.min_share.filter(|_| request.wanted != Wanted::Fair);
    let lived = share.is_some() || request.wanted == Wanted::Fair;
    Terms {
        kept: vec![instance.there],
        forced: of_status(places, PlaceStatus::Forced),
        forbidden: of_status(places, PlaceStatus::Forbidden),
        costs: places.iter().map(|place| place.cost).chain([0]).collect(),
        sides: Sides {
            units: if lived {
                shares.of_clients.clone()
            } else {
                Vec::new()
            },
            needs: share.map(|share| shares.needs(share)).unwrap_or_default(),
            ..Sides::NONE
        },
        ..Terms::new(request.room)
    }
}

/// The numbers of the places of a status.
pub(super) fn of_status(places: &[Place], status: PlaceStatus) -> Vec<u32> {
    let numbered = (0..).zip(places);
    let those = numbered.filter(|(_, place)| place.status == status);
    those.map(|(number, _)| number).collect()
}

/// Which unit cannot have its share, by its name.
fn named(error: PlanError, (study, shares): (&Study, &Shares)) -> ProposalError {
    match error {
        PlanError::NeedOutOfReach { unit, most, .. } => ProposalError::ShareOutOfReach {
            unit: shares.name(study, unit),
            most: shares.percent(unit, most),
        },
        error => error.into(),
    }
}

/// That no place has the id of a site or of another place: its site would make way.
pub(super) fn ids_are_free(study: &Study, places: &[Place]) -> Result<(), ProposalError> {
    let mut ids: Vec<&str> = places.iter().map(|place| place.id.as_str()).collect();
    ids.sort_unstable();
    let twice = ids
        .windows(2)
        .find(|pair| pair[0] == pair[1])
        .map(|pair| pair[0]);
    let of_site = || {
        ids.iter()
            .copied()
            .find(|id| study.sites().find(id).is_some())
    };
    match twice.or_else(of_site) {
        Some(id) => Err(ProposalError::IdTaken { id: id.to_owned() }),
        None => Ok(()),
    }
}

/// The cells in which nothing serves somebody, each once.
fn unserved(instance: &Instance, plan: &Plan) -> Vec<crate::ids::CellId> {
    let clients = plan.unserved.iter();
    let mut cells: Vec<_> = clients
        .map(|&client| instance.cells[client as usize])
        .collect();
    cells.dedup();
    cells
}

/// The best plans of fewer sites, and the plan itself at the end.
fn points_of(
    instance: &Instance,
    terms: &Terms,
    (plan, wanted): (&Plan, Wanted),
    limits: &Limits<'_>,
) -> Vec<FrontierPoint> {
    // The frontier to covering all is that of covering most.
    let (problem, shown) = match wanted {
        Wanted::Lscp => (Problem::Mclp { limit: 0 }, Wanted::Mclp),
        other => (instance.problem, other),
    };
    // How many people so many sites cover, whoever has a share.
    let plain = Terms {
        sides: Sides::NONE,
        ..terms.clone()
    };
    let same = wanted == shown && terms.sides.is_none();
    let is_last = same && matches!(terms.room, Room::Sites(_));
    let found = frontier(
        &instance.matrix,
        (problem, &plain),
        (plan, is_last),
        (FRONTIER, limits),
    );
    let point = |(sites, plan): (u64, Plan)| FrontierPoint {
        sites,
        answer: Answer::of(&plan, shown, instance.units()),
    };
    found.into_iter().map(point).collect()
}
