//! Do the points lie where the streets are? What each answer means, and what to write instead.

use std::cmp::Ordering;

use rayon::prelude::*;

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
const ENOUGH: usize = 6;
/// Of so many points the mean gap tells.
const MANY: usize = 20;
/// Another datum must fit so much better than the declared one, and than moves in other directions.
const MUCH_BETTER: f64 = 0.75;
/// Where it fits as much better, it is sure.
const FAR_BETTER: f64 = 0.25;
/// Gaps in metres count no further than this: one stray point says nothing of a datum.
const FAR: f64 = 150.0;
/// The same where only ranks count: beyond the shift between the datums.
const FARTHEST: f64 = 800.0;
/// So many standard deviations above chance the datum is likely another, and surely.
const LIKELY: f64 = 2.9;
const SURE: f64 = 5.0;
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
        // None is near a street. A few that are not far off may be merely stranded.
        if gaps.snapped == 0 && first.is_some_and(astray) {
            let remedy = self.where_then(&sample, crs);
            return Err(self.nowhere_near(what, sample[0], remedy, door));
        }
        // Some are near streets, so that another datum is a doubt and no error.
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

    /// Says when points and streets fit much better if one of them is read in another Chinese datum.
    fn other_datum(&self, what: Placed, sample: &[Position], crs: Crs) -> Option<Text> {
        if sample.len() < ENOUGH {
            return None;
        }
        // Points are shifted more often than streets: these must fit clearly better.
        let handicap = |side: Side| if side == Side::Streets { 1.25 } else { 1.0 };
        let shifts = shifts(sample, crs).into_iter();
        let best = shifts
            .map(|shift| {
                let gap = mean(&self.gaps_of(&shift.points));
                (handicap(shift.side) * gap, shift)
            })
            .min_by(|a, b| a.0.total_cmp(&b.0))?
            .1;
        // The best reading may be no better than chance.
        let sureness = self.sureness(sample, &best.points)?;
        let metres = |points: &[Position]| format!("{:.0}", self.misfit(points));
        let shift = format!("{:.0}", sample[0].distance(best.points[0]));
        let [better, now] = [metres(&best.points), metres(sample)];
        let sure = match sureness {
            Sureness::Likely => text!(DatumLikely),
            Sureness::Sure => text!(DatumSure),
        };
        let (what, name) = (what.several(), best.name);
        Some(match best.side {
            Side::Points => text!(
                OtherDatum,
                what = what,
                shift = shift,
                sure = sure,
                name = name,
                better = better,
                now = now,
            ),
            Side::Streets => text!(
                OtherDatumOfStreets,
                what = what,
                shift = shift,
                sure = sure,
                name = name,
                better = better,
                now = now,
            ),
        })
    }

    /// How sure it is that moved points are where they belong; none where it is not.
    ///
    /// In a town with many streets any place is near some street. Only the right datum fits much better
    /// than the points as they stand, and than moves of the same length in seven other directions do. Of
    /// many points the mean gap tells; of few, how often the gap is the least, against chance.
    fn sureness(&self, sample: &[Position], moved: &[Position]) -> Option<Sureness> {
        let turns: Vec<Vec<Position>> =
            (1..8).map(|eighth| turned(sample, moved, eighth)).collect();
        let times = self.times_chance(moved, sample, &turns);
        let turned: Vec<f64> = turns.iter().map(|turn| self.misfit(turn)).collect();
        let part = self.misfit(moved) / self.misfit(sample).min(mean(&turned));
        let is_part = |most: f64| sample.len() >= MANY && part <= most;
        if times >= SURE || is_part(FAR_BETTER) {
            return Some(Sureness::Sure);
        }
        (times >= LIKELY || is_part(MUCH_BETTER)).then_some(Sureness::Likely)
    }

    /// How far above chance the points fit where they are moved to, in standard deviations: by the rank of
    /// each point's gap there among those where it stands and where the turns take it. 0 where one of
    /// these fits better on the whole.
    ///
    /// By chance every rank from 1 to 9 is as likely (a rank sum of one sample in n blocks, as in
    /// Friedman's test). Ranks say as much of a village 200 m off the streets as of a house beside one.
    fn times_chance(
        &self,
        moved: &[Position],
        sample: &[Position],
        turns: &[Vec<Position>],
    ) -> f64 {
        let others = std::iter::once(sample).chain(turns.iter().map(Vec::as_slice));
        // A turn that leads off the globe has fewer points, and is none.
        let others: Vec<&[Position]> = others.filter(|o| o.len() == sample.len()).collect();
        let here = self.gaps_of(moved);
        let elsewhere: Vec<Vec<f64>> = others.iter().map(|other| self.gaps_of(other)).collect();
        if elsewhere.iter().any(|gaps| mean(gaps) <= mean(&here)) {
            return 0.0;
        }
        let rank = |point: usize| {
            let halves = elsewhere
                .iter()
                .map(|gaps| match gaps[point].total_cmp(&here[point]) {
                    Ordering::Less => 1.0,
                    Ordering::Equal => 0.5,
                    Ordering::Greater => 0.0,
                });
            1.0 + halves.sum::<f64>()
        };
        let ranks: Vec<f64> = (0..here.len()).map(rank).collect();
        #[expect(
            clippy::cast_precision_loss,
            reason = "a few hundred points, nine places"
        )]
        let [points, places] = [ranks.len() as f64, (elsewhere.len() + 1) as f64];
        let middle = f64::midpoint(places, 1.0);
        let deviation = ((places * places - 1.0) / 12.0 / points).sqrt();
        (middle - mean(&ranks)) / deviation
    }

    /// The gap of each point in metres, where far points count alike.
    fn gaps_of(&self, points: &[Position]) -> Vec<f64> {
        let gap = |&at: &Position| self.index.snap(at, FARTHEST).gap().unwrap_or(FARTHEST);
        points.iter().map(gap).collect()
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

/// How sure another datum is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sureness {
    Likely,
    Sure,
}

/// What may be in another datum than it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Points,
    Streets,
}

/// Another reading of points or streets, and where the points lie on the streets by it.
struct Shift {
    side: Side,
    name: &'static str,
    points: Vec<Position>,
}

/// Where a point in one system would lie in another.
type Move = fn(Position, Crs, Crs) -> Option<Position>;

/// The points as if they, or the streets, were in another Chinese datum.
fn shifts(sample: &[Position], crs: Crs) -> Vec<Shift> {
    let mut shifts = Vec::new();
    for other in Crs::chinese_datums() {
        let Some(name) = other.datum_name() else {
            continue;
        };
        let moves: [(Side, Move); 2] = [(Side::Points, reread), (Side::Streets, as_streets_in)];
        for (side, moved) in moves {
            let is_declared = side == Side::Points && other.name() == crs.name();
            let points: Option<Vec<Position>> =
                sample.iter().map(|&at| moved(at, crs, other)).collect();
            // Streets in WGS 84 are where they are.
            let is_moved = points
                .as_ref()
                .is_some_and(|points| points[0].distance(sample[0]) > 50.0);
            if let Some(points) = points.filter(|_| !is_declared && is_moved) {
                shifts.push(Shift { side, name, points });
            }
        }
    }
    shifts
}

/// Where a point would lie on streets whose numbers are meant in another system than WGS 84.
fn as_streets_in(at: Position, _: Crs, streets: Crs) -> Option<Position> {
    let [lon, lat] = streets.datum_from_wgs84([at.lon(), at.lat()])?;
    Position::new(lon, lat)
}

fn mean(numbers: &[f64]) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "a few hundred points")]
    let count = numbers.len().max(1) as f64;
    numbers.iter().sum::<f64>() / count
}

/// Points from all over a file, the same ones whatever the order of its rows.
fn sample_of(points: &[Position]) -> Vec<Position> {
    let mut points = points.to_vec();
    // Places that are equal are the same: no order among them to keep.
    points.par_sort_unstable_by(|a, b| {
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
    use geo_types::{LineString, coord};

    use super::*;

    /// Villages along a valley: few streets, and homes up to 200 m off them.
    #[test]
    fn few_points_of_a_village_tell_the_datum() {
        let place = |x: f64, y: f64| coord! { x: 116.2 + x / 96_600.0, y: 29.73 + y / 110_850.0 };
        let line = |points: &[(f64, f64)]| -> LineString<f64> {
            points.iter().map(|&(x, y)| place(x, y)).collect()
        };
        let streets = [
            line(&[
                (-4000.0, -2500.0),
                (-1500.0, -300.0),
                (0.0, 1500.0),
                (2500.0, 4000.0),
            ]),
            line(&[(-1500.0, -300.0), (1000.0, -2500.0), (3000.0, -4500.0)]),
        ];
        let network = Network::from_lines(&streets).expect("streets");
        let check = StreetCheck::new(&network, 500.0);
        let homes = [
            (-3329.0, -1750.0),
            (-2151.0, -1073.0),
            (-796.0, 638.0),
            (373.0, 2127.0),
            (1814.0, 3186.0),
            (92.0, -1515.0),
            (1859.0, -3641.0),
        ];
        let homes: Vec<Position> = homes
            .iter()
            .map(|&(x, y)| Position::try_from(place(x, y)).expect("valid"))
            .collect();
        let gcj = Crs::parse("GCJ-02").expect("known");
        let moved = |shift: Move, count: usize| {
            let homes = homes.iter().take(count);
            let points = homes.map(|&at| shift(at, Crs::Wgs84, gcj).expect("in China"));
            said(&check, &points.collect::<Vec<_>>())
        };
        for count in [6, 7] {
            assert_eq!(said(&check, &homes[..count]), None);
            let points = moved(as_streets_in, count).expect("in GCJ-02");
            assert!(points.contains("they look like GCJ-02"), "{points}");
            let streets = moved(reread, count).expect("streets in GCJ-02");
            assert!(streets.contains("the streets are"), "{streets}");
        }
    }

    /// Every so many points of a list, from a place on.
    fn some(points: &[Position], count: usize, from: usize) -> Vec<Position> {
        let step = points.len() / count;
        let places = (0..count).map(|place| (from * 7 + place * step) % points.len());
        places.map(|place| points[place]).collect()
    }

    fn said(check: &StreetCheck<'_>, points: &[Position]) -> Option<String> {
        let said = check.other_datum(Placed::Cells, points, Crs::Wgs84);
        said.map(|text| text.to_string())
    }

    /// Of few points of a real town the right datum is never doubted, and the wrong one sometimes is.
    #[test]
    fn few_points_of_a_real_town_tell_the_datum() {
        let Ok(data) = std::env::var("WALKSHED_DATA") else {
            eprintln!("skipped: WALKSHED_DATA is not set");
            return;
        };
        let data = std::path::Path::new(&data).join("data");
        let folder = tempfile::tempdir().expect("a folder");
        let path = |file: &str| data.join(file).to_string_lossy().into_owned();
        let text = format!(
            "[inputs]\nstreets = '{}'\nsites = '{}'\ncells = '{}'\n",
            path("osm/gushi_seat.osm.pbf"),
            path("gushi/services.csv"),
            path("gushi/origins.csv")
        );
        let file = folder.path().join("study.toml");
        std::fs::write(&file, text).expect("written");
        let (study, _) = crate::read::study(&file).expect("valid");
        let check = StreetCheck::new(study.network(), 500.0);
        let services: Vec<Position> = study.sites().iter().map(|(_, site)| site.at).collect();
        let homes: Vec<Position> = study
            .cells()
            .iter()
            .filter_map(|(_, cell)| cell.at)
            .collect();
        let gcj = Crs::parse("GCJ-02").expect("known");
        let mut found = [0; 2];
        let mut tries = 0;
        for count in [6, 8, 12, 20] {
            for from in 0..24 {
                let points = some(&services, count, from);
                assert_eq!(said(&check, &points), None, "{count} services from {from}");
                let points = some(&homes, count, from);
                assert_eq!(said(&check, &points), None, "{count} homes from {from}");
                let in_gcj: Vec<Position> = points
                    .iter()
                    .map(|&at| as_streets_in(at, Crs::Wgs84, gcj).expect("in China"))
                    .collect();
                // The other way round: as if the streets were in it.
                let back: Vec<Position> = points
                    .iter()
                    .map(|&at| reread(at, Crs::Wgs84, gcj).expect("in China"))
                    .collect();
                tries += 1;
                let is_said = |points: &[Position], words: &str| {
                    said(&check, points).is_some_and(|text| text.contains(words))
                };
                found[0] += usize::from(is_said(&in_gcj, "they look like GCJ-02"));
                found[1] += usize::from(is_said(&back, "the streets are"));
            }
        }
        eprintln!("{found:?} of {tries}");
        // In a dense town any place is near some street: few points can seldom tell.
        assert!(found.iter().all(|&found| found > 0), "{found:?} of {tries}");
    }

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
