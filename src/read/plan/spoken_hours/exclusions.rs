//! What a sentence says is closed, or open as usual, beside its times: `法定节假日除外`, `周末休息`,
//! `除周日外`, `全年无休`.

use super::meaning::DaySet;
use super::parser::Part;
use super::refusal::Refusal;

/// What holds whatever the times are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Said {
    /// Closed on these days.
    pub(super) closed: DaySet,
    /// Open on these as on other days.
    pub(super) as_usual: DaySet,
}

/// Takes those statements out of the parts.
///
/// # Errors
/// [`Refusal::Order`] where it is not certain which days or which season they are about.
pub(super) fn taken_out(parts: Vec<Part>) -> Result<(Vec<Part>, Said), Refusal> {
    let seasons = count_seasons(&parts);
    let mut rest: Vec<Part> = Vec::with_capacity(parts.len());
    let mut said = Said::default();
    let mut parts = parts.into_iter();
    while let Some(part) = parts.next() {
        let is_about_all = is_of_all_seasons(&rest, seasons);
        match part {
            Part::Off => said.closed = said.closed.with(last_days(&mut rest)?),
            Part::AsUsual => said.as_usual = said.as_usual.with(last_days(&mut rest)?),
            Part::NeverClosed => said.as_usual = DaySet::WEEK.with(DaySet::HOLIDAYS),
            Part::Except => {
                let inside: Vec<Part> =
                    parts.by_ref().take_while(|p| *p != Part::Outside).collect();
                said.closed = said.closed.with(all_days(&inside)?);
            }
            Part::Outside => return Err(Refusal::Order),
            other => {
                rest.push(other);
                continue;
            }
        }
        // In the midst of the seasons it may be about one of them.
        if !is_about_all {
            return Err(Refusal::Order);
        }
    }
    Ok((rest, said))
}

fn count_seasons(parts: &[Part]) -> usize {
    let seasons = parts.iter().filter(|part| matches!(part, Part::Season(..)));
    seasons.count()
}

/// Whether what stands after these parts is before the first season or after the last one begins.
fn is_of_all_seasons(before: &[Part], seasons: usize) -> bool {
    let begun = count_seasons(before);
    begun == 0 || begun == seasons
}

/// The days right before, taken off: a list joined by 、, or by commas where it is of single days.
fn last_days(rest: &mut Vec<Part>) -> Result<DaySet, Refusal> {
    let Some(Part::Days(mut days)) = rest.pop() else {
        return Err(Refusal::Order);
    };
    let mut is_single = days.is_single();
    loop {
        let (joined, words) = match &rest[..] {
            [.., Part::Days(before), Part::And] => (*before, 2),
            [.., Part::Days(before), Part::Comma] if is_single && before.is_single() => {
                (*before, 2)
            }
            [.., Part::Days(before)] if is_single && before.is_single() => (*before, 1),
            _ => return Ok(days),
        };
        // 9:00-12:00，周二，周三休息: the first of them may be the day of the times.
        let is_loose = rest.last() != Some(&Part::And);
        if is_loose && begins_with_times(rest) {
            return Err(Refusal::Order);
        }
        is_single = joined.is_single();
        days = days.with(joined);
        rest.truncate(rest.len() - words);
    }
}

/// Whether times stand before all days.
fn begins_with_times(parts: &[Part]) -> bool {
    let mut parts = parts.iter();
    let first =
        parts.find(|part| matches!(part, Part::Times(..) | Part::Days(_) | Part::WorkingDays));
    matches!(first, Some(Part::Times(..)))
}

/// The days of a list that holds nothing else.
fn all_days(parts: &[Part]) -> Result<DaySet, Refusal> {
    let mut days = DaySet::NONE;
    for part in parts {
        match part {
            Part::Days(more) => days = days.with(*more),
            Part::And | Part::Comma => {}
            _ => return Err(Refusal::Order),
        }
    }
    if days.is_empty() {
        Err(Refusal::Order)
    } else {
        Ok(days)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{lexer, parser};
    use super::*;

    fn said(sentence: &str) -> Result<(usize, Said), Refusal> {
        let parts = parser::parts(&lexer::words(sentence)?)?;
        let (rest, said) = taken_out(parts)?;
        let days = rest.iter().filter(|part| matches!(part, Part::Days(_)));
        Ok((days.count(), said))
    }

    fn closed(days: DaySet) -> Said {
        Said {
            closed: days,
            ..Said::default()
        }
    }

    #[test]
    fn the_days_right_before_are_closed() {
        let weekend_and_holidays = DaySet::WEEKEND.with(DaySet::HOLIDAYS);
        for (sentence, left, days) in [
            ("周一至周五，节假日除外", 1, DaySet::HOLIDAYS),
            ("周一至周五 周末休息", 1, DaySet::WEEKEND),
            ("周末及节假日休息", 0, weekend_and_holidays),
            ("每天，周六，周日休息", 1, DaySet::WEEKEND),
            ("除周日外每天", 1, DaySet::day(6)),
            ("周一至周五，周六、周日休息", 1, DaySet::WEEKEND),
        ] {
            assert_eq!(said(sentence), Ok((left, closed(days))), "{sentence}");
        }
    }

    #[test]
    fn closed_what_is_not_said() {
        for sentence in [
            "9:00-12:00，周二，周三休息",
            "休息",
            "9:00-12:00休息",
            "除外周日",
            "除9:00-12:00外",
        ] {
            assert_eq!(said(sentence), Err(Refusal::Order), "{sentence}");
        }
    }
}
