//! The map before and after the changes, side by side, with what changed marked on the second.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use maud::{Markup, html};

use super::frame::{Frame, Point};
use super::picture::{self, Scale, Shown};
use super::signs::{GAINED, Sign};
use super::subject::Subject;
use crate::assess::Difference;
use crate::model::Study;
use crate::score::Coverage;
use crate::units::People;
use crate::words::{Text, text};

/// The longer side of each picture, in its own units: half as wide as a page, it shows larger dots.
const SIDE: f64 = 660.0;
/// Marks that fall into one square of this side make one.
const SQUARE: i64 = 6;

/// Two pictures of one frame, and what sets them apart.
pub(super) struct Pair<'r> {
    pub(super) frame: &'r Frame,
    pub(super) before: &'r Coverage,
    pub(super) after: &'r Coverage,
    pub(super) gained: People,
    pub(super) lost: People,
    scale: Scale,
    marks: Marks,
}

/// Where the second picture is marked.
#[derive(Default)]
struct Marks {
    gained: BTreeSet<Point>,
    lost: BTreeSet<Point>,
    opened: BTreeSet<Point>,
    gone: BTreeSet<Point>,
}

impl<'r> Pair<'r> {
    /// None where no study as it could be was compared. O(changed cells log cells + sites log sites).
    pub(super) fn of(subject: &Subject<'r>, frame: &'r Frame) -> Option<Self> {
        let after = subject.results.changed.as_ref()?;
        let change = subject.results.change.as_ref()?;
        let before = &subject.results.coverage;
        let scale = Scale::with_side(frame, SIDE);
        let marks = Marks::of([before.study(), after.study()], change, (frame, &scale));
        Some(Self {
            frame,
            before,
            after,
            gained: change.total.newly_covered,
            lost: change.total.no_longer_covered,
            scale,
            marks,
        })
    }

    /// How wide and how tall each picture is, in its own units.
    pub(super) const fn size(&self) -> [f64; 2] {
        self.scale.size()
    }

    /// What stands over each picture.
    pub(super) fn heads() -> [Text; 2] {
        [text!(PageBefore), text!(PageAfter)]
    }

    /// What is drawn of each.
    pub(super) fn drawings(&self) -> [Markup; 2] {
        let [before, after] = [self.before, self.after].map(|coverage| {
            picture::drawing(&Shown {
                coverage,
                frame: self.frame,
                scale: &self.scale,
            })
        });
        [before, html! { (after) (self.marks.drawn()) }]
    }

    /// The marks that are there, each with what it means.
    pub(super) fn signs(&self) -> Vec<(Sign, Text)> {
        let marks = &self.marks;
        let all = [
            (true, Sign::Site, text!(PageSites)),
            (
                !marks.opened.is_empty(),
                Sign::Opened,
                text!(PageSiteOpened),
            ),
            (!marks.gone.is_empty(), Sign::Gone, text!(PageSiteGone)),
        ];
        let there = all.into_iter().filter(|(is_there, ..)| *is_there);
        there.map(|(_, sign, text)| (sign, text)).collect()
    }
}

/// Both pictures beside each other, on the page; nothing without changes.
pub(super) fn section(subject: &Subject<'_>, frame: &Frame) -> Markup {
    let Some(pair) = Pair::of(subject, frame) else {
        return html! {};
    };
    let [width, height] = pair.size();
    let marks = [
        (Sign::Gained, text!(PageNewlyCovered)),
        (Sign::Lost, text!(PageNoLongerCovered)),
    ];
    html! {
        div.pair {
            @for (head, drawing) in Pair::heads().iter().zip(pair.drawings()) {
                div {
                    h3 { (subject.say(head)) }
                    svg viewBox=(format!("0 0 {width:.0} {height:.0}")) role="img" aria-label=(subject.say(head)) { (drawing) }
                }
            }
        }
        p.soft {
            @for (sign, text) in marks.iter().chain(&pair.signs()) { (sign.inline(&subject.say(text))) }
        }
    }
}

impl Marks {
    fn of(
        [before, after]: [&Study; 2],
        change: &Difference,
        (frame, scale): (&Frame, &Scale),
    ) -> Self {
        let place = |at| {
            let point = frame.point(at);
            frame.shows(point).then(|| scale.point(point))
        };
        let mut marks = Self::default();
        let ids = before.cells().iter().map(|(_, cell)| cell);
        let at: std::collections::HashMap<&str, _> =
            ids.map(|cell| (cell.id.as_str(), cell.at)).collect();
        for cell in &change.cells {
            let at = at.get(cell.after.id.as_str()).copied().flatten();
            let Some(point) = at.and_then(place) else {
                continue;
            };
            if cell.newly_covered() > People::ZERO {
                marks.gained.insert(coarse(point));
            }
            if cell.no_longer_covered() > People::ZERO {
                marks.lost.insert(coarse(point));
            }
        }
        marks.opened = only_in(after, before).filter_map(place).collect();
        marks.gone = only_in(before, after).filter_map(place).collect();
        marks
    }

    /// With a white line beneath, so that they stand out among dots.
    fn drawn(&self) -> Markup {
        let mut rings = String::new();
        for [x, y] in &self.gained {
            write!(rings, "M{} {y}a8 8 0 1 0 16 0a8 8 0 1 0-16 0", x - 8).expect(TAKES);
        }
        let mut crosses = String::new();
        for [x, y] in &self.lost {
            write!(crosses, "M{} {}l12 12m0-12l-12 12", x - 6, y - 6).expect(TAKES);
        }
        let mut gone = String::new();
        for [x, y] in &self.gone {
            let top = y - 6;
            write!(gone, "M{x} {top}l6 6-6 6-6-6zm-6 12l12-12").expect(TAKES);
        }
        let mut opened = String::new();
        for [x, y] in &self.opened {
            write!(opened, "M{x} {}l9 9-9 9-9-9z", y - 9).expect(TAKES);
        }
        html! {
            @for (d, colour) in [(&rings, GAINED), (&crosses, "#000")] {
                @if !d.is_empty() {
                    path d=(d) fill="none" stroke="#fff" stroke-width="5" {}
                    path d=(d) fill="none" stroke=(colour) stroke-width="2.6" {}
                }
            }
            @if !gone.is_empty() { path d=(gone) fill="none" stroke="#888" stroke-width="1.6" {} }
            @if !opened.is_empty() { path d=(opened) fill="#111" stroke="#fff" stroke-width="1.6" {} }
        }
    }
}

const TAKES: &str = "a string takes any text";

fn coarse(point: Point) -> Point {
    point.map(|value| value.div_euclid(SQUARE) * SQUARE + SQUARE / 2)
}

/// Where the sites of one study are that another does not have there.
fn only_in<'s>(
    one: &'s Study,
    other: &'s Study,
) -> impl Iterator<Item = crate::plane::Position> + 's {
    let sites = one.sites().iter().map(|(_, site)| site);
    let is_new = |site: &&crate::model::Site| {
        let there = other.sites().find(&site.id);
        there.is_none_or(|there| other.sites()[there].at != site.at)
    };
    sites.filter(is_new).map(|site| site.at)
}
