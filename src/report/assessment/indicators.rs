//! `indicators.csv` and `indicator_members.csv`: how far each indicator is met, and who counts.

use std::io;

use super::unit_id;
use crate::model::{IndicatorOf, Study};
use crate::report::column::{Columns, Value, write};
use crate::report::number::Number;
use crate::report::out::Out;
use crate::score::{IndicatorResult, Member};

pub(super) fn write_indicators(
    indicators: &[IndicatorResult],
    out: &mut dyn Out,
) -> io::Result<()> {
    write(&columns(), indicators, out)
}

pub(crate) fn columns<'r>() -> Columns<&'r IndicatorResult> {
    Columns::<&'r IndicatorResult>::new()
        .with("indicator", "指标", |row| {
            Value::text(&row.indicator.name)
        })
        .with("of", "对象", |row| {
            Value::Word(match row.indicator.of {
                IndicatorOf::Items(_) => "items".into(),
                IndicatorOf::Sites { .. } => "sites".into(),
            })
        })
        .with("property", "属性", |row| {
            Value::text(&row.indicator.property)
        })
        .with("by", "日期", |row| Value::maybe_word(row.indicator.by))
        .with("count", "总数", |row| Value::count(row.denominator.len()))
        .with("has", "具备数", |row| {
            Value::count(row.numerator().count())
        })
        .with("unknown", "不明数", |row| {
            let unknown = row.denominator.iter().filter(|member| member.has.is_none());
            Value::count(unknown.count())
        })
        .with("share", "占比", |row| Value::share(row.share))
        .with("target", "目标", |row| {
            Value::maybe(row.indicator.target.map(Number::part))
        })
        .with("met", "达标", |row| Value::maybe_flag(row.met))
        .with("short_by", "还差数", |row| Value::count(row.short_by))
}

/// What a row of the members tells of.
pub(crate) struct MemberRow<'r> {
    study: &'r Study,
    indicator: &'r str,
    member: &'r Member,
}

pub(super) fn write_members(
    study: &Study,
    indicators: &[IndicatorResult],
    out: &mut dyn Out,
) -> io::Result<()> {
    let rows = indicators.iter().flat_map(|result| {
        result.denominator.iter().map(move |member| MemberRow {
            study,
            indicator: &result.indicator.name,
            member,
        })
    });
    write(&member_columns(), rows, out)
}

pub(crate) fn member_columns<'r>() -> Columns<MemberRow<'r>> {
    Columns::<MemberRow<'r>>::new()
        .with("indicator", "指标", |row| Value::text(row.indicator))
        .with("id", "编号", |row| Value::text(&row.member.id))
        .with("name", "名称", |row| Value::text(&row.member.name))
        .with("unit", "单位编号", |row| {
            Value::text(unit_id(row.study, row.member.unit))
        })
        .with("has", "具备", |row| Value::maybe_flag(row.member.has))
}
