//! A plan, and by client the two best candidates that it opens.
//!
//! ```text
//!   client i:   best  ●───── 12 from j      closing j loses 12 − 9 here,
//!               next  ○───── 9 from k       opening l with 15 gains 15 − 12
//! ```

use super::gains::{Gain, Gains};

/// No candidate: the gain is 0.
const NONE: Gain = Gain {
    of: u32::MAX,
    gain: 0,
};

/// Some candidates of an instance, open.
#[derive(Debug, Clone)]
pub(super) struct Opened<'a> {
    pub(super) gains: &'a Gains,
    open: Vec<bool>,
    /// The open ones, in order.
    list: Vec<u32>,
    /// By client the best open candidate, and the next best.
    best: Vec<[Gain; 2]>,
    /// By candidate what clients lose when it closes; 0 for closed ones.
    loss: Vec<i64>,
    value: i64,
    used: u64,
    /// Pairs looked at so far.
    pub(super) work: u64,
}

impl<'a> Opened<'a> {
    /// Nothing is open yet. O(clients + candidates).
    pub(super) fn new(gains: &'a Gains) -> Self {
        Self {
            gains,
            open: vec![false; gains.candidates()],
            list: Vec::new(),
            best: vec![[NONE; 2]; gains.clients()],
            loss: vec![0; gains.candidates()],
            value: gains.base,
            used: 0,
            work: 0,
        }
    }

    /// What the plan comes to.
    pub(super) const fn value(&self) -> i64 {
        self.value
    }

    /// Room that is not taken.
    pub(super) const fn left(&self) -> u64 {
        self.gains.room - self.used
    }

    pub(super) fn is_open(&self, candidate: u32) -> bool {
        self.open[candidate as usize]
    }

    /// The open candidates, in order.
    pub(super) fn all(&self) -> &[u32] {
        &self.list
    }

    /// What a client has now, from whom, and what it would have without it.
    pub(super) fn of(&self, client: u32) -> [Gain; 2] {
        self.best[client as usize]
    }

    /// What clients lose when an open candidate closes.
    pub(super) fn loss(&self, candidate: u32) -> i64 {
        self.loss[candidate as usize]
    }

    /// Whether a closed candidate finds room.
    pub(super) fn fits(&self, candidate: u32) -> bool {
        self.gains.size[candidate as usize] <= self.left()
    }

    /// What opening a closed candidate would add, its price taken off. O(column).
    pub(super) fn worth(&mut self, candidate: u32) -> i64 {
        let column = self.gains.columns.row(candidate);
        self.work += column.len() as u64;
        let more = column
            .iter()
            .map(|pair| (pair.gain - self.best[pair.of as usize][0].gain).max(0));
        more.sum::<i64>() - self.gains.price[candidate as usize]
    }

    /// Opens a closed candidate. O(column).
    pub(super) fn open(&mut self, candidate: u32) {
        self.open[candidate as usize] = true;
        let place = self.list.partition_point(|&one| one < candidate);
        self.list.insert(place, candidate);
        self.used += self.gains.size[candidate as usize];
        self.value -= self.gains.price[candidate as usize];
        let column = self.gains.columns.row(candidate);
        self.work += column.len() as u64;
        for pair in column {
            let [best, next] = self.best[pair.of as usize];
            let new = Gain {
                of: candidate,
                gain: pair.gain,
            };
            let after = if new.gain > best.gain {
                [new, best]
            } else if new.gain > next.gain {
                [best, new]
            } else {
                continue;
            };
            self.set(pair.of, after);
        }
    }

    /// Closes an open candidate. O(column, and the rows of clients for whom it was one of the two best).
    pub(super) fn close(&mut self, candidate: u32) {
        self.open[candidate as usize] = false;
        self.list.retain(|&one| one != candidate);
        self.used -= self.gains.size[candidate as usize];
        self.value += self.gains.price[candidate as usize];
        for pair in self.gains.columns.row(candidate) {
            let held = self.best[pair.of as usize];
            if held.iter().any(|one| one.of == candidate) {
                let two = self.two_best(pair.of);
                self.set(pair.of, two);
            }
        }
    }

    /// The two best open candidates of a client: its row begins with the best.
    fn two_best(&mut self, client: u32) -> [Gain; 2] {
        let row = self.gains.rows.row(client);
        let mut found = [NONE; 2];
        let mut count = 0;
        for pair in row {
            self.work += 1;
            if self.open[pair.of as usize] {
                found[count] = *pair;
                count += 1;
                if count == 2 {
                    break;
                }
            }
        }
        found
    }

    /// Puts the two best of a client in the place of those before, with what rests on them.
    fn set(&mut self, client: u32, after: [Gain; 2]) {
        let before = self.best[client as usize];
        self.value += after[0].gain - before[0].gain;
        if before[0].of != u32::MAX {
            self.loss[before[0].of as usize] -= before[0].gain - before[1].gain;
        }
        if after[0].of != u32::MAX {
            self.loss[after[0].of as usize] += after[0].gain - after[1].gain;
        }
        self.best[client as usize] = after;
    }
}
