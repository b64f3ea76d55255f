//! Why those in a cell are left out, and what would cure the most of it: sentences, each kept once.

use std::collections::HashMap;

use crate::assess::{Remedies, red_cells};
use crate::model::Language;
use crate::score::{Coverage, Remedy, VerdictKind};
use crate::words::{Key, Part, Text, text};

/// Reasons with their cures, each once.
pub(super) struct Whys {
    language: Language,
    /// The reason, and the cure.
    pub(super) told: Vec<[String; 2]>,
    places: HashMap<(VerdictKind, Option<Remedies>), usize>,
}

impl Whys {
    pub(super) fn new(language: Language) -> Self {
        Self {
            language,
            told: Vec::new(),
            places: HashMap::new(),
        }
    }

    /// For each cell the place of its reason and cure; none where nothing is lacking, or asked.
    ///
    /// Where somebody is left out it is what cures the most of it, as in the red list; where nobody
    /// lives it is what the verdict says. O(cells × classes of items), in parallel.
    pub(super) fn of(&mut self, coverage: &Coverage) -> Vec<Option<usize>> {
        let study = coverage.study();
        let cells = study.cells();
        let mut remedies: Vec<Option<Remedies>> = vec![None; cells.len()];
        for grave in red_cells(coverage, cells.len()) {
            remedies[grave.cell.index()] = Some(grave.remedies);
        }
        let mut places = Vec::with_capacity(cells.len());
        for (id, _) in cells.iter() {
            let result = coverage.cell(id);
            let lacks = result.items_asked > 0 && result.verdict != VerdictKind::Covered;
            places.push(lacks.then(|| self.place(result.verdict, remedies[id.index()])));
        }
        places
    }

    fn place(&mut self, verdict: VerdictKind, remedies: Option<Remedies>) -> usize {
        let next = self.told.len();
        let place = *self.places.entry((verdict, remedies)).or_insert(next);
        if place == next {
            let [reason, cure] = told(verdict, remedies);
            self.told
                .push([reason, cure].map(|text| text.in_language(self.language)));
        }
        place
    }
}

/// The reason, and the cure.
pub(super) fn told(verdict: VerdictKind, remedies: Option<Remedies>) -> [Text; 2] {
    match remedies {
        Some(remedies) => {
            let names = remedies.iter().map(Remedy::name).collect();
            let cure = Part::Joined(names, Key::ClauseSeparator);
            [remedies.name_of(verdict), text!(Verbatim, text = cure)]
        }
        None => [verdict.name(), verdict.cure()],
    }
}
