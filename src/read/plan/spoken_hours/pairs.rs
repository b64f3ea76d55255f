//! Times and the days that they go with: before them throughout, after them throughout, or after them
//! in brackets.

use super::meaning::{DaySet, Span};
use super::refusal::Refusal;

/// Days or times that stand together.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Run {
    /// Days, and whether they are in brackets.
    Days(DaySet, bool),
    Times(Times),
}

/// Times that stand together.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Times {
    pub(super) spans: Vec<Span>,
    /// Whether they are 全天, which of named days is a day's work.
    pub(super) is_whole_day: bool,
    /// Whether each says of which part of the day it is.
    pub(super) says_part: bool,
}

/// Whether there are times among the runs.
pub(super) fn has_times(runs: &[Run]) -> bool {
    runs.iter().any(|run| matches!(run, Run::Times(_)))
}

/// Days after the runs so far: more of the last days, or a run of their own.
pub(super) fn add_days(runs: &mut Vec<Run>, days: DaySet, is_inside: bool) {
    match runs.last_mut() {
        Some(Run::Days(last, inside)) if *inside == is_inside => *last = last.with(days),
        _ => runs.push(Run::Days(days, is_inside)),
    }
}

/// Times after the runs so far.
pub(super) fn add_times(runs: &mut Vec<Run>, more: Times) {
    if let Some(Run::Times(times)) = runs.last_mut() {
        // 全天24小时 says it twice.
        let is_twice = more.spans == [Span::DAY] && times.spans == [Span::DAY];
        times.is_whole_day &= more.is_whole_day;
        times.says_part &= more.says_part;
        times
            .spans
            .extend(more.spans.into_iter().filter(|_| !is_twice));
    } else {
        runs.push(Run::Times(more));
    }
}

/// Times with their days, if those are named.
pub(super) type Pair = (Option<DaySet>, Times);

/// The runs of a block, two by two.
pub(super) fn pairs(runs: &[Run]) -> Result<Vec<Pair>, Refusal> {
    // Times alone hold on all days.
    if let [Run::Times(times)] = runs {
        return Ok(vec![(None, times.clone())]);
    }
    let mut pairs = Vec::new();
    let mut rest = runs;
    while let [first, second, more @ ..] = rest {
        let pair = match (first, second) {
            (Run::Days(days, _), Run::Times(times)) => (*days, times.clone()),
            (Run::Times(times), Run::Days(days, is_inside)) => {
                // Without brackets the days may as well be those of the times after them.
                if !is_inside && !is_days_last(runs) {
                    return Err(Refusal::Order);
                }
                (*days, times.clone())
            }
            // Two runs of days: one of them in brackets.
            _ => return Err(Refusal::Order),
        };
        // Days in brackets after days and times may be of those times, too.
        let is_doubled = matches!(
            (first, more),
            (Run::Days(_, false), [Run::Days(_, true), ..])
        );
        if is_doubled {
            return Err(Refusal::Order);
        }
        pairs.push((Some(pair.0), pair.1));
        rest = more;
    }
    if rest.is_empty() {
        Ok(pairs)
    } else {
        Err(Refusal::Order)
    }
}

/// Whether times and days alternate, the times first and the days last.
fn is_days_last(runs: &[Run]) -> bool {
    runs.len().is_multiple_of(2)
        && runs
            .chunks(2)
            .all(|pair| matches!(pair, [Run::Times(_), Run::Days(..)]))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Runs of days (`d`, in brackets `D`) and times (`t`), and which days each time has, if they go
    /// together.
    fn paired(pattern: &str) -> Option<String> {
        let mut runs = Vec::new();
        for (day, sign) in (0..).zip(pattern.chars()) {
            runs.push(match sign {
                't' => Run::Times(Times::default()),
                sign => Run::Days(DaySet::day(day), sign == 'D'),
            });
        }
        let pairs = pairs(&runs).ok()?;
        let days = |(days, _): &Pair| days.map_or("-".to_owned(), |days| days.0.to_string());
        Some(pairs.iter().map(days).collect::<Vec<_>>().join(" "))
    }

    #[test]
    fn days_go_with_the_times_that_are_certain() {
        for (pattern, right) in [
            ("t", Some("-")),
            ("dt", Some("1")),
            ("td", Some("2")),
            ("dtdt", Some("1 4")),
            ("tdtd", Some("2 8")),
            ("tD", Some("2")),
            ("tDtD", Some("2 8")),
            ("tDdt", Some("2 4")),
            ("DtDt", Some("1 4")),
            ("d", None),
            ("tdt", None),
            ("dtd", None),
            ("dtD", None),
            ("dtDt", None),
            ("tddt", None),
            ("tDt", None),
        ] {
            assert_eq!(paired(pattern).as_deref(), right, "{pattern}");
        }
    }
}
