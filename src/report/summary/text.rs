//! The summary for a terminal, in Chinese or English.

use super::{ItemSums, Offsets, Spoken, Summary, UnitSums, Word};
use super::{assessment_text, rules_text};
use crate::model::{Language, Severity, Steps};
use crate::read::plain;
use crate::report::number::Number;
use crate::score::VerdictKind;

/// So many doubts about whole files are shown.
const MOST_DOUBTS: usize = 8;

/// One of two wordings.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Say(pub(crate) Language);

impl Say {
    pub(crate) const fn of<T: Copy>(self, chinese: T, english: T) -> T {
        match self.0 {
            Language::Chinese => chinese,
            Language::English => english,
        }
    }
}

impl Say {
    /// Steps, joined by `+`.
    pub(crate) fn steps(self, steps: Steps) -> String {
        let word = |words: &'static [&'static str]| match self.0 {
            Language::Chinese => words
                .iter()
                .find(|word| !word.is_ascii())
                .copied()
                .unwrap_or(words[0]),
            Language::English => words[0],
        };
        let words: Vec<&str> = steps.iter().map(|step| word(step.words())).collect();
        words.join("+")
    }
}

/// The summary, a line break after each line.
pub(crate) fn text(summary: &Summary) -> String {
    let say = Say(summary.language);
    let mut lines = vec![plain(&summary.study), walking(summary, say)];
    lines.extend(rules_text::rules(&summary.parameters, say));
    lines.extend(doubts(&summary.doubts, say));
    lines.push(people(summary, say));
    lines.extend(verdicts(summary, say));
    lines.extend(reason(summary, say));
    lines.extend(rules_text::told(&summary.told, say));
    lines.extend(assessment_text::assessed(&summary.assessed, say));
    lines.extend(worst_units(&summary.worst_units, say));
    if !summary.implicit {
        lines.extend(worst_items(&summary.worst_items, say));
    }
    lines.push(snapping(summary, say));
    lines.push(findings(summary, say));
    lines
        .iter()
        .flat_map(|line| [line.trim_end(), "\n"])
        .collect()
}

fn walking(summary: &Summary, say: Say) -> String {
    let p = &summary.parameters;
    let (kmh, rule, limit, search, snap) = (
        p.speed_kmh,
        p.walk_rule,
        p.minutes,
        p.search_minutes,
        p.max_snap_m,
    );
    let line = match say.0 {
        Language::Chinese => format!(
            "步行 {kmh} km/h，规则 {rule}；{limit} 分钟以内（含）为覆盖，最远搜索 {search} 分钟；离路网超过 {snap} 米为未接路网"
        ),
        Language::English => format!(
            "on foot at {kmh} km/h, walk rule {rule}; covered within {limit} minutes (inclusive), searched up to {search} minutes; stranded beyond {snap} m off the streets"
        ),
    };
    let count = p.items.len();
    let items = match say.0 {
        _ if summary.implicit => String::new(),
        Language::Chinese => format!("；考核事项 {count} 项"),
        Language::English => format!("; items asked: {count}"),
    };
    line + &items
}

fn people(summary: &Summary, say: Say) -> String {
    let total = &summary.total;
    let (cells, all, covered) = (
        total.cells,
        grouped(total.population),
        grouped(total.covered_population),
    );
    let (share, score) = (percent(total.share), percent(total.score));
    match say.0 {
        Language::Chinese => {
            format!(
                "人口 {all}（居民点 {cells} 个）：已覆盖 {covered} 人，覆盖率 {share}，事项得分 {score}"
            )
        }
        Language::English => format!(
            "{all} people in {cells} cells: {covered} covered, share {share}, score {score}"
        ),
    }
}

fn verdicts(summary: &Summary, say: Say) -> Vec<String> {
    let all = summary.total.population.value();
    let people = |kind| {
        summary
            .people_by_verdict
            .get(&Word(kind))
            .copied()
            .filter(|people| people.value() > 0.0)
    };
    let line = |kind| {
        let people = people(kind)?;
        let share = Some(Number::part(people.value() / all));
        Some(format!(
            "  {}{} {}",
            padded(name(kind, say.0), 16),
            right(&grouped(people), 14),
            right(&percent(share), 9)
        ))
    };
    VerdictKind::ALL.into_iter().filter_map(line).collect()
}

fn reason(summary: &Summary, say: Say) -> Option<String> {
    let reason = summary.commonest_reason.as_ref()?;
    let (name, people) = (name(reason.verdict.0, say.0), grouped(reason.population));
    let remedy = remedy(reason.verdict.0, say.0);
    Some(match say.0 {
        Language::Chinese => format!("最主要的原因：{name}（{people} 人）→ {remedy}"),
        Language::English => format!("commonest reason: {name} ({people} people) – {remedy}"),
    })
}

fn worst_units(units: &[UnitSums], say: Say) -> Vec<String> {
    let head = say.of(
        "覆盖率最低的单位（上级之下第一层）：",
        "units with the lowest share (first level below the top):",
    );
    let line = |unit: &UnitSums| {
        let (left_out, all) = (grouped(unit.sums.left_out), grouped(unit.sums.population));
        let people = match say.0 {
            Language::Chinese => format!("未覆盖 {left_out} 人，共 {all} 人"),
            Language::English => format!("{left_out} of {all} people left out"),
        };
        format!(
            "  {}{}  {people}",
            padded(&plain(&unit.name), 24),
            right(&percent(unit.sums.share), 8)
        )
    };
    headed(head, units.iter().map(line).collect())
}

fn worst_items(items: &[ItemSums], say: Say) -> Vec<String> {
    let head = say.of(
        "覆盖人口最少的事项：",
        "items that the fewest people get done:",
    );
    let line = |item: &ItemSums| {
        format!(
            "  {}{}",
            padded(&plain(&item.name), 24),
            right(&percent(item.share), 8)
        )
    };
    headed(head, items.iter().map(line).collect())
}

pub(crate) fn headed(head: &str, mut lines: Vec<String>) -> Vec<String> {
    if !lines.is_empty() {
        lines.insert(0, head.to_owned());
    }
    lines
}

fn snapping(summary: &Summary, say: Say) -> String {
    let (sites, cells) = (
        offsets(&summary.snapping.sites, say),
        offsets(&summary.snapping.cells, say),
    );
    match say.0 {
        Language::Chinese => format!("离路网距离：服务点 {sites}；居民点 {cells}"),
        Language::English => format!("off the streets: sites {sites}; cells {cells}"),
    }
}

fn offsets(offsets: &Offsets, say: Say) -> String {
    let stranded = match (offsets.stranded, say.0) {
        (0, _) => String::new(),
        (some, Language::Chinese) => format!("，{some} 个未接路网"),
        (some, Language::English) => format!(", {some} stranded"),
    };
    match (offsets.median_m, offsets.p95_m, say.0) {
        (Some(median), Some(p95), Language::Chinese) => {
            format!("中位数 {median} 米、95% 在 {p95} 米以内{stranded}")
        }
        (Some(median), Some(p95), Language::English) => {
            format!("median {median} m, 95 % within {p95} m{stranded}")
        }
        (_, _, Language::Chinese) => format!("均未接路网{stranded}"),
        (_, _, Language::English) => format!("none on a street{stranded}"),
    }
}

/// What is doubtful about a whole file may shift every figure below it.
fn doubts(doubts: &[String], say: Say) -> Vec<String> {
    let shown = doubts
        .iter()
        .take(MOST_DOUBTS)
        .map(|doubt| format!("  {doubt}"));
    let mut lines = headed(say.of("请先查看：", "look at this first:"), shown.collect());
    if doubts.len() > MOST_DOUBTS {
        let more = doubts.len() - MOST_DOUBTS;
        lines.push(match say.0 {
            Language::Chinese => format!("  另有 {more} 条（见 findings.csv）"),
            Language::English => format!("  and {more} more (see findings.csv)"),
        });
    }
    lines
}

fn findings(summary: &Summary, say: Say) -> String {
    let count = |severity| {
        summary
            .findings
            .get(&Spoken(severity))
            .copied()
            .unwrap_or_default()
    };
    let [notes, suspicious, repaired, rejected] = [
        Severity::Note,
        Severity::Suspicious,
        Severity::Repaired,
        Severity::Rejected,
    ]
    .map(count);
    match say.0 {
        Language::Chinese => {
            format!(
                "数据问题：弃用 {rejected}，修复 {repaired}，存疑 {suspicious}，说明 {notes}（见 findings.csv）"
            )
        }
        Language::English => format!(
            "findings: {rejected} rejected, {repaired} repaired, {suspicious} suspicious, {notes} notes (see findings.csv)"
        ),
    }
}

pub(crate) const fn name(kind: VerdictKind, language: Language) -> &'static str {
    let say = Say(language);
    match kind {
        VerdictKind::Covered => say.of("已覆盖", "covered"),
        VerdictKind::TooFar => say.of("距离过远", "too far"),
        VerdictKind::NotOffered => say.of("附近未进驻", "not offered"),
        VerdictKind::OutOfReach => say.of("不可达", "out of reach"),
        VerdictKind::Stranded => say.of("未接路网", "stranded"),
        VerdictKind::Unknown => say.of("位置不明", "unknown"),
    }
}

/// What to do about a verdict.
pub(crate) const fn remedy(kind: VerdictKind, language: Language) -> &'static str {
    let say = Say(language);
    match kind {
        VerdictKind::Covered => say.of("无需处理", "nothing to do"),
        VerdictKind::TooFar => say.of("新建或迁移服务点", "build or move a site"),
        VerdictKind::NotOffered => say.of(
            "把事项下沉到附近的服务点",
            "push the items down to the sites nearby",
        ),
        VerdictKind::OutOfReach => say.of("新建服务点", "build a site"),
        VerdictKind::Stranded => say.of("补全道路数据", "mend the data: add the missing streets"),
        VerdictKind::Unknown => say.of(
            "修正被弃用的数据行",
            "mend the data: correct the rejected rows",
        ),
    }
}

/// A share as a percentage: 100.0 only when it is all, 0.0 only when it is nothing.
pub(crate) fn percent(share: Option<Number>) -> String {
    let Some(share) = share.map(Number::value) else {
        return "–".to_owned();
    };
    let tenths = (share * 1000.0).round();
    let inside = share > 0.0 && share < 1.0;
    format!(
        "{:.1} %",
        if inside {
            tenths.clamp(1.0, 999.0)
        } else {
            tenths
        } / 10.0
    )
}

/// A number with thousands separated, and one decimal if it is not whole.
pub(crate) fn grouped(number: Number) -> String {
    let shown = match number {
        Number::Whole(whole) => whole.to_string(),
        Number::Decimal(value) => format!("{value:.1}"),
    };
    let whole = shown.split('.').next().unwrap_or_default().len();
    let comma = |place: usize| place > 0 && place < whole && (whole - place).is_multiple_of(3);
    shown
        .char_indices()
        .flat_map(|(place, sign)| comma(place).then_some(',').into_iter().chain([sign]))
        .collect()
}

/// Columns that a text takes on a terminal; a Chinese character takes two.
fn width(text: &str) -> usize {
    text.chars().map(|c| if matches!(c, '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe6f}' | '\u{ff00}'..='\u{ff60}' | '\u{ffe0}'..='\u{ffe6}' | '\u{20000}'..='\u{3fffd}') { 2 } else { 1 }).sum()
}

pub(crate) fn padded(text: &str, columns: usize) -> String {
    format!("{text}{}", " ".repeat(columns.saturating_sub(width(text))))
}

pub(crate) fn right(text: &str, columns: usize) -> String {
    format!("{}{text}", " ".repeat(columns.saturating_sub(width(text))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_separated() {
        let shown = |value| grouped(Number::of(value));
        assert_eq!(
            [shown(0.0), shown(999.0), shown(1000.0), shown(1_234_567.25)],
            ["0", "999", "1,000", "1,234,567.2"]
        );
    }

    #[test]
    fn chinese_takes_two_columns() {
        assert_eq!(padded("双钟镇", 8), "双钟镇  ");
        assert_eq!(right("ab", 4), "  ab");
    }
}
