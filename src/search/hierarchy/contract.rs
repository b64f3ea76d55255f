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
use crate::search::contracted::{ContractedStreets, Street};

/// An upward arc: to a vertex that is taken out later.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct UpArc {
    /// By rank.
    pub to: u32,
    pub ticks: i32,
}

/// Upward arcs by the rank of their lower vertex.
pub(super) struct UpArcs {
    starts: Vec<u32>,
    arcs: Vec<UpArc>,
}

impl UpArcs {
    /// Forgets all arcs, to be filled anew.
    pub(super) fn clear(&mut self) {
        self.starts.truncate(1);
        self.arcs.clear();
    }

    pub(super) fn push(&mut self, arc: UpArc) {
        self.arcs.push(arc);
    }

    pub(super) fn with_room(vertices: usize) -> Self {
        let mut starts = Vec::with_capacity(vertices + 1);
        starts.push(0);
        Self {
            starts,
            arcs: Vec::with_capacity(3 * vertices),
        }
    }

    pub(super) fn at(&self, vertex: usize) -> &[UpArc] {
        &self.arcs[self.starts[vertex] as usize..self.starts[vertex + 1] as usize]
    }

    pub(super) const fn vertices(&self) -> usize {
        self.starts.len() - 1
    }

    pub(super) const fn len(&self) -> usize {
        self.arcs.len()
    }

    /// The next arcs are those of the next vertex.
    pub(super) fn close(&mut self) {
        self.starts
            .push(u32::try_from(self.arcs.len()).expect("fewer than 2³² arcs"));
    }

    fn bytes(&self) -> usize {
        4 * self.starts.len() + 8 * self.arcs.len()
    }
}

/// A contracted core.
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
    pub(super) fn new(core: &ContractedStreets, bound: i32) -> Self {
        if core.even {
            Contraction::<1>::run(core, bound)
        } else {
            Contraction::<2>::run(core, bound)
        }
    }

    /// The arcs, walked from the lower vertex up.
    pub(super) const fn up(&self) -> &UpArcs {
        &self.up
    }

    /// Whether every arc takes as long down as up.
    pub(super) const fn even(&self) -> bool {
        self.down.is_none()
    }

    /// The arcs, walked from the upper vertex down.
    pub(super) fn down(&self) -> &UpArcs {
        self.down.as_ref().unwrap_or(&self.up)
    }

    pub(super) fn bytes(&self) -> usize {
        4 * (self.rank.len() + self.order.len())
            + self.up.bytes()
            + self.down.as_ref().map_or(0, UpArcs::bytes)
    }
}

struct Contraction<const D: usize> {
    bound: i32,
    links: Links<D>,
    /// Those of the vertex that is being taken out.
    own: Vec<Link<D>>,
    /// When each vertex was taken out; [`STILL`] before.
    rank: Vec<u32>,
    taken: u32,
    /// By rank, to core numbers.
    arcs: [UpArcs; D],
    shortcuts: usize,
}

const STILL: u32 = u32::MAX;

/// How many neighbours on the curve make a block, and up to how many links are taken out in it.
const LEVELS: [(usize, usize); 2] = [(1024, 4), (usize::MAX, usize::MAX)];

impl<const D: usize> Contraction<D> {
    fn run(core: &ContractedStreets, bound: i32) -> Hierarchy {
        let vertices = core.junctions as usize;
        let arcs = std::array::from_fn(|_| UpArcs::with_room(vertices));
        let (links, rank) = (Links::new(vertices), vec![STILL; vertices]);
        let mut run = Self {
            bound,
            links,
            own: Vec::new(),
            rank,
            taken: 0,
            arcs,
            shortcuts: 0,
        };
        core.through_streets().for_each(|street| run.link(street));
        run.take_all();
        run.done()
    }

    /// A street becomes a link, both ways.
    fn link(&mut self, street: &Street) {
        let ([from, to], [ahead, back]) = (street.ends, street.ticks.map(clipped));
        // Seen from the first end: ticks from the other end, and to it.
        let ticks = [back, ahead];
        self.join(from, to, std::array::from_fn(|side| ticks[side + 2 - D]));
    }

    /// Puts a link between two vertices, or shortens the one there is. True where there was none.
    fn join(&mut self, a: u32, b: u32, ticks: [i32; D]) -> bool {
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
        for (block, most) in LEVELS {
            for block in left.chunks(block) {
                self.take_within(block, most);
            }
            left.retain(|&vertex| self.rank[vertex as usize] == STILL);
        }
    }

    /// In rounds: first those with one neighbour, then with up to two, and so on.
    fn take_within(&mut self, block: &[u32], most: usize) {
        let Some(&first) = block.first() else { return };
        let (mut left, mut again) = (block.to_vec(), Vec::new());
        for most in 1..=most {
            for &vertex in &left {
                again.push(vertex);
                while let Some(vertex) = again.pop() {
                    if self.rank[vertex as usize] == STILL && self.links.len(vertex) <= most {
                        self.take(vertex);
                        // Neighbours that the round has passed may have few enough links now.
                        again.extend(
                            self.own
                                .iter()
                                .map(|link| link.to)
                                .filter(|to| (first..vertex).contains(to)),
                        );
                    }
                }
            }
            left.retain(|&vertex| self.rank[vertex as usize] == STILL);
            if left.is_empty() {
                return;
            }
        }
    }

    /// Takes a vertex out; its links stay known in `own`.
    fn take(&mut self, vertex: u32) {
        let mut own = std::mem::take(&mut self.own);
        own.clear();
        own.extend_from_slice(self.links.of(vertex));
        for (place, a) in own.iter().enumerate() {
            self.links.remove(a.to, vertex);
            for b in &own[..place] {
                self.shortcuts += usize::from(self.join(a.to, b.to, through(a.ticks, b.ticks)));
            }
        }
        self.rank[vertex as usize] = self.taken;
        self.taken += 1;
        for (side, arcs) in self.arcs.iter_mut().enumerate() {
            let within = own.iter().filter(|link| link.ticks[side] <= self.bound);
            arcs.arcs.extend(within.map(|link| UpArc {
                to: link.to,
                ticks: link.ticks[side],
            }));
            arcs.close();
        }
        self.own = own;
    }

    fn done(mut self) -> Hierarchy {
        for arc in self.arcs.iter_mut().flat_map(|arcs| &mut arcs.arcs) {
            arc.to = self.rank[arc.to as usize];
        }
        let mut order = vec![0; self.rank.len()];
        (0_u32..)
            .zip(&self.rank)
            .for_each(|(junction, &rank)| order[rank as usize] = junction);
        self.rank.push(self.taken);
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
    let (from, to) = (0, D - 1);
    let sums = [b[from] + a[to], a[from] + b[to]];
    std::array::from_fn(|side| sums[side + 2 - D].min(FAR))
}
