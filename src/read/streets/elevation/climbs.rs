//! What a piece of street climbs between its vertices, pixel by pixel.
//!
//! ```text
//!            .-'-.              The ends of a street over a hill say that it is flat.
//!        .-'       '-.          Walked is up and down: its heights are looked up as often as
//!   A ·-'             '-· B     the model has pixels along it.
//! ```

use rayon::prelude::*;

use super::raster::Raster;
use crate::model::slope_factor;
use crate::plane::Position;

/// How many times longer than on the flat a walk takes, there and back.
pub(crate) type Climb = [f32; 2];

/// The model under some streets.
pub(super) struct Under<'a> {
    pub raster: &'a Raster,
    /// Where each vertex lies on the grid, in pixels.
    pub pixels: &'a [Option<[f64; 2]>],
    /// Where each vertex lies, in degrees.
    pub places: &'a [[f64; 2]],
}

impl Under<'_> {
    /// The climb of each piece that is longer than a pixel; none where its ends say all there is to
    /// say, or have no height. O(pieces + pixels along them), in parallel.
    pub(super) fn climbs(&self, pieces: &[[u32; 2]]) -> Vec<Option<Climb>> {
        pieces.par_iter().map(|&ends| self.climb(ends)).collect()
    }

    fn climb(&self, ends: [u32; 2]) -> Option<Climb> {
        let [from, to] = [
            self.pixels[ends[0] as usize]?,
            self.pixels[ends[1] as usize]?,
        ];
        let steps = (to[0] - from[0]).hypot(to[1] - from[1]).ceil();
        // Within a pixel its ends tell all that the model knows.
        if steps < 2.0 {
            return None;
        }
        let [start, stop] = ends.map(|end| self.position(end));
        let metres = start?.distance(stop?);
        let heights = self.heights_between([from, to], steps)?;
        (metres > 0.0).then(|| climb_of(&heights, metres))
    }

    fn position(&self, node: u32) -> Option<Position> {
        let [lon, lat] = self.places[node as usize];
        Position::new(lon, lat)
    }

    /// Parts of the way from one end to the other, with the height at each; voids are passed over.
    fn heights_between(&self, [from, to]: [[f64; 2]; 2], steps: f64) -> Option<Vec<[f64; 2]>> {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "as many as a street has pixels, which lie in memory"
        )]
        let count = steps as u32;
        let at = |step: u32| {
            let part = f64::from(step) / steps;
            let place = [0, 1].map(|axis| from[axis] + (to[axis] - from[axis]) * part);
            let height = self.raster.at(place)?;
            Some([part, f64::from(height)])
        };
        // Without a height at either end the piece counts as flat, as all pieces do.
        at(0)?;
        at(count)?;
        Some((0..=count).filter_map(at).collect())
    }
}

/// The mean of what each part costs, by its length.
fn climb_of(heights: &[[f64; 2]], metres: f64) -> Climb {
    let mut sums = [0.0; 2];
    for pair in heights.windows(2) {
        let [[begin, low], [end, high]] = [pair[0], pair[1]];
        let part = end - begin;
        let slope = (high - low) / (part * metres);
        // What rises on the way there falls on the way back.
        sums[0] += part / slope_factor(slope);
        sums[1] += part / slope_factor(-slope);
    }
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a ten-millionth of a walk is far below what a height is good for"
    )]
    sums.map(|sum| sum as f32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::formats::geotiff::Window;

    fn climb(heights: &[f32]) -> Option<Climb> {
        let columns = u32::try_from(heights.len()).expect("few");
        let raster = Raster {
            window: Window {
                first: [0, 0],
                end: [columns, 1],
            },
            heights: heights.to_vec(),
        };
        // From the middle of the first pixel to that of the last, each 0.001° wide.
        let last = f64::from(columns) - 0.5;
        let under = Under {
            raster: &raster,
            pixels: &[Some([0.5, 0.5]), Some([last, 0.5])],
            places: &[[0.0, 0.0], [(last - 0.5) * 0.001, 0.0]],
        };
        under.climbs(&[[0, 1]])[0]
    }

    /// What one walks longer on these slopes of equal length.
    fn mean(slopes: &[f64]) -> f64 {
        let sum: f64 = slopes.iter().map(|&slope| 1.0 / slope_factor(slope)).sum();
        sum / slopes.len().to_string().parse::<f64>().expect("a number")
    }

    #[test]
    fn a_street_over_a_hill_is_no_flat_one() {
        // 111.3195 m a pixel: up and down 1 in 10.
        let rise = 11.131_95;
        let [there, back] =
            climb(&[0.0, rise, 2.0 * rise, rise, 0.0]).expect("longer than a pixel");
        let expected = mean(&[0.1, 0.1, -0.1, -0.1]);
        assert!(
            (f64::from(there) - expected).abs() < 1e-5,
            "{there} {expected}"
        );
        assert!((f64::from(back) - expected).abs() < 1e-5);
    }

    #[test]
    fn an_even_slope_is_what_its_ends_say_and_back_is_the_other_way() {
        let [there, back] = climb(&[0.0, 11.131_95, 22.263_9]).expect("longer than a pixel");
        assert!((f64::from(there) - mean(&[0.1])).abs() < 1e-5);
        assert!((f64::from(back) - mean(&[-0.1])).abs() < 1e-5);
    }

    #[test]
    fn voids_on_the_way_are_passed_over_and_at_an_end_leave_it_flat() {
        let even = climb(&[0.0, f32::NAN, 22.263_9]).expect("known at both ends");
        assert!((f64::from(even[0]) - mean(&[0.1])).abs() < 1e-5);
        assert_eq!(climb(&[f32::NAN, 5.0, 9.0]), None);
        assert_eq!(climb(&[0.0, 9.0]), None, "no longer than a pixel");
    }
}
