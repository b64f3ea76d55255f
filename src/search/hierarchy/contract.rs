//! The bounded hierarchy: junctions taken out one by one, shortcuts left in their stead.
//!
//! ```text
//!          u                   u
//!       3 ╱ ╲ 4             3 ╱ ║ 7       v is taken out: each two of its neighbours that it
//!        v   x      →        v  ║         joined get a shortcut, as long as the way through v.
//!       2 ╲                 2 ╲ ║         v keeps its arcs to them: they lead upward.
//!          w                   w  5
//! ```
//!
//! Whatever the shortest way between two vertices is, there is one as short that first only climbs
//! and then only descends. There are no witness searches (a shortcut may be longer than another
//! way), as in customizable hierarchies: contracting is fast and needs no tuning to the lengths.
//!
//! **Bounded**: an arc or shortcut longer than the budget is dropped at once. Every part of a walk
//! within the budget is within the budget, so all times up to it, itself included, stay exact. This
//! is what keeps the hierarchy small: it is as tall as a walk, whatever the size of the country.
//!
//! **Order**: vertices with few arcs first, by rising allowance, within blocks of neighbours along the
//! Hilbert curve; what then is left, the same way over all. So a block's vertices and most arcs among
//! them lie side by side, and a sweep finds them in the nearest cache.
//!
//! O(V d²) in the vertices V and the arcs a vertex has when it is taken out, d: 3.4 on average for
//! streets and a 15-minute walk, whatever V is.
//!
//! Geisberger, Sanders, Schultes and Delling (2008), *Contraction hierarchies*; Dibbelt, Strasser and
//! Wagner (2016), *Customizable contraction hierarchies* (elimination without witnesses); Rose (1972)
//! on elimination orders by least degree; Baum, Buchhold, Dibbelt and Wagner (2019), *Fast
//! exact computation of isocontours in road networks*, on searches within a bound.

use super::lane_time::{FAR, clipped};
use super::links::{Link, Links};
use super::up_arcs::{UpArc, UpArcs};
use crate::search::contracted::{ContractedStreets, Street};

/// The contracted streets once more, as a hierarchy of their junctions.
pub(super) struct Hierarchy {
    /// By junction: when it was taken out. The tip of all dead ends comes last.
    pub rank: Vec<u32>,
    /// The junctions by rank.
    pub order: Vec<u32>,
    /// Upward arcs, walked from the lower vertex up.
    up: UpArcs,
    /// The same arcs walked down, where that takes another time.
    down: Option<UpArcs>,
    /// How many arcs no street stands behind.
    pub shortcuts: usize,
}

impl Hierarchy {
    /// Contracts the junctions for walks within this bound.
    pub(super) fn new(streets: &ContractedStreets, bound: i32) -> Self {
        if streets.symmetric {
            Contraction::<1>::run(streets, bound)
        } else {
            Contraction::<2>::run(streets, bound)
        }
    }

    /// The arcs, walked from the lower vertex up.
    pub(super) const fn up(&self) -> &UpArcs {
        &self.up
    }

    /// Whether every arc takes as long down as up.
    pub(super) const fn symmetric(&self) -> bool {
        self.down.is_none()
    }

    /// The arcs, walked from the upper vertex down.
    pub(super) fn down(&self) -> &UpArcs {
        self.down.as_ref().unwrap_or(&self.up)
    }

    pub(super) fn bytes(&self) -> usize {
        let numbers = 4 * (self.rank.len() + self.order.len());
        let down = self.down.as_ref().map_or(0, UpArcs::bytes);
        numbers + self.up.bytes() + down
    }
}

/// A contraction under way.
///
/// Invariant: between vertices that are still there, and within the bound, the links give the same
/// shortest ways as the streets do.
struct Contraction<const D: usize> {
    bound: i32,
    links: Links<D>,
    /// Those of the vertex that is being taken out.
    own: Vec<Link<D>>,
    /// When each vertex was taken out; [`STILL`] before.
    rank: Vec<u32>,
    taken: u32,
    /// By rank, to junctions; for each of the D times of a link.
    arcs: [UpArcs; D],
    shortcuts: usize,
}

const STILL: u32 = u32::MAX;

/// How many neighbours on the curve make a block, and up to how many links are taken out in it.
const LEVELS: [(usize, usize); 2] = [(1024, 4), (usize::MAX, usize::MAX)];

impl<const D: usize> Contraction<D> {
    fn run(streets: &ContractedStreets, bound: i32) -> Hierarchy {
        let vertices = streets.junctions as usize;
        let mut run = Self {
            bound,
            links: Links::new(vertices),
            own: Vec::new(),
            rank: vec![STILL; vertices],
            taken: 0,
            arcs: std::array::from_fn(|_| UpArcs::with_room(vertices)),
            shortcuts: 0,
        };
        // Dead ends and rings join no two junctions: no walk through them is shorter.
        for street in streets.through_streets() {
            run.link(street);
        }
        run.take_all();
        run.done()
    }

    /// A street becomes a link, both ways.
    fn link(&mut self, street: &Street) {
        let [from, to] = street.ends;
        let [ahead, back] = street.ticks.map(clipped);
        // Seen from the first end: ticks from the other end, and to it.
        self.join(from, to, last_of([back, ahead]));
    }

    /// Puts a link between two vertices, or shortens the one there is. True where there was none.
    fn join(&mut self, a: u32, b: u32, ticks: [i32; D]) -> bool {
        // Bounded: no walk within the budget takes such an arc, in either direction.
        if ticks.iter().all(|&ticks| ticks > self.bound) {
            return false;
        }
        let mut turned = ticks;
        turned.reverse();
        self.links.put(a, b, ticks) & self.links.put(b, a, turned)
    }

    /// Block by block those with few neighbours, then all that are left.
    fn take_all(&mut self) {
        let mut left: Vec<u32> = (0_u32..).take(self.rank.len()).collect();
        for (block_size, most_links) in LEVELS {
            for block in left.chunks(block_size) {
                self.take_within(block, most_links);
            }
            left.retain(|&vertex| self.is_there(vertex));
        }
    }

    /// In rounds: first those with one neighbour, then with up to two, and so on.
    fn take_within(&mut self, block: &[u32], most_links: usize) {
        let Some(&first) = block.first() else { return };
        // Round by round, so that those with the fewest links go first.
        let mut left = block.to_vec();
        let mut again = Vec::new();
        for most in 1..=most_links {
            for &vertex in &left {
                again.push(vertex);
                while let Some(vertex) = again.pop() {
                    if self.is_there(vertex) && self.links.len(vertex) <= most {
                        self.take(vertex);
                        // Neighbours that the round has passed may have few enough links now.
                        let neighbours = self.own.iter().map(|link| link.to);
                        again.extend(neighbours.filter(|to| (first..vertex).contains(to)));
                    }
                }
            }
            left.retain(|&vertex| self.is_there(vertex));
            if left.is_empty() {
                return;
            }
        }
    }

    fn is_there(&self, vertex: u32) -> bool {
        self.rank[vertex as usize] == STILL
    }

    /// Takes a vertex out; its links stay known in `own`. O(d²) in their number d.
    fn take(&mut self, vertex: u32) {
        // Copied first, as the lists are changed below.
        let mut own = std::mem::take(&mut self.own);
        own.clear();
        own.extend_from_slice(self.links.of(vertex));
        for (place, a) in own.iter().enumerate() {
            self.links.remove(a.to, vertex);
            for b in &own[..place] {
                // No witness search: the way through is kept whether or not another one is shorter.
                let is_new = self.join(a.to, b.to, through(a.ticks, b.ticks));
                self.shortcuts += usize::from(is_new);
            }
        }
        self.rank[vertex as usize] = self.taken;
        self.taken += 1;
        for (side, arcs) in self.arcs.iter_mut().enumerate() {
            for link in own.iter().filter(|link| link.ticks[side] <= self.bound) {
                arcs.push(UpArc {
                    to: link.to,
                    ticks: link.ticks[side],
                });
            }
            arcs.close();
        }
        self.own = own;
    }

    /// Arcs lead to ranks instead of junctions from now on.
    fn done(mut self) -> Hierarchy {
        // Ranks of upper vertices were not known when their arcs were written.
        for arcs in &mut self.arcs {
            arcs.renumber(&self.rank);
        }
        let mut order = vec![0; self.rank.len()];
        for (junction, &rank) in (0_u32..).zip(&self.rank) {
            order[rank as usize] = junction;
        }
        // The tip of all dead ends comes last, so that whatever asks for its row finds one.
        self.rank.push(self.taken);
        // Ticks to the neighbour come last, and are the only ones where D = 1.
        let mut sides = self.arcs.into_iter().rev();
        let up = sides.next().expect("links have one time or two");
        Hierarchy {
            rank: self.rank,
            order,
            up,
            down: sides.next(),
            shortcuts: self.shortcuts,
        }
    }
}

/// The ticks of a shortcut from a's vertex to b's, seen from a's: from b's, and to b's.
fn through<const D: usize>(a: [i32; D], b: [i32; D]) -> [i32; D] {
    // One number stands for both ways where D = 1.
    let from = 0;
    let to = D - 1;
    let sums = [b[from] + a[to], a[from] + b[to]];
    last_of(sums).map(|ticks| ticks.min(FAR))
}

/// Both of two times, or the second where links have one only.
fn last_of<const D: usize>(ticks: [i32; 2]) -> [i32; D] {
    std::array::from_fn(|side| ticks[side + 2 - D])
}
