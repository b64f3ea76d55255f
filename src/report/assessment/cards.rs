//! `score_cards.csv`: each unit among its siblings.

use std::io;

use super::{joined, mark, mark_of, person_items, unit_id};
use crate::assess::Card;
use crate::model::Study;
use crate::report::column::{Columns, Sink, Value, write};
use crate::report::rules_on::RulesOn;
use crate::run::Results;

/// What a row tells of: a unit's card, and that of its firms.
pub(crate) struct Row<'r> {
    study: &'r Study,
    card: &'r Card,
    firms: Option<&'r Card>,
}

pub(crate) fn write_cards(results: &Results, out: &mut (impl Sink + ?Sized)) -> io::Result<()> {
    let Some(assessment) = &results.assessment else {
        return Ok(());
    };
    let firms = assessment.firms.as_ref();
    let rows = assessment.people.cards.iter().enumerate();
    let rows = rows.map(|(place, card)| Row {
        study: results.study(),
        card,
        // Both have one card a unit, in the same order.
        firms: firms.map(|firms| &firms.cards[place]),
    });
    write(&columns(RulesOn::of(results)), rows, out)
}

/// The columns; those of the firms only where the study says of firms.
pub(crate) fn columns<'r>(on: RulesOn) -> Columns<Row<'r>> {
    let columns = of_tasks(of_sites(of_people(of_unit(Columns::new()))));
    if on.firms {
        with_firms(columns)
    } else {
        columns
    }
}

/// Which unit it is, and how it compares.
fn of_unit(columns: Columns<Row<'_>>) -> Columns<Row<'_>> {
    columns
        .with("unit", "单位编号", |row| Value::text(&row.card.id))
        .with("name", "单位名称", |row| Value::text(&row.card.name))
        .with("parent", "上级单位", |row| {
            Value::text(unit_id(row.study, row.card.parent))
        })
        .with("depth", "层级", |row| Value::count(row.card.depth))
        .with("rank", "名次", |row| Value::maybe_word(row.card.rank))
        .with("ranked", "参排单位数", |row| {
            Value::count(row.card.ranked)
        })
        .with("placing", "首末", |row| {
            Value::Word(placing(row.card).into())
        })
}

/// Whom it is about, and what they lack.
fn of_people(columns: Columns<Row<'_>>) -> Columns<Row<'_>> {
    columns
        .with("population", "人口", |row| Value::people(row.card.people))
        .with("covered_population", "覆盖人口", |row| {
            Value::people(row.card.covered)
        })
        .with("share", "覆盖率", |row| Value::share(row.card.share))
        .with("score", "得分", |row| Value::share(row.card.score))
        .with("left_out", "未覆盖人口", |row| {
            Value::people(row.card.left_out)
        })
        .with("undone_person_items", "未办到人次", |row| {
            Value::Number(person_items(row.card.undone))
        })
        .with("commonest_reason", "主要原因", |row| {
            Value::maybe_word(row.card.reason)
        })
}

/// Its sites, and the item that they do for fewest.
fn of_sites(columns: Columns<Row<'_>>) -> Columns<Row<'_>> {
    columns
        .with("sites", "服务点数", |row| Value::count(row.card.sites))
        .with("sites_within", "含下级服务点数", |row| {
            Value::count(row.card.sites_within)
        })
        .with("worst_item", "最差事项", |row| {
            let item = row.card.worst.map(|(item, _)| &row.study.catalogue()[item]);
            Value::maybe_text(item.map(|item| item.id.as_str()))
        })
        .with(
            "worst_item_population",
            "最差事项未办到人口",
            |row| {
                row.card
                    .worst
                    .map_or(Value::Empty, |(_, people)| Value::people(people))
            },
        )
}

/// What it was to do, and its mark.
fn of_tasks(columns: Columns<Row<'_>>) -> Columns<Row<'_>> {
    columns
        .with("indicators_asked", "考核指标数", |row| {
            Value::count(row.card.tasks.indicators_asked)
        })
        .with("indicators_met", "达标指标数", |row| {
            Value::count(row.card.tasks.indicators_met)
        })
        .with("missed_tasks", "未完成任务", |row| {
            let missed = row.card.tasks.missed.iter();
            joined(&missed.map(|task| &task.name).collect::<Vec<_>>())
        })
        .with("lead", "牵头单位", |row| joined(&row.card.tasks.lead()))
        .with("responsible", "责任单位", |row| {
            joined(&row.card.tasks.responsible())
        })
        .with("mark", "综合得分", |row| mark(row.card.mark.as_ref()))
        .with("mark_of", "综合得分构成", |row| {
            mark_of(row.card.mark.as_ref(), row.study)
        })
        .with("mark_rank", "综合得分名次", |row| {
            Value::maybe_word(row.card.mark.as_ref().and_then(|mark| mark.rank))
        })
}

/// The columns of the firms, which have a rank of their own.
fn with_firms(columns: Columns<Row<'_>>) -> Columns<Row<'_>> {
    columns
        .with("firms", "企业数", |row| {
            row.firms
                .map_or(Value::Empty, |card| Value::people(card.people))
        })
        .with("covered_firms", "覆盖企业数", |row| {
            row.firms
                .map_or(Value::Empty, |card| Value::people(card.covered))
        })
        .with("firms_share", "企业覆盖率", |row| {
            row.firms
                .map_or(Value::Empty, |card| Value::share(card.share))
        })
        .with("firms_score", "企业得分", |row| {
            row.firms
                .map_or(Value::Empty, |card| Value::share(card.score))
        })
        .with("firms_left_out", "未覆盖企业数", |row| {
            row.firms
                .map_or(Value::Empty, |card| Value::people(card.left_out))
        })
        .with("firms_rank", "企业名次", |row| {
            Value::maybe_word(row.firms.and_then(|card| card.rank))
        })
        .with("undone_firm_items", "未办到企业件次", |row| {
            row.firms.map_or(Value::Empty, |card| {
                Value::Number(person_items(card.undone))
            })
        })
        .with("firms_worst_item", "企业最差事项", |row| {
            let worst = row.firms.and_then(|card| card.worst);
            let item = worst.map(|(item, _)| &row.study.catalogue()[item]);
            Value::maybe_text(item.map(|item| item.id.as_str()))
        })
}

/// Whether the unit is the first or the last among its siblings.
const fn placing(card: &Card) -> &'static str {
    if card.first {
        "first"
    } else if card.last {
        "last"
    } else {
        ""
    }
}
