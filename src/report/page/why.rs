//! Why those in a cell are left out, and what would cure the most of it: sentences, each kept once.

use std::collections::HashMap;

use crate::assess::{Remedies, red_cells};
use crate::model::Language;
use crate::run::Results;
use crate::score::{Coverage, Remedy, VerdictKind};
use crate::units::People;
use crate::words::{Key, Part, Text, text};

/// The reasons of all cells.
pub(super) struct Reasons {
    /// Reasons with their cures, each once.
    pub(super) told: Vec<[String; 2]>,
    pub(super) people: OfCells,
    /// None where the study says of no firms.
    pub(super) firms: Option<OfCells>,
}

/// For each cell the place of its reason; none where nothing is lacking, or asked.
pub(super) type OfCells = Vec<Option<usize>>;

impl Reasons {
    /// Where somebody is left out it is what cures the most of it, as in the red list; where nobody
    /// lives it is what the verdict says. O(cells × classes of items), in parallel.
    pub(super) fn of(results: &Results) -> Self {
        let mut whys = Whys::new(results.study().language());
        let people = whys.of_cells(&results.coverage);
        let firms = results.firms.as_ref().map(|firms| whys.of_cells(firms));
        Self {
            told: whys.told,
            people,
            firms,
        }
    }

    /// So many are left out for each reason, in the order of `told`, and their cells. O(cells).
    pub(super) fn left_out(&self, now: &Coverage, of_cells: &OfCells) -> Vec<(People, u64)> {
        let mut sums = vec![(People::ZERO, 0); self.told.len()];
        for ((id, _), place) in now.study().cells().iter().zip(of_cells) {
            let Some(place) = *place else {
                continue;
            };
            let left_out = now.people(id) - now.cell(id).covered;
            if left_out > People::ZERO {
                sums[place].0 += left_out;
                sums[place].1 += 1;
            }
        }
        sums
    }
}

/// Sentences by what they are of.
struct Whys {
    language: Language,
    told: Vec<[String; 2]>,
    places: HashMap<[String; 2], usize>,
}

impl Whys {
    fn new(language: Language) -> Self {
        Self {
            language,
            told: Vec::new(),
            places: HashMap::new(),
        }
    }

    fn of_cells(&mut self, coverage: &Coverage) -> OfCells {
        let cells = coverage.study().cells();
        let mut remedies: Vec<Option<Remedies>> = vec![None; cells.len()];
        for grave in red_cells(coverage, cells.len()) {
            remedies[grave.cell.index()] = Some(grave.remedies);
        }
        // Cells have few different ones, and a sentence costs more than a look.
        let mut known: HashMap<(VerdictKind, Option<Remedies>), usize> = HashMap::new();
        let mut places = Vec::with_capacity(cells.len());
        for (id, _) in cells.iter() {
            let result = coverage.cell(id);
            let lacks = result.items_asked > 0 && result.verdict != VerdictKind::Covered;
            let what = (result.verdict, remedies[id.index()]);
            places.push(lacks.then(|| *known.entry(what).or_insert_with(|| self.place(what))));
        }
        places
    }

    /// The place of a sentence; different verdicts may have the same.
    fn place(&mut self, (verdict, remedies): (VerdictKind, Option<Remedies>)) -> usize {
        let said = told(verdict, remedies).map(|text| text.in_language(self.language));
        let next = self.told.len();
        let place = *self.places.entry(said.clone()).or_insert(next);
        if place == next {
            self.told.push(said);
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
