//! How evenly it is shared out: the Lorenz curves of residents and firms.

use std::fmt::Write as _;

use maud::{Markup, html};

use super::subject::Subject;
use crate::report::layout::percent;
use crate::report::number::Number;
use crate::score::Lorenz;
use crate::words::{Text, text};

/// The side of the drawing, in its own units.
const SIDE: f64 = 300.0;
/// What the numbers beside it take.
const EDGE: f64 = 62.0;

/// The curve of some, with its line.
struct Curve {
    whose: Text,
    shape: Lorenz,
    colour: &'static str,
    /// How its line is broken, so that both are told apart without colours.
    dashes: Option<&'static str>,
}

/// The curves; nothing where nobody gets anything done.
pub(super) fn section(subject: &Subject<'_>) -> Markup {
    let curves = curves(subject);
    if curves.is_empty() {
        return html! {};
    }
    html! {
        section #evenness {
            h2 { (subject.say(&text!(PageEvenness))) }
            p { (subject.say(&text!(PageEvennessHelp, minutes = subject.minutes()))) }
            @for curve in &curves { p { (line_key(curve)) (subject.say(&said(curve))) } }
            (drawing(subject, &curves))
        }
    }
}

/// Whether there is anything to draw.
pub(super) fn is_there(subject: &Subject<'_>) -> bool {
    !curves(subject).is_empty()
}

fn curves(subject: &Subject<'_>) -> Vec<Curve> {
    let results = subject.results;
    let residents = Lorenz::of(&results.coverage).map(|shape| Curve {
        whose: text!(PageHeadPeople),
        shape,
        colour: "#0b6e99",
        dashes: None,
    });
    let firms = results.firms.as_ref().and_then(Lorenz::of);
    let firms = firms.map(|shape| Curve {
        whose: text!(PageHeadFirms),
        shape,
        colour: "#d55e00",
        dashes: Some("7 4"),
    });
    residents.into_iter().chain(firms).collect()
}

fn said(curve: &Curve) -> Text {
    text!(
        PageGini,
        whose = curve.whose.clone(),
        gini = format!("{:.2}", curve.shape.gini()),
        half = percent(Some(Number::of(curve.shape.part_of(0.5)))),
    )
}

fn line_key(curve: &Curve) -> Markup {
    html! {
        svg.line-key viewBox="0 0 26 10" aria-hidden="true" {
            path d="M0 5h26" stroke=(curve.colour) stroke-width="3" stroke-dasharray=[curve.dashes] {}
        }
    }
}

fn drawing(subject: &Subject<'_>, curves: &[Curve]) -> Markup {
    let view = format!("0 0 {} {}", SIDE + EDGE + 24.0, SIDE + EDGE + 10.0);
    let label = subject.say(&text!(PageEvenness));
    let bottom = 8.0 + SIDE;
    html! {
        svg.lorenz viewBox=(view) role="img" aria-label=(label) font-size="12" fill="#555" {
            @for quarter in 0..=4_u8 {
                @let part = f64::from(quarter) / 4.0;
                @let [x, y] = placed([part, part]);
                path d=(format!("M{x} {bottom}V8M{EDGE} {y}h{SIDE}")) stroke="#e2e5e8" fill="none" {}
                text x=(x) y=(bottom + 16.0) text-anchor="middle" { (format!("{:.0} %", part * 100.0)) }
                text x=(EDGE - 6.0) y=(y + 4.0) text-anchor="end" { (format!("{:.0} %", part * 100.0)) }
            }
            path d=(format!("M{EDGE} {bottom}L{} 8", EDGE + SIDE)) stroke="#777" fill="none" {}
            @for curve in curves {
                path d=(path(&curve.shape)) stroke=(curve.colour) stroke-width="2.5" fill="none" stroke-linejoin="round" stroke-dasharray=[curve.dashes] {}
            }
            text x=(EDGE + SIDE / 2.0) y=(bottom + 34.0) text-anchor="middle" { (subject.say(&text!(PageEvennessAcross))) }
            text transform=(format!("translate(12 {}) rotate(-90)", 8.0 + SIDE / 2.0)) text-anchor="middle" dy="-2" { (subject.say(&text!(PageEvennessUp))) }
        }
    }
}

/// Where a point of a curve falls.
fn placed([across, up]: [f64; 2]) -> [f64; 2] {
    let tenths = |value: f64| (value * 10.0).round() / 10.0;
    [
        tenths(EDGE + across * SIDE),
        tenths(8.0 + (1.0 - up) * SIDE),
    ]
}

/// A curve as a path, without points that fall on the same unit of the drawing.
fn path(curve: &Lorenz) -> String {
    let mut path = String::new();
    let mut before: Option<[f64; 2]> = None;
    let last = curve.points().len() - 1;
    for (place, point) in curve.points().iter().enumerate() {
        let here = placed(*point);
        let is_near =
            before.is_some_and(|before| (0..2).all(|axis| (here[axis] - before[axis]).abs() < 1.0));
        if is_near && place < last {
            continue;
        }
        let step = if before.is_none() { "M" } else { "L" };
        write!(path, "{step}{} {}", here[0], here[1]).expect("a string takes any text");
        before = Some(here);
    }
    path
}
