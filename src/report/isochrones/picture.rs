//! `isochrones.svg`: the land, the streets and the places as a picture.

use std::fmt::Write as _;

use geo_types::{LineString, MultiPolygon};

use super::row::colour;
use crate::isochrone::{Catchments, Places};
use crate::plane::Position;
use crate::report::number::Number;
use crate::text::plain;

/// How wide the picture is, in its own units.
const WIDTH: f64 = 1000.0;
/// What is left free around the land, as a part of its width.
const MARGIN: f64 = 0.04;
/// The tallest a picture may be, in its own units.
const TALLEST: f64 = 1600.0;

/// From the plane to the picture.
struct Frame {
    low: [f64; 2],
    high: [f64; 2],
    scale: f64,
}

impl Frame {
    /// Around all land and all places; none where there is neither.
    fn around(catchments: &Catchments, places: &[Position]) -> Option<Self> {
        let mut low = [f64::INFINITY; 2];
        let mut high = [f64::NEG_INFINITY; 2];
        let boxes = catchments
            .drawn
            .iter()
            .filter_map(|drawn| drawn.isochrone.bounds());
        let corners = boxes.flat_map(|[west, south, east, north]| {
            [Position::new(west, south), Position::new(east, north)]
        });
        for at in corners.flatten().chain(places.iter().copied()) {
            let point = at.on_plane();
            for axis in [0, 1] {
                low[axis] = low[axis].min(point[axis]);
                high[axis] = high[axis].max(point[axis]);
            }
        }
        if !low[0].is_finite() {
            return None;
        }
        // At least a metre wide, so that a single place has a picture as well.
        let size = [0, 1].map(|axis| (high[axis] - low[axis]).max(1.0));
        let margin = MARGIN * size[0].max(size[1]);
        let low = low.map(|x| x - margin);
        let high = high.map(|x| x + margin);
        // As large as fits both ways.
        let wide = WIDTH / (high[0] - low[0]);
        let tall = TALLEST / (high[1] - low[1]);
        Some(Self {
            low,
            high,
            scale: wide.min(tall),
        })
    }

    fn point(&self, at: Position) -> [f64; 2] {
        let [x, y] = at.on_plane();
        [
            (x - self.low[0]) * self.scale,
            (self.high[1] - y) * self.scale,
        ]
    }

    fn size(&self) -> [f64; 2] {
        [0, 1].map(|axis| (self.high[axis] - self.low[axis]) * self.scale)
    }
}

/// A picture of isochrones: the longest limits below, streets over them, places on top. An empty picture
/// where there is nothing to draw.
///
/// Plain shapes and a legend; names from the data are escaped.
///
/// ```
/// use walkshed::{Silent, draw, isochrone::{Request, isochrones}, report};
/// let town = draw::town("A-a--s---B", 100.0, "s");
/// let picture = report::isochrones_svg(&isochrones(&town, &Request::of(&town), &Silent));
/// assert!(picture.starts_with("<svg") && picture.ends_with("</svg>\n"));
/// ```
#[must_use]
pub fn isochrones_svg(catchments: &Catchments) -> String {
    let places = places(catchments);
    let mut svg = String::new();
    let Some(frame) = Frame::around(catchments, &places) else {
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1\" height=\"1\"/>\n".to_owned();
    };
    let [width, height] = frame.size();
    let _ = write!(
        svg,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.0} {height:.0}\" \
         font-family=\"sans-serif\" font-size=\"14\">\n\
         <title>{}</title>\n<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n",
        escaped(catchments.study.name())
    );
    // From below to above: a place must not lie hidden under land.
    land(&mut svg, &frame, catchments);
    streets(&mut svg, &frame, catchments);
    for at in places {
        let [x, y] = frame.point(at);
        let _ = writeln!(
            svg,
            "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"4\" fill=\"#d7301f\" stroke=\"#ffffff\"/>"
        );
    }
    legend(&mut svg, catchments);
    svg.push_str("</svg>\n");
    svg
}

/// The land within each limit, the longest below.
fn land(svg: &mut String, frame: &Frame, catchments: &Catchments) {
    let limits = &catchments.request.limits;
    let mut drawn: Vec<_> = catchments.drawn.iter().collect();
    drawn.sort_by_key(|one| std::cmp::Reverse(one.limit));
    // Pale as a whole: where land lies on land, the colour is still that of the legend.
    svg.push_str("<g opacity=\"0.55\">\n");
    for one in drawn {
        let path = path(frame, &one.isochrone.polygons());
        let fill = colour(limits, one.limit);
        let _ = writeln!(
            svg,
            "<path d=\"{path}\" fill=\"{fill}\" fill-rule=\"evenodd\" \
             stroke=\"{fill}\" stroke-width=\"0.6\"/>"
        );
    }
    svg.push_str("</g>\n");
}

/// The places that drew something, and the one that was asked about.
fn places(catchments: &Catchments) -> Vec<Position> {
    let sites = catchments.study.sites();
    let mut shown: Vec<_> = catchments
        .streets
        .iter()
        .filter_map(|street| street.site)
        .collect();
    shown.extend(catchments.drawn.iter().filter_map(|drawn| drawn.site));
    shown.sort_unstable();
    shown.dedup();
    let mut places: Vec<Position> = shown.into_iter().map(|site| sites[site].at).collect();
    match &catchments.request.places {
        Places::At(at) => places.push(*at),
        // Nothing was drawn from any of them: where they stand is shown all the same.
        Places::Sites(asked) if places.is_empty() => {
            places.extend(asked.iter().map(|&site| sites[site].at));
        }
        Places::AllSites if places.is_empty() => {
            places.extend(sites.iter().map(|(_, site)| site.at));
        }
        Places::Sites(_) | Places::AllSites => {}
    }
    places
}

/// The rings of polygons as one path: by the even-odd rule its holes stay empty.
fn path(frame: &Frame, polygons: &MultiPolygon) -> String {
    let mut path = String::new();
    for polygon in polygons {
        for ring in std::iter::once(polygon.exterior()).chain(polygon.interiors()) {
            put_ring(&mut path, frame, ring);
        }
    }
    path
}

fn put_ring(path: &mut String, frame: &Frame, ring: &LineString) {
    let corners = ring
        .0
        .iter()
        .filter_map(|corner| Position::new(corner.x, corner.y));
    for (number, corner) in corners.enumerate() {
        let [x, y] = frame.point(corner);
        let letter = if number == 0 { 'M' } else { 'L' };
        let _ = write!(path, "{letter}{x:.1} {y:.1}");
    }
    path.push('Z');
}

/// The streets of which a part is reached, thin and whole: once each, however many places reach them.
fn streets(svg: &mut String, frame: &Frame, catchments: &Catchments) {
    let network = catchments.study.network();
    let mut path = String::new();
    let mut edges: Vec<_> = catchments
        .streets
        .iter()
        .map(|street| street.stretch.edge)
        .collect();
    edges.sort_unstable();
    edges.dedup();
    for edge in edges {
        let ends = network.edge(edge);
        let [a, b] = [ends.from, ends.to].map(|node| frame.point(network.node(node)));
        let _ = write!(path, "M{:.1} {:.1}L{:.1} {:.1}", a[0], a[1], b[0], b[1]);
    }
    let _ = writeln!(
        svg,
        "<path d=\"{path}\" fill=\"none\" stroke=\"#555555\" stroke-width=\"0.5\"/>"
    );
}

/// A colour for each limit, the shortest first.
fn legend(svg: &mut String, catchments: &Catchments) {
    let mut limits = catchments.request.limits.clone();
    limits.sort_unstable();
    limits.dedup();
    let mut y = 12.0;
    for limit in limits {
        let fill = colour(&catchments.request.limits, limit);
        let minutes = Number::minutes(limit);
        let _ = writeln!(
            svg,
            "<rect x=\"12\" y=\"{y:.0}\" width=\"22\" height=\"14\" fill=\"{fill}\" fill-opacity=\"0.55\"/>\
             <text x=\"40\" y=\"{:.0}\">≤ {minutes} min</text>",
            y + 12.0
        );
        y += 20.0;
    }
}

fn escaped(text: &str) -> String {
    plain(text)
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}
