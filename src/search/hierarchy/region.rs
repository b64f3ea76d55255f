//! The part of a hierarchy that a few neighbouring cells can walk to.
//!
//! ```text
//!        ○  ○                 block: neighbouring cells (c) along the curve
//!      ●──●──●  ○             region: the junctions within the budget of any of them (●)
//!     ●─ccc──●─●              sub-hierarchy: their arcs among each other
//!      ●──●──●  ○             A walk within the budget passes junctions within the budget only,
//!        ○  ○                 so sweeps over the region alone are exact.
//! ```
//!
//! One bounded walk finds the region for a whole block; then each cell of the block is a lane.
//! Delling, Goldberg and Werneck (2011), *Faster batched shortest paths in road networks* (restricted
//! PHAST). O(R log R + A) in the region's junctions R and their arcs A.

use super::access::JunctionAccess;
use super::contract::Hierarchy;
use super::lane_time::{FAR, clipped};
use super::up_arcs::{UpArc, UpArcs};

/// A region, and what finding the next one needs: one a thread.
pub(super) struct Region {
    budget: i32,
    /// By rank: ticks from the nearest cell of the block; [`FAR`] outside.
    ticks: Vec<i32>,
    /// By rank: the place in the region. Stale outside.
    places: Vec<u32>,
    /// The region's junctions by rank, lowest first.
    pub vertices: Vec<u32>,
    up: UpArcs,
    down: UpArcs,
}

impl Region {
    pub(super) fn new(vertices: usize, budget: i32) -> Self {
        Self {
            budget,
            ticks: vec![FAR; vertices],
            places: vec![0; vertices],
            vertices: Vec::new(),
            up: UpArcs::with_room(0),
            down: UpArcs::with_room(0),
        }
    }

    /// Makes it the region of the junctions that a walk has reached. O(R log R + A).
    pub(super) fn fill(
        &mut self,
        hierarchy: &Hierarchy,
        reached: impl Iterator<Item = (u32, u32)>,
    ) {
        // Only what the last region wrote is cleared.
        for vertex in self.vertices.drain(..) {
            self.ticks[vertex as usize] = FAR;
        }
        for (junction, ticks) in reached {
            let vertex = hierarchy.rank[junction as usize];
            self.ticks[vertex as usize] = clipped(ticks);
            self.vertices.push(vertex);
        }
        // By rank: sweeps need lower vertices first.
        self.vertices.sort_unstable();
        for (place, &vertex) in (0_u32..).zip(&self.vertices) {
            self.places[vertex as usize] = place;
        }
        self.cut_out(hierarchy);
    }

    /// Copies the arcs among the region's junctions, with places for ranks.
    fn cut_out(&mut self, hierarchy: &Hierarchy) {
        let inside = Inside {
            ticks: &self.ticks,
            places: &self.places,
            vertices: &self.vertices,
        };
        inside.cut(hierarchy.up(), &mut self.up);
        if !hierarchy.symmetric() {
            inside.cut(hierarchy.down(), &mut self.down);
        }
    }

    /// The region's arcs, walked up and walked down.
    pub(super) const fn arcs(&self, symmetric: bool) -> [&UpArcs; 2] {
        let down = if symmetric { &self.up } else { &self.down };
        [&self.up, down]
    }

    /// The place of a junction; none outside.
    pub(super) fn place(&self, vertex: u32) -> Option<u32> {
        let is_inside = self.ticks[vertex as usize] < FAR;
        is_inside.then(|| self.places[vertex as usize])
    }

    /// An access by places, if anything there lies within the budget of the block. An end outside is
    /// the place past the last, where no time is.
    pub(super) fn access(&self, access: &JunctionAccess) -> Option<JunctionAccess> {
        if !self.is_near(access, 0) && !self.is_near(access, 1) {
            return None;
        }
        // Both ends are read without asking: outside the region stands a row without times.
        let past = u32::try_from(self.vertices.len()).expect("junctions are 32-bit");
        Some(JunctionAccess {
            ends: access.ends.map(|end| self.place(end).unwrap_or(past)),
            ticks: access.ticks,
        })
    }

    fn is_near(&self, access: &JunctionAccess, end: usize) -> bool {
        let to_end = self.ticks[access.ends[end] as usize];
        to_end + access.ticks[end] <= self.budget
    }
}

/// The junctions of a region, as its arcs are looked for.
struct Inside<'a> {
    ticks: &'a [i32],
    places: &'a [u32],
    vertices: &'a [u32],
}

impl Inside<'_> {
    /// Copies the arcs that stay inside, vertex by vertex. O(arcs of the region).
    fn cut(&self, all: &UpArcs, part: &mut UpArcs) {
        part.clear();
        for &vertex in self.vertices {
            for arc in all.at(vertex as usize) {
                if self.ticks[arc.to as usize] < FAR {
                    part.push(UpArc {
                        to: self.places[arc.to as usize],
                        ticks: arc.ticks,
                    });
                }
            }
            part.close();
        }
    }
}
