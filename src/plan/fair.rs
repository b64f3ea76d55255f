//! The plan with which the worst-off unit is as well off as can be, and what that costs all together.
//!
//! Whether each unit can have a share is an MCLP with needs; halving the range of shares finds the largest
//! (*maximin*, Rawls). A unit that no candidates could bring so far counts as well off when it has all that they
//! could bring.

use super::answer::Plan;
use super::error::PlanError;
use super::matrix::Matrix;
use super::most;
use super::question::{Checked, Role, Terms};
use super::sided;
use super::sides::Sides;
use super::watch::{Limits, Standing, Watch};

/// Shares are told in so many parts of one.
pub const MILLION: u64 = 1_000_000;

/// A fair plan.
///
/// ```
/// use walkshed::plan::{Limits, Matrix, Room, Sides, Terms, fair};
/// // Two villages of 300 and 100 people; one place serves each, and one may open.
/// let matrix = Matrix::new(vec![300, 100], 2, &[(0, 0, 5), (1, 1, 5)]).unwrap();
/// let units = Sides { units: vec![vec![0], vec![1]], ..Sides::NONE };
/// let one = Terms { sides: units, ..Terms::new(Room::Sites(1)) };
/// let fairest = fair(&matrix, 15, (&one, 1), &Limits::NONE).unwrap();
/// // Whichever opens, the other village has nothing; so the one that covers most is the fairest.
/// assert_eq!((fairest.worst, fairest.proved(), fairest.plan.open), (0, true, vec![0]));
/// ```
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

/// The fairest plan of the units among the sides, and so many points between it and the one that covers most.
///
/// O(log of a million + points) plans with needs.
///
/// ```
/// use walkshed::plan::{Limits, MILLION, Matrix, Room, Sides, Terms, fair};
/// // The first place serves all of the large village, the second half of each.
/// let costs = [(0, 0, 5), (1, 0, 5), (0, 1, 5), (2, 1, 5)];
/// let matrix = Matrix::new(vec![300, 300, 60, 60], 2, &costs).unwrap();
/// let units = Sides { units: [0, 0, 1, 1].map(|unit| vec![unit]).into(), ..Sides::NONE };
/// let one = Terms { sides: units, ..Terms::new(Room::Sites(1)) };
/// let fairest = fair(&matrix, 15, (&one, 1), &Limits::NONE).unwrap();
/// assert_eq!((fairest.plan.open, fairest.worst), (vec![1], MILLION / 2));
/// // The plan that covers most leaves the small village without.
/// assert_eq!(fairest.frontier.first().map(|(worst, plan)| (*worst, plan.objective)), Some((0, 600)));
/// ```
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
    let first = asked.most_covered()?;
    let least = units.worst(&first.open);
    let mut range = Range {
        low: least,
        bound: MILLION,
        reached: first,
    };
    // Little work tells of most shares whether they can be had; what is left takes as long as it takes.
    asked.narrow(&mut range, PROBE);
    asked.narrow(&mut range, u64::MAX);
    let Range {
        low: worst,
        bound,
        reached,
    } = range;
    // The plan before the points beside it: it is what was asked.
    let plan = asked.plan(worst, (&reached.open, false), u64::MAX);
    let plan = plan.unwrap_or(reached);
    let mut frontier = Vec::new();
    for point in 0..=points {
        let share = least + (worst - least) * point / points.max(1);
        if share == worst {
            frontier.push((share, plan.clone()));
        } else if !limits.watch.stop()
            && let Ok(best) = asked.plan(share, (&plan.open, false), PROBE)
        {
            frontier.push((share, best));
        }
    }
    frontier.dedup_by_key(|(share, _)| *share);
    Ok(Fair {
        plan,
        worst,
        bound: bound.max(worst),
        frontier,
    })
}

/// So many pairs are looked at for one share, before all others were asked; and for each plan beside the fairest.
const PROBE: u64 = 40_000_000;

/// Between which shares the fairest plan lies.
struct Range {
    /// Each unit has so much in this plan.
    low: u64,
    reached: Plan,
    /// No plan brings each unit more.
    bound: u64,
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
    /// A plan that covers much, whoever has how much of it.
    fn most_covered(&self) -> Result<Plan, PlanError> {
        if !self.terms.sides.is_none() {
            return self.plan(0, (&[], false), PROBE);
        }
        let checked = Checked::new(self.matrix, self.terms)?;
        checked.forced_fit()?;
        most::mclp(self.matrix, &checked, self.limit, &self.quiet(PROBE))
    }

    /// Halves the range of shares until it is one share, or so much work a share tells no more.
    fn narrow(&self, range: &mut Range, work: u64) {
        // None has `high`, or it is unknown.
        let mut high = range.bound + 1;
        while range.low + 1 < high && !self.limits.watch.stop() {
            let middle = u64::midpoint(range.low, high);
            match self.plan(middle, (&range.reached.open, true), work) {
                Ok(plan) => {
                    range.low = self.units.worst(&plan.open).max(middle);
                    range.reached = plan;
                }
                Err(PlanError::Stopped) => high = middle,
                Err(_) => {
                    high = middle;
                    range.bound = range.bound.min(middle - 1);
                }
            }
            self.limits.watch.hear(Standing {
                objective: range.low,
                bound: range.bound,
            });
        }
    }

    /// The best plan in which each unit has a share, or any; with the sites of a plan to begin with.
    fn plan(&self, share: u64, known: (&[u32], bool), work: u64) -> Result<Plan, PlanError> {
        let terms = Terms {
            sides: Sides {
                needs: self.units.needs(share),
                ..self.terms.sides.clone()
            },
            ..self.terms.clone()
        };
        let checked = Checked::new(self.matrix, &terms)?;
        checked.forced_fit()?;
        let asked = (self.limit, known);
        sided::most(self.matrix, &checked, asked, &self.quiet(work))
    }

    /// So much work, of which nothing is told: it is not in shares.
    fn quiet(&self, work: u64) -> Limits<'_> {
        Limits {
            work: work.min(self.limits.work),
            watch: self,
        }
    }
}

impl Watch for Question<'_> {
    fn hear(&self, _: Standing) {}

    fn stop(&self) -> bool {
        self.limits.watch.stop()
    }
}

/// The units and what can be had in them.
struct Units<'a> {
    matrix: &'a Matrix,
    limit: u32,
    terms: &'a Terms,
    /// By unit its weight, and as much of it as all candidates cover when they serve it alone.
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
        units.most = if terms.sides.capacities.is_empty() {
            units.covered(&may)
        } else {
            let mut most = sided::most_of_units(matrix, &checked, limit);
            // The last units may have nobody whom a candidate could cover.
            most.resize(units.all.len(), 0);
            most
        };
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
