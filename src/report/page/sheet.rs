//! `map.svg`: the map as a sheet of paper, with its title, legend and scale.

use maud::{Markup, html};

use super::frame::Frame;
use super::picture::{self, Scale, Shown};
use super::signs::{self, Sign};
use super::subject::{Subject, capital};
use crate::report::Paper;
use crate::report::layout::{percent, whole};
use crate::score::{Coverage, VerdictKind};
use crate::text::steady;
use crate::words::{Text, text};

/// The margin around all.
pub(super) const MARGIN: f64 = 40.0;
/// What the title takes, and the parameters below.
pub(super) const HEAD: f64 = 76.0;
pub(super) const FOOT: f64 = 44.0;
/// Where the numbers of the legend end, from its left.
const NUMBERS: f64 = 206.0;
/// The fonts that words are set in, the first that is there: without a name a viewer may take any that has
/// the letters, and then Chinese stands in another style than Latin.
const FONTS: &str =
    "Noto Sans CJK SC, Source Han Sans SC, Microsoft YaHei, PingFang SC, SimHei, sans-serif";
/// How wide the legend is beside a map that is wider than tall, and how tall below any other.
const LEGEND: f64 = 230.0;
/// The height of a line of the legend.
pub(super) const LINE: f64 = 24.0;

/// A part of the sheet: its corner, width and height.
#[derive(Clone, Copy)]
pub(super) struct Part {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) width: f64,
    pub(super) height: f64,
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
    fn of(size: [f64; 2], paper: Paper) -> Self {
        let [long, short] = paper.sides();
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

    /// Where the marks begin that are no verdicts: below so many of these, or beside them.
    fn marks(&self, verdicts: usize) -> [f64; 2] {
        let [x, y] = self.legend;
        if y > self.map.y + self.map.height {
            [x + self.map.width / 2.0, y]
        } else {
            [x, y + LINE * (float(verdicts) + 0.5)]
        }
    }
}

/// The sheet as SVG.
pub(super) fn sheet(subject: &Subject<'_>, frame: &Frame, paper: Paper) -> String {
    let scale = Scale::with_side(frame, picture::SIDE * paper.larger());
    let layout = Layout::of(scale.size(), paper);
    let drawing = picture::drawing(&Shown {
        coverage: &subject.results.coverage,
        frame,
        scale: &scale,
    });
    let inner = html! {
        (framed(layout.map, scale.size(), &drawing))
        (key(subject, frame, &layout))
    };
    let total = &subject.summary.total;
    let firms = subject.summary.firms.as_ref();
    let firms = firms.map(|firms| percent(firms.share));
    let told = Told {
        headline: headline(subject, &percent(total.share), firms.as_deref()),
        beyond: beyond(subject, frame).into_iter().collect(),
    };
    on_paper(subject, layout.sheet, &told, &inner)
}

/// What a sheet says above and below its pictures.
pub(super) struct Told {
    pub(super) headline: String,
    /// What lies where the pictures do not show it.
    pub(super) beyond: Vec<Text>,
}

/// That cells lie where the picture does not show them; none where it shows all.
pub(super) fn beyond(subject: &Subject<'_>, frame: &Frame) -> Option<Text> {
    let count = frame.cells_beyond(subject.study());
    (count > 0).then(|| text!(PageOutside, count = count))
}

/// A sheet with its title, what stands below it, and at its foot the parameters and what is not shown.
pub(super) fn on_paper(
    subject: &Subject<'_>,
    sheet: [f64; 2],
    told: &Told,
    inner: &Markup,
) -> String {
    let [width, height] = sheet.map(|side| format!("{side:.0}"));
    let millimetres = sheet.map(|side| format!("{:.0}mm", side / 96.0 * 25.4));
    let name = steady(subject.study().name());
    let kind = subject.say(&text!(PageKind, minutes = subject.minutes()));
    let title = if name.is_empty() { &kind } else { &name };
    let foot = sheet[1] - MARGIN - FOOT + 26.0;
    let mut lines: Vec<String> = subject.summary.asked().into_iter().take(2).collect();
    let beyond: Vec<String> = told.beyond.iter().map(|text| subject.say(text)).collect();
    lines.extend((!beyond.is_empty()).then(|| beyond.join(" ")));
    let drawn = html! {
        svg xmlns="http://www.w3.org/2000/svg" width=(millimetres[0]) height=(millimetres[1])
            viewBox=(format!("0 0 {width} {height}")) font-family=(FONTS) font-size="15" fill="#1a1a1a" {
            title { (title) }
            rect width=(width) height=(height) fill="#ffffff" {}
            text x=(MARGIN) y=(MARGIN + 26.0) font-size="26" font-weight="700" { (title) }
            text x=(MARGIN) y=(MARGIN + 54.0) { (told.headline) }
            (inner)
            @for (line, said) in lines.iter().enumerate() {
                text x=(MARGIN) y=(foot + 17.0 * float(line)) font-size="12" fill="#555555" { (steady(said)) }
            }
        }
    };
    drawn.into_string() + "\n"
}

/// A picture in its part of a sheet, in a frame.
pub(super) fn framed(part: Part, size: [f64; 2], drawing: &Markup) -> Markup {
    let view = size.map(|side| format!("{side:.0}"));
    html! {
        svg x=(part.x) y=(part.y) width=(part.width) height=(part.height)
            viewBox=(format!("0 0 {} {}", view[0], view[1])) { (drawing) }
        rect x=(part.x) y=(part.y) width=(part.width) height=(part.height) fill="none" stroke="#999999" {}
    }
}

/// A sign and what it means, on a line of a legend.
pub(super) fn sign_at(sign: Sign, [x, y]: [f64; 2], said: &str) -> Markup {
    html! {
        g transform=(format!("translate({x} {})", y - signs::BOX + 2.0)) { (sign.drawn()) }
        text x=(x + 24.0) y=(y) { (capital(said)) }
    }
}

/// How many people are covered, and how many firms where there are any.
pub(super) fn headline(subject: &Subject<'_>, people: &str, firms: Option<&str>) -> String {
    let share = |whose: Text, share: &str| format!("{} {share}", subject.say(&whose));
    let mut shares = vec![share(text!(PageHeadPeople), people)];
    shares.extend(firms.map(|firms| share(text!(PageHeadFirms), firms)));
    let covered = capital(&subject.say(&VerdictKind::Covered.name()));
    format!("{covered}  {}", shares.join("  ·  "))
}

/// What the signs mean, with how many people have each verdict.
fn key(subject: &Subject<'_>, frame: &Frame, layout: &Layout) -> Markup {
    let total: &Coverage = &subject.results.coverage;
    let kinds = VerdictKind::ALL.into_iter();
    let there: Vec<VerdictKind> = kinds
        .filter(|kind| total.total().cells_with(*kind) > 0)
        .collect();
    let people = |kind: VerdictKind| {
        let people = total.total().people_with(kind);
        whole(crate::report::number::Number::people(people))
    };
    let mut marks = vec![(Sign::Site, text!(PageSites))];
    marks.extend(signs::of_lines(subject.study(), frame));
    let [x, y] = layout.legend;
    let beside = layout.marks(there.len());
    html! {
        text x=(x) y=(y - LINE) font-weight="700" { (capital(&subject.say(&text!(PageHeadPeople)))) }
        @for (place, kind) in there.iter().enumerate() {
            @let row = y + LINE * float(place);
            (sign_at(Sign::Verdict(*kind), [x, row], &subject.say(&kind.name())))
            text x=(x + NUMBERS) y=(row) text-anchor="end" { (people(*kind)) }
        }
        @for (place, (sign, text)) in marks.iter().enumerate() {
            (sign_at(*sign, [beside[0], beside[1] + LINE * float(place)], &subject.say(text)))
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "a few lines")]
pub(super) fn float(count: usize) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_map_keeps_off_title_legend_and_foot() {
        let sizes = [[1000.0, 600.0], [600.0, 1000.0]];
        for (size, paper) in sizes
            .iter()
            .flat_map(|size| Paper::ALL.map(|paper| (*size, paper)))
        {
            let layout = Layout::of(size, paper);
            let Layout { sheet, map, legend } = layout;
            assert!(map.y >= MARGIN + HEAD && map.width > 0.0 && map.height > 0.0);
            assert!(map.y + map.height <= sheet[1] - MARGIN - FOOT);
            // Six verdicts, a site and four lines.
            for ([x, y], rows) in [(legend, 6.0), (layout.marks(6), 5.0)] {
                let is_beside = x >= map.x + map.width;
                let is_below = y >= map.y + map.height;
                assert!(is_beside || is_below);
                assert!(x + NUMBERS <= sheet[0] - MARGIN + 24.0);
                assert!(y + (rows - 1.0) * LINE <= sheet[1] - MARGIN - FOOT + 4.0);
            }
        }
    }
}
