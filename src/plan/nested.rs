//! Plans for several dates: what opens by one stays for all later ones.
//!
//! The phases are one MCLP in which a candidate stands once for each phase that it may open in, and a client once
//! for each phase that asks it:
//!
//! ```text
//!             phase 1   phase 2   phase 3
//!   j opens in   1 ──────▶ ● ──────▶ ●        serves from then on
//!                          2 ──────▶ ●
//!                                    3
//!   room         ≤ r₁     ≤ r₁+r₂   ≤ r₁+r₂+r₃          groups of candidates
//! ```

use super::answer::Plan;
use super::error::PlanError;
use super::matrix::Matrix;
use super::question::{Checked, Problem, Room, Terms};
use super::sided;
use super::sides::{Counted, Group, Sides};
use super::solve;
use super::watch::Limits;

/// What is asked by a date.
///
/// ```
/// use walkshed::plan::{Matrix, PhaseQuestion, Room};
/// let matrix = Matrix::new(vec![300, 200], 2, &[(0, 0, 5), (1, 1, 5)]).unwrap();
/// let first = PhaseQuestion { matrix, limit: 15, room: Room::Sites(1) };
/// assert_eq!((first.matrix.clients(), first.matrix.candidates()), (2, 2));
/// ```
#[derive(Debug, Clone)]
pub struct PhaseQuestion {
    /// The clients of this phase; the candidates are the same in all phases, and so is what a weight is.
    pub matrix: Matrix,
    /// Within how much a client is covered.
    pub limit: u32,
    /// How much may be opened for this phase; what earlier ones left may be used too.
    pub room: Room,
}

/// A plan for all phases.
///
/// ```
/// use walkshed::plan::{Limits, Matrix, PhaseQuestion, Room, Terms, nested};
/// // First the county seat (client 0) is asked, then the village (client 1) too.
/// let costs = [(0, 0, 5), (1, 1, 5)];
/// let phase = |weights: [u64; 2]| PhaseQuestion {
///     matrix: Matrix::new(weights.into(), 2, &costs).unwrap(),
///     limit: 15,
///     room: Room::Sites(1),
/// };
/// let plan = nested(&[phase([300, 0]), phase([300, 200])], &Terms::new(Room::Sites(0)), &Limits::NONE).unwrap();
/// assert_eq!((plan.opens.clone(), plan.totals.clone()), (vec![vec![0], vec![1]], vec![300, 500]));
/// // Nothing is lost by keeping what opened first.
/// assert_eq!((plan.price(0), plan.price(1), plan.proved()), (0, 0, true));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Nested {
    /// By phase what opens for it, in order.
    pub opens: Vec<Vec<u32>>,
    /// By phase the weight that is covered then.
    pub totals: Vec<u64>,
    /// By phase the best plan of as much room that looks at no other phase.
    pub free: Vec<Plan>,
    /// No plan in which what opened stays has a larger sum of totals.
    pub bound: u64,
    /// Parts of all plans that were bounded one by one.
    pub nodes: u64,
}

impl Nested {
    /// The sum of all totals, which is what is made largest.
    #[must_use]
    pub fn sum(&self) -> u64 {
        self.totals.iter().sum()
    }

    /// Whether no nested plan is better.
    #[must_use]
    pub fn proved(&self) -> bool {
        self.sum() == self.bound
    }

    /// What a phase covers less than if it had a free choice, at least: the price of nesting.
    ///
    /// # Panics
    /// When there is no such phase.
    #[must_use]
    pub fn price(&self, phase: usize) -> u64 {
        self.free[phase]
            .objective
            .saturating_sub(self.totals[phase])
    }
}

/// So many pairs are looked at for each plan that starts the search.
const START: u64 = 20_000_000;

/// The plan in which what opened stays with the largest sum of what is covered in all phases.
///
/// Terms say what is kept, forced (in the first phase), forbidden and what candidates cost; their room and conditions
/// besides are not asked.
///
/// ```
/// use walkshed::plan::{Limits, Matrix, PhaseQuestion, Room, Terms, nested};
/// let matrix = Matrix::new(vec![300, 200], 2, &[(0, 0, 5), (1, 1, 5)]).unwrap();
/// let only = PhaseQuestion { matrix, limit: 15, room: Room::Sites(1) };
/// // A single phase is an MCLP.
/// let plan = nested(&[only], &Terms::new(Room::Sites(0)), &Limits::NONE).unwrap();
/// assert_eq!((plan.opens, plan.bound), (vec![vec![0]], 300));
/// ```
///
/// # Errors
/// As [`solve`]; and when some phases are limited in sites and others in costs.
pub fn nested(
    phases: &[PhaseQuestion],
    terms: &Terms,
    limits: &Limits<'_>,
) -> Result<Nested, PlanError> {
    let chain = Chain::new(phases, terms)?;
    let mut free = Vec::with_capacity(phases.len());
    for phase in 0..phases.len() {
        free.push(chain.best(phase, &terms.kept, &terms.forbidden, limits)?);
    }
    let few = Limits {
        work: START.min(limits.work),
        ..*limits
    };
    let mut best: Option<(u64, Vec<Vec<u32>>)> = None;
    for (pivot, of_pivot) in free.iter().enumerate() {
        let opens = chain.through(pivot, of_pivot, &few)?;
        let sum = chain.totals(&opens).iter().sum();
        if best.as_ref().is_none_or(|(most, _)| sum > *most) {
            best = Some((sum, opens));
        }
    }
    let Some((sum, opens)) = best else {
        return Ok(Nested {
            opens: Vec::new(),
            totals: Vec::new(),
            free,
            bound: 0,
            nodes: 0,
        });
    };
    let by_free: u64 = free.iter().map(|plan| plan.bound).sum();
    let mut nested = Nested {
        totals: chain.totals(&opens),
        opens,
        free,
        bound: by_free,
        nodes: 0,
    };
    if sum < by_free {
        match chain.whole(&nested.opens, limits) {
            Ok((whole, opens)) => {
                nested.bound = whole.bound.min(by_free);
                nested.nodes = whole.nodes;
                if chain.totals(&opens).iter().sum::<u64>() > sum {
                    nested.totals = chain.totals(&opens);
                    nested.opens = opens;
                }
            }
            // What was found before stands.
            Err(PlanError::Stopped) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(nested)
}

/// Phases with what all of them share.
struct Chain<'a> {
    phases: &'a [PhaseQuestion],
    terms: &'a Terms,
    candidates: u32,
    counted: Counted,
    /// By phase all room until then.
    rooms: Vec<u64>,
}

impl<'a> Chain<'a> {
    fn new(phases: &'a [PhaseQuestion], terms: &'a Terms) -> Result<Self, PlanError> {
        let candidates = phases.first().map_or(0, |phase| phase.matrix.candidates());
        if phases
            .iter()
            .any(|phase| phase.matrix.candidates() != candidates)
        {
            return Err(PlanError::OtherCandidates);
        }
        let of = |counted| {
            move |phase: &PhaseQuestion| match phase.room {
                Room::Sites(room) => (counted == Counted::Sites).then_some(room),
                Room::Budget(room) => (counted == Counted::Costs).then_some(room),
                Room::Unlimited => Some(1 << 50),
            }
        };
        let all = |counted| phases.iter().map(of(counted)).collect::<Option<Vec<u64>>>();
        let sites = all(Counted::Sites).map(|rooms| (Counted::Sites, rooms));
        let either = sites.or_else(|| all(Counted::Costs).map(|rooms| (Counted::Costs, rooms)));
        let (counted, rooms) = either.ok_or(PlanError::MixedRooms)?;
        let mut sum = 0_u64;
        let rooms = rooms.into_iter().map(|room| {
            sum = sum.saturating_add(room);
            sum
        });
        Ok(Self {
            phases,
            terms,
            candidates: u32::try_from(candidates).map_err(|_| PlanError::TooLarge)?,
            counted,
            rooms: rooms.collect(),
        })
    }

    fn room(&self, room: u64) -> Room {
        match self.counted {
            Counted::Sites => Room::Sites(room),
            Counted::Costs => Room::Budget(room),
        }
    }

    fn takes(&self, open: &[u32]) -> u64 {
        match self.counted {
            Counted::Sites => open.len() as u64,
            Counted::Costs => open.iter().map(|&one| self.terms.cost(one)).sum(),
        }
    }

    /// The best plan of one phase with all room until then, when these are kept, and these may not open.
    fn best(
        &self,
        phase: usize,
        kept: &[u32],
        forbidden: &[u32],
        limits: &Limits<'_>,
    ) -> Result<Plan, PlanError> {
        let of = &self.phases[phase];
        let beyond = kept.iter().filter(|one| !self.terms.kept.contains(one));
        let beyond: Vec<u32> = beyond.copied().collect();
        let left = self.rooms[phase].saturating_sub(self.takes(&beyond));
        let mut forced = self.terms.forced.clone();
        forced.retain(|one| !kept.contains(one));
        let terms = Terms {
            room: self.room(left),
            kept: kept.to_vec(),
            forced,
            forbidden: forbidden.to_vec(),
            costs: self.terms.costs.clone(),
            sides: Sides::NONE,
        };
        let problem = Problem::Mclp { limit: of.limit };
        solve(&of.matrix, problem, &terms, limits)
    }

    /// Through the free choice of one phase: earlier phases choose among it, later ones add to it.
    fn through(
        &self,
        pivot: usize,
        free: &Plan,
        limits: &Limits<'_>,
    ) -> Result<Vec<Vec<u32>>, PlanError> {
        let mut open: Vec<Vec<u32>> = vec![Vec::new(); self.phases.len()];
        open[pivot].clone_from(&free.open);
        for phase in (0..pivot).rev() {
            let among = &open[phase + 1];
            let others = (0..self.candidates).filter(|one| !among.contains(one));
            let forbidden: Vec<u32> = others
                .filter(|one| !self.terms.kept.contains(one))
                .collect();
            open[phase] = self.best(phase, &self.terms.kept, &forbidden, limits)?.open;
        }
        for phase in pivot + 1..self.phases.len() {
            let mut kept = open[phase - 1].clone();
            kept.extend(&self.terms.kept);
            let more = self.best(phase, &kept, &self.terms.forbidden, limits)?.open;
            open[phase] = open[phase - 1].iter().copied().chain(more).collect();
        }
        for phase in (1..open.len()).rev() {
            let before = open[phase - 1].clone();
            open[phase].retain(|one| !before.contains(one));
            open[phase].sort_unstable();
        }
        Ok(open)
    }

    /// By phase what is covered when these open.
    fn totals(&self, opens: &[Vec<u32>]) -> Vec<u64> {
        let mut is_open = vec![false; self.candidates as usize];
        for &one in &self.terms.kept {
            is_open[one as usize] = true;
        }
        let mut totals = Vec::with_capacity(opens.len());
        for (phase, opens) in self.phases.iter().zip(opens) {
            for &one in opens {
                is_open[one as usize] = true;
            }
            let matrix = &phase.matrix;
            let covered = matrix.asking().filter(|&client| {
                let mut near = matrix.within(client, phase.limit).iter();
                near.any(|way| is_open[way.candidate as usize])
            });
            totals.push(covered.map(|client| matrix.weight(client)).sum());
        }
        totals
    }

    /// All phases at once, from a plan that is known.
    fn whole(
        &self,
        known: &[Vec<u32>],
        limits: &Limits<'_>,
    ) -> Result<(Plan, Vec<Vec<u32>>), PlanError> {
        let count = u32::try_from(self.phases.len()).map_err(|_| PlanError::TooLarge)?;
        let all = self
            .candidates
            .checked_mul(count)
            .ok_or(PlanError::TooLarge)?;
        let mut weights = Vec::new();
        let mut pairs = Vec::new();
        for (number, phase) in (0..count).zip(self.phases) {
            for client in phase.matrix.asking() {
                let client_then = u32::try_from(weights.len()).map_err(|_| PlanError::TooLarge)?;
                weights.push(phase.matrix.weight(client));
                for way in phase.matrix.within(client, phase.limit) {
                    let since = (0..=number).map(|since| since * self.candidates + way.candidate);
                    pairs.extend(since.map(|one| (client_then, one, 0)));
                }
            }
        }
        let matrix = Matrix::new(weights, all as usize, &pairs)?;
        let groups = (0..count).zip(&self.rooms).map(|(phase, &most)| Group {
            candidates: (0..(phase + 1) * self.candidates).collect(),
            most,
            counted: self.counted,
        });
        let costs = (0..all).map(|one| self.terms.cost(one % self.candidates));
        let in_all = |list: &[u32]| -> Vec<u32> {
            let phases = 0..count;
            phases
                .flat_map(|phase| list.iter().map(move |&one| phase * self.candidates + one))
                .collect()
        };
        let terms = Terms {
            kept: in_all(&self.terms.kept),
            forced: self.terms.forced.clone(),
            forbidden: in_all(&self.terms.forbidden),
            costs: costs.collect(),
            sides: Sides {
                groups: groups.collect(),
                ..Sides::NONE
            },
            room: Room::Unlimited,
        };
        let known = (0..count).zip(known).flat_map(|(phase, opens)| {
            let numbered = opens.iter();
            numbered.map(move |&one| phase * self.candidates + one)
        });
        let known: Vec<u32> = known.collect();
        let checked = Checked::new(&matrix, &terms)?;
        let plan = sided::most(&matrix, &checked, (0, (&known, false)), limits)?;
        let mut opens: Vec<Vec<u32>> = vec![Vec::new(); self.phases.len()];
        for &one in &plan.open {
            let candidate = one % self.candidates;
            // What opened in an earlier phase opens once.
            if !opens.iter().any(|before| before.contains(&candidate)) {
                opens[(one / self.candidates) as usize].push(candidate);
            }
        }
        Ok((plan, opens))
    }
}
