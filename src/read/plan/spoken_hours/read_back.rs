//! An OSM form held against the meaning that it was made of, day by day.

use std::sync::Arc;

use chrono::{Days, NaiveDate};
use opening_hours::localization::Localize;
use opening_hours::{Context, ContextHolidays, OpeningHours, RuleKind};

use super::meaning::{Meaning, Span};
use super::year;

/// Mondays of weeks that have something: a 29th of February, May Day and National Day with the days
/// off round them, a summer and two winters without.
const MONDAYS: [(i32, u32, u32); 6] = [
    (2024, 2, 26),
    (2024, 4, 29),
    (2024, 7, 8),
    (2024, 9, 30),
    (2024, 12, 30),
    (2025, 2, 24),
];

/// The holidays of those weeks.
const HOLIDAYS: [(i32, u32, u32, u64); 3] = [(2024, 5, 1, 5), (2024, 10, 1, 7), (2025, 1, 1, 1)];

/// Whether hours mean the same as a sentence: in six weeks with and without holidays, on the days
/// round the ends of the sentence's seasons, and on the days of the study's own week.
pub(crate) fn means_the_same<L: Localize>(
    meaning: &Meaning,
    hours: &OpeningHours<L>,
    (days, context): (&[NaiveDate], &Context),
) -> bool {
    let fixed = fixed_context();
    let fixed_days = days_to_hold(meaning);
    agree(meaning, hours, (days, context)) && agree(meaning, hours, (&fixed_days, &fixed))
}

fn agree<L: Localize>(
    meaning: &Meaning,
    hours: &OpeningHours<L>,
    (days, context): (&[NaiveDate], &Context),
) -> bool {
    let holidays = context.holidays.get_public();
    let hours = hours.clone().with_context(context.clone());
    days.iter().all(|&day| {
        let said = meaning.open_on(day, holidays.contains(day));
        joined(said) == joined(open_on(&hours, day))
    })
}

/// The spans of a day in which hours are open.
fn open_on<L: Localize>(hours: &OpeningHours<L>, day: NaiveDate) -> Vec<Span> {
    let parts = hours.schedule_at(day).into_iter();
    let open = parts.filter(|part| part.kind != RuleKind::Closed);
    let spans = open.map(|part| Span {
        from: part.range.start.mins_from_midnight(),
        until: part.range.end.mins_from_midnight(),
    });
    spans.collect()
}

/// Spans that touch are one.
fn joined(spans: Vec<Span>) -> Vec<Span> {
    let mut all: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        match all.last_mut() {
            Some(last) if last.until == span.from => last.until = span.until,
            _ => all.push(span),
        }
    }
    all
}

fn date((year, month, day): (i32, u32, u32)) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year, month, day)
}

fn fixed_context() -> Context {
    let off = HOLIDAYS.into_iter().flat_map(|(year, month, day, count)| {
        let first = date((year, month, day));
        (0..count).filter_map(move |more| first?.checked_add_days(Days::new(more)))
    });
    let public = Arc::new(off.collect());
    Context::default().with_holidays(ContextHolidays::new(public, Arc::default()))
}

/// The days on which an OSM form is held against its meaning, beside those of the study's week.
fn days_to_hold(meaning: &Meaning) -> Vec<NaiveDate> {
    let mut days = Vec::new();
    for monday in MONDAYS.into_iter().filter_map(date) {
        days.extend((0..7).filter_map(|day| monday.checked_add_days(Days::new(day))));
    }
    for (season, _) in year::parts(meaning) {
        let ends = season.map(|season| [season.first, season.last]);
        for end in ends.into_iter().flatten() {
            let [month, day] = [end.month, end.day].map(u32::from);
            for end in [2024, 2025]
                .into_iter()
                .filter_map(|year| date((year, month, day)))
            {
                // A season that begins or ends a day off shows at its ends alone.
                days.extend(
                    [end.pred_opt(), Some(end), end.succ_opt()]
                        .into_iter()
                        .flatten(),
                );
            }
        }
    }
    days
}
