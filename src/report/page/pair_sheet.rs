//! `map.svg` where changes are judged: a sheet across, before and after side by side, with one legend.

use maud::{Markup, html};

use super::frame::Frame;
use super::pair::Pair;
use super::sheet::{self, FOOT, HEAD, LINE, MARGIN, Part, Told, float, sign_at};
use super::signs::{self, Sign};
use super::subject::{Subject, capital};
use crate::report::Paper;
use crate::report::layout::{percent, whole};
use crate::report::number::Number;
use crate::score::{Coverage, VerdictKind};
use crate::units::People;
use crate::words::text;

/// What is left free between the pictures, and around the legend.
const GAP: f64 = 22.0;
/// What stands over each picture.
const PANEL_HEAD: f64 = 22.0;
/// How tall a legend below is, and how wide one to the right.
const LEGEND: [f64; 2] = [290.0, 7.0 * LINE + GAP];
/// Where the numbers of the legend end, from its left.
const NUMBERS: [f64; 2] = [200.0, 280.0];

/// Where everything stands.
struct Layout {
    panels: [Part; 2],
    /// Where the parts of the legend begin: verdicts, marks, lines.
    legend: [[f64; 2]; 3],
}

impl Layout {
    /// The legend stands below or to the right, wherever it leaves larger pictures.
    fn of(size: [f64; 2], paper: Paper) -> Self {
        let top = MARGIN + HEAD + PANEL_HEAD;
        let [long, short] = paper.sides();
        let room = [long - 2.0 * MARGIN, short - top - FOOT - MARGIN];
        let below = fitted(size, [(room[0] - GAP) / 2.0, room[1] - LEGEND[1]]);
        let right = fitted(size, [(room[0] - LEGEND[0] - 2.0 * GAP) / 2.0, room[1]]);
        let is_below = below[0] >= right[0];
        let [width, height] = if is_below { below } else { right };
        let panel = |x| Part {
            x,
            y: top,
            width,
            height,
        };
        let second = MARGIN + width + GAP;
        let legend = if is_below {
            let y = top + height + GAP + LINE;
            // What changed stands below the picture that shows it.
            [MARGIN, second, second + NUMBERS[1] + GAP].map(|x| [x, y])
        } else {
            let x = second + width + GAP;
            [0.0, 8.0, 14.0].map(|rows| [x, top + LINE * (rows + 1.0)])
        };
        Self {
            panels: [panel(MARGIN), panel(second)],
            legend,
        }
    }
}

/// The largest rectangle of this shape that has room.
fn fitted(size: [f64; 2], room: [f64; 2]) -> [f64; 2] {
    let scale = (room[0] / size[0]).min(room[1] / size[1]);
    size.map(|side| side * scale)
}

/// The sheet as SVG.
pub(super) fn sheet(subject: &Subject<'_>, pair: &Pair<'_>, paper: Paper) -> String {
    let size = pair.size();
    let layout = Layout::of(size, paper);
    let heads = Pair::heads();
    let panels = layout.panels.iter().zip(&heads).zip(pair.drawings());
    let inner = html! {
        @for ((part, head), drawing) in panels {
            text x=(part.x) y=(part.y - 8.0) font-weight="700" { (subject.say(head)) }
            (sheet::framed(*part, size, &drawing))
        }
        (verdicts(subject, pair, layout.legend[0]))
        (marks(subject, pair, layout.legend[1]))
        (lines(subject, pair.frame, layout.legend[2]))
    };
    let cells = sheet::beyond(subject, pair.frame);
    let told = Told {
        headline: headline(subject),
        beyond: cells.into_iter().chain(pair.beyond()).collect(),
    };
    sheet::on_paper(subject, paper.sides(), &told, &inner)
}

/// The shares of people and firms, before and after.
fn headline(subject: &Subject<'_>) -> String {
    let Some(change) = &subject.summary.assessed.change else {
        return String::new();
    };
    let both = |before, after| format!("{} → {}", percent(before), percent(after));
    let firms = change.firms.as_ref();
    let firms = firms.map(|firms| both(firms.share_before, firms.share_after));
    let people = both(change.share_before, change.share_after);
    sheet::headline(subject, &people, firms.as_deref())
}

/// How many people have which verdict, before and after.
fn verdicts(subject: &Subject<'_>, pair: &Pair<'_>, [x, y]: [f64; 2]) -> Markup {
    let both = [pair.before, pair.after];
    let cells = |now: &Coverage, kind| now.total().cells_with(kind);
    let is_there = |kind: &VerdictKind| both.iter().any(|now| cells(now, *kind) > 0);
    let kinds: Vec<_> = VerdictKind::ALL.into_iter().filter(is_there).collect();
    let heads = [text!(PageHeadBefore), text!(PageHeadAfter)];
    let people = |people: People| whole(Number::people(people));
    html! {
        text x=(x) y=(y) font-weight="700" { (capital(&subject.say(&text!(PageHeadPeople)))) }
        @for (end, head) in NUMBERS.iter().zip(&heads) {
            text x=(x + end) y=(y) text-anchor="end" fill="#555555" { (subject.say(head)) }
        }
        @for (place, kind) in kinds.iter().enumerate() {
            @let row = y + LINE * float(place + 1);
            (sign_at(Sign::Verdict(*kind), [x, row], &subject.say(&kind.name())))
            @for (end, now) in NUMBERS.iter().zip(both) {
                text x=(x + end) y=(row) text-anchor="end" { (people(now.total().people_with(*kind))) }
            }
        }
    }
}

/// What changed: who is covered now and who no longer, and the sites.
fn marks(subject: &Subject<'_>, pair: &Pair<'_>, [x, y]: [f64; 2]) -> Markup {
    let people = |people: People| whole(Number::people(people));
    let counted = [
        (Sign::Gained, text!(PageNewlyCovered), people(pair.gained)),
        (Sign::Lost, text!(PageNoLongerCovered), people(pair.lost)),
    ];
    let sites = pair.signs();
    html! {
        text x=(x) y=(y) font-weight="700" { (subject.say(&text!(PageChanges))) }
        text x=(x + NUMBERS[1]) y=(y) text-anchor="end" fill="#555555" { (subject.say(&text!(PageHeadPeople))) }
        @for (place, (sign, text, people)) in counted.iter().enumerate() {
            @let row = y + LINE * float(place + 1);
            (sign_at(*sign, [x, row], &subject.say(text)))
            text x=(x + NUMBERS[1]) y=(row) text-anchor="end" { (people) }
        }
        @for (place, (sign, text)) in sites.iter().enumerate() {
            (sign_at(*sign, [x, y + LINE * float(place + 3)], &subject.say(text)))
        }
    }
}

fn lines(subject: &Subject<'_>, frame: &Frame, [x, y]: [f64; 2]) -> Markup {
    let signs = signs::of_lines(subject.study(), frame);
    html! {
        @for (place, (sign, text)) in signs.iter().enumerate() {
            (sign_at(*sign, [x, y + LINE * float(place + 1)], &subject.say(text)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whatever shape a county has, nothing stands on anything else, and all stands on the sheet.
    #[test]
    fn pictures_and_legend_keep_off_each_other() {
        let sizes = [
            [900.0, 300.0],
            [660.0, 480.0],
            [600.0, 600.0],
            [300.0, 900.0],
        ];
        for (size, paper) in sizes
            .iter()
            .flat_map(|size| Paper::ALL.map(|paper| (*size, paper)))
        {
            let Layout { panels, legend } = Layout::of(size, paper);
            let [long, short] = paper.sides();
            let [first, second] = panels;
            assert!(first.x + first.width < second.x, "{size:?}");
            assert!(second.x + second.width <= long - MARGIN + 0.1);
            assert!(first.y >= MARGIN + HEAD && first.width > 150.0);
            let foot = short - MARGIN - FOOT;
            assert!(first.y + first.height <= foot + 0.1);
            for ([x, y], rows) in legend.into_iter().zip([6.0, 5.0, 4.0]) {
                let is_below = y - LINE >= first.y + first.height;
                let is_right = x >= second.x + second.width;
                assert!(is_below || is_right, "{size:?}");
                assert!(x + 190.0 <= long - MARGIN, "{size:?} {x}");
                assert!(y + rows * LINE <= foot + LINE, "{size:?} {y}");
            }
        }
    }
}
