//! The cheapest candidates that cover all clients (*set covering*): the LSCP, and each step of the
//! *p*-center problem.
//!
//! ```text
//!   reduced      clients that are covered with another one anyway, candidates that another one beats,
//!                candidates without which a client has none
//!   islands      parts that share nothing: each is solved by itself
//!   weighed      a good cover of one part, by local search
//!   covering     the best one, by the solver
//! ```

mod asked;
mod covering;
mod islands;
mod reduced;
mod weighed;

pub(super) use asked::Asked;
use covering::{Covered, cover_island};
use islands::islands;
use reduced::{Rows, reduced};

/// Some candidates that cover all clients, and what no other ones undercut.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cover {
    /// The candidates, in order.
    pub(super) open: Vec<u32>,
    pub(super) cost: u64,
    /// No cover costs less; more than `enough` where none is that cheap.
    pub(super) bound: u64,
    pub(super) nodes: u64,
    pub(super) work: u64,
}

/// The cheapest cover of clients, each given by the candidates that cover it: one or more.
pub(super) fn cover(clients: Vec<Vec<u32>>, asked: Asked<'_>) -> Cover {
    let (needed, rows) = reduced(Rows::new(clients, asked.prices.len()), asked.prices);
    let islands = islands(&rows, asked.prices.len());
    let paid: u64 = needed.iter().map(|&one| asked.prices[one as usize]).sum();
    let mut cover = Cover {
        open: needed,
        cost: paid,
        bound: paid,
        nodes: 0,
        work: 0,
    };
    for (number, island) in islands.iter().enumerate() {
        let is_last = number + 1 == islands.len();
        // Only the last part may be asked for no more than is left.
        let left = asked.enough.map(|enough| enough.checked_sub(cover.bound));
        if left == Some(None) {
            // Too dear already. What is left is covered somehow, so that the plan is one.
            let cheap = Asked {
                work: 0,
                enough: None,
                ..asked
            };
            cover.add(cover_island(island, cheap), false);
            continue;
        }
        let part = Asked {
            enough: left.flatten().filter(|_| is_last),
            work: asked.work.saturating_sub(cover.work),
            ..asked
        };
        cover.add(cover_island(island, part), true);
    }
    cover.open.sort_unstable();
    cover
}

impl Cover {
    /// Puts the cover of another part beside; its bound counts unless it was not looked for.
    fn add(&mut self, part: Covered, counts: bool) {
        self.open.extend(part.open);
        self.cost += part.cost;
        self.bound += if counts { part.bound } else { 0 };
        self.nodes += part.nodes;
        self.work += part.work;
    }
}
