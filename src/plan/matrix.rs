//! What it costs each client to get to each candidate.

use super::error::PlanError;
use crate::search::Csr;

/// A candidate that a client can get to.
///
/// ```
/// use walkshed::plan::Matrix;
/// let matrix = Matrix::new(vec![300], 2, &[(0, 1, 9), (0, 0, 5)]).unwrap();
/// let ways: Vec<_> = matrix.of(0).iter().map(|way| (way.candidate, way.cost)).collect();
/// assert_eq!(ways, [(0, 5), (1, 9)], "the cheapest first");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Way {
    /// The candidate, by its number.
    pub candidate: u32,
    /// What it costs to get there: a time, a length, in any unit.
    pub cost: u32,
}

/// Costs of clients × candidates, as whole numbers; where there is no pair, nobody gets there.
///
/// A client is whoever is to be served, with a weight (people, firms); one of weight 0 asks for nothing.
///
/// ```
/// use walkshed::plan::Matrix;
/// // Three people at a client that gets to both candidates, five at one that gets to the second.
/// let matrix = Matrix::new(vec![3, 5], 2, &[(0, 0, 4), (0, 1, 9), (1, 1, 6)]).unwrap();
/// assert_eq!(matrix.of(0).iter().map(|way| way.cost).collect::<Vec<_>>(), [4, 9]);
/// ```
#[doc(alias = "origin-destination matrix")]
#[derive(Debug, Clone)]
pub struct Matrix {
    weights: Vec<u64>,
    candidates: usize,
    rows: Csr<Way>,
}

impl Matrix {
    /// A matrix of triples (client, candidate, cost), in any order; of equal pairs the cheapest counts.
    ///
    /// O(pairs · log pairs).
    ///
    /// # Errors
    /// When a triple names a client or candidate that is not there, or there are more than 2³² of them.
    pub fn new(
        weights: Vec<u64>,
        candidates: usize,
        pairs: &[(u32, u32, u32)],
    ) -> Result<Self, PlanError> {
        let countable = u32::try_from(pairs.len()).is_ok() && u32::try_from(candidates).is_ok();
        if !countable {
            return Err(PlanError::TooLarge);
        }
        for &(client, candidate, _) in pairs {
            if client as usize >= weights.len() {
                return Err(PlanError::NoSuchClient { client });
            }
            if candidate as usize >= candidates {
                return Err(PlanError::NoSuchCandidate { candidate });
            }
        }
        let mut sorted = pairs.to_vec();
        sorted.sort_unstable();
        sorted.dedup_by_key(|(client, candidate, _)| (*client, *candidate));
        sorted.sort_unstable_by_key(|&(client, candidate, cost)| (client, cost, candidate));
        let ways = sorted.iter().map(|&(client, candidate, cost)| {
            let way = Way { candidate, cost };
            (client, way)
        });
        let rows = Csr::new(weights.len(), ways);
        Ok(Self {
            weights,
            candidates,
            rows,
        })
    }

    /// The same with every weight so many times as large.
    #[must_use]
    pub fn times(mut self, factor: u64) -> Self {
        for weight in &mut self.weights {
            *weight = weight.saturating_mul(factor);
        }
        self
    }

    /// How many clients there are.
    #[must_use]
    pub const fn clients(&self) -> usize {
        self.weights.len()
    }

    /// How many candidates there are.
    #[must_use]
    pub const fn candidates(&self) -> usize {
        self.candidates
    }

    /// The weight of a client.
    ///
    /// # Panics
    /// When there is no such client.
    #[must_use]
    pub fn weight(&self, client: u32) -> u64 {
        self.weights[client as usize]
    }

    /// Where a client gets to, cheapest first, ties by candidate.
    ///
    /// # Panics
    /// When there is no such client.
    #[must_use]
    pub fn of(&self, client: u32) -> &[Way] {
        self.rows.row(client)
    }

    /// The clients that have a weight, in order.
    pub(super) fn asking(&self) -> impl Iterator<Item = u32> + '_ {
        let numbers = (0..).zip(&self.weights);
        numbers
            .filter(|(_, weight)| **weight > 0)
            .map(|(client, _)| client)
    }

    /// Where a client gets to for no more than a limit.
    pub(super) fn within(&self, client: u32, limit: u32) -> &[Way] {
        let row = self.of(client);
        &row[..row.partition_point(|way| way.cost <= limit)]
    }
}
