//! One pass over all cells that are not covered: what is undone and what is lacking, by unit.

use std::collections::HashMap;

use rayon::prelude::*;

use super::Remedy;
use crate::ids::{CellId, ItemId, SiteId, UnitId};
use crate::model::{Steps, Study, Units};
use crate::score::{Coverage, Lack, Verdict};
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

/// What some cells lack: of a class of items, of one site, or a site at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Need {
    pub remedy: Remedy,
    pub class: Option<usize>,
    pub steps: Steps,
    pub site: Option<SiteId>,
}

impl Need {
    /// A need that is the same for every class of items.
    const fn whole(remedy: Remedy, site: Option<SiteId>) -> Self {
        Self {
            remedy,
            class: None,
            steps: Steps::NONE,
            site,
        }
    }

    /// What a verdict on a class of items asks for; none when nothing is lacking.
    pub fn of(
        coverage: &Coverage<'_>,
        cell: CellId,
        class: usize,
        verdict: Verdict,
    ) -> Option<Self> {
        match verdict {
            Verdict::Covered { .. } | Verdict::Online => None,
            Verdict::TooFar { .. } | Verdict::OutOfReach => {
                Some(Self::whole(Remedy::BuildSite, None))
            }
            Verdict::Stranded { .. } | Verdict::Unknown => {
                Some(Self::whole(Remedy::MendData, None))
            }
            Verdict::NotOffered {
                lacking: steps,
                at,
                why,
                ..
            } => {
                let flawed = || {
                    coverage
                        .flawed_site(cell, class, steps, why)
                        .map_or(at, |reach| reach.site)
                };
                let of_items = |remedy, site| Self {
                    remedy,
                    class: Some(class),
                    steps,
                    site: Some(site),
                };
                Some(match why {
                    Lack::NotHandled => of_items(Remedy::HandDown, at),
                    Lack::OtherUnit => of_items(Remedy::CrossArea, flawed()),
                    // Hours and helpers are the site's, whatever the item.
                    Lack::Barred => Self::whole(Remedy::Helper, Some(flawed())),
                    Lack::Closed => Self::whole(Remedy::LongerHours, Some(flawed())),
                })
            }
        }
    }
}

/// What is undone and lacking in some cells with people.
#[derive(Debug, Clone, Default)]
pub(super) struct Sums {
    /// By class of items: for how many people it is not done.
    pub undone: Vec<Count>,
    /// What would cure it; each cell counts at most once in each.
    pub needs: HashMap<Need, Count>,
}

impl Sums {
    fn new(classes: usize) -> Self {
        Self {
            undone: vec![Count::default(); classes],
            needs: HashMap::new(),
        }
    }

    /// The sums of these cells. Neighbours mostly need the same, so that runs are put together first.
    fn of(coverage: &Coverage<'_>, classes: usize, cells: &[CellId]) -> Self {
        let mut sums = Self::new(classes);
        let mut runs: Vec<Option<(Need, Count)>> = vec![None; classes];
        for &cell in cells {
            sums.take_in(coverage, cell, &mut runs);
        }
        for (need, count) in runs.into_iter().flatten() {
            sums.need(need, count);
        }
        sums
    }

    fn need(&mut self, need: Need, count: Count) {
        self.needs.entry(need).or_default().add(count);
    }

    fn take_in(
        &mut self,
        coverage: &Coverage<'_>,
        cell: CellId,
        runs: &mut [Option<(Need, Count)>],
    ) {
        let here = Count {
            people: coverage.people(cell),
            cells: 1,
        };
        let mut whole: Vec<Need> = Vec::new();
        for (class, verdict) in coverage.class_verdicts(cell) {
            let Some(need) = Need::of(coverage, cell, class, verdict) else {
                continue;
            };
            self.undone[class].add(here);
            match need.class {
                None if whole.contains(&need) => {}
                None => whole.push(need),
                Some(_) => match &mut runs[class] {
                    Some((same, count)) if *same == need => count.add(here),
                    run => {
                        if let Some((ended, count)) = run.replace((need, here)) {
                            self.need(ended, count);
                        }
                    }
                },
            }
        }
        for need in whole {
            self.need(need, here);
        }
    }

    /// Takes in other cells' sums. O(their needs).
    pub fn add_all(&mut self, other: &Self) {
        self.undone
            .iter_mut()
            .zip(&other.undone)
            .for_each(|(sum, part)| sum.add(*part));
        for (need, &count) in &other.needs {
            self.need(*need, count);
        }
    }
}

/// The sums of each unit with all within it, and of the cells without a unit.
#[derive(Debug, Clone)]
pub(super) struct Gathered {
    classes: usize,
    units: Vec<Sums>,
    unassigned: Sums,
    tops: Vec<UnitId>,
}

impl Gathered {
    /// O(cells × classes × sites within the budget), in parallel. All sums are of integers: neither
    /// threads nor the order of rows change them.
    pub fn of(coverage: &Coverage<'_>) -> Self {
        let study = coverage.study();
        let classes = study.catalogue().classes().len();
        let by_unit = lacking_by_unit(coverage);
        let chunks: Vec<(usize, &[CellId])> = by_unit
            .iter()
            .enumerate()
            .flat_map(|(unit, cells)| cells.chunks(CHUNK).map(move |part| (unit, part)))
            .collect();
        let parts: Vec<(usize, Sums)> = chunks
            .into_par_iter()
            .map(|(unit, cells)| (unit, Sums::of(coverage, classes, cells)))
            .collect();
        Self::sum_up(classes, parts, study.units())
    }

    fn sum_up(classes: usize, parts: Vec<(usize, Sums)>, units: &Units) -> Self {
        let mut sums = vec![Sums::new(classes); units.len()];
        let mut unassigned = Sums::new(classes);
        for (unit, part) in parts {
            if unit == units.len() {
                unassigned.add_all(&part);
            } else {
                units
                    .upward(UnitId::new(unit))
                    .for_each(|above| sums[above.index()].add_all(&part));
            }
        }
        let tops = units
            .iter()
            .filter(|(_, unit)| unit.parent.is_none())
            .map(|(id, _)| id)
            .collect();
        Self {
            classes,
            units: sums,
            unassigned,
            tops,
        }
    }

    /// The sums of a unit, or of the cells without one.
    pub fn unit(&self, unit: Option<UnitId>) -> &Sums {
        unit.map_or(&self.unassigned, |unit| &self.units[unit.index()])
    }

    /// The sums of several units, none of which lies in another.
    pub fn together(&self, units: impl IntoIterator<Item = Option<UnitId>>) -> Sums {
        let mut sums = Sums::new(self.classes);
        units
            .into_iter()
            .for_each(|unit| sums.add_all(self.unit(unit)));
        sums
    }

    /// The sums of all cells.
    pub fn total(&self) -> Sums {
        self.together(self.tops.iter().copied().map(Some).chain([None]))
    }
}

/// The cells that have people and are not covered, by their own unit; those without one last.
fn lacking_by_unit(coverage: &Coverage<'_>) -> Vec<Vec<CellId>> {
    let study = coverage.study();
    let mut by_unit = vec![Vec::new(); study.units().len() + 1];
    for (id, cell) in study.cells().iter() {
        let undone = (coverage.cell(id).items_done as usize) < coverage.items().len();
        if undone && coverage.people(id) > People::ZERO {
            by_unit[cell.unit.map_or(study.units().len(), UnitId::index)].push(id);
        }
    }
    by_unit
}

/// The asked items of one class.
#[derive(Debug, Clone, Default)]
pub(super) struct Class {
    pub items: Vec<ItemId>,
    /// Their weight together, in millionths.
    pub weight: u64,
}

/// The asked items of each class, in the order of the catalogue's classes.
pub(super) fn classes(study: &Study, asked: &[ItemId]) -> Vec<Class> {
    let catalogue = study.catalogue();
    let mut classes = vec![Class::default(); catalogue.classes().len()];
    for &item in asked {
        let class = &mut classes[catalogue.class(item)];
        class.items.push(item);
        class.weight += catalogue[item].weight;
    }
    classes
}
