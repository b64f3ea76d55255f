//! The bound of one part of all plans: those in which some candidates are open and others gone.

use super::Listener;
use super::dual::Dual;
use super::exchange::{drop_if_idle, exchange};
use super::gains::{Gains, number};
use super::greedy::fill;
use super::opened::Opened;
use super::subgradient::{Descent, Effort};
use crate::plan::status::Status;

/// A part of all plans, with prices to begin with.
#[derive(Debug, Clone)]
pub(super) struct Part {
    /// By candidate what is settled.
    pub(super) status: Vec<Status>,
    /// By client what it pays.
    pub(super) mu: Vec<i64>,
}

/// What is asked of a part.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asked {
    /// Only plans of more than this matter.
    pub(super) beaten: i64,
    /// A plan of so much is enough.
    pub(super) enough: Option<i64>,
    /// Pairs to look at, at most.
    pub(super) work: u64,
    pub(super) effort: Effort,
    /// Once so many candidates are settled it ends, for the rest to be made an instance of its own.
    pub(super) settled: usize,
}

/// What is known of a part after its descent.
#[derive(Debug, Clone)]
pub(super) struct Bounded {
    /// With what could be settled besides, and the best prices.
    pub(super) part: Part,
    /// No plan of the part is more, unless it is beaten.
    pub(super) bound: i64,
    /// The best plan met on the way, when it beats what was known.
    pub(super) plan: Option<(i64, Vec<u32>)>,
    /// The free candidate of which the relaxed choices were least sure; none when none is free.
    pub(super) unsure: Option<usize>,
    pub(super) work: u64,
}

/// Lowers the bound of a part; every few evaluations the relaxed choice is made a plan.
///
/// Whatever the bound shows to be needed, or of no use, for a plan that matters is settled.
pub(super) fn bounded(gains: &Gains, part: Part, asked: Asked, listener: &dyn Listener) -> Bounded {
    let Part { mut status, mu } = part;
    let scale = gains.scale;
    let mut descent = Descent::new(Dual::new(gains, mu));
    let mut beaten = asked.beaten;
    let mut plan = None;
    let mut work = 0;
    let mut round = 0_u32;
    descent.run(asked.effort, &mut status, |descent, better, status| {
        work += std::mem::take(&mut descent.dual.work);
        round += 1;
        if better && round % 4 == 1 || round.is_multiple_of(16) {
            let tried = choice(&descent.dual, beaten, listener);
            work += tried.work;
            if tried.value() > beaten {
                beaten = tried.value();
                plan = Some((beaten, gains.named(tried.all())));
            }
        }
        let met = asked.enough.is_some_and(|enough| beaten >= enough);
        let closed = descent.bound.div_euclid(scale) <= beaten;
        if met || closed || work > asked.work || listener.stop() {
            return None;
        }
        if better {
            if !descent.dual.settle(beaten, status) {
                descent.bound = beaten * scale;
                return None;
            }
            let settled = status.iter().filter(|one| **one != Status::Free).count();
            if settled >= asked.settled {
                return None;
            }
        }
        Some(beaten + 1)
    });
    descent.dual.mu.copy_from_slice(&descent.best_mu);
    descent.dual.evaluate(&status);
    let unsure = least_sure(&descent, &status);
    let bound = descent.bound.min(descent.dual.bound).div_euclid(scale);
    let mu = descent.best_mu;
    Bounded {
        part: Part { status, mu },
        bound,
        plan,
        unsure,
        work: work + descent.dual.work,
    }
}

/// The plan that a relaxed choice makes, filled up and rid of what it does not need; swaps follow when
/// it is better than what is known.
fn choice<'a>(dual: &Dual<'a>, beaten: i64, listener: &dyn Listener) -> Opened<'a> {
    let mut plan = Opened::new(dual.gains);
    for candidate in 0..number(dual.gains.candidates()) {
        if dual.chosen[candidate as usize] && plan.fits(candidate) {
            plan.open(candidate);
        }
    }
    fill(&mut plan);
    for candidate in plan.all().to_vec() {
        drop_if_idle(&mut plan, candidate);
    }
    if plan.value() > beaten {
        exchange(&mut plan, listener);
    }
    plan
}

/// The free candidate that the relaxed choices opened about as often as not; of those nearly alike the
/// one whose worth is nearest to what its room costs.
fn least_sure(descent: &Descent<'_>, status: &[Status]) -> Option<usize> {
    /// Candidates whose shares differ by less are alike.
    const ALIKE: f64 = 0.05;
    let mut least: Option<(f64, i128, usize)> = None;
    let free = status.iter().enumerate();
    for (candidate, _) in free.filter(|(_, one)| **one == Status::Free) {
        let sure = (descent.often[candidate] - 0.5).abs();
        let far = descent.dual.reduced(candidate).abs();
        let first = least.is_none_or(|(surest, nearest, _)| {
            sure < surest - ALIKE || (sure < surest + ALIKE && far < nearest)
        });
        if first {
            least = Some((sure, far, candidate));
        }
    }
    least.map(|(_, _, candidate)| candidate)
}
