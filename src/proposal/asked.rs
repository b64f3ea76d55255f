//! What a plan is to serve: the study's target, or one of its phases.

use chrono::NaiveDate;

use crate::assess::asked_of;
use crate::ids::{CellId, UnitId};
use crate::model::{Phase, Study};
use crate::score::{Coverage, Setting, coverage_of};
use crate::search::{Walks, WhatIf};
use crate::units::People;

/// The study's target, or a phase.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asked<'a> {
    pub(super) phase: Option<&'a Phase>,
}

impl<'a> Asked<'a> {
    /// The phase at a place among the study's, or the target.
    pub(super) fn of(study: &'a Study, phase: Option<usize>) -> Self {
        Self {
            phase: phase.and_then(|place| study.phases().get(place)),
        }
    }

    /// The day on which it is asked, if on one.
    pub(super) fn day(self, study: &Study) -> Option<NaiveDate> {
        let of_phase = |phase: &Phase| phase.target(study.target()).date;
        self.phase.map_or(study.target().date, of_phase)
    }

    /// The coverage as it is.
    pub(super) fn coverage(self, base: &WhatIf) -> Coverage {
        self.coverage_on(base.walks())
    }

    /// The coverage of these walks.
    pub(super) fn coverage_on(self, walks: &Walks) -> Coverage {
        let study = walks.study();
        let usual = Setting::of(study);
        match self.phase {
            None => coverage_of(walks, study.target(), usual),
            Some(phase) => {
                let setting = Setting {
                    who: asked_of(study, phase),
                    online: phase.online,
                    ..usual
                };
                coverage_of(walks, &phase.target(study.target()), setting)
            }
        }
    }

    /// Whether it is asked for a cell.
    pub(super) fn concerns(self, study: &Study, cell: CellId) -> bool {
        let unit = study.cells()[cell].unit;
        self.phase
            .is_none_or(|phase| phase.concerns(unit, study.units()))
    }

    /// Those who are covered, of all for whom it is asked.
    pub(super) fn covered(self, coverage: &Coverage) -> People {
        if self.phase.is_none() {
            return coverage.total().covered();
        }
        self.sum(coverage, |cell| coverage.cell(cell).covered)
    }

    /// People × asked items that are done for them, of all for whom it is asked.
    pub(super) fn person_items(self, coverage: &Coverage) -> People {
        self.sum(coverage, |cell| coverage.person_items(cell))
    }

    /// All for whom it is asked.
    pub(super) fn people(self, coverage: &Coverage) -> People {
        if self.phase.is_none() {
            return coverage.total().people();
        }
        self.sum(coverage, |cell| coverage.people(cell))
    }

    /// The sum over the cells for which it is asked. O(cells).
    fn sum(self, coverage: &Coverage, of: impl Fn(CellId) -> People) -> People {
        let study = coverage.study();
        let cells = study.cells().iter().map(|(cell, _)| cell);
        cells
            .filter(|&cell| self.concerns(study, cell))
            .map(of)
            .sum()
    }

    /// The units each of which is to have a share: all that a phase asks; of the target those below the topmost,
    /// and where nothing lies in a topmost one, itself. None: the cells that lie in no unit.
    pub(super) fn units(self, study: &Study) -> Vec<Option<UnitId>> {
        let all = study.units().iter().map(|(unit, _)| unit);
        match self.phase {
            None => below_the_topmost(study).into_iter().map(Some).collect(),
            Some(phase) => {
                let asked = all.filter(|&unit| phase.concerns(Some(unit), study.units()));
                let nowhere = phase.units.is_empty().then_some(None);
                asked.map(Some).chain(nowhere).collect()
            }
        }
    }
}

/// The units right below a topmost one, and each topmost one in which no other lies. O(units · depth).
pub(super) fn below_the_topmost(study: &Study) -> Vec<UnitId> {
    let units = study.units();
    let mut has_others = vec![false; units.len()];
    for (unit, _) in units.iter() {
        for above in units.upward(unit).skip(1) {
            has_others[above.index()] = true;
        }
    }
    let all = units.iter().map(|(unit, _)| unit);
    all.filter(|&unit| match units.upward(unit).count() {
        1 => !has_others[unit.index()],
        depth => depth == 2,
    })
    .collect()
}
