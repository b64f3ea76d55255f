//! The plan's phases and indicators with what is lacking, and the departments.

use maud::{Markup, html};

use super::subject::{Subject, name};
use super::table::{heads, yes_or_no};
use super::who::with_bar;
use crate::assess::{PhaseResult, PhaseRow};
use crate::report::layout::{counted_up, percent, whole};
use crate::report::number::Number;
use crate::report::summary::{
    ChargeSums, DepartmentSums, IndicatorSums, PhaseSums, indicator_target, lack,
};
use crate::text::steady;
use crate::words::{Text, text};

/// The phases, each with the most useful of what is lacking; nothing without an assessment.
pub(super) fn phases(subject: &Subject<'_>) -> Markup {
    let phases = &subject.summary.assessed.phases;
    let assessment = subject.results.assessment.as_ref();
    let results = assessment.map_or(&[][..], |assessment| &assessment.phases);
    let columns = [
        text!(PageHeadPhase),
        text!(PageHeadWho),
        text!(PageHeadNumber),
        text!(PageHeadItems),
        text!(PageHeadReached),
        text!(PageHeadAsked),
        text!(PageHeadMet),
        text!(PageHeadShort),
        text!(PageHeadLacking),
        text!(PageHeadCharge),
    ];
    html! {
        @if !phases.is_empty() {
            section #phases {
                h2 { (subject.say(&text!(PagePhases))) }
                p.soft { (subject.say(&text!(PagePhasesHelp))) " " (subject.say(&text!(PageLackingHelp))) }
                div.scroll { table {
                    (heads(&columns, &[2, 3, 4, 5, 7], subject.language()))
                    tbody { @for (phase, result) in phases.iter().zip(results) { (phase_row(subject, phase, result)) } }
                } }
            }
        }
    }
}

/// How many units a phase names at most.
const NAMED: usize = 3;

/// Where a phase is asked: the units that it names, or everywhere.
fn scope(subject: &Subject<'_>, result: &PhaseResult) -> Markup {
    let named: Vec<&PhaseRow> = result.rows.iter().filter(|row| row.named).collect();
    html! {
        @if named.is_empty() { (subject.say(&text!(PageInAll))) }
        @for (place, row) in named.iter().take(NAMED).enumerate() {
            @if place > 0 { br; }
            (name(if row.name.is_empty() { &row.id } else { &row.name }))
        }
        @if named.len() > NAMED { br; "… (" (named.len()) ")" }
    }
}

fn phase_row(subject: &Subject<'_>, phase: &PhaseSums, result: &PhaseResult) -> Markup {
    let whose = if phase.of_firms {
        text!(PageHeadFirms)
    } else {
        text!(PageHeadPeople)
    };
    html! { tr {
        td { (name(&phase.name)) div.soft { (phase.date) br; (scope(subject, result)) } }
        td.v { (subject.say(&whose)) }
        td.n { (whole(phase.population)) }
        td.n { (result.coverage.items().len()) }
        (with_bar(phase.share))
        td.n {
            (percent(phase.asked_share))
            @if phase.asked_score.is_some() { br; (subject.say(&text!(PageScore, score = percent(phase.asked_score)))) }
        }
        td.v { (yes_or_no(phase.met, subject.language())) }
        td.n { @if phase.short_by.value() > 0.0 { (counted_up(phase.short_by)) } @else { "–" } }
        td.wide { @if phase.lacking.is_empty() { "–" } @else {
            ul.plain { @for lacking in phase.lacking.iter().take(3) {
                li { (steady(&subject.say(&lack(lacking, phase.of_firms)))) }
            } }
        } }
        td.who { (charge(&phase.charge)) }
    } }
}

/// Who answers for a task: the lead, then the others.
fn charge(charge: &ChargeSums) -> Markup {
    html! {
        @if !charge.lead.is_empty() { b { (name(&charge.lead)) } }
        @for other in &charge.responsible { br; (name(other)) }
    }
}

/// The indicators; nothing where the study has none, or without an assessment.
pub(super) fn indicators(subject: &Subject<'_>) -> Markup {
    let indicators = &subject.summary.assessed.indicators;
    let columns = [
        text!(PageHeadIndicator),
        text!(PageHeadReached),
        text!(PageHeadCount),
        text!(PageHeadAsked),
        text!(PageHeadMet),
        text!(PageHeadShort),
        text!(PageHeadCharge),
    ];
    html! {
        @if !indicators.is_empty() {
            section #indicators {
                h2 { (subject.say(&text!(PageIndicators))) }
                div.scroll { table {
                    (heads(&columns, &[1, 2, 5], subject.language()))
                    tbody { @for sums in indicators { (indicator_row(subject, sums)) } }
                } }
            }
        }
    }
}

fn indicator_row(subject: &Subject<'_>, sums: &IndicatorSums) -> Markup {
    let by = sums
        .by
        .as_ref()
        .map(|by| format!(" {by}"))
        .unwrap_or_default();
    let asked = indicator_target(sums, &by).map(|text| subject.say(&text));
    html! { tr {
        td { (name(&sums.name)) }
        @match sums.value {
            // Of numbers there is no part that has it.
            Some(value) => { td.n { (hundredths(value)) } td.n { "–" } }
            None => { (with_bar(sums.share)) td.n { (sums.has) " / " (sums.count) } }
        }
        td { (asked.as_deref().map_or("–", |asked| asked.trim_start_matches([',', '，', '；', ';', ' ']))) }
        td.v { (yes_or_no(sums.met, subject.language())) }
        td.n { @if sums.short_by.value() > 0.0 { (hundredths_up(sums.short_by)) } @else { "–" } }
        td { (charge(&sums.charge)) }
    } }
}

/// What is lacking, with two decimals at most: a lack is never rounded to nothing.
fn hundredths_up(value: Number) -> Number {
    // A hair less, as 0.29 × 100 is 28.999999999999996 and 0.28 × 100 is 28.000000000000004.
    Number::of((value.value() * 100.0 - 1e-9).ceil() / 100.0)
}

/// A number with two decimals at most.
fn hundredths(value: Number) -> Number {
    Number::of((value.value() * 100.0).round() / 100.0)
}

/// Whether some item has a department.
pub(super) fn has_departments(subject: &Subject<'_>) -> bool {
    let assessed = &subject.summary.assessed;
    let firms = assessed
        .of_firms
        .iter()
        .flat_map(|firms| &firms.departments);
    let mut all = assessed.departments.iter().chain(firms);
    all.any(|sums| !sums.name.is_empty())
}

/// What each department answers for, for people and then for firms; nothing without an assessment.
pub(super) fn departments(subject: &Subject<'_>) -> Markup {
    let assessed = &subject.summary.assessed;
    let firms = assessed
        .of_firms
        .as_ref()
        .map(|firms| firms.departments.as_slice());
    let firms = firms.unwrap_or_default();
    html! {
        @if has_departments(subject) {
            section #departments {
                h2 { (subject.say(&text!(PageDepartments))) }
                p.soft { (subject.say(&text!(PageDepartmentsHelp))) }
                (department_table(subject, &assessed.departments, &text!(PageHeadPeople)))
                (department_table(subject, firms, &text!(PageHeadFirms)))
            }
        }
    }
}

fn department_table(subject: &Subject<'_>, departments: &[DepartmentSums], whose: &Text) -> Markup {
    let has_marks = departments.iter().any(|sums| sums.mark.is_some());
    html! {
        @if !departments.is_empty() {
            h3 { (subject.say(whose)) }
            div.scroll { table {
                thead { tr {
                    th { (subject.say(&text!(PageHeadDepartment))) }
                    th.n { (subject.say(&text!(PageHeadItems))) }
                    th.n { (subject.say(&text!(PageHeadUndone))) }
                    th.n { (subject.say(&text!(PageHeadDoneShare))) }
                    @if has_marks { th.n { (subject.say(&text!(PageHeadMark))) } }
                } }
                tbody { @for sums in departments { tr {
                    td { @if sums.name.is_empty() { (subject.say(&text!(NoDepartment))) } @else { (name(&sums.name)) } }
                    td.n { (sums.items) }
                    td.n { (whole(sums.undone_person_items)) }
                    (with_bar(sums.share))
                    @if has_marks { td.n { @if let Some(mark) = sums.mark { (mark) } @else { "–" } } }
                } } }
            } }
        }
    }
}
