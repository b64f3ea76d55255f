//! One pass over all cells that are not covered: what is undone and what they need, by unit.

use std::collections::HashMap;
use std::iter::Peekable;

use rayon::prelude::*;

use crate::ids::{CellId, SiteId, UnitId};
use crate::model::{Steps, Units};
use crate::score::{Coverage, Party, Remedy, Scope, Verdict};
use crate::units::People;

/// Cells looked at in one task.
const CHUNK: usize = 2048;

/// People and cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Count {
    pub people: People,
    pub cells: u64,
}

impl Count {
    fn add(&mut self, other: Self) {
        self.people += other.people;
        self.cells += other.cells;
    }
}

/// What some cells need: of a class of items, of one site, or a site at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Need {
    pub remedy: Remedy,
    /// None when it is the same for every class of items.
    pub class: Option<usize>,
    /// None of them when it is about no class.
    pub steps: Steps,
    pub site: Option<SiteId>,
}

impl Need {
    /// What a verdict on a class of items asks for, for one party; none when nothing is lacking.
    pub fn of(party: Party<'_>, cell: CellId, class: usize, verdict: Verdict) -> Option<Self> {
        let remedy = verdict.remedy()?;
        let of_cell = Self {
            remedy,
            class: None,
            steps: Steps::NONE,
            site: None,
        };
        // The other verdicts name neither steps nor a site that could do them.
        let Verdict::NotOffered { at, lacking, .. } = verdict else {
            return Some(of_cell);
        };
        // Where a site does the steps but does not count, it is that site which should be
        // mended.
        let flawed = party.flawed_site(cell, class, verdict);
        let of_site = Self {
            site: Some(flawed.map_or(at, |reach| reach.site)),
            ..of_cell
        };
        let of_items = Self {
            class: Some(class),
            steps: lacking,
            ..of_site
        };
        Some(match remedy.scope() {
            Scope::Cell => of_cell,
            Scope::Site => of_site,
            Scope::Items => of_items,
        })
    }
}

/// What is undone and needed in some cells with people.
#[derive(Debug, Clone, Default)]
pub(super) struct NeedSums {
    /// By class of items: for how many people it is not done.
    pub undone: Vec<Count>,
    /// What would cure it; each cell counts at most once in each.
    pub needs: HashMap<Need, Count>,
}

impl NeedSums {
    fn new(classes: usize) -> Self {
        Self {
            undone: vec![Count::default(); classes],
            needs: HashMap::new(),
        }
    }

    fn add_need(&mut self, need: Need, count: Count) {
        self.needs.entry(need).or_default().add(count);
    }

    /// Takes in other cells' sums. O(their needs).
    pub fn add_all(&mut self, other: &Self) {
        for (sum, part) in self.undone.iter_mut().zip(&other.undone) {
            sum.add(*part);
        }
        for (need, &count) in &other.needs {
            self.add_need(*need, count);
        }
    }
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
            sums: NeedSums::new(classes),
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
            self.sums.add_need(need, Count { people, cells: 1 });
        }
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

/// The needs of each unit with all within it, and of the cells without a unit.
#[derive(Debug, Clone)]
pub(super) struct Needs {
    classes: usize,
    units: Vec<NeedSums>,
    unassigned: NeedSums,
    tops: Vec<UnitId>,
}

impl Needs {
    /// O(cells × classes × sites within the budget), in parallel. All sums are of integers: neither
    /// threads nor the order of rows change them.
    pub fn of(coverage: &Coverage) -> Self {
        let by_unit = undone_by_unit(coverage);
        // Cells of a unit are near each other, and so mostly need the same: chunks keep
        // units apart.
        let mut chunks: Vec<(Option<UnitId>, &[CellId])> = Vec::new();
        for (unit, cells) in &by_unit {
            chunks.extend(cells.chunks(CHUNK).map(|part| (*unit, part)));
        }
        let parts: Vec<(Option<UnitId>, NeedSums)> = chunks
            .into_par_iter()
            .map(|(unit, cells)| (unit, Summing::new(coverage).over(cells)))
            .collect();
        let mut needs = Self::nothing(coverage);
        for (unit, part) in parts {
            needs.add(coverage.study().units(), unit, &part);
        }
        needs
    }

    fn nothing(coverage: &Coverage) -> Self {
        let study = coverage.study();
        let classes = study.catalogue().classes().len();
        let tops = study
            .units()
            .iter()
            .filter(|(_, unit)| unit.parent.is_none());
        Self {
            classes,
            units: vec![NeedSums::new(classes); study.units().len()],
            unassigned: NeedSums::new(classes),
            tops: tops.map(|(id, _)| id).collect(),
        }
    }

    /// Adds cells of a unit to it and to all above it.
    fn add(&mut self, units: &Units, unit: Option<UnitId>, part: &NeedSums) {
        let Some(unit) = unit else {
            self.unassigned.add_all(part);
            return;
        };
        // Chunks are few beside cells, so going up the tree for each costs little.
        for above in units.upward(unit) {
            self.units[above.index()].add_all(part);
        }
    }

    /// The sums of a unit, or of the cells without one.
    pub fn unit(&self, unit: Option<UnitId>) -> &NeedSums {
        match unit {
            Some(unit) => &self.units[unit.index()],
            None => &self.unassigned,
        }
    }

    /// The sums of several units, none of which lies in another.
    pub fn together(&self, units: impl IntoIterator<Item = Option<UnitId>>) -> NeedSums {
        let mut sums = NeedSums::new(self.classes);
        for unit in units {
            sums.add_all(self.unit(unit));
        }
        sums
    }

    /// The sums of all cells.
    pub fn total(&self) -> NeedSums {
        // The topmost units hold all others, so nothing is counted twice.
        let tops = self.tops.iter().copied().map(Some);
        self.together(tops.chain([None]))
    }
}

/// The cells that have people and are not covered, by their own unit; those without one last.
fn undone_by_unit(coverage: &Coverage) -> Vec<(Option<UnitId>, Vec<CellId>)> {
    let study = coverage.study();
    // A place for each unit, and one for the cells without.
    let units = study.units().iter().map(|(unit, _)| Some(unit));
    let mut by_unit: Vec<(Option<UnitId>, Vec<CellId>)> =
        units.chain([None]).map(|unit| (unit, Vec::new())).collect();
    let without_unit = study.units().len();
    for (id, cell) in study.cells().iter() {
        if is_undone(coverage, id) {
            let place = cell.unit.map_or(without_unit, UnitId::index);
            by_unit[place].1.push(id);
        }
    }
    by_unit
}

/// Whether a cell has people for whom an asked item is not done.
fn is_undone(coverage: &Coverage, cell: CellId) -> bool {
    let result = coverage.cell(cell);
    result.items_done < result.items_asked && coverage.people(cell) > People::ZERO
}
