//! Where to open: plans on a matrix of costs, each with a bound that no plan can better.
//!
//! A [`Matrix`] holds what it costs each client to get to each candidate, and how much each client counts.
//! It knows no streets: the costs may be times, metres, or anything else in whole numbers.
//!
//! | [`Problem`] | asks for |
//! |---|---|
//! | LSCP | the fewest (or cheapest) sites that have everybody within the limit |
//! | MCLP | most people within the limit, with so many sites or so much money |
//! | *p*-median | the shortest way on average |
//! | *p*-center | the shortest longest way |
//!
//! ```
//! use walkshed::plan::{Limits, Matrix, Problem, Room, Terms, solve};
//! // Four clients of 5, 4, 3 and 2 people; three candidates.
//! let costs = [(0, 0, 3), (1, 0, 8), (1, 1, 4), (2, 1, 6), (2, 2, 2), (3, 2, 9)];
//! let matrix = Matrix::new(vec![5, 4, 3, 2], 3, &costs).unwrap();
//! let terms = Terms::new(Room::Sites(1));
//! let plan = solve(&matrix, Problem::Mclp { limit: 6 }, &terms, &Limits::NONE).unwrap();
//! // The second candidate has the second and the third client within 6.
//! assert_eq!((plan.open, plan.objective, plan.bound), (vec![1], 7, 7));
//! ```
//!
//! LSCP and MCLP also hold conditions besides ([`Sides`]): a share for each unit, clients covered twice, sites that
//! serve only so many, groups of which only so many open. [`fair()`] has the worst-off unit as well off as can be, and
//! [`nested()`] plans for several dates, where what opened stays.
//!
//! All of them are NP-hard; what is not proved within the limits is told with its gap ([`Plan::gap`]). The same
//! question has the same answer on any number of threads, unless a clock ends the search.
//!
//! # Literature
//!
//! LSCP: Toregas and others (1971). MCLP: Church and `ReVelle` (1974). *p*-median and *p*-center: Hakimi (1964).
//! Bounds: Cornuéjols, Fisher and Nemhauser (1977), Beasley (1993). Swaps: Whitaker (1983), Resende and
//! Werneck (2007).

mod answer;
mod centre;
mod combined;
mod cover;
mod error;
mod fair;
mod lscp;
mod matrix;
mod most;
mod nested;
mod question;
mod sided;
mod sides;
mod solver;
mod status;
mod steps;
mod watch;

pub use answer::Plan;
pub(crate) use combined::{Choice, Client, Combined, FoundTogether, together};
pub use error::PlanError;
pub use fair::{Fair, MILLION, fair};
pub use matrix::{Matrix, Way};
pub use nested::{Nested, PhaseQuestion, nested};
pub use question::{Problem, Room, Terms};
pub use sides::{Counted, Group, Sides};
pub use steps::{Step, steps};
pub(crate) use watch::Quiet;
pub use watch::{Limits, Patient, Standing, Until, Watch};

/// The best plan that is found until it is proved or the limits end the search.
///
/// Takes memory for about 50 bytes a pair of client and candidate.
///
/// ```
/// use walkshed::plan::{Limits, Matrix, Problem, Room, Terms, solve};
/// // Two villages of 300 and 200 people; each is near one of two places, and 30 from the other.
/// let costs = [(0, 0, 5), (0, 1, 30), (1, 0, 30), (1, 1, 5)];
/// let matrix = Matrix::new(vec![300, 200], 2, &costs).unwrap();
/// let terms = Terms::new(Room::Sites(2));
/// let plan = solve(&matrix, Problem::Lscp { limit: 15 }, &terms, &Limits::NONE).unwrap();
/// // Everybody within 15 takes both, and no plan does with fewer.
/// assert_eq!((plan.open, plan.bound), (vec![0, 1], 2));
/// ```
///
/// # Errors
/// When the terms do not fit the matrix or each other; when the sums are too large to be exact; when the
/// *p*-center's room does not let everybody get anywhere, or its search was stopped before that was known.
pub fn solve(
    matrix: &Matrix,
    problem: Problem,
    terms: &Terms,
    limits: &Limits<'_>,
) -> Result<Plan, PlanError> {
    let checked = question::Checked::new(matrix, terms)?;
    // The LSCP opens what it takes.
    if !matches!(problem, Problem::Lscp { .. }) {
        checked.forced_fit()?;
    }
    let covers = matches!(problem, Problem::Lscp { .. } | Problem::Mclp { .. });
    terms.sides.check(matrix, covers)?;
    let plain = terms.sides.is_none();
    match problem {
        Problem::Lscp { limit } if !plain => sided::cheapest(matrix, &checked, limit, limits),
        Problem::Mclp { limit } if !plain => {
            sided::most(matrix, &checked, (limit, (&[], false)), limits)
        }
        Problem::Lscp { limit } => lscp::lscp(matrix, &checked, limit, limits),
        Problem::Mclp { limit } => most::mclp(matrix, &checked, limit, limits),
        Problem::PMedian { beyond } => most::p_median(matrix, &checked, beyond, limits),
        Problem::PCenter => centre::p_center(matrix, &checked, limits),
    }
}

/// The best plan for each of several numbers of sites, or of several budgets where the terms have one, in their
/// order; none where the problem has no plan of so little, or the search was stopped before.
///
/// For the MCLP the matrix is made ready once, and the plans are looked for in parallel; each by itself is that of
/// [`solve`]. The limits hold for each. What is heard of one tells nothing of the others, so nothing is told. The
/// LSCP opens what it takes, and so has the same plan for each.
///
/// Each thread has an instance of its own, of about 50 bytes a pair of client and candidate.
///
/// ```
/// use walkshed::plan::{Limits, Matrix, Problem, Room, Terms, solve_each};
/// let costs = [(0, 0, 5), (1, 0, 30), (1, 1, 5)];
/// let matrix = Matrix::new(vec![300, 200], 2, &costs).unwrap();
/// let terms = Terms::new(Room::Sites(0));
/// let plans = solve_each(&matrix, Problem::Mclp { limit: 15 }, (&terms, &[0, 1, 2]), &Limits::NONE).unwrap();
/// let covered: Vec<_> = plans.iter().flatten().map(|plan| plan.objective).collect();
/// assert_eq!(covered, [0, 300, 500]);
/// ```
///
/// # Errors
/// When the terms do not fit the matrix, or the sums are too large to be exact.
pub fn solve_each(
    matrix: &Matrix,
    problem: Problem,
    (terms, rooms): (&Terms, &[u64]),
    limits: &Limits<'_>,
) -> Result<Vec<Option<Plan>>, PlanError> {
    let quiet = Quiet(limits.watch);
    let limits = Limits {
        work: limits.work,
        watch: &quiet,
    };
    let of_room = |room: u64| Terms {
        room: match terms.room {
            Room::Budget(_) => Room::Budget(room),
            Room::Sites(_) | Room::Unlimited => Room::Sites(room),
        },
        ..terms.clone()
    };
    if let Problem::Mclp { limit } = problem
        && terms.sides.is_none()
    {
        let terms = of_room(0);
        let checked = question::Checked::new(matrix, &terms)?;
        return most::mclp_of_rooms(matrix, &checked, (limit, rooms), &limits);
    }
    let plan = |&room: &u64| {
        if limits.watch.stop() {
            return Ok(None);
        }
        match solve(matrix, problem, &of_room(room), &limits) {
            Ok(plan) => Ok(Some(plan)),
            Err(error) if error.is_of_room() => Ok(None),
            Err(error) => Err(error),
        }
    };
    rooms.iter().map(plan).collect()
}
