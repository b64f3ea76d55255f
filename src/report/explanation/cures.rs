//! What would cure it, and what there is otherwise.

use super::words::Words;
use crate::assess::{Alternative, Cure, Elsewhere, Explanation, Rule, Usable};
use crate::ids::SiteId;
use crate::report::summary::text;
use crate::units::TravelTime;

pub(super) fn lines(why: &Explanation<'_>, words: Words<'_>) -> Vec<String> {
    let mut lines = vec![String::new()];
    let head = words.say("如何改进：", "what would cure it: ");
    lines.extend(
        why.cures
            .iter()
            .map(|known| format!("{head}{}", cure(why, words, known))),
    );
    let head = words.say("其他办法：", "otherwise: ");
    lines.extend(
        why.alternatives
            .iter()
            .map(|known| format!("{head}{}", alternative(words, *known))),
    );
    let head = words.say("更远处：", "farther off: ");
    lines.extend(
        why.elsewhere
            .iter()
            .map(|known| format!("{head}{}", elsewhere(words, known))),
    );
    lines
}

pub(super) fn cure(why: &Explanation<'_>, words: Words<'_>, cure: &Cure) -> String {
    match cure {
        Cure::Nothing => {
            text::remedy(crate::score::VerdictKind::Covered, words.language()).to_owned()
        }
        Cure::Nearer {
            over,
            over_m,
            within_m,
        } => nearer(words, *over, *over_m, *within_m),
        Cure::AtSite {
            site,
            steps,
            hand_down,
            lift,
        } => {
            let (at, steps) = (words.site(*site), words.steps(*steps));
            let lift: Vec<String> = lift
                .iter()
                .map(|&rule| lifted(why, words, *site, rule))
                .collect();
            let down = words.pick(
                format!("把 {steps} 下沉到 {at}"),
                format!("hand {steps} down to {at}"),
            );
            let there = words.pick(format!("{at} 的 {steps}"), format!("at {at}, for {steps}"));
            let head = if *hand_down { down } else { there };
            let colon = if lift.is_empty() {
                ""
            } else {
                words.say("：", ": ")
            };
            format!("{head}{colon}{}", lift.join(words.say("、", ", ")))
        }
        Cure::Street { nearest, most_m } => {
            let mend = text::remedy(crate::score::VerdictKind::Stranded, words.language());
            let near = nearest.map_or_else(|| "–".to_owned(), |nearest| words.metres(nearest));
            let most = words.metres(*most_m);
            words.pick(
                format!("{mend}：最近的道路 {near}，至多 {most}"),
                format!("{mend}: the nearest street is {near} off, at most {most} are walked"),
            )
        }
        Cure::Row => text::remedy(crate::score::VerdictKind::Unknown, words.language()).to_owned(),
    }
}

fn nearer(words: Words<'_>, over: TravelTime, over_m: f64, within_m: f64) -> String {
    let (metres, within) = (words.metres(over_m), words.metres(within_m));
    let build = words.pick(
        format!("新建或迁移服务点，使能办之处在步行 {within} 以内"),
        format!("build or move a site that does it to within {within} of walking"),
    );
    if over == TravelTime::ZERO {
        return build;
    }
    let over = words.time(over);
    words.pick(
        format!("{build}（现远 {over}，{metres}）"),
        format!("{build}; it is {over}, {metres}, too far"),
    )
}

fn lifted(why: &Explanation<'_>, words: Words<'_>, site: SiteId, rule: Rule) -> String {
    let seen = why.considered(site);
    let arrival = seen
        .and_then(|seen| seen.arrival)
        .map_or_else(String::new, |at| format!(" ({at})"));
    match rule {
        Rule::Hours => format!("{}{arrival}", words.say("延长开放时间", "longer hours")),
        Rule::Group if seen.is_some_and(|seen| seen.usable == Usable::KindBarred) => words
            .say("使该人群可用此类服务点", "open it to the group")
            .to_owned(),
        Rule::Group => words.say("配备帮办", "a helper").to_owned(),
        Rule::OwnUnit => words
            .say("设跨域通办窗口", "a cross-area window")
            .to_owned(),
        Rule::Dates => words.say("提前启用", "an earlier day").to_owned(),
    }
}

fn alternative(words: Words<'_>, alternative: Alternative) -> String {
    let limit = |within| {
        if within {
            words.say("时限内", "within the limit")
        } else {
            words.say("超出时限", "beyond the limit")
        }
    };
    let at = |reach: crate::search::Reach| (words.site(reach.site), words.time(reach.time));
    match alternative {
        Alternative::Without {
            site, then: None, ..
        } => {
            let site = words.site(site);
            words.pick(
                format!("若 {site} 关闭，搜索范围内无处可办"),
                format!("if {site} closed, nobody within the search would do it"),
            )
        }
        Alternative::Without {
            site,
            then: Some(then),
            within,
        } => {
            let (closed, (site, time)) = (words.site(site), at(then));
            let limit = limit(within);
            words.pick(
                format!("若 {closed} 关闭，改到 {site}，{time}，{limit}"),
                format!("if {closed} closed, {site} after {time}, {limit}"),
            )
        }
        Alternative::Lifting { rule, then, within } => {
            let (rule, (site, time), limit) = (without(words, rule), at(then), limit(within));
            words.pick(
                format!("若{rule}，则 {site}，{time}，{limit}"),
                format!("if {rule}, {site} after {time}, {limit}"),
            )
        }
        Alternative::AtSite { then, within } => {
            let ((site, time), limit) = (at(then), limit(within));
            words.pick(
                format!("到场办理：{site}，{time}，{limit}"),
                format!("at a site: {site} after {time}, {limit}"),
            )
        }
    }
}

const fn without(words: Words<'_>, rule: Rule) -> &'static str {
    match rule {
        Rule::Hours => words.say("不计开放时间", "every site were open"),
        Rule::Group => words.say("该人群可用任何服务点", "the group could use every site"),
        Rule::OwnUnit => words.say("可跨域通办", "it were handled anywhere"),
        Rule::Dates => words.say("不计启用日期", "every site and offer held on the day"),
    }
}

fn elsewhere(words: Words<'_>, there: &Elsewhere) -> String {
    let (site, steps) = (words.site(there.site), words.steps(there.does));
    let crow = there
        .crow_m
        .map_or_else(|| "–".to_owned(), |crow| words.metres(crow));
    match &there.walk {
        Some(walk) => {
            let (metres, time) = (words.metres(walk.path.metres()), words.time(walk.path.time));
            words.pick(
                format!("{site} 可办 {steps}，步行 {metres}，{time}（直线 {crow}）"),
                format!(
                    "{site} does {steps}, a walk of {metres}, {time} ({crow} in a straight line)"
                ),
            )
        }
        None => words.pick(
            format!("{site} 可办 {steps}，直线 {crow}，无路可走"),
            format!("{site} does {steps}, {crow} in a straight line, no way leads there"),
        ),
    }
}
