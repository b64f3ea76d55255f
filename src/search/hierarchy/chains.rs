//! Streets without their bends: every run of vertices that only lead on becomes one link.
//!
//! ```text
//!          b───c                         core:    A · D · E · F
//!         ╱     ╲         F              chains:  A─b─c─D   3 pieces, vertices b and c ride on it
//!        A       D───e───E                        D─e─E     2 pieces
//!                         ╲G             and so on
//! ```
//!
//! Three of four vertices of a street network lead on only: they have two neighbours. They are
//! kept as places on their chain, so that contracting them costs no precision: what is known at
//! the two ends of a chain is known within it by adding the pieces in between, tick for tick.
//!
//! An island that is a ring gets one core vertex. A chain of more than [`LONGEST`] pieces is cut, so
//! that walking along a chain is O(1). O(V + E) in time and memory; two passes over the edges.

use rayon::prelude::*;

use super::order::along_the_curve;
use super::ticks::{FAR, ticks};
use crate::ids::EdgeId;
use crate::model::{Edge, Network};
use crate::search::pace::Pacer;

/// The most pieces of one chain.
const LONGEST: usize = 64;
/// No chain: the edge is closed.
const NONE: u32 = u32::MAX;

/// A run of pieces between two core vertices.
#[derive(Debug, Clone, Copy)]
pub(super) struct Chain {
    /// Its first and its last core vertex, by number in [`Chains::core`].
    pub ends: [u32; 2],
    /// The places of its pieces: from here to the next chain's first.
    first: u32,
}

/// Where an edge lies.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spot {
    pub chain: u32,
    /// Its place among all pieces.
    pub place: usize,
    /// Whether it runs against its chain.
    pub turned: bool,
}

/// All chains of a network, for one profile.
pub(super) struct Chains {
    /// The nodes that are core vertices, neighbours close together.
    pub core: Vec<u32>,
    list: Vec<Chain>,
    /// By place: ticks with the chain.
    forth: Vec<i32>,
    /// By place: ticks against the chain; empty where they are the same everywhere.
    back: Vec<i32>,
    /// By place: the node after the piece.
    beads: Vec<u32>,
    /// By edge: its chain, and twice its place, one more where it is turned.
    spots: Vec<[u32; 2]>,
}

impl Chains {
    pub(super) fn new(network: &Network, pacer: Pacer<'_>) -> Self {
        let paces: Vec<[i32; 2]> = (0..network.edges().len())
            .into_par_iter()
            .map(|place| pacer.on(EdgeId::new(place)).whole().map(ticks))
            .collect();
        let mut walker = Walker::new(network, &paces);
        walker.walk_all();
        walker.numbered(network)
    }

    /// Whether every way takes as long back as forth.
    pub(super) const fn even(&self) -> bool {
        self.back.is_empty()
    }

    pub(super) fn len(&self) -> usize {
        self.list.len()
    }

    pub(super) fn ends(&self, chain: u32) -> [u32; 2] {
        self.list[chain as usize].ends
    }

    /// The places of a chain's pieces.
    pub(super) fn places(&self, chain: u32) -> std::ops::Range<usize> {
        let next = self.list.get(chain as usize + 1).map_or(self.forth.len(), |next| next.first as usize);
        self.list[chain as usize].first as usize..next
    }

    /// Where an edge lies; none where it is closed.
    pub(super) fn spot(&self, edge: EdgeId) -> Option<Spot> {
        let [chain, place] = self.spots[edge.index()];
        (chain != NONE).then_some(Spot { chain, place: place as usize / 2, turned: place % 2 == 1 })
    }

    /// Ticks of a piece with the chain and against it.
    pub(super) fn pace(&self, place: usize) -> [i32; 2] {
        let forth = self.forth[place];
        [forth, self.back.get(place).copied().unwrap_or(forth)]
    }

    /// The node between this piece and the next.
    pub(super) fn bead(&self, place: usize) -> usize {
        self.beads[place] as usize
    }

    /// Bytes held.
    pub(super) fn bytes(&self) -> usize {
        4 * (self.core.len() + self.forth.len() + self.back.len() + self.beads.len())
            + size_of_val(&self.list[..])
            + size_of_val(&self.spots[..])
    }
}

/// Chains under way; their ends are still nodes.
struct Walker<'a> {
    edges: &'a [Edge],
    paces: &'a [[i32; 2]],
    /// The open edges' ends at each node: 0, 1, 2, or more.
    degree: Vec<u8>,
    /// The numbers of the edges at each node, xored: with one of two in hand the other is known.
    around: Vec<u32>,
    made: Chains,
}

impl<'a> Walker<'a> {
    fn new(network: &'a Network, paces: &'a [[i32; 2]]) -> Self {
        let (edges, nodes) = (network.edges(), network.nodes().len());
        let (mut degree, mut around) = (vec![0_u8; nodes], vec![0_u32; nodes]);
        for ((number, edge), pace) in (0_u32..).zip(edges).zip(paces) {
            if *pace != [FAR; 2] {
                for end in [edge.from.index(), edge.to.index()] {
                    degree[end] = degree[end].saturating_add(1);
                    around[end] ^= number;
                }
            }
        }
        let even = paces.iter().all(|[forth, back]| forth == back);
        let places = edges.len();
        let made = Chains {
            core: Vec::new(),
            list: Vec::with_capacity(places / 3),
            forth: Vec::with_capacity(places),
            back: Vec::with_capacity(if even { 0 } else { places }),
            beads: Vec::with_capacity(places),
            spots: vec![[NONE; 2]; places],
        };
        Self { edges, paces, degree, around, made }
    }

    /// From every core vertex along every edge, then around the rings that have none.
    fn walk_all(&mut self) {
        for rings in [false, true] {
            for edge in 0..self.edges.len() {
                if self.made.spots[edge][0] != NONE || self.paces[edge] == [FAR; 2] {
                    continue;
                }
                let ends = [self.edges[edge].from.index(), self.edges[edge].to.index()];
                let start = ends.into_iter().find(|&end| self.degree[end] != 2);
                if rings {
                    self.degree[ends[0]] = 3;
                }
                if let Some(start) = start.or(rings.then_some(ends[0])) {
                    self.walk(start, edge);
                }
            }
        }
    }

    /// Along an edge from a core vertex to the next one.
    fn walk(&mut self, start: usize, mut edge: usize) {
        let (mut at, mut length) = (self.begin(start), 0);
        loop {
            at = self.step(at, edge);
            length += 1;
            if self.degree[at] != 2 {
                break;
            }
            edge ^= self.around[at] as usize;
            if length == LONGEST {
                self.end(at);
                self.degree[at] = 3;
                length = 0;
                at = self.begin(at);
            }
        }
        self.end(at);
    }

    fn begin(&mut self, node: usize) -> usize {
        self.made.list.push(Chain { ends: [small(node); 2], first: small(self.made.forth.len()) });
        node
    }

    fn step(&mut self, at: usize, edge: usize) -> usize {
        let Edge { from, to, .. } = self.edges[edge];
        let turned = usize::from(from.index() != at);
        let other = if turned == 1 { from } else { to }.index();
        let (chain, place) = (small(self.made.list.len() - 1), self.made.forth.len());
        self.made.spots[edge] = [chain, small(2 * place + turned)];
        self.made.forth.push(self.paces[edge][turned]);
        if self.made.back.capacity() > 0 {
            self.made.back.push(self.paces[edge][1 - turned]);
        }
        self.made.beads.push(small(other));
        other
    }

    fn end(&mut self, node: usize) {
        if let Some(chain) = self.made.list.last_mut() {
            chain.ends[1] = small(node);
        }
    }

    /// The chains, with core vertices numbered along the curve.
    fn numbered(self, network: &Network) -> Chains {
        let mut made = self.made;
        let core = (0_u32..).zip(&self.degree).filter(|(_, degree)| **degree != 2).map(|(node, _)| node);
        made.core = along_the_curve(network, core.collect());
        let mut numbers = self.around;
        for (number, &node) in (0..).zip(&made.core) {
            numbers[node as usize] = number;
        }
        for chain in &mut made.list {
            chain.ends = chain.ends.map(|node| numbers[node as usize]);
        }
        made
    }
}

fn small(place: usize) -> u32 {
    u32::try_from(place).expect("a network has at most 2,000,000,000 edges")
}
