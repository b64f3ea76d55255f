//! The tables of an assessment: phases, indicators, score cards, departments, red lists, differences.

pub(super) mod cards;
pub(super) mod departments;
pub(super) mod differences;
pub(super) mod indicators;
pub(super) mod phases;
pub(super) mod red_lists;
pub(super) mod register;
pub(super) mod trend_line;

use super::ReportError;
use super::atomic::Batch;
use super::column::Value;
use super::number::{Number, Tenths};
use crate::assess::{Difference, Mark};
use crate::model::{Catalogue, Study};
use crate::run::Results;

/// Writes the tables of an assessment, if there is one, and of what it is compared with.
pub(super) fn add(results: &Results, files: &mut Batch) -> Result<(), ReportError> {
    let study = results.study();
    if let Some(assessment) = &results.assessment {
        if !assessment.phases.is_empty() {
            files.add("phases.csv", |out| {
                phases::write_phases(study, &assessment.phases, out)
            })?;
        }
        files.add("lacking.csv", |out| {
            phases::write_lacking(study, assessment, out)
        })?;
        if !assessment.indicators.is_empty() {
            files.add("indicators.csv", |out| {
                indicators::write_indicators(&assessment.indicators, out)
            })?;
            files.add("indicator_units.csv", |out| {
                indicators::write_units(study, &assessment.indicators, out)
            })?;
            files.add("indicator_members.csv", |out| {
                indicators::write_members(study, &assessment.indicators, out)
            })?;
        }
        // A study without items has no lists to publish.
        if !study.catalogue().is_implicit() {
            files.add("site_items.csv", |out| {
                register::write_site_items(study, out)
            })?;
            files.add("level_items.csv", |out| {
                register::write_level_items(study, out)
            })?;
        }
        if !study.delegations().is_empty() {
            files.add("delegations.csv", |out| {
                register::write_delegations(study, out)
            })?;
        }
        files.add("score_cards.csv", |out| cards::write_cards(results, out))?;
        files.add("departments.csv", |out| {
            departments::write_departments(results, out)
        })?;
        files.add("red_cells.csv", |out| {
            red_lists::write_cells(study, assessment, out)
        })?;
        files.add("red_items.csv", |out| {
            red_lists::write_items(assessment, out)
        })?;
    }
    if let Some(change) = &results.change {
        let names = ["change_units.csv", "change_cells.csv", "change_groups.csv"];
        add_difference(change, names, files)?;
    }
    if let Some(trend) = &results.trend {
        let names = ["trend_units.csv", "trend_cells.csv", "trend_groups.csv"];
        add_difference(trend, names, files)?;
        files.add("trend_line.csv", |out| {
            trend_line::write_line(&results.trend_line, out)
        })?;
    }
    Ok(())
}

/// Writes the tables of a difference: by unit, by cell, and by group where there are any.
fn add_difference(
    difference: &Difference,
    [units, cells, groups]: [&'static str; 3],
    files: &mut Batch,
) -> Result<(), ReportError> {
    files.add(units, |out| differences::write_units(difference, out))?;
    files.add(cells, |out| differences::write_cells(difference, out))?;
    if !difference.groups.is_empty() {
        files.add(groups, |out| differences::write_groups(difference, out))?;
    }
    Ok(())
}

/// Millionths of people × items, as a number of those.
pub(in crate::report) fn person_items(millionths: u128) -> Number {
    #[expect(
        clippy::cast_precision_loss,
        reason = "for showing; sums are made of the integers"
    )]
    Number::of(millionths as f64 / 1e6)
}

/// The ids of items, joined by semicolons.
fn ids(catalogue: &Catalogue, items: &[crate::ids::ItemId]) -> String {
    items
        .iter()
        .map(|&item| catalogue[item].id.as_str())
        .collect::<Vec<_>>()
        .join(";")
}

/// Names, joined by semicolons; an empty field for none.
fn joined<'a>(names: &[impl AsRef<str>]) -> Value<'a> {
    if names.is_empty() {
        return Value::Empty;
    }
    let names: Vec<&str> = names.iter().map(AsRef::as_ref).collect();
    Value::Text(names.join("; ").into())
}

/// A mark, or an empty field.
fn mark<'a>(mark: Option<&Mark>) -> Value<'a> {
    Value::maybe_tenths(mark.map(|mark| Tenths::mark(mark.tenths)))
}

/// The parts that a mark is made of.
fn mark_of<'a>(mark: Option<&Mark>, study: &Study) -> Value<'a> {
    match mark.zip(study.mark()) {
        Some((mark, rule)) => Value::Word(mark.parts.names(rule).join("; ").into()),
        None => Value::Empty,
    }
}

/// The written id of a unit; empty for none.
fn unit_id(study: &Study, unit: Option<crate::ids::UnitId>) -> &str {
    unit.map_or("", |unit| study.units()[unit].id.as_str())
}
