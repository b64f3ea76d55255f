//! Sums over cells: how many, how many people, how much of what is asked they get done.

use super::VerdictKind;
use crate::units::{People, Share};

/// Cells and people, by verdict. Integers throughout: the order of adding changes nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    cells: [u64; 6],
    people: [People; 6],
    /// Millionths of people × weight done and asked.
    done: u128,
    asked: u128,
}

impl Tally {
    /// Takes in one cell: its verdict, its people, and the weight of the items done there out of
    /// the weight asked.
    pub fn add(&mut self, verdict: VerdictKind, people: People, done: u64, asked: u64) {
        self.cells[verdict as usize] += 1;
        self.people[verdict as usize] += people;
        self.done += u128::from(people.millionths()) * u128::from(done);
        self.asked += u128::from(people.millionths()) * u128::from(asked);
    }

    /// Takes off one cell that was added with the same numbers.
    pub(super) fn take_off(&mut self, verdict: VerdictKind, people: People, done: u64, asked: u64) {
        self.cells[verdict as usize] -= 1;
        self.people[verdict as usize] = self.people[verdict as usize] - people;
        self.done -= u128::from(people.millionths()) * u128::from(done);
        self.asked -= u128::from(people.millionths()) * u128::from(asked);
    }

    /// The sum of several.
    #[must_use]
    pub fn sum<'t>(tallies: impl Iterator<Item = &'t Self>) -> Self {
        tallies.fold(Self::default(), |mut sum, part| {
            sum.add_all(part);
            sum
        })
    }

    /// Takes in all cells of another tally.
    pub fn add_all(&mut self, other: &Self) {
        for kind in VerdictKind::ALL {
            self.cells[kind as usize] += other.cells[kind as usize];
            self.people[kind as usize] += other.people[kind as usize];
        }
        self.done += other.done;
        self.asked += other.asked;
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
        self.cells.iter().sum()
    }

    /// How many cells have this verdict.
    #[must_use]
    pub const fn cells_with(&self, verdict: VerdictKind) -> u64 {
        self.cells[verdict as usize]
    }

    /// All people, those in unknown cells included.
    #[must_use]
    pub fn people(&self) -> People {
        self.people.iter().copied().sum()
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
        let reasons = VerdictKind::ALL.into_iter().skip(1);
        reasons
            .max_by_key(|&kind| self.people_with(kind))
            .filter(|&kind| self.people_with(kind) > People::ZERO)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn c20_shares_are_of_people_not_of_cells() {
        let mut tally = Tally::default();
        tally.add(VerdictKind::Covered, People::whole(90), 4, 4);
        tally.add(VerdictKind::TooFar, People::whole(5), 1, 4);
        tally.add(VerdictKind::NotOffered, People::whole(5), 3, 4);
        assert_eq!(tally.share().value(), Some(0.9));
        assert_eq!(tally.score().value(), Some(0.95));
        assert_eq!(tally.commonest_reason(), Some(VerdictKind::NotOffered));
    }

    #[test]
    fn c19_nobody_is_no_share_and_no_nan() {
        let mut tally = Tally::default();
        tally.add(VerdictKind::TooFar, People::ZERO, 0, 4);
        assert_eq!((tally.share().value(), tally.score().value()), (None, None));
        assert_eq!((tally.cells(), tally.commonest_reason()), (1, None));
    }
}
