//! Better bounds, by prices that follow the slope of the bound (*subgradient method*).
//!
//! Polyak's step towards the best known value, longer while the bound falls and shorter when it stops; the
//! direction keeps a part of the ones before (Barahona and Anbil 2000).

use super::dual::Dual;
use crate::plan::status::Status;

/// A better bound lengthens the step so much,
const GROW: f64 = 1.07;
/// and patience at its end shortens it so much.
const SHRINK: f64 = 0.66;
/// No step is longer.
const LONGEST: f64 = 2.0;
/// The share of the newest slope in the direction.
const NEW: f64 = 0.25;

/// How far a descent goes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Effort {
    /// Evaluations at most.
    pub(super) rounds: u32,
    /// The share of Polyak's step to begin with.
    pub(super) step: f64,
    /// So many evaluations without a better bound halve the step.
    pub(super) patience: u32,
    /// Below this share of the step it ends.
    pub(super) least: f64,
}

/// A descent of the bound from the prices of a relaxed problem.
pub(super) struct Descent<'a> {
    pub(super) dual: Dual<'a>,
    /// The best bound, in parts, and its prices.
    pub(super) bound: i64,
    pub(super) best_mu: Vec<i64>,
    /// By candidate how often it was chosen, the last evaluations counting most.
    pub(super) often: Vec<f64>,
    direction: Vec<f64>,
    slope: Vec<i32>,
}

impl<'a> Descent<'a> {
    pub(super) fn new(dual: Dual<'a>) -> Self {
        Self {
            bound: i64::MAX,
            best_mu: dual.mu.clone(),
            often: vec![0.0; dual.chosen.len()],
            direction: vec![0.0; dual.mu.len()],
            slope: vec![0; dual.mu.len()],
            dual,
        }
    }

    /// Goes on until the effort is spent or `each` says so; it is called after every evaluation, with
    /// whether that one is the best so far, and may settle candidates and raise the target.
    pub(super) fn run(
        &mut self,
        effort: Effort,
        status: &mut Vec<Status>,
        mut each: impl FnMut(&mut Self, bool, &mut Vec<Status>) -> Option<i64>,
    ) {
        let mut step = effort.step;
        let mut stale = 0;
        for round in 0..effort.rounds {
            self.dual.evaluate(status);
            self.remember(round);
            let better = self.dual.bound < self.bound;
            if better {
                self.bound = self.dual.bound;
                self.best_mu.copy_from_slice(&self.dual.mu);
                stale = 0;
                step = (step * GROW).min(LONGEST);
            } else {
                stale += 1;
            }
            let Some(target) = each(self, better, status) else {
                return;
            };
            if stale >= effort.patience {
                step *= SHRINK;
                stale = 0;
                self.dual.mu.copy_from_slice(&self.best_mu);
                self.dual.evaluate(status);
                if step < effort.least {
                    return;
                }
            }
            if !self.walk(step, target) {
                return;
            }
        }
    }

    fn remember(&mut self, round: u32) {
        let new = if round == 0 { 1.0 } else { 0.1 };
        for (often, &chosen) in self.often.iter_mut().zip(&self.dual.chosen) {
            *often += new * (f64::from(u8::from(chosen)) - *often);
        }
    }

    /// Moves the prices; false when the slope is flat.
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        reason = "steps guide only: the bound is exact at any prices"
    )]
    fn walk(&mut self, step: f64, target: i64) -> bool {
        self.dual.slope(&mut self.slope);
        let mut norm = 0.0;
        for (direction, &slope) in self.direction.iter_mut().zip(&self.slope) {
            *direction = NEW * f64::from(slope) + (1.0 - NEW) * *direction;
            norm += *direction * *direction;
        }
        if norm < 1e-9 {
            return false;
        }
        let scale = self.dual.gains.scale as f64;
        let short = (self.dual.bound as f64 - target as f64 * scale).max(scale * 0.5);
        let length = step * short / norm;
        for (client, (mu, direction)) in self.dual.mu.iter_mut().zip(&self.direction).enumerate() {
            let row = self.dual.gains.rows.row(super::gains::number(client));
            let most = row
                .first()
                .map_or(0, |pair| pair.gain * self.dual.gains.scale);
            *mu = (*mu - (length * direction) as i64).clamp(0, most);
        }
        true
    }
}
