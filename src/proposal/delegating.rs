//! What to push down next.
//!
//! A push hands an item down to a site: all steps of it that are missing for those around. Whoever gets the item
//! done by that alone is its gain. A push that helps somebody does so by itself, since it brings all that is
//! missing; so the best pushes are those that reach most people × items together, which is an MCLP.
//!
//! ```text
//!   clients      parties of cells × items that are not done for them
//!   candidates   sites × items: the item may go there, the site can take it, is open to them and when they come
//! ```

use std::collections::{BTreeMap, HashMap};

use super::answer::{Answer, FrontierPoint, Proposal, ProposalError, Step};
use crate::assess::asked_of;
use crate::ids::{CellId, ItemId, SiteId};
use crate::model::{Change, Phase, Steps, Study, Takers};
use crate::plan::{Limits, Matrix, Plan, Problem, Room, Terms, solve, steps};
use crate::progress::{Progress, Stage};
use crate::score::{Coverage, Mend, Party, Setting, Undone, Verdict, coverage_of};
use crate::search::{WhatIf, try_walks};
use crate::units::People;

/// What is asked; by default nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DelegationRequest {
    /// So many pushes at most.
    pub pushes: u64,
    /// The phase that is to be served, by its place among the study's; none for the study's target.
    pub phase: Option<usize>,
    /// Only items that are pushed by this department, if one is named.
    pub department: Option<String>,
    /// Only sites that lie in this unit, if one is named.
    pub unit: Option<crate::ids::UnitId>,
}

/// So many pairs are looked at for each further bound of the list.
const PREFIX_WORK: u64 = 4_000_000;
/// The bounds of so many shorter lists are looked for one by one; between those that are left out the bound of
/// the next longer list holds.
const PREFIXES: u64 = 60;

/// Which items to push down to which sites next, in the order of doing it, with what each brings in people ×
/// items, and how far any beginning of the list is from the best of that length.
///
/// Only what may go and can be taken ([`Takers`]) is pushed; longer hours, helpers and cross-area windows are
/// other cures. Of an item all steps go that are missing for those whom the push helps.
///
/// O(cells × classes × sites within the limit), then what [`solve`] takes.
///
/// # Errors
/// When the walks are more than the memory of the study holds, or the numbers too large.
pub fn delegate(
    study: &Study,
    request: &DelegationRequest,
    limits: &Limits<'_>,
    progress: &dyn Progress,
) -> Result<Proposal, ProposalError> {
    let study = study.clone().with_changes(Vec::new());
    let budget = study.target().search;
    // Refused here when they are too many.
    drop(try_walks(&study, budget, progress)?);
    let base = WhatIf::new(study, budget, progress);
    let phase = request
        .phase
        .and_then(|place| base.study().phases().get(place));
    let before = asked_coverage(&base, phase);
    let concerned = |cell| is_concerned(base.study(), phase, cell);
    let pushes = Pushes::of(&before, request, phase);
    let unit = pushes.unit();
    let matrix = pushes.matrix(unit)?;
    let terms = Terms::new(Room::Sites(request.pushes));
    let problem = Problem::Mclp { limit: 0 };
    progress.start(Stage::Solve, 0);
    let plan = solve(&matrix, problem, &terms, limits)?;
    let had = person_items(&before, concerned);
    let bounds = prefix_bounds(&matrix, &plan, (unit, had), limits);
    progress.start(Stage::Score, plan.open.len() as u64);
    let mut now = base.clone();
    let mut coverage = before.clone();
    let mut total = had;
    let mut done = Vec::new();
    for (number, step) in (1_u64..).zip(steps(&matrix, problem, &terms, &plan)) {
        let push = &pushes.all[step.candidate as usize];
        let change = push.change(base.study());
        let then = now.after(&change)?;
        coverage = coverage.after(&then);
        now = then;
        let after = person_items(&coverage, concerned);
        done.push(Step {
            site: base.study().sites()[push.site].id.clone(),
            item: Some(push.item),
            gain: after - total,
            total: after,
            cost: number,
            change,
        });
        total = after;
        progress.advance(1);
    }
    Ok(Proposal {
        answer: Answer::of_pushes(&plan, unit, had),
        steps: done,
        frontier: bounds,
        unserved: Vec::new(),
        considered: Vec::new(),
        opens: None,
        before,
        after: coverage,
    })
}

/// The coverage that is asked: of the study's target, or of a phase.
fn asked_coverage(base: &WhatIf, phase: Option<&Phase>) -> Coverage {
    let study = base.study();
    let usual = Setting::of(study);
    match phase {
        None => coverage_of(base.walks(), study.target(), usual),
        Some(phase) => {
            let setting = Setting {
                who: asked_of(study, phase),
                online: phase.online,
                ..usual
            };
            coverage_of(base.walks(), &phase.target(study.target()), setting)
        }
    }
}

fn is_concerned(study: &Study, phase: Option<&Phase>, cell: CellId) -> bool {
    phase.is_none_or(|phase| phase.concerns(study.cells()[cell].unit, study.units()))
}

/// People × asked items that are done for them, in the cells that are concerned.
fn person_items(coverage: &Coverage, concerned: impl Fn(CellId) -> bool) -> People {
    let cells = coverage.study().cells().iter();
    cells
        .filter(|(cell, _)| concerned(*cell))
        .map(|(cell, _)| coverage.person_items(cell))
        .sum()
}

/// An item that is handed down to a site.
struct Push {
    site: SiteId,
    item: ItemId,
    /// The steps that are missing for anybody whom it helps.
    steps: Steps,
}

impl Push {
    fn change(&self, study: &Study) -> Change {
        Change::Offer {
            sites: vec![study.sites()[self.site].id.clone()],
            items: vec![self.item],
            steps: self.steps,
        }
    }
}

/// All pushes that help somebody, and whom.
struct Pushes {
    all: Vec<Push>,
    /// Those who are helped by the same pushes, by the places of these, with people × items.
    clients: Vec<(Vec<u32>, u64)>,
}

/// A class of items that is not done for people, and the sites to any of which it could be pushed.
type Lack = (usize, usize, Vec<SiteId>);

/// What is lacking.
struct Lacks {
    lacks: HashMap<Lack, People>,
    /// By class and site the steps that are missing for anybody whom the site could help.
    missing: BTreeMap<(usize, SiteId), Steps>,
}

impl Pushes {
    fn of(coverage: &Coverage, request: &DelegationRequest, phase: Option<&Phase>) -> Self {
        let study = coverage.study();
        let mut lacks: HashMap<Lack, People> = HashMap::new();
        let mut missing: BTreeMap<(usize, SiteId), Steps> = BTreeMap::new();
        for (cell, _) in study.cells().iter() {
            if !is_concerned(study, phase, cell) {
                continue;
            }
            for (place, party) in coverage.parties().enumerate() {
                let people = party.number(cell);
                if people == People::ZERO {
                    continue;
                }
                for (class, verdict) in party.class_verdicts(cell) {
                    let Some(undone) = undone(party, cell, class, verdict) else {
                        continue;
                    };
                    let sites = helping_sites(party, &undone);
                    for &site in &sites {
                        let steps = missing.entry((class, site)).or_default();
                        *steps = steps.and(undone.missing);
                    }
                    if !sites.is_empty() {
                        *lacks.entry((place, class, sites)).or_default() += people;
                    }
                }
            }
        }
        Self::from_lacks(coverage, request, &Lacks { lacks, missing })
    }

    /// Each item of a class is pushed by itself, where it may go.
    fn from_lacks(coverage: &Coverage, request: &DelegationRequest, found: &Lacks) -> Self {
        let study = coverage.study();
        let takers = Takers::of(study);
        let mut pushes = Self {
            all: Vec::new(),
            clients: Vec::new(),
        };
        let mut places: HashMap<(SiteId, ItemId), Option<u32>> = HashMap::new();
        let parties: Vec<Party<'_>> = coverage.parties().collect();
        // In a fixed order, whatever that of the hash table.
        let mut sorted: Vec<(&Lack, &People)> = found.lacks.iter().collect();
        sorted.sort_unstable();
        for ((party, class, sites), people) in sorted {
            for &item in parties[*party].items() {
                if study.catalogue().class(item) != *class || !may_push(study, item, request) {
                    continue;
                }
                let mut able = Vec::new();
                for &site in sites {
                    let place = places.entry((site, item)).or_insert_with(|| {
                        let fits = is_within(study, site, request) && takers.can_take(site, item);
                        fits.then(|| pushes.add(site, item, found.missing[&(*class, site)]))
                    });
                    able.extend(*place);
                }
                if !able.is_empty() {
                    pushes.clients.push((able, people.millionths()));
                }
            }
        }
        pushes
    }

    fn add(&mut self, site: SiteId, item: ItemId, steps: Steps) -> u32 {
        let place = u32::try_from(self.all.len()).unwrap_or(u32::MAX);
        self.all.push(Push { site, item, steps });
        place
    }

    /// The largest number of which all weights are multiples.
    fn unit(&self) -> u64 {
        let weights = self.clients.iter().map(|(_, weight)| *weight);
        weights.reduce(super::instance::common_divisor).unwrap_or(1)
    }

    fn matrix(&self, unit: u64) -> Result<Matrix, ProposalError> {
        let weights = self.clients.iter().map(|(_, weight)| weight / unit);
        let numbered = (0_u32..).zip(&self.clients);
        let pairs: Vec<(u32, u32, u32)> = numbered
            .flat_map(|(client, (pushes, _))| pushes.iter().map(move |&push| (client, push, 0)))
            .collect();
        Ok(Matrix::new(weights.collect(), self.all.len(), &pairs)?)
    }
}

/// What is undone of a class, if a site that is there can be handed it so that it is done.
fn undone(party: Party<'_>, cell: CellId, class: usize, verdict: Verdict) -> Option<Undone> {
    match verdict {
        Verdict::NotOffered { missing, .. } => Some(Undone {
            cell,
            class,
            missing,
        }),
        // No site is near, but a helper may come.
        Verdict::TooFar { .. } | Verdict::OutOfReach | Verdict::Stranded { .. } => {
            party.undone_at_home(cell, class)
        }
        Verdict::Covered { .. } | Verdict::AtHome { .. } | Verdict::Online | Verdict::Unknown => {
            None
        }
    }
}

/// The sites at which it is done for a party once all that is missing is handed down there, in order.
fn helping_sites(party: Party<'_>, undone: &Undone) -> Vec<SiteId> {
    let mend = |site| Mend {
        site,
        hand_down: undone.missing,
        renew: false,
        cross_area: false,
        helper: false,
        longer_hours: false,
    };
    let near = party.mendable(undone.cell);
    let near = near.filter(|reach| party.is_mended(undone, *reach, &mend(reach.site)));
    let mut sites: Vec<SiteId> = near.map(|reach| reach.site).collect();
    let sending = party.sending(undone.cell);
    sites.extend(sending.filter(|&site| party.is_mended_at_home(undone, &mend(site))));
    sites.sort_unstable();
    sites.dedup();
    sites
}

fn may_push(study: &Study, item: ItemId, request: &DelegationRequest) -> bool {
    let item = &study.catalogue()[item];
    let of = |wanted: &String| item.departments().any(|department| department == wanted);
    request.department.as_ref().is_none_or(of)
}

fn is_within(study: &Study, site: SiteId, request: &DelegationRequest) -> bool {
    let unit = study.sites()[site].unit;
    let within =
        |wanted| unit.is_some_and(|unit| study.units().upward(unit).any(|above| above == wanted));
    request.unit.is_none_or(within)
}

/// What no list of so many pushes exceeds, for lengths up to that of the plan.
fn prefix_bounds(
    matrix: &Matrix,
    plan: &Plan,
    (unit, had): (u64, People),
    limits: &Limits<'_>,
) -> Vec<FrontierPoint> {
    let longest = plan.open.len() as u64;
    let apart = longest.div_ceil(PREFIXES).max(1);
    let mut points = Vec::new();
    for sites in 1..longest {
        if !sites.is_multiple_of(apart) {
            continue;
        }
        let few = Limits {
            work: PREFIX_WORK.min(limits.work),
            ..*limits
        };
        let terms = Terms::new(Room::Sites(sites));
        if let Ok(best) = solve(matrix, Problem::Mclp { limit: 0 }, &terms, &few) {
            points.push(FrontierPoint {
                sites,
                answer: Answer::of_pushes(&best, unit, had),
            });
        }
    }
    points.push(FrontierPoint {
        sites: longest,
        answer: Answer::of_pushes(plan, unit, had),
    });
    points
}
