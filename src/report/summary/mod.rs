//! `summary.json`, and the same for a terminal: the totals, and where to look first.

mod assessment_json;
mod assessment_text;
mod rules_json;
mod rules_text;
mod text;

use std::collections::BTreeMap;

use serde::Serialize;

use super::manifest::VERSION;
use super::number::{Number, Tenths};
use super::parameters::Parameters;
use super::tables::{findings, torn, units};
use crate::model::{Language, Severity};
use crate::run::Results;
use crate::score::{self, Coverage, VerdictKind};
use crate::snap::Gaps;
use crate::text::plain;
use crate::words::Text;
use assessment_json::Assessed;
pub(super) use assessment_json::{
    ChargeSums, DepartmentSums, DifferenceSums, IndicatorSums, PhaseSums, lacking_sums,
};
pub(super) use assessment_text::{indicator_target, lack};
use rules_json::RuleSums;
pub(super) use rules_json::{ChannelSums, DenominatorSums, ThemeSums};
pub(super) use rules_text::counted_by;

/// How many of the worst units and items are named.
const WORST: usize = 5;

/// The totals of a coverage, and where to look first.
///
/// ```
/// let town = walkshed::draw::town("A-a--s------------b-B", 100.0, "s");
/// let results = walkshed::run(&town, &walkshed::Options::default()).unwrap();
/// let summary = walkshed::report::summary(&results);
/// assert!(summary.to_text().contains("33.3 %") && summary.to_json().starts_with('{'));
/// ```
#[doc(alias = "摘要")]
#[derive(Debug, Clone, Serialize)]
pub struct Summary {
    pub(super) study: String,
    walkshed: &'static str,
    #[serde(skip)]
    pub(super) language: Language,
    /// Whether the one item is the implicit one.
    #[serde(skip)]
    pub(super) implicit: bool,
    pub(super) parameters: Parameters,
    #[serde(flatten)]
    pub(super) total: Sums,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) firms: Option<FirmSums>,
    pub(super) people_by_verdict: BTreeMap<Word, Number>,
    cells_by_verdict: BTreeMap<Word, u64>,
    pub(super) commonest_reason: Option<Reason>,
    #[serde(flatten)]
    pub(super) rules: RuleSums,
    #[serde(flatten)]
    pub(super) assessed: Assessed,
    pub(super) worst_units: Vec<UnitSums>,
    pub(super) worst_items: Vec<ItemSums>,
    units: Vec<UnitSums>,
    items: Vec<ItemSums>,
    pub(super) snapping: Snapping,
    pub(super) findings: Severities,
    /// What is doubtful about whole files, in the order of reading.
    #[serde(skip)]
    pub(super) doubts: Vec<Doubt>,
}

/// What is doubtful about a whole file.
#[derive(Debug, Clone)]
pub(super) struct Doubt {
    pub(super) file: String,
    pub(super) message: Text,
}

/// How many findings there are of each severity.
type Severities = BTreeMap<Spoken, u64>;

/// A verdict that is written as its word and sorts from the best to the gravest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Word(pub(super) VerdictKind);

impl Serialize for Word {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.0.word())
    }
}

/// A severity that is written as its word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Spoken(pub(super) Severity);

impl Serialize for Spoken {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(&self.0)
    }
}

#[derive(Debug, Clone, Serialize)]
pub(super) struct Sums {
    pub(super) cells: u64,
    pub(super) population: Number,
    pub(super) covered_population: Number,
    pub(super) share: Option<Number>,
    pub(super) score: Option<Number>,
    pub(super) left_out: Number,
}

/// The firms beside the people: no sum mixes them.
#[derive(Debug, Clone, Serialize)]
pub(super) struct FirmSums {
    pub(super) firms: Number,
    pub(super) covered_firms: Number,
    pub(super) share: Option<Number>,
    pub(super) score: Option<Number>,
    pub(super) left_out: Number,
    pub(super) worst_items: Vec<ItemSums>,
    items: Vec<ItemSums>,
}

#[derive(Debug, Clone, Serialize)]
pub(super) struct UnitSums {
    unit: String,
    pub(super) name: String,
    parent: Option<String>,
    depth: usize,
    #[serde(flatten)]
    pub(super) sums: Sums,
}

#[derive(Debug, Clone, Serialize)]
pub(super) struct ItemSums {
    id: String,
    pub(super) name: String,
    covered_population: Number,
    pub(super) share: Option<Number>,
}

/// Why most of those who are left out are left out.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Reason {
    pub(super) verdict: Word,
    pub(super) population: Number,
    remedy: String,
}

#[derive(Debug, Clone, Serialize)]
pub(super) struct Snapping {
    pub(super) sites: Offsets,
    pub(super) cells: Offsets,
}

#[derive(Debug, Clone, Serialize)]
pub(super) struct Offsets {
    pub(super) snapped: usize,
    pub(super) stranded: usize,
    pub(super) median_m: Option<Tenths>,
    pub(super) p95_m: Option<Tenths>,
    max_m: Option<Tenths>,
}

/// Sums up the results of a run. O(cells × distinct handler sets + findings).
///
/// ```
/// # let study = walkshed::draw::town("A-a--s-B", 100.0, "s");
/// let results = walkshed::run(&study, &walkshed::Options::default())?;
/// let summary = walkshed::report::summary(&results);
/// assert!(summary.to_json().contains("\"share\": 1.0,"));
/// assert!(summary.to_text().contains("100.0 %"));
/// # Ok::<(), walkshed::search::TooManyPairs>(())
/// ```
#[must_use]
pub fn summary(results: &Results) -> Summary {
    let now = &results.coverage;
    let study = results.study();
    let total = now.total();
    // Both are summed once: for the lists below and for the worst among them.
    let rows = now.by_unit();
    let items = items(now);
    Summary {
        study: study.name().to_owned(),
        walkshed: VERSION,
        language: study.language(),
        implicit: study.catalogue().is_implicit(),
        parameters: Parameters::of(now),
        total: Sums::of(total),
        firms: results.firms.as_ref().map(FirmSums::of),
        people_by_verdict: by_verdict(|kind| Number::people(total.people_with(kind))),
        cells_by_verdict: by_verdict(|kind| total.cells_with(kind)),
        commonest_reason: total.commonest_reason().map(|verdict| Reason {
            verdict: Word(verdict),
            population: Number::people(total.people_with(verdict)),
            remedy: verdict.cure().to_string(),
        }),
        rules: RuleSums::of(results),
        assessed: Assessed::of(results),
        worst_units: worst_units(now, &rows),
        worst_items: worst_items(&items),
        units: rows.iter().map(|row| UnitSums::of(now, row)).collect(),
        items,
        snapping: Snapping {
            sites: Offsets::of(now.times().links().site_gaps()),
            cells: Offsets::of(now.times().links().cell_gaps()),
        },
        findings: count_findings(now),
        doubts: doubts(now),
    }
}

impl Summary {
    /// As JSON, the content of `summary.json`.
    #[must_use]
    #[expect(clippy::missing_panics_doc, reason = "it cannot")]
    pub fn to_json(&self) -> String {
        let json = serde_json::to_string_pretty(self).expect("all keys of a summary are text");
        json + "\n"
    }

    /// For a terminal, about 30 lines in the study's language.
    #[must_use]
    pub fn to_text(&self) -> String {
        text::text(self)
    }

    /// What was asked, and how people go: a line each in the study's language.
    pub(super) fn asked(&self) -> Vec<String> {
        text::asked(self)
    }
}

impl Sums {
    fn of(tally: &crate::score::Tally) -> Self {
        Self {
            cells: tally.cells(),
            population: Number::people(tally.inhabitants()),
            covered_population: Number::people(tally.covered()),
            share: Number::share(tally.share()),
            score: Number::share(tally.score()),
            left_out: Number::people(tally.people() - tally.covered()),
        }
    }
}

impl FirmSums {
    fn of(firms: &Coverage) -> Self {
        let total = firms.total();
        let items = items(firms);
        Self {
            firms: Number::people(total.people()),
            covered_firms: Number::people(total.covered()),
            share: Number::share(total.share()),
            score: Number::share(total.score()),
            left_out: Number::people(total.people() - total.covered()),
            worst_items: worst_items(&items),
            items,
        }
    }
}

impl UnitSums {
    fn of(now: &Coverage, row: &score::UnitSums) -> Self {
        Self {
            unit: row.id.to_owned(),
            name: row.name.to_owned(),
            parent: units::parent(now, row).map(str::to_owned),
            depth: row.depth,
            sums: Sums::of(&row.tally),
        }
    }
}

impl Offsets {
    fn of(gaps: Gaps) -> Self {
        let [median_m, p95_m, max_m] =
            [gaps.median, gaps.p95, gaps.max].map(|gap| gap.map(Tenths::metres));
        Self {
            snapped: gaps.snapped,
            stranded: gaps.stranded,
            median_m,
            p95_m,
            max_m,
        }
    }
}

fn by_verdict<T>(of: impl Fn(VerdictKind) -> T) -> BTreeMap<Word, T> {
    VerdictKind::ALL
        .into_iter()
        .map(|kind| (Word(kind), of(kind)))
        .collect()
}

fn items(now: &Coverage) -> Vec<ItemSums> {
    let catalogue = now.study().catalogue();
    let asked = now.asked_by_class();
    let sums = |(item, people): (crate::ids::ItemId, crate::People)| ItemSums {
        id: catalogue[item].id.clone(),
        name: catalogue[item].name.clone(),
        covered_population: Number::people(people),
        share: Number::share(people.share_of(asked[catalogue.class(item)])),
    };
    now.by_item().into_iter().map(sums).collect()
}

/// The items that the fewest people get done, if anybody is left out.
fn worst_items(items: &[ItemSums]) -> Vec<ItemSums> {
    let share = |item: &ItemSums| item.share.map_or(1.0, Number::value);
    let mut worst: Vec<&ItemSums> = items.iter().filter(|item| share(item) < 1.0).collect();
    worst.sort_by(|a, b| share(a).total_cmp(&share(b)));
    worst.into_iter().take(WORST).cloned().collect()
}

/// The units with the smallest share, of those where anybody is left out: the units right below
/// the top where there is one top with units below it, else all that lie in no other.
fn worst_units(now: &Coverage, rows: &[score::UnitSums]) -> Vec<UnitSums> {
    let named = || rows.iter().filter(|row| row.unit.is_some());
    let tops = named().filter(|row| row.depth == 0).count();
    // One top would be the only one in the list: those right below it are compared.
    let level = usize::from(tops == 1 && named().any(|row| row.depth == 1));
    let share = |row: &score::UnitSums| row.share.value().unwrap_or(1.0);
    let mut worst: Vec<&score::UnitSums> = named()
        .filter(|row| row.depth == level && row.left_out > crate::People::ZERO)
        .collect();
    // Equals stay in the order of units.
    worst.sort_by(|a, b| {
        share(a)
            .total_cmp(&share(b))
            .then(b.left_out.cmp(&a.left_out))
    });
    worst
        .into_iter()
        .take(WORST)
        .map(|row| UnitSums::of(now, row))
        .collect()
}

/// The suspicious findings about whole files: each may shift all figures.
fn doubts(now: &Coverage) -> Vec<Doubt> {
    let of_files = now
        .study()
        .findings()
        .iter()
        .filter(|finding| finding.severity == Severity::Suspicious && finding.place.is_empty());
    // Whoever hangs on an island shifts the result as well, and shows only on the streets.
    let islands = torn::islands_beside(now);
    of_files
        .chain(islands.as_ref())
        .map(|finding| Doubt {
            file: plain(&finding.file),
            message: finding.message.clone(),
        })
        .collect()
}

fn count_findings(now: &Coverage) -> Severities {
    let findings = findings::all(now);
    Severity::ALL
        .map(|severity| (Spoken(severity), findings.count_of(severity)))
        .into()
}
