//! A proposal: what to do, in which order, what it brings, and how good it is at least.

use super::budget::Budget;
use super::instance_error::InstanceError;
use super::opening::Opens;
use super::place::Place;
use super::wanted::Wanted;
use crate::assess::Remedies;
use crate::ids::{CellId, ItemId};
use crate::model::{Change, ChangeError};
use crate::plan::{Fair, MILLION, Nested, Plan, PlanError};
use crate::score::Coverage;
use crate::search::TooManyPairs;
use crate::text::plain;
use crate::units::People;
use crate::words::{Text, text};

/// A plan for a study.
///
/// ```
/// use walkshed::plan::Limits;
/// use walkshed::proposal::{ClosingRequest, closing};
/// use walkshed::{Silent, draw};
/// let town = draw::town("A-s-a-t-B", 100.0, "st");
/// let request = ClosingRequest { sites: 1, among: Vec::new(), phase: None };
/// let plan = closing(&town, &request, &Limits::NONE, &Silent).unwrap();
/// // What is promised is counted on the changed study.
/// assert_eq!(plan.steps[0].total, plan.after.total().covered());
/// assert_eq!((plan.had, plan.answer.proved()), (plan.before.total().covered(), true));
/// ```
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Proposal {
    /// What the plan comes to, and what no plan of these places can better.
    pub answer: Answer,
    /// The total before the first step: people covered, or of pushes people × items.
    pub had: People,
    /// How many people are asked about.
    pub people: People,
    /// What is done, in the order of doing it: each time what adds most.
    pub steps: Vec<Step>,
    /// The best of fewer steps, where it was asked for.
    pub frontier: Vec<FrontierPoint>,
    /// From most covered to most fair, where the fairest plan was asked for.
    pub fairness: Vec<FairPoint>,
    /// What each phase comes to, where all were planned for.
    pub phases: Vec<PhaseOutcome>,
    /// Sites that somebody needs, where it was asked what can close.
    pub pivots: Vec<Pivot>,
    /// The share that each unit was to have at least, where one was asked for.
    pub min_share: Option<f64>,
    /// What competed with pushes.
    pub also: Remedies,
    /// What might be spent on measures, and what each cost, where costs were counted.
    pub budget: Option<Budget>,
    /// The phase that was to be served, by its place among the study's; none for the study's target.
    pub phase: Option<usize>,
    /// The cells where somebody is served by nothing that was considered: LSCP, not within the limit;
    /// *p*-center, not within the search budget.
    pub unserved: Vec<CellId>,
    /// Where the station of a merger stands: the id of one of its sites, or of a place that was considered.
    pub merged_at: Option<String>,
    /// The places that were considered.
    pub considered: Vec<Place>,
    /// What opens at a place.
    pub opens: Option<Opens>,
    /// The coverage as it is.
    pub before: Coverage,
    /// The coverage after all steps.
    pub after: Coverage,
}

impl Proposal {
    /// Nothing is done, and nothing told but the coverage.
    pub(super) fn of(before: Coverage, after: Coverage) -> Self {
        let had = before.total().covered();
        Self {
            answer: Answer::of_total([had, had], had),
            had,
            people: before.total().people(),
            steps: Vec::new(),
            frontier: Vec::new(),
            fairness: Vec::new(),
            phases: Vec::new(),
            pivots: Vec::new(),
            min_share: None,
            also: Remedies::default(),
            budget: None,
            phase: None,
            unserved: Vec::new(),
            merged_at: None,
            considered: Vec::new(),
            opens: None,
            before,
            after,
        }
    }
}

/// One step of a plan.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// What is done.
    pub change: Change,
    /// The id of the site that it is about.
    pub site: String,
    /// The item that is pushed down, renewed or opened to all; none where a site opens, or is open longer or has a
    /// helper then.
    pub item: Option<ItemId>,
    /// Whose list it stands in, where there are several: a department, or the id of a unit.
    pub group: Option<String>,
    /// So many more are covered after it than before; of pushes, people × items that are done for them.
    pub gain: People,
    /// So many fewer are, where something closes.
    pub loss: People,
    /// So many are covered after it: what a run on the study with the steps so far finds.
    pub total: People,
    /// What all steps so far cost.
    pub cost: u64,
    /// No plan of so many steps has a higher total; none where plans are not measured by it.
    pub bound: Option<f64>,
}

/// The best plan with which each unit has a share.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FairPoint {
    /// The share, or as much of it as places could bring a unit.
    pub share: f64,
    /// How many people it covers.
    pub answer: Answer,
}

/// A site that somebody needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pivot {
    /// Its written id.
    pub site: String,
    /// So many are covered no longer when it alone closes.
    pub people: People,
    /// The cells in which they live.
    pub cells: Vec<CellId>,
}

/// What a phase comes to in a plan for all phases.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PhaseOutcome {
    /// The phase, by its place among the study's.
    pub phase: usize,
    /// So many sites open for it.
    pub opens: u64,
    /// How many people it asks about.
    pub people: People,
    /// So many of them are covered on its day without any new site.
    pub before: People,
    /// So many are with those for it and for all phases before.
    pub after: People,
    /// So many would be by the best plan of as much that looks at no other phase, as far as one was found.
    pub free: People,
    /// No plan of as much covers more.
    pub free_bound: People,
}

/// The best plan of so many sites.
///
/// ```
/// use walkshed::plan::{Limits, Room};
/// use walkshed::proposal::{Opens, SitingRequest, Wanted, at_cells, siting};
/// use walkshed::{Silent, draw};
/// let town = draw::town("A-s-a---------------b-----------------------c-B", 100.0, "s");
/// let request = SitingRequest {
///     wanted: Wanted::Mclp,
///     room: Room::Sites(2),
///     places: at_cells(&town),
///     opens: Opens::Like(town.sites().find("s").unwrap()),
///     phase: None,
///     min_share: None,
///     frontier: true,
/// };
/// let plan = siting(&town, &request, &Limits::NONE, &Silent).unwrap();
/// let frontier: Vec<_> = plan.frontier.iter().map(|point| (point.sites, point.answer.objective)).collect();
/// // With one site c is served, with two b as well.
/// assert!(frontier.contains(&(1, 5.0)) && plan.answer.objective == 7.0, "{frontier:?}");
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FrontierPoint {
    /// So many open at most, or so many pushes or so much cost.
    pub sites: u64,
    /// What that comes to.
    pub answer: Answer,
}

/// What a plan comes to, in the terms of what was wanted.
///
/// ```
/// use walkshed::plan::Limits;
/// use walkshed::proposal::{ClosingRequest, closing};
/// use walkshed::{Silent, draw};
/// let town = draw::town("A-s-a-t-b-B", 100.0, "st");
/// let request = ClosingRequest { sites: 1, among: Vec::new(), phase: None };
/// let answer = closing(&town, &request, &Limits::NONE, &Silent).unwrap().answer;
/// // Both cells stay covered whichever closes, and no plan can do better.
/// assert_eq!((answer.objective, answer.bound, answer.gap, answer.proved()), (3.0, 3.0, 0.0, true));
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Answer {
    /// What was wanted.
    pub wanted: Wanted,
    /// LSCP: the cost of what opens. MCLP: people covered. Fair: the share of the worst-off unit. Pushes: people × items done. *p*-median: minutes that all people walk, summed up.
    /// *p*-center: minutes that the farthest walk. On a matrix of metres metres, not minutes.
    pub objective: f64,
    /// No plan is better.
    pub bound: f64,
    /// How far the objective is from the bound at most, as a share of it; 0 when proved.
    pub gap: f64,
    /// Parts of all plans that were bounded one by one.
    pub nodes: u64,
    is_proved: bool,
}

impl Answer {
    /// Whether no plan of these places is better.
    #[must_use]
    pub const fn proved(&self) -> bool {
        self.is_proved
    }

    /// How it was found, in a few words for files.
    #[must_use]
    pub const fn method(&self) -> &'static str {
        if matches!(self.wanted, Wanted::Close | Wanted::Link) {
            return "each step the best by itself (greedy), every one tried";
        }
        if matches!(self.wanted, Wanted::Merge) {
            return if self.is_proved {
                "every choice at every place tried"
            } else {
                "outlets added one by one, each by trial"
            };
        }
        match (self.is_proved, self.nodes) {
            (true, 0) => "bound met (Lagrangean relaxation with fixing)",
            (true, _) => "branch and bound on Lagrangean bounds",
            (false, _) => "local search with a Lagrangean bound, stopped before the proof",
        }
    }

    /// The answer of a list of pushes whose weights are in so many millionths of people × items, where so many
    /// are done without any.
    pub(super) fn of_pushes(plan: &Plan, unit: u64, had: People) -> Self {
        let told = |number: u64| (People::from_millionths(number * unit) + had).as_f64();
        let objective = told(plan.objective);
        let bound = told(plan.bound);
        Self {
            wanted: Wanted::Pushes,
            objective,
            bound,
            // Of what the list adds: what was done before makes no list better.
            gap: plan.gap(),
            nodes: plan.nodes,
            is_proved: plan.proved(),
        }
    }

    /// Millionths as a share.
    pub(super) const fn share_of(millionths: u64) -> f64 {
        count(millionths) / count(MILLION)
    }

    /// The answer of a plan for all phases, whose weights are in so many millionths of a person.
    pub(super) fn of_nested(nested: &Nested, people: u64) -> Self {
        let told = |weight: u64| People::from_millionths(weight * people).as_f64();
        Self {
            wanted: Wanted::Phases,
            objective: told(nested.sum()),
            bound: told(nested.bound),
            gap: count(nested.bound - nested.sum()) / count(nested.sum().max(1)),
            nodes: nested.nodes,
            is_proved: nested.proved(),
        }
    }

    /// The answer of a list of closings after which so many are covered, and after any as long at most so many.
    pub(super) fn of_total([total, bound]: [People; 2], had: People) -> Self {
        let apart = (bound - total).as_f64();
        Self {
            wanted: Wanted::Close,
            objective: total.as_f64(),
            bound: bound.as_f64(),
            gap: apart / total.as_f64().max(1.0),
            nodes: 0,
            is_proved: bound == total || total == had,
        }
    }

    /// The answer of links after which so many are covered, of as many as could be with any streets.
    pub(super) fn of_links([total, bound]: [People; 2]) -> Self {
        // Streets of a network made in code may be shorter than the straight line.
        let bound = bound.max(total);
        Self {
            wanted: Wanted::Link,
            is_proved: total == bound,
            ..Self::of_total([total, bound], People::ZERO)
        }
    }

    /// The answer of a merger after which so many are covered, of so many people: where not all were tried no other
    /// bound is known.
    pub(super) fn of_merger([total, people]: [People; 2], all_tried: bool) -> Self {
        let bound = if all_tried { total } else { people };
        Self {
            wanted: Wanted::Merge,
            is_proved: bound == total,
            ..Self::of_total([total, bound], People::ZERO)
        }
    }

    /// The answer of the fairest plan.
    pub(super) fn of_fair(fair: &Fair) -> Self {
        Self {
            wanted: Wanted::Fair,
            objective: Self::share_of(fair.worst),
            bound: Self::share_of(fair.bound),
            gap: count(fair.bound - fair.worst) / count(fair.worst.max(1)),
            nodes: fair.plan.nodes,
            // None is fairer, and none as fair covers more.
            is_proved: fair.proved() && fair.plan.proved(),
        }
    }

    /// The answer of several lists together, which come to so much.
    pub(super) fn of_lists(lists: &[Self], had: People, total: People) -> Self {
        let objective = total.as_f64();
        let more: f64 = lists.iter().map(|list| list.bound - had.as_f64()).sum();
        let bound = (had.as_f64() + more).max(objective);
        let gap = (bound - objective) / (objective - had.as_f64()).max(1.0);
        Self {
            wanted: Wanted::Pushes,
            objective,
            bound,
            gap,
            nodes: lists.iter().map(|list| list.nodes).sum(),
            // What lists bring together is no more than what each brings alone.
            is_proved: gap < 1e-12,
        }
    }

    /// The answer of a plan whose weights are in so many millionths of a person, and whose costs in so many
    /// parts of a minute (or a metre).
    pub(super) fn of(plan: &Plan, wanted: Wanted, (people, parts): (u64, f64)) -> Self {
        let told = |number: u64| match wanted {
            Wanted::Lscp => count(number),
            Wanted::Mclp
            | Wanted::Fair
            | Wanted::Phases
            | Wanted::Close
            | Wanted::Link
            | Wanted::Merge
            | Wanted::Pushes => People::from_millionths(number * people).as_f64(),
            Wanted::PMedian => count(number) * count(people) / 1e6 / parts,
            Wanted::PCenter => count(number) / parts,
        };
        Self {
            wanted,
            objective: told(plan.objective),
            bound: told(plan.bound),
            gap: plan.gap(),
            nodes: plan.nodes,
            is_proved: plan.proved(),
        }
    }
}

/// A whole number as a float.
#[expect(
    clippy::cast_precision_loss,
    reason = "shown with fewer digits than a float holds"
)]
const fn count(number: u64) -> f64 {
    number as f64
}

/// Ticks of [`TravelTime`](crate::TravelTime) in a minute.
pub(super) const TICKS_PER_MINUTE: f64 = 600_000.0;

/// Why there is no proposal.
///
/// ```
/// use walkshed::plan::{Limits, Room};
/// use walkshed::proposal::{Opens, PhasingRequest, ProposalError, at_cells, phasing};
/// use walkshed::{Silent, draw};
/// let town = draw::town("A-a--s-B", 100.0, "s");
/// let opens = Opens::Like(town.sites().find("s").unwrap());
/// let request = PhasingRequest { rooms: vec![Room::Sites(1)], places: at_cells(&town), opens };
/// // The study has no phases to plan for.
/// let wrong = phasing(&town, &request, &Limits::NONE, &Silent).unwrap_err();
/// assert!(matches!(wrong, ProposalError::NoPhases));
/// ```
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ProposalError {
    /// The matrix has no plan.
    #[error(transparent)]
    Plan(#[from] PlanError),
    /// A change cannot be made.
    #[error(transparent)]
    Change(#[from] ChangeError),
    /// A place has the id of a site, or of another place.
    #[error("{}", self.text())]
    IdTaken {
        /// The id.
        id: String,
    },
    /// The study has no phase of people.
    #[error("{}", self.text())]
    NoPhases,
    /// More numbers of sites than phases of people.
    #[error("{}", self.text())]
    TooManyRooms {
        /// How many there are.
        rooms: usize,
        /// How many phases there are.
        phases: usize,
    },
    /// Not even sites at all places bring a unit its share.
    #[error("{}", self.text())]
    ShareOutOfReach {
        /// The unit's name.
        unit: String,
        /// The share that all places bring it, as a person reads it.
        most: String,
    },
    /// The walks are too many.
    #[error(transparent)]
    Search(#[from] TooManyPairs),
}

impl ProposalError {
    /// The error in words, with what to do.
    #[must_use]
    pub fn text(&self) -> Text {
        match self {
            Self::Plan(error) => error.text(),
            Self::Change(error) => error.text(),
            Self::IdTaken { id } => text!(ProposalIdTaken, id = plain(id)),
            Self::NoPhases => text!(ProposalNoPhases),
            Self::TooManyRooms { rooms, phases } => {
                text!(ProposalTooManyRooms, rooms = *rooms, phases = *phases)
            }
            Self::ShareOutOfReach { unit, most } => {
                text!(ProposalShareOutOfReach, unit = plain(unit), most = most)
            }
            Self::Search(error) => error.text(),
        }
    }
}

impl From<InstanceError> for ProposalError {
    fn from(error: InstanceError) -> Self {
        match error {
            InstanceError::Change(error) => Self::Change(error),
            InstanceError::Plan(error) => Self::Plan(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fair_plan_is_proved_when_none_as_fair_covers_more() {
        let plan = Plan {
            open: vec![0],
            objective: 5,
            bound: 7,
            unserved: Vec::new(),
            nodes: 0,
            work: 0,
        };
        let mut fair = Fair {
            plan,
            worst: MILLION,
            bound: MILLION,
            frontier: Vec::new(),
        };
        assert!(!Answer::of_fair(&fair).proved());
        fair.plan.bound = 5;
        assert!(Answer::of_fair(&fair).proved());
    }
}
