//! What an assessment adds to the summary; without one it adds nothing.

use serde::Serialize;

use crate::assess::difference::{GroupDifference, Part, Sums};
use crate::assess::{
    Card, Department, Difference, Lacking, PhaseResult, RedCell, RedItem, Remedies, Standings,
};
use crate::model::{Audience, Charge, Steps, Study};
use crate::report::assessment::person_items;
use crate::report::assessment::trend_line::NOW;
use crate::report::number::{Number, Tenths};
use crate::run::Results;
use crate::score::{IndicatorResult, VerdictKind};

/// How many of each list are named.
const NAMED: usize = 5;

/// What an assessment adds to the summary.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct Assessed {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) phases: Vec<PhaseSums>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) indicators: Vec<IndicatorSums>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) leading_units: Vec<Placed>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) trailing_units: Vec<Placed>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) departments: Vec<DepartmentSums>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) red_cells: Vec<RedCellSums>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) red_items: Vec<RedItemSums>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) of_firms: Option<FirmSums>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) change: Option<DifferenceSums>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) trend: Option<DifferenceSums>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) trend_line: Vec<TrendSums>,
}

/// How the firms stand.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct FirmSums {
    pub(crate) departments: Vec<DepartmentSums>,
    pub(crate) red_cells: Vec<RedCellSums>,
    pub(crate) red_items: Vec<RedItemSums>,
}

#[derive(Debug, Clone, Serialize)]
pub(crate) struct PhaseSums {
    pub(crate) name: String,
    pub(crate) date: String,
    pub(crate) of: String,
    #[serde(skip)]
    pub(crate) of_firms: bool,
    pub(crate) online: bool,
    pub(crate) met: Option<bool>,
    pub(crate) population: Number,
    pub(crate) share: Option<Number>,
    pub(crate) asked_share: Option<Number>,
    pub(crate) score: Option<Number>,
    pub(crate) asked_score: Option<Number>,
    pub(crate) short_by: Number,
    pub(crate) units_met: usize,
    pub(crate) units_missed: usize,
    pub(crate) lacking: Vec<LackingSums>,
    #[serde(flatten)]
    pub(crate) charge: ChargeSums,
}

#[derive(Debug, Clone, Serialize)]
pub(crate) struct LackingSums {
    #[serde(skip)]
    pub(crate) remedies: Remedies,
    #[serde(rename = "remedy")]
    word: String,
    /// The name of the first of its items; empty where it is about none.
    pub(crate) item: String,
    pub(crate) items: usize,
    #[serde(skip)]
    pub(crate) which: Steps,
    pub(crate) steps: String,
    pub(crate) site: String,
    /// The name of the cell where a site is to be built, or its id.
    pub(crate) place: String,
    pub(crate) population: Number,
    pub(crate) gain: Option<Number>,
}

#[derive(Debug, Clone, Serialize)]
pub(crate) struct IndicatorSums {
    pub(crate) name: String,
    pub(crate) by: Option<String>,
    pub(crate) has: usize,
    pub(crate) count: usize,
    pub(crate) share: Option<Number>,
    pub(crate) target: Option<Number>,
    pub(crate) met: Option<bool>,
    pub(crate) short_by: Number,
    pub(crate) measure: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) value: Option<Number>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) at_least: Option<Number>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) at_most: Option<Number>,
    #[serde(flatten)]
    pub(crate) charge: ChargeSums,
}

/// Who answers for a task.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ChargeSums {
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(crate) lead: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) responsible: Vec<String>,
}

/// A task that a unit misses.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct MissedSums {
    pub(crate) name: String,
    #[serde(flatten)]
    pub(crate) charge: ChargeSums,
}

#[derive(Debug, Clone, Serialize)]
pub(crate) struct TrendSums {
    pub(crate) run: String,
    pub(crate) date: String,
    pub(crate) population: Number,
    pub(crate) covered_population: Number,
    pub(crate) share: Option<Number>,
    pub(crate) score: Option<Number>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) firms: Option<Number>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) covered_firms: Option<Number>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) firms_share: Option<Number>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) asked_otherwise: Vec<&'static str>,
}

#[derive(Debug, Clone, Serialize)]
pub(crate) struct Placed {
    pub(crate) unit: String,
    pub(crate) name: String,
    pub(crate) rank: usize,
    pub(crate) ranked: usize,
    pub(crate) share: Option<Number>,
    pub(crate) score: Option<Number>,
    pub(crate) indicators_asked: usize,
    pub(crate) indicators_met: usize,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) missed_tasks: Vec<MissedSums>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) mark: Option<Tenths>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) mark_rank: Option<usize>,
}

#[derive(Debug, Clone, Serialize)]
pub(crate) struct DepartmentSums {
    pub(crate) name: String,
    pub(crate) items: usize,
    pub(crate) undone_person_items: Number,
    pub(crate) share: Option<Number>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) mark: Option<Tenths>,
}

#[derive(Debug, Clone, Serialize)]
pub(crate) struct RedCellSums {
    pub(crate) cell: String,
    pub(crate) name: String,
    pub(crate) population: Number,
    #[serde(skip)]
    pub(crate) verdict: VerdictKind,
    pub(crate) items_undone: usize,
    #[serde(skip)]
    pub(crate) remedies: Remedies,
}

#[derive(Debug, Clone, Serialize)]
pub(crate) struct RedItemSums {
    pub(crate) item: String,
    pub(crate) name: String,
    pub(crate) department: String,
    pub(crate) population: Number,
}

#[derive(Debug, Clone, Serialize)]
pub(crate) struct DifferenceSums {
    pub(crate) share_before: Option<Number>,
    pub(crate) share_after: Option<Number>,
    pub(crate) newly_covered: Number,
    pub(crate) no_longer_covered: Number,
    pub(crate) cells_changed: usize,
    pub(crate) cells_only_before: usize,
    pub(crate) cells_only_after: usize,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(crate) date_before: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(crate) date_after: String,
    pub(crate) asked_otherwise: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) groups: Vec<GroupDifferenceSums>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) firms: Option<Box<DifferenceSums>>,
}

#[derive(Debug, Clone, Serialize)]
pub(crate) struct GroupDifferenceSums {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) share_before: Option<Number>,
    pub(crate) share_after: Option<Number>,
}

impl Assessed {
    /// What a run assessed and compared; empty where it was asked for neither.
    pub(crate) fn of(results: &Results) -> Self {
        let study = results.study();
        let compared = Self {
            change: results.change.as_ref().map(difference),
            trend: results.trend.as_ref().map(difference),
            trend_line: trend_line(results),
            ..Self::default()
        };
        // Runs are compared whether or not anything is assessed.
        let Some(assessment) = &results.assessment else {
            return compared;
        };
        let people = &assessment.people;
        let [leading_units, trailing_units] = placed(&people.cards);
        Self {
            phases: assessment
                .phases
                .iter()
                .map(|phase| phase_sums(study, phase))
                .collect(),
            indicators: assessment.indicators.iter().map(indicator).collect(),
            leading_units,
            trailing_units,
            departments: people.departments.iter().map(department).collect(),
            red_cells: red_cells(study, people),
            red_items: red_items(people),
            of_firms: assessment
                .firms
                .as_ref()
                .map(|firms| firm_sums(study, firms)),
            ..compared
        }
    }
}

fn firm_sums(study: &Study, firms: &Standings) -> FirmSums {
    FirmSums {
        departments: firms.departments.iter().map(department).collect(),
        red_cells: red_cells(study, firms),
        red_items: red_items(firms),
    }
}

fn red_cells(study: &Study, side: &Standings) -> Vec<RedCellSums> {
    let gravest = side.red_cells.iter().take(NAMED);
    gravest.map(|cell| red_cell(study, cell)).collect()
}

fn red_items(side: &Standings) -> Vec<RedItemSums> {
    side.red_items.iter().take(NAMED).map(red_item).collect()
}

/// What a phase comes to, and how many units meet it: those that are judged, no others.
fn phase_sums(study: &Study, result: &PhaseResult) -> PhaseSums {
    let phase = &result.phase;
    let total = &result.total;
    let units = |met| {
        result
            .rows
            .iter()
            .filter(|row| row.met == Some(met))
            .count()
    };
    PhaseSums {
        name: phase.name.clone(),
        date: phase.date.to_string(),
        of: study.word_of(result.of).to_owned(),
        of_firms: study.audience(result.of) == Audience::Firm,
        online: phase.online,
        met: total.met,
        population: Number::people(total.people),
        share: Number::share(total.share),
        asked_share: phase.share.map(Number::part),
        score: Number::share(total.score),
        asked_score: phase.score.map(Number::part),
        short_by: Number::people(total.short_by),
        units_met: units(true),
        units_missed: units(false),
        lacking: total
            .lacking
            .gravest
            .iter()
            .map(|lacking| lacking_sums(study, lacking))
            .collect(),
        charge: charge(&phase.charge),
    }
}

fn charge(charge: &Charge) -> ChargeSums {
    ChargeSums {
        lead: charge.lead.clone(),
        responsible: charge.responsible.clone(),
    }
}

/// The whole in each run, oldest first.
fn trend_line(results: &Results) -> Vec<TrendSums> {
    let part = |part: Option<Part>| part.map(|part| Number::part(part.value()));
    let points = results.trend_line.iter();
    // The lines of units stand in the table.
    let totals = points.filter(|point| point.unit.is_none());
    totals
        .map(|point| TrendSums {
            run: if point.run.is_empty() {
                NOW.to_owned()
            } else {
                point.run.clone()
            },
            date: point.date.clone(),
            population: Number::people(point.sums.people),
            covered_population: Number::people(point.sums.covered),
            share: part(point.sums.share),
            score: part(point.sums.score),
            firms: point.firms.map(|firms| Number::people(firms.people)),
            covered_firms: point.firms.map(|firms| Number::people(firms.covered)),
            firms_share: point.firms.and_then(|firms| part(firms.share)),
            asked_otherwise: point.unlike.clone(),
        })
        .collect()
}

/// A row of what is lacking, under the name of the first of its items.
pub(crate) fn lacking_sums(study: &Study, lacking: &Lacking) -> LackingSums {
    let item = lacking
        .items
        .first()
        .map(|&item| study.catalogue()[item].name.clone());
    LackingSums {
        remedies: lacking.remedies,
        word: lacking.remedies.to_string(),
        item: item.unwrap_or_default(),
        items: lacking.items.len(),
        which: lacking.steps,
        steps: lacking.steps.to_string(),
        site: lacking
            .site
            .map(|site| study.sites()[site].name.clone())
            .unwrap_or_default(),
        place: lacking.place.map_or_else(String::new, |cell| {
            let cell = &study.cells()[cell];
            let named = if cell.name.is_empty() {
                &cell.id
            } else {
                &cell.name
            };
            named.clone()
        }),
        population: Number::people(lacking.people),
        gain: lacking.gain.map(Number::people),
    }
}

/// How many are lacking of a share, or how far a number lies from its limit.
fn short_by(result: &IndicatorResult) -> Number {
    if result.indicator.measure.is_share() {
        Number::Whole(result.short_by as u64)
    } else {
        Number::decimal(result.short_of)
    }
}

fn indicator(result: &IndicatorResult) -> IndicatorSums {
    let limits = result.indicator.measure.limits();
    IndicatorSums {
        name: result.indicator.name.clone(),
        by: result.indicator.by.map(|by| by.to_string()),
        has: result.numerator().count(),
        count: result.denominator.len(),
        share: Number::share(result.share),
        target: result.indicator.target.map(Number::part),
        met: result.met,
        short_by: short_by(result),
        measure: result.indicator.measure.word(),
        value: result.value.map(Number::of),
        at_least: limits.at_least.map(Number::decimal),
        at_most: limits.at_most.map(Number::decimal),
        charge: charge(&result.indicator.charge),
    }
}

/// The first and the last of the units right below the top (or at the top, where there are several).
fn placed(cards: &[Card]) -> [Vec<Placed>; 2] {
    let tops = cards
        .iter()
        .filter(|card| card.unit.is_some() && card.depth == 0)
        .count();
    // One top says nothing about its places: those below it are compared.
    let level = usize::from(tops == 1 && cards.iter().any(|card| card.depth == 1));
    let mut ranked: Vec<&Card> = cards
        .iter()
        .filter(|card| card.depth == level && card.rank.is_some())
        .collect();
    ranked.sort_by_key(|card| card.rank);
    // At most half of them from either end: nobody is both first and last.
    let few = (ranked.len() / 2).min(NAMED);
    [
        ranked.iter().take(few).map(|card| place(card)).collect(),
        ranked
            .iter()
            .rev()
            .take(few)
            .map(|card| place(card))
            .collect(),
    ]
}

fn place(card: &Card) -> Placed {
    let missed = card.tasks.missed.iter();
    Placed {
        unit: card.id.clone(),
        name: card.name.clone(),
        rank: card.rank.unwrap_or_default(),
        ranked: card.ranked,
        share: Number::share(card.share),
        score: Number::share(card.score),
        indicators_asked: card.tasks.indicators_asked,
        indicators_met: card.tasks.indicators_met,
        missed_tasks: missed
            .map(|task| MissedSums {
                name: task.name.clone(),
                charge: charge(&task.charge),
            })
            .collect(),
        mark: card.mark.as_ref().map(|mark| Tenths::mark(mark.tenths)),
        mark_rank: card.mark.as_ref().and_then(|mark| mark.rank),
    }
}

fn department(row: &Department) -> DepartmentSums {
    DepartmentSums {
        name: row.name.clone(),
        items: row.items.len(),
        undone_person_items: person_items(row.undone),
        share: Number::share(row.share),
        mark: row.mark.as_ref().map(|mark| Tenths::mark(mark.tenths)),
    }
}

fn red_cell(study: &Study, row: &RedCell) -> RedCellSums {
    let unit = row
        .unit
        .map_or("", |unit| study.units()[unit].name.as_str());
    let name = if row.name.is_empty() { unit } else { &row.name };
    RedCellSums {
        cell: row.id.clone(),
        name: name.to_owned(),
        population: Number::people(row.people),
        verdict: row.verdict,
        items_undone: row.items_undone,
        remedies: row.remedies,
    }
}

fn red_item(row: &RedItem) -> RedItemSums {
    RedItemSums {
        item: row.id.clone(),
        name: row.name.clone(),
        department: row.department.clone(),
        population: Number::people(row.people),
    }
}

/// The share of a run, if it has one.
fn share(sums: Option<Sums>) -> Option<Number> {
    let part = sums?.share?;
    Some(Number::part(part.value()))
}

fn difference(difference: &Difference) -> DifferenceSums {
    DifferenceSums {
        share_before: share(difference.total.before),
        share_after: share(difference.total.after),
        newly_covered: Number::people(difference.total.newly_covered),
        no_longer_covered: Number::people(difference.total.no_longer_covered),
        cells_changed: difference.cells.len(),
        cells_only_before: difference.only_before.len(),
        cells_only_after: difference.only_after.len(),
        date_before: difference.dates[0].clone(),
        date_after: difference.dates[1].clone(),
        asked_otherwise: difference
            .unlike
            .iter()
            .map(|unlike| unlike.what.to_owned())
            .collect(),
        groups: difference.groups.iter().map(group_difference).collect(),
        firms: difference
            .firms
            .as_deref()
            .map(|firms| Box::new(self::difference(firms))),
    }
}

fn group_difference(group: &GroupDifference) -> GroupDifferenceSums {
    GroupDifferenceSums {
        id: group.id.clone(),
        name: group.name.clone(),
        share_before: share(group.before),
        share_after: share(group.after),
    }
}
