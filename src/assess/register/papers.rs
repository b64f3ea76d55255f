//! The register of entrustment papers: their states on a day, and the gaps between them.

use chrono::NaiveDate;

use crate::model::{Delegation, DelegationState, Study};

/// An entrustment paper as the register has it.
#[doc(alias = "委托台账")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Paper<'s> {
    /// The paper.
    pub delegation: &'s Delegation,
    /// What it is on the target's day.
    pub state: DelegationState,
    /// How many days after that day it is valid for, less than 0 once it has run out; none without a
    /// day or without an end.
    pub days_left: Option<i64>,
    /// The first day of the next paper of the same site for the same item, where there is one and
    /// it says so.
    pub next_from: Option<NaiveDate>,
    /// The days between this paper, or those before it if they last longer, and the next one.
    pub gap: Option<Gap>,
}

/// Days on which no paper holds, between two papers of one site for one item.
///
/// ```
/// use walkshed::assess::register::Gap;
/// let day = |day| chrono::NaiveDate::from_ymd_opt(2024, 7, day).unwrap();
/// let gap = Gap { from: day(2), until: day(4) };
/// assert_eq!(gap.days(), 3, "both ends included");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gap {
    /// The first of them.
    pub from: NaiveDate,
    /// The last of them.
    pub until: NaiveDate,
}

impl Gap {
    /// How many days they are.
    #[must_use]
    pub fn days(self) -> i64 {
        self.until.signed_duration_since(self.from).num_days() + 1
    }
}

/// All entrustment papers, by site, item and first day, each with its state on the target's day.
///
/// Papers of one site for one item follow one another whatever steps they entrust. Where the target
/// names no day, all are undated. O(papers · log papers).
///
/// ```
/// use walkshed::assess::register::papers;
/// use walkshed::ids::{ItemId, SiteId};
/// use walkshed::model::{Delegation, Steps};
/// let day = |year, month, day| chrono::NaiveDate::from_ymd_opt(year, month, day);
/// let paper = |from, until| Delegation {
///     site: SiteId::new(0),
///     item: ItemId::new(0),
///     from,
///     until,
///     steps: Steps::USUAL,
///     paper: String::new(),
/// };
/// let town = walkshed::draw::town("A-a--s-B", 100.0, "s");
/// let study = town.with(|parts| {
///     let [last, next] =
///         [(day(2023, 1, 1), day(2023, 12, 31)), (day(2024, 1, 11), day(2024, 12, 31))];
///     parts.delegations = [last, next].map(|(from, until)| paper(from, until)).into();
/// })?;
/// // For ten days no paper holds.
/// let gaps: Vec<_> = papers(&study).iter().map(|paper| paper.gap.map(|gap| gap.days())).collect();
/// assert_eq!(gaps, [Some(10), None]);
/// # Ok::<(), walkshed::model::StudyError>(())
/// ```
#[must_use]
pub fn papers(study: &Study) -> Vec<Paper<'_>> {
    let day = study.target().date;
    // By site, item, first and last day: the order of their fields.
    let mut all: Vec<&Delegation> = study.delegations().iter().collect();
    all.sort();
    let runs = all.chunk_by(|one, next| (one.site, one.item) == (next.site, next.item));
    runs.flat_map(|run| in_a_row(run, day)).collect()
}

/// The papers of one site for one item, in the order of their first days.
fn in_a_row<'s>(run: &[&'s Delegation], day: Option<NaiveDate>) -> Vec<Paper<'s>> {
    let mut rows = Vec::with_capacity(run.len());
    // The last day so far; one without an end leaves no gap after it.
    let mut last = Some(NaiveDate::MIN);
    for (place, &delegation) in run.iter().enumerate() {
        last = last
            .zip(delegation.until)
            .map(|(last, until)| last.max(until));
        let next_from = run.get(place + 1).and_then(|next| next.from);
        rows.push(Paper {
            delegation,
            state: delegation.state_on(day),
            days_left: day.and_then(|day| delegation.days_left(day)),
            next_from,
            gap: last
                .zip(next_from)
                .and_then(|(last, from)| between(last, from)),
        });
    }
    rows
}

/// The days after the last one of a paper and before the first one of the next.
fn between(last: NaiveDate, next: NaiveDate) -> Option<Gap> {
    let (from, until) = (last.succ_opt()?, next.pred_opt()?);
    (from <= until).then_some(Gap { from, until })
}
