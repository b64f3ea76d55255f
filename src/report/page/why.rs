//! Why people are left out, and what would cure the most of it: sentences for each cell, and sums by
//! verdict.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::assess::{LeftOut, Remedies, left_out, red_cells};
use crate::model::{Study, Who};
use crate::report::words::party;
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
    /// Who is left out by which verdict, and what cures it, in the order of the verdicts.
    pub(super) sums: Vec<ReasonSums>,
}

/// For each cell the place of its reason; none where nothing is lacking, or asked.
pub(super) type OfCells = Vec<Option<usize>>;

/// Those who are left out for one reason.
pub(super) struct ReasonSums {
    pub(super) verdict: VerdictKind,
    pub(super) cure: String,
    /// Why sites nearby are of no use; empty where none is near.
    pub(super) reason: String,
    pub(super) people: People,
    /// The cells of these people.
    pub(super) cells: u64,
    pub(super) firms: People,
}

/// What makes a row of the sums: the verdict, what cures the most, and whom it is about where that
/// decides.
type Reason = (VerdictKind, Remedies, Option<Who>);

impl Reasons {
    /// Where somebody is left out it is what cures the most of it, as in the red list; where nobody
    /// lives it is what the verdict says. O(cells × classes of items), in parallel.
    pub(super) fn of(results: &Results) -> Self {
        let study = results.study();
        let mut whys = Whys::new(study);
        let people = left_out(&results.coverage);
        let of_people = whys.of_cells(&results.coverage, &people);
        let mut sums: BTreeMap<Reason, [(People, u64); 2]> = BTreeMap::new();
        add(&mut sums, 0, &people);
        let of_firms = results.firms.as_ref().map(|firms| {
            let left_out = left_out(firms);
            add(&mut sums, 1, &left_out);
            whys.of_cells(firms, &left_out)
        });
        let rows = sums.into_iter();
        Self {
            sums: rows
                .map(|(reason, counts)| row(study, reason, counts))
                .collect(),
            told: whys.told,
            people: of_people,
            firms: of_firms,
        }
    }
}

/// Adds people (0) or firms (1) to the sums; a cell counts once a reason.
fn add(sums: &mut BTreeMap<Reason, [(People, u64); 2]>, side: usize, cells: &[Vec<LeftOut>]) {
    for cell in cells {
        let mut reasons = BTreeSet::new();
        for those in cell {
            let about = is_barred(those.remedies).then_some(those.who);
            let reason = (those.verdict, those.remedies, about);
            let (people, cells) = &mut sums.entry(reason).or_default()[side];
            *people += those.people;
            *cells += u64::from(reasons.insert(reason));
        }
    }
}

fn row(
    study: &Study,
    (verdict, remedies, about): Reason,
    counts: [(People, u64); 2],
) -> ReasonSums {
    let language = study.language();
    let [(people, cells), (firms, _)] = counts;
    let name = remedies.name_of(verdict).in_language(language);
    // The verdict has a column of its own.
    let is_lack = VerdictKind::ALL
        .into_iter()
        .all(|kind| kind.name().in_language(language) != name);
    let reason = if is_lack {
        about_whom(study, text!(Verbatim, text = name), about).in_language(language)
    } else {
        String::new()
    };
    ReasonSums {
        verdict,
        cure: cure(remedies).in_language(language),
        reason,
        people,
        cells,
        firms,
    }
}

/// Whether a site is near that these people cannot use.
fn is_barred(remedies: Remedies) -> bool {
    remedies.contains(Remedy::Helper)
}

/// A reason, with the group that it is about.
fn about_whom(study: &Study, reason: Text, about: Option<Who>) -> Text {
    match about {
        Some(who) => text!(PageReasonOf, reason = reason, who = party(study, who)),
        None => reason,
    }
}

/// What cures, as the tables of verdicts and measures call it.
fn cure(remedies: Remedies) -> Text {
    let names = remedies.iter().map(Remedy::name).collect();
    text!(Verbatim, text = Part::Joined(names, Key::ClauseSeparator))
}

/// Sentences by what they are of.
struct Whys<'s> {
    study: &'s Study,
    told: Vec<[String; 2]>,
    places: HashMap<[String; 2], usize>,
}

impl<'s> Whys<'s> {
    fn new(study: &'s Study) -> Self {
        Self {
            study,
            told: Vec::new(),
            places: HashMap::new(),
        }
    }

    fn of_cells(&mut self, coverage: &Coverage, left_out: &[Vec<LeftOut>]) -> OfCells {
        let cells = coverage.study().cells();
        let mut remedies: Vec<Option<Remedies>> = vec![None; cells.len()];
        for grave in red_cells(coverage, cells.len()) {
            remedies[grave.cell.index()] = Some(grave.remedies);
        }
        // Cells have few different ones, and a sentence costs more than a look.
        let mut known: HashMap<(VerdictKind, Option<Remedies>, Option<Who>), usize> =
            HashMap::new();
        let mut places = Vec::with_capacity(cells.len());
        for (id, _) in cells.iter() {
            let result = coverage.cell(id);
            let lacks = result.items_asked > 0 && result.verdict != VerdictKind::Covered;
            let cured = remedies[id.index()];
            let barred = cured.filter(|&remedies| is_barred(remedies));
            let mut those = left_out[id.index()].iter();
            let about = barred.and_then(|cured| those.find(|those| those.remedies == cured));
            let what = (result.verdict, cured, about.map(|those| those.who));
            places.push(lacks.then(|| *known.entry(what).or_insert_with(|| self.place(what))));
        }
        places
    }

    /// The place of a sentence; different verdicts may have the same.
    fn place(
        &mut self,
        (verdict, remedies, about): (VerdictKind, Option<Remedies>, Option<Who>),
    ) -> usize {
        let [reason, cure] = match remedies {
            Some(remedies) => {
                let reason = remedies.name_of(verdict);
                [about_whom(self.study, reason, about), cure(remedies)]
            }
            None => [verdict.name(), verdict.cure()],
        };
        let said = [reason, cure].map(|text| text.in_language(self.study.language()));
        let next = self.told.len();
        let place = *self.places.entry(said.clone()).or_insert(next);
        if place == next {
            self.told.push(said);
        }
        place
    }
}
