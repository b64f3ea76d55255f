//! Who is served where, when sites serve only so many: a *maximum flow*.
//!
//! ```text
//!   source ──need──▶ unit ──▶ client ──▶ open site ──capacity──▶ sink
//! ```
//!
//! First only what units need flows; then the units let through what they like. A flow that is there is only
//! led another way, never back, so the needs stay met (Ford and Fulkerson 1956, Dinic 1970).

use std::collections::VecDeque;

use super::instance::Instance;

/// As much as there is.
const ALL: u64 = u64::MAX >> 2;

/// An arc with what may still flow through it; its partner, the way back, has the number with the last bit turned.
struct Arc {
    to: usize,
    left: u64,
}

/// A network of arcs.
struct Flow {
    arcs: Vec<Arc>,
    /// By node its arcs.
    from: Vec<Vec<usize>>,
    level: Vec<usize>,
    next: Vec<usize>,
    work: u64,
}

/// What is served by some open candidates.
pub(super) struct Allocation {
    /// By unit, and last whoever lives in none.
    pub(super) units: Vec<u64>,
    /// By client.
    pub(super) clients: Vec<u64>,
    pub(super) work: u64,
}

/// The most that open candidates serve, first of what units need.
///
/// O(pairs · augmentations).
pub(super) fn served(instance: &Instance, open: &[bool]) -> Allocation {
    // One more for whoever lives in none.
    let units = instance.needs.len() + 1;
    let clients = instance.clients();
    let first_client = 2 + units;
    let first_site = first_client + clients;
    let mut flow = Flow::new(first_site + instance.candidates());
    let ways_in: Vec<usize> = (0..units)
        .map(|unit| {
            let need = instance.needs.get(unit).copied();
            flow.arc(SOURCE, 2 + unit, need.unwrap_or(0))
        })
        .collect();
    let mut ways_on = Vec::with_capacity(clients);
    for (client, &weight) in instance.weight.iter().enumerate() {
        let unit = instance.units_of(client).first();
        let unit = 2 + unit.map_or(units - 1, |unit| *unit as usize);
        ways_on.push(flow.arc(unit, first_client + client, weight));
    }
    for (site, _) in open.iter().enumerate().filter(|(_, open)| **open) {
        flow.arc(first_site + site, SINK, instance.capacities[site]);
        for &client in instance
            .columns
            .row(u32::try_from(site).unwrap_or(u32::MAX))
        {
            flow.arc(first_client + client as usize, first_site + site, ALL);
        }
    }
    flow.fill();
    for &arc in &ways_in {
        flow.arcs[arc].left += ALL;
    }
    flow.fill();
    // What flows back is what flowed.
    let through = |arc: &usize| flow.arcs[arc ^ 1].left;
    Allocation {
        units: ways_in.iter().map(through).collect(),
        clients: ways_on.iter().map(through).collect(),
        work: flow.work,
    }
}

const SOURCE: usize = 0;
const SINK: usize = 1;

impl Flow {
    fn new(nodes: usize) -> Self {
        Self {
            arcs: Vec::new(),
            from: vec![Vec::new(); nodes],
            level: vec![0; nodes],
            next: vec![0; nodes],
            work: 0,
        }
    }

    fn arc(&mut self, from: usize, to: usize, most: u64) -> usize {
        let number = self.arcs.len();
        self.arcs.push(Arc { to, left: most });
        self.arcs.push(Arc { to: from, left: 0 });
        self.from[from].push(number);
        self.from[to].push(number + 1);
        number
    }

    /// Lets flow what can.
    fn fill(&mut self) {
        while self.levels() {
            self.next.fill(0);
            while self.push(SOURCE, ALL) > 0 {}
        }
    }

    /// Numbers the nodes by how many arcs they are from the source; whether the sink is among them.
    fn levels(&mut self) -> bool {
        self.level.fill(usize::MAX);
        self.level[SOURCE] = 0;
        let mut queue = VecDeque::from([SOURCE]);
        while let Some(node) = queue.pop_front() {
            for &arc in &self.from[node] {
                self.work += 1;
                let Arc { to, left } = self.arcs[arc];
                if left > 0 && self.level[to] == usize::MAX {
                    self.level[to] = self.level[node] + 1;
                    queue.push_back(to);
                }
            }
        }
        self.level[SINK] != usize::MAX
    }

    /// Lets flow so much at most from a node, along arcs that lead one level on. At most seven levels deep
    /// for each site that is led another way.
    fn push(&mut self, node: usize, most: u64) -> u64 {
        if node == SINK {
            return most;
        }
        while self.next[node] < self.from[node].len() {
            let arc = self.from[node][self.next[node]];
            let Arc { to, left } = self.arcs[arc];
            self.work += 1;
            if left > 0 && self.level[to] == self.level[node] + 1 {
                let flowed = self.push(to, most.min(left));
                if flowed > 0 {
                    self.arcs[arc].left -= flowed;
                    self.arcs[arc ^ 1].left += flowed;
                    return flowed;
                }
            }
            self.next[node] += 1;
        }
        0
    }
}
