//! What all plans tell alike, be they made in a study or on a matrix.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::model::{Change, Phase, Study};
use crate::plane::Position;
use crate::proposal::{
    Answer, FairPoint, MatrixPlan, MeasureCosts, Opens, PhaseOutcome, Proposal, Step, Wanted,
};
use crate::report::number::Number;
use crate::score::Remedy;
use crate::units::People;

/// A plan as rows.
pub(super) struct Sheet<'p> {
    pub(super) study: &'p Study,
    pub(super) answer: Answer,
    pub(super) asked: Asked,
    pub(super) steps: Vec<StepRow<'p>>,
    pub(super) frontier: Vec<FrontierRow>,
    /// The ids of those whom nothing serves.
    pub(super) unserved: Vec<&'p str>,
    /// The total before the first step, and after the last.
    pub(super) before: Number,
    pub(super) after: Number,
    /// How many people there are.
    pub(super) people: Number,
    /// What each phase comes to.
    pub(super) phases: Vec<PhaseRow<'p>>,
    /// Sites that somebody needs.
    pub(super) pivots: Vec<PivotRow<'p>>,
    /// From most covered to most fair.
    pub(super) fairness: Vec<FairPoint>,
    /// Whether each unit was to have a share.
    pub(super) has_share: bool,
    /// Where the station of a merger stands.
    pub(super) merged_at: Option<&'p str>,
    /// What all steps cost together.
    pub(super) spent: u64,
    /// What measures might cost in all, where costs were counted.
    pub(super) budget: Option<u64>,
    /// Whether anything competes with pushes.
    pub(super) has_others: bool,
}

/// One step of a plan.
pub(in crate::report) struct StepRow<'p> {
    pub(super) step: u64,
    pub(super) action: &'static str,
    pub(super) site: &'p str,
    /// What site and item are called, for a person; empty where they have no names.
    pub(super) names: String,
    pub(super) at: Option<Position>,
    pub(super) gain: Number,
    pub(super) total: Number,
    pub(super) cost: u64,
    /// The id of the item that is pushed down, and its steps.
    pub(super) item: Option<&'p str>,
    pub(super) steps: Option<String>,
    /// The ids of those that are folded into the site.
    pub(super) folded: Option<String>,
    /// What else is done there, where nothing is pushed down.
    pub(super) remedy: Option<Remedy>,
    /// Whose list it stands in.
    pub(super) group: Option<&'p str>,
    /// No plan of so many steps has a higher total; none where plans are not measured by it.
    pub(super) bound: Option<Number>,
}

/// A phase, and what it comes to.
pub(in crate::report) struct PhaseRow<'p> {
    pub(super) phase: &'p Phase,
    pub(super) outcome: PhaseOutcome,
}

impl PhaseRow<'_> {
    /// How many fewer are covered than by a free choice, as far as one was found.
    pub(super) fn price(&self) -> Number {
        let PhaseOutcome { after, free, .. } = self.outcome;
        Number::of((free.as_f64() - after.as_f64()).max(0.0))
    }
}

fn phases(proposal: &Proposal) -> Vec<PhaseRow<'_>> {
    let study = proposal.before.study();
    let outcomes = proposal.phases.iter();
    outcomes
        .filter_map(|&outcome| {
            let phase = study.phases().get(outcome.phase)?;
            Some(PhaseRow { phase, outcome })
        })
        .collect()
}

/// A site that somebody needs, and who is left without when it closes alone.
pub(in crate::report) struct PivotRow<'p> {
    pub(super) site: &'p str,
    pub(super) name: &'p str,
    pub(super) people: People,
    /// The ids of the cells in which they live.
    pub(super) cells: Vec<&'p str>,
}

fn pivots(proposal: &Proposal) -> Vec<PivotRow<'_>> {
    let study = proposal.before.study();
    let pivots = proposal.pivots.iter();
    pivots
        .map(|pivot| {
            let site = study.sites().find(&pivot.site);
            let cells = pivot.cells.iter();
            PivotRow {
                site: &pivot.site,
                name: site.map_or("", |site| &study.sites()[site].name),
                people: pivot.people,
                cells: cells.map(|&cell| study.cells()[cell].id.as_str()).collect(),
            }
        })
        .collect()
}

/// The best plan of so many sites.
pub(in crate::report) struct FrontierRow {
    pub(super) sites: u64,
    pub(super) answer: Answer,
}

/// What was asked, for the manifest.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Asked {
    problem: &'static str,
    /// The limit in minutes, or in the unit of a matrix.
    limit: Number,
    candidates: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    like: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    items: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    min_share: Option<Number>,
    #[serde(skip_serializing_if = "Option::is_none")]
    phase: Option<String>,
    /// What competes with pushes.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    also: Vec<&'static str>,
    /// What measures may cost in all.
    #[serde(skip_serializing_if = "Option::is_none")]
    budget: Option<u64>,
    /// What a measure of each kind costs then.
    #[serde(skip_serializing_if = "Option::is_none")]
    costs: Option<BTreeMap<&'static str, u64>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    times: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    speed_kmh: Option<Number>,
}

impl<'p> Sheet<'p> {
    pub(super) fn of(proposal: &'p Proposal) -> Self {
        let study = proposal.before.study();
        let numbers = numbers(proposal);
        let steps = numbers.into_iter().zip(&proposal.steps);
        let frontier = proposal.frontier.iter();
        let cells = study.cells();
        let unserved = proposal.unserved.iter();
        Self {
            study,
            answer: proposal.answer,
            asked: asked(proposal),
            steps: steps
                .map(|(number, step)| StepRow {
                    step: number,
                    action: action(&step.change),
                    site: &step.site,
                    names: names(study, step),
                    at: place_of(proposal, step),
                    gain: Number::of(step.gain.as_f64() - step.loss.as_f64()),
                    total: Number::people(step.total),
                    cost: step.cost,
                    item: step.item.map(|item| study.catalogue()[item].id.as_str()),
                    steps: steps_of(&step.change),
                    folded: folded(&step.change),
                    remedy: remedy(&step.change),
                    bound: step.bound.map(Number::of),
                    group: step.group.as_deref(),
                })
                .collect(),
            frontier: frontier
                .map(|point| FrontierRow {
                    sites: point.sites,
                    answer: point.answer,
                })
                .collect(),
            unserved: unserved.map(|&cell| cells[cell].id.as_str()).collect(),
            before: Number::people(proposal.had),
            after: after(proposal),
            people: Number::people(proposal.people),
            phases: phases(proposal),
            pivots: pivots(proposal),
            fairness: proposal.fairness.clone(),
            has_share: proposal.min_share.is_some(),
            merged_at: proposal.merged_at.as_deref(),
            has_others: proposal.also.iter().next().is_some(),
            spent: spent(proposal),
            budget: proposal.budget.map(|budget| budget.most),
        }
    }

    pub(super) fn of_matrix(plan: &'p MatrixPlan) -> Self {
        let case = &plan.case;
        let sites = &case.sites;
        let cells: Vec<&str> = case
            .study
            .cells()
            .iter()
            .map(|(_, cell)| &*cell.id)
            .collect();
        let steps = plan.steps.iter().enumerate();
        let last = plan.steps.last();
        let before = plan.steps.first().map(|step| step.total - step.gain);
        Self {
            study: &case.study,
            answer: plan.answer,
            asked: Asked {
                problem: plan.request.wanted.word(),
                limit: Number::of(f64::from(plan.request.limit) / case.unit.parts()),
                candidates: sites.len(),
                unit: Some(case.unit.word()),
                like: None,
                kind: None,
                items: None,
                min_share: plan.request.min_share.map(Number::part),
                phase: None,
                also: Vec::new(),
                budget: None,
                costs: None,
                times: Some(plan.request.times).filter(|times| *times > 1),
                speed_kmh: None,
            },
            steps: steps
                .map(|(place, step)| StepRow {
                    step: place as u64 + 1,
                    action: OPEN,
                    site: &sites[step.candidate as usize].id,
                    names: String::new(),
                    at: sites[step.candidate as usize].at,
                    gain: Number::people(step.gain),
                    total: Number::people(step.total),
                    cost: step.cost,
                    item: None,
                    steps: None,
                    folded: None,
                    remedy: None,
                    bound: bound(plan.answer.wanted, place, &plan.frontier),
                    group: None,
                })
                .collect(),
            frontier: plan
                .frontier
                .iter()
                .map(|&(sites, answer)| FrontierRow { sites, answer })
                .collect(),
            unserved: plan
                .unserved
                .iter()
                .map(|&one| cells[one as usize])
                .collect(),
            before: before.map_or(Number::of(0.0), Number::people),
            after: last.map_or(Number::of(0.0), |step| Number::people(step.total)),
            people: Number::people(case.study.cells().people()),
            phases: Vec::new(),
            pivots: Vec::new(),
            fairness: plan.fairness.clone(),
            has_share: plan.request.min_share.is_some(),
            merged_at: None,
            has_others: false,
            spent: last.map_or(0, |step| step.cost),
            budget: None,
        }
    }
}

/// What a measure of each kind costs, by the words of the command line.
fn costs(costs: &MeasureCosts) -> BTreeMap<&'static str, u64> {
    BTreeMap::from([
        ("push", costs.push),
        ("hours", costs.hours),
        ("renew", costs.renew),
        ("helper", costs.helper),
        ("reach", costs.reach),
    ])
}

/// The lists of pushes, each of which counts for itself; any other plan is one list, that of phases too.
fn lists(proposal: &Proposal) -> impl Iterator<Item = &[Step]> {
    let counts_apart = proposal.answer.wanted == Wanted::Pushes;
    let steps = proposal.steps.as_slice();
    steps.chunk_by(move |one, next| !counts_apart || one.group == next.group)
}

/// The numbers of steps.
fn numbers(proposal: &Proposal) -> Vec<u64> {
    lists(proposal)
        .flat_map(|list| (1..).zip(list).map(|(number, _)| number))
        .collect()
}

/// What all lists cost.
fn spent(proposal: &Proposal) -> u64 {
    let last = lists(proposal).filter_map(<[Step]>::last);
    last.map(|step| step.cost).sum()
}

/// The total after all steps.
fn after(proposal: &Proposal) -> Number {
    let last = proposal
        .steps
        .last()
        .map_or(proposal.had, |step| step.total);
    match proposal.answer.wanted {
        // Several lists count their totals apart.
        Wanted::Pushes => Number::of(proposal.answer.objective),
        // A step counts for its own phase, and this total is that of the last.
        Wanted::Phases => {
            let outcome = proposal.phases.last();
            Number::people(outcome.map_or(last, |outcome| outcome.after))
        }
        _ => Number::people(last),
    }
}

/// What no plan of so many steps exceeds, by the best plan of so many or the next more that is known.
fn bound(wanted: Wanted, place: usize, points: &[(u64, Answer)]) -> Option<Number> {
    let is_total = wanted == Wanted::Mclp;
    let longer = points.iter().find(|(sites, _)| *sites > place as u64);
    longer
        .filter(|_| is_total)
        .map(|(_, answer)| Number::of(answer.bound))
}

/// The name of the site, or the unit in which a new one stands; and the name of the item.
fn names(study: &Study, step: &Step) -> String {
    let site = study.sites().find(&step.site);
    let site = site.map(|site| study.sites()[site].name.as_str());
    let unit = match &step.change {
        Change::OpenSite(new) => new.site.unit,
        _ => None,
    };
    let unit = unit.map(|unit| study.units()[unit].name.as_str());
    let place = site.or(unit).filter(|name| *name != step.site);
    let item = step.item.map(|item| &study.catalogue()[item]);
    let item = item.filter(|item| item.name != item.id);
    let names = place.into_iter().chain(item.map(|item| item.name.as_str()));
    names.collect::<Vec<_>>().join(" ← ")
}

/// The steps that are pushed down, as files write them.
fn steps_of(change: &Change) -> Option<String> {
    match change {
        Change::Offer { steps, .. } => Some(steps.to_string()),
        _ => None,
    }
}

/// The ids of those that a site takes in.
fn folded(change: &Change) -> Option<String> {
    let Change::MergeSites(merger) = change else {
        return None;
    };
    let others = merger.sites.iter().filter(|site| **site != merger.into);
    Some(others.map(String::as_str).collect::<Vec<_>>().join(" "))
}

/// What is done that competes with pushes.
const fn remedy(change: &Change) -> Option<Remedy> {
    match change {
        Change::Renew { .. } => Some(Remedy::Renew),
        Change::SetReach { .. } => Some(Remedy::CrossArea),
        Change::SetHelper { .. } => Some(Remedy::Helper),
        Change::AddHours { .. } => Some(Remedy::LongerHours),
        _ => None,
    }
}

const OPEN: &str = "open-site";

/// What a change is called in the study file.
fn action(change: &Change) -> &'static str {
    match change {
        Change::Offer { .. } => "offer",
        Change::CloseSite { .. } => "close-site",
        Change::AddStreet { .. } => "add-street",
        Change::MergeSites(_) => "merge-sites",
        Change::Renew { .. } => "renew",
        Change::SetReach { .. } => "reach",
        Change::SetHelper { .. } => "helper",
        Change::AddHours { .. } => "hours",
        _ => OPEN,
    }
}

/// Where a step is done: where the new site stands, or the one that is there.
pub(super) fn place_of(proposal: &Proposal, step: &Step) -> Option<Position> {
    match &step.change {
        Change::OpenSite(new) => Some(new.site.at),
        Change::AddStreet { line } => line.first().copied(),
        Change::MergeSites(merger) if merger.at.is_some() => merger.at,
        _ => {
            let sites = proposal.before.study().sites();
            sites.find(&step.site).map(|site| sites[site].at)
        }
    }
}

fn asked(proposal: &Proposal) -> Asked {
    let study = proposal.before.study();
    let (like, kind, items) = match &proposal.opens {
        Some(Opens::Like(site)) => (Some(study.sites()[*site].id.clone()), None, None),
        Some(Opens::Handling { kind, items }) => {
            let ids = items.iter().map(|&item| study.catalogue()[item].id.clone());
            let named = Some(kind.clone()).filter(|kind| !kind.is_empty());
            (None, named, Some(ids.collect()))
        }
        None => (None, None, None),
    };
    let phase = proposal.phase.and_then(|place| study.phases().get(place));
    let limit = phase.and_then(|phase| phase.limit);
    Asked {
        problem: proposal.answer.wanted.word(),
        limit: Number::minutes(limit.unwrap_or(study.target().limit)),
        candidates: proposal.considered.len(),
        unit: None,
        like,
        kind,
        items,
        min_share: proposal.min_share.map(Number::part),
        phase: phase.map(|phase| phase.name.clone()),
        also: proposal.also.iter().map(Remedy::word).collect(),
        budget: proposal.budget.map(|budget| budget.most),
        costs: proposal.budget.map(|budget| costs(&budget.costs)),
        times: None,
        speed_kmh: Some(Number::of(study.walk().speed.kmh())),
    }
}
