//! What an assessment adds to the summary for a terminal.

use super::assessed::{
    Assessed, DepartmentSums, DifferenceSums, IndicatorSums, LackingSums, PhaseSums, Placed,
    RedCellSums, RedItemSums,
};
use super::text::{Say, grouped, headed, name, padded, percent, right};
use crate::model::Language;
use crate::read::plain;
use crate::score::Remedy;

/// How many of what is lacking in a phase are told.
const LACKING: usize = 3;

pub(super) fn assessed(assessed: &Assessed, say: Say) -> Vec<String> {
    let mut lines = Vec::new();
    lines.extend(headed(
        say.of("各阶段：", "phases:"),
        assessed.phases.iter().flat_map(|p| phase(p, say)).collect(),
    ));
    lines.extend(headed(
        say.of("指标：", "indicators:"),
        assessed
            .indicators
            .iter()
            .map(|i| indicator(i, say))
            .collect(),
    ));
    let leading = say.of("排名靠前的单位：", "leading units:");
    lines.extend(headed(
        leading,
        assessed
            .leading_units
            .iter()
            .map(|unit| placed(unit, say))
            .collect(),
    ));
    let trailing = say.of("排名靠后的单位：", "trailing units:");
    lines.extend(headed(
        trailing,
        assessed
            .trailing_units
            .iter()
            .map(|unit| placed(unit, say))
            .collect(),
    ));
    let departments = say.of(
        "各部门未办到的人次（人 × 事项）：",
        "departments, by people × items not done:",
    );
    lines.extend(headed(
        departments,
        assessed
            .departments
            .iter()
            .map(|d| department(d, say))
            .collect(),
    ));
    let cells = say.of("最需要解决的居民点：", "gravest cells:");
    lines.extend(headed(
        cells,
        assessed
            .red_cells
            .iter()
            .map(|cell| red_cell(cell, say))
            .collect(),
    ));
    let items = say.of("最需要解决的事项：", "gravest items:");
    lines.extend(headed(
        items,
        assessed
            .red_items
            .iter()
            .map(|item| red_item(item, say))
            .collect(),
    ));
    let change = say.of("实施假设的调整后：", "with the what-if changes:");
    lines.extend(
        assessed
            .change
            .iter()
            .flat_map(|row| difference(change, row, say)),
    );
    let trend = say.of("与上一次结果相比：", "since the earlier run:");
    lines.extend(
        assessed
            .trend
            .iter()
            .flat_map(|row| difference(trend, row, say)),
    );
    lines
}

fn met(met: Option<bool>, otherwise: &'static str, say: Say) -> &'static str {
    match met {
        Some(true) => say.of("达标", "met"),
        Some(false) => say.of("未达标", "missed"),
        None => otherwise,
    }
}

fn phase(phase: &PhaseSums, say: Say) -> Vec<String> {
    let (name, date) = (plain(&phase.name), &phase.date);
    let asked = |asked: Option<super::number::Number>| asked.map(|asked| percent(Some(asked)));
    let share = match (asked(phase.asked_share), say.0) {
        (Some(asked), Language::Chinese) => {
            format!("覆盖率 {}（要求 {asked}）", percent(phase.share))
        }
        (Some(asked), Language::English) => {
            format!("share {} of {asked} asked", percent(phase.share))
        }
        (None, _) => format!("{} {}", say.of("覆盖率", "share"), percent(phase.share)),
    };
    let score = match (asked(phase.asked_score), say.0) {
        (Some(asked), Language::Chinese) => {
            format!("，得分 {}（要求 {asked}）", percent(phase.score))
        }
        (Some(asked), Language::English) => {
            format!(", score {} of {asked} asked", percent(phase.score))
        }
        (None, _) => String::new(),
    };
    let short = match (phase.short_by.value() > 0.0, say.0) {
        (false, _) => String::new(),
        (true, Language::Chinese) => format!("，还差 {} 人", grouped(phase.short_by)),
        (true, Language::English) => format!(", short by {} people", grouped(phase.short_by)),
    };
    let (yes, no) = (phase.units_met, phase.units_missed);
    let units = match say.0 {
        Language::Chinese => format!("；单位达标 {yes} 个、未达标 {no} 个"),
        Language::English => format!("; units: {yes} met it, {no} missed"),
    };
    let met = met(phase.met, say.of("无人居住", "nobody lives there"), say);
    let mut lines = vec![match say.0 {
        Language::Chinese => format!("  {name}（{date}）{met} {share}{score}{short}{units}"),
        Language::English => format!("  {name} ({date}): {met}, {share}{score}{short}{units}"),
    }];
    lines.extend(
        phase
            .lacking
            .iter()
            .take(LACKING)
            .map(|lacking| format!("    – {}", lack(lacking, say))),
    );
    lines
}

/// "push down accept+issue of … to …: so many people".
fn lack(lacking: &LackingSums, say: Say) -> String {
    let (item, site, steps) = (
        plain(&lacking.item),
        plain(&lacking.site),
        say.steps(lacking.which),
    );
    let people = grouped(lacking.population);
    let more = match (lacking.items, say.0) {
        (0 | 1, _) => String::new(),
        (some, Language::Chinese) => format!("等 {some} 项"),
        (some, Language::English) => format!(" and {} more", some - 1),
    };
    match say.0 {
        Language::Chinese => match lacking.remedy {
            Remedy::HandDown => {
                format!("把“{item}”{more}的 {steps} 环节下沉到 {site}：{people} 人")
            }
            Remedy::CrossArea => format!("让 {site} 跨域办理“{item}”{more}：{people} 人"),
            Remedy::Helper => format!("{site} 增设帮办窗口：{people} 人"),
            Remedy::LongerHours => format!("{site} 延长开放时间：{people} 人"),
            Remedy::MendData => format!("修正数据：{people} 人"),
            Remedy::BuildSite => format!("增设服务点：{people} 人"),
        },
        Language::English => match lacking.remedy {
            Remedy::HandDown => {
                format!("push {steps} of “{item}”{more} down to {site}: {people} people")
            }
            Remedy::CrossArea => {
                format!("open a cross-area window for “{item}”{more} at {site}: {people} people")
            }
            Remedy::Helper => format!("a helper at {site}: {people} people"),
            Remedy::LongerHours => format!("longer hours at {site}: {people} people"),
            Remedy::MendData => format!("mend the data: {people} people"),
            Remedy::BuildSite => format!("build a site: {people} people"),
        },
    }
}

fn indicator(row: &IndicatorSums, say: Say) -> String {
    let (has, count) = (row.has, row.count);
    let by = row
        .by
        .as_ref()
        .map(|by| format!(" {by}"))
        .unwrap_or_default();
    let target = row.target.map(|target| {
        format!(
            "{} {}{by}",
            say.of("，要求", ", asked"),
            percent(Some(target))
        )
    });
    let short = match (row.short_by, say.0) {
        (0, _) => String::new(),
        (short, Language::Chinese) => format!("，还差 {short} 个"),
        (short, Language::English) => format!(", short by {short}"),
    };
    let name = padded(&plain(&row.name), 36);
    let share = right(&percent(row.share), 8);
    let met = padded(met(row.met, say.of("无目标", "no target"), say), 10);
    format!(
        "  {name}{met} {share} ({has}/{count}){}{short}",
        target.unwrap_or_default()
    )
}

fn placed(unit: &Placed, say: Say) -> String {
    let (rank, ranked) = (unit.rank, unit.ranked);
    let rank = match say.0 {
        Language::Chinese => format!("第 {rank} 名，共 {ranked} 个"),
        Language::English => format!("{rank} of {ranked}"),
    };
    let score = format!("{} {}", say.of("得分", "score"), percent(unit.score));
    format!(
        "  {}{}  {score}  {rank}",
        padded(&plain(&unit.name), 24),
        right(&percent(unit.share), 8)
    )
}

fn department(row: &DepartmentSums, say: Say) -> String {
    let name = if row.name.is_empty() {
        say.of("（未填部门）", "(no department)").to_owned()
    } else {
        plain(&row.name)
    };
    let undone = right(&grouped(row.undone_person_items), 14);
    let items = match say.0 {
        Language::Chinese => format!("{} 项，办到 {}", row.items, percent(row.share)),
        Language::English if row.items == 1 => format!("1 item, {} done", percent(row.share)),
        Language::English => format!("{} items, {} done", row.items, percent(row.share)),
    };
    format!("  {}{undone}  {items}", padded(&name, 24))
}

fn red_cell(cell: &RedCellSums, say: Say) -> String {
    let name = if cell.name.is_empty() {
        String::new()
    } else {
        format!(" {}", plain(&cell.name))
    };
    let (people, why) = (grouped(cell.population), name_of(cell, say));
    let undone = match say.0 {
        Language::Chinese => format!("{people} 人，{} 项未办到", cell.items_undone),
        Language::English => format!("{people} people, {} items not done", cell.items_undone),
    };
    format!(
        "  {}{undone}, {why} → {}",
        padded(&format!("{}{name}", plain(&cell.cell)), 36),
        cure(cell.remedy, say)
    )
}

fn name_of(cell: &RedCellSums, say: Say) -> &'static str {
    name(cell.verdict, say.0)
}

const fn cure(remedy: Remedy, say: Say) -> &'static str {
    match remedy {
        Remedy::BuildSite => say.of("增设服务点", "build a site"),
        Remedy::HandDown => say.of("事项下沉", "push items down"),
        Remedy::CrossArea => say.of("跨域办理", "a cross-area window"),
        Remedy::Helper => say.of("帮办窗口", "a helper"),
        Remedy::LongerHours => say.of("延长开放时间", "longer hours"),
        Remedy::MendData => say.of("修正数据", "mend the data"),
    }
}

fn red_item(item: &RedItemSums, say: Say) -> String {
    let people = right(&grouped(item.population), 12);
    let left = say.of("人办不到", "people left out");
    format!(
        "  {}{people} {left}  {}",
        padded(&plain(&item.name), 28),
        plain(&item.department)
    )
}

fn difference(head: &str, row: &DifferenceSums, say: Say) -> Vec<String> {
    let (before, after) = (percent(row.share_before), percent(row.share_after));
    let (gained, lost) = (grouped(row.newly_covered), grouped(row.no_longer_covered));
    let mut lines = vec![match say.0 {
        Language::Chinese => format!(
            "{head}覆盖率 {before} → {after}，新增覆盖 {gained} 人，不再覆盖 {lost} 人，{} 个居民点有变化",
            row.cells_changed
        ),
        Language::English => format!(
            "{head} share {before} → {after}, {gained} people newly covered, {lost} no longer, {} cells changed",
            row.cells_changed
        ),
    }];
    if row.cells_only_before + row.cells_only_after > 0 {
        let (before, after) = (row.cells_only_before, row.cells_only_after);
        lines.push(match say.0 {
            Language::Chinese => {
                format!("  只在前一次中的居民点 {before} 个，只在这一次中的 {after} 个，不计入变化")
            }
            Language::English => {
                format!("  {before} cells only before, {after} only now: they count as neither")
            }
        });
    }
    if !row.asked_otherwise.is_empty() {
        let what = row.asked_otherwise.join(", ");
        lines.push(format!(
            "  {}{what}",
            say.of(
                "两次口径不同，不可直接比较：",
                "not alike, so not comparable: "
            )
        ));
    }
    lines
}
