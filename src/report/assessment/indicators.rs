//! `indicators.csv` and `indicator_members.csv`: how far each indicator is met, and who counts.

use std::io;

use super::{unit_id, yes_no};
use crate::model::{IndicatorOf, Study};
use crate::report::atomic::Out;
use crate::report::csv::Table;
use crate::report::number::Number;
use crate::score::IndicatorResult;

const HEAD: [&str; 11] = [
    "indicator",
    "of",
    "property",
    "by",
    "count",
    "has",
    "unknown",
    "share",
    "target",
    "met",
    "short_by",
];
const MEMBERS: [&str; 5] = ["indicator", "id", "name", "unit", "has"];

pub(super) fn write(indicators: &[IndicatorResult<'_>], out: &mut dyn Out) -> io::Result<()> {
    let mut table = Table::with_head(HEAD)?;
    for result in indicators {
        let of = if matches!(result.indicator.of, IndicatorOf::Items(_)) {
            "items"
        } else {
            "sites"
        };
        table.text(&result.indicator.name)?;
        table.show(of)?;
        table.text(&result.indicator.property)?;
        table.maybe(result.indicator.by)?;
        table.show(result.denominator.len())?;
        table.show(result.numerator().count())?;
        table.show(
            result
                .denominator
                .iter()
                .filter(|member| member.has.is_none())
                .count(),
        )?;
        table.maybe(Number::share(result.share))?;
        table.maybe(result.indicator.target.map(Number::part))?;
        table.maybe(result.met.map(yes_no))?;
        table.show(result.short_by)?;
        table.end_row()?;
    }
    out.write_all(&table.into_bytes()?)
}

pub(super) fn write_members(
    study: &Study,
    indicators: &[IndicatorResult<'_>],
    out: &mut dyn Out,
) -> io::Result<()> {
    let mut table = Table::with_head(MEMBERS)?;
    for result in indicators {
        for member in &result.denominator {
            table.text(&result.indicator.name)?;
            table.text(member.id)?;
            table.text(member.name)?;
            table.text(unit_id(study, member.unit))?;
            table.maybe(member.has.map(yes_no))?;
            table.end_row()?;
        }
    }
    out.write_all(&table.into_bytes()?)
}
