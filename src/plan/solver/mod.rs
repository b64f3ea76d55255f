//! The core that all problems are brought to: which candidates to open so that the sum of what each
//! client gains is largest.
//!
//! A client gains from the best open candidate alone; opening takes room, of which there is only so
//! much, and may have a price that is taken off the sum:
//!
//! ```text
//!   max  Σᵢ max { gᵢⱼ : j open }  −  Σⱼ fⱼ [j open]      with  Σⱼ aⱼ [j open] ≤ room
//! ```
//!
//! | problem | gain `g` | price `f` | size `a` |
//! |---|---|---|---|
//! | MCLP | the client's people, where within the limit | 0 | 1, or the cost |
//! | *p*-median | people × (beyond − time) | 0 | 1, or the cost |
//! | LSCP | the cheapest cost that covers the client | the cost | 0 |
//!
//! That an uncovered client of the LSCP costs as much as its cheapest candidate loses nothing: that
//! candidate can always be added for it.
//!
//! ```text
//!   gains ── merged ── dominated        the instance, made smaller
//!   opened ── greedy ── exchange ── shaken ── windows        good plans
//!   dual ── subgradient ── part         bounds (Lagrangean relaxation)
//!   search ── tree ── best              both, until they meet (branch and bound)
//! ```
//!
//! All decisions rest on integers, on counts of work and on a fixed order; a clock only stops.

mod best;
mod dominated;
mod dual;
mod exchange;
mod gains;
mod greedy;
mod merged;
mod opened;
mod part;
mod search;
mod shaken;
mod subgradient;
mod tree;
mod windows;

pub(super) use best::best;
pub(super) use dominated::smaller;
pub(super) use gains::{Gains, Opening};
pub(super) use search::{Found, Goal};
pub(super) use shaken::Dice;

/// Asked by the solver whether to go on, and told how far it is.
pub(super) trait Listener: Sync {
    /// The best sum so far, and what no plan can exceed.
    fn hear(&self, value: i64, bound: i64);
    /// Whether to stop with the best so far.
    fn stop(&self) -> bool;
}
