//! `change_*.csv` and `trend_*.csv`: how one run differs from another, by unit and by cell.

use std::io;

use crate::assess::Difference;
use crate::assess::difference::{CellDifference, GroupDifference, Part, Sums, UnitDifference};
use crate::report::column::{Columns, Sink, Value, write};
use crate::report::number::Number;
use crate::units::People;

/// What a row tells of: a unit by its written id, or the whole, and the firms there.
pub(crate) struct UnitRow<'r> {
    id: &'r str,
    people: &'r UnitDifference,
    firms: Option<&'r UnitDifference>,
}

pub(crate) fn write_units(
    difference: &Difference,
    out: &mut (impl Sink + ?Sized),
) -> io::Result<()> {
    let columns = unit_columns(difference.firms.is_some());
    write(&columns, unit_rows(difference), out)
}

/// The units, then the whole.
pub(crate) fn unit_rows(difference: &Difference) -> Vec<UnitRow<'_>> {
    let firms = difference.firms.as_deref();
    let mut rows = Vec::with_capacity(difference.units.len() + 1);
    for people in &difference.units {
        // By id: a unit may be in one of the two runs only.
        let of_firms = firms.map(|firms| firms.units.iter());
        rows.push(UnitRow {
            id: &people.id,
            people,
            firms: of_firms.and_then(|mut units| units.find(|unit| unit.id == people.id)),
        });
    }
    rows.push(UnitRow {
        id: "total",
        people: &difference.total,
        firms: firms.map(|firms| &firms.total),
    });
    rows
}

/// The columns; those of the firms only where a run says of firms.
pub(crate) fn unit_columns<'r>(with_firms: bool) -> Columns<UnitRow<'r>> {
    let columns = Columns::<UnitRow<'r>>::new()
        .with("unit", "单位编号", |row| Value::text(row.id))
        .with("name", "单位名称", |row| match row.id {
            // The whole has no name of its own, but a word of ours.
            "total" => Value::Word("total".into()),
            _ => Value::text(&row.people.name),
        })
        .with("population_before", "原人口", |row| {
            sums(row.people.before.as_ref(), |sums| {
                Some(Number::people(sums.people))
            })
        })
        .with("population_after", "现人口", |row| {
            sums(row.people.after.as_ref(), |sums| {
                Some(Number::people(sums.people))
            })
        })
        .with("covered_before", "原覆盖人口", |row| {
            sums(row.people.before.as_ref(), |sums| {
                Some(Number::people(sums.covered))
            })
        })
        .with("covered_after", "现覆盖人口", |row| {
            sums(row.people.after.as_ref(), |sums| {
                Some(Number::people(sums.covered))
            })
        })
        .with("share_before", "原覆盖率", |row| {
            sums(row.people.before.as_ref(), |sums| share(sums.share))
        })
        .with("share_after", "现覆盖率", |row| {
            sums(row.people.after.as_ref(), |sums| share(sums.share))
        })
        .with("share_change", "覆盖率变化", |row| {
            change(row.people.share_change())
        })
        .with("score_before", "原得分", |row| {
            sums(row.people.before.as_ref(), |sums| share(sums.score))
        })
        .with("score_after", "现得分", |row| {
            sums(row.people.after.as_ref(), |sums| share(sums.score))
        })
        .with("score_change", "得分变化", |row| {
            change(row.people.score_change())
        })
        .with("newly_covered", "新增覆盖人口", |row| {
            Value::people(row.people.newly_covered)
        })
        .with("no_longer_covered", "不再覆盖人口", |row| {
            Value::people(row.people.no_longer_covered)
        });
    if with_firms {
        with_firm_columns(columns)
    } else {
        columns
    }
}

fn with_firm_columns(columns: Columns<UnitRow<'_>>) -> Columns<UnitRow<'_>> {
    columns
        .with("firms_before", "原企业数", |row| {
            sums(row.firms_before(), |sums| Some(Number::people(sums.people)))
        })
        .with("firms_after", "现企业数", |row| {
            sums(row.firms_after(), |sums| Some(Number::people(sums.people)))
        })
        .with("covered_firms_before", "原覆盖企业数", |row| {
            sums(row.firms_before(), |sums| {
                Some(Number::people(sums.covered))
            })
        })
        .with("covered_firms_after", "现覆盖企业数", |row| {
            sums(row.firms_after(), |sums| Some(Number::people(sums.covered)))
        })
        .with("firms_share_before", "原企业覆盖率", |row| {
            sums(row.firms_before(), |sums| share(sums.share))
        })
        .with("firms_share_after", "现企业覆盖率", |row| {
            sums(row.firms_after(), |sums| share(sums.share))
        })
        .with("firms_share_change", "企业覆盖率变化", |row| {
            change(row.firms.and_then(UnitDifference::share_change))
        })
        .with("newly_covered_firms", "新增覆盖企业数", |row| {
            row.firms
                .map_or(Value::Empty, |firms| Value::people(firms.newly_covered))
        })
        .with("no_longer_covered_firms", "不再覆盖企业数", |row| {
            row.firms
                .map_or(Value::Empty, |firms| Value::people(firms.no_longer_covered))
        })
}

impl UnitRow<'_> {
    /// Nought for a unit; none for the whole.
    pub(crate) fn depth(&self) -> Option<usize> {
        (self.id != "total").then_some(0)
    }

    /// Whether the share of people or firms differs there, or who is covered; of the whole always.
    pub(crate) fn tells(&self) -> bool {
        let share = |sums: &Option<Sums>| sums.as_ref().map(|sums| sums.share);
        let differs = |unit: &UnitDifference| share(&unit.before) != share(&unit.after);
        let moved = self.people.newly_covered + self.people.no_longer_covered;
        self.depth().is_none()
            || moved > People::ZERO
            || differs(self.people)
            || self.firms.is_some_and(differs)
    }

    fn firms_before(&self) -> Option<&Sums> {
        self.firms?.before.as_ref()
    }

    fn firms_after(&self) -> Option<&Sums> {
        self.firms?.after.as_ref()
    }
}

pub(crate) fn write_groups(
    difference: &Difference,
    out: &mut (impl Sink + ?Sized),
) -> io::Result<()> {
    write(&group_columns(), &difference.groups, out)
}

pub(crate) fn group_columns<'r>() -> Columns<&'r GroupDifference> {
    Columns::<&'r GroupDifference>::new()
        .with("group", "人群编号", |row| Value::text(&row.id))
        .with("name", "人群", |row| Value::text(&row.name))
        .with("population_before", "原人口", |row| {
            sums(row.before.as_ref(), |sums| {
                Some(Number::people(sums.people))
            })
        })
        .with("population_after", "现人口", |row| {
            sums(row.after.as_ref(), |sums| Some(Number::people(sums.people)))
        })
        .with("covered_before", "原覆盖人口", |row| {
            sums(row.before.as_ref(), |sums| {
                Some(Number::people(sums.covered))
            })
        })
        .with("covered_after", "现覆盖人口", |row| {
            sums(row.after.as_ref(), |sums| {
                Some(Number::people(sums.covered))
            })
        })
        .with("share_before", "原覆盖率", |row| {
            sums(row.before.as_ref(), |sums| share(sums.share))
        })
        .with("share_after", "现覆盖率", |row| {
            sums(row.after.as_ref(), |sums| share(sums.share))
        })
        .with("share_change", "覆盖率变化", |row| {
            change(row.share_change())
        })
}

/// A figure of a run; empty where the unit is in the other run only.
fn sums(sums: Option<&Sums>, of: impl Fn(&Sums) -> Option<Number>) -> Value<'static> {
    Value::maybe(sums.and_then(of))
}

/// A part of one, where there is one.
fn share(part: Option<Part>) -> Option<Number> {
    part.map(|part| Number::part(part.value()))
}

/// A change of a share in millionths; empty where the unit is in one run only.
fn change(millionths: Option<i64>) -> Value<'static> {
    // A share changes by one at most, so that its millionths fit.
    let change = millionths.map(|change| i32::try_from(change).unwrap_or_default());
    change.map_or(Value::Empty, |change| {
        Value::Points(Number::part(f64::from(change) / 1e6))
    })
}

/// What a row tells of: of whom a cell differs, and the cell.
pub(crate) type CellRow<'r> = (&'static str, &'r CellDifference);

/// The cells whose people come to something else, then those whose firms do.
pub(crate) fn write_cells(
    difference: &Difference,
    out: &mut (impl Sink + ?Sized),
) -> io::Result<()> {
    let people = difference.cells.iter().map(|cell| ("people", cell));
    let firms = difference.firms.iter().flat_map(|firms| &firms.cells);
    // Most cells have no firms, and then nobody is concerned.
    let firms = firms
        .filter(|cell| cell.before.people + cell.after.people > People::ZERO)
        .map(|cell| ("firms", cell));
    write(&cell_columns(), people.chain(firms), out)
}

pub(crate) fn cell_columns<'r>() -> Columns<CellRow<'r>> {
    Columns::<CellRow<'r>>::new()
        .with("cell", "居民点编号", |(_, row)| {
            Value::text(&row.after.id)
        })
        .with("unit", "单位编号", |(_, row)| {
            Value::text(&row.after.unit)
        })
        .with("population", "人口", |(_, row)| {
            Value::people(row.after.people)
        })
        .with("verdict_before", "原判定", |(_, row)| {
            Value::word(row.before.verdict)
        })
        .with("verdict_after", "现判定", |(_, row)| {
            Value::word(row.after.verdict)
        })
        .with("items_done_before", "原办到事项数", |(_, row)| {
            Value::Count(row.before.items_done.into())
        })
        .with("items_done_after", "现办到事项数", |(_, row)| {
            Value::Count(row.after.items_done.into())
        })
        .with("score_before", "原得分", |(_, row)| {
            Value::maybe(share(row.before.score))
        })
        .with("score_after", "现得分", |(_, row)| {
            Value::maybe(share(row.after.score))
        })
        .with("of", "评价对象", |(of, _)| Value::Word((*of).into()))
}
