//! `phases.csv` and `lacking.csv`: met or missed, by how much, and what is lacking.

use std::io;

use super::{ids, yes_no};
use crate::assess::{Assessment, LackingList, PhaseResult, PhaseRow};
use crate::model::Study;
use crate::report::atomic::Out;
use crate::report::csv::Table;
use crate::report::number::Number;

const HEAD: [&str; 17] = [
    "phase",
    "date",
    "unit",
    "name",
    "depth",
    "named",
    "items",
    "minutes",
    "population",
    "covered_population",
    "share",
    "asked_share",
    "score",
    "asked_score",
    "met",
    "short_by",
    "short_of_score",
];
const LACKING: [&str; 10] = [
    "phase",
    "unit",
    "name",
    "remedy",
    "items",
    "steps",
    "site",
    "site_name",
    "population",
    "cells",
];

pub(super) fn write(
    study: &Study,
    phases: &[PhaseResult<'_>],
    out: &mut dyn Out,
) -> io::Result<()> {
    let mut table = Table::with_head(HEAD)?;
    for result in phases {
        for row in &result.rows {
            put(result, [row.id, row.name], row, &mut table)?;
        }
        put(result, ["total", study.name()], &result.total, &mut table)?;
    }
    out.write_all(&table.into_bytes()?)
}

fn put(
    result: &PhaseResult<'_>,
    head: [&str; 2],
    row: &PhaseRow<'_>,
    table: &mut Table,
) -> io::Result<()> {
    let phase = result.phase;
    table.text(&phase.name)?;
    table.show(phase.date)?;
    head.iter().try_for_each(|text| table.text(text))?;
    table.show(row.depth)?;
    table.show(yes_no(row.named))?;
    table.show(result.coverage.items().len())?;
    table.show(Number::minutes(result.coverage.target().limit))?;
    table.show(Number::people(row.people))?;
    table.show(Number::people(row.covered))?;
    table.maybe(Number::share(row.share))?;
    table.maybe(phase.share.map(Number::part))?;
    table.maybe(Number::share(row.score))?;
    table.maybe(phase.score.map(Number::part))?;
    table.maybe(row.met.map(yes_no))?;
    table.show(Number::people(row.short_by))?;
    table.show(Number::part(row.short_of_score))?;
    table.end_row()
}

/// What is lacking in each unit, first under the study's own target, then in each phase.
pub(super) fn write_lacking(
    study: &Study,
    assessment: &Assessment<'_>,
    out: &mut dyn Out,
) -> io::Result<()> {
    let mut table = Table::with_head(LACKING)?;
    for card in &assessment.cards {
        put_lacking(study, ["", card.id, card.name], &card.lacking, &mut table)?;
    }
    for result in &assessment.phases {
        let phase = result.phase.name.as_str();
        for row in &result.rows {
            put_lacking(study, [phase, row.id, row.name], &row.lacking, &mut table)?;
        }
        put_lacking(
            study,
            [phase, "total", study.name()],
            &result.total.lacking,
            &mut table,
        )?;
    }
    out.write_all(&table.into_bytes()?)
}

fn put_lacking(
    study: &Study,
    head: [&str; 3],
    list: &LackingList,
    table: &mut Table,
) -> io::Result<()> {
    for lacking in &list.gravest {
        head.iter().try_for_each(|text| table.text(text))?;
        table.show(lacking.remedy.word())?;
        table.text(&ids(study.catalogue(), &lacking.items))?;
        table.show(lacking.steps)?;
        let site = lacking.site.map(|site| &study.sites()[site]);
        table.maybe_text(site.map(|site| site.id.as_str()))?;
        table.maybe_text(site.map(|site| site.name.as_str()))?;
        table.show(Number::people(lacking.people))?;
        table.show(lacking.cells)?;
        table.end_row()?;
    }
    Ok(())
}
