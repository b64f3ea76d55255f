//! Which of several places is the nearest along each piece of street (*lower envelope* of times).
//!
//! ```text
//!   time   \         / place 2
//!           \   ____/___ place 3
//!    place 1 \_/ \ /             ──── the least at every offset, and whose it is
//!   ══════════════════════════
//! ```

use std::collections::BTreeMap;

use crate::ids::EdgeId;
use crate::search::Stretch;
use crate::units::TravelTime;

/// A stretch of street, and the number of the place to which the walk from there is the shortest.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Owned {
    pub stretch: Stretch,
    pub owner: u32,
}

impl Owned {
    /// Whether the next stretch goes on where this one ends, at the same time and as steep, to the same
    /// place.
    fn goes_on(&self, next: &Self) -> bool {
        let [steep, next_steep] = [self, next].map(|owned| {
            let [first, last] = owned.stretch.times.map(TravelTime::seconds);
            (last - first) / owned.stretch.metres()
        });
        let [end, begin] = [self.stretch.offsets[1], next.stretch.offsets[0]];
        let [before, after] = [self.stretch.times[1], next.stretch.times[0]];
        // Parts of one stretch differ by rounded ticks alone; past a place on a one-way piece the time is
        // another one.
        self.owner == next.owner
            && end.total_cmp(&begin).is_eq()
            && before.abs_diff(after) <= TravelTime::from_ticks(2)
            && (steep - next_steep).abs() < 1e-3
    }
}

/// The nearest of the places that were put in, along every piece of street.
#[derive(Debug, Default)]
pub(super) struct Envelope {
    /// By piece of street, in the order of offsets; apart from each other.
    by_edge: BTreeMap<EdgeId, Vec<Owned>>,
    /// Stretches without length: places at the very end of a piece of street, beside all others.
    points: Vec<Owned>,
}

impl Envelope {
    /// Puts in what is reached from one place. Of places as near that with the smaller number counts, in
    /// whatever order they come. O(log E + stretches of the piece) each.
    pub(super) fn add(&mut self, owner: u32, stretches: &[Stretch]) {
        for &stretch in stretches {
            if stretch.metres() <= 0.0 {
                self.points.push(Owned { stretch, owner });
                continue;
            }
            let known = self.by_edge.entry(stretch.edge).or_default();
            *known = merged(known, Owned { stretch, owner });
        }
    }

    /// All stretches, by piece of street and offset.
    pub(super) fn stretches(&self) -> impl Iterator<Item = &Owned> {
        self.by_edge.values().flatten().chain(&self.points)
    }
}

/// The lower envelope of one that is known and one more stretch.
fn merged(known: &[Owned], new: Owned) -> Vec<Owned> {
    let [begin, end] = new.stretch.offsets;
    let mut out = Out(Vec::with_capacity(known.len() + 2));
    // Up to here the new one is dealt with.
    let mut done = begin;
    for &old in known {
        let [from, to] = old.stretch.offsets;
        out.push(new, done, from.min(end));
        out.push(old, from, to.min(begin));
        let shared = [from.max(begin), to.min(end)];
        if shared[0] < shared[1] {
            out.lower(old, new, shared);
        }
        out.push(old, from.max(end), to);
        done = done.max(to);
    }
    out.push(new, done, end);
    out.0
}

/// An envelope under way, in the order of offsets.
struct Out(Vec<Owned>);

impl Out {
    /// Adds what a stretch is from one offset to another, if there is any of it.
    fn push(&mut self, part: Owned, from: f64, to: f64) {
        if from >= to {
            return;
        }
        let next = Owned {
            stretch: part.stretch.part(from, to),
            ..part
        };
        // A part that only goes on is no new one: else every place put in would cut all others.
        match self.0.last_mut() {
            Some(last) if last.goes_on(&next) => {
                last.stretch.offsets[1] = to;
                last.stretch.times[1] = next.stretch.times[1];
            }
            Some(_) | None => self.0.push(next),
        }
    }

    /// Adds whichever is less where both are.
    fn lower(&mut self, old: Owned, new: Owned, [from, to]: [f64; 2]) {
        // Ties go to the smaller number.
        let (first, second) = if old.owner <= new.owner {
            (old, new)
        } else {
            (new, old)
        };
        let ahead =
            [from, to].map(|at| second.stretch.seconds_at(at) - first.stretch.seconds_at(at));
        match ahead.map(|lead| lead >= 0.0) {
            [true, true] => self.push(first, from, to),
            [false, false] => self.push(second, from, to),
            [first_leads, _] => {
                let cut = from + (to - from) * ahead[0] / (ahead[0] - ahead[1]);
                let (one, other) = if first_leads {
                    (first, second)
                } else {
                    (second, first)
                };
                self.push(one, from, cut);
                self.push(other, cut, to);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn owned(owner: u32, offsets: [f64; 2], seconds: [f64; 2]) -> Owned {
        let times = seconds.map(|time| TravelTime::from_seconds(time).expect("short"));
        let edge = EdgeId::new(0);
        Owned {
            owner,
            stretch: Stretch {
                edge,
                offsets,
                times,
            },
        }
    }

    #[test]
    fn the_least_counts_everywhere_in_whatever_order_they_come() {
        let all = [
            owned(1, [0.0, 100.0], [0.0, 100.0]),
            owned(2, [20.0, 100.0], [80.0, 0.0]),
            owned(3, [0.0, 60.0], [30.0, 30.0]),
        ];
        let orders = [[0, 1, 2], [2, 1, 0], [1, 2, 0], [1, 0, 2]];
        for order in orders {
            let mut envelope = Envelope::default();
            for place in order {
                envelope.add(all[place].owner, &[all[place].stretch]);
            }
            let found: Vec<(u32, [f64; 2])> = envelope
                .stretches()
                .map(|owned| (owned.owner, owned.stretch.offsets))
                .collect();
            let expected = [(1, [0.0, 30.0]), (3, [30.0, 60.0]), (2, [60.0, 100.0])];
            // From 60 to 70 the third is not there, and the second is nearer than the first.
            assert_eq!(found, expected, "{order:?}");
        }
    }
}
