//! The year cut where the hours change.

use super::meaning::{DaySet, Meaning, MonthDay, Season, Span};
use super::refusal::Refusal;
use super::seasons::MONTH_DAYS;

/// The times of each day of the week and, last, of holidays.
pub(super) type Table = [Vec<Span>; 8];

/// The days of a leap year.
fn days() -> Vec<MonthDay> {
    let months = (1..).zip(MONTH_DAYS);
    months
        .flat_map(|(month, days)| (1..=days).map(move |day| MonthDay { month, day }))
        .collect()
}

/// The hours of a week on that day of the year.
fn table(meaning: &Meaning, day: MonthDay) -> Table {
    std::array::from_fn(|kind| meaning.spans_of(DaySet(1 << kind), day))
}

/// The parts of the year with their hours, in order; one without dates where all are the same.
pub(super) fn parts(meaning: &Meaning) -> Vec<(Option<Season>, Table)> {
    if meaning.rules.iter().all(|rule| rule.season.is_none()) {
        let any = MonthDay { month: 1, day: 1 };
        return vec![(None, table(meaning, any))];
    }
    let days = days();
    let tables: Vec<Table> = days.iter().map(|day| table(meaning, *day)).collect();
    let changes = |at: &usize| tables[*at] != tables[(at + days.len() - 1) % days.len()];
    let starts: Vec<usize> = (0..days.len()).filter(changes).collect();
    if starts.is_empty() {
        return tables
            .into_iter()
            .take(1)
            .map(|table| (None, table))
            .collect();
    }
    let nexts = starts.iter().cycle().skip(1);
    let parts = starts.iter().zip(nexts).map(|(&start, &next)| {
        let season = Season {
            first: days[start],
            last: days[(next + days.len() - 1) % days.len()],
        };
        (Some(season), tables[start].clone())
    });
    parts.collect()
}

/// Refuses what says two things of the same minute.
///
/// # Errors
/// [`Refusal::Clash`].
pub(super) fn without_clash(meaning: &Meaning) -> Result<(), Refusal> {
    for (_, table) in parts(meaning) {
        for spans in table {
            if spans.windows(2).any(|pair| pair[1].from < pair[0].until) {
                return Err(Refusal::Clash);
            }
        }
    }
    Ok(())
}
