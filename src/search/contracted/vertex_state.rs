//! What is known of a vertex while streets are followed.

use super::street::BothWays;
use crate::search::sentinel::NO_WAY;

/// So many ends of edges count as any larger number.
const MANY: u8 = 200;

/// What meets at a vertex. Edges that are closed both ways do not count.
#[derive(Clone, Copy, Default)]
pub(super) struct VertexState {
    /// The exclusive or of the numbers of the edges; once followed, an edge of the street it lies on.
    pub link: u32,
    /// How many ends of edges meet.
    pub degree: u8,
    /// Ways out less ways in.
    balance: i8,
    /// How many edges hang here in dead ends that were taken off.
    pub load: u16,
}

impl VertexState {
    /// Whether whoever comes in along one edge may leave along the other, in the same directions.
    pub(super) const fn passes_through(self) -> bool {
        self.degree == 2 && self.balance == 0
    }

    pub(super) const fn is_junction(self) -> bool {
        self.degree > 1 && !self.passes_through()
    }

    /// An edge meets here, with these ticks away from the vertex and back to it.
    pub(super) fn meet(&mut self, edge: u32, ways: BothWays) {
        self.link ^= edge;
        self.degree = (self.degree + 1).min(MANY);
        self.balance = self.balance.wrapping_add(out_less_in(ways));
    }

    /// Forgets an edge; the last one stays in mind.
    pub(super) fn part(&mut self, edge: u32, ways: BothWays) {
        // Past the most, nobody counts any more: it stays a junction.
        if self.degree < MANY {
            self.degree -= 1;
            self.balance = self.balance.wrapping_sub(out_less_in(ways));
            // Of no edge the exclusive or would be 0, which is the number of one: the last stays.
            self.link = if self.degree == 0 {
                edge
            } else {
                self.link ^ edge
            };
        }
    }

    pub(super) const fn make_junction(&mut self) {
        self.degree = MANY;
    }
}

fn out_less_in([out, back]: BothWays) -> i8 {
    i8::from(out != NO_WAY) - i8::from(back != NO_WAY)
}
