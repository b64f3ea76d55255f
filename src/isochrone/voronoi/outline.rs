//! A curve that is known by asking, as a chain of points that keeps within a tolerance of it.

/// The points of a curve from one parameter to another: its ends, and between them as many as it takes.
///
/// `first` parts of equal width are looked at; each is halved until its middle lies no farther than the
/// tolerance from the chord, or it is narrower than `least`. What is seen of the curve is what stands at
/// the places that are looked at. `place` tells where a point of the curve is drawn.
pub(super) struct Sampling<'f, P> {
    pub ends: [f64; 2],
    pub first: usize,
    pub least: f64,
    pub tolerance: f64,
    pub place: &'f dyn Fn(f64, &P) -> [f64; 2],
}

impl<P: Copy> Sampling<'_, P> {
    /// The parameters and points, in order. The curve is asked O(points) times.
    pub(super) fn points(&self, mut curve: impl FnMut(f64) -> P) -> Vec<(f64, P)> {
        let [begin, end] = self.ends;
        let mut points = vec![(begin, curve(begin))];
        for step in 1..=self.first {
            #[expect(clippy::cast_precision_loss, reason = "a few dozen parts")]
            let part = step as f64 / self.first as f64;
            // The last place is the end itself, to the bit.
            let at = if step == self.first {
                end
            } else {
                begin + (end - begin) * part
            };
            let last = points[points.len() - 1];
            let next = (at, curve(at));
            self.halve(last, next, &mut curve, &mut points);
            points.push(next);
        }
        self.thinned(points)
    }

    /// Puts in what the curve needs between two of its points.
    fn halve(
        &self,
        from: (f64, P),
        to: (f64, P),
        curve: &mut impl FnMut(f64) -> P,
        points: &mut Vec<(f64, P)>,
    ) {
        // A jump never comes within the tolerance: the least width ends it.
        if to.0 - from.0 <= self.least {
            return;
        }
        let at = f64::midpoint(from.0, to.0);
        let middle = (at, curve(at));
        if self.bulge(&from, &middle, &to) <= self.tolerance {
            return;
        }
        self.halve(from, middle, curve, points);
        points.push(middle);
        self.halve(middle, to, curve, points);
    }

    /// How far a point lies from the chord of two others.
    fn bulge(&self, from: &(f64, P), middle: &(f64, P), to: &(f64, P)) -> f64 {
        let [a, p, b] = [from, middle, to].map(|(at, point)| (self.place)(*at, point));
        let (_, foot) = crate::plane::nearest_on_segment(p, a, b);
        crate::plane::squared_distance(p, foot).sqrt()
    }

    /// Without the points that lie on the chord of those beside them.
    fn thinned(&self, points: Vec<(f64, P)>) -> Vec<(f64, P)> {
        let mut kept: Vec<(f64, P)> = Vec::with_capacity(points.len());
        let mut skipped: Vec<(f64, P)> = Vec::new();
        for point in points {
            if let Some(&last) = kept.last() {
                let mut skipped_all = skipped.iter();
                let straight = skipped_all
                    .all(|between| self.bulge(&last, between, &point) <= self.tolerance / 2.0);
                if straight {
                    skipped.push(point);
                    continue;
                }
                // Up to the point before, everything lay on one chord.
                let corner = skipped.pop();
                kept.extend(corner);
                skipped.clear();
                skipped.push(point);
                continue;
            }
            kept.push(point);
        }
        kept.extend(skipped.pop());
        kept
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sampling(first: usize) -> Sampling<'static, f64> {
        Sampling {
            ends: [0.0, 100.0],
            first,
            least: 0.1,
            tolerance: 0.2,
            place: &|at, height| [at, *height],
        }
    }

    #[test]
    fn a_straight_curve_needs_its_ends_alone() {
        assert_eq!(
            sampling(8).points(|at| at / 2.0),
            [(0.0, 0.0), (100.0, 50.0)]
        );
    }

    #[test]
    fn a_bent_one_is_kept_within_the_tolerance() {
        let curve = |at: f64| (at - 30.0).abs().min(20.0);
        let points = sampling(4).points(curve);
        for step in 0..=1000 {
            let at = f64::from(step) / 10.0;
            let after = points.partition_point(|(place, _)| *place < at).max(1);
            let [(a, from), (b, to)] = [points[after - 1], points[after]];
            let drawn = from + (to - from) * (at - a) / (b - a);
            assert!((drawn - curve(at)).abs() < 0.5, "{at}: {drawn}");
        }
        assert!(points.len() < 12, "{points:?}");
    }
}
