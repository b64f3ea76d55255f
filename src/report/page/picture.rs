//! The map that stands still: for print, and for browsers that run no script.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use maud::{Markup, html};

use super::colours;
use super::frame::{Frame, Point, in_square};
use super::labels::labels;
use super::lines;
use super::opening::key;
use super::signs::{self, Sign};
use super::subject::Subject;
use crate::model::Study;
use crate::score::{Coverage, VerdictKind};
use crate::units::People;
use crate::words::text;

/// The longer side of the picture, in its own units.
pub(super) const SIDE: f64 = 1000.0;
/// So many points of streets and shores a picture has at most.
const MOST_POINTS: usize = 30_000;
/// With more cells than this, those that fall into one square make one dot.
const MOST_DOTS: usize = 20_000;
/// The side of such a square, in units of the picture.
const SQUARE: i64 = 4;

/// From metres of the map to units of the picture.
pub(super) struct Scale {
    origin: Point,
    units_per_metre: f64,
    size: [f64; 2],
}

impl Scale {
    pub(super) fn of(frame: &Frame) -> Self {
        Self::with_side(frame, SIDE)
    }

    /// Of a picture whose longer side has so many units: the fewer, the larger dots and names are in it.
    pub(super) fn with_side(frame: &Frame, side: f64) -> Self {
        let [west, north, east, south] = frame.view;
        let size = [float(east - west), float(south - north)];
        let units_per_metre = side / size[0].max(size[1]).max(1.0);
        Self {
            origin: [west, north],
            units_per_metre,
            size: size.map(|side| side * units_per_metre),
        }
    }

    /// How wide and how tall the picture is.
    pub(super) const fn size(&self) -> [f64; 2] {
        self.size
    }

    /// Whether a box lies in the picture.
    fn holds(&self, [left, top, right, bottom]: &[f64; 4]) -> bool {
        *left >= 0.0 && *top >= 0.0 && *right <= self.size[0] && *bottom <= self.size[1]
    }

    /// The middle of a name, moved so far that it lies in the picture.
    fn inside(&self, x: i64, half: f64) -> i64 {
        let most = (self.size[0] - half).max(half);
        rounded(float(x).clamp(half.ceil().min(most), most))
    }

    pub(super) fn point(&self, point: Point) -> Point {
        [0, 1].map(|axis| rounded(float(point[axis] - self.origin[axis]) * self.units_per_metre))
    }
}

/// What a picture shows: a coverage, and the part of the plane that it is drawn of.
#[derive(Clone, Copy)]
pub(super) struct Shown<'p> {
    pub(super) coverage: &'p Coverage,
    pub(super) frame: &'p Frame,
    pub(super) scale: &'p Scale,
}

impl Shown<'_> {
    fn study(&self) -> &Study {
        self.coverage.study()
    }
}

/// The picture with its legend.
pub(super) fn still(subject: &Subject<'_>, frame: &Frame) -> Markup {
    let scale = Scale::of(frame);
    let [width, height] = scale.size;
    let shown = Shown {
        coverage: &subject.results.coverage,
        frame,
        scale: &scale,
    };
    let kinds = VerdictKind::ALL.into_iter();
    let there = kinds.filter(|kind| subject.results.coverage.total().cells_with(*kind) > 0);
    let outside = frame.cells_beyond(subject.study());
    html! {
        svg.still viewBox=(format!("0 0 {width:.0} {height:.0}")) role="img" aria-label=(subject.say(&text!(PageMap))) {
            (drawing(&shown))
        }
        p.legend.soft {
            @for kind in there { span.item { (key(kind)) (subject.say(&kind.name())) } " " }
            (Sign::Site.inline(&subject.say(&text!(PageSites))))
            @for (sign, text) in signs::of_lines(subject.study(), frame) { (sign.inline(&subject.say(&text))) }
            span.item { (subject.say(&text!(PageDotSize))) }
            @if subject.has_groups() { br; (subject.say(&text!(PageWorstGroupStill))) }
            @if outside > 0 { br; (subject.say(&text!(PageOutside, count = outside))) }
        }
    }
}

/// What is drawn, from the ground up.
pub(super) fn drawing(shown: &Shown<'_>) -> Markup {
    html! {
        (lines_of(shown))
        (dots(shown))
        (sites(shown))
        (names(shown))
        (scale_bar(shown.frame, shown.scale))
    }
}

fn lines_of(shown: &Shown<'_>) -> Markup {
    let (study, frame, scale) = (shown.study(), shown.frame, shown.scale);
    let unit = 1.0 / scale.units_per_metre;
    let water = lines::within(&lines::barriers(study.barriers(), frame), unit, MOST_POINTS);
    let streets = lines::within(&lines::streets(study.network(), frame), unit, MOST_POINTS);
    let outlines = study
        .boundary()
        .map(|boundary| lines::outlines(boundary, frame));
    let outlines = lines::within(&outlines.unwrap_or_default(), unit, MOST_POINTS);
    let borders = lines::within(&lines::borders(study.units(), frame), unit, MOST_POINTS);
    let [water, streets, outlines, borders] =
        [water, streets, outlines, borders].map(|lines| path(&lines, scale));
    html! {
        path d=(water) fill="none" stroke="#cfe3f3" stroke-width="7" stroke-linejoin="round" {}
        path d=(water) fill="none" stroke=(signs::WATER) stroke-width="1.4" {}
        @if !borders.is_empty() { path d=(borders) fill="none" stroke=(signs::BORDERS) stroke-width="1.2" {} }
        path d=(outlines) fill="none" stroke=(signs::BOUNDARY) stroke-width="1.6" stroke-dasharray="9 4 2 4" {}
        path d=(streets) fill="none" stroke=(signs::STREETS) stroke-width="0.9" {}
    }
}

/// Lines as a path: whole numbers, relative steps.
fn path(lines: &[Vec<Point>], scale: &Scale) -> String {
    let mut path = String::new();
    for line in lines {
        let mut before: Option<Point> = None;
        for &point in line {
            let here = scale.point(point);
            let [x, y] = before.map_or(here, |before| [here[0] - before[0], here[1] - before[1]]);
            let step = if before.is_none() { "M" } else { "l" };
            write!(path, "{step}{x} {y}").expect("a string takes any text");
            before = Some(here);
        }
    }
    path
}

/// The dots of each verdict by their width, the gravest on top. Dots are lines without length under round
/// caps, so that many make one path.
fn dots(shown: &Shown<'_>) -> Markup {
    let mut paths: BTreeMap<(VerdictKind, u32), String> = BTreeMap::new();
    for ([x, y], kind, people) in placed(shown) {
        let path = paths.entry((kind, width(people))).or_default();
        write!(path, "M{x} {y}h0").expect("a string takes any text");
    }
    html! {
        @for ((kind, width), d) in &paths {
            @if let Some(outline) = colours::outline(*kind) {
                path d=(d) fill="none" stroke=(outline) stroke-width=(f64::from(*width + 16) / 10.0) stroke-linecap="round" {}
            }
            path d=(d) fill="none" stroke=(colours::of_verdict(*kind)) stroke-width=(f64::from(*width) / 10.0) stroke-linecap="round" {}
        }
    }
}

type Dot = (Point, VerdictKind, People);

/// The cells in the view of whom anything is asked; very many put together by squares, each with the
/// verdict that most of its people have.
fn placed(shown: &Shown<'_>) -> Vec<Dot> {
    let (now, frame, scale) = (shown.coverage, shown.frame, shown.scale);
    let mut dots: Vec<Dot> = Vec::new();
    for (id, cell) in shown.study().cells().iter() {
        let result = now.cell(id);
        if let Some(at) = cell.at.map(|at| frame.point(at))
            && result.items_asked > 0
            && frame.shows(at)
        {
            dots.push((scale.point(at), result.verdict, now.people(id)));
        }
    }
    if dots.len() <= MOST_DOTS {
        return dots;
    }
    let mut squares: BTreeMap<Point, BTreeMap<VerdictKind, People>> = BTreeMap::new();
    for (point, kind, people) in dots {
        let square = in_square(point, SQUARE);
        *squares.entry(square).or_default().entry(kind).or_default() += people;
    }
    let commonest = |(square, kinds): (Point, BTreeMap<VerdictKind, People>)| {
        let most = kinds
            .into_iter()
            .max_by_key(|&(kind, people)| (people, kind));
        most.map(|(kind, _)| (square, kind, People::ZERO))
    };
    squares.into_iter().filter_map(commonest).collect()
}

/// The width of a dot in tenths, which grows with its people in four steps.
fn width(people: People) -> u32 {
    match people.as_f64() {
        n if n <= 30.0 => 45,
        n if n <= 80.0 => 58,
        n if n <= 160.0 => 74,
        _ => 96,
    }
}

fn sites(shown: &Shown<'_>) -> Markup {
    let mut d = String::new();
    for (_, site) in shown.study().sites().iter() {
        let at = shown.frame.point(site.at);
        if shown.frame.shows(at) {
            d.push_str(&Sign::Site.shape(shown.scale.point(at), 5));
        }
    }
    Sign::Site.mark(&d)
}

/// How far below its place the foot of a name is: above the place or, where another name stands there, below it.
const FEET: [i64; 2] = [-11, 25];

/// The names of units, where they keep off each other and lie in the picture.
fn names(shown: &Shown<'_>) -> Markup {
    let mut taken: Vec<[f64; 4]> = Vec::new();
    let mut kept = Vec::new();
    for (x, y, name) in labels(shown.coverage, shown.frame) {
        if !shown.frame.shows([x, y]) {
            continue;
        }
        let [x, y] = shown.scale.point([x, y]);
        let name = shortened(&name);
        let x = shown.scale.inside(x, half_width(&name));
        let feet = FEET.map(|foot| (y + foot, around([x, y + foot], &name)));
        let is_free = |(_, around): &(i64, [f64; 4])| {
            shown.scale.holds(around) && !taken.iter().any(|other| meet(around, other))
        };
        if let Some((foot, around)) = feet.into_iter().find(is_free) {
            taken.push(around);
            kept.push((x, foot, name));
        }
    }
    html! {
        g text-anchor="middle" font-size="18" font-weight="700" fill="#111" stroke="#fff" stroke-width="4" stroke-linejoin="round" paint-order="stroke" {
            @for (x, y, name) in &kept { text x=(x) y=(y) { (name) } }
        }
    }
}

/// So many signs of a name are shown at most.
const SIGNS: usize = 20;

fn shortened(name: &str) -> String {
    if name.chars().count() <= SIGNS {
        return name.to_owned();
    }
    name.chars().take(SIGNS - 1).chain(['…']).collect()
}

/// Half of how wide a name is, about.
fn half_width(name: &str) -> f64 {
    let signs = name.chars();
    signs
        .map(|sign| if sign.is_ascii() { 5.0 } else { 9.0 })
        .sum()
}

/// The box around a name whose foot has its middle there.
fn around([x, foot]: Point, name: &str) -> [f64; 4] {
    let half = half_width(name);
    let [x, foot] = [x, foot].map(float);
    [x - half, foot - 17.0, x + half, foot + 5.0]
}

fn meet(one: &[f64; 4], other: &[f64; 4]) -> bool {
    (0..2).all(|axis| one[axis] < other[axis + 2] && other[axis] < one[axis + 2])
}

/// A bar of a round length, about a sixth of the picture.
fn scale_bar(frame: &Frame, scale: &Scale) -> Markup {
    let metres = scale.size[0] / 6.0 / scale.units_per_metre * frame.ground;
    let ten = 10_f64.powf(metres.log10().floor());
    let round = [5.0, 2.0, 1.0].map(|times| times * ten);
    let round = round
        .into_iter()
        .find(|&length| length <= metres)
        .unwrap_or(ten);
    let length = round / frame.ground * scale.units_per_metre;
    let label = if round >= 1000.0 {
        format!("{} km", round / 1000.0)
    } else {
        format!("{round} m")
    };
    let y = scale.size[1] - 14.0;
    html! {
        path d=(format!("M16 {:.0}v8h{length:.1}v-8", y - 8.0)) fill="none" stroke="#111" stroke-width="2" {}
        text x="20" y=(format!("{:.0}", y - 6.0)) font-size="14" fill="#111" stroke="#fff" stroke-width="3" paint-order="stroke" { (label) }
    }
}

#[expect(clippy::cast_precision_loss, reason = "no map is 2^52 m wide")]
fn float(value: i64) -> f64 {
    value as f64
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "a picture is some thousand units wide"
)]
fn rounded(value: f64) -> i64 {
    value.round() as i64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draw;
    use crate::model::{Sites, UnitRow, Units};

    /// Two units whose sites stand side by side: both names are shown, and not on each other.
    #[test]
    fn a_name_whose_place_is_taken_stands_below() {
        let row = |id: &str, parent: Option<&str>| UnitRow {
            id: id.to_owned(),
            name: format!("unit {id}"),
            parent: parent.map(str::to_owned),
        };
        let rows = vec![row("1", None), row("11", Some("1")), row("12", Some("1"))];
        let study = draw::town("A-a-------st-------b-B", 100.0, "st").with(|parts| {
            parts.units = Units::new(rows).expect("a tree");
            let sites = parts.sites.iter().zip(["11", "12"]);
            let sites = sites.map(|((_, site), unit)| {
                let mut site = site.clone();
                site.unit = parts.units.find(unit);
                site
            });
            parts.sites = Sites::new(sites.collect());
        });
        let study = study.expect("a study");
        let frame = Frame::around(&study).expect("it has cells");
        let results = crate::run(&study, &crate::Options::default()).expect("it has the memory");
        let shown = Shown {
            coverage: &results.coverage,
            frame: &frame,
            scale: &Scale::of(&frame),
        };
        let names = names(&shown).into_string();
        assert!(
            names.contains(">unit 11<") && names.contains(">unit 12<"),
            "{names}"
        );
        let feet = names
            .split(" y=\"")
            .skip(1)
            .map(|foot| foot.split('"').next());
        let feet: std::collections::BTreeSet<_> = feet.collect();
        assert_eq!(feet.len(), 2, "{names}");
    }
}
