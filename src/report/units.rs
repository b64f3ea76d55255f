//! `units.csv`: one row an administrative unit, sub-units included, and a total row.

use std::io;

use super::atomic::Out;
use super::number::Number;
use super::results::Results;
use super::rules::{hours_open, moment};
use super::table::Table;
use crate::ids::UnitId;
use crate::model::HourSet;
use crate::score::{Bounds, Coverage, Tally, UnitSums, VerdictKind, WeekProfile};

const HEAD: [&str; 10] = [
    "unit",
    "name",
    "cells",
    "population",
    "covered_population",
    "share",
    "score",
    "depth",
    "parent",
    "left_out",
];

pub(super) fn write(results: &Results<'_, '_>, out: &mut dyn Out) -> io::Result<()> {
    let by_verdict = |what: &'static str| {
        VerdictKind::ALL
            .map(|kind| format!("{what}_{}", kind.word().replace('-', "_")))
            .into_iter()
    };
    let verdicts: Vec<String> = by_verdict("people").chain(by_verdict("cells")).collect();
    let (now, rules) = (results.now, Rules::of(results));
    let more = verdicts.iter().map(String::as_str).chain(rules.columns());
    let head = HEAD.into_iter().chain(more);
    let mut table = Table::with_head(head)?;
    for (place, row) in now.by_unit().iter().enumerate() {
        put(now, row, &mut table)?;
        rules.put(Some((place, row.unit)), &mut table)?;
    }
    put_total(now, &mut table)?;
    rules.put(None, &mut table)?;
    out.write_all(&table.into_bytes()?)
}

/// What the rules that are on tell about a unit.
struct Rules<'r> {
    week: Option<(&'r WeekProfile, HourSet)>,
    bounds: Option<(&'r Bounds, Vec<&'r Bounds>)>,
}

impl<'r> Rules<'r> {
    fn of(results: &Results<'r, '_>) -> Self {
        let border = results.told.border.as_ref();
        Self {
            week: results
                .told
                .week
                .as_ref()
                .map(|week| (week, hours_open(results.now))),
            bounds: border.map(|border| {
                (
                    &border.total,
                    border.units.iter().map(|unit| &unit.bounds).collect(),
                )
            }),
        }
    }

    fn columns<'c>(&self) -> impl Iterator<Item = &'c str> {
        let week = self
            .week
            .iter()
            .flat_map(|_| ["worst_hour", "worst_hour_share"]);
        week.chain(
            self.bounds
                .iter()
                .flat_map(|_| ["share_lower", "share_upper", "people_at_edge"]),
        )
    }

    /// The fields of a unit by its place among the rows, or of the total; ends the row.
    fn put(&self, unit: Option<(usize, Option<UnitId>)>, table: &mut Table) -> io::Result<()> {
        if let Some((week, open)) = self.week {
            let people = unit.map_or_else(|| week.total(), |(_, unit)| week.of(unit));
            let worst = people.worst(open);
            table.maybe(worst.map(moment))?;
            table.maybe(worst.and_then(|hour| Number::share(people.share(hour))))?;
        }
        if let Some((total, units)) = &self.bounds {
            let bounds = unit.map_or(*total, |(place, _)| units[place]);
            table.maybe(Number::share(bounds.lower_share()))?;
            table.maybe(Number::share(bounds.upper_share()))?;
            table.show(Number::people(bounds.flagged))?;
        }
        table.end_row()
    }
}

fn put(now: &Coverage, row: &UnitSums, table: &mut Table) -> io::Result<()> {
    table.text(row.id)?;
    table.text(row.name)?;
    put_sums(&row.tally, table)?;
    table.show(row.depth)?;
    table.maybe_text(parent(now, row))?;
    put_verdicts(&row.tally, table)
}

fn put_total(now: &Coverage, table: &mut Table) -> io::Result<()> {
    table.show("total")?;
    table.text(now.study().name())?;
    put_sums(now.total(), table)?;
    table.show("")?;
    table.show("")?;
    put_verdicts(now.total(), table)
}

fn put_sums(tally: &Tally, table: &mut Table) -> io::Result<()> {
    table.show(tally.cells())?;
    table.show(Number::people(tally.people()))?;
    table.show(Number::people(tally.covered()))?;
    table.maybe(Number::share(tally.share()))?;
    table.maybe(Number::share(tally.score()))
}

fn put_verdicts(tally: &Tally, table: &mut Table) -> io::Result<()> {
    table.show(Number::people(tally.people() - tally.covered()))?;
    for kind in VerdictKind::ALL {
        table.show(Number::people(tally.people_with(kind)))?;
    }
    for kind in VerdictKind::ALL {
        table.show(tally.cells_with(kind))?;
    }
    Ok(())
}

/// The written id of the unit that a unit lies in.
pub(super) fn parent<'a>(now: &Coverage<'a>, row: &UnitSums) -> Option<&'a str> {
    let units = now.study().units();
    units[row.unit?].parent.map(|unit| units[unit].id.as_str())
}
