//! `phases.csv` and `lacking.csv`: met or missed, by how much, and what is lacking.

use std::io;

use super::{ids, joined};
use crate::assess::{Assessment, Lacking, LackingList, PhaseResult, PhaseRow};
use crate::model::Study;
use crate::report::column::{Columns, Sink, Value, write};
use crate::report::number::Number;

/// What a row of the phases tells of: a phase in a unit, or in all its units.
pub(crate) struct Row<'r> {
    result: &'r PhaseResult,
    id: &'r str,
    name: &'r str,
    sums: &'r PhaseRow,
}

/// A row for each unit in each phase, and one for the whole phase.
pub(crate) fn write_phases(
    study: &Study,
    phases: &[PhaseResult],
    out: &mut (impl Sink + ?Sized),
) -> io::Result<()> {
    let mut rows = Vec::new();
    for result in phases {
        rows.extend(result.rows.iter().map(|sums| Row {
            result,
            id: &sums.id,
            name: &sums.name,
            sums,
        }));
        rows.push(Row {
            result,
            id: "total",
            name: study.name(),
            sums: &result.total,
        });
    }
    write(&columns(), rows, out)
}

pub(crate) fn columns<'r>() -> Columns<Row<'r>> {
    Columns::<Row<'r>>::new()
        .with("phase", "阶段", |row| Value::text(&row.result.phase.name))
        .with("date", "日期", |row| Value::word(row.result.phase.date))
        .with("unit", "单位编号", |row| Value::text(row.id))
        .with("name", "单位名称", |row| Value::text(row.name))
        .with("depth", "层级", |row| Value::count(row.sums.depth))
        .with("named", "点名", |row| Value::Flag(row.sums.named))
        .with("items", "事项数", |row| {
            Value::count(row.result.coverage.items().len())
        })
        .with("minutes", "时限（分钟）", |row| {
            Value::Number(Number::minutes(row.result.coverage.target().limit))
        })
        .with("population", "人口", |row| Value::people(row.sums.people))
        .with("covered_population", "覆盖人口", |row| {
            Value::people(row.sums.covered)
        })
        .with("share", "覆盖率", |row| Value::share(row.sums.share))
        .with("asked_share", "要求覆盖率", |row| {
            Value::maybe(row.result.phase.share.map(Number::part))
        })
        .with("score", "得分", |row| Value::share(row.sums.score))
        .with("asked_score", "要求得分", |row| {
            Value::maybe(row.result.phase.score.map(Number::part))
        })
        .with("met", "达标", |row| Value::maybe_flag(row.sums.met))
        .with("short_by", "还差人数", |row| {
            Value::people(row.sums.short_by)
        })
        .with("short_of_score", "还差得分", |row| {
            Value::Number(Number::part(row.sums.short_of_score))
        })
        .with("of", "评价对象", |row| {
            Value::text(row.result.coverage.study().word_of(row.result.of))
        })
        .with("online", "含网办", |row| {
            Value::Flag(row.result.phase.online)
        })
        .with("lead", "牵头单位", |row| {
            Value::text(&row.result.phase.charge.lead)
        })
        .with("responsible", "责任单位", |row| {
            joined(&row.result.phase.charge.responsible)
        })
}

/// What a row of the lacking tells of.
pub(crate) struct LackingRow<'r> {
    study: &'r Study,
    /// Of whom it is lacking.
    of: &'r str,
    /// Empty under the study's own target.
    phase: &'r str,
    unit: &'r str,
    name: &'r str,
    lacking: &'r Lacking,
}

impl<'r> LackingRow<'r> {
    fn site(&self) -> Option<&'r crate::model::Site> {
        Some(&self.study.sites()[self.lacking.site?])
    }
}

/// What is lacking in each unit, first under the study's own target, then in each phase.
pub(crate) fn write_lacking(
    study: &Study,
    assessment: &Assessment,
    out: &mut (impl Sink + ?Sized),
) -> io::Result<()> {
    let mut rows = Vec::new();
    for (of, side) in assessment.sides() {
        for card in &side.cards {
            let about = ["", &card.id, &card.name];
            rows.extend(lacking_rows(study, of, about, &card.lacking));
        }
    }
    for result in &assessment.phases {
        let phase = result.phase.name.as_str();
        let of = study.word_of(result.of);
        for row in &result.rows {
            let about = [phase, &row.id, &row.name];
            rows.extend(lacking_rows(study, of, about, &row.lacking));
        }
        let about = [phase, "total", study.name()];
        rows.extend(lacking_rows(study, of, about, &result.total.lacking));
    }
    write(&lacking_columns(), rows, out)
}

/// What is lacking of these in one unit.
fn lacking_rows<'r>(
    study: &'r Study,
    of: &'r str,
    [phase, unit, name]: [&'r str; 3],
    list: &'r LackingList,
) -> impl Iterator<Item = LackingRow<'r>> {
    list.gravest.iter().map(move |lacking| LackingRow {
        study,
        of,
        phase,
        unit,
        name,
        lacking,
    })
}

pub(crate) fn lacking_columns<'r>() -> Columns<LackingRow<'r>> {
    Columns::<LackingRow<'r>>::new()
        .with("phase", "阶段", |row| Value::text(row.phase))
        .with("unit", "单位编号", |row| Value::text(row.unit))
        .with("name", "单位名称", |row| Value::text(row.name))
        .with("remedy", "办法", |row| Value::word(row.lacking.remedies))
        .with("items", "事项", |row| {
            Value::Text(ids(row.study.catalogue(), &row.lacking.items).into())
        })
        .with("steps", "环节", |row| Value::word(row.lacking.steps))
        .with("site", "服务点编号", |row| {
            Value::maybe_text(row.site().map(|site| site.id.as_str()))
        })
        .with("site_name", "服务点名称", |row| {
            Value::maybe_text(row.site().map(|site| site.name.as_str()))
        })
        .with("population", "涉及人口", |row| {
            Value::people(row.lacking.people)
        })
        .with("cells", "居民点数", |row| {
            Value::Count(row.lacking.cells)
        })
        .with("gain", "单独落实后受益人数", |row| {
            row.lacking.gain.map_or(Value::Empty, Value::people)
        })
        .with("place", "新设地点（居民点编号）", |row| {
            let place = row.lacking.place.map(|cell| &row.study.cells()[cell]);
            Value::maybe_text(place.map(|cell| cell.id.as_str()))
        })
        .with("of", "评价对象", |row| Value::text(row.of))
}
