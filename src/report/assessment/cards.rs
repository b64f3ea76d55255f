//! `score_cards.csv`: each unit among its siblings.

use std::io;

use super::{joined, mark, mark_of, person_items, unit_id};
use crate::assess::Card;
use crate::model::Study;
use crate::report::column::{Columns, Value, write};
use crate::report::out::Out;

pub(crate) type Row<'r> = (&'r Study, &'r Card);

pub(super) fn write_cards(study: &Study, cards: &[Card], out: &mut dyn Out) -> io::Result<()> {
    write(&columns(), cards.iter().map(|card| (study, card)), out)
}

pub(crate) fn columns<'r>() -> Columns<Row<'r>> {
    Columns::<Row<'r>>::new()
        .with("unit", "单位编号", |(_, card)| Value::text(&card.id))
        .with("name", "单位名称", |(_, card)| Value::text(&card.name))
        .with("parent", "上级单位", |(study, card)| {
            Value::text(unit_id(study, card.parent))
        })
        .with("depth", "层级", |(_, card)| Value::count(card.depth))
        .with("rank", "名次", |(_, card)| Value::maybe_word(card.rank))
        .with("ranked", "参排单位数", |(_, card)| {
            Value::count(card.ranked)
        })
        .with("placing", "首末", |(_, card)| {
            Value::Word(placing(card).into())
        })
        .with("population", "人口", |(_, card)| {
            Value::people(card.people)
        })
        .with("covered_population", "覆盖人口", |(_, card)| {
            Value::people(card.covered)
        })
        .with("share", "覆盖率", |(_, card)| Value::share(card.share))
        .with("score", "得分", |(_, card)| Value::share(card.score))
        .with("left_out", "未覆盖人口", |(_, card)| {
            Value::people(card.left_out)
        })
        .with("undone_person_items", "未办到人次", |(_, card)| {
            Value::Number(person_items(card.undone))
        })
        .with("commonest_reason", "主要原因", |(_, card)| {
            Value::maybe_word(card.reason)
        })
        .with("sites", "服务点数", |(_, card)| {
            Value::count(card.sites)
        })
        .with("sites_within", "含下级服务点数", |(_, card)| {
            Value::count(card.sites_within)
        })
        .with("worst_item", "最差事项", |(study, card)| {
            let item = card.worst.map(|(item, _)| &study.catalogue()[item]);
            Value::maybe_text(item.map(|item| item.id.as_str()))
        })
        .with(
            "worst_item_population",
            "最差事项未办到人口",
            |(_, card)| {
                card.worst
                    .map_or(Value::Empty, |(_, people)| Value::people(people))
            },
        )
        .with("indicators_asked", "考核指标数", |(_, card)| {
            Value::count(card.tasks.indicators_asked)
        })
        .with("indicators_met", "达标指标数", |(_, card)| {
            Value::count(card.tasks.indicators_met)
        })
        .with("missed_tasks", "未完成任务", |(_, card)| {
            let missed = card.tasks.missed.iter();
            joined(&missed.map(|task| &task.name).collect::<Vec<_>>())
        })
        .with("lead", "牵头单位", |(_, card)| {
            joined(&card.tasks.lead())
        })
        .with("responsible", "责任单位", |(_, card)| {
            joined(&card.tasks.responsible())
        })
        .with("mark", "综合得分", |(_, card)| mark(card.mark.as_ref()))
        .with("mark_of", "综合得分构成", |(study, card)| {
            mark_of(card.mark.as_ref(), study)
        })
        .with("mark_rank", "综合得分名次", |(_, card)| {
            Value::maybe_word(card.mark.as_ref().and_then(|mark| mark.rank))
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
