//! The week hour by hour: the share of those who get everything done, leaving in that hour.

use maud::{Markup, html};

use super::colours;
use super::subject::Subject;
use crate::report::layout::percent;
use crate::report::number::Number;
use crate::report::tables::week::start_of;
use crate::report::words::day;
use crate::score::WeekProfile;
use crate::words::{Text, text};

/// The hours of a day.
const DAY: usize = 24;

/// The week of the people and that of the firms; nothing where the study asks for no hours.
pub(super) fn section(subject: &Subject<'_>) -> Markup {
    let told = &subject.results.breakdown;
    html! {
        @if told.week.is_some() || told.firm_week.is_some() {
            section #week {
                h2 { (subject.say(&text!(PageWeek))) }
                p.soft { (subject.say(&text!(PageWeekHelp))) }
                @if let Some(week) = &told.week { (table(subject, week, &text!(PageHeadPeople))) }
                @if let Some(week) = &told.firm_week { (table(subject, week, &text!(PageHeadFirms))) }
            }
        }
    }
}

fn table(subject: &Subject<'_>, week: &WeekProfile, whose: &Text) -> Markup {
    html! {
        h3 { (subject.say(whose)) }
        div.scroll { table.week {
            thead { tr { th {} @for hour in 0..DAY { th { (hour) } } } }
            tbody { @for first in (0..7).map(|day| day * DAY) { tr {
                th { @if let Some(minute) = start_of(first) { (subject.say(&day(minute))) } }
                @for hour in first..first + DAY { (field(week, hour)) }
            } } }
        } }
    }
}

/// One hour, its share rounded to a whole percentage: 100 only when it is all, 0 only when it is nothing.
fn field(week: &WeekProfile, hour: usize) -> Markup {
    let share = week.total().share(hour);
    let Some(value) = share.value() else {
        return html! { td { "–" } };
    };
    let exact = percent(Number::share(share));
    let whole = if value > 0.0 && value < 1.0 {
        (value * 100.0).round().clamp(1.0, 99.0)
    } else {
        value * 100.0
    };
    html! { td class=(colours::of_share(value)) title=(exact) { (whole) } }
}
