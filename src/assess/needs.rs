//! One pass over all cells that are not covered: what is undone and what they need, by unit.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::iter::Peekable;

use super::by_unit::{ByUnit, sum_by_unit};
use super::remedies::Remedies;
use crate::ids::CellId;
use crate::score::{Coverage, Mend, Party, Remedy, Undone, Verdict};
use crate::units::People;

/// People and cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Count {
    pub people: People,
    pub cells: u64,
}

impl Count {
    pub(super) fn add(&mut self, other: Self) {
        self.people += other.people;
        self.cells += other.cells;
    }
}

/// What some cells need: something done at a site, or a site at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Need {
    pub remedies: Remedies,
    /// None when it is the same for every class of items.
    pub class: Option<usize>,
    /// None when no site is mended.
    pub mend: Option<Mend>,
}

impl Need {
    /// What a verdict on a class of items asks for, for one party; none when nothing is lacking.
    ///
    /// Where a site is within the limit, it is the one that is mended most easily; where none can be
    /// mended, because none can take the item, another site.
    pub(super) fn of(
        party: Party<'_>,
        cell: CellId,
        class: usize,
        verdict: Verdict,
    ) -> Option<Self> {
        let remedy = verdict.remedy()?;
        // The other verdicts name neither steps nor a site that could do them.
        let Verdict::NotOffered { missing, .. } = verdict else {
            return Some(Self::of_cell(remedy));
        };
        let undone = Undone {
            cell,
            class,
            missing,
        };
        let Some(mend) = party.easiest_mend(undone) else {
            return Some(Self::of_cell(Remedy::BuildSite));
        };
        Some(Self {
            remedies: Remedies::of(&mend),
            class: (!mend.is_of_site()).then_some(class),
            mend: Some(mend),
        })
    }

    /// A need of the whole cell, whatever the item and the site.
    pub(super) const fn of_cell(remedy: Remedy) -> Self {
        Self {
            remedies: Remedies::only(remedy),
            class: None,
            mend: None,
        }
    }
}

/// What is undone and needed in some cells with people.
#[derive(Debug, Clone, Default)]
pub(super) struct NeedSums {
    /// By class of items: for how many people it is not done; empty before the first.
    pub undone: Vec<Count>,
    /// What would cure it; each cell counts at most once in each.
    pub needs: HashMap<Need, Count>,
    /// Of the cells that need a site the one with the most people who do.
    pub place: Option<Place>,
}

/// A cell that needs a site: the greater, the more people do, and of equal ones the first by its written
/// id, so that the order of rows decides nothing.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    people: People,
    id: Reverse<String>,
    pub cell: CellId,
}

impl ByUnit for NeedSums {
    /// O(the other's needs).
    fn add_all(&mut self, other: &Self) {
        // Sums of nothing have no list yet.
        if self.undone.len() < other.undone.len() {
            self.undone.resize(other.undone.len(), Count::default());
        }
        for (sum, part) in self.undone.iter_mut().zip(&other.undone) {
            sum.add(*part);
        }
        for (need, &count) in &other.needs {
            self.add_need(*need, count);
        }
        if self.place < other.place {
            self.place.clone_from(&other.place);
        }
    }
}

impl NeedSums {
    fn add_need(&mut self, need: Need, count: Count) {
        self.needs.entry(need).or_default().add(count);
    }

    /// For how many people a class is not done.
    pub(super) fn undone(&self, class: usize) -> Count {
        self.undone.get(class).copied().unwrap_or_default()
    }
}

/// The needs of each unit with all within it, and of the cells without a unit. O(cells × classes ×
/// sites within the budget) for each party, in parallel. All sums are of integers: neither threads nor
/// the order of rows change them.
pub(super) fn needs(coverage: &Coverage) -> super::by_unit::Units<NeedSums> {
    sum_by_unit(coverage, |cells| Summing::new(coverage).over(cells))
}

/// Sums up cells one after the other.
///
/// Neighbours mostly need the same. So what is needed of a class is counted as a run of cells, and
/// looked up in the table of needs only when the run ends.
struct Summing<'c> {
    coverage: &'c Coverage,
    sums: NeedSums,
    /// By class, the need of the last cells, and how many they are.
    runs: Vec<Option<(Need, Count)>>,
}

impl<'c> Summing<'c> {
    fn new(coverage: &'c Coverage) -> Self {
        let classes = coverage.study().catalogue().classes().len();
        Self {
            coverage,
            sums: NeedSums {
                undone: vec![Count::default(); classes],
                ..NeedSums::default()
            },
            runs: vec![None; classes],
        }
    }

    /// The sums of these cells. O(cells × classes × sites within the budget).
    fn over(mut self, cells: &[CellId]) -> NeedSums {
        for &cell in cells {
            self.take_in(cell);
        }
        // Runs that the last cell has not ended.
        for (need, count) in self.runs.into_iter().flatten() {
            self.sums.add_need(need, count);
        }
        self.sums
    }

    /// Adds what a cell has undone and needs. O(classes × parties).
    fn take_in(&mut self, cell: CellId) {
        let parties: Vec<Party<'_>> = self.coverage.parties_in(cell).collect();
        // Each party's verdicts come in the order of classes, so that those on one class come together.
        let mut verdicts: Vec<_> = parties
            .iter()
            .map(|party| party.class_verdicts(cell).peekable())
            .collect();
        let mut of_every_class: Vec<(usize, Need)> = Vec::new();
        loop {
            let next = verdicts.iter_mut().filter_map(Peekable::peek);
            // The first class that any of them has still to come: all who share it come together.
            let Some(class) = next.map(|&(class, _)| class).min() else {
                break;
            };
            let mut undone = People::ZERO;
            let mut of_class: Vec<(Need, People)> = Vec::new();
            for (place, (&party, of_party)) in parties.iter().zip(&mut verdicts).enumerate() {
                let Some((_, verdict)) = of_party.next_if(|&(of, _)| of == class) else {
                    continue;
                };
                let Some(need) = Need::of(party, cell, class, verdict) else {
                    continue;
                };
                undone += party.number(cell);
                if need.class.is_some() {
                    add(&mut of_class, need, party.number(cell));
                } else if !of_every_class.contains(&(place, need)) {
                    // Several classes may ask for the same site or helper: the people count
                    // once.
                    of_every_class.push((place, need));
                }
            }
            self.take_in_class(class, undone, of_class);
        }
        let mut needed: Vec<(Need, People)> = Vec::new();
        for (place, need) in of_every_class {
            add(&mut needed, need, parties[place].number(cell));
        }
        for (need, people) in needed {
            // The unit's new site would stand where most people need one.
            if need == Need::of_cell(Remedy::BuildSite) {
                self.offer_place(cell, people);
            }
            self.sums.add_need(need, Count { people, cells: 1 });
        }
    }

    /// A cell where so many people need a site may be the one with the most of them.
    fn offer_place(&mut self, cell: CellId, people: People) {
        // Ids are copied only where the number of people does not settle it.
        if self
            .sums
            .place
            .as_ref()
            .is_some_and(|best| best.people > people)
        {
            return;
        }
        let id = self.coverage.study().cells()[cell].id.clone();
        let place = Place {
            people,
            id: Reverse(id),
            cell,
        };
        self.sums.place = self.sums.place.take().max(Some(place));
    }

    /// Takes in what is undone of a class in one cell, and what it needs.
    fn take_in_class(&mut self, class: usize, undone: People, needs: Vec<(Need, People)>) {
        if undone > People::ZERO {
            let here = Count {
                people: undone,
                cells: 1,
            };
            self.sums.undone[class].add(here);
        }
        for (need, people) in needs {
            self.extend_run(class, need, Count { people, cells: 1 });
        }
    }

    fn extend_run(&mut self, class: usize, need: Need, here: Count) {
        if let Some((same, count)) = &mut self.runs[class]
            && *same == need
        {
            count.add(here);
            return;
        }
        if let Some((ended, count)) = self.runs[class].replace((need, here)) {
            self.sums.add_need(ended, count);
        }
    }
}

/// Adds people who need something in one cell: the cell counts once, whoever of it needs it.
fn add(needed: &mut Vec<(Need, People)>, need: Need, people: People) {
    match needed.iter_mut().find(|(known, _)| *known == need) {
        Some((_, sum)) => *sum += people,
        None => needed.push((need, people)),
    }
}
