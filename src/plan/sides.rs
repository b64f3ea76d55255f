//! Conditions that a covering plan has to hold besides its room: equity, backup, capacity, limits of groups.

use super::error::PlanError;
use super::matrix::Matrix;

/// What a covering plan has to hold besides; by default nothing. Only the LSCP and the MCLP ask for covering.
///
/// ```
/// use walkshed::plan::{Limits, Matrix, Problem, Room, Sides, Terms, solve};
/// let matrix = Matrix::new(vec![300, 200], 2, &[(0, 0, 5), (1, 1, 5)]).unwrap();
/// // The second village's unit needs all of its 200 people covered.
/// let equity = Sides { units: vec![vec![0], vec![1]], needs: vec![0, 200], ..Sides::NONE };
/// let terms = Terms { sides: equity, ..Terms::new(Room::Sites(1)) };
/// let plan = solve(&matrix, Problem::Mclp { limit: 15 }, &terms, &Limits::NONE).unwrap();
/// assert_eq!((plan.open, plan.objective), (vec![1], 200));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sides {
    /// A client is covered once so many open sites have it within the limit (*backup coverage*): 1 or more.
    pub times: u32,
    /// By client the units that it lives in: a village, its township, a county; empty: nobody lives in any.
    pub units: Vec<Vec<u32>>,
    /// By unit how much of its weight must be covered at least (*equity*); empty: nothing.
    ///
    /// The LSCP then opens the cheapest sites that meet these needs, and not those that cover all who can be.
    pub needs: Vec<u64>,
    /// By candidate how much weight it serves at most (*capacitated*); empty: any. Who is covered is then
    /// allocated, in parts where that serves more, so that no site serves more than it can.
    pub capacities: Vec<u64>,
    /// Limits of groups of candidates.
    pub groups: Vec<Group>,
}

/// Some candidates of which only so many may open; kept sites do not count.
///
/// ```
/// use walkshed::plan::{Counted, Group, Limits, Matrix, Problem, Room, Sides, Terms, solve};
/// let matrix = Matrix::new(vec![300, 200, 100], 3, &[(0, 0, 5), (1, 1, 5), (2, 2, 5)]).unwrap();
/// // Of the first two places, which lie in one township, only one may open.
/// let township = Group { candidates: vec![0, 1], most: 1, counted: Counted::Sites };
/// let terms = Terms { sides: Sides { groups: vec![township], ..Sides::NONE }, ..Terms::new(Room::Sites(2)) };
/// let plan = solve(&matrix, Problem::Mclp { limit: 15 }, &terms, &Limits::NONE).unwrap();
/// assert_eq!(plan.open, [0, 2]);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// The candidates.
    pub candidates: Vec<u32>,
    /// So many of them at most, or so much cost.
    pub most: u64,
    /// In what it is counted.
    pub counted: Counted,
}

/// In what a group is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counted {
    /// In sites.
    Sites,
    /// In their costs.
    Costs,
}

impl Sides {
    /// Nothing besides.
    pub const NONE: Self = Self {
        times: 1,
        units: Vec::new(),
        needs: Vec::new(),
        capacities: Vec::new(),
        groups: Vec::new(),
    };

    /// Whether there is nothing besides.
    #[must_use]
    pub fn is_none(&self) -> bool {
        self.times <= 1
            && self.needs.is_empty()
            && self.capacities.is_empty()
            && self.groups.is_empty()
    }

    /// The units of a client.
    pub(super) fn units(&self, client: u32) -> &[u32] {
        self.units.get(client as usize).map_or(&[], Vec::as_slice)
    }

    /// That every list fits the matrix, and every condition the problem. O(clients + candidates).
    pub(super) fn check(&self, matrix: &Matrix, covers: bool) -> Result<(), PlanError> {
        if self.times == 0 {
            return Err(PlanError::NoTimes);
        }
        if !covers && !self.is_none() {
            return Err(PlanError::SidesOnlyCover);
        }
        if self.times > 1 && !self.capacities.is_empty() {
            return Err(PlanError::BackupWithCapacity);
        }
        let fits = |given: usize, expected: usize| given == 0 || given == expected;
        if !fits(self.capacities.len(), matrix.candidates()) {
            return Err(PlanError::WrongCapacities {
                capacities: self.capacities.len(),
                candidates: matrix.candidates(),
            });
        }
        if !fits(self.units.len(), matrix.clients()) {
            return Err(PlanError::WrongUnits {
                units: self.units.len(),
                clients: matrix.clients(),
            });
        }
        let nested = self.units.iter().any(|units| units.len() > 1);
        if nested && !self.capacities.is_empty() {
            return Err(PlanError::NestedUnitsWithCapacity);
        }
        let mut grouped = self.groups.iter().flat_map(|group| &group.candidates);
        let strange = grouped.find(|&&one| one as usize >= matrix.candidates());
        match strange {
            Some(&candidate) => Err(PlanError::NoSuchCandidate { candidate }),
            None => Ok(()),
        }
    }
}

impl Default for Sides {
    fn default() -> Self {
        Self::NONE
    }
}
