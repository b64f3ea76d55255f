//! Sums over cells: how many, how many people, how much of what is asked they get done.

use super::verdict::VerdictKind;
use crate::units::{People, Share};

/// Cells and people, by verdict. Integers throughout: the order of adding changes nothing.
///
/// ```
/// use walkshed::People;
/// use walkshed::score::{CellShare, Tally, VerdictKind};
/// let mut tally = Tally::default();
/// let village = CellShare {
///     verdict: VerdictKind::Covered,
///     people: People::whole(90),
///     weight_done: 2,
///     weight_asked: 2,
/// };
/// let hamlet = CellShare {
///     verdict: VerdictKind::TooFar,
///     people: People::whole(10),
///     weight_done: 1,
///     weight_asked: 2,
/// };
/// [village, hamlet].iter().for_each(|cell| tally.add(cell));
/// assert_eq!(
///     (tally.share().to_string().as_str(), tally.score().to_string().as_str()),
///     ("90.0 %", "95.0 %")
/// );
/// assert_eq!(tally.commonest_reason(), Some(VerdictKind::TooFar));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    cells: [u64; VerdictKind::ALL.len()],
    people: [People; VerdictKind::ALL.len()],
    /// Millionths of people × weight done and asked.
    done: u128,
    asked: u128,
    /// Cells and people of whom nothing is asked.
    cells_unasked: u64,
    people_unasked: People,
}

/// What one cell, or a part of its people, brings to the sums.
///
/// ```
/// use walkshed::People;
/// use walkshed::score::{CellShare, Tally, VerdictKind};
/// // One person in a cell, for whom one of two items is done that weigh alike.
/// let home = CellShare {
///     verdict: VerdictKind::NotOffered,
///     people: People::whole(1),
///     weight_done: 1,
///     weight_asked: 2,
/// };
/// let mut tally = Tally::default();
/// tally.add(&home);
/// assert_eq!(
///     (tally.share().to_string(), tally.score().to_string()),
///     ("0.0 %".to_owned(), "50.0 %".to_owned())
/// );
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CellShare {
    /// What it comes to.
    pub verdict: VerdictKind,
    /// Its people.
    pub people: People,
    /// The weight of the items that are done there.
    pub weight_done: u64,
    /// The weight of the items that are asked.
    pub weight_asked: u64,
}

impl CellShare {
    /// People × weight done, in millionths of both. Each factor has 64 bits, so 128 hold the product.
    fn done(&self) -> u128 {
        u128::from(self.people.millionths()) * u128::from(self.weight_done)
    }

    /// People × weight asked, in millionths of both.
    fn asked(&self) -> u128 {
        u128::from(self.people.millionths()) * u128::from(self.weight_asked)
    }
}

impl Tally {
    /// Takes in one cell, all of whose people come to the same.
    pub fn add(&mut self, cell: &CellShare) {
        self.add_cell(cell.verdict, cell.weight_asked > 0);
        self.add_people(cell);
    }

    /// Takes in one cell, but none of its people.
    pub(super) fn add_cell(&mut self, verdict: VerdictKind, is_asked: bool) {
        if is_asked {
            self.cells[verdict as usize] += 1;
        } else {
            self.cells_unasked += 1;
        }
    }

    /// Takes in some people of a cell.
    pub(super) fn add_people(&mut self, share: &CellShare) {
        // Who is asked nothing is neither covered nor left out.
        if share.weight_asked == 0 {
            self.people_unasked += share.people;
            return;
        }
        self.people[share.verdict as usize] += share.people;
        self.done += share.done();
        self.asked += share.asked();
    }

    /// Takes off one cell that was taken in alike.
    pub(super) fn take_off_cell(&mut self, verdict: VerdictKind, is_asked: bool) {
        if is_asked {
            self.cells[verdict as usize] -= 1;
        } else {
            self.cells_unasked -= 1;
        }
    }

    /// Takes off some people who were taken in with the same numbers.
    pub(super) fn take_off_people(&mut self, share: &CellShare) {
        if share.weight_asked == 0 {
            self.people_unasked = self.people_unasked - share.people;
            return;
        }
        let kind = share.verdict as usize;
        self.people[kind] = self.people[kind] - share.people;
        self.done -= share.done();
        self.asked -= share.asked();
    }

    /// The sum of several.
    #[must_use]
    pub fn sum<'t>(tallies: impl Iterator<Item = &'t Self>) -> Self {
        let mut sum = Self::default();
        for tally in tallies {
            sum.add_all(tally);
        }
        sum
    }

    /// Takes in all cells of another tally.
    pub fn add_all(&mut self, other: &Self) {
        // Integers: the order in which threads and units are added up changes nothing.
        for kind in VerdictKind::ALL {
            let place = kind as usize;
            self.cells[place] += other.cells[place];
            self.people[place] += other.people[place];
        }
        self.done += other.done;
        self.asked += other.asked;
        self.cells_unasked += other.cells_unasked;
        self.people_unasked += other.people_unasked;
    }

    /// Σ people × weight of the items done, in millionths of both.
    #[must_use]
    pub const fn done(&self) -> u128 {
        self.done
    }

    /// Σ people × weight of the items asked, in millionths of both.
    #[must_use]
    pub const fn asked(&self) -> u128 {
        self.asked
    }

    /// How many cells.
    #[must_use]
    pub fn cells(&self) -> u64 {
        self.cells_unasked + self.cells.iter().sum::<u64>()
    }

    /// How many cells have this verdict.
    #[must_use]
    pub const fn cells_with(&self, verdict: VerdictKind) -> u64 {
        self.cells[verdict as usize]
    }

    /// All people of whom something is asked, those in unknown cells included.
    #[must_use]
    pub fn people(&self) -> People {
        self.people.iter().copied().sum()
    }

    /// All people, those of whom nothing is asked included.
    #[must_use]
    pub fn inhabitants(&self) -> People {
        self.people() + self.people_unasked
    }

    /// The people in cells with this verdict.
    #[must_use]
    pub const fn people_with(&self, verdict: VerdictKind) -> People {
        self.people[verdict as usize]
    }

    /// The people in cells where every asked item is done within the limit.
    #[must_use]
    pub const fn covered(&self) -> People {
        self.people_with(VerdictKind::Covered)
    }

    /// The share of people who are covered. People in unknown cells count as not covered.
    #[must_use]
    pub fn share(&self) -> Share {
        self.covered().share_of(self.people())
    }

    /// The share of asked items, by weight, that people get done within the limit:
    /// Σ people × weight done / Σ people × weight asked. People in unknown cells get nothing done.
    #[must_use]
    pub fn score(&self) -> Share {
        Share::of(self.done, self.asked)
    }

    /// The commonest reason, by people, why people are not covered; the graver of two equal ones.
    /// None when everybody is.
    #[must_use]
    pub fn commonest_reason(&self) -> Option<VerdictKind> {
        VerdictKind::ALL
            .into_iter()
            .filter(|&kind| kind != VerdictKind::Covered)
            .filter(|&kind| self.people_with(kind) > People::ZERO)
            // Of equal ones `max_by_key` takes the last, which is the gravest.
            .max_by_key(|&kind| self.people_with(kind))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of_four(verdict: VerdictKind, people: u32, weight_done: u64) -> CellShare {
        CellShare {
            verdict,
            people: People::whole(people),
            weight_done,
            weight_asked: 4,
        }
    }

    #[test]
    fn c20_shares_are_of_people_not_of_cells() {
        let mut tally = Tally::default();
        tally.add(&of_four(VerdictKind::Covered, 90, 4));
        tally.add(&of_four(VerdictKind::TooFar, 5, 1));
        tally.add(&of_four(VerdictKind::NotOffered, 5, 3));
        assert_eq!(tally.share().value(), Some(0.9));
        assert_eq!(tally.score().value(), Some(0.95));
        assert_eq!(tally.commonest_reason(), Some(VerdictKind::NotOffered));
    }

    #[test]
    fn c19_nobody_is_no_share_and_no_nan() {
        let mut tally = Tally::default();
        tally.add(&of_four(VerdictKind::TooFar, 0, 0));
        assert_eq!((tally.share().value(), tally.score().value()), (None, None));
        assert_eq!((tally.cells(), tally.commonest_reason()), (1, None));
    }
}
