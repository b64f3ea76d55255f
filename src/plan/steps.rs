//! A plan in the order of doing it.

use super::answer::Plan;
use super::matrix::Matrix;
use super::question::{Checked, Problem, Terms};
use super::sided;

/// One site that opens.
///
/// ```
/// use walkshed::plan::{Limits, Matrix, Problem, Room, Terms, solve, steps};
/// let matrix = Matrix::new(vec![200, 300], 2, &[(0, 0, 5), (1, 1, 5)]).unwrap();
/// let (problem, terms) = (Problem::Mclp { limit: 15 }, Terms::new(Room::Sites(2)));
/// let plan = solve(&matrix, problem, &terms, &Limits::NONE).unwrap();
/// let order: Vec<_> = steps(&matrix, problem, &terms, &plan)
///     .iter()
///     .map(|step| (step.candidate, step.gain, step.total))
///     .collect();
/// assert_eq!(order, [(1, 300, 300), (0, 200, 500)]);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// The candidate.
    pub candidate: u32,
    /// By how much the total grows: LSCP, MCLP and *p*-center: weight within the limit, or within the plan's
    /// dearest way; *p*-median: weight × cost that is saved.
    pub gain: u64,
    /// The total from then on, what is kept included.
    pub total: u64,
    /// What has been spent from then on.
    pub cost: u64,
}

/// The sites of a plan, each time the one that adds most first; ties by candidate. With backup or capacities a site
/// adds those who are covered with it by as many sites as are asked, or allocated.
///
/// O(sites² · clients of a candidate).
///
/// ```
/// use walkshed::plan::{Limits, Matrix, Problem, Room, Terms, solve, steps};
/// // What the two places share is gained once, by the one that comes first.
/// let matrix = Matrix::new(vec![100, 100, 100], 2, &[(0, 0, 5), (1, 0, 5), (1, 1, 5), (2, 1, 5)]).unwrap();
/// let (problem, terms) = (Problem::Mclp { limit: 15 }, Terms::new(Room::Sites(2)));
/// let plan = solve(&matrix, problem, &terms, &Limits::NONE).unwrap();
/// assert_eq!(steps(&matrix, problem, &terms, &plan).iter().map(|step| step.gain).collect::<Vec<_>>(), [200, 100]);
/// ```
#[must_use]
pub fn steps(matrix: &Matrix, problem: Problem, terms: &Terms, plan: &Plan) -> Vec<Step> {
    if let (Problem::Lscp { limit } | Problem::Mclp { limit }, Some(checked)) =
        (problem, allocated(matrix, terms))
    {
        return allocated_steps(matrix, &checked, (limit, plan));
    }
    let gain = |weight: u64, cost: u32| match problem {
        Problem::Lscp { limit } | Problem::Mclp { limit } => {
            if cost <= limit {
                weight
            } else {
                0
            }
        }
        Problem::PMedian { beyond } => weight * u64::from(beyond.saturating_sub(cost)),
        Problem::PCenter => {
            if u64::from(cost) <= plan.objective {
                weight
            } else {
                0
            }
        }
    };
    let mut columns: Vec<Vec<(u32, u64)>> = vec![Vec::new(); matrix.candidates()];
    for client in matrix.asking() {
        for way in matrix.of(client) {
            let gain = gain(matrix.weight(client), way.cost);
            columns[way.candidate as usize].push((client, gain));
        }
    }
    let mut order = Order {
        columns,
        had: vec![0; matrix.clients()],
    };
    let mut total: u64 = terms.kept.iter().map(|&one| order.open(one)).sum();
    let mut left = plan.open.clone();
    let mut steps = Vec::new();
    let mut cost = 0;
    while let Some(place) = order.first_of(&left) {
        let candidate = left.remove(place);
        let gain = order.open(candidate);
        total += gain;
        cost += terms.cost(candidate);
        steps.push(Step {
            candidate,
            gain,
            total,
            cost,
        });
    }
    steps
}

/// The terms, where more than the best open candidate tells who is covered.
fn allocated<'a>(matrix: &Matrix, terms: &'a Terms) -> Option<Checked<'a>> {
    let is_plain = terms.sides.times <= 1 && terms.sides.capacities.is_empty();
    // Terms that made a plan fit the matrix.
    Checked::new(matrix, terms).ok().filter(|_| !is_plain)
}

fn allocated_steps(
    matrix: &Matrix,
    checked: &Checked<'_>,
    (limit, plan): (u32, &Plan),
) -> Vec<Step> {
    let (mut had, order) = sided::in_order(matrix, checked, limit, &plan.open);
    let mut cost = 0;
    let mut steps = Vec::with_capacity(order.len());
    for (candidate, total) in order {
        cost += checked.terms.cost(candidate);
        steps.push(Step {
            candidate,
            gain: total - had,
            total,
            cost,
        });
        had = total;
    }
    steps
}

/// What clients have so far.
struct Order {
    /// By candidate its clients, and what each gains from it.
    columns: Vec<Vec<(u32, u64)>>,
    had: Vec<u64>,
}

impl Order {
    fn worth(&self, candidate: u32) -> u64 {
        let column = self.columns[candidate as usize].iter();
        column
            .map(|&(client, gain)| gain.saturating_sub(self.had[client as usize]))
            .sum()
    }

    /// Opens a candidate, and tells what it adds.
    fn open(&mut self, candidate: u32) -> u64 {
        let worth = self.worth(candidate);
        for &(client, gain) in &self.columns[candidate as usize] {
            let had = &mut self.had[client as usize];
            *had = gain.max(*had);
        }
        worth
    }

    /// The place of the one that adds most; of equals the first.
    fn first_of(&self, left: &[u32]) -> Option<usize> {
        let places = 0..left.len();
        places.max_by_key(|&place| (self.worth(left[place]), std::cmp::Reverse(place)))
    }
}
