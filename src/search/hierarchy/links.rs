//! The links of vertices that are being taken out: many short lists in one piece of memory.
//!
//! ```text
//!   lists:  v0 ┐  v1 ┐        v1 grew past its four slots and moved to the end, with twice the room;
//!   pool:   [l l · ·][- - - -][l · · ·] … [l l l l l · · ·]        its old slots stay empty
//! ```

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

/// All lists.
pub(super) struct Links<const D: usize> {
    lists: Vec<List>,
    pool: Vec<Link<D>>,
}

impl<const D: usize> Links<D> {
    /// So many empty lists.
    pub(super) fn new(vertices: usize) -> Self {
        let starts = (0_u32..).step_by(SLOTS as usize).take(vertices);
        let lists = starts
            .map(|start| List {
                start,
                len: 0,
                room: SLOTS,
            })
            .collect();
        Self {
            lists,
            pool: vec![
                Link {
                    to: 0,
                    ticks: [0; D]
                };
                vertices * SLOTS as usize
            ],
        }
    }

    pub(super) fn len(&self, vertex: u32) -> usize {
        self.lists[vertex as usize].len as usize
    }

    pub(super) fn of(&self, vertex: u32) -> &[Link<D>] {
        let List { start, len, .. } = self.lists[vertex as usize];
        &self.pool[start as usize..(start + len) as usize]
    }

    /// Puts in a link, or shortens the one there is. True where there was none. O(links there).
    pub(super) fn put(&mut self, vertex: u32, to: u32, ticks: [i32; D]) -> bool {
        let List { start, len, .. } = self.lists[vertex as usize];
        let known = self.pool[start as usize..(start + len) as usize]
            .iter_mut()
            .find(|link| link.to == to);
        let Some(known) = known else {
            self.push(vertex, Link { to, ticks });
            return true;
        };
        for (old, new) in known.ticks.iter_mut().zip(ticks) {
            *old = new.min(*old);
        }
        false
    }

    fn push(&mut self, vertex: u32, link: Link<D>) {
        let list = &mut self.lists[vertex as usize];
        if list.len == list.room {
            let old = list.start as usize..(list.start + list.len) as usize;
            list.start = u32::try_from(self.pool.len()).expect("fewer than 2³² links");
            list.room *= 2;
            self.pool.extend_from_within(old);
            self.pool
                .resize(list.start as usize + list.room as usize, link);
        }
        self.pool[(list.start + list.len) as usize] = link;
        list.len += 1;
    }

    /// Takes out the link to a vertex.
    pub(super) fn remove(&mut self, vertex: u32, to: u32) {
        let list = &mut self.lists[vertex as usize];
        let links = &mut self.pool[list.start as usize..(list.start + list.len) as usize];
        if let Some(place) = links.iter().position(|link| link.to == to) {
            links.swap(place, list.len as usize - 1);
            list.len -= 1;
        }
    }
}
