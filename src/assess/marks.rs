//! The marks of all units and departments of a run.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use super::card::Card;
use super::department::Department;
use super::difference::Part;
use super::mark::{Mark, MarkParts, made_up};
use super::rank::ranks;
use super::tasks::Tasks;
use super::trend::EarlierRun;
use crate::ids::UnitId;
use crate::model::{MarkRule, Study};
use crate::units::Share;

/// Gives each unit and department its mark, where the study states a rule for it; the trend is against
/// the latest earlier run, if there is one. O(units × log units + departments).
pub(crate) fn mark_people(
    (cards, departments): (&mut [Card], &mut [Department]),
    study: &Study,
    latest: Option<&EarlierRun>,
) {
    let Some(rule) = study.mark() else { return };
    let units = latest.map(EarlierRun::shares_of_units).unwrap_or_default();
    for card in cards.iter_mut() {
        let before = units.get(card.id.as_str()).copied();
        card.mark = Mark::of(rule, parts(card.share, &card.tasks, before));
    }
    rank(cards);
    let shares = latest.map(EarlierRun::shares_of_departments);
    mark_departments(departments, rule, &shares.unwrap_or_default());
}

/// Gives each department its mark of the items that firms are asked.
pub(crate) fn mark_firms(
    departments: &mut [Department],
    study: &Study,
    latest: Option<&EarlierRun>,
) {
    let Some(rule) = study.mark() else { return };
    let shares = latest.map(EarlierRun::firms_shares_of_departments);
    mark_departments(departments, rule, &shares.unwrap_or_default());
}

fn mark_departments(departments: &mut [Department], rule: &MarkRule, before: &HashMap<&str, Part>) {
    for row in departments {
        let before = before.get(row.name.as_str()).copied();
        row.mark = Mark::of(rule, parts(row.share, &row.tasks, before));
    }
}

fn parts(share: Share, tasks: &Tasks, before: Option<Part>) -> MarkParts {
    let coverage = share.value().and_then(Part::of);
    let met = Share::of(tasks.indicators_met as u128, tasks.indicators_asked as u128);
    MarkParts {
        coverage,
        indicators: met.value().and_then(Part::of),
        trend: before
            .zip(coverage)
            .map(|(before, now)| made_up(before, now)),
    }
}

/// Ranks the units that lie in the same unit by their marks, as these are shown.
fn rank(cards: &mut [Card]) {
    let mut siblings: BTreeMap<Option<UnitId>, Vec<&mut Mark>> = BTreeMap::new();
    for card in cards.iter_mut().filter(|card| card.unit.is_some()) {
        if let Some(mark) = &mut card.mark {
            siblings.entry(card.parent).or_default().push(mark);
        }
    }
    for marks in siblings.values_mut() {
        marks.sort_by_key(|mark| Reverse(mark.tenths));
        // By what is shown: marks that read alike share a rank.
        let ranks = ranks(marks, |a, b| a.tenths == b.tenths);
        for (mark, rank) in marks.iter_mut().zip(ranks) {
            mark.rank = Some(rank);
        }
    }
}
