//! The summary for a terminal, in the study's language.

use super::{Doubt, FirmSums, ItemSums, Offsets, Severities, Summary, UnitSums};
use super::{assessment_text, rules_text};
use crate::model::Severity;
use crate::report::layout::{counted, headed, left, named_share, percent, right};
use crate::report::number::Number;
use crate::report::words;
use crate::score::VerdictKind;
use crate::text::{plain, steady};
use crate::words::{Language, Text, text};

/// So many doubts about whole files are shown.
const MOST_DOUBTS: usize = 8;

/// The summary, a line break after each line.
pub(crate) fn text(summary: &Summary) -> String {
    let language = summary.language;
    let mut lines = vec![
        plain(&summary.study),
        walking(summary).in_language(language),
    ];
    lines.extend(rules_text::asked(&summary.parameters, language));
    lines.extend(doubts(&summary.doubts, language));
    lines.push(people(summary).in_language(language));
    lines.extend(verdicts(summary));
    lines.extend(
        summary
            .firms
            .as_ref()
            .map(|sums| firms(sums).in_language(language)),
    );
    lines.extend(reason(summary).map(|reason| reason.in_language(language)));
    lines.extend(rules_text::results(&summary.rules, language));
    lines.extend(assessment_text::lines(
        &summary.assessed,
        summary.implicit,
        language,
    ));
    lines.extend(worst_units(&summary.worst_units, language));
    // A study without a list of items asks one thing: there is no worst.
    if !summary.implicit {
        let head = text!(SummaryWorstItems);
        lines.extend(worst_items(&head, &summary.worst_items, language));
    }
    if let Some(firms) = &summary.firms {
        let head = text!(SummaryWorstFirmItems);
        lines.extend(worst_items(&head, &firms.worst_items, language));
    }
    lines.push(snapping(summary).in_language(language));
    lines.push(findings(&summary.findings).in_language(language));
    lines
        .iter()
        .flat_map(|line| [line.trim_end(), "\n"])
        .collect()
}

/// What was asked, and how people go: a line each.
pub(crate) fn asked(summary: &Summary) -> Vec<String> {
    let language = summary.language;
    let mut lines = vec![walking(summary).in_language(language)];
    lines.extend(rules_text::asked(&summary.parameters, language));
    lines
}

/// How people walk, how far, and how many items are asked.
fn walking(summary: &Summary) -> Text {
    let asked = &summary.parameters;
    let items = text!(SummaryItemsAsked, count = asked.items.len());
    text!(
        SummaryWalk,
        by = words::way_of_moving(asked.mode),
        kmh = asked.speed_kmh.to_string(),
        rule = asked.walk_rule,
        limit = asked.minutes.to_string(),
        search = asked.search_minutes.to_string(),
        snap = asked.max_snap_m.to_string(),
        items = (!summary.implicit).then_some(items),
    )
}

/// What is doubtful about a whole file may shift every figure below it.
fn doubts(doubts: &[Doubt], language: Language) -> Vec<String> {
    let mut lines = Vec::new();
    for doubt in doubts.iter().take(MOST_DOUBTS) {
        lines.push(format!(
            "  {}: {}",
            doubt.file,
            steady(&doubt.message.in_language(language))
        ));
    }
    if doubts.len() > MOST_DOUBTS {
        let more = doubts.len() - MOST_DOUBTS;
        lines.push(text!(MoreDoubts, more = more).in_language(language));
    }
    headed(text!(SummaryDoubts).in_language(language), lines)
}

fn people(summary: &Summary) -> Text {
    let total = &summary.total;
    text!(
        SummaryPeople,
        all = counted(total.population),
        cells = total.cells,
        covered = counted(total.covered_population),
        share = percent(total.share),
        score = percent(total.score),
    )
}

/// The firms, beside the people.
fn firms(sums: &FirmSums) -> Text {
    text!(
        SummaryFirms,
        who = text!(SomeFirms, firms = counted(sums.firms)),
        covered = counted(sums.covered_firms),
        share = percent(sums.share),
        score = percent(sums.score),
    )
}

/// A line a verdict that anybody has.
fn verdicts(summary: &Summary) -> Vec<String> {
    let all = summary.total.population.value();
    let mut lines = Vec::new();
    for kind in VerdictKind::ALL {
        let people = summary.people_by_verdict[&super::Word(kind)];
        // A verdict that somebody has: so there are people to divide by.
        if people.value() > 0.0 {
            let name = kind.name().in_language(summary.language);
            let share = percent(Some(Number::part(people.value() / all)));
            lines.push(format!(
                "  {}{} {}",
                left(&name, 16),
                right(&counted(people), 14),
                right(&share, 9)
            ));
        }
    }
    lines
}

fn reason(summary: &Summary) -> Option<Text> {
    let reason = summary.commonest_reason.as_ref()?;
    let kind = reason.verdict.0;
    Some(text!(
        SummaryReason,
        verdict = kind.name(),
        people = counted(reason.population),
        cure = kind.cure(),
    ))
}

fn worst_units(units: &[UnitSums], language: Language) -> Vec<String> {
    let line = |unit: &UnitSums| {
        let people = text!(
            UnitLeftOut,
            left_out = counted(unit.sums.left_out),
            all = counted(unit.sums.population),
        );
        named_share(&unit.name, unit.sums.share) + "  " + &people.in_language(language)
    };
    let head = text!(SummaryWorstUnits).in_language(language);
    headed(head, units.iter().map(line).collect())
}

fn worst_items(head: &Text, items: &[ItemSums], language: Language) -> Vec<String> {
    let lines = items.iter().map(|item| named_share(&item.name, item.share));
    headed(head.in_language(language), lines.collect())
}

fn snapping(summary: &Summary) -> Text {
    text!(
        SummarySnapping,
        sites = offsets(&summary.snapping.sites),
        cells = offsets(&summary.snapping.cells),
    )
}

fn offsets(offsets: &Offsets) -> Text {
    let stranded = (offsets.stranded > 0).then(|| text!(OffsetsStranded, count = offsets.stranded));
    match (offsets.median_m, offsets.p95_m) {
        (Some(median), Some(p95)) => text!(
            OffsetsSome,
            median = median.to_string(),
            p95 = p95.to_string(),
            stranded = stranded,
        ),
        _ => text!(OffsetsNone, stranded = stranded),
    }
}

fn findings(counts: &Severities) -> Text {
    let count = |severity| {
        counts
            .get(&super::Spoken(severity))
            .copied()
            .unwrap_or_default()
    };
    text!(
        SummaryFindings,
        rejected = count(Severity::Rejected),
        repaired = count(Severity::Repaired),
        suspicious = count(Severity::Suspicious),
        notes = count(Severity::Note),
    )
}
