//! A plan in words, for a terminal.

use super::sheet::{PhaseRow, Sheet, StepRow};
use crate::proposal::{MatrixPlan, Proposal, Wanted};
use crate::report::layout::{counted, left, right};
use crate::report::number::Number;
use crate::score::Remedy;
use crate::text::plain;
use crate::words::{Language, Text, text};

/// So many steps are shown; all stand in the table.
const MOST_ROWS: usize = 24;
/// So many ids are named of those whom nothing serves.
const MOST_IDS: usize = 10;

/// A plan as lines, in the study's language.
///
/// ```
/// use walkshed::plan::Limits;
/// use walkshed::proposal::{ClosingRequest, closing};
/// use walkshed::{Silent, draw, report};
/// let town = draw::town("A-s-a-t-B", 100.0, "st");
/// let request = ClosingRequest { sites: 1, among: Vec::new(), phase: None };
/// let plan = closing(&town, &request, &Limits::NONE, &Silent).unwrap();
/// assert!(report::proposal_text(&plan).starts_with(town.name()));
/// ```
#[must_use]
pub fn proposal_text(proposal: &Proposal) -> String {
    shown(&Sheet::of(proposal), proposal.before.study().language())
}

/// A plan on a matrix as lines, in the language that its case was read with.
#[must_use]
pub fn matrix_plan_text(plan: &MatrixPlan) -> String {
    shown(&Sheet::of_matrix(plan), plan.case.study.language())
}

fn shown(sheet: &Sheet<'_>, language: Language) -> String {
    let mut lines = vec![plain(sheet.study.name())];
    lines.extend(head(sheet).iter().map(|line| line.in_language(language)));
    if !sheet.steps.is_empty() {
        let heads = [
            text!(PlanHeadSite),
            text!(PlanHeadGain),
            text!(PlanHeadTotal),
            text!(PlanHeadCost),
        ];
        let [site, gain, total, cost] = heads.map(|head| head.in_language(language));
        lines.push(row(["#", &site, &gain, &total, &cost], ""));
    }
    for step in sheet.steps.iter().take(MOST_ROWS) {
        let fields = [
            &step.step.to_string(),
            &named(step, language),
            &counted(step.gain),
            &counted(step.total),
            &step.cost.to_string(),
        ];
        lines.push(row(fields.map(String::as_str), &plain(&step.names)));
    }
    if sheet.steps.len() > MOST_ROWS {
        let more = text!(PlanMore, more = sheet.steps.len() - MOST_ROWS);
        lines.push(more.in_language(language));
    }
    lines
        .iter()
        .flat_map(|line| [line.trim_end(), "\n"])
        .collect()
}

/// The site, and what is pushed down to it or done there.
fn named(step: &StepRow<'_>, language: Language) -> String {
    let site = plain(step.site);
    if let Some(folded) = &step.folded {
        return format!("{site} ⇐ {}", plain(folded));
    }
    let what = step
        .remedy
        .map(|remedy| remedy.name().in_language(language));
    match (what, step.item.map(plain)) {
        (None, None) => site,
        (None, Some(item)) => format!("{site} ← {item}"),
        (Some(what), None) => format!("{site}: {what}"),
        (Some(what), Some(item)) => format!("{site}: {what} {item}"),
    }
}

fn row([number, site, gain, total, cost]: [&str; 5], names: &str) -> String {
    format!(
        "  {}  {}{}{}{}  {names}",
        right(number, 4),
        left(site, 32),
        right(gain, 12),
        right(total, 14),
        right(cost, 10)
    )
}

/// What the plan comes to, how good it is, and who is left without.
fn head(sheet: &Sheet<'_>) -> Vec<Text> {
    let answer = sheet.answer;
    let objective = counted(Number::of(answer.objective));
    let bound = match answer.wanted {
        Wanted::Fair => per_cent(answer.bound),
        _ => counted(Number::of(answer.bound)),
    };
    let mut lines = vec![match answer.wanted {
        Wanted::Lscp if sheet.has_share => text!(PlanShares, cost = objective),
        Wanted::Lscp => text!(PlanLscp, cost = objective),
        Wanted::Fair => text!(
            PlanFair,
            share = per_cent(answer.objective),
            people = counted(sheet.after),
            of = counted(sheet.people)
        ),
        Wanted::Mclp => text!(PlanMclp, people = objective, of = counted(sheet.people)),
        Wanted::Phases => text!(PlanPhases, sum = objective),
        Wanted::Close => text!(
            PlanClosing,
            sites = sheet.steps.len(),
            people = objective,
            of = counted(sheet.people),
            before = counted(sheet.before)
        ),
        Wanted::Link => text!(
            PlanLinks,
            links = sheet.steps.len(),
            people = objective,
            of = counted(sheet.people),
            before = counted(sheet.before)
        ),
        Wanted::Merge => merger(sheet),
        Wanted::PMedian => text!(PlanPMedian, sum = objective),
        Wanted::PCenter => text!(PlanPCenter, most = objective),
        Wanted::Pushes => pushes(sheet),
    }];
    lines.extend(sheet.has_others.then(|| kinds(sheet)));
    lines.extend(sheet.phases.iter().map(phase));
    let gap = format!("{:.2}", answer.gap * 100.0);
    lines.push(match answer.wanted {
        _ if answer.proved() => text!(PlanProved),
        Wanted::Link => text!(PlanLinksGap),
        Wanted::Merge => text!(PlanMergeGap),
        Wanted::Close => text!(PlanClosingGap, bound = bound, gap = gap),
        _ => text!(PlanGap, bound = bound, gap = gap),
    });
    if let Some(most) = sheet.pivots.first() {
        lines.push(text!(
            PlanPivots,
            count = sheet.pivots.len(),
            site = plain(most.site),
            people = counted(Number::people(most.people))
        ));
    }
    if !sheet.unserved.is_empty() {
        let ids = sheet.unserved.iter().take(MOST_IDS).map(|id| plain(id));
        let names: Vec<String> = ids.collect();
        let more = if sheet.unserved.len() > MOST_IDS {
            " …"
        } else {
            ""
        };
        lines.push(text!(
            PlanUnserved,
            count = sheet.unserved.len(),
            names = names.join(", ") + more
        ));
    }
    lines
}

/// What a merger comes to, and where the station stands.
fn merger(sheet: &Sheet<'_>) -> Text {
    let Some((step, at)) = sheet.steps.first().zip(sheet.merged_at) else {
        return text!(PlanMergeNone);
    };
    text!(
        PlanMerge,
        outlets = step.cost,
        site = plain(step.site),
        place = plain(at),
        people = counted(sheet.after),
        of = counted(sheet.people),
        before = counted(sheet.before)
    )
}

/// What a list of pushes comes to, and of what competes with them.
fn pushes(sheet: &Sheet<'_>) -> Text {
    let measures = sheet.steps.len();
    let done = Number::of(sheet.answer.objective);
    let [done, before] = [done, sheet.before].map(counted);
    match sheet.budget {
        Some(budget) if sheet.steps.iter().any(|step| step.group.is_some()) => text!(
            PlanBoughtInLists,
            measures = measures,
            cost = sheet.spent,
            budget = budget,
            done = done,
            before = before,
        ),
        Some(budget) => text!(
            PlanBought,
            measures = measures,
            cost = sheet.spent,
            budget = budget,
            done = done,
            before = before,
        ),
        None if sheet.has_others => text!(
            PlanMeasures,
            measures = measures,
            done = done,
            before = before,
        ),
        None => text!(PlanPushes, pushes = measures, done = done, before = before,),
    }
}

/// How many steps of each kind there are.
fn kinds(sheet: &Sheet<'_>) -> Text {
    let count = |wanted: Option<Remedy>| {
        let steps = sheet.steps.iter();
        steps.filter(|step| step.remedy == wanted).count()
    };
    text!(
        PlanMeasureKinds,
        pushes = count(None),
        hours = count(Some(Remedy::LongerHours)),
        renewals = count(Some(Remedy::Renew)),
        helpers = count(Some(Remedy::Helper)),
        windows = count(Some(Remedy::CrossArea)),
    )
}

/// What a phase comes to.
fn phase(row: &PhaseRow<'_>) -> Text {
    let PhaseRow { phase, outcome } = row;
    text!(
        PlanPhase,
        name = plain(&phase.name),
        after = counted(Number::people(outcome.after)),
        people = counted(Number::people(outcome.people)),
        before = counted(Number::people(outcome.before)),
        price = counted(row.price()),
    )
}

/// A part of one as a person reads it.
fn per_cent(share: f64) -> String {
    format!("{:.1} %", share * 100.0)
}
