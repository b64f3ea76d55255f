//! The answer to a question, in words.
//!
//! `h cert` asks for the verdict on one cell and item; `people` and `unit north` for who is covered;
//! `count households` for other denominators; `theme firms` for item by item and one stop; `week h` for
//! covered hours; `nearest h`, `score h`, `edges` for what they say. `channels` for all that
//! `channels.csv` tells. Each may go on with `as elderly`, `online`, `at Mo 09:00`, `by self-service`.

use walkshed::ids::CellId;
use walkshed::model::{Study, WeekMinute, Who};
use walkshed::score::{
    Coverage, Setting, Tally, Verdict, Way, border_bounds, breakdown, denominators,
};
use walkshed::search::Walks;
use walkshed::{Options, People};

pub fn answer(study: &Study, question: &str) -> String {
    let words: Vec<&str> = question.split_whitespace().collect();
    let setting = setting(study, &words);
    let options = Options {
        setting: Some(setting),
        breakdown: false,
        ..Options::default()
    };
    let results = walkshed::run(study, &options).expect("a small town");
    let now = results.coverage;
    let named = *words.get(1).unwrap_or(&"");
    match words[0] {
        "people" => covered(now.total()),
        "unit" => covered(
            &now.by_unit()
                .iter()
                .find(|row| row.id == named)
                .expect("a unit")
                .tally,
        ),
        "theme" => theme(&now, named),
        "week" => format!(
            "{} hours",
            now.week()
                .expect("a time rule")
                .cell(cell(study, named))
                .count()
        ),
        "count" => count(&now, results.firms.as_ref(), named),
        "score" => now
            .score(cell(study, named))
            .map_or("none".to_owned(), |score| format!("{score:.2}")),
        "nearest" => now
            .nearest(cell(study, named))
            .map_or("none".to_owned(), |near| {
                study.sites()[near.site].id.clone()
            }),
        "edges" => bounds(&now),
        "channels" => channels(&results.walks, &now, results.firms.as_ref()),
        home => {
            let item = study
                .catalogue()
                .find(named)
                .unwrap_or_else(|| panic!("no item {named}"));
            shown(study, now.verdict(cell(study, home), item))
        }
    }
}

fn cell(study: &Study, id: &str) -> CellId {
    study
        .cells()
        .iter()
        .find(|(_, cell)| cell.id == id)
        .map_or_else(|| panic!("no cell {id}"), |(cell, _)| cell)
}

fn setting(study: &Study, words: &[&str]) -> Setting {
    let after = |word: &str| {
        words
            .iter()
            .position(|other| *other == word)
            .map(|place| &words[place + 1..])
    };
    let group = |id: &str| {
        study
            .groups()
            .find(|(_, group)| group.id == id)
            .map(|(id, _)| id)
    };
    Setting {
        who: after("as").map_or(Who::People, |rest| match rest[0] {
            "firms" if group("firms").is_none() => Who::Firms,
            id => Who::Group(group(id).unwrap_or_else(|| panic!("no group {id}"))),
        }),
        online: words.contains(&"online"),
        leaving: after("at").map(|rest| minute(rest[0], rest[1])),
        way: after("by").map(|rest| way(rest[0])),
    }
}

fn way(word: &str) -> Way {
    let mut ways = Way::ALL.into_iter();
    ways.find(|way| way.word() == word)
        .unwrap_or_else(|| panic!("no way {word}"))
}

fn minute(day: &str, time: &str) -> WeekMinute {
    let days = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"];
    let day = days
        .iter()
        .position(|other| *other == day)
        .expect("a day of the week");
    let (hour, minute) = time.split_once(':').expect("a time");
    let number = |text: &str| text.parse::<u32>().expect("a number");
    WeekMinute::new(u32::try_from(day).expect("small") * 1440 + number(hour) * 60 + number(minute))
        .expect("a minute")
}

fn covered(tally: &Tally) -> String {
    format!("{} of {}", tally.covered(), tally.people())
}

fn count(now: &Coverage, firms: Option<&Coverage>, name: &str) -> String {
    let rows = denominators(now, firms);
    let row = rows
        .iter()
        .find(|row| row.name == name)
        .expect("a denominator");
    format!("{} of {}", row.covered, row.total)
}

fn theme(now: &Coverage, name: &str) -> String {
    let themes = now.by_theme();
    let theme = themes
        .iter()
        .find(|theme| theme.name == name)
        .expect("a theme");
    format!(
        "item by item {}, one stop {}, of {}",
        theme.done, theme.one_stop, theme.people
    )
}

fn channels(walks: &Walks, people: &Coverage, firms: Option<&Coverage>) -> String {
    let mut all = Vec::new();
    for sums in breakdown(walks, people, firms).channels {
        let of = if sums.is_of_firms() { "firms " } else { "" };
        all.push(format!(
            "{of}{} {}",
            sums.channel.word(),
            sums.tally.covered()
        ));
    }
    all.join(", ")
}

fn bounds(now: &Coverage) -> String {
    let bounds = border_bounds(now).expect("a boundary");
    let flagged: Vec<&str> = bounds
        .flagged
        .iter()
        .map(|&cell| now.study().cells()[cell].id.as_str())
        .collect();
    let flagged = if flagged.is_empty() {
        "none".to_owned()
    } else {
        flagged.join(" ")
    };
    let [lower, covered, upper]: [People; 3] =
        [bounds.total.lower, bounds.total.covered, bounds.total.upper];
    format!("{lower} to {upper}, {covered} as seen; at the edge: {flagged}")
}

fn shown(study: &Study, verdict: Verdict) -> String {
    let name = |site| &study.sites()[site].id;
    match verdict {
        Verdict::Covered { by, after } => format!("covered by {} after {after}", name(by)),
        Verdict::AtHome { by, after } => format!("at home, {} comes after {after}", name(by)),
        Verdict::TooFar {
            nearest,
            after,
            over,
        } => format!("too far: {} is {after} away, {over} over", name(nearest)),
        Verdict::NotOffered {
            handled,
            missing,
            at,
            why,
            ..
        } => {
            let handled = handled.map_or(String::new(), |far| {
                format!("; {} is {} away", name(far.site), far.time)
            });
            format!(
                "not offered: {missing} {}, at {}{handled}",
                why.word(),
                at.map_or("nowhere", |at| name(at))
            )
        }
        Verdict::Online => "online".to_owned(),
        Verdict::OutOfReach => "out of reach".to_owned(),
        Verdict::Stranded { .. } => "stranded".to_owned(),
        Verdict::Unknown => "unknown".to_owned(),
        other => format!("{other:?}"),
    }
}
