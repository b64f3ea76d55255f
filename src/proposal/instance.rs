//! A study as a matrix of costs: who would be served from where.

use rayon::prelude::*;

use super::answer::TICKS_PER_MINUTE;
use super::asked::Asked;
use super::instance_error::InstanceError;
use super::wanted::Wanted;
use crate::ids::CellId;
use crate::model::{Change, ChangeError};
use crate::plan::{Matrix, PlanError, Problem};
use crate::progress::{Progress, Stage};
use crate::score::{Coverage, Party};
use crate::search::WhatIf;
use crate::units::common_divisor;

/// The clients are the parties of cells, the candidates the changes that may be made, and one more that stands
/// for all that is there already.
///
/// What a change brings a party is found by making it and judging the cells that it touches, by all rules of
/// the study. Changes that all bring the same items can be judged one by one: whoever is served by several of
/// them is served by one, and waits for the best of them.
pub(super) struct Instance {
    pub(super) matrix: Matrix,
    pub(super) problem: Problem,
    /// The candidate that stands for what is there.
    pub(super) there: u32,
    /// Weights are in so many millionths of a person.
    unit: u64,
    /// By client its cell.
    pub(super) cells: Vec<CellId>,
}

impl Instance {
    /// Makes every change by itself, in parallel.
    pub(super) fn new(
        base: &WhatIf,
        before: &Coverage,
        (changes, wanted, asked): (&[Change], Wanted, Asked<'_>),
        progress: &dyn Progress,
    ) -> Result<Self, InstanceError> {
        let mut all = Self::several(base, &[(before, asked)], (changes, wanted), progress)?;
        all.pop().ok_or(InstanceError::Plan(PlanError::TooLarge))
    }

    /// One for each of several things that are asked: every change is made once.
    pub(super) fn several(
        base: &WhatIf,
        asked: &[(&Coverage, Asked<'_>)],
        (changes, wanted): (&[Change], Wanted),
        progress: &dyn Progress,
    ) -> Result<Vec<Self>, InstanceError> {
        progress.start(Stage::Plan, changes.len() as u64);
        let there = u32::try_from(changes.len()).map_err(|_| PlanError::TooLarge)?;
        let all: Vec<Trial<'_>> = asked
            .iter()
            .map(|&(before, asked)| Trial::of(before, asked, wanted))
            .collect();
        // By change, and by what is asked.
        let columns: Vec<Vec<Vec<(u32, u32, u32)>>> = changes
            .par_iter()
            .enumerate()
            .map(|(candidate, change)| {
                let then = base.after(change)?;
                let candidate = u32::try_from(candidate).unwrap_or(there);
                let columns = all.iter().map(|trial| trial.column(&then, candidate));
                let columns = columns.collect();
                progress.advance(1);
                Ok(columns)
            })
            .collect::<Result<_, ChangeError>>()?;
        let mut pairs: Vec<Vec<(u32, u32, u32)>> = vec![Vec::new(); all.len()];
        for column in columns {
            for (pairs, column) in pairs.iter_mut().zip(column) {
                pairs.extend(column);
            }
        }
        let instances = all.into_iter().zip(pairs);
        instances
            .map(|(trial, pairs)| Ok(trial.instance(pairs, there)?))
            .collect()
    }
}

/// What every change is tried for.
struct Trial<'a> {
    before: &'a Coverage,
    wanted: Wanted,
    clients: Clients,
    /// By client what it costs as it is.
    had: Vec<Option<u32>>,
}

impl<'a> Trial<'a> {
    fn of(before: &'a Coverage, asked: Asked<'_>, wanted: Wanted) -> Self {
        let clients = Clients::of(before, asked);
        let had = clients
            .all
            .par_iter()
            .map(|&(cell, place)| cost(wanted, before.parties().nth(place)?, cell))
            .collect();
        Self {
            before,
            wanted,
            clients,
            had,
        }
    }

    /// The pairs of one change, after it.
    fn column(&self, then: &WhatIf, candidate: u32) -> Vec<(u32, u32, u32)> {
        self.before.judged_after(then, |cell, place, party| {
            let client = self.clients.number(cell, place)?;
            // Whoever is covered stays so: no new site serves them better.
            let settled = covers(self.wanted) && self.had[client as usize].is_some();
            let cost = if settled {
                None
            } else {
                cost(self.wanted, party, cell)
            }?;
            Some((client, candidate, cost))
        })
    }

    fn instance(self, mut pairs: Vec<(u32, u32, u32)>, there: u32) -> Result<Instance, PlanError> {
        let numbered = (0_u32..).zip(&self.had);
        pairs.extend(numbered.filter_map(|(client, cost)| Some((client, there, (*cost)?))));
        let unit = self.clients.unit();
        let weights = self.clients.weights.iter().map(|weight| weight / unit);
        let budget = self.before.times().budget().ticks();
        Ok(Instance {
            matrix: Matrix::new(weights.collect(), there as usize + 1, &pairs)?,
            problem: match self.wanted {
                Wanted::Lscp => Problem::Lscp { limit: 0 },
                Wanted::PMedian => Problem::PMedian { beyond: budget },
                Wanted::PCenter => Problem::PCenter,
                _ => Problem::Mclp { limit: 0 },
            },
            there,
            unit,
            cells: self.clients.all.into_iter().map(|(cell, _)| cell).collect(),
        })
    }
}

/// Whether being covered is all that counts.
const fn covers(wanted: Wanted) -> bool {
    !matches!(wanted, Wanted::PMedian | Wanted::PCenter)
}

/// What somebody in a cell has to spend; none where that is nothing that counts.
fn cost(wanted: Wanted, party: Party<'_>, cell: CellId) -> Option<u32> {
    if covers(wanted) {
        party.is_covered(cell).then_some(0)
    } else {
        party.longest_walk(cell).map(crate::TravelTime::ticks)
    }
}

impl Instance {
    /// How many millionths of a person a weight is, and how many parts a minute.
    pub(super) const fn units(&self) -> (u64, f64) {
        (self.unit, TICKS_PER_MINUTE)
    }
}

/// The parties of cells that have people there.
struct Clients {
    all: Vec<(CellId, usize)>,
    weights: Vec<u64>,
    /// By cell and party its number; none where nobody of them lives.
    numbers: Vec<Option<u32>>,
    parties: usize,
}

impl Clients {
    fn of(coverage: &Coverage, asked: Asked<'_>) -> Self {
        let parties = coverage.parties().len();
        let cells = coverage.study().cells();
        let mut clients = Self {
            all: Vec::new(),
            weights: Vec::new(),
            numbers: vec![None; cells.len() * parties],
            parties,
        };
        let concerned = |cell: &CellId| asked.concerns(coverage.study(), *cell);
        for cell in cells.iter().map(|(cell, _)| cell).filter(concerned) {
            for (place, party) in coverage.parties().enumerate() {
                let weight = party.number(cell).millionths();
                // Who is asked nothing is neither covered nor left out.
                if weight > 0 && !party.items().is_empty() {
                    clients.numbers[cell.index() * parties + place] =
                        u32::try_from(clients.all.len()).ok();
                    clients.all.push((cell, place));
                    clients.weights.push(weight);
                }
            }
        }
        clients
    }

    fn number(&self, cell: CellId, party: usize) -> Option<u32> {
        self.numbers[cell.index() * self.parties + party]
    }

    /// The largest number of which all weights are multiples.
    fn unit(&self) -> u64 {
        let all = self.weights.iter().copied().reduce(common_divisor);
        all.unwrap_or(1)
    }
}
