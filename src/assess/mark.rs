//! One mark from 0 to 100 from weighted parts.
//!
//! The parts are taken as the tables show them, to the millionth, so that anybody can work the mark out
//! again: Σ weight × part ÷ Σ weight, of the parts that there are. A part that a unit lacks is left out,
//! and the others make the whole. The mark has one decimal; it is 100 only when every part is all, and 0
//! only when every part is nothing.
//!
//! Worked example: coverage 50, indicators 30, trend 20. A township covers 80 %, meets 2 of 4
//! indicators and has made up a quarter of what was missing a year ago: (50 × 0.8 + 30 × 0.5 + 20 ×
//! 0.25) ÷ 100 = 60 %: its mark is 60.0. Without an earlier run it would be (40 + 15) ÷ 80: 68.8.

use super::difference::Part;
use crate::model::{Decimal, MarkRule};

/// The mark of a unit or department.
///
/// ```
/// use walkshed::assess::{Mark, MarkParts, difference::Part};
/// use walkshed::model::{Decimal, MarkRule};
/// let rule = MarkRule { coverage: Decimal::whole(1), ..MarkRule::default() };
/// let parts = MarkParts { coverage: Part::of(0.8), ..MarkParts::default() };
/// // 80.0 of 100.
/// assert_eq!(Mark::of(&rule, parts).map(|mark| mark.tenths), Some(800));
/// assert_eq!(Mark::of(&rule, MarkParts::default()), None, "nothing that counts is known");
/// ```
#[doc(alias = "综合得分")]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// The mark in tenths, from 0 to 1,000.
    pub tenths: u32,
    /// What it is made of.
    pub parts: MarkParts,
    /// Its rank among the units of the same parent that have a mark, from 1; none for departments, and
    /// for the cells without a unit.
    pub rank: Option<usize>,
}

/// The parts of a mark; none where there is no such part.
///
/// ```
/// use walkshed::assess::{MarkParts, difference::Part};
/// use walkshed::model::{Decimal, MarkRule};
/// let rule = MarkRule { coverage: Decimal::whole(60), indicators: Decimal::whole(40), ..MarkRule::default() };
/// let parts = MarkParts { coverage: Part::of(0.8), trend: Part::of(0.5), ..MarkParts::default() };
/// // The trend has no weight, and of indicators there are none.
/// assert_eq!(parts.names(&rule), ["coverage"]);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct MarkParts {
    /// The share of people covered; of a department: of its person-items done.
    pub coverage: Option<Part>,
    /// The share of indicators met.
    pub indicators: Option<Part>,
    /// How much was made up of what was missing at the latest earlier run.
    pub trend: Option<Part>,
}

impl Mark {
    /// The mark of these parts; none when none of them counts.
    ///
    /// ```
    /// use walkshed::assess::{Mark, MarkParts, difference::Part};
    /// use walkshed::model::{Decimal, MarkRule};
    /// let [coverage, indicators, trend] = [50, 30, 20].map(Decimal::whole);
    /// let rule = MarkRule { coverage, indicators, trend };
    /// let [coverage, indicators, trend] = [0.8, 0.5, 0.25].map(Part::of);
    /// let all = MarkParts { coverage, indicators, trend };
    /// assert_eq!(Mark::of(&rule, all).unwrap().tenths, 600);
    /// let first_year = MarkParts { trend: None, ..all };
    /// assert_eq!(Mark::of(&rule, first_year).unwrap().tenths, 688);
    /// ```
    #[must_use]
    pub fn of(rule: &MarkRule, parts: MarkParts) -> Option<Self> {
        let mut sum = 0;
        let mut whole = 0;
        for (weight, part) in parts.weighted(rule) {
            if let Some(part) = part {
                sum += weight * u128::from(part.millionths());
                whole += weight * 1_000_000;
            }
        }
        (whole > 0).then(|| Self {
            tenths: tenths(sum, whole),
            parts,
            rank: None,
        })
    }
}

impl MarkParts {
    fn weighted(&self, rule: &MarkRule) -> [(u128, Option<Part>); 3] {
        let weight = |weight: Decimal| u128::try_from(weight.millionths()).unwrap_or_default();
        [
            (weight(rule.coverage), self.coverage),
            (weight(rule.indicators), self.indicators),
            (weight(rule.trend), self.trend),
        ]
    }

    /// The names of the parts that count under a rule, as its table calls them.
    #[must_use]
    pub fn names(&self, rule: &MarkRule) -> Vec<&'static str> {
        let names = ["coverage", "indicators", "trend"];
        let weighted = names.into_iter().zip(self.weighted(rule));
        let counting = weighted.filter(|(_, (weight, part))| *weight > 0 && part.is_some());
        counting.map(|(name, _)| name).collect()
    }
}

/// How much of what was missing before is no longer missing: nothing where it went down or stayed, and
/// all where nothing is missing any more.
///
/// ```
/// use walkshed::assess::{difference::Part, made_up};
/// let part = |share| Part::of(share).unwrap();
/// // From 60 to 70 % a quarter of what was missing is made up; what goes down makes up nothing.
/// assert_eq!(made_up(part(0.6), part(0.7)), part(0.25));
/// assert_eq!(made_up(part(0.6), part(0.5)), part(0.0));
/// ```
#[must_use]
pub fn made_up(before: Part, after: Part) -> Part {
    let missing = 1_000_000 - before.millionths();
    let gained = after.millionths().saturating_sub(before.millionths());
    let made_up = if missing == 0 {
        // Where nothing was missing, it is kept or it is lost.
        if after == before { 1.0 } else { 0.0 }
    } else {
        f64::from(gained) / f64::from(missing)
    };
    Part::of(made_up).unwrap_or(after)
}

/// A part of a whole in thousandths, to the nearest; all and nothing only when they are.
fn tenths(part: u128, whole: u128) -> u32 {
    let nearest = (part * 2000 + whole) / (whole * 2);
    let shown = if part == whole || part == 0 {
        nearest
    } else {
        nearest.clamp(1, 999)
    };
    u32::try_from(shown).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn rule([coverage, indicators, trend]: [i64; 3]) -> MarkRule {
        let [coverage, indicators, trend] = [coverage, indicators, trend].map(Decimal::whole);
        MarkRule {
            coverage,
            indicators,
            trend,
        }
    }

    fn parts([coverage, indicators, trend]: [Option<f64>; 3]) -> MarkParts {
        let part = |value: Option<f64>| value.and_then(Part::of);
        MarkParts {
            coverage: part(coverage),
            indicators: part(indicators),
            trend: part(trend),
        }
    }

    fn tenths_of(weights: [i64; 3], values: [Option<f64>; 3]) -> Option<u32> {
        Mark::of(&rule(weights), parts(values)).map(|mark| mark.tenths)
    }

    #[test]
    fn marks_worked_out_by_hand() {
        let (all, none) = (Some(1.0), None);
        for (weights, values, expected) in [
            ([50, 30, 20], [Some(0.8), Some(0.5), Some(0.25)], Some(600)),
            ([50, 30, 20], [Some(0.8), Some(0.5), none], Some(688)),
            ([50, 30, 20], [Some(0.8), none, none], Some(800)),
            ([50, 30, 0], [none, none, all], None),
            ([50, 30, 20], [none, none, none], None),
            ([1, 1, 1], [all, all, all], Some(1000)),
            ([1, 1, 1], [all, all, Some(0.999_999)], Some(999)),
            ([1, 1, 1], [Some(0.0), Some(0.0), Some(0.000_001)], Some(1)),
            ([1, 1, 1], [Some(0.0), Some(0.0), Some(0.0)], Some(0)),
            // 0.33335 of 1: half a tenth up.
            ([1, 0, 0], [Some(0.333_5), all, all], Some(334)),
        ] {
            assert_eq!(
                tenths_of(weights, values),
                expected,
                "{weights:?} {values:?}"
            );
        }
    }

    #[test]
    fn what_is_made_up_is_a_part_of_what_was_missing() {
        let part = |value| Part::of(value).expect("within");
        for (before, after, expected) in [
            (0.6, 0.7, 0.25),
            (0.6, 0.6, 0.0),
            (0.6, 0.5, 0.0),
            (0.6, 1.0, 1.0),
            (1.0, 1.0, 1.0),
            (1.0, 0.9, 0.0),
        ] {
            assert_eq!(
                made_up(part(before), part(after)),
                part(expected),
                "{before} {after}"
            );
        }
    }

    #[test]
    fn the_parts_that_count_are_named() {
        let some = parts([Some(0.5), None, Some(0.5)]);
        assert_eq!(some.names(&rule([1, 1, 1])), ["coverage", "trend"]);
        assert_eq!(some.names(&rule([1, 1, 0])), ["coverage"]);
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn a_mark_lies_between_its_parts_and_grows_with_each(
            weights in prop::array::uniform3(1_i64..100),
            millionths in prop::array::uniform3(0_u32..=1_000_000),
            place in 0_usize..3,
        ) {
            let values = millionths.map(|part| Some(f64::from(part) / 1e6));
            let mark = tenths_of(weights, values).expect("all parts are there");
            let least = millionths.iter().min().expect("three") / 1000;
            let most = millionths.iter().max().expect("three").div_ceil(1000);
            prop_assert!((least..=most).contains(&mark), "{mark} of {millionths:?}");
            let mut better = values;
            better[place] = Some(1.0);
            prop_assert!(tenths_of(weights, better).expect("all parts") >= mark);
            // Weights count against each other alone.
            prop_assert_eq!(tenths_of(weights.map(|weight| weight * 7), values), Some(mark));
        }
    }
}
