//! `units.csv`: one row an administrative unit, sub-units included, and a total row.

use std::io;

use super::rules::{hours_open, moment};
use crate::model::HourSet;
use crate::report::column::{Columns, Sink, Value, write};
use crate::report::rules_on::RulesOn;
use crate::run::Results;
use crate::score::week::HourlyPeople;
use crate::score::{Bounds, Coverage, Tally, UnitSums, VerdictKind, WeekProfile};
use crate::words::Language;

/// What a row tells of: a unit, or the whole.
pub(crate) struct Row<'r> {
    id: &'r str,
    name: &'r str,
    tally: &'r Tally,
    /// The sums of its firms, where the study says of firms.
    firms: Option<Tally>,
    /// None for the whole, which lies in no tree.
    depth: Option<usize>,
    parent: Option<&'r str>,
    /// How many people are covered hour by hour, where the study asks for a week.
    hourly: Option<&'r HourlyPeople>,
    open: HourSet,
    bounds: Option<&'r Bounds>,
    /// Those by the boundary alone.
    border: Option<&'r Bounds>,
    firm_bounds: Option<&'r Bounds>,
}

impl Row<'_> {
    /// How deep it lies in the tree; none for the whole.
    pub(crate) const fn depth(&self) -> Option<usize> {
        self.depth
    }

    /// The hour, of those in which any site is open, in which the fewest are covered.
    fn worst_hour(&self) -> Option<usize> {
        self.hourly?.worst(self.open)
    }
}

pub(crate) fn write_units(results: &Results, out: &mut (impl Sink + ?Sized)) -> io::Result<()> {
    with_rows(results, |rows| {
        write(&columns(RulesOn::of(results)), rows, out)
    })
}

/// Hands over the rows: the units in the order of their tree, then the whole.
pub(crate) fn with_rows<T>(results: &Results, take: impl FnOnce(Vec<Row<'_>>) -> T) -> T {
    let now = &results.coverage;
    let units = now.by_unit();
    let of_firms = results.firms.as_ref();
    let firms: Vec<Tally> = of_firms.map(tallies).unwrap_or_default();
    let week = results.breakdown.week.as_ref();
    let border = results.breakdown.border.as_ref();
    // The bounds by the size of cells hold the border's.
    let sizes = results.breakdown.sizes.as_ref();
    let firm_border = results.breakdown.firm_border.as_ref();
    let open = week.map_or(HourSet::EMPTY, |_| hours_open(now));
    let mut rows = Vec::with_capacity(units.len() + 1);
    // All lists by unit stand in one order: that of the coverage.
    for (place, unit) in units.iter().enumerate() {
        rows.push(Row {
            id: unit.id,
            name: unit.name,
            tally: &unit.tally,
            firms: firms.get(place).copied(),
            depth: Some(unit.depth),
            parent: parent(now, unit),
            hourly: week.map(|week| week.of(unit.unit)),
            open,
            bounds: sizes
                .map(|sizes| &sizes.units[place].bounds)
                .or(border.map(|border| &border.units[place].bounds)),
            border: border.map(|border| &border.units[place].bounds),
            firm_bounds: firm_border.map(|border| &border.units[place].bounds),
        });
    }
    rows.push(Row {
        id: "total",
        name: now.study().name(),
        tally: now.total(),
        firms: of_firms.map(|firms| *firms.total()),
        depth: None,
        parent: None,
        hourly: week.map(WeekProfile::total),
        open,
        bounds: sizes
            .map(|sizes| &sizes.total)
            .or(border.map(|border| &border.total)),
        border: border.map(|border| &border.total),
        firm_bounds: firm_border.map(|border| &border.total),
    });
    take(rows)
}

/// The sums of each unit.
fn tallies(now: &Coverage) -> Vec<Tally> {
    now.by_unit().into_iter().map(|row| row.tally).collect()
}

/// The columns; those of a rule that is off are not there.
pub(crate) fn columns<'r>(on: RulesOn) -> Columns<Row<'r>> {
    let mut columns = Columns::<Row<'r>>::new()
        .with("unit", "单位编号", |row| Value::text(row.id))
        .with("name", "单位名称", |row| Value::text(row.name))
        .with("cells", "居民点数", |row| {
            Value::Count(row.tally.cells())
        })
        .with("population", "人口", |row| {
            Value::people(row.tally.inhabitants())
        })
        .with("covered_population", "覆盖人口", |row| {
            Value::people(row.tally.covered())
        })
        .with("share", "覆盖率", |row| Value::share(row.tally.share()))
        .with("score", "得分", |row| Value::share(row.tally.score()))
        .with("depth", "层级", |row| {
            row.depth.map_or(Value::Empty, Value::count)
        })
        .with("parent", "上级单位", |row| {
            Value::maybe_text(row.parent)
        })
        .with("left_out", "未覆盖人口", |row| {
            Value::people(row.tally.people() - row.tally.covered())
        });
    for kind in VerdictKind::ALL {
        columns = columns.with_named(by_verdict("people", "人口", kind), move |row| {
            Value::people(row.tally.people_with(kind))
        });
    }
    for kind in VerdictKind::ALL {
        columns = columns.with_named(by_verdict("cells", "居民点", kind), move |row| {
            Value::Count(row.tally.cells_with(kind))
        });
    }
    if on.firms {
        columns = with_firms(columns);
    }
    if on.week {
        columns = columns
            .with("worst_hour", "最差时段", |row| {
                Value::maybe_word(row.worst_hour().map(moment))
            })
            .with("worst_hour_share", "最差时段覆盖率", |row| {
                let people = row.hourly.zip(row.worst_hour());
                people.map_or(Value::Empty, |(people, hour)| {
                    Value::share(people.share(hour))
                })
            });
    }
    if on.bounds {
        columns = columns
            .with("share_lower", "覆盖率下界", |row| {
                row.bounds
                    .map_or(Value::Empty, |bounds| Value::share(bounds.lower_share()))
            })
            .with("share_upper", "覆盖率上界", |row| {
                row.bounds
                    .map_or(Value::Empty, |bounds| Value::share(bounds.upper_share()))
            });
    }
    if on.edges {
        columns = columns.with("people_at_edge", "边界附近人口", |row| {
            row.border
                .map_or(Value::Empty, |bounds| Value::people(bounds.flagged))
        });
    }
    if on.edges && on.firms {
        columns = columns
            .with("firms_share_lower", "企业覆盖率下界", |row| {
                row.firm_bounds
                    .map_or(Value::Empty, |bounds| Value::share(bounds.lower_share()))
            })
            .with("firms_share_upper", "企业覆盖率上界", |row| {
                row.firm_bounds
                    .map_or(Value::Empty, |bounds| Value::share(bounds.upper_share()))
            });
    }
    columns
}

/// The columns of the firms.
fn with_firms(columns: Columns<Row<'_>>) -> Columns<Row<'_>> {
    columns
        .with("firms", "企业数", |row| {
            row.firms
                .map_or(Value::Empty, |firms| Value::people(firms.people()))
        })
        .with("covered_firms", "覆盖企业数", |row| {
            row.firms
                .map_or(Value::Empty, |firms| Value::people(firms.covered()))
        })
        .with("firms_share", "企业覆盖率", |row| {
            row.firms
                .map_or(Value::Empty, |firms| Value::share(firms.share()))
        })
        .with("firms_score", "企业得分", |row| {
            row.firms
                .map_or(Value::Empty, |firms| Value::share(firms.score()))
        })
        .with("firms_left_out", "未覆盖企业数", |row| {
            row.firms.map_or(Value::Empty, |firms| {
                Value::people(firms.people() - firms.covered())
            })
        })
}

/// The name of a column that counts those who have a verdict, and its Chinese head.
fn by_verdict(what: &str, chinese: &str, kind: VerdictKind) -> [String; 2] {
    let word = kind.word().replace('-', "_");
    let verdict = kind.name().in_language(Language::Chinese);
    [format!("{what}_{word}"), format!("{chinese}：{verdict}")]
}

/// The written id of the unit that a unit lies in.
pub(crate) fn parent<'a>(now: &'a Coverage, row: &UnitSums) -> Option<&'a str> {
    let units = now.study().units();
    units[row.unit?].parent.map(|unit| units[unit].id.as_str())
}
