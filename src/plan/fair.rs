//! The plan with which the worst-off unit is as well off as can be, and what that costs all together.
//!
//! Whether each unit can have a share is an MCLP with needs; halving the range of shares finds the largest
//! (*maximin*, Rawls). A unit that no candidates could bring so far counts as well off when it has all that they
//! could bring.

use super::answer::Plan;
use super::error::PlanError;
use super::matrix::Matrix;
use super::question::{Checked, Role, Terms};
use super::sided;
use super::sides::Sides;
use super::watch::{Limits, Standing};

/// Shares are told in so many parts of one.
pub const MILLION: u64 = 1_000_000;

/// A fair plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fair {
    /// The plan with the highest total among those in which the worst-off unit has its share.
    pub plan: Plan,
    /// What each unit has covered of its weight at least, in millionths; or all that candidates could bring it.
    pub worst: u64,
    /// No plan brings the worst-off unit more.
    pub bound: u64,
    /// From most covered to most fair: what the worst-off unit has at least, and the best plan of that.
    pub frontier: Vec<(u64, Plan)>,
}

impl Fair {
    /// Whether no plan is fairer, by a millionth.
    #[must_use]
    pub const fn proved(&self) -> bool {
        self.worst == self.bound
    }
}

/// The fairest plan of units of [`Sides::units`], and so many points between it and the one that covers most.
///
/// O(log of a million + points) plans with needs.
///
/// # Errors
/// As [`solve`](super::solve); and when nobody in any unit can be covered.
pub fn fair(
    matrix: &Matrix,
    limit: u32,
    (terms, points): (&Terms, u64),
    limits: &Limits<'_>,
) -> Result<Fair, PlanError> {
    terms.sides.check(matrix, true)?;
    let units = Units::of(matrix, limit, terms)?;
    let asked = Question {
        matrix,
        limit,
        terms,
        limits,
        units: &units,
    };
    let mut reached = asked.plan(0, false)?;
    let least = units.worst(&reached.open);
    // Each unit has `low`; none has `high`, or it is unknown.
    let mut low = least;
    let mut high = MILLION + 1;
    let mut bound = MILLION;
    while low + 1 < high && !limits.watch.stop() {
        let middle = u64::midpoint(low, high);
        match asked.plan(middle, true) {
            Ok(plan) => {
                low = units.worst(&plan.open).max(middle);
                reached = plan;
            }
            Err(PlanError::Stopped) => high = middle,
            Err(_) => {
                high = middle;
                bound = bound.min(middle - 1);
            }
        }
        limits.watch.hear(Standing {
            objective: low,
            bound,
        });
    }
    let worst = low.min(MILLION);
    let mut frontier = Vec::new();
    for point in 0..=points {
        let share = least + (worst.saturating_sub(least)) * point / points.max(1);
        if let Ok(plan) = asked.plan(share, false) {
            frontier.push((share, plan));
        }
    }
    frontier.dedup_by_key(|(share, _)| *share);
    let last = frontier.last().filter(|(share, _)| *share == worst);
    Ok(Fair {
        plan: last.map_or(reached, |(_, plan)| plan.clone()),
        worst,
        bound: bound.max(worst),
        frontier,
    })
}

/// What is asked again and again, with other shares.
struct Question<'a> {
    matrix: &'a Matrix,
    limit: u32,
    terms: &'a Terms,
    limits: &'a Limits<'a>,
    units: &'a Units<'a>,
}

impl Question<'_> {
    /// The best plan in which each unit has a share; or any.
    fn plan(&self, share: u64, any: bool) -> Result<Plan, PlanError> {
        let terms = Terms {
            sides: Sides {
                needs: self.units.needs(share),
                ..self.terms.sides.clone()
            },
            ..self.terms.clone()
        };
        let checked = Checked::new(self.matrix, &terms)?;
        checked.forced_fit()?;
        let asked = (self.limit, (&[][..], any));
        sided::most(self.matrix, &checked, asked, self.limits)
    }
}

/// The units and what can be had in them.
struct Units<'a> {
    matrix: &'a Matrix,
    limit: u32,
    terms: &'a Terms,
    /// By unit its weight, and as much of it as all candidates cover.
    all: Vec<u64>,
    most: Vec<u64>,
}

impl<'a> Units<'a> {
    fn of(matrix: &'a Matrix, limit: u32, terms: &'a Terms) -> Result<Self, PlanError> {
        let checked = Checked::new(matrix, terms)?;
        let numbers = (0_u32..).take(matrix.candidates());
        let may: Vec<u32> = numbers
            .filter(|&one| !matches!(checked.role(one), Role::Forbidden | Role::Kept))
            .collect();
        let mut units = Self {
            matrix,
            limit,
            terms,
            all: Vec::new(),
            most: Vec::new(),
        };
        let lived = terms.sides.units.iter().flatten();
        let count = lived.map(|unit| *unit as usize + 1).max();
        units.all = vec![0; count.unwrap_or(0)];
        for client in matrix.asking() {
            for &unit in terms.sides.units(client) {
                units.all[unit as usize] += matrix.weight(client);
            }
        }
        units.most = units.covered(&may);
        if units.most.iter().all(|&most| most == 0) {
            return Err(PlanError::NoUnits);
        }
        Ok(units)
    }

    /// By unit what these and the kept sites cover, each by itself.
    fn covered(&self, open: &[u32]) -> Vec<u64> {
        let mut is_open = vec![false; self.matrix.candidates()];
        for &one in open.iter().chain(&self.terms.kept) {
            is_open[one as usize] = true;
        }
        let mut covered = vec![0; self.all.len()];
        for client in self.matrix.asking() {
            let near = self.matrix.within(client, self.limit).iter();
            let count = near.filter(|way| is_open[way.candidate as usize]).count();
            if count >= self.terms.sides.times as usize {
                for &unit in self.terms.sides.units(client) {
                    covered[unit as usize] += self.matrix.weight(client);
                }
            }
        }
        covered
    }

    /// What each unit needs for a share, as far as candidates can bring it.
    fn needs(&self, share: u64) -> Vec<u64> {
        let units = self.all.iter().zip(&self.most);
        units
            .map(|(&all, &most)| {
                let part = u128::from(all) * u128::from(share);
                let need = part.div_ceil(u128::from(MILLION));
                u64::try_from(need).unwrap_or(u64::MAX).min(most)
            })
            .collect()
    }

    /// The largest share that each unit has, or all that it can.
    fn worst(&self, open: &[u32]) -> u64 {
        if !self.terms.sides.capacities.is_empty() {
            // What is allocated is not known here.
            return 0;
        }
        let covered = self.covered(open);
        let short = (0..covered.len()).filter(|&unit| covered[unit] < self.most[unit]);
        let shares = short.map(|unit| {
            let part = u128::from(covered[unit]) * u128::from(MILLION);
            u64::try_from(part / u128::from(self.all[unit])).unwrap_or(MILLION)
        });
        shares.min().unwrap_or(MILLION)
    }
}
