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
    // The year goes round: its first day follows its last.
    let changes = |at: &usize| tables[*at] != tables[(at + days.len() - 1) % days.len()];
    let starts: Vec<usize> = (0..days.len()).filter(changes).collect();
    // Seasons are named, and all have the same hours.
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
            // A part ends on the day before the next begins, the last one perhaps after the turn of
            // the year.
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

#[cfg(test)]
mod tests {
    use super::super::meaning::{Holidays, Rule};
    use super::*;

    fn rule(season: Option<[[u8; 2]; 2]>, from: u16) -> Rule {
        let day = |[month, day]: [u8; 2]| MonthDay { month, day };
        Rule {
            season: season.map(|[first, last]| Season {
                first: day(first),
                last: day(last),
            }),
            days: DaySet::WEEK,
            spans: vec![Span { from, until: 720 }],
        }
    }

    /// Where the hours change, as months and days.
    fn cuts(rules: Vec<Rule>) -> Vec<Option<[u8; 4]>> {
        let meaning = Meaning {
            rules,
            holidays: Holidays::Unsaid,
        };
        let ends = |Season { first, last }| [first.month, first.day, last.month, last.day];
        let parts = parts(&meaning).into_iter();
        parts.map(|(season, _)| season.map(ends)).collect()
    }

    #[test]
    fn the_year_is_cut_where_hours_change() {
        let summer = Some([[5, 1], [9, 30]]);
        let winter = Some([[10, 1], [4, 30]]);
        let halves = [Some([5, 1, 9, 30]), Some([10, 1, 4, 30])];
        assert_eq!(cuts(vec![rule(None, 480)]), [None]);
        assert_eq!(cuts(vec![rule(summer, 480), rule(winter, 510)]), halves);
        // What is open in summer alone is closed in winter.
        assert_eq!(cuts(vec![rule(summer, 480)]), halves);
        // Two seasons with the same hours are none.
        assert_eq!(cuts(vec![rule(summer, 480), rule(winter, 480)]), [None]);
    }

    #[test]
    fn two_statements_of_a_minute_clash() {
        let clash = |rules| {
            let holidays = Holidays::Unsaid;
            without_clash(&Meaning { rules, holidays }).is_err()
        };
        let summer = Some([[5, 1], [9, 30]]);
        let late = Some([[9, 30], [10, 1]]);
        assert!(!clash(vec![rule(summer, 480)]));
        assert!(clash(vec![rule(summer, 480), rule(late, 540)]));
        assert!(clash(vec![rule(None, 480), rule(late, 540)]));
    }
}
