//! The columns of `plan.csv`, `frontier.csv`, `fairness.csv`, `plan_phases.csv` and `pivotal.csv`.

use super::sheet::{FrontierRow, PhaseRow, PivotRow, StepRow};
use crate::proposal::{Answer, FairPoint};
use crate::report::column::{Columns, Value};
use crate::report::number::Number;

/// The columns of `plan.csv`.
pub(in crate::report) fn step_columns<'p>() -> Columns<&'p StepRow<'p>> {
    Columns::<&'p StepRow<'p>>::new()
        .with("step", "步骤", |row| Value::Count(row.step))
        .with("do", "措施", |row| Value::Word(row.action.into()))
        .with("site", "服务点", |row| Value::text(row.site))
        .with("lon", "经度", |row| {
            Value::maybe_word(row.at.map(|at| at.lon().to_string()))
        })
        .with("lat", "纬度", |row| {
            Value::maybe_word(row.at.map(|at| at.lat().to_string()))
        })
        .with("gain", "新增覆盖", |row| Value::Number(row.gain))
        .with("total", "累计覆盖", |row| Value::Number(row.total))
        .with("cost", "累计费用", |row| Value::Count(row.cost))
        .with("item", "事项", |row| Value::maybe_text(row.item))
        .with("steps", "环节", |row| {
            Value::maybe_word(row.steps.as_deref())
        })
        .with("group", "所属清单", |row| Value::maybe_text(row.group))
        .with("bound", "累计上界", |row| Value::maybe(row.bound))
        .with("folded", "并入的服务点", |row| {
            Value::maybe_text(row.folded.as_deref())
        })
}

/// The columns of `frontier.csv`.
pub(in crate::report) fn frontier_columns<'p>() -> Columns<&'p FrontierRow> {
    let columns = Columns::<&'p FrontierRow>::new()
        .with("sites", "新增服务点数", |row| Value::Count(row.sites));
    with_answer(columns)
}

/// Of which it is told how good the plan is.
trait Answered: 'static {
    fn answer(&self) -> &Answer;
}

impl Answered for FrontierRow {
    fn answer(&self) -> &Answer {
        &self.answer
    }
}

impl Answered for FairPoint {
    fn answer(&self) -> &Answer {
        &self.answer
    }
}

/// With how good the plan is.
fn with_answer<R: Answered>(columns: Columns<&R>) -> Columns<&R> {
    columns
        .with("objective", "目标值", |row| {
            Value::Number(Number::of(row.answer().objective))
        })
        .with("bound", "界", |row| {
            Value::Number(Number::of(row.answer().bound))
        })
        .with("gap", "差距", |row| {
            Value::Number(Number::part(row.answer().gap))
        })
        .with("proved", "已证明最优", |row| {
            Value::Flag(row.answer().proved())
        })
}

/// The columns of `fairness.csv`.
pub(in crate::report) fn fairness_columns<'p>() -> Columns<&'p FairPoint> {
    let columns = Columns::<&'p FairPoint>::new().with("share", "各单位至少", |row| {
        Value::Number(Number::part(row.share))
    });
    with_answer(columns)
}

/// The columns of `plan_phases.csv`.
pub(in crate::report) fn phase_columns<'p>() -> Columns<&'p PhaseRow<'p>> {
    Columns::<&'p PhaseRow<'p>>::new()
        .with("phase", "阶段", |row| Value::text(&row.phase.name))
        .with("date", "日期", |row| {
            Value::Word(row.phase.date.to_string().into())
        })
        .with("opened", "新增服务点数", |row| {
            Value::Count(row.outcome.opens)
        })
        .with("population", "人口", |row| {
            Value::people(row.outcome.people)
        })
        .with("covered_before", "原覆盖人口", |row| {
            Value::people(row.outcome.before)
        })
        .with("covered_after", "规划后覆盖人口", |row| {
            Value::people(row.outcome.after)
        })
        .with("free_choice", "单独规划可覆盖", |row| {
            Value::people(row.outcome.free)
        })
        .with("free_bound", "单独规划上界", |row| {
            Value::people(row.outcome.free_bound)
        })
        .with("price", "衔接代价", |row| Value::Number(row.price()))
        .with("share_after", "规划后覆盖率", |row| {
            Value::share(row.outcome.after.share_of(row.outcome.people))
        })
        .with("share_asked", "目标覆盖率", |row| {
            Value::maybe(row.phase.share.map(Number::part))
        })
}

/// The columns of `pivotal.csv`.
pub(in crate::report) fn pivot_columns<'p>() -> Columns<&'p PivotRow<'p>> {
    Columns::<&'p PivotRow<'p>>::new()
        .with("site", "服务点", |row| Value::text(row.site))
        .with("name", "名称", |row| Value::text(row.name))
        .with("left_without", "失去服务人口", |row| {
            Value::people(row.people)
        })
        .with("cells", "涉及居民点", |row| {
            Value::maybe_word(Some(row.cells.join(" ")))
        })
}
