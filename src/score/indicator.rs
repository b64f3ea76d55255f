//! How far an indicator of the plan is met, and who is lacking.
//!
//! A *share*: of the township centres (the denominator), so many have the property, or a number that
//! lies within limits (the numerator). What is not known counts as not having it: it stays in the
//! denominator, and is told apart in the list. A date counts when it lies on or before the day asked:
//! the indicator's own, or else the target's.
//!
//! A *mean*, a *sum* or a *ratio* of numbers: what is not known is left out and told; nothing out of
//! nothing (no bad rating, none to settle) does not count at all. Numbers are kept in millionths and
//! compared exactly: a mean of 3 is at most 3.
//!
//! The properties are those of the table, as of now; the date says which sites there are. A site that
//! opens later, or has closed by then, does not count.
//!
//! Worked example: four township centres, target 0.9. Two are on the network, one is not, of one it
//! is not known. The share is 2/4 = 50 %. 90 % of 4 is 3.6, so 4 must have it: two are lacking.
//!
//! Worked example: three centres had 8, 2 and 0 bad ratings and settled 7, 2 and 0. The third does not
//! count; 9 of 10 are settled, 0.9. Asked at least 0.95, it is short by 0.05.

use crate::ids::UnitId;
use crate::model::{Counted, Decimal, Indicator, IndicatorOf, Limits, Measure, MemberValue, Study};
use crate::units::Share;

/// What an indicator comes to.
///
/// ```
/// use walkshed::model::{Indicator, Properties, Sites};
/// use walkshed::{draw, score};
/// // Of two sites one is on the network; 90 % should be.
/// let town = draw::town("A-s-a-t-B", 100.0, "st");
/// let study = town.with(|parts| {
///     let mut sites: Vec<_> = parts.sites.iter().map(|(_, site)| site.clone()).collect();
///     sites[0].properties = Properties::of([("network", Some(true))]);
///     sites[1].properties = Properties::of([("network", None)]);
///     parts.sites = Sites::new(sites);
/// })?;
/// let asked = Indicator {
///     name: "on the network".to_owned(),
///     property: "network".to_owned(),
///     target: Some(0.9),
///     ..Indicator::default()
/// };
/// let result = score::indicator(&study, &asked);
/// assert_eq!(
///     (result.share.to_string().as_str(), result.met, result.short_by),
///     ("50.0 %", Some(false), 1)
/// );
/// assert_eq!(result.lacking().map(|site| site.id.as_str()).collect::<Vec<_>>(), ["t"]);
/// # Ok::<(), walkshed::model::StudyError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct IndicatorResult {
    /// The indicator.
    pub indicator: Indicator,
    /// All that count, in the order of their ids, with the property and without.
    pub denominator: Vec<Member>,
    /// The share that has the property; none of nothing, and of what is no share.
    pub share: Share,
    /// What a mean, a sum or a ratio comes to; none of nothing, and of a share.
    pub value: Option<f64>,
    /// Whether the target is met, inclusive; none without a target. Never met by nothing.
    pub met: Option<bool>,
    /// How many more of the denominator must have the property to meet the target of a share.
    pub short_by: usize,
    /// How far a mean, a sum or a ratio lies from its nearest limit, rounded up; nought within.
    pub short_of: Decimal,
    /// The same for each unit that has any that count, all within it included, in the order of the
    /// units' ids; nothing where items or departments are counted.
    pub units: Vec<UnitIndicator>,
}

/// What an indicator comes to in one unit, all within it included.
#[derive(Debug, Clone, PartialEq)]
pub struct UnitIndicator {
    /// The unit.
    pub unit: UnitId,
    /// How many count there; one or more.
    pub counted: usize,
    /// How many of these have the property, or a number that is known.
    pub has: usize,
    /// As [`IndicatorResult::share`].
    pub share: Share,
    /// As [`IndicatorResult::value`].
    pub value: Option<f64>,
    /// As [`IndicatorResult::met`].
    pub met: Option<bool>,
    /// As [`IndicatorResult::short_by`].
    pub short_by: usize,
    /// As [`IndicatorResult::short_of`].
    pub short_of: Decimal,
}

/// A site, an item, a department or a unit that an indicator counts.
///
/// ```
/// use walkshed::score::Member;
/// // Of this centre it is not known whether it has a helper: it counts, and does not have one.
/// let centre = Member { id: "S021".to_owned(), name: "流泗镇便民服务中心".to_owned(), ..Member::default() };
/// assert_eq!((centre.has, centre.unit), (None, None));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Member {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The unit of a site, or the unit itself.
    pub unit: Option<UnitId>,
    /// Whether it has the property, or a number that is known; none when it is not known.
    pub has: Option<bool>,
    /// What its property holds, and out of how much.
    pub value: MemberValue,
}

impl IndicatorResult {
    /// Those that have the property.
    pub fn numerator(&self) -> impl Iterator<Item = &Member> {
        self.denominator
            .iter()
            .filter(|member| member.has == Some(true))
    }

    /// Whether some of those that count meet the target by themselves; none when none of them counts,
    /// or there is no target.
    #[must_use]
    pub fn met_among(&self, is_among: impl Fn(&Member) -> bool) -> Option<bool> {
        let members = self.denominator.iter().filter(|member| is_among(member));
        let sums = Sums::of(members.map(|member| &member.value));
        Judged::of(&self.indicator, &sums)
            .met
            .filter(|_| sums.counted > 0)
    }

    /// Those that do not have it, or of which it is not known.
    pub fn lacking(&self) -> impl Iterator<Item = &Member> {
        self.denominator
            .iter()
            .filter(|member| member.has != Some(true))
    }
}

/// Measures one indicator of a study. O(sites × depth of units), O(items), or O(departments × items).
///
/// ```
/// use walkshed::{draw, model::{Indicator, Properties, Sites}, score};
/// let study = draw::town("A--s--t--u--B", 100.0, "stu");
/// let study = study.with(|parts| {
///     let mut sites: Vec<_> = parts.sites.iter().map(|(_, site)| site.clone()).collect();
///     sites[0].properties = Properties::of([("network", Some(true))]);
///     parts.sites = Sites::new(sites);
/// }).unwrap();
/// let indicator = Indicator {
///     name: "on the network".to_owned(),
///     property: "network".to_owned(),
///     target: Some(0.6),
///     ..Indicator::default()
/// };
/// let now = score::indicator(&study, &indicator);
/// assert_eq!((now.share.to_string().as_str(), now.met, now.short_by), ("33.3 %", Some(false), 1));
/// assert_eq!(now.lacking().map(|site| &site.id).collect::<Vec<_>>(), ["t", "u"]);
/// ```
#[must_use]
pub fn indicator(study: &Study, indicator: &Indicator) -> IndicatorResult {
    let counted = study.population().counted(indicator);
    let sums = Sums::of(counted.iter().map(|one| &one.value));
    let judged = Judged::of(indicator, &sums);
    IndicatorResult {
        units: by_unit(study, indicator, &counted),
        denominator: counted.iter().map(Member::of).collect(),
        share: judged.share,
        value: judged.value,
        met: judged.met,
        short_by: judged.short_by,
        short_of: judged.short_of,
        indicator: indicator.clone(),
    }
}

impl Member {
    fn of(counted: &Counted<'_>) -> Self {
        Self {
            id: counted.id.to_owned(),
            name: counted.name.to_owned(),
            unit: counted.unit,
            has: counted.value.has,
            value: counted.value,
        }
    }
}

/// What an indicator comes to in each unit that it asks and that has any that count.
fn by_unit(study: &Study, indicator: &Indicator, counted: &[Counted<'_>]) -> Vec<UnitIndicator> {
    let units = study.units();
    let mut sums = vec![Sums::default(); units.len()];
    for one in counted {
        for above in one.unit.iter().flat_map(|&unit| units.upward(unit)) {
            sums[above.index()].add(&one.value);
        }
    }
    // A county is not asked for what a plan asks of its pilot towns alone.
    let is_asked = asked_units(study, indicator);
    let all = units.iter().map(|(unit, _)| unit);
    all.filter(|unit| is_asked[unit.index()] && sums[unit.index()].counted > 0)
        .map(|unit| UnitIndicator::of(unit, indicator, &sums[unit.index()]))
        .collect()
}

/// For each unit whether the indicator asks it.
fn asked_units(study: &Study, indicator: &Indicator) -> Vec<bool> {
    match &indicator.of {
        IndicatorOf::Sites { units, .. } | IndicatorOf::Units { units, .. }
            if !units.is_empty() =>
        {
            study.units().within(units)
        }
        IndicatorOf::Sites { .. }
        | IndicatorOf::Units { .. }
        | IndicatorOf::Items(_)
        | IndicatorOf::Departments => vec![true; study.units().len()],
    }
}

impl UnitIndicator {
    fn of(unit: UnitId, indicator: &Indicator, sums: &Sums) -> Self {
        let judged = Judged::of(indicator, sums);
        Self {
            unit,
            counted: sums.counted,
            has: sums.has,
            share: judged.share,
            value: judged.value,
            met: judged.met,
            short_by: judged.short_by,
            short_of: judged.short_of,
        }
    }
}

/// What some members come to together, in millionths.
#[derive(Debug, Clone, Copy, Default)]
struct Sums {
    counted: usize,
    has: usize,
    part: i128,
    whole: i128,
}

impl Sums {
    fn of<'v>(values: impl Iterator<Item = &'v MemberValue>) -> Self {
        let mut sums = Self::default();
        values.for_each(|value| sums.add(value));
        sums
    }

    fn add(&mut self, value: &MemberValue) {
        self.counted += 1;
        // What is not known adds nothing to either side.
        if value.has != Some(true) {
            return;
        }
        self.has += 1;
        let part = value.property.number().unwrap_or_default();
        let whole = value.out_of.unwrap_or_default();
        self.part += i128::from(part.millionths());
        self.whole += i128::from(whole.millionths());
    }
}

/// How sums stand to what an indicator asks.
struct Judged {
    share: Share,
    value: Option<f64>,
    met: Option<bool>,
    short_by: usize,
    short_of: Decimal,
}

impl Judged {
    fn of(indicator: &Indicator, sums: &Sums) -> Self {
        let limits = indicator.measure.limits();
        let known = i128::try_from(sums.has).unwrap_or(i128::MAX);
        match &indicator.measure {
            Measure::Has | Measure::Within(_) => Self::of_share(indicator.target, sums),
            Measure::Mean(_) => Self::of_value(Fraction::new(sums.part, known), limits),
            // A sum of nothing that is known is not nought, but not known.
            Measure::Sum(_) => Self::of_value(Fraction::new(sums.part, known.min(1)), limits),
            Measure::Ratio { .. } => {
                let millionths = sums.part * i128::from(Decimal::PARTS);
                Self::of_value(Fraction::new(millionths, sums.whole), limits)
            }
        }
    }

    fn of_share(target: Option<f64>, sums: &Sums) -> Self {
        // How many must have it, rounded up: 90 % of 4 are 4.
        let needed = target
            .map(|target| Share::least_part(sums.counted as u128, target))
            .map(|needed| usize::try_from(needed).unwrap_or(usize::MAX));
        Self {
            share: Share::of(sums.has as u128, sums.counted as u128),
            value: None,
            met: needed.map(|needed| sums.counted > 0 && sums.has >= needed),
            short_by: needed.map_or(0, |needed| needed.saturating_sub(sums.has)),
            short_of: Decimal::ZERO,
        }
    }

    fn of_value(value: Option<Fraction>, limits: Limits) -> Self {
        let short_of = value.map_or(0, |value| value.short_of(limits));
        let is_within = value.is_some() && short_of == 0;
        Self {
            share: Share::of(0, 0),
            value: value.map(Fraction::as_f64),
            met: (!limits.is_none()).then_some(is_within),
            short_by: 0,
            short_of: Decimal::from_millionths(short_of),
        }
    }
}

/// A number in millionths, as a fraction of a whole that is more than nothing.
#[derive(Debug, Clone, Copy)]
struct Fraction {
    millionths: i128,
    whole: i128,
}

impl Fraction {
    fn new(millionths: i128, whole: i128) -> Option<Self> {
        (whole > 0).then_some(Self { millionths, whole })
    }

    /// How many millionths, rounded up, the number lies below the least or above the most.
    fn short_of(self, limits: Limits) -> i128 {
        let scaled = |limit: Decimal| i128::from(limit.millionths()) * self.whole;
        let below = limits
            .at_least
            .map_or(0, |least| scaled(least) - self.millionths);
        let above = limits
            .at_most
            .map_or(0, |most| self.millionths - scaled(most));
        let missing = below.max(above).max(0);
        // Rounded up, so that nothing that is missed looks met.
        (missing + self.whole - 1) / self.whole
    }

    #[expect(clippy::cast_precision_loss, reason = "15 digits are enough to show")]
    fn as_f64(self) -> f64 {
        self.millionths as f64 / self.whole as f64 / 1e6
    }
}

#[cfg(test)]
#[path = "indicator_tests.rs"]
mod tests;
