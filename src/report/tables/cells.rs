//! `cells.csv` and the properties of `cells.geojson`: one row a cell, in the order of the input.

use std::io;

use crate::ids::CellId;
use crate::model::{Attributes, Cell, Study, Unit};
use crate::report::column::{Columns, Sink, Value, write_many};
use crate::report::number::{Number, Tenths};
use crate::report::rules_on::RulesOn;
use crate::run::Results;
use crate::score::{CellResult, Coverage};
use crate::search::Reach;
use crate::snap::Snap;
use crate::units::People;

/// What a row tells of: a cell, and what was found out about it.
pub(crate) struct CellRow<'r> {
    results: &'r Results,
    id: CellId,
    cell: &'r Cell,
    unit: Option<&'r Unit>,
    result: CellResult,
    nearest: Option<Reach>,
    at_edge: bool,
}

/// The rows of all cells.
pub(crate) struct CellRows<'r> {
    results: &'r Results,
    at_edge: Vec<bool>,
}

impl<'r> CellRows<'r> {
    pub(crate) fn of(results: &'r Results) -> Self {
        let mut at_edge = vec![false; results.study().cells().len()];
        if let Some(border) = &results.breakdown.border {
            for cell in &border.flagged {
                at_edge[cell.index()] = true;
            }
        }
        Self { results, at_edge }
    }

    /// The row of one cell.
    pub(crate) fn row(&self, id: CellId) -> CellRow<'r> {
        let now = &self.results.coverage;
        let study = now.study();
        let cell = &study.cells()[id];
        CellRow {
            results: self.results,
            id,
            cell,
            unit: cell.unit.map(|unit| &study.units()[unit]),
            result: now.cell(id),
            nearest: now.nearest(id),
            at_edge: self.at_edge[id.index()],
        }
    }
}

impl<'r> CellRow<'r> {
    fn now(&self) -> &'r Coverage {
        &self.results.coverage
    }

    fn study(&self) -> &Study {
        self.now().study()
    }

    fn attributes(&self) -> Option<&Attributes> {
        self.study().cells().attributes(self.id)
    }

    /// What the cell comes to for the people, if anything is asked of them.
    fn asked(&self) -> Option<CellResult> {
        (self.result.items_asked > 0).then_some(self.result)
    }

    /// The firms' own coverage, where there are any in the cell.
    fn firms(&self) -> Option<&'r Coverage> {
        let firms = self.results.firms.as_ref()?;
        (firms.people(self.id) > People::ZERO).then_some(firms)
    }

    fn gap(&self) -> Option<f64> {
        self.now().times().links().cell(self.id).and_then(Snap::gap)
    }

    fn nearest_site(&self) -> Option<&crate::model::Site> {
        let reach = self.nearest?;
        Some(&self.now().study().sites()[reach.site])
    }

    fn zone(&self) -> &str {
        let zone = self.now().study().zones().of(self.id);
        zone.map_or("", |(_, zone)| zone.name.as_str())
    }
}

/// The columns; those of a rule that is off are not there.
pub(crate) fn columns<'r>(on: RulesOn) -> Columns<CellRow<'r>> {
    let mut columns = of_names(of_walk(of_verdict(Columns::new())));
    if on.firms {
        columns = with_firms(columns);
    }
    if on.zones {
        columns = columns
            .with("zone", "分区", |row| Value::text(row.zone()))
            .with("minutes", "时限（分钟）", |row| {
                Value::Number(Number::minutes(row.now().limit(row.id)))
            });
    }
    if on.week {
        columns = columns.with("covered_hours", "每周覆盖小时数", |row| {
            let week = row.results.breakdown.week.as_ref();
            week.map_or(Value::Empty, |week| {
                Value::Count(week.cell(row.id).count().into())
            })
        });
    }
    if on.edges {
        columns = columns.with("at_edge", "靠近边界", |row| Value::Flag(row.at_edge));
    }
    columns
}

/// How the cell is judged.
fn of_verdict(columns: Columns<CellRow<'_>>) -> Columns<CellRow<'_>> {
    columns
        .with("cell", "居民点编号", |row| {
            Value::id(&row.cell.id, row.study().cells().has_numeric_ids())
        })
        .with("unit", "单位编号", |row| {
            let id = row.unit.map(|unit| unit.id.as_str());
            Value::maybe_id(id, row.study().units().has_numeric_ids())
        })
        .with("population", "人口", |row| {
            Value::people(row.now().people(row.id))
        })
        .with("verdict", "判定", |row| {
            Value::maybe_word(row.asked().map(|result| result.verdict))
        })
        .with("score", "得分", |row| {
            Value::maybe(row.now().score(row.id).map(Number::part))
        })
        .with("items_done", "办到事项数", |row| {
            Value::Count(row.result.items_done.into())
        })
        .with("items_asked", "考核事项数", |row| {
            Value::Count(row.result.items_asked.into())
        })
}

/// The walk to the nearest site.
fn of_walk(columns: Columns<CellRow<'_>>) -> Columns<CellRow<'_>> {
    columns
        .with("nearest_site", "最近服务点编号", |row| {
            let id = row.nearest_site().map(|site| site.id.as_str());
            Value::maybe_id(id, row.study().sites().has_numeric_ids())
        })
        .with("seconds", "步行秒数", |row| {
            Value::maybe_tenths(row.nearest.map(|reach| Tenths::seconds(reach.time)))
        })
        .with("gap_m", "离路米数", |row| {
            Value::maybe_tenths(row.gap().map(Tenths::metres))
        })
}

/// What they are called, and how many are covered.
fn of_names(columns: Columns<CellRow<'_>>) -> Columns<CellRow<'_>> {
    columns
        .with("name", "名称", |row| {
            Value::maybe_text(Some(row.cell.name.as_str()).filter(|name| !name.is_empty()))
        })
        .with("unit_name", "单位名称", |row| {
            Value::maybe_text(row.unit.map(|unit| unit.name.as_str()))
        })
        .with("nearest_site_name", "最近服务点名称", |row| {
            Value::maybe_text(row.nearest_site().map(|site| site.name.as_str()))
        })
        .with("covered_population", "覆盖人口", |row| {
            let covered = row.asked().map(|result| result.covered);
            covered.map_or(Value::Empty, Value::people)
        })
}

/// The columns of the firms: empty where there are none, but for their number.
fn with_firms(columns: Columns<CellRow<'_>>) -> Columns<CellRow<'_>> {
    columns
        .with("firms", "企业数", |row| {
            let firms = row.results.firms.as_ref();
            firms.map_or(Value::Empty, |firms| Value::people(firms.people(row.id)))
        })
        .with("covered_firms", "覆盖企业数", |row| {
            let firms = row.firms();
            firms.map_or(Value::Empty, |firms| {
                Value::people(firms.cell(row.id).covered)
            })
        })
        .with("firms_verdict", "企业判定", |row| {
            let firms = row.firms();
            Value::maybe_word(firms.map(|firms| firms.cell(row.id).verdict))
        })
        .with("firms_score", "企业得分", |row| {
            let score = row.firms().and_then(|firms| firms.score(row.id));
            Value::maybe(score.map(Number::part))
        })
        .with("firms_items_done", "企业办到事项数", |row| {
            let firms = row.firms();
            firms.map_or(Value::Empty, |firms| {
                Value::Count(firms.cell(row.id).items_done.into())
            })
        })
        .with("firms_items_asked", "企业考核事项数", |row| {
            let firms = row.firms();
            firms.map_or(Value::Empty, |firms| {
                Value::Count(firms.cell(row.id).items_asked.into())
            })
        })
}

/// The same, and what else the input tells of the cells: the properties of their map.
pub(crate) fn map_columns<'r>(results: &Results) -> Columns<CellRow<'r>> {
    let names = results.study().cells().attribute_names();
    // Whichever rules are on, a name of ours means the same.
    let ours = columns(RulesOn::ALL);
    columns(RulesOn::of(results)).with_attributes(&names, &ours, CellRow::attributes)
}

pub(crate) fn write(results: &Results, out: &mut (impl Sink + ?Sized)) -> io::Result<()> {
    let rows = CellRows::of(results);
    let count = results.study().cells().len();
    let row = |place| rows.row(CellId::new(place));
    write_many(&columns(RulesOn::of(results)), count, row, out)
}
