//! Better plans by swaps: one candidate closes, another opens (*fast interchange*).
//!
//! Whitaker (1983), with what is lost and gained kept by candidate as Resende and Werneck (2007) do:
//! for a candidate that would open, one look at its clients tells the best partner to close.

use super::Listener;
use super::gains::number;
use super::opened::Opened;

/// Swaps, drops and adds until none makes the plan better, or the listener stops it.
///
/// A pass is O(pairs), and O(open ones) more for each change; where candidates take different room O(pairs +
/// candidates · open ones).
pub(super) fn exchange(plan: &mut Opened<'_>, listener: &dyn Listener) {
    let mut partners = Partners::of(plan);
    let mut idle = 0;
    let count = number(plan.gains.candidates());
    let mut at = 0;
    // Until every candidate was looked at since the last change.
    while idle < count && !listener.stop() {
        let changed = if plan.is_open(at) {
            drop_if_idle(plan, at)
        } else {
            swap_in(plan, at, &mut partners)
        };
        if changed {
            partners.look_again(plan);
        }
        idle = if changed { 0 } else { idle + 1 };
        at = (at + 1) % count.max(1);
    }
}

/// Closes a candidate whose price is more than what it gives.
pub(super) fn drop_if_idle(plan: &mut Opened<'_>, candidate: u32) -> bool {
    let idle = plan.loss(candidate) < plan.gains.price[candidate as usize];
    if idle {
        plan.close(candidate);
    }
    idle
}

/// Opens a closed candidate, alone or for another one, when that makes the plan better.
fn swap_in(plan: &mut Opened<'_>, candidate: u32, partners: &mut Partners) -> bool {
    let gains = plan.gains;
    let column = gains.columns.row(candidate);
    let size = gains.size[candidate as usize];
    let mut gained = -gains.price[candidate as usize];
    for pair in column {
        let [best, next] = plan.of(pair.of);
        gained += (pair.gain - best.gain).max(0);
        if best.of != u32::MAX {
            partners.save(best.of, (pair.gain.min(best.gain) - next.gain).max(0));
        }
    }
    plan.work += column.len() as u64;
    let alone = (size <= plan.left() && gained > 0).then_some(gained);
    let partner = partners.best(plan, size);
    partners.forget();
    let swapped = partner.map(|(cost, out)| (gained - cost, out));
    let swapped = swapped.filter(|(net, _)| *net > alone.unwrap_or(0));
    if swapped.is_none() && alone.is_none() {
        return false;
    }
    if let Some((_, out)) = swapped {
        plan.close(out);
    }
    plan.open(candidate);
    true
}

/// Which open candidate had best close for one that opens.
struct Partners {
    /// By open candidate how much less is lost by its closing when the one that is looked at opens; all 0 in
    /// between.
    saved: Vec<i64>,
    /// Those of which anything was saved.
    touched: Vec<u32>,
    /// What closing the cheapest one costs, whatever opens, and which that is.
    cheapest: Option<(i64, u32)>,
    /// The least room that closing one of them gives.
    least_room: u64,
}

impl Partners {
    fn of(plan: &Opened<'_>) -> Self {
        let mut partners = Self {
            saved: vec![0; plan.gains.candidates()],
            touched: Vec::new(),
            cheapest: None,
            least_room: 0,
        };
        partners.look_again(plan);
        partners
    }

    /// After a change of the plan. O(open ones).
    fn look_again(&mut self, plan: &Opened<'_>) {
        let open = || plan.all().iter().copied();
        let sizes = open().map(|one| plan.gains.size[one as usize]);
        self.least_room = sizes.min().unwrap_or(0);
        self.cheapest = open().map(|one| (self.cost(plan, one), one)).min();
    }

    fn save(&mut self, open: u32, gain: i64) {
        let saved = &mut self.saved[open as usize];
        if gain > 0 && *saved == 0 {
            self.touched.push(open);
        }
        *saved += gain;
    }

    fn forget(&mut self) {
        for one in self.touched.drain(..) {
            self.saved[one as usize] = 0;
        }
    }

    /// What closing an open one costs.
    fn cost(&self, plan: &Opened<'_>, open: u32) -> i64 {
        let saved = self.saved[open as usize] + plan.gains.price[open as usize];
        plan.loss(open) - saved
    }

    /// The one that costs least to close of those that make enough room, ties by number.
    fn best(&self, plan: &Opened<'_>, size: u64) -> Option<(i64, u32)> {
        let costs = |out: u32| (self.cost(plan, out), out);
        let rooms = |out: &u32| size <= plan.left() + plan.gains.size[*out as usize];
        if size > plan.left() + self.least_room {
            let open = plan.all().iter().copied();
            return open.filter(rooms).map(costs).min();
        }
        // Of those of which nothing is saved none costs less than the cheapest.
        let cheapest = self.cheapest.map(|(_, out)| out);
        let looked_at = self.touched.iter().copied().chain(cheapest);
        looked_at.map(costs).min()
    }
}
