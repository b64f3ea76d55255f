//! `departments.csv`: what each department answers for, in people × items.

use std::io;

use super::{mark, mark_of, person_items};
use crate::assess::{Department, Mark, Tasks, saved};
use crate::ids::ItemId;
use crate::model::{Saving, Study};
use crate::report::column::{Columns, Sink, Value, write};
use crate::report::number::Number;
use crate::report::rules_on::RulesOn;
use crate::run::Results;
use crate::units::People;

/// What a row tells of: a department, what people are due from it, and what firms are.
pub(crate) struct Row<'r> {
    study: &'r Study,
    name: &'r str,
    people: Option<&'r Department>,
    firms: Option<&'r Department>,
}

pub(crate) fn write_departments(
    results: &Results,
    out: &mut (impl Sink + ?Sized),
) -> io::Result<()> {
    let Some(assessment) = &results.assessment else {
        return Ok(());
    };
    let people = &assessment.people.departments;
    let firms = assessment.firms.as_ref().map(|firms| &firms.departments);
    let firms = firms.map(Vec::as_slice).unwrap_or_default();
    let mut rows = Vec::with_capacity(people.len());
    for department in people {
        rows.push(Row {
            study: results.study(),
            name: &department.name,
            people: Some(department),
            firms: firms.iter().find(|other| other.name == department.name),
        });
    }
    // Those that have items for firms alone.
    for department in firms {
        if people.iter().all(|other| other.name != department.name) {
            rows.push(Row {
                study: results.study(),
                name: &department.name,
                people: None,
                firms: Some(department),
            });
        }
    }
    write(&columns(RulesOn::of(results)), rows, out)
}

/// The columns; those of the firms only where the study says of firms.
pub(crate) fn columns<'r>(on: RulesOn) -> Columns<Row<'r>> {
    let columns = Columns::<Row<'r>>::new()
        .with("department", "部门", |row| Value::text(row.name))
        .with("items", "事项数", |row| Value::count(row.items().len()))
        .with("asked_person_items", "考核人次", |row| {
            sum(row.people, |sums| sums.asked)
        })
        .with("done_person_items", "办到人次", |row| {
            sum(row.people, |sums| sums.done)
        })
        .with("undone_person_items", "未办到人次", |row| {
            sum(row.people, |sums| sums.undone)
        })
        .with("share", "办到率", |row| {
            row.people
                .map_or(Value::Empty, |sums| Value::share(sums.share))
        })
        .with("score", "得分", |row| {
            row.people
                .map_or(Value::Empty, |sums| Value::share(sums.score))
        })
        .with("worst_item", "最差事项", |row| {
            Value::maybe_text(row.worst().map(|(item, _)| item))
        })
        .with(
            "worst_item_population",
            "最差事项未办到人口",
            |row| {
                row.worst()
                    .map_or(Value::Empty, |(_, people)| Value::people(people))
            },
        )
        .with("steps_saved", "减少环节", |row| {
            row.saved(Saving::Steps)
        })
        .with("papers_saved", "减少材料", |row| {
            row.saved(Saving::Papers)
        })
        .with("days_saved", "减少时限天数", |row| {
            row.saved(Saving::Days)
        })
        .with("indicators_asked", "考核指标数", |row| {
            tasks(row.people.or(row.firms), |tasks| tasks.indicators_asked)
        })
        .with("indicators_met", "达标指标数", |row| {
            tasks(row.people.or(row.firms), |tasks| tasks.indicators_met)
        })
        .with("mark", "综合得分", |row| mark(row.mark()))
        .with("mark_of", "综合得分构成", |row| {
            mark_of(row.mark(), row.study)
        });
    if !on.firms {
        return columns;
    }
    columns
        .with("asked_firm_items", "考核企业件次", |row| {
            sum(row.firms, |sums| sums.asked)
        })
        .with("done_firm_items", "办到企业件次", |row| {
            sum(row.firms, |sums| sums.done)
        })
        .with("undone_firm_items", "未办到企业件次", |row| {
            sum(row.firms, |sums| sums.undone)
        })
        .with("firms_share", "企业办到率", |row| {
            row.firms
                .map_or(Value::Empty, |sums| Value::share(sums.share))
        })
        .with("firms_score", "企业得分", |row| {
            row.firms
                .map_or(Value::Empty, |sums| Value::share(sums.score))
        })
}

impl<'r> Row<'r> {
    /// The asked items that it answers for, those for both once.
    fn items(&self) -> Vec<ItemId> {
        let sides = [self.people, self.firms].into_iter().flatten();
        let mut items: Vec<ItemId> = sides.flat_map(|sums| &sums.items).copied().collect();
        items.sort_unstable();
        items.dedup();
        items
    }

    /// What these items save, before minus now; empty where none states both.
    fn saved(&self, saving: Saving) -> Value<'static> {
        let saved = saved(self.study.catalogue(), &self.items(), saving);
        saved.map_or(Value::Empty, |number| Value::Number(Number::of(number)))
    }

    fn mark(&self) -> Option<&'r Mark> {
        self.people.or(self.firms)?.mark.as_ref()
    }

    /// The item that the most people do not get done, and these.
    fn worst(&self) -> Option<(&'r str, People)> {
        let (item, people) = self.people?.worst?;
        Some((&self.study.catalogue()[item].id, people))
    }
}

/// A sum of people or firms × items; empty where none of them is asked.
fn sum(sums: Option<&Department>, of: impl Fn(&Department) -> u128) -> Value<'static> {
    sums.map_or(Value::Empty, |sums| Value::Number(person_items(of(sums))))
}

/// How many indicators it is asked, or meets.
fn tasks(row: Option<&Department>, of: impl Fn(&Tasks) -> usize) -> Value<'static> {
    row.map_or(Value::Empty, |row| Value::count(of(&row.tasks)))
}
