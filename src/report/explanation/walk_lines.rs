//! Step by step where it is done, and the walks, street by street.

use super::words::Words;
use crate::assess::{Explanation, StepDone, WalkTo};
use crate::model::{StreetKind, Study};
use crate::read::plain;
use crate::search::Path;
use crate::units::TravelTime;

/// How many streets of a walk are shown.
const MOST: usize = 16;

pub(super) fn lines(why: &Explanation<'_>, words: Words<'_>) -> Vec<String> {
    let mut lines = Vec::new();
    if !why.steps.is_empty() {
        lines.extend([
            String::new(),
            words.say("逐个环节：", "step by step:").to_owned(),
        ]);
        let same = |a: &StepDone, b: &StepDone| (a.first, a.next) == (b.first, b.next);
        lines.extend(why.steps.chunk_by(same).map(|steps| step(words, steps)));
    }
    let walks = [
        (
            &why.walk,
            words.say("到决定性的服务点 ", "the walk to the site that decides, "),
        ),
        (
            &why.nearest_walk,
            words.say(
                "到最近的服务点 ",
                "the walk to the nearest site of any kind, ",
            ),
        ),
    ];
    for (walk, head) in walks {
        lines.extend(
            walk.as_ref()
                .into_iter()
                .flat_map(|walk| walked(why.study, words, head, walk)),
        );
    }
    lines
}

/// Steps that the same sites do first and next.
fn step(words: Words<'_>, steps: &[StepDone]) -> String {
    let name = words.steps(steps.iter().map(|done| done.step).collect());
    let done = steps[0];
    let Some(first) = done.first else {
        return format!(
            "  {name}{}{}",
            words.say("：", ": "),
            words.say(
                "搜索范围内无处可办",
                "nobody within the search does it for these people"
            )
        );
    };
    let (site, time) = (words.site(first.site), words.time(first.time));
    let within = if done.within {
        words.say("时限内", "within the limit")
    } else {
        words.say("超出时限", "beyond the limit")
    };
    let next = done.next.map_or_else(String::new, |next| {
        let (site, time) = (words.site(next.site), words.time(next.time));
        words.pick(
            format!("；其次 {site}，{time}"),
            format!("; next {site} after {time}"),
        )
    });
    words.pick(
        format!("  {name}：{site}，{time}，{within}{next}"),
        format!("  {name}: {site} after {time}, {within}{next}"),
    )
}

fn walked(study: &Study, words: Words<'_>, head: &str, walk: &WalkTo) -> Vec<String> {
    let path = &walk.path;
    let parts = [
        words.metres(path.metres()),
        words.time(path.time),
        words.metres(path.crow_m),
        detour(path),
    ];
    let [metres, time, crow, detour] = parts;
    let measure = words.pick(
        format!("：{metres}，{time}；直线 {crow}，绕行系数 {detour}"),
        format!(": {metres}, {time}; {crow} in a straight line, detour ratio {detour}"),
    );
    let mut lines = vec![
        String::new(),
        format!("{head}{}{measure}", words.site(walk.site)),
    ];
    let line = |name: &str, metres, time| {
        format!("  {name} {}, {}", words.metres(metres), words.time(time))
    };
    let [leave, arrive] = path.gaps;
    let streets = streets(study, words, path);
    lines.push(line(
        words.say("出门到路边", "to the street"),
        leave.metres,
        leave.time,
    ));
    lines.extend(
        streets
            .iter()
            .take(MOST)
            .map(|street| line(&street.name, street.metres, street.time)),
    );
    if let Some(more) = streets.len().checked_sub(MOST).filter(|&more| more > 0) {
        lines.push(words.pick(
            format!("  … 另有 {more} 段"),
            format!("  … and {more} more"),
        ));
    }
    lines.push(line(
        words.say("路边到服务点", "to the site"),
        arrive.metres,
        arrive.time,
    ));
    lines
}

/// How many times longer the walk is than the straight line.
fn detour(path: &Path) -> String {
    path.detour()
        .map_or_else(|| "–".to_owned(), |times| format!("{times:.2}"))
}

/// A street as far as it is walked without leaving it.
pub(super) struct Street {
    pub(super) name: String,
    pub(super) metres: f64,
    pub(super) time: TravelTime,
}

/// The pieces of a walk; those of one street that follow each other are one.
pub(super) fn streets(study: &Study, words: Words<'_>, path: &Path) -> Vec<Street> {
    let mut streets: Vec<Street> = Vec::new();
    for piece in &path.pieces {
        let name = name(study, words, piece.edge);
        match streets.last_mut() {
            Some(last) if last.name == name => {
                last.metres += piece.metres;
                last.time = last.time.saturating_add(piece.time);
            }
            _ => streets.push(Street {
                name,
                metres: piece.metres,
                time: piece.time,
            }),
        }
    }
    streets
}

fn name(study: &Study, words: Words<'_>, edge: crate::ids::EdgeId) -> String {
    let name = study.network().street_name(edge).map(plain);
    let name = name.unwrap_or_else(|| words.say("无名道路", "unnamed street").to_owned());
    match study.network().traits_of(edge).kind {
        StreetKind::Plain => name,
        StreetKind::Stairs => format!("{name} ({})", words.say("台阶", "stairs")),
        StreetKind::Crossing => format!("{name} ({})", words.say("过街", "crossing")),
    }
}
