//! What the rules add to the summary for a terminal.

use super::rules_json::{
    BoundSums, ChannelSums, DenominatorSums, GroupSums, ThemeSums, Told, WeekSums,
};
use super::text::{Say, grouped, headed, padded, percent, right};
use crate::model::Language;
use crate::read::plain;
use crate::report::parameters::{Parameters, ZoneSums};
use crate::score::Channel;

/// The rules that are on and not told by a table of their own: date, moment, streets, zones.
pub(crate) fn rules(p: &Parameters, say: Say) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(date) = &p.date {
        lines.push(format!("{}{date}", say.of("日期：", "on the day ")));
    }
    match (&p.leaving, &p.week_of) {
        (Some(leaving), Some(week)) => lines.push(match say.0 {
            Language::Chinese => format!("出发时刻 {leaving}（{week} 起的一周），到达时服务点须开门"),
            Language::English => {
                format!("leaving home {leaving} in the week of {week}; a site must be open on arrival")
            }
        }),
        (None, Some(week)) => lines.push(match say.0 {
            Language::Chinese => format!("覆盖率不计开放时间；各小时覆盖率按 {week} 起的一周"),
            Language::English => {
                format!("coverage counts every site as open; hour by hour it is told for the week of {week}")
            }
        }),
        _ => {}
    }
    if !p.street_rules.is_empty() {
        let rules: Vec<String> = p
            .street_rules
            .iter()
            .map(|rule| street_rule(rule, say))
            .collect();
        lines.push(format!(
            "{}{}",
            say.of("步行规则：", "streets: "),
            rules.join(say.of("，", ", "))
        ));
    }
    lines.extend(p.zones.iter().map(|zone| zone_line(zone, say)));
    lines
}

/// A street rule, such as `crossing_seconds = 20`.
fn street_rule(rule: &str, say: Say) -> String {
    let (key, seconds) = rule.split_once(" = ").unwrap_or((rule, ""));
    match key {
        "no_stairs" => say.of("不走台阶", "no stairs").to_owned(),
        "one_way" => say.of("单向步道", "one-way passages").to_owned(),
        "slope" => say.of("计坡度", "slopes").to_owned(),
        "crossing_seconds" => format!(
            "{} {seconds} {}",
            say.of("每处过街", "each crossing"),
            say.of("秒", "s")
        ),
        "stairs_seconds" => format!(
            "{} {seconds} {}",
            say.of("每段台阶", "each flight of stairs"),
            say.of("秒", "s")
        ),
        _ => rule.to_owned(),
    }
}

fn zone_line(zone: &ZoneSums, say: Say) -> String {
    let by = if zone.by == "walk" {
        say.of("步行", "walk").to_owned()
    } else {
        plain(&zone.by)
    };
    let name = plain(&zone.name);
    let (minutes, kmh, people) = (zone.minutes, zone.speed_kmh, grouped(zone.population));
    match say.0 {
        Language::Chinese => {
            format!("分区 {name}：{minutes} 分钟，{kmh} km/h（{by}），{people} 人")
        }
        Language::English => {
            format!("zone {name}: {minutes} minutes at {kmh} km/h ({by}), {people} people")
        }
    }
}

/// What the rules make of the coverage.
pub(crate) fn told(told: &Told, say: Say) -> Vec<String> {
    let mut lines = Vec::new();
    lines.extend(told.bounds.as_ref().map(|bounds| bounds_line(bounds, say)));
    lines.extend(groups(&told.groups, say));
    lines.extend(channels(&told.channels, say));
    lines.extend(denominators(&told.denominators, say));
    lines.extend(themes(&told.themes, say));
    lines.extend(told.week.as_ref().map(|week| week_line(week, say)));
    lines
}

fn bounds_line(bounds: &BoundSums, say: Say) -> String {
    let (lower, upper) = (percent(bounds.share_lower), percent(bounds.share_upper));
    let people = grouped(bounds.people_at_edge);
    match say.0 {
        Language::Chinese => {
            format!("边界之外情况不明：覆盖率介于 {lower} 与 {upper} 之间（边界附近 {people} 人）")
        }
        Language::English => {
            format!(
                "whatever lies beyond the boundary: between {lower} and {upper} ({people} people live near it)"
            )
        }
    }
}

fn groups(groups: &[GroupSums], say: Say) -> Vec<String> {
    let line = |group: &GroupSums| {
        let name = match group.id.as_str() {
            "total" => say.of("合计", "all groups").to_owned(),
            _ => plain(&group.name),
        };
        let apart = if group.counted_apart {
            say.of("（另计）", " (counted apart)")
        } else {
            ""
        };
        let online = group.with_online.as_ref().map(|online| {
            format!(
                "  {} {}",
                say.of("含网办", "with online"),
                percent(online.share)
            )
        });
        let name = padded(&format!("{name}{apart}"), 24);
        let people = right(&grouped(group.population), 12);
        let (share, online) = (
            right(&percent(group.at_sites.share), 9),
            online.unwrap_or_default(),
        );
        format!("  {name}{people} {share}{online}")
    };
    headed(
        say.of("各类人群（现场办理）：", "by group (at sites):"),
        groups.iter().map(line).collect(),
    )
}

fn channels(channels: &[ChannelSums], say: Say) -> Vec<String> {
    let line = |row: &ChannelSums| {
        let name = match row.channel {
            Channel::AtSites => say.of("只到现场", "at sites alone"),
            Channel::WithOnline => say.of("现场加网办", "at sites and online"),
            Channel::NotOnline => say.of("不会上网的人", "those not online"),
        };
        let people = right(&grouped(row.population), 12);
        format!(
            "  {}{people} {}",
            padded(name, 24),
            right(&percent(row.covered.share), 9)
        )
    };
    headed(
        say.of("办理渠道：", "by channel:"),
        channels.iter().map(line).collect(),
    )
}

fn denominators(rows: &[DenominatorSums], say: Say) -> Vec<String> {
    let name = |row: &DenominatorSums| match row.counted_by.as_str() {
        "people" => say.of("人口", "people").to_owned(),
        "households" => say.of("家庭户", "households").to_owned(),
        "buildings" => say.of("楼栋", "buildings").to_owned(),
        "area" => say
            .of("居住面积（平方米）", "residential area, m²")
            .to_owned(),
        "enterprises" => say.of("企业", "firms").to_owned(),
        other => plain(other),
    };
    let line = |row: &DenominatorSums| {
        let total = right(&grouped(row.total), 12);
        format!(
            "  {}{total} {}",
            padded(&name(row), 24),
            right(&percent(row.share), 9)
        )
    };
    headed(
        say.of("不同口径的覆盖率：", "counted by:"),
        rows.iter().map(line).collect(),
    )
}

fn themes(themes: &[ThemeSums], say: Say) -> Vec<String> {
    let line = |theme: &ThemeSums| {
        let (share, one) = (
            right(&percent(theme.share), 9),
            percent(theme.one_stop_share),
        );
        format!(
            "  {}{share}  {} {one}",
            padded(&plain(&theme.theme), 24),
            say.of("一站办成", "at one stop")
        )
    };
    headed(
        say.of("各主题（逐项办成）：", "by theme (item by item):"),
        themes.iter().map(line).collect(),
    )
}

fn week_line(week: &WeekSums, say: Say) -> String {
    let none = || say.of("无", "none").to_owned();
    let hour = |hour: &Option<String>| hour.clone().unwrap_or_else(none);
    let (worst, best) = (hour(&week.worst_hour), hour(&week.best_hour));
    let (low, high) = (
        percent(week.worst_hour_share),
        percent(week.best_hour_share),
    );
    match say.0 {
        Language::Chinese => {
            format!(
                "一周 168 小时中，有服务点开门的 {} 小时（24 小时自助点除外）：最差 {worst}（{low}），最好 {best}（{high}）",
                week.hours_open
            )
        }
        Language::English => format!(
            "of the {} hours of the week with any site open (those always open aside): worst {worst} ({low}), best {best} ({high})",
            week.hours_open
        ),
    }
}
