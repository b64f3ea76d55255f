//! `report.html`: everything for a person to look at, in one file that needs no network.
//!
//! ```text
//!   head ── policy: our own script and style alone ── security
//!   opening    doubts · headline figures · verdicts
//!   map        what the script draws (data, map.js) · the still picture (picture)
//!   units · who · evenness · week · plan · gaps · changes · quality · method
//! ```
//!
//! Figures come from the tables and the summary; nothing is worked out anew. Every text from the data is
//! escaped by the crate `maud`, or stands in a block of JSON that the script shows as text. The page holds
//! no time and no path: the same results make the same bytes.

pub(super) mod colours;
mod data;
mod evenness;
mod frame;
mod gaps;
mod labels;
mod land;
mod lines;
mod map;
mod method;
mod opening;
mod pair;
mod pair_sheet;
mod picture;
mod plan;
mod quality;
mod security;
mod sheet;
mod signs;
mod subject;
mod table;
mod units;
mod week;
mod who;
mod why;
mod words;

use std::io;

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::options::Paper;
use super::out::Out;
use super::summary::Summary;
use crate::model::{Findings, Language, Study};
use crate::run::Results;
use crate::text::plain;
use crate::words::{Text, text};
use data::MapData;
use frame::Frame;
pub(super) use land::{Land, lands};
use subject::{Subject, name};
use why::Reasons;

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = concat!(include_str!("map.js"), include_str!("page.js"));

/// With more cells than this the map stands still: a browser would take too long to open the page.
const MOST_CELLS: usize = 400_000;

/// Writes the page, with these layers of land. O(cells × classes of items + streets).
pub(super) fn write(
    results: &Results,
    (summary, findings): (&Summary, &Findings),
    lands: &[Land],
    out: &mut dyn Out,
) -> io::Result<()> {
    let reasons = Reasons::of(results);
    let subject = Subject::of((results, summary, findings), &reasons);
    let frame = Frame::around(subject.study());
    let is_live = is_live(subject.study());
    let data = match frame.filter(|_| is_live) {
        Some(frame) => security::inert_json(&MapData::of(&subject, &frame, lands))?,
        None => String::new(),
    };
    let page = page(&subject, frame.as_ref(), is_live, &data);
    out.write_all(page.into_string().as_bytes())?;
    out.write_all(b"\n")
}

/// Whether the map of a study can be zoomed and asked; else it is a still one.
pub(super) fn is_live(study: &Study) -> bool {
    study.cells().len() <= MOST_CELLS
}

/// The map as a sheet of paper, in SVG, before and after the changes where there are any; none where nothing has a place. O(cells log cells + streets).
pub(super) fn map_sheet(
    results: &Results,
    summary: &Summary,
    findings: &Findings,
    paper: Paper,
) -> Option<String> {
    let reasons = Reasons::of(results);
    let subject = Subject::of((results, summary, findings), &reasons);
    let frame = Frame::around(subject.study())?;
    // On larger paper the map is larger, and dots, names and words are not.
    let side = pair::SIDE * paper.larger();
    Some(match pair::Pair::of(&subject, &frame, side) {
        Some(pair) => pair_sheet::sheet(&subject, &pair, paper),
        None => sheet::sheet(&subject, &frame, paper),
    })
}

fn page(subject: &Subject<'_>, frame: Option<&Frame>, is_live: bool, data: &str) -> Markup {
    let study = subject.study().name();
    let kind = subject.say(&text!(PageKind, minutes = subject.minutes()));
    html! {
        (DOCTYPE)
        html lang=(lang(subject.language())) {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(security::policy(SCRIPT, STYLE));
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="referrer" content="no-referrer";
                title { @if !study.is_empty() { (plain(study)) " – " } (kind) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                header { @if study.is_empty() { h1 { (kind) } } @else { h1 { (name(study)) } p.soft { (kind) } } (opening::doubts(subject)) }
                (contents(subject))
                main {
                    (opening::headline(subject))
                    (map::section(subject, frame, is_live))
                    (opening::verdicts(subject))
                    (units::section(subject))
                    (who::section(subject))
                    (evenness::section(subject))
                    (week::section(subject))
                    (plan::phases(subject))
                    (plan::indicators(subject))
                    (plan::departments(subject))
                    (gaps::section(subject))
                    (units::changes(subject, frame))
                    (quality::section(subject))
                    (method::section(subject))
                }
                (method::footer(subject))
                @if !data.is_empty() { script #data type="application/json" { (PreEscaped(data)) } }
                script { (PreEscaped(SCRIPT)) }
            }
        }
    }
}

/// Links to the sections that are there.
fn contents(subject: &Subject<'_>) -> Markup {
    let assessed = &subject.summary.assessed;
    let told = &subject.results.breakdown;
    let is_by_who = !told.groups.is_empty()
        || !told.channels.is_empty()
        || !told.denominators.is_empty()
        || !told.themes.is_empty()
        || !told.firm_themes.is_empty();
    let sections: [(&str, Text, bool); 15] = [
        ("result", text!(PageResult), true),
        ("where", text!(PageMap), true),
        ("verdicts", text!(PageVerdicts), true),
        (
            "units",
            text!(PageUnits),
            !subject.study().units().is_empty(),
        ),
        ("who", text!(PageWho), is_by_who),
        ("evenness", text!(PageEvenness), evenness::is_there(subject)),
        (
            "week",
            text!(PageWeek),
            told.week.is_some() || told.firm_week.is_some(),
        ),
        ("phases", text!(PagePhases), !assessed.phases.is_empty()),
        (
            "indicators",
            text!(PageIndicators),
            !assessed.indicators.is_empty(),
        ),
        (
            "departments",
            text!(PageDepartments),
            plan::has_departments(subject),
        ),
        ("gaps", text!(PageGaps), true),
        ("change", text!(PageChange), assessed.change.is_some()),
        ("trend", text!(PageTrend), assessed.trend.is_some()),
        ("quality", text!(PageQuality), true),
        ("method", text!(PageMethod), true),
    ];
    html! {
        nav aria-label=(subject.say(&text!(PageContents))) { ul {
            @for (id, text, is_there) in &sections {
                @if *is_there { li { a href=(format!("#{id}")) { (subject.say(text)) } } }
            }
        } }
    }
}

/// The language as browsers name it.
const fn lang(language: Language) -> &'static str {
    match language {
        Language::Chinese => "zh-CN",
        Language::English => "en",
    }
}
