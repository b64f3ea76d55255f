//! `map.svg`: the map as a sheet of A4, with its title, legend and scale.

use maud::{Markup, html};

use super::colours;
use super::frame::Frame;
use super::picture::{self, Scale};
use super::subject::Subject;
use crate::report::layout::{percent, whole};
use crate::score::{Coverage, VerdictKind};
use crate::text::steady;
use crate::words::{Text, text};

/// The longer and the shorter side of A4, in 96 units an inch.
const A4: [f64; 2] = [1123.0, 794.0];
/// The margin around all.
const MARGIN: f64 = 40.0;
/// What the title takes, and the parameters below.
const HEAD: f64 = 76.0;
const FOOT: f64 = 44.0;
/// How wide the legend is beside a map that is wider than tall, and how tall below any other.
const LEGEND: f64 = 230.0;
/// The height of a line of the legend.
const LINE: f64 = 24.0;

/// A part of the sheet: its corner, width and height.
#[derive(Clone, Copy)]
struct Part {
    x: f64,
    y: f64,
    width: f64,
    height: f64,
}

/// Where everything stands.
struct Layout {
    /// Width and height.
    sheet: [f64; 2],
    map: Part,
    /// Where the legend begins.
    legend: [f64; 2],
}

impl Layout {
    /// Landscape for a map that is wider than tall, with its legend to the right; else upright, with the
    /// legend below.
    fn of(size: [f64; 2]) -> Self {
        let [long, short] = A4;
        let is_wide = size[0] > size[1];
        let sheet = if is_wide {
            [long, short]
        } else {
            [short, long]
        };
        let legend = if is_wide {
            [LEGEND, 0.0]
        } else {
            [0.0, LEGEND]
        };
        let map = Part {
            x: MARGIN,
            y: MARGIN + HEAD,
            width: sheet[0] - 2.0 * MARGIN - legend[0],
            height: sheet[1] - 2.0 * MARGIN - HEAD - FOOT - legend[1],
        };
        let legend = if is_wide {
            [map.x + map.width + 24.0, map.y + 16.0 + LINE]
        } else {
            [map.x, map.y + map.height + 32.0 + LINE]
        };
        Self { sheet, map, legend }
    }
}

/// The sheet as SVG.
pub(super) fn sheet(subject: &Subject<'_>, frame: &Frame) -> String {
    let scale = Scale::of(frame);
    let Layout { sheet, map, legend } = Layout::of(scale.size());
    let [width, height] = sheet.map(|side| format!("{side:.0}"));
    let millimetres = sheet.map(|side| format!("{:.0}mm", side / 96.0 * 25.4));
    let view = scale.size().map(|side| format!("{side:.0}"));
    let name = steady(subject.study().name());
    let kind = subject.say(&text!(PageKind, minutes = subject.minutes()));
    let title = if name.is_empty() { &kind } else { &name };
    let foot = sheet[1] - MARGIN - FOOT + 26.0;
    let drawn = html! {
        svg xmlns="http://www.w3.org/2000/svg" width=(millimetres[0]) height=(millimetres[1])
            viewBox=(format!("0 0 {width} {height}")) font-family="sans-serif" font-size="15" fill="#1a1a1a" {
            title { (title) }
            rect width=(width) height=(height) fill="#ffffff" {}
            text x=(MARGIN) y=(MARGIN + 26.0) font-size="26" font-weight="700" { (title) }
            text x=(MARGIN) y=(MARGIN + 54.0) { (headline(subject)) }
            svg x=(map.x) y=(map.y) width=(map.width) height=(map.height)
                viewBox=(format!("0 0 {} {}", view[0], view[1])) {
                (picture::drawing(subject, frame, &scale))
            }
            rect x=(map.x) y=(map.y) width=(map.width) height=(map.height) fill="none" stroke="#999999" {}
            (key(subject, legend))
            @for (line, said) in subject.summary.asked().iter().take(2).enumerate() {
                text x=(MARGIN) y=(foot + 17.0 * float(line)) font-size="12" fill="#555555" { (steady(said)) }
            }
        }
    };
    drawn.into_string() + "\n"
}

/// The shares of people and firms.
fn headline(subject: &Subject<'_>) -> String {
    let total = &subject.summary.total;
    let share = |whose: Text, share| format!("{} {}", subject.say(&whose), percent(share));
    let mut shares = vec![share(text!(PageHeadPeople), total.share)];
    if let Some(firms) = &subject.summary.firms {
        shares.push(share(text!(PageHeadFirms), firms.share));
    }
    let covered = subject.say(&VerdictKind::Covered.name());
    format!("{covered}  {}", shares.join("  ·  "))
}

/// What the signs mean, with how many people have each verdict.
fn key(subject: &Subject<'_>, [x, y]: [f64; 2]) -> Markup {
    let total: &Coverage = &subject.results.coverage;
    let kinds = VerdictKind::ALL.into_iter();
    let there: Vec<VerdictKind> = kinds
        .filter(|kind| total.total().cells_with(*kind) > 0)
        .collect();
    let people = |kind: VerdictKind| {
        let people = total.total().people_with(kind);
        whole(crate::report::number::Number::people(people))
    };
    let row = |place: usize| y + LINE * float(place);
    let head = y - LINE;
    html! {
        text x=(x) y=(head) font-weight="700" { (subject.say(&text!(PageHeadPeople))) }
        @for (place, kind) in there.iter().enumerate() {
            circle cx=(x + 7.0) cy=(row(place) - 5.0) r="7" fill=(colours::of_verdict(*kind)) {}
            text x=(x + 24.0) y=(row(place)) { (subject.say(&kind.name())) "  " (people(*kind)) }
        }
        path d=(format!("M{} {}l7 7-7 7-7-7z", x + 7.0, row(there.len()) - 12.0)) fill="#ffffff" stroke="#111111" stroke-width="1.6" {}
        text x=(x + 24.0) y=(row(there.len())) { (subject.say(&text!(PageSites))) }
    }
}

#[expect(clippy::cast_precision_loss, reason = "a few lines")]
fn float(count: usize) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_map_keeps_off_title_legend_and_foot() {
        for size in [[1000.0, 600.0], [600.0, 1000.0]] {
            let Layout { sheet, map, legend } = Layout::of(size);
            assert!(map.y >= MARGIN + HEAD && map.width > 0.0 && map.height > 0.0);
            assert!(map.y + map.height <= sheet[1] - MARGIN - FOOT);
            let is_beside = legend[0] >= map.x + map.width;
            let is_below = legend[1] >= map.y + map.height;
            assert!(is_beside || is_below);
            // Seven lines, as many as there are signs, below their heading.
            assert!(legend[1] + 6.0 * LINE <= sheet[1] - MARGIN - FOOT + 4.0);
        }
    }
}
