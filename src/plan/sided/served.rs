//! Who is covered by what is open, and how far that is from the needs.

use super::flow;
use super::instance::{Aim, Instance};

/// How good a choice is: less lacking is better, then more value, then more that is partly covered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Merit {
    /// What units lack, below 0.
    pub(super) lack: i128,
    /// Weight covered, or the price below 0.
    pub(super) value: i128,
    /// Weight × open candidates up to the number that covers it.
    pub(super) partly: i128,
}

/// Some open candidates.
#[derive(Debug, Clone)]
pub(super) struct Served<'a> {
    pub(super) instance: &'a Instance,
    open: Vec<bool>,
    /// By client how many open candidates have it within the limit.
    count: Vec<u32>,
    /// By unit the weight that is covered, and all of it.
    covered: Vec<u64>,
    all: u64,
    partly: u64,
    used: u64,
    paid: u64,
    /// By group how much is taken.
    taken: Vec<u64>,
    pub(super) work: u64,
}

impl<'a> Served<'a> {
    pub(super) fn new(instance: &'a Instance) -> Self {
        Self {
            instance,
            open: vec![false; instance.candidates()],
            count: vec![0; instance.clients()],
            covered: vec![0; instance.needs.len()],
            all: 0,
            partly: 0,
            used: 0,
            paid: 0,
            taken: vec![0; instance.most.len()],
            work: 0,
        }
    }

    /// With these open from the start. With capacities they are allocated once.
    pub(super) fn with(instance: &'a Instance, open: impl Iterator<Item = u32>) -> Self {
        Self::with_fitting(instance, open, std::iter::empty())
    }

    /// The same, and then those of others that room and groups let open.
    pub(super) fn with_fitting(
        instance: &'a Instance,
        open: impl Iterator<Item = u32>,
        others: impl Iterator<Item = u32>,
    ) -> Self {
        let mut served = Self::new(instance);
        for one in open {
            served.count(one, true);
        }
        for one in others {
            if !served.is_open(one) && served.fits(one) {
                served.count(one, true);
            }
        }
        served.allocate();
        served
    }

    pub(super) fn is_open(&self, candidate: u32) -> bool {
        self.open[candidate as usize]
    }

    /// The open ones, in order.
    pub(super) fn all(&self) -> Vec<u32> {
        let all = self.instance.numbers();
        all.filter(|&one| self.is_open(one)).collect()
    }

    /// Whether room and groups let a closed candidate open.
    pub(super) fn fits(&self, candidate: u32) -> bool {
        let size = self.instance.size[candidate as usize];
        let mut groups = self.instance.groups.row(candidate).iter();
        self.used + size <= self.instance.room
            && groups.all(|&(group, takes)| {
                self.taken[group as usize] + takes <= self.instance.most[group as usize]
            })
    }

    /// Whether what is open keeps to room and groups.
    pub(super) fn is_allowed(&self) -> bool {
        let mut groups = self.taken.iter().zip(&self.instance.most);
        self.used <= self.instance.room && groups.all(|(taken, most)| taken <= most)
    }

    /// Whether all needs are met.
    pub(super) fn meets(&self) -> bool {
        self.merit().lack == 0
    }

    pub(super) fn merit(&self) -> Merit {
        let mut lack = 0;
        for (covered, need) in self.covered.iter().zip(&self.instance.needs) {
            lack -= i128::from(need.saturating_sub(*covered));
        }
        let value = match self.instance.aim {
            Aim::Most => i128::from(self.all),
            Aim::Cheapest => -i128::from(self.paid),
        };
        Merit {
            lack,
            value,
            partly: i128::from(self.partly),
        }
    }

    /// The first unit that lacks something: its number, what it has, what it needs.
    pub(super) fn lacking(&self) -> Option<(usize, u64, u64)> {
        let mut units = self.covered.iter().zip(&self.instance.needs).enumerate();
        units
            .find_map(|(unit, (&covered, &need))| (covered < need).then_some((unit, covered, need)))
    }

    /// All weight that is covered.
    pub(super) const fn covered(&self) -> u64 {
        self.all
    }

    pub(super) fn open(&mut self, candidate: u32) {
        self.count(candidate, true);
        self.allocate();
    }

    pub(super) fn close(&mut self, candidate: u32) {
        self.count(candidate, false);
        self.allocate();
    }

    /// Counts a candidate in, or out. O(column).
    fn count(&mut self, candidate: u32, opens: bool) {
        let place = candidate as usize;
        if self.open[place] == opens {
            return;
        }
        self.open[place] = opens;
        let instance = self.instance;
        let shift = |number: &mut u64, by: u64| {
            *number = if opens { *number + by } else { *number - by };
        };
        shift(&mut self.used, instance.size[place]);
        shift(&mut self.paid, instance.price[place]);
        for &(group, takes) in instance.groups.row(candidate) {
            shift(&mut self.taken[group as usize], takes);
        }
        let column = instance.columns.row(candidate);
        self.work += column.len() as u64 + 1;
        for &client in column {
            let client = client as usize;
            let count = &mut self.count[client];
            // The number of open ones with this one, be it the one that opens or the one that closes.
            let with = if opens { *count + 1 } else { *count };
            *count = if opens { with } else { with - 1 };
            if with <= instance.times {
                shift(&mut self.partly, instance.weight[client]);
            }
            if with == instance.times && instance.capacities.is_empty() {
                shift(&mut self.all, instance.weight[client]);
                for &unit in instance.units_of(client) {
                    shift(&mut self.covered[unit as usize], instance.weight[client]);
                }
            }
        }
    }

    /// Allocates clients anew, where sites have capacities.
    fn allocate(&mut self) {
        if self.instance.capacities.is_empty() {
            return;
        }
        let mut served = flow::served(self.instance, &self.open);
        self.all = served.units.iter().sum();
        served.units.pop();
        self.covered = served.units;
        self.work += served.work;
    }
}
