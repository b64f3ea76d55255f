//! The summary: what a planner reads first, as JSON and as a few lines of text.

use serde_json::{Map, Value, json};

use super::geojson::people;
use super::values::share;
use crate::model::{Language, Study};
use crate::read::plain;
use crate::score::{Coverage, Tally, UnitRow, VerdictKind};
use crate::snap::Gaps;
use crate::units::{People, Share};

/// Walk rule W2, in every output.
const WALK_RULE: &str = crate::read::WALK_RULE;

/// `summary.json`: totals, units, items, how the points were snapped, and all parameters.
#[must_use]
pub fn json(study: &Study, now: &Coverage<'_>) -> Value {
    let total = now.total();
    let mut summary = sums(total);
    summary.insert("study".to_owned(), study.name().into());
    summary.insert("commonest_reason".to_owned(), total.commonest_reason().map(VerdictKind::word).into());
    summary.insert("units".to_owned(), now.by_unit().iter().map(unit).collect());
    summary.insert("items".to_owned(), items(study, now));
    let links = now.times().links();
    summary
        .insert("snapping".to_owned(), json!({ "sites": gaps(links.site_gaps()), "cells": gaps(links.cell_gaps()) }));
    summary.insert("parameters".to_owned(), parameters(study, now));
    Value::Object(summary)
}

fn sums(tally: &Tally) -> Map<String, Value> {
    let by = |value: &dyn Fn(VerdictKind) -> Value| -> Value {
        Value::Object(VerdictKind::ALL.iter().map(|&kind| (kind.word().to_owned(), value(kind))).collect())
    };
    let Value::Object(map) = json!({
        "cells": tally.cells(),
        "population": people(tally.people()),
        "covered_population": people(tally.covered()),
        "share": share(tally.share()),
        "score": share(tally.score()),
        "people_by_verdict": by(&|kind| people(tally.people_with(kind))),
        "cells_by_verdict": by(&|kind| tally.cells_with(kind).into()),
    }) else {
        return Map::new();
    };
    map
}

fn unit(row: &UnitRow<'_>) -> Value {
    let mut unit = sums(&row.tally);
    unit.insert("unit".to_owned(), row.id.into());
    unit.insert("name".to_owned(), row.name.into());
    unit.insert("depth".to_owned(), row.depth.into());
    Value::Object(unit)
}

fn items(study: &Study, now: &Coverage<'_>) -> Value {
    let everybody = now.total().people();
    let item = |(item, covered): &(_, People)| {
        let described = &study.catalogue()[*item];
        json!({
            "item": described.id,
            "name": described.name,
            "covered_population": people(*covered),
            "share": share(covered.share_of(everybody)),
        })
    };
    now.by_item().iter().map(item).collect()
}

fn gaps(gaps: Gaps) -> Value {
    let metres = |gap: Option<f64>| gap.map(|gap| (gap * 10.0).round() / 10.0);
    json!({
        "snapped": gaps.snapped,
        "stranded": gaps.stranded,
        "median_gap_m": metres(gaps.median),
        "p95_gap_m": metres(gaps.p95),
        "max_gap_m": metres(gaps.max),
    })
}

/// Speed, rule, limits: what the result rests on.
pub(super) fn parameters(study: &Study, now: &Coverage<'_>) -> Value {
    let target = now.target();
    json!({
        "speed_kmh": study.walk.speed.kmh(),
        "walk_rule": WALK_RULE,
        "max_snap_m": study.walk.max_snap_m,
        "min_component": study.walk.min_component,
        "minutes": target.limit.seconds() / 60.0,
        "search_minutes": target.search.seconds() / 60.0,
        "items": target.items.iter().map(|&item| &study.catalogue()[item].id).collect::<Vec<_>>(),
    })
}

/// The summary as a few lines in the study's language, safe for a terminal.
#[must_use]
pub fn text(study: &Study, now: &Coverage<'_>) -> String {
    let words = Words::of(study.language());
    let total = now.total();
    let mut lines = vec![
        plain(study.name()),
        words.parameters(study, now),
        String::new(),
        words.covered(total.covered(), total.people(), total.share(), total.score()),
    ];
    for kind in VerdictKind::ALL.into_iter().filter(|&kind| total.cells_with(kind) > 0) {
        let (people, cells) = (total.people_with(kind), total.cells_with(kind));
        lines.push(words.verdict(kind, people, people.share_of(total.people()), cells));
    }
    if let Some(kind) = total.commonest_reason() {
        lines.extend([String::new(), words.reason(kind)]);
    }
    let worst = worst_units(now);
    if !worst.is_empty() {
        lines.extend([String::new(), words.worst.to_owned()]);
        lines.extend(worst.iter().map(|row| words.unit(row)));
    }
    let least = least_covered(now);
    if !study.catalogue().is_implicit() && !least.is_empty() {
        lines.extend([String::new(), words.least.to_owned()]);
        let name = |item: &crate::model::Item| plain(if item.name.is_empty() { &item.id } else { &item.name });
        let item =
            |(item, share): &(_, Share)| format!("  {:>7}  {}", share.to_string(), name(&study.catalogue()[*item]));
        lines.extend(least.iter().map(item));
    }
    lines.push(String::new());
    lines.join("\n")
}

/// The five units with the smallest share covered, at the first level that has several units.
fn worst_units<'n>(now: &'n Coverage<'_>) -> Vec<UnitRow<'n>> {
    let rows: Vec<UnitRow<'_>> = now.by_unit().into_iter().filter(|row| row.unit.is_some()).collect();
    let level = (0..).take(rows.len()).find(|&depth| rows.iter().filter(|row| row.depth == depth).count() > 1);
    let mut rows: Vec<_> =
        rows.into_iter().filter(|row| Some(row.depth) == level && row.share.value().is_some()).collect();
    rows.sort_by(|a, b| {
        let shares = a.share.value().unwrap_or(1.0).total_cmp(&b.share.value().unwrap_or(1.0));
        shares.then(b.left_out.cmp(&a.left_out)).then_with(|| a.id.cmp(b.id))
    });
    rows.truncate(5);
    rows
}

fn least_covered(now: &Coverage<'_>) -> Vec<(crate::ids::ItemId, Share)> {
    let everybody = now.total().people();
    let mut items = now.by_item();
    items.sort_by_key(|&(item, people)| (people, item));
    items.iter().take(5).map(|&(item, people)| (item, people.share_of(everybody))).collect()
}

/// The words of one language.
struct Words {
    chinese: bool,
    worst: &'static str,
    least: &'static str,
}

impl Words {
    const fn of(language: Language) -> Self {
        match language {
            Language::Chinese => {
                Self {
                    chinese: true, worst: "覆盖率最低的五个单位：", least: "覆盖人口最少的五个事项："
                }
            }
            Language::English => Self {
                chinese: false,
                worst: "The five units with the least coverage:",
                least: "The five items that fewest people get done:",
            },
        }
    }

    fn parameters(&self, study: &Study, now: &Coverage<'_>) -> String {
        let (speed, rule, limit) = (study.walk.speed.kmh(), WALK_RULE, now.target().limit);
        let items = now.target().items.len();
        if self.chinese {
            format!("步行 {speed} km/h，时限 {limit}（含），步行规则 {rule}，考核事项 {items} 项")
        } else {
            format!("walking at {speed} km/h, limit {limit} inclusive, walk rule {rule}, {items} items asked")
        }
    }

    fn covered(&self, covered: People, people: People, share: Share, score: Share) -> String {
        if self.chinese {
            format!("全部事项覆盖人口 {covered} / {people}，覆盖率 {share}；事项加权得分 {score}")
        } else {
            format!("{covered} of {people} residents get every item done: {share}; weighted score {score}")
        }
    }

    fn verdict(&self, kind: VerdictKind, people: People, share: Share, cells: u64) -> String {
        let (people, share) = (people.to_string(), share.to_string());
        if self.chinese {
            format!("  {:<12} {people:>12} 人 {share:>8}  {cells} 个居民点  {}", kind.word(), self.meaning(kind))
        } else {
            format!("  {:<12} {people:>12} people {share:>8}  {cells} cells  {}", kind.word(), self.meaning(kind))
        }
    }

    const fn meaning(&self, kind: VerdictKind) -> &'static str {
        match (kind, self.chinese) {
            (VerdictKind::Covered, true) => "时限内全部能办",
            (VerdictKind::TooFar, true) => "最近的服务点超出时限",
            (VerdictKind::NotOffered, true) => "附近有服务点，但有事项不能办",
            (VerdictKind::OutOfReach, true) => "搜索范围内到不了",
            (VerdictKind::Stranded, true) => "附近没有道路",
            (VerdictKind::Unknown, true) => "数据行被拒绝，情况不明",
            (VerdictKind::Covered, false) => "everything can be done within the limit",
            (VerdictKind::TooFar, false) => "the nearest site is beyond the limit",
            (VerdictKind::NotOffered, false) => "a site is near, but does not handle every item",
            (VerdictKind::OutOfReach, false) => "nothing within the search budget",
            (VerdictKind::Stranded, false) => "no street near",
            (VerdictKind::Unknown, false) => "the row was rejected",
        }
    }

    fn reason(&self, kind: VerdictKind) -> String {
        let (meaning, remedy) = (self.meaning(kind), self.remedy(kind));
        if self.chinese {
            format!("最常见的原因：{meaning} → {remedy}")
        } else {
            format!("The commonest reason: {meaning} → {remedy}")
        }
    }

    const fn remedy(&self, kind: VerdictKind) -> &'static str {
        match (kind, self.chinese) {
            (VerdictKind::NotOffered, true) => "事项下沉",
            (VerdictKind::NotOffered, false) => "push items down",
            (VerdictKind::Stranded | VerdictKind::Unknown, true) => "修正数据",
            (VerdictKind::Stranded | VerdictKind::Unknown, false) => "mend the data",
            (_, true) => "增设或迁移服务点",
            (_, false) => "build or move a site",
        }
    }

    fn unit(&self, row: &UnitRow<'_>) -> String {
        let (share, left_out, name) = (row.share.to_string(), row.left_out, plain(row.name));
        if self.chinese {
            format!("  {share:>7}  {name}，未覆盖 {left_out} 人")
        } else {
            format!("  {share:>7}  {name}, {left_out} people left out")
        }
    }
}
