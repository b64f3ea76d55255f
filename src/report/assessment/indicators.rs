//! `indicators.csv`, `indicator_units.csv` and `indicator_members.csv`: how far each indicator is met,
//! in which unit, and who counts.

use std::io;

use super::{joined, unit_id};
use crate::model::{Decimal, Indicator, Measure, Property, Study};
use crate::report::column::{Columns, Sink, Value, write};
use crate::report::number::Number;
use crate::score::{IndicatorResult, Member, UnitIndicator};

pub(crate) fn write_indicators(
    indicators: &[IndicatorResult],
    out: &mut (impl Sink + ?Sized),
) -> io::Result<()> {
    write(&columns(), indicators, out)
}

pub(crate) fn columns<'r>() -> Columns<&'r IndicatorResult> {
    Columns::<&'r IndicatorResult>::new()
        .with("indicator", "指标", |row| {
            Value::text(&row.indicator.name)
        })
        .with("of", "对象", |row| {
            Value::Word(row.indicator.of.word().into())
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
        .with("short_by", "还差数", |row| {
            short_by(&row.indicator, row.short_by, row.short_of)
        })
        .with("measure", "算法", |row| {
            Value::Word(row.indicator.measure.word().into())
        })
        .with("out_of", "除以", |row| match &row.indicator.measure {
            Measure::Ratio { out_of, .. } => Value::text(out_of),
            Measure::Has | Measure::Within(_) | Measure::Mean(_) | Measure::Sum(_) => Value::Empty,
        })
        .with("at_least", "不低于", |row| {
            let limits = row.indicator.measure.limits();
            Value::maybe(limits.at_least.map(Number::decimal))
        })
        .with("at_most", "不高于", |row| {
            let limits = row.indicator.measure.limits();
            Value::maybe(limits.at_most.map(Number::decimal))
        })
        .with("value", "数值", |row| {
            Value::maybe(row.value.map(Number::of))
        })
        .with("lead", "牵头单位", |row| {
            Value::text(&row.indicator.charge.lead)
        })
        .with("responsible", "责任单位", |row| {
            joined(&row.indicator.charge.responsible)
        })
}

/// How many are lacking of a share, or how far a number lies from its limit.
fn short_by(indicator: &Indicator, members: usize, number: Decimal) -> Value<'static> {
    if indicator.measure.is_share() {
        Value::count(members)
    } else {
        Value::Number(Number::decimal(number))
    }
}

/// What a row of the units tells of.
pub(crate) struct UnitRow<'r> {
    study: &'r Study,
    indicator: &'r Indicator,
    row: &'r UnitIndicator,
}

pub(crate) fn write_units(
    study: &Study,
    indicators: &[IndicatorResult],
    out: &mut (impl Sink + ?Sized),
) -> io::Result<()> {
    let rows = indicators.iter().flat_map(|result| {
        result.units.iter().map(move |row| UnitRow {
            study,
            indicator: &result.indicator,
            row,
        })
    });
    write(&unit_columns(), rows, out)
}

pub(crate) fn unit_columns<'r>() -> Columns<UnitRow<'r>> {
    Columns::<UnitRow<'r>>::new()
        .with("indicator", "指标", |row| {
            Value::text(&row.indicator.name)
        })
        .with("unit", "单位编号", |row| {
            Value::text(&row.study.units()[row.row.unit].id)
        })
        .with("name", "单位名称", |row| {
            Value::text(&row.study.units()[row.row.unit].name)
        })
        .with("counted", "总数", |row| Value::count(row.row.counted))
        .with("has", "具备数", |row| Value::count(row.row.has))
        .with("share", "占比", |row| Value::share(row.row.share))
        .with("value", "数值", |row| {
            Value::maybe(row.row.value.map(Number::of))
        })
        .with("met", "达标", |row| Value::maybe_flag(row.row.met))
        .with("short_by", "还差数", |row| {
            short_by(row.indicator, row.row.short_by, row.row.short_of)
        })
}

/// What a row of the members tells of.
pub(crate) struct MemberRow<'r> {
    study: &'r Study,
    indicator: &'r str,
    member: &'r Member,
}

pub(crate) fn write_members(
    study: &Study,
    indicators: &[IndicatorResult],
    out: &mut (impl Sink + ?Sized),
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
        .with("value", "数值", |row| match row.member.value.property {
            Property::Number(number) => Value::Number(Number::decimal(number)),
            Property::Since(since) => Value::word(since),
            Property::Unknown | Property::Flag(_) => Value::Empty,
        })
        .with("out_of", "除以", |row| {
            Value::maybe(row.member.value.out_of.map(Number::decimal))
        })
}
