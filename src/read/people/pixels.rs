//! Who lives in each pixel, exactly; and the values that stand for nobody.
//!
//! ```text
//!    0.4  2.7   -99999        People are counted in millionths, and what one pixel is rounded
//!    0    1.1   3.4e38        off by goes to the next: the sum of all is that of the file. A
//!    nan  12    0.000004      value below zero, and one that no pixel has room for, is none.
//! ```

use crate::units::People;

/// More people live on no square kilometre: Kowloon's walled city had fewer, on a fortieth of one.
const MOST_PER_KM2: f64 = 2_000_000.0;
/// A smaller pixel may hold so many all the same: a tower stands on it.
const MOST_IN_A_TOWER: f64 = 1_000.0;

/// The inhabited pixels of a window, and what the others hold.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Sorted {
    /// Places of pixels in the window, row by row, with their people.
    pub inhabited: Vec<(usize, People)>,
    /// The inhabited pixels outside.
    pub clipped: u64,
    pub clipped_people: People,
    /// Those inside that have no value.
    pub none: u64,
    pub negative: Odd,
    pub impossible: Odd,
}

impl Sorted {
    /// The people of all inhabited pixels.
    pub(super) fn people(&self) -> People {
        self.inhabited.iter().map(|&(_, people)| people).sum()
    }
}

/// Pixels with a value that is taken for none.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Odd {
    pub pixels: u64,
    /// The first of their values.
    pub example: f64,
}

impl Odd {
    const fn take(&mut self, value: f64) {
        if self.pixels == 0 {
            self.example = value;
        }
        self.pixels += 1;
    }
}

/// The most people that a pixel of so many square metres has room for.
pub(super) fn most_people(square_metres: f64) -> f64 {
    (MOST_PER_KM2 * square_metres / 1e6).clamp(MOST_IN_A_TOWER, People::MOST)
}

/// Sorts the values of pixels, NaN where there is none, each of which is `inside` or not and has
/// room for so many people at most. O(pixels).
pub(super) fn sorted(values: &[f64], is_inside: impl Fn(usize) -> bool, most: f64) -> Sorted {
    let mut sorted = Sorted::default();
    let mut rounding = Rounding::default();
    let mut rounding_outside = Rounding::default();
    for (place, &value) in values.iter().enumerate() {
        let has_people = value > 0.0 && value <= most;
        if !is_inside(place) {
            if has_people {
                sorted.clipped += 1;
                sorted.clipped_people += rounding_outside.whole(value);
            }
        } else if value.is_nan() {
            sorted.none += 1;
        } else if value < 0.0 {
            sorted.negative.take(value);
        } else if value > most {
            sorted.impossible.take(value);
        } else if has_people {
            let people = rounding.whole(value);
            // A few millionths of somebody are counted with the next.
            if people > People::ZERO {
                sorted.inhabited.push((place, people));
            }
        }
    }
    sorted
}

/// Rounds numbers to millionths so that they add up to what the numbers do: what is left of one
/// goes to the next.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Rounding {
    left: f64,
}

impl Rounding {
    /// The people of a number from 0 to [`People::MOST`].
    pub(super) fn whole(&mut self, count: f64) -> People {
        let wanted = count * 1e6 + self.left;
        let given = wanted.round().max(0.0);
        self.left = wanted - given;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "at most 10^15, and not below 0"
        )]
        People::from_millionths(given as u64)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_stands_for_nobody_is_counted_by_its_reason() {
        let values = [
            f64::NAN,
            0.0,
            2.5,
            -99_999.0,
            -0.5,
            3.4e38,
            f64::INFINITY,
            7.25,
        ];
        let most = most_people(10_000.0);
        let all = sorted(&values, |_| true, most);
        assert_eq!(all.inhabited.len(), 2);
        assert_eq!(all.people().to_string(), "9.75");
        assert_eq!((all.none, all.clipped), (1, 0));
        assert_eq!((all.negative.pixels, all.impossible.pixels), (2, 2));
        assert!((all.negative.example + 99_999.0).abs() < 1e-9);
        // Outside only those count that hold somebody.
        let east = sorted(&values, |place| place > 2, most);
        assert_eq!(
            (east.clipped, east.clipped_people.to_string()),
            (1, "2.5".to_owned())
        );
        assert_eq!((east.none, east.people().to_string()), (0, "7.25".into()));
    }

    #[test]
    fn a_pixel_holds_no_more_than_has_room() {
        assert!((most_people(1e4) - 20_000.0).abs() < 1e-6);
        assert!((most_people(100.0) - 1_000.0).abs() < 1e-6);
        assert!((most_people(1e12) - 1e9).abs() < 1e-6);
        let sorted = sorted(&[20_000.0, 20_000.1], |_| true, most_people(1e4));
        assert_eq!((sorted.inhabited.len(), sorted.impossible.pixels), (1, 1));
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        /// Numbers that are whole millionths in steps of an eighth, so that their sum is exact.
        #[test]
        fn nobody_is_lost_or_made(eighths in prop::collection::vec(0..400_000_000_u32, 0..200), cut in 0..200_usize) {
            let values: Vec<f64> = eighths.iter().map(|&eighth| f64::from(eighth) / 8e6).collect();
            let sorted = sorted(&values, |place| place >= cut, 1000.0);
            let sum = |part: &[u32]| part.iter().map(|&eighth| u64::from(eighth)).sum::<u64>();
            let cut = cut.min(eighths.len());
            for (people, eighths) in [
                (sorted.people(), sum(&eighths[cut..])),
                (sorted.clipped_people, sum(&eighths[..cut])),
            ] {
                // To half a millionth, and what a float loses on the way.
                prop_assert!((people.millionths() * 8).abs_diff(eighths) <= 5, "{} {}", people, eighths);
            }
        }
    }
}
