//! Do the points lie where the streets are? What each answer means, and what to write instead.

use super::crs::Crs;
use super::error::{BadInput, Place, ReadError};
use super::row_policy::Door;
use crate::model::{Network, Severity};
use crate::plane::Position;
use crate::snap::{Gaps, StreetIndex};

/// How many points of a file are looked at.
const SAMPLE: usize = 400;
/// A file needs so many points before its datum can be doubted.
const ENOUGH: usize = 20;
/// Another datum must fit so much better than the declared one, and than moves in other directions.
const MUCH_BETTER: f64 = 0.75;
/// Gaps in metres count no further than this: one stray point says nothing of a datum.
const FAR: f64 = 150.0;
/// Fewer points than that, none of them near a street, are merely stranded …
const FEW: usize = 8;
/// … up to so many times the widest gap.
const ASTRAY: f64 = 10.0;

/// Compares the points of each file with the streets.
pub(crate) struct StreetCheck<'a> {
    index: StreetIndex<'a>,
    max_snap_m: f64,
}

impl<'a> StreetCheck<'a> {
    pub(crate) fn new(network: &'a Network, max_snap_m: f64) -> Self {
        Self {
            index: StreetIndex::new(network, &[], 0),
            max_snap_m,
        }
    }

    /// Checks the points of one file (`what` is "sites" or "cells"), given in this coordinate system.
    ///
    /// # Errors
    /// When no point at all is near a street: every answer would be nonsense.
    pub(crate) fn check(
        &self,
        what: &str,
        points: &[Position],
        crs: Crs,
        door: &mut Door<'_>,
    ) -> Result<(), ReadError> {
        let sample = sample_of(points);
        let gaps = self.gaps(&sample);
        let first = sample.first().and_then(|&at| self.index.nearest_gap(at));
        let astray = |gap: f64| sample.len() >= FEW || gap > ASTRAY * self.max_snap_m;
        if gaps.snapped == 0 && first.is_some_and(astray) {
            return Err(self.nowhere_near(what, &sample, crs, door));
        }
        if let Some(message) = self.other_datum(what, &sample, crs) {
            door.say(
                Severity::Suspicious,
                "other-datum",
                Place::File,
                what,
                message,
            );
        }
        if gaps.stranded * 2 > sample.len() {
            let share = gaps.stranded * 100 / sample.len();
            let message = format!(
                "{share} % of the {what} are farther than {} m from every street – do the streets cover the whole area?",
                self.max_snap_m
            );
            door.say(
                Severity::Suspicious,
                "far-from-streets",
                Place::File,
                what,
                message,
            );
        }
        Ok(())
    }

    fn gaps(&self, points: &[Position]) -> Gaps {
        Gaps::of(
            points
                .iter()
                .map(|&at| self.index.snap(at, self.max_snap_m)),
        )
    }

    fn nowhere_near(
        &self,
        what: &str,
        sample: &[Position],
        crs: Crs,
        door: &Door<'_>,
    ) -> ReadError {
        let swapped: Vec<Position> = sample
            .iter()
            .filter_map(|at| Position::new(at.lat(), at.lon()))
            .collect();
        let remedy = if self.gaps(&swapped).snapped * 2 > sample.len() {
            "longitude and latitude look swapped: exchange the two columns".to_owned()
        } else if let Some((name, _)) = self
            .better_datum(sample, crs)
            .filter(|_| sample.len() >= ENOUGH)
        {
            format!("they look like {name}; write crs = \"{name}\" for this file")
        } else {
            "check that streets and points are of the same place, and the file's crs".to_owned()
        };
        let km = self.index.nearest_gap(sample[0]).unwrap_or_default() / 1000.0;
        let expected = format!(
            "none of the {what} is within {} m of a street; the first is {km:.1} km from the nearest",
            self.max_snap_m
        );
        BadInput {
            code: "nowhere-near-streets",
            file: door.file.clone(),
            expected: expected.into(),
            remedy: remedy.into(),
            ..BadInput::default()
        }
        .into()
    }

    /// Says when the points fit the streets much better if read in another Chinese datum.
    fn other_datum(&self, what: &str, sample: &[Position], crs: Crs) -> Option<String> {
        let (name, read) = self
            .better_datum(sample, crs)
            .filter(|_| sample.len() >= ENOUGH)?;
        let (now, better) = (self.misfit(sample), self.misfit(&read));
        let controls: f64 = (1..8)
            .map(|eighth| self.misfit(&turned(sample, &read, eighth)))
            .sum();
        if better > MUCH_BETTER * now || better > MUCH_BETTER * controls / 7.0 {
            return None;
        }
        let shift = sample[0].distance(read[0]);
        Some(format!(
            "the {what} lie {shift:.0} m off in one direction: they look like {name} (on average {better:.0} m off the streets instead of {now:.0} m); write crs = \"{name}\" for this file, or mend the crs of the streets"
        ))
    }

    /// The Chinese datum in which the sample fits the streets best, and where the points would lie.
    fn better_datum(&self, sample: &[Position], crs: Crs) -> Option<(&'static str, Vec<Position>)> {
        let others = Crs::chinese_datums()
            .into_iter()
            .filter(|other| other.name() != crs.name());
        let read = others.filter_map(|other| {
            let moved: Option<Vec<Position>> =
                sample.iter().map(|at| reread(*at, crs, other)).collect();
            Some((other.datum_name()?, moved?))
        });
        read.filter(|(_, points)| self.gaps(points).snapped * 2 > points.len())
            .min_by(|a, b| self.misfit(&a.1).total_cmp(&self.misfit(&b.1)))
    }

    /// How badly points fit the streets: their mean gap in metres, where far points count alike.
    fn misfit(&self, points: &[Position]) -> f64 {
        let gaps = points
            .iter()
            .map(|&at| self.index.snap(at, FAR).gap().unwrap_or(FAR));
        #[expect(clippy::cast_precision_loss, reason = "a few hundred points")]
        let count = points.len().max(1) as f64;
        gaps.sum::<f64>() / count
    }
}

/// Points from all over a file, the same ones whatever the order of its rows.
fn sample_of(points: &[Position]) -> Vec<Position> {
    let mut points = points.to_vec();
    points.sort_by(|a, b| {
        a.lon()
            .total_cmp(&b.lon())
            .then(a.lat().total_cmp(&b.lat()))
    });
    let step = points.len().div_ceil(SAMPLE).max(1);
    points.into_iter().step_by(step).collect()
}

/// The points moved as far as from one place to the other, but so many eighths of a turn aside.
///
/// In a town with many streets any place is near some street. Only the right datum fits much better
/// than moves of the same length in other directions do.
fn turned(from: &[Position], to: &[Position], eighth: u32) -> Vec<Position> {
    let (sin, cos) = (f64::from(eighth) * std::f64::consts::FRAC_PI_4).sin_cos();
    let moved = from.iter().zip(to).filter_map(|(a, b)| {
        let narrow = a.lat().to_radians().cos();
        let (east, north) = ((b.lon() - a.lon()) * narrow, b.lat() - a.lat());
        Position::new(
            a.lon() + (east * cos - north * sin) / narrow,
            a.lat() + east * sin + north * cos,
        )
    });
    moved.collect()
}

/// Where a point would lie if its numbers were meant in another system than they were read in.
fn reread(at: Position, read_as: Crs, meant: Crs) -> Option<Position> {
    let [x, y] = read_as.datum_from_wgs84([at.lon(), at.lat()])?;
    let [lon, lat] = meant.converter().ok()?.to_wgs84(x, y)?;
    Position::new(lon, lat)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn c26_the_sample_does_not_depend_on_the_order_of_rows() {
        let at =
            |i: u32| Position::new(116.0 + f64::from(i * 37 % 1000) * 1e-4, 29.7).expect("valid");
        let mut points: Vec<Position> = (0..1000).map(at).collect();
        let sample = sample_of(&points);
        points.reverse();
        assert_eq!(sample, sample_of(&points));
        assert!(sample.len() <= SAMPLE && sample.len() > SAMPLE / 2);
    }
}
