//! The tables of an assessment: phases, indicators, score cards, departments, red lists, differences.

pub(super) mod cards;
pub(super) mod departments;
pub(super) mod differences;
pub(super) mod indicators;
pub(super) mod phases;
pub(super) mod red_lists;
pub(super) mod trend_line;

use super::ReportError;
use super::atomic::Batch;
use super::column::Value;
use super::number::{Number, Tenths};
use crate::assess::Mark;
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
        files.add("score_cards.csv", |out| {
            cards::write_cards(study, &assessment.cards, out)
        })?;
        files.add("departments.csv", |out| {
            departments::write_departments(study, &assessment.departments, out)
        })?;
        files.add("red_cells.csv", |out| {
            red_lists::write_cells(study, &assessment.red_cells, out)
        })?;
        files.add("red_items.csv", |out| {
            red_lists::write_items(&assessment.red_items, out)
        })?;
    }
    if let Some(change) = &results.change {
        files.add("change_units.csv", |out| {
            differences::write_units(change, out)
        })?;
        files.add("change_cells.csv", |out| {
            differences::write_cells(change, out)
        })?;
    }
    if let Some(trend) = &results.trend {
        files.add("trend_units.csv", |out| {
            differences::write_units(trend, out)
        })?;
        files.add("trend_cells.csv", |out| {
            differences::write_cells(trend, out)
        })?;
        files.add("trend_line.csv", |out| {
            trend_line::write_line(&results.trend_line, out)
        })?;
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
