//! The drawing itself. The same study gives the same bytes.

use std::fmt::Write as _;

use walkshed::model::{Study, Unit};
use walkshed::plane::Position;
use walkshed::score::{Coverage, UnitSums, VerdictKind};
use walkshed::{People, TravelTime};

use crate::lines::{self, Point};

/// The longer side of the map, in units of the picture.
const MAP: f64 = 3400.0;
const MARGIN: f64 = 130.0;
const PANEL: f64 = 1130.0;
const FONT: &str = "'Noto Sans','Noto Sans CJK SC','PingFang SC','Microsoft YaHei','Helvetica Neue',Arial,sans-serif";

/// Verdict, colour (after Okabe and Ito, told apart by colour-blind eyes too), Chinese, English.
const LOOKS: [(VerdictKind, &str, &str, &str); 6] = [
    (
        VerdictKind::Covered,
        "#009e73",
        "时限内全部能办",
        "every item within the limit",
    ),
    (
        VerdictKind::TooFar,
        "#cc79a7",
        "最近的服务点超出时限",
        "the nearest site is too far",
    ),
    (
        VerdictKind::NotOffered,
        "#e69f00",
        "附近有服务点，但有事项不能办",
        "a site is near, some items are not offered",
    ),
    (
        VerdictKind::OutOfReach,
        "#b03a00",
        "搜索范围内到不了",
        "nothing within the search budget",
    ),
    (
        VerdictKind::Stranded,
        "#000000",
        "附近没有道路",
        "no street near",
    ),
    (
        VerdictKind::Unknown,
        "#888888",
        "情况不明",
        "the row was rejected",
    ),
];

/// Where positions fall on the picture.
struct Frame {
    west: f64,
    north: f64,
    /// Units of the picture per metre of the plane.
    scale: f64,
    width: f64,
    height: f64,
}

impl Frame {
    fn around(study: &Study) -> Self {
        let cells = study.cells().iter().filter_map(|(_, cell)| cell.at);
        let sites = study.sites().iter().map(|(_, site)| site.at);
        let streets = study.network().nodes().iter().copied();
        let (mut low, mut high) = ([f64::INFINITY; 2], [f64::NEG_INFINITY; 2]);
        for point in cells.chain(sites).chain(streets).map(Position::on_plane) {
            for axis in 0..2 {
                low[axis] = low[axis].min(point[axis]);
                high[axis] = high[axis].max(point[axis]);
            }
        }
        let extent = [0, 1].map(|axis| (high[axis] - low[axis]).max(1.0));
        let scale = MAP / extent[0].max(extent[1]);
        let [width, height] = extent.map(|side| (side * scale + 2.0 * MARGIN).round());
        Self {
            west: low[0],
            north: high[1],
            scale,
            width,
            height: height.max(2300.0),
        }
    }

    fn point(&self, at: Position) -> Point {
        let [x, y] = at.on_plane();
        [
            (x - self.west) * self.scale + MARGIN,
            (self.north - y) * self.scale + MARGIN,
        ]
    }

    fn line(&self, line: &[Position], tolerance: f64) -> Vec<Point> {
        lines::thinned(
            &line.iter().map(|&at| self.point(at)).collect::<Vec<_>>(),
            tolerance,
        )
    }

    /// Metres on the ground in 1,000 units, at the middle of the map.
    fn metres_per_thousand(&self) -> f64 {
        let middle = [
            self.west,
            self.north - (self.height / 2.0 - MARGIN) / self.scale,
        ];
        1000.0 / self.scale / Position::from_plane(middle).scale()
    }
}

/// The picture of a judged study.
pub fn svg(now: &Coverage) -> String {
    let study = now.study();
    let frame = Frame::around(study);
    let (width, height) = (frame.width + PANEL, frame.height);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" font-family=\"{FONT}\">\n\
         <title>{}</title>\n<rect width=\"{width}\" height=\"{height}\" fill=\"#fff\"/>\n",
        escaped(study.name())
    );
    svg.push_str("<clipPath id=\"map\"><rect ");
    let _ = writeln!(
        svg,
        "width=\"{}\" height=\"{height}\"/></clipPath>\n<g clip-path=\"url(#map)\">",
        frame.width
    );
    water(study, &frame, &mut svg);
    streets(study, &frame, &mut svg);
    cells(study, now, &frame, &mut svg);
    sites(study, &frame, &mut svg);
    names(study, now, &frame, &mut svg);
    svg.push_str("</g>\n");
    panel(study, now, &frame, &mut svg);
    svg.push_str("</svg>\n");
    svg
}

fn water(study: &Study, frame: &Frame, svg: &mut String) {
    let shores: Vec<_> = lines::joined(study.barriers())
        .iter()
        .map(|line| frame.line(line, 2.0))
        .collect();
    let d = lines::path(&shores);
    let _ = writeln!(
        svg,
        "<g fill=\"none\" stroke-linejoin=\"round\"><path stroke=\"#dcebf7\" stroke-width=\"44\" d=\"{d}\"/>\
         <path stroke=\"#5b9bd0\" stroke-width=\"7\" d=\"{d}\"/></g>"
    );
}

fn streets(study: &Study, frame: &Frame, svg: &mut String) {
    let lines: Vec<_> = lines::streets(study.network())
        .iter()
        .map(|line| frame.line(line, 2.0))
        .collect();
    let d = lines::path(&lines);
    let _ = writeln!(
        svg,
        "<path fill=\"none\" stroke=\"#c9c9c9\" stroke-width=\"4\" d=\"{d}\"/>"
    );
}

/// The area of a dot grows with its people, in four steps.
fn dot_width(people: People) -> u32 {
    match people.as_f64() {
        n if n <= 30.0 => 15,
        n if n <= 80.0 => 20,
        n if n <= 160.0 => 26,
        _ => 34,
    }
}

fn cells(study: &Study, now: &Coverage, frame: &Frame, svg: &mut String) {
    for (kind, colour, ..) in LOOKS {
        let inhabited = study
            .cells()
            .iter()
            .filter(|(id, cell)| now.cell(*id).verdict == kind && cell.people > People::ZERO);
        let points: Vec<_> = inhabited
            .filter_map(|(_, cell)| Some((frame.point(cell.at?), dot_width(cell.people))))
            .collect();
        if !points.is_empty() {
            let _ = writeln!(
                svg,
                "<g fill=\"none\" stroke=\"{colour}\" stroke-linecap=\"round\" stroke-opacity=\".85\">"
            );
            for (width, d) in lines::dots(&points) {
                let _ = writeln!(svg, "<path stroke-width=\"{width}\" d=\"{d}\"/>");
            }
            svg.push_str("</g>\n");
        }
    }
}

fn sites(study: &Study, frame: &Frame, svg: &mut String) {
    let mut d = String::new();
    for (_, site) in study.sites().iter() {
        d.push_str(&diamond(frame.point(site.at)));
    }
    let _ = writeln!(
        svg,
        "<path fill=\"#fff\" stroke=\"#111\" stroke-width=\"6\" d=\"{d}\"/>"
    );
}

fn diamond([x, y]: Point) -> String {
    format!("M{x:.0} {:.0}l14 14-14 14-14-14z", y - 14.0)
}

/// The units at the first level that has several, each at its own site, else amid its people.
fn names(study: &Study, now: &Coverage, frame: &Frame, svg: &mut String) {
    let _ = writeln!(
        svg,
        "<g text-anchor=\"middle\" fill=\"#111\" stroke=\"#fff\" stroke-width=\"14\" stroke-linejoin=\"round\" paint-order=\"stroke\">"
    );
    let rows = now.by_unit();
    let level =
        (0..rows.len()).find(|&depth| rows.iter().filter(|row| row.depth == depth).count() > 1);
    for row in rows.iter().filter(|row| Some(row.depth) == level) {
        let Some([x, y]) = seat(study, row).map(|at| frame.point(at)) else {
            continue;
        };
        let (name, share) = (escaped(row.name), row.share);
        let _ = writeln!(
            svg,
            "<text x=\"{x:.0}\" y=\"{:.0}\" font-size=\"62\" font-weight=\"700\">{name}<tspan x=\"{x:.0}\" dy=\"56\" font-size=\"46\" font-weight=\"400\">{share}</tspan></text>",
            y - 100.0
        );
    }
    svg.push_str("</g>\n");
}

fn seat(study: &Study, row: &UnitSums<'_>) -> Option<Position> {
    let unit = row.unit?;
    let own = study
        .sites()
        .iter()
        .find(|(_, site)| site.unit == Some(unit));
    let (_, largest) = study
        .cells()
        .iter()
        .filter(|(_, cell)| {
            cell.unit
                .is_some_and(|inner| study.units().upward(inner).any(|above| above == unit))
        })
        .max_by_key(|(id, cell)| (cell.people, std::cmp::Reverse(*id)))?;
    own.map(|(_, site)| site.at).or(largest.at)
}

fn panel(study: &Study, now: &Coverage, frame: &Frame, svg: &mut String) {
    let x = frame.width + 20.0;
    let mut pen = Pen { svg, x, y: 190.0 };
    let top: Option<&Unit> = study
        .units()
        .iter()
        .map(|(_, unit)| unit)
        .find(|unit| unit.parent.is_none());
    pen.text(66, "700", "#111", study.name());
    let (speed, minutes) = (study.walk().speed.kmh(), minutes(study.target().limit));
    let items = now.target().items.len();
    pen.down(70.0);
    pen.text(
        42,
        "400",
        "#555",
        &format!("步行 {speed} km/h · {minutes} 分钟 · {items} 项事项"),
    );
    pen.down(56.0);
    pen.text(
        42,
        "400",
        "#555",
        &format!("on foot at {speed} km/h · {minutes} minutes · {items} items"),
    );
    pen.down(210.0);
    pen.text(190, "700", LOOKS[0].1, &now.share().to_string());
    pen.down(80.0);
    let place = top.map_or("", |unit| unit.name.as_str());
    pen.text(
        46,
        "400",
        "#111",
        &format!("{place}居民可在时限内办齐全部事项"),
    );
    pen.down(56.0);
    pen.text(
        42,
        "400",
        "#555",
        "of residents get every item done in time",
    );
    pen.down(130.0);
    let total = now.total();
    for (kind, colour, chinese, english) in LOOKS {
        if total.cells_with(kind) > 0 {
            let people = total.people_with(kind);
            pen.key(
                colour,
                chinese,
                english,
                &grouped(people),
                &people.share_of(total.people()).to_string(),
            );
        }
    }
    pen.marks(frame.metres_per_thousand());
}

fn minutes(time: TravelTime) -> f64 {
    time.seconds() / 60.0
}

/// Writes down the panel.
struct Pen<'a> {
    svg: &'a mut String,
    x: f64,
    y: f64,
}

impl Pen<'_> {
    fn down(&mut self, by: f64) {
        self.y += by;
    }

    fn text(&mut self, size: u32, weight: &str, colour: &str, text: &str) {
        let (x, y, text) = (self.x, self.y, escaped(text));
        let _ = writeln!(
            self.svg,
            "<text x=\"{x}\" y=\"{y}\" font-size=\"{size}\" font-weight=\"{weight}\" fill=\"{colour}\">{text}</text>"
        );
    }

    fn key(&mut self, colour: &str, chinese: &str, english: &str, people: &str, share: &str) {
        let (x, y) = (self.x, self.y);
        let _ = writeln!(
            self.svg,
            "<circle cx=\"{}\" cy=\"{}\" r=\"24\" fill=\"{colour}\"/>",
            x + 26.0,
            y - 15.0
        );
        self.x += 84.0;
        self.text(46, "700", "#111", &format!("{people} 人 · {share}"));
        self.down(54.0);
        self.text(40, "400", "#111", chinese);
        self.down(48.0);
        self.text(38, "400", "#555", english);
        self.x = x;
        self.down(92.0);
    }

    /// The marks of sites, streets and water, and a bar of whole kilometres.
    fn marks(&mut self, metres_per_thousand: f64) {
        let (x, y) = (self.x, self.y);
        let _ = writeln!(
            self.svg,
            "<path fill=\"#fff\" stroke=\"#111\" stroke-width=\"6\" d=\"{}\"/>",
            diamond([x + 26.0, y - 15.0])
        );
        self.x += 84.0;
        self.text(40, "400", "#111", "服务点 site");
        let _ = writeln!(
            self.svg,
            "<path stroke=\"#c9c9c9\" stroke-width=\"6\" d=\"M{0} {1}h52\"/><path stroke=\"#5b9bd0\" stroke-width=\"9\" d=\"M{2} {1}h52\"/>",
            x + 330.0,
            y - 14.0,
            x + 680.0
        );
        self.x = x + 400.0;
        self.text(40, "400", "#111", "道路 street");
        self.x = x + 750.0;
        self.text(40, "400", "#111", "水域 water");
        self.x = x;
        self.down(120.0);
        let kilometres = (metres_per_thousand * 0.7 / 1000.0).floor().max(1.0);
        let bar = kilometres * 1e6 / metres_per_thousand;
        let _ = writeln!(
            self.svg,
            "<path fill=\"none\" stroke=\"#111\" stroke-width=\"5\" d=\"M{x} {0}v22h{bar:.0}v-22\"/>",
            self.y - 30.0
        );
        self.x += bar + 24.0;
        self.text(40, "400", "#111", &format!("{kilometres} km"));
        self.x = x;
    }
}

/// People with a comma at each thousand.
fn grouped(people: People) -> String {
    let whole = format!("{:.0}", people.as_f64());
    let mut shown = String::new();
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) {
            shown.push(',');
        }
        shown.push(digit);
    }
    shown
}

/// Text that cannot end the element it stands in.
fn escaped(text: &str) -> String {
    let kept = text
        .chars()
        .filter(|c| !c.is_control())
        .take(60)
        .collect::<String>();
    kept.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
