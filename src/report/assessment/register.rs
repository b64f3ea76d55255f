//! `site_items.csv`, `level_items.csv` and `delegations.csv`: the published lists, and the register
//! of entrustment papers.

use std::io;

use crate::assess::register::{Gap, LevelItem, Paper, SiteItem, level_items, papers, site_items};
use crate::ids::UnitId;
use crate::model::{ItemReach, Site, Study};
use crate::report::column::{Columns, Sink, Value, write, write_many};

pub(crate) type SiteRow<'r> = (&'r Study, SiteItem);
pub(crate) type LevelRow<'r> = (&'r Study, LevelItem);
pub(crate) type PaperRow<'r> = (&'r Study, Paper<'r>);

pub(crate) fn write_site_items(study: &Study, out: &mut (impl Sink + ?Sized)) -> io::Result<()> {
    let rows = site_items(study);
    write_many(&site_columns(), rows.len(), |row| (study, rows[row]), out)
}

pub(crate) fn site_columns<'r>() -> Columns<SiteRow<'r>> {
    Columns::<SiteRow<'r>>::new()
        .with("site", "服务点编号", |row| Value::text(&site(row).id))
        .with("site_name", "服务点", |row| Value::text(&site(row).name))
        .with("kind", "类型", |row| Value::text(&site(row).kind))
        .with("unit", "单位编号", |row| unit(row.0, site(row).unit))
        .with("item", "事项编号", |(study, row)| {
            Value::text(&study.catalogue()[row.item].id)
        })
        .with("item_name", "事项", |(study, row)| {
            Value::text(&study.catalogue()[row.item].name)
        })
        .with("steps", "环节", |(_, row)| Value::word(row.offer.steps))
        .with("way", "办理方式", |(_, row)| Value::word(row.way))
        .with("reach", "通办范围", |(study, row)| {
            let of_item = study.catalogue()[row.item].reach;
            Value::Word(reach(row.offer.reach.unwrap_or(of_item)).into())
        })
        .with("hours", "开放时间", |row| {
            Value::maybe_word(site(row).hours.as_deref())
        })
        .with("from", "起始日期", |(_, row)| {
            Value::maybe_word(row.offer.from)
        })
        .with("until", "截止日期", |(_, row)| {
            Value::maybe_word(row.offer.until)
        })
        .with("valid", "当日有效", |(_, row)| {
            Value::maybe_flag(row.valid)
        })
}

fn site<'r>((study, row): &SiteRow<'r>) -> &'r Site {
    &study.sites()[row.offer.site]
}

fn unit(study: &Study, unit: Option<UnitId>) -> Value<'_> {
    Value::text(super::unit_id(study, unit))
}

/// The word for whom an item is handled for, as the items table writes it.
const fn reach(reach: ItemReach) -> &'static str {
    match reach {
        ItemReach::OwnUnit => "own-unit",
        ItemReach::Anywhere => "anywhere",
    }
}

pub(crate) fn write_level_items(study: &Study, out: &mut (impl Sink + ?Sized)) -> io::Result<()> {
    let rows = level_items(study).into_iter();
    write(&level_columns(), rows.map(|row| (study, row)), out)
}

pub(crate) fn level_columns<'r>() -> Columns<LevelRow<'r>> {
    Columns::<LevelRow<'r>>::new()
        .with("level", "层级", |(_, row)| {
            row.level.number().map_or(Value::Empty, Value::count)
        })
        .with("level_name", "层级名称", |(_, row)| {
            Value::Word(row.level.word().into())
        })
        .with("item", "事项编号", |(study, row)| {
            Value::text(&study.catalogue()[row.item].id)
        })
        .with("item_name", "事项", |(study, row)| {
            Value::text(&study.catalogue()[row.item].name)
        })
        .with("sites", "可办服务点数", |(_, row)| {
            Value::count(row.sites)
        })
        .with("sites_whole", "全程可办服务点数", |(_, row)| {
            Value::count(row.sites_whole)
        })
        .with("sites_all", "服务点总数", |(_, row)| {
            Value::count(row.sites_all)
        })
        .with("steps", "环节", |(_, row)| Value::word(row.steps))
}

pub(crate) fn write_delegations(study: &Study, out: &mut (impl Sink + ?Sized)) -> io::Result<()> {
    let rows = papers(study).into_iter();
    write(&delegation_columns(), rows.map(|row| (study, row)), out)
}

pub(crate) fn delegation_columns<'r>() -> Columns<PaperRow<'r>> {
    Columns::<PaperRow<'r>>::new()
        .with("site", "服务点编号", |(study, row)| {
            Value::text(&study.sites()[row.delegation.site].id)
        })
        .with("site_name", "服务点", |(study, row)| {
            Value::text(&study.sites()[row.delegation.site].name)
        })
        .with("unit", "单位编号", |(study, row)| {
            unit(study, study.sites()[row.delegation.site].unit)
        })
        .with("item", "事项编号", |(study, row)| {
            Value::text(&study.catalogue()[row.delegation.item].id)
        })
        .with("item_name", "事项", |(study, row)| {
            Value::text(&study.catalogue()[row.delegation.item].name)
        })
        .with("department", "部门", |(study, row)| {
            Value::Text(study.catalogue()[row.delegation.item].department().into())
        })
        .with("steps", "环节", |(_, row)| {
            Value::word(row.delegation.steps)
        })
        .with("paper", "委托书", |(_, row)| {
            Value::text(&row.delegation.paper)
        })
        .with("from", "起始日期", |(_, row)| {
            Value::maybe_word(row.delegation.from)
        })
        .with("until", "截止日期", |(_, row)| {
            Value::maybe_word(row.delegation.until)
        })
        .with("state", "状态", |(_, row)| {
            Value::Word(row.state.word().into())
        })
        .with("days_left", "剩余天数", |(_, row)| {
            Value::maybe_word(row.days_left)
        })
        .with("next_from", "下一份起始日期", |(_, row)| {
            Value::maybe_word(row.next_from)
        })
        .with("gap_from", "空档起始日期", |(_, row)| {
            Value::maybe_word(row.gap.map(|gap| gap.from))
        })
        .with("gap_until", "空档截止日期", |(_, row)| {
            Value::maybe_word(row.gap.map(|gap| gap.until))
        })
        .with("gap_days", "空档天数", |(_, row)| {
            Value::maybe_word(row.gap.map(Gap::days))
        })
}
