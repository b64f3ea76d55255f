//! Why there is no plan.

use std::fmt;

use crate::words::{Text, text};

/// Why a question has no plan. Clients and candidates are counted from 0.
///
/// ```
/// use walkshed::plan::{Matrix, PlanError};
/// // One candidate, and a pair that names a second.
/// let wrong = Matrix::new(vec![300], 1, &[(0, 1, 5)]).unwrap_err();
/// assert_eq!(wrong, PlanError::NoSuchCandidate { candidate: 1 });
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum PlanError {
    /// A pair names a client that is not there.
    NoSuchClient {
        /// Its number.
        client: u32,
    },
    /// A pair or a list names a candidate that is not there.
    NoSuchCandidate {
        /// Its number.
        candidate: u32,
    },
    /// A candidate is in two lists at once: kept, forced, forbidden.
    TwoRoles {
        /// Its number.
        candidate: u32,
    },
    /// The costs are not one for each candidate.
    WrongCosts {
        /// How many there are.
        costs: usize,
        /// How many candidates there are.
        candidates: usize,
    },
    /// What must open is more than may.
    ForcedExceedRoom {
        /// What the forced candidates take: sites or costs.
        forced: u64,
        /// What there is.
        room: u64,
    },
    /// The room does not let everybody get to some site, however dear (*p*-center).
    TooFew {
        /// What there is: sites or costs.
        room: u64,
        /// What it takes at least.
        least: u64,
    },
    /// Not even all candidates together cover what a unit needs.
    NeedOutOfReach {
        /// The unit, by its number.
        unit: usize,
        /// The weight that it needs covered.
        need: u64,
        /// The most that can be.
        most: u64,
    },
    /// No plan of this room meets all needs; proved.
    NeedsExceedRoom {
        /// What there is: sites or costs.
        room: u64,
    },
    /// The limits of groups leave no plan that meets all needs; proved.
    NeedsExceedGroups,
    /// Side conditions with a problem that does not ask for covering.
    SidesOnlyCover,
    /// Covered by no site at all.
    NoTimes,
    /// Backup coverage and capacities at once.
    BackupWithCapacity,
    /// Units within units and capacities at once.
    NestedUnitsWithCapacity,
    /// The capacities are not one for each candidate.
    WrongCapacities {
        /// How many there are.
        capacities: usize,
        /// How many candidates there are.
        candidates: usize,
    },
    /// The units are not one for each client.
    WrongUnits {
        /// How many there are.
        units: usize,
        /// How many clients there are.
        clients: usize,
    },
    /// Phases whose candidates are not the same.
    OtherCandidates,
    /// Phases that are limited in sites and in costs.
    MixedRooms,
    /// Nobody in any unit can be covered: no plan is fairer than another.
    NoUnits,
    /// The search was stopped before it had any plan.
    Stopped,
    /// Numbers so large that their sum would not be exact.
    TooLarge,
}

impl PlanError {
    /// The error in words, with what to do.
    #[must_use]
    pub fn text(&self) -> Text {
        match *self {
            Self::NoSuchClient { client } => text!(PlanNoSuchClient, client = client),
            Self::NoSuchCandidate { candidate } => {
                text!(PlanNoSuchCandidate, candidate = candidate)
            }
            Self::TwoRoles { candidate } => text!(PlanTwoRoles, candidate = candidate),
            Self::WrongCosts { costs, candidates } => {
                text!(PlanWrongCosts, costs = costs, candidates = candidates)
            }
            Self::ForcedExceedRoom { forced, room } => {
                text!(PlanForcedExceedRoom, forced = forced, room = room)
            }
            Self::TooFew { room, least } => text!(PlanTooFew, room = room, least = least),
            Self::NeedOutOfReach { unit, need, most } => {
                text!(PlanNeedOutOfReach, unit = unit, need = need, most = most)
            }
            Self::NeedsExceedRoom { room } => text!(PlanNeedsExceedRoom, room = room),
            Self::NeedsExceedGroups => text!(PlanNeedsExceedGroups),
            Self::SidesOnlyCover => text!(PlanSidesOnlyCover),
            Self::NoTimes => text!(PlanNoTimes),
            Self::BackupWithCapacity => text!(PlanBackupWithCapacity),
            Self::NestedUnitsWithCapacity => text!(PlanNestedUnitsWithCapacity),
            Self::WrongCapacities {
                capacities,
                candidates,
            } => text!(
                PlanWrongCapacities,
                capacities = capacities,
                candidates = candidates
            ),
            Self::WrongUnits { units, clients } => {
                text!(PlanWrongUnits, units = units, clients = clients)
            }
            Self::OtherCandidates => text!(PlanOtherCandidates),
            Self::MixedRooms => text!(PlanMixedRooms),
            Self::NoUnits => text!(PlanNoUnits),
            Self::Stopped => text!(PlanStopped),
            Self::TooLarge => text!(PlanTooLarge),
        }
    }
}

impl PlanError {
    /// Whether there may be a plan with more room, or more time.
    pub(super) const fn is_of_room(&self) -> bool {
        matches!(
            self,
            Self::ForcedExceedRoom { .. }
                | Self::TooFew { .. }
                | Self::NeedsExceedRoom { .. }
                | Self::NeedsExceedGroups
                | Self::Stopped
        )
    }
}

impl fmt::Display for PlanError {
    /// In English.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.text().fmt(f)
    }
}

impl std::error::Error for PlanError {}
