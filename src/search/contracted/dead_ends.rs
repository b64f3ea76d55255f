//! Dead ends are taken off, again and again, until only rings and what joins them is left.
//!
//! Nobody walks through a dead end. It becomes a street of its own that hangs on another one by its
//! root, and the points on it hang there too, a way off the street like the gap to a door:
//!
//! ```text
//!             o  o                                        D1, D2 hang on the tip of D3,
//!             |  |   D1, D2 are taken off first           and D3 on the street A-B:
//!             +--x
//!                |   then x is a tip, and D3 goes too     A ----r---- B    c: 20 to r, and
//!        A ------r------ B                                     D3
//! ```
//!
//! The vertex r then only bends the street A-B and is no junction: a third of all junctions go this
//! way. How deep dead ends nest is what Horton (1945) and Strahler (1952) call the order of a river:
//! at most the logarithm of the number of tips.
//!
//! A dead end is looked at whole, so a large one would be slow: where more than [`MOST`] edges hang on
//! a vertex, it stays a junction. O(V + E).

use std::collections::VecDeque;

use super::street::{DeadEnd, added};
use super::trace::{Step, Tracer};
use crate::ids::NodeId;
use crate::search::sentinel::{NO_NUMBER, short};

/// So many edges may hang on a vertex that is no junction.
const MOST: u16 = 64;

/// Makes a street of every dead end; what is left has none.
pub(super) fn take_off(tracer: &mut Tracer<'_>) {
    let mut tips: VecDeque<u32> = (0_u32..)
        .zip(&tracer.vertices)
        .filter(|(_, vertex)| vertex.degree == 1)
        .map(|(node, _)| node)
        .collect();
    while let Some(tip) = tips.pop_front() {
        let vertex = tracer.vertices[tip as usize];
        // The other tip of a street that was nothing but two tips is gone already.
        if vertex.degree != 1 {
            continue;
        }
        let root = tracer.follow(NodeId::new(tip as usize), vertex.link);
        tracer.vertices[tip as usize].degree = 0;
        take_off_root(tracer, root);
        // A dead end begins at its root, so that the way out of it is the way to its first end.
        tracer.turn();
        let root = short(root.index());
        tracer.finish([root, NO_NUMBER]);
        if tracer.vertices[root as usize].degree == 1 {
            // Of what met at the root one street is left: a dead end in its turn.
            tips.push_back(root);
        }
    }
}

/// Takes the street under way off its root, the node that it leads to.
fn take_off_root(tracer: &mut Tracer<'_>, root: NodeId) {
    let edges = u16::try_from(tracer.steps.len()).unwrap_or(MOST + 1);
    // What hangs on the street hangs on the root from now on.
    let load = tracer
        .steps
        .iter()
        .map(|step| tracer.vertices[tracer.start_of(*step).index()].load)
        .fold(edges, u16::saturating_add);
    let vertex = &mut tracer.vertices[root.index()];
    if let Some(&Step { edge, ticks, .. }) = tracer.steps.last() {
        // The root sees the last step from its other side.
        let [to_root, from_root] = ticks;
        vertex.part(edge, [from_root, to_root]);
    }
    vertex.load = vertex.load.saturating_add(load);
    if vertex.load > MOST {
        // Looking at everything that hangs here would be slow.
        vertex.make_junction();
    }
}

/// Tells each dead end that does not begin at a junction where it hangs. Called once all streets are
/// followed, and before junctions get numbers. O(streets).
pub(super) fn attach(tracer: &mut Tracer<'_>) -> Vec<DeadEnd> {
    let mut dead_ends = Vec::new();
    for street in 0..tracer.streets.len() {
        let [root, tip] = tracer.streets[street].ends;
        if tip != NO_NUMBER || tracer.vertices[root as usize].is_junction() {
            continue;
        }
        let dead_end = place_on_street(tracer, root);
        // A lone line is taken off from one tip: its root is its own other tip, and hangs on nothing.
        if dead_end.street as usize != street {
            tracer.streets[street].dead_end = short(dead_ends.len());
            dead_ends.push(dead_end);
        }
    }
    dead_ends
}

/// Where a node lies on the street that it bends or ends.
fn place_on_street(tracer: &Tracer<'_>, node: u32) -> DeadEnd {
    // Once streets are followed, a vertex knows one edge of the street that it lies on.
    let edge = tracer.vertices[node as usize].link;
    let place = tracer.places[edge as usize];
    let step = tracer.step(edge, place.is_turned());
    let at_near_end = tracer.start_of(step).index() == node as usize;
    // The edge's far end comes one edge later on the street, and its ticks are added.
    let (rank, before) = if at_near_end {
        (place.near_vertex(), place.before)
    } else {
        (place.near_vertex() + 2, added(place.before, step.ticks))
    };
    let after = tracer.streets[place.street as usize].after(before);
    DeadEnd {
        street: place.street,
        rank,
        leave: [before[1], after[0]],
        arrive: [before[0], after[1]],
    }
}
