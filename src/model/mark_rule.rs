//! What the one mark of a unit or department is made of.

use super::decimal::Decimal;

/// How much each part counts in the one mark from 0 to 100, as the study states it.
///
/// A part that a unit lacks (no earlier run, no indicator) is left out, and the others make the whole.
///
/// ```
/// use walkshed::model::{Decimal, MarkRule};
/// // 60 of 100 by coverage, 40 by indicators; what was made up since the last run does not count.
/// let rule = MarkRule { coverage: Decimal::whole(60), indicators: Decimal::whole(40), ..MarkRule::default() };
/// assert_eq!(rule.trend, Decimal::ZERO);
/// ```
#[doc(alias = "综合评分")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct MarkRule {
    /// The weight of the share of people covered; of a department: of its person-items done.
    pub coverage: Decimal,
    /// The weight of the share of indicators met.
    pub indicators: Decimal,
    /// The weight of what was made up since the latest earlier run.
    pub trend: Decimal,
}
