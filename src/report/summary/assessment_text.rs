//! What an assessment adds to the summary for a terminal.

use super::assessment_json::{
    Assessed, DepartmentSums, DifferenceSums, FirmSums, IndicatorSums, LackingSums, PhaseSums,
    Placed, RedCellSums, RedItemSums, TrendSums,
};
use crate::report::layout::{counted, counted_up, headed, left, named_share, percent, right};
use crate::report::words;
use crate::score::Remedy;
use crate::text::plain;
use crate::words::{Key, Language, Part, Text, text};

/// How many of what is lacking in a phase are shown.
const LACKING: usize = 3;

/// The lines of an assessment, each part under its head; of the one item that stands for any service nothing
/// is told, as it has neither a name of its own nor a department.
pub(crate) fn lines(assessed: &Assessed, is_implicit: bool, language: Language) -> Vec<String> {
    let mut lines = Vec::new();
    let phases = assessed
        .phases
        .iter()
        .flat_map(|sums| phase(sums, language));
    lines.extend(part(Key::SummaryPhases, phases, language));
    let indicators = assessed
        .indicators
        .iter()
        .map(|sums| indicator(sums, language));
    lines.extend(part(Key::SummaryIndicators, indicators, language));
    let leading = assessed
        .leading_units
        .iter()
        .map(|unit| placed(unit, language));
    lines.extend(part(Key::SummaryLeading, leading, language));
    let trailing = assessed
        .trailing_units
        .iter()
        .map(|unit| placed(unit, language));
    lines.extend(part(Key::SummaryTrailing, trailing, language));
    let departments = named(&assessed.departments).map(|sums| department(sums, language));
    lines.extend(part(Key::SummaryDepartments, departments, language));
    let cells = assessed.red_cells.iter();
    let cells = cells.map(|sums| red_cell(sums, false, language));
    lines.extend(part(Key::SummaryRedCells, cells, language));
    let items = assessed.red_items.iter().filter(|_| !is_implicit);
    let items = items.map(|sums| red_item(sums, false, language));
    lines.extend(part(Key::SummaryRedItems, items, language));
    if let Some(firms) = &assessed.of_firms {
        lines.extend(of_firms(firms, is_implicit, language));
    }
    if let Some(change) = &assessed.change {
        lines.extend(difference(text!(SummaryChange), change, language));
    }
    if let Some(trend) = &assessed.trend {
        lines.extend(difference(text!(SummaryTrend), trend, language));
    }
    // Two points make no line that the difference does not tell.
    if assessed.trend_line.len() > 2 {
        let points = assessed.trend_line.iter();
        let points = points.map(|point| trend_point(point, language));
        lines.extend(part(Key::SummaryTrendLine, points, language));
    }
    lines
}

/// Departments, where any has a name; where no item names one, there is nothing to tell apart.
fn named(departments: &[DepartmentSums]) -> impl Iterator<Item = &DepartmentSums> {
    let any = departments.iter().any(|sums| !sums.name.is_empty());
    departments.iter().filter(move |_| any)
}

/// How the firms stand.
fn of_firms(firms: &FirmSums, is_implicit: bool, language: Language) -> Vec<String> {
    let departments = named(&firms.departments).map(|sums| department(sums, language));
    let mut lines = part(Key::SummaryFirmDepartments, departments, language);
    let cells = firms.red_cells.iter();
    let cells = cells.map(|sums| red_cell(sums, true, language));
    lines.extend(part(Key::SummaryFirmRedCells, cells, language));
    let items = firms.red_items.iter().filter(|_| !is_implicit);
    let items = items.map(|sums| red_item(sums, true, language));
    lines.extend(part(Key::SummaryFirmRedItems, items, language));
    lines
}

/// So many people, or firms.
fn so_many(number: String, of_firms: bool) -> Text {
    if of_firms {
        text!(SomeFirms, firms = number)
    } else {
        text!(SomePeople, people = number)
    }
}

/// Lines under a head; nothing where there are none.
fn part(head: Key, lines: impl Iterator<Item = String>, language: Language) -> Vec<String> {
    headed(
        crate::words::words(head, language).to_owned(),
        lines.collect(),
    )
}

fn met(met: Option<bool>, unasked: Text) -> Text {
    match met {
        Some(true) => text!(TargetMet),
        Some(false) => text!(TargetMissed),
        None => unasked,
    }
}

/// A line for a phase, and one for each of the gravest things that it lacks.
fn phase(phase: &PhaseSums, language: Language) -> Vec<String> {
    let line = text!(
        PhaseLine,
        name = plain(&phase.name),
        date = &phase.date,
        met = met(phase.met, nobody(phase)),
        share = phase_share(phase),
        score = phase_score(phase),
        short = phase_short(phase),
        yes = phase.units_met,
        no = phase.units_missed,
    );
    let mut lines = vec![line.in_language(language)];
    for lacking in phase.lacking.iter().take(LACKING) {
        let lack = lack(lacking, phase.of_firms);
        lines.push(format!("    – {}", lack.in_language(language)));
    }
    lines
}

fn nobody(phase: &PhaseSums) -> Text {
    if phase.of_firms {
        text!(NoFirmThere)
    } else {
        text!(NobodyLives)
    }
}

fn phase_share(phase: &PhaseSums) -> Text {
    let share = percent(phase.share);
    match phase.asked_share {
        Some(asked) => text!(PhaseShareAsked, share = share, asked = percent(Some(asked))),
        None => text!(PhaseShare, share = share),
    }
}

/// The score, where the phase asks one.
fn phase_score(phase: &PhaseSums) -> Option<Text> {
    let asked = percent(Some(phase.asked_score?));
    Some(text!(
        PhaseScoreAsked,
        score = percent(phase.score),
        asked = asked
    ))
}

fn phase_short(phase: &PhaseSums) -> Option<Text> {
    let short = phase.short_by.value() > 0.0;
    short.then(|| {
        let who = so_many(counted_up(phase.short_by), phase.of_firms);
        text!(PhaseShort, who = who)
    })
}

/// Such as "push accept+issue of … down to …; longer hours at …: so many people".
pub(crate) fn lack(lacking: &LackingSums, of_firms: bool) -> Text {
    let number = lacking.gain.unwrap_or(lacking.population);
    let what: Vec<Text> = lacking
        .remedies
        .iter()
        .map(|remedy| lack_of(lacking, remedy))
        .collect();
    text!(
        LackLine,
        what = Part::Joined(what, Key::ClauseSeparator),
        who = so_many(counted(number), of_firms),
    )
}

/// One of several things that are lacking together.
fn lack_of(lacking: &LackingSums, remedy: Remedy) -> Text {
    let site = plain(&lacking.site);
    let item = plain(&lacking.item);
    let more = more_items(lacking);
    match remedy {
        Remedy::HandDown => text!(
            LackHandDown,
            steps = words::steps(lacking.which),
            item = item,
            more = more,
            site = site,
        ),
        Remedy::Renew => text!(LackRenew, item = item, more = more, site = site),
        Remedy::CrossArea => text!(LackCrossArea, item = item, more = more, site = site),
        Remedy::Helper => text!(LackHelper, site = site),
        Remedy::LongerHours => text!(LackLongerHours, site = site),
        Remedy::MendData => text!(LackMendData),
        // Where nobody could say which place gains most, none is named.
        Remedy::BuildSite => {
            let place = (!lacking.place.is_empty())
                .then(|| text!(LackPlace, place = plain(&lacking.place)));
            text!(LackBuildSite, place = place)
        }
    }
}

fn more_items(lacking: &LackingSums) -> Option<Text> {
    (lacking.items > 1).then(|| text!(LackMoreItems, more = lacking.items - 1))
}

fn indicator(sums: &IndicatorSums, language: Language) -> String {
    let by = sums
        .by
        .as_ref()
        .map(|by| format!(" {by}"))
        .unwrap_or_default();
    let target = indicator_target(sums, &by).map(|target| target.in_language(language));
    let short = (sums.short_by.value() > 0.0).then(|| short(sums).in_language(language));
    let met = met(sums.met, text!(NoTarget)).in_language(language);
    let value = match sums.value {
        Some(value) => value.to_string(),
        None => percent(sums.share),
    };
    format!(
        "  {}{} {} ({}/{}){}{}",
        left(&plain(&sums.name), 36),
        left(&met, 10),
        right(&value, 8),
        sums.has,
        sums.count,
        target.unwrap_or_default(),
        short.unwrap_or_default(),
    )
}

/// What is asked: a share, or the limits of a number.
pub(crate) fn indicator_target(sums: &IndicatorSums, by: &str) -> Option<Text> {
    if let Some(target) = sums.target {
        return Some(text!(
            IndicatorTarget,
            share = percent(Some(target)),
            by = by
        ));
    }
    // The limits of a share say which numbers count, not what is asked.
    let is_share = sums.measure == "share";
    match (
        sums.at_least.filter(|_| !is_share),
        sums.at_most.filter(|_| !is_share),
    ) {
        (Some(least), Some(most)) => Some(text!(
            IndicatorBetween,
            least = least.to_string(),
            most = most.to_string(),
            by = by
        )),
        (Some(least), None) => Some(text!(IndicatorAtLeast, least = least.to_string(), by = by)),
        (None, Some(most)) => Some(text!(IndicatorAtMost, most = most.to_string(), by = by)),
        (None, None) => None,
    }
}

/// How many are lacking, or how far off the number is.
fn short(sums: &IndicatorSums) -> Text {
    let short_by = sums.short_by.to_string();
    if sums.measure == "share" {
        text!(IndicatorShort, count = short_by)
    } else {
        text!(IndicatorOff, value = short_by)
    }
}

fn placed(unit: &Placed, language: Language) -> String {
    let rank = text!(
        UnitRank,
        score = percent(unit.score),
        rank = unit.rank,
        ranked = unit.ranked,
    );
    let line = named_share(&unit.name, unit.share) + "  " + &rank.in_language(language);
    match unit.mark {
        Some(mark) => line + &text!(UnitMark, mark = mark.to_string()).in_language(language),
        None => line,
    }
}

/// One run of a trend line.
fn trend_point(point: &TrendSums, language: Language) -> String {
    let name = plain(&point.run);
    // A run that is called by its date says it once.
    let line = if point.date.is_empty() || point.date == point.run {
        text!(
            TrendPoint,
            run = name,
            share = percent(point.share),
            score = percent(point.score)
        )
    } else {
        text!(
            TrendPointOn,
            run = name,
            date = &point.date,
            share = percent(point.share),
            score = percent(point.score)
        )
    };
    let mut line = line.in_language(language);
    // It stands on another line: its share is no step of this one.
    if !point.asked_otherwise.is_empty() {
        let what = point.asked_otherwise.join(", ");
        line.push_str(&text!(DifferenceNotAlike, what = what).in_language(language));
    }
    line
}

fn department(sums: &DepartmentSums, language: Language) -> String {
    let name = if sums.name.is_empty() {
        text!(NoDepartment).in_language(language)
    } else {
        plain(&sums.name)
    };
    let undone = right(&counted(sums.undone_person_items), 14);
    let done = text!(
        DepartmentDone,
        items = sums.items,
        share = percent(sums.share)
    );
    format!(
        "  {}{undone}  {}",
        left(&name, 24),
        done.in_language(language)
    )
}

fn red_cell(sums: &RedCellSums, of_firms: bool, language: Language) -> String {
    let mut name = plain(&sums.cell);
    if !sums.name.is_empty() {
        name = format!("{name} {}", plain(&sums.name));
    }
    let undone = text!(
        RedCellUndone,
        who = so_many(counted(sums.population), of_firms),
        items = sums.items_undone,
        verdict = sums.remedies.name_of(sums.verdict),
        cure = Part::Joined(
            sums.remedies.iter().map(Remedy::name).collect(),
            Key::ClauseSeparator,
        ),
    );
    format!("  {}{}", left(&name, 36), undone.in_language(language))
}

fn red_item(sums: &RedItemSums, of_firms: bool, language: Language) -> String {
    let who = so_many(counted(sums.population), of_firms);
    let left_out = text!(RedItemLeftOut, who = who).in_language(language);
    format!(
        "  {}{}  {}",
        left(&plain(&sums.name), 28),
        right(&left_out, 28),
        plain(&sums.department),
    )
}

/// A day, or that none was asked.
fn day(date: &str) -> Text {
    if date.is_empty() {
        text!(NoDay)
    } else {
        Text::verbatim(date)
    }
}

/// What changed between two runs: of all, of firms, by group, and what else was not alike.
fn difference(head: Text, sums: &DifferenceSums, language: Language) -> Vec<String> {
    let mut lines = vec![text!(
        DifferenceLine,
        head = head,
        before = percent(sums.share_before),
        after = percent(sums.share_after),
        gained = counted(sums.newly_covered),
        lost = counted(sums.no_longer_covered),
        cells = sums.cells_changed,
    )];
    if let Some(firms) = &sums.firms {
        lines.push(text!(
            DifferenceFirms,
            before = percent(firms.share_before),
            after = percent(firms.share_after),
            gained = counted(firms.newly_covered),
            lost = counted(firms.no_longer_covered),
        ));
    }
    for group in &sums.groups {
        lines.push(text!(
            DifferenceGroup,
            name = plain(&group.name),
            before = percent(group.share_before),
            after = percent(group.share_after),
        ));
    }
    if sums.cells_only_before + sums.cells_only_after > 0 {
        lines.push(text!(
            DifferenceOnlyOnce,
            before = sums.cells_only_before,
            after = sums.cells_only_after,
        ));
    }
    if sums.date_before != sums.date_after {
        lines.push(text!(
            DifferenceDates,
            before = day(&sums.date_before),
            after = day(&sums.date_after),
        ));
    }
    if !sums.asked_otherwise.is_empty() {
        let what = sums.asked_otherwise.join(", ");
        lines.push(text!(DifferenceNotAlike, what = what));
    }
    lines
        .iter()
        .map(|line| line.in_language(language))
        .collect()
}
