//! The verdict, and whom and what it is about.

use super::words::{Words, named};
use crate::assess::Explanation;
use crate::model::{Audience, ItemReach, Online, StreetRules};
use crate::read::plain;
use crate::report::summary::text;
use crate::score::Verdict;
use crate::snap::Snap;

pub(super) fn lines(why: &Explanation<'_>, words: Words<'_>) -> Vec<String> {
    let (cell, item) = (
        &why.study.cells()[why.cell],
        &why.study.catalogue()[why.item],
    );
    let (cell_name, item_name) = (named(&cell.id, &cell.name), named(&item.id, &item.name));
    let mut lines = vec![
        format!(
            "{}{cell_name} × {item_name}",
            words.say("为什么：", "why: ")
        ),
        format!(
            "{}{}",
            words.say("判定：", "verdict: "),
            verdict(why, words)
        ),
        String::new(),
        format!(
            "{}{}",
            words.say("居民点：", "cell: "),
            words.joined(&of_cell(why, words))
        ),
        format!(
            "{}{}",
            words.say("事项：", "item: "),
            words.joined(&of_item(why, words))
        ),
        format!(
            "{}{}",
            words.say("条件：", "asked: "),
            words.joined(&of_setting(why, words))
        ),
    ];
    if !why.asked {
        lines.push(
            words
                .say(
                    "注意：该事项不在考核之列",
                    "note: this item is not among those asked of these people",
                )
                .to_owned(),
        );
    }
    lines
}

fn verdict(why: &Explanation<'_>, words: Words<'_>) -> String {
    let name = text::name(why.verdict.kind(), words.language());
    let (site, time) = (|id| words.site(id), |time| words.time(time));
    let more = match why.verdict {
        Verdict::Covered { by, after } => words.pick(
            format!("{}，{}可达", site(by), time(after)),
            format!("by {} after {}", site(by), time(after)),
        ),
        Verdict::TooFar {
            nearest,
            after,
            over,
        } => words.pick(
            format!(
                "能办的 {} 需 {}，超出 {}",
                site(nearest),
                time(after),
                time(over)
            ),
            format!(
                "{} does it after {}, {} too much",
                site(nearest),
                time(after),
                time(over)
            ),
        ),
        Verdict::NotOffered { missing, at, .. } => words.pick(
            format!("时限内无人办理 {}，宜在 {}", words.steps(missing), site(at)),
            format!(
                "nobody within the limit does {} for these people; nearest remedy at {}",
                words.steps(missing),
                site(at)
            ),
        ),
        Verdict::Online => words.say("无需到场", "without a visit").to_owned(),
        Verdict::OutOfReach => words
            .say(
                "搜索范围内无处可办",
                "nobody within the search does it for these people",
            )
            .to_owned(),
        Verdict::Stranded { .. } => words.say("附近没有道路", "no street is near").to_owned(),
        _ => words
            .say("该行数据被弃用", "the cell's row was rejected")
            .to_owned(),
    };
    format!("{name}{}{more}", words.say("，", ", "))
}

fn of_cell(why: &Explanation<'_>, words: Words<'_>) -> Vec<String> {
    let cell = &why.study.cells()[why.cell];
    let mut said = vec![words.pick(
        format!("{} 人", cell.people),
        format!("{} people", cell.people),
    )];
    let groups = why.study.groups().map(|(id, group)| {
        format!(
            "{} {}",
            plain(&group.name),
            why.study.people(why.cell, Some(id))
        )
    });
    let groups: Vec<String> = groups.collect();
    if !groups.is_empty() {
        said[0] = format!("{} ({})", said[0], groups.join(words.say("、", ", ")));
    }
    if !why.units.is_empty() {
        let units: Vec<String> = why.units.iter().map(|&unit| words.unit(unit)).collect();
        said.push(units.join(" < "));
    }
    if let Some(at) = cell.at {
        said.push(format!("{:.6} E {:.6} N", at.lon(), at.lat()));
    }
    said.extend(match why.snap {
        Some(Snap::Snapped { gap, .. }) => Some(words.pick(
            format!("离路网 {gap:.1} 米"),
            format!("{gap:.1} m off its street"),
        )),
        Some(Snap::Stranded {
            nearest: Some(metres),
        }) => Some(words.pick(
            format!("离最近的道路 {metres:.0} 米"),
            format!("{metres:.0} m off the nearest street"),
        )),
        _ => None,
    });
    said
}

fn of_item(why: &Explanation<'_>, words: Words<'_>) -> Vec<String> {
    let item = &why.study.catalogue()[why.item];
    let mut said = vec![
        match item.audience {
            Audience::Person => words.say("个人", "for persons"),
            Audience::Firm => words.say("企业", "for firms"),
            Audience::Both => words.say("个人和企业", "for persons and firms"),
        }
        .to_owned(),
    ];
    let told = [
        (words.say("主题 ", "theme "), &item.theme),
        (words.say("部门 ", "department "), &item.department),
    ];
    said.extend(
        told.into_iter()
            .filter(|(_, text)| !text.is_empty())
            .map(|(what, text)| format!("{what}{}", plain(text))),
    );
    said.push(match item.online {
        Online::None => words.say("不能网办", "not online").to_owned(),
        Online::Part => words.say("部分网办", "in part online").to_owned(),
        Online::Whole => words
            .say(
                "可全程网办：会上网的人无需到场",
                "wholly online: who goes online need not come",
            )
            .to_owned(),
    });
    said.push(if why.visits.is_empty() {
        words.say("无需到场", "no step needs a visit").to_owned()
    } else {
        format!(
            "{}{}",
            words.say("需到场环节 ", "steps that need a visit: "),
            words.steps(why.visits)
        )
    });
    said.push(match item.reach {
        ItemReach::OwnUnit => words
            .say(
                "仅限本单位及其上级办理",
                "handled by one's own unit or one above it",
            )
            .to_owned(),
        ItemReach::Anywhere => words.say("可跨域通办", "handled anywhere").to_owned(),
    });
    said
}

fn of_setting(why: &Explanation<'_>, words: Words<'_>) -> Vec<String> {
    let who = why
        .setting
        .group
        .map(|group| plain(&why.study.group(group).name));
    let who = who.unwrap_or_else(|| words.say("全体居民", "everybody").to_owned());
    let mut said = vec![format!(
        "{who}{}",
        if why.setting.online {
            words.say("（含网办）", " (online counts)")
        } else {
            ""
        }
    )];
    said.extend(why.setting.group.map(|_| {
        words.pick(
            format!("{} 人", why.people),
            format!("{} people", why.people),
        )
    }));
    let limit = words.time(why.limit);
    said.push(words.pick(
        format!("{limit}以内（含）"),
        format!("within {limit}, inclusive"),
    ));
    if let Some(zone) = why.zone {
        said.push(format!(
            "{}{} ({})",
            words.say("分区 ", "zone "),
            plain(&zone.name),
            plain(&zone.by)
        ));
    }
    said.push(format!("{:.1} km/h", why.profile.speed.kmh()));
    said.extend(rules(&why.profile.rules, words));
    said.extend(
        why.day
            .map(|day| format!("{}{day}", words.say("日期 ", "on the day "))),
    );
    said.extend(
        why.setting
            .leaving
            .map(|at| format!("{}{at}", words.say("出发 ", "leaving "))),
    );
    said
}

/// The walking rules that are on.
fn rules(rules: &StreetRules, words: Words<'_>) -> Vec<String> {
    let on = [
        (rules.stairs_closed, words.say("不走台阶", "no stairs")),
        (rules.wheelchair, words.say("轮椅", "by wheelchair")),
        (
            rules.one_way,
            words.say("单行步道单向", "one-way footways one way"),
        ),
        (rules.slope, words.say("计坡度", "slopes count")),
    ];
    let delays = [
        (
            rules.crossing_delay,
            words.say("每处过街加 ", "each crossing adds "),
        ),
        (
            rules.stairs_delay,
            words.say("每处台阶加 ", "each flight of stairs adds "),
        ),
    ];
    let on = on
        .into_iter()
        .filter(|(on, _)| *on)
        .map(|(_, word)| word.to_owned());
    let delays = delays.into_iter().filter(|(delay, _)| delay.ticks() > 0);
    on.chain(delays.map(|(delay, word)| format!("{word}{}", words.time(delay))))
        .collect()
}
