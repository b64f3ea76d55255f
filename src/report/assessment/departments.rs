//! `departments.csv`: what each department answers for, in people × items.

use std::io;

use super::{mark, mark_of, person_items};
use crate::assess::Department;
use crate::model::Study;
use crate::report::column::{Columns, Value, write};
use crate::report::out::Out;

pub(crate) type Row<'r> = (&'r Study, &'r Department);

pub(super) fn write_departments(
    study: &Study,
    departments: &[Department],
    out: &mut dyn Out,
) -> io::Result<()> {
    write(&columns(), departments.iter().map(|row| (study, row)), out)
}

pub(crate) fn columns<'r>() -> Columns<Row<'r>> {
    Columns::<Row<'r>>::new()
        .with("department", "部门", |(_, row)| Value::text(&row.name))
        .with("items", "事项数", |(_, row)| {
            Value::count(row.items.len())
        })
        .with("asked_person_items", "考核人次", |(_, row)| {
            Value::Number(person_items(row.asked))
        })
        .with("done_person_items", "办到人次", |(_, row)| {
            Value::Number(person_items(row.done))
        })
        .with("undone_person_items", "未办到人次", |(_, row)| {
            Value::Number(person_items(row.undone))
        })
        .with("share", "办到率", |(_, row)| Value::share(row.share))
        .with("score", "得分", |(_, row)| Value::share(row.score))
        .with("worst_item", "最差事项", |(study, row)| {
            let item = row.worst.map(|(item, _)| &study.catalogue()[item]);
            Value::maybe_text(item.map(|item| item.id.as_str()))
        })
        .with(
            "worst_item_population",
            "最差事项未办到人口",
            |(_, row)| {
                row.worst
                    .map_or(Value::Empty, |(_, people)| Value::people(people))
            },
        )
        .with("indicators_asked", "考核指标数", |(_, row)| {
            Value::count(row.tasks.indicators_asked)
        })
        .with("indicators_met", "达标指标数", |(_, row)| {
            Value::count(row.tasks.indicators_met)
        })
        .with("mark", "综合得分", |(_, row)| mark(row.mark.as_ref()))
        .with("mark_of", "综合得分构成", |(study, row)| {
            mark_of(row.mark.as_ref(), study)
        })
}
