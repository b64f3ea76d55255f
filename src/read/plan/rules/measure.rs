//! What an indicator makes of a property: a share, a mean, a sum or a ratio, with its limits.

use super::wrong::Wrong;
use crate::model::{Decimal, Limits, Measure};
use crate::read::error::ReadError;
use crate::read::listed::listed;
use crate::words::text;

/// What of an indicator's table says it, as written.
pub(super) struct MeasureKeys<'t> {
    pub measure: Option<&'t str>,
    pub out_of: Option<&'t str>,
    pub at_least: Option<f64>,
    pub at_most: Option<f64>,
    pub target: Option<f64>,
}

/// The word for a share.
pub(super) const SHARE: &str = "share";
const MEASURES: [&str; 4] = [SHARE, "mean", "sum", "ratio"];

/// What is made of the property.
pub(super) fn measure(table: &MeasureKeys<'_>, wrong: &Wrong) -> Result<Measure, ReadError> {
    let usual = if table.out_of.is_some() {
        "ratio"
    } else {
        SHARE
    };
    let word = table.measure.unwrap_or(usual);
    if !MEASURES.contains(&word) {
        let found = ("measure", word);
        let expected = text!(TheseWords, words = listed(MEASURES));
        return Err(wrong.unknown_of(found, expected, &MEASURES));
    }
    let limits = limits(table, wrong)?;
    if let Some(out_of) = table.out_of {
        return ratio(table, word, out_of, limits, wrong);
    }
    match word {
        "ratio" => Err(wrong.key("out_of", text!(ColumnOfTheWhole), text!(WriteOutOf))),
        SHARE if limits.is_none() => Ok(Measure::Has),
        SHARE => Ok(Measure::Within(limits)),
        // A mean or a sum has limits instead of a target.
        _ if table.target.is_some() => {
            let expected = text!(NoTargetWithMeasure, measure = word);
            Err(wrong.key("target", expected, text!(WriteLimit)))
        }
        "mean" => Ok(Measure::Mean(limits)),
        _ => Ok(Measure::Sum(limits)),
    }
}

/// A ratio, whose target is the least that it should be.
fn ratio(
    table: &MeasureKeys<'_>,
    word: &str,
    out_of: &str,
    limits: Limits,
    wrong: &Wrong,
) -> Result<Measure, ReadError> {
    if word != "ratio" {
        let expected = text!(NoOutOfWithMeasure, measure = word);
        return Err(wrong.key("out_of", expected, text!(RemoveOrRatio)));
    }
    let target = table.target.map(|target| decimal("target", target, wrong));
    let target = target.transpose()?;
    // The target of a ratio is its least: both keys would say the same.
    if target.is_some() && limits.at_least.is_some() {
        let expected = text!(NotBothKeys, first = "target", second = "at_least");
        return Err(wrong.key("at_least", expected, text!(LeaveOneOut)));
    }
    Ok(Measure::Ratio {
        out_of: out_of.to_owned(),
        limits: Limits {
            at_least: target.or(limits.at_least),
            ..limits
        },
    })
}

fn limits(table: &MeasureKeys<'_>, wrong: &Wrong) -> Result<Limits, ReadError> {
    let read = |key, value: Option<f64>| value.map(|value| decimal(key, value, wrong)).transpose();
    let limits = Limits {
        at_least: read("at_least", table.at_least)?,
        at_most: read("at_most", table.at_most)?,
    };
    // Nothing lies above the most.
    if let (Some(least), Some(most)) = (limits.at_least, limits.at_most)
        && least > most
    {
        let found = ("at_least", &*least.to_string());
        let expected = text!(AtMostTheOther, most = most.to_string());
        return Err(wrong.value(found, expected, text!(ChangeNumber)));
    }
    Ok(limits)
}

fn decimal(key: &str, value: f64, wrong: &Wrong) -> Result<Decimal, ReadError> {
    let within = wrong.between(key, value, [-Decimal::MOST, Decimal::MOST])?;
    Ok(Decimal::of(within).unwrap_or_default())
}
