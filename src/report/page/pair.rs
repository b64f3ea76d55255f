//! The map before and after the changes, side by side, with what changed marked on the second.

use std::collections::BTreeSet;

use maud::{Markup, html};

use super::frame::{Frame, Point, in_square};
use super::picture::{self, Scale, Shown};
use super::signs::Sign;
use super::subject::Subject;
use crate::assess::Difference;
use crate::model::Study;
use crate::score::Coverage;
use crate::units::People;
use crate::words::{Text, text};

/// The longer side of each picture, in its own units: half as wide as a page, it shows larger dots.
pub(super) const SIDE: f64 = 660.0;
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
    /// How many sites that open, close or move do so where neither picture shows it.
    beyond: usize,
}

impl<'r> Pair<'r> {
    /// None where no study as it could be was compared. O(changed cells log cells + sites log sites).
    pub(super) fn of(subject: &Subject<'r>, frame: &'r Frame, side: f64) -> Option<Self> {
        let after = subject.results.changed.as_ref()?;
        let change = subject.results.change.as_ref()?;
        let before = &subject.results.coverage;
        let scale = Scale::with_side(frame, side);
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

    /// What changes where neither picture shows it; none where all is shown.
    pub(super) fn beyond(&self) -> Option<Text> {
        let count = self.marks.beyond;
        (count > 0).then(|| text!(PageSitesOutside, count = count))
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
    let Some(pair) = Pair::of(subject, frame, SIDE) else {
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
            @if let Some(beyond) = pair.beyond() { br; (subject.say(&beyond)) }
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
                marks.gained.insert(in_square(point, SQUARE));
            }
            if cell.no_longer_covered() > People::ZERO {
                marks.lost.insert(in_square(point, SQUARE));
            }
        }
        let [opened, gone] = [(after, before), (before, after)].map(|(one, other)| {
            only_in(one, other)
                .map(|(site, at)| (site, place(at)))
                .collect()
        });
        let opened: Vec<(&str, Option<Point>)> = opened;
        let gone: Vec<(&str, Option<Point>)> = gone;
        marks.opened = opened.iter().filter_map(|(_, point)| *point).collect();
        marks.gone = gone.iter().filter_map(|(_, point)| *point).collect();
        // A site that moves from one such place to another is one site.
        let all = opened.iter().chain(&gone);
        let beyond: BTreeSet<&str> = all
            .filter(|(_, point)| point.is_none())
            .map(|(site, _)| *site)
            .collect();
        marks.beyond = beyond.len();
        marks
    }

    /// With a white line beneath, so that they stand out among dots.
    fn drawn(&self) -> Markup {
        let path = |sign: Sign, at: &BTreeSet<Point>, half| -> String {
            at.iter().map(|&point| sign.shape(point, half)).collect()
        };
        let changed = [(Sign::Gained, &self.gained, 8), (Sign::Lost, &self.lost, 6)];
        let changed = changed.map(|(sign, at, half)| (sign, path(sign, at, half)));
        html! {
            @for (sign, d) in &changed {
                @if !d.is_empty() { path d=(d) fill="none" stroke="#fff" stroke-width="5" {} }
                (sign.mark(d))
            }
            (Sign::Gone.mark(&path(Sign::Gone, &self.gone, 6)))
            (Sign::Opened.mark(&path(Sign::Opened, &self.opened, 9)))
        }
    }
}

/// The ids and places of the sites of one study that another does not have there.
fn only_in<'s>(
    one: &'s Study,
    other: &'s Study,
) -> impl Iterator<Item = (&'s str, crate::plane::Position)> + 's {
    let sites = one.sites().iter().map(|(_, site)| site);
    let is_new = |site: &&crate::model::Site| {
        let there = other.sites().find(&site.id);
        there.is_none_or(|there| other.sites()[there].at != site.at)
    };
    sites.filter(is_new).map(|site| (site.id.as_str(), site.at))
}
