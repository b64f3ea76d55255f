//! Covering plans with conditions besides: units that need a share, clients that count only when covered twice,
//! sites that serve only so many, groups of which only so many open.
//!
//! ```text
//!   max  Σᵢ wᵢ yᵢ        (or  min Σⱼ cⱼ xⱼ)
//!        k yᵢ ≤ Σⱼ xⱼ within the limit of i          backup: k open sites
//!        Σᵢ in u  wᵢ yᵢ ≥ need of u                  equity
//!        Σⱼ in g  xⱼ ≤ most of g                     groups
//!        Σⱼ sizeⱼ xⱼ ≤ room
//! ```
//!
//! With capacities yᵢ is the part of the client that is allocated (a *maximum flow*), and k is 1.
//!
//! | file | holds |
//! |---|---|
//! | instance | equal clients merged, what nothing covers left out |
//! | served | who is covered by what is open, and how far that is from the needs |
//! | flow | the allocation, where sites have capacities |
//! | local | good plans: greedy, swaps, shaking |
//! | prices | a bound, by prices for clients, units and groups (*Lagrangean relaxation*) |
//! | bounded | the bound of a part of all plans, lowered by subgradients |
//! | tree | both, until they meet (*branch and bound*) |
//!
//! The core in `solver` is quicker and closes tighter where none of these conditions is asked.

mod bounded;
mod flow;
mod instance;
mod local;
mod plans;
mod prices;
mod served;
mod tree;

pub(super) use plans::{cheapest, in_order, most, most_of_units};
