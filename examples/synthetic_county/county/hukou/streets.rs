//! What sets streets of the fixture apart: crossings, stairs between terraces, a one-way passage, names, heights.

use super::super::crossings;
use super::super::shape::{Pt, pt};
use super::super::world::Street;

/// The old town and the new one, each with the radius of its grid.
const OLD_TOWN: (Pt, f64) = (pt(10_700.0, 26_500.0), 1_100.0);
const NEW_TOWN: (Pt, f64) = (pt(13_700.0, 26_500.0), 1_700.0);
/// Hills: where, how wide, how high, in metres.
const HILLS: [(Pt, f64, f64); 6] = [
    (pt(9_950.0, 26_950.0), 420.0, 46.0),
    (pt(10_600.0, 26_500.0), 900.0, 26.0),
    (pt(26_500.0, 16_800.0), 3_000.0, 150.0),
    (pt(31_800.0, 20_800.0), 2_600.0, 120.0),
    (pt(11_500.0, 10_600.0), 3_200.0, 60.0),
    (pt(18_600.0, 17_300.0), 2_400.0, 70.0),
];
/// Invented names of main streets.
const NAMES: [&str; 14] = [
    "迎宾大道",
    "文昌路",
    "湖滨路",
    "望江路",
    "朝阳路",
    "学府路",
    "渡口路",
    "金砂路",
    "春桥路",
    "和平路",
    "安康路",
    "繁荣路",
    "集市路",
    "台地路",
];
const STEPS: &str = r#""highway":"steps""#;
/// A passage that climbs more than this has stairs, in metres.
const TERRACE_M: f64 = 3.5;

/// Metres above the sea, near enough for an invented county.
pub fn height(p: Pt) -> f64 {
    let hill = |&(top, wide, high): &(Pt, f64, f64)| {
        let x = top.dist(p) / wide;
        let below = 1.0 + x * x;
        high / (below * below)
    };
    18.0 + HILLS.iter().map(hill).sum::<f64>()
}

/// Marks crossings, stairs, what no wheelchair passes, a one-way passage, and names the main streets.
pub fn dress(streets: &mut Vec<Street>) {
    let (mut paths, mut passages, mut named) = (0, 0, 0);
    for street in streets.iter_mut() {
        let (old, new) = (lies_in(street, OLD_TOWN), lies_in(street, NEW_TOWN));
        match tag(street) {
            "footway" if old && climb(street) > TERRACE_M => street.tags = STEPS,
            "footway" if new => {
                passages += 1;
                street.extra = if passages == 3 {
                    r#","oneway:foot":"yes""#
                } else {
                    street.extra
                };
            }
            "path" | "track" => {
                paths += 1;
                street.extra = if paths % 4 == 1 {
                    r#","wheelchair":"no""#
                } else {
                    street.extra
                };
            }
            "primary" | "tertiary" if (old || new) && street.name.is_empty() => {
                named += 1;
                NAMES[named % NAMES.len()].clone_into(&mut street.name);
            }
            _ => {}
        }
    }
    crossings::mark(streets);
}

fn tag(street: &Street) -> &'static str {
    street.tags.split('"').nth(3).unwrap_or_default()
}

fn lies_in(street: &Street, (centre, radius): (Pt, f64)) -> bool {
    street.line.iter().all(|p| p.dist(centre) < radius)
}

/// From the first to the last vertex, up or down.
fn climb(street: &Street) -> f64 {
    let ends = (street.line.first(), street.line.last());
    if let (Some(&a), Some(&b)) = ends {
        (height(a) - height(b)).abs()
    } else {
        0.0
    }
}
