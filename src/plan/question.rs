//! What is asked of a plan.

use super::error::PlanError;
use super::matrix::Matrix;
use super::sides::Sides;

/// Which plan is the best.
///
/// ```
/// use walkshed::plan::{Limits, Matrix, Problem, Room, Terms, solve};
/// // A village of 10 people at one place, and one of 1 person at the other, 60 away.
/// let costs = [(0, 0, 0), (0, 1, 60), (1, 0, 60), (1, 1, 0)];
/// let matrix = Matrix::new(vec![10, 1], 2, &costs).unwrap();
/// let one = Terms::new(Room::Sites(1));
/// let objective = |problem| solve(&matrix, problem, &one, &Limits::NONE).unwrap().objective;
/// assert_eq!(objective(Problem::Mclp { limit: 15 }), 10, "people within 15");
/// assert_eq!(objective(Problem::PMedian { beyond: 100 }), 60, "people × cost of all ways");
/// assert_eq!(objective(Problem::PCenter), 60, "the dearest way");
/// assert_eq!(objective(Problem::Lscp { limit: 15 }), 2, "sites, however many may open");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Problem {
    /// The cheapest that has every client within the limit (*location set covering problem*); those that
    /// no candidate can cover are named, and all others covered.
    Lscp {
        /// The most that a client may have to spend; inclusive.
        limit: u32,
    },
    /// The one that has most weight within the limit (*maximal covering location problem*).
    Mclp {
        /// The most that a client may have to spend; inclusive.
        limit: u32,
    },
    /// The one for which all clients together spend least on the way to the nearest site, by weight.
    PMedian {
        /// What counts for a client that gets to none, or only to dearer ones.
        beyond: u32,
    },
    /// The one for which the client with the dearest way spends least.
    PCenter,
}

/// How much may be opened, beyond what is kept.
///
/// ```
/// use walkshed::plan::{Limits, Matrix, Problem, Room, Terms, solve};
/// let matrix = Matrix::new(vec![300, 200, 100], 3, &[(0, 0, 5), (1, 1, 5), (2, 2, 5)]).unwrap();
/// // The first place costs 9, the others 4 each.
/// let opens = |room| {
///     let terms = Terms { costs: vec![9, 4, 4], ..Terms::new(room) };
///     solve(&matrix, Problem::Mclp { limit: 15 }, &terms, &Limits::NONE).unwrap().open
/// };
/// assert_eq!((opens(Room::Sites(1)), opens(Room::Budget(8))), (vec![0], vec![1, 2]));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Room {
    /// So many sites.
    Sites(u64),
    /// So much money: the costs of the sites that open.
    Budget(u64),
    /// As much as it takes: what the LSCP asks.
    Unlimited,
}

/// What a plan has to keep to.
///
/// A kept site is there already: it serves, and neither counts nor costs. A forced candidate must open, and
/// counts and costs as any other.
///
/// ```
/// use walkshed::plan::{Limits, Matrix, Problem, Room, Terms, solve};
/// let matrix = Matrix::new(vec![300, 200, 100], 3, &[(0, 0, 5), (1, 1, 5), (2, 2, 5)]).unwrap();
/// // The first is there already, and the third must open.
/// let terms = Terms { kept: vec![0], forced: vec![2], ..Terms::new(Room::Sites(1)) };
/// let plan = solve(&matrix, Problem::Mclp { limit: 15 }, &terms, &Limits::NONE).unwrap();
/// assert_eq!((plan.open, plan.objective), (vec![2], 300 + 100));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terms {
    /// How much may be opened. The LSCP opens what it takes, whatever stands here.
    pub room: Room,
    /// Sites that exist and stay.
    pub kept: Vec<u32>,
    /// Candidates that must open.
    pub forced: Vec<u32>,
    /// Candidates that must not open.
    pub forbidden: Vec<u32>,
    /// What each candidate costs; empty: each costs 1.
    pub costs: Vec<u64>,
    /// What a covering plan has to hold besides.
    pub sides: Sides,
}

impl Terms {
    /// Only a limit on what is opened.
    #[must_use]
    pub const fn new(room: Room) -> Self {
        Self {
            room,
            kept: Vec::new(),
            forced: Vec::new(),
            forbidden: Vec::new(),
            costs: Vec::new(),
            sides: Sides::NONE,
        }
    }

    /// What a candidate costs.
    #[must_use]
    pub fn cost(&self, candidate: u32) -> u64 {
        self.costs.get(candidate as usize).copied().unwrap_or(1)
    }

    /// How much room these take, none of them kept: a budget is counted in costs, anything else in candidates.
    pub(super) fn taken(&self, candidates: &[u32]) -> u64 {
        match self.room {
            Room::Budget(_) => {
                let costs = candidates.iter().map(|&one| self.cost(one));
                costs.fold(0, u64::saturating_add)
            }
            Room::Sites(_) | Room::Unlimited => candidates.len() as u64,
        }
    }
}

/// What may be done with a candidate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Kept,
    Forced,
    Open,
    Forbidden,
}

/// Terms that fit a matrix.
#[derive(Debug)]
pub(super) struct Checked<'a> {
    pub(super) terms: &'a Terms,
    pub(super) roles: Vec<Role>,
}

impl<'a> Checked<'a> {
    /// Checks every number, and that no candidate is two things at once. O(candidates).
    pub(super) fn new(matrix: &Matrix, terms: &'a Terms) -> Result<Self, PlanError> {
        let count = matrix.candidates();
        if !terms.costs.is_empty() && terms.costs.len() != count {
            return Err(PlanError::WrongCosts {
                costs: terms.costs.len(),
                candidates: count,
            });
        }
        let mut roles = vec![Role::Open; count];
        let named = [
            (&terms.kept, Role::Kept),
            (&terms.forced, Role::Forced),
            (&terms.forbidden, Role::Forbidden),
        ];
        for (list, role) in named {
            for &candidate in list {
                let place = roles.get_mut(candidate as usize);
                let place = place.ok_or(PlanError::NoSuchCandidate { candidate })?;
                if *place != Role::Open && *place != role {
                    return Err(PlanError::TwoRoles { candidate });
                }
                *place = role;
            }
        }
        Ok(Self { terms, roles })
    }

    /// Checks that what must open may.
    pub(super) fn forced_fit(&self) -> Result<(), PlanError> {
        let (forced, room) = (self.forced(), self.room());
        if forced > room {
            return Err(PlanError::ForcedExceedRoom { forced, room });
        }
        Ok(())
    }

    /// How much room those take that must open.
    pub(super) fn forced(&self) -> u64 {
        self.all(Role::Forced).map(|one| self.size(one)).sum()
    }

    /// The candidates of a role, in order.
    pub(super) fn all(&self, role: Role) -> impl Iterator<Item = u32> + '_ {
        let numbered = (0..).zip(&self.roles);
        numbered
            .filter(move |(_, of)| **of == role)
            .map(|(candidate, _)| candidate)
    }

    pub(super) fn role(&self, candidate: u32) -> Role {
        self.roles[candidate as usize]
    }

    /// How much room a candidate takes.
    pub(super) fn size(&self, candidate: u32) -> u64 {
        match (self.role(candidate), self.terms.room) {
            (Role::Kept, _) | (_, Room::Unlimited) => 0,
            (_, Room::Sites(_)) => 1,
            (_, Room::Budget(_)) => self.terms.cost(candidate),
        }
    }

    /// How much room there is.
    pub(super) fn room(&self) -> u64 {
        match self.terms.room {
            Room::Sites(room) | Room::Budget(room) => room,
            Room::Unlimited => 0,
        }
    }
}
