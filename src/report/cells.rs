//! `cells.csv`: one row a cell, in the order of the input.

use std::io;

use serde::Serialize;

use super::atomic::Out;
use super::number::{Number, Tenths};
use super::results::Results;
use super::table::{Table, in_blocks};
use crate::ids::CellId;
use crate::score::{Coverage, WeekProfile};

const HEAD: [&str; 13] = [
    "cell",
    "unit",
    "population",
    "verdict",
    "score",
    "items_done",
    "items_asked",
    "nearest_site",
    "seconds",
    "gap_m",
    "name",
    "unit_name",
    "nearest_site_name",
];

/// What files tell about a cell; the fields are columns and properties.
#[derive(Debug, Serialize)]
pub(super) struct CellRow<'a> {
    cell: &'a str,
    unit: Option<&'a str>,
    population: Number,
    verdict: &'static str,
    score: Option<Number>,
    items_done: u32,
    items_asked: usize,
    nearest_site: Option<&'a str>,
    seconds: Option<Tenths>,
    gap_m: Option<Tenths>,
    name: Option<&'a str>,
    unit_name: Option<&'a str>,
    nearest_site_name: Option<&'a str>,
    #[serde(flatten)]
    ruled: Ruled<'a>,
}

/// What the rules that are on tell about a cell; a column whose rule is off is not there.
#[derive(Debug, Serialize)]
struct Ruled<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    zone: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    minutes: Option<Number>,
    #[serde(skip_serializing_if = "Option::is_none")]
    covered_hours: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    at_edge: Option<bool>,
}

/// Which rules are on that tell something about a cell.
pub(super) struct Rules<'r> {
    zones: bool,
    week: Option<&'r WeekProfile>,
    at_edge: Option<Vec<bool>>,
}

impl<'r> Rules<'r> {
    pub(super) fn of(results: &Results<'r, '_>) -> Self {
        let study = results.now.study();
        let at_edge = results.told.border.as_ref().map(|border| {
            let mut at_edge = vec![false; study.cells().len()];
            border
                .flagged
                .iter()
                .for_each(|cell| at_edge[cell.index()] = true);
            at_edge
        });
        Self {
            zones: !study.zones().is_empty(),
            week: results.told.week.as_ref(),
            at_edge,
        }
    }

    fn columns(&self) -> impl Iterator<Item = &'static str> {
        let on = [
            (self.zones, "zone"),
            (self.zones, "minutes"),
            (self.week.is_some(), "covered_hours"),
            (self.at_edge.is_some(), "at_edge"),
        ];
        on.into_iter()
            .filter(|(on, _)| *on)
            .map(|(_, column)| column)
    }

    fn on<'a>(&self, now: &Coverage<'a>, id: CellId) -> Ruled<'a> {
        let zone = || {
            now.study()
                .zones()
                .of(id)
                .map_or("", |(_, zone)| zone.name.as_str())
        };
        Ruled {
            zone: self.zones.then(zone),
            minutes: self.zones.then(|| Number::minutes(now.limit(id))),
            covered_hours: self.week.map(|week| week.cell(id).count()),
            at_edge: self.at_edge.as_ref().map(|at_edge| at_edge[id.index()]),
        }
    }
}

impl Ruled<'_> {
    fn put(&self, table: &mut Table) -> io::Result<()> {
        if let Some(zone) = self.zone {
            table.text(zone)?;
        }
        if let Some(minutes) = self.minutes {
            table.show(minutes)?;
        }
        if let Some(hours) = self.covered_hours {
            table.show(hours)?;
        }
        if let Some(at_edge) = self.at_edge {
            table.show(if at_edge { "yes" } else { "no" })?;
        }
        Ok(())
    }
}

impl<'a> CellRow<'a> {
    pub(super) fn of(now: &Coverage<'a>, rules: &Rules<'_>, id: CellId) -> Self {
        let (study, result) = (now.study(), now.cell(id));
        let cell = &study.cells()[id];
        let unit = cell.unit.map(|unit| &study.units()[unit]);
        let nearest = now.nearest(id);
        let site = nearest.map(|reach| &study.sites()[reach.site]);
        Self {
            cell: &cell.id,
            unit: unit.map(|unit| unit.id.as_str()),
            population: Number::people(now.people(id)),
            verdict: result.verdict.word(),
            score: now.score(id).map(Number::part),
            items_done: result.items_done,
            items_asked: now.items().len(),
            nearest_site: site.map(|site| site.id.as_str()),
            seconds: nearest.map(|reach| Tenths::seconds(reach.time)),
            gap_m: now
                .times()
                .links()
                .cell(id)
                .and_then(crate::snap::Snap::gap)
                .map(Tenths::metres),
            name: Some(cell.name.as_str()).filter(|name| !name.is_empty()),
            unit_name: unit.map(|unit| unit.name.as_str()),
            nearest_site_name: site.map(|site| site.name.as_str()),
            ruled: rules.on(now, id),
        }
    }

    fn put(&self, table: &mut Table) -> io::Result<()> {
        table.text(self.cell)?;
        table.maybe_text(self.unit)?;
        table.show(self.population)?;
        table.show(self.verdict)?;
        table.maybe(self.score)?;
        table.show(self.items_done)?;
        table.show(self.items_asked)?;
        table.maybe_text(self.nearest_site)?;
        table.maybe(self.seconds)?;
        table.maybe(self.gap_m)?;
        table.maybe_text(self.name)?;
        table.maybe_text(self.unit_name)?;
        table.maybe_text(self.nearest_site_name)?;
        self.ruled.put(table)?;
        table.end_row()
    }
}

pub(super) fn write(results: &Results<'_, '_>, out: &mut dyn Out) -> io::Result<()> {
    let (now, rules) = (results.now, Rules::of(results));
    out.write_all(&Table::with_head(HEAD.into_iter().chain(rules.columns()))?.into_bytes()?)?;
    in_blocks(now.study().cells().len(), 4096, out, |cells| {
        let mut table = Table::new();
        for cell in cells {
            CellRow::of(now, &rules, CellId::new(cell)).put(&mut table)?;
        }
        table.into_bytes()
    })
}
