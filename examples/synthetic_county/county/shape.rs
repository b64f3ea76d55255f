//! Points on a plane in metres, curves and water. Only `+ - * /` and `sqrt`, so that every machine agrees.

use super::rng::Rng;

/// Longitude of the plane's origin.
const LON0: f64 = 116.1;
/// Latitude of the plane's origin.
const LAT0: f64 = 29.5;
/// Metres in one degree of longitude, near enough for an invented county.
const LON_M: f64 = 96_700.0;
/// Metres in one degree of latitude.
const LAT_M: f64 = 110_860.0;
/// How far streets keep from water, in metres.
const SHORE_M: f64 = 20.0;

/// A point, in metres east and north of the origin.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pt {
    /// Metres east.
    pub x: f64,
    /// Metres north.
    pub y: f64,
}

/// Short for a [`Pt`].
pub const fn pt(x: f64, y: f64) -> Pt {
    Pt { x, y }
}

impl Pt {
    /// `self + k · d`.
    pub fn plus(self, d: Pt, k: f64) -> Pt {
        pt(self.x + d.x * k, self.y + d.y * k)
    }

    /// The vector from `other` to `self`.
    pub fn minus(self, other: Pt) -> Pt {
        pt(self.x - other.x, self.y - other.y)
    }

    /// Metres between two points.
    pub fn dist(self, other: Pt) -> f64 {
        let d = self.minus(other);
        (d.x * d.x + d.y * d.y).sqrt()
    }

    /// The point at the share `t` of the way to `other`.
    pub fn toward(self, other: Pt, t: f64) -> Pt {
        self.plus(other.minus(self), t)
    }

    /// The vector turned a quarter to the left.
    pub fn left(self) -> Pt {
        pt(-self.y, self.x)
    }

    /// The vector with length 1 (or east, if it has none).
    pub fn unit(self) -> Pt {
        let len = self.dist(pt(0.0, 0.0));
        if len > 0.0 {
            pt(self.x / len, self.y / len)
        } else {
            pt(1.0, 0.0)
        }
    }

    /// Longitude and latitude with six decimals, joined by `sep`.
    pub fn lon_lat(self, sep: char) -> String {
        format!(
            "{:.6}{sep}{:.6}",
            LON0 + self.x / LON_M,
            LAT0 + self.y / LAT_M
        )
    }
}

/// A point `low..high` metres off `from`, in any direction.
pub fn off(rng: &mut Rng, from: Pt, low: f64, high: f64) -> Pt {
    let dir = pt(rng.swing(), rng.swing()).unit();
    from.plus(dir, rng.between(low, high))
}

/// Points between `a` and `b`, neither of them included, at most `step` metres apart.
pub fn between(a: Pt, b: Pt, step: f64) -> Vec<Pt> {
    let pieces = (a.dist(b) / step).ceil().max(1.0) as usize;
    (1..pieces)
        .map(|i| a.toward(b, i as f64 / pieces as f64))
        .collect()
}

/// The length of a line, in metres.
pub fn length(line: &[Pt]) -> f64 {
    line.windows(2).map(|w| w[0].dist(w[1])).sum()
}

/// A smooth winding line through all `stops`: midpoints pushed aside by up to `rough` of their span,
/// then a Catmull–Rom spline with a vertex about every `step` metres.
pub fn curve(rng: &mut Rng, stops: &[Pt], rough: f64, step: f64) -> Vec<Pt> {
    let mut knots = stops[..1].to_vec();
    for pair in stops.windows(2) {
        wind(rng, pair[0], pair[1], rough, &mut knots);
    }
    let last = knots.len() - 1;
    let mut line = vec![knots[0]];
    for i in 0..last {
        let four = [
            knots[i.saturating_sub(1)],
            knots[i],
            knots[i + 1],
            knots[(i + 2).min(last)],
        ];
        let pieces = (four[1].dist(four[2]) / step).ceil().max(1.0) as usize;
        line.extend((1..pieces).map(|k| spline(&four, k as f64 / pieces as f64)));
        line.push(four[2]);
    }
    line
}

fn wind(rng: &mut Rng, a: Pt, b: Pt, rough: f64, knots: &mut Vec<Pt>) {
    if a.dist(b) < 450.0 {
        knots.push(b);
        return;
    }
    let side = b.minus(a).left();
    let mid = a.toward(b, 0.5).plus(side, rough * rng.swing());
    wind(rng, a, mid, rough, knots);
    wind(rng, mid, b, rough, knots);
}

fn spline(p: &[Pt; 4], t: f64) -> Pt {
    let (t2, t3) = (t * t, t * t * t);
    let k = [
        -t3 + 2.0 * t2 - t,
        3.0 * t3 - 5.0 * t2 + 2.0,
        -3.0 * t3 + 4.0 * t2 + t,
        t3 - t2,
    ];
    let sum = p
        .iter()
        .zip(k)
        .fold(pt(0.0, 0.0), |sum, (&p, k)| sum.plus(p, k));
    pt(sum.x * 0.5, sum.y * 0.5)
}

/// Everything that is wet, and the islands in it.
#[derive(Default)]
pub struct Water {
    /// Rings of water.
    pub wet: Vec<Ring>,
    /// Rings of land within the water.
    pub islands: Vec<Ring>,
}

/// A closed line with a name; its first point is not repeated.
pub struct Ring {
    /// Name.
    pub name: String,
    /// Corners.
    pub points: Vec<Pt>,
    /// How many of the corners are a real bank, from the first on; the others only close the ring.
    pub bank: usize,
    low: Pt,
    high: Pt,
}

impl Ring {
    /// A ring with its box.
    pub fn new(name: &str, points: Vec<Pt>) -> Self {
        let (low, high) = extent(&points);
        Self {
            name: name.to_owned(),
            bank: points.len(),
            points,
            low,
            high,
        }
    }

    /// The same ring, of which only the first `bank` corners are a bank.
    pub fn with_bank(self, bank: usize) -> Self {
        Self { bank, ..self }
    }

    /// The bank as a line, closed if it goes all around.
    pub fn bank(&self) -> impl Iterator<Item = &Pt> {
        let around = usize::from(self.bank == self.points.len());
        self.points[..self.bank]
            .iter()
            .chain(self.points.iter().take(around))
    }

    fn holds(&self, p: Pt) -> bool {
        let boxed =
            p.x >= self.low.x && p.x <= self.high.x && p.y >= self.low.y && p.y <= self.high.y;
        boxed && inside(&self.points, p)
    }
}

/// The south-west and the north-east corner of the box around all points.
pub fn extent<'a>(points: impl IntoIterator<Item = &'a Pt>) -> (Pt, Pt) {
    points.into_iter().fold(
        (pt(f64::MAX, f64::MAX), pt(f64::MIN, f64::MIN)),
        |(low, high), p| {
            (
                pt(low.x.min(p.x), low.y.min(p.y)),
                pt(high.x.max(p.x), high.y.max(p.y)),
            )
        },
    )
}

impl Water {
    /// Whether a point lies in water.
    pub fn covers(&self, p: Pt) -> bool {
        self.wet.iter().any(|ring| ring.holds(p)) && !self.islands.iter().any(|ring| ring.holds(p))
    }

    /// Whether a point lies in water or hard by it.
    pub fn near(&self, p: Pt) -> bool {
        let around = [
            (0.0, 0.0),
            (SHORE_M, 0.0),
            (-SHORE_M, 0.0),
            (0.0, SHORE_M),
            (0.0, -SHORE_M),
        ];
        around
            .iter()
            .any(|&(x, y)| self.covers(pt(p.x + x, p.y + y)))
    }

    /// Whether any vertex of a line lies in water or hard by it.
    pub fn touches(&self, line: &[Pt]) -> bool {
        line.iter().any(|&p| self.near(p))
    }
}

fn inside(ring: &[Pt], p: Pt) -> bool {
    let mut odd = false;
    let mut a = ring[ring.len() - 1];
    for &b in ring {
        if (a.y > p.y) != (b.y > p.y) && p.x < (b.x - a.x) * (p.y - a.y) / (b.y - a.y) + a.x {
            odd = !odd;
        }
        a = b;
    }
    odd
}
