//! Better plans window by window: a few sites that lie together are chosen anew while all others stay
//! (*large neighbourhood search*; POPMUSIC of Taillard and Voss 2002).
//!
//! A window is an instance by itself, small enough for the search that proves: either it has a better plan, or
//! none.

use rayon::prelude::*;

use super::Listener;
use super::dominated::smaller;
use super::gains::{Gains, number};
use super::opened::Opened;
use super::search::{Found, Goal, Search};

/// So many open candidates lie in a window at first,
const FEW: usize = 5;
/// and so many in the largest one,
const MANY: usize = 14;
/// when it grows by so many.
const MORE: usize = 3;
/// So many windows at a time.
const BATCH: usize = 4;
/// To make one takes as long as so many looks at each pair.
const MAKING: u64 = 4;
/// A window is given up after so many pairs.
const WORK: u64 = 6_000_000;

/// Shakes the best plan for so many pairs, then looks at it window by window for twice as many.
pub(super) fn improve(search: &mut Search<'_>, gains: &Gains, work: u64) {
    search.shake(gains, work);
    // Where only a goal counts, the bound may soon tell that it is out of reach.
    if search.goal.enough.is_none() {
        mend(search, gains, work * 2);
    }
}

/// Looks through windows around every open candidate, larger ones where smaller ones bring nothing more, until
/// so many pairs were looked at.
fn mend(search: &mut Search<'_>, gains: &Gains, work: u64) {
    let until = search.found.work.saturating_add(work).min(search.goal.work);
    for few in (FEW..=MANY).step_by(MORE) {
        while is_mended(search, gains, few, until) {}
    }
}

/// Looks through a window around each open candidate. Whether any had a better plan, and there is leave to go on.
fn is_mended(search: &mut Search<'_>, gains: &Gains, few: usize, until: u64) -> bool {
    let mut better = false;
    let centres = search.plan_in(gains).all().to_vec();
    // Where it is most of the instance, the search itself is as quick.
    if centres.len() < few * 2 {
        return false;
    }
    for batch in centres.chunks(BATCH) {
        if search.found.work > until || search.is_over() {
            return false;
        }
        let plan = search.plan_in(gains);
        let goal = Goal {
            known: &[],
            enough: Some(search.beaten() + 1),
            work: WORK.min(until.saturating_sub(search.found.work)),
        };
        let (listener, solve) = (search.listener, search.solve);
        let solved = |&centre: &u32| {
            let window = plan.is_open(centre).then(|| window(&plan, centre, few));
            window.map(|window| solve(window, goal, &Unheard(listener)))
        };
        let all: Vec<Option<Found>> = batch.par_iter().map(solved).collect();
        for mut found in all.into_iter().flatten() {
            // To make the window took some looks at everything.
            found.work += MAKING * gains.pairs() as u64;
            better |= search.accept(found);
        }
    }
    better
}

/// The instance in which all is settled as the plan has it, but for the candidates nearest to an open one: as many
/// as it takes to have so many open ones among them. O(pairs).
fn window(plan: &Opened<'_>, centre: u32, few: usize) -> Gains {
    let gains = plan.gains;
    let near = nearest(plan, centre, few);
    let settled = |open: bool| -> Vec<bool> {
        let all = 0..number(gains.candidates());
        all.map(|one| !near[one as usize] && plan.is_open(one) == open)
            .collect()
    };
    smaller(gains.settled(&settled(true), &settled(false)))
}

/// By candidate whether it is among the nearest to one: those that share a client with it, then those that share
/// one with these, until so many of them are open.
fn nearest(plan: &Opened<'_>, centre: u32, few: usize) -> Vec<bool> {
    let gains = plan.gains;
    let mut near = vec![false; gains.candidates()];
    let mut seen = vec![false; gains.clients()];
    let mut queue = vec![centre];
    near[centre as usize] = true;
    let mut open = 1;
    let mut next = 0;
    while let Some(&one) = queue.get(next) {
        next += 1;
        for pair in gains.columns.row(one) {
            if std::mem::replace(&mut seen[pair.of as usize], true) {
                continue;
            }
            for other in gains.rows.row(pair.of) {
                let is_open = plan.is_open(other.of);
                if near[other.of as usize] || is_open && open == few {
                    continue;
                }
                near[other.of as usize] = true;
                open += usize::from(is_open);
                queue.push(other.of);
            }
        }
        if open == few {
            break;
        }
    }
    near
}

/// Asks whether to stop, and tells nothing: a window's standing is not the whole's.
struct Unheard<'a>(&'a dyn Listener);

impl Listener for Unheard<'_> {
    fn hear(&self, _: i64, _: i64) {}

    fn stop(&self) -> bool {
        self.0.stop()
    }
}

#[cfg(test)]
mod tests {
    use super::super::Listener;
    use super::super::best::best;
    use super::super::gains::{Gains, Opening, number};
    use super::super::greedy::fill;
    use super::super::opened::Opened;
    use super::super::search::{Found, Goal, Search};
    use super::super::shaken::Dice;
    use super::{FEW, mend, nearest};

    const PLACES: usize = 90;
    const SITES: usize = 14;
    /// A site serves so many places to each side.
    const REACH: usize = 2;

    struct Patient;

    impl Listener for Patient {
        fn hear(&self, _: i64, _: i64) {}

        fn stop(&self) -> bool {
            false
        }
    }

    fn weights() -> Vec<i64> {
        let mut dice = Dice::new();
        (0..PLACES)
            .map(|_| 1 + i64::from(number(dice.below(50))))
            .collect()
    }

    /// Places in a line, each with a client and a candidate.
    fn line() -> Gains {
        let weights = weights();
        let mut triples = Vec::new();
        for (client, &weight) in weights.iter().enumerate() {
            for site in client.saturating_sub(REACH)..=(client + REACH).min(PLACES - 1) {
                triples.push((number(client), number(site), weight));
            }
        }
        let openings = [Opening { price: 0, size: 1 }; PLACES];
        Gains::new(PLACES, &openings, SITES as u64, &triples)
    }

    /// The most that so many sites can have, place by place: with `sites` sites the best of the first `places`.
    fn most() -> i64 {
        let weights = weights();
        let wide = 2 * REACH + 1;
        let mut best = vec![0; PLACES + 1];
        for _ in 0..SITES {
            let fewer = best.clone();
            for places in 1..=PLACES {
                let from = places.saturating_sub(wide);
                let covered: i64 = weights[from..places].iter().sum();
                best[places] = best[places - 1].max(fewer[from] + covered);
            }
        }
        best[PLACES]
    }

    #[test]
    fn windows_mend_what_greed_spoils() {
        let gains = line();
        let mut greedy = Opened::new(&gains);
        fill(&mut greedy);
        let mut search = Search {
            solve: best,
            goal: Goal {
                known: &[],
                enough: None,
                work: u64::MAX,
            },
            listener: &Patient,
            found: Found {
                open: gains.named(greedy.all()),
                value: greedy.value(),
                bound: gains.most(),
                nodes: 0,
                work: 0,
            },
            dice: Dice::new(),
        };
        mend(&mut search, &gains, 50_000_000);
        assert!(greedy.value() < most());
        assert_eq!(search.found.value, most());
        assert_eq!(search.found.open.len(), SITES);
    }

    #[test]
    fn a_window_has_so_many_sites_that_lie_together() {
        let gains = line();
        let mut plan = Opened::new(&gains);
        for site in (0..number(PLACES)).step_by(7) {
            plan.open(site);
        }
        let near = nearest(&plan, 42, FEW);
        let open = plan.all().iter().filter(|&&one| near[one as usize]);
        assert_eq!(open.copied().collect::<Vec<_>>(), [28, 35, 42, 49, 56]);
    }
}
