//! What is doubtful about indicators: days without a day that is asked, kinds and departments that are
//! not there, values that are not known.

use super::wrong::{Wrong, kinds_of};
use crate::model::{Counted, Indicator, IndicatorOf, Measure, Population, Property, Severity};
use crate::read::error::{Place, ReadError, plain};
use crate::read::row_policy::Door;
use crate::words::{Text, text};

/// Where days say since when, a day must be asked.
pub(super) fn check_dates(
    indicator: &Indicator,
    counted: &[Counted<'_>],
    known: &Population<'_>,
    wrong: &Wrong,
) -> Result<(), ReadError> {
    let mut values = counted.iter().map(|one| one.value.property);
    let since = values.find_map(|value| match value {
        Property::Since(since) => Some(since),
        Property::Unknown | Property::Flag(_) | Property::Number(_) => None,
    });
    match since.filter(|_| indicator.day(known.day).is_none()) {
        Some(since) => {
            let expected = text!(
                DayForDates,
                property = &indicator.property,
                since = since.to_string()
            );
            Err(wrong.key("by", expected, text!(WriteByOrDate)))
        }
        None => Ok(()),
    }
}

/// Says which kinds no site is of.
pub(super) fn kinds_nowhere(indicator: &Indicator, known: &Population<'_>, door: &mut Door<'_>) {
    let IndicatorOf::Sites { kinds, .. } = &indicator.of else {
        return;
    };
    let there = kinds_of(known.sites);
    for kind in kinds.iter().filter(|kind| !there.contains(&kind.as_str())) {
        let message = text!(IndicatorKindNowhere, kind = plain(kind));
        let name = &indicator.name;
        door.say(
            Severity::Suspicious,
            "kind-nowhere",
            Place::File,
            name,
            message,
        );
    }
}

/// Says which departments items name and the table lacks.
pub(super) fn missing_departments(
    indicators: &[Indicator],
    known: &Population<'_>,
    door: &mut Door<'_>,
) {
    if !indicators
        .iter()
        .any(|asked| asked.of == IndicatorOf::Departments)
    {
        return;
    }
    for name in known.departments_missing() {
        let message = text!(DepartmentMissing);
        door.say(
            Severity::Suspicious,
            "department-not-listed",
            Place::File,
            name,
            message,
        );
    }
}

/// Says where an indicator counts nothing, or does not know.
pub(super) fn not_counted(indicator: &Indicator, counted: &[Counted<'_>], door: &mut Door<'_>) {
    let unknown = counted.iter().filter(|one| one.value.has.is_none()).count();
    let (code, message) = match (counted.len(), unknown) {
        (0, _) => ("indicator-of-nothing", text!(IndicatorOfNothing)),
        // All is known.
        (_, 0) => return,
        (all, unknown) => ("indicator-not-known", not_known(indicator, unknown, all)),
    };
    door.say(
        Severity::Suspicious,
        code,
        Place::File,
        &indicator.name,
        message,
    );
}

fn not_known(indicator: &Indicator, unknown: usize, all: usize) -> Text {
    let property = &indicator.property;
    match &indicator.measure {
        Measure::Has => text!(
            IndicatorNotKnown,
            property = property,
            unknown = unknown,
            all = all
        ),
        Measure::Within(_) => text!(
            IndicatorNumberNotKnown,
            property = property,
            unknown = unknown,
            all = all
        ),
        Measure::Mean(_) | Measure::Sum(_) | Measure::Ratio { .. } => text!(
            IndicatorLeftOut,
            property = property,
            unknown = unknown,
            all = all
        ),
    }
}
