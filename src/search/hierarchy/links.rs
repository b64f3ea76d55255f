//! The links of vertices that are being taken out: many short lists in one piece of memory.
//!
//! ```text
//!   lists:  v0 ┐  v1 ┐        v1 grew past its four slots and moved to the end, with twice the room;
//!   pool:   [l l · ·][- - - -][l · · ·] … [l l l l l · · ·]        its old slots stay empty
//! ```

use std::ops::Range;

/// A link to a neighbour that is still there: ticks from it, and ticks to it. One number where
/// they are always the same (D = 1): streets without slopes and one-ways pay for one only.
#[derive(Clone, Copy)]
pub(super) struct Link<const D: usize> {
    pub to: u32,
    pub ticks: [i32; D],
}

/// Slots of a list at first: four of five street corners have no more links.
const SLOTS: u32 = 4;

#[derive(Clone, Copy)]
struct List {
    start: u32,
    len: u32,
    room: u32,
}

impl List {
    const fn empty_at(start: u32) -> Self {
        Self {
            start,
            len: 0,
            room: SLOTS,
        }
    }

    /// Where its links lie in the pool.
    const fn places(self) -> Range<usize> {
        self.start as usize..(self.start + self.len) as usize
    }
}

/// All lists.
pub(super) struct Links<const D: usize> {
    lists: Vec<List>,
    pool: Vec<Link<D>>,
}

impl<const D: usize> Links<D> {
    /// So many empty lists.
    pub(super) fn new(vertices: usize) -> Self {
        // Each list has a few slots of its own in the pool: most never need more.
        let lists = (0_u32..)
            .step_by(SLOTS as usize)
            .take(vertices)
            .map(List::empty_at)
            .collect();
        let unused = Link {
            to: 0,
            ticks: [0; D],
        };
        Self {
            lists,
            pool: vec![unused; vertices * SLOTS as usize],
        }
    }

    pub(super) fn len(&self, vertex: u32) -> usize {
        self.lists[vertex as usize].len as usize
    }

    pub(super) fn of(&self, vertex: u32) -> &[Link<D>] {
        &self.pool[self.lists[vertex as usize].places()]
    }

    /// Puts in a link, or shortens the one there is. True where there was none. O(links there).
    pub(super) fn put(&mut self, vertex: u32, to: u32, ticks: [i32; D]) -> bool {
        let places = self.lists[vertex as usize].places();
        let known = self.pool[places].iter_mut().find(|link| link.to == to);
        let Some(known) = known else {
            self.push(vertex, Link { to, ticks });
            return true;
        };
        // Two ways between the same vertices: the shorter one counts, in each direction.
        for (old, new) in known.ticks.iter_mut().zip(ticks) {
            *old = new.min(*old);
        }
        false
    }

    fn push(&mut self, vertex: u32, link: Link<D>) {
        let list = &mut self.lists[vertex as usize];
        if list.len == list.room {
            // The list moves to the end of the pool, with twice the room.
            let old = list.places();
            list.start = u32::try_from(self.pool.len()).expect("fewer than 2³² links");
            list.room *= 2;
            self.pool.extend_from_within(old);
            let end = list.start as usize + list.room as usize;
            self.pool.resize(end, link);
        }
        self.pool[(list.start + list.len) as usize] = link;
        list.len += 1;
    }

    /// Takes out the link to a vertex.
    pub(super) fn remove(&mut self, vertex: u32, to: u32) {
        let list = &mut self.lists[vertex as usize];
        let links = &mut self.pool[list.places()];
        if let Some(place) = links.iter().position(|link| link.to == to) {
            // Order does not matter: the last one takes its place.
            links.swap(place, list.len as usize - 1);
            list.len -= 1;
        }
    }
}
