//! Do the points lie where the streets are? What each answer means, and what to write instead.

use super::crs::Crs;
use super::error::{BadInput, ReadError};
use super::plausibility::{Placed, doubt};
use super::row_policy::Door;
use crate::model::Network;
use crate::plane::Position;
use crate::snap::{Gaps, StreetIndex};
use crate::words::{Text, text};

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

    /// All streets, ready to be asked.
    pub(crate) const fn index(&self) -> &StreetIndex<'a> {
        &self.index
    }

    /// Checks the points of one file, given in this coordinate system.
    ///
    /// # Errors
    /// When no point at all is near a street: every answer would be nonsense.
    pub(crate) fn check(
        &self,
        what: Placed,
        points: &[Position],
        crs: Crs,
        door: &mut Door<'_>,
    ) -> Result<(), ReadError> {
        let sample = sample_of(points);
        let gaps = self.gaps(&sample);
        let first = sample.first().and_then(|&at| self.index.nearest_gap(at));
        let astray = |gap: f64| sample.len() >= FEW || gap > ASTRAY * self.max_snap_m;
        if gaps.snapped == 0 && first.is_some_and(astray) {
            let remedy = self.where_then(&sample, crs);
            return Err(self.nowhere_near(what, sample[0], remedy, door));
        }
        if let Some(message) = self.other_datum(what, &sample, crs) {
            doubt(door, "other-datum", what.subject(), message);
        }
        if gaps.stranded * 2 > sample.len() {
            let share = gaps.stranded * 100 / sample.len();
            let message = text!(
                FarFromStreets,
                share = share,
                what = what.several(),
                metres = self.max_snap_m,
            );
            doubt(door, "far-from-streets", what.subject(), message);
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

    /// The error about points none of which is near a street.
    fn nowhere_near(
        &self,
        what: Placed,
        first: Position,
        remedy: Text,
        door: &Door<'_>,
    ) -> ReadError {
        let km = self.index.nearest_gap(first).unwrap_or_default() / 1000.0;
        let expected = text!(
            NowhereNearStreets,
            what = what.several(),
            metres = self.max_snap_m,
            km = format!("{km:.1}"),
        );
        BadInput {
            code: "nowhere-near-streets",
            file: door.file.clone(),
            expected,
            remedy,
            ..BadInput::default()
        }
        .into()
    }

    /// What may be wrong with points none of which is near a street.
    fn where_then(&self, sample: &[Position], crs: Crs) -> Text {
        let swapped: Vec<Position> = sample
            .iter()
            .filter_map(|at| Position::new(at.lat(), at.lon()))
            .collect();
        if self.gaps(&swapped).snapped * 2 > sample.len() {
            return text!(LonLatLookSwapped);
        }
        // A few points may fit any datum by chance.
        let better = self.better_datum(sample, crs);
        match better.filter(|_| sample.len() >= ENOUGH) {
            Some((name, _)) => text!(LooksLikeDatum, name = name),
            None => text!(CheckSamePlace),
        }
    }

    /// Says when the points fit the streets much better if read in another Chinese datum.
    fn other_datum(&self, what: Placed, sample: &[Position], crs: Crs) -> Option<Text> {
        let (name, read) = self
            .better_datum(sample, crs)
            .filter(|_| sample.len() >= ENOUGH)?;
        let now = self.misfit(sample);
        let better = self.misfit(&read);
        let controls: f64 = (1..8)
            .map(|eighth| self.misfit(&turned(sample, &read, eighth)))
            .sum();
        if better > MUCH_BETTER * now || better > MUCH_BETTER * controls / 7.0 {
            return None;
        }
        let shift = sample[0].distance(read[0]);
        Some(text!(
            OtherDatum,
            what = what.several(),
            shift = format!("{shift:.0}"),
            name = name,
            better = format!("{better:.0}"),
            now = format!("{now:.0}"),
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
