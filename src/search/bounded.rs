//! One bounded walk: everything within a budget of one site (Dijkstra 1959, cut at the budget).

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::walk::{Hook, Walkways, index};

/// What a walk needs while it runs: one a thread, never cleared, only stamped anew.
pub(super) struct Scratch {
    stamp: u32,
    node_stamp: Vec<u32>,
    node_ticks: Vec<u32>,
    cell_stamp: Vec<u32>,
    cell_ticks: Vec<u32>,
    reached: Vec<u32>,
    queue: BinaryHeap<Reverse<(u32, u32)>>,
    /// Nodes settled and queue pushes so far.
    pub work: [u64; 2],
}

impl Scratch {
    pub(super) fn new(ways: &Walkways) -> Self {
        Self {
            stamp: 0,
            node_stamp: vec![0; ways.nodes],
            node_ticks: vec![0; ways.nodes],
            cell_stamp: vec![0; ways.cells.len()],
            cell_ticks: vec![0; ways.cells.len()],
            reached: Vec::new(),
            queue: BinaryHeap::new(),
            work: [0; 2],
        }
    }

    fn next_stamp(&mut self) {
        self.stamp = self.stamp.checked_add(1).unwrap_or_else(|| {
            self.node_stamp.fill(0);
            self.cell_stamp.fill(0);
            1
        });
        self.reached.clear();
        self.queue.clear();
    }

    /// Offers a way to a node; taken when it is within the budget and shorter than any before.
    fn offer_node(&mut self, node: u32, ticks: u64, budget: u32) {
        let Some(ticks) = u32::try_from(ticks).ok().filter(|&ticks| ticks <= budget) else { return };
        let at = node as usize;
        if self.node_stamp[at] == self.stamp && self.node_ticks[at] <= ticks {
            return;
        }
        self.node_stamp[at] = self.stamp;
        self.node_ticks[at] = ticks;
        self.queue.push(Reverse((ticks, node)));
        self.work[1] += 1;
    }

    fn offer_cell(&mut self, cell: u32, ticks: u64, budget: u32) {
        let Some(ticks) = u32::try_from(ticks).ok().filter(|&ticks| ticks <= budget) else { return };
        let at = cell as usize;
        if self.cell_stamp[at] != self.stamp {
            self.cell_stamp[at] = self.stamp;
            self.cell_ticks[at] = ticks;
            self.reached.push(cell);
        } else if ticks < self.cell_ticks[at] {
            self.cell_ticks[at] = ticks;
        }
    }

    /// All cells within the budget of a site, with their times in ticks, in the order of the cells.
    ///
    /// The walks are from the cells to the site: the search follows them back.
    ///
    /// O((N + A) log N) in the nodes N and arcs A within the budget.
    pub(super) fn cells_within(&mut self, ways: &Walkways, site: Hook, budget: u32) -> Vec<(u32, u32)> {
        self.next_stamp();
        self.offer_cells_on_the_same_street(ways, site, budget);
        for (end, leg) in site.ends.into_iter().zip(site.legs.arrive) {
            if let Some(leg) = leg {
                self.offer_node(index(end), u64::from(site.gap) + u64::from(leg), budget);
            }
        }
        while let Some(Reverse((ticks, node))) = self.queue.pop() {
            if ticks > self.node_ticks[node as usize] {
                continue;
            }
            self.work[0] += 1;
            for arc in ways.arcs.at(node as usize) {
                self.offer_node(arc.from, u64::from(ticks) + u64::from(arc.ticks), budget);
            }
            for hanging in ways.hanging.at(node as usize) {
                self.offer_cell(hanging.cell, u64::from(ticks) + u64::from(hanging.ticks), budget);
            }
        }
        self.reached.sort_unstable();
        self.reached.iter().map(|&cell| (cell, self.cell_ticks[cell as usize])).collect()
    }

    fn offer_cells_on_the_same_street(&mut self, ways: &Walkways, site: Hook, budget: u32) {
        // A cell hangs on those ends only that it can walk to.
        for hanging in site.ends.into_iter().flat_map(|end| ways.hanging.at(end.index())) {
            let direct = ways.cells[hanging.cell as usize].and_then(|cell| cell.direct(site));
            if let Some(ticks) = direct {
                self.offer_cell(hanging.cell, ticks, budget);
            }
        }
    }
}
