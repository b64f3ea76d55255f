//! How evenly what gets done is shared out: the Lorenz curve and its Gini coefficient.

use super::coverage::Coverage;
use crate::units::People;

/// The Lorenz curve of what people get done (Lorenz 1905): they stand in the order of their score, the
/// share of the asked items by weight that they get done within the limit, those with the least first.
/// The curve says which part of all that is done the first so many of them have together.
///
/// Those who live in one cell count alike, with the score of the cell. Who is in a cell of which nothing
/// is known, or is asked nothing, is left out. The Gini coefficient is twice the area between the curve
/// and the straight line: 0 where everybody gets the same done, towards 1 where few get everything.
///
/// ```
/// use walkshed::{Options, run, score::Lorenz};
/// // Of two people one gets everything done and the other nothing.
/// let town = walkshed::draw::town("A-a-s-B-------------------------b--C", 100.0, "s");
/// let town = town.with(|parts| {
///     let cells = parts.cells.iter().map(|(_, cell)| walkshed::model::Cell {
///         people: walkshed::People::new(1.0).unwrap(),
///         ..cell.clone()
///     });
///     parts.cells = walkshed::model::Cells::new(cells.collect());
/// })?;
/// let curve = Lorenz::of(&run(&town, &Options::default())?.coverage).unwrap();
/// assert_eq!(curve.gini(), 0.5);
/// assert_eq!(curve.part_of(0.5), 0.0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "洛伦兹曲线")]
#[doc(alias = "基尼系数")]
#[derive(Debug, Clone, PartialEq)]
pub struct Lorenz {
    /// Part of the people, part of what they get done: from nothing to all, rising.
    points: Vec<[f64; 2]>,
}

impl Lorenz {
    /// The curve of a coverage; none where nobody is asked, or nothing is done for anybody.
    /// O(cells log cells).
    #[must_use]
    pub fn of(coverage: &Coverage) -> Option<Self> {
        let cells = coverage.study().cells().iter();
        let scored = cells.filter_map(|(id, _)| {
            let people = coverage.people(id);
            let score = coverage.score(id)?;
            (people > People::ZERO && coverage.cell(id).items_asked > 0).then_some((score, people))
        });
        Self::of_scores(scored.collect())
    }

    /// The curve of scores, each of so many people; none where nobody gets anything done.
    /// O(n log n).
    fn of_scores(mut scored: Vec<(f64, People)>) -> Option<Self> {
        // By people too, so that the sums do not rest on the order of the cells.
        scored.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let weighed = |&(score, people): &(f64, People)| score * people.as_f64();
        let people: f64 = scored.iter().map(|(_, people)| people.as_f64()).sum();
        let done: f64 = scored.iter().map(weighed).sum();
        if done <= 0.0 {
            return None;
        }
        let mut points = vec![[0.0, 0.0]];
        let mut so_far = [0.0, 0.0];
        // Equal scores make one straight piece.
        for alike in scored.chunk_by(|a, b| a.0.total_cmp(&b.0).is_eq()) {
            so_far[0] += alike.iter().map(|(_, people)| people.as_f64()).sum::<f64>();
            so_far[1] += alike.iter().map(weighed).sum::<f64>();
            // Rounding of sums must not lead past the corner.
            points.push([(so_far[0] / people).min(1.0), (so_far[1] / done).min(1.0)]);
        }
        Some(Self { points })
    }

    /// The corners of the curve, from nothing to all.
    #[must_use]
    pub fn points(&self) -> &[[f64; 2]] {
        &self.points
    }

    /// The Gini coefficient, from 0 to 1.
    #[must_use]
    pub fn gini(&self) -> f64 {
        let pieces = self.points.windows(2);
        let twice_below = pieces.map(|pair| {
            let [[from, low], [to, high]] = [pair[0], pair[1]];
            (to - from) * (low + high)
        });
        // Rounding may leave a little less than nothing.
        (1.0 - twice_below.sum::<f64>()).clamp(0.0, 1.0)
    }

    /// The part of all that is done which this part of the people, those with the least, have together.
    #[must_use]
    pub fn part_of(&self, people: f64) -> f64 {
        let mut pieces = self.points.windows(2);
        let Some(pair) = pieces.find(|pair| people <= pair[1][0]) else {
            return 1.0;
        };
        let [[from, low], [to, high]] = [pair[0], pair[1]];
        // A piece without people is a step straight up.
        if to > from {
            low + (high - low) * (people - from).max(0.0) / (to - from)
        } else {
            low
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn curve(scored: &[(f64, f64)]) -> Option<Lorenz> {
        let scored = scored
            .iter()
            .map(|&(score, people)| (score, People::new(people).expect("a number")));
        Lorenz::of_scores(scored.collect())
    }

    fn near(a: f64, b: f64) -> bool {
        (a - b).abs() < 1e-12
    }

    #[test]
    fn all_alike_is_even_and_one_of_many_is_not() {
        let even = curve(&[(0.25, 10.0), (0.25, 1.0), (0.25, 3.0)]).expect("something is done");
        assert!(near(even.gini(), 0.0) && near(even.part_of(0.3), 0.3));
        assert_eq!(even.points().len(), 2);
        // One of four people has all: the curve lies at nothing up to three quarters.
        let one = curve(&[(0.0, 1.0), (1.0, 1.0), (0.0, 2.0)]).expect("something is done");
        assert!(near(one.gini(), 0.75) && near(one.part_of(0.75), 0.0));
        assert!(near(one.part_of(0.875), 0.5) && near(one.part_of(1.0), 1.0));
    }

    #[test]
    fn the_coefficient_is_that_of_all_pairs() {
        // Half the mean difference of two people over the mean, by the definition.
        let people = [0.1, 0.2, 0.2, 0.7, 1.0];
        let pairs = people
            .iter()
            .flat_map(|a| people.iter().map(move |b| f64::abs(a - b)));
        let mean = people.iter().sum::<f64>() / 5.0;
        let expected = pairs.sum::<f64>() / 25.0 / 2.0 / mean;
        let ones: Vec<(f64, f64)> = people.iter().map(|&score| (score, 1.0)).collect();
        assert!(near(
            curve(&ones).expect("something is done").gini(),
            expected
        ));
        // Ten of each are as uneven.
        let tens: Vec<(f64, f64)> = people.iter().map(|&score| (score, 10.0)).collect();
        assert!(near(
            curve(&tens).expect("something is done").gini(),
            expected
        ));
    }

    #[test]
    fn where_nothing_is_done_there_is_no_curve() {
        assert_eq!(curve(&[(0.0, 5.0)]), None);
        assert_eq!(curve(&[]), None);
    }
}
